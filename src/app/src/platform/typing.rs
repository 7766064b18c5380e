//! Whether somebody is typing just now.

use std::cell::{Cell, RefCell};

use gloo_events::EventListener;

thread_local! {
    /// When something was typed last, if it was.
    static LAST_MS: Cell<Option<f64>> = const { Cell::new(None) };
    static LISTENERS: RefCell<Vec<EventListener>> = const { RefCell::new(Vec::new()) };
}

/// The events by which typing shows, that of input methods included.
const EVENTS: [&str; 3] = ["input", "compositionstart", "compositionupdate"];

/// Follows typing from now on, for as long as the page lives. Calling it again changes nothing.
pub fn follow() {
    LISTENERS.with_borrow_mut(|listeners| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document.filter(|_| listeners.is_empty()) {
            let listen =
                |event| EventListener::new(&document, event, |_| LAST_MS.set(Some(elapsed_ms())));
            listeners.extend(EVENTS.map(listen));
        }
    });
}

/// Whether something was typed within so many milliseconds.
#[must_use]
pub fn within(ms: u32) -> bool {
    LAST_MS
        .get()
        .is_some_and(|last| elapsed_ms() - last < f64::from(ms))
}

/// The page's own time, which goes on evenly when the device's clock is set.
fn elapsed_ms() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0.0, |performance| performance.now())
}
