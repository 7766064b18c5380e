//! The stream of events.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt as _;
use tokio::time::timeout;
use tongxing_sync::wire::Poke;
use tower::ServiceExt as _;

use crate::given::{Device, Given, row};

const SOON: Duration = Duration::from_secs(10);

async fn open(given: &Given, device: Device) -> BodyDataStream {
    let request = Request::builder()
        .uri("/v1/events")
        .header("authorization", format!("Bearer {}", device.token()))
        .body(Body::empty());
    let response = given.app.clone().oneshot(request.unwrap()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    response.into_body().into_data_stream()
}

/// The next event's data; `None` at the end.
async fn next(stream: &mut BodyDataStream) -> Option<Poke> {
    let bytes = timeout(SOON, stream.next()).await.unwrap()?.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let data = text.strip_prefix("event: head\ndata: ").unwrap();
    Some(data.trim_end().parse().unwrap())
}

#[tokio::test]
async fn a_stream_tells_where_the_head_is_and_when_it_moves() {
    let given = Given::with_team().await;
    let theirs = given.admit(Device(1, 2), "viewer").await;
    given.found(Device(2, 1)).await;
    let mut stream = open(&given, theirs).await;
    let first = next(&mut stream).await.unwrap();
    assert_eq!(
        (first.head.get(), first.epoch),
        (0, given.epoch(theirs).await)
    );
    given
        .push(Device(2, 1), vec![row(1, 0, b"another team's")])
        .await;
    given
        .push(Device(1, 1), vec![row(1, 0, b"one"), row(2, 0, b"two")])
        .await;
    assert_eq!(next(&mut stream).await.unwrap().head.get(), 2);
    given
        .push(Device(1, 1), vec![row(1, 1, b"one again")])
        .await;
    assert_eq!(next(&mut stream).await.unwrap().head.get(), 3);
    assert_eq!(given.streams(), 1);
    drop(stream);
    assert_eq!(given.streams(), 0);
}

#[tokio::test]
async fn a_stream_ends_with_its_member() {
    let given = Given::with_team().await;
    let (second, third) = (
        given.admit(Device(1, 2), "member").await,
        given.admit(Device(1, 3), "member").await,
    );
    let (mut theirs, mut others) = (open(&given, second).await, open(&given, third).await);
    next(&mut theirs).await.unwrap();
    next(&mut others).await.unwrap();
    given
        .delete(Device(1, 1), &format!("/v1/members/{}", second.id()))
        .await;
    assert_eq!(next(&mut theirs).await, None);
    given.push(third, vec![row(1, 0, b"one")]).await;
    assert_eq!(next(&mut others).await.unwrap().head.get(), 1);
}

#[tokio::test]
async fn streams_end_when_the_endpoint_stops() {
    let given = Given::with_team().await;
    let mut stream = open(&given, Device(1, 1)).await;
    next(&mut stream).await.unwrap();
    given.endpoint.stop();
    assert_eq!(next(&mut stream).await, None);
}
