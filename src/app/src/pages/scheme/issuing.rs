//! The statements of a scheme, and issuing them for all who take part.

use super::Here;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{note, section};
use crate::components::record_row::rows;
use crate::components::show_more::show_more;
use crate::components::statement_row::statement_row;
use crate::locales::{incentive as texts, shell};
use crate::state::commit::Act;
use crate::state::kept::kept;
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::date::{Date, Month, parse_date};
use tongxing_domain::incentives::{enrolments, issue, ranking};
use tongxing_domain::schema::Change;
use tongxing_domain::scorecard::latest_scores;
use tongxing_domain::tables::Statement;
use tongxing_view::prelude::*;

/// So many are shown at a time.
const AT_A_TIME: usize = 10;

/// The section.
pub(super) fn section_of(here: &Here) -> View {
    let s = here.s;
    let scheme = here.scheme.id;
    let found = kept(s, "statements", scheme, |book| {
        let statements = book.statements.of(scheme);
        let mut found: Vec<(String, Arc<Statement>)> = statements
            .filter_map(|it| Some((book.dealers.get(it.dealer)?.name.clone(), Arc::clone(it))))
            .collect();
        found.sort_by(|(a, x), (b, y)| {
            (Reverse(x.until), a, x.id).cmp(&(Reverse(y.until), b, y.id))
        });
        found
    });
    let drawn = RwSignal::new(AT_A_TIME);
    let total = found.len();
    let issuing = here.clone();
    let act = view! {
        <button class="section-more" type="button" on:click=move |_| ask(&issuing)>
            {s.t(texts::ISSUE)}
        </button>
    };
    let list = move || {
        if found.is_empty() {
            return view! { <p class="help">{s.t(texts::NO_STATEMENTS)}</p> };
        }
        let shown = found.iter().take(drawn.get());
        rows(
            shown
                .map(|(name, it)| statement_row(s, name.clone(), it))
                .collect(),
        )
    };
    let more = move || show_more(s, total, drawn, AT_A_TIME);
    let content = view! {
        {list}
        {more}
    };
    section(s.t(texts::STATEMENTS), Some(total), Some(act), content)
}

/// The last month of the period that is over, or the end of the period.
fn usual_day(here: &Here) -> Date {
    let s = here.s;
    let period = here
        .version
        .as_ref()
        .and_then(|it| it.terms.as_ref())
        .map(|terms| terms.period());
    let before = Month::of(s.today).plus(-1).last();
    period.map_or(before, |period| {
        before.min(period.end()).max(period.start())
    })
}

fn ask(here: &Here) {
    let here = here.clone();
    let sheets = here.sheets;
    sheets.show(move || {
        let s = here.s;
        let closing = RwSignal::new(false);
        let day = RwSignal::new(usual_day(&here).to_string());
        let fault = RwSignal::new(Vec::<String>::new());
        let issuing = here.clone();
        let submit = Callback::new(move |()| {
            let Some(until) = parse_date(&day.get_untracked()) else {
                return fault.set(vec![s.t(texts::CHOOSE_ONE).to_owned()]);
            };
            let (writes, count, why) = written(&issuing, until);
            if count > 0 {
                s.store.act(Act::of(writes), texts::issued(s.lang, count));
            }
            if why.is_empty() {
                closing.set(true);
            } else {
                fault.set(why);
            }
        });
        let told = move || {
            let faults = fault.get();
            faults.into_iter().map(|why| note(Tone::Watch, why, None)).collect_view()
        };
        let body = view! {
            <div class="field">
                <label for="statement-until">{s.t(texts::UNTIL)}</label>
                <input
                    id="statement-until"
                    type="date"
                    prop:value=move || day.get()
                    on:input=move |event| {
                        fault.set(Vec::new());
                        day.set(event_target_value(&event));
                    }
                />
            </div>
            {told}
        };
        let foot = view! {
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CLOSE)}</button>
            <button class="btn" data-kind="primary" type="submit">
                {Icon::Check.draw()}
                {s.t(texts::ISSUE)}
            </button>
        };
        overlay(
            Overlay::Dialog,
            s.t(texts::ISSUE).to_owned(),
            closing,
            Callback::new(move |()| sheets.closed()),
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}

/// What issuing for everybody writes, how many statements that are, and why some could not be issued.
fn written(here: &Here, until: Date) -> (Vec<Change>, usize, Vec<String>) {
    let s = here.s;
    s.store.peek(|book| {
        let scores = latest_scores(book, s.today);
        let of = |dealer| scores.get(&dealer).copied();
        let terms = here
            .version
            .as_ref()
            .and_then(|version| version.terms.as_ref());
        let places = terms.map(|terms| ranking(book, here.scheme.id, terms, &of, until));
        let (mut writes, mut count) = (Vec::new(), 0);
        let mut refused: Vec<(&'static str, Vec<String>)> = Vec::new();
        for (dealer, enrolment) in enrolments(book, here.scheme.id) {
            let place = places.as_ref().and_then(|places| places.place(dealer.id));
            match issue(book, &enrolment, place, until, s.today) {
                Ok(more) => {
                    count += 1;
                    writes.extend(more);
                }
                Err(fault) => {
                    let why = s.t(fault.words());
                    match refused.iter_mut().find(|(known, _)| *known == why) {
                        Some((_, names)) => names.push(dealer.name.clone()),
                        None => refused.push((why, vec![dealer.name.clone()])),
                    }
                }
            }
        }
        let told = refused
            .into_iter()
            .map(|(why, names)| format!("{why}（{}）", names.join("、")));
        (writes, count, told.collect())
    })
}
