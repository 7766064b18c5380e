//! Views over Leptos' signals.
//!
//! Leptos gives every element, attribute and closure of a page a type of its own, and the compiler
//! writes the code that builds, compares and removes it anew for each. Here a view is a value of one
//! type, [`View`], and that code exists once: the page weighs a fraction of what it did, and the first
//! visit with it. Signals, memos, effects, contexts, node references and typed events are Leptos' own,
//! and so is the markup; `leptos::mount::mount_to_renderer` mounts a [`View`] like any other.
//!
//! What is drawn anew is compared with what stands: an element of the same name with the same settings
//! stays, and only what differs is written. Focus, scroll positions and half-typed text stay with it.

mod built;
mod element;
mod keyed;
mod later;
mod setting;
mod signal;
mod value;
mod view;

pub use built::Built;
pub use element::{Element, Tag};
pub use keyed::keyed;
pub use later::Later;
pub use signal::{Effect, Memo, RwSignal};
pub use tongxing_markup::view;
pub use value::{IntoValue, Value};
pub use view::{CollectView, IntoView, View};

/// The events of the browser, each with its type.
pub mod event {
    pub use leptos::ev::*;
}

/// What a page needs to be drawn.
pub mod prelude {
    pub use crate::{CollectView, Effect, IntoView, Later, Memo, RwSignal, View, view};
    pub use leptos::prelude::{
        Callable, Callback, Get, GetUntracked, GetValue, IntervalHandle, LocalStorage, NodeRef,
        Set, SetValue, Signal, StoredValue, UpdateValue, With, WithUntracked, WithValue, document,
        event_target, event_target_checked, event_target_value, expect_context, on_cleanup,
        provide_context, request_animation_frame, set_interval_with_handle, set_timeout, untrack,
        use_context, window, window_event_listener,
    };
}
