//! What may endanger the co-operation, and who comes after whom. Internal throughout.

use super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{dealer as text, long_term as texts, time};
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::schema::Record as _;
use tongxing_domain::settle::Settling;
use tongxing_domain::strategy::{RiskLevel, open_risks};
use tongxing_domain::tables::Risk;
use tongxing_view::prelude::*;

/// The section: the open ones, the gravest first, and below them those that are over.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return ().into_view();
    }
    let (open, past) = s.store.read(|book| {
        let past = book.risks.of(here.id).filter(|it| !it.outcome.is_open());
        let past: Vec<Arc<Risk>> = past.cloned().collect();
        (open_risks(book, here.id), past)
    });
    let head = view! {
        {internal_mark()}
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| add(here)>
            {Icon::Plus.draw()}
            {s.t(texts::NEW_RISK)}
        </button>
    };
    let list = match open.is_empty() {
        true => view! { <p class="help">{s.t(texts::NO_RISKS)}</p> },
        false => rows(open.iter().map(|risk| row(here, risk)).collect()),
    };
    let over = (!past.is_empty()).then(|| {
        let list = rows(past.iter().map(|risk| row(here, risk)).collect());
        view! {
            <details class="fold">
                <summary>{s.t(texts::OVER)} " " <b class="count">{past.len()}</b></summary>
                {list}
            </details>
        }
    });
    let count = (!open.is_empty()).then_some(open.len());
    let content = view! { {list}{over} };
    view! {
        <div data-internal="">{section(s.t(texts::RISKS), count, Some(head), content)}</div>
    }
}

fn add(here: Here) {
    here.add(
        Risk {
            dealer: here.id,
            ..here.fresh()
        },
        &[],
    );
}

fn row(here: Here, risk: &Arc<Risk>) -> View {
    let s = here.s;
    let (link, title) = (link_to(&**risk), risk.title.as_str());
    let successor = s.store.peek(|book| {
        book.contacts
            .get_any(risk.successor)
            .map(|it| it.name.clone())
    });
    let review = risk.review_on.filter(|_| risk.outcome.is_open());
    let parts = [
        risk.kind.map(|kind| s.t(kind.words()).to_owned()),
        successor.map(|name| texts::successor(s.lang, &name)),
        Some(risk.answer.clone()).filter(|answer| !answer.is_empty()),
        review.map(|day| texts::review_on(s.lang, &time::day(s.lang, day, s.today))),
    ];
    let mut acts = Vec::new();
    if risk.outcome.is_open() {
        acts.push(here.settle_item(Icon::Check, link, Settling::Dropped, texts::GONE, title));
        acts.push(here.settle_item(Icon::Alert, link, Settling::Done, texts::CAME, title));
    } else {
        acts.push(here.settle_item(Icon::Undo, link, Settling::Reopened, text::REOPEN, title));
    }
    acts.extend([here.edit_item(&**risk), here.bin_item(risk.id())]);
    let level = risk.level();
    let tone = match level {
        RiskLevel::Grave => Tone::Risk,
        RiskLevel::Watch => Tone::Watch,
        RiskLevel::Small => Tone::None,
    };
    let told = risk.clone();
    let figure = explain(
        badge(tone, s.t(level.words())),
        s.t(texts::RISK_TITLE),
        move || told.explain(s.lang),
    );
    let edited = Arc::clone(risk);
    RecordRow {
        sub: parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: Some(figure),
        acts,
        ..RecordRow::new(title)
    }
    .view()
}
