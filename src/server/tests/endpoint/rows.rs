//! Sync and digest over HTTP.

use axum::http::StatusCode;
use tongxing_sync::wire::{Digest, PushResult, Seq, SyncRequest, SyncResponse};

use crate::given::{Device, Given, row};

#[tokio::test]
async fn what_one_device_pushes_another_pulls() {
    let given = Given::with_team().await;
    let (ours, theirs) = (Device(1, 1), given.admit(Device(1, 2), "viewer").await);
    let pushed = given
        .push(ours, vec![row(1, 0, b"one"), row(2, 0, b"two")])
        .await;
    assert_eq!(pushed.status, StatusCode::OK);
    assert_eq!(pushed.header("cache-control"), "no-store");
    let pushed: SyncResponse = pushed.message();
    let results = [1, 2].map(|seq| PushResult::Stored {
        seq: Seq::new(seq).unwrap(),
    });
    assert_eq!((pushed.results, pushed.page), (results.to_vec(), vec![]));

    let pulled = given.sync(theirs, &SyncRequest::default()).await;
    let pulled: SyncResponse = pulled.message();
    let envelopes: Vec<&[u8]> = pulled.page.iter().map(|row| &row.envelope[..]).collect();
    assert_eq!(envelopes, [b"one", b"two"]);
    assert_eq!(
        (pulled.epoch, pulled.cursor, pulled.more),
        (pushed.epoch, pushed.cursor, false)
    );
    assert!(pulled.now_ms > 1_700_000_000_000);

    let digest: Digest = given.get(theirs, "/v1/digest").await.message();
    let rows = pulled.page.iter().map(|row| (row.row, row.seq));
    assert!(digest.buckets.differing(&rows.collect()).is_empty());
    assert_eq!((digest.epoch, digest.head), (pulled.epoch, pulled.cursor));
}

#[tokio::test]
async fn figures_tell_of_requests_and_of_no_team() {
    let given = Given::with(&["--metrics-token", "figures"]).await;
    given.found(Device(1, 1)).await;
    given
        .push(Device(1, 1), vec![row(1, 0, b"one"), row(2, 0, b"two")])
        .await;
    given.push(Device(1, 1), vec![row(1, 0, b"stale")]).await;
    given
        .get(Device(1, 1), &format!("/v1/members/{}", Device(1, 1).id()))
        .await;

    let ask = async |token: &str| {
        let request = axum::http::Request::builder()
            .uri("/metrics")
            .header("authorization", format!("Bearer {token}"))
            .body(axum::body::Body::empty());
        given.ask(request.unwrap()).await
    };
    assert_eq!(ask("guess").await.status, StatusCode::UNAUTHORIZED);
    let shown = ask("figures").await;
    assert_eq!(shown.status, StatusCode::OK);
    let figures = String::from_utf8(shown.body).unwrap();
    for line in [
        "tongxing_rows_stored_total 2",
        "tongxing_row_bytes_stored_total 6",
        "tongxing_rows_stale_total 1",
        "tongxing_requests_total{route=\"/v1/sync\",status=\"200\"} 4",
        "tongxing_requests_total{route=\"/v1/members/{id}\",status=\"405\"} 1",
        "# EOF",
    ] {
        assert!(
            figures.lines().any(|found| found == line),
            "{line} is not in:\n{figures}"
        );
    }
    assert!(!figures.contains(&Device(1, 1).id()));
    let none = Given::new().await.get(Device(1, 1), "/metrics").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
