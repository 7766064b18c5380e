//! The input for one field, by its kind. Whatever the kind, what is typed is one text that
//! [`Kind::read`] reads, so that drafts, files and forms share one form of every value.

use super::inputs::{
    Asked, Typing, Wiring, choice, choose_one, flag, framed, is_scale, line, pair, prose, scale,
    several, shape,
};
use crate::locales::form;
use crate::state::scene::{Scene, scene};
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{FieldSpec, Record};
use tongxing_domain::tables::{Contact, Dealer, Goal, Metric, Need, Plan, Step};
use tongxing_domain::text::Lines;
use tongxing_domain::value::Kind;
use tongxing_view::prelude::*;

/// One field while it is edited.
#[derive(Clone, Copy)]
pub struct FieldDraft {
    /// The field.
    pub spec: &'static FieldSpec,
    /// What is typed.
    pub typing: Typing,
}

impl FieldDraft {
    /// A field that shows `start`.
    pub fn new(spec: &'static FieldSpec, start: String) -> Self {
        Self {
            spec,
            typing: Typing::new(start, spec.required),
        }
    }
}

/// The input with its label, help and fault. `keep` is called after every change.
pub fn field_input(field: FieldDraft, dealer: Uuid, keep: Callback<()>) -> View {
    let s = scene();
    let spec = field.spec;
    let asked = Asked {
        label: s.t(spec.label).to_owned(),
        hint: s.t(spec.hint).to_owned(),
        internal: spec.internal,
        grouped: matches!(
            spec.kind,
            Kind::Choices(_)
                | Kind::Refs(_)
                | Kind::Span
                | Kind::Course
                | Kind::Slot
                | Kind::Shape
                | Kind::Figure
        ) || spec.kind.choices().is_some_and(is_scale),
    };
    framed(asked, field.typing, |wiring| {
        input_of(s, field, dealer, keep, wiring)
    })
}

fn input_of(
    s: Scene,
    field: FieldDraft,
    dealer: Uuid,
    keep: Callback<()>,
    wiring: &Wiring,
) -> View {
    let kind = field.spec.kind;
    let field = field.typing;
    match kind {
        Kind::Text(Lines::Many) => prose(field, keep, wiring),
        Kind::Text(Lines::One) => line(field, keep, wiring, "text", None),
        Kind::Tags => line(field, keep, wiring, "text", None),
        Kind::Whole | Kind::Money | Kind::Quantity => {
            line(field, keep, wiring, "text", Some("decimal"))
        }
        Kind::Date => line(field, keep, wiring, "date", None),
        Kind::Month => line(field, keep, wiring, "month", None),
        Kind::Minute => line(field, keep, wiring, "datetime-local", None),
        Kind::Place => line(field, keep, wiring, "text", None),
        Kind::Flag => flag(s, field, keep, wiring),
        Kind::Choice(list) if is_scale(list) => scale(s, field, keep, list),
        Kind::Choice(list) => choice(s, field, keep, wiring, list),
        Kind::Choices(list) => {
            let options = list
                .iter()
                .map(|spec| (spec.key.to_owned(), s.t(spec.words).to_owned()))
                .collect();
            several(field, keep, options)
        }
        Kind::Ref(table) => choose_one(s, field, keep, wiring, candidates(s, table, dealer)),
        Kind::Refs(table) => several(field, keep, candidates(s, table, dealer)),
        Kind::Span => pair(field, keep, "date", (s.t(form::FROM), s.t(form::TO)), ".."),
        Kind::Course => pair(
            field,
            keep,
            "text",
            (s.t(form::BASELINE), s.t(form::TARGET)),
            "..",
        ),
        Kind::Figure => pair(
            field,
            keep,
            "figure",
            (s.t(form::AMOUNT), s.t(form::AS_OF)),
            "@",
        ),
        Kind::Slot => pair(
            field,
            keep,
            "slot",
            (s.t(form::START), s.t(form::LENGTH)),
            "+",
        ),
        Kind::Shape => shape(s, field, keep),
        // Neither is offered in a form; the schema marks them as kept by the program.
        Kind::Link | Kind::Outcome | Kind::Notation(_) => ().into_view(),
    }
}

/// What a reference can point to: records of the dealer, or all of a table that belongs to none.
fn candidates(s: Scene, table: u16, dealer: Uuid) -> Vec<(String, String)> {
    s.store.peek(|book: &Book| {
        let dealer = Id::<Dealer>::new(dealer);
        let mut found: Vec<(String, String)> = match table {
            Dealer::NUMBER => book
                .dealers
                .iter()
                .map(|r| (r.id.to_string(), r.name.clone()))
                .collect(),
            Contact::NUMBER => book
                .contacts
                .of(dealer)
                .map(|r| (r.id.to_string(), r.name.clone()))
                .collect(),
            Need::NUMBER => book
                .needs
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Goal::NUMBER => book
                .goals
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Plan::NUMBER => book
                .plans
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Step::NUMBER => book
                .steps
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Metric::NUMBER => book
                .all_metrics()
                .iter()
                .map(|r| (r.id.to_string(), r.title(s.lang).to_owned()))
                .collect(),
            _ => Vec::new(),
        };
        found.sort_by(|a, b| a.1.cmp(&b.1));
        found
    })
}
