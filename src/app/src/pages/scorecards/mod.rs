//! Scores: how all dealers stand, what is weighed, what is measured, and readings by hand.

mod cards;
mod formula_form;
mod metrics;
mod ranking;
mod readings;
mod rubric_form;

use crate::components::pane::to_portfolio;
use crate::components::sheets::Sheets;
use crate::locales::{Words, scorecard as texts};
use crate::state::route::{Route, ScorePart};
use crate::state::scene::{Scene, scene};
use tongxing_view::prelude::*;

/// The page's scene and where its sheets open.
#[derive(Clone, Copy)]
struct Here {
    s: Scene,
    sheets: Sheets,
}

const fn name(part: ScorePart) -> Words {
    match part {
        ScorePart::Ranking => texts::RANKING,
        ScorePart::Cards => texts::CARDS,
        ScorePart::Metrics => texts::METRICS,
        ScorePart::Readings => texts::READINGS,
    }
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let here = Here {
        s,
        sheets: Sheets::default(),
    };
    let part = Memo::new(move |_| match s.nav.route() {
        Route::Scorecards(part) => part as u8,
        _ => 0,
    });
    let part = move || {
        let at = usize::from(part.get());
        ScorePart::ALL.get(at).copied().unwrap_or_default()
    };
    let tabs = ScorePart::ALL
        .into_iter()
        .map(|each| {
            view! {
                <a
                    href=Route::Scorecards(each).href()
                    aria-current=move || (part() == each).then_some("page")
                >
                    {s.t(name(each))}
                </a>
            }
        })
        .collect_view();
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::SCORECARDS)>
                <header class="head">
                    {to_portfolio(s)}
                    <div class="head-main">
                        <h1 class="head-title">{s.t(texts::SCORECARDS)}</h1>
                    </div>
                    <div class="head-more">
                        <nav class="tabs" aria-label=s.t(texts::PARTS)>{tabs}</nav>
                    </div>
                </header>
                <div class="body">{move || draw(here, part())}</div>
            </section>
            {here.sheets.view()}
        </main>
    }
}

fn draw(here: Here, part: ScorePart) -> View {
    match part {
        ScorePart::Ranking => ranking::part(here),
        ScorePart::Cards => cards::part(here),
        ScorePart::Metrics => metrics::part(here),
        ScorePart::Readings => readings::part(here),
    }
}
