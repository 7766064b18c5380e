//! A meeting that recurs: with whom, how, from when on, how often and for how long.

use crate::components::dealer_choice::dealer_choice;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::components::sheets::Sheets;
use crate::locales::{Words, calendar as texts, shell, time, today};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use chrono::Datelike as _;
use std::collections::BTreeSet;
use tongxing_domain::date::{DateSpan, Minute, Slot, add_days, parse_date};
use tongxing_domain::id::Id;
use tongxing_domain::recurrence::{Ends, Pattern, Recurrence, Weekdays};
use tongxing_domain::schema::{Record as _, changes, problems};
use tongxing_domain::tables::{Channel, Dealer, Series};
use tongxing_view::prelude::*;

/// How long each meeting lasts, in minutes.
const LENGTH: u16 = 60;
/// So many of the first dates are shown.
const SHOWN: usize = 4;
/// Dates are looked for this many days ahead.
const AHEAD: i64 = 800;

/// How often, as it is offered.
const OFTEN: [Words; 6] = [
    texts::EVERY_WEEK,
    texts::EVERY_TWO_WEEKS,
    texts::EVERY_MONTH_DATE,
    texts::EVERY_MONTH_WEEKDAY,
    texts::EVERY_QUARTER,
    texts::EVERY_YEAR,
];

/// How it ends, as it is offered.
const ENDS: [Words; 3] = [texts::NEVER_ENDS, texts::ENDS_AFTER, texts::ENDS_ON];

/// The channels that are offered.
const CHANNELS: [Channel; 4] = [
    Channel::Visit,
    Channel::Call,
    Channel::Video,
    Channel::Workshop,
];

#[derive(Clone, Copy)]
struct Choice {
    s: Scene,
    id: Id<Series>,
    dealer: RwSignal<Option<Id<Dealer>>>,
    channel: RwSignal<usize>,
    subject: RwSignal<String>,
    start: RwSignal<String>,
    often: RwSignal<usize>,
    ends: RwSignal<usize>,
    times: RwSignal<String>,
    until: RwSignal<String>,
    fault: RwSignal<Option<String>>,
}

impl Choice {
    /// The first time; tracked.
    fn first(self) -> Option<Minute> {
        self.start.with(|start| Minute::parse(start))
    }

    /// The rule as chosen; tracked. None while something of it cannot be read.
    fn rule(self) -> Option<Recurrence> {
        let day = self.first()?.date();
        let weekday = day.weekday();
        // The n-th of its weekday; the last one where there may be no fifth.
        let nth = match (day.day() - 1) / 7 + 1 {
            nth @ 1..=4 => i8::try_from(nth).ok()?,
            _ => -1,
        };
        let date = BTreeSet::from([i8::try_from(day.day()).ok()?]);
        let rule = match self.often.get() {
            0 => Recurrence::every(1, Pattern::Weekly(Weekdays::NONE.with(weekday))),
            1 => Recurrence::every(2, Pattern::Weekly(Weekdays::NONE.with(weekday))),
            2 => Recurrence::every(1, Pattern::MonthlyOnDays(date)),
            3 => Recurrence::every(1, Pattern::MonthlyOnWeekday(nth, weekday)),
            4 => Recurrence::every(3, Pattern::MonthlyOnDays(date)),
            _ => Recurrence::every(1, Pattern::Yearly),
        };
        let ends = match self.ends.get() {
            0 => Ends::Never,
            1 => {
                let times = self.times.with(|times| times.trim().parse().ok())?;
                Ends::After(Some(times).filter(|times| (1..=999).contains(times))?)
            }
            _ => Ends::On(self.until.with(|until| parse_date(until))?),
        };
        Some(rule.ending(ends))
    }

    fn series(self) -> Option<Series> {
        let rule = self.rule()?;
        Some(Series {
            dealer: self.dealer.get()?,
            channel: CHANNELS.get(self.channel.get()).copied(),
            subject: self.subject.get(),
            first: Some(Slot {
                start: self.first()?,
                minutes: LENGTH,
            }),
            rule: rule.to_string(),
            ..Series::with_id(self.id)
        })
    }
}

/// The sheet in which a recurring meeting is planned.
pub(super) fn dialog(s: Scene, sheets: Sheets) -> View {
    let closing = RwSignal::new(false);
    let choice = Choice {
        s,
        id: s.store.fresh(),
        dealer: RwSignal::new(None),
        channel: RwSignal::new(0),
        subject: RwSignal::new(String::new()),
        start: RwSignal::new(clock::this_minute().next_full_hour().to_string()),
        often: RwSignal::new(2),
        ends: RwSignal::new(0),
        times: RwSignal::new("12".to_owned()),
        until: RwSignal::new(add_days(s.today, 365).to_string()),
        fault: RwSignal::new(None),
    };
    let submit = Callback::new(move |()| {
        if choice.dealer.get_untracked().is_none() {
            choice.fault.set(Some(s.t(today::CHOOSE_DEALER).to_owned()));
            return;
        }
        let Some(series) = untrack(|| choice.series()) else {
            choice
                .fault
                .set(Some(s.t(texts::RULE_INCOMPLETE).to_owned()));
            return;
        };
        if let Some(problem) = problems(&series).first() {
            choice.fault.set(Some(problem.fault.text(s.lang)));
            return;
        }
        s.store.act(
            Act::of(changes(None, &series)),
            s.t(texts::SERIES_PLANNED).to_owned(),
        );
        closing.set(true);
    });
    let touched = Callback::new(move |()| choice.fault.set(None));
    let body = view! {
        {dealer_choice(s, choice.dealer, touched)}
        {select(choice, today::CHANNEL, CHANNELS.map(Channel::words).to_vec(), choice.channel)}
        {text(choice, texts::SUBJECT, "text", choice.subject)}
        {text(choice, texts::FIRST_TIME, "datetime-local", choice.start)}
        {select(choice, texts::HOW_OFTEN, OFTEN.to_vec(), choice.often)}
        {select(choice, texts::HOW_LONG, ENDS.to_vec(), choice.ends)}
        {move || match choice.ends.get() {
            1 => Some(text(choice, texts::TIMES, "number", choice.times)),
            2 => Some(text(choice, texts::UNTIL, "date", choice.until)),
            _ => None,
        }}
        {move || preview(choice)}
    };
    let foot = view! {
        <p class="dock-note" role="status">{move || choice.fault.get()}</p>
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(shell::SAVE)}</button>
    };
    overlay(
        Overlay::Sheet,
        s.t(texts::RECURRING).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        submit,
        body,
        foot,
    )
}

fn select(choice: Choice, name: Words, options: Vec<Words>, chosen: RwSignal<usize>) -> View {
    let s = choice.s;
    let id = unique_id("choice");
    let of = id.clone();
    let options = options
        .into_iter()
        .enumerate()
        .map(|(place, words)| {
            let selected = chosen.get_untracked() == place;
            view! { <option value=place.to_string() selected=selected>{s.t(words)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=of>{s.t(name)}</label>
            <select
                id=id
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        chosen.set(place);
                        choice.fault.set(None);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}

fn text(choice: Choice, name: Words, kind: &'static str, typed: RwSignal<String>) -> View {
    let id = unique_id("text");
    let of = id.clone();
    view! {
        <div class="field">
            <label for=of>{choice.s.t(name)}</label>
            <input
                id=id
                type=kind
                dir="auto"
                autocomplete="off"
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    choice.fault.set(None);
                }
            />
        </div>
    }
}

/// The rule in words, and its first dates.
fn preview(choice: Choice) -> View {
    let s = choice.s;
    let (Some(rule), Some(first)) = (choice.rule(), choice.first()) else {
        return view! { <p class="help">{s.t(texts::RULE_INCOMPLETE)}</p> };
    };
    let day = first.date();
    let dates = DateSpan::new(day, add_days(day, AHEAD))
        .map(|window| rule.within(day, window))
        .unwrap_or_default();
    let dates = dates
        .iter()
        .take(SHOWN)
        .map(|date| time::day(s.lang, *date, s.today))
        .collect::<Vec<_>>();
    view! {
        <div class="note" data-tone="info" role="status">
            {Icon::Calendar.draw()}
            <p>{rule.text(day, s.lang)}<br/>{dates.join(" · ")}</p>
        </div>
    }
}
