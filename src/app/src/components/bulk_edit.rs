//! Editing one field of many dealers at once: what would happen is told before it is done, and one tap
//! takes all of it back.

use super::explain::unique_id;
use super::field_input::{FieldDraft, field_input};
use super::inputs::Typing;
use super::marks::Tone;
use super::overlay::{Overlay, overlay};
use super::own_fields::{OwnDraft, own_fields, own_input};
use super::pane::note;
use super::segmented::segmented;
use super::sheets::Sheets;
use crate::locales::{Words, bulk as texts, form, shell};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::bulk::{BulkPlan, Edit, plan, plan_own};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{FieldSpec, Record as _};
use tongxing_domain::tables::{CustomField, Dealer};
use tongxing_domain::value::{Kind, Value};
use tongxing_view::prelude::*;

/// So many of those that cannot be changed are named.
const NAMED: usize = 5;

/// What can be edited.
#[derive(Clone)]
enum Target {
    Field(usize, &'static FieldSpec),
    Own(Arc<CustomField>),
}

/// What is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Set,
    Clear,
    Add,
    Remove,
}

/// The field that is edited, and what is typed for it.
#[derive(Clone, Copy)]
enum Draft {
    Field(usize, FieldDraft),
    Own(OwnDraft),
}

impl Target {
    fn name(&self, s: Scene) -> String {
        match self {
            Self::Field(_, spec) => s.t(spec.label).to_owned(),
            Self::Own(field) => field.name.clone(),
        }
    }

    fn draft(&self) -> Draft {
        match self {
            Self::Field(place, spec) => Draft::Field(*place, FieldDraft::new(spec, String::new())),
            Self::Own(field) => Draft::Own(OwnDraft::new(Arc::clone(field), String::new())),
        }
    }
}

impl Draft {
    fn typing(self) -> Typing {
        match self {
            Self::Field(_, draft) => draft.typing,
            Self::Own(draft) => draft.typing,
        }
    }

    fn kind(self) -> Option<Kind> {
        match self {
            Self::Field(_, draft) => Some(draft.spec.kind),
            Self::Own(draft) => draft.field().content(),
        }
    }

    fn deeds(self) -> &'static [Deed] {
        let required = matches!(self, Self::Field(_, draft) if draft.spec.required);
        match self.kind() {
            Some(kind) if kind.is_set() => &[Deed::Add, Deed::Remove, Deed::Set, Deed::Clear],
            _ if required => &[Deed::Set],
            _ => &[Deed::Set, Deed::Clear],
        }
    }

    /// The value that is typed.
    fn read(self, s: Scene, text: &str) -> Result<Value, String> {
        let value = match self {
            Self::Field(_, draft) => {
                let read = draft.spec.kind.read(text);
                read.map_err(|misread| s.t(misread.words()).to_owned())
            }
            Self::Own(draft) => draft.field().read(text).map_err(|fault| fault.text(s.lang)),
        }?;
        if value.is_empty() {
            return Err(s.t(texts::ENTER).to_owned());
        }
        Ok(value)
    }

    fn plan(self, book: &Book, dealers: &[Uuid], edit: Edit) -> BulkPlan {
        match self {
            Self::Field(place, _) => plan(book, Dealer::TABLE, dealers, &[(place, edit)]),
            Self::Own(draft) => plan_own(book, &draft.field(), dealers, &edit),
        }
    }
}

const fn deed_words(deed: Deed) -> Words {
    match deed {
        Deed::Set => texts::SET,
        Deed::Clear => texts::CLEAR,
        Deed::Add => texts::ADD,
        Deed::Remove => texts::REMOVE,
    }
}

/// What dealers have in common with no other is not edited together.
const OWN_ALONE: &[&str] = &["name", "code", "phone", "address", "place"];

fn targets(s: Scene) -> Vec<Target> {
    let fields = Dealer::TABLE.fields.iter().enumerate();
    let fields =
        fields.filter(|(_, spec)| s.shows(spec) && !spec.kept && !OWN_ALONE.contains(&spec.key));
    let mut all: Vec<Target> = fields
        .map(|(place, spec)| Target::Field(place, spec))
        .collect();
    all.extend(own_fields(s, Dealer::NUMBER).into_iter().map(Target::Own));
    all
}

/// Opens the sheet; `edited` is called once something was done.
pub fn bulk_edit(s: Scene, sheets: Sheets, dealers: Vec<Uuid>, edited: Callback<()>) {
    let dealers: Arc<[Uuid]> = dealers.into();
    sheets.show(move || draw(s, sheets, Arc::clone(&dealers), edited));
}

fn draw(s: Scene, sheets: Sheets, dealers: Arc<[Uuid]>, edited: Callback<()>) -> View {
    let closing = RwSignal::new(false);
    let all = StoredValue::new(targets(s));
    let draft = RwSignal::new(None::<(usize, Draft)>);
    let deed = RwSignal::new(Deed::Set);
    let count = dealers.len();
    // What would be done, or why nothing can be.
    let planned = Memo::new(move |_| -> Option<Result<BulkPlan, String>> {
        let (_, draft) = draft.get()?;
        let text = draft.typing().text.get();
        let edit = match deed.get() {
            Deed::Clear => Ok(Edit::Clear),
            deed => draft.read(s, &text).map(|value| match deed {
                Deed::Add => Edit::Add(value),
                Deed::Remove => Edit::Remove(value),
                _ => Edit::Set(value),
            }),
        };
        Some(edit.map(|edit| s.store.read(|book| draft.plan(book, &dealers, edit))))
    });
    let submit = Callback::new(move |()| {
        let Some((at, now)) = draft.get_untracked() else {
            return;
        };
        match planned.get_untracked() {
            Some(Ok(plan)) if plan.changed > 0 => {
                let name = all.with_value(|all| all.get(at).map(|it| it.name(s)));
                let said = texts::changed(s.lang, &name.unwrap_or_default(), plan.changed);
                s.store.act(Act::of(plan.changes), said);
                edited.run(());
                closing.set(true);
            }
            Some(Err(why)) => now.typing().fault.set(Some(why)),
            _ => {}
        }
    });
    let id = unique_id("bulk");
    let label = id.clone();
    let options = all.with_value(|all| {
        let names = all.iter().enumerate();
        names
            .map(|(at, it)| view! { <option value=at.to_string()>{it.name(s)}</option> })
            .collect_view()
    });
    let choose = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        let chosen = at.and_then(|at| all.with_value(|all| Some((at, all.get(at)?.draft()))));
        if let Some((_, draft)) = chosen {
            deed.set(draft.deeds().first().copied().unwrap_or(Deed::Set));
        }
        draft.set(chosen);
    };
    let body = view! {
        <p class="help">{texts::chosen(s.lang, count)}</p>
        <div class="field">
            <label for=label>{s.t(texts::FIELD)}</label>
            <select id=id on:change=choose>
                <option value="">{s.t(form::CHOOSE)}</option>
                {options}
            </select>
        </div>
        {move || draft.get().map(|(_, draft)| untrack(|| value_input(s, draft, deed)))}
        <div role="status">{move || told(s, draft.get().is_some(), planned.get())}</div>
    };
    let ready = move || planned.with(|it| matches!(it, Some(Ok(plan)) if plan.changed > 0));
    let apply = move || {
        let changed = planned.with(|it| match it {
            Some(Ok(plan)) => plan.changed,
            _ => 0,
        });
        texts::apply(s.lang, changed)
    };
    let foot = view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit" aria-disabled=move || (!ready()).to_string()>
            {apply}
        </button>
    };
    overlay(
        Overlay::Sheet,
        s.t(texts::EDIT).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        submit,
        body.into_view(),
        foot.into_view(),
    )
}

/// What is done, and the input for it.
fn value_input(s: Scene, draft: Draft, deed: RwSignal<Deed>) -> View {
    let deeds = draft.deeds();
    let names = deeds.iter().map(|deed| s.t(deed_words(*deed))).collect();
    let chosen = Signal::derive(move || {
        let now = deed.get();
        deeds.iter().position(|it| *it == now).unwrap_or(0)
    });
    let choose = Callback::new(move |place: usize| {
        if let Some(chosen) = deeds.get(place) {
            deed.set(*chosen);
        }
    });
    let which = segmented(s.t(texts::DEED), names, chosen, choose);
    let input = move || {
        (deed.get() != Deed::Clear).then(|| {
            let keep = Callback::new(|()| ());
            untrack(|| match draft {
                Draft::Field(_, field) => field_input(field, Uuid::nil(), keep),
                Draft::Own(own) => own_input(own, keep),
            })
        })
    };
    view! { {which}{input} }.into_view()
}

/// What would happen, in words.
fn told(s: Scene, chosen: bool, planned: Option<Result<BulkPlan, String>>) -> View {
    if !chosen {
        return view! { <p class="help">{s.t(texts::PICK_FIELD)}</p> };
    }
    let Some(Ok(plan)) = planned else {
        return view! { <p class="help">{s.t(texts::ENTER)}</p> };
    };
    let left = plan.refused.len() + plan.passed_over;
    let tone = if plan.changed > 0 {
        Tone::Info
    } else {
        Tone::Watch
    };
    let words = if plan.changed == 0 && left == 0 {
        s.t(texts::NOTHING).to_owned()
    } else {
        texts::preview(s.lang, plan.changed, plan.unchanged, left)
    };
    let refused = plan.refused.iter().take(NAMED).map(|(id, problems)| {
        let name = s.store.peek(|book| {
            let dealer = book.dealers.get(Id::new(*id))?;
            Some(dealer.name.clone())
        });
        let why: Vec<String> = problems.iter().map(|it| it.fault.text(s.lang)).collect();
        view! { <li>{name}": "{why.join("；")}</li> }
    });
    let refused = (!plan.refused.is_empty()).then(|| {
        view! {
            <p class="help">{s.t(texts::REFUSED)}</p>
            <ul class="plain-list">{refused.collect_view()}</ul>
        }
    });
    view! { {note(tone, words, None)}{refused} }.into_view()
}
