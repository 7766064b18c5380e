//! The profile: every fact of the schema, and what is still missing.

use super::here::Here;
use super::{contracts, risks};
use crate::components::icon::Icon;
use crate::components::marks::internal_mark;
use crate::components::own_fields::own_facts;
use crate::components::pane::section;
use crate::locales::{Words, dealer as text, shell};
use std::sync::Arc;
use tongxing_domain::schema::{FieldSpec, Record as _};
use tongxing_domain::tables::Dealer;
use tongxing_domain::text::Lines;
use tongxing_domain::value::{Kind, Link, Value};
use tongxing_view::prelude::*;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let dealer = Memo::new(move |_| here.s.store.read(|book| book.dealers.get(here.id).cloned()));
    (move || dealer.get().map(|dealer| draw(here, &dealer))).into_view()
}

fn draw(here: Here, dealer: &Arc<Dealer>) -> View {
    let s = here.s;
    let open = group(here, dealer, false);
    let internal = (!s.shared).then(|| {
        let facts = group(here, dealer, true);
        view! {
            <div data-internal="">
                {section(s.t(text::INTERNAL_VIEW), None, Some(internal_head(here, dealer)), facts)}
            </div>
        }
    });
    view! {
        <div class="body">
            {section(s.t(text::BASICS), None, Some(edit_button(here, dealer)), open)}
            {contracts::section_of(here)}
            {internal}
            {risks::section_of(here)}
            {missing(here, dealer)}
        </div>
    }
}

fn edit_button(here: Here, dealer: &Arc<Dealer>) -> View {
    let dealer = Arc::clone(dealer);
    view! {
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| here.edit(&*dealer, &[])>
            {Icon::Edit.draw()}
            {here.s.t(shell::EDIT)}
        </button>
    }
}

fn internal_head(here: Here, dealer: &Arc<Dealer>) -> View {
    view! { {internal_mark()}{edit_button(here, dealer)} }
}

/// The filled fields, internal or not.
fn group(here: Here, dealer: &Dealer, internal: bool) -> View {
    let facts = Dealer::TABLE
        .fields
        .iter()
        .enumerate()
        .filter(|(_, spec)| spec.internal == internal && !spec.kept && spec.key != "name")
        .filter_map(|(place, spec)| {
            let value = dealer.get(place);
            (!value.is_empty()).then(|| fact(here, spec, &value))
        })
        .collect_view();
    let link = Link {
        table: Dealer::NUMBER,
        id: dealer.id.uuid(),
    };
    view! { <dl class="facts">{facts}{own_facts(here.s, link, internal)}</dl> }
}

fn fact(here: Here, spec: &FieldSpec, value: &Value) -> View {
    let s = here.s;
    let wide = matches!(spec.kind, Kind::Text(Lines::Many)) || spec.key == "address";
    let shown = match value {
        Value::Tags(tags) => tags
            .iter()
            .map(|tag| chip(tag.clone()))
            .collect_view()
            .into_view(),
        Value::Choices(codes) => codes
            .iter()
            .map(|code| chip(Value::Choice(*code).show(spec.kind, s.lang)))
            .collect_view()
            .into_view(),
        Value::Date(date) => {
            view! { <time datetime=date.to_string()>{value.show(spec.kind, s.lang)}</time> }
        }
        Value::Text(text) if spec.key == "phone" => {
            view! { <a href=super::dial(text)>{text.clone()}</a> }
        }
        Value::Place(place) => {
            let (latitude, longitude) = (
                f64::from(place.latitude) / 1e6,
                f64::from(place.longitude) / 1e6,
            );
            let map = format!("geo:{latitude},{longitude}");
            view! { <a href=map>{value.show(spec.kind, s.lang)}</a> }
        }
        Value::Text(text) => lines(text),
        _ => value.show(spec.kind, s.lang).into_view(),
    };
    let shown = match value {
        Value::Tags(_) | Value::Choices(_) => {
            view! { <span class="chips">{shown}</span> }
        }
        _ => shown,
    };
    view! {
        <div data-span=wide.then_some("all")>
            <dt>{s.t(spec.label)}</dt>
            <dd data-recorded="">{shown}</dd>
        </div>
    }
}

fn chip(text: String) -> View {
    view! { <span class="tag">{text}</span> }
}

/// A text of many lines, a paragraph for each.
pub(super) fn lines(text: &str) -> View {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
        .collect_view()
        .into_view()
}

/// What is still empty, in one line: a tap opens the form.
fn missing(here: Here, dealer: &Arc<Dealer>) -> View {
    let s = here.s;
    let empty: Vec<&str> = Dealer::TABLE
        .fields
        .iter()
        .enumerate()
        .filter(|(place, spec)| !spec.kept && s.shows(spec) && dealer.get(*place).is_empty())
        .map(|(_, spec)| Words::in_lang(spec.label, s.lang))
        .collect();
    if empty.is_empty() {
        return ().into_view();
    }
    section(
        s.t(text::MISSING),
        None,
        Some(edit_button(here, dealer)),
        view! { <p class="help">{text::missing(s.lang, &empty)}</p> },
    )
}
