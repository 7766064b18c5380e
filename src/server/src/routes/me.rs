//! `/v1/me`: the device that asks.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use crate::endpoint::{Endpoint, now_ms};
use crate::extract::Member;
use crate::refused::Failure;
use crate::store::Role;
use crate::team::members;
use crate::text;

/// Who a token stands for.
#[derive(Serialize)]
struct Me {
    member: String,
    role: Role,
}

/// `GET`: who one is, and what one may do.
pub(super) async fn get(Member(asker): Member) -> impl IntoResponse {
    axum::Json(Me {
        member: text::encode(&asker.member.0),
        role: asker.role,
    })
}

/// `DELETE`: leaves the team.
pub(super) async fn leave(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
) -> Result<StatusCode, Failure> {
    members::leave(&*endpoint.store, &asker, now_ms()).await?;
    Ok(StatusCode::NO_CONTENT)
}
