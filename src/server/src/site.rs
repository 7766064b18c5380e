//! Serving the built page.
//!
//! - A file whose name carries the hash of its content never changes and may be kept for ever; all others
//!   are revalidated on each use.
//! - A navigation to a path that is no file gets the page: its router knows what to show.
//! - The security policy stands in the page itself, since static hosts know no headers. Here it is sent as
//!   a header as well, with the one directive that only a header can carry. Workers get theirs from it.
//! - Files compressed beforehand (`.br`, `.gz` beside the file) are preferred.

use std::io;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, InvalidHeaderValue,
};
use axum::http::uri::{InvalidUri, Uri};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use crate::config::BasePath;

const PAGE: &str = "index.html";
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Why a folder cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// There is no page in the folder.
    #[error("no page at {}: {source}; build the site with `cargo xtask build`", path.display())]
    NoPage {
        /// Where the page should be.
        path: PathBuf,
        /// Why it could not be read.
        source: io::Error,
    },
}

/// Why one request could not be answered. The cause is logged, not sent.
#[derive(Debug, thiserror::Error)]
enum AnswerError {
    #[error("the page could not be read")]
    Page(#[from] io::Error),
    #[error("the page is not UTF-8")]
    Encoding(#[from] FromUtf8Error),
    #[error("the page's security policy is no header value")]
    Policy(#[from] InvalidHeaderValue),
    #[error("the path below the base path is no URI")]
    Path(#[from] InvalidUri),
}

impl IntoResponse for AnswerError {
    fn into_response(self) -> Response {
        tracing::error!(error = &self as &dyn std::error::Error, "request failed");
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "the page cannot be served just now",
        )
            .into_response()
    }
}

/// A folder with a built site.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    page: PathBuf,
    files: ServeDir,
    base_path: BasePath,
}

impl Site {
    /// Looks whether the folder holds a page.
    pub(crate) fn open(folder: &Path, base_path: BasePath) -> Result<Self, SiteError> {
        let page = folder.join(PAGE);
        if let Err(source) = std::fs::read(&page) {
            return Err(SiteError::NoPage { path: page, source });
        }
        let files = ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Ok(Self {
            page,
            files,
            base_path,
        })
    }

    /// The page together with the policy it declares.
    async fn read_page(&self) -> Result<(String, HeaderValue), AnswerError> {
        let page = String::from_utf8(tokio::fs::read(&self.page).await?)?;
        let declared = declared_policy(&page)
            .map(|policy| format!("{policy}; "))
            .unwrap_or_default();
        let policy = HeaderValue::try_from(format!("{declared}frame-ancestors 'none'"))?;
        Ok((page, policy))
    }

    /// Answers a request for a path below the base path.
    async fn answer(&self, path: &str, mut request: Request) -> Result<Response, AnswerError> {
        let (page, policy) = self.read_page().await?;
        let navigation = is_navigation(request.method(), request.headers());
        let mut response = if path.is_empty() || path == PAGE {
            page_response(page)
        } else {
            *request.uri_mut() = format!("/{path}").parse::<Uri>()?;
            let Ok(response) = self.files.clone().oneshot(request).await;
            if response.status() == StatusCode::NOT_FOUND && navigation {
                page_response(page)
            } else {
                response.map(Body::new)
            }
        };
        let keep = response.status().is_success() && is_named_by_content(path);
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, if keep { KEEP } else { REVALIDATE });
        headers.insert(CONTENT_SECURITY_POLICY, policy);
        Ok(response)
    }
}

/// Answers everything that has no route of its own.
pub(crate) async fn serve(State(site): State<Site>, request: Request) -> Response {
    let base = site.base_path.as_str();
    let path = request.uri().path().to_owned();
    if let Some(below) = path.strip_prefix(base) {
        return site.answer(below, request).await.into_response();
    }
    if base.strip_suffix('/') == Some(path.as_str()) {
        return Redirect::permanent(base).into_response();
    }
    (
        StatusCode::NOT_FOUND,
        format!("nothing here; the page is at {base}"),
    )
        .into_response()
}

fn page_response(page: String) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Whether a browser asks for something to show in its window.
fn is_navigation(method: &Method, headers: &HeaderMap) -> bool {
    let wants_page = |accept: &HeaderValue| accept.to_str().is_ok_and(|a| a.contains("text/html"));
    matches!(*method, Method::GET | Method::HEAD) && headers.get_all(ACCEPT).iter().any(wants_page)
}

/// Whether the build named the file by its content: sixteen hex digits after a dash.
fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The policy in the page's `<meta http-equiv="Content-Security-Policy">`.
fn declared_policy(page: &str) -> Option<&str> {
    let tag = page.split("<meta").skip(1).find_map(|rest| {
        // The policy itself holds no `>`.
        let tag = rest.split('>').next()?;
        tag.contains("Content-Security-Policy").then_some(tag)
    })?;
    tag.split_once("content=\"")?.1.split('"').next()
}
