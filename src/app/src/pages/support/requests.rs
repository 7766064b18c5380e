//! Requests of all dealers: the open ones by the day they are needed, and how the last year was answered.

use super::Here;
use crate::components::dealer_choice::ask_dealer;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::pane::{empty_page, section};
use crate::components::record_row::rows;
use crate::components::score_card::shown_points;
use crate::components::show_more::{SCREENFUL, show_more};
use crate::components::support_rows::{new_request, request_row};
use crate::locales::Words;
use crate::locales::support as texts;
use crate::state::kept::kept;
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::support::{Answered, open_requests};
use tongxing_domain::tables::SupportRequest;
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// So many more are drawn on demand.
const AT_A_TIME: usize = 40;

/// The day on which a request was settled.
fn settled_on(request: &SupportRequest) -> Option<tongxing_domain::date::Date> {
    match request.outcome {
        Outcome::Open => None,
        Outcome::Done(day) | Outcome::Dropped(day) => Some(day),
    }
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let (open_drawn, drawn) = (RwSignal::new(SCREENFUL), RwSignal::new(SCREENFUL));
    let found = Memo::new(move |_| {
        kept(s, "requests", (), |book| {
            let name = |it: Arc<SupportRequest>| {
                let dealer = book.dealers.get(it.dealer)?;
                Some((it, dealer.name.clone()))
            };
            let open: Vec<_> = open_requests(book, None)
                .into_iter()
                .filter_map(name)
                .collect();
            let mut settled: Vec<_> = book
                .support_requests
                .iter()
                .filter(|it| !it.outcome.is_open())
                .cloned()
                .filter_map(name)
                .collect();
            settled.sort_by_key(|(it, _)| (Reverse(settled_on(it)), it.id));
            (open, settled)
        })
    });
    let add = move || {
        view! {
            <button
                class="btn"
                data-kind="primary"
                type="button"
                on:click=move |_| {
                    ask_dealer(s, here.sheets, s.t(texts::NEW_REQUEST), move |dealer| {
                        new_request(s, here.sheets, dealer);
                    });
                }
            >
                {Icon::Plus.draw()}
                {s.t(texts::NEW_REQUEST)}
            </button>
        }
    };
    (move || {
        let found = found.get();
        let (open, settled) = &*found;
        if open.is_empty() && settled.is_empty() {
            let text = s.t(texts::NO_REQUESTS_TEXT);
            return empty_page(Icon::Promise, s.t(texts::NO_REQUESTS), text, Some(add()));
        }
        let row = |(it, dealer): &(Arc<SupportRequest>, String)| {
            request_row(s, here.sheets, it, Some(dealer.clone()))
        };
        let list = |all: &[(Arc<SupportRequest>, String)], drawn: RwSignal<usize>| {
            let shown = rows(all.iter().take(drawn.get()).map(row).collect());
            let more = show_more(s, all.len(), drawn, AT_A_TIME);
            view! {
                {shown}
                {more}
            }
        };
        let (waiting, past) = (list(open, open_drawn), list(settled, drawn));
        view! {
            {stats(here)}
            {section(s.t(texts::OPEN), Some(open.len()), None, waiting)}
            <div class="actions">{add()}</div>
            {section(s.t(texts::SETTLED), Some(settled.len()), None, past)}
        }
        .into_view()
    })
    .into_view()
}

fn stats(here: Here) -> View {
    let s = here.s;
    let answered = s.store.read(|book| Answered::of(book, None, s.today));
    let figure = |shown: String, label: Words| {
        let title = s.t(texts::ANSWERED_TITLE).to_owned();
        explain(shown, title, move || {
            resulting(answered.explain(s.lang), label)
        })
    };
    let rate = answered
        .rate()
        .map(|rate| figure(rate.show(), Answered::ON_TIME));
    let content = answered
        .satisfaction()
        .map(|mean| figure(shown_points(mean), Answered::CONTENT));
    view! {
        <dl class="stats">
            <div class="stat"><dt>{s.t(texts::ON_TIME)}</dt><dd>{rate}</dd></div>
            <div class="stat"><dt>{s.t(texts::CONTENT)}</dt><dd>{content}</dd></div>
        </dl>
    }
}
