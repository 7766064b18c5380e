//! The endpoint as a library: [`app`] makes the whole service from its configuration, so that tests can
//! speak to it without a socket.

mod config;
mod health;
pub mod pokes;
pub mod refused;
pub mod secret;
mod site;
pub mod store;
pub mod team;
mod text;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

pub use config::{BadBasePath, BasePath, Config};
pub use site::SiteError;

use site::Site;

/// Everything the endpoint answers: `/healthz`, and the page below its base path.
///
/// # Errors
/// The folder of the site does not hold a built page.
pub fn app(config: &Config) -> Result<Router, SiteError> {
    let site = Site::open(&config.site, config.base_path.clone())?;
    Ok(Router::new()
        .route("/healthz", get(health::healthz))
        .fallback(site::serve)
        .with_state(site)
        .layer(CompressionLayer::new())
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(REFERRER_POLICY, "no-referrer"))
        .layer(TraceLayer::new_for_http()))
}

/// Sets a header on every response.
fn always(
    name: axum::http::HeaderName,
    value: &'static str,
) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
