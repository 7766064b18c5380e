//! Dealers: the list, and beside it the one that is open.

mod choosing;
mod filters;
mod found;
mod kept;
mod list;
mod listing;
mod nothing;
mod row;
mod viewing;

use crate::components::icon::Icon;
use crate::components::page_keys::page_keys;
use crate::components::sheets::Sheets;
use crate::locales::dealers as text;
use crate::pages::dealer;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use list::List;
pub(super) use row::sub_line;
use tongxing_view::prelude::*;

/// The page: the list stays as it is while one dealer after another is opened beside it.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let open = Memo::new(move |before: Option<&Option<_>>| match s.nav.route() {
        Route::Dealer(id, tab) => Some((id, tab)),
        Route::Dealers | Route::DealersIn(_) => None,
        // The page is about to go; what it shows stays until then.
        _ => before.copied().flatten(),
    });
    let id = Memo::new(move |_| open.get().map(|(id, _)| id));
    let tab = Memo::new(move |_| open.get().map(|(_, tab)| tab).unwrap_or_default());
    let list = List::new(s, sheets, id);
    keys(list);
    let detail = move || match id.get() {
        Some(id) => dealer::pane(s, id, tab, sheets),
        None => nobody(s),
    };
    view! {
        <main
            class="panes"
            id="main"
            tabindex="-1"
            data-layout="two"
            data-show=move || if id.get().is_some() { "detail" } else { "list" }
        >
            {list.view()}
            {detail}
            {sheets.view()}
        </main>
    }
}

/// Beside the list while no dealer is open.
fn nobody(s: Scene) -> View {
    view! {
        <section class="pane" data-role="detail" aria-label=s.t(text::PICK)>
            <div class="body">
                <div class="empty">
                    {Icon::Dealers.draw()}
                    <h2>{s.t(text::PICK)}</h2>
                    <p>{s.t(text::PICK_KEYS)}</p>
                </div>
            </div>
        </section>
    }
}

/// Keys that work wherever nothing is typed.
fn keys(list: List) {
    page_keys(move |key| {
        match key {
            "/" => list.focus_search(),
            "n" => list.add(String::new()),
            "j" => list.step(true),
            "k" => list.step(false),
            "x" => return list.pick_here(),
            "Escape" => return list.end_choosing(),
            _ => return false,
        }
        true
    });
}
