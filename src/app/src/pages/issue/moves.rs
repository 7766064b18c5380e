//! Moving an issue on: at once, or after what has to be known first was asked.

use super::Here;
use crate::components::record_form::{Asking, FormSubject, Written, asking_form};
use crate::locales::issue as texts;
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::issues::{Moved, Refusal, move_to};
use tongxing_domain::schema::{AnyRecord, Record, changes};
use tongxing_domain::tables::{Issue, IssueStage, LogEntry};
use tongxing_view::prelude::*;

/// Moves the issue to a stage, or opens the sheet that asks for what the stage needs.
pub(super) fn begin(here: &Here, to: IssueStage) {
    let s = here.s;
    match to {
        IssueStage::Resolved => ask(here, to, &["resolution", "root_cause"]),
        IssueStage::Reviewed => ask(here, to, &["satisfaction", "root_cause"]),
        _ => match written(here, &here.issue, to) {
            Ok((writes, said)) => s.store.act(Act::of(writes), said),
            // The page offers what may follow; another tab can have been quicker.
            Err(refusal) => s.toasts.say(refusal.text(s.lang), None),
        },
    }
}

/// The issue and its log as they are after the move from what the book holds now.
fn written(here: &Here, after: &Issue, to: IssueStage) -> Result<Written, Refusal> {
    let s = here.s;
    let Moved { issue, entry } = move_to(after, to, s.today)?;
    let entry = LogEntry {
        by: s.session.member.get_untracked(),
        ..entry
    };
    let mut writes = changes(Some(&*here.issue), &issue);
    writes.extend(changes(None, &entry));
    Ok((writes, texts::moved(s.lang, to, &issue.title)))
}

fn ask(here: &Here, to: IssueStage, fields: &'static [&'static str]) {
    let s = here.s;
    let here = here.clone();
    here.sheets.show(move || {
        let moving = here.clone();
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let after = as_typed(&moving.issue, &*typed);
            written(&moving, &after, to).map_err(|refusal| {
                let field = match refusal {
                    Refusal::NoResolution => "resolution",
                    Refusal::NoRootCause => "root_cause",
                    Refusal::NoSatisfaction => "satisfaction",
                    // No field is at fault; the first one is where the eye is.
                    Refusal::DoesNotFollow { .. } => fields.first().copied().unwrap_or_default(),
                };
                (field, refusal.text(s.lang))
            })
        });
        let submit = texts::step_to(here.issue.stage(), to);
        let subject = FormSubject {
            record: here.issue.copied(),
            new: false,
            title: s.t(submit).to_owned(),
            dealer: here.issue.dealer.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields,
            submit,
            finish,
        };
        let sheets = here.sheets;
        asking_form(subject, asking, Callback::new(move |_| sheets.closed()))
    });
}

/// The issue with what was typed.
fn as_typed(issue: &Arc<Issue>, typed: &dyn AnyRecord) -> Issue {
    let mut after = Issue::clone(issue);
    for place in 0..Issue::TABLE.fields.len() {
        // A value of the same field is always of its kind.
        let _ = after.put(place, typed.value(place));
    }
    after
}
