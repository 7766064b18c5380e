//! The line to an endpoint: requests as it wants them, and its refusals as errors.

use super::error::TeamError;
use crate::platform::base64;
use crate::platform::http::{self, Call, Reply, Stream};
use crate::platform::json;
use std::ops::Range;
use tongxing_sync::blob::{Address, Part};
use tongxing_sync::invite_link::EndpointAddress;
use tongxing_sync::membership::Membership;
use tongxing_sync::wire::{self, Code, Message, Refusal};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// For how long an answer may stay away, in milliseconds. The endpoint itself gives up later.
const PATIENCE_MS: u32 = 60_000;
/// The stream of pokes shows every twenty seconds that it lives.
const STREAM_PATIENCE_MS: u32 = 65_000;
/// No answer in JSON is longer: a thousand members.
const JSON_BYTES: usize = 2 << 20;

/// A request that did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// Why.
    pub(super) error: TeamError,
    /// What the endpoint said, if it was the endpoint that spoke.
    pub(super) refusal: Option<Refusal>,
}

impl Failure {
    /// When to try again at the earliest, in seconds.
    pub(super) fn retry_after_s(self) -> Option<u32> {
        self.refusal.and_then(|refusal| refusal.retry_after_s)
    }
}

impl<E: Into<TeamError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            error: error.into(),
            refusal: None,
        }
    }
}

/// The line to an endpoint, as a member or, without a token, as a stranger.
pub(super) struct Link {
    address: EndpointAddress,
    token: Option<Zeroizing<String>>,
}

impl Link {
    /// A member's line.
    pub(super) fn of_member(membership: &Membership) -> Self {
        let credential = membership.token.credential(membership.team);
        Self {
            address: membership.endpoint.clone(),
            token: Some(base64::encode(&*credential)),
        }
    }

    /// A stranger's line.
    ///
    /// # Errors
    /// [`TeamError::Insecure`]: the page's policy would not let it pass either.
    pub(super) fn of_stranger(address: EndpointAddress, page: &str) -> Result<Self, TeamError> {
        if address.is_open_to_others() && address.as_str() != page {
            return Err(TeamError::Insecure);
        }
        Ok(Self {
            address,
            token: None,
        })
    }

    /// Sends a message of the wire.
    pub(super) async fn send<M: Message, A: Message>(
        &self,
        path: &str,
        message: Option<&M>,
    ) -> Result<A, Failure> {
        let body = message.map(Message::encode);
        let call = Call {
            method: if body.is_some() { "POST" } else { "GET" },
            url: &self.url(path),
            token: self.token(),
            body: body.as_deref().map(|body| (wire::CONTENT_TYPE, body)),
            range: None,
            patience_ms: PATIENCE_MS,
        };
        let reply = http::ask(&call, A::MAX_BYTES).await?;
        granted(&reply)?;
        Ok(A::decode(&reply.body)?)
    }

    /// Asks in JSON. An answer without a body is `undefined`.
    pub(super) async fn ask(
        &self,
        method: &'static str,
        path: &str,
        body: Option<JsValue>,
    ) -> Result<JsValue, Failure> {
        let body = body.and_then(|body| json::text(&body)).map(Zeroizing::new);
        let call = Call {
            method,
            url: &self.url(path),
            token: self.token(),
            body: body
                .as_ref()
                .map(|body| ("application/json", body.as_bytes())),
            range: None,
            patience_ms: PATIENCE_MS,
        };
        let reply = http::ask(&call, JSON_BYTES).await?;
        granted(&reply)?;
        if reply.body.is_empty() {
            return Ok(JsValue::UNDEFINED);
        }
        let json = std::str::from_utf8(&reply.body).ok().and_then(json::parse);
        Ok(json.ok_or(TeamError::NotAnEndpoint)?)
    }

    /// Sends a part of a blob; how many bytes of it are there then.
    pub(super) async fn put_blob(&self, at: Address, part: Part<'_>) -> Result<u64, Failure> {
        let Part {
            offset,
            size,
            bytes,
        } = part;
        let path = format!("{}?offset={offset}&size={size}", blob_path(at));
        let call = Call {
            method: "PUT",
            url: &self.url(&path),
            token: self.token(),
            body: Some(("application/octet-stream", bytes)),
            range: None,
            patience_ms: PATIENCE_MS,
        };
        let reply = http::ask(&call, JSON_BYTES).await?;
        granted(&reply)?;
        let progress = std::str::from_utf8(&reply.body).ok().and_then(json::parse);
        let received = progress.and_then(|json| json::field(&json, "received").as_f64());
        // Casts from floats saturate.
        Ok(received.ok_or(TeamError::NotAnEndpoint)? as u64)
    }

    /// Bytes of a blob; `None` if the endpoint does not have it, or not yet all of it.
    pub(super) async fn blob(
        &self,
        at: Address,
        range: Range<usize>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let length = range.len();
        let call = Call {
            method: "GET",
            url: &self.url(&blob_path(at)),
            token: self.token(),
            body: None,
            range: Some(range),
            patience_ms: PATIENCE_MS,
        };
        // A refusal is longer than some parts are.
        let reply = http::ask(&call, length.max(JSON_BYTES)).await?;
        match granted(&reply) {
            Ok(()) => Ok(Some(reply.body)),
            Err(failure) if failure.error == TeamError::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Opens the stream of pokes.
    pub(super) async fn events(&self) -> Result<Stream, Failure> {
        let call = Call {
            method: "GET",
            url: &self.url("/v1/events"),
            token: self.token(),
            body: None,
            range: None,
            patience_ms: STREAM_PATIENCE_MS,
        };
        let stream = http::open(&call).await?;
        if stream.status == 200 && stream.kind.starts_with("text/event-stream") {
            return Ok(stream);
        }
        let head = Reply {
            status: stream.status,
            kind: String::new(),
            body: Vec::new(),
        };
        granted(&head)?;
        Err(TeamError::NotAnEndpoint.into())
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address.as_str())
    }

    fn token(&self) -> Option<&str> {
        self.token.as_ref().map(|token| token.as_str())
    }
}

fn blob_path(at: Address) -> String {
    format!("/v1/blobs/{}", base64::encode(&at.0).as_str())
}

/// Reads a refusal, in either of its forms.
fn granted(reply: &Reply) -> Result<(), Failure> {
    if (200..300).contains(&reply.status) {
        return Ok(());
    }
    let refusal = if reply.kind.starts_with(wire::CONTENT_TYPE) {
        Refusal::decode(&reply.body).ok()
    } else if reply.kind.starts_with("application/json") {
        refusal_in_json(&reply.body)
    } else {
        None
    };
    Err(match refusal {
        Some(refusal) => Failure {
            error: refusal.code.into(),
            refusal: Some(refusal),
        },
        // A proxy in front of the endpoint, or somebody else altogether.
        None => match reply.status {
            401 => TeamError::NoLongerMember,
            408 | 429 | 500..=599 => TeamError::Busy,
            _ => TeamError::NotAnEndpoint,
        }
        .into(),
    })
}

fn refusal_in_json(body: &[u8]) -> Option<Refusal> {
    let json = json::parse(std::str::from_utf8(body).ok()?)?;
    let number = |name| json::field(&json, name).as_f64();
    // Casts from floats saturate.
    Some(Refusal {
        code: Code::from_number(number("code")? as u16),
        retry_after_s: number("retry_after_s").map(|seconds| seconds as u32),
    })
}
