//! What was done and said about an issue: for both sides, beside what is for the team alone.

use super::Here;
use crate::components::icon::Icon;
use crate::components::marks::internal_mark;
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::components::when;
use crate::locales::{form, issue as texts, shell};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::date::Date;
use tongxing_domain::log::{entries, shared};
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin};
use tongxing_domain::tables::{LogEntry, LogKind};
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: &Here) -> View {
    let s = here.s;
    let about = link_to(&*here.issue);
    // The dealer is shown entries that have no room for anything internal.
    let mut events: Vec<View> = if s.shared {
        let entries = s.store.read(|book| shared(book, about));
        entries
            .iter()
            .map(|entry| {
                let said = text_of(&entry.text);
                event(s, Some(entry.on), entry.kind, said, None)
            })
            .collect()
    } else {
        let entries = s.store.read(|book| entries(book, about));
        entries.iter().map(|entry| full(here, entry)).collect()
    };
    // The newest first.
    events.reverse();
    let adding = here.clone();
    let add = view! {
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(&adding)>
            {Icon::Plus.draw()}
            {s.t(texts::ADD_ENTRY)}
        </button>
    };
    let content = if events.is_empty() {
        let hint = if s.shared {
            texts::NO_ENTRIES_SHARED
        } else {
            texts::NO_ENTRIES
        };
        view! { <p class="help">{s.t(hint)}</p> }
    } else {
        view! { <ol class="timeline">{events}</ol> }
    };
    section(s.t(texts::LOG), None, Some(add), content)
}

fn add(here: &Here) {
    let (s, issue) = (here.s, &here.issue);
    here.sheets.form(FormSubject {
        record: Box::new(LogEntry {
            dealer: issue.dealer,
            about: Some(link_to(&**issue)),
            on: Some(s.today),
            kind: Some(LogKind::Note),
            by: s.session.member.get_untracked(),
            ..LogEntry::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::ADD_ENTRY).to_owned(),
        // Drafts of one issue's log stay with it.
        dealer: issue.id.uuid(),
        without: &[],
    });
}

/// An entry as the team reads it.
fn full(here: &Here, entry: &Arc<LogEntry>) -> View {
    let s = here.s;
    let internal = (!entry.internal_notes.trim().is_empty() || entry.level.is_some()).then(|| {
        let level = entry
            .level
            .map(|level| view! { <p>{texts::taken_to(s.lang, level)}</p> });
        view! {
            <div class="log-internal" data-internal="">
                {internal_mark()}
                {level}
                {text_of(&entry.internal_notes)}
            </div>
        }
    });
    let by = (!entry.by.is_empty()).then(|| view! { <p class="help">{entry.by.clone()}</p> });
    let said = view! { {text_of(&entry.text)}{internal}{by} };
    let (sheets, edited) = (here.sheets, Arc::clone(entry));
    let id = entry.id;
    let label = s.t(LogEntry::TABLE.label);
    let edit = MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
        sheets.form(FormSubject {
            record: edited.copied(),
            new: false,
            title: form::edit(s.lang, label),
            dealer: edited.dealer.uuid(),
            without: &[],
        });
    });
    let delete = MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
        s.store
            .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
    });
    let kind = entry.kind.unwrap_or(LogKind::Note);
    let more = menu(
        Icon::More,
        shell::more_about(s.lang, s.t(kind.words())),
        vec![edit, delete.danger()],
    );
    event(s, entry.on, kind, said, Some(more))
}

fn event(s: Scene, on: Option<Date>, kind: LogKind, said: View, more: Option<View>) -> View {
    view! {
        <li class="event" data-kind="issue">
            <span class="event-when">{on.map(|on| when::day(s, on))}</span>
            <span class="event-mark">{icon_of(kind).draw()}</span>
            <div class="event-body log-entry">
                <div>
                    <p class="event-title">{s.t(kind.words())}</p>
                    {said}
                </div>
                {more}
            </div>
        </li>
    }
}

fn text_of(text: &str) -> View {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
        .collect_view()
        .into_view()
}

const fn icon_of(kind: LogKind) -> Icon {
    match kind {
        LogKind::Response => Icon::Message,
        LogKind::Confirmed | LogKind::Resolved | LogKind::Outcome => Icon::Check,
        LogKind::Begun => Icon::ChevronRight,
        LogKind::Reviewed => Icon::Star,
        LogKind::Reopened => Icon::Undo,
        LogKind::SetAside => Icon::Close,
        LogKind::Escalated => Icon::Alert,
        LogKind::Note | LogKind::Newer(_) => Icon::Note,
    }
}
