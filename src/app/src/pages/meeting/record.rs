//! A closed meeting: its minutes, what was agreed, who was there.

use super::{Visit, agree, dealer_note, focus_heading, head, name};
use crate::components::icon::Icon;
use crate::components::marks::internal_mark;
use crate::components::own_fields::own_section;
use crate::components::pane::section;
use crate::locales::{meeting as texts, schedule, time};
use crate::state::route::{Route, VisitStep};
use tongxing_domain::book::Book;
use tongxing_domain::tables::{Channel, Meeting};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

pub(super) fn view(visit: Visit) -> View {
    let s = visit.s;
    let reopen = move |_| {
        visit.act(s.t(texts::REOPENED).to_owned(), |meeting| {
            meeting.outcome = Outcome::Open;
            meeting.ended = None;
        });
        s.nav.replace(Route::Meeting(visit.id, VisitStep::Run));
        request_animation_frame(focus_heading);
    };
    view! {
        <section class="pane" data-role="page" aria-label=move || name(visit)>
            {head(visit, None)}
            <div class="body">
                {dealer_note(visit)}
                <div class="columns">
                    <div>
                        {section(s.t(texts::MINUTES), None, None, minutes(visit))}
                        {agree::agreed(visit, false)}
                    </div>
                    <aside aria-label=s.t(texts::FACTS)>
                        {section(s.t(texts::FACTS), None, None, facts(visit))}
                        {own_section(s, visit.link())}
                        {(!s.shared).then(|| notes(visit))}
                    </aside>
                </div>
            </div>
            <footer class="dock">
                <p class="dock-note">{s.t(texts::CLOSED)}</p>
                <button class="btn" type="button" on:click=reopen>
                    {Icon::Undo.draw()}
                    {s.t(texts::REOPEN)}
                </button>
            </footer>
        </section>
    }
}

fn minutes(visit: Visit) -> View {
    let s = visit.s;
    let text = visit.of(|meeting| meeting.minutes.clone());
    (move || {
        let text = text.get();
        if text.is_empty() {
            return view! { <p class="help">{s.t(texts::NO_MINUTES)}</p> };
        }
        let lines = text
            .lines()
            .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
            .collect_view();
        view! { <div class="prose">{lines}</div> }
    })
    .into_view()
}

fn people(book: &Book, meeting: &Meeting, separator: &str) -> String {
    let contacts = meeting
        .attendees
        .iter()
        .filter_map(|id| Some(book.contacts.get_any(*id)?.name.clone()));
    contacts
        .chain(meeting.guests.iter().cloned())
        .collect::<Vec<_>>()
        .join(separator)
}

fn facts(visit: Visit) -> View {
    let s = visit.s;
    let lines = Memo::new(move |_| {
        let meeting = visit.meeting.get().unwrap_or_default();
        let day = |date| schedule::weekday_and_day(s.lang, date, s.today);
        let took_place = meeting.started.map(|start| {
            let end = meeting
                .ended
                .map(|end| format!("–{}", time::clock(end)))
                .unwrap_or_default();
            format!("{} {}{end}", day(start.date()), time::clock(start))
        });
        let who = s
            .store
            .read(|book| people(book, &meeting, s.t(texts::LIST_SEPARATOR)));
        let channel = meeting
            .channel
            .map(|channel: Channel| s.t(channel.words()).to_owned());
        [
            (texts::CHANNEL, channel),
            (texts::TOOK_PLACE, took_place),
            (texts::PRESENT, Some(who)),
            (texts::PURPOSE, Some(meeting.purpose.clone())),
            (texts::NEXT, meeting.next_on.map(day)),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((s.t(label), value.filter(|value| !value.is_empty())?)))
        .collect::<Vec<_>>()
    });
    (move || {
        let lines = lines
            .get()
            .into_iter()
            .map(|(label, value)| {
                view! {
                    <div>
                        <dt>{label}</dt>
                        <dd dir="auto">{value}</dd>
                    </div>
                }
            })
            .collect_view();
        view! { <dl class="facts">{lines}</dl> }
    })
    .into_view()
}

/// What only the team may read.
fn notes(visit: Visit) -> View {
    let s = visit.s;
    let text = visit.of(|meeting| meeting.internal_notes.clone());
    (move || {
        let text = text.get();
        (!text.is_empty()).then(|| {
            let lines = text.lines().map(|line| view! { <p dir="auto">{line.to_owned()}</p> }).collect_view();
            view! {
                <div data-internal="">
                    {section(s.t(texts::INTERNAL_NOTES), None, Some(internal_mark()), lines.into_view())}
                </div>
            }
        })
    })
    .into_view()
}
