//! Dealers whose contact is overdue: called, or a date made, with one tap.

use super::{Cut, new_meeting};
use crate::components::explain::{counted, explain};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, glyph};
use crate::components::pane::section;
use crate::components::quick_log;
use crate::components::sheets::Sheets;
use crate::locales::quick_log::log_with;
use crate::locales::{time, today as texts};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{Attention, OVERDUE_RULE, OverdueContact, link_to};
use tongxing_domain::book::Book;
use tongxing_domain::cadence::CadenceFigure;
use tongxing_domain::explain::Line;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// So many are shown at first.
const FIRST: usize = 5;
/// More than this at a time is worked through in the list of dealers.
const AT_MOST: usize = 60;

pub(super) fn view(s: Scene, sheets: Sheets, found: Memo<Arc<Attention>>) -> View {
    let cut = Cut::after(FIRST);
    // A dealer with a date in sight has been dealt with.
    let waiting = Memo::new(move |_| {
        found.with(|found| {
            let waiting = found
                .overdue
                .iter()
                .filter(|overdue| overdue.cadence.planned.is_none());
            waiting.cloned().collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| waiting.with(Vec::len));
    let shown = Memo::new(move |_| {
        waiting.with(|waiting| waiting[..cut.shown(waiting.len()).min(AT_MOST)].to_vec())
    });
    let never = Memo::new(move |_| found.with(|found| found.never_contacted));
    (move || {
        if count.get() == 0 && never.get() == 0 {
            return None;
        }
        let head = view! {
            {move || {
                counted(s, count.get(), texts::OVERDUE, OVERDUE_RULE, move || {
                    waiting.with_untracked(|waiting| waiting.iter().map(|it| line(s, it)).collect())
                })
            }}
            {cut.switch(s, move || count.get())}
        };
        let list = view! {
            <ul class="rows">
                <For each=move || shown.get() key=|overdue| (overdue.dealer.id, overdue.cadence.overdue_days) let:overdue>
                    {row(s, sheets, &overdue)}
                </For>
            </ul>
            {move || {
                (never.get() > 0).then(|| {
                    view! {
                        <p class="help">
                            <a href=Route::Dealers.href()>{texts::never_contacted(s.lang, never.get())}</a>
                        </p>
                    }
                })
            }}
        };
        Some(section(s.t(texts::OVERDUE), None, Some(head.into_view()), list.into_view()))
    })
    .into_view()
}

/// An overdue contact in the explanation of their number.
fn line(s: Scene, overdue: &OverdueContact) -> Line {
    let days = time::late(s.lang, overdue.cadence.overdue_days);
    Line::new(overdue.dealer.name.clone(), days).about(link_to(&*overdue.dealer))
}

/// The number to call: the first contact's, else the dealer's.
fn phone(book: &Book, dealer: &Dealer) -> Option<String> {
    let contacts = book
        .contacts
        .of(dealer.id)
        .filter(|contact| !contact.phone.is_empty());
    contacts
        .max_by_key(|contact| (contact.primary == Some(true), std::cmp::Reverse(contact.id)))
        .map(|contact| contact.phone.clone())
        .or_else(|| Some(dealer.phone.clone()).filter(|phone| !phone.is_empty()))
}

fn row(s: Scene, sheets: Sheets, overdue: &OverdueContact) -> View {
    let (dealer, cadence) = (&overdue.dealer, &overdue.cadence);
    let id = dealer.id;
    let last = match cadence.last_contact {
        Some(made) => texts::last_contact(s.lang, &time::day(s.lang, made.day, s.today)),
        None => s.t(texts::NEVER).to_owned(),
    };
    let mut sub = format!(
        "{last} · {}",
        texts::interval(s.lang, cadence.interval_days)
    );
    if cadence.must_visit {
        sub.push_str(" · ");
        sub.push_str(s.t(texts::MUST_VISIT));
    }
    let figure = badge(Tone::Risk, time::late(s.lang, cadence.overdue_days));
    let told = cadence.clone();
    let call = s.store.peek(|book| phone(book, dealer)).map(|phone| {
        let href = format!("tel:{}", phone.replace(' ', ""));
        view! {
            <a class="icon-btn" href=href aria-label=texts::call(s.lang, &dealer.name)>
                {Icon::Phone.draw()}
            </a>
        }
    });
    view! {
        <li class="row" data-internal="">
            {glyph(&dealer.name, id.uuid(), false)}
            <a class="row-main" href=Route::Dealer(id, DealerTab::Overview).href()>
                <span class="row-title">{dealer.name.clone()}</span>
                <span class="row-sub">{sub}</span>
            </a>
            <span class="row-end">
                {explain(figure, s.t(texts::WHY_OVERDUE), move || told.explain(CadenceFigure::Overdue, s.lang))}
            </span>
            {call}
            <button
                class="icon-btn"
                type="button"
                aria-label=log_with(s.lang, &dealer.name)
                on:click=move |_| quick_log::open(s, sheets, id)
            >
                {Icon::Note.draw()}
            </button>
            <button
                class="icon-btn"
                type="button"
                aria-label=texts::plan_with(s.lang, &dealer.name)
                on:click=move |_| sheets.show(move || new_meeting::with_dealer(s, sheets, id))
            >
                {Icon::Calendar.draw()}
            </button>
        </li>
    }
}
