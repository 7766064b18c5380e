//! The page of one goal: how it stands, why, and what comes next.

mod agreement;
mod figures;
mod milestones;
mod reading_form;

use crate::components::edited_apart::edited_apart;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::own_fields::own_section;
use crate::components::pacing_chart::pacing_chart;
use crate::components::pane::{empty, note, section};
use crate::components::record_form::{FormSubject, record_form};
use crate::locales::{goal as texts, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::schema::{AnyRecord as _, Record, bin, changes};
use tongxing_domain::smart::{self, Verdict};
use tongxing_domain::tables::{Dealer, Goal, Milestone, Plan};
use tongxing_domain::value::{Link, Outcome, show_date};
use tongxing_view::prelude::*;

/// What is open over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Edit,
    Reading,
    Milestone(Option<Id<Milestone>>),
    Plan,
    Revise,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Goal(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let goal = Arc::clone(book.goals.get(id.get())?);
            let dealer = book.dealers.get_any(goal.dealer)?;
            Some((goal, Arc::clone(dealer)))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((goal, dealer)) => filled(s, goal, dealer),
                None => missing(s),
            }}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::GOAL)>
            <header class="head">
                <div class="head-main">
                    <h1 class="head-title">{s.t(texts::GOAL)}</h1>
                </div>
            </header>
            <div class="body">
                {empty(
                    Icon::Goal,
                    s.t(texts::MISSING),
                    s.t(texts::MISSING_TEXT),
                    Some(view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> }),
                )}
            </div>
        </section>
    }
}

fn filled(s: Scene, goal: Arc<Goal>, dealer: Arc<Dealer>) -> View {
    let open = RwSignal::new(Open::Nothing);
    let link = Link {
        table: Goal::NUMBER,
        id: goal.id.uuid(),
    };
    let pacing = s
        .store
        .read(|book| Pacing::of(book, &goal, s.today))
        .map(Arc::new);
    let course = match &pacing {
        Some(pacing) => {
            let chart = if pacing.actual.is_some() {
                pacing_chart(Arc::clone(pacing))
            } else {
                empty(
                    Icon::Chart,
                    s.t(texts::NO_READINGS),
                    s.t(texts::NO_READINGS_TEXT),
                    Some(view! {
                        <button
                            class="btn"
                            data-kind="primary"
                            type="button"
                            on:click=move |_| open.set(Open::Reading)
                        >
                            {Icon::Plus.draw()}
                            {s.t(texts::ENTER_READING)}
                        </button>
                    }),
                )
            };
            view! {
                {section(s.t(texts::COURSE), None, None, chart)}
                {figures::readings(s, pacing)}
            }
        }
        None => note(Tone::Watch, s.t(texts::INCOMPLETE), None),
    };
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::GOAL)>
            {head(s, &goal, &dealer, open)}
            <div class="body">
                {edited_apart(Goal::NUMBER, goal.id.uuid())}
                {pacing.as_ref().map(|pacing| figures::stats(s, pacing))}
                <div class="columns">
                    <div>{course}</div>
                    <div>
                        {agreement::standing(s, &goal)}
                        {smart_check(s, &goal)}
                        {own_section(s, link)}
                        {milestones::list(s, &goal, open)}
                        {plans(s, &goal, open)}
                        {agreement::history(s, &goal)}
                    </div>
                </div>
            </div>
        </section>
        {move || overlay(s, &goal, open)}
    }
}

fn head(s: Scene, goal: &Arc<Goal>, dealer: &Dealer, open: RwSignal<Open>) -> View {
    let mut facts = vec![dealer.name.clone()];
    if let Some(span) = goal.span {
        facts.push(format!(
            "{} – {}",
            show_date(span.start(), s.lang),
            show_date(span.end(), s.lang)
        ));
    }
    let back = Route::Dealer(goal.dealer, DealerTab::Goals).href();
    view! {
        <header class="head">
            <a class="icon-btn" href=back aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
            <div class="head-main">
                <h1 class="head-title" dir="auto">{goal.title.clone()}</h1>
                <p class="head-sub">{facts.join(" · ")}</p>
            </div>
            <div class="head-actions">
                <button class="btn" type="button" on:click=move |_| open.set(Open::Edit)>
                    {Icon::Edit.draw()}
                    {s.t(texts::EDIT)}
                </button>
                <button
                    class="btn"
                    data-kind="primary"
                    type="button"
                    on:click=move |_| open.set(Open::Reading)
                >
                    {Icon::Plus.draw()}
                    {s.t(texts::ENTER_READING)}
                </button>
                {menu(s, goal, open)}
            </div>
        </header>
    }
}

fn menu(s: Scene, goal: &Arc<Goal>, open: RwSignal<Open>) -> View {
    let id = crate::components::explain::unique_id("menu");
    let target = id.clone();
    let settle = |icon: Icon, words, outcome: Outcome, said| {
        let goal = Arc::clone(goal);
        view! {
            <button
                class="menu-item"
                role="menuitem"
                type="button"
                on:click=move |_| {
                    let mut after = (*goal).clone();
                    after.outcome = outcome;
                    s.store.act(Act::of(changes(Some(&*goal), &after)), s.t(said).to_owned());
                }
            >
                {icon.draw()}
                {s.t(words)}
            </button>
        }
    };
    let settles = if goal.outcome.is_open() {
        vec![
            settle(
                Icon::Check,
                texts::CLOSE_REACHED,
                Outcome::Done(s.today),
                texts::CLOSED,
            ),
            settle(
                Icon::Close,
                texts::CLOSE_DROPPED,
                Outcome::Dropped(s.today),
                texts::CLOSED,
            ),
        ]
    } else {
        vec![settle(
            Icon::Undo,
            texts::REOPEN,
            Outcome::Open,
            texts::REOPENED,
        )]
    };
    let (goal_id, dealer) = (goal.id, goal.dealer);
    view! {
        <button
            class="icon-btn"
            type="button"
            popovertarget=target
            aria-haspopup="menu"
            aria-label=s.t(shell::MORE)
        >
            {Icon::More.draw()}
        </button>
        <div class="menu" popover="" id=id role="menu">
            {goal.outcome.is_open().then(|| view! {
                <button
                    class="menu-item"
                    role="menuitem"
                    type="button"
                    on:click=move |_| open.set(Open::Revise)
                >
                    {Icon::Edit.draw()}
                    {s.t(texts::REVISE)}
                </button>
            })}
            {settles}
            <hr/>
            <button
                class="menu-item"
                role="menuitem"
                data-kind="danger"
                type="button"
                on:click=move |_| {
                    let label = Goal::TABLE.label.in_lang(s.lang);
                    s.store
                        .act(Act::of(vec![bin(goal_id, true)]), crate::locales::form::binned(s.lang, label));
                    s.nav.go(Route::Dealer(dealer, DealerTab::Goals));
                }
            >
                {Icon::Trash.draw()}
                {s.t(shell::DELETE)}
            </button>
        </div>
    }
}

fn smart_check(s: Scene, goal: &Goal) -> View {
    let tests = s.store.read(|book| smart::check(book, goal));
    let items = tests
        .iter()
        .map(|test| {
            let tone = match test.verdict {
                Verdict::Pass => Tone::Good,
                Verdict::Warn => Tone::Watch,
                Verdict::Fail => Tone::Risk,
            };
            view! {
                <li>
                    {crate::components::marks::badge(tone, test.name.in_lang(s.lang))}
                    <p>{test.reason(s.lang)}</p>
                </li>
            }
        })
        .collect_view();
    section(
        s.t(texts::SMART),
        None,
        None,
        view! { <ul class="checks">{items}</ul> },
    )
}

fn plans(s: Scene, goal: &Goal, open: RwSignal<Open>) -> View {
    let plans: Vec<Arc<Plan>> = s
        .store
        .read(|book| book.plans.of(goal.id).map(Arc::clone).collect());
    let add = view! {
        <button class="btn" data-kind="quiet" type="button" on:click=move |_| open.set(Open::Plan)>
            {Icon::Plus.draw()}
            {s.t(texts::ADD_PLAN)}
        </button>
    };
    let rows = plans
        .iter()
        .map(|plan| {
            let href = Route::Dealer(plan.dealer, DealerTab::Plans).href();
            view! {
                <li>
                    <a class="row" href=href>
                        <span class="row-main">
                            <span class="row-title">{plan.title.clone()}</span>
                        </span>
                        {Icon::ChevronRight.draw()}
                    </a>
                </li>
            }
        })
        .collect_view();
    section(
        s.t(texts::PLANS),
        Some(plans.len()),
        Some(add),
        view! { <ul class="rows">{rows}</ul> },
    )
}

fn overlay(s: Scene, goal: &Arc<Goal>, open: RwSignal<Open>) -> Option<View> {
    let dealer = goal.dealer.uuid();
    let closed = Callback::new(move |()| open.set(Open::Nothing));
    match open.get() {
        Open::Nothing => None,
        Open::Revise => Some(agreement::revising(s, goal, open)),
        Open::Edit => Some(record_form(
            FormSubject {
                record: goal.copied(),
                new: false,
                title: s.t(texts::EDIT).to_owned(),
                dealer,
                // What was agreed is changed with a reason, and the agreement has a page of its own.
                without: if goal.agreed_by.is_empty() {
                    &["agreed_by", "agreed_on"]
                } else {
                    &["course", "span", "agreed_by", "agreed_on"]
                },
            },
            Callback::new(move |_| closed.run(())),
        )),
        Open::Reading => Some(reading_form::reading_form(goal, closed)),
        Open::Milestone(id) => {
            let existing =
                id.and_then(|id| s.store.peek(|book| book.milestones.get(id).map(Arc::clone)));
            let new = existing.is_none();
            let record = existing.map_or_else(
                || Milestone {
                    goal: goal.id,
                    dealer: goal.dealer,
                    ..Milestone::with_id(s.store.fresh())
                },
                |milestone| (*milestone).clone(),
            );
            let title = if new {
                s.t(texts::ADD_MILESTONE)
            } else {
                Milestone::TABLE.label.in_lang(s.lang)
            };
            Some(record_form(
                FormSubject {
                    record: Box::new(record),
                    new,
                    title: title.to_owned(),
                    dealer,
                    without: &[],
                },
                Callback::new(move |_| closed.run(())),
            ))
        }
        Open::Plan => Some(record_form(
            FormSubject {
                record: Box::new(Plan {
                    goal: goal.id,
                    dealer: goal.dealer,
                    ..Plan::with_id(s.store.fresh())
                }),
                new: true,
                title: s.t(texts::ADD_PLAN).to_owned(),
                dealer,
                without: &[],
            },
            Callback::new(move |_| closed.run(())),
        )),
    }
}
