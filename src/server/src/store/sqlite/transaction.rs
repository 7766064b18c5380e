//! A transaction over one team in SQLite.

use async_trait::async_trait;
use sqlx::{Row as _, Sqlite, SqliteConnection};
use tongxing_sync::wire::{Epoch, KeyCheck, Seq, TeamId};

use crate::pokes::{Change, Pokes};
use crate::store::{Result, Team, Transaction, array, seq, signed, unsigned};

/// Bits of a position that hold the version: 10¹² versions for each of 8 million teams.
const VERSION_BITS: u32 = 40;
pub(super) const LAST_VERSION: i64 = (1 << VERSION_BITS) - 1;

pub(super) struct SqliteTransaction {
    inner: sqlx::Transaction<'static, Sqlite>,
    id: TeamId,
    /// The team and its number here.
    team: Option<(i64, Team)>,
    pokes: Pokes,
    announced: Vec<Change>,
}

impl SqliteTransaction {
    pub(super) async fn open(
        mut inner: sqlx::Transaction<'static, Sqlite>,
        id: TeamId,
        pokes: Pokes,
    ) -> Result<Self> {
        let row = sqlx::query(
            "SELECT number, epoch, head, row_bytes, blob_bytes, key_check, founded_ms \
             FROM teams WHERE team = ?",
        )
        .bind(id.0.to_vec())
        .fetch_optional(&mut *inner)
        .await?;
        let team = match row {
            None => None,
            Some(row) => Some((
                row.try_get(0)?,
                Team {
                    epoch: Epoch(array(row.try_get(1)?, "an epoch")?),
                    head: seq(row.try_get(2)?)?,
                    row_bytes: unsigned(row.try_get(3)?)?,
                    blob_bytes: unsigned(row.try_get(4)?)?,
                    key_check: KeyCheck(array(row.try_get(5)?, "a key check")?),
                    founded_ms: unsigned(row.try_get(6)?)?,
                },
            )),
        };
        Ok(Self {
            inner,
            id,
            team,
            pokes,
            announced: Vec::new(),
        })
    }

    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// The team's number; a team that is not there has no rows under number 0 either.
    pub(super) fn number(&self) -> i64 {
        self.team.as_ref().map_or(0, |(number, _)| *number)
    }

    /// Where a version lies.
    pub(super) fn position(&self, seq: Seq) -> i64 {
        (self.number() << VERSION_BITS) + signed(seq.get()).min(LAST_VERSION)
    }

    /// Which version lies at a position.
    pub(super) fn version(&self, position: i64) -> Result<Seq> {
        seq(position - (self.number() << VERSION_BITS))
    }
}

#[async_trait]
impl Transaction for SqliteTransaction {
    fn team(&self) -> Option<&Team> {
        self.team.as_ref().map(|(_, team)| team)
    }

    async fn put_team(&mut self, team: Team) -> Result<()> {
        let id = self.id.0.to_vec();
        let number = sqlx::query_scalar(
            "INSERT INTO teams (team, epoch, head, row_bytes, blob_bytes, key_check, founded_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT (team) DO UPDATE SET epoch = excluded.epoch, head = excluded.head, \
             row_bytes = excluded.row_bytes, blob_bytes = excluded.blob_bytes, \
             key_check = excluded.key_check RETURNING number",
        )
        .bind(id)
        .bind(team.epoch.0.to_vec())
        .bind(signed(team.head.get()))
        .bind(signed(team.row_bytes))
        .bind(signed(team.blob_bytes))
        .bind(team.key_check.0.to_vec())
        .bind(signed(team.founded_ms))
        .fetch_one(self.connection())
        .await?;
        self.team = Some((number, team));
        Ok(())
    }

    async fn announce(&mut self, change: Change) -> Result<()> {
        self.announced.push(change);
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        let Self {
            inner,
            id,
            pokes,
            announced,
            ..
        } = *self;
        inner.commit().await?;
        // All of the store's users are in this process.
        for change in announced {
            pokes.tell(id, change);
        }
        Ok(())
    }
}
