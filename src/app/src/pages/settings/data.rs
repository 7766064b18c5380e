//! What the book holds: how many records, the demo book, and what could not be read.

use super::{group, more, setting};
use crate::components::backup::back_up;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, dotted};
use crate::components::sheets::Sheets;
use crate::components::work::Work;
use crate::locales::{
    Words, backup, bin, export, import, review, settings as texts, shell, team, welcome,
};
use crate::platform::files;
use crate::platform::json::{self, ToJson};
use crate::state::demo_book;
use crate::state::last_copy;
use crate::state::review::waiting;
use crate::state::route::Route;
use crate::state::scene::Scene;
use crate::state::store::Unreadable;
use leptos::wasm_bindgen::JsValue;
use std::fmt::Write as _;
use tongxing_domain::book::Book;
use tongxing_domain::explain::Line;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The section. How many dealers there are is nothing for a dealer to see.
pub(super) fn section(s: Scene) -> View {
    if s.shared {
        return ().into_view();
    }
    let settings = vec![
        counts(s),
        place(s, Route::Import, shell::IMPORT, import::SUB),
        kept_copy(s),
        shared(s),
        place(s, Route::Bin, shell::BIN, bin::KEPT),
        to_review(s),
        demo(s),
        unreadable(s),
    ];
    group(s.t(texts::BOOK), settings)
}

fn counts(s: Scene) -> View {
    let counted = Memo::new(move |_| {
        s.store.read(|book| {
            Book::TABLES
                .iter()
                .map(|table| (s.t(table.label), book.count(table.number)))
                .filter(|(_, count)| *count > 0)
                .map(|(label, count)| texts::count(s.lang, label, count))
                .collect::<Vec<_>>()
        })
    });
    let text = move || more(dotted(counted.get()));
    setting(s.t(texts::COUNTS), text, ())
}

/// The way to a page that a phone's tab bar has no room for.
fn place(s: Scene, route: Route, name: Words, text: Words) -> View {
    let link = view! {
        <a class="btn" href=route.href()>
            {s.t(texts::OPEN)}
            <span class="sr">{s.t(name)}</span>
        </a>
    };
    setting(s.t(name), more(s.t(text)), link)
}

/// A sealed backup with one tap, and how old the last copy of the book is.
fn kept_copy(s: Scene) -> View {
    let saved = RwSignal::new(0);
    let due = Memo::new(move |_| {
        saved.track();
        s.store.read(|book| last_copy::is_due(s, book))
    });
    let text = move || {
        saved.track();
        let words = due.get().then(|| s.t(export::COPY_DUE).to_owned());
        more(dotted(
            [Some(last_copy::text(s)), words]
                .into_iter()
                .flatten()
                .collect(),
        ))
    };
    let (work, sheets) = (Work::default(), Sheets::default());
    let done = Callback::new(move |()| {
        // The page may have been left meanwhile.
        if let Some(count) = saved.try_get_untracked() {
            saved.set(count + 1);
        }
    });
    let control = view! {
        {move || due.get().then(|| badge(Tone::Watch, s.t(export::DUE)))}
        <button
            class="btn"
            type="button"
            disabled=move || work.busy()
            on:click=move |_| back_up(s, work, sheets, done)
        >
            {s.t(backup::BACK_UP)}
        </button>
        <a class="btn" href=Route::Export.href()>
            {s.t(texts::OPEN)}
            <span class="sr">{s.t(shell::EXPORT)}</span>
        </a>
        {work.view(s)}
        {sheets.view()}
    };
    setting(s.t(shell::EXPORT), text, control)
}

/// The way to what two devices edited apart, and how much of it waits.
fn to_review(s: Scene) -> View {
    let waiting = Memo::new(move |_| waiting(s));
    let control = view! {
        {move || {
            let waiting = waiting.get();
            (waiting > 0).then(|| {
                let figure = badge(Tone::Info, review::count(s.lang, waiting));
                explain(figure, s.t(review::WAITING), move || {
                    vec![
                        Line::new(s.t(review::COUNTED), s.t(review::COUNTED_RULE)),
                        Line::new(s.t(review::WAITING), waiting.to_string()),
                    ]
                })
            })
        }}
        <a class="btn" href=Route::Review(None).href()>
            {s.t(texts::OPEN)}
            <span class="sr">{s.t(review::REVIEW)}</span>
        </a>
    };
    setting(s.t(review::REVIEW), more(s.t(review::REVIEW_TEXT)), control)
}

/// The way to the team, and whether there is one.
fn shared(s: Scene) -> View {
    let text = move || {
        more(match s.team.endpoint() {
            Some(address) => team::at(s.lang, &address),
            None => s.t(team::NO_TEAM).to_owned(),
        })
    };
    let link = view! {
        <a class="btn" href=Route::Team.href()>
            {s.t(texts::OPEN)}
            <span class="sr">{s.t(team::TEAM)}</span>
        </a>
    };
    setting(s.t(team::TEAM), text, link)
}

fn demo(s: Scene) -> View {
    let loaded = Memo::new(move |_| s.store.read(demo_book::is_loaded));
    let loading = RwSignal::new(false);
    let control = move || {
        if loaded.get() {
            view! {
                <button
                    class="btn"
                    data-kind="danger"
                    type="button"
                    on:click=move |_| demo_book::remove(s, s.t(texts::DEMO_REMOVED).to_owned())
                >
                    {s.t(texts::REMOVE)}
                </button>
            }
        } else {
            view! {
                <button
                    class="btn"
                    type="button"
                    disabled=move || loading.get()
                    on:click=move |_| {
                        loading.set(true);
                        leptos::task::spawn_local(async move {
                            demo_book::load(s, s.t(welcome::DEMO_LOADED).to_owned()).await;
                            loading.try_set(false);
                        });
                    }
                >
                    {s.t(texts::LOAD)}
                </button>
            }
        }
    };
    setting(s.t(texts::DEMO), more(s.t(texts::DEMO_TEXT)), control)
}

/// Shown only when there is something that could not be read.
fn unreadable(s: Scene) -> View {
    let count = RwSignal::new(0);
    leptos::task::spawn_local(async move {
        if let Ok(found) = s.store.unreadable().await {
            count.try_set(found.len());
        }
    });
    let export = move |_| {
        leptos::task::spawn_local(async move {
            let Ok(found) = s.store.unreadable().await else {
                s.toasts.warn(s.t(texts::NOT_READ).to_owned());
                return;
            };
            let name = format!("tongxing-unreadable-{}.json", s.today);
            let saved = json::text(&as_json(&found)).is_some_and(|text| {
                files::save(&name, "application/json", text.as_bytes()).is_ok()
            });
            if !saved {
                s.toasts.warn(s.t(texts::NOT_SAVED).to_owned());
            }
        });
    };
    (move || {
        (count.get() > 0).then(|| {
            let control = view! {
                <button class="btn" type="button" on:click=export>
                    {Icon::Export.draw()}
                    {s.t(texts::EXPORT)}
                </button>
            };
            let text = more(texts::unreadable(s.lang, count.get()));
            setting(s.t(texts::UNREADABLE), text, control)
        })
    })
    .into_view()
}

/// For whoever helps: where each record lay, what is wrong, and its bytes as hexadecimal digits.
fn as_json(found: &[Unreadable]) -> JsValue {
    json::list(found.iter().map(|found| {
        let table = found.record.map(|(table, _)| {
            Book::table(table).map_or_else(|| table.to_string(), |table| table.key.to_owned())
        });
        let id = found.record.map(|(_, id)| text_of(id));
        let bytes = found.bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        json::object([
            ("bytes", bytes.to_json()),
            ("id", id.to_json()),
            ("reason", found.reason.to_json()),
            ("table", table.to_json()),
        ])
    }))
}

/// An id as addresses have it.
fn text_of(id: Uuid) -> String {
    Id::<Dealer>::new(id).to_string()
}
