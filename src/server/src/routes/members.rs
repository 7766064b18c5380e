//! `/v1/members`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Endpoint, now_ms};
use crate::extract::{Id, Json, Member};
use crate::refused::Failure;
use crate::store::{self, MemberId, Role};
use crate::team::members;
use crate::text;

/// A member as others see it.
#[derive(Serialize)]
struct Listed {
    id: String,
    role: Role,
    /// Sealed.
    name: String,
    joined_ms: u64,
    /// When it left or was put out, if so.
    revoked_ms: Option<u64>,
}

impl From<store::Member> for Listed {
    fn from(member: store::Member) -> Self {
        Self {
            id: text::encode(&member.id.0),
            role: member.role,
            name: text::encode(&member.name),
            joined_ms: member.joined_ms,
            revoked_ms: member.revoked_ms,
        }
    }
}

/// `GET`: all members, those who are gone too.
pub(super) async fn list(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
) -> Result<impl IntoResponse, Failure> {
    let members = members::list(&*endpoint.store, &asker).await?;
    let listed: Vec<Listed> = members.into_iter().map(Listed::from).collect();
    Ok(axum::Json(listed))
}

/// A change of a member.
#[derive(Deserialize)]
pub(super) struct Changing {
    role: Role,
}

/// `PATCH` of one: gives it another role.
pub(super) async fn change_role(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<16>,
    Json(changing): Json<Changing>,
) -> Result<StatusCode, Failure> {
    members::change_role(&*endpoint.store, &asker, MemberId(id), changing.role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE` of one: puts it out of the team.
pub(super) async fn revoke(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<16>,
) -> Result<StatusCode, Failure> {
    members::revoke(&*endpoint.store, &asker, MemberId(id), now_ms()).await?;
    Ok(StatusCode::NO_CONTENT)
}
