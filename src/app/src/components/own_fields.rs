//! Fields that the team added: asked for in forms, and shown among the facts of a record.

use super::inputs::{Asked, Typing, choose_one, flag, framed, line, prose, several};
use super::marks::internal_mark;
use super::pane::section;
use crate::locales::{form, own_fields as texts};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::custom;
use tongxing_domain::schema::{Change, Record as _};
use tongxing_domain::tables::{CustomField, CustomKind, CustomValue};
use tongxing_domain::value::{Kind, Link, Value};
use tongxing_view::prelude::*;

/// One of the team's own fields while it is edited.
#[derive(Clone, Copy)]
pub struct OwnDraft {
    field: StoredValue<Arc<CustomField>>,
    /// What is typed.
    pub typing: Typing,
}

impl OwnDraft {
    /// A field that shows `start`.
    pub fn new(field: Arc<CustomField>, start: String) -> Self {
        Self {
            field: StoredValue::new(field),
            typing: Typing::new(start, false),
        }
    }

    /// The field.
    pub fn field(self) -> Arc<CustomField> {
        self.field.get_value()
    }

    /// Its name among what a form keeps of unsaved typing.
    pub fn key(self) -> String {
        format!("own:{}", self.field().id)
    }

    /// When what the record holds in it was last written, in Unix milliseconds.
    pub fn written_ms(self, s: Scene, record: Link) -> Option<u64> {
        let id = CustomValue::id_for(self.field().id, record.id).uuid();
        s.store
            .written_ms(CustomValue::NUMBER, id, CustomValue::CONTENT)
    }
}

/// The team's own fields of a table that may be shown now.
pub fn own_fields(s: Scene, table: u16) -> Vec<Arc<CustomField>> {
    let mut fields = s.store.peek(|book| custom::fields(book, table));
    fields.retain(|field| !(s.shared && field.hidden == Some(true)));
    fields
}

/// The own fields of a record, ready to be edited.
pub fn own_drafts(s: Scene, record: Link) -> Vec<OwnDraft> {
    let fields = own_fields(s, record.table).into_iter();
    fields
        .map(|field| {
            let start = s.store.peek(|book| held_text(book, &field, record));
            OwnDraft::new(field, start)
        })
        .collect()
}

fn held_text(book: &Book, field: &CustomField, record: Link) -> String {
    let kind = field.content().unwrap_or(Kind::Flag);
    custom::value(book, field, record.id).input_text(kind)
}

/// The input of an own field with its name, help and fault. `keep` is called after every change.
pub fn own_input(draft: OwnDraft, keep: Callback<()>) -> View {
    let s = scene();
    let field = draft.field();
    let asked = Asked {
        label: field.name.clone(),
        hint: field.hint.clone(),
        internal: field.hidden == Some(true),
        grouped: field.kind == Some(CustomKind::Choices),
    };
    let typing = draft.typing;
    let options = || -> Vec<(String, String)> {
        let each = |option: &str| (option.to_owned(), option.to_owned());
        field.option_list().map(each).collect()
    };
    framed(asked, typing, |wiring| match field.kind {
        Some(CustomKind::LongText) => prose(typing, keep, wiring),
        Some(CustomKind::Number | CustomKind::Money) => {
            line(typing, keep, wiring, "text", Some("decimal"))
        }
        Some(CustomKind::Date) => line(typing, keep, wiring, "date", None),
        Some(CustomKind::Flag) => flag(s, typing, keep, wiring),
        Some(CustomKind::Choice) => choose_one(s, typing, keep, wiring, options()),
        Some(CustomKind::Choices) => several(typing, keep, options()),
        Some(CustomKind::Text) => line(typing, keep, wiring, "text", None),
        Some(CustomKind::Newer(_)) | None => {
            view! { <p class="help">{s.t(form::UNKNOWN_CHOICE)}</p> }
        }
    })
}

/// What to write so that a record holds what was typed; `None` when something is wrong, and each field
/// then says what. What was not touched is left as it is, even where it does not fit its field any more.
pub fn read_own(s: Scene, drafts: &[OwnDraft], record: Link) -> Option<Vec<Change>> {
    let mut writes = Vec::new();
    let mut sound = true;
    for draft in drafts.iter().filter(|draft| draft.typing.touched()) {
        let text = draft.typing.text.get_untracked();
        let read = s
            .store
            .peek(|book| custom::set(book, &draft.field(), record, &text));
        let fault = match read {
            Ok(changes) => {
                writes.extend(changes);
                None
            }
            Err(fault) => Some(fault.text(s.lang)),
        };
        sound &= fault.is_none();
        draft.typing.fault.set(fault);
    }
    sound.then_some(writes)
}

/// What a record holds in the team's own fields, as a section: what is for the team alone is marked, and
/// left out while the screen is shared. Nothing where nothing is held.
pub fn own_section(s: Scene, record: Link) -> View {
    let of = move |hidden| {
        let facts = own_facts(s, record, hidden);
        (!facts.is_empty()).then(|| {
            let mark = hidden.then(internal_mark);
            let list = view! { <dl class="facts">{facts}</dl> };
            let section = section(s.t(texts::OWN_FIELDS), None, mark, list);
            view! { <div data-internal=hidden.then_some("")>{section}</div> }
        })
    };
    (move || {
        view! {
            {of(false)}
            {(!s.shared).then(|| of(true))}
        }
    })
    .into_view()
}

/// What a record holds in the team's own fields, as facts: those that shared-screen mode hides, or the
/// others.
pub fn own_facts(s: Scene, record: Link, hidden: bool) -> Vec<View> {
    let facts = s.store.read(|book| {
        let fields = custom::fields(book, record.table).into_iter();
        fields
            .filter(|field| (field.hidden == Some(true)) == hidden)
            .map(|field| {
                let value = custom::value(book, &field, record.id);
                (field, value)
            })
            .filter(|(_, value)| !value.is_empty())
            .collect::<Vec<_>>()
    });
    facts
        .into_iter()
        .map(|(field, value)| {
            let wide = field.kind == Some(CustomKind::LongText);
            view! {
                <div data-span=wide.then_some("all")>
                    <dt>{field.name.clone()}</dt>
                    <dd dir="auto">{shown(s, &field, &value)}</dd>
                </div>
            }
        })
        .collect()
}

fn shown(s: Scene, field: &CustomField, value: &Value) -> View {
    match value {
        Value::Tags(tags) => {
            let tags = tags
                .iter()
                .map(|tag| view! { <span class="tag">{tag.clone()}</span> });
            view! { <span class="chips">{tags.collect_view()}</span> }
        }
        Value::Text(text) => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| view! { <p>{line.to_owned()}</p> })
            .collect_view()
            .into_view(),
        value => {
            let kind = field.content().unwrap_or(Kind::Flag);
            value.show(kind, s.lang).into_view()
        }
    }
}
