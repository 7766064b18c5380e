//! The overview: who, last visit, numbers and trend, what matters now, and the next step.

use super::here::Here;
use super::rows::{due_row, goal_row, promise_row};
use super::timeline::event;
use super::{meetings, trust};
use crate::components::edited_apart::edited_apart;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::spark::spark;
use crate::components::when;
use crate::locales::{dealer as text, time};
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{DueKind, Matter, Matters, NextStep, for_dealer};
use tongxing_domain::book::Book;
use tongxing_domain::cadence::{Cadence, CadenceFigure};
use tongxing_domain::date::days_between;
use tongxing_domain::health::{Band, Health};
use tongxing_domain::id::Id;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::promises::Ledger;
use tongxing_domain::schema::Record as _;
use tongxing_domain::settle::Settling;
use tongxing_domain::tables::{Dealer, Goal, Meeting, MeetingStage, Promise};
use tongxing_domain::timeline::{Entry, entries};
use tongxing_domain::trend::{Trend, TrendFigure};
use tongxing_domain::visit::{NextDate, propose_next};
use tongxing_view::prelude::*;

/// Figures of this many metrics stand at the top.
const METRICS: usize = 2;
/// So many promises are shown before "all".
const PROMISES: usize = 5;
/// So many events are shown before "timeline".
const EVENTS: usize = 4;

/// Everything that the overview shows.
struct Overview {
    dealer: Arc<Dealer>,
    cadence: Cadence,
    matters: Matters,
    next: Option<NextDate>,
    trends: Vec<Trend>,
    promises: Vec<Arc<Promise>>,
    ledger: Ledger,
    goals: Vec<(Arc<Goal>, Option<Pacing>)>,
    health: Option<Health>,
    events: Vec<Entry>,
}

impl Overview {
    fn of(book: &Book, here: Here) -> Option<Self> {
        let (id, today) = (here.id, here.s.today);
        let dealer = Arc::clone(book.dealers.get(id)?);
        let mut promises: Vec<_> = book
            .promises
            .of(id)
            .filter(|promise| promise.outcome.is_open())
            .cloned()
            .collect();
        promises.sort_by_key(|promise| (promise.due.is_none(), promise.due, promise.id));
        let mut goals: Vec<_> = book
            .goals
            .of(id)
            .filter(|goal| goal.outcome.is_open())
            .map(|goal| (Arc::clone(goal), Pacing::of(book, goal, today)))
            .collect();
        goals.sort_by_key(|(goal, pacing)| {
            (
                pacing.as_ref().map(|pacing| pacing.rag),
                goal.span.map(|span| span.end()),
                goal.id,
            )
        });
        let mut events = entries(book, id);
        events.truncate(EVENTS);
        Some(Self {
            cadence: Cadence::of(book, &dealer, today),
            matters: for_dealer(book, id, today),
            next: propose_next(book, id, today),
            trends: Trend::all(book, id, today),
            promises,
            ledger: Ledger::of(book, id, today),
            goals,
            health: Health::of(book, id, today),
            events,
            dealer,
        })
    }
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    (move || {
        let overview = here.s.store.read(|book| Overview::of(book, here));
        overview.map(|overview| draw(here, &overview))
    })
    .into_view()
}

fn draw(here: Here, overview: &Overview) -> View {
    let shared = here.s.shared;
    view! {
        <div class="body">
            {edited_apart(Dealer::NUMBER, here.id.uuid())}
            {next_step(here, overview)}
            {figures(here, overview)}
            <div class="columns" data-even="">
                <div>{matters(here, overview)}{promises(here, overview)}</div>
                <div>
                    {goals(here, overview)}
                    {(!shared).then(|| internal(here, &overview.dealer))}
                    {recent(here, overview)}
                </div>
            </div>
        </div>
    }
}

// The next step

fn next_step(here: Here, overview: &Overview) -> View {
    let s = here.s;
    let Some(step) = &overview.matters.next_step else {
        return ().into_view();
    };
    let step = step.clone();
    let (about, act, words) = match &step {
        NextStep::Resume(meeting) | NextStep::CloseMeeting(meeting) => (
            meeting_line(s, meeting).into_view(),
            go(here, meeting.id, VisitStep::Run),
            text::OPEN,
        ),
        NextStep::Begin(meeting) | NextStep::Prepare(meeting) => (
            meeting_line(s, meeting).into_view(),
            go(here, meeting.id, VisitStep::Prepare),
            text::OPEN,
        ),
        NextStep::Settle(due) => {
            let (link, title) = (due.link, due.title.clone());
            let did = if due.kind == DueKind::Promise {
                text::KEEP
            } else {
                text::DONE
            };
            let act = Callback::new(move |()| here.settle(link, Settling::Done, did, &title));
            let about = view! { {due.title.clone()} " · " {when::due(s, due.due)} };
            (about, act, did)
        }
        NextStep::MakeContact { due, visit } => {
            let proposed = overview.next.filter(|next| next.planned.is_none());
            let act = Callback::new(move |()| match proposed {
                Some(next) => meetings::plan_proposed(here, &next),
                None => meetings::plan(here),
            });
            let line = match proposed {
                // While the dealer sees the screen, the date is proposed without the reason.
                Some(next) if !s.shared => {
                    format!("{} · {}", proposed_day(s, &next), next.why.text(s.lang))
                }
                Some(next) => proposed_day(s, &next),
                None => time::due(s.lang, *due, s.today),
            };
            let _ = visit;
            (line.into_view(), act, text::SCHEDULE)
        }
        NextStep::TalkAbout(goal) => {
            let id = goal.id;
            let act = Callback::new(move |()| s.nav.go(Route::Goal(id)));
            (goal.title.clone().into_view(), act, text::OPEN)
        }
        NextStep::SetGoal => {
            let act = Callback::new(move |()| super::goals::add(here));
            (s.t(text::NO_GOALS_HINT).into_view(), act, text::NEW_GOAL)
        }
    };
    view! {
        <div class="next">
            {Icon::Calendar.draw()}
            <div class="next-main">
                <h2>{s.t(text::NEXT_STEP)} {s.t(step.words())}</h2>
                <p>{about}</p>
            </div>
            <button class="btn" type="button" on:click=move |_| act.run(())>{s.t(words)}</button>
        </div>
    }
}

fn go(here: Here, meeting: tongxing_domain::id::Id<Meeting>, step: VisitStep) -> Callback<()> {
    let nav = here.s.nav;
    Callback::new(move |()| nav.go(Route::Meeting(meeting, step)))
}

fn proposed_day(s: Scene, next: &NextDate) -> String {
    let day = time::day_of_week(s.lang, next.date, s.today);
    format!("{} · {day}", s.t(next.channel.words()))
}

fn meeting_line(s: Scene, meeting: &Meeting) -> String {
    let channel = meeting
        .channel
        .map(|channel| s.t(channel.words()).to_owned());
    let begins = meeting.started.or(meeting.planned.map(|slot| slot.start));
    let when = begins.map(|at| {
        format!(
            "{} {}",
            time::near(s.lang, at.date(), s.today),
            time::clock(at)
        )
    });
    let subject = Some(meeting.subject.clone()).filter(|subject| !subject.is_empty());
    [channel, when, subject]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

// Figures

fn figures(here: Here, overview: &Overview) -> View {
    let s = here.s;
    let metrics = if s.shared { METRICS + 1 } else { METRICS };
    let mut tiles: Vec<View> = overview
        .trends
        .iter()
        .take(metrics)
        .map(|trend| trend_tile(s, trend))
        .collect();
    if tiles.is_empty() {
        tiles.push(stat(
            s.t(text::NO_READINGS),
            view! { <a href=Route::Import.href()>{s.t(text::IMPORT_READINGS)}</a> },
            ().into_view(),
            false,
        ));
    }
    tiles.push(contact_tile(s, &overview.cadence));
    if !s.shared {
        tiles.extend(
            overview
                .health
                .as_ref()
                .map(|health| health_tile(s, health)),
        );
    }
    view! {
        <section class="section" aria-label=s.t(text::FIGURES)>
            <dl class="stats">{tiles}</dl>
        </section>
    }
}

fn stat(name: &str, figure: View, note: View, internal: bool) -> View {
    view! {
        <div class="stat" data-internal=internal.then_some("")>
            <dt>{name.to_owned()}</dt>
            <dd>{figure}</dd>
            <dd class="stat-note">{note}</dd>
        </div>
    }
}

fn trend_tile(s: Scene, trend: &Trend) -> View {
    let name = trend.metric.title(s.lang);
    let title = if trend.is_sum() {
        text::this_year(s.lang, name)
    } else {
        name.to_owned()
    };
    let show = |quantity| trend.unit.show_short(quantity, s.lang);
    let told = trend.clone();
    let figure = explain(show(trend.figure), text::how(s.lang, &title), move || {
        told.explain(TrendFigure::Figure, s.lang)
    });
    let growth = match trend.growth {
        Some(growth) => {
            let dir = match growth.sign() {
                1 => "up",
                -1 => "down",
                _ => "flat",
            };
            let told = trend.clone();
            let change = view! { <span class="delta" data-dir=dir>{growth.show(s.lang)}</span> };
            let change = explain(change, text::how(s.lang, &title), move || {
                told.explain(TrendFigure::Growth, s.lang)
            });
            view! { {change} " " {s.t(text::ON_LAST_YEAR)} }
        }
        None => s.t(text::NO_COMPARISON).into_view(),
    };
    let known: Vec<_> = trend.months.iter().flatten().copied().collect();
    let line = match (known.first(), known.last()) {
        (Some(first), Some(last)) => {
            let label = text::spark(s.lang, name, &show(*first), &show(*last));
            let months: Vec<_> = trend.months.iter().map(|it| it.map(|it| it.0)).collect();
            spark(&months, label)
        }
        _ => ().into_view(),
    };
    stat(&title, figure, view! { {growth}{line} }, false)
}

fn contact_tile(s: Scene, cadence: &Cadence) -> View {
    let figure = match cadence.last_contact {
        Some(made) if made.day == s.today => s.t(time::TODAY).to_owned(),
        Some(made) => time::ago(s.lang, days_between(made.day, s.today)),
        None => s.t(text::NEVER).to_owned(),
    };
    let note = cadence.last_contact.map(|made| {
        format!(
            "{} · {}",
            s.t(made.channel.words()),
            time::day(s.lang, made.day, s.today)
        )
    });
    let figure = if s.shared {
        figure.into_view()
    } else {
        let told = cadence.clone();
        explain(figure, s.t(text::CADENCE_TITLE), move || {
            told.explain(CadenceFigure::LastContact, s.lang)
        })
    };
    stat(s.t(text::LAST_CONTACT), figure, note.into_view(), false)
}

fn health_tile(s: Scene, health: &Health) -> View {
    let name = s.t(text::HEALTH);
    let tone = match health.band {
        Band::Strong => Tone::Good,
        Band::Fair => Tone::Watch,
        Band::Weak => Tone::Risk,
    };
    let told = health.clone();
    let figure = explain(
        health.score.to_string(),
        text::how(s.lang, name),
        move || told.explain(s.lang),
    );
    stat(name, figure, badge(tone, s.t(health.band.words())), true)
}

// What matters now

/// What waits, without promises and goals: they stand in sections of their own.
fn matters(here: Here, overview: &Overview) -> View {
    let s = here.s;
    // The next step says so already.
    let proposed = matches!(
        overview.matters.next_step,
        Some(NextStep::MakeContact { .. })
    );
    let list: Vec<View> = overview
        .matters
        .list
        .iter()
        .filter_map(|matter| match matter {
            Matter::Meeting(meeting) => Some(meeting_row(here, meeting)),
            Matter::Overdue(cadence) if !s.shared && !proposed => {
                Some(overdue_row(here, overview, cadence))
            }
            Matter::Due(due) if due.kind != DueKind::Promise => {
                let opens = match due.kind {
                    DueKind::Step => RowOpens::Place(here.tab(DealerTab::Plans)),
                    DueKind::Milestone => RowOpens::Place(here.tab(DealerTab::Goals)),
                    DueKind::Issue => RowOpens::Place(Route::Issue(Id::new(due.link.id)).href()),
                    DueKind::Action | DueKind::Promise => trust::opens_action(here, due.link),
                };
                Some(due_row(here, due, opens))
            }
            _ => None,
        })
        .collect();
    if list.is_empty() {
        return ().into_view();
    }
    section(s.t(text::MATTERS), Some(list.len()), None, rows(list))
}

fn meeting_row(here: Here, meeting: &Arc<Meeting>) -> View {
    let s = here.s;
    let running = meeting.stage() == MeetingStage::Running;
    let step = if running {
        VisitStep::Run
    } else {
        VisitStep::Prepare
    };
    let channel = meeting.channel.map_or("", |channel| s.t(channel.words()));
    let (tone, word) = if running {
        (Tone::Info, text::RESUME)
    } else {
        (Tone::None, text::OPEN)
    };
    RecordRow {
        lead: Some(Icon::Calendar.draw()),
        sub: meeting_line(s, meeting).into_view(),
        opens: RowOpens::Place(Route::Meeting(meeting.id, step).href()),
        end: Some(badge(tone, s.t(word))),
        ..RecordRow::new(channel)
    }
    .view()
}

fn overdue_row(here: Here, overview: &Overview, cadence: &Cadence) -> View {
    let s = here.s;
    let next = overview.next;
    let plan = move |_| match next {
        Some(next) if next.planned.is_none() => meetings::plan_proposed(here, &next),
        _ => meetings::plan(here),
    };
    let told = cadence.clone();
    let late = badge(Tone::Risk, time::late(s.lang, cadence.overdue_days));
    let late = explain(late, s.t(text::CADENCE_TITLE), move || {
        told.explain(CadenceFigure::Overdue, s.lang)
    });
    let end = view! {
        {late}
        <button class="btn" type="button" on:click=plan>{s.t(text::SCHEDULE)}</button>
    };
    let due = cadence.due.map(|due| time::due(s.lang, due, s.today));
    RecordRow {
        lead: Some(Icon::Clock.draw()),
        sub: due.into_view(),
        end: Some(end.into_view()),
        ..RecordRow::new(s.t(text::CONTACT_OVERDUE))
    }
    .view()
}

// Promises, goals, the rest

fn more(href: String, words: &'static str) -> Option<View> {
    Some(view! { <a class="section-more" href=href>{words}</a> })
}

fn promises(here: Here, overview: &Overview) -> View {
    let s = here.s;
    let all = &overview.promises;
    let rate = (!s.shared).then(|| trust::rates(s, &overview.ledger));
    let content = if all.is_empty() {
        view! { <p class="help">{s.t(text::NO_OPEN_PROMISES)}</p> }
    } else {
        rows(
            all.iter()
                .take(PROMISES)
                .map(|promise| promise_row(here, promise))
                .collect(),
        )
    };
    section(
        s.t(text::OPEN_PROMISES),
        Some(all.len()),
        more(here.tab(DealerTab::Trust), s.t(text::ALL)),
        view! { {rate}{content} },
    )
}

fn goals(here: Here, overview: &Overview) -> View {
    let s = here.s;
    if overview.goals.is_empty() {
        let add = view! {
            <button class="btn" type="button" on:click=move |_| super::goals::add(here)>
                {Icon::Plus.draw()}
                {s.t(text::NEW_GOAL)}
            </button>
        };
        let hint = view! { <p class="help">{s.t(text::NO_GOALS_HINT)}</p> };
        return section(s.t(text::GOALS), None, None, view! { {hint}{add} });
    }
    let list = overview
        .goals
        .iter()
        .map(|(goal, pacing)| goal_row(here, goal, pacing.as_ref()))
        .collect();
    section(
        s.t(text::GOALS),
        Some(overview.goals.len()),
        more(here.tab(DealerTab::Goals), s.t(text::ALL)),
        rows(list),
    )
}

fn recent(here: Here, overview: &Overview) -> View {
    let s = here.s;
    if overview.events.is_empty() {
        return ().into_view();
    }
    let events = overview
        .events
        .iter()
        .map(|entry| event(s, entry))
        .collect_view();
    section(
        s.t(text::RECENT),
        None,
        more(
            here.tab(DealerTab::Timeline),
            s.t(text::tab(DealerTab::Timeline)),
        ),
        view! { <ol class="timeline">{events}</ol> },
    )
}

/// The notes that only the team reads.
fn internal(here: Here, dealer: &Arc<Dealer>) -> View {
    let s = here.s;
    if dealer.internal_notes.is_empty() {
        return ().into_view();
    }
    view! {
        <div data-internal="">
            {section(
                s.t(text::INTERNAL_NOTES),
                None,
                Some(internal_mark()),
                view! { <p class="prose">{dealer.internal_notes.clone()}</p> },
            )}
        </div>
    }
}
