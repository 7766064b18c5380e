//! The quarterly review of one dealer, on the screen and on paper: score, goals, plan, issues, training,
//! incentives, and what comes next. The dealer reads it: nothing internal stands in it, in any mode.

use crate::components::explain::{explain, unique_id};
use crate::components::icon::Icon;
use crate::components::marks::{badge, rag_tone};
use crate::components::pane::{empty, section};
use crate::components::paper::{paper, print};
use crate::components::report_file::report_file;
use crate::components::score_card::{ScoreFigures, ScoreOf, score_figures, score_table};
use crate::components::support_rows::effect_figure;
use crate::locales::{Words, incentive, portfolio as texts, scorecard, shell, today};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::{Date, DateSpan, Month, add_days};
use tongxing_domain::exchange::errand::Reported;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Payout, Standing, in_force};
use tongxing_domain::pacing::{Pacing, PacingFigure};
use tongxing_domain::period::{Cycle, Period};
use tongxing_domain::scorecard::{all_in_force, compared};
use tongxing_domain::tables::{Dealer, Progress};
use tongxing_domain::training::{Effect, held_on};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// So many quarters can be chosen.
const QUARTERS: i32 = 6;
/// How far ahead the next quarter is looked at, in days.
const AHEAD_DAYS: i64 = 92;

/// The quarter of a dealer that is reviewed.
#[derive(Clone, Copy)]
struct Here<'a> {
    s: Scene,
    book: &'a Book,
    dealer: &'a Arc<Dealer>,
    period: Period,
    span: DateSpan,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let back = RwSignal::new(0_i32);
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Pack(id) => id,
        _ => Id::NIL,
    });
    let body = move || {
        let period = Period::last_over(Cycle::Quarter, s.today).plus(-back.get());
        s.store.read(|book| {
            let dealer = book.dealers.get(id.get());
            match dealer.zip(period.span()) {
                Some((dealer, span)) => {
                    let here = Here {
                        s,
                        book,
                        dealer,
                        period,
                        span,
                    };
                    filled(here, back)
                }
                None => empty(
                    Icon::Dealers,
                    s.t(crate::locales::dealer::UNKNOWN),
                    s.t(crate::locales::dealer::UNKNOWN_HINT),
                    Some(view! { <a class="btn" href=Route::Dealers.href()>{s.t(shell::DEALERS)}</a> }),
                ),
            }
        })
    };
    let title = move || {
        s.store
            .read(|book| book.dealers.get(id.get()).map(|it| it.name.clone()))
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(texts::PACK)>
                <header class="head">
                    <a
                        class="icon-btn"
                        href=move || Route::Dealer(id.get(), DealerTab::Overview).href()
                        aria-label=s.t(shell::BACK)
                    >
                        {Icon::ChevronLeft.draw()}
                    </a>
                    <div class="head-main">
                        <h1 class="head-title">{s.t(texts::PACK)}</h1>
                        <p class="head-sub">{title}</p>
                    </div>
                    <div class="head-actions">
                        <button class="btn" data-kind="primary" type="button" on:click=print>
                            {s.t(scorecard::PRINT)}
                        </button>
                    </div>
                </header>
                <div class="body">{body}</div>
            </section>
        </main>
    }
}

fn filled(here: Here<'_>, back: RwSignal<i32>) -> View {
    let s = here.s;
    let now = back.get_untracked();
    let latest = here.period.plus(now);
    let id = unique_id("quarter");
    let label = id.clone();
    let options = (-1..QUARTERS)
        .filter(|each| latest.plus(-each).first() <= Month::of(s.today))
        .map(|each| {
            let name = latest.plus(-each).show(s.lang);
            view! { <option value=each.to_string() selected=each == now>{name}</option> }
        })
        .collect_view();
    let quarter = here.period.show(s.lang);
    let reported = Reported::Quarter(here.dealer.id, here.period.last());
    let named = format!("{} {} {quarter}", s.t(texts::PACK), here.dealer.name);
    let (save, going) = report_file(s, reported, named);
    let running = format!("{} · {} · {quarter}", s.t(texts::PACK), here.dealer.name);
    let sheet = view! {
        <div class="paper-title">
            <h2>{here.dealer.name.clone()}</h2>
            <p>{s.t(texts::PACK)}" · "{quarter}" · "{show_date(s.today, s.lang)}</p>
        </div>
        {score(here)}
        <div class="sheet-break">{goals(here)}{plans(here)}</div>
        <div class="sheet-break">{issues(here)}{training(here)}{incentives(here)}</div>
        <div class="sheet-break">{next(here)}</div>
        <div class="paper-only signatures">
            <div><span>{s.t(scorecard::SIGN_DEALER)}</span></div>
            <div><span>{s.t(scorecard::SIGN_US)}</span></div>
            <div><span>{s.t(scorecard::SIGN_DAY)}</span></div>
        </div>
    };
    view! {
        <div class="field-row choose-bar" data-print="no">
            <div class="field">
                <label for=label>{s.t(scorecard::PERIOD)}</label>
                <select
                    id=id
                    on:change=move |event| back.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {options}
                </select>
            </div>
            <div class="actions">{save}</div>
        </div>
        {going}
        {paper(running, sheet)}
    }
    .into_view()
}

fn part(s: Scene, title: Words, rows: Vec<View>) -> View {
    let content = if rows.is_empty() {
        view! { <p class="help">{s.t(texts::NOTHING)}</p> }
    } else {
        view! { <div class="table-wrap"><table class="table"><tbody>{rows}</tbody></table></div> }
    };
    section(s.t(title), None, None, content)
}

fn score(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let Some((card, version)) = all_in_force(book, s.today).into_iter().next() else {
        return part(s, texts::PACK_SCORE, Vec::new());
    };
    let Some(rubric) = &version.rubric else {
        return part(s, texts::PACK_SCORE, Vec::new());
    };
    // The scorecard's own period that ends with the quarter.
    let period = Period::of(rubric.cycle(), here.period.last());
    let compared = compared(book, rubric, here.dealer.id, period, s.today);
    let of = ScoreOf {
        version: Arc::clone(&version),
        dealer: here.dealer.id,
        period,
    };
    let scored = compared.scored.clone();
    let ScoreFigures {
        score, tier, slope, ..
    } = score_figures(s, &Arc::new(compared));
    let content = view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(scorecard::SCORE)}</dt>
                <dd>{score}</dd>
                <dd class="stat-note">{period.show(s.lang)}</dd>
            </div>
            <div class="stat">
                <dt>{s.t(scorecard::TIER)}</dt>
                <dd>{tier}</dd>
                <dd class="stat-note">{card.name.clone()}</dd>
            </div>
            <div class="stat">
                <dt>{s.t(scorecard::TREND)}</dt>
                <dd>{slope}</dd>
            </div>
        </dl>
        {score_table(s, &of, &scored)}
    };
    section(s.t(texts::PACK_SCORE), None, None, content)
}

fn goals(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let rows = book
        .goals
        .of(here.dealer.id)
        .filter(|goal| goal.dealer == here.dealer.id)
        .filter(|goal| goal.span.is_some_and(|span| meets(span, here.span)))
        .map(|goal| {
            let pacing = Pacing::of(book, goal, s.today);
            let mark = pacing.as_ref().map(|pacing| {
                let pace = pacing.pace.map(|pace| pace.show()).unwrap_or_default();
                let told = pacing.clone();
                let tone = rag_tone(pacing.rag);
                let shown = badge(tone, today::pace(s.lang, &pace));
                explain(shown, s.t(today::WHY_PACE), move || {
                    told.explain_figure(PacingFigure::Pace, s.lang)
                })
            });
            let done = pacing
                .as_ref()
                .and_then(|pacing| Some((pacing.progress()?, pacing.clone())))
                .map(|(part, told)| {
                    explain(part.show(), s.t(today::WHY_PACE), move || {
                        told.explain_figure(PacingFigure::Progress, s.lang)
                    })
                });
            let end = goal.span.map(|span| show_date(span.end(), s.lang));
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        <a href=Route::Goal(goal.id).href()>{goal.title.clone()}</a>
                        <small class="cell-sub">{end}</small>
                    </th>
                    <td class="num">{done}</td>
                    <td class="num">{mark}</td>
                </tr>
            }
        })
        .collect();
    part(s, texts::PACK_GOALS, rows)
}

fn meets(one: DateSpan, two: DateSpan) -> bool {
    one.start() <= two.end() && two.start() <= one.end()
}

fn plans(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let mut steps: Vec<_> = book
        .steps
        .of(here.dealer.id)
        .filter(|step| step.dealer == here.dealer.id)
        .filter(|step| {
            let due = step.due.is_some_and(|day| here.span.contains(day));
            due || step.done_on.is_some_and(|day| here.span.contains(day))
        })
        .collect();
    steps.sort_by_key(|step| (step.due, step.id));
    let rows = steps
        .into_iter()
        .map(|step| {
            let done = step.done_on.map(|day| show_date(day, s.lang));
            let progress = step.progress.unwrap_or(Progress::Waiting);
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        {step.title.clone()}
                        <small class="cell-sub">{step.evidence.clone()}</small>
                    </th>
                    <td>{step.side.map(|side| s.t(side.words()))}</td>
                    <td>{step.due.map(|day| show_date(day, s.lang))}</td>
                    <td>{s.t(progress.words())}" "{done}</td>
                </tr>
            }
        })
        .collect();
    part(s, texts::PACK_PLANS, rows)
}

fn issues(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let rows = book
        .issues
        .of(here.dealer.id)
        .filter(|issue| issue.dealer == here.dealer.id)
        .filter(|issue| {
            let begun = issue.reported_on.is_some_and(|day| day <= here.span.end());
            let over = match issue.outcome {
                Outcome::Open => false,
                Outcome::Done(day) | Outcome::Dropped(day) => day < here.span.start(),
            };
            begun && !over
        })
        .map(|issue| {
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        <a href=Route::Issue(issue.id).href()>{issue.title.clone()}</a>
                        <small class="cell-sub">{issue.resolution.clone()}</small>
                    </th>
                    <td>{issue.reported_on.map(|day| show_date(day, s.lang))}</td>
                    <td>{s.t(issue.stage().words())}</td>
                </tr>
            }
        })
        .collect();
    part(s, texts::PACK_ISSUES, rows)
}

fn training(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let mut rows: Vec<View> = book
        .attendances
        .of(here.dealer.id)
        .filter(|it| it.dealer == here.dealer.id && it.attended == Some(true))
        .filter_map(|it| {
            let class = book.classes.get(it.class)?;
            let day = held_on(class)?;
            let course = book.courses.get_any(class.course)?;
            let contact = book.contacts.get_any(it.contact)?;
            // A class shows its effect in the months after: the half-year up to the quarter's end counts.
            let counts = day <= here.span.end() && day >= add_days(here.span.start(), -AHEAD_DAYS);
            let scores = it.before.zip(it.after).map(|(a, b)| format!("{a} → {b}"));
            let effects = course
                .metrics
                .iter()
                .filter_map(|metric| Effect::of(book, here.dealer.id, *metric, day, s.today))
                .map(|effect| {
                    let title = effect.metric.title(s.lang).to_owned();
                    view! { <span class="effect">{title}" "{effect_figure(s, &effect)}</span> }
                })
                .collect_view();
            counts.then(|| {
                view! {
                    <tr>
                        <th scope="row">
                            {course.name.clone()}
                            <small class="cell-sub">{contact.name.clone()}" · "{show_date(day, s.lang)}</small>
                        </th>
                        <td class="num" data-recorded="">{scores}</td>
                        <td class="num">{effects}</td>
                    </tr>
                }
            })
        })
        .collect();
    let requests = book
        .support_requests
        .of(here.dealer.id)
        .filter(|it| it.dealer == here.dealer.id)
        .filter(|it| it.requested_on.is_some_and(|day| here.span.contains(day)));
    rows.extend(requests.map(|it| {
        let content = it.satisfaction.map(|content| s.t(content.words()));
        view! {
            <tr>
                <th scope="row" dir="auto">
                    {it.title.clone()}
                    <small class="cell-sub">{it.answer.clone()}</small>
                </th>
                <td>{it.requested_on.map(|day| show_date(day, s.lang))}</td>
                <td class="num">{content}</td>
            </tr>
        }
    }));
    part(s, texts::PACK_TRAINING, rows)
}

fn incentives(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let rows = book
        .enrolments
        .of(here.dealer.id)
        .filter(|it| it.dealer == here.dealer.id)
        .filter_map(|enrolment| {
            let scheme = book.schemes.get(enrolment.scheme)?;
            let version = in_force(book, scheme.id, s.today)?;
            let terms = version.terms.as_ref()?;
            let standing = Standing::of(book, terms, enrolment, None, s.today).ok()?;
            if !meets(terms.period(), here.span) {
                return None;
            }
            let (earned, next) = (standing.payout.earned.show(), standing.next_text(s.lang));
            let title = s.t(incentive::STANDING_TITLE).to_owned();
            let figure = explain(earned, title, move || {
                resulting(standing.explain(s.lang), Payout::EARNED)
            });
            Some(view! {
                <tr>
                    <th scope="row">
                        {scheme.name.clone()}
                        <small class="cell-sub">{next}</small>
                    </th>
                    <td class="num">{figure}</td>
                </tr>
            })
        })
        .collect();
    part(s, texts::PACK_INCENTIVES, rows)
}

/// What is due on both sides in the time to come.
fn next(here: Here<'_>) -> View {
    let Here { s, book, .. } = here;
    let until = add_days(s.today, AHEAD_DAYS);
    let own = here.dealer.id;
    let mut due: Vec<(Option<Date>, String, Option<&'static str>)> = Vec::new();
    let soon = |day: Option<Date>| day.is_none_or(|day| day <= until);
    due.extend(
        book.steps
            .of(own)
            .filter(|it| it.dealer == own && it.done_on.is_none())
            .map(|it| {
                (
                    it.due,
                    it.title.clone(),
                    it.side.map(|side| s.t(side.words())),
                )
            }),
    );
    due.extend(
        book.promises
            .of(own)
            .filter(|it| it.dealer == own && it.outcome.is_open())
            .map(|it| {
                (
                    it.due,
                    it.title.clone(),
                    it.by.map(|side| s.t(side.words())),
                )
            }),
    );
    due.extend(
        book.milestones
            .of(own)
            .filter(|it| it.dealer == own && it.outcome.is_open())
            .map(|it| (it.due, it.title.clone(), None)),
    );
    due.retain(|(day, ..)| soon(*day));
    due.sort();
    let rows = due
        .into_iter()
        .map(|(day, title, side)| {
            view! {
                <tr>
                    <th scope="row" dir="auto">{title}</th>
                    <td>{side}</td>
                    <td>{day.map(|day| show_date(day, s.lang))}</td>
                </tr>
            }
        })
        .collect();
    part(s, texts::PACK_NEXT, rows)
}
