//! Forged, truncated, oversized, duplicated requests.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tongxing_sync::wire::{
    CONTENT_TYPE, Code, MAX_ENVELOPE_BYTES, MAX_PUSH_ROWS, Message as _, SyncRequest, SyncResponse,
};

use crate::given::{Answer, Device, Given, row};

const OWNER: Device = Device(1, 1);

async fn raw(given: &Given, body: impl Into<Body>) -> Answer {
    given.send(Some(OWNER), "POST", "/v1/sync", body).await
}

/// How many rows the owner's team has.
async fn rows(given: &Given) -> usize {
    let pulled = given.sync(OWNER, &SyncRequest::default()).await;
    pulled.message::<SyncResponse>().page.len()
}

#[tokio::test]
async fn tokens_are_needed_and_must_be_right() {
    let given = Given::with_team().await;
    given.found(Device(2, 1)).await;
    let paths = [
        "/v1/sync",
        "/v1/digest",
        "/v1/events",
        "/v1/me",
        "/v1/members",
        "/v1/invites",
    ];
    for path in paths {
        let method = if path == "/v1/sync" { "POST" } else { "GET" };
        for header in [
            None,
            Some(String::new()),
            Some("Bearer".to_owned()),
            Some("Bearer nonsense".to_owned()),
            Some(format!("Basic {}", OWNER.token())),
            Some(format!("Bearer {}", &OWNER.token()[1..])),
            Some(format!("Bearer {}", Device(1, 2).token())), // unknown
            Some(format!("Bearer {}", Device(9, 1).token())), // no such team
        ] {
            let mut request = Request::builder().method(method).uri(path);
            if let Some(header) = &header {
                request = request.header("authorization", header);
            }
            let answer = given.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.code(), Code::Unauthorized, "{path} {header:?}");
            let is_wire = ["/v1/sync", "/v1/digest", "/v1/events"].contains(&path);
            let kind = answer.header("content-type");
            assert_eq!(kind == CONTENT_TYPE, is_wire, "{path}: {kind}");
        }
    }
    // Every single wrong bit of a right token.
    let right = given.get(OWNER, "/v1/me").await;
    assert_eq!(right.status, StatusCode::OK);
    for bit in 0..256 {
        let mut credential = OWNER.credential();
        credential.secret.0[bit / 8] ^= 1 << (bit % 8);
        let request = Request::builder()
            .uri("/v1/me")
            .header("authorization", format!("Bearer {}", credential.to_text()));
        let answer = given.ask(request.body(Body::empty()).unwrap()).await;
        assert!(
            [Code::Unauthorized, Code::TooMany].contains(&answer.code()),
            "bit {bit}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_token_opens_its_own_team_alone() {
    let given = Given::with_team().await;
    given.found(Device(2, 5)).await;
    given.push(OWNER, vec![row(1, 0, b"ours")]).await;
    // The second team's secret with the first team's id, and the other way round.
    for forged in [Device(1, 5), Device(2, 1)] {
        let answer = given.sync(forged, &SyncRequest::default()).await;
        assert_eq!(answer.code(), Code::Unauthorized);
    }
    let theirs = given.sync(Device(2, 5), &SyncRequest::default()).await;
    assert_eq!(theirs.message::<SyncResponse>().page, []);
    let path = format!("/v1/members/{}", OWNER.id());
    assert_eq!(
        given.delete(Device(2, 5), &path).await.code(),
        Code::NotFound
    );
}

#[tokio::test]
async fn truncated_and_garbled_bodies_change_nothing() {
    let given = Given::with_team().await;
    let request = SyncRequest {
        epoch: Some(given.epoch(OWNER).await),
        push: vec![row(1, 0, b"one"), row(2, 0, b"two")],
        ..SyncRequest::default()
    };
    let body = request.encode();
    for length in 0..body.len() {
        let answer = raw(&given, body[..length].to_vec()).await;
        assert_eq!(answer.code(), Code::Malformed, "{length} bytes");
    }
    let longer = [&body[..], b"\0"].concat();
    assert_eq!(raw(&given, longer).await.code(), Code::Malformed);
    assert_eq!(raw(&given, "{\"push\": []}").await.code(), Code::Malformed);
    let mut newer = body.clone();
    newer[1] = 2;
    assert_eq!(raw(&given, newer).await.code(), Code::NeedsNewerEndpoint);
    assert_eq!(rows(&given).await, 0);
    assert_eq!(raw(&given, body).await.status, StatusCode::OK);
    assert_eq!(rows(&given).await, 2);
}

#[tokio::test]
async fn oversized_bodies_are_refused() {
    let given = Given::with_team().await;
    let huge = vec![0; SyncRequest::MAX_BYTES + 1];
    assert_eq!(raw(&given, huge).await.code(), Code::TooLarge);
    let many = (0..=MAX_PUSH_ROWS).map(|_| row(1, 0, b"x")).collect();
    assert_eq!(given.push(OWNER, many).await.code(), Code::TooLarge);
    let long = vec![row(1, 0, &vec![0; MAX_ENVELOPE_BYTES + 1])];
    assert_eq!(given.push(OWNER, long).await.code(), Code::TooLarge);
    let longest = vec![row(1, 0, &vec![0; MAX_ENVELOPE_BYTES])];
    assert_eq!(given.push(OWNER, longest).await.status, StatusCode::OK);
    let json = given
        .send(None, "POST", "/v1/teams", " ".repeat(20_000))
        .await;
    assert_eq!(json.code(), Code::TooLarge);
    assert_eq!(rows(&given).await, 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let given = Given::with_team().await;
    let request = SyncRequest {
        epoch: Some(given.epoch(OWNER).await),
        push: vec![row(1, 0, b"one")],
        ..SyncRequest::default()
    };
    let half = request.encode()[..20].to_vec();
    let parts = [Ok(half), Err(std::io::Error::other("the network is gone"))];
    let body = Body::from_stream(futures_util::stream::iter(parts));
    assert_eq!(raw(&given, body).await.code(), Code::TimedOut);
    assert_eq!(rows(&given).await, 0);
}

#[tokio::test]
async fn a_request_sent_twice_has_the_same_answer() {
    let given = Given::with_team().await;
    let request = SyncRequest {
        epoch: Some(given.epoch(OWNER).await),
        push: vec![row(1, 0, b"one"), row(2, 0, b"two")],
        ..SyncRequest::default()
    };
    let first: SyncResponse = given.sync(OWNER, &request).await.message();
    let (again, third) = tokio::join!(given.sync(OWNER, &request), given.sync(OWNER, &request));
    for again in [again, third] {
        let again: SyncResponse = again.message();
        assert_eq!(
            (again.results, again.cursor),
            (first.results.clone(), first.cursor)
        );
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_say_so() {
    let given = Given::with_team().await;
    for (method, path, status) in [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/sync", 405),
        ("DELETE", "/v1/teams", 405),
        ("POST", "/v1/blobs/x", 405),
    ] {
        let answer = given.send(Some(OWNER), method, path, "").await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        if path != "/v1" {
            assert_eq!(answer.code(), Code::NotFound, "{method} {path}");
        }
    }
}
