//! A transaction over one team in PostgreSQL.

use async_trait::async_trait;
use sqlx::{PgConnection, Postgres, Row as _};
use tongxing_sync::wire::{Epoch, KeyCheck, TeamId};

use super::notification::{CHANNEL, told};
use crate::pokes::Change;
use crate::store::{Access, Result, Team, Transaction, array, seq, signed, unsigned};

pub(super) struct PostgresTransaction {
    inner: sqlx::Transaction<'static, Postgres>,
    id: TeamId,
    team: Option<Team>,
}

impl PostgresTransaction {
    pub(super) async fn open(
        mut inner: sqlx::Transaction<'static, Postgres>,
        id: TeamId,
        access: Access,
    ) -> Result<Self> {
        let text = match access {
            Access::Read => {
                "SELECT epoch, head, row_bytes, blob_bytes, key_check, founded_ms \
                 FROM teams WHERE team = $1"
            }
            Access::Write => {
                "SELECT epoch, head, row_bytes, blob_bytes, key_check, founded_ms \
                 FROM teams WHERE team = $1 FOR UPDATE"
            }
        };
        let row = sqlx::query(text)
            .bind(&id.0[..])
            .fetch_optional(&mut *inner)
            .await?;
        let team = match row {
            None => None,
            Some(row) => Some(Team {
                epoch: Epoch(array(row.try_get(0)?, "an epoch")?),
                head: seq(row.try_get(1)?)?,
                row_bytes: unsigned(row.try_get(2)?)?,
                blob_bytes: unsigned(row.try_get(3)?)?,
                key_check: KeyCheck(array(row.try_get(4)?, "a key check")?),
                founded_ms: unsigned(row.try_get(5)?)?,
            }),
        };
        Ok(Self { inner, id, team })
    }

    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    pub(super) fn key(&self) -> Vec<u8> {
        self.id.0.to_vec()
    }
}

#[async_trait]
impl Transaction for PostgresTransaction {
    fn team(&self) -> Option<&Team> {
        self.team.as_ref()
    }

    async fn put_team(&mut self, team: Team) -> Result<()> {
        let key = self.key();
        sqlx::query(
            "INSERT INTO teams (team, epoch, head, row_bytes, blob_bytes, key_check, founded_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (team) DO UPDATE SET epoch = excluded.epoch, head = excluded.head, \
             row_bytes = excluded.row_bytes, blob_bytes = excluded.blob_bytes, \
             key_check = excluded.key_check",
        )
        .bind(key)
        .bind(&team.epoch.0[..])
        .bind(signed(team.head.get()))
        .bind(signed(team.row_bytes))
        .bind(signed(team.blob_bytes))
        .bind(&team.key_check.0[..])
        .bind(signed(team.founded_ms))
        .execute(self.connection())
        .await?;
        self.team = Some(team);
        Ok(())
    }

    async fn announce(&mut self, change: Change) -> Result<()> {
        let told = told(self.id, change);
        sqlx::query("SELECT pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(told)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.inner.commit().await?)
    }
}
