//! Requests to the team's endpoint. Nothing of a secret goes into an address: the token travels in a
//! header, and redirects are not followed.

use std::ops::Range;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use thiserror::Error;
use tongxing_sync::blob::{Address, Part};
use tongxing_sync::invite_link::EndpointAddress;
use tongxing_sync::membership::Membership;
use tongxing_sync::wire::{CONTENT_TYPE, Code, Message, Refusal};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};
use zeroize::Zeroizing;

use crate::failure::{Failure, Kind};

/// How long a request may take in all.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long to wait for a connection.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer in JSON that is read.
const MAX_JSON_BYTES: u64 = 1 << 20;

/// Why no answer came that could be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum EndpointError {
    /// Nobody answered.
    #[error("the endpoint cannot be reached ({detail}); try again later, what waits is kept")]
    Unreachable {
        /// What the network said.
        detail: String,
    },
    /// Somebody answered who is no endpoint of this program.
    #[error("what answered is no endpoint of this program (status {status}); check the address")]
    NotAnEndpoint {
        /// The status.
        status: u16,
    },
    /// The endpoint refused.
    #[error("the endpoint refused: {}", refusal.code)]
    Refused {
        /// What it said.
        refusal: Refusal,
    },
    /// Its answer does not fit the question.
    #[error("the endpoint's answer does not fit the question; update the program or the endpoint")]
    Misfit,
}

impl EndpointError {
    /// Its kind.
    #[must_use]
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Unreachable { .. } => Kind::Unreachable,
            Self::Refused { refusal } => match refusal.code {
                Code::TooMany | Code::Unavailable | Code::TimedOut => Kind::Unreachable,
                _ => Kind::Refused,
            },
            Self::NotAnEndpoint { .. } | Self::Misfit => Kind::Refused,
        }
    }

    /// Whether it may pass, so that the same can be asked again.
    #[must_use]
    pub(crate) fn may_pass(&self) -> bool {
        self.kind() == Kind::Unreachable
    }

    /// What to tell the person in Chinese.
    pub(crate) fn zh(&self) -> String {
        match self {
            Self::Unreachable { .. } => "连不上服务器，请稍后再试；待发送的内容会保留".to_owned(),
            Self::NotAnEndpoint { status } => {
                format!("应答的不是同行服务器（状态码 {status}），请核对地址")
            }
            Self::Refused { refusal } => refused_zh(refusal.code),
            Self::Misfit => "服务器的应答对不上，请更新程序或服务器".to_owned(),
        }
    }
}

fn refused_zh(code: Code) -> String {
    match code {
        Code::Unauthorized => "本机不是（或不再是）团队成员，请向所有者要新的邀请",
        Code::Forbidden => "当前角色不允许这样做",
        Code::NotFound => "服务器上没有这项内容",
        Code::TooLarge => "请求过大",
        Code::TooMany => "请求过于频繁，请稍后再试",
        Code::QuotaExceeded => "团队在服务器上的空间已满",
        Code::Unavailable | Code::TimedOut => "服务器暂时不可用，请稍后再试",
        Code::InviteInvalid => "邀请已被使用或已过期，请要一个新的",
        Code::Conflict => "服务器上已有同名内容",
        Code::NeedsNewerEndpoint => "服务器版本过旧，需要更新",
        Code::Internal => "服务器出错，其日志里有原因",
        Code::Malformed => "服务器读不懂请求，请更新程序",
        Code::Other(number) => return format!("服务器拒绝了请求（代码 {number}）"),
    }
    .to_owned()
}

/// Bytes as text in JSON and headers.
pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An endpoint, and what this device shows it.
pub(crate) struct Endpoint {
    agent: Agent,
    address: EndpointAddress,
    bearer: Option<Zeroizing<String>>,
}

impl Endpoint {
    /// An endpoint for somebody who is no member yet.
    ///
    /// # Errors
    /// [`Failure::InTheOpen`].
    pub(crate) fn of_stranger(address: &EndpointAddress) -> Result<Self, Failure> {
        if address.is_open_to_others() {
            return Err(Failure::InTheOpen {
                address: address.clone(),
            });
        }
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT_PATIENCE))
            .tls_config(tls)
            .user_agent(concat!("tongxing/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            agent: config.into(),
            address: address.clone(),
            bearer: None,
        })
    }

    /// The endpoint of a member.
    ///
    /// # Errors
    /// [`Failure::InTheOpen`].
    pub(crate) fn of_member(membership: &Membership) -> Result<Self, Failure> {
        let credential = membership.token.credential(membership.team);
        let bearer = Zeroizing::new(format!("Bearer {}", text(&*credential)));
        Ok(Self {
            bearer: Some(bearer),
            ..Self::of_stranger(&membership.endpoint)?
        })
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<(&str, &[u8])>,
        range: Option<Range<usize>>,
        limit: u64,
    ) -> Result<(String, Vec<u8>), EndpointError> {
        let unreachable = |error: &dyn ToString| EndpointError::Unreachable {
            detail: error.to_string(),
        };
        let url = format!("{}{path}", self.address.as_str());
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        if let Some(bearer) = &self.bearer {
            request = request.header("authorization", bearer.as_str());
        }
        if let Some(Range { start, end }) = range {
            let last = end.saturating_sub(1);
            request = request.header("range", format!("bytes={start}-{last}"));
        }
        if let Some((kind, _)) = body {
            request = request.header("content-type", kind);
        }
        let answer = match body {
            Some((_, bytes)) => request.body(bytes).map(|request| self.agent.run(request)),
            None => request.body(()).map(|request| self.agent.run(request)),
        };
        let answer = answer.map_err(|error| unreachable(&error))?;
        let mut answer = answer.map_err(|error| unreachable(&error))?;
        let status = answer.status();
        let kind = answer
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let bytes = read(answer.body_mut(), limit).map_err(|error| unreachable(&error))?;
        if status.is_success() {
            Ok((kind, bytes))
        } else {
            Err(match refusal(&kind, &bytes) {
                Some(refusal) => EndpointError::Refused { refusal },
                None => EndpointError::NotAnEndpoint {
                    status: status.as_u16(),
                },
            })
        }
    }

    /// Asks in JSON; `Null` for an answer without a body.
    pub(crate) fn json(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, EndpointError> {
        let body = body.map(|body| Zeroizing::new(body.to_string()));
        let body = body
            .as_ref()
            .map(|body| ("application/json", body.as_bytes()));
        let (kind, bytes) = self.ask(method, path, body, None, MAX_JSON_BYTES)?;
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        let json = kind.starts_with("application/json");
        let read = json.then(|| serde_json::from_slice(&bytes).ok()).flatten();
        read.ok_or(EndpointError::NotAnEndpoint { status: 200 })
    }

    /// Sends a message of the wire, or nothing, and reads one.
    pub(crate) fn message<T: Message>(
        &self,
        path: &str,
        message: Option<&[u8]>,
    ) -> Result<T, EndpointError> {
        let method = if message.is_some() { "POST" } else { "GET" };
        let body = message.map(|bytes| (CONTENT_TYPE, bytes));
        let (kind, bytes) = self.ask(method, path, body, None, T::MAX_BYTES as u64)?;
        if kind != CONTENT_TYPE {
            return Err(EndpointError::NotAnEndpoint { status: 200 });
        }
        T::decode(&bytes).map_err(|_| EndpointError::Misfit)
    }

    /// Sends a part of a blob; how many bytes of it are there then.
    pub(crate) fn put_blob(&self, at: Address, part: Part<'_>) -> Result<u64, EndpointError> {
        let (offset, size) = (part.offset, part.size);
        let path = format!("{}?offset={offset}&size={size}", blob_path(at));
        let body = Some(("application/octet-stream", part.bytes));
        let (_, bytes) = self.ask("PUT", &path, body, None, MAX_JSON_BYTES)?;
        let json: Option<Value> = serde_json::from_slice(&bytes).ok();
        let received = json.and_then(|json| json.get("received")?.as_u64());
        received.ok_or(EndpointError::NotAnEndpoint { status: 200 })
    }

    /// Bytes of a blob; `None` if the endpoint does not have it, or not yet all of it.
    pub(crate) fn blob(
        &self,
        at: Address,
        range: Range<usize>,
    ) -> Result<Option<Vec<u8>>, EndpointError> {
        // A refusal is longer than some parts are.
        let limit = MAX_JSON_BYTES.max(range.len() as u64);
        match self.ask("GET", &blob_path(at), None, Some(range), limit) {
            Ok((_, bytes)) => Ok(Some(bytes)),
            Err(EndpointError::Refused { refusal }) if refusal.code == Code::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn blob_path(at: Address) -> String {
    format!("/v1/blobs/{}", text(&at.0))
}

fn read(body: &mut Body, limit: u64) -> Result<Vec<u8>, ureq::Error> {
    body.with_config().limit(limit).read_to_vec()
}

/// What a refusal says, in either of its forms.
fn refusal(kind: &str, bytes: &[u8]) -> Option<Refusal> {
    if kind == CONTENT_TYPE {
        return Refusal::decode(bytes).ok();
    }
    let json: Value = serde_json::from_slice(bytes).ok()?;
    let code = u16::try_from(json.get("code")?.as_u64()?).ok()?;
    Some(Refusal {
        code: Code::from_number(code),
        retry_after_s: json
            .get("retry_after_s")
            .and_then(Value::as_u64)
            .and_then(|seconds| u32::try_from(seconds).ok()),
    })
}
