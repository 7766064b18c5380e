//! The portfolio on paper: the figures of the year against the one before, the best and those most in need
//! of attention, what schemes cost, and what is late.

use super::Here;
use crate::components::explain::explain;
use crate::components::marks::Tone;
use crate::components::pane::section;
use crate::components::paper::{paper, print};
use crate::components::report_file::report_file;
use crate::components::score_card::{ScoreFigures, line, place_figure, score_figures};
use crate::components::when;
use crate::locales::{Words, incentive, issue, portfolio as texts, scorecard};
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::{DateSpan, Month};
use tongxing_domain::exchange::errand::Reported;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Outlay, in_force};
use tongxing_domain::issues::Deadline;
use tongxing_domain::measured::{actuals, covered};
use tongxing_domain::metrics;
use tongxing_domain::money::div_half_even;
use tongxing_domain::period::Period;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::ratio::Ratio;
use tongxing_domain::scorecard::{
    Ranked, all_in_force, all_scores, compared, latest_scores, ranked,
};
use tongxing_domain::tables::{Gathering, Metric};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// So many of the best and of those in need are listed.
const LISTED: usize = 10;

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
        let sheet = s.store.read(|book| {
            view! {
                <div class="paper-title">
                    <h2>{s.t(texts::PORTFOLIO_REPORT)}</h2>
                    <p>{show_date(s.today, s.lang)}</p>
                </div>
                {year(s, book)}
                {standings(s, book)}
                {costs(s, book)}
                {late(s, book)}
            }
            .into_view()
        });
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

/// What a metric came to over all dealers: the sum, or the mean where the latest counts.
struct OverAll {
    /// In the twelve months.
    now: Quantity,
    /// How many dealers have readings of them.
    dealers: usize,
    /// In the months that have a reading a year before as well: now, and then.
    alike: Option<(Quantity, Quantity)>,
}

fn over_all(book: &Book, metric: &Metric, last: Month, s: Scene) -> Option<OverAll> {
    let gathering = metric.gathering.unwrap_or(Gathering::Last);
    let sums = gathering == Gathering::Sum;
    let year = |last: Month| DateSpan::new(last.plus(-11).first(), last.last());
    let (this, before) = (year(last)?, year(last.plus(-12))?);
    let mut now: Vec<i128> = Vec::new();
    let (mut alike, mut then): (Vec<i128>, Vec<i128>) = (Vec::new(), Vec::new());
    for dealer in book.dealers.iter() {
        let of = |span| covered(book, dealer.id, metric.id, span, gathering, s.today);
        let (own, earlier) = (of(this), of(before));
        let Some(all) = actuals(&own, Quantity(0), gathering).last().copied() else {
            continue;
        };
        now.push(all.0.into());
        let pairs: Vec<(i128, i128)> = own
            .iter()
            .filter_map(|it| {
                let same = earlier
                    .iter()
                    .find(|other| other.month == it.month.plus(-12))?;
                Some((it.amount.0.into(), same.amount.0.into()))
            })
            .collect();
        // Where the latest counts, the last pair is the dealer's.
        let counted = if sums {
            pairs.as_slice()
        } else {
            pairs.last().map_or(&[][..], std::slice::from_ref)
        };
        alike.extend(counted.iter().map(|(now, _)| *now));
        then.extend(counted.iter().map(|(_, then)| *then));
    }
    let gathered = |own: &[i128]| {
        let sum: i128 = own.iter().sum();
        if sums {
            Some(Quantity::held(sum))
        } else {
            div_half_even(sum, i128::try_from(own.len()).ok()?).map(Quantity::held)
        }
    };
    Some(OverAll {
        dealers: now.len(),
        now: gathered(&now).filter(|_| !now.is_empty())?,
        alike: gathered(&alike)
            .zip(gathered(&then))
            .filter(|_| !alike.is_empty()),
    })
}

/// The last twelve whole months against the same months a year before, as far as these have readings.
fn year(s: Scene, book: &Book) -> View {
    let last = Month::of(s.today).plus(-1);
    let ids: [Id<Metric>; 5] = [
        metrics::sales_in(),
        metrics::units(),
        metrics::focus_share(),
        metrics::satisfaction(),
        metrics::receivable_days(),
    ];
    let rows = ids
        .into_iter()
        .filter_map(|id| {
            let metric = book.metric(id)?;
            let all = over_all(book, &metric, last, s)?;
            let unit = metric.unit.unwrap_or(Unit::Pieces);
            let change = all.alike.and_then(|(now, then)| {
                Ratio::new(
                    i128::from(now.0) - i128::from(then.0),
                    i128::from(then.0).abs(),
                )
            });
            let compared = all.alike.map(|(now, then)| {
                let words = format!("{} / {}", unit.show(now, s.lang), unit.show(then, s.lang));
                line(s, texts::SAME_MONTHS, words)
            });
            let counted = texts::to_mend(s.lang, all.dealers, book.dealers.len());
            let mut told = vec![line(s, texts::FIGURES, counted)];
            told.extend(compared);
            told.push(line(s, texts::SUM, unit.show(all.now, s.lang)));
            if let Some((now, then)) = all.alike {
                let (now, then) = (unit.show(now, s.lang), unit.show(then, s.lang));
                let change = change.map(|change| change.show_fine()).unwrap_or_default();
                let sum = format!("({now} − {then}) ÷ {then} = {change}");
                told.push(line(s, texts::AGAINST_LAST_YEAR, sum));
            }
            let figure = |shown: String, label: Words| {
                let told = told.clone();
                explain(shown, metric.title(s.lang), move || {
                    resulting(told.clone(), label)
                })
            };
            let change = change.map(|it| figure(it.show_fine(), texts::AGAINST_LAST_YEAR));
            let figure = figure(unit.show_short(all.now, s.lang), texts::SUM);
            Some(view! {
                <tr>
                    <th scope="row">{metric.title(s.lang).to_owned()}</th>
                    <td class="num">{figure}</td>
                    <td class="num">{change}</td>
                </tr>
            })
        })
        .collect_view();
    let span = format!(
        "{} – {}",
        show_date(last.plus(-11).first(), s.lang),
        show_date(last.last(), s.lang)
    );
    let table = view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{s.t(texts::METRIC)}</th>
                    <th scope="col" class="num">{span}</th>
                    <th scope="col" class="num">{s.t(texts::AGAINST_LAST_YEAR)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    section(s.t(texts::FIGURES), None, None, table)
}

fn standings(s: Scene, book: &Book) -> View {
    let Some((card, version)) = all_in_force(book, s.today).into_iter().next() else {
        return ().into_view();
    };
    let Some(rubric) = &version.rubric else {
        return ().into_view();
    };
    let period = Period::last_over(rubric.cycle(), s.today);
    let all: Vec<Ranked> = ranked(all_scores(book, rubric, period, s.today));
    let scored: Vec<&Ranked> = all.iter().filter(|it| it.score.is_some()).collect();
    let row = |it: &&Ranked| {
        let compared = compared(book, rubric, it.dealer.id, period, s.today);
        let ScoreFigures {
            score: figure,
            tier,
            slope,
            ..
        } = score_figures(s, &Arc::new(compared));
        let figure = view! { {figure} };
        let place = place_figure(s, it);
        let href = Route::Dealer(it.dealer.id, DealerTab::Scorecard).href();
        view! {
            <tr>
                <td class="num">{place}</td>
                <th scope="row"><a href=href>{it.dealer.name.clone()}</a></th>
                <td>{tier}</td>
                <td class="num">{slope}</td>
                <td class="num">{figure}</td>
            </tr>
        }
    };
    let table = |rows: Vec<View>| {
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
                <tbody>{rows}</tbody>
            </table>
        }
    };
    let best = table(scored.iter().take(LISTED).map(row).collect());
    let lowest = table(scored.iter().rev().take(LISTED).map(row).collect());
    let name = format!("{} · {}", card.name, period.show(s.lang));
    view! {
        <div>
            <p class="help">{name}</p>
            {section(s.t(texts::BEST), None, None, best)}
            {section(s.t(texts::LOWEST), None, None, lowest)}
        </div>
    }
}

fn costs(s: Scene, book: &Book) -> View {
    let scores = latest_scores(book, s.today);
    let yuan = |fen: i64| Unit::Yuan.show_short(Quantity(fen), s.lang);
    let rows = book
        .schemes
        .iter()
        .filter(|scheme| scheme.outcome.is_open())
        .filter_map(|scheme| {
            let version = in_force(book, scheme.id, s.today)?;
            let of = |dealer| scores.get(&dealer).copied();
            let outlay = Arc::new(Outlay::of(book, &version, &of, s.today).ok()??);
            let figure = |shown: String, label: Words| {
                let told = Arc::clone(&outlay);
                explain(shown, s.t(incentive::OUTLAY_TITLE), move || {
                    resulting(told.explain(s.lang), label)
                })
            };
            Some(view! {
                <tr>
                    <th scope="row">{scheme.name.clone()}</th>
                    <td class="num">{figure(outlay.shares.len().to_string(), Outlay::ENROLLED)}</td>
                    <td class="num">{figure(yuan(outlay.earned.0), Outlay::EARNED)}</td>
                    <td class="num">{figure(yuan(outlay.expected.0), Outlay::EXPECTED)}</td>
                    <td class="num">{outlay.budget.map(|budget| figure(yuan(budget.0), Outlay::BUDGET))}</td>
                    <td class="num">{outlay.used().map(|used| figure(used.show(), Outlay::USED))}</td>
                </tr>
            })
        })
        .collect_view();
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
            <tbody>{rows}</tbody>
        </table>
    };
    let title = s.t(incentive::INCENTIVES);
    section(title, None, None, table)
}

/// Open issues beyond their deadline.
fn late(s: Scene, book: &Book) -> View {
    let mut late: Vec<_> = book
        .issues
        .iter()
        .filter(|it| it.outcome.is_open())
        .filter_map(|it| {
            let deadline = Deadline::of(it, s.today)?;
            (deadline.late_days() > 0).then_some((deadline.resolve_by, Arc::clone(it)))
        })
        .collect();
    late.sort_by_key(|(by, it)| (*by, it.id));
    let rows = late
        .iter()
        .filter_map(|(by, it)| {
            let dealer = book.dealers.get(it.dealer)?;
            Some(view! {
                <tr>
                    <th scope="row" dir="auto">
                        <a href=Route::Issue(it.id).href()>{it.title.clone()}</a>
                    </th>
                    <td>{dealer.name.clone()}</td>
                    <td>{it.owner.clone()}</td>
                    <td class="num">{when::late(s, Tone::Risk, *by, s.today)}</td>
                </tr>
            })
        })
        .collect_view();
    let content = if late.is_empty() {
        view! { <p class="help">{s.t(texts::NOTHING)}</p> }
    } else {
        view! { <table class="table"><tbody>{rows}</tbody></table> }
    };
    section(s.t(issue::ISSUES), Some(late.len()), None, content)
}
