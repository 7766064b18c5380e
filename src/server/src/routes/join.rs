//! `POST /v1/join`.

use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use tongxing_sync::wire::Code;

use super::teams::{Welcomed, newcomer};
use crate::endpoint::{Endpoint, now_ms};
use crate::extract::Json;
use crate::refused::Failure;
use crate::secret::Credential;
use crate::team::members;

/// What a device says that has an invite.
#[derive(Deserialize)]
pub(super) struct Joining {
    /// What the invite's link carries: 48 bytes, the team's id and the invite's secret.
    invite: String,
    /// The secret of the device's token, drawn by it: 32 bytes.
    secret: String,
    /// How people call the device, sealed.
    name: String,
}

/// Joins a team. Asking again with the same invite and token has the same outcome.
pub(super) async fn join(
    State(endpoint): State<Endpoint>,
    Json(joining): Json<Joining>,
) -> Result<impl IntoResponse, Failure> {
    let invite: Credential = joining.invite.parse().map_err(|_| {
        Failure::refused(
            Code::InviteInvalid,
            "this is no invite; copy the link whole, or scan the code again",
        )
    })?;
    let newcomer = newcomer(invite.team, &joining.secret, &joining.name)?;
    let welcome = members::join(&*endpoint.store, &newcomer, &invite, now_ms()).await?;
    Ok(axum::Json(Welcomed::from(welcome)))
}
