//! The objectives of a joint business plan: the goals that they became, and the initiatives that serve
//! them.

use super::super::here::Here;
use super::super::rows::pace;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::menu;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{dealer as dealer_texts, shell, strategy as texts};
use crate::state::route::{DealerTab, Route};
use std::sync::Arc;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::position::between;
use tongxing_domain::quantity::Unit;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::schema::{bin, changes};
use tongxing_domain::strategy::{
    Balance, JointPlan, ObjectiveState, YearState, quarterly_goals, yearly_goals,
};
use tongxing_domain::tables::{BusinessPlan, Goal, Objective, Plan};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: Here, joint: &JointPlan) -> View {
    let s = here.s;
    let last = joint
        .objectives
        .last()
        .map(|last| last.objective.position.clone())
        .filter(|position| !position.is_empty());
    let plan = joint.plan.id;
    let add = view! {
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                here.add(
                    Objective {
                        business_plan: plan,
                        dealer: here.id,
                        position: between(last.as_deref(), None),
                        ..here.fresh()
                    },
                    &[],
                );
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_OBJECTIVE)}
        </button>
    };
    let content = if joint.objectives.is_empty() {
        view! { <p class="help">{s.t(texts::NO_OBJECTIVES)}</p> }
    } else {
        joint
            .objectives
            .iter()
            .map(|state| objective(here, joint, state))
            .collect_view()
            .into_view()
    };
    section(
        s.t(texts::OBJECTIVES),
        Some(joint.objectives.len()),
        Some(add),
        content,
    )
}

fn objective(here: Here, joint: &JointPlan, state: &ObjectiveState) -> View {
    let s = here.s;
    let ObjectiveState {
        objective,
        goals,
        pacing,
        initiatives,
    } = state;
    let unit = s
        .store
        .read(|book| book.metric(objective.metric))
        .and_then(|metric| metric.unit);
    let way = objective.course.zip(unit).map(|(course, unit)| {
        let show = |quantity| unit.show_short(quantity, s.lang);
        format!("{} → {}", show(course.baseline), show(course.target))
    });
    let sub = [
        way,
        Some(objective.reason.clone()).filter(|reason| !reason.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ");
    let stands = pacing.as_ref().map(|pacing| pace(s, pacing));
    let acts = vec![here.edit_item(&**objective), here.bin_item(objective.id)];
    let id = objective.id;
    let serve = view! {
        <button
            class="btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                here.add(
                    Plan {
                        dealer: here.id,
                        objective: id,
                        ..here.fresh()
                    },
                    &["goal"],
                );
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_INITIATIVE)}
        </button>
    };
    let serving = (!initiatives.is_empty()).then(|| {
        let list = initiatives
            .iter()
            .map(|(plan, state)| {
                let done = dealer_texts::steps_done(s.lang, state.done, state.steps);
                let late = state.slip_days();
                RecordRow {
                    lead: Some(Icon::Plan.draw()),
                    sub: done.into_view(),
                    opens: RowOpens::Place(here.tab(DealerTab::Plans)),
                    end: (late > 0).then(|| badge(Tone::Watch, dealer_texts::slips(s.lang, late))),
                    ..RecordRow::new(plan.title.as_str())
                }
                .view()
            })
            .collect();
        view! { <h4 class="help">{s.t(texts::INITIATIVES)}</h4>{rows(list)} }
    });
    view! {
        <article class="card objective">
            <header class="section-head">
                <h3 dir="auto">{objective.title.clone()}</h3>
                {stands}
                <span class="section-more">
                    {menu(Icon::More, shell::more_about(s.lang, &objective.title), acts)}
                </span>
            </header>
            <p class="help" dir="auto">{sub}</p>
            {yearly(here, &joint.years, goals, unit)}
            {serving}
            <div class="actions">{cascade(here, &joint.plan, objective)}{serve}</div>
        </article>
    }
}

/// The goals of each year, with how far they are and whether their quarters make them.
fn yearly(
    here: Here,
    years: &[YearState],
    goals: &[Arc<Goal>],
    unit: Option<Unit>,
) -> Option<View> {
    let s = here.s;
    let unit = unit.filter(|_| !goals.is_empty())?;
    let lines = goals
        .iter()
        .map(|goal| {
            let pacing = s.store.read(|book| Pacing::of(book, goal, s.today));
            let reached = pacing.as_ref().and_then(|pacing| {
                let (target, actual) = (pacing.target, pacing.actual?);
                Ratio::new(i128::from(actual.0), i128::from(target.0))
            });
            let target = goal
                .course
                .map(|course| unit.show_short(course.target, s.lang));
            let from = goal.span.map(|span| span.start());
            // A goal over just one year of the plan is named by it.
            let year = years.iter().find(|year| Some(year.span) == goal.span);
            let name = year.map(|year| texts::year(s.lang, year.number));
            view! {
                <tr>
                    <th scope="row">
                        <a href=Route::Goal(goal.id).href() title=goal.title.clone()>
                            {name.unwrap_or_else(|| goal.title.clone())}
                        </a>
                    </th>
                    <td class="num">{from.map(|from| from.format("%Y").to_string())}</td>
                    <td class="num">{target}</td>
                    <td class="num">{reached.map(Ratio::show)}</td>
                    <td>{quarters(here, goal)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=s.t(texts::YEARLY_GOALS)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(texts::YEARLY_GOALS)}</th>
                        <th scope="col" class="num">{s.t(texts::YEAR)}</th>
                        <th scope="col" class="num">{s.t(texts::TARGET)}</th>
                        <th scope="col" class="num">{s.t(crate::locales::goal::SHARE)}</th>
                        <th scope="col">{s.t(texts::STATE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    })
}

/// Whether a year's quarters make the year; or the way to cut it.
fn quarters(here: Here, goal: &Arc<Goal>) -> View {
    let s = here.s;
    if let Some(balance) = s.store.read(|book| Balance::of(book, goal)) {
        let (tone, word) = if balance.gap().0 == 0 {
            (Tone::Good, texts::BALANCED)
        } else {
            (Tone::Watch, texts::NOT_BALANCED)
        };
        let told = balance.clone();
        return explain(
            badge(tone, s.t(word)),
            s.t(texts::BALANCE_TITLE),
            move || told.explain(s.lang),
        );
    }
    let over = goal.span.is_none_or(|span| span.end() < s.today) || !goal.outcome.is_open();
    if over {
        return badge(Tone::None, s.t(goal.outcome.words()));
    }
    let cut = Arc::clone(goal);
    view! {
        <button
            class="btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                let parts = s.store.peek(|book| quarterly_goals(book, &cut, s.lang));
                write(here, &parts);
            }
        >
            {s.t(texts::QUARTERS)}
        </button>
    }
}

/// The way to the goals of each year, while some are missing.
fn cascade(here: Here, plan: &Arc<BusinessPlan>, objective: &Arc<Objective>) -> View {
    let s = here.s;
    let all = s
        .store
        .read(|book| yearly_goals(book, plan, objective, s.lang));
    if all.is_empty() {
        return view! { <p class="help">{s.t(texts::NEEDS_COURSE)}</p> };
    }
    let missing: Vec<Goal> = s.store.read(|book| {
        all.into_iter()
            .filter(|goal| book.goals.get(goal.id).is_none())
            .collect()
    });
    if missing.is_empty() {
        return ().into_view();
    }
    view! {
        <button class="btn" type="button" on:click=move |_| write(here, &missing)>
            {Icon::Goal.draw()}
            {s.t(texts::CASCADE)}
        </button>
    }
}

/// Their ids follow from what they come from: one that was taken away before comes back.
fn write(here: Here, goals: &[Goal]) {
    let s = here.s;
    let writes = s.store.peek(|book| {
        let of = |goal: &Goal| {
            let back = book.goals.get_any(goal.id).map(|_| bin(goal.id, false));
            changes(None, goal).into_iter().chain(back)
        };
        goals.iter().flat_map(of).collect()
    });
    here.write(writes, texts::cascaded(s.lang, goals.len()));
}
