//! Requests: answers as they come, and what stands in their place when none does.

use js_sys::Array;
use tongxing_app::platform::http::{Call, HttpError, ask, open};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Url};

/// The address of an answer that the browser itself gives.
fn address(body: &str) -> String {
    let kind = BlobPropertyBag::new();
    kind.set_type("Text/Plain");
    let parts = Array::of1(&body.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).unwrap();
    Url::create_object_url_with_blob(&blob).unwrap()
}

fn call(url: &str) -> Call<'_> {
    Call {
        method: "GET",
        url,
        patience_ms: 10_000,
        ..Call::default()
    }
}

#[wasm_bindgen_test]
async fn an_answer_is_read_whole() {
    let reply = ask(&call(&address("同行")), 6).await.unwrap();
    assert_eq!((reply.status, reply.kind.as_str()), (200, "text/plain"));
    assert_eq!(reply.body, "同行".as_bytes());
}

#[wasm_bindgen_test]
async fn more_than_was_asked_for_is_not_taken() {
    let address = address("同行");
    assert_eq!(ask(&call(&address), 5).await, Err(HttpError::TooLong));
}

#[wasm_bindgen_test]
async fn nobody_there_is_told() {
    let nobody = call("http://127.0.0.1:9/");
    assert_eq!(ask(&nobody, 1).await, Err(HttpError::Unreachable));
    assert_eq!(ask(&call("http://["), 1).await, Err(HttpError::Unreachable));
}

#[wasm_bindgen_test]
async fn a_stream_ends() {
    let mut stream = open(&call(&address("ab"))).await.unwrap();
    let mut body = Vec::new();
    while let Some(part) = stream.next().await.unwrap() {
        body.extend(part);
    }
    assert_eq!(body, b"ab");
    assert_eq!(stream.next().await, Ok(None));
}
