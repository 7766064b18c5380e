//! The way to the rest of a long list, of which only the first are drawn.

use crate::locales::shell;
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// So many rows fill a tablet that is held upright: a list begins with them.
pub const SCREENFUL: usize = 20;

/// A button that draws `by` more of `all`; nothing once all are drawn. Tracks how many are.
pub fn show_more(s: Scene, all: usize, drawn: RwSignal<usize>, by: usize) -> Option<View> {
    (all > drawn.get()).then(|| {
        view! {
            <button
                class="btn"
                data-size="wide"
                type="button"
                on:click=move |_| drawn.update(|drawn| *drawn += by)
            >
                {s.t(shell::SHOW_MORE)}
            </button>
        }
        .into_view()
    })
}
