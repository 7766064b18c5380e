//! How the dealer stands in every incentive scheme: what is earned, what the next tier takes and when it
//! comes at today's pace, what if, and the statements.

use super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::statement_row::statement_row;
use crate::components::what_if::what_if;
use crate::locales::Words;
use crate::locales::incentive as texts;
use crate::state::route::Route;
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::explain::resulting;
use tongxing_domain::incentives::{
    Earning, NoStanding, Payout, Standing, Terms, enrol, in_force, is_eligible, ranking,
};
use tongxing_domain::scorecard::latest_scores;
use tongxing_domain::tables::{Enrolment, Scheme, Statement};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// A scheme that the dealer takes part in.
#[derive(Clone, PartialEq)]
struct Joined {
    scheme: Arc<Scheme>,
    terms: Terms,
    standing: Result<Arc<Standing>, NoStanding>,
    statements: Vec<Arc<Statement>>,
}

/// What the tab shows.
#[derive(Clone, PartialEq)]
struct Found {
    joined: Vec<Joined>,
    open: Vec<Arc<Scheme>>,
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    let found = Memo::new(move |_| s.store.read(|book| find(book, here)));
    (move || {
        let found = found.get();
        let nothing = found.joined.is_empty().then(|| {
            empty(
                Icon::Star,
                s.t(texts::NONE_OF_DEALER),
                s.t(texts::NONE_OF_DEALER_TEXT),
                None,
            )
        });
        let joined = found
            .joined
            .iter()
            .map(|joined| draw(here, joined))
            .collect_view();
        let open = (!found.open.is_empty()).then(|| {
            let list: Vec<View> = found
                .open
                .iter()
                .map(|scheme| offer(here, scheme))
                .collect();
            section(s.t(texts::OPEN_TO), Some(list.len()), None, rows(list))
        });
        view! {
            <div class="body">
                {nothing}
                {joined}
                {open}
            </div>
        }
    })
    .into_view()
}

fn find(book: &Book, here: Here) -> Found {
    let s = here.s;
    let mut joined = Vec::new();
    let mut open = Vec::new();
    let dealer = book.dealers.get(here.id);
    for scheme in book.schemes.iter() {
        let Some(version) = in_force(book, scheme.id, s.today) else {
            continue;
        };
        let Some(terms) = version.terms.clone() else {
            continue;
        };
        let enrolment = book.enrolments.get(Enrolment::id_for(here.id, scheme.id));
        match enrolment {
            Some(enrolment) => {
                let place = place_of(book, here, scheme, &terms);
                let standing = Standing::of(book, &terms, enrolment, place, s.today);
                let mut statements: Vec<_> = book
                    .statements
                    .of(here.id)
                    .filter(|it| it.dealer == here.id && it.scheme == scheme.id)
                    .cloned()
                    .collect();
                statements.sort_by_key(|it| (Reverse(it.until), it.id));
                joined.push(Joined {
                    scheme: Arc::clone(scheme),
                    terms,
                    standing: standing.map(Arc::new),
                    statements,
                });
            }
            None => {
                let may = dealer.is_some_and(|it| is_eligible(book, &version, it, s.today));
                if may && scheme.outcome.is_open() && terms.period().end() >= s.today {
                    open.push(Arc::clone(scheme));
                }
            }
        }
    }
    joined.sort_by_key(|it| (Reverse(it.terms.period().end()), it.scheme.id));
    Found { joined, open }
}

/// The place in a trip's ranking.
fn place_of(book: &Book, here: Here, scheme: &Scheme, terms: &Terms) -> Option<u32> {
    if !matches!(terms.earning(), Earning::Trip { .. }) {
        return None;
    }
    let scores = latest_scores(book, here.s.today);
    let of = |dealer| scores.get(&dealer).copied();
    ranking(book, scheme.id, terms, &of, here.s.today).place(here.id)
}

fn draw(here: Here, joined: &Joined) -> View {
    let s = here.s;
    let period = joined.terms.period();
    let over = period.end() < s.today || !joined.scheme.outcome.is_open();
    let days = format!(
        "{} – {}",
        show_date(period.start(), s.lang),
        show_date(period.end(), s.lang)
    );
    let mark = over.then(|| badge(Tone::None, s.t(texts::ENDED)));
    let standing = match &joined.standing {
        Ok(standing) => {
            // A trip is won by places, not by an amount.
            let by_amount = !matches!(joined.terms.earning(), Earning::Trip { .. });
            live(here, standing, over, by_amount)
        }
        Err(NoStanding::Pay(error)) => view! { <p class="help">{s.t(error.words())}</p> },
        Err(NoStanding::Outside) => ().into_view(),
    };
    let statements = (!joined.statements.is_empty()).then(|| {
        let row = |it: &Arc<Statement>| statement_row(s, s.t(texts::STATEMENT).to_owned(), it);
        rows(joined.statements.iter().map(row).collect())
    });
    let act = view! {
        <a class="section-more" href=Route::Scheme(joined.scheme.id).href()>{s.t(texts::TERMS)}</a>
    };
    let content = view! {
        <p class="help">{s.t(joined.terms.earning().words())}" · "{days}" "{mark}</p>
        {standing}
        {statements}
    };
    section(joined.scheme.name.clone(), None, Some(act), content)
}

fn live(here: Here, standing: &Arc<Standing>, over: bool, by_amount: bool) -> View {
    let s = here.s;
    let told = Arc::clone(standing);
    let title = s.t(texts::STANDING_TITLE).to_owned();
    let earned = explain(standing.payout.earned.show(), title, move || {
        resulting(told.explain(s.lang), Payout::EARNED)
    });
    let figure = |shown: String, label: Words| {
        let told = Arc::clone(standing);
        explain(shown, s.t(texts::STANDING_TITLE), move || {
            resulting(told.explain(s.lang), label)
        })
    };
    let measured = figure(
        standing
            .unit
            .show(standing.reckoning.basis.measured, s.lang),
        Standing::MEASURED,
    );
    let ahead = standing.ahead.filter(|_| !over).map(|ahead| {
        view! {
            <div class="stat">
                <dt>{s.t(texts::EXPECTED)}</dt>
                <dd>{figure(ahead.earned.show(), Standing::AHEAD)}</dd>
                <dd class="stat-note">
                    {figure(standing.unit.show_short(ahead.measured, s.lang), Standing::AHEAD_MEASURED)}
                </dd>
            </div>
        }
    });
    let next = standing.next_text(s.lang).filter(|_| !over);
    let bar = standing.next.filter(|_| !over).and_then(|next| {
        let measured = standing.reckoning.basis.measured.0;
        let part = tongxing_domain::ratio::Ratio::new(measured.into(), next.at.0.into())?;
        let label = format!("{} {}", s.t(texts::NEXT), part.show());
        Some(view! {
            <span
                class="bar"
                role="img"
                aria-label=label
                style:--value=(part.as_f64() * 100.0).to_string()
            ></span>
        })
    });
    let slider = (!over && by_amount).then(|| what_if(s, standing));
    view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(texts::EARNED)}</dt>
                <dd>{earned}</dd>
                <dd class="stat-note">{s.t(texts::MEASURED)}" "{measured}</dd>
            </div>
            {ahead}
        </dl>
        {bar}
        {next.map(|next| view! { <p class="next-tier">{figure(next, Standing::NEXT)}</p> })}
        {slider}
    }
    .into_view()
}

fn offer(here: Here, scheme: &Arc<Scheme>) -> View {
    let s = here.s;
    let (words, joining) = (scheme.aim.clone(), Arc::clone(scheme));
    let join = move |_| {
        let written = s.store.peek(|book| {
            let version = in_force(book, joining.id, s.today);
            let period = version.and_then(|it| it.terms.as_ref().map(Terms::period));
            let from = period.map_or(s.today, |it| s.today.max(it.start()).min(it.end()));
            enrol(book, &joining, here.id, from, s.today).map_err(|fault| fault.text(book, s.lang))
        });
        match written {
            Ok(writes) => here.write(writes, s.t(texts::ENROLLED_NOW).to_owned()),
            Err(why) => s.toasts.warn(why),
        }
    };
    RecordRow {
        sub: words.into_view(),
        opens: RowOpens::Place(Route::Scheme(scheme.id).href()),
        end: Some(view! {
            <button class="btn" type="button" on:click=join>{s.t(texts::ENROL)}</button>
        }),
        ..RecordRow::new(scheme.name.as_str())
    }
    .view()
}
