//! What was signed and ends on a day: how it stands, renewed with one form, or let go.

use super::here::Here;
use crate::components::contract_state::contract_state;
use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::pane::section;
use crate::components::record_form::{Asking, FormSubject, asking_form};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{dealer as text, long_term as texts};
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::contracts::{following, renew};
use tongxing_domain::schema::{AnyRecord, Record, changes};
use tongxing_domain::settle::Settling;
use tongxing_domain::tables::Contract;
use tongxing_domain::value::{Kind, Value};
use tongxing_view::prelude::*;

/// What is asked for when a contract is renewed.
const ASKED: &[&str] = &["span", "number", "signed_on"];

/// The section: what runs and what is to be renewed, and below it what is settled.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let mut all: Vec<Arc<Contract>> = s
        .store
        .read(|book| book.contracts.of(here.id).cloned().collect());
    all.sort_by_key(|it| (it.state_on(s.today), it.span.map(|span| span.end()), it.id));
    let (open, settled): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.outcome.is_open());
    let add = view! {
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(here)>
            {Icon::Plus.draw()}
            {s.t(texts::NEW_CONTRACT)}
        </button>
    };
    let list = match open.is_empty() {
        true => view! { <p class="help">{s.t(texts::NO_CONTRACTS)}</p> },
        false => rows(open.iter().map(|it| row(here, it)).collect()),
    };
    let past = (!settled.is_empty()).then(|| {
        let list = rows(settled.iter().rev().map(|it| row(here, it)).collect());
        view! {
            <details class="fold">
                <summary>{s.t(texts::SETTLED)} " " <b class="count">{settled.len()}</b></summary>
                {list}
            </details>
        }
    });
    let count = (!open.is_empty()).then_some(open.len());
    section(
        s.t(texts::CONTRACTS),
        count,
        Some(add),
        view! { {list}{past} },
    )
}

fn add(here: Here) {
    here.add(
        Contract {
            dealer: here.id,
            ..here.fresh()
        },
        &[],
    );
}

fn row(here: Here, contract: &Arc<Contract>) -> View {
    let s = here.s;
    let (link, title) = (link_to(&**contract), contract.title.as_str());
    let span = contract
        .span
        .map(|span| Value::Span(span).show(Kind::Span, s.lang));
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let parts = [
        contract.kind.map(|kind| s.t(kind.words()).to_owned()),
        span,
        filled(&contract.number),
        filled(&contract.brand),
        filled(&contract.territory),
    ];
    let mut acts = Vec::new();
    if contract.outcome.is_open() {
        let renewed = Arc::clone(contract);
        acts.push(MenuItem::new(Icon::Sync, s.t(texts::RENEW), move || {
            ask_renewal(here, &renewed);
        }));
        acts.push(here.settle_item(Icon::Close, link, Settling::Dropped, texts::LET_GO, title));
    } else {
        acts.push(here.settle_item(Icon::Undo, link, Settling::Reopened, text::REOPEN, title));
    }
    acts.extend([here.edit_item(&**contract), here.bin_item(contract.id())]);
    let edited = Arc::clone(contract);
    RecordRow {
        sub: parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: contract_state(s, contract),
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

/// Asks for what is new in the contract that follows: its time, number and day of signing.
fn ask_renewal(here: Here, contract: &Arc<Contract>) {
    let s = here.s;
    let contract = Arc::clone(contract);
    here.sheets.show(move || {
        let Some(span) = contract.span.and_then(following) else {
            return ().into_view();
        };
        let fresh = s.store.fresh::<Contract>().uuid();
        let (_, next) = renew(&contract, span, s.today, &mut || fresh);
        let before = Arc::clone(&contract);
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let mut after = next_of(&before, fresh);
            for place in 0..Contract::TABLE.fields.len() {
                // A value of the same field is always of its kind.
                let _ = after.put(place, typed.value(place));
            }
            let Some(span) = after.span else {
                return Err(("span", s.t(texts::SAY_HOW_LONG).to_owned()));
            };
            let (settled, _) = renew(&before, span, s.today, &mut || fresh);
            let mut writes = changes(Some(&*before), &settled);
            writes.extend(changes(None, &after));
            Ok((writes, text::said(s.lang, texts::RENEW, &before.title)))
        });
        let subject = FormSubject {
            record: Box::new(next),
            new: true,
            title: s.t(texts::RENEW).to_owned(),
            dealer: here.id.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields: ASKED,
            submit: texts::RENEW,
            finish,
        };
        asking_form(
            subject,
            asking,
            Callback::new(move |_| here.sheets.closed()),
        )
    });
}

fn next_of(contract: &Contract, id: tongxing_domain::id::Uuid) -> Contract {
    Contract {
        dealer: contract.dealer,
        ..Contract::with_id(tongxing_domain::id::Id::new(id))
    }
}
