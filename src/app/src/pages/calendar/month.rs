//! The weeks of a month: what stands on each day in a few words; a tap opens the day.

use super::entry::Entry;
use super::{Calendar, Day, Layout, WEEK_DAYS};
use crate::locales::{calendar as texts, time};
use chrono::Datelike as _;
use tongxing_domain::date::{Date, Month};
use tongxing_view::prelude::*;

/// So many lines fit into a day.
const LINES: usize = 3;

pub(super) fn view<'a>(calendar: Calendar, days: impl Iterator<Item = Day<'a>>) -> View {
    let s = calendar.s;
    let month = Month::of(calendar.day.get());
    let mut names = Vec::new();
    let mut cells = Vec::new();
    for day in days {
        if names.len() < WEEK_DAYS {
            let name = time::weekday(s.lang, day.date);
            names.push(view! { <span>{name}</span> });
        }
        cells.push(cell(calendar, &day, month));
    }
    view! {
        <div class="month">
            <div class="month-names" aria-hidden="true">{names}</div>
            <ol class="month-days">{cells}</ol>
        </div>
    }
}

fn cell(calendar: Calendar, of: &Day<'_>, month: Month) -> View {
    let s = calendar.s;
    let date: Date = of.date;
    let count = of.hidden + of.items().count();
    let lines = of
        .timed
        .iter()
        .chain(of.due)
        .take(LINES)
        .map(|item| {
            let Entry {
                icon,
                begins,
                title,
                ..
            } = Entry::of(calendar, item);
            let begins = (!begins.is_empty()).then(|| view! { <b>{begins}</b>" " });
            let timed = item.time.is_some();
            view! {
                <span class="month-line" data-timed=timed.then_some("")>
                    {(!timed).then(|| icon.draw())}
                    {begins}
                    {title}
                </span>
            }
        })
        .collect_view();
    let more = (count > LINES).then(|| {
        view! { <span class="month-more">{texts::more(s.lang, count - LINES)}</span> }
    });
    let few =
        (count > 0).then(|| view! { <span class="month-count" aria-hidden="true">{count}</span> });
    let name = texts::day_with(s.lang, &time::day(s.lang, date, s.today), count);
    let other = Month::of(date) != month;
    view! {
        <li>
            <button
                class="month-day"
                type="button"
                aria-current=(date == s.today).then_some("date")
                data-other=other.then_some("")
                on:click=move |_| {
                    calendar.day.set(date);
                    calendar.layout.set(Layout::Day);
                }
            >
                <span class="month-date" aria-hidden="true">{date.day()}</span>
                <span class="sr">{name}</span>
                {few}
                {lines}
                {more}
            </button>
        </li>
    }
}
