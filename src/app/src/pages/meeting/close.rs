//! Close: the next date, proposed from the cadence, and the end.

use super::came::came;
use super::{Visit, back};
use crate::components::explain::{explain, unique_id};
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::locales::{meeting as texts, schedule};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use std::sync::Arc;
use tongxing_domain::cadence::{Cadence, CadenceFigure};
use tongxing_domain::date::parse_date;
use tongxing_domain::position;
use tongxing_domain::schema::{Change, Record, changes};
use tongxing_domain::tables::{AgendaItem, Channel, Meeting};
use tongxing_domain::visit::{NextDate, NextReason, agenda, close, propose_next};
use tongxing_view::prelude::*;

/// Length of a next meeting, in minutes, where nothing else is known.
const LENGTH: u16 = 60;

/// What the person chooses for the next meeting.
#[derive(Clone, Copy)]
struct Choice {
    date: RwSignal<String>,
    time: RwSignal<String>,
    /// None: no next meeting.
    channel: RwSignal<Option<Channel>>,
    carry: RwSignal<bool>,
    fault: RwSignal<bool>,
}

pub(super) fn view(visit: Visit) -> (View, View) {
    let s = visit.s;
    let proposal = s
        .store
        .peek(|book| propose_next(book, visit.dealer, s.today));
    let time = proposal.map_or((10, 0), |next| next.time);
    let choice = Choice {
        date: RwSignal::new(
            proposal
                .map(|next| next.date.to_string())
                .unwrap_or_default(),
        ),
        time: RwSignal::new(clock_text(time)),
        channel: RwSignal::new(proposal.map(|next| next.channel)),
        carry: RwSignal::new(true),
        fault: RwSignal::new(false),
    };
    let planned = proposal.filter(|next| next.planned.is_some());
    let open_items = Memo::new(move |_| {
        s.store.read(|book| {
            agenda(book, visit.id)
                .into_iter()
                .filter(|item| item.discussed != Some(true))
                .collect::<Vec<_>>()
        })
    });
    let agreed = Memo::new(move |_| s.store.read(|book| came(book, visit.id).len()));
    let body = view! {
        <div class="narrow">
            {section(
                s.t(texts::NEXT),
                None,
                None,
                view! {
                    {headline(visit, choice, proposal)}
                    {planned.is_none().then(|| form(visit, choice))}
                    {move || carry(visit, choice, &open_items.get(), planned.is_some())}
                },
            )}
        </div>
    };
    let finish = move |_| finish(visit, choice, proposal);
    let channel = visit.of(|meeting| meeting.channel);
    let dock = view! {
        <p class="dock-note">{move || texts::count_agreed(s.lang, agreed.get())}</p>
        {back(visit, VisitStep::Agree)}
        <button class="btn" data-kind="primary" type="button" on:click=finish>
            {Icon::Check.draw()}
            {move || texts::finish(s.lang, channel.get())}
        </button>
    };
    (body.into_view(), dock.into_view())
}

fn clock_text((hour, minute): (u32, u32)) -> String {
    format!("{hour:02}:{minute:02}")
}

/// The next meeting as chosen now. `Err` where a date is missing or past.
fn chosen(
    visit: Visit,
    choice: Choice,
    proposal: Option<NextDate>,
) -> Result<Option<NextDate>, ()> {
    if let Some(planned) = proposal.filter(|next| next.planned.is_some()) {
        return Ok(Some(planned));
    }
    let Some(channel) = choice.channel.get_untracked() else {
        return Ok(None);
    };
    let date = parse_date(&choice.date.get_untracked())
        .filter(|date| *date >= visit.s.today)
        .ok_or(())?;
    let time = choice.time.get_untracked();
    let (hour, minute) = time.split_once(':').unwrap_or(("10", "00"));
    let why = proposal.map_or(
        NextReason::Cadence {
            interval_days: 0,
            must_visit: false,
        },
        |next| next.why,
    );
    Ok(Some(NextDate {
        date,
        time: (hour.parse().unwrap_or(10), minute.parse().unwrap_or(0)),
        minutes: proposal.map_or(LENGTH, |next| next.minutes),
        channel,
        why,
        planned: None,
    }))
}

/// The proposal in one line, with its reason.
fn headline(visit: Visit, choice: Choice, proposal: Option<NextDate>) -> View {
    let s = visit.s;
    let day = move || {
        let date = parse_date(&choice.date.get());
        match (choice.channel.get(), date) {
            (Some(_), Some(date)) => {
                texts::next_on(s.lang, &schedule::weekday_and_day(s.lang, date, s.today))
            }
            _ => s.t(texts::NO_NEXT_TEXT).to_owned(),
        }
    };
    // The rhythm is the team's own business; so is why a date comes of it.
    let reason = proposal.filter(|_| !s.shared).map(|next| {
        let lines = s.store.peek(|book| {
            book.dealers
                .get_any(visit.dealer)
                .map(|dealer| {
                    Cadence::of(book, dealer, s.today).explain(CadenceFigure::Next, s.lang)
                })
                .unwrap_or_default()
        });
        let why = s.t(texts::WHY_DATE).to_owned();
        view! {
            <div data-internal="">{explain(next.why.text(s.lang), why, move || lines.clone())}</div>
        }
    });
    let open = proposal.and_then(|next| next.planned).map(|id| {
        view! {
            <a class="btn" href=Route::Meeting(id, VisitStep::Prepare).href()>
                {s.t(texts::step(VisitStep::Prepare, None))}
            </a>
        }
    });
    view! {
        <div class="next">
            {Icon::Calendar.draw()}
            <div class="next-main">
                <h3>{day}</h3>
                {reason}
            </div>
            {open}
        </div>
    }
}

fn form(visit: Visit, choice: Choice) -> View {
    let s = visit.s;
    let (date, time, fault, group) = (
        unique_id("next"),
        unique_id("next"),
        unique_id("next"),
        unique_id("next"),
    );
    let channels: Vec<Option<Channel>> = [Channel::Visit, Channel::Call, Channel::Video]
        .map(Some)
        .into_iter()
        .chain([None])
        .collect();
    let none = Memo::new(move |_| choice.channel.get().is_none());
    let described = fault.clone();
    view! {
        <div class="form section">
            <fieldset class="field">
                <legend>{s.t(texts::CHANNEL)}</legend>
                <div class="segmented">
                    {channels
                        .into_iter()
                        .map(|channel| {
                            let name = channel.map_or(texts::NO_NEXT, Channel::words);
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name=group.clone()
                                        prop:checked=move || choice.channel.get() == channel
                                        on:change=move |_| choice.channel.set(channel)
                                    />
                                    <span>{s.t(name)}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <div class="field-row" hidden=move || none.get()>
                <div class="field">
                    <label for=date.clone()>{s.t(texts::DATE)}</label>
                    <input
                        id=date
                        type="date"
                        min=s.today.to_string()
                        aria-describedby=described
                        aria-invalid=move || choice.fault.get().to_string()
                        prop:value=move || choice.date.get()
                        on:input=move |event| {
                            choice.date.set(event_target_value(&event));
                            choice.fault.set(false);
                        }
                    />
                    <p class="error" id=fault hidden=move || !choice.fault.get()>
                        {Icon::Alert.draw()}
                        {s.t(texts::DATE_FAULT)}
                    </p>
                </div>
                <div class="field">
                    <label for=time.clone()>{s.t(texts::TIME)}</label>
                    <input
                        id=time
                        type="time"
                        prop:value=move || choice.time.get()
                        on:input=move |event| choice.time.set(event_target_value(&event))
                    />
                </div>
            </div>
        </div>
    }
}

/// What was not talked about can go onto the next agenda.
fn carry(visit: Visit, choice: Choice, open: &[Arc<AgendaItem>], planned: bool) -> Option<View> {
    let s = visit.s;
    if open.is_empty() {
        return None;
    }
    let titles = open
        .iter()
        .map(|item| view! { <li dir="auto">{item.title.clone()}</li> })
        .collect_view();
    let offered = planned || choice.channel.get().is_some();
    Some(view! {
        <section class="section" aria-label=s.t(texts::NOT_DISCUSSED)>
            <h3>{s.t(texts::NOT_DISCUSSED)}</h3>
            <ul class="plain-list">{titles}</ul>
            {offered
                .then(|| {
                    view! {
                        <label class="check">
                            <input
                                type="checkbox"
                                prop:checked=move || choice.carry.get()
                                on:change=move |event| choice.carry.set(event_target_checked(&event))
                            />
                            <span>{s.t(texts::CARRY_OVER)}</span>
                        </label>
                    }
                })}
        </section>
    })
}

/// Ends the meeting and plans the next in one act.
fn finish(visit: Visit, choice: Choice, proposal: Option<NextDate>) {
    let s = visit.s;
    let Ok(next) = chosen(visit, choice, proposal) else {
        choice.fault.set(true);
        return;
    };
    visit.writing.flush();
    let before = visit.now();
    let mut fresh = || s.store.fresh::<Meeting>().uuid();
    let closing = close(&before, clock::this_minute(), next.as_ref(), &mut fresh);
    let mut writes = changes(Some(&*before), &closing.meeting);
    let follow_up = closing.follow_up;
    let next_meeting = match (&follow_up, next.and_then(|next| next.planned)) {
        (Some(meeting), _) => Some(meeting.id),
        (None, planned) => planned,
    };
    writes.extend(follow_up.iter().flat_map(|meeting| changes(None, meeting)));
    if let Some(meeting) = next_meeting.filter(|_| choice.carry.get_untracked()) {
        writes.extend(carried(visit, meeting));
    }
    let day = next.map(|next| schedule::weekday_and_day(s.lang, next.date, s.today));
    s.store.act(
        Act::of(writes),
        texts::finished(s.lang, before.channel, day.as_deref()),
    );
    s.nav.go(Route::Dealer(visit.dealer, DealerTab::Overview));
}

/// The items that were not talked about, as items of the next meeting.
fn carried(visit: Visit, next: tongxing_domain::id::Id<Meeting>) -> Vec<Change> {
    let s = visit.s;
    s.store.peek(|book| {
        let there = agenda(book, next);
        let open: Vec<Arc<AgendaItem>> = agenda(book, visit.id)
            .into_iter()
            .filter(|item| item.discussed != Some(true))
            .filter(|item| {
                item.about.is_none() || there.iter().all(|other| other.about != item.about)
            })
            .collect();
        let last = there
            .last()
            .map(|item| item.position.as_str())
            .filter(|at| !at.is_empty());
        position::several(last, open.len())
            .into_iter()
            .zip(open)
            .flat_map(|(position, item)| {
                let item = AgendaItem {
                    meeting: next,
                    title: item.title.clone(),
                    about: item.about,
                    position,
                    ..AgendaItem::with_id(s.store.fresh())
                };
                changes(None, &item)
            })
            .collect()
    })
}
