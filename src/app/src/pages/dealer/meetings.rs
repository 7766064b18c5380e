//! Meetings of every channel: to come, and past.

use super::channel_mix;
use super::here::{Here, save_buttons};
use super::timeline::channel_icon;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{empty, section};
use crate::components::quick_log;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::show_more::show_more;
use crate::components::when::day;
use crate::locales::{dealer as text, form, time};
use crate::platform::clock;
use crate::state::route::{Route, VisitStep};
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::date::{Minute, Slot};
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::{Channel, Meeting, MeetingStage};
use tongxing_domain::value::Outcome;
use tongxing_domain::visit::{NextDate, propose_next};
use tongxing_view::prelude::*;

/// So many past meetings are drawn at first, and more at a tap.
const AT_A_TIME: usize = 40;
/// How long a meeting lasts at first, in minutes.
const MINUTES: u16 = 60;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    let drawn = RwSignal::new(AT_A_TIME);
    (move || {
        let meetings: Vec<Arc<Meeting>> = s
            .store
            .read(|book| book.meetings.of(here.id).cloned().collect());
        draw(here, meetings, drawn)
    })
    .into_view()
}

fn draw(here: Here, meetings: Vec<Arc<Meeting>>, drawn: RwSignal<usize>) -> View {
    let s = here.s;
    let acts = || {
        view! {
            <button class="btn" type="button" on:click=move |_| quick_log::open(s, here.sheets, here.id)>
                {Icon::Note.draw()}
                {s.t(text::NOTE)}
            </button>
            <button class="btn" data-kind="primary" type="button" on:click=move |_| plan(here)>
                {Icon::Plus.draw()}
                {s.t(text::PLAN_MEETING)}
            </button>
        }
    };
    if meetings.is_empty() {
        let hint = s.t(text::NO_MEETINGS_HINT);
        let empty = empty(Icon::Calendar, s.t(text::NO_MEETINGS), hint, Some(acts()));
        return view! { <div class="body">{empty}</div> };
    }
    let (mut open, mut past): (Vec<_>, Vec<_>) = meetings.into_iter().partition(|meeting| {
        matches!(
            meeting.stage(),
            MeetingStage::Planned | MeetingStage::Running
        )
    });
    open.sort_by_key(|it| (it.stage() != MeetingStage::Running, begins(it), it.id));
    past.sort_by_key(|it| Reverse((it.day(), begins(it), it.id)));
    let number = past.len();
    let limit = drawn.get();
    let list = |words, count: usize, meetings: &[Arc<Meeting>]| {
        (count > 0).then(|| {
            let list = meetings.iter().map(|meeting| row(here, meeting)).collect();
            section(s.t(words), Some(count), None, rows(list))
        })
    };
    let more = show_more(s, number, drawn, AT_A_TIME);
    view! {
        <div class="body">
            {list(text::UPCOMING, open.len(), &open)}
            {channel_mix::section_of(here)}
            {list(text::PAST, number, past.get(..limit).unwrap_or(&past))}
            {more}
        </div>
        <footer class="dock">{acts()}</footer>
    }
}

fn begins(meeting: &Meeting) -> Option<Minute> {
    meeting.started.or(meeting.planned.map(|slot| slot.start))
}

fn row(here: Here, meeting: &Arc<Meeting>) -> View {
    let s = here.s;
    let stage = meeting.stage();
    let channel = meeting.channel.map_or("", |channel| s.t(channel.words()));
    let title = match meeting.subject.as_str() {
        "" => channel.to_owned(),
        subject => format!("{channel} · {subject}"),
    };
    let first = meeting
        .minutes
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let at = begins(meeting)
        .filter(|_| stage != MeetingStage::CalledOff)
        .map(time::clock);
    let sub = [at, Some(first.to_owned()).filter(|it| !it.is_empty())];
    let end = match stage {
        MeetingStage::Running => Some(badge(Tone::Info, s.t(text::RESUME))),
        MeetingStage::CalledOff => Some(badge(Tone::None, s.t(text::DROP))),
        MeetingStage::Planned if meeting.day().is_some_and(|day| day < s.today) => meeting
            .day()
            .map(|on| badge(Tone::Watch, time::day(s.lang, on, s.today))),
        MeetingStage::Planned | MeetingStage::Closed => meeting.day().map(|on| day(s, on)),
    };
    let step = match stage {
        MeetingStage::Planned => VisitStep::Prepare,
        _ => VisitStep::Run,
    };
    let mut acts = Vec::new();
    if stage == MeetingStage::Planned {
        let called_off = Arc::clone(meeting);
        acts.push(MenuItem::new(Icon::Close, s.t(text::CALL_OFF), move || {
            let after = Meeting {
                outcome: Outcome::Dropped(s.today),
                ..Meeting::clone(&called_off)
            };
            let said = s.t(text::CALL_OFF).to_owned();
            here.write(changes(Some(&*called_off), &after), said);
        }));
    }
    acts.extend([here.edit_item(&**meeting), here.bin_item(meeting.id)]);
    RecordRow {
        lead: Some(channel_icon(meeting.channel).draw()),
        sub: sub
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Place(Route::Meeting(meeting.id, step).href()),
        end,
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

/// Plans the meeting that is proposed.
pub(super) fn plan_proposed(here: Here, next: &NextDate) {
    let s = here.s;
    let meeting = Meeting {
        dealer: here.id,
        channel: Some(next.channel),
        planned: next.slot(),
        ..here.fresh()
    };
    let label = Meeting::TABLE.label.in_lang(s.lang);
    here.write(changes(None, &meeting), form::added(s.lang, label));
}

/// Asks how and when, and plans the meeting.
pub(super) fn plan(here: Here) {
    here.sheets.show(move || draw_plan(here));
}

fn draw_plan(here: Here) -> View {
    let s = here.s;
    let closing = RwSignal::new(false);
    let proposed = s.store.peek(|book| propose_next(book, here.id, s.today));
    let proposed = proposed.filter(|next| next.planned.is_none());
    let channel = RwSignal::new(proposed.map_or(Channel::Visit, |next| next.channel));
    let start = proposed
        .and_then(|next| Some(next.slot()?.start))
        .unwrap_or_else(|| clock::this_minute().next_full_hour());
    let at = RwSignal::new(start.to_string());
    let slot = move || {
        let start = Minute::parse(&at.get())?;
        Some(Slot {
            start,
            minutes: MINUTES,
        })
    };
    let save = Callback::new(move |()| {
        let Some(planned) = untrack(slot) else { return };
        let meeting = Meeting {
            dealer: here.id,
            channel: Some(channel.get_untracked()),
            planned: Some(planned),
            ..here.fresh()
        };
        let label = Meeting::TABLE.label.in_lang(s.lang);
        closing.set(true);
        here.begin(&meeting, form::added(s.lang, label));
    });
    let choices = Channel::ALL
        .iter()
        .map(|each| {
            let each = *each;
            view! {
                <label class="chip">
                    <input
                        type="radio"
                        name="plan-channel"
                        prop:checked=move || channel.get() == each
                        on:change=move |_| channel.set(each)
                    />
                    {channel_icon(Some(each)).draw()}
                    <span>{s.t(each.words())}</span>
                </label>
            }
        })
        .collect_view();
    let body = view! {
        <fieldset class="field">
            <legend>{s.t(text::CHANNEL)}</legend>
            <div class="chips">{choices}</div>
        </fieldset>
        <div class="field">
            <label for="plan-at">{s.t(text::WHEN)}</label>
            <input
                id="plan-at"
                type="datetime-local"
                required
                prop:value=move || at.get()
                on:input=move |event| at.set(event_target_value(&event))
            />
        </div>
    };
    overlay(
        Overlay::Dialog,
        s.t(text::PLAN_MEETING).to_owned(),
        closing,
        Callback::new(move |()| here.sheets.closed()),
        save,
        body,
        save_buttons(s, closing, move || slot().is_some()),
    )
}
