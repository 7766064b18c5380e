//! What a team can ask of the endpoint, whatever the store: every rule is here, once.
//!
//! Each function is one transaction. Time and random numbers are arguments.

mod access;
pub mod blobs;
pub mod invites;
pub mod members;
pub mod rows;

use tongxing_sync::wire::{Code, TeamId};

use crate::refused::Failure;
use crate::store::{Access, MemberId, Role, Store, Team, Transaction};

pub use access::{Asker, ask};

/// How much a team may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Bytes of all its envelopes.
    pub row_bytes: u64,
    /// Bytes of all its blobs.
    pub blob_bytes: u64,
    /// Bytes of one blob.
    pub blob_size: u64,
}

/// Longest sealed name of a member, in bytes.
pub const MAX_NAME_BYTES: usize = 512;

/// Opens a transaction over a team that is there, since someone has been recognised as its member.
async fn begin(
    store: &dyn Store,
    team: TeamId,
    access: Access,
) -> Result<(Box<dyn Transaction>, Team), Failure> {
    let transaction = store.begin(team, access).await?;
    match transaction.team().cloned() {
        Some(team) => Ok((transaction, team)),
        None => Err(unknown_token()),
    }
}

/// Opens a transaction in which only an owner may write; looks the owner up again in it, so that one who
/// is being put out cannot put out others at the same time.
async fn begin_as_owner(
    store: &dyn Store,
    asker: &Asker,
) -> Result<(Box<dyn Transaction>, Team), Failure> {
    let (mut transaction, team) = begin(store, asker.team, Access::Write).await?;
    require(
        role_now(&mut *transaction, asker.member).await?,
        Role::Owner,
    )?;
    Ok((transaction, team))
}

/// The role that a member has at this moment.
async fn role_now(transaction: &mut dyn Transaction, member: MemberId) -> Result<Role, Failure> {
    match transaction.member(member).await? {
        Some(member) if member.revoked_ms.is_none() => Ok(member.role),
        _ => Err(revoked()),
    }
}

fn require(has: Role, needs: Role) -> Result<(), Failure> {
    if has >= needs {
        return Ok(());
    }
    let advice = match needs {
        Role::Owner => "only an owner of the team may do this; ask one",
        Role::Member | Role::Viewer => "a viewer may only read; ask an owner for another role",
    };
    Err(Failure::refused(Code::Forbidden, advice))
}

fn unknown_token() -> Failure {
    Failure::refused(
        Code::Unauthorized,
        "the token is not known here; join the team again by an invite",
    )
}

fn revoked() -> Failure {
    Failure::refused(
        Code::Unauthorized,
        "this device has left the team or was put out of it; join again by an invite",
    )
}
