//! What handlers take from a request.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use tongxing_sync::wire::Code;

use crate::endpoint::Endpoint;
use crate::refused::{Failure, Refused};
use crate::secret::Credential;
use crate::team::{Asker, ask};
use crate::text;

/// The token in `Authorization: Bearer …`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A device's token, not yet looked up.
pub(crate) struct Token(pub(crate) Credential);

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let token = bearer(&parts.headers).and_then(|token| token.parse().ok());
        token.map(Self).ok_or_else(|| {
            Failure::refused(
                Code::Unauthorized,
                "send the device's token in the header `Authorization: Bearer`",
            )
        })
    }
}

/// The member who asks.
pub(crate) struct Member(pub(crate) Asker);

impl FromRequestParts<Endpoint> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, endpoint: &Endpoint) -> Result<Self, Failure> {
        let Token(token) = Token::from_request_parts(parts, endpoint).await?;
        Ok(Self(ask(&*endpoint.store, &token).await?))
    }
}

/// A name of `N` bytes at the end of the path.
pub(crate) struct Id<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize, S: Send + Sync> FromRequestParts<S> for Id<N> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(text)| text::decode(&text));
        id.map(Self).ok_or_else(|| {
            Failure::refused(
                Code::NotFound,
                format!("a name in a path is {N} bytes of URL-safe base64"),
            )
        })
    }
}

/// The whole body, within the route's limit.
pub(crate) struct Body(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_))) => {
                Err(Refused::new(
                    Code::TooLarge,
                    "the request's body is too large; send less at a time",
                ))
            }
            // It ended too early, or nothing came for too long.
            Err(_) => Err(Refused::new(
                Code::TimedOut,
                "the request did not arrive whole; try again",
            )
            .retry_after(1)),
        }
    }
}

/// A body in JSON.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let Body(bytes) = Body::from_request(request, state).await?;
        // What serde says may quote the body, which may hold a secret: only the place is told.
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            Refused::new(
                Code::Malformed,
                format!(
                    "the body is not the JSON that this path takes, at line {} column {}",
                    error.line(),
                    error.column()
                ),
            )
        })
    }
}

/// A secret, name or key check in a JSON body: URL-safe base64 of exactly `N` bytes.
pub(crate) fn exactly<const N: usize>(text: &str, what: &str) -> Result<[u8; N], Failure> {
    text::decode(text).ok_or_else(|| {
        Failure::refused(
            Code::Malformed,
            format!("{what} is {N} bytes of URL-safe base64"),
        )
    })
}

/// Something opaque in a JSON body: URL-safe base64 of at most `limit` bytes.
pub(crate) fn at_most(limit: usize, text: &str, what: &str) -> Result<Vec<u8>, Failure> {
    text::decode_up_to(limit, text).ok_or_else(|| {
        Failure::refused(
            Code::Malformed,
            format!("{what} is at most {limit} bytes of URL-safe base64"),
        )
    })
}
