//! A transaction over one team in SQLite.

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use sqlx::{Row as _, Sqlite, SqliteConnection};
use tongxing_sync::wire::{BlindId, Epoch, KeyCheck, PageRow, Seq, TeamId};

use super::batch::{DELETE_ROWS, INSERT_ROWS, ROWS, VERSIONS};
use crate::pokes::{Change, Pokes};
use crate::secret::SecretHash;
use crate::store::{
    Blob, BlobId, Invite, InviteId, Member, MemberId, Page, PageQuery, Result, Role, RowVersion,
    StoreError, Team, Transaction, array, seq, signed, unsigned,
};

/// Bits of a position that hold the version: 10¹² versions for each of 8 million teams.
const VERSION_BITS: u32 = 40;
const LAST_VERSION: i64 = (1 << VERSION_BITS) - 1;

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

    fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// The team's number; a team that is not there has no rows under number 0 either.
    fn number(&self) -> i64 {
        self.team.as_ref().map_or(0, |(number, _)| *number)
    }

    /// Where a version lies.
    fn position(&self, seq: Seq) -> i64 {
        (self.number() << VERSION_BITS) + signed(seq.get()).min(LAST_VERSION)
    }

    /// Which version lies at a position.
    fn version(&self, position: i64) -> Result<Seq> {
        seq(position - (self.number() << VERSION_BITS))
    }

    fn page_row(&self, row: &sqlx::sqlite::SqliteRow) -> Result<PageRow> {
        Ok(PageRow {
            row: BlindId(array(row.try_get(0)?, "a row's id")?),
            seq: self.version(row.try_get(1)?)?,
            envelope: row.try_get(2)?,
        })
    }
}

fn member(row: &sqlx::sqlite::SqliteRow) -> Result<Member> {
    let revoked: Option<i64> = row.try_get(5)?;
    Ok(Member {
        id: MemberId(array(row.try_get(0)?, "a member's id")?),
        token: SecretHash(array(row.try_get(1)?, "a token's hash")?),
        role: Role::from_number(row.try_get(2)?)?,
        name: row.try_get(3)?,
        joined_ms: unsigned(row.try_get(4)?)?,
        revoked_ms: revoked.map(unsigned).transpose()?,
    })
}

fn invite(row: &sqlx::sqlite::SqliteRow) -> Result<Invite> {
    let used_by: Option<&[u8]> = row.try_get(4)?;
    let used_by = used_by.map(|id| array(id, "a member's id")).transpose()?;
    Ok(Invite {
        id: InviteId(array(row.try_get(0)?, "an invite's id")?),
        secret: SecretHash(array(row.try_get(1)?, "an invite's hash")?),
        role: Role::from_number(row.try_get(2)?)?,
        expires_ms: unsigned(row.try_get(3)?)?,
        used_by: used_by.map(MemberId),
    })
}

fn blob(row: &sqlx::sqlite::SqliteRow) -> Result<Blob> {
    Ok(Blob {
        id: BlobId(array(row.try_get(0)?, "a blob's id")?),
        size: unsigned(row.try_get(1)?)?,
        received: unsigned(row.try_get(2)?)?,
        sender: MemberId(array(row.try_get(3)?, "a member's id")?),
        begun_ms: unsigned(row.try_get(4)?)?,
    })
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

    async fn versions(&mut self, rows: &[BlindId]) -> Result<Vec<RowVersion>> {
        let mut found = Vec::new();
        let mut left = rows;
        for (size, text) in VERSIONS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            for row in query.fetch_all(self.connection()).await? {
                found.push(RowVersion {
                    row: BlindId(array(row.try_get(0)?, "a row's id")?),
                    seq: self.version(row.try_get(1)?)?,
                    size: unsigned(row.try_get(2)?)?,
                });
            }
        }
        Ok(found)
    }

    async fn rows(&mut self, rows: &[BlindId]) -> Result<Vec<PageRow>> {
        let mut found = Vec::new();
        let mut left = rows;
        for (size, text) in ROWS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            for row in query.fetch_all(self.connection()).await? {
                found.push(self.page_row(&row)?);
            }
        }
        Ok(found)
    }

    async fn delete_rows(&mut self, rows: &[BlindId]) -> Result<()> {
        let mut left = rows;
        for (size, text) in DELETE_ROWS.steps(rows.len()) {
            let (step, rest) = left.split_at(size);
            left = rest;
            let mut query = sqlx::query(text).bind(self.number());
            for row in step {
                query = query.bind(row.0.to_vec());
            }
            query.execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn insert_rows(&mut self, rows: Vec<PageRow>) -> Result<()> {
        let steps = INSERT_ROWS.steps(rows.len());
        let mut rows = rows.into_iter();
        for (size, text) in steps {
            let mut query = sqlx::query(text);
            for row in rows.by_ref().take(size) {
                if signed(row.seq.get()) > LAST_VERSION {
                    return Err(StoreError::Damaged("a version"));
                }
                query = query
                    .bind(self.number())
                    .bind(self.position(row.seq))
                    .bind(row.row.0.to_vec())
                    .bind(row.envelope);
            }
            query.execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn page(&mut self, query: PageQuery) -> Result<Page> {
        // The buckets as ",0A,FF,", to be searched for a row's first byte; empty for all.
        let buckets = query.buckets.map_or_else(String::new, |buckets| {
            let each = buckets.iter().map(|bucket| format!("{bucket:02X},"));
            std::iter::once(",".to_owned()).chain(each).collect()
        });
        let (after, up_to) = (self.position(query.after), self.position(query.up_to));
        let shift = self.number() << VERSION_BITS;
        let mut page = Page::default();
        let mut bytes = 0;
        // Rows come one by one: what lies beyond the page is not read.
        let mut found = sqlx::query(
            "SELECT row, position, envelope FROM rows \
             WHERE position > ?1 AND position <= ?2 \
             AND (?3 = '' OR instr(?3, ',' || hex(substr(row, 1, 1)) || ',') > 0) \
             ORDER BY position",
        )
        .bind(after)
        .bind(up_to)
        .bind(buckets)
        .fetch(&mut *self.inner);
        while let Some(row) = found.try_next().await? {
            let envelope: &[u8] = row.try_get(2)?;
            bytes += envelope.len();
            let full = page.rows.len() >= query.max_rows || bytes > query.max_bytes;
            if full && !page.rows.is_empty() {
                page.more = true;
                break;
            }
            page.rows.push(PageRow {
                row: BlindId(array(row.try_get(0)?, "a row's id")?),
                seq: seq(row.try_get::<i64, _>(1)? - shift)?,
                envelope: envelope.to_vec(),
            });
        }
        Ok(page)
    }

    async fn visit_versions(&mut self, visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> Result<()> {
        let number = self.number();
        let mut found = sqlx::query("SELECT row, position FROM rows WHERE team = ? ORDER BY row")
            .bind(number)
            .fetch(&mut *self.inner);
        while let Some(row) = found.try_next().await? {
            let position: i64 = row.try_get(1)?;
            visit(
                BlindId(array(row.try_get(0)?, "a row's id")?),
                seq(position - (number << VERSION_BITS))?,
            );
        }
        Ok(())
    }

    async fn member(&mut self, id: MemberId) -> Result<Option<Member>> {
        let row = sqlx::query(
            "SELECT member, token_hash, role, name, joined_ms, revoked_ms FROM members \
             WHERE team = ? AND member = ?",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(member).transpose()
    }

    async fn members(&mut self) -> Result<Vec<Member>> {
        let rows = sqlx::query(
            "SELECT member, token_hash, role, name, joined_ms, revoked_ms FROM members \
             WHERE team = ? ORDER BY joined_ms, member",
        )
        .bind(self.number())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(member).collect()
    }

    async fn put_member(&mut self, member: &Member) -> Result<()> {
        sqlx::query(
            "INSERT INTO members (team, member, token_hash, role, name, joined_ms, revoked_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT (team, member) DO UPDATE SET role = excluded.role, name = excluded.name, \
             revoked_ms = excluded.revoked_ms",
        )
        .bind(self.number())
        .bind(member.id.0.to_vec())
        .bind(member.token.0.to_vec())
        .bind(member.role.number())
        .bind(member.name.clone())
        .bind(signed(member.joined_ms))
        .bind(member.revoked_ms.map(signed))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn invite(&mut self, id: InviteId) -> Result<Option<Invite>> {
        let row = sqlx::query(
            "SELECT invite, secret_hash, role, expires_ms, used_by FROM invites \
             WHERE team = ? AND invite = ?",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(invite).transpose()
    }

    async fn invites(&mut self) -> Result<Vec<Invite>> {
        let rows = sqlx::query(
            "SELECT invite, secret_hash, role, expires_ms, used_by FROM invites \
             WHERE team = ? ORDER BY expires_ms, invite",
        )
        .bind(self.number())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(invite).collect()
    }

    async fn put_invite(&mut self, invite: &Invite) -> Result<()> {
        sqlx::query(
            "INSERT INTO invites (team, invite, secret_hash, role, expires_ms, used_by) \
             VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (team, invite) DO UPDATE SET used_by = excluded.used_by",
        )
        .bind(self.number())
        .bind(invite.id.0.to_vec())
        .bind(invite.secret.0.to_vec())
        .bind(invite.role.number())
        .bind(signed(invite.expires_ms))
        .bind(invite.used_by.map(|member| member.0.to_vec()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn delete_invite(&mut self, id: InviteId) -> Result<bool> {
        let done = sqlx::query("DELETE FROM invites WHERE team = ? AND invite = ?")
            .bind(self.number())
            .bind(id.0.to_vec())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn blob(&mut self, id: BlobId) -> Result<Option<Blob>> {
        let row = sqlx::query(
            "SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = ? AND blob = ?",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(blob).transpose()
    }

    async fn blobs(&mut self) -> Result<Vec<Blob>> {
        let rows =
            sqlx::query("SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = ?")
                .bind(self.number())
                .fetch_all(self.connection())
                .await?;
        rows.iter().map(blob).collect()
    }

    async fn put_blob(&mut self, blob: &Blob) -> Result<()> {
        sqlx::query(
            "INSERT INTO blobs (team, blob, size, received, sender, begun_ms) \
             VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (team, blob) DO UPDATE SET received = excluded.received",
        )
        .bind(self.number())
        .bind(blob.id.0.to_vec())
        .bind(signed(blob.size))
        .bind(signed(blob.received))
        .bind(blob.sender.0.to_vec())
        .bind(signed(blob.begun_ms))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn delete_blob(&mut self, id: BlobId) -> Result<()> {
        for text in [
            "DELETE FROM blob_parts WHERE team = ? AND blob = ?",
            "DELETE FROM blobs WHERE team = ? AND blob = ?",
        ] {
            sqlx::query(text)
                .bind(self.number())
                .bind(id.0.to_vec())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn put_blob_part(&mut self, id: BlobId, offset: u64, bytes: Bytes) -> Result<()> {
        sqlx::query("INSERT INTO blob_parts (team, blob, start, bytes) VALUES (?, ?, ?, ?)")
            .bind(self.number())
            .bind(id.0.to_vec())
            .bind(signed(offset))
            .bind(bytes.to_vec())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn blob_part(&mut self, id: BlobId, offset: u64) -> Result<Option<(u64, Vec<u8>)>> {
        let part: Option<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT start, bytes FROM blob_parts WHERE team = ? AND blob = ? AND start <= ? \
             ORDER BY start DESC LIMIT 1",
        )
        .bind(self.number())
        .bind(id.0.to_vec())
        .bind(signed(offset))
        .fetch_optional(self.connection())
        .await?;
        part.map(|(start, bytes)| Ok((unsigned(start)?, bytes)))
            .transpose()
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
