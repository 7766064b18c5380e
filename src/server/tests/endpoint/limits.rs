//! How often one may ask, and from where.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use tongxing_sync::wire::Code;

use crate::given::{Answer, Device, Given};

/// Asks who one is, `times` times; how many answers there were before "too many", and that one.
async fn until_refused(
    given: &Given,
    device: Device,
    from: &str,
    forwarded: &str,
) -> (u32, Answer) {
    for count in 0..500 {
        let mut request = Request::builder()
            .uri("/v1/me")
            .header("authorization", format!("Bearer {}", device.token()))
            .header("origin", "https://app.example");
        if !forwarded.is_empty() {
            request = request.header("x-forwarded-for", forwarded);
        }
        let address: SocketAddr = from.parse().unwrap();
        let request = request.extension(ConnectInfo(address)).body(Body::empty());
        let answer = given.ask(request.unwrap()).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return (count, answer);
        }
    }
    panic!("never refused");
}

#[tokio::test]
async fn a_device_that_asks_too_often_is_told_to_wait() {
    let flags = [
        "--requests-per-second",
        "1",
        "--allow-origin",
        "https://app.example",
    ];
    let given = Given::with(&flags).await;
    given.found(Device(1, 1)).await;
    let (count, refused) = until_refused(&given, Device(1, 1), "192.0.2.1:1", "").await;
    // Ten at once, and one more for each second that the test takes.
    assert!((10..20).contains(&count), "{count}");
    assert_eq!(refused.code(), Code::TooMany);
    assert!(
        ["1", "2"].contains(&refused.header("retry-after")),
        "{:?}",
        refused.headers
    );
    assert!(refused.json()["retry_after_s"].as_u64().unwrap() >= 1);
    // The page on the other origin can read it.
    assert_eq!(
        refused.header("access-control-allow-origin"),
        "https://app.example"
    );
    assert_eq!(
        refused.header("access-control-expose-headers"),
        "retry-after,content-range,upload-offset"
    );
    // Another device at the same address may still ask.
    let (count, _) = until_refused(&given, Device(1, 2), "192.0.2.1:2", "").await;
    assert!((10..20).contains(&count), "{count}");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_to_wait() {
    let given = Given::with(&["--requests-per-second", "1"]).await;
    let mut asked = 0;
    for secret in 1..20 {
        asked += until_refused(&given, Device(1, secret), "[2001:db8::1]:9", "")
            .await
            .0;
    }
    assert!(
        (40..90).contains(&asked),
        "{asked}: fifty at once, and five for each second"
    );
    let (count, _) = until_refused(&given, Device(1, 99), "[2001:db8:0:1::1]:9", "").await;
    assert!((10..20).contains(&count), "{count}");
}

#[tokio::test]
async fn a_proxy_is_believed_if_there_is_one() {
    let ask = async |flags: &[&str], forwarded: [&str; 2]| {
        let given = Given::with(flags).await;
        let mut counts = Vec::new();
        for (secret, forwarded) in (1..).zip(forwarded.iter().cycle().take(12)) {
            let device = Device(1, secret);
            counts.push(
                until_refused(&given, device, "127.0.0.1:1", forwarded)
                    .await
                    .0,
            );
        }
        counts.iter().sum::<u32>()
    };
    let flags = ["--requests-per-second", "1", "--behind-proxy"];
    let two = ask(&flags, ["7.7.7.7, 192.0.2.1", "7.7.7.7, 192.0.2.2"]).await;
    let one = ask(&flags[..2], ["7.7.7.7, 192.0.2.1", "7.7.7.7, 192.0.2.2"]).await;
    assert!(two > 80 && one < 50, "{two} behind a proxy, {one} without");
}

#[tokio::test]
async fn joining_is_for_rare_occasions() {
    let given = Given::with(&["--joins-per-minute", "3"]).await;
    let mut codes = Vec::new();
    for secret in 0..5 {
        codes.push(
            given
                .join(Device(1, 9), &Device(1, secret).token())
                .await
                .code(),
        );
    }
    assert_eq!(codes[..3], [Code::InviteInvalid; 3]);
    assert_eq!(codes[3..], [Code::TooMany; 2]);
    assert_eq!(given.found(Device(3, 1)).await.code(), Code::TooMany);
    // Who is in may go on.
    assert_eq!(
        given.get(Device(1, 1), "/v1/me").await.code(),
        Code::Unauthorized
    );
}

#[tokio::test]
async fn only_named_origins_may_ask() {
    let given = Given::with(&["--allow-origin", "https://a.example,https://b.example"]).await;
    let preflight = async |origin: &str| {
        let request = Request::builder()
            .method("OPTIONS")
            .uri("/v1/sync")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization,content-type",
            );
        let answer = given.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.header("access-control-allow-origin").to_owned()
    };
    for origin in ["https://a.example", "https://b.example"] {
        assert_eq!(preflight(origin).await, origin);
    }
    for origin in [
        "https://c.example",
        "http://a.example",
        "null",
        "https://a.example.evil",
    ] {
        assert_eq!(preflight(origin).await, "", "{origin}");
    }
    // By itself the endpoint admits no other origin.
    let alone = Given::new().await;
    let request = Request::builder()
        .uri("/v1/about")
        .header("origin", "https://a.example");
    let answer = alone.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
