//! Goals that fall behind, the worst first.

use super::{Cut, dealer_name};
use crate::components::explain::explain;
use crate::components::marks::{Tone, badge};
use crate::components::pane::section;
use crate::locales::today as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use leptos::prelude::*;
use std::sync::Arc;
use tongxing_domain::attention::Attention;
use tongxing_domain::pacing::{Pacing, Rag};
use tongxing_domain::ratio::Ratio;
use tongxing_domain::tables::Goal;

/// So many are shown at first.
const FIRST: usize = 4;
/// More than this at a time is worked through goal by goal elsewhere.
const AT_MOST: usize = 60;

pub(super) fn view(s: Scene, found: Memo<Arc<Attention>>) -> AnyView {
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
            <b class="count">{move || count.get()}</b>
            {cut.switch(s, move || count.get())}
        };
        let list = view! {
            <ul class="rows">
                {move || shown.get().iter().map(|(goal, pacing)| row(s, goal, pacing)).collect_view()}
            </ul>
        };
        Some(section(s.t(texts::BEHIND), None, Some(head.into_any()), list.into_any()))
    })
    .into_any()
}

fn row(s: Scene, goal: &Goal, pacing: &Pacing) -> AnyView {
    let name = s.store.peek(|book| dealer_name(book, goal.dealer));
    let tone = if pacing.rag == Rag::Risk {
        Tone::Risk
    } else {
        Tone::Watch
    };
    let pace = pacing.pace.map_or_else(String::new, Ratio::show);
    let figure = badge(tone, texts::pace(s.lang, &pace));
    let word = s.t(pacing.rag.words());
    let share = |ratio: Ratio| (ratio.as_f64() * 100.0).to_string();
    let (done, expected) = (
        pacing.progress().unwrap_or(Ratio::ZERO),
        pacing.expected_share(),
    );
    let label = texts::bar(s.lang, &done.show(), &expected.show());
    view! {
        <li class="row">
            <a class="row-main" href=Route::Goal(goal.id).href()>
                <span class="row-title">{name}</span>
                <span class="row-sub" dir="auto">{goal.title.clone()} " · " {word}</span>
                <span
                    class="bar"
                    data-tone=tone.key()
                    role="img"
                    aria-label=label
                    style:--value=share(done)
                    style:--expected=share(expected)
                ></span>
            </a>
            <span class="row-end">
                {explain(figure, s.t(texts::WHY_PACE).to_owned(), pacing.explain(s.lang), String::new())}
            </span>
        </li>
    }
    .into_any()
}
