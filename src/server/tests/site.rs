//! What the endpoint answers, asked through its router.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

use std::fs;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use clap::Parser as _;
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tongxing_server::{BasePath, Config, Endpoint, app};
use tower::ServiceExt as _;

const PAGE: &str = "<!doctype html><meta content=\"default-src 'none'; script-src 'self'\" \
                    http-equiv=Content-Security-Policy><p>同行";

/// A built site in a folder of its own, served below `base`.
struct Served {
    app: Router,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Settings to serve `site` with, and a database beside it.
fn config(site: &str, base: &str) -> Config {
    let database = format!("{site}/../teams.db");
    let flags = ["--site", site, "--base-path", base, "--database", &database];
    Config::try_parse_from(["server"].into_iter().chain(flags)).unwrap()
}

impl Served {
    async fn at(base: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(site.join(name), bytes).unwrap();
        write("index.html", PAGE.as_bytes());
        write("service-worker.js", b"self;");
        write("manifest.webmanifest", b"{}");
        write(
            "app-0123456789abcdef.js",
            "let a = 1;".repeat(100).as_bytes(),
        );
        write("app-0123456789abcdef_bg.wasm", b"\0asm");
        write("style-0123456789abcdef.css", b"p {}");
        write("style-0123456789abcdef.css.br", b"compressed before");
        fs::create_dir(site.join("icons")).unwrap();
        let config = config(site.to_str().unwrap(), base);
        let endpoint = Endpoint::open(&config).await.unwrap();
        Self {
            app: app(&endpoint),
            _folder: folder,
        }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    async fn navigate(&self, path: &str) -> Answer {
        self.ask(
            "GET",
            path,
            &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")],
        )
        .await
    }
}

#[tokio::test]
async fn health_is_answered_and_not_kept() {
    let answer = Served::at("/field/app/").await.get("/healthz").await;
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (StatusCode::OK, &b"ok"[..])
    );
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_page_is_revalidated_and_carries_its_policy() {
    let served = Served::at("/").await;
    for path in ["/", "/index.html", "/?from=icon"] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.body, PAGE.as_bytes());
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn files_named_by_content_are_kept_and_others_revalidated() {
    let served = Served::at("/").await;
    for (path, kind, keep) in [
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", true),
        ("/app-0123456789abcdef.js", "text/javascript", true),
        ("/service-worker.js", "text/javascript", false),
        ("/manifest.webmanifest", "application/manifest+json", false),
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(
            answer.header("cache-control").contains("immutable"),
            keep,
            "{path}"
        );
    }
}

#[tokio::test]
async fn only_navigations_fall_back_to_the_page() {
    let served = Served::at("/").await;
    let answer = served.navigate("/dealers/42").await;
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (StatusCode::OK, PAGE.as_bytes())
    );
    assert_eq!(answer.header("cache-control"), "no-cache");

    for path in [
        "/dealers/42",
        "/gone-0123456789abcdef.js",
        "/icons",
        "/icons/",
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    let posted = served
        .ask("POST", "/dealers", &[("accept", "text/html")])
        .await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let served = Served::at("/").await;
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/icons/%2e%2e%2f%2e%2e/etc/passwd",
        "//etc/passwd",
    ] {
        assert_eq!(
            served.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn responses_are_compressed_beforehand_or_on_the_way() {
    let served = Served::at("/").await;
    let br = [("accept-encoding", "gzip, br")];
    let before = served.ask("GET", "/style-0123456789abcdef.css", &br).await;
    assert_eq!(before.header("content-encoding"), "br");
    assert_eq!(before.body, b"compressed before");
    let underway = served.ask("GET", "/app-0123456789abcdef.js", &br).await;
    assert_eq!(underway.header("content-encoding"), "br");
    assert!(underway.body.len() < 100);
    let plain = served.get("/app-0123456789abcdef.js").await;
    assert_eq!(
        (plain.header("content-encoding"), plain.body.len()),
        ("", 1000)
    );
}

#[tokio::test]
async fn a_base_path_stands_before_everything() {
    let served = Served::at("/field/app").await;
    assert_eq!(served.get("/field/app/").await.body, PAGE.as_bytes());
    assert_eq!(
        served.navigate("/field/app/dealers/42").await.body,
        PAGE.as_bytes()
    );
    assert_eq!(
        served.get("/field/app/service-worker.js").await.body,
        b"self;"
    );
    let bare = served.get("/field/app").await;
    assert_eq!(bare.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(bare.header("location"), "/field/app/");
    for path in ["/", "/service-worker.js", "/field/application"] {
        assert_eq!(
            served.navigate(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_folder_without_a_page_is_refused_with_the_way_on() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let site = site.to_str().unwrap();
    let error = Endpoint::open(&config(site, "/")).await.err().unwrap();
    let error = error.to_string();
    assert!(error.contains("cargo xtask build"), "{error}");
}

#[test]
fn base_paths_are_completed_or_refused() {
    let parse = |text: &str| text.parse::<BasePath>().ok().map(|path| path.to_string());
    assert_eq!(parse("/").as_deref(), Some("/"));
    assert_eq!(parse("/field/app").as_deref(), Some("/field/app/"));
    for bad in ["", "field", "/a//b", "/../", "/a b", "https://example.org/"] {
        assert_eq!(parse(bad), None, "{bad}");
    }
}
