//! Bringing a copy of the book back: all of it at once or nothing, with the way back.

use super::{Export, Part};
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::locales::export as texts;
use crate::platform::files::{self, FileError, PickedFile};
use crate::state::commit::Act;
use tongxing_domain::exchange::errand::{Answer, Errand};
use tongxing_view::prelude::*;

/// The most that is read, in bytes: several times a book of 5,000 dealers and three years.
const LARGEST_COPY: u64 = 200 * 1024 * 1024;

/// The section.
pub(super) fn view(export: Export) -> View {
    let s = export.s;
    let choose = move |picked: Option<PickedFile>| {
        if let Some(file) = picked {
            leptos::task::spawn_local(bring_back(export, file));
        }
    };
    view! {
        <div class="form">
        <label class="drop">
            {Icon::Import.draw()}
            <strong>{s.t(texts::CHOOSE)}</strong>
            <span>{s.t(texts::BRING_BACK_TEXT)}</span>
            <input
                type="file"
                class="sr"
                accept=".json,application/json"
                disabled=move || export.work.busy()
                on:change=move |event| choose(files::picked(&event).into_iter().next())
            />
        </label>
        {export.status(Part::BringBack)}
        </div>
    }
}

async fn bring_back(export: Export, file: PickedFile) {
    let s = export.s;
    export.part.set(Part::BringBack);
    let bytes = match file.read(LARGEST_COPY).await {
        Ok(bytes) => bytes,
        Err(FileError::TooLarge { .. }) => {
            export.tell(Tone::Risk, s.t(texts::TOO_LARGE).to_owned());
            return;
        }
        Err(FileError::Unreadable { .. } | FileError::NotSaved { .. }) => {
            export.tell(Tone::Risk, s.t(texts::UNREADABLE).to_owned());
            return;
        }
    };
    let (changes, unknown, records) =
        match export.run(Part::BringBack, Errand::BringBack(bytes)).await {
            Some(Answer::Read {
                changes,
                unknown,
                records,
            }) => (changes, unknown, records),
            Some(Answer::Refused(why)) => {
                export.tell(Tone::Risk, texts::refused(s.lang, &why));
                return;
            }
            Some(Answer::Made { .. }) | None => return,
        };
    let what: Vec<String> = (unknown.iter())
        .map(|unknown| texts::counted(s.lang, &unknown.what, unknown.rows))
        .collect();
    if !what.is_empty() {
        export.tell(Tone::Watch, texts::not_known(s.lang, &what));
    }
    if changes.is_empty() {
        s.toasts.say(s.t(texts::NOTHING_TO_DO).to_owned(), None);
    } else {
        s.store
            .act(Act::in_bulk(changes), texts::brought_back(s.lang, records));
    }
}
