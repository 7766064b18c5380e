//! The bin: whatever was deleted, the last first, each one tap from being back in its place.

use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::record_icon::record_icon;
use crate::components::show_more::show_more;
use crate::locales::{bin as texts, shell};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::demo_book;
use crate::state::scene::{Scene, scene};
use crate::state::store::Binned;
use leptos::ev::MouseEvent;
use leptos::wasm_bindgen::JsCast as _;
use std::sync::Arc;
use tongxing_domain::bin::{dealer_of, headline, restore};
use tongxing_domain::book::Book;
use tongxing_domain::demo::is_demo;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Record, TableSpec};
use tongxing_domain::tables::Dealer;
use tongxing_domain::text::fold;
use tongxing_domain::value::show_minute;
use tongxing_view::prelude::*;
use web_sys::{Element, HtmlElement};

/// So many rows are drawn at a time.
const ROWS_AT_ONCE: usize = 100;

/// What one row shows.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    table: u16,
    id: Uuid,
    title: String,
    sub: String,
    when: Option<(String, String)>,
    edited_since: bool,
    /// What the search looks through.
    folded: String,
}

/// What the person looks for.
#[derive(Clone, Copy)]
struct Looking {
    words: RwSignal<String>,
    table: RwSignal<Option<u16>>,
    rows: RwSignal<usize>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let looking = Looking {
        words: RwSignal::new(String::new()),
        table: RwSignal::new(None),
        rows: RwSignal::new(ROWS_AT_ONCE),
    };
    let entries = Memo::new(move |_| Arc::new(entries(s)));
    let found = Memo::new(move |_| {
        let entries = entries.get();
        let words = fold(&looking.words.get());
        let table = looking.table.get();
        let fits = |entry: &&Entry| {
            table.is_none_or(|table| entry.table == table) && entry.folded.contains(&words)
        };
        Arc::new(entries.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let any = Memo::new(move |_| !entries.get().is_empty());
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(shell::BIN)>
                <header class="head">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(shell::BIN)}</h1>
                        <p class="head-sub">{s.t(texts::KEPT)}</p>
                    </div>
                    {move || any.get().then(|| tools(s, looking, entries))}
                </header>
                <div class="body">
                    <div class="narrow">
                        {move || if any.get() {
                            list(s, looking, found)
                        } else {
                            empty_page(Icon::Bin, s.t(texts::EMPTY), s.t(texts::EMPTY_TEXT), None)
                        }}
                    </div>
                </div>
            </section>
        </main>
    }
}

/// The search, and a chip for each type that is there.
fn tools(s: Scene, looking: Looking, entries: Memo<Arc<Vec<Entry>>>) -> View {
    let tables = Memo::new(move |_| {
        let entries = entries.get();
        let count = |table: u16| entries.iter().filter(|entry| entry.table == table).count();
        Book::TABLES
            .iter()
            .map(|table| (table.number, count(table.number)))
            .filter(|(_, count)| *count > 0)
            .collect::<Vec<_>>()
    });
    view! {
        <div class="head-more">
            <div class="narrow">
                <label class="search">
                    {Icon::Search.draw()}
                    <span class="sr">{s.t(texts::SEARCH)}</span>
                    <input
                        type="search"
                        placeholder=s.t(texts::SEARCH)
                        prop:value=move || looking.words.get()
                        on:input=move |event| {
                            looking.rows.set(ROWS_AT_ONCE);
                            looking.words.set(event_target_value(&event));
                        }
                    />
                </label>
                <div class="chips" role="group" aria-label=s.t(texts::FILTER)>
                    {chip(s.t(texts::ALL), None, None, looking)}
                    {move || {
                        tables
                            .get()
                            .into_iter()
                            .filter_map(|(number, count)| {
                                let table = Book::table(number)?;
                                Some(chip(s.t(table.label), Some(number), Some(count), looking))
                            })
                            .collect_view()
                    }}
                </div>
            </div>
        </div>
    }
}

fn chip(name: &'static str, table: Option<u16>, count: Option<usize>, looking: Looking) -> View {
    view! {
        <button
            class="chip"
            type="button"
            aria-pressed=move || (looking.table.get() == table).to_string()
            on:click=move |_| {
                looking.rows.set(ROWS_AT_ONCE);
                looking.table.set(table);
            }
        >
            {name}
            {count.map(|count| view! { " " <b class="count">{count}</b> })}
        </button>
    }
}

fn list(s: Scene, looking: Looking, found: Memo<Arc<Vec<Entry>>>) -> View {
    let none = Memo::new(move |_| found.get().is_empty());
    let show_all = move |_| {
        looking.words.set(String::new());
        looking.table.set(None);
    };
    let nothing = move || {
        let act = view! {
            <button class="btn" type="button" on:click=show_all>
                {s.t(texts::SHOW_ALL)}
            </button>
        };
        empty_page(
            Icon::Search,
            s.t(texts::NOTHING_FOUND),
            s.t(texts::NOTHING_FOUND_TEXT),
            Some(act.into_view()),
        )
    };
    let rows = move || {
        let found = found.get();
        let shown = looking.rows.get().min(found.len());
        found[..shown].to_vec()
    };
    let more = move || {
        show_more(
            s,
            found.with(|found| found.len()),
            looking.rows,
            ROWS_AT_ONCE,
        )
    };
    view! {
        <p class="sr" role="status">{move || texts::in_all(s.lang, found.get().len())}</p>
        <ul class="rows" aria-label=s.t(texts::LIST)>
            <For each=rows key=|entry| (entry.table, entry.id, entry.title.clone()) let:entry>
                {row(s, entry)}
            </For>
        </ul>
        {move || none.get().then(nothing)}
        {more}
    }
}

fn row(s: Scene, entry: Entry) -> View {
    let Entry {
        table,
        id,
        title,
        sub,
        when,
        edited_since,
        ..
    } = entry;
    let label = texts::restore_what(s.lang, &title);
    let name = title.clone();
    let bring_back = move |event: MouseEvent| {
        focus_beside(&event);
        let changes = s.store.peek(|book| restore(book, table, id));
        let others = changes.len().saturating_sub(1);
        let said = texts::restored(s.lang, &name, others);
        s.store.act(Act::of(changes), said);
    };
    view! {
        <li class="row">
            {record_icon(table).draw()}
            <div class="row-main">
                <span class="row-title">{title}</span>
                <span class="row-sub">
                    {sub}
                    {when
                        .map(|(machine, shown)| {
                            view! { " · " <time datetime=machine>{shown}</time> }
                        })}
                    {edited_since.then(|| view! { " · " <strong>{s.t(texts::EDITED_SINCE)}</strong> })}
                </span>
            </div>
            <button class="btn" type="button" aria-label=label on:click=bring_back>
                {Icon::Undo.draw()}
                {s.t(texts::RESTORE)}
            </button>
        </li>
    }
}

/// The row is about to go: the focus goes to the next one, or to the one before.
fn focus_beside(event: &MouseEvent) {
    let row = event
        .current_target()
        .and_then(|button| button.dyn_into::<Element>().ok())
        .and_then(|button| button.closest("li").ok().flatten());
    let Some(row) = row else { return };
    let beside = row
        .next_element_sibling()
        .or_else(|| row.previous_element_sibling())
        .and_then(|beside| beside.query_selector("button").ok().flatten())
        .and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = beside {
        // Fails only for elements that cannot have the focus.
        let _ = button.focus();
    }
}

/// What the bin shows, in the scene's language; in shared-screen mode nothing internal.
fn entries(s: Scene) -> Vec<Entry> {
    let binned = s.store.binned();
    s.store.peek(|book| {
        // A demo book that was removed can be loaded again, and is nothing to restore by pieces.
        let demo = demo_book::is_loaded(book);
        binned
            .into_iter()
            .filter_map(|binned| Some((binned, Book::table(binned.table)?)))
            .filter(|(_, table)| !(s.shared && table.internal))
            .filter(|(binned, table)| demo || !is_of_demo(book, table.number, binned.id))
            .map(|(binned, table)| entry(s, book, binned, table))
            .collect()
    })
}

fn is_of_demo(book: &Book, table: u16, id: Uuid) -> bool {
    is_demo(id) || dealer_of(book, table, id).is_some_and(|dealer| is_demo(dealer.uuid()))
}

fn entry(s: Scene, book: &Book, binned: Binned, table: &'static TableSpec) -> Entry {
    let title = headline(book, table, binned.id, s.lang);
    let label = s.t(table.label);
    let dealer = (table.number != Dealer::NUMBER)
        .then(|| dealer_of(book, table.number, binned.id))
        .flatten()
        .and_then(|dealer| book.dealers.get_any(dealer))
        .map(|dealer| dealer.name.as_str())
        .filter(|name| !name.is_empty());
    let sub = match dealer {
        Some(dealer) => [label, dealer].join(" · "),
        None => label.to_owned(),
    };
    let when = clock::minute_of(binned.deleted_ms).map(|minute| {
        let shown = texts::deleted_on(s.lang, &show_minute(minute, s.lang));
        (minute.to_string(), shown)
    });
    Entry {
        table: binned.table,
        id: binned.id,
        folded: fold(&[title.as_str(), &sub].concat()),
        title,
        sub,
        when,
        edited_since: binned.edited_since,
    }
}
