//! Moving an item to another time, or to another day.

use super::Calendar;
use crate::components::explain::unique_id;
use crate::components::overlay::{Overlay, overlay};
use crate::locales::{calendar as texts, shell};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::calendar::{Item, What, move_to, occurrence};
use tongxing_domain::date::{Date, Minute, add_days, days_between, parse_date};
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Meeting, MeetingStage, Series};
use tongxing_view::prelude::*;

/// Whether an item can be moved: what happened or was signed cannot.
pub(super) fn is_movable(what: &What) -> bool {
    match what {
        What::Meeting(meeting) => meeting.stage() == MeetingStage::Planned,
        What::Occurrence(..) | What::Due(_) => true,
        What::ContractEnd(_) => false,
    }
}

/// What is moved: of an occurrence that nobody touched yet the meeting, made where the rule has
/// it. Undoing the move then leaves the meeting there; undoing its making would put it in the
/// bin, and the occurrence with it.
fn made(s: Scene, what: &What) -> What {
    match what {
        What::Occurrence(series, on) => What::Meeting(Arc::new(make(s, series, *on))),
        What::Meeting(_) | What::Due(_) | What::ContractEnd(_) => what.clone(),
    }
}

/// Makes a meeting of an occurrence that nobody touched yet; see [`made`].
pub(super) fn make(s: Scene, series: &Series, on: Date) -> Meeting {
    let id = series.occurrence_id(on);
    let known = s.store.peek(|book| book.meetings.get(id).cloned());
    if let Some(known) = known {
        return Meeting::clone(&known);
    }
    let meeting = occurrence(series, on);
    s.store.act_quietly(Act::of(changes(None, &meeting)));
    meeting
}

/// Moves an item to another day, at the same time of day.
pub(super) fn to_day(calendar: Calendar, item: &Item, title: &str, day: Date) {
    let s = calendar.s;
    if day == item.day || !is_movable(&item.what) {
        return;
    }
    // What goes on from the day before begins as much earlier there.
    let days = days_between(item.day, day);
    let to = match item.time {
        Some(slot) => {
            let (hour, minute) = slot.start.time();
            Minute::at(add_days(slot.start.date(), days), hour, minute)
        }
        None => Minute::at(day, 0, 0),
    };
    let Some(to) = to else { return };
    let what = made(s, &item.what);
    let writes = s.store.peek(|book| move_to(book, &what, to));
    let said = texts::moved(s.lang, title, &what, to, s.today);
    s.store.act(Act::of(writes), said);
}

/// Asks for the new time.
pub(super) fn ask(calendar: Calendar, item: Item, title: String) {
    let sheets = calendar.sheets;
    sheets.show(move || dialog(calendar, item.clone(), title.clone()));
}

fn dialog(calendar: Calendar, item: Item, title: String) -> View {
    let (s, sheets) = (calendar.s, calendar.sheets);
    let closing = RwSignal::new(false);
    let start = item.time.map(|slot| slot.start);
    let (kind, label, now) = match start {
        Some(start) => ("datetime-local", texts::NEW_START, start.to_string()),
        None => ("date", texts::NEW_DAY, item.day.to_string()),
    };
    let typed = RwSignal::new(now);
    // The day alone is asked of what has no time.
    let to = move || {
        typed.with(|typed| match start {
            Some(_) => Minute::parse(typed),
            None => Minute::at(parse_date(typed)?, 0, 0),
        })
    };
    let id = unique_id("start");
    let said = title.clone();
    let submit = Callback::new(move |()| {
        let Some(to) = untrack(to) else { return };
        let what = made(s, &item.what);
        let writes = s.store.peek(|book| move_to(book, &what, to));
        let said = texts::moved(s.lang, &said, &what, to, s.today);
        s.store.act(Act::of(writes), said);
        closing.set(true);
    });
    let body = view! {
        <p dir="auto">{title}</p>
        <div class="field">
            <label for=id.clone()>{s.t(label)}</label>
            <input
                id=id
                type=kind
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </div>
    };
    let foot = view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit" disabled=move || to().is_none()>
            {s.t(shell::SAVE)}
        </button>
    };
    overlay(
        Overlay::Dialog,
        s.t(texts::MOVE).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        submit,
        body.into_view(),
        foot.into_view(),
    )
}
