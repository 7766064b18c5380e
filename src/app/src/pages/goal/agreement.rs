//! Where a goal stands with the dealer's agreement, and how it was changed since it was set.

use super::Open;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::section;
use crate::components::record_form::{Asking, FormSubject, Written, asking_form};
use crate::components::signature::kept_signature;
use crate::locales::goal as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::DateSpan;
use tongxing_domain::goals::{AgreedState, NotRevised, Revised, revise, revisions, state};
use tongxing_domain::quantity::Unit;
use tongxing_domain::schema::{AnyRecord, Record, changes};
use tongxing_domain::tables::{Agreement, Goal, Revision};
use tongxing_domain::value::{Course, show_date};
use tongxing_view::prelude::*;

/// The agreement that holds, or that something has to be agreed.
pub(super) fn standing(s: Scene, goal: &Goal) -> View {
    let found = s.store.read(|book| state(book, goal));
    let again = |words| {
        view! {
            <a class="btn" data-kind="primary" href=Route::AgreeGoal(goal.id).href()>
                {Icon::Edit.draw()}
                {s.t(words)}
            </a>
        }
    };
    let paper = || {
        view! {
            <a class="btn" href=Route::GoalSheet(goal.id).href()>
                {Icon::Note.draw()}
                {s.t(texts::SHEET)}
            </a>
        }
    };
    let open = goal.outcome.is_open();
    let content = match found {
        // A goal of an earlier version names who agreed and has no record of it.
        AgreedState::Open if !goal.agreed_by.is_empty() => view! {
            <p>{texts::agreed(s.lang, &goal.agreed_by, goal.agreed_on.map(|on| show_date(on, s.lang)).as_deref())}</p>
            <p class="help">{s.t(texts::NO_RECORD)}</p>
            <div class="actions">{open.then(|| again(texts::SIGN_NOW))}</div>
        },
        AgreedState::Open => view! {
            <p class="help">{s.t(texts::NOT_AGREED)}</p>
            <div class="actions">{open.then(|| again(texts::AGREE))}</div>
        },
        AgreedState::Holds(agreement) => view! {
            {badge(Tone::Good, s.t(texts::AGREEMENT_HOLDS))}
            {signed(s, &agreement)}
            <div class="actions">{paper()}</div>
        },
        AgreedState::ChangedSince(agreement) => view! {
            {badge(Tone::Watch, s.t(texts::CHANGED_SINCE))}
            {signed(s, &agreement)}
            <div class="actions">{open.then(|| again(texts::AGREE_ANEW))}{paper()}</div>
        },
    };
    section(s.t(texts::AGREEMENT), None, None, content)
}

fn signed(s: Scene, agreement: &Agreement) -> View {
    let on = agreement.on.map(|on| show_date(on, s.lang));
    let drawing = agreement
        .is_signed()
        .then(|| kept_signature(agreement.signature.clone(), &agreement.person));
    view! {
        <p>{texts::agreed(s.lang, &agreement.person, on.as_deref())}</p>
        {drawing}
    }
}

/// How the goal was changed, the latest change first, each with its reason.
pub(super) fn history(s: Scene, goal: &Goal) -> Option<View> {
    let found = s.store.read(|book| revisions(book, goal.id));
    if found.is_empty() {
        return None;
    }
    let unit = s
        .store
        .peek(|book| book.metric(goal.metric))
        .and_then(|metric| metric.unit);
    let events = found
        .iter()
        .rev()
        .map(|revision| event(s, unit, revision))
        .collect_view();
    Some(section(
        s.t(texts::REVISIONS),
        Some(found.len()),
        None,
        view! { <ol class="timeline">{events}</ol> },
    ))
}

fn event(s: Scene, unit: Option<Unit>, revision: &Arc<Revision>) -> View {
    let course = |course: Option<Course>| {
        let (course, unit) = course.zip(unit)?;
        let show = |quantity| unit.show(quantity, s.lang);
        Some(format!(
            "{} → {}",
            show(course.baseline),
            show(course.target)
        ))
    };
    let days = |span: Option<DateSpan>| {
        let span = span?;
        let show = |day| show_date(day, s.lang);
        Some(format!("{} – {}", show(span.start()), show(span.end())))
    };
    let change = |before: Option<String>, after: Option<String>| {
        (before != after).then(|| {
            view! {
                <p class="revision">
                    <del>{before.unwrap_or_default()}</del>
                    " "
                    <ins>{after.unwrap_or_default()}</ins>
                </p>
            }
        })
    };
    let by = (!revision.agreed_by.is_empty())
        .then(|| view! { <p class="help">{texts::agreed(s.lang, &revision.agreed_by, None)}</p> });
    view! {
        <li class="event" data-kind="goal">
            <span class="event-when">{revision.on.map(|on| crate::components::when::day(s, on))}</span>
            <span class="event-mark">{Icon::Edit.draw()}</span>
            <div class="event-body">
                <p class="event-title" dir="auto">{revision.reason.clone()}</p>
                {change(course(revision.course_before), course(revision.course_after))}
                {change(days(revision.span_before), days(revision.span_after))}
                {by}
            </div>
        </li>
    }
}

/// The sheet that changes course and time with a reason.
pub(super) fn revising(s: Scene, goal: &Arc<Goal>, open: RwSignal<Open>) -> View {
    let subject = FormSubject {
        record: Box::new(Revision {
            dealer: goal.dealer,
            goal: goal.id,
            on: Some(s.today),
            course_after: goal.course,
            span_after: goal.span,
            ..Revision::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::REVISE).to_owned(),
        // Drafts of one goal's revision stay with it.
        dealer: goal.id.uuid(),
        without: &[],
    };
    let revised = Arc::clone(goal);
    let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
        written(s, &revised, &*typed).map_err(|fault| {
            let field = match fault {
                NotRevised::NoReason => "reason",
                NotRevised::NothingChanges | NotRevised::NoWay | NotRevised::Closed => {
                    "course_after"
                }
            };
            (field, s.t(fault.words()).to_owned())
        })
    });
    let asking = Asking {
        fields: &["course_after", "span_after", "reason", "agreed_by"],
        submit: texts::REVISE,
        finish,
    };
    asking_form(
        subject,
        asking,
        Callback::new(move |_| open.set(Open::Nothing)),
    )
}

fn written(s: Scene, goal: &Goal, typed: &dyn AnyRecord) -> Result<Written, NotRevised> {
    let mut asked = Revision::default();
    for place in 0..Revision::TABLE.fields.len() {
        // A value of the same field is always of its kind.
        let _ = asked.put(place, typed.value(place));
    }
    let (Some(course), Some(span)) = (asked.course_after, asked.span_after) else {
        return Err(NotRevised::NothingChanges);
    };
    let Revised {
        goal: after,
        revision,
    } = revise(
        goal,
        course,
        span,
        &asked.reason,
        &asked.agreed_by,
        s.today,
        &mut || s.store.fresh::<Revision>().uuid(),
    )?;
    let mut writes = changes(Some(goal), &after);
    writes.extend(changes(None, &revision));
    Ok((writes, s.t(texts::REVISED).to_owned()))
}
