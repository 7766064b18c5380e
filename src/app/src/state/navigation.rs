//! Going from place to place.

use super::route::Route;
use leptos::ev;
use tongxing_view::prelude::*;

/// The place where the person is. Copies share it.
#[derive(Clone, Copy)]
pub struct Navigation {
    route: RwSignal<Route>,
}

impl Navigation {
    /// Follows the browser's address from now on.
    pub fn follow() -> Self {
        let route = RwSignal::new(current());
        window_event_listener(ev::hashchange, move |_| {
            let now = current();
            if route.get_untracked() != now {
                route.set(now);
            }
        });
        Self { route }
    }

    /// The place, tracked.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// The place, not tracked.
    pub fn route_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// Goes to a place; the browser's back button leads here again.
    pub fn go(self, route: Route) {
        if self.route.get_untracked() != route {
            // The address is followed by `hashchange`; setting both keeps the tap instant.
            self.route.set(route);
            let _ = window().location().set_hash(&route.href());
        }
    }

    /// Goes to a place instead of the present one, which the back button then skips.
    pub fn replace(self, route: Route) {
        self.route.set(route);
        let _ = window().location().replace(&route.href());
    }
}

fn current() -> Route {
    window()
        .location()
        .hash()
        .ok()
        .and_then(|hash| Route::parse(&hash))
        .unwrap_or_default()
}
