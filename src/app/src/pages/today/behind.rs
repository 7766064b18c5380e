//! Goals that fall behind, the worst first.

use super::{Cut, dealer_name};
use crate::components::explain::counted;
use crate::components::pace_row::pace_row;
use crate::components::pane::section;
use crate::locales::today as texts;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{Attention, BEHIND_RULE, link_to};
use tongxing_domain::explain::Line;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::tables::Goal;
use tongxing_view::prelude::*;

/// So many are shown at first.
const FIRST: usize = 4;
/// More than this at a time is worked through goal by goal elsewhere.
const AT_MOST: usize = 60;

pub(super) fn view(s: Scene, found: Memo<Arc<Attention>>) -> View {
    let cut = Cut::after(FIRST);
    let count = Memo::new(move |_| found.with(|found| found.behind.len()));
    let shown = Memo::new(move |_| {
        found.with(|found| {
            let shown = cut.shown(found.behind.len()).min(AT_MOST);
            found.behind[..shown].to_vec()
        })
    });
    (move || {
        if count.get() == 0 {
            return None;
        }
        let head = view! {
            {move || {
                counted(s, count.get(), texts::BEHIND, BEHIND_RULE, move || {
                    found.with_untracked(|found| {
                        found.behind.iter().map(|(goal, pacing)| line(s, goal, pacing)).collect()
                    })
                })
            }}
            {cut.switch(s, move || count.get())}
        };
        let list = view! {
            <ul class="rows">
                {move || shown.get().iter().map(|(goal, pacing)| row(s, goal, pacing)).collect_view()}
            </ul>
        };
        Some(section(s.t(texts::BEHIND), None, Some(head.into_view()), list.into_view()))
    })
    .into_view()
}

/// A goal in the explanation of their number.
fn line(s: Scene, goal: &Goal, pacing: &Pacing) -> Line {
    let name = s.store.peek(|book| dealer_name(book, goal.dealer));
    let pace = pacing.pace.map(Ratio::show).unwrap_or_default();
    let label = format!("{name} · {}", goal.title);
    Line::new(label, format!("{pace} · {}", s.t(pacing.rag.words()))).about(link_to(goal))
}

fn row(s: Scene, goal: &Goal, pacing: &Pacing) -> View {
    let name = s.store.peek(|book| dealer_name(book, goal.dealer));
    let sub = format!("{} · {}", goal.title, s.t(pacing.rag.words()));
    pace_row(s, name, sub, goal, pacing)
}
