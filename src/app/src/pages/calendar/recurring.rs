//! A meeting that recurs: with whom, how, from when on, how often and for how long.

use crate::components::dealer_choice::dealer_choice;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::components::segmented::segmented;
use crate::components::sheets::Sheets;
use crate::locales::{Words, calendar as texts, shell, time, today};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use chrono::Datelike as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use tongxing_domain::calendar::{Reach, revise};
use tongxing_domain::date::{Date, DateSpan, Minute, Slot, add_days, parse_date};
use tongxing_domain::id::Id;
use tongxing_domain::recurrence::{Ends, Pattern, Recurrence, Weekdays};
use tongxing_domain::schema::{Record as _, changes, problems};
use tongxing_domain::tables::{Channel, Dealer, Meeting, Series};
use tongxing_view::prelude::*;

/// How long each meeting lasts at first, in minutes.
const LENGTH: u16 = 60;
/// So many of the first dates are shown.
const SHOWN: usize = 4;
/// Dates are looked for this many days ahead.
const AHEAD: i64 = 800;

/// How often, as it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Often {
    Week,
    TwoWeeks,
    MonthDate,
    MonthEnd,
    MonthWeekday,
    Quarter,
    Year,
    /// By the rule that it has.
    AsBefore,
}

impl Often {
    /// What a new one is offered.
    const NEW: [Self; 7] = [
        Self::Week,
        Self::TwoWeeks,
        Self::MonthDate,
        Self::MonthEnd,
        Self::MonthWeekday,
        Self::Quarter,
        Self::Year,
    ];

    const fn words(self) -> Words {
        match self {
            Self::Week => texts::EVERY_WEEK,
            Self::TwoWeeks => texts::EVERY_TWO_WEEKS,
            Self::MonthDate => texts::EVERY_MONTH_DATE,
            Self::MonthEnd => texts::EVERY_MONTH_END,
            Self::MonthWeekday => texts::EVERY_MONTH_WEEKDAY,
            Self::Quarter => texts::EVERY_QUARTER,
            Self::Year => texts::EVERY_YEAR,
            Self::AsBefore => texts::AS_BEFORE,
        }
    }
}

/// How it ends, as it is offered.
const ENDS: [Words; 3] = [texts::NEVER_ENDS, texts::ENDS_AFTER, texts::ENDS_ON];

/// The channels that are offered.
const CHANNELS: [Channel; 4] = [
    Channel::Visit,
    Channel::Call,
    Channel::Video,
    Channel::Workshop,
];

/// What is changed: a recurring meeting, from the occurrence on a date.
#[derive(Clone)]
struct Editing {
    series: Arc<Series>,
    on: Date,
    /// When that occurrence takes place.
    slot: Option<Slot>,
}

#[derive(Clone, Copy)]
struct Choice {
    s: Scene,
    id: Id<Series>,
    editing: StoredValue<Option<Editing>>,
    reach: RwSignal<usize>,
    dealer: RwSignal<Option<Id<Dealer>>>,
    channel: RwSignal<usize>,
    subject: RwSignal<String>,
    start: RwSignal<String>,
    minutes: RwSignal<String>,
    often: RwSignal<usize>,
    ends: RwSignal<usize>,
    times: RwSignal<String>,
    until: RwSignal<String>,
    fault: RwSignal<Option<String>>,
}

impl Choice {
    fn new(s: Scene) -> Self {
        Self {
            s,
            id: s.store.fresh(),
            editing: StoredValue::new(None),
            reach: RwSignal::new(0),
            dealer: RwSignal::new(None),
            channel: RwSignal::new(0),
            subject: RwSignal::new(String::new()),
            start: RwSignal::new(clock::this_minute().next_full_hour().to_string()),
            minutes: RwSignal::new(LENGTH.to_string()),
            often: RwSignal::new(2),
            ends: RwSignal::new(0),
            times: RwSignal::new("12".to_owned()),
            until: RwSignal::new(add_days(s.today, 365).to_string()),
            fault: RwSignal::new(None),
        }
    }

    /// The choices as a recurring meeting has them.
    fn of(s: Scene, editing: Editing) -> Self {
        let choice = Self::new(s);
        let series = &editing.series;
        choice.dealer.set(Some(series.dealer));
        let channel = CHANNELS.iter().position(|it| Some(*it) == series.channel);
        choice.channel.set(channel.unwrap_or(0));
        choice.subject.set(series.subject.clone());
        choice.often.set(Often::NEW.len());
        match series.recurrence().map(|rule| rule.ends) {
            Ok(Ends::After(times)) => {
                choice.ends.set(1);
                choice.times.set(times.to_string());
            }
            Ok(Ends::On(day)) => {
                choice.ends.set(2);
                choice.until.set(day.to_string());
            }
            Ok(Ends::Never) | Err(_) => {}
        }
        choice.editing.set_value(Some(editing));
        choice.begin_at();
        choice
    }

    /// Puts the time there that the change begins with.
    fn begin_at(self) {
        let slot = self.editing.with_value(|editing| {
            let editing = editing.as_ref()?;
            match self.reach() {
                Some(Reach::All) => editing.series.first,
                _ => editing.slot,
            }
        });
        if let Some(slot) = slot {
            self.start.set(slot.start.to_string());
            self.minutes.set(slot.minutes.to_string());
        }
    }

    /// How far the change reaches; tracked. `None` for a new recurring meeting.
    fn reach(self) -> Option<Reach> {
        let reach = Reach::ALL.get(self.reach.get()).copied();
        self.editing
            .with_value(|editing| editing.as_ref().and(reach))
    }

    fn oftens(self) -> Vec<Often> {
        let mut all = Often::NEW.to_vec();
        if self.editing.with_value(Option::is_some) {
            all.push(Often::AsBefore);
        }
        all
    }

    /// When it begins; tracked.
    fn first(self) -> Option<Minute> {
        self.start.with(|start| Minute::parse(start))
    }

    /// When it begins and how long it lasts; tracked.
    fn slot(self) -> Option<Slot> {
        let minutes = self.minutes.with(|minutes| minutes.trim().parse().ok())?;
        (minutes > 0).then_some(Slot {
            start: self.first()?,
            minutes,
        })
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
        let weekly = Pattern::Weekly(Weekdays::NONE.with(weekday));
        let rule = match *self.oftens().get(self.often.get())? {
            Often::Week => Recurrence::every(1, weekly),
            Often::TwoWeeks => Recurrence::every(2, weekly),
            Often::MonthDate => Recurrence::every(1, Pattern::MonthlyOnDays(date)),
            Often::MonthEnd => Recurrence::every(1, Pattern::MonthlyOnDays(BTreeSet::from([-1]))),
            Often::MonthWeekday => Recurrence::every(1, Pattern::MonthlyOnWeekday(nth, weekday)),
            Often::Quarter => Recurrence::every(3, Pattern::MonthlyOnDays(date)),
            Often::Year => Recurrence::every(1, Pattern::Yearly),
            Often::AsBefore => self.editing.with_value(|editing| {
                let series = &editing.as_ref()?.series;
                series.recurrence().ok()
            })?,
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

    /// The recurring meeting as chosen; tracked.
    fn series(self) -> Option<Series> {
        let before = self
            .editing
            .with_value(|editing| editing.as_ref().map(|it| Series::clone(&it.series)));
        let rule = match (self.reach(), &before) {
            // One occurrence has no rule of its own.
            (Some(Reach::One), Some(before)) => before.rule.clone(),
            _ => self.rule()?.to_string(),
        };
        Some(Series {
            dealer: self.dealer.get()?,
            channel: CHANNELS.get(self.channel.get()).copied(),
            subject: self.subject.get(),
            first: Some(self.slot()?),
            rule,
            ..before.unwrap_or_else(|| Series::with_id(self.id))
        })
    }

    /// What is wrong with what was chosen, in words.
    fn problem(self, series: &Series) -> Option<String> {
        let s = self.s;
        let found = if self.reach() == Some(Reach::One) {
            problems(&Meeting {
                dealer: series.dealer,
                channel: series.channel,
                subject: series.subject.clone(),
                planned: series.first,
                ..Meeting::with_id(s.store.fresh())
            })
        } else {
            problems(series)
        };
        found.first().map(|problem| problem.fault.text(s.lang))
    }

    /// Writes what was chosen; says in words what keeps it from being written.
    fn write(self) -> Result<(), String> {
        let s = self.s;
        if self.dealer.get().is_none() {
            return Err(s.t(today::CHOOSE_DEALER).to_owned());
        }
        let incomplete = || s.t(texts::RULE_INCOMPLETE).to_owned();
        let series = self.series().ok_or_else(incomplete)?;
        if let Some(problem) = self.problem(&series) {
            return Err(problem);
        }
        let (writes, said) = match self.reach().zip(self.editing.get_value()) {
            None => (changes(None, &series), texts::SERIES_PLANNED),
            Some((
                reach,
                Editing {
                    series: was, on, ..
                },
            )) => {
                if reach == Reach::One {
                    super::moving::make(s, &was, on);
                }
                let writes = s.store.peek(|book| {
                    let mut fresh = || s.store.fresh::<Series>().uuid();
                    revise(book, &was, on, reach, &series, s.today, &mut fresh)
                });
                (writes, texts::SERIES_CHANGED)
            }
        };
        s.store.act(Act::of(writes), s.t(said).to_owned());
        Ok(())
    }
}

/// The sheet in which a recurring meeting is planned.
pub(super) fn dialog(s: Scene, sheets: Sheets) -> View {
    sheet(Choice::new(s), sheets)
}

/// The sheet in which one is changed, from the occurrence on a date that takes place at `slot`.
pub(super) fn changing(
    s: Scene,
    sheets: Sheets,
    series: Arc<Series>,
    on: Date,
    slot: Option<Slot>,
) -> View {
    sheet(Choice::of(s, Editing { series, on, slot }), sheets)
}

fn sheet(choice: Choice, sheets: Sheets) -> View {
    let s = choice.s;
    let closing = RwSignal::new(false);
    let submit = Callback::new(move |()| match untrack(|| choice.write()) {
        Ok(()) => closing.set(true),
        Err(why) => choice.fault.set(Some(why)),
    });
    let touched = Callback::new(move |()| choice.fault.set(None));
    let is_new = choice.editing.with_value(Option::is_none);
    let whom = is_new.then(|| dealer_choice(s, choice.dealer, touched));
    let reach = (!is_new).then(|| {
        segmented(
            s.t(texts::REACH),
            Reach::ALL.map(|reach| s.t(reach.words())).to_vec(),
            choice.reach.into(),
            Callback::new(move |place| {
                choice.reach.set(place);
                choice.fault.set(None);
                untrack(|| choice.begin_at());
            }),
        )
    });
    let often: Vec<Words> = choice.oftens().into_iter().map(Often::words).collect();
    let begins = if is_new {
        texts::FIRST_TIME
    } else {
        texts::BEGINS
    };
    let body = view! {
        {whom}
        {reach}
        {select(choice, today::CHANNEL, CHANNELS.map(Channel::words).to_vec(), choice.channel)}
        {text(choice, texts::SUBJECT, "text", choice.subject)}
        {text(choice, begins, "datetime-local", choice.start)}
        {text(choice, texts::MINUTES, "number", choice.minutes)}
        {move || {
            (choice.reach() != Some(Reach::One)).then(|| view! {
                {select(choice, texts::HOW_OFTEN, often.clone(), choice.often)}
                {select(choice, texts::HOW_LONG, ENDS.to_vec(), choice.ends)}
                {move || match choice.ends.get() {
                    1 => Some(text(choice, texts::TIMES, "number", choice.times)),
                    2 => Some(text(choice, texts::UNTIL, "date", choice.until)),
                    _ => None,
                }}
                {move || preview(choice)}
            })
        }}
    };
    let foot = view! {
        <p class="dock-note" role="status">{move || choice.fault.get()}</p>
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(shell::SAVE)}</button>
    };
    let title = if is_new {
        texts::RECURRING
    } else {
        texts::EDIT_SERIES
    };
    overlay(
        Overlay::Sheet,
        s.t(title).to_owned(),
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
    // The 31st, or 29 February, is not in every month or year.
    let skips = match &rule.pattern {
        Pattern::MonthlyOnDays(days) => days.iter().any(|day| *day > 28),
        Pattern::Yearly => (day.month(), day.day()) == (2, 29),
        _ => false,
    };
    view! {
        <div class="note" data-tone="info" role="status">
            {Icon::Calendar.draw()}
            <p>
                {rule.text(day, s.lang)}
                <br/>
                {dates.join(" · ")}
                {skips.then(|| view! { <br/> {s.t(texts::SKIPS)} })}
            </p>
        </div>
    }
}
