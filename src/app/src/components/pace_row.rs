//! A goal in one row: how far it has come, how far it should be, and its pace.

use super::explain::explain;
use super::marks::{Tone, badge};
use crate::locales::today as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use tongxing_domain::pacing::{Pacing, PacingFigure, Rag};
use tongxing_domain::ratio::Ratio;
use tongxing_domain::tables::Goal;
use tongxing_view::prelude::*;

/// The row of a goal that falls behind. It leads to the goal; the pace explains itself.
pub fn pace_row(s: Scene, title: String, sub: String, goal: &Goal, pacing: &Pacing) -> View {
    let tone = match pacing.rag {
        Rag::Risk => Tone::Risk,
        Rag::Watch => Tone::Watch,
        Rag::Good => Tone::Good,
        Rag::TooEarly | Rag::NoData => Tone::None,
    };
    let pace = pacing
        .pace
        .map_or_else(String::new, |pace| pace.show().replace('-', "−"));
    let figure = badge(tone, texts::pace(s.lang, &pace));
    let share = |ratio: Ratio| (ratio.as_f64() * 100.0).to_string();
    let done = pacing.progress().unwrap_or(Ratio::ZERO);
    let expected = pacing.expected_share();
    let label = texts::bar(s.lang, &done.show(), &expected.show());
    let told = pacing.clone();
    let why = explain(figure, s.t(texts::WHY_PACE), move || {
        told.explain_figure(PacingFigure::Pace, s.lang)
    });
    view! {
        <li class="row">
            <a class="row-main" href=Route::Goal(goal.id).href()>
                <span class="row-title" dir="auto">{title}</span>
                <span class="row-sub" dir="auto">{sub}</span>
                <span
                    class="bar"
                    data-tone=tone.key()
                    role="img"
                    aria-label=label
                    style:--value=share(done)
                    style:--expected=share(expected)
                ></span>
            </a>
            <span class="row-end">{why}</span>
        </li>
    }
}
