//! The sheet that narrows the list.

use super::list::List;
use super::listing::{Facet, facet_label};
use crate::components::filter_rows::{filter_rows, read_filter, sound_conditions};
use crate::components::marks::internal_mark;
use crate::components::overlay::{Overlay, overlay};
use crate::components::sheets::Sheets;
use crate::locales::{dealers as text, filter, views};
use crate::state::scene::Scene;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The sheet. Every tap narrows the list at once; the button says how many are left.
pub(super) fn filters(s: Scene, list: List, sheets: Sheets) -> View {
    let closing = RwSignal::new(false);
    let facets = Facet::ALL
        .into_iter()
        .filter(|facet| !(s.shared && is_internal(*facet)))
        .map(|facet| group(s, list, facet))
        .collect_view();
    let rows = untrack(|| {
        let conditions = list.criteria.with(|now| now.conditions.clone());
        filter_rows(s, Dealer::TABLE, &conditions)
    });
    // What a row says already narrows the list at once.
    Effect::new(move |_| {
        let conditions = sound_conditions(s, Dealer::TABLE, rows);
        if list
            .criteria
            .with_untracked(|now| now.conditions != conditions)
        {
            list.criteria.update(|now| now.conditions = conditions);
        }
    });
    let nothing = Callback::new(|()| ());
    let more = (!s.shared).then(|| {
        let chosen = Callback::new(|_: (usize, usize)| ());
        view! {
            <fieldset class="field" data-internal="">
                <legend>{s.t(views::MORE_CONDITIONS)}{internal_mark()}</legend>
                {rows.view(s, filter::CONDITION, filter::ADD, nothing, chosen)}
            </fieldset>
        }
    });
    let body = view! { {facets}{regions(s, list)}{more} };
    let submit = Callback::new(move |()| {
        rows.absolve();
        if untrack(|| read_filter(s, Dealer::TABLE, rows)).is_ok() {
            closing.set(true);
        }
    });
    let foot = view! {
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                rows.fill(Vec::new());
                list.criteria.update(|now| {
                    now.regions.clear();
                    now.chosen.iter_mut().for_each(|chosen| chosen.clear());
                    now.conditions.clear();
                });
            }
        >
            {s.t(text::CLEAR_FILTERS)}
        </button>
        <button class="btn" data-kind="primary" type="submit">
            {move || text::show(s.lang, list.count())}
        </button>
    };
    overlay(
        Overlay::Sheet,
        s.t(text::FILTER).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        submit,
        body,
        foot,
    )
}

const fn is_internal(facet: Facet) -> bool {
    matches!(facet, Facet::Grade | Facet::Segment)
}

fn group(s: Scene, list: List, facet: Facet) -> View {
    let chips = facet
        .choices()
        .iter()
        .map(|choice| {
            let code = choice.code;
            let on = Signal::derive(move || {
                list.criteria
                    .with(|now| now.chosen[facet as usize].contains(&code))
            });
            let set = Callback::new(move |on: bool| {
                list.criteria.update(|now| {
                    let chosen = &mut now.chosen[facet as usize];
                    if on {
                        chosen.insert(code)
                    } else {
                        chosen.remove(&code)
                    };
                });
            });
            let count = list.entries().count(facet, code);
            chip(s.t(choice.words).to_owned(), count, on, set)
        })
        .collect_view();
    let internal = is_internal(facet);
    view! {
        <fieldset class="field" data-internal=internal.then_some("")>
            <legend>{s.t(facet_label(facet))}{internal.then(internal_mark)}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}

fn regions(s: Scene, list: List) -> View {
    let entries = list.entries();
    if entries.regions.is_empty() {
        return ().into_view();
    }
    let chips = entries
        .regions
        .iter()
        .map(|(region, count)| {
            let (asked, changed) = (region.clone(), region.clone());
            let on = Signal::derive(move || list.criteria.with(|now| now.regions.contains(&asked)));
            let set = Callback::new(move |on: bool| {
                list.criteria.update(|now| {
                    if on {
                        now.regions.insert(changed.clone())
                    } else {
                        now.regions.remove(&changed)
                    };
                });
            });
            chip(region.clone(), *count, on, set)
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{s.t(text::REGION)}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}

fn chip(name: String, count: usize, on: Signal<bool>, set: Callback<bool>) -> View {
    view! {
        <label class="chip">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| set.run(event_target_checked(&event))
            />
            <span>{name}</span>
            <b class="count">{count}</b>
        </label>
    }
}
