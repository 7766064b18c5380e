//! The checklists of each rhythm.

use super::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, Tick, rows};
use crate::components::segmented::segmented;
use crate::locales::{dealer as dealer_texts, form, routines as texts, shell};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::position::between;
use tongxing_domain::routines::{Standing, checklist, ticked};
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin, changes};
use tongxing_domain::tables::{Rhythm, Routine};
use tongxing_view::prelude::*;

/// The section: a rhythm at a time.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let chosen = RwSignal::new(0_usize);
    let names = Rhythm::ALL.iter().map(|it| s.t(it.words())).collect();
    let choose = Callback::new(move |place| chosen.set(place));
    let list = move || {
        let rhythm = Rhythm::ALL.get(chosen.get()).copied()?;
        Some(one(here, rhythm))
    };
    let content = view! {
        {segmented(s.t(texts::RHYTHM), names, chosen.into(), choose)}
        {list}
    };
    section(s.t(texts::CHECKLISTS), None, None, content)
}

fn one(here: Here, rhythm: Rhythm) -> View {
    let s = here.s;
    let list = s.store.read(|book| checklist(book, rhythm, s.today));
    let last = list
        .last()
        .map(|last| last.routine.position.clone())
        .filter(|position| !position.is_empty());
    let head = list.first().map(|first| {
        let done = list.iter().filter(|standing| standing.done).count();
        let left = texts::days_left(s.lang, first.days_left);
        let text = format!("{} · {left}", texts::done_of(s.lang, done, list.len()));
        view! { <p class="help">{text}</p> }
    });
    let content = if list.is_empty() {
        view! { <p class="help">{s.t(texts::NO_ROUTINES)}</p> }
    } else {
        rows(list.iter().map(|standing| row(here, standing)).collect())
    };
    let add = move |_| {
        let routine = Routine {
            rhythm: Some(rhythm),
            since: Some(s.today),
            position: between(last.as_deref(), None),
            ..Routine::with_id(s.store.fresh())
        };
        here.form(Box::new(routine), true);
    };
    view! {
        {head}
        {content}
        <button class="btn" data-kind="quiet" type="button" on:click=add>
            {Icon::Plus.draw()}
            {s.t(texts::NEW_ROUTINE)}
        </button>
    }
}

fn row(here: Here, standing: &Standing) -> View {
    let s = here.s;
    let routine = &standing.routine;
    let title = routine.title.as_str();
    let done = standing.done;
    let set = Arc::clone(routine);
    let tick = Tick {
        done,
        label: dealer_texts::said(s.lang, texts::DONE, title),
        set: Callback::new(move |now: bool| {
            let after = ticked(&set, s.today, now);
            let did = if now { texts::DONE } else { texts::OPEN_AGAIN };
            s.store.act(
                Act::of(changes(Some(&*set), &after)),
                dealer_texts::said(s.lang, did, &set.title),
            );
        }),
    };
    let (tone, word) = match standing.missed {
        0 if done => (Tone::Good, s.t(texts::DONE).to_owned()),
        0 => (Tone::None, standing.period.name.clone()),
        missed => (Tone::Watch, texts::missed(s.lang, missed)),
    };
    let told = standing.clone();
    let figure = explain(badge(tone, word), s.t(texts::STANDING_TITLE), move || {
        told.explain(s.lang)
    });
    let parts = [
        routine.owner.as_str(),
        routine.detail.lines().next().unwrap_or_default(),
    ];
    let sub = parts.into_iter().filter(|part| !part.is_empty());
    let (edited, again) = (Arc::clone(routine), Arc::clone(routine));
    let id = routine.id;
    let label = s.t(Routine::TABLE.label);
    RecordRow {
        tick: Some(tick),
        sub: sub.collect::<Vec<_>>().join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.form(edited.copied(), false))),
        end: Some(figure),
        acts: vec![
            MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
                here.form(again.copied(), false);
            }),
            MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                s.store
                    .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            })
            .danger(),
        ],
        ..RecordRow::new(title)
    }
    .view()
}
