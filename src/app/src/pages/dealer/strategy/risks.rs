//! Who comes after whom, and what may go wrong: for the team alone.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{dealer as dealer_texts, strategy as texts};
use std::sync::Arc;
use tongxing_domain::schema::changes;
use tongxing_domain::strategy::{RiskLevel, open_risks};
use tongxing_domain::tables::Risk;
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// The section; nothing while the screen is shared.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return ().into_view();
    }
    let risks = s.store.read(|book| open_risks(book, here.id));
    let add = view! {
        {internal_mark()}
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                here.add(Risk { dealer: here.id, ..here.fresh() }, &[]);
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_RISK)}
        </button>
    };
    let content = if risks.is_empty() {
        view! { <p class="help">{s.t(texts::NO_RISKS)}</p> }
    } else {
        rows(risks.iter().map(|risk| row(here, risk)).collect())
    };
    let section = section(s.t(texts::RISKS), Some(risks.len()), Some(add), content);
    view! { <div data-internal="">{section}</div> }
}

fn row(here: Here, risk: &Arc<Risk>) -> View {
    let s = here.s;
    let tone = match risk.level() {
        RiskLevel::Grave => Tone::Risk,
        RiskLevel::Watch => Tone::Watch,
        RiskLevel::Small => Tone::None,
    };
    let told = risk.clone();
    let figure = explain(
        badge(tone, s.t(risk.level().words())),
        s.t(texts::RISK_TITLE),
        move || told.explain(s.lang),
    );
    let kind = risk.kind.map(|kind| s.t(kind.words()).to_owned());
    let parts = [kind, Some(risk.answer.clone())];
    let sub = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let (edited, settled) = (Arc::clone(risk), Arc::clone(risk));
    let over = MenuItem::new(Icon::Check, s.t(texts::RISK_OVER), move || {
        let after = Risk {
            outcome: Outcome::Done(s.today),
            ..Risk::clone(&settled)
        };
        here.write(
            changes(Some(&*settled), &after),
            dealer_texts::said(s.lang, texts::RISK_OVER, &settled.title),
        );
    });
    RecordRow {
        sub: sub.collect::<Vec<_>>().join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: Some(figure),
        acts: vec![over, here.edit_item(&**risk), here.bin_item(risk.id)],
        ..RecordRow::new(risk.title.as_str())
    }
    .view()
}
