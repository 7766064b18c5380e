//! Refusals as responses: CBOR where members sync, JSON everywhere else.

use axum::Json;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tongxing_sync::wire::{self, Code, Message as _, Refusal};

use crate::refused::{Failure, Refused};

/// Paths below `/v1` whose clients read CBOR.
const WIRE_PATHS: [&str; 3] = ["/sync", "/digest", "/events"];

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(error = error as &dyn std::error::Error, "the store failed");
        }
        self.into_refused().into_response()
    }
}

impl IntoResponse for Refused {
    /// A response without a body, which `write_refusals` will write.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status());
        let mut response = status
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A refusal's body in JSON.
#[derive(Serialize)]
struct RefusalJson<'a> {
    /// The number of the wire's code.
    code: u16,
    /// What happened and what to do.
    message: &'a str,
    /// When to try again, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u32>,
}

/// Gives every response that is an error its body, in the form that the client reads.
pub(crate) async fn write_refusals(request: Request, next: Next) -> Response {
    let is_wire = WIRE_PATHS.contains(&request.uri().path());
    let mut response = next.run(request).await;
    let status = response.status();
    let refused = match response.extensions_mut().remove::<Refused>() {
        Some(refused) => refused,
        None if status.is_client_error() || status.is_server_error() => of_status(status),
        None => return response,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    let body = if is_wire {
        let body = Refusal {
            code: refused.code,
            retry_after_s: refused.retry_after_s,
        };
        ([(CONTENT_TYPE, wire::CONTENT_TYPE)], body.encode()).into_response()
    } else {
        Json(RefusalJson {
            code: refused.code.number(),
            message: &refused.advice,
            retry_after_s: refused.retry_after_s,
        })
        .into_response()
    };
    let mut response = (parts, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = refused.retry_after_s {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// The refusal behind a status that a layer or the router has chosen.
fn of_status(status: StatusCode) -> Refused {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Refused::new(
            Code::NotFound,
            "the endpoint does not know this path or method; it may need a newer version",
        ),
        StatusCode::REQUEST_TIMEOUT => Refused::new(
            Code::TimedOut,
            "the endpoint waited too long for the request; try again, with less at once",
        )
        .retry_after(1),
        StatusCode::PAYLOAD_TOO_LARGE => Refused::new(
            Code::TooLarge,
            "the request's body is too large; send less at a time",
        ),
        _ if status.is_client_error() => Refused::new(
            Code::Malformed,
            "the endpoint could not read the request; see the description of the protocol",
        ),
        _ => Refused::new(Code::Internal, "the endpoint failed; its log tells why"),
    }
}
