//! `/v1/invites`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Endpoint, now_ms};
use crate::extract::{Id, Json, Member, exactly};
use crate::refused::Failure;
use crate::secret::{Credential, Secret};
use crate::store::{Invite, InviteId, Role};
use crate::team::invites;
use crate::text;

/// An invite to make.
#[derive(Deserialize)]
pub(super) struct Making {
    /// The invite's secret, drawn by the owner's device: 32 bytes.
    secret: String,
    /// The role that it gives.
    role: Role,
    /// For how many seconds it is good; a week if nothing is said.
    lifetime_s: Option<u64>,
}

/// An invite that is waiting to be used.
#[derive(Serialize)]
struct Waiting {
    id: String,
    role: Role,
    expires_ms: u64,
}

impl From<Invite> for Waiting {
    fn from(invite: Invite) -> Self {
        Self {
            id: text::encode(&invite.id.0),
            role: invite.role,
            expires_ms: invite.expires_ms,
        }
    }
}

/// `POST`: makes an invite.
pub(super) async fn make(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Json(making): Json<Making>,
) -> Result<impl IntoResponse, Failure> {
    let secret = Credential {
        team: asker.team,
        secret: Secret(exactly(&making.secret, "an invite's secret")?),
    };
    let lifetime_s = making.lifetime_s.unwrap_or(invites::USUAL_LIFETIME_S);
    let (store, role) = (&*endpoint.store, making.role);
    let invite = invites::make(store, &asker, &secret, role, lifetime_s, now_ms()).await?;
    Ok((StatusCode::CREATED, axum::Json(Waiting::from(invite))))
}

/// `GET`: the invites that are waiting to be used.
pub(super) async fn list(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
) -> Result<impl IntoResponse, Failure> {
    let invites = invites::list(&*endpoint.store, &asker, now_ms()).await?;
    let waiting: Vec<Waiting> = invites.into_iter().map(Waiting::from).collect();
    Ok(axum::Json(waiting))
}

/// `DELETE` of one: takes it back.
pub(super) async fn cancel(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<16>,
) -> Result<StatusCode, Failure> {
    invites::cancel(&*endpoint.store, &asker, InviteId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
