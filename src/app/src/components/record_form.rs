//! The form of any record, made from its table's declaration.
//!
//! Typing is kept in the draft journal from the first key on: a closed tab loses nothing.

use super::edited_apart::edited_apart;
use super::field_input::{FieldDraft, field_input};
use super::history::history;
use super::icon::Icon;
use super::marks::Tone;
use super::overlay::{Overlay, overlay, overlay_frame};
use super::own_fields::{OwnDraft, own_drafts, own_input, read_own};
use super::pane::note;
use super::parts::{Form, doors, through};
use crate::locales::{form, review, shell};
use crate::platform::drafts::{DraftKey, Drafts};
use crate::platform::json::{self, FromJson, ToJson};
use crate::state::commit::Act;
use crate::state::scene::{Scene, scene};
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{
    AnyRecord, Change, FieldSpec, Problem, TableSpec, changes_of_any, problems,
};
use tongxing_domain::value::{Kind, Link};
use tongxing_domain::words::{Lang, Words};
use tongxing_view::prelude::*;

/// What a form edits.
pub struct FormSubject {
    /// The record to begin with: an existing one, or a new one with what is known already.
    pub record: Box<dyn AnyRecord>,
    /// Whether the record is not in the book yet.
    pub new: bool,
    /// The sheet's heading.
    pub title: String,
    /// The dealer whose contacts, needs and goals can be chosen.
    pub dealer: Uuid,
    /// Fields that this form leaves out.
    pub without: &'static [&'static str],
}

impl Clone for FormSubject {
    fn clone(&self) -> Self {
        Self {
            record: self.record.copied(),
            title: self.title.clone(),
            ..*self
        }
    }
}

/// A form that asks for a few fields and then writes more than these.
#[derive(Clone, Copy)]
pub struct Asking {
    /// The fields that it asks for.
    pub fields: &'static [&'static str],
    /// What its button says.
    pub submit: Words,
    /// What to write and to say, for the record as the form reads.
    pub finish: Callback<Box<dyn AnyRecord>, Result<Written, InTheWay>>,
}

/// What to write, and what to say about it.
pub type Written = (Vec<Change>, String);

/// The key of the field that is in the way, and why it is.
pub type InTheWay = (&'static str, String);

/// As [`record_form`], for the few fields that have to be known before something is done.
pub fn asking_form(subject: FormSubject, asking: Asking, on_close: Callback<Option<Uuid>>) -> View {
    through(
        doors().form,
        (subject, Some(asking), on_close),
        form_frame(on_close),
    )
}

/// Opens the form of a record in a side sheet. `on_close` is called once it is closed, with the
/// record's id when it was saved.
pub fn record_form(subject: FormSubject, on_close: Callback<Option<Uuid>>) -> View {
    through(
        doors().form,
        (subject, None, on_close),
        form_frame(on_close),
    )
}

/// What stands in place of the form until it is there.
fn form_frame(on_close: Callback<Option<Uuid>>) -> impl Fn(Scene, View) -> View {
    overlay_frame(Overlay::Sheet, Callback::new(move |()| on_close.run(None)))
}

/// Draws a form, wherever its part comes from; see [`record_form`].
pub fn draw((subject, asking, on_close): Form) -> View {
    let s = scene();
    let FormSubject {
        record,
        new,
        title,
        dealer,
        without,
    } = subject;
    let (table, id) = (record.table(), record.uuid());
    let draft_key = draft_key(table, id, new, dealer, asking);
    let fields: Vec<(usize, FieldDraft)> = table
        .fields
        .iter()
        .enumerate()
        .filter(|(_, spec)| match asking {
            Some(asking) => s.shows(spec) && asking.fields.contains(&spec.key),
            None => offered(s, spec, without),
        })
        .map(|(place, spec)| {
            let start = record.value(place).input_text(spec.kind);
            (place, FieldDraft::new(spec, start))
        })
        .collect();
    let link = Link {
        table: table.number,
        id,
    };
    // What the team added is asked for with the whole record alone.
    let own = match asking {
        Some(_) => Vec::new(),
        None => own_drafts(s, link),
    };
    let drafts = StoredValue::new_local(s.services.drafts());
    let restored = drafts.with_value(|drafts| {
        let kept = Kept::of(drafts, &draft_key);
        kept.is_some_and(|kept| {
            let restored = kept.restore(&fields, |spec| {
                s.store.written_ms(table.number, id, spec.number)
            });
            kept.restore_own(s, &own, link) || restored
        })
    });
    let own = StoredValue::new(own);
    let fields = StoredValue::new(fields);
    let before = StoredValue::new((!new).then(|| record.copied()));
    let record = StoredValue::new(record);
    let key = StoredValue::new(draft_key);
    let saved = StoredValue::new(None);
    let failed = RwSignal::new(false);

    let forget = move || key.with_value(|key| drafts.with_value(|drafts| drafts.clear(key)));

    let keep = Callback::new(move |()| {
        fields.with_value(|fields| {
            let texts = fields
                .iter()
                .filter(|(_, field)| field.typing.touched())
                .map(|(_, field)| (field.spec.key.to_owned(), field.typing));
            let own = own.with_value(|own| {
                let touched = own.iter().filter(|draft| draft.typing.touched());
                touched
                    .map(|draft| (draft.key(), draft.typing))
                    .collect::<Vec<_>>()
            });
            let texts = texts
                .chain(own)
                .map(|(name, typing)| (name, typing.text.get_untracked().to_json()));
            if let Some(json) = json::text(&json::object(texts)) {
                drafts.with_value(|drafts| drafts.keep(key.get_value(), json));
            }
        });
    });
    let closing = RwSignal::new(false);
    let close = Callback::new(move |()| on_close.run(saved.get_value()));
    let submit = Callback::new(move |()| {
        let after =
            record.with_value(|start| fields.with_value(|fields| filled(&**start, fields, s.lang)));
        let more = own.with_value(|own| read_own(s, own, link));
        let (Some(after), Some(more)) = (after, more) else {
            failed.set(true);
            return;
        };
        let id = after.uuid();
        let written = match asking {
            Some(asking) => asking.finish.run(after),
            None => {
                let what = if new { form::added } else { form::changed };
                let mut writes =
                    before.with_value(|before| changes_of_any(before.as_deref(), &*after));
                writes.extend(more);
                Ok((writes, what(s.lang, table.label.in_lang(s.lang))))
            }
        };
        match written {
            Ok((writes, said)) if !writes.is_empty() => s.store.act(Act::of(writes), said),
            Ok(_) => {}
            Err((key, why)) => {
                fields.with_value(|fields| {
                    if let Some((_, field)) = fields.iter().find(|(_, field)| field.spec.key == key)
                    {
                        field.typing.fault.set(Some(why));
                    }
                });
                failed.set(true);
                return;
            }
        }
        forget();
        saved.set_value(Some(id));
        closing.set(true);
    });
    let discard = move |_| {
        forget();
        fields.with_value(|fields| fields.iter().for_each(|(_, field)| field.typing.reset()));
        own.with_value(|own| own.iter().for_each(|draft| draft.typing.reset()));
    };
    let cancel = move |_| {
        forget();
        closing.set(true);
    };

    let past = RwSignal::new(false);
    // An old value was written again: the form goes on from there.
    let written = Callback::new(move |change: Change| {
        let Some(now) = s
            .store
            .peek(|book| Some(book.any(table.number, id)?.copied()))
        else {
            return;
        };
        fields.with_value(|fields| {
            let of_change = |(_, field): &&(usize, FieldDraft)| field.spec.number == change.field;
            if let Some((place, field)) = fields.iter().find(of_change) {
                field
                    .typing
                    .start_with(now.value(*place).input_text(field.spec.kind));
            }
        });
        before.set_value(Some(now.copied()));
        record.set_value(now);
    });
    let history_button = move |icon: Icon, words: Words, shows: bool| {
        view! {
            <div class="actions">
                <button class="btn" data-kind="quiet" type="button" on:click=move |_| past.set(shows)>
                    {icon.draw()}
                    {s.t(words)}
                </button>
            </div>
        }
    };
    let inputs = move || {
        let inputs = fields.with_value(|fields| {
            let inputs = fields.iter();
            inputs
                .map(|(_, field)| field_input(*field, dealer, keep))
                .collect_view()
        });
        let own = own.with_value(|own| {
            own.iter()
                .map(|draft| own_input(*draft, keep))
                .collect_view()
        });
        let has_past = !new && asking.is_none();
        view! {
            {inputs}
            {own}
            {has_past.then(|| history_button(Icon::Clock, review::HISTORY, true))}
        }
    };
    let body = view! {
        {(!new).then(|| edited_apart(table.number, id))}
        {restored
            .then(|| {
                note(
                    Tone::Info,
                    s.t(form::RESTORED),
                    Some(
                        view! {
                            <button class="btn" type="button" on:click=discard>
                                {s.t(form::DISCARD_DRAFT)}
                            </button>
                        },
                    ),
                )
            })}
        {move || if past.get() {
            view! {
                {history_button(Icon::ChevronLeft, review::TO_FORM, false)}
                {history(table.number, id, written)}
            }
        } else {
            inputs().into_view()
        }}
    };
    let foot = view! {
        <p class="dock-note" role="status">
            {move || failed.get().then(|| s.t(form::CORRECT_FIRST))}
        </p>
        <button class="btn" type="button" on:click=cancel>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(asking.map_or(shell::SAVE, |asking| asking.submit))}</button>
    };
    overlay(Overlay::Sheet, title, closing, close, submit, body, foot)
}

fn draft_key(
    table: &TableSpec,
    id: Uuid,
    new: bool,
    dealer: Uuid,
    asking: Option<Asking>,
) -> DraftKey {
    DraftKey::Form {
        // What is typed into one form does not take the place of what waits in another.
        table: match asking.and_then(|asking| asking.fields.first()) {
            Some(field) => format!("{}.{field}", table.key),
            None => table.key.to_owned(),
        },
        id: (!new).then_some(id),
        parent: (!dealer.is_nil()).then_some(dealer),
    }
}

fn offered(scene: Scene, spec: &FieldSpec, without: &[&str]) -> bool {
    // What is written in a notation has an editor of its own.
    let plain = !matches!(spec.kind, Kind::Notation(_));
    plain && !spec.kept && scene.shows(spec) && !without.contains(&spec.key)
}

/// What was typed into an earlier form and not saved. A browser may forget that a draft was cleared, so
/// a field that was written later than the draft was typed stays.
struct Kept {
    texts: Vec<(String, String)>,
    typed_ms: u64,
}

impl Kept {
    fn of(drafts: &Drafts, key: &DraftKey) -> Option<Self> {
        let draft = drafts.get(key)?;
        Some(Self {
            texts: texts_of(&draft.text).unwrap_or_default(),
            typed_ms: draft.typed_ms,
        })
    }

    /// The text of a field that was not written since.
    fn text(&self, name: &str, written_ms: impl Fn() -> Option<u64>) -> Option<&String> {
        let (_, text) = self.texts.iter().find(|(other, _)| other == name)?;
        written_ms()
            .is_none_or(|written_ms| written_ms < self.typed_ms)
            .then_some(text)
    }

    /// Puts the texts back; tells whether there were any.
    fn restore(
        &self,
        fields: &[(usize, FieldDraft)],
        written_ms: impl Fn(&FieldSpec) -> Option<u64>,
    ) -> bool {
        let mut any = false;
        for (_, field) in fields {
            if let Some(text) = self.text(field.spec.key, || written_ms(field.spec)) {
                field.typing.text.set(text.clone());
                any = true;
            }
        }
        any
    }

    /// Puts the texts of the team's own fields back; tells whether there were any.
    fn restore_own(&self, s: Scene, own: &[OwnDraft], record: Link) -> bool {
        let mut any = false;
        for draft in own {
            if let Some(text) = self.text(&draft.key(), || draft.written_ms(s, record)) {
                draft.typing.text.set(text.clone());
                any = true;
            }
        }
        any
    }
}

/// The texts of a form's draft by field; `None` when it holds anything else.
fn texts_of(draft: &str) -> Option<Vec<(String, String)>> {
    let fields = json::fields(&json::parse(draft)?)?.into_iter();
    fields
        .map(|(name, text)| Some((name, String::from_json(&text)?)))
        .collect()
}

/// The record as the form now reads. `None` when something is wrong; each field then says what.
fn filled(
    start: &dyn AnyRecord,
    fields: &[(usize, FieldDraft)],
    lang: Lang,
) -> Option<Box<dyn AnyRecord>> {
    let mut after = start.copied();
    let mut sound = true;
    for (place, field) in fields {
        let text = field.typing.text.get_untracked();
        let fault = match field.spec.kind.read(&text) {
            Ok(value) => after
                .write(*place, value)
                .err()
                .map(|_| form::NOT_OF_KIND.in_lang(lang)),
            Err(misread) => Some(misread.words().in_lang(lang)),
        };
        sound &= fault.is_none();
        field.typing.fault.set(fault.map(str::to_owned));
    }
    if !sound {
        return None;
    }
    for Problem { field, fault } in problems(&*after) {
        // A fault of a field that the form does not offer was there before; it can only be
        // mended where the field is offered.
        if let Some((_, draft)) = fields.iter().find(|(_, draft)| draft.spec.key == field) {
            draft.typing.fault.set(Some(fault.text(lang)));
            sound = false;
        }
    }
    sound.then_some(after)
}
