//! All dealers by their score of a period, the best first, with tier, coverage, trend and peers.

use super::Here;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{empty_page, note, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::{
    ScoreFigures, peer_figure, place_figure, score_figures, shown_points,
};
use crate::components::show_more::{SCREENFUL, show_more};
use crate::locales::scorecard as texts;
use crate::state::kept::kept;
use crate::state::route::{DealerTab, Route, ScorePart};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::Month;
use tongxing_domain::peers::{PeerGroup, median};
use tongxing_domain::period::Period;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::scorecard::{Ranked, all_in_force, all_scores, compared, ranked};
use tongxing_domain::tables::{Scorecard, ScorecardVersion};
use tongxing_view::prelude::*;

/// So many more are drawn on demand.
const AT_A_TIME: usize = 40;
/// So many periods can be chosen.
const PERIODS: i32 = 8;

type InForce = (Arc<Scorecard>, Arc<ScorecardVersion>);

/// What is chosen: which scorecard, how many periods back, which peer group.
#[derive(Clone, Copy)]
struct Chosen {
    here: Here,
    card: RwSignal<usize>,
    back: RwSignal<i32>,
    group: RwSignal<Option<PeerGroup>>,
    drawn: RwSignal<usize>,
}

/// All dealers in a period.
struct Standings {
    version: Arc<ScorecardVersion>,
    period: Period,
    found: Arc<Found>,
}

impl PartialEq for Standings {
    /// What was found anew counts as another: to compare it dealer by dealer takes as long as to find it.
    fn eq(&self, other: &Self) -> bool {
        let one = |it: &Self| (Arc::as_ptr(&it.version), Arc::as_ptr(&it.found), it.period);
        one(self) == one(other)
    }
}

/// Every dealer's place, and what they come to together.
struct Found {
    ranked: Vec<Ranked>,
    /// How many have a score, and the one in the middle.
    scored: usize,
    middle: Option<Ratio>,
}

impl Found {
    fn of(ranked: Vec<Ranked>) -> Self {
        let scores = ranked.iter().filter_map(|it| Some(it.score?.ratio()));
        let scores: Vec<Ratio> = scores.collect();
        Self {
            scored: scores.len(),
            middle: median(scores),
            ranked,
        }
    }
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return note(Tone::Info, s.t(texts::SHARED), None);
    }
    let chosen = Chosen {
        here,
        card: RwSignal::new(0),
        back: RwSignal::new(0),
        group: RwSignal::new(None),
        drawn: RwSignal::new(SCREENFUL),
    };
    let cards = Memo::new(move |_| s.store.read(|book| all_in_force(book, s.today)));
    let standings = Memo::new(move |_| {
        let (_, version) = cards.with(|cards| cards.get(chosen.card.get()).cloned())?;
        let rubric = version.rubric.as_ref()?;
        let period = Period::last_over(rubric.cycle(), s.today).plus(-chosen.back.get());
        let found = kept(s, "ranking", (version.id, period), |book| {
            Found::of(ranked(all_scores(book, rubric, period, s.today)))
        });
        Some(Arc::new(Standings {
            found,
            version: Arc::clone(&version),
            period,
        }))
    });
    (move || match standings.get() {
        Some(standings) => {
            let cards = cards.get();
            view! {
                {bar(chosen, &cards, &standings)}
                {stats(chosen, &standings)}
                {move || listing(chosen, &standings)}
            }
        }
        None => empty_page(
            Icon::Star,
            s.t(texts::NO_CARD),
            s.t(texts::NO_CARD_TEXT),
            Some(view! {
                <a class="btn" data-kind="primary" href=Route::Scorecards(ScorePart::Cards).href()>
                    {s.t(texts::SET_UP)}
                </a>
            }),
        ),
    })
    .into_view()
}

/// The choice of the scorecard and the period.
fn bar(chosen: Chosen, cards: &[InForce], standings: &Standings) -> View {
    let s = chosen.here.s;
    let (card_id, period_id) = (unique_id("card"), unique_id("period"));
    let (for_card, for_period) = (card_id.clone(), period_id.clone());
    let now = chosen.back.get_untracked();
    let running = standings.period.plus(now);
    let periods = (-1..PERIODS)
        .filter(|back| running.plus(-back).first() <= Month::of(s.today))
        .map(|back| {
            let name = running.plus(-back).show(s.lang);
            view! { <option value=back.to_string() selected=back == now>{name}</option> }
        })
        .collect_view();
    let at = chosen.card.get_untracked();
    let several = (cards.len() > 1).then(|| {
        let options = cards
            .iter()
            .enumerate()
            .map(|(place, (card, _))| {
                view! { <option value=place.to_string() selected=place == at>{card.name.clone()}</option> }
            })
            .collect_view();
        view! {
            <div class="field">
                <label for=for_card>{s.t(texts::WHICH_CARD)}</label>
                <select
                    id=card_id
                    on:change=move |event| chosen.card.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {options}
                </select>
            </div>
        }
    });
    view! {
        <div class="field-row choose-bar">
            <div class="field">
                <label for=for_period>{s.t(texts::PERIOD)}</label>
                <select
                    id=period_id
                    on:change=move |event| {
                        chosen.drawn.set(SCREENFUL);
                        chosen.back.set(event_target_value(&event).parse().unwrap_or(0));
                    }
                >
                    {periods}
                </select>
            </div>
            {groups(chosen, standings)}
            {several}
        </div>
    }
}

fn stats(chosen: Chosen, standings: &Standings) -> View {
    let s = chosen.here.s;
    let found = &standings.found;
    let period = standings.period.show(s.lang);
    let told = texts::summary(s.lang, &period, found.scored, found.ranked.len());
    let middle = found.middle.map(shown_points);
    let middle = middle.map(|middle| format!(" · {} {middle}", s.t(texts::MEDIAN)));
    view! { <p class="help" role="status">{told}{middle}</p> }
}

/// Narrows the list down to one peer group.
fn groups(chosen: Chosen, standings: &Standings) -> View {
    let s = chosen.here.s;
    let mut groups: Vec<(PeerGroup, usize)> = Vec::new();
    for ranked in standings
        .found
        .ranked
        .iter()
        .filter(|it| it.score.is_some())
    {
        match groups.iter_mut().find(|(group, _)| *group == ranked.group) {
            Some((_, count)) => *count += 1,
            None => groups.push((ranked.group, 1)),
        }
    }
    groups.sort_by_key(|(group, count)| (std::cmp::Reverse(*count), *group));
    let now = chosen.group.get_untracked();
    let options = groups
        .iter()
        .enumerate()
        .map(|(place, (group, count))| {
            let name = format!("{} · {count}", group.show(s.lang));
            view! { <option value=place.to_string() selected=now == Some(*group)>{name}</option> }
        })
        .collect_view();
    let id = unique_id("group");
    let label = id.clone();
    view! {
        <div class="field">
            <label for=label>{s.t(texts::GROUPS)}</label>
            <select
                id=id
                on:change=move |event| {
                    let place = event_target_value(&event).parse::<usize>().ok();
                    let group = place.and_then(|place| groups.get(place));
                    chosen.drawn.set(SCREENFUL);
                    chosen.group.set(group.map(|(group, _)| *group));
                }
            >
                <option value="">{s.t(texts::ALL_GROUPS)}</option>
                {options}
            </select>
        </div>
    }
}

fn listing(chosen: Chosen, standings: &Arc<Standings>) -> View {
    let s = chosen.here.s;
    let (group, drawn) = (chosen.group.get(), chosen.drawn.get());
    let (scored, without): (Vec<&Ranked>, Vec<&Ranked>) = standings
        .found
        .ranked
        .iter()
        .filter(|ranked| group.is_none_or(|group| ranked.group == group))
        .partition(|ranked| ranked.score.is_some());
    let total = scored.len();
    let list = scored
        .into_iter()
        .take(drawn)
        .map(|ranked| row(s, standings, ranked))
        .collect();
    let more = show_more(s, total, chosen.drawn, AT_A_TIME);
    let none = (!without.is_empty()).then(|| {
        let names = without
            .iter()
            .take(SCREENFUL)
            .map(|ranked| {
                let href = Route::Dealer(ranked.dealer.id, DealerTab::Scorecard).href();
                RecordRow {
                    sub: ranked.group.show(s.lang).into_view(),
                    opens: RowOpens::Place(href),
                    ..RecordRow::new(ranked.dealer.name.as_str())
                }
                .view()
            })
            .collect();
        section(s.t(texts::WITHOUT), Some(without.len()), None, rows(names))
    });
    view! {
        {section(s.t(texts::RANKING), Some(total), None, rows(list))}
        {more}
        {none}
    }
}

fn row(s: Scene, standings: &Arc<Standings>, ranked: &Ranked) -> View {
    let dealer = Arc::clone(&ranked.dealer);
    let id = dealer.id;
    let Some(rubric) = &standings.version.rubric else {
        return ().into_view();
    };
    let period = standings.period;
    let compared = s
        .store
        .peek(|book| compared(book, rubric, id, period, s.today));
    let whole = compared.scored.coverage == Ratio::ONE;
    let ScoreFigures {
        score,
        tier,
        course,
        coverage,
        ..
    } = score_figures(s, &Arc::new(compared));
    let peers = peer_figure(s, ranked);
    let coverage = (!whole).then(|| view! { {s.t(texts::COVERAGE)} " " {coverage} });
    let place = place_figure(s, ranked);
    RecordRow {
        lead: Some(view! { <b class="rank">{place}</b> }),
        sub: ranked.group.show(s.lang).into_view(),
        opens: RowOpens::Place(Route::Dealer(id, DealerTab::Scorecard).href()),
        end: Some(view! {
            <span class="rank-end">
                <span data-only="wide">{peers}</span>
                {coverage}
                {course}
                {tier}
                <b class="score">{score}</b>
            </span>
        }),
        ..RecordRow::new(dealer.name.as_str())
    }
    .view()
}
