//! Who asks.

use tongxing_sync::wire::TeamId;

use super::{revoked, unknown_token};
use crate::refused::Failure;
use crate::secret::{Credential, SecretHash};
use crate::store::{Access, MemberId, Role, Store};

/// A member that has shown its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Its team.
    pub team: TeamId,
    /// Itself.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
}

/// Finds out who shows a token. Takes as long for a wrong token of a known device as for the right one.
///
/// # Errors
/// Nobody, or somebody who is no longer a member.
pub async fn ask(store: &dyn Store, token: &Credential) -> Result<Asker, Failure> {
    let hash: SecretHash = token.device_hash();
    let id = MemberId(hash.id());
    let mut transaction = store.begin(token.team, Access::Read).await?;
    let member = transaction.member(id).await?;
    let member = member.filter(|member| member.token.matches(&hash));
    let member = member.ok_or_else(unknown_token)?;
    if member.revoked_ms.is_some() {
        return Err(revoked());
    }
    Ok(Asker {
        team: token.team,
        member: id,
        role: member.role,
    })
}
