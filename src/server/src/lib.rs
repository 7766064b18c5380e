//! The endpoint as a library: [`app`] makes the whole service from an [`Endpoint`], so that tests can speak
//! to it without a socket.
//!
//! It reads from the outside in:
//!
//! | module | holds |
//! | --- | --- |
//! | [`config`] | flags, environment, file |
//! | [`connections`] | sockets: how many, and for how long |
//! | `routes` | one file for each path |
//! | `limits`, `answer`, `extract` | what every path shares |
//! | [`team`] | what a team can ask, as rules over any store |
//! | [`store`] | the boundary to SQLite and PostgreSQL |
//! | [`transfer`] | backups |
//! | `site` | the page |

mod answer;
pub mod config;
pub mod connections;
mod endpoint;
mod extract;
mod limits;
mod metrics;
pub mod pokes;
pub mod refused;
mod routes;
pub mod secret;
mod site;
pub mod store;
pub mod team;
mod text;
pub mod transfer;

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

pub use config::{BadBasePath, BasePath, Config};
pub use endpoint::{Endpoint, StartError};
pub use site::SiteError;

/// Everything the endpoint answers: `/healthz`, `/metrics`, what is below `/v1`, and the page below its
/// base path. Needs a running tokio.
pub fn app(endpoint: &Endpoint) -> Router {
    let mut app = Router::new()
        .route("/healthz", get(routes::health::healthz))
        .route("/metrics", get(routes::metrics::metrics))
        .with_state(endpoint.clone())
        .nest("/v1", routes::router(endpoint));
    if let Some(site) = &endpoint.site {
        let page = Router::new()
            .fallback(site::serve)
            .with_state(site.clone())
            // What teams send is sealed: compressing it would only cost time.
            .layer(CompressionLayer::new());
        app = app.fallback_service(page);
    }
    app.layer(axum::middleware::from_fn_with_state(
        endpoint.clone(),
        measure,
    ))
    .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
    .layer(always(REFERRER_POLICY, "no-referrer"))
    .layer(TraceLayer::new_for_http())
}

/// Counts a request under its route's pattern.
async fn measure(State(endpoint): State<Endpoint>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("page", MatchedPath::as_str);
    let status = response.status().as_u16();
    endpoint.metrics.answered(route, status, start.elapsed());
    response
}

/// Sets a header on every response.
fn always(
    name: axum::http::HeaderName,
    value: &'static str,
) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
