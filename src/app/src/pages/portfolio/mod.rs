//! The portfolio: figures of all dealers by any two sides, the quality of their data, and a report.

mod figures;
mod glance;
mod merging;
mod own_fields;
mod quality;
mod report;
mod table;

use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::note;
use crate::components::sheets::Sheets;
use crate::locales::{Words, incentive, own_fields as own, portfolio as texts, scorecard, support};
use crate::state::route::{PortfolioPart, Route, ScorePart, SupportPart};
use crate::state::scene::{Scene, scene};
use tongxing_view::prelude::*;

/// The page's scene and where its sheets open.
#[derive(Clone, Copy)]
struct Here {
    s: Scene,
    sheets: Sheets,
}

const fn name(part: PortfolioPart) -> Words {
    match part {
        PortfolioPart::Figures => texts::FIGURES,
        PortfolioPart::Table => texts::TABLE,
        PortfolioPart::Quality => texts::QUALITY,
        PortfolioPart::Report => texts::REPORT,
        PortfolioPart::OwnFields => own::OWN_FIELDS,
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
        Route::Portfolio(part) => part,
        Route::View(_) => PortfolioPart::Table,
        _ => PortfolioPart::default(),
    });
    let tabs = PortfolioPart::ALL
        .into_iter()
        .map(|each| {
            view! {
                <a
                    href=Route::Portfolio(each).href()
                    aria-current=move || (part.get() == each).then_some("page")
                >
                    {s.t(name(each))}
                </a>
            }
        })
        .collect_view();
    let body = move || {
        if s.shared {
            return note(Tone::Info, s.t(texts::SHARED), None);
        }
        match part.get() {
            PortfolioPart::Figures => view! {
                {glance::section_of(here)}
                {elsewhere(s)}
                {figures::part(here)}
            }
            .into_view(),
            PortfolioPart::Table => table::part(here),
            PortfolioPart::Quality => quality::part(here),
            PortfolioPart::Report => report::part(here),
            PortfolioPart::OwnFields => own_fields::part(here),
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::PORTFOLIO)>
                <header class="head">
                    <div class="head-main"><h1 class="head-title">{s.t(texts::PORTFOLIO)}</h1></div>
                    <div class="head-more">
                        <nav class="tabs" aria-label=s.t(texts::PARTS)>{tabs}</nav>
                    </div>
                </header>
                <div class="body">{body}</div>
            </section>
            {here.sheets.view()}
        </main>
    }
}

/// The other places of figures.
fn elsewhere(s: Scene) -> View {
    let links = [
        (
            Route::Scorecards(ScorePart::Ranking),
            Icon::Star,
            scorecard::SCORECARDS,
        ),
        (Route::Incentives, Icon::Promise, incentive::INCENTIVES),
        (
            Route::Support(SupportPart::Requests),
            Icon::Workshop,
            support::SUPPORT,
        ),
        (
            Route::Support(SupportPart::Courses),
            Icon::Contacts,
            support::COURSES,
        ),
    ];
    let links = links
        .into_iter()
        .map(|(route, icon, words)| {
            view! { <a class="btn" href=route.href()>{icon.draw()}{s.t(words)}</a> }
        })
        .collect_view();
    view! { <nav class="actions" aria-label=s.t(texts::ELSEWHERE)>{links}</nav> }
}
