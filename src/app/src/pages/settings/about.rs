//! What the app is: its keys, its version, its licence and its parts.

use super::{group, more, setting};
use crate::components::key_list::key_list;
use crate::locales::settings as texts;
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section(s: Scene) -> View {
    let keys = view! {
        <li>
            <details class="fold">
                <summary>{s.t(texts::KEYS)}</summary>
                <p class="help">{s.t(texts::KEYS_TEXT)}</p>
                {key_list()}
            </details>
        </li>
    };
    let parts = texts::PART_LIST.iter().map(|(licence, names)| {
        view! {
            <div>
                <dt>{*licence}</dt>
                <dd>{*names}</dd>
            </div>
        }
    });
    let parts = view! {
        <li>
            <details class="fold">
                <summary>{s.t(texts::PARTS)}</summary>
                <dl class="facts">{parts.collect_view()}</dl>
            </details>
        </li>
    };
    let version = view! { <span>{env!("CARGO_PKG_VERSION")}</span> };
    group(
        s.t(texts::ABOUT),
        vec![
            setting(s.t(texts::VERSION), more(s.t(texts::PRIVACY)), version),
            setting(s.t(texts::LICENCE), more(s.t(texts::LICENCE_TEXT)), ()),
            keys.into_view(),
            parts.into_view(),
        ],
    )
}
