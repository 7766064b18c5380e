//! Who changed what of a record, when, from what to what; and the way back to an old value.

use super::icon::Icon;
use super::marks::{Tone, badge};
use super::pane::note;
use crate::locales::{review as texts, time};
use crate::state::commit::Act;
use crate::state::history::{self, Edit, FieldEdit};
use crate::state::scene::{Scene, scene};
use crate::state::store::SaveState;
use std::sync::Arc;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::Change;
use tongxing_view::prelude::*;

/// How the reading went.
#[derive(Clone)]
enum Read {
    Reading,
    Here(Arc<Vec<Edit>>),
    Failed,
}

/// The history of a record, the latest first. `restored` is told each change that writes an old
/// value again.
pub fn history(table: u16, record: Uuid, restored: Callback<Change>) -> View {
    let s = scene();
    let read = RwSignal::new(Read::Reading);
    Effect::new(move |_| {
        // The change list is read from the disk, so after each time that the disk has all.
        if s.store.save_state() != SaveState::Saved {
            return;
        }
        leptos::task::spawn_local(async move {
            let now = match history::of(s, table, record).await {
                Ok(edits) => Read::Here(Arc::new(edits)),
                Err(_) => Read::Failed,
            };
            read.try_set(now);
        });
    });
    (move || match read.get() {
        Read::Reading => ().into_view(),
        Read::Failed => note(Tone::Watch, s.t(texts::HISTORY_FAILED), None),
        Read::Here(edits) if edits.is_empty() => {
            view! { <p class="help">{s.t(texts::NO_HISTORY)}</p> }
        }
        Read::Here(edits) => {
            let items = edits
                .iter()
                .map(|edit| item(s, edit, restored))
                .collect_view();
            view! { <ol class="history">{items}</ol> }
        }
    })
    .into_view()
}

fn item(s: Scene, edit: &Edit, restored: Callback<Change>) -> View {
    let day = time::near(s.lang, edit.at.date(), s.today);
    let fields = edit
        .fields
        .iter()
        .map(|field| line(s, field, restored))
        .collect_view();
    view! {
        <li>
            <p class="history-who">
                <strong>{edit.who.clone()}</strong>
                " "
                <time datetime=edit.at.to_string()>{format!("{day} {}", time::clock(edit.at))}</time>
            </p>
            <ul>{fields}</ul>
        </li>
    }
}

fn line(s: Scene, field: &FieldEdit, restored: Callback<Change>) -> View {
    let label = s.t(field.spec.label);
    let or_empty = |text: &str| match text.is_empty() {
        true => s.t(texts::EMPTY).to_owned(),
        false => text.to_owned(),
    };
    let old =
        (!field.old.is_empty()).then(|| view! { <del dir="auto">{field.old.clone()}</del> " → " });
    let words = match field.lost {
        true => texts::RESTORE_ASIDE,
        false => texts::RESTORE_OLD,
    };
    let value = if field.lost { &field.new } else { &field.old };
    let again = field.again.clone().map(|change| {
        let said = texts::restore_what(s.lang, label, &or_empty(value));
        let done = texts::restored(s.lang, label);
        let restore = move |_| {
            s.store.act(Act::of(vec![change.clone()]), done.clone());
            restored.run(change.clone());
        };
        view! {
            <button class="btn" data-kind="quiet" type="button" aria-label=said on:click=restore>
                {Icon::Undo.draw()}
                {s.t(words)}
            </button>
        }
    });
    view! {
        <li data-internal=field.spec.internal.then_some("")>
            <div class="history-field">
                <span class="history-label">{label}</span>
                {field.lost.then(|| badge(Tone::None, s.t(texts::LOST)))}
                <p>{old}<ins dir="auto">{or_empty(&field.new)}</ins></p>
            </div>
            {again}
        </li>
    }
}
