//! Prepare: the agenda, the dealer at a glance, who, when and what for.

use super::{Visit, agenda, onward, people};
use crate::components::explain::explain;
use crate::components::marks::{Tone, badge};
use crate::components::own_fields::own_section;
use crate::components::pace_row::pace_row;
use crate::components::pane::section;
use crate::components::when;
use crate::locales::{Words, meeting as texts, schedule, time, today as today_texts};
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{Matter, for_dealer};
use tongxing_domain::book::Book;
use tongxing_domain::cadence::Cadence;
use tongxing_domain::date::Date;
use tongxing_domain::explain::{Line, counting};
use tongxing_domain::id::Id;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::promises::{LATE_RULE, OPEN_RULE};
use tongxing_domain::tables::{Channel, Dealer, Goal, Meeting, MeetingStage, Promise};
use tongxing_view::prelude::*;

/// How many lines of the last minutes are shown.
const LAST_LINES: usize = 6;

pub(super) fn view(visit: Visit) -> (View, View) {
    let s = visit.s;
    let proposals = agenda::proposals(visit);
    let empty = agenda::is_empty(visit);
    let hint = move || {
        empty.get().then(|| {
            let text = if proposals.with(Vec::is_empty) {
                texts::NO_AGENDA_AT_ALL
            } else {
                texts::NO_AGENDA
            };
            view! { <p class="help">{s.t(text)}</p> }
        })
    };
    let begun = visit.of(|meeting| meeting.started.is_some());
    let body = view! {
        <div class="columns">
            <div>
                {agenda::view(visit, false, hint.into_view())}
                {agenda::suggestions(visit, proposals)}
            </div>
            <aside aria-label=s.t(texts::BRING)>
                {glance(visit)}
                {people::view(visit, texts::WHO)}
                {when_and_why(visit)}
                {own_section(visit.s, visit.link())}
                {last_time(visit)}
            </aside>
        </div>
    };
    let dock = view! {
        <p class="dock-note">{s.t(texts::KEPT_AT_ONCE)}</p>
        {move || onward(visit, if begun.get() { VisitStep::Run } else { VisitStep::CheckIn })}
    };
    (body.into_view(), dock.into_view())
}

/// The dealer's facts that a meeting should begin with.
#[derive(Clone, Debug, Default, PartialEq)]
struct Glance {
    last: Option<(Date, Channel)>,
    open: Vec<Arc<Promise>>,
    behind: Vec<(Arc<Goal>, Pacing)>,
}

fn glance_of(book: &Book, dealer: Id<Dealer>, today: Date) -> Glance {
    let Some(record) = book.dealers.get_any(dealer) else {
        return Glance::default();
    };
    let last = Cadence::of(book, record, today).last_contact;
    let open = book
        .promises
        .of(dealer)
        .filter(|promise| promise.outcome.is_open());
    let mut found = Glance {
        last: last.map(|made| (made.day, made.channel)),
        ..Glance::default()
    };
    found.open.extend(open.cloned());
    for matter in for_dealer(book, dealer, today).list {
        if let Matter::Behind(goal, pacing) = matter {
            found.behind.push((goal, *pacing));
        }
    }
    found
}

/// How many promises there are, with each of them and its due date.
fn promise_count(
    s: Scene,
    promises: Vec<Arc<Promise>>,
    rule: Words,
    figure: impl Fn(usize) -> View,
) -> View {
    explain(
        figure(promises.len()),
        s.t(texts::OPEN_PROMISES),
        move || {
            let lines = promises.iter().map(|promise| {
                let due = promise.due.map(|due| time::day(s.lang, due, s.today));
                Line::new(promise.title.clone(), due.unwrap_or_else(|| "—".to_owned()))
            });
            counting(rule, lines.collect(), s.lang)
        },
    )
}

fn glance(visit: Visit) -> View {
    let s = visit.s;
    let found = Memo::new(move |_| s.store.read(|book| glance_of(book, visit.dealer, s.today)));
    let stats = move || {
        let found = found.get();
        let last = found.last.map_or_else(
            || s.t(texts::NEVER).into_view(),
            |(day, _)| when::near(s, day),
        );
        let channel = found.last.map(|(_, channel)| s.t(channel.words()));
        let open = promise_count(s, found.open.clone(), OPEN_RULE, |count| {
            count.to_string().into_view()
        });
        let mut late = found.open;
        late.retain(|promise| promise.due.is_some_and(|due| due < s.today));
        let late = (!late.is_empty()).then(|| {
            promise_count(s, late, LATE_RULE, |count| {
                badge(Tone::Risk, texts::late_count(s.lang, count))
            })
        });
        let behind = found
            .behind
            .iter()
            .map(|(goal, pacing)| {
                let word = s.t(pacing.rag.words()).to_owned();
                pace_row(s, goal.title.clone(), word, goal, pacing)
            })
            .collect_view();
        view! {
            <dl class="stats">
                <div class="stat">
                    <dt>{s.t(texts::LAST_CONTACT)}</dt>
                    <dd>{last}</dd>
                    <dd class="stat-note">{channel}</dd>
                </div>
                <div class="stat">
                    <dt>{s.t(texts::OPEN_PROMISES)}</dt>
                    <dd>{open}</dd>
                    <dd class="stat-note">{late}</dd>
                </div>
            </dl>
            <ul class="rows">{behind}</ul>
        }
    };
    let all = view! {
        <a
            class="section-more"
            href=Route::Dealer(visit.dealer, DealerTab::Overview).href()
        >
            {s.t(texts::TO_DEALER)}
        </a>
    };
    section(
        s.t(texts::GLANCE),
        None,
        Some(all.into_view()),
        stats.into_view(),
    )
}

fn when_and_why(visit: Visit) -> View {
    let s = visit.s;
    let facts = visit.of(move |meeting| {
        let slot = meeting.planned.map_or_else(
            || s.t(texts::NO_DATE).to_owned(),
            |slot| schedule::slot(s.lang, slot, s.today),
        );
        (meeting.channel, slot, meeting.purpose.clone())
    });
    let change = view! {
        <button class="section-more" type="button" on:click=move |_| visit.edit()>
            {s.t(texts::EDIT)}
        </button>
    };
    let list = move || {
        let (channel, slot, purpose) = facts.get();
        view! {
            <dl class="facts">
                <div>
                    <dt>{s.t(texts::CHANNEL)}</dt>
                    <dd>{channel.map(|channel| s.t(channel.words()))}</dd>
                </div>
                <div>
                    <dt>{s.t(today_texts::WHEN)}</dt>
                    <dd>{slot}</dd>
                </div>
                {(!purpose.is_empty())
                    .then(|| {
                        view! {
                            <div data-span="all">
                                <dt>{s.t(texts::PURPOSE)}</dt>
                                <dd dir="auto">{purpose}</dd>
                            </div>
                        }
                    })}
            </dl>
        }
    };
    section(
        s.t(texts::WHEN),
        None,
        Some(change.into_view()),
        list.into_view(),
    )
}

/// The last closed meeting with minutes.
fn last_meeting(book: &Book, dealer: Id<Dealer>, but: Id<Meeting>) -> Option<Arc<Meeting>> {
    book.meetings
        .of(dealer)
        .filter(|meeting| {
            meeting.id != but
                && meeting.stage() == MeetingStage::Closed
                && !meeting.minutes.is_empty()
        })
        .max_by_key(|meeting| (meeting.day(), meeting.id))
        .cloned()
}

fn last_time(visit: Visit) -> View {
    let s = visit.s;
    let last = Memo::new(move |_| {
        s.store
            .read(|book| last_meeting(book, visit.dealer, visit.id))
    });
    (move || {
        last.get().map(|last| {
            let lines: Vec<String> = last
                .minutes
                .lines()
                .take(LAST_LINES)
                .map(str::to_owned)
                .collect();
            let link = view! {
                <a class="section-more" href=Route::Meeting(last.id, VisitStep::Prepare).href()>
                    {last.day().map(|day| when::day(s, day))}
                </a>
            };
            let text = lines
                .into_iter()
                .map(|line| view! { <p dir="auto">{line}</p> })
                .collect_view();
            section(
                s.t(texts::LAST_TIME),
                None,
                Some(link.into_view()),
                text.into_view(),
            )
        })
    })
    .into_view()
}
