//! Contracts and authorisations, with the day on which each ends.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::strategy as texts;
use std::sync::Arc;
use tongxing_domain::contracts::ContractState;
use tongxing_domain::tables::Contract;
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The section.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let mut contracts: Vec<Arc<Contract>> = s
        .store
        .read(|book| book.contracts.of(here.id).cloned().collect());
    contracts.sort_by_key(|contract| {
        let settled = contract.state_on(s.today) == Some(ContractState::Settled);
        (settled, contract.span.map(|span| span.end()), contract.id)
    });
    let add = view! {
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                here.add(Contract { dealer: here.id, ..here.fresh() }, &[]);
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_CONTRACT)}
        </button>
    };
    let content = if contracts.is_empty() {
        view! { <p class="help">{s.t(texts::NO_CONTRACTS)}</p> }
    } else {
        rows(
            contracts
                .iter()
                .map(|contract| row(here, contract))
                .collect(),
        )
    };
    section(
        s.t(texts::CONTRACTS),
        Some(contracts.len()),
        Some(add),
        content,
    )
}

fn row(here: Here, contract: &Arc<Contract>) -> View {
    let s = here.s;
    let end = contract.state_on(s.today).map(|state| {
        let tone = match state {
            ContractState::RunOut => Tone::Risk,
            ContractState::Ending => Tone::Watch,
            ContractState::Running => Tone::Good,
            ContractState::Ahead | ContractState::Settled => Tone::None,
        };
        let told = contract.clone();
        explain(
            badge(tone, s.t(state.words())),
            s.t(texts::CONTRACT_TITLE),
            move || told.explain(s.today, s.lang),
        )
    });
    let days = contract.span.map(|span| {
        let show = |day| show_date(day, s.lang);
        format!("{} – {}", show(span.start()), show(span.end()))
    });
    let kind = contract.kind.map(|kind| s.t(kind.words()).to_owned());
    let parts = [kind, days, Some(contract.territory.clone())];
    let sub = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let edited = Arc::clone(contract);
    RecordRow {
        sub: sub.collect::<Vec<_>>().join(" · ").into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end,
        acts: vec![here.edit_item(&**contract), here.bin_item(contract.id)],
        ..RecordRow::new(contract.title.as_str())
    }
    .view()
}
