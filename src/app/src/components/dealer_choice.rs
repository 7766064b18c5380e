//! Choosing one dealer of the book.

use super::explain::unique_id;
use super::icon::Icon;
use super::marks::glyph;
use super::overlay::{Overlay, overlay};
use super::sheets::Sheets;
use crate::locales::{issue, shell, today as texts};
use crate::state::scene::Scene;
use tongxing_domain::book::Book;
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// So many dealers are offered at a time.
const OFFERED: usize = 6;

/// A search for the dealer, over those met last until something is typed. `on_choice` is called after
/// each choice.
pub fn dealer_choice(
    s: Scene,
    chosen: RwSignal<Option<Id<Dealer>>>,
    on_choice: Callback<()>,
) -> View {
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let query = query.get();
        s.store.search(|book, index| {
            let ids: Vec<Id<Dealer>> = if query.trim().is_empty() {
                latest(book)
            } else {
                let found = index.dealers(query.as_str()).into_iter();
                found.map(|(dealer, _)| dealer).take(OFFERED).collect()
            };
            ids.into_iter()
                .filter_map(|id| {
                    book.dealers
                        .get(id)
                        .map(|dealer| (id, dealer.name.clone(), dealer.region.clone()))
                })
                .collect::<Vec<_>>()
        })
    });
    let (field, group) = (unique_id("dealer"), unique_id("dealer"));
    view! {
        <div class="field">
            <label for=field.clone()>{s.t(texts::FIND_DEALER)}</label>
            <input
                id=field
                type="search"
                autocomplete="off"
                placeholder=s.t(texts::FIND_DEALER_HINT)
                prop:value=move || query.get()
                on:input=move |event| query.set(event_target_value(&event))
            />
        </div>
        <fieldset class="field">
            <legend class="sr">{s.t(texts::FIND_DEALER)}</legend>
            <div class="pick">
                <For each=move || found.get() key=|found| found.0 let:found>
                    {offer(chosen, on_choice, group.clone(), found)}
                </For>
                {move || {
                    found.with(Vec::is_empty).then(|| view! { <p class="help">{s.t(texts::NO_SUCH_DEALER)}</p> })
                }}
            </div>
        </fieldset>
    }
}

/// Asks for a dealer over the page; `then` is told the one that was chosen, once the question is closed.
pub fn ask_dealer(
    s: Scene,
    sheets: Sheets,
    title: &'static str,
    then: impl Fn(Id<Dealer>) + Send + Sync + 'static,
) {
    let then = Callback::new(then);
    sheets.show(move || {
        let closing = RwSignal::new(false);
        let chosen = RwSignal::new(None);
        let fault = RwSignal::new(None);
        let going_on = StoredValue::new(false);
        let submit = Callback::new(move |()| {
            if chosen.get_untracked().is_none() {
                return fault.set(Some(s.t(issue::CHOOSE_DEALER)));
            }
            going_on.set_value(true);
            closing.set(true);
        });
        let closed = Callback::new(move |()| {
            let dealer = chosen.get_untracked().filter(|_| going_on.get_value());
            sheets.closed();
            if let Some(dealer) = dealer {
                then.run(dealer);
            }
        });
        let foot = view! {
            <p class="dock-note" role="status">{move || fault.get()}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>
                {s.t(shell::CANCEL)}
            </button>
            <button class="btn" data-kind="primary" type="submit">
                {s.t(issue::NEXT)}
                {Icon::ChevronRight.draw()}
            </button>
        };
        overlay(
            Overlay::Dialog,
            title.to_owned(),
            closing,
            closed,
            submit,
            dealer_choice(s, chosen, Callback::new(move |()| fault.set(None))),
            foot,
        )
    });
}

fn offer(
    chosen: RwSignal<Option<Id<Dealer>>>,
    on_choice: Callback<()>,
    group: String,
    (id, name, region): (Id<Dealer>, String, String),
) -> View {
    view! {
        <label class="option">
            <input
                class="sr"
                type="radio"
                name=group
                prop:checked=move || chosen.get() == Some(id)
                on:change=move |_| {
                    chosen.set(Some(id));
                    on_choice.run(());
                }
            />
            {glyph(&name, id.uuid(), false)}
            <span class="row-main">
                <span class="row-title">{name}</span>
                <span class="row-sub">{region}</span>
            </span>
        </label>
    }
}

/// The dealers met last.
fn latest(book: &Book) -> Vec<Id<Dealer>> {
    let mut met: Vec<_> = book
        .meetings
        .iter()
        .filter_map(|meeting| Some((meeting.contact_day()?, meeting.dealer)))
        .collect();
    met.sort_unstable_by(|a, b| b.cmp(a));
    let mut found: Vec<Id<Dealer>> = Vec::with_capacity(OFFERED);
    let others = book.dealers.iter().map(|dealer| dealer.id);
    for dealer in met.into_iter().map(|(_, dealer)| dealer).chain(others) {
        if found.len() == OFFERED {
            break;
        }
        if !found.contains(&dealer) && book.dealers.get(dealer).is_some() {
            found.push(dealer);
        }
    }
    found
}
