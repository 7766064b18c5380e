//! Keys that work everywhere, and the list of all keys.

use crate::components::key_list::key_list;
use crate::components::overlay::{Overlay, overlay};
use crate::components::sheets::Sheets;
use crate::locales::{palette as texts, shell};
use crate::state::scene::scene;
use leptos::ev::{self, KeyboardEvent};
use leptos::wasm_bindgen::JsCast as _;
use tongxing_view::prelude::*;

/// Listens for the keys that work everywhere, as long as the page is drawn.
pub(super) fn listen(find: RwSignal<bool>, sheets: Sheets) {
    let listening = window_event_listener(ev::keydown, move |event| {
        let command = event.ctrl_key() || event.meta_key();
        let key = event.key();
        if command && !event.alt_key() && !event.shift_key() && key.eq_ignore_ascii_case("k") {
            // The browser's own meaning of the keys would take the person off the page.
            event.prevent_default();
            if !dialog_is_open() {
                find.set(true);
            }
        } else if matches!(key.as_str(), "?" | "？")
            && !command
            && !is_typing(&event)
            && !dialog_is_open()
        {
            event.prevent_default();
            key_help(sheets);
        }
    });
    on_cleanup(move || listening.remove());
}

/// Opens the list of all keys.
pub(super) fn key_help(sheets: Sheets) {
    sheets.show(move || {
        let s = scene();
        let closing = RwSignal::new(false);
        let close = move |()| closing.set(true);
        let foot = view! {
            <span class="dock-note"></span>
            <button class="btn" data-kind="primary" type="submit" autofocus>
                {s.t(shell::CLOSE)}
            </button>
        };
        overlay(
            Overlay::Dialog,
            s.t(texts::KEYS).to_owned(),
            closing,
            Callback::new(move |()| sheets.closed()),
            Callback::new(close),
            key_list(),
            foot.into_view(),
        )
    });
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

fn dialog_is_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .is_ok_and(|found| found.is_some())
}
