//! What wakes the driver.

use crate::platform::idle;
use futures::channel::oneshot;
use futures::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::pin::pin;

/// Why the driver is woken; later ones count more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ring {
    /// Something was written here.
    Commit,
    /// The endpoint has something new.
    Poke,
    /// The network is back, or somebody asks for it.
    Wake,
}

/// A bell that remembers that it was rung.
#[derive(Default)]
pub(super) struct Bell {
    rung: Cell<Option<Ring>>,
    waiting: RefCell<Option<oneshot::Sender<()>>>,
}

impl Bell {
    /// Rings.
    pub(super) fn ring(&self, ring: Ring) {
        self.rung.set(self.rung.get().max(Some(ring)));
        if let Some(waiting) = self.waiting.take() {
            // Nobody may wait any more.
            let _ = waiting.send(());
        }
    }

    /// Waits until it is rung, for so many milliseconds at most; tells how it was rung.
    pub(super) async fn wait(&self, ms: u32) -> Option<Ring> {
        if self.rung.get().is_none() {
            let (tell, told) = oneshot::channel();
            self.waiting.replace(Some(tell));
            let _: Either<_, _> = select(told, pin!(idle::pause(ms))).await;
        }
        self.rung.take()
    }
}
