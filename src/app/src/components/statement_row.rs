//! A statement in one row.

use super::explain::explain;
use super::marks::{Tone, badge};
use super::record_row::{RecordRow, RowOpens};
use crate::locales::{Words, incentive as texts};
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::incentives::{Payout, Settlement};
use tongxing_domain::tables::Statement;
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// How a statement stands, in a word.
pub fn statement_badge(s: Scene, statement: &Statement) -> View {
    let paid = match statement.outcome {
        Outcome::Open => badge(Tone::Watch, s.t(texts::OPEN)),
        Outcome::Done(_) => badge(Tone::Good, s.t(texts::PAID)),
        Outcome::Dropped(_) => badge(Tone::None, s.t(texts::WITHDRAWN)),
    };
    let disputed = (!statement.dispute.is_nil()).then(|| badge(Tone::Risk, s.t(texts::DISPUTED)));
    view! { {disputed} {paid} }
}

/// A figure of a statement.
pub fn statement_figure(s: Scene, settled: &Settlement, shown: String, label: Words) -> View {
    let told = settled.clone();
    explain(shown, s.t(texts::STANDING_TITLE), move || {
        let lines = s.store.peek(|book| told.explain(book, s.lang));
        resulting(lines, label)
    })
}

/// What a statement comes to.
pub fn statement_total(s: Scene, settled: &Settlement) -> View {
    let shown = settled.payout.total.show();
    statement_figure(s, settled, shown, Payout::TOTAL)
}

/// A statement in one row: up to which day, what it comes to, how it stands.
pub fn statement_row(s: Scene, title: String, statement: &Arc<Statement>) -> View {
    let total = match s.store.peek(|book| Settlement::of(book, statement)) {
        Ok(settled) => statement_total(s, &settled),
        Err(fault) => s.t(fault.words()).into_view(),
    };
    let until = statement.until.map(|day| show_date(day, s.lang));
    RecordRow {
        sub: view! { {s.t(texts::UNTIL)}" "{until} },
        opens: RowOpens::Place(Route::Statement(statement.id).href()),
        end: Some(view! { {statement_badge(s, statement)} <b>{total}</b> }),
        ..RecordRow::new(title)
    }
    .view()
}
