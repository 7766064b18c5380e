//! Day after day, with the times in the notebook's margin.

use super::entry::{Entry, acts, opens, standing};
use super::{Calendar, Day, rest, today_mark};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::record_row::RecordRow;
use crate::locales::calendar as texts;
use crate::pages::today::new_meeting;
use tongxing_domain::calendar::Item;
use tongxing_view::prelude::*;

pub(super) fn view<'a>(calendar: Calendar, days: impl Iterator<Item = Day<'a>>) -> View {
    days.map(|day| section_of(calendar, &day))
        .collect_view()
        .into_view()
}

fn section_of(calendar: Calendar, of: &Day<'_>) -> View {
    let day = of.date;
    let (s, sheets) = (calendar.s, calendar.sheets);
    let id = unique_id("day");
    let heading = id.clone();
    let name = texts::heading(s.lang, day, s.today);
    let plan = (day >= s.today).then(|| {
        view! {
            <button
                class="icon-btn section-act"
                type="button"
                aria-label=texts::plan_on(s.lang, &name)
                on:click=move |_| sheets.show(move || new_meeting::on_day(s, sheets, day))
            >
                {Icon::Plus.draw()}
            </button>
        }
    });
    let content = if of.is_empty() {
        view! { <p class="help">{s.t(texts::FREE)}</p> }
    } else {
        let rows = of.items().map(|item| row(calendar, item));
        view! { <ul class="rows" data-margin="">{rows.collect_view()}</ul> }
    };
    view! {
        <section
            class="section calendar-day"
            aria-labelledby=heading
            aria-current=(day == s.today).then_some("date")
        >
            <header class="section-head">
                <h2 id=id><time datetime=day.to_string()>{name}</time></h2>
                {today_mark(s, day)}
                {plan}
            </header>
            {content}
            {rest(calendar, of)}
        </section>
    }
}

fn row(calendar: Calendar, item: &Item) -> View {
    let Entry {
        icon,
        begins,
        ends,
        title,
        sub,
    } = Entry::of(calendar, item);
    let margin = if begins.is_empty() {
        icon.draw()
    } else {
        let ends = (!ends.is_empty()).then(|| format!("–{ends}"));
        view! {
            {begins}
            <small>{ends}</small>
        }
    };
    RecordRow {
        lead: Some(view! { <span class="row-when">{margin}</span> }),
        sub: sub.into_view(),
        end: standing(calendar.s, &item.what),
        opens: opens(calendar, item),
        acts: acts(calendar, item, &title),
        ..RecordRow::new(title)
    }
    .view()
}
