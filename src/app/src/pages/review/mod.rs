//! What two devices edited apart: the list, and beside it both edits of one field.

mod detail;

use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::page_keys::page_keys;
use crate::components::pane::{empty_page, note};
use crate::components::record_icon::record_icon;
use crate::locales::{Words, review as texts, shell, time};
use crate::state::review::{Case, cases, keep_all, name};
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::id::Uuid;
use tongxing_view::prelude::*;

/// With so many waiting, all can be decided at once.
const MANY: usize = 3;

/// The page.
pub fn page() -> View {
    let s = scene();
    let open = Memo::new(move |before: Option<&Option<Uuid>>| match s.nav.route() {
        Route::Review(id) => id,
        // The page is about to go; what it shows stays until then.
        _ => before.copied().flatten(),
    });
    let all = Memo::new(move |_| Arc::new(cases(s, open.get())));
    keys(s, all, open);
    let list = move || {
        let cases = all.get();
        if s.shared {
            return view! { <div class="body">{note(Tone::Info, s.t(texts::SHARED), None)}</div> };
        }
        if !cases.iter().any(Case::waits) {
            let none = empty_page(Icon::Check, s.t(texts::NONE), s.t(texts::NONE_TEXT), None);
            let decided = group(s, texts::DECIDED, &cases, open.get(), false);
            return view! { <div class="body">{none}{decided}</div> };
        }
        view! {
            <div class="body">
                {group(s, texts::WAITING, &cases, open.get(), true)}
                {at_once(s, &cases)}
                {group(s, texts::DECIDED, &cases, open.get(), false)}
            </div>
        }
    };
    let title = move || {
        let name = s.t(texts::REVIEW);
        if open.get().is_some() {
            view! { <h2 class="head-title">{name}</h2> }
        } else {
            view! { <h1 class="head-title">{name}</h1> }
        }
    };
    let sub = move || {
        let waiting = all.get().iter().filter(|case| case.waits()).count();
        (waiting > 0).then(|| texts::count(s.lang, waiting))
    };
    let shown = move || match open.get() {
        Some(id) => match all.get().iter().find(|case| case.id == id) {
            Some(case) => detail::view(s, case, next(&all.get(), id)),
            None => absent(s),
        },
        None => nothing(s),
    };
    view! {
        <main
            class="panes"
            id="main"
            tabindex="-1"
            data-layout="two"
            data-show=move || if open.get().is_some() { "detail" } else { "list" }
        >
            <section class="pane" data-role="list" aria-label=s.t(texts::LIST)>
                <header class="head">
                    <div class="head-main">
                        {title}
                        <p class="head-sub">{sub}</p>
                    </div>
                </header>
                {list}
            </section>
            {shown}
        </main>
    }
}

/// Decides all for what the book holds, where there are many.
fn at_once(s: Scene, cases: &Arc<Vec<Case>>) -> Option<View> {
    let waiting = cases.iter().filter(|case| case.waits()).count();
    let cases = Arc::clone(cases);
    (waiting >= MANY).then(|| {
        let keep = move |_| keep_all(s, &cases, texts::all_decided(s.lang, waiting));
        view! {
            <div class="actions">
                <button class="btn" data-kind="quiet" type="button" on:click=keep>
                    {Icon::Check.draw()}
                    {s.t(texts::KEEP_ALL)}
                </button>
            </div>
        }
    })
}

/// Where to go once a case is decided: to the next that waits, else to the list.
fn next(cases: &[Case], decided: Uuid) -> Option<Uuid> {
    let waiting = |case: &&Case| case.waits() && case.id != decided;
    cases.iter().find(waiting).map(|case| case.id)
}

fn group(s: Scene, words: Words, cases: &[Case], open: Option<Uuid>, waits: bool) -> Option<View> {
    let of: Vec<&Case> = cases.iter().filter(|case| case.waits() == waits).collect();
    if of.is_empty() {
        return None;
    }
    let count = of.len();
    let rows = of
        .into_iter()
        .map(|case| row(s, case, open == Some(case.id)))
        .collect_view();
    let list = view! { <ul class="rows">{rows}</ul> };
    Some(if waits {
        list
    } else {
        view! {
            <details class="fold" open=open.is_some_and(|id| cases.iter().any(|it| it.id == id && !it.waits()))>
                <summary>{s.t(words)} " " <b class="count">{count}</b></summary>
                {list}
            </details>
        }
    })
}

fn row(s: Scene, case: &Case, open: bool) -> View {
    let [one, other] = &case.sides;
    let who = texts::between(s.lang, &name(s, &one.by), &name(s, &other.by));
    let at = [one.at, other.at].into_iter().flatten().max();
    let when = at.map(|at| time::near(s.lang, at.date(), s.today));
    let field = case.about.first().cloned().unwrap_or_default();
    let newer = (!case.can_be_decided()).then(|| badge(Tone::None, s.t(texts::NEWER)));
    view! {
        <li>
            <a
                class="row"
                href=Route::Review(Some(case.id)).href()
                aria-current=open.then_some("true")
            >
                {record_icon(case.place.table).draw()}
                <span class="row-main">
                    <span class="row-title">{case.title.clone()}</span>
                    <span class="row-sub">{[field, who].join(" · ")}</span>
                </span>
                <span class="row-end">{newer}{when}</span>
            </a>
        </li>
    }
}

/// Beside the list while nothing is open.
fn nothing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="detail" aria-label=s.t(texts::PICK)>
            <div class="body">
                <div class="empty">
                    {Icon::Compare.draw()}
                    <h2>{s.t(texts::PICK)}</h2>
                    <p>{s.t(texts::PICK_TEXT)}</p>
                </div>
            </div>
        </section>
    }
}

/// A conflict that is not here, or that the dealer who looks on shall not see.
fn absent(s: Scene) -> View {
    let (title, text) = match s.shared {
        true => (texts::REVIEW, texts::SHARED),
        false => (texts::UNKNOWN, texts::NONE_TEXT),
    };
    view! {
        <section class="pane" data-role="detail" aria-label=s.t(title)>
            <header class="head">
                {back(s)}
                <div class="head-main"><h1 class="head-title">{s.t(title)}</h1></div>
            </header>
            <div class="body">{note(Tone::Info, s.t(text), None)}</div>
        </section>
    }
}

/// The way back to the list, where a phone shows one pane at a time.
fn back(s: Scene) -> View {
    view! {
        <a class="icon-btn back" href=Route::Review(None).href() aria-label=s.t(shell::BACK)>
            {Icon::ChevronLeft.draw()}
        </a>
    }
}

/// Keys that work wherever nothing is typed: to the next and to the one before.
fn keys(s: Scene, all: Memo<Arc<Vec<Case>>>, open: Memo<Option<Uuid>>) {
    page_keys(move |key| {
        let down = match key {
            "j" => true,
            "k" => false,
            _ => return false,
        };
        let cases = all.get_untracked();
        let at = open.get_untracked();
        let place = cases.iter().position(|case| Some(case.id) == at);
        let next = match (place, down) {
            (None, _) => 0,
            (Some(place), true) => place + 1,
            (Some(place), false) => place.saturating_sub(1),
        };
        if let Some(case) = cases.get(next) {
            s.nav.go(Route::Review(Some(case.id)));
        }
        true
    });
}
