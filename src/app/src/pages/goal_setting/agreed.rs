//! The end of the conversation: what was set, what is missing, and the agreement.

use super::talk::Talk;
use crate::components::agreement::agreement_fields;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{note, section};
use crate::locales::{goal as goal_texts, goal_setting as texts};
use crate::state::commit::Act;
use crate::state::route::Route;
use tongxing_domain::schema::{Change, Record as _, changes};
use tongxing_domain::smart::{self, Verdict};
use tongxing_domain::tables::Goal;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The summary, and the fields of the agreement.
pub(super) fn view(talk: Talk) -> View {
    let consent = Signal::derive(move || talk.consent());
    let keep = Callback::new(move |()| talk.keep());
    view! {
        {move || lacking(talk)}
        {move || summary(talk)}
        {agreement_fields(talk.s, talk.dealer, talk.agreement, consent, keep)}
    }
}

/// What is still missing, each with the way there.
fn lacking(talk: Talk) -> Option<View> {
    let s = talk.s;
    let missing = talk.missing();
    if missing.is_empty() {
        return None;
    }
    let links = missing
        .iter()
        .map(|(step, problem)| {
            let field = Goal::TABLE
                .fields
                .iter()
                .find(|spec| spec.key == problem.field);
            let name = field.map_or("", |spec| s.t(spec.label));
            let text = format!("{name}: {}", problem.fault.text(s.lang));
            view! { <a class="btn" href=Route::SetGoal(talk.dealer, *step).href()>{text}</a> }
        })
        .collect_view();
    Some(view! {
        {note(Tone::Watch, s.t(texts::MISSING), None)}
        <div class="actions">{links}</div>
    })
}

fn summary(talk: Talk) -> View {
    let s = talk.s;
    let goal = talk.goal();
    let metric = s.store.read(|book| book.metric(goal.metric));
    let unit = metric.as_ref().and_then(|metric| metric.unit);
    let need = s
        .store
        .read(|book| book.needs.get(goal.need).map(|need| need.title.clone()));
    let way = goal.course.zip(unit).map(|(course, unit)| {
        let show = |quantity| unit.show(quantity, s.lang);
        format!("{} → {}", show(course.baseline), show(course.target))
    });
    let period = goal.span.map(|span| {
        let show = |day| show_date(day, s.lang);
        format!("{} – {}", show(span.start()), show(span.end()))
    });
    let marks = talk.milestones().len();
    let fact = |name, value: Option<String>| {
        value.map(|value| view! { <div><dt>{s.t(name)}</dt><dd dir="auto">{value}</dd></div> })
    };
    let tests = s.store.read(|book| smart::check(book, &goal));
    let tests = tests
        .iter()
        // The marks come into the book together with the goal.
        .filter(|test| test.letter != 'T' || marks == 0)
        .map(|test| {
            let tone = match test.verdict {
                Verdict::Pass => Tone::Good,
                Verdict::Warn => Tone::Watch,
                Verdict::Fail => Tone::Risk,
            };
            badge(tone, s.t(test.name))
        })
        .collect_view();
    let facts = view! {
        <dl class="facts">
            {fact(goal_texts::GOAL, Some(goal.title.clone()).filter(|title| !title.is_empty()))}
            {fact(texts::NEEDS, need)}
            {fact(goal_texts::MEASURED_BY, metric.map(|metric| metric.title(s.lang).to_owned()))}
            {fact(goal_texts::FROM_TO, way)}
            {fact(goal_texts::PERIOD, period)}
            {fact(goal_texts::MILESTONES, (marks > 0).then(|| marks.to_string()))}
        </dl>
        <p class="chips">{tests}</p>
    };
    section(s.t(texts::SUMMARY), None, None, facts)
}

/// Saving, with the agreement or before it.
pub(super) fn acts(talk: Talk) -> View {
    let s = talk.s;
    let incomplete = Memo::new(move |_| !talk.missing().is_empty());
    view! {
        <button
            class="btn"
            type="button"
            disabled=move || incomplete.get()
            on:click=move |_| save(talk, false)
        >
            {s.t(texts::SAVE_OPEN)}
        </button>
        <button
            class="btn"
            data-kind="primary"
            type="button"
            disabled=move || incomplete.get()
            on:click=move |_| save(talk, true)
        >
            {Icon::Check.draw()}
            {s.t(texts::SAVE_AGREED)}
        </button>
    }
}

fn save(talk: Talk, agreed: bool) {
    let s = talk.s;
    let goal = untrack(|| talk.goal());
    let marks = untrack(|| talk.milestones());
    let marks: Vec<Change> = marks.iter().flat_map(|mark| changes(None, mark)).collect();
    let act = if agreed {
        let suggested = untrack(|| talk.consent());
        let Ok(made) = talk.agreement.finish(s, &goal, &suggested) else {
            return;
        };
        let mut writes = changes(None, &made.goal);
        writes.extend(marks);
        writes.extend(changes(None, &made.agreement));
        talk.agreement.act(writes)
    } else {
        let mut writes = changes(None, &goal);
        writes.extend(marks);
        Act::of(writes)
    };
    s.store.act(act, s.t(texts::SAVED).to_owned());
    talk.forget();
    s.nav.replace(Route::Goal(goal.id));
}
