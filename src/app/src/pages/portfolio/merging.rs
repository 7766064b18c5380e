//! Merging two dealers that are one: what is filled, what differs, what moves; both histories are kept.

use super::Here;
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::locales::{portfolio as texts, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use tongxing_domain::book::Book;
use tongxing_domain::duplicates::{Merging, merge};
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// Asks which of two dealers stays, shows what merging does, and merges.
pub(super) fn ask(here: Here, one: Id<Dealer>, two: Id<Dealer>) {
    here.sheets.show(move || {
        let s = here.s;
        let closing = RwSignal::new(false);
        let place = RwSignal::new(0_usize);
        let done = StoredValue::new(None::<Id<Dealer>>);
        let pair = move || if place.get() == 0 { (one, two) } else { (two, one) };
        let names = s.store.peek(|book| {
            [one, two].map(|id| book.dealers.get_any(id).map(|it| it.name.clone()).unwrap_or_default())
        });
        let submit = Callback::new(move |()| {
            let (kept, other) = untrack(pair);
            if let Some(merging) = s.store.peek(|book| merge(book, kept, other)) {
                s.store.act(Act::of(merging.changes), s.t(texts::MERGED).to_owned());
                done.set_value(Some(kept));
            }
            closing.set(true);
        });
        let told = move || {
            let (kept, other) = pair();
            s.store.peek(|book| merge(book, kept, other).map(|merging| told(s, book, &merging)))
        };
        let [first, second] = names;
        let choice = view! {
            <fieldset class="field">
                <legend>{s.t(texts::KEEP)}</legend>
                <div class="chips">
                    {[first, second]
                        .into_iter()
                        .enumerate()
                        .map(|(at, name)| {
                            view! {
                                <label class="chip">
                                    <input
                                        type="radio"
                                        name="kept-dealer"
                                        prop:checked=move || place.get() == at
                                        on:change=move |_| place.set(at)
                                    />
                                    <span>{name}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
        };
        let body = view! {
            <p>{s.t(texts::MERGE_TEXT)}</p>
            {choice}
            {told}
        };
        let foot = view! {
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(texts::MERGE)}</button>
        };
        let closed = Callback::new(move |()| {
            here.sheets.closed();
            if let Some(kept) = done.get_value() {
                s.nav.go(Route::Dealer(kept, DealerTab::Timeline));
            }
        });
        overlay(
            Overlay::Sheet,
            s.t(texts::MERGE).to_owned(),
            closing,
            closed,
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}

fn told(s: Scene, book: &Book, merging: &Merging) -> View {
    let list = |title: crate::locales::Words, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            let lines = lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view();
            view! {
                <section>
                    <h3>{s.t(title)}</h3>
                    <ul class="plain-list">{lines}</ul>
                </section>
            }
        })
    };
    let filled = merging.filled.iter().filter(|spec| s.shows(spec));
    let filled = filled.map(|spec| s.t(spec.label).to_owned()).collect();
    let differing = merging.differing.iter().filter(|it| s.shows(it.field));
    let differing = differing
        .map(|it| {
            let (kept, other) = (
                it.kept.show(it.field.kind, s.lang),
                it.other.show(it.field.kind, s.lang),
            );
            format!("{}: {kept} ≠ {other}", s.t(it.field.label))
        })
        .collect();
    let name = |table: u16| Book::table(table).map_or("?", |table| s.t(table.label));
    let moved = merging.moved.iter();
    let moved = moved
        .map(|(table, count)| texts::count(s.lang, name(*table), *count))
        .collect();
    let twice = merging.twice.iter();
    let twice = twice
        .map(|(table, id)| {
            let title = book.title(*table, *id).unwrap_or_default();
            format!("{} {title}", name(*table))
        })
        .collect();
    view! {
        {list(texts::FILLED, filled)}
        {list(texts::DIFFERING, differing)}
        {list(texts::MOVED, moved)}
        {list(texts::TWICE, twice)}
    }
    .into_view()
}
