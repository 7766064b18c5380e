//! The marks on the way to a goal.

use super::Open;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty, section};
use crate::locales::goal as texts;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Goal, Milestone};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// The milestones of a goal, by date.
pub(super) fn list(s: Scene, goal: &Goal, open: RwSignal<Open>) -> View {
    let mut milestones: Vec<Arc<Milestone>> = s
        .store
        .read(|book| book.milestones.of(goal.id).map(Arc::clone).collect());
    milestones.sort_by_key(|milestone| (milestone.due, milestone.id));
    let add = view! {
        <button
            class="btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| open.set(Open::Milestone(None))
        >
            {Icon::Plus.draw()}
            {s.t(texts::ADD_MILESTONE)}
        </button>
    };
    let content = if milestones.is_empty() {
        empty(
            Icon::Goal,
            s.t(texts::NO_MILESTONES),
            s.t(texts::NO_MILESTONES_TEXT),
            None,
        )
    } else {
        let rows = milestones
            .iter()
            .map(|milestone| row(s, milestone, open))
            .collect_view();
        view! { <ul class="rows">{rows}</ul> }
    };
    section(
        s.t(texts::MILESTONES),
        Some(milestones.len()),
        Some(add),
        content,
    )
}

fn row(s: Scene, milestone: &Arc<Milestone>, open: RwSignal<Open>) -> View {
    let id = milestone.id;
    let reached = matches!(milestone.outcome, Outcome::Done(_));
    let late = milestone.outcome.is_open() && milestone.due.is_some_and(|due| due < s.today);
    let state = match milestone.outcome {
        Outcome::Open if late => Some(badge(Tone::Risk, s.t(crate::locales::shell::LATE))),
        Outcome::Open => None,
        outcome => Some(badge(
            if reached { Tone::Good } else { Tone::None },
            s.t(outcome.words()),
        )),
    };
    let toggled = Arc::clone(milestone);
    view! {
        <li class="row">
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=reached
                    on:change=move |event| {
                        let mut after = (*toggled).clone();
                        let on = event_target_checked(&event);
                        after.outcome = if on { Outcome::Done(s.today) } else { Outcome::Open };
                        let said = if on { texts::MILESTONE_REACHED } else { texts::MILESTONE_OPEN };
                        s.store.act(Act::of(changes(Some(&*toggled), &after)), s.t(said).to_owned());
                    }
                />
                <span class="sr">{milestone.title.clone()}</span>
            </label>
            <button
                class="row-main"
                type="button"
                on:click=move |_| open.set(Open::Milestone(Some(id)))
            >
                <span class="row-title">{milestone.title.clone()}</span>
                <span class="row-sub">{milestone.due.map(|due| show_date(due, s.lang))}</span>
            </button>
            <span class="row-end">{state}</span>
        </li>
    }
}
