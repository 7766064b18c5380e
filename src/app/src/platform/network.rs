//! Whether the device has a network.

use gloo_events::EventListener;

/// Whether the device has any network. `true` promises nothing about an endpoint; `false` is
/// certain.
#[must_use]
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Tells of a network coming and going until dropped.
pub struct NetworkWatch {
    _listeners: Vec<EventListener>,
}

/// Calls `on_change` with whether the device has a network, at each change.
pub fn watch_network(on_change: impl Fn(bool) + Clone + 'static) -> NetworkWatch {
    let Some(window) = web_sys::window() else {
        return NetworkWatch {
            _listeners: Vec::new(),
        };
    };
    let listen = |event: &'static str| {
        let on_change = on_change.clone();
        EventListener::new(&window, event, move |_| on_change(online()))
    };
    NetworkWatch {
        _listeners: vec![listen("online"), listen("offline")],
    }
}
