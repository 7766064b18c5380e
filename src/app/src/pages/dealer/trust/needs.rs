//! What the dealer needs: heard, answered, and what came of it; each answer stays in its log.

use super::super::here::Here;
use crate::components::explain::counted;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::menu::MenuItem;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{empty, section};
use crate::components::record_form::{Asking, FormSubject, asking_form};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{Words, dealer as text, shell, time, trust as texts};
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::explain::Line;
use tongxing_domain::log;
use tongxing_domain::schema::{AnyRecord, Record as _, changes};
use tongxing_domain::settle::Settling;
use tongxing_domain::tables::{LogEntry, LogKind, Need, NeedStatus};
use tongxing_domain::trust::{OPEN_NEEDS_RULE, answer};
use tongxing_domain::value::Value;
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: Here, needs: &[Arc<Need>]) -> View {
    let s = here.s;
    if needs.is_empty() {
        let hint = s.t(text::NO_NEEDS_HINT);
        return empty(Icon::Need, s.t(text::NO_NEEDS), hint, None);
    }
    let open = needs.iter().filter(|need| need.is_open()).count();
    let list = needs.iter().map(|need| row(here, need)).collect();
    let titles: Vec<String> = needs
        .iter()
        .filter(|need| need.is_open())
        .map(|need| need.title.clone())
        .collect();
    let count = counted(s, open, text::NEEDS, OPEN_NEEDS_RULE, move || {
        let lines = titles.iter().map(|title| Line::new(title.clone(), "—"));
        lines.collect()
    });
    section(s.t(text::NEEDS), None, Some(count), rows(list))
}

fn row(here: Here, need: &Arc<Need>) -> View {
    let s = here.s;
    let (link, title, open) = (link_to(&**need), need.title.as_str(), need.is_open());
    let kind = need.kind.map(|kind| s.t(kind.words()));
    let told = if need.response.is_empty() {
        &need.detail
    } else {
        &need.response
    };
    let told = told.lines().next().filter(|line| !line.is_empty());
    let sub = [kind, told]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let status = need.status.unwrap_or(NeedStatus::Open);
    let tone = match status {
        NeedStatus::Met => Tone::Good,
        NeedStatus::InProgress => Tone::Info,
        NeedStatus::Open => Tone::Watch,
        NeedStatus::Declined | NeedStatus::Newer(_) => Tone::None,
    };
    let mut acts = Vec::new();
    if open {
        let answers = [
            (Icon::Message, texts::ANSWER, NeedStatus::InProgress),
            (Icon::Check, text::MET, NeedStatus::Met),
            (Icon::Close, text::DECLINE, NeedStatus::Declined),
        ];
        acts.extend(answers.map(|(icon, words, status)| {
            let need = Arc::clone(need);
            MenuItem::new(icon, s.t(words), move || ask(here, &need, words, status))
        }));
    } else {
        acts.push(here.settle_item(Icon::Undo, link, Settling::Reopened, text::REOPEN, title));
    }
    let told = Arc::clone(need);
    acts.push(MenuItem::new(Icon::Clock, s.t(texts::COURSE), move || {
        show_course(here, &told);
    }));
    acts.extend([here.edit_item(&**need), here.bin_item(need.id())]);
    let edited = Arc::clone(need);
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: Some(badge(tone, s.t(status.words()))),
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

/// Asks what was answered or decided, and writes it into the need and its log.
fn ask(here: Here, need: &Arc<Need>, words: Words, status: NeedStatus) {
    let s = here.s;
    let need = Arc::clone(need);
    here.sheets.show(move || {
        let before = Arc::clone(&need);
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let place = Need::TABLE.position("response");
            let said = match place.map(|place| typed.value(place)) {
                Some(Value::Text(said)) => said,
                _ => String::new(),
            };
            let mut fresh = || s.store.fresh::<LogEntry>().uuid();
            match answer(&before, status, &said, s.today, &mut fresh) {
                Ok(answered) => {
                    let entry = LogEntry {
                        by: s.session.member.get_untracked(),
                        ..answered.entry
                    };
                    let mut writes = changes(Some(&*before), &answered.need);
                    writes.extend(changes(None, &entry));
                    Ok((writes, text::said(s.lang, words, &before.title)))
                }
                Err(_) => Err(("response", s.t(texts::SAY_WHAT).to_owned())),
            }
        });
        // What was answered before stands in the log; the new answer begins empty.
        let blank = Need {
            response: String::new(),
            ..Need::clone(&need)
        };
        let subject = FormSubject {
            record: Box::new(blank),
            new: false,
            title: s.t(words).to_owned(),
            dealer: here.id.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields: &["response"],
            submit: words,
            finish,
        };
        let closed = Callback::new(move |_| here.sheets.closed());
        asking_form(subject, asking, closed)
    });
}

/// The need in the dealer's words, and what became of it, the latest first.
fn show_course(here: Here, need: &Arc<Need>) {
    let s = here.s;
    let need = Arc::clone(need);
    here.sheets.show(move || {
        let closing = RwSignal::new(false);
        let entries = s.store.peek(|book| log::entries(book, link_to(&*need)));
        let events = entries
            .iter()
            .rev()
            .map(|entry| event(here, entry))
            .collect_view();
        let raised = need.raised_on.map(|day| {
            view! {
                <li class="event" data-kind="need">
                    <span class="event-when">{time::day(s.lang, day, s.today)}</span>
                    <span class="event-mark">{Icon::Need.draw()}</span>
                    <div class="event-body">
                        <p class="event-title">{s.t(texts::RAISED)}</p>
                        <p dir="auto">{need.detail.clone()}</p>
                    </div>
                </li>
            }
        });
        let body = view! { <ol class="timeline">{events}{raised}</ol> };
        let foot = view! {
            <button class="btn" type="button" on:click=move |_| closing.set(true)>
                {s.t(shell::CLOSE)}
            </button>
        };
        overlay(
            Overlay::Sheet,
            need.title.clone(),
            closing,
            Callback::new(move |()| here.sheets.closed()),
            Callback::new(move |()| closing.set(true)),
            body,
            foot,
        )
    });
}

fn event(here: Here, entry: &LogEntry) -> View {
    let s = here.s;
    let kind = entry.kind.unwrap_or(LogKind::Note);
    let icon = match kind {
        LogKind::Response => Icon::Message,
        LogKind::Outcome => Icon::Check,
        _ => Icon::Note,
    };
    let internal = (!s.shared && !entry.internal_notes.is_empty()).then(|| {
        view! {
            <div class="log-internal" data-internal="">
                {internal_mark()}
                <p dir="auto">{entry.internal_notes.clone()}</p>
            </div>
        }
    });
    let by = (!entry.by.is_empty()).then(|| view! { <p class="help">{entry.by.clone()}</p> });
    view! {
        <li class="event" data-kind="need">
            <span class="event-when">{entry.on.map(|day| time::day(s.lang, day, s.today))}</span>
            <span class="event-mark">{icon.draw()}</span>
            <div class="event-body">
                <p class="event-title">{s.t(kind.words())}</p>
                <p dir="auto">{entry.text.clone()}</p>
                {internal}
                {by}
            </div>
        </li>
    }
}
