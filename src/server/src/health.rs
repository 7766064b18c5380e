//! Telling a supervisor that the endpoint lives.

use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;

/// `GET /healthz` → `200 ok`.
pub(crate) async fn healthz() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok")
}
