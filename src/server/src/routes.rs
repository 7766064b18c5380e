//! The paths below `/v1`, one file each.
//!
//! | path | does | who may |
//! | --- | --- | --- |
//! | `POST /v1/sync` | pushes and pulls rows | members; viewers pull |
//! | `GET /v1/events` | tells when there is something new | all |
//! | `GET /v1/digest` | what the endpoint has, in short | all |
//! | `GET HEAD PUT DELETE /v1/blobs/{id}` | photos and files, in parts | members; viewers read |
//! | `POST /v1/teams` | founds a team | as configured |
//! | `POST /v1/join` | joins a team | who has an invite |
//! | `GET POST /v1/invites`, `DELETE /v1/invites/{id}` | invites | owners |
//! | `GET /v1/members` | who is in the team | all |
//! | `PATCH DELETE /v1/members/{id}` | another role; out of the team | owners |
//! | `GET DELETE /v1/me` | oneself; leaves the team | all |
//! | `GET /v1/about` | what this endpoint allows | anybody |
//!
//! Sync, events and digest speak the CBOR of `tongxing_sync::wire`, all others JSON. Ids, secrets and
//! sealed names are URL-safe base64 without padding.

mod about;
mod blobs;
mod digest;
mod events;
pub(crate) mod health;
mod invites;
mod join;
mod me;
mod members;
pub(crate) mod metrics;
mod sync;
mod teams;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{AUTHORIZATION, CONTENT_RANGE, CONTENT_TYPE, RANGE, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::routing::{delete, get, patch, post};
use tongxing_sync::wire::{Message as _, SyncRequest};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::endpoint::Endpoint;
use crate::team::blobs::MAX_PART_BYTES;
use crate::{answer, limits};

/// Longest JSON body.
const JSON_BYTES: usize = 16 << 10;
/// How long nothing may arrive of a body that is under way.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// How long a request may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long browsers remember what another origin may do.
const CORS_MEMORY: Duration = Duration::from_secs(3600);

/// Everything below `/v1`.
pub(crate) fn router(endpoint: &Endpoint) -> Router {
    let config = &endpoint.config;
    let members = Router::new()
        .route(
            "/sync",
            post(sync::sync).layer(DefaultBodyLimit::max(SyncRequest::MAX_BYTES)),
        )
        .route("/events", get(events::events))
        .route("/digest", get(digest::digest))
        .route(
            "/blobs/{id}",
            get(blobs::get)
                .put(blobs::put)
                .delete(blobs::delete)
                .layer(DefaultBodyLimit::max(MAX_PART_BYTES)),
        )
        .route("/invites", get(invites::list).post(invites::make))
        .route("/invites/{id}", delete(invites::cancel))
        .route("/members", get(members::list))
        .route(
            "/members/{id}",
            patch(members::change_role).delete(members::revoke),
        )
        .route("/me", get(me::get).delete(me::leave))
        .with_state(endpoint.clone());
    let strangers = Router::new()
        .route("/teams", post(teams::found))
        .route("/join", post(join::join))
        .with_state(endpoint.clone());
    let strangers = limits::rarely(strangers, config.joins_per_minute, config.behind_proxy);
    let all = limits::by_token(members, config.requests_per_second)
        .merge(strangers)
        .route("/about", get(about::about).with_state(endpoint.clone()))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(DefaultBodyLimit::max(JSON_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            PATIENCE,
        ));
    limits::by_address(all, config.requests_per_second, config.behind_proxy)
        .layer(axum::middleware::from_fn(answer::write_refusals))
        // Outside of the limits, so that a page on another origin can read that it is to wait.
        .layer(cors(endpoint))
}

fn cors(endpoint: &Endpoint) -> CorsLayer {
    let origins = endpoint.config.allowed_origins.iter().cloned();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, RANGE])
        .expose_headers([RETRY_AFTER, CONTENT_RANGE, blobs::UPLOAD_OFFSET])
        .max_age(CORS_MEMORY)
}
