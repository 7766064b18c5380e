//! Seven days side by side; one below the other where there is no room.

use super::entry::{Entry, acts, opens, standing};
use super::{Calendar, Day, moving, rest};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::menu::menu;
use crate::components::record_row::RowOpens;
use crate::locales::{calendar as texts, shell, time};
use chrono::Datelike as _;
use tongxing_domain::calendar::Item;
use tongxing_view::prelude::*;

pub(super) fn view<'a>(calendar: Calendar, days: impl Iterator<Item = Day<'a>>) -> View {
    let columns = days.map(|day| column(calendar, &day));
    view! { <div class="week">{columns.collect_view()}</div> }
}

fn column(calendar: Calendar, of: &Day<'_>) -> View {
    let day = of.date;
    let s = calendar.s;
    let id = unique_id("day");
    let heading = id.clone();
    let content = if of.is_empty() {
        view! { <p class="sr">{s.t(texts::FREE)}</p> }
    } else {
        let cards = of.items().map(|item| card(calendar, item));
        view! { <ul>{cards.collect_view()}</ul> }
    };
    view! {
        <section
            class="week-day"
            aria-labelledby=heading
            aria-current=(day == s.today).then_some("date")
            data-over=move || (calendar.over.get() == Some(day)).then_some("")
            on:dragover=move |event| {
                // Taking what is dragged here is said by not doing what the browser would.
                if calendar.dragged.with_untracked(Option::is_some) {
                    event.prevent_default();
                    if calendar.over.get_untracked() != Some(day) {
                        calendar.over.set(Some(day));
                    }
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                calendar.over.set(None);
                if let Some(item) = calendar.dragged.get_untracked() {
                    calendar.dragged.set(None);
                    let title = Entry::of(calendar, &item).title;
                    moving::to_day(calendar, &item, &title, day);
                }
            }
        >
            <h2 id=id>
                <time datetime=day.to_string()>
                    <small>{time::weekday(s.lang, day)}</small>
                    " "
                    <b aria-hidden="true">{day.day()}</b>
                    <span class="sr">{time::day(s.lang, day, s.today)}</span>
                </time>
            </h2>
            {content}
            {rest(calendar, of)}
        </section>
    }
}

fn card(calendar: Calendar, item: &Item) -> View {
    let s = calendar.s;
    let Entry {
        icon,
        begins,
        title,
        sub,
        ..
    } = Entry::of(calendar, item);
    let acts = acts(calendar, item, &title);
    let more = menu(Icon::More, shell::more_about(s.lang, &title), acts);
    let carried = title.clone();
    let text = view! {
        <span class="week-when">
            {icon.draw()}
            {begins}
        </span>
        <span class="week-title" dir="auto">{title}</span>
        <span class="week-sub">{sub}</span>
    };
    let main = match opens(calendar, item) {
        RowOpens::Nothing => view! { <div class="week-main">{text}</div> },
        RowOpens::Place(href) => view! { <a class="week-main" href=href>{text}</a> },
        RowOpens::Act(act) => view! {
            <button class="week-main" type="button" on:click=move |_| act.run(())>{text}</button>
        },
    };
    let timed = item.time.is_some();
    let movable = moving::is_movable(&item.what);
    let dragged = item.clone();
    view! {
        <li
            class="week-item"
            data-timed=timed.then_some("")
            draggable=movable.then_some("true")
            on:dragstart=move |event| {
                calendar.dragged.set(Some(dragged.clone()));
                if let Some(data) = event.data_transfer() {
                    data.set_effect_allowed("move");
                    // Some browsers drag nothing that carries no data.
                    let _ = data.set_data("text/plain", &carried);
                }
            }
            on:dragend=move |_| {
                calendar.dragged.set(None);
                calendar.over.set(None);
            }
        >
            {main}
            {standing(s, &item.what)}
            {more}
        </li>
    }
}
