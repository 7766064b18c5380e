//! The calendar of all dealers: what stands on each day, as a day with its route, a week, a month or an
//! agenda.

mod agenda;
mod entry;
mod export;
mod month;
mod moving;
mod recurring;
mod route;
mod week;

use super::today::new_meeting;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::page_keys::page_keys;
use crate::components::pane::{empty_page, note};
use crate::components::segmented::segmented;
use crate::components::sheets::Sheets;
use crate::locales::{Words, calendar as texts, time, today};
use crate::platform::screen;
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use tongxing_domain::calendar::{Item, items, week_of, weeks_of};
use tongxing_domain::date::{Date, DateSpan, Month, add_days, add_months};
use tongxing_view::prelude::*;

/// So many days an agenda shows.
const AGENDA_DAYS: i64 = 14;
const WEEK_DAYS: usize = 7;
/// More than so many things are a whole team's days.
const CROWDED: usize = 70;
/// So many of the things that are due on a day are drawn at first, and so many of its meetings: more than
/// anybody holds; and fewer of a whole team's.
const AT_FIRST: (usize, usize) = (5, 10);
const CROWDED_AT_FIRST: (usize, usize) = (2, 3);
/// Of a whole team's fortnight even fewer.
const CROWDED_BELOW: (usize, usize) = (1, 2);

/// How the days are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// The chosen day, with the route to its visits.
    Day,
    /// The week that holds the chosen day, side by side.
    Week,
    /// The whole weeks of the month that holds the chosen day.
    Month,
    /// Day after day, from the chosen one on.
    Agenda,
}

impl Layout {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Agenda];

    const fn words(self) -> Words {
        match self {
            Self::Day => texts::DAY,
            Self::Week => texts::WEEK,
            Self::Month => texts::MONTH,
            Self::Agenda => texts::AGENDA,
        }
    }

    /// The day to which turning the page leads.
    fn turned(self, day: Date, later: bool) -> Date {
        let sign = if later { 1 } else { -1 };
        match self {
            Self::Day => add_days(day, sign),
            Self::Week => add_days(day, sign * WEEK_DAYS as i64),
            Self::Month => add_months(day, sign as i32),
            Self::Agenda => add_days(day, sign * AGENDA_DAYS),
        }
    }

    fn span(self, day: Date) -> DateSpan {
        match self {
            Self::Agenda => {
                let last = add_days(day, AGENDA_DAYS - 1);
                // Only at the end of the calendar is there no later day.
                DateSpan::new(day, last).unwrap_or_else(|| DateSpan::day(day))
            }
            Self::Day => DateSpan::day(day),
            Self::Week => week_of(day),
            Self::Month => weeks_of(Month::of(day)),
        }
    }
}

// The page's own state ends with the page; coming back from a meeting, it stands where it was left.
thread_local! {
    static LEFT: Cell<Option<(Date, Layout)>> = const { Cell::new(None) };
}

/// The calendar as it is shown. Copies share it.
#[derive(Clone, Copy)]
struct Calendar {
    s: Scene,
    sheets: Sheets,
    day: RwSignal<Date>,
    layout: RwSignal<Layout>,
    span: Memo<DateSpan>,
    items: Memo<Arc<Vec<Item>>>,
    /// The days of which everything is drawn.
    whole: RwSignal<BTreeSet<Date>>,
    /// What is being dragged to another day.
    dragged: RwSignal<Option<Item>>,
    /// The day over which it is.
    over: RwSignal<Option<Date>>,
}

impl Calendar {
    fn open(s: Scene) -> Self {
        let usual = || {
            let layout = if screen::is_wide() {
                Layout::Week
            } else {
                Layout::Agenda
            };
            (s.today, layout)
        };
        let (day, layout) = LEFT.get().unwrap_or_else(usual);
        let (day, layout) = (RwSignal::new(day), RwSignal::new(layout));
        let span = Memo::new(move |_| layout.get().span(day.get()));
        Effect::new(move |_| LEFT.set(Some((day.get(), layout.get()))));
        Self {
            s,
            sheets: Sheets::default(),
            whole: RwSignal::new(BTreeSet::new()),
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            day,
            layout,
            span,
            items: Memo::new(move |_| {
                let span = span.get();
                kept(s, "calendar", (span.start(), span.end()), |book| {
                    items(book, span, None, s.today)
                })
            }),
        }
    }

    /// Goes on by what is shown at a time, or back.
    fn turn(self, later: bool) {
        let layout = self.layout.get_untracked();
        self.day.update(|day| *day = layout.turned(*day, later));
    }

    fn to_today(self) {
        self.day.set(self.s.today);
    }
}

/// A day and what is drawn of it.
struct Day<'a> {
    date: Date,
    /// What has no time and what has one, as far as they are drawn.
    due: &'a [Item],
    timed: &'a [Item],
    /// How many are not drawn.
    hidden: usize,
}

impl<'a> Day<'a> {
    /// `items` are those of the day, what has no time first; at most so many of each are drawn.
    fn of(date: Date, items: &'a [Item], at_most: (usize, usize)) -> Self {
        let (due, timed) = items.split_at(items.partition_point(|item| item.time.is_none()));
        let drawn = |all: &'a [Item], at_most: usize| all.get(..at_most).unwrap_or(all);
        let (due, timed) = (drawn(due, at_most.0), drawn(timed, at_most.1));
        Self {
            date,
            due,
            timed,
            hidden: items.len() - due.len() - timed.len(),
        }
    }

    fn is_empty(&self) -> bool {
        self.due.is_empty() && self.timed.is_empty()
    }

    fn items(&self) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.due.iter().chain(self.timed)
    }
}

/// A button that draws the rest of a day.
fn rest(calendar: Calendar, day: &Day<'_>) -> Option<View> {
    let (date, s) = (day.date, calendar.s);
    (day.hidden > 0).then(|| {
        view! {
            <button
                class="btn"
                data-kind="quiet"
                type="button"
                on:click=move |_| calendar.whole.update(|whole| {
                    whole.insert(date);
                })
            >
                {texts::more(s.lang, day.hidden)}
            </button>
        }
    })
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let calendar = Calendar::open(s);
    let (body, sub, acts) = if s.shared {
        (note(Tone::Info, s.t(texts::SHARED), None), None, None)
    } else {
        keys(calendar);
        (
            view! {
                {bar(calendar)}
                {move || days(calendar)}
            },
            Some(summary(calendar)),
            Some(acts(calendar)),
        )
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::CALENDAR)>
                <header class="head">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(texts::CALENDAR)}</h1>
                        <p class="head-sub" role="status">{sub}</p>
                    </div>
                    <div class="head-actions">{acts}</div>
                </header>
                <div class="body">{body}</div>
            </section>
            {calendar.sheets.view()}
        </main>
    }
}

/// Left and right turn the pages, T goes to today.
fn keys(calendar: Calendar) {
    page_keys(move |key| {
        match key {
            "ArrowLeft" => calendar.turn(false),
            "ArrowRight" => calendar.turn(true),
            "t" => calendar.to_today(),
            _ => return false,
        }
        true
    });
}

fn summary(calendar: Calendar) -> View {
    let s = calendar.s;
    (move || {
        let span = texts::span(s.lang, calendar.span.get(), s.today);
        let count = calendar.items.with(|items| items.len());
        format!("{span} · {}", texts::count(s.lang, count))
    })
    .into_view()
}

fn acts(calendar: Calendar) -> View {
    let s = calendar.s;
    view! {
        <button
            class="btn"
            type="button"
            disabled=move || calendar.items.with(|items| items.is_empty())
            on:click=move |_| {
                let items = calendar.items.get_untracked();
                export::save(s, &items, calendar.span.get_untracked());
            }
        >
            {Icon::Export.draw()}
            {s.t(texts::SAVE_ICS)}
        </button>
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                let sheets = calendar.sheets;
                sheets.show(move || recurring::dialog(s, sheets));
            }
        >
            {Icon::Sync.draw()}
            {s.t(texts::RECURRING)}
        </button>
        {plan(calendar)}
    }
}

/// A button that plans a meeting.
fn plan(calendar: Calendar) -> View {
    let (s, sheets) = (calendar.s, calendar.sheets);
    view! {
        <button
            class="btn"
            data-kind="primary"
            type="button"
            on:click=move |_| sheets.show(move || new_meeting::dialog(s, sheets, false))
        >
            {Icon::Plus.draw()}
            {s.t(today::NEW_MEETING)}
        </button>
    }
}

/// The way through the days.
fn bar(calendar: Calendar) -> View {
    let s = calendar.s;
    let chosen = Signal::derive(move || calendar.layout.get() as usize);
    let choose = Callback::new(move |place: usize| {
        if let Some(layout) = Layout::ALL.get(place) {
            calendar.layout.set(*layout);
        }
    });
    let names = Layout::ALL.map(|layout| s.t(layout.words())).to_vec();
    view! {
        <div class="calendar-bar">
            <button
                class="icon-btn"
                type="button"
                aria-label=s.t(texts::EARLIER)
                on:click=move |_| calendar.turn(false)
            >
                {Icon::ChevronLeft.draw()}
            </button>
            <button class="btn" type="button" on:click=move |_| calendar.to_today()>
                {s.t(texts::TODAY)}
            </button>
            <button
                class="icon-btn"
                type="button"
                aria-label=s.t(texts::LATER)
                on:click=move |_| calendar.turn(true)
            >
                {Icon::ChevronRight.draw()}
            </button>
            {segmented(s.t(texts::LAYOUT), names, chosen, choose)}
        </div>
    }
}

fn days(calendar: Calendar) -> View {
    let (span, items) = (calendar.span.get(), calendar.items.get());
    // A month without anything is still a way to its days.
    if items.is_empty() && calendar.layout.get() != Layout::Month {
        return nothing(calendar);
    }
    let whole = calendar.whole.get();
    let at_first = match (items.len() > CROWDED, calendar.layout.get()) {
        (false, _) | (_, Layout::Day) => AT_FIRST,
        (true, Layout::Agenda) => CROWDED_BELOW,
        (true, _) => CROWDED_AT_FIRST,
    };
    let of_day = |day: Date| {
        let from = items.partition_point(|item| item.day < day);
        let to = items.partition_point(|item| item.day <= day);
        let items = items.get(from..to).unwrap_or_default();
        let at_most = match whole.contains(&day) {
            true => (items.len(), items.len()),
            false => at_first,
        };
        Day::of(day, items, at_most)
    };
    let days = (0..span.days()).map(|ahead| of_day(add_days(span.start(), ahead)));
    match calendar.layout.get() {
        Layout::Day => view! { {route::section_of(calendar)}{agenda::view(calendar, days)} },
        Layout::Week => week::view(calendar, days),
        Layout::Month => month::view(calendar, days),
        Layout::Agenda => agenda::view(calendar, days),
    }
}

/// What stands in place of days on which there is nothing.
fn nothing(calendar: Calendar) -> View {
    let s = calendar.s;
    let (text, act) = if s.store.read(|book| book.dealers.is_empty()) {
        let to_dealers = view! {
            <a class="btn" data-kind="primary" href=Route::Dealers.href()>{s.t(today::SEE_DEALERS)}</a>
        };
        (texts::NO_DEALERS_TEXT, to_dealers)
    } else {
        (texts::NONE_TEXT, plan(calendar))
    };
    empty_page(Icon::Calendar, s.t(texts::NONE), s.t(text), Some(act))
}

/// What marks today beside its date.
fn today_mark(s: Scene, day: Date) -> Option<View> {
    (day == s.today).then(|| badge(Tone::Good, s.t(time::TODAY)))
}
