//! The sheet around entry tables: it keeps what is typed until it is saved, as every form does.

use super::entry_table::EntryTable;
use super::icon::Icon;
use super::marks::Tone;
use super::overlay::{Overlay, overlay};
use super::pane::note;
use super::record_form::Written;
use crate::locales::{form, shell};
use crate::platform::drafts::DraftKey;
use crate::platform::json::{self, FromJson, ToJson};
use crate::state::commit::Act;
use crate::state::scene::scene;
use tongxing_view::prelude::*;

/// What a sheet of entries edits.
#[derive(Clone)]
pub struct EntrySheet {
    /// The heading.
    pub title: String,
    /// Where unsaved typing is kept.
    pub key: DraftKey,
    /// Everything that is typed into.
    pub tables: Vec<EntryTable>,
    /// Draws the tables; it is given what to call after every change.
    pub body: Callback<Callback<()>, View>,
    /// Reads the whole: what to write and to say; `None` when a row says what is wrong.
    pub read: Callback<(), Option<Written>>,
}

/// Opens the sheet; `on_close` is called once it is closed.
pub fn entry_sheet(sheet: EntrySheet, on_close: Callback<()>) -> View {
    let s = scene();
    let EntrySheet {
        title,
        key,
        tables,
        body,
        read,
    } = sheet;
    let drafts = StoredValue::new_local(s.services.drafts());
    let key = StoredValue::new(key);
    let before: Vec<Vec<Vec<String>>> = tables
        .iter()
        .map(|table| untrack(|| table.texts()))
        .collect();
    let tables = StoredValue::new(tables);
    let kept = key.with_value(|key| drafts.with_value(|drafts| drafts.get(key)));
    let kept =
        kept.and_then(|draft| Vec::<Vec<Vec<String>>>::from_json(&json::parse(&draft.text)?));
    let fill = move |texts: Vec<Vec<Vec<String>>>| {
        tables.with_value(|tables| {
            for (table, rows) in tables.iter().zip(texts) {
                table.fill(rows);
            }
        });
    };
    let restored = RwSignal::new(kept.is_some());
    if let Some(texts) = kept {
        fill(texts);
    }
    let forget = move || key.with_value(|key| drafts.with_value(|drafts| drafts.clear(key)));
    let failed = RwSignal::new(false);
    let keep = Callback::new(move |()| {
        failed.set(false);
        let texts: Vec<_> = tables.with_value(|tables| {
            tables
                .iter()
                .map(|table| untrack(|| table.texts()))
                .collect()
        });
        if let Some(json) = json::text(&texts.to_json()) {
            drafts.with_value(|drafts| drafts.keep(key.get_value(), json));
        }
    });
    let closing = RwSignal::new(false);
    let submit = Callback::new(move |()| {
        tables.with_value(|tables| tables.iter().for_each(|table| table.absolve()));
        let Some((writes, said)) = untrack(|| read.run(())) else {
            failed.set(true);
            return;
        };
        if !writes.is_empty() {
            s.store.act(Act::of(writes), said);
        }
        forget();
        closing.set(true);
    });
    let before = StoredValue::new(before);
    let discard = move || {
        forget();
        fill(before.get_value());
        restored.set(false);
    };
    let was_kept = move || {
        restored.get().then(|| {
            let act = view! {
                <button class="btn" type="button" on:click=move |_| discard()>
                    {s.t(form::DISCARD_DRAFT)}
                </button>
            };
            note(Tone::Info, s.t(form::RESTORED), Some(act))
        })
    };
    let cancel = move |_| {
        forget();
        closing.set(true);
    };
    let foot = view! {
        <p class="dock-note" role="status">{move || failed.get().then(|| s.t(form::CORRECT_FIRST))}</p>
        <button class="btn" type="button" on:click=cancel>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(shell::SAVE)}</button>
    };
    let body = view! {
        {was_kept}
        {body.run(keep)}
    };
    overlay(
        Overlay::Sheet,
        title,
        closing,
        on_close,
        submit,
        body.into_view(),
        foot,
    )
}
