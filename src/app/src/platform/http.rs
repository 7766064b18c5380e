//! Requests to an endpoint, and streams from it. Nothing of a secret ever goes into an address:
//! tokens travel in a header, redirects are not followed, and no referrer is told.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, Request, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect, Response,
};

/// Why no whole response came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HttpError {
    /// Nobody answered: no network, no such host, a connection cut off, or a page that the
    /// endpoint does not allow. Browsers do not tell which.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// Nothing came for too long.
    #[error("the endpoint did not answer in time")]
    TimedOut,
    /// More came than was asked for.
    #[error("the answer is longer than allowed")]
    TooLong,
}

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Call<'a> {
    /// GET, POST and so on.
    pub method: &'static str,
    /// The whole address.
    pub url: &'a str,
    /// What is shown as bearer token.
    pub token: Option<&'a str>,
    /// The body with its content type.
    pub body: Option<(&'static str, &'a [u8])>,
    /// Which bytes of it are asked for, if not all.
    pub range: Option<Range<usize>>,
    /// For how long nothing may come, in milliseconds.
    pub patience_ms: u32,
}

/// A whole response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The content type, in small letters; empty if there is none.
    pub kind: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Asks, and reads the whole response, of at most `limit` bytes.
///
/// # Errors
/// See [`HttpError`].
pub async fn ask(call: &Call<'_>, limit: usize) -> Result<Reply, HttpError> {
    let mut stream = open(call).await?;
    let mut body = Vec::new();
    while let Some(part) = stream.next().await? {
        if body.len() + part.len() > limit {
            return Err(HttpError::TooLong);
        }
        body.extend_from_slice(&part);
    }
    Ok(Reply {
        status: stream.status,
        kind: stream.kind.clone(),
        body,
    })
}

/// A response whose body comes in parts. Dropping it ends the connection.
pub struct Stream {
    /// The status.
    pub status: u16,
    /// The content type, in small letters; empty if there is none.
    pub kind: String,
    reader: Option<ReadableStreamDefaultReader>,
    fuse: Fuse,
}

/// Asks, and waits for the response's head.
///
/// # Errors
/// See [`HttpError`].
pub async fn open(call: &Call<'_>) -> Result<Stream, HttpError> {
    let fuse = Fuse::new(call.patience_ms).ok_or(HttpError::Unreachable)?;
    let request = fuse.request(call).ok_or(HttpError::Unreachable)?;
    let window = web_sys::window().ok_or(HttpError::Unreachable)?;
    let response = fuse.guard(window.fetch_with_request(&request)).await?;
    let response: Response = response.unchecked_into();
    let kind = response.headers().get("content-type").ok().flatten();
    let reader = response
        .body()
        .map(|body| body.get_reader().unchecked_into());
    Ok(Stream {
        status: response.status(),
        kind: kind.unwrap_or_default().to_ascii_lowercase(),
        reader,
        fuse,
    })
}

impl Stream {
    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, HttpError> {
        let Some(reader) = &self.reader else {
            return Ok(None);
        };
        let part = self.fuse.guard(reader.read()).await?;
        let field = |name: &str| Reflect::get(&part, &name.into()).unwrap_or_default();
        if field("done").is_truthy() {
            return Ok(None);
        }
        let bytes = field("value").dyn_into::<Uint8Array>();
        Ok(bytes.ok().map(|bytes| bytes.to_vec()))
    }
}

/// Ends a request for which nothing has come for too long, and when it is dropped.
struct Fuse {
    controller: AbortController,
    patience_ms: u32,
    burnt: Rc<Cell<bool>>,
}

impl Fuse {
    fn new(patience_ms: u32) -> Option<Self> {
        Some(Self {
            controller: AbortController::new().ok()?,
            patience_ms,
            burnt: Rc::default(),
        })
    }

    fn request(&self, call: &Call<'_>) -> Option<Request> {
        let headers = Headers::new().ok()?;
        if let Some(token) = call.token {
            headers
                .set("authorization", &format!("Bearer {token}"))
                .ok()?;
        }
        if let Some(Range { start, end }) = &call.range {
            let last = end.saturating_sub(1);
            headers
                .set("range", &format!("bytes={start}-{last}"))
                .ok()?;
        }
        let init = RequestInit::new();
        init.set_method(call.method);
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(RequestCredentials::Omit);
        init.set_redirect(RequestRedirect::Error);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        init.set_signal(Some(&self.controller.signal()));
        if let Some((kind, body)) = call.body {
            headers.set("content-type", kind).ok()?;
            init.set_body(&Uint8Array::from(body));
        }
        init.set_headers(&headers);
        Request::new_with_str_and_init(call.url, &init).ok()
    }

    async fn guard(&self, promise: js_sys::Promise) -> Result<JsValue, HttpError> {
        let (controller, burnt) = (self.controller.clone(), Rc::clone(&self.burnt));
        let timer = Timeout::new(self.patience_ms, move || {
            burnt.set(true);
            controller.abort();
        });
        let done = JsFuture::from(promise).await;
        timer.cancel();
        done.map_err(|_| match self.burnt.get() {
            true => HttpError::TimedOut,
            false => HttpError::Unreachable,
        })
    }
}

impl Drop for Fuse {
    fn drop(&mut self) {
        self.controller.abort();
    }
}
