//! A transaction over one team in PostgreSQL.

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, Row as _};
use tongxing_sync::wire::{BlindId, Epoch, KeyCheck, PageRow, Poke, Seq, TeamId};

use super::CHANNEL;
use crate::pokes::Change;
use crate::secret::SecretHash;
use crate::store::{
    Access, Blob, BlobId, Invite, InviteId, Member, MemberId, Page, PageQuery, Result, Role,
    RowVersion, Team, Transaction, array, seq, signed, unsigned,
};
use crate::text;

/// How many versions are looked at in one step towards a page.
const STEP_ROWS: usize = 1_000;

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

    fn connection(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    fn key(&self) -> Vec<u8> {
        self.id.0.to_vec()
    }
}

/// A change as processes tell it each other.
fn told(team: TeamId, change: Change) -> String {
    let team = text::encode(&team.0);
    match change {
        Change::Head(poke) => format!("{team} head {poke}"),
        Change::Member(member) => format!("{team} member {}", text::encode(&member.0)),
        Change::Unknown => format!("{team} unknown"),
    }
}

/// The reverse of [`told`]; `None` if the text is none of ours.
pub(super) fn heard(told: &str) -> Option<(TeamId, Change)> {
    let (team, change) = told.split_once(' ')?;
    let team = TeamId(text::decode(team)?);
    let change = match change.split_once(' ') {
        Some(("head", poke)) => Change::Head(poke.parse::<Poke>().ok()?),
        Some(("member", member)) => Change::Member(MemberId(text::decode(member)?)),
        None if change == "unknown" => Change::Unknown,
        _ => return None,
    };
    Some((team, change))
}

fn page_row(row: &PgRow) -> Result<PageRow> {
    Ok(PageRow {
        row: BlindId(array(row.try_get(0)?, "a row's id")?),
        seq: seq(row.try_get(1)?)?,
        envelope: row.try_get(2)?,
    })
}

fn member(row: &PgRow) -> Result<Member> {
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

fn invite(row: &PgRow) -> Result<Invite> {
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

fn blob(row: &PgRow) -> Result<Blob> {
    Ok(Blob {
        id: BlobId(array(row.try_get(0)?, "a blob's id")?),
        size: unsigned(row.try_get(1)?)?,
        received: unsigned(row.try_get(2)?)?,
        sender: MemberId(array(row.try_get(3)?, "a member's id")?),
        begun_ms: unsigned(row.try_get(4)?)?,
    })
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

    async fn versions(&mut self, rows: &[BlindId]) -> Result<Vec<RowVersion>> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        let found = sqlx::query(
            "SELECT row_id, seq, octet_length(envelope)::bigint FROM rows \
             WHERE team = $1 AND row_id = ANY($2)",
        )
        .bind(key)
        .bind(ids)
        .fetch_all(self.connection())
        .await?;
        let version = |row: &PgRow| {
            Ok(RowVersion {
                row: BlindId(array(row.try_get(0)?, "a row's id")?),
                seq: seq(row.try_get(1)?)?,
                size: unsigned(row.try_get(2)?)?,
            })
        };
        found.iter().map(version).collect()
    }

    async fn rows(&mut self, rows: &[BlindId]) -> Result<Vec<PageRow>> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        let found = sqlx::query(
            "SELECT row_id, seq, envelope FROM rows WHERE team = $1 AND row_id = ANY($2)",
        )
        .bind(key)
        .bind(ids)
        .fetch_all(self.connection())
        .await?;
        found.iter().map(page_row).collect()
    }

    async fn delete_rows(&mut self, rows: &[BlindId]) -> Result<()> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.0[..]).collect();
        sqlx::query("DELETE FROM rows WHERE team = $1 AND row_id = ANY($2)")
            .bind(key)
            .bind(ids)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn insert_rows(&mut self, rows: Vec<PageRow>) -> Result<()> {
        let key = self.key();
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.row.0[..]).collect();
        let seqs: Vec<i64> = rows.iter().map(|row| signed(row.seq.get())).collect();
        let envelopes: Vec<&[u8]> = rows.iter().map(|row| &row.envelope[..]).collect();
        sqlx::query(
            "INSERT INTO rows (team, row_id, seq, envelope) \
             SELECT $1, * FROM unnest($2::bytea[], $3::bigint[], $4::bytea[])",
        )
        .bind(key)
        .bind(ids)
        .bind(seqs)
        .bind(envelopes)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn page(&mut self, query: PageQuery) -> Result<Page> {
        let key = self.key();
        let buckets: Option<Vec<i32>> = query
            .buckets
            .map(|buckets| buckets.iter().map(i32::from).collect());
        let mut page = Page::default();
        let (mut bytes, mut after) = (0, query.after);
        // A query's rows come all at once, so sizes are asked for first. Both see one snapshot.
        loop {
            let sizes: Vec<(i64, i64)> = sqlx::query_as(
                "SELECT seq, octet_length(envelope)::bigint FROM rows \
                 WHERE team = $1 AND seq > $2 AND seq <= $3 \
                 AND ($4::int[] IS NULL OR get_byte(row_id, 0) = ANY($4)) \
                 ORDER BY seq LIMIT $5",
            )
            .bind(&key)
            .bind(signed(after.get()))
            .bind(signed(query.up_to.get()))
            .bind(&buckets)
            .bind(STEP_ROWS as i64)
            .fetch_all(self.connection())
            .await?;
            let mut fits = 0;
            for (_, size) in &sizes {
                bytes += usize::try_from(*size).unwrap_or(usize::MAX);
                let rows = page.rows.len() + fits;
                if rows > 0 && (rows >= query.max_rows || bytes > query.max_bytes) {
                    page.more = true;
                    break;
                }
                fits += 1;
            }
            let Some((last, _)) = fits.checked_sub(1).and_then(|last| sizes.get(last)) else {
                return Ok(page);
            };
            let found = sqlx::query(
                "SELECT row_id, seq, envelope FROM rows \
                 WHERE team = $1 AND seq > $2 AND seq <= $3 \
                 AND ($4::int[] IS NULL OR get_byte(row_id, 0) = ANY($4)) \
                 ORDER BY seq",
            )
            .bind(&key)
            .bind(signed(after.get()))
            .bind(last)
            .bind(&buckets)
            .fetch_all(self.connection())
            .await?;
            for row in &found {
                page.rows.push(page_row(row)?);
            }
            after = seq(*last)?;
            if page.more || sizes.len() < STEP_ROWS {
                return Ok(page);
            }
        }
    }

    async fn visit_versions(&mut self, visit: &mut (dyn FnMut(BlindId, Seq) + Send)) -> Result<()> {
        let key = self.key();
        let mut found = sqlx::query("SELECT row_id, seq FROM rows WHERE team = $1")
            .bind(key)
            .fetch(&mut *self.inner);
        while let Some(row) = found.try_next().await? {
            visit(
                BlindId(array(row.try_get(0)?, "a row's id")?),
                seq(row.try_get(1)?)?,
            );
        }
        Ok(())
    }

    async fn member(&mut self, id: MemberId) -> Result<Option<Member>> {
        let row = sqlx::query(
            "SELECT member, token_hash, role, name, joined_ms, revoked_ms FROM members \
             WHERE team = $1 AND member = $2",
        )
        .bind(self.key())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(member).transpose()
    }

    async fn members(&mut self) -> Result<Vec<Member>> {
        let rows = sqlx::query(
            "SELECT member, token_hash, role, name, joined_ms, revoked_ms FROM members \
             WHERE team = $1 ORDER BY joined_ms, member",
        )
        .bind(self.key())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(member).collect()
    }

    async fn put_member(&mut self, member: &Member) -> Result<()> {
        sqlx::query(
            "INSERT INTO members (team, member, token_hash, role, name, joined_ms, revoked_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (team, member) DO UPDATE SET role = excluded.role, name = excluded.name, \
             revoked_ms = excluded.revoked_ms",
        )
        .bind(self.key())
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
             WHERE team = $1 AND invite = $2",
        )
        .bind(self.key())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(invite).transpose()
    }

    async fn invites(&mut self) -> Result<Vec<Invite>> {
        let rows = sqlx::query(
            "SELECT invite, secret_hash, role, expires_ms, used_by FROM invites \
             WHERE team = $1 ORDER BY expires_ms, invite",
        )
        .bind(self.key())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(invite).collect()
    }

    async fn put_invite(&mut self, invite: &Invite) -> Result<()> {
        sqlx::query(
            "INSERT INTO invites (team, invite, secret_hash, role, expires_ms, used_by) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (team, invite) DO UPDATE SET used_by = excluded.used_by",
        )
        .bind(self.key())
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
        let done = sqlx::query("DELETE FROM invites WHERE team = $1 AND invite = $2")
            .bind(self.key())
            .bind(id.0.to_vec())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn blob(&mut self, id: BlobId) -> Result<Option<Blob>> {
        let row = sqlx::query(
            "SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = $1 AND blob = $2",
        )
        .bind(self.key())
        .bind(id.0.to_vec())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(blob).transpose()
    }

    async fn blobs(&mut self) -> Result<Vec<Blob>> {
        let rows =
            sqlx::query("SELECT blob, size, received, sender, begun_ms FROM blobs WHERE team = $1")
                .bind(self.key())
                .fetch_all(self.connection())
                .await?;
        rows.iter().map(blob).collect()
    }

    async fn put_blob(&mut self, blob: &Blob) -> Result<()> {
        sqlx::query(
            "INSERT INTO blobs (team, blob, size, received, sender, begun_ms) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (team, blob) DO UPDATE SET received = excluded.received",
        )
        .bind(self.key())
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
            "DELETE FROM blob_parts WHERE team = $1 AND blob = $2",
            "DELETE FROM blobs WHERE team = $1 AND blob = $2",
        ] {
            sqlx::query(text)
                .bind(self.key())
                .bind(id.0.to_vec())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn put_blob_part(&mut self, id: BlobId, offset: u64, bytes: Bytes) -> Result<()> {
        sqlx::query("INSERT INTO blob_parts (team, blob, start, bytes) VALUES ($1, $2, $3, $4)")
            .bind(self.key())
            .bind(id.0.to_vec())
            .bind(signed(offset))
            .bind(bytes.to_vec())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn blob_part(&mut self, id: BlobId, offset: u64) -> Result<Option<(u64, Vec<u8>)>> {
        let part: Option<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT start, bytes FROM blob_parts WHERE team = $1 AND blob = $2 AND start <= $3 \
             ORDER BY start DESC LIMIT 1",
        )
        .bind(self.key())
        .bind(id.0.to_vec())
        .bind(signed(offset))
        .fetch_optional(self.connection())
        .await?;
        part.map(|(start, bytes)| Ok((unsigned(start)?, bytes)))
            .transpose()
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

#[cfg(test)]
mod tests {
    use super::{heard, told};
    use crate::pokes::Change;
    use crate::store::MemberId;
    use tongxing_sync::wire::{Epoch, Poke, Seq, TeamId};

    #[test]
    fn what_is_told_is_heard() {
        let team = TeamId([3; 16]);
        for change in [
            Change::Head(Poke {
                epoch: Epoch([4; 16]),
                head: Seq::new(512).unwrap(),
            }),
            Change::Member(MemberId([5; 16])),
            Change::Unknown,
        ] {
            assert_eq!(heard(&told(team, change)), Some((team, change)));
        }
        for other in ["", "x", "AAAA head 1", "AwMDAwMDAwMDAwMDAwMDAw gone"] {
            assert_eq!(heard(other), None, "{other}");
        }
    }
}
