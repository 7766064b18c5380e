//! `GET /v1/about`: what a page wants to know before it offers anything.

use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;

use crate::config::TeamCreation;
use crate::endpoint::Endpoint;
use crate::team::blobs::{MAX_PART_BYTES, MIN_PART_BYTES};

/// What this endpoint allows.
#[derive(Serialize)]
struct About {
    version: &'static str,
    team_creation: TeamCreation,
    max_blob_bytes: u64,
    max_part_bytes: usize,
    min_part_bytes: usize,
}

/// Says it to anybody.
pub(super) async fn about(State(endpoint): State<Endpoint>) -> impl IntoResponse {
    axum::Json(About {
        version: env!("CARGO_PKG_VERSION"),
        team_creation: endpoint.config.team_creation,
        max_blob_bytes: endpoint.quota.blob_size,
        max_part_bytes: MAX_PART_BYTES,
        min_part_bytes: MIN_PART_BYTES,
    })
}
