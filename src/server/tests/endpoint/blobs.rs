//! Photos and files over HTTP.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tongxing_sync::wire::Code;

use crate::given::{Answer, Device, Given, text};

const OWNER: Device = Device(1, 1);
const SIZE: usize = 2_500_000;
const PART: usize = 1 << 20;

fn content() -> Vec<u8> {
    (0..SIZE).map(|at| (at * 31 % 253) as u8).collect()
}

fn path() -> String {
    format!("/v1/blobs/{}", text(&[9; 32]))
}

async fn put(given: &Given, device: Device, offset: usize, end: usize) -> Answer {
    let path = format!("{}?offset={offset}&size={SIZE}", path());
    let part = content()[offset..end].to_vec();
    given.send(Some(device), "PUT", &path, part).await
}

async fn range(given: &Given, range: &str) -> Answer {
    let request = Request::builder()
        .uri(path())
        .header("authorization", format!("Bearer {}", OWNER.token()))
        .header("range", range);
    given.ask(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_upload_goes_on_where_it_ended() {
    let given = Given::with_team().await;
    let viewer = given.admit(Device(1, 2), "viewer").await;
    assert_eq!(given.get(OWNER, &path()).await.code(), Code::NotFound);
    assert_eq!(put(&given, OWNER, 0, PART).await.json()["received"], PART);
    let under_way = given.send(Some(OWNER), "HEAD", &path(), "").await;
    assert_eq!(under_way.header("upload-offset"), PART.to_string());
    assert_eq!(under_way.header("content-length"), SIZE.to_string());
    assert_eq!(given.get(OWNER, &path()).await.code(), Code::NotFound);

    let gap = put(&given, OWNER, 2 * PART, SIZE).await;
    assert_eq!(
        (gap.code(), gap.header("upload-offset")),
        (Code::Conflict, "1048576")
    );
    put(&given, OWNER, PART, 2 * PART).await;
    assert_eq!(
        put(&given, viewer, 2 * PART, SIZE).await.code(),
        Code::Forbidden
    );
    assert_eq!(
        put(&given, OWNER, 2 * PART, SIZE).await.json()["received"],
        SIZE
    );

    let whole = given.get(viewer, &path()).await;
    assert_eq!(
        (whole.status, whole.body == content()),
        (StatusCode::OK, true)
    );
    assert_eq!(
        whole.header("cache-control"),
        "private, max-age=31536000, immutable"
    );
    assert_eq!(whole.header("content-type"), "application/octet-stream");
}

#[tokio::test]
async fn a_download_goes_on_where_it_ended() {
    let given = Given::with_team().await;
    for offset in [0, PART, 2 * PART] {
        put(&given, OWNER, offset, SIZE.min(offset + PART)).await;
    }
    for (asked, start, end) in [
        ("bytes=0-0", 0, 1),
        ("bytes=1048570-1048585", 1_048_570, 1_048_586),
        ("bytes=1000000-", 1_000_000, SIZE),
        ("bytes=-7", SIZE - 7, SIZE),
    ] {
        let part = range(&given, asked).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{asked}");
        assert!(part.body == content()[start..end], "{asked}");
        let told = format!("bytes {start}-{}/{SIZE}", end - 1);
        assert_eq!(part.header("content-range"), told);
    }
    let beyond = range(&given, "bytes=2500000-").await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), "bytes */2500000");
    assert_eq!(range(&given, "bytes=5-1").await.body.len(), SIZE);

    assert_eq!(
        given.delete(OWNER, &path()).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(range(&given, "bytes=0-0").await.code(), Code::NotFound);
}

#[tokio::test]
async fn parts_are_limited() {
    let given = Given::with(&["--blob-megabytes", "1", "--team-blob-megabytes", "2"]).await;
    given.found(OWNER).await;
    assert_eq!(put(&given, OWNER, 0, PART).await.code(), Code::TooLarge);
    let sized = async |name: u8, length: usize, query: &str| {
        let path = format!("/v1/blobs/{}{query}", text(&[name; 32]));
        given.send(Some(OWNER), "PUT", &path, vec![0; length]).await
    };
    assert_eq!(
        sized(1, PART + 1, "?offset=0&size=1048576").await.code(),
        Code::TooLarge
    );
    for query in ["", "?offset=0", "?offset=-1&size=5", "?offset=0&size=x"] {
        assert_eq!(sized(1, 5, query).await.code(), Code::Malformed, "{query}");
    }
    for name in [1, 2] {
        assert_eq!(
            sized(name, PART, "?offset=0&size=1048576").await.status,
            StatusCode::OK
        );
    }
    assert_eq!(
        sized(3, 5, "?offset=0&size=5").await.code(),
        Code::QuotaExceeded
    );
    let short = given
        .send(Some(OWNER), "PUT", "/v1/blobs/abc?offset=0&size=1", "x")
        .await;
    assert_eq!(short.code(), Code::NotFound);
}
