//! What a dealer's row shows.

use super::listing::Entry;
use crate::components::marks::{Tone, glyph_hue, glyph_text};
use crate::components::virtual_list::{RowEnd, RowFace};
use crate::locales::{dealers as text, time};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use tongxing_domain::date::days_between;
use tongxing_domain::id::Id;
use tongxing_domain::pacing::Rag;
use tongxing_domain::tables::{Dealer, DealerStatus};

/// A contact due within so many days is said.
const DUE_SOON_DAYS: i64 = 3;

/// The row of a dealer; `picked` tells whether it is chosen, while dealers are chosen.
pub(super) fn face(
    s: Scene,
    entry: &Entry,
    open: Option<Id<Dealer>>,
    picked: Option<bool>,
) -> RowFace {
    let dealer = &entry.dealer;
    RowFace {
        href: Route::Dealer(dealer.id, DealerTab::Overview).href(),
        glyph: glyph_text(&dealer.name),
        hue: glyph_hue(dealer.id.uuid()),
        title: dealer.name.clone(),
        sub: sub_line(s, dealer),
        end: end(s, entry),
        current: open == Some(dealer.id),
        picked,
    }
}

/// Region, type and, where the two sides do not work together now, the status.
pub(in crate::pages) fn sub_line(s: Scene, dealer: &Dealer) -> String {
    let status = dealer
        .status
        .filter(|status| *status != DealerStatus::Active);
    let parts = [
        Some(dealer.region.as_str()).filter(|region| !region.is_empty()),
        dealer.kind.map(|kind| s.t(kind.words())),
        status.map(|status| s.t(status.words())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn end(s: Scene, entry: &Entry) -> RowEnd {
    let judged = &entry.judged;
    let last = || match judged.last {
        Some(day) => RowEnd::Text(time::day(s.lang, day, s.today)),
        None => RowEnd::Nothing,
    };
    if s.shared {
        return last();
    }
    if judged.overdue > 0 {
        return RowEnd::Badge(Tone::Risk, text::overdue(s.lang, judged.overdue));
    }
    match judged.pace {
        Some((Rag::Risk, _)) => {
            return RowEnd::Badge(Tone::Risk, s.t(text::GOAL_AT_RISK).to_owned());
        }
        Some((Rag::Watch, _)) => {
            return RowEnd::Badge(Tone::Watch, s.t(text::GOAL_SLOW).to_owned());
        }
        _ => {}
    }
    if judged.new {
        return RowEnd::Badge(Tone::None, s.t(text::NEW_DEALER).to_owned());
    }
    let due_in = judged.due.map(|due| days_between(s.today, due));
    match due_in {
        Some(days @ 0..=DUE_SOON_DAYS) => RowEnd::Badge(Tone::Watch, text::due_soon(s.lang, days)),
        _ => last(),
    }
}
