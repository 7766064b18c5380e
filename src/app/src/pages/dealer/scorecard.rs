//! How the dealer scores: the scorecard of a period, each figure down to its readings, the evaluations, and
//! readings and targets month by month.

use super::here::Here;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::pacing_chart::month_text;
use crate::components::pane::{empty, section};
use crate::components::reading_grid::{GridRow, reading_grid};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::{
    ScoreFigures, ScoreOf, incident_list, peer_figure, points, score_figures, score_table,
};
use crate::locales::{goal, scorecard as texts};
use crate::state::commit::Act;
use crate::state::route::{Route, ScorePart};
use crate::state::scene::Scene;
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::date::Month;
use tongxing_domain::peers::PeerGroup;
use tongxing_domain::period::Period;
use tongxing_domain::scorecard::{
    Compared, Ranked, all_in_force, begin, compared, group_scores, ranked,
};
use tongxing_domain::tables::{Evaluation, Metric, ScorecardVersion};
use tongxing_view::prelude::*;

/// So many periods can be chosen.
const PERIODS: i32 = 8;
/// So many months are entered at a time.
const MONTHS: i32 = 12;

/// The dealer's score of a period.
#[derive(Clone, PartialEq)]
struct Found {
    version: Arc<ScorecardVersion>,
    compared: Arc<Compared>,
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    let back = RwSignal::new(0_i32);
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let (_, version) = all_in_force(book, s.today).into_iter().next()?;
            let rubric = version.rubric.as_ref()?;
            let period = Period::last_over(rubric.cycle(), s.today).plus(-back.get());
            let compared = Arc::new(compared(book, rubric, here.id, period, s.today));
            Some(Arc::new(Found { version, compared }))
        })
    });
    let body = move || match found.get() {
        None => empty(
            Icon::Star,
            s.t(texts::NO_CARD),
            s.t(texts::NO_CARD_TEXT),
            Some(view! {
                <a class="btn" data-kind="primary" href=Route::Scorecards(ScorePart::Cards).href()>
                    {s.t(texts::SET_UP)}
                </a>
            }),
        ),
        Some(found) => view! {
            {periods(s, &found, back)}
            {stats(here, &found)}
            <div class="columns">
                <div>{card(here, &found)}</div>
                <div>{evaluations(here, &found)}</div>
            </div>
        },
    };
    view! {
        <div class="body">
            {body}
            {entry(here)}
        </div>
    }
}

fn periods(s: Scene, found: &Found, back: RwSignal<i32>) -> View {
    let now = back.get_untracked();
    let latest = found.compared.period.plus(now);
    let id = unique_id("period");
    let label = id.clone();
    let options = (-1..PERIODS)
        .filter(|back| latest.plus(-back).first() <= Month::of(s.today))
        .map(|each| {
            let name = latest.plus(-each).show(s.lang);
            view! { <option value=each.to_string() selected=each == now>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field-row choose-bar">
            <div class="field">
                <label for=label>{s.t(texts::PERIOD)}</label>
                <select
                    id=id
                    on:change=move |event| back.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {options}
                </select>
            </div>
        </div>
    }
}

fn stats(here: Here, found: &Arc<Found>) -> View {
    let s = here.s;
    let compared = &found.compared;
    let ScoreFigures {
        score,
        tier,
        course,
        slope,
        coverage,
    } = score_figures(s, compared);
    // Where others stand is for the team alone.
    let peers = (!s.shared).then(|| among_peers(here, found)).flatten();
    view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(texts::SCORE)}</dt>
                <dd>{score}</dd>
                <dd class="stat-note">{compared.period.show(s.lang)}</dd>
            </div>
            <div class="stat"><dt>{s.t(texts::TIER)}</dt><dd>{tier}</dd></div>
            <div class="stat">
                <dt>{s.t(texts::TREND)}</dt>
                <dd>{course}</dd>
                <dd class="stat-note">{slope}</dd>
            </div>
            <div class="stat">
                <dt>{s.t(texts::COVERAGE)}</dt>
                <dd>{coverage}</dd>
            </div>
            {peers}
        </dl>
    }
}

fn among_peers(here: Here, found: &Found) -> Option<View> {
    let s = here.s;
    let rubric = found.version.rubric.as_ref()?;
    let peers = s.store.peek(|book| {
        let group = PeerGroup::of(book.dealers.get(here.id)?);
        let period = found.compared.period;
        Some(group_scores(book, rubric, group, period, s.today))
    });
    let own: Ranked = ranked(peers?)
        .into_iter()
        .find(|it| it.dealer.id == here.id)?;
    let group = own.group.show(s.lang);
    let figure = peer_figure(s, &own)?;
    Some(view! {
        <div class="stat">
            <dt>{s.t(texts::PEERS)}</dt>
            <dd>{figure}</dd>
            <dd class="stat-note">{group}</dd>
        </div>
    })
}

fn card(here: Here, found: &Found) -> View {
    let s = here.s;
    let of = ScoreOf {
        version: Arc::clone(&found.version),
        dealer: here.id,
        period: found.compared.period,
    };
    let table = score_table(s, &of, &found.compared.scored);
    let incidents = section(s.t(texts::INCIDENTS), None, None, incident_list(s, &of));
    view! {
        {section(s.t(texts::CARDS), None, None, table)}
        {incidents}
    }
}

fn evaluations(here: Here, found: &Arc<Found>) -> View {
    let s = here.s;
    let mut all: Vec<Arc<Evaluation>> = s
        .store
        .peek(|book| book.evaluations.of(here.id).cloned().collect());
    all.sort_by_key(|it| (Reverse(it.period), it.id));
    let period = found.compared.period;
    let here_already = all
        .iter()
        .any(|it| it.period == Some(period.first()) && it.version == found.version.id);
    let version = Arc::clone(&found.version);
    let start = move || {
        let written = s
            .store
            .peek(|book| begin(book, here.id, &version, period.first(), s.today));
        match written {
            Ok(writes) => {
                let id = writes.first().map(|change| change.id);
                s.store.act(Act::of(writes), s.t(texts::BEGUN).to_owned());
                if let Some(id) = id {
                    s.nav
                        .go(Route::Evaluation(tongxing_domain::id::Id::new(id)));
                }
            }
            Err(why) => s.toasts.warn(s.t(why.words()).to_owned()),
        }
    };
    let act = (!here_already).then(|| {
        view! {
            <button class="btn" type="button" on:click=move |_| start()>
                {Icon::Plus.draw()}
                {s.t(texts::BEGIN)}
            </button>
        }
    });
    let list = if all.is_empty() {
        view! { <p class="help">{s.t(texts::NO_EVALUATIONS)}</p> }
    } else {
        rows(all.iter().map(|it| row(s, it)).collect())
    };
    let content = view! {
        {list}
        <div class="actions">{act}</div>
    };
    section(s.t(texts::EVALUATIONS), Some(all.len()), None, content)
}

fn row(s: Scene, evaluation: &Arc<Evaluation>) -> View {
    let (scored, cycle) = s.store.peek(|book| {
        let version = book.scorecard_versions.get_any(evaluation.version);
        let rubric = version.and_then(|version| version.rubric.as_ref());
        let cycle = rubric.map(tongxing_domain::scorecard::Rubric::cycle);
        (evaluation.scored(book, s.today), cycle)
    });
    let period = evaluation
        .period
        .zip(cycle)
        .map(|(month, cycle)| Period::of(cycle, month));
    let title = period.map_or_else(String::new, |period| period.show(s.lang));
    RecordRow {
        sub: s.t(evaluation.stage().words()).into_view(),
        opens: RowOpens::Place(Route::Evaluation(evaluation.id).href()),
        end: Some(points(s, scored.and_then(|it| it.score)).into_view()),
        ..RecordRow::new(title)
    }
    .view()
}

/// Readings and targets of one metric, month by month.
fn entry(here: Here) -> View {
    let s = here.s;
    let metric = RwSignal::new(tongxing_domain::metrics::sales_in());
    let all = s.store.peek(|book| book.all_metrics());
    let id = unique_id("metric");
    let label = id.clone();
    let options = all
        .iter()
        .map(|it| {
            let selected = it.id == metric.get_untracked();
            view! { <option value=it.id.to_string() selected=selected>{it.title(s.lang).to_owned()}</option> }
        })
        .collect_view();
    let grid = move || {
        let metric: Option<Arc<Metric>> = s.store.peek(|book| book.metric(metric.get()));
        let this = Month::of(s.today);
        let rows = (0..MONTHS)
            .map(|back| {
                let month = this.plus(3 - back);
                GridRow {
                    name: month_text(s, month),
                    dealer: here.id,
                    month,
                }
            })
            .collect();
        metric.map(|metric| reading_grid(s, &metric, rows, s.t(goal::MONTH)))
    };
    view! {
        <details class="fold">
            <summary>{s.t(texts::ENTER)}</summary>
            <div class="field-row choose-bar">
                <div class="field">
                    <label for=label>{s.t(texts::WHICH_METRIC)}</label>
                    <select
                        id=id
                        on:change=move |event| {
                            if let Ok(id) = event_target_value(&event).parse() {
                                metric.set(id);
                            }
                        }
                    >
                        {options}
                    </select>
                </div>
            </div>
            {grid}
        </details>
    }
}
