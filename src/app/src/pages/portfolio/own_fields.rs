//! Fields that the team adds itself: declared without code, renamed, ordered, retired with what they hold.

use super::Here;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::menu::MenuItem;
use crate::components::pane::{empty_page, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{Words, form, own_fields as texts, shell};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::custom::{every_field, used};
use tongxing_domain::position::between;
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin, changes};
use tongxing_domain::tables::{CustomField, CustomOn};
use tongxing_view::prelude::*;

/// A field with what its row tells.
#[derive(Clone, PartialEq)]
struct Listed {
    field: Arc<CustomField>,
    used: usize,
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let tables = CustomOn::ALL.iter().map(|on| {
                let fields = every_field(book, on.code()).into_iter();
                let listed = fields.map(|field| Listed {
                    used: used(book, field.id),
                    field,
                });
                (*on, listed.collect::<Vec<_>>())
            });
            tables
                .filter(|(_, fields)| !fields.is_empty())
                .collect::<Vec<_>>()
        })
    });
    let add = move || {
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add(here)>
                {Icon::Plus.draw()}
                {s.t(texts::NEW)}
            </button>
        }
    };
    (move || {
        let tables = found.get();
        if tables.is_empty() {
            let text = s.t(texts::NONE_TEXT);
            return empty_page(Icon::List, s.t(texts::NONE), text, Some(add()));
        }
        let sections = tables
            .iter()
            .map(|(on, fields)| {
                let list = rows(
                    (0..fields.len())
                        .map(|place| row(here, fields, place))
                        .collect(),
                );
                section(s.t(on.words()), Some(fields.len()), None, list)
            })
            .collect_view();
        view! {
            <p class="help">{s.t(texts::OWN_FIELDS_TEXT)}</p>
            <div class="actions">{add()}</div>
            {sections}
        }
        .into_view()
    })
    .into_view()
}

fn add(here: Here) {
    let s = here.s;
    let last = s.store.peek(|book| {
        let positions = book.custom_fields.iter().map(|it| it.position.clone());
        positions.max()
    });
    here.sheets.form(FormSubject {
        record: Box::new(CustomField {
            on: Some(CustomOn::Dealer),
            position: between(last.as_deref().filter(|it| !it.is_empty()), None),
            ..CustomField::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::NEW).to_owned(),
        dealer: Default::default(),
        without: &[],
    });
}

fn row(here: Here, all: &[Listed], place: usize) -> View {
    let s = here.s;
    let Some(Listed { field, used }) = all.get(place).cloned() else {
        return ().into_view();
    };
    let options = field.option_list().collect::<Vec<_>>().join(" / ");
    let parts = [
        field.kind.map(|kind| s.t(kind.words()).to_owned()),
        Some(options).filter(|options| !options.is_empty()),
        Some(field.hint.clone()).filter(|hint| !hint.is_empty()),
        (used > 0).then(|| texts::used(s.lang, used)),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let hidden = (field.hidden == Some(true)).then(internal_mark);
    let retired = (!field.is_in_use()).then(|| badge(Tone::None, s.t(texts::RETIRED)));
    let edited = Arc::clone(&field);
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| edit(here, &edited))),
        end: Some(view! { {hidden}{retired} }),
        acts: acts(here, all, place, &field),
        ..RecordRow::new(field.name.as_str())
    }
    .view()
}

fn edit(here: Here, field: &CustomField) {
    let s = here.s;
    // What a field belongs to and holds stays: its contents would mean nothing elsewhere.
    const FIXED: &[&str] = &["on", "kind"];
    let held = s.store.peek(|book| used(book, field.id)) > 0;
    here.sheets.form(FormSubject {
        record: field.copied(),
        new: false,
        title: form::edit(s.lang, s.t(CustomField::TABLE.label)),
        dealer: Default::default(),
        without: if held { FIXED } else { &[] },
    });
}

fn acts(here: Here, all: &[Listed], place: usize, field: &Arc<CustomField>) -> Vec<MenuItem> {
    let s = here.s;
    let (edited, turned, id) = (Arc::clone(field), Arc::clone(field), field.id);
    let mut acts = vec![MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
        edit(here, &edited);
    })];
    let position = |at: Option<usize>| Some(all.get(at?)?.field.position.clone());
    let around = |up: bool| {
        if up {
            let above = place.checked_sub(1)?;
            Some((position(above.checked_sub(1)), position(Some(above))))
        } else {
            all.get(place + 1)?;
            Some((position(Some(place + 1)), position(Some(place + 2))))
        }
    };
    for (up, icon, words) in [
        (true, Icon::ChevronUp, texts::UP),
        (false, Icon::ChevronDown, texts::DOWN),
    ] {
        if let Some((after, before)) = around(up) {
            let moved = CustomField {
                position: between(after.as_deref(), before.as_deref()),
                ..CustomField::clone(field)
            };
            acts.push(change(here, icon, words, texts::MOVED, field, moved));
        }
    }
    let in_use = turned.is_in_use();
    let after = CustomField {
        retired: Some(in_use),
        ..CustomField::clone(&turned)
    };
    acts.push(if in_use {
        let (icon, words) = (Icon::Lock, texts::RETIRE);
        change(here, icon, words, texts::RETIRED_NOW, field, after)
    } else {
        let (icon, words) = (Icon::Undo, texts::USE_AGAIN);
        change(here, icon, words, texts::USED_AGAIN, field, after)
    });
    let name = s.t(CustomField::TABLE.label);
    acts.push(
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, name));
        })
        .danger(),
    );
    acts
}

/// An act that changes a field.
fn change(
    here: Here,
    icon: Icon,
    words: Words,
    said: Words,
    before: &Arc<CustomField>,
    after: CustomField,
) -> MenuItem {
    let (s, before) = (here.s, Arc::clone(before));
    MenuItem::new(icon, s.t(words), move || {
        let writes = changes(Some(&*before), &after);
        s.store.act(Act::of(writes), s.t(said).to_owned());
    })
}
