//! Meetings of today, with their time in the notebook's margin, and those of the coming days.

use super::{Cut, dealer_name};
use crate::components::marks::{Tone, badge};
use crate::components::pane::section;
use crate::locales::{time, today as texts};
use crate::state::route::{Route, VisitStep};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{AHEAD_DAYS, Attention};
use tongxing_domain::book::Book;
use tongxing_domain::date::{Date, Minute, add_days};
use tongxing_domain::tables::{Meeting, MeetingStage};
use tongxing_domain::visit::agenda;
use tongxing_view::prelude::*;

/// So many of today are shown at first: more than anybody holds, not more than a whole team.
const FIRST_OF_TODAY: usize = 12;
/// So many of the coming days.
const FIRST_COMING: usize = 6;

/// A meeting as it stands in the list.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    meeting: Arc<Meeting>,
    dealer: String,
    people: String,
    items: usize,
}

fn entry(book: &Book, meeting: &Arc<Meeting>) -> Entry {
    let people: Vec<&str> = meeting
        .attendees
        .iter()
        .filter_map(|id| Some(book.contacts.get(*id)?.name.as_str()))
        .collect();
    Entry {
        dealer: dealer_name(book, meeting.dealer),
        people: people.join("、"),
        items: agenda(book, meeting.id).len(),
        meeting: Arc::clone(meeting),
    }
}

/// Meetings that are running, of today, or left open.
pub(super) fn today(s: Scene, found: Memo<Arc<Attention>>) -> View {
    let cut = Cut::after(FIRST_OF_TODAY);
    let count = Memo::new(move |_| found.with(|found| found.visits.len()));
    let entries = Memo::new(move |_| {
        let found = found.get();
        let shown = cut.shown(found.visits.len());
        s.store.read(|book| {
            let shown = found.visits.iter().take(shown);
            shown
                .map(|meeting| entry(book, meeting))
                .collect::<Vec<_>>()
        })
    });
    let list = move || {
        let entries = entries.get();
        if entries.is_empty() {
            return view! { <p class="help">{s.t(texts::NO_VISITS)}</p> };
        }
        let rows = entries
            .into_iter()
            .map(|entry| row(s, entry))
            .collect_view();
        view! { <ul class="rows" data-margin="">{rows}</ul> }
    };
    let head = view! {
        {move || (count.get() > 0).then(|| view! { <b class="count">{count.get()}</b> })}
        {cut.switch(s, move || count.get())}
    };
    section(
        s.t(texts::VISITS),
        None,
        Some(head.into_view()),
        list.into_view(),
    )
}

fn row(s: Scene, entry: Entry) -> View {
    let Entry {
        meeting,
        dealer,
        people,
        items,
    } = entry;
    let begins = meeting.started.or(meeting.planned.map(|slot| slot.start));
    let running = meeting.stage() == MeetingStage::Running;
    let past = !running && meeting.day().is_some_and(|day| day < s.today);
    let (step, act, primary) = match (running, past, items) {
        (true, ..) => (VisitStep::Run, texts::CONTINUE, true),
        (_, true, _) => (VisitStep::Run, texts::WRITE_UP, false),
        (_, _, 0) => (VisitStep::Prepare, texts::PREPARE, false),
        _ => (VisitStep::CheckIn, texts::BEGIN, true),
    };
    let prepared = if items > 0 {
        texts::agenda(s.lang, items)
    } else {
        s.t(texts::NOT_PREPARED).to_owned()
    };
    let facts = [
        meeting
            .channel
            .map(|channel| s.t(channel.words()).to_owned())
            .unwrap_or_default(),
        people,
        meeting.subject.clone(),
        if running || past {
            String::new()
        } else {
            prepared
        },
    ];
    let sub = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let href = Route::Meeting(meeting.id, step).href();
    let label = format!("{}{}{dealer}", s.t(act), s.t(texts::SPACE));
    view! {
        <li class="row">
            {margin(s, begins, &meeting, past)}
            <a class="row-main" href=href.clone()>
                <span class="row-title">{dealer}</span>
                <span class="row-sub" dir="auto">
                    {running.then(|| view! { {badge(Tone::Good, s.t(texts::RUNNING))} " " })}
                    {sub}
                </span>
            </a>
            <span class="row-end">
                <a class="btn" data-kind=primary.then_some("primary") href=href aria-label=label>
                    {s.t(act)}
                </a>
            </span>
        </li>
    }
}

/// The time in the margin; of a past day its date.
fn margin(s: Scene, begins: Option<Minute>, meeting: &Meeting, past: bool) -> Option<View> {
    let begins = begins?;
    let day = begins.date();
    let (main, small) = if day == s.today {
        // Nobody knows yet when a meeting that is running will end.
        let end = meeting
            .planned
            .filter(|_| meeting.started.is_none())
            .map(|slot| format!("–{}", time::clock(slot.end())));
        (time::clock(begins), end.unwrap_or_default())
    } else {
        (
            time::day(s.lang, day, s.today),
            time::weekday(s.lang, day).to_owned(),
        )
    };
    Some(view! {
        <time
            class="row-when"
            datetime=begins.to_string()
            data-tone=past.then_some("risk")
        >
            {main}
            <small>{small}</small>
        </time>
    })
}

fn coming(book: &Book, today: Date) -> Vec<Arc<Meeting>> {
    let last = add_days(today, AHEAD_DAYS);
    let mut found: Vec<&Arc<Meeting>> = book
        .meetings
        .iter()
        .filter(|meeting| meeting.stage() == MeetingStage::Planned)
        .filter(|meeting| meeting.day().is_some_and(|day| day > today && day <= last))
        .filter(|meeting| book.dealers.get(meeting.dealer).is_some())
        .collect();
    found.sort_by_key(|meeting| (meeting.planned.map(|slot| slot.start), meeting.id));
    found.into_iter().cloned().collect()
}

/// Meetings of the coming days.
pub(super) fn upcoming(s: Scene) -> View {
    let cut = Cut::after(FIRST_COMING);
    let meetings = Memo::new(move |_| s.store.read(|book| coming(book, s.today)));
    (move || {
        let meetings = meetings.get();
        if meetings.is_empty() {
            return None;
        }
        let count = meetings.len();
        let rows = meetings
            .iter()
            .take(cut.shown(count))
            .filter_map(|meeting| {
                let Entry { meeting, dealer, items, .. } = s.store.peek(|book| entry(book, meeting));
                let start = meeting.planned?.start;
                let day = start.date();
                let mut sub = meeting.channel.map(|channel| s.t(channel.words()).to_owned()).unwrap_or_default();
                sub.push_str(" · ");
                sub.push_str(&time::clock(start));
                if items > 0 {
                    sub.push_str(" · ");
                    sub.push_str(&texts::agenda(s.lang, items));
                }
                Some(view! {
                    <li class="row">
                        <time class="row-when" datetime=start.to_string()>
                            {time::weekday(s.lang, day)}
                            <small>{time::day(s.lang, day, s.today)}</small>
                        </time>
                        <a class="row-main" href=Route::Meeting(meeting.id, VisitStep::Prepare).href()>
                            <span class="row-title">{dealer}</span>
                            <span class="row-sub">{sub}</span>
                        </a>
                    </li>
                })
            })
            .collect_view();
        Some(section(
            s.t(texts::UPCOMING),
            Some(count),
            Some(cut.switch(s, move || count)),
            view! { <ul class="rows" data-margin="">{rows}</ul> },
        ))
    })
    .into_view()
}
