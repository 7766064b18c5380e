//! Contracts and authorisations that have run out or end soon, of all dealers.

use super::{Cut, dealer_name};
use crate::components::contract_state::contract_state;
use crate::components::explain::counted;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens};
use crate::locales::{long_term as texts, time};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::contracts::{TO_RENEW_RULE, to_renew};
use tongxing_domain::explain::Line;
use tongxing_domain::tables::Contract;
use tongxing_view::prelude::*;

/// So many are shown at first.
const FIRST: usize = 3;

pub(super) fn view(s: Scene) -> View {
    let cut = Cut::after(FIRST);
    let found = Memo::new(move |_| s.store.read(|book| to_renew(book, s.today)));
    let count = Memo::new(move |_| found.with(Vec::len));
    (move || {
        if count.get() == 0 {
            return None;
        }
        let head = view! {
            {move || {
                counted(s, count.get(), texts::TO_RENEW, TO_RENEW_RULE, move || {
                    found.with_untracked(|found| found.iter().map(|it| line(s, it)).collect())
                })
            }}
            {cut.switch(s, move || count.get())}
        };
        let list = view! {
            <ul class="rows">
                {move || found.with(|found| {
                    let shown = found.iter().take(cut.shown(found.len()));
                    shown.map(|contract| row(s, contract)).collect_view()
                })}
            </ul>
        };
        Some(section(s.t(texts::TO_RENEW), None, Some(head), list))
    })
    .into_view()
}

/// A contract in the explanation of their number.
fn line(s: Scene, contract: &Arc<Contract>) -> Line {
    let dealer = s.store.peek(|book| dealer_name(book, contract.dealer));
    let state = contract.state_on(s.today).map(|state| s.t(state.words()));
    let label = format!("{dealer} · {}", contract.title);
    Line::new(label, state.unwrap_or_default())
}

fn row(s: Scene, contract: &Arc<Contract>) -> View {
    let dealer = s.store.peek(|book| dealer_name(book, contract.dealer));
    let until = contract
        .span
        .map(|span| texts::until(s.lang, &time::day(s.lang, span.end(), s.today)));
    let sub: Vec<String> = [Some(dealer), until].into_iter().flatten().collect();
    RecordRow {
        sub: sub.join(" · ").into_view(),
        opens: RowOpens::Place(Route::Dealer(contract.dealer, DealerTab::Profile).href()),
        end: contract_state(s, contract),
        ..RecordRow::new(contract.title.as_str())
    }
    .view()
}
