//! Keys of one page, which work wherever nothing is typed and nothing lies over the page.

use leptos::ev::{self, KeyboardEvent};
use leptos::wasm_bindgen::JsCast as _;
use tongxing_view::prelude::*;

/// Listens for keys as long as the page is drawn. `act` is told the key and says whether it
/// meant something.
pub fn page_keys(act: impl Fn(&str) -> bool + 'static) {
    let listening = window_event_listener(ev::keydown, move |event| {
        let command = event.ctrl_key() || event.meta_key() || event.alt_key();
        if command || event.default_prevented() || is_typing(&event) || overlay_is_open() {
            return;
        }
        if act(&event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listening.remove());
}

fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            element
                .matches("input, textarea, select, [contenteditable]")
                .unwrap_or(false)
        })
}

fn overlay_is_open() -> bool {
    document()
        .query_selector("dialog[open], [popover]:popover-open")
        .is_ok_and(|found| found.is_some())
}
