//! `POST /v1/teams`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use tongxing_sync::wire::{Code, Epoch, KeyCheck, TeamId};

use crate::config::TeamCreation;
use crate::endpoint::{Endpoint, now_ms};
use crate::extract::{Json, at_most, exactly};
use crate::refused::Failure;
use crate::secret::{Credential, Secret, SecretHash};
use crate::store::Role;
use crate::team::MAX_NAME_BYTES;
use crate::team::members::{self, Newcomer, Welcome};
use crate::text;

/// What a device says of itself.
#[derive(Deserialize)]
pub(super) struct Founding {
    /// The team's id, drawn by the device: 16 bytes.
    team: String,
    /// The secret of the device's token, drawn by it: 32 bytes.
    secret: String,
    /// How people call the device, sealed.
    name: String,
    /// By which others will find out that their key is wrong: 16 bytes.
    key_check: String,
    /// The sign-up token, where one is needed.
    sign_up_token: Option<String>,
}

/// What a device learns when it has become a member.
#[derive(Serialize)]
pub(super) struct Welcomed {
    member: String,
    role: Role,
    epoch: String,
    key_check: String,
}

impl From<Welcome> for Welcomed {
    fn from(welcome: Welcome) -> Self {
        Self {
            member: text::encode(&welcome.member.0),
            role: welcome.role,
            epoch: text::encode(&welcome.epoch.0),
            key_check: text::encode(&welcome.key_check.0),
        }
    }
}

/// A device as it describes itself when it founds or joins a team.
pub(super) fn newcomer(team: TeamId, secret: &str, name: &str) -> Result<Newcomer, Failure> {
    Ok(Newcomer {
        token: Credential {
            team,
            secret: Secret(exactly(secret, "the token's secret")?),
        },
        name: at_most(MAX_NAME_BYTES, name, "a sealed name")?,
    })
}

/// Founds a team. Asking again with the same token has the same outcome.
pub(super) async fn found(
    State(endpoint): State<Endpoint>,
    Json(founding): Json<Founding>,
) -> Result<impl IntoResponse, Failure> {
    admit(&endpoint, founding.sign_up_token.as_deref())?;
    let team = TeamId(exactly(&founding.team, "a team's id")?);
    let founder = newcomer(team, &founding.secret, &founding.name)?;
    let key_check = KeyCheck(exactly(&founding.key_check, "a key check")?);
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        Failure::refused(Code::Internal, "the endpoint failed; its log tells why")
    })?;
    let store = &*endpoint.store;
    let welcome =
        members::found(store, &founder, key_check, Epoch::first(random), now_ms()).await?;
    let welcomed = axum::Json(Welcomed::from(welcome));
    Ok((StatusCode::CREATED, welcomed))
}

/// Whether a team may be founded.
fn admit(endpoint: &Endpoint, shown: Option<&str>) -> Result<(), Failure> {
    let advice = match endpoint.config.team_creation {
        TeamCreation::Open => return Ok(()),
        TeamCreation::Token => {
            let shown = shown.map(SecretHash::of_operator_token);
            let right = shown
                .zip(endpoint.sign_up)
                .is_some_and(|(shown, right)| shown.matches(&right));
            if right {
                return Ok(());
            }
            "founding a team here needs the sign-up token; ask whoever runs the endpoint for it"
        }
        TeamCreation::Closed => {
            "no teams are founded here any more; join one by an invite, or use another endpoint"
        }
    };
    Err(Failure::refused(Code::Forbidden, advice))
}
