//! The steps by which an issue shall be resolved.

use super::Here;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, Tick, rows};
use crate::components::when;
use crate::locales::{form, issue as texts, shell, time};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::date::add_days;
use tongxing_domain::issues::{Deadline, steps};
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin};
use tongxing_domain::settle::{Settling, settle};
use tongxing_domain::tables::{Action, Side};
use tongxing_view::prelude::*;

/// A new step is due in so many days at first, but never after the issue.
const DUE_DAYS: i64 = 3;

/// The section.
pub(super) fn section_of(here: &Here) -> View {
    let s = here.s;
    let steps = s.store.read(|book| steps(book, here.issue.id));
    let open = steps.iter().filter(|step| step.outcome.is_open()).count();
    let adding = here.clone();
    let add = view! {
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(&adding)>
            {Icon::Plus.draw()}
            {s.t(texts::ADD_STEP)}
        </button>
    };
    let content = if steps.is_empty() {
        view! { <p class="help">{s.t(texts::NO_STEPS)}</p> }
    } else {
        rows(steps.iter().map(|step| row(here, step)).collect())
    };
    section(s.t(texts::STEPS), Some(open), Some(add), content)
}

fn add(here: &Here) {
    let (s, issue) = (here.s, &here.issue);
    let soon = add_days(s.today, DUE_DAYS);
    let last = Deadline::of(issue, s.today).map(|deadline| deadline.resolve_by);
    let due = last
        .filter(|last| *last >= s.today)
        .map_or(soon, |last| last.min(soon));
    here.sheets.form(FormSubject {
        record: Box::new(Action {
            dealer: issue.dealer,
            issue: issue.id,
            side: Some(Side::Us),
            owner: s.session.member.get_untracked(),
            due: Some(due),
            ..Action::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::ADD_STEP).to_owned(),
        dealer: issue.dealer.uuid(),
        without: &[],
    });
}

fn row(here: &Here, step: &Arc<Action>) -> View {
    let s = here.s;
    let link = link_to(&**step);
    let said = |words| texts::about(s.lang, words, &step.title);
    let (done, again) = (said(texts::STEP_DONE), said(texts::STEP_OPEN));
    let label = done.clone();
    let set = Callback::new(move |now: bool| {
        let (how, said) = if now {
            (Settling::Done, &done)
        } else {
            (Settling::Reopened, &again)
        };
        let writes = s.store.peek(|book| settle(book, link, how, s.today));
        s.store.act(Act::of(writes), said.clone());
    });
    let parts = [
        step.side.map(|side| s.t(side.words()).to_owned()),
        Some(step.owner.clone()).filter(|owner| !owner.is_empty()),
        step.due.map(|due| time::due(s.lang, due, s.today)),
    ];
    let end = match (step.outcome.is_open(), step.due) {
        (false, _) => Some(badge(Tone::Good, s.t(step.outcome.words()))),
        (true, None) => None,
        (true, Some(due)) => Some(when::due(s, due)),
    };
    let (sheets, edited) = (here.sheets, Arc::clone(step));
    let edit = Callback::new(move |()| {
        sheets.form(FormSubject {
            record: edited.copied(),
            new: false,
            title: form::edit(s.lang, s.t(Action::TABLE.label)),
            dealer: edited.dealer.uuid(),
            without: &[],
        });
    });
    let id = step.id;
    let binned = form::binned(s.lang, s.t(Action::TABLE.label));
    let delete = MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
        s.store.act(Act::of(vec![bin(id, true)]), binned.clone());
    });
    RecordRow {
        tick: Some(Tick {
            done: !step.outcome.is_open(),
            label,
            set,
        }),
        sub: parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Act(edit),
        end,
        acts: vec![
            MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || edit.run(())),
            delete.danger(),
        ],
        ..RecordRow::new(step.title.as_str())
    }
    .view()
}
