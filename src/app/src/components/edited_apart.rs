//! A quiet word on a record that two devices edited apart.

use super::marks::Tone;
use super::pane::note;
use crate::locales::review as texts;
use crate::state::review::waiting_of;
use crate::state::route::Route;
use crate::state::scene::scene;
use tongxing_domain::id::Uuid;
use tongxing_view::prelude::*;

/// A note that leads to the review while conflicts of the record wait there; else nothing.
pub fn edited_apart(table: u16, record: Uuid) -> View {
    let s = scene();
    let waiting = Memo::new(move |_| waiting_of(s, table, record));
    (move || {
        waiting.get().map(|(first, count)| {
            let act = view! {
                <a class="btn" href=Route::Review(Some(first)).href()>{s.t(texts::REVIEW)}</a>
            };
            note(Tone::Info, texts::edited_apart(s.lang, count), Some(act))
        })
    })
    .into_view()
}
