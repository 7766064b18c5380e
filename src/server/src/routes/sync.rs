//! `POST /v1/sync`.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use tongxing_sync::wire::{self, Code, DecodeError, Message as _, PushResult, SyncRequest};

use crate::endpoint::{Endpoint, now_ms};
use crate::extract::{Body, Member};
use crate::refused::{Failure, Refused};
use crate::team::rows;

/// Pushes and pulls rows, as [`tongxing_sync::wire`] lays down.
pub(super) async fn sync(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Body(body): Body,
) -> Result<impl IntoResponse, Failure> {
    let request =
        SyncRequest::decode(&body).map_err(|error| Failure::Refused(unreadable(error)))?;
    drop(body);
    let sizes: Vec<usize> = request.push.iter().map(|row| row.envelope.len()).collect();
    let response = rows::sync(&*endpoint.store, &asker, request, endpoint.quota, now_ms()).await?;
    let (mut stored, mut bytes, mut stale) = (0, 0, 0);
    for (result, size) in response.results.iter().zip(sizes) {
        match result {
            PushResult::Stored { .. } => {
                stored += 1;
                bytes += size as u64;
            }
            PushResult::Stale { .. } => stale += 1,
        }
    }
    endpoint.metrics.pushed(stored, bytes, stale);
    Ok((
        [
            (CONTENT_TYPE, wire::CONTENT_TYPE),
            (CACHE_CONTROL, "no-store"),
        ],
        response.encode(),
    ))
}

fn unreadable(error: DecodeError) -> Refused {
    let code = match error {
        DecodeError::NeedsNewerVersion(_) => Code::NeedsNewerEndpoint,
        DecodeError::TooLong { .. }
        | DecodeError::TooManyRows { .. }
        | DecodeError::EnvelopeTooLong { .. } => Code::TooLarge,
        DecodeError::Malformed { .. } => Code::Malformed,
    };
    Refused::new(code, error.to_string())
}
