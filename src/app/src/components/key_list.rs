//! The keys and what they do.

use crate::locales::palette::{ALL_KEYS, KeyHelp};
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// Every key that means something.
pub fn key_list() -> View {
    let s = scene();
    let line = move |help: &'static KeyHelp| {
        let keys = help.keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " });
        view! {
            <div>
                <dt>{s.t(help.does)}</dt>
                <dd>{keys.collect_view()}</dd>
            </div>
        }
    };
    view! { <dl class="keys">{ALL_KEYS.iter().map(line).collect_view()}</dl> }
}
