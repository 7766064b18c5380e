//! Telling a supervisor that the endpoint lives.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use tongxing_sync::wire::TeamId;

use crate::endpoint::Endpoint;
use crate::store::Access;

/// `GET /healthz` → `200 ok`, or `503` while the database cannot be read.
pub(crate) async fn healthz(State(endpoint): State<Endpoint>) -> impl IntoResponse {
    let read = endpoint.store.begin(TeamId([0; 16]), Access::Read).await;
    let (status, word) = match read {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "not healthy");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database cannot be read",
            )
        }
    };
    (status, [(CACHE_CONTROL, "no-store")], word)
}
