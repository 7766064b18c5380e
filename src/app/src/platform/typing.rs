//! Whether somebody is typing just now.

use std::cell::{Cell, RefCell};

use gloo_events::EventListener;

use super::clock::now_ms;

thread_local! {
    static LAST_MS: Cell<u64> = const { Cell::new(0) };
    static LISTENERS: RefCell<Vec<EventListener>> = const { RefCell::new(Vec::new()) };
}

/// The events by which typing shows, that of input methods included.
const EVENTS: [&str; 3] = ["input", "compositionstart", "compositionupdate"];

/// Follows typing from now on, for as long as the page lives. Calling it again changes nothing.
pub fn follow() {
    LISTENERS.with_borrow_mut(|listeners| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document.filter(|_| listeners.is_empty()) {
            let listen = |event| EventListener::new(&document, event, |_| LAST_MS.set(now_ms()));
            listeners.extend(EVENTS.map(listen));
        }
    });
}

/// For how long nothing has been typed, in milliseconds.
#[must_use]
pub fn paused_ms() -> u64 {
    now_ms().saturating_sub(LAST_MS.get())
}
