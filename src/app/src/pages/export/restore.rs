//! Bringing a copy or a sealed backup back: first what would happen, then all of it at once or nothing,
//! with the way back.

use super::{Export, Part};
use crate::components::backup::{Asked, ask_password};
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::work::Ticket;
use crate::locales::{backup as sealed, export as texts};
use crate::platform::backups::{self, BackupError};
use crate::platform::files::{self, FileError, PickedFile};
use crate::state::backup::{Outlook, compare};
use futures::future::{Either, select};
use std::pin::pin;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::exchange::errand::{Answer, Errand};
use tongxing_domain::schema::Change;
use tongxing_view::prelude::*;
use zeroize::Zeroizing;

/// So many registers are looked at between two breaths.
const CHANGES_A_PIECE: usize = 1_024;

/// What waits for the person to agree. `shown` tells of every change to it.
#[derive(Clone, Copy)]
struct Waiting {
    outlook: StoredValue<Option<Outlook>, LocalStorage>,
    shown: RwSignal<u32>,
}

impl Waiting {
    fn set(self, outlook: Option<Outlook>) {
        // The page may have been left meanwhile.
        if self.shown.try_get_untracked().is_some() {
            self.outlook.set_value(outlook);
            self.shown.update(|shown| *shown += 1);
        }
    }
}

/// The section.
pub(super) fn view(export: Export) -> View {
    let s = export.s;
    let waiting = Waiting {
        outlook: StoredValue::new_local(None),
        shown: RwSignal::new(0),
    };
    let choose = move |picked: Option<PickedFile>| {
        if let Some(file) = picked {
            leptos::task::spawn_local(look_at(export, waiting, file));
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
                accept=".tongxing,.json,application/json"
                disabled=move || export.work.busy()
                on:change=move |event| choose(files::picked(&event).into_iter().next())
            />
        </label>
        {export.status(Part::BringBack)}
        {outlook(export, waiting)}
        </div>
    }
}

/// Reads a file and shows what bringing it back would do.
async fn look_at(export: Export, waiting: Waiting, file: PickedFile) {
    let s = export.s;
    export.part.set(Part::BringBack);
    export.told.set(None);
    waiting.set(None);
    let bytes = match file.read(backups::LARGEST).await {
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
    if backups::is_sealed(&bytes) {
        let bytes = Arc::new(bytes);
        ask_password(s, export.sheets, Asked::Known, move |password| {
            let bytes = Arc::clone(&bytes);
            leptos::task::spawn_local(open(export, waiting, bytes, password));
        });
    } else {
        read(export, waiting, bytes).await;
    }
}

/// Opens a sealed backup.
async fn open(export: Export, waiting: Waiting, file: Arc<Vec<u8>>, password: Zeroizing<String>) {
    let (s, work) = (export.s, export.work);
    let ticket = work.begin(sealed::OPENING);
    let opened = {
        let opening = pin!(backups::unseal(&file, &password));
        let given_up = pin!(work.given_up(ticket));
        match select(opening, given_up).await {
            Either::Left((opened, _)) => opened,
            Either::Right(_) => return,
        }
    };
    let parts = match opened {
        Ok(parts) => parts,
        Err(error) => {
            work.end(ticket);
            let text = match error {
                // The file may well be a copy that she can use.
                BackupError::WrongPassword => error.text(s.lang),
                error => texts::refused(s.lang, &error.text(s.lang)),
            };
            return export.tell(Tone::Risk, text);
        }
    };
    let ticket = work.begin(sealed::COMPARING);
    let total = parts.pieces.len();
    let breathe = |done| {
        work.tell(ticket, (done, total));
        work.wanted(ticket)
    };
    let compared = compare(s, &parts, breathe).await;
    work.end(ticket);
    if let Ok(Some(outlook)) = compared {
        show(export, waiting, outlook);
    }
}

/// Reads a copy in JSON.
async fn read(export: Export, waiting: Waiting, bytes: Vec<u8>) {
    let s = export.s;
    let (changes, unknown) = match export.run(Part::BringBack, Errand::BringBack(bytes)).await {
        Some(Answer::Read {
            changes, unknown, ..
        }) => (changes, unknown),
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
    let ticket = export.work.begin(sealed::COMPARING);
    let outlook = weigh(export, ticket, changes).await;
    export.work.end(ticket);
    if let Some(outlook) = outlook {
        show(export, waiting, outlook);
    }
}

/// What the registers of a copy come to; `None` when it was given up or cannot be stored.
async fn weigh(export: Export, ticket: Ticket, changes: Vec<Change>) -> Option<Outlook> {
    let s = export.s;
    let mut outlook = Outlook::default();
    let total = changes.len();
    let mut last = None;
    let mut left = changes.into_iter();
    loop {
        let piece: Vec<Change> = left.by_ref().take(CHANGES_A_PIECE).collect();
        if piece.is_empty() {
            return Some(outlook);
        }
        for change in &piece {
            if last.replace((change.table, change.id)) == Some((change.table, change.id)) {
                continue;
            }
            let there = s
                .store
                .peek(|book| book.any(change.table, change.id).is_some());
            let (new, changed) = outlook.tables.entry(change.table).or_default();
            *(if there { changed } else { new }) += 1;
        }
        s.store.prepare(&mut outlook.bulk, piece).ok()?;
        let progress = Some((total - left.len(), total));
        if !export.work.breathe(ticket, progress).await {
            return None;
        }
    }
}

fn show(export: Export, waiting: Waiting, outlook: Outlook) {
    if outlook.touched() == 0 {
        export.tell(Tone::Good, export.s.t(sealed::NOTHING).to_owned());
    } else {
        waiting.set(Some(outlook));
    }
}

/// What would happen, and the one tap that makes it happen.
fn outlook(export: Export, waiting: Waiting) -> View {
    let s = export.s;
    (move || {
        waiting.shown.track();
        waiting.outlook.with_value(|outlook| {
            let outlook = outlook.as_ref()?;
            let label = |table| Book::table(table).map_or("…", |table| s.t(table.label));
            let tables = outlook.tables.iter();
            let lines = tables.map(|(table, (new, changed))| {
                sealed::of_table(s.lang, label(*table), *new, *changed)
            });
            let same = (outlook.same > 0).then(|| sealed::same(s.lang, outlook.same));
            let aside =
                (outlook.set_aside > 0).then(|| sealed::set_aside(s.lang, outlook.set_aside));
            let lines = lines.chain(same).chain(aside);
            let items = lines.map(|line| view! { <li>{line}</li> }).collect_view();
            Some(view! {
                <section class="note" data-tone="info" aria-label=s.t(sealed::OUTLOOK)>
                    {Icon::Info.draw()}
                    <div>
                        <strong>{s.t(sealed::OUTLOOK)}</strong>
                        <ul>{items}</ul>
                        <p>{s.t(sealed::STAYS)}</p>
                    </div>
                    <button
                        class="btn"
                        data-kind="primary"
                        type="button"
                        disabled=move || export.work.busy()
                        on:click=move |_| leptos::task::spawn_local(bring_back(export, waiting))
                    >
                        {s.t(sealed::BRING_BACK)}
                    </button>
                </section>
            })
        })
    })
    .into_view()
}

/// Brings back what was agreed to.
async fn bring_back(export: Export, waiting: Waiting) {
    let (s, work) = (export.s, export.work);
    let mut agreed = None;
    waiting
        .outlook
        .update_value(|outlook| agreed = outlook.take());
    let Some(outlook) = agreed else { return };
    let count = outlook.touched();
    waiting.set(None);
    let ticket = work.begin(sealed::RESTORING);
    work.cannot_stop(ticket);
    let pieces = outlook.bulk.pieces() + 1;
    let told = move |done| work.tell(ticket, (done, pieces));
    let done = s.store.commit_bulk(outlook.bulk, told).await;
    work.end(ticket);
    if let Ok(undo) = done {
        s.toasts.say(sealed::brought_back(s.lang, count), undo);
    }
}
