//! The portfolio on paper: the figures of the year against the one before, the best and those most in need
//! of attention, what schemes cost, and what is late.

use super::Here;
use crate::components::explain::explain;
use crate::components::marks::Tone;
use crate::components::pane::section;
use crate::components::paper::{paper, print};
use crate::components::report_file::report_file;
use crate::components::score_card::{ScoreFigures, place_figure, score_figures};
use crate::components::when;
use crate::locales::{Words, incentive, issue, portfolio as texts, scorecard};
use crate::state::kept::kept;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::{DateSpan, add_days};
use tongxing_domain::exchange::errand::Reported;
use tongxing_domain::explain::resulting;
use tongxing_domain::incentives::Outlay;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::reports::{Portfolio, Standings, Yearly};
use tongxing_domain::scorecard::{Compared, Ranked};
use tongxing_domain::tables::{Issue, Scheme};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// So many late issues are listed, the latest first.
const LATE_LISTED: usize = 20;

/// All that the report shows.
struct Reckoned {
    span: Option<DateSpan>,
    years: Vec<Arc<Yearly>>,
    standings: Option<Standings>,
    costs: Vec<(Arc<Scheme>, Arc<Outlay>)>,
    /// With the days since the deadline, and the dealer's name.
    late: Vec<(i64, Arc<Issue>, String)>,
}

impl Reckoned {
    fn of(portfolio: &Portfolio<'_>) -> Self {
        let dealers = &portfolio.book.dealers;
        let named = |(days, issue): (i64, Arc<Issue>)| {
            let name = dealers.get_any(issue.dealer).map(|it| it.name.clone());
            (days, issue, name.unwrap_or_default())
        };
        Self {
            span: portfolio.year(),
            years: portfolio.yearly().into_iter().map(Arc::new).collect(),
            standings: portfolio.standings(),
            costs: portfolio.costs(),
            late: portfolio.late().into_iter().map(named).collect(),
        }
    }
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    (move || {
        let running = format!(
            "{} · {}",
            s.t(texts::PORTFOLIO_REPORT),
            show_date(s.today, s.lang)
        );
        let named = format!("{} {}", s.t(texts::PORTFOLIO_REPORT), s.today);
        let (save, going) = report_file(s, Reported::Portfolio, named);
        let today = s.today;
        let all = kept(s, "report", (), |book| {
            Reckoned::of(&Portfolio { book, today })
        });
        let sheet = view! {
            <div class="paper-title">
                <h2>{s.t(texts::PORTFOLIO_REPORT)}</h2>
                <p>{show_date(s.today, s.lang)}</p>
            </div>
            {year(s, &all)}
            {all.standings.as_ref().map(|it| standings(s, it))}
            {costs(s, &all.costs)}
            {late(s, &all.late)}
        }
        .into_view();
        view! {
            <div class="actions" data-print="no">
                <button class="btn" data-kind="primary" type="button" on:click=print>
                    {s.t(scorecard::PRINT)}
                </button>
                {save}
            </div>
            {going}
            {paper(running, sheet)}
        }
        .into_view()
    })
    .into_view()
}

/// The last twelve whole months against the same months a year before, as far as these have readings.
fn year(s: Scene, all: &Reckoned) -> View {
    let row = |yearly: &Arc<Yearly>| {
        let unit = yearly.unit();
        let title = yearly.metric.title(s.lang).to_owned();
        let figure = |shown: String, label: Words| {
            let yearly = Arc::clone(yearly);
            explain(shown, title.clone(), move || {
                resulting(yearly.explain(s.lang), label)
            })
        };
        let change = yearly
            .change()
            .map(|it| figure(it.show_fine(s.lang), Yearly::CHANGE));
        let now = figure(unit.show_short(yearly.now, s.lang), yearly.result());
        let counted = figure(yearly.parts.len().to_string(), Yearly::DEALERS);
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td class="num">{counted}</td>
                <td class="num">{now}</td>
                <td class="num">{change}</td>
            </tr>
        }
    };
    let span = all.span.map(|span| {
        let (first, last) = (span.start(), span.end());
        format!("{} – {}", show_date(first, s.lang), show_date(last, s.lang))
    });
    let table = view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{s.t(texts::METRIC)}</th>
                    <th scope="col" class="num">{s.t(Yearly::DEALERS)}</th>
                    <th scope="col" class="num">{span}</th>
                    <th scope="col" class="num">{s.t(texts::AGAINST_LAST_YEAR)}</th>
                </tr>
            </thead>
            <tbody>{all.years.iter().map(row).collect_view()}</tbody>
        </table>
    };
    section(s.t(texts::FIGURES), None, None, table)
}

fn standings(s: Scene, all: &Standings) -> View {
    let row = |(ranked, compared): &(Ranked, Arc<Compared>)| {
        let ScoreFigures {
            score, tier, slope, ..
        } = score_figures(s, compared);
        let href = Route::Dealer(ranked.dealer.id, DealerTab::Scorecard).href();
        view! {
            <tr>
                <td class="num">{place_figure(s, ranked)}</td>
                <th scope="row"><a href=href>{ranked.dealer.name.clone()}</a></th>
                <td>{tier}</td>
                <td class="num">{slope}</td>
                <td class="num">{score}</td>
            </tr>
        }
    };
    let table = |listed: &[(Ranked, Arc<Compared>)]| {
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="num">"#"</th>
                        <th scope="col">{s.t(texts::DEALER)}</th>
                        <th scope="col">{s.t(scorecard::TIER)}</th>
                        <th scope="col" class="num">{s.t(scorecard::TREND)}</th>
                        <th scope="col" class="num">{s.t(scorecard::SCORE)}</th>
                    </tr>
                </thead>
                <tbody>{listed.iter().map(row).collect_view()}</tbody>
            </table>
        }
    };
    let name = format!("{} · {}", all.card.name, all.period.show(s.lang));
    view! {
        <div>
            <p class="help">{name}</p>
            {section(s.t(texts::BEST), None, None, table(&all.best))}
            {section(s.t(texts::LOWEST), None, None, table(&all.lowest))}
        </div>
    }
    .into_view()
}

fn costs(s: Scene, all: &[(Arc<Scheme>, Arc<Outlay>)]) -> View {
    let yuan = |fen: i64| Unit::Yuan.show_short(Quantity(fen), s.lang);
    let row = |(scheme, outlay): &(Arc<Scheme>, Arc<Outlay>)| {
        let figure = |shown: String, label: Words| {
            let told = Arc::clone(outlay);
            explain(shown, s.t(incentive::OUTLAY_TITLE), move || {
                resulting(told.explain(s.lang), label)
            })
        };
        view! {
            <tr>
                <th scope="row">{scheme.name.clone()}</th>
                <td class="num">{figure(outlay.shares.len().to_string(), Outlay::ENROLLED)}</td>
                <td class="num">{figure(yuan(outlay.earned.0), Outlay::EARNED)}</td>
                <td class="num">{figure(yuan(outlay.expected.0), Outlay::EXPECTED)}</td>
                <td class="num">{outlay.budget.map(|budget| figure(yuan(budget.0), Outlay::BUDGET))}</td>
                <td class="num">{outlay.used().map(|used| figure(used.show(), Outlay::USED))}</td>
            </tr>
        }
    };
    let head = |words: Words| view! { <th scope="col" class="num">{s.t(words)}</th> };
    let table = view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{s.t(incentive::SCHEME)}</th>
                    {head(incentive::ENROLLED)}
                    {head(incentive::EARNED)}
                    {head(incentive::EXPECTED)}
                    {head(incentive::BUDGET)}
                    <th scope="col" class="num">"%"</th>
                </tr>
            </thead>
            <tbody>{all.iter().map(row).collect_view()}</tbody>
        </table>
    };
    section(s.t(incentive::INCENTIVES), None, None, table)
}

/// Open issues beyond their deadline.
fn late(s: Scene, all: &[(i64, Arc<Issue>, String)]) -> View {
    let row = |(days, issue, dealer): &(i64, Arc<Issue>, String)| {
        let due = add_days(s.today, -days);
        view! {
            <tr>
                <th scope="row" dir="auto">
                    <a href=Route::Issue(issue.id).href()>{issue.title.clone()}</a>
                </th>
                <td>{dealer.clone()}</td>
                <td>{issue.owner.clone()}</td>
                <td class="num">{when::late(s, Tone::Risk, due, s.today)}</td>
            </tr>
        }
    };
    let more = all.len().saturating_sub(LATE_LISTED);
    let more = (more > 0).then(|| {
        view! { <p class="help"><a href=Route::Issues.href()>{texts::and_more(s.lang, more)}</a></p> }
    });
    let content = if all.is_empty() {
        view! { <p class="help">{s.t(texts::NOTHING)}</p> }.into_view()
    } else {
        let rows = all.iter().take(LATE_LISTED).map(row).collect_view();
        view! {
            <table class="table"><tbody>{rows}</tbody></table>
            {more}
        }
        .into_view()
    };
    section(s.t(issue::ISSUES), Some(all.len()), None, content)
}
