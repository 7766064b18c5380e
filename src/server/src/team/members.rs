//! Founding a team, joining it, and who is in it.

use tongxing_sync::wire::{Code, Epoch, KeyCheck, Seq};

use super::{Asker, begin, begin_as_owner, role_now};
use crate::pokes::Change;
use crate::refused::Failure;
use crate::secret::Credential;
use crate::store::{Access, InviteId, Member, MemberId, Role, Store, Team, Transaction};

/// What a device says of itself when it founds a team or joins one.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The token by which it wants to be known.
    pub token: Credential,
    /// How people call it, sealed.
    pub name: Vec<u8>,
}

/// What a device learns when it has become a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// Its name among the members.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
    /// The team's present history.
    pub epoch: Epoch,
    /// By which it finds out whether its key is right.
    pub key_check: KeyCheck,
}

impl Newcomer {
    fn member(&self, role: Role, now_ms: u64) -> Member {
        let hash = self.token.device_hash();
        Member {
            id: MemberId(hash.id()),
            token: hash,
            role,
            name: self.name.clone(),
            joined_ms: now_ms,
            revoked_ms: None,
        }
    }
}

fn welcome(team: &Team, member: &Member) -> Welcome {
    Welcome {
        member: member.id,
        role: member.role,
        epoch: team.epoch,
        key_check: team.key_check,
    }
}

/// Founds a team, whose id its device has drawn. Asking again with the same token has the same outcome.
///
/// # Errors
/// There is a team of that id that the device is no owner of, or the store fails.
pub async fn found(
    store: &dyn Store,
    founder: &Newcomer,
    key_check: KeyCheck,
    epoch: Epoch,
    now_ms: u64,
) -> Result<Welcome, Failure> {
    let mut transaction = store.begin(founder.token.team, Access::Write).await?;
    let member = founder.member(Role::Owner, now_ms);
    if let Some(team) = transaction.team().cloned() {
        let known = transaction.member(member.id).await?;
        return match known {
            Some(known)
                if known.token.matches(&member.token)
                    && known.revoked_ms.is_none()
                    && known.role == Role::Owner
                    && team.key_check == key_check =>
            {
                Ok(welcome(&team, &known))
            }
            _ => Err(Failure::refused(
                Code::Conflict,
                "there is a team of this id already; join it by an invite, or found one with another id",
            )),
        };
    }
    let team = Team {
        epoch,
        head: Seq::ZERO,
        row_bytes: 0,
        blob_bytes: 0,
        key_check,
        founded_ms: now_ms,
    };
    transaction.put_team(team.clone()).await?;
    transaction.put_member(&member).await?;
    transaction.commit().await?;
    Ok(welcome(&team, &member))
}

/// Joins a team by an invite, which is used up by it. Asking again with the same token and invite has the
/// same outcome.
///
/// # Errors
/// The invite is unknown, used, or expired, or the store fails.
pub async fn join(
    store: &dyn Store,
    newcomer: &Newcomer,
    invite: &Credential,
    now_ms: u64,
) -> Result<Welcome, Failure> {
    let invalid = || {
        Failure::refused(
            Code::InviteInvalid,
            "the invite is not known here, has been used, or has expired; ask an owner for a new one",
        )
    };
    if newcomer.token.team != invite.team {
        return Err(invalid());
    }
    let mut transaction = store.begin(invite.team, Access::Write).await?;
    let Some(team) = transaction.team().cloned() else {
        return Err(invalid());
    };
    let hash = invite.invite_hash();
    let found = transaction.invite(InviteId(hash.id())).await?;
    let mut found = found
        .filter(|found| found.secret.matches(&hash))
        .ok_or_else(invalid)?;
    let member = newcomer.member(found.role, now_ms);
    let known = transaction.member(member.id).await?;
    match (found.used_by, known) {
        (Some(user), Some(known))
            if user == known.id
                && known.token.matches(&member.token)
                && known.revoked_ms.is_none() =>
        {
            return Ok(welcome(&team, &known));
        }
        (None, None) if found.expires_ms > now_ms => {}
        (None, Some(_)) if found.expires_ms > now_ms => {
            return Err(Failure::refused(
                Code::Conflict,
                "this token has been used before; draw a new one and join again",
            ));
        }
        _ => return Err(invalid()),
    }
    found.used_by = Some(member.id);
    transaction.put_invite(&found).await?;
    transaction.put_member(&member).await?;
    transaction.commit().await?;
    Ok(welcome(&team, &member))
}

/// All members, those who are gone too, so that what they have written keeps its author.
///
/// # Errors
/// The store fails.
pub async fn list(store: &dyn Store, asker: &Asker) -> Result<Vec<Member>, Failure> {
    let (mut transaction, _) = begin(store, asker.team, Access::Read).await?;
    Ok(transaction.members().await?)
}

/// Gives a member another role.
///
/// # Errors
/// The asker is no owner, there is no such member, or no owner would be left.
pub async fn change_role(
    store: &dyn Store,
    asker: &Asker,
    member: MemberId,
    role: Role,
) -> Result<(), Failure> {
    let (mut transaction, _) = begin_as_owner(store, asker).await?;
    let mut member = present(&mut *transaction, member).await?;
    if role != Role::Owner {
        spare_last_owner(&mut *transaction, &member).await?;
    }
    member.role = role;
    write(transaction, &member).await
}

/// Puts a member out of the team, from its next request on. Invites that nobody has used stay: whoever
/// doubts them cancels them.
///
/// # Errors
/// The asker is no owner, there is no such member, or no owner would be left.
pub async fn revoke(
    store: &dyn Store,
    asker: &Asker,
    member: MemberId,
    now_ms: u64,
) -> Result<(), Failure> {
    let (mut transaction, _) = begin_as_owner(store, asker).await?;
    let mut member = present(&mut *transaction, member).await?;
    spare_last_owner(&mut *transaction, &member).await?;
    member.revoked_ms = Some(now_ms);
    write(transaction, &member).await
}

/// Leaves the team.
///
/// # Errors
/// The asker is the last owner while others are in the team.
pub async fn leave(store: &dyn Store, asker: &Asker, now_ms: u64) -> Result<(), Failure> {
    let (mut transaction, _) = begin(store, asker.team, Access::Write).await?;
    role_now(&mut *transaction, asker.member).await?;
    let mut member = present(&mut *transaction, asker.member).await?;
    let others = transaction.members().await?;
    let alone = !others
        .iter()
        .any(|other| other.revoked_ms.is_none() && other.id != member.id);
    if !alone {
        spare_last_owner(&mut *transaction, &member).await?;
    }
    member.revoked_ms = Some(now_ms);
    write(transaction, &member).await
}

async fn present(transaction: &mut dyn Transaction, id: MemberId) -> Result<Member, Failure> {
    let member = transaction.member(id).await?;
    member
        .filter(|member| member.revoked_ms.is_none())
        .ok_or_else(|| {
            Failure::refused(
                Code::NotFound,
                "the team has no such member; read the list again",
            )
        })
}

/// A team without an owner could never admit anybody again.
async fn spare_last_owner(
    transaction: &mut dyn Transaction,
    member: &Member,
) -> Result<(), Failure> {
    let others = transaction.members().await?;
    let another = others.iter().any(|other| {
        other.id != member.id && other.role == Role::Owner && other.revoked_ms.is_none()
    });
    if member.role == Role::Owner && !another {
        return Err(Failure::refused(
            Code::Conflict,
            "a team keeps at least one owner; make somebody else an owner first",
        ));
    }
    Ok(())
}

async fn write(mut transaction: Box<dyn Transaction>, member: &Member) -> Result<(), Failure> {
    transaction.put_member(member).await?;
    transaction.announce(Change::Member(member.id)).await?;
    Ok(transaction.commit().await?)
}
