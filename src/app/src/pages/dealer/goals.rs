//! The goals that both sides set.

use super::here::Here;
use super::rows::goal_row;
use crate::components::icon::Icon;
use crate::components::pane::{empty, section};
use crate::components::record_row::rows;
use crate::locales::dealer as text;
use crate::state::route::{GoalStep, Route};
use std::sync::Arc;
use tongxing_domain::date::{DateSpan, Month};
use tongxing_domain::id::Id;
use tongxing_domain::metrics;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::tables::Goal;
use tongxing_view::prelude::*;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    (move || {
        let mut goals: Vec<(Arc<Goal>, Option<Pacing>)> = s.store.read(|book| {
            let goals = book.goals.of(here.id);
            goals
                .map(|goal| (Arc::clone(goal), Pacing::of(book, goal, s.today)))
                .collect()
        });
        goals.sort_by_key(|(goal, pacing)| {
            (
                pacing.as_ref().map(|pacing| pacing.rag),
                goal.span.map(|span| span.end()),
                goal.id,
            )
        });
        draw(here, goals)
    })
    .into_view()
}

fn draw(here: Here, goals: Vec<(Arc<Goal>, Option<Pacing>)>) -> View {
    let s = here.s;
    let add = || {
        let together = Route::SetGoal(here.id, GoalStep::Need).href();
        view! {
            <button class="btn" type="button" on:click=move |_| add(here)>
                {Icon::Plus.draw()}
                {s.t(text::NEW_GOAL)}
            </button>
            <a class="btn" data-kind="primary" href=together>
                {Icon::Goal.draw()}
                {s.t(text::SET_GOAL_TOGETHER)}
            </a>
        }
    };
    if goals.is_empty() {
        let hint = s.t(text::NO_GOALS_HINT);
        let acts = view! {
            {add()}
            <a class="btn" href=Route::Import.href()>{s.t(text::IMPORT_READINGS)}</a>
        };
        let empty = empty(
            Icon::Goal,
            s.t(text::NO_GOALS),
            hint,
            Some(acts.into_view()),
        );
        return view! { <div class="body">{empty}</div> };
    }
    let (running, past): (Vec<_>, Vec<_>) = goals.into_iter().partition(|(goal, _)| {
        goal.outcome.is_open() && goal.span.is_none_or(|span| span.end() >= s.today)
    });
    let list = |words, goals: Vec<(Arc<Goal>, Option<Pacing>)>| {
        (!goals.is_empty()).then(|| {
            let count = goals.len();
            let list = goals
                .iter()
                .map(|(goal, pacing)| goal_row(here, goal, pacing.as_ref()))
                .collect();
            section(s.t(words), Some(count), None, rows(list))
        })
    };
    view! {
        <div class="body">
            {list(text::RUNNING_GOALS, running)}
            {list(text::PAST_GOALS, past)}
        </div>
        <footer class="dock">{add()}</footer>
    }
}

/// Opens the form of a new goal: for this year, from the current month on, of the metric that
/// most goals are about; everything can be changed.
pub(super) fn add(here: Here) {
    let s = here.s;
    let first = Month::of(s.today);
    let december = first.plus(12 - first.number() as i32);
    let goal = Goal {
        dealer: here.id,
        metric: metrics::sales_in(),
        span: DateSpan::new(first.first(), december.last()),
        ..here.fresh()
    };
    here.add_then(goal, &["agreed_by", "agreed_on"], move |id| {
        s.nav.go(Route::Goal(Id::new(id)))
    });
}
