//! What is known about an issue: for both sides, and for the team alone.

use super::Here;
use crate::components::marks::internal_mark;
use crate::components::own_fields::own_facts;
use crate::components::pane::section;
use crate::locales::issue as texts;
use crate::state::route::{DealerTab, Route};
use tongxing_domain::schema::{FieldSpec, Record};
use tongxing_domain::tables::Issue;
use tongxing_domain::text::Lines;
use tongxing_domain::value::{Kind, Link, Value};
use tongxing_view::prelude::*;

/// What the head and the figures tell already.
const TOLD: &[&str] = &["title", "kind", "severity", "due", "owner"];

/// What both sides may read.
pub(super) fn section_of(here: &Here) -> View {
    let facts = filled(here, false, TOLD);
    if facts.is_empty() {
        return ().into_view();
    }
    section(
        here.s.t(texts::FACTS),
        None,
        None,
        view! { <dl class="facts">{facts}</dl> },
    )
}

/// What only the team may read: nothing while the screen is shared.
pub(super) fn internal(here: &Here) -> View {
    let s = here.s;
    if s.shared {
        return ().into_view();
    }
    let facts = filled(here, true, &[]);
    if facts.is_empty() {
        return ().into_view();
    }
    view! {
        <div data-internal="">
            {section(
                s.t(texts::FOR_US),
                None,
                Some(internal_mark()),
                view! { <dl class="facts">{facts}</dl> },
            )}
        </div>
    }
}

/// What is filled, for the team alone or for both sides, but what is told elsewhere.
fn filled(here: &Here, internal: bool, told: &[&str]) -> Vec<View> {
    let fields = Issue::TABLE.fields.iter().enumerate();
    let mut facts: Vec<View> = fields
        .filter(|(_, spec)| !spec.kept && spec.internal == internal && !told.contains(&spec.key))
        .filter_map(|(place, spec)| fact(here, spec, &here.issue.get(place)))
        .collect();
    let link = Link {
        table: Issue::NUMBER,
        id: here.issue.id.uuid(),
    };
    facts.extend(own_facts(here.s, link, internal));
    facts
}

fn fact(here: &Here, spec: &FieldSpec, value: &Value) -> Option<View> {
    let s = here.s;
    let shown = match value {
        Value::Empty => return None,
        value if value.is_empty() => return None,
        // The only record that an issue's form refers to is the other dealer.
        Value::Ref(_) => {
            let other = here.issue.other_dealer;
            let name = s
                .store
                .read(|book| Some(book.dealers.get_any(other)?.name.clone()))?;
            view! { <a href=Route::Dealer(other, DealerTab::Overview).href()>{name}</a> }
        }
        Value::Text(text) => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
            .collect_view()
            .into_view(),
        _ => value.show(spec.kind, s.lang).into_view(),
    };
    let wide = matches!(spec.kind, Kind::Text(Lines::Many));
    Some(view! {
        <div data-span=wide.then_some("all")>
            <dt>{s.t(spec.label)}</dt>
            <dd>{shown}</dd>
        </div>
    })
}
