//! The navigation: a rail on a tablet, a tab bar on a phone.

use crate::components::icon::Icon;
use crate::locales::{Words, calendar, issue, portfolio, shell};
use crate::state::route::{PortfolioPart, Route};
use crate::state::scene::{Scene, scene};
use crate::state::store::SaveState;
use tongxing_view::prelude::*;

/// The navigation.
pub(super) fn rail(find: Callback<()>) -> View {
    let s = scene();
    view! {
        <nav class="rail" aria-label=s.t(shell::NAVIGATION)>
            <a class="rail-brand" href=Route::Today.href() aria-label=s.t(shell::PRODUCT)>
                {brand()}
            </a>
            {item(s, Route::Today, Icon::Today, shell::TODAY, false)}
            {item(s, Route::Dealers, Icon::Dealers, shell::DEALERS, false)}
            <button
                class="rail-item"
                type="button"
                aria-keyshortcuts="Control+K Meta+K"
                on:click=move |_| find.run(())
            >
                {Icon::Search.draw()}
                <span>{s.t(shell::FIND)}</span>
            </button>
            {item(s, Route::Calendar, Icon::Calendar, calendar::CALENDAR, true)}
            {item(s, Route::Issues, Icon::Issue, issue::ISSUES, true)}
            {item(s, Route::Portfolio(PortfolioPart::Figures), Icon::Chart, portfolio::PORTFOLIO, true)}
            {item(s, Route::Import, Icon::Import, shell::IMPORT, true)}
            {item(s, Route::Bin, Icon::Bin, shell::BIN, true)}
            <span class="rail-gap"></span>
            <button
                class="rail-item"
                type="button"
                aria-pressed=s.shared.to_string()
                on:click=move |_| {
                    // It begins with a tap and ends only with a long press in the banner, so that
                    // a stray finger never shows what was hidden.
                    s.session.shared.set(true);
                }
            >
                {Icon::ShareScreen.draw()}
                <span>{s.t(shell::SHARE)}</span>
            </button>
            {item(s, Route::Settings, Icon::Settings, shell::SETTINGS, false)}
            {status(s)}
        </nav>
    }
}

fn item(s: Scene, route: Route, icon: Icon, name: Words, wide_only: bool) -> View {
    let here = Memo::new(move |_| match (s.nav.route(), route) {
        (Route::Dealer(..) | Route::Goal(_) | Route::Pack(_), Route::Dealers) => true,
        (Route::Issue(_), Route::Issues) => true,
        (Route::Meeting(..), Route::Today) => true,
        (at, Route::Portfolio(_)) if at.is_numbers() => true,
        (Route::Export, Route::Settings) => true,
        (at, route) => at == route,
    });
    view! {
        <a
            class="rail-item"
            href=route.href()
            data-only=wide_only.then_some("wide")
            aria-current=move || here.get().then_some("page")
        >
            {icon.draw()}
            <span>{s.t(name)}</span>
        </a>
    }
}

/// Whether everything is on the disk, in one quiet word.
fn status(s: Scene) -> View {
    let state = Memo::new(
        move |_| match (s.store.save_state(), s.session.online.get()) {
            (SaveState::Failed(_), _) => ("failed", Icon::Alert, shell::NOT_SAVED),
            (SaveState::Saving, _) => ("saving", Icon::Sync, shell::SAVING),
            (SaveState::Saved, false) => ("offline", Icon::Offline, shell::OFFLINE),
            (SaveState::Saved, true) => ("saved", Icon::Check, shell::SAVED),
        },
    );
    view! {
        <p class="rail-status" role="status" data-state=move || state.get().0>
            {move || state.get().1.draw()}
            <span>{move || s.t(state.get().2)}</span>
        </p>
    }
}

/// The mark of the product: two paths that go along together.
pub(super) fn brand() -> View {
    view! { <img src="icons/icon.svg" alt="" width="36" height="36"/> }
}
