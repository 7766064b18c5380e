//! Pokes: the endpoint tells that its head has moved.

use super::{Driver, LOOKS_MS, Phase, Ring};
use crate::platform::{idle, json, network, random_ids};
use tongxing_sync::backoff::Backoff;
use tongxing_sync::wire::PokeReader;

impl Driver {
    /// Listens for pokes for as long as the driver runs.
    pub(super) async fn listen(&self) {
        let mut backoff = Backoff::default();
        while !self.stopped.get() {
            let stopped = matches!(self.status.get_untracked().phase, Phase::Stopped(_));
            if network::online() && !stopped && self.follow_stream().await {
                backoff.succeeded();
            }
            let random = random_ids::random_bytes().map_or(0, u32::from_be_bytes);
            let ms = backoff.failed(random, None);
            idle::pause(u32::try_from(ms).unwrap_or(LOOKS_MS[1])).await;
        }
    }

    /// Follows one stream to its end; tells whether there was one.
    async fn follow_stream(&self) -> bool {
        let Ok(mut stream) = self.link.events().await else {
            return false;
        };
        self.listening.set(true);
        // A stream ends when the role changes, and a new one begins here.
        self.ask_role().await;
        let mut reader = PokeReader::default();
        while let Ok(Some(part)) = stream.next().await {
            for poke in reader.take(&part) {
                self.head.set(poke.head.get());
                self.with_member(|member| member.poked(poke));
                self.bell.ring(Ring::Poke);
            }
            if self.stopped.get() {
                break;
            }
        }
        self.listening.set(false);
        self.bell.ring(Ring::Wake);
        true
    }

    async fn ask_role(&self) {
        if let Ok(me) = self.link.ask("GET", "/v1/me", None).await {
            let role = json::field(&me, "role").as_string();
            let read_only = role.as_deref() == Some("viewer");
            self.with_member(|member| member.set_read_only(read_only));
            self.bell.ring(Ring::Poke);
        }
    }
}
