//! The catalogue of metrics: those every book knows, the team's own, and those worked out of others.

use super::{Here, formula_form};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{form, scorecard as texts, shell};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::formula::circle;
use tongxing_domain::id::Id;
use tongxing_domain::metrics::built_in;
use tongxing_domain::schema::{AnyRecord as _, Record, bin};
use tongxing_domain::tables::{Gathering, Metric};
use tongxing_view::prelude::*;

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let metrics = Memo::new(move |_| s.store.read(|book| book.all_metrics()));
    (move || {
        let metrics = metrics.get();
        let count = metrics.len();
        let list = metrics
            .into_iter()
            .map(|metric| row(here, metric))
            .collect();
        let add = view! {
            <button class="section-more" type="button" on:click=move |_| add(here)>
                {s.t(texts::NEW_METRIC)}
            </button>
        };
        section(s.t(texts::METRICS), Some(count), Some(add), rows(list))
    })
    .into_view()
}

fn add(here: Here) {
    let s = here.s;
    let metric = Metric {
        gathering: Some(Gathering::Sum),
        ..Metric::with_id(s.store.fresh())
    };
    here.sheets.form(FormSubject {
        record: Box::new(metric),
        new: true,
        title: s.t(texts::NEW_METRIC).to_owned(),
        dealer: Default::default(),
        without: &[],
    });
}

fn is_built_in(id: Id<Metric>) -> bool {
    built_in().iter().any(|metric| metric.id == id)
}

fn row(here: Here, metric: Arc<Metric>) -> View {
    let s = here.s;
    let known = is_built_in(metric.id);
    let kind = match (&metric.formula, known) {
        (Some(_), _) => badge(Tone::Info, s.t(texts::WORKED_OUT)),
        (None, true) => badge(Tone::None, s.t(texts::BUILT_IN)),
        (None, false) => badge(Tone::None, s.t(texts::OWN)),
    };
    let parts = [
        metric.unit.map(|unit| s.t(unit.words())),
        metric.direction.map(|direction| s.t(direction.words())),
        metric.gathering.map(|gathering| s.t(gathering.words())),
    ];
    let facts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let formula = metric.formula.as_ref().map(|formula| {
        let (text, round) = s.store.peek(|book| {
            let round = circle(book, metric.id, formula);
            (formula.text(book, s.lang), !round.is_empty())
        });
        let wrong = round.then(|| badge(Tone::Risk, texts::circle(s.lang, metric.title(s.lang))));
        view! { <span class="row-sub">{text}</span> {wrong} }
    });
    let definition = metric.definition_in(s.lang).to_owned();
    let opened = Arc::clone(&metric);
    RecordRow {
        sub: view! { {facts}<br/><span dir="auto">{definition}</span> },
        below: formula.map(IntoView::into_view),
        opens: RowOpens::Act(Callback::new(move |()| edit(here, &opened))),
        end: Some(kind),
        acts: acts(here, &metric, known),
        ..RecordRow::new(metric.title(s.lang))
    }
    .view()
}

fn edit(here: Here, metric: &Arc<Metric>) {
    let s = here.s;
    // A built-in metric gets a row of the team's own once something of it is changed.
    let new = s
        .store
        .peek(|book| book.metrics.get_any(metric.id).is_none());
    here.sheets.form(FormSubject {
        record: metric.copied(),
        new,
        title: form::edit(s.lang, s.t(Metric::TABLE.label)),
        dealer: Default::default(),
        without: &[],
    });
}

fn acts(here: Here, metric: &Arc<Metric>, known: bool) -> Vec<MenuItem> {
    let s = here.s;
    let (edited, formula) = (Arc::clone(metric), Arc::clone(metric));
    let mut acts = vec![MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
        edit(here, &edited);
    })];
    if !known {
        acts.push(MenuItem::new(
            Icon::Chart,
            s.t(texts::SET_FORMULA),
            move || {
                formula_form::open(here, &formula);
            },
        ));
    }
    let own = s.store.peek(|book| book.metrics.get(metric.id).is_some());
    if own {
        let id = metric.id;
        acts.push(
            MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                let label = s.t(Metric::TABLE.label);
                s.store
                    .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            })
            .danger(),
        );
    }
    acts
}
