//! `/v1/blobs/{id}`: photos and files, sent in parts and read in ranges.

use std::ops::Range;

use axum::body::{Body as ResponseBody, Bytes};
use axum::extract::{Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tongxing_sync::wire::Code;

use crate::endpoint::{Endpoint, now_ms};
use crate::extract::{Body, Id, Member};
use crate::refused::Failure;
use crate::store::BlobId;
use crate::team::Asker;
use crate::team::blobs::{self, Part, PartResult};

/// How many bytes of a blob are here.
pub(super) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// Where a part belongs.
#[derive(Deserialize)]
pub(super) struct Place {
    /// Where it begins.
    offset: u64,
    /// How many bytes the blob has in all.
    size: u64,
}

/// How much of a blob is there.
#[derive(Serialize)]
struct Progress {
    /// Where the next part begins.
    received: u64,
}

/// `PUT ?offset=…&size=…`: takes a part. `200` when it is there; `409` when it does not follow what is
/// there. Either way the answer tells where to go on.
pub(super) async fn put(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<32>,
    place: Result<Query<Place>, axum::extract::rejection::QueryRejection>,
    Body(bytes): Body,
) -> Result<Response, Failure> {
    let Query(place) = place.map_err(|_| {
        Failure::refused(
            Code::Malformed,
            "say where the part belongs: ?offset=…&size=…, in bytes",
        )
    })?;
    let part = Part {
        offset: place.offset,
        size: place.size,
        bytes,
    };
    let store = &*endpoint.store;
    let result = blobs::put(store, &asker, BlobId(id), part, endpoint.quota, now_ms()).await?;
    Ok(match result {
        PartResult::Taken { received } => axum::Json(Progress { received }).into_response(),
        PartResult::Elsewhere { received } => {
            let mut response = Failure::refused(
                Code::Conflict,
                format!("the part does not follow what is there; go on at byte {received}"),
            )
            .into_response();
            response
                .headers_mut()
                .insert(UPLOAD_OFFSET, received.into());
            response
        }
    })
}

/// `DELETE`: removes it. One that is not there is removed already.
pub(super) async fn delete(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<32>,
) -> Result<StatusCode, Failure> {
    blobs::delete(&*endpoint.store, &asker, BlobId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET`, also of a range: the bytes. `HEAD`, also of one under way: how many there are, and how many of
/// them are here (`upload-offset`).
pub(super) async fn get(
    State(endpoint): State<Endpoint>,
    Member(asker): Member,
    Id(id): Id<32>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = BlobId(id);
    let blob = blobs::find(&*endpoint.store, &asker, id).await?;
    let mut response = if method == Method::HEAD {
        ([(CONTENT_LENGTH, blob.size)], ()).into_response()
    } else if !blob.is_whole() {
        return Err(Failure::refused(
            Code::NotFound,
            "the blob is still being sent; ask again later",
        ));
    } else {
        let asked = headers.get(RANGE).and_then(|range| range.to_str().ok());
        match asked.and_then(|asked| range(asked, blob.size)) {
            None => {
                let body = body(endpoint, asker, id, 0..blob.size);
                ([(CONTENT_LENGTH, blob.size)], body).into_response()
            }
            Some(Ok(range)) => {
                let told = format!("bytes {}-{}/{}", range.start, range.end - 1, blob.size);
                let length = [(CONTENT_LENGTH, range.end - range.start)];
                let body = body(endpoint, asker, id, range);
                (
                    StatusCode::PARTIAL_CONTENT,
                    [(CONTENT_RANGE, told)],
                    length,
                    body,
                )
                    .into_response()
            }
            Some(Err(Unsatisfiable)) => {
                let told = format!("bytes */{}", blob.size);
                (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, told)]).into_response()
            }
        }
    };
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, blob.received.into());
    for (name, value) in [
        (CONTENT_TYPE, "application/octet-stream"),
        (ACCEPT_RANGES, "bytes"),
        // Sealed, and never another under the same name.
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// The bytes of a range, part by part, so that no blob is in memory whole.
fn body(endpoint: Endpoint, asker: Asker, id: BlobId, range: Range<u64>) -> ResponseBody {
    let parts = stream::try_unfold(range, move |range| {
        let endpoint = endpoint.clone();
        async move {
            if range.is_empty() {
                return Ok(None);
            }
            let mut bytes = blobs::read(&*endpoint.store, &asker, id, range.start).await?;
            let left = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
            bytes.truncate(left);
            let next = range.start + bytes.len() as u64..range.end;
            Ok::<_, Failure>(Some((Bytes::from(bytes), next)))
        }
    });
    ResponseBody::from_stream(parts)
}

/// A range that begins behind the end.
#[derive(Debug, PartialEq, Eq)]
struct Unsatisfiable;

/// The one range of a `Range` header (RFC 9110, section 14); `None` if the header is to be passed over, as
/// one of several ranges may be.
fn range(header: &str, size: u64) -> Option<Result<Range<u64>, Unsatisfiable>> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (first.trim(), last.trim()) {
        ("", last) => size.saturating_sub(number(last)?)..size,
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if range.is_empty() {
        Err(Unsatisfiable)
    } else {
        Ok(range)
    })
}

#[cfg(test)]
mod tests {
    use super::{Unsatisfiable, range};

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(range("bytes=0-9", 100), Some(Ok(0..10)));
        assert_eq!(range("bytes=90-", 100), Some(Ok(90..100)));
        assert_eq!(range("bytes=-10", 100), Some(Ok(90..100)));
        assert_eq!(range("bytes=-1000", 100), Some(Ok(0..100)));
        assert_eq!(range("bytes=50-1000", 100), Some(Ok(50..100)));
        for beyond in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(range(beyond, 100), Some(Err(Unsatisfiable)), "{beyond}");
        }
        for other in [
            "bytes=9-0",
            "bytes=0-1,5-6",
            "rows=0-1",
            "bytes=x-",
            "bytes",
        ] {
            assert_eq!(range(other, 100), None, "{other}");
        }
        assert_eq!(range("bytes=0-", 0), Some(Err(Unsatisfiable)));
    }
}
