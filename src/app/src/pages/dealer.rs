//! One dealer.

use crate::components::sheets::Sheets;
use crate::state::route::DealerTab;
use crate::state::scene::Scene;
use leptos::prelude::*;
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;

/// The dealer's pane.
pub(super) fn detail(s: Scene, id: Id<Dealer>, tab: Memo<DealerTab>, sheets: Sheets) -> AnyView {
    let _ = (s, id, tab, sheets);
    ().into_any()
}
