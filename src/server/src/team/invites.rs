//! Invites: each lets one device in, once, for a time.

use tongxing_sync::wire::Code;

use super::{Asker, begin, begin_as_owner, require};
use crate::refused::Failure;
use crate::secret::Credential;
use crate::store::{Access, Invite, InviteId, Role, Store};

/// How long an invite is good when its owner does not say: a week.
pub const USUAL_LIFETIME_S: u64 = 7 * 24 * 3600;
/// The longest that one can be good: ten years, for the recovery sheet in the safe.
pub const MAX_LIFETIME_S: u64 = 10 * 365 * 24 * 3600;
/// How many invites may wait to be used.
pub const MAX_WAITING: usize = 200;
/// How long an invite that was used or has expired is kept, so that joining can be asked twice.
const KEPT_MS: u64 = 30 * 24 * 3600 * 1_000;

/// Makes an invite, whose secret its owner's device has drawn. Asking again has the same outcome.
///
/// # Errors
/// The asker is no owner, the lifetime is out of range, too many are waiting, or the store fails.
pub async fn make(
    store: &dyn Store,
    asker: &Asker,
    secret: &Credential,
    role: Role,
    lifetime_s: u64,
    now_ms: u64,
) -> Result<Invite, Failure> {
    require(asker.role, Role::Owner)?;
    if secret.team != asker.team || !(1..=MAX_LIFETIME_S).contains(&lifetime_s) {
        return Err(Failure::refused(
            Code::Malformed,
            "an invite is for one's own team, and good for between a second and ten years",
        ));
    }
    let hash = secret.invite_hash();
    let invite = Invite {
        id: InviteId(hash.id()),
        secret: hash,
        role,
        expires_ms: now_ms.saturating_add(lifetime_s * 1_000),
        used_by: None,
    };
    let (mut transaction, _) = begin_as_owner(store, asker).await?;
    let mut waiting = 0;
    for other in transaction.invites().await? {
        if other.id == invite.id {
            return Ok(other);
        }
        if other.expires_ms.saturating_add(KEPT_MS) < now_ms {
            transaction.delete_invite(other.id).await?;
        } else if other.used_by.is_none() && other.expires_ms > now_ms {
            waiting += 1;
        }
    }
    if waiting >= MAX_WAITING {
        return Err(Failure::refused(
            Code::QuotaExceeded,
            "too many invites are waiting to be used; cancel some",
        ));
    }
    transaction.put_invite(&invite).await?;
    transaction.commit().await?;
    Ok(invite)
}

/// The invites that are waiting to be used.
///
/// # Errors
/// The asker is no owner, or the store fails.
pub async fn list(store: &dyn Store, asker: &Asker, now_ms: u64) -> Result<Vec<Invite>, Failure> {
    require(asker.role, Role::Owner)?;
    let (mut transaction, _) = begin(store, asker.team, Access::Read).await?;
    let mut invites = transaction.invites().await?;
    invites.retain(|invite| invite.used_by.is_none() && invite.expires_ms > now_ms);
    Ok(invites)
}

/// Takes an invite back. One that has been used stays known, and its user a member.
///
/// # Errors
/// The asker is no owner, there is no such invite to take back, or the store fails.
pub async fn cancel(store: &dyn Store, asker: &Asker, id: InviteId) -> Result<(), Failure> {
    let (mut transaction, _) = begin_as_owner(store, asker).await?;
    let known = transaction.invite(id).await?;
    if known.is_none_or(|invite| invite.used_by.is_some()) {
        return Err(Failure::refused(
            Code::NotFound,
            "there is no such invite, or it has been used; look at the members",
        ));
    }
    transaction.delete_invite(id).await?;
    Ok(transaction.commit().await?)
}
