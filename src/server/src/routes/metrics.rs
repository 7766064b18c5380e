//! `GET /metrics`, for a Prometheus server that knows the metrics token.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::endpoint::Endpoint;
use crate::extract::bearer;
use crate::secret::SecretHash;

/// The figures, in the text format of OpenMetrics.
pub(crate) async fn metrics(State(endpoint): State<Endpoint>, headers: HeaderMap) -> Response {
    let Some(token) = endpoint.metrics_token else {
        let advice = "no metrics are shown here; start the endpoint with --metrics-token";
        return (StatusCode::NOT_FOUND, advice).into_response();
    };
    let shown = bearer(&headers).map(SecretHash::of_operator_token);
    if !shown.is_some_and(|shown| shown.matches(&token)) {
        let advice = "show the metrics token in the header `Authorization: Bearer`";
        return (StatusCode::UNAUTHORIZED, advice).into_response();
    }
    let headers = [
        (
            CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, endpoint.metrics.text()).into_response()
}
