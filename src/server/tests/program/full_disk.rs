//! No more room.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clap::Parser as _;
use http_body_util::BodyExt as _;
use tongxing_server::store::SqliteStore;
use tongxing_server::{Config, Endpoint, app};
use tongxing_sync::wire::{Code, Message as _, Refusal, Seq, SyncRequest, SyncResponse};
use tower::ServiceExt as _;

use crate::given::{owner, row, text};

/// The database may grow to so many pages of 4 KiB.
const PAGES: u32 = 200;

#[tokio::test]
async fn a_full_disk_loses_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("teams.db");
    let store = SqliteStore::open_limited(&file, Some(PAGES)).await.unwrap();
    let config = Config::try_parse_from(["server", "--no-site"]).unwrap();
    let endpoint = Endpoint::without_page(Arc::new(store), &config);
    let app = app(&endpoint);
    let ask = async |path: &str, body: Vec<u8>| {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("authorization", format!("Bearer {}", owner().to_text()))
            .body(Body::from(body));
        let response = app.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, body.collect().await.unwrap().to_bytes())
    };
    let founding = serde_json::json!({
        "team": text(&owner().team.0),
        "secret": text(&owner().secret.0),
        "name": "",
        "key_check": text(&[7; 16]),
    });
    let (founded, _) = ask("/v1/teams", founding.to_string().into_bytes()).await;
    assert_eq!(founded.status, StatusCode::CREATED);
    let pull = async || {
        let (parts, body) = ask("/v1/sync", SyncRequest::default().encode()).await;
        assert_eq!(parts.status, StatusCode::OK);
        SyncResponse::decode(&body).unwrap()
    };
    let epoch = pull().await.epoch;
    let push = async |number: u64, size: usize| {
        let request = SyncRequest {
            epoch: Some(epoch),
            push: vec![
                row(number, 0, &vec![number as u8; size]),
                row(number + 1, 0, &vec![number as u8; size]),
            ],
            ..SyncRequest::default()
        };
        ask("/v1/sync", request.encode()).await
    };

    let mut stored = 0;
    let refused = loop {
        assert!(stored < 200, "the disk is never full");
        let (parts, body) = push(stored, 20_000).await;
        if parts.status != StatusCode::OK {
            break (parts, body);
        }
        stored += 2;
    };
    assert!(stored >= 10, "{stored}");
    assert_eq!(refused.0.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.0.headers["retry-after"], "60");
    let refusal = Refusal::decode(&refused.1).unwrap();
    assert_eq!(
        (refusal.code, refusal.retry_after_s),
        (Code::Unavailable, Some(60))
    );

    // Everything that was acknowledged is there, nothing of what was refused, and one may go on reading;
    // again and again.
    for _ in 0..3 {
        let there = pull().await;
        assert_eq!(
            (there.page.len() as u64, there.cursor),
            (stored, Seq::new(stored).unwrap())
        );
        for (number, row) in (0..).zip(&there.page) {
            assert_eq!(row.envelope, vec![(number / 2 * 2) as u8; 20_000]);
        }
        assert_eq!(
            push(stored, 20_000).await.0.status,
            StatusCode::SERVICE_UNAVAILABLE
        );
    }
    endpoint.close().await;

    // With room again, the same push succeeds.
    let store = SqliteStore::open(&file).await.unwrap();
    let endpoint = Endpoint::without_page(Arc::new(store), &config);
    let app = tongxing_server::app(&endpoint);
    let request = SyncRequest {
        epoch: Some(epoch),
        push: vec![row(stored, 0, &[1; 20_000])],
        ..SyncRequest::default()
    };
    let request = Request::builder()
        .method("POST")
        .uri("/v1/sync")
        .header("authorization", format!("Bearer {}", owner().to_text()))
        .body(Body::from(request.encode()));
    let response = app.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let response = SyncResponse::decode(&body).unwrap();
    assert_eq!(response.cursor, Seq::new(stored + 1).unwrap());
    endpoint.close().await;
}
