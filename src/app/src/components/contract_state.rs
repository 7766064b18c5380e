//! How a contract stands; a tap shows its dates and when one is reminded.

use super::explain::explain;
use super::marks::{Tone, badge};
use crate::locales::long_term as texts;
use crate::state::scene::Scene;
use tongxing_domain::contracts::ContractState;
use tongxing_domain::tables::Contract;
use tongxing_view::prelude::*;

/// The state as a figure; `None` for a contract without its dates.
pub fn contract_state(s: Scene, contract: &Contract) -> Option<View> {
    let state = contract.state_on(s.today)?;
    let tone = match state {
        ContractState::RunOut => Tone::Risk,
        ContractState::Ending => Tone::Watch,
        ContractState::Running => Tone::Good,
        ContractState::Ahead => Tone::Info,
        ContractState::Settled => Tone::None,
    };
    let told = contract.clone();
    Some(explain(
        badge(tone, s.t(state.words())),
        s.t(texts::STATE_TITLE),
        move || told.explain(s.today, s.lang),
    ))
}
