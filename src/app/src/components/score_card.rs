//! A score as it is checked: every metric with its actual, target and weight, and what was deducted. Each
//! figure opens the readings that it comes from.

use super::explain::explain;
use super::marks::{Tone, badge};
use super::spark::spark;
use crate::locales::{Words, scorecard as texts};
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::{Line, resulting};
use tongxing_domain::id::Id;
use tongxing_domain::period::Period;
use tongxing_domain::quantity::Unit;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::scorecard::{
    Compared, Marked, Points, Ranked, Rubric, Scored, ScoredMetric, TREND_PERIODS, Tier, marked,
};
use tongxing_domain::tables::{Dealer, Issue, ScorecardVersion};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// A tier in a word.
pub fn tier_badge(s: Scene, tier: Tier) -> View {
    let tone = match tier {
        Tier::First => Tone::Good,
        Tier::Second => Tone::Info,
        Tier::Third => Tone::Watch,
        Tier::Growing => Tone::None,
    };
    badge(tone, s.t(tier.words()))
}

/// The line of the last periods' scores.
pub fn score_spark(s: Scene, compared: &Compared) -> View {
    let before = compared
        .history
        .len()
        .saturating_sub(TREND_PERIODS as usize);
    let recent = compared.history.get(before..).unwrap_or_default();
    let values: Vec<Option<i64>> = recent
        .iter()
        .map(|(_, score)| score.map(|it| it.0))
        .collect();
    let words: Vec<String> = recent
        .iter()
        .filter_map(|(period, score)| Some(format!("{} {}", period.show(s.lang), (*score)?)))
        .collect();
    spark(&values, texts::course(s.lang, &words.join(", ")))
}

/// A score, or that there is none.
pub fn points(s: Scene, score: Option<Points>) -> String {
    score.map_or_else(|| s.t(texts::NO_SCORE).to_owned(), |it| it.to_string())
}

/// The figures of a score, each with its explanation.
pub struct ScoreFigures {
    /// The score.
    pub score: View,
    /// The tier.
    pub tier: Option<View>,
    /// The line of the last scores.
    pub course: View,
    /// How much more or less in each period.
    pub slope: Option<View>,
    /// The weights that have data.
    pub coverage: View,
}

/// The figures of a score.
pub fn score_figures(s: Scene, compared: &Arc<Compared>) -> ScoreFigures {
    let over_time = |figure: View, label: Words| {
        let told = Arc::clone(compared);
        explain(figure, s.t(texts::TREND_TITLE), move || {
            resulting(told.explain(s.lang), label)
        })
    };
    let ScoredFigures { score, coverage } = scored_figures(s, &compared.scored);
    ScoreFigures {
        score,
        coverage,
        tier: compared
            .tier
            .map(|tier| over_time(tier_badge(s, tier), Compared::TIER)),
        course: over_time(score_spark(s, compared), Compared::TREND),
        slope: compared.slope.map(|slope| {
            let shown = texts::each_period(s.lang, &slope.show());
            over_time(shown.into_view(), Compared::TREND)
        }),
    }
}

/// The figures of one period's score.
pub struct ScoredFigures {
    /// The score.
    pub score: View,
    /// The weights that have data.
    pub coverage: View,
}

/// The figures of one period's score.
pub fn scored_figures(s: Scene, scored: &Scored) -> ScoredFigures {
    let figure = |shown: String, label: Words| {
        let told = scored.clone();
        explain(shown, s.t(texts::SCORE_TITLE), move || {
            let lines = s.store.peek(|book| told.explain(book, s.lang));
            resulting(lines, label)
        })
    };
    ScoredFigures {
        score: figure(points(s, scored.score), Scored::SCORE),
        coverage: figure(scored.coverage.show(), Scored::COVERAGE),
    }
}

/// A place among all.
pub fn place_figure(s: Scene, ranked: &Ranked) -> Option<View> {
    let place = ranked.place?;
    let mut lines = peer_lines(s, ranked);
    lines.push(line(s, texts::RANKING, place.to_string()));
    Some(explain(
        place.to_string(),
        s.t(texts::PEERS_TITLE),
        move || lines.clone(),
    ))
}

/// A place among peers.
pub fn peer_figure(s: Scene, ranked: &Ranked) -> Option<View> {
    let words = texts::among(s.lang, ranked.group_place?, ranked.group_size);
    let lines = peer_lines(s, ranked);
    Some(explain(words, s.t(texts::PEERS_TITLE), move || {
        lines.clone()
    }))
}

/// A line of an explanation.
pub fn line(s: Scene, label: Words, value: impl Into<String>) -> Line {
    Line::new(s.t(label), value)
}

/// How a place among peers comes about.
pub fn peer_lines(s: Scene, ranked: &Ranked) -> Vec<Line> {
    let median = ranked.group_median.map(shown_points);
    let place = ranked
        .group_place
        .map(|place| texts::among(s.lang, place, ranked.group_size));
    vec![
        line(s, texts::GROUPS, ranked.group.show(s.lang)),
        line(s, texts::MEDIAN, median.unwrap_or_default()),
        line(s, texts::RANKING, s.t(texts::RANK_RULE)),
        line(s, texts::PEERS, place.unwrap_or_default()),
    ]
}

/// Points that are not whole hundredths, to the hundredth.
pub fn shown_points(ratio: Ratio) -> String {
    let hundredths = ratio.times(Ratio::whole(100)).and_then(Ratio::rounded);
    Points(hundredths.unwrap_or(0)).to_string()
}

/// What a score is of.
#[derive(Clone)]
pub struct ScoreOf {
    /// The version by which it is reckoned.
    pub version: Arc<ScorecardVersion>,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// The period.
    pub period: Period,
}

impl ScoreOf {
    /// The readings behind it as the book has them today.
    fn marked(&self, s: Scene, rubric: &Rubric) -> Marked {
        s.store
            .peek(|book| marked(book, rubric, self.dealer, self.period, s.today))
    }
}

/// Each metric of a score, and what was deducted.
pub fn score_table(s: Scene, of: &ScoreOf, scored: &Scored) -> View {
    let rows = scored
        .metrics
        .iter()
        .map(|metric| metric_row(s, of, metric))
        .collect_view();
    let deducted = scored
        .deducted
        .iter()
        .map(|deducted| {
            let count = format!("{} × {}", deducted.count, deducted.each);
            view! {
                <tr>
                    <th scope="row">
                        {s.t(deducted.kind.words())}
                        <small class="cell-sub">{count}{format!(" · {} {}", s.t(texts::MOST), deducted.most)}</small>
                    </th>
                    <td class="num"></td>
                    <td class="num"></td>
                    <td class="num">{format!("−{}", deducted.points)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(texts::METRIC)}</th>
                        <th scope="col" class="num">{s.t(texts::ATTAINED)}</th>
                        <th scope="col" class="num">{s.t(texts::WEIGHT)}</th>
                        <th scope="col" class="num">{s.t(texts::SCORE)}</th>
                    </tr>
                </thead>
                <tbody>{rows}{deducted}</tbody>
            </table>
        </div>
    }
}

fn metric_row(s: Scene, of: &ScoreOf, scored: &ScoredMetric) -> View {
    let id = scored.weight.metric;
    let metric = s.store.peek(|book| book.metric(id));
    let unit = metric
        .as_ref()
        .and_then(|metric| metric.unit)
        .unwrap_or(Unit::Pieces);
    let name = metric.map_or_else(|| "?".to_owned(), |metric| metric.title(s.lang).to_owned());
    let amounts = match (scored.mark.actual, scored.mark.target) {
        (Some(actual), Some(target)) => {
            format!(
                "{} / {}",
                unit.show_short(actual, s.lang),
                unit.show_short(target, s.lang)
            )
        }
        (Some(actual), None) => unit.show_short(actual, s.lang),
        _ => String::new(),
    };
    let attained = scored.attainment.map(Ratio::show_fine);
    let score = points(s, scored.score);
    let (of, scored) = (of.clone(), *scored);
    let title = name.clone();
    let lines = move || {
        let Some(rubric) = &of.version.rubric else {
            return Vec::new();
        };
        let marked = of.marked(s, rubric);
        let mut lines = s.store.peek(|book| marked.explain(book, id, s.lang));
        lines.push(Line::new(title.clone(), scored.text(unit, s.lang)));
        lines
    };
    let weight = scored.weight.weight;
    let figure = explain(score, s.t(texts::MONTHS_TITLE).to_owned(), lines);
    view! {
        <tr>
            <th scope="row">{name}<small class="cell-sub">{amounts}</small></th>
            <td class="num">{attained}</td>
            <td class="num">{weight.to_string()}</td>
            <td class="num">{figure}</td>
        </tr>
    }
}

/// The issues that were counted as incidents.
pub fn incidents(s: Scene, of: &ScoreOf) -> Vec<Arc<Issue>> {
    let rubric = of.version.rubric.as_ref();
    rubric.map_or_else(Vec::new, |rubric| of.marked(s, rubric).incidents)
}

/// The issues that were counted, each leading to its page.
pub fn incident_list(s: Scene, of: &ScoreOf) -> View {
    let found = incidents(s, of);
    if found.is_empty() {
        return view! { <p class="help">{s.t(texts::NO_INCIDENTS)}</p> };
    }
    let items = found
        .into_iter()
        .map(|issue| {
            let day = issue.reported_on.map(|day| show_date(day, s.lang));
            view! {
                <li class="row">
                    <a class="row-main" href=Route::Issue(issue.id).href()>
                        <span class="row-title" dir="auto">{issue.title.clone()}</span>
                        <span class="row-sub">{issue.kind.map(|kind| s.t(kind.words()))}" · "{day}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{items}</ul> }
}
