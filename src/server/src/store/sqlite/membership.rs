//! Members and invites in SQLite.

use async_trait::async_trait;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::transaction::SqliteTransaction;
use crate::secret::SecretHash;
use crate::store::{
    Invite, InviteId, Member, MemberId, Membership, Result, Role, array, signed, unsigned,
};

fn member(row: &SqliteRow) -> Result<Member> {
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

fn invite(row: &SqliteRow) -> Result<Invite> {
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

#[async_trait]
impl Membership for SqliteTransaction {
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
}
