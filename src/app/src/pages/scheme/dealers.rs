//! Who takes part and how they stand, who could, and whether comparable dealers get alike.

use super::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::show_more::{SCREENFUL, show_more};
use crate::locales::incentive as texts;
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::collections::BTreeMap;
use std::sync::Arc;
use tongxing_domain::explain::{Line, resulting};
use tongxing_domain::incentives::{Outlay, Payout, Share, enrol};
use tongxing_domain::peers::PeerGroup;
use tongxing_domain::quantity::Unit;
use tongxing_domain::schema::{AnyRecord as _, Change, changes};
use tongxing_domain::tables::{Dealer, Enrolment};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// So many more of those who take part are drawn on demand, and so many of those who could are drawn at a
/// time.
const AT_A_TIME: usize = 20;
const COULD_AT_A_TIME: usize = 5;
/// So many peer groups are shown at a time, and so many of each.
const GROUPS_AT_A_TIME: usize = 4;
const OF_A_GROUP: usize = 5;

/// The sections of those who take part and of those who could.
pub(super) fn section_of(here: &Here, outlay: &Arc<Outlay>) -> View {
    let s = here.s;
    let drawn = RwSignal::new(SCREENFUL);
    let total = outlay.shares.len();
    let (of_rows, of_here) = (Arc::clone(outlay), here.clone());
    let list = move || {
        let shown = of_rows.shares.iter().take(drawn.get());
        rows(
            shown
                .map(|share| row(&of_here, share, of_rows.unit()))
                .collect(),
        )
    };
    let more = move || show_more(s, total, drawn, AT_A_TIME);
    let others = outlay.not_enrolled.len();
    let could = (others > 0 && here.scheme.outcome.is_open()).then(|| {
        let drawn = RwSignal::new(COULD_AT_A_TIME);
        let (of_rows, of_here) = (Arc::clone(outlay), here.clone());
        let list = move || {
            let shown = of_rows.not_enrolled.iter().take(drawn.get());
            rows(shown.map(|dealer| candidate(&of_here, dealer)).collect())
        };
        let more = move || show_more(s, others, drawn, COULD_AT_A_TIME);
        let content = view! {
            {list}
            {more}
        };
        let (all, of_all) = (outlay.not_enrolled.clone(), here.clone());
        let act = view! {
            <button class="section-more" type="button" on:click=move |_| join(&of_all, &all)>
                {s.t(texts::ENROL_ALL)}
            </button>
        };
        section(s.t(texts::COULD), Some(others), Some(act), content)
    });
    let content = view! {
        {list}
        {more}
    };
    view! {
        {section(s.t(texts::DEALERS), Some(total), None, content)}
        {could}
    }
}

fn row(here: &Here, share: &Share, unit: Unit) -> View {
    let s = here.s;
    let href = Route::Dealer(share.dealer.id, DealerTab::Incentives).href();
    let (sub, end) = match &share.standing {
        Ok(standing) => {
            let measured = unit.show_short(standing.reckoning.basis.measured, s.lang);
            let next = standing.next_text(s.lang).map(|text| format!(" · {text}"));
            let earned = standing.payout.earned.show();
            let told = standing.clone();
            let figure = explain(earned, s.t(texts::STANDING_TITLE).to_owned(), move || {
                resulting(told.explain(s.lang), Payout::EARNED)
            });
            (format!("{measured}{}", next.unwrap_or_default()), figure)
        }
        Err(_) => (share.text(unit, s.lang), ().into_view()),
    };
    let off = share
        .stands_out
        .then(|| badge(Tone::Watch, s.t(texts::STANDS_OUT)));
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Place(href),
        end: Some(view! { {off} {end} }),
        acts: acts(here, &share.enrolment),
        ..RecordRow::new(share.dealer.name.as_str())
    }
    .view()
}

fn acts(here: &Here, enrolment: &Arc<Enrolment>) -> Vec<MenuItem> {
    let s = here.s;
    let (sheets, edited, left) = (here.sheets, Arc::clone(enrolment), Arc::clone(enrolment));
    let mut acts = vec![MenuItem::new(Icon::Edit, s.t(texts::AGREED), move || {
        sheets.form(FormSubject {
            record: edited.copied(),
            new: false,
            title: s.t(texts::AGREED).to_owned(),
            dealer: edited.dealer.uuid(),
            without: &[],
        });
    })];
    if enrolment.outcome.is_open() {
        acts.push(
            MenuItem::new(Icon::Close, s.t(texts::LEAVE), move || {
                let after = Enrolment {
                    outcome: Outcome::Done(s.today),
                    ..Enrolment::clone(&left)
                };
                let writes = changes(Some(&*left), &after);
                s.store.act(Act::of(writes), s.t(texts::LEAVE).to_owned());
            })
            .danger(),
        );
    }
    acts
}

fn candidate(here: &Here, dealer: &Arc<Dealer>) -> View {
    let s = here.s;
    let (joining, one) = (here.clone(), vec![Arc::clone(dealer)]);
    RecordRow {
        sub: PeerGroup::of(dealer).show(s.lang).into_view(),
        opens: RowOpens::Place(Route::Dealer(dealer.id, DealerTab::Incentives).href()),
        end: Some(view! {
            <button class="btn" type="button" on:click=move |_| join(&joining, &one)>
                {s.t(texts::ENROL)}
            </button>
        }),
        ..RecordRow::new(dealer.name.as_str())
    }
    .view()
}

/// Enrols dealers from today on, or from the first day of a scheme that lies ahead.
fn join(here: &Here, dealers: &[Arc<Dealer>]) {
    let s = here.s;
    let period = here
        .version
        .as_ref()
        .and_then(|it| it.terms.as_ref())
        .map(|terms| terms.period());
    let Some(period) = period else { return };
    let from = s.today.max(period.start()).min(period.end());
    let mut writes: Vec<Change> = Vec::new();
    let mut refused = None;
    for dealer in dealers {
        match s
            .store
            .peek(|book| enrol(book, &here.scheme, dealer.id, from, s.today))
        {
            Ok(more) => writes.extend(more),
            Err(fault) => refused = Some(s.store.peek(|book| fault.text(book, s.lang))),
        }
    }
    if let Some(why) = refused {
        s.toasts.warn(why);
    }
    if !writes.is_empty() {
        s.store
            .act(Act::of(writes), s.t(texts::ENROLLED_NOW).to_owned());
    }
}

/// Comparable dealers of an outlay: their places among its shares, the larger yield first.
#[derive(Clone)]
pub(super) struct Peers {
    outlay: Arc<Outlay>,
    group: PeerGroup,
    places: Arc<[usize]>,
}

impl Peers {
    /// Every group that somebody of an outlay is in.
    pub(super) fn all(outlay: &Arc<Outlay>) -> Vec<Self> {
        let mut groups: BTreeMap<PeerGroup, Vec<usize>> = BTreeMap::new();
        for (place, share) in outlay.shares.iter().enumerate() {
            if share.yield_of.is_some() {
                groups.entry(share.group).or_default().push(place);
            }
        }
        let yield_at = |place: &usize| outlay.shares.get(*place)?.yield_of;
        let sorted = groups.into_iter().map(|(group, mut places)| {
            places.sort_by_key(|place| std::cmp::Reverse(yield_at(place)));
            Self {
                outlay: Arc::clone(outlay),
                group,
                places: places.into(),
            }
        });
        sorted.collect()
    }

    fn shares(&self) -> impl Iterator<Item = &Share> {
        let places = self.places.iter();
        places.filter_map(|place| self.outlay.shares.get(*place))
    }
}

/// What comparable dealers get for each yuan or unit.
pub(super) fn fairness(here: &Here, outlay: &Arc<Outlay>, groups: Vec<Peers>) -> View {
    let s = here.s;
    let unit = outlay.unit();
    if groups.is_empty() {
        return ().into_view();
    }
    let largest = outlay
        .shares
        .iter()
        .filter_map(|share| share.yield_of)
        .max();
    let largest = largest.map_or(1.0, |it| it.as_f64()).max(f64::MIN_POSITIVE);
    let total = groups.len();
    let drawn = RwSignal::new(GROUPS_AT_A_TIME);
    let tables = move || {
        let shown = groups.iter().take(drawn.get());
        shown
            .map(|peers| group_table(s, peers, unit, largest))
            .collect_view()
    };
    let more = move || show_more(s, total, drawn, GROUPS_AT_A_TIME);
    let content = view! {
        <p class="help">{s.t(texts::FAIRNESS_TEXT)}</p>
        <div class="columns" data-even="">{tables}</div>
        {more}
    };
    section(s.t(texts::FAIRNESS), None, None, content)
}

/// One group, the larger yields first.
fn group_table(s: Scene, peers: &Peers, unit: Unit, largest: f64) -> View {
    let usual = peers
        .shares()
        .find_map(|share| share.yields(unit, s.lang).1);
    let middle = match usual {
        Some(usual) => {
            let (shown, of) = (usual.clone(), peers.clone());
            let figure = explain(shown, s.t(texts::MEDIAN), move || {
                let own = |share: &Share| share.yields(unit, s.lang).0.unwrap_or_default();
                let mut lines: Vec<Line> = of
                    .shares()
                    .map(|share| Line::new(share.dealer.name.clone(), own(share)))
                    .collect();
                lines.push(Line::new(s.t(texts::MEDIAN), usual.clone()));
                lines
            });
            view! { {s.t(texts::MEDIAN)} " " {figure} }.into_view()
        }
        None => s.t(texts::TOO_FEW).into_view(),
    };
    let drawn = RwSignal::new(OF_A_GROUP);
    let (of_rows, total) = (peers.clone(), peers.places.len());
    let lines = move || {
        let shown = of_rows.shares().take(drawn.get());
        shown
            .map(|share| share_line(s, share, unit, largest))
            .collect_view()
    };
    let more = move || show_more(s, total, drawn, OF_A_GROUP);
    view! {
        <div class="peers">
            <table class="table">
                <caption>{peers.group.show(s.lang)}" · "{middle}</caption>
                <tbody>{lines}</tbody>
            </table>
            {more}
        </div>
    }
    .into_view()
}

fn share_line(s: Scene, share: &Share, unit: Unit, largest: f64) -> View {
    let value = share.yield_of.map_or(0.0, |it| it.as_f64()) / largest * 100.0;
    let tone = if share.stands_out {
        Tone::Watch
    } else {
        Tone::Good
    };
    let shown = share.yields(unit, s.lang).0.unwrap_or_default();
    let told = share.clone();
    let figure = explain(shown, s.t(texts::FAIRNESS).to_owned(), move || {
        told.explain(unit, s.lang)
    });
    let off = share
        .stands_out
        .then(|| badge(Tone::Watch, s.t(texts::STANDS_OUT)));
    view! {
        <tr>
            <th scope="row">{share.dealer.name.clone()}" "{off}</th>
            <td class="bar-cell">
                <span class="bar" data-tone=tone.key() style:--value=value.to_string()></span>
            </td>
            <td class="num">{figure}</td>
        </tr>
    }
    .into_view()
}
