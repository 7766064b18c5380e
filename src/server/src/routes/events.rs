//! `GET /v1/events`: a stream that says when the head has moved.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use tongxing_sync::wire::Poke;

use crate::endpoint::Endpoint;
use crate::extract::Token;
use crate::pokes::{Change, Listener};
use crate::refused::Failure;
use crate::store::MemberId;
use crate::team::{ask, rows};

/// How often a quiet stream shows that it lives.
const HEARTBEAT: Duration = Duration::from_secs(20);

struct Stream {
    endpoint: Endpoint,
    member: MemberId,
    changes: Listener,
    /// What is said at once: where the head is now.
    first: Option<Poke>,
}

impl Stream {
    /// The next event; `None` when the stream ends, and the client asks anew who it is.
    async fn next(&mut self) -> Option<Event> {
        if let Some(poke) = self.first.take() {
            return Some(event(poke));
        }
        loop {
            let change = tokio::select! {
                change = self.changes.next() => change,
                () = self.endpoint.stopped() => return None,
            };
            match change {
                Change::Head(poke) => return Some(event(poke)),
                Change::Member(member) if member != self.member => {}
                Change::Member(_) | Change::Unknown => return None,
            }
        }
    }
}

fn event(poke: Poke) -> Event {
    Event::default().event(Poke::EVENT).data(poke.to_string())
}

/// Tells where the head is, now and whenever it moves. Ends when the member's role changes, when word may
/// have been lost, and when the endpoint stops: the client then syncs and opens it again.
pub(super) async fn events(
    State(endpoint): State<Endpoint>,
    Token(token): Token,
) -> Result<impl IntoResponse, Failure> {
    // First listen, then look: a change in between is heard.
    let changes = endpoint.store.pokes().listen(token.team);
    let asker = ask(&*endpoint.store, &token).await?;
    let poke = rows::head(&*endpoint.store, &asker).await?;
    let stream = Stream {
        endpoint,
        member: asker.member,
        changes,
        first: Some(poke),
    };
    let events = stream::unfold(stream, |mut stream| async move {
        let event = stream.next().await?;
        Some((Ok::<_, Infallible>(event), stream))
    });
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    // Proxies would gather events.
    Ok(([("x-accel-buffering", "no")], events))
}
