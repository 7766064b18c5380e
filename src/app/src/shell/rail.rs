//! The navigation: a rail on a tablet, a tab bar on a phone.

use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::sync_words::sync_words;
use crate::locales::{Words, calendar, issue, portfolio, review, routines, shell, team};
use crate::state::review::waiting;
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
            {(!s.shared).then(|| item(s, Route::Routines, Icon::Sync, routines::ROUTINES, true))}
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
            {to_review(s)}
            {item(s, Route::Settings, Icon::Settings, shell::SETTINGS, false)}
            {status(s)}
        </nav>
    }
}

fn item(s: Scene, route: Route, icon: Icon, name: Words, wide_only: bool) -> View {
    let here = Memo::new(move |_| match (s.nav.route(), route) {
        (
            Route::Dealer(..)
            | Route::DealersIn(_)
            | Route::SetGoal(..)
            | Route::Goal(_)
            | Route::AgreeGoal(_)
            | Route::GoalSheet(_)
            | Route::Pack(_),
            Route::Dealers,
        ) => true,
        (Route::Issue(_), Route::Issues) => true,
        (Route::Meeting(..), Route::Today) => true,
        (at, Route::Portfolio(_)) if at.is_numbers() => true,
        (Route::Export | Route::Team, Route::Settings) => true,
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

/// What two devices edited apart, while any of it waits for a person.
fn to_review(s: Scene) -> View {
    let waiting = Memo::new(move |_| waiting(s));
    (move || {
        let count = waiting.get();
        (count > 0).then(|| {
            let here = Memo::new(move |_| matches!(s.nav.route(), Route::Review(_)));
            view! {
                <a
                    class="rail-item"
                    href=Route::Review(None).href()
                    aria-current=move || here.get().then_some("page")
                >
                    {Icon::Compare.draw()}
                    <span>{s.t(review::REVIEW)}</span>
                    <b class="count">
                        <span aria-hidden="true">{count}</span>
                        <span class="sr">{review::count(s.lang, count)}</span>
                    </b>
                </a>
            }
        })
    })
    .into_view()
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
    let within = Memo::new(move |_| s.team.endpoint().is_some());
    view! {
        <p
            class="rail-status"
            role="status"
            data-state=move || state.get().0
            data-sync=move || within.get().then(|| sync_words(s, &s.team.status()).key)
        >
            {move || match (within.get(), state.get()) {
                // What is not on the disk yet is more than what is not with the team yet.
                (true, ("saved" | "offline", ..)) => sync(s),
                (_, (_, icon, words)) => view! {
                    {icon.draw()}
                    <span>{s.t(words)}</span>
                },
            }}
        </p>
    }
}

/// How syncing stands; a tap explains it.
fn sync(s: Scene) -> View {
    let words = Memo::new(move |_| sync_words(s, &s.team.status()));
    let id = unique_id("sync");
    let heading = format!("{id}-h");
    let (target, heading_id) = (id.clone(), heading.clone());
    view! {
        <button class="rail-sync" type="button" popovertarget=target aria-haspopup="dialog">
            {move || words.get().icon.draw()}
            <span>{move || words.get().short}</span>
        </button>
        <span class="popover" popover="" id=id role="dialog" aria-labelledby=heading>
            <strong id=heading_id>{move || words.get().short}</strong>
            {move || {
                words.get().long.into_iter().map(|line| view! { <span class="line-text">{line}</span> }).collect_view()
            }}
            {(!s.shared).then(|| view! {
                <a class="btn" data-size="wide" href=Route::Team.href()>{s.t(team::OPEN_TEAM)}</a>
            })}
        </span>
    }
}

/// The mark of the product: two paths that go along together.
pub(super) fn brand() -> View {
    view! { <img src="icons/icon.svg" alt="" width="36" height="36"/> }
}
