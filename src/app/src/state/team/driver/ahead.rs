//! A download of many pages: the next one is on its way while the one before is taken in.

use std::pin::Pin;

use futures::future::{FutureExt as _, LocalBoxFuture, MaybeDone, maybe_done};
use tongxing_sync::wire::{SyncRequest, SyncResponse};

use super::{Driver, Failure};
use crate::platform::clock;

type Answer = Result<SyncResponse, Failure>;

/// A request that was sent before the member asked for it.
pub(super) struct Ahead<'a> {
    request: SyncRequest,
    /// The device's wall time then, in Unix milliseconds.
    pub(super) sent_ms: u64,
    answer: MaybeDone<LocalBoxFuture<'a, Answer>>,
}

impl Driver {
    /// Sends the request for the page after this one, if there is one: it follows from the response alone.
    pub(super) async fn ask_ahead(&self, response: &SyncResponse) -> Option<Ahead<'_>> {
        if !response.more {
            return None;
        }
        let request = SyncRequest {
            epoch: Some(response.epoch),
            cursor: response.cursor,
            ..SyncRequest::default()
        };
        let asked = request.clone();
        let answer = async move { self.link.send("/v1/sync", Some(&asked)).await };
        let mut ahead = Ahead {
            request,
            sent_ms: clock::now_ms(),
            answer: maybe_done(answer.boxed_local()),
        };
        // It is not sent before it is looked at.
        let _ = futures::poll!(&mut ahead.answer);
        Some(ahead)
    }
}

impl Ahead<'_> {
    /// The answer, if it is one to this request.
    pub(super) async fn to(mut self, request: &SyncRequest) -> Option<Answer> {
        if self.request != *request {
            return None;
        }
        (&mut self.answer).await;
        Pin::new(&mut self.answer).take_output()
    }
}
