//! Action plans: what both sides do, step by step, to reach a goal.

use super::here::{Here, save_buttons};
use super::rows::side_words;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::empty;
use crate::components::photos::Photos;
use crate::components::record_row::{RecordRow, RowOpens, Tick, rows};
use crate::components::segmented::segmented;
use crate::components::when;
use crate::components::when::near;
use crate::locales::{
    Words, dealer as text, photos as photo_texts, plans as plan_texts, shell, time,
};
use crate::state::route::Route;
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::book::Book;
use tongxing_domain::date::add_days;
use tongxing_domain::id::Id;
use tongxing_domain::plans::{PlanState, blocked_by, slippage, steps, would_cycle};
use tongxing_domain::position::between;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::settle::{Settling, advance};
use tongxing_domain::tables::{Goal, Plan, Progress, Side, Step};
use tongxing_view::prelude::*;

/// A new step is due in so many days at first.
const DUE_DAYS: i64 = 14;
/// The step before is set in a dialog of its own, which refuses circles.
const WITHOUT: &[&str] = &["after"];

struct PlanView {
    plan: Arc<Plan>,
    state: PlanState,
    goal: Option<Arc<Goal>>,
    steps: Vec<StepView>,
}

struct StepView {
    step: Arc<Step>,
    waits_for: Option<String>,
    slip: Option<i64>,
}

fn views(book: &Book, here: Here) -> Vec<PlanView> {
    let today = here.s.today;
    let mut views: Vec<_> = book
        .plans
        .of(here.id)
        .map(|plan| PlanView {
            plan: Arc::clone(plan),
            state: PlanState::of(book, plan.id, today),
            goal: book.goals.get(plan.goal).cloned(),
            steps: steps(book, plan.id)
                .into_iter()
                .map(|step| StepView {
                    waits_for: blocked_by(book, &step).map(|before| before.title.clone()),
                    slip: slippage(&step, today),
                    step,
                })
                .collect(),
        })
        .collect();
    // What is finished comes last.
    views.sort_by_key(|view| {
        let finished = view.state.steps > 0 && view.state.done == view.state.steps;
        (finished, view.state.due, view.plan.id)
    });
    views
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let look = RwSignal::new(0_usize);
    (move || draw(here, &here.s.store.read(|book| views(book, here)), look)).into_view()
}

/// The place of the timeline among the ways to look at plans.
const TIMELINE: usize = 1;

fn draw(here: Here, plans: &[PlanView], look: RwSignal<usize>) -> View {
    let s = here.s;
    let add = || {
        view! {
            <button
                class="btn"
                type="button"
                on:click=move |_| super::plan_template::choose(here)
            >
                {Icon::List.draw()}
                {s.t(plan_texts::FROM_TEMPLATE)}
            </button>
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add_plan(here)>
                {Icon::Plus.draw()}
                {s.t(text::NEW_PLAN)}
            </button>
        }
    };
    if plans.is_empty() {
        let hint = s.t(text::NO_PLANS_HINT);
        let empty = empty(Icon::Plan, s.t(text::NO_PLANS), hint, Some(add()));
        return view! { <div class="body">{empty}</div> };
    }
    let names = vec![s.t(plan_texts::STEPS), s.t(plan_texts::TIMELINE)];
    let choose = Callback::new(move |place| look.set(place));
    let timeline = look.get() == TIMELINE;
    view! {
        <div class="body">
            {segmented(s.t(plan_texts::LOOK), names, look.into(), choose)}
            {plans.iter().map(|plan| draw_plan(here, plan, timeline)).collect_view()}
        </div>
        <footer class="dock">{add()}</footer>
    }
}

fn add_plan(here: Here) {
    here.add(
        Plan {
            dealer: here.id,
            ..here.fresh()
        },
        &[],
    );
}

fn draw_plan(here: Here, view: &PlanView, timeline: bool) -> View {
    let s = here.s;
    let PlanView {
        plan,
        state,
        goal,
        steps,
    } = view;
    let last = steps
        .last()
        .map(|last| last.step.position.clone())
        .filter(|it| !it.is_empty());
    let id = plan.id;
    let add = move |_| {
        here.add(
            Step {
                plan: id,
                dealer: here.id,
                side: Some(Side::Us),
                due: Some(add_days(s.today, DUE_DAYS)),
                progress: Some(Progress::Waiting),
                position: between(last.as_deref(), None),
                ..here.fresh()
            },
            WITHOUT,
        );
    };
    let goal = goal.as_ref().map(|goal| {
        let href = Route::Goal(goal.id).href();
        view! { <a href=href>{goal.title.clone()}</a> " · " }
    });
    let bar = state.progress().map(|progress| {
        let done = text::steps_done(s.lang, state.done, state.steps);
        let value = (progress.basis_points() as f64 / 100.0).to_string();
        view! { <div class="bar" role="img" aria-label=done style:--value=value></div> }
    });
    let told = *state;
    let steps_done = (state.steps > 0).then(|| {
        let shown = text::steps_done(s.lang, state.done, state.steps);
        explain(shown, plan.title.clone(), move || {
            told.explain_progress(s.lang)
        })
    });
    let list = if steps.is_empty() {
        view! { <p class="help">{s.t(text::NO_STEPS)}</p> }
    } else if timeline {
        super::plan_timeline::timeline(here, plan.id)
    } else {
        let rows_of = steps
            .iter()
            .enumerate()
            .map(|(place, _)| step_row(here, steps, place));
        rows(rows_of.collect())
    };
    let heading = crate::components::explain::unique_id("plan");
    let labelled = heading.clone();
    let acts = vec![here.edit_item(&**plan), here.bin_item(plan.id())];
    view! {
        <section class="section" aria-labelledby=labelled>
            <header class="section-head">
                <h2 id=heading>{plan.title.clone()}</h2>
                {slip(here, state)}
                <span class="section-more">
                    {menu(Icon::More, shell::more_about(s.lang, &plan.title), acts)}
                </span>
            </header>
            <p class="help">{goal}{steps_done}</p>
            {bar}
            {super::profile::lines(&plan.detail)}
            {list}
            <button class="btn" data-kind="quiet" type="button" on:click=add>
                {Icon::Plus.draw()}
                {s.t(text::NEW_STEP)}
            </button>
        </section>
    }
}

/// How far the plan's end moves out; a tap shows why.
fn slip(here: Here, state: &PlanState) -> View {
    let s = here.s;
    let days = state.slip_days();
    if days == 0 {
        return ().into_view();
    }
    let told = *state;
    explain(
        badge(Tone::Watch, text::slips(s.lang, days)),
        s.t(text::SLIP_TITLE),
        move || told.explain(s.lang),
    )
}

fn step_row(here: Here, all: &[StepView], place: usize) -> View {
    let s = here.s;
    let Some(StepView {
        step,
        waits_for,
        slip,
    }) = all.get(place)
    else {
        return ().into_view();
    };
    let title = step.title.as_str();
    let progress = step.progress.unwrap_or(Progress::Waiting);
    let done = progress == Progress::Done;
    let owner = Some(step.owner.as_str()).filter(|owner| !owner.is_empty());
    let due = step.due.map(|due| time::due(s.lang, due, s.today));
    let waits = waits_for.as_ref().map(|step| text::waits_for(s.lang, step));
    let evidence = step.evidence.lines().next().filter(|line| !line.is_empty());
    let parts = [
        Some(s.t(side_words(step.side))),
        owner,
        due.as_deref(),
        waits.as_deref(),
        evidence,
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let end = match (progress, *slip) {
        (Progress::Dropped, _) => Some(badge(Tone::None, s.t(progress.words()))),
        (Progress::Done, Some(1..)) => step
            .due
            .zip(step.done_on)
            .map(|(due, done)| when::late(s, Tone::Watch, due, done)),
        (Progress::Done, _) => step.done_on.map(|day| near(s, day)),
        (_, Some(_)) => step.due.map(|due| when::due(s, due)),
        (Progress::Doing, None) => Some(badge(Tone::Info, s.t(progress.words()))),
        _ if waits_for.is_some() => Some(badge(Tone::None, s.t(progress.words()))),
        _ => step.due.map(|due| near(s, due)),
    };
    let edited = Arc::clone(step);
    RecordRow {
        tick: Some(tick(here, step, done)),
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, WITHOUT))),
        end: Some(view! { {photos(here, step).in_row()} {end} }),
        acts: step_menu(here, all, place),
        ..RecordRow::new(title)
    }
    .view()
}

/// The photos that show how a step was done.
fn photos(here: Here, step: &Step) -> Photos {
    Photos {
        s: here.s,
        sheets: here.sheets,
        dealer: here.id,
        about: link_to(step),
    }
}

fn tick(here: Here, step: &Arc<Step>, done: bool) -> Tick {
    here.tick(link_to(&**step), &step.title, done, text::DONE)
}

fn step_menu(here: Here, all: &[StepView], place: usize) -> Vec<MenuItem> {
    let s = here.s;
    let Some(StepView { step, .. }) = all.get(place) else {
        return Vec::new();
    };
    let link = link_to(&**step);
    let progress = step.progress.unwrap_or(Progress::Waiting);
    let shown = Arc::clone(step);
    let mut items = vec![MenuItem::new(
        Icon::Camera,
        s.t(photo_texts::PHOTOS),
        move || {
            let shown = Arc::clone(&shown);
            here.sheets
                .show(move || photos(here, &shown).sheet(shown.title.clone()));
        },
    )];
    if progress == Progress::Waiting {
        let begun = Arc::clone(step);
        items.push(MenuItem::new(
            Icon::ChevronRight,
            s.t(text::BEGIN),
            move || {
                let said = text::said(s.lang, text::BEGIN, &begun.title);
                here.write(advance(&begun, Progress::Doing, s.today), said);
            },
        ));
    }
    if step.is_open() {
        items.push(here.put_off_item(link, step.due, &step.title));
        let dependent = Arc::clone(step);
        items.push(MenuItem::new(Icon::Link, s.t(text::AFTER), move || {
            ask_after(here, Arc::clone(&dependent));
        }));
        items.push(here.settle_item(
            Icon::Close,
            link,
            Settling::Dropped,
            text::DROP,
            &step.title,
        ));
    } else {
        items.push(here.settle_item(
            Icon::Undo,
            link,
            Settling::Reopened,
            text::REOPEN,
            &step.title,
        ));
    }
    let at = |place: usize| all.get(place).map(|it| it.step.position.clone());
    if place > 0 {
        let before = place.checked_sub(2).and_then(at);
        items.push(move_item(
            here,
            step,
            Icon::ChevronUp,
            text::MOVE_UP,
            before,
            at(place - 1),
        ));
    }
    if place + 1 < all.len() {
        let (after, before) = (at(place + 1), at(place + 2));
        items.push(move_item(
            here,
            step,
            Icon::ChevronDown,
            text::MOVE_DOWN,
            after,
            before,
        ));
    }
    items.extend([here.edit_item(&**step), here.bin_item(step.id())]);
    items
}

fn move_item(
    here: Here,
    step: &Arc<Step>,
    icon: Icon,
    words: Words,
    after: Option<String>,
    before: Option<String>,
) -> MenuItem {
    let s = here.s;
    let moved = Arc::clone(step);
    MenuItem::new(icon, s.t(words), move || {
        let position = between(after.as_deref(), before.as_deref());
        let there = Step {
            position,
            ..Step::clone(&moved)
        };
        here.write(
            changes(Some(&*moved), &there),
            text::said(s.lang, words, &moved.title),
        );
    })
}

/// Asks which step has to be finished before; one that would close a circle is refused.
fn ask_after(here: Here, step: Arc<Step>) {
    here.sheets.show(move || draw_after(here, &step));
}

fn draw_after(here: Here, step: &Arc<Step>) -> View {
    let s = here.s;
    let closing = RwSignal::new(false);
    let chosen = RwSignal::new(step.after);
    let id = step.id;
    let circle = Memo::new(move |_| s.store.peek(|book| would_cycle(book, id, chosen.get())));
    let before = Arc::clone(step);
    let save = Callback::new(move |()| {
        if circle.get_untracked() {
            return;
        }
        let after = Step {
            after: chosen.get_untracked(),
            ..Step::clone(&before)
        };
        here.write(
            changes(Some(&*before), &after),
            text::said(s.lang, text::AFTER, &before.title),
        );
        closing.set(true);
    });
    let option = |each: Id<Step>, name: String| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="after"
                    prop:checked=move || chosen.get() == each
                    on:change=move |_| chosen.set(each)
                />
                <span>{name}</span>
            </label>
        }
    };
    let mut options = vec![option(Id::NIL, s.t(text::AFTER_NONE).to_owned())];
    let others = s.store.peek(|book| steps(book, step.plan));
    options.extend(
        others
            .iter()
            .filter(|other| other.id != id)
            .map(|it| option(it.id, it.title.clone())),
    );
    let body = view! {
        <p>{step.title.clone()}</p>
        <fieldset class="field">
            <legend>{s.t(text::AFTER_WHICH)}</legend>
            <div>{options}</div>
        </fieldset>
        <p class="error" role="alert" hidden=move || !circle.get()>
            {Icon::Alert.draw()}
            {s.t(text::CYCLE)}
        </p>
    };
    overlay(
        Overlay::Dialog,
        s.t(text::AFTER).to_owned(),
        closing,
        Callback::new(move |()| here.sheets.closed()),
        save,
        body,
        save_buttons(s, closing, move || !circle.get()),
    )
}
