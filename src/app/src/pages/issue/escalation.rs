//! To whom of ours an issue should be taken, and whether other dealers report the same. Both are for
//! the team alone.

use super::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::when;
use crate::locales::{issue as texts, time};
use crate::state::commit::Act;
use crate::state::route::Route;
use std::sync::Arc;
use tongxing_domain::issues::{Escalation, Pattern, patterns};
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{EscalationLevel, Issue, LogEntry};
use tongxing_view::prelude::*;

/// Both sections; nothing while the screen is shared.
pub(super) fn section_of(here: &Here) -> View {
    if here.s.shared {
        return ().into_view();
    }
    view! { <div data-internal="">{level(here)}{similar(here)}</div> }
}

fn level(here: &Here) -> Option<View> {
    let s = here.s;
    let escalation = s
        .store
        .read(|book| Escalation::of(book, &here.issue, s.today))?;
    let (tone, word) = match (escalation.outstanding(), escalation.told) {
        (Some(level), _) => (Tone::Risk, texts::due_with(s.lang, level)),
        (None, Some(level)) => (Tone::Good, texts::taken_to(s.lang, level)),
        (None, None) => (Tone::None, s.t(texts::NO_LEVEL).to_owned()),
    };
    let told = escalation;
    let figure = explain(badge(tone, word), s.t(texts::ESCALATION_TITLE), move || {
        told.explain(s.lang)
    });
    let next = escalation.next.map(|(level, day)| {
        let day = time::day(s.lang, day, s.today);
        view! { <p class="help">{texts::next_level(s.lang, level, &day)}</p> }
    });
    let act = escalation.outstanding().map(|level| {
        let taking = here.clone();
        view! {
            <button class="btn" type="button" on:click=move |_| take(&taking, level)>
                {Icon::Check.draw()}
                {texts::take_to(s.lang, level)}
            </button>
        }
    });
    Some(section(
        s.t(texts::ESCALATION),
        None,
        Some(internal_mark()),
        view! { <div>{figure}</div>{next}{act} },
    ))
}

fn take(here: &Here, level: EscalationLevel) {
    let s = here.s;
    let entry = LogEntry {
        by: s.session.member.get_untracked(),
        ..LogEntry::escalated(&here.issue, level, "", s.today)
    };
    // The notice may still stand when the screen is shared: it names no level.
    s.store
        .act(Act::of(changes(None, &entry)), s.t(texts::NOTED).to_owned());
}

fn similar(here: &Here) -> Option<View> {
    let s = here.s;
    let id = here.issue.id;
    let found = s.store.read(|book| patterns(book, s.today));
    let found: Vec<Pattern> = found
        .into_iter()
        .filter(|pattern| pattern.issues.iter().any(|issue| issue.id == id))
        .collect();
    if found.is_empty() {
        return None;
    }
    let groups = found
        .iter()
        .map(|pattern| {
            let words = texts::pattern(
                s.lang,
                pattern.kind.words(),
                pattern.common.name(),
                pattern.issues.len(),
                pattern.dealers,
            );
            let title = s.t(texts::PATTERN_TITLE).to_owned();
            let told = pattern.clone();
            let figure = explain(words, title, move || told.explain(s.lang));
            let others = pattern.issues.iter().filter(|issue| issue.id != id);
            let list = others.map(|issue| row(here, issue)).collect();
            view! { <div>{figure}</div>{rows(list)} }
        })
        .collect_view();
    Some(section(
        s.t(texts::PATTERNS),
        None,
        Some(internal_mark()),
        groups,
    ))
}

fn row(here: &Here, issue: &Arc<Issue>) -> View {
    let s = here.s;
    let dealer = s.store.read(|book| {
        let dealer = book.dealers.get_any(issue.dealer);
        dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
    });
    let stage = s.t(issue.stage().words());
    RecordRow {
        sub: format!("{dealer} · {stage}").into_view(),
        opens: RowOpens::Place(Route::Issue(issue.id).href()),
        end: issue.reported_on.map(|on| when::day(s, on)),
        ..RecordRow::new(issue.title.as_str())
    }
    .view()
}
