//! `GET /v1/digest`.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use tongxing_sync::wire::{self, Message as _};

use crate::endpoint::Endpoint;
use crate::extract::Member;
use crate::refused::Failure;
use crate::team::rows;

/// What the endpoint has, in short: by it a member finds drift.
pub(super) async fn digest(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
) -> Result<impl IntoResponse, Failure> {
    let digest = rows::digest(&*endpoint.store, &asker).await?;
    Ok((
        [
            (CONTENT_TYPE, wire::CONTENT_TYPE),
            (CACHE_CONTROL, "no-store"),
        ],
        digest.encode(),
    ))
}
