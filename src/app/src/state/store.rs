//! The book while the app runs: read by pages, changed by acts, written to the disk behind them.
//!
//! An act changes memory at once, so that the page follows the finger; its batch then goes to
//! the disk in order. "Saved" is said only once the disk has said so.

mod aside;
mod bulk;
mod contested;
mod exchange;
pub use aside::{Binned, Unreadable};
pub(in crate::state) use bulk::Difference;
pub use bulk::{Bulk, TooLong};
pub use contested::{By, Contested, Place, Written};
pub(in crate::state) use exchange::{Listener, Stored};

use super::commit::{Act, Undo, subjects};
use super::kept;
use super::rows::{RowFields, edit_of, record_of, row_key};
use super::toasts::Toasts;
use crate::locales::shell;
use crate::platform::indexed_db::IndexedDb;
use crate::platform::{clock, idle, random_ids, tabs};
use futures::channel::oneshot;
use std::collections::VecDeque;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use tongxing_domain::book::{Book, Known};
use tongxing_domain::id::{Id, IdMap, Uuid};
use tongxing_domain::schema::Change;
use tongxing_domain::search::SearchIndex;
use tongxing_domain::words::Lang;
use tongxing_sync::author;
use tongxing_sync::replica::{Absorbed, CommitRequest, Edit, Replica};
use tongxing_sync::row::{RowKey, TableId};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage, StorageError};
use tongxing_view::prelude::*;

/// Folding this many commits at a time keeps each fold well below one frame's patience.
const FOLD_AT_ONCE: usize = 256;
/// The journal may grow to this many commits before it is folded: replaying them at the next
/// start costs less than folding at every edit.
const FOLD_FROM: usize = 64;

/// Whether what is on the screen is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is.
    Saved,
    /// It is being written.
    Saving,
    /// It could not be written; it is kept here and can be tried again.
    Failed(StorageError),
}

struct Inner {
    /// There as long as the page: code to take every table apart would be weight for nothing.
    book: ManuallyDrop<Book>,
    replica: Replica,
    search: SearchIndex,
    /// Whether the search index has been made.
    searchable: bool,
    disk: IndexedDb,
    waiting: VecDeque<Waiting>,
    /// What waits until a large act is in effect, to be written with it.
    held: Option<Batch>,
    writing: bool,
    /// Who waits for the next batch to be on the disk, or for that to fail.
    written: Vec<oneshot::Sender<()>>,
    folds: bool,
    /// What the endpoint's time adds to the device's, in milliseconds.
    offset_ms: i64,
    /// Who wants to know what is changed on this device: the team's driver, if there is one.
    listener: Option<Listener>,
}

/// A batch on its way to the disk.
#[derive(Clone)]
struct Waiting {
    batch: Batch,
    /// What a person did is never dropped; a fold may be: the journal still has everything.
    droppable: bool,
}

/// The book. Copies share it.
#[derive(Clone, Copy)]
pub struct Store {
    inner: StoredValue<Inner, LocalStorage>,
    revision: RwSignal<u64>,
    /// Changes when blobs have come from elsewhere.
    blobs: RwSignal<u64>,
    saved: RwSignal<SaveState>,
    author: RwSignal<String>,
    lang: RwSignal<Lang>,
    toasts: Toasts,
}

impl Store {
    /// The store over an opened replica.
    pub fn new(
        disk: IndexedDb,
        replica: Replica,
        author: RwSignal<String>,
        lang: RwSignal<Lang>,
        toasts: Toasts,
    ) -> Self {
        kept::forget();
        let mut book = Book::knowing(&[]);
        know(&mut book, &replica, Book::DAILY);
        let store = Self {
            inner: StoredValue::new_local(Inner {
                book: ManuallyDrop::new(book),
                replica,
                search: SearchIndex::default(),
                searchable: false,
                disk,
                waiting: VecDeque::new(),
                held: None,
                writing: false,
                written: Vec::new(),
                folds: false,
                offset_ms: 0,
                listener: None,
            }),
            revision: RwSignal::new(0),
            blobs: RwSignal::new(0),
            saved: RwSignal::new(SaveState::Saved),
            author,
            lang,
            toasts,
        };
        store.listen_to_other_tabs();
        store.warn_before_leaving();
        store
    }

    /// Reads the book; what reads it is run again after every change.
    pub fn read<R>(self, reader: impl FnOnce(&Book) -> R) -> R {
        self.revision.track();
        self.peek(reader)
    }

    /// Reads the book once.
    pub fn peek<R>(self, reader: impl FnOnce(&Book) -> R) -> R {
        self.inner.with_value(|inner| reader(&inner.book))
    }

    /// Has the book take in more tables. What is drawn from them asks for them first; those that it has
    /// already cost nothing.
    pub fn know(self, tables: &[&'static Known]) {
        self.inner
            .update_value(|inner| know(&mut inner.book, &inner.replica, tables));
    }

    /// Searches the book. The index is made at the first search and follows every change.
    pub fn search<R>(self, reader: impl FnOnce(&Book, &SearchIndex) -> R) -> R {
        self.revision.track();
        self.inner.update_value(|inner| {
            if !inner.searchable {
                inner.search = SearchIndex::new(&inner.book);
                inner.searchable = true;
            }
        });
        self.inner
            .with_value(|inner| reader(&inner.book, &inner.search))
    }

    /// When a field of a record was last written, in Unix milliseconds; `None` if it never was.
    pub fn written_ms(self, table: u16, id: Uuid, field: u16) -> Option<u64> {
        self.inner.with_value(|inner| {
            let row = inner.replica.row(&row_key(table, id))?;
            let of_field = row.iter().filter(|at| at.number == field);
            of_field.map(|at| at.hlc.ms()).max()
        })
    }

    /// Whether everything is on the disk, tracked.
    pub fn save_state(self) -> SaveState {
        self.saved.get()
    }

    /// A fresh id.
    pub fn fresh<T>(self) -> Id<T> {
        Id::new(random_ids::fresh_id())
    }

    /// Does an act and says so, with the way back.
    pub fn act(self, act: Act, said: String) {
        if let Some(undo) = self.act_quietly(act) {
            self.toasts.say(said, Some(undo));
        }
    }

    /// Does an act without a notice; the way back is for the caller to offer. `None` when
    /// nothing changed.
    pub fn act_quietly(self, act: Act) -> Option<Undo> {
        let edits = self.edits(act.changes, act.remembered);
        self.commit(edits, act.remembered, act.blobs)
    }

    fn edits(self, changes: Vec<Change>, remembered: bool) -> Vec<Edit> {
        let subjects = if remembered {
            self.peek(|book| subjects(book, &changes))
        } else {
            IdMap::default()
        };
        let of = |change: &Change| subjects.get(&(change.table, change.id)).copied();
        let edits = changes.into_iter().map(|change| {
            let subject = of(&change).unwrap_or_default();
            edit_of(change, subject)
        });
        edits.collect()
    }

    /// Takes an act back.
    pub fn undo(self, undo: Undo) {
        if Self::is_large(&undo) {
            leptos::task::spawn_local(self.undo_in_pieces(undo));
        } else {
            let inverse = Arc::unwrap_or_clone(undo.inverse);
            self.commit(inverse, undo.remembered, Vec::new());
        }
    }

    /// Tries again to write what could not be written.
    pub fn retry(self) {
        self.write_waiting();
    }

    fn commit(
        self,
        edits: Vec<Edit>,
        remembered: bool,
        blobs: Vec<(String, Vec<u8>)>,
    ) -> Option<Undo> {
        self.commit_at(edits, remembered, blobs, clock::now_ms())
    }

    fn commit_at(
        self,
        edits: Vec<Edit>,
        remembered: bool,
        blobs: Vec<(String, Vec<u8>)>,
        now_ms: u64,
    ) -> Option<Undo> {
        let author = self.author.get_untracked();
        let offset_ms = self.inner.with_value(|inner| inner.offset_ms);
        let request = |edits, author, record_activity| CommitRequest {
            edits,
            author,
            now_ms,
            offset_ms,
            record_activity,
        };
        let mut undo = None;
        let mut refused = false;
        self.inner.update_value(|inner| {
            // Members read on each other's edits whose they are.
            let signature = author::signature(&inner.replica, &author);
            match inner.replica.commit(request(edits, author, remembered)) {
                Ok(commit) if commit.changed.is_empty() => {}
                Ok(mut commit) => {
                    inner.take(&commit.changed);
                    for (id, bytes) in blobs {
                        commit.batch.put(Shelf::Blobs, id, bytes);
                    }
                    inner.told(Stored::Here(&commit.batch));
                    inner.wait(commit.batch, false);
                    undo = Some(Undo {
                        inverse: Arc::new(commit.inverse),
                        remembered,
                    });
                    if let Some(signature) = signature {
                        let signed = request(vec![signature], String::new(), false);
                        // A name is never too long for a register.
                        if let Ok(commit) = inner.replica.commit(signed) {
                            inner.told(Stored::Here(&commit.batch));
                            inner.wait(commit.batch, false);
                        }
                    }
                }
                Err(_) => refused = true,
            }
        });
        if refused {
            self.say_too_long();
        }
        if undo.is_some() {
            self.revision.update(|revision| *revision += 1);
            self.write_waiting();
        }
        undo
    }

    fn say_too_long(self) {
        let lang = self.lang.get_untracked();
        self.toasts.warn(shell::TOO_LONG.in_lang(lang).to_owned());
    }

    /// Writes batch after batch in the order of the acts, one at a time.
    fn write_waiting(self) {
        let mut start = false;
        self.inner.update_value(|inner| {
            start = !inner.writing && !inner.waiting.is_empty();
            inner.writing |= start;
        });
        if !start {
            return;
        }
        self.saved.set(SaveState::Saving);
        leptos::task::spawn_local(async move {
            loop {
                let next = self.inner.with_value(|inner| {
                    inner
                        .waiting
                        .front()
                        .cloned()
                        .map(|next| (inner.disk.clone(), next))
                });
                let Some((disk, next)) = next else { break };
                match disk.write(next.batch.clone()).await {
                    Ok(()) => {
                        self.inner.update_value(|inner| {
                            inner.waiting.pop_front();
                        });
                        tabs::announce(&next.batch);
                        self.tell_written();
                    }
                    // Without room for it, what a person does next must still find its way.
                    Err(_) if next.droppable => self.inner.update_value(|inner| {
                        inner.waiting.pop_front();
                        inner.folds = false;
                    }),
                    Err(error) => {
                        self.inner.update_value(|inner| inner.writing = false);
                        self.saved.set(SaveState::Failed(error));
                        self.tell_written();
                        return;
                    }
                }
            }
            let mut held = false;
            self.inner.update_value(|inner| {
                inner.writing = false;
                held = inner.held.is_some();
            });
            if !held {
                self.saved.set(SaveState::Saved);
                self.tell_written();
                self.fold_when_idle();
            }
        });
    }

    /// Tells those who wait for batches to be written to look again.
    fn tell_written(self) {
        let mut waiting = Vec::new();
        self.inner
            .update_value(|inner| waiting = std::mem::take(&mut inner.written));
        for tell in waiting {
            // Who does not wait any more need not be told.
            let _ = tell.send(());
        }
    }

    /// Folds the journal once there is nothing better to do.
    fn fold_when_idle(self) {
        if self.inner.with_value(|inner| inner.replica.unfolded()) < FOLD_FROM {
            return;
        }
        idle::when_idle(move || {
            leptos::task::spawn_local(async move { self.fold().await });
        });
    }

    async fn fold(self) {
        let ready = self
            .inner
            .with_value(|inner| inner.folds && inner.waiting.is_empty() && inner.held.is_none());
        if !ready {
            return;
        }
        let mut batch = None;
        self.inner
            .update_value(|inner| batch = inner.replica.fold(FOLD_AT_ONCE));
        if let Some(batch) = batch {
            self.inner.update_value(|inner| inner.wait(batch, true));
            self.write_waiting();
        }
    }

    /// Lets the browser ask before the page is closed while something is not on the disk.
    fn warn_before_leaving(self) {
        window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.saved.get_untracked() != SaveState::Saved {
                event.prevent_default();
            }
        });
    }

    /// Reads what other tabs store.
    fn listen_to_other_tabs(self) {
        tabs::listen(move |news| {
            leptos::task::spawn_local(async move {
                for (shelf, range) in news {
                    match shelf {
                        Shelf::Blobs => self.blobs_have_come(),
                        _ => {
                            self.read_again(shelf, range).await;
                        }
                    }
                }
            });
        });
    }

    /// This tab has been elected to fold. If another tab could have folded since the book was
    /// opened, `read_again` has to be said: everything is read once more first.
    pub async fn elected(self, read_again: bool) {
        if read_again {
            // The journal first: what is folded in between is then seen twice, not missed.
            for shelf in [Shelf::Journal, Shelf::Segments] {
                if !self.read_again(shelf, KeyRange::all()).await {
                    return;
                }
            }
        }
        self.inner.update_value(|inner| inner.folds = true);
        self.fold_when_idle();
    }

    /// Joins stored records; tells whether they could be read.
    async fn read_again(self, shelf: Shelf, range: KeyRange) -> bool {
        let disk = self.inner.with_value(|inner| inner.disk.clone());
        let Ok(records) = disk.read(shelf, range, None).await else {
            return false;
        };
        self.take_in(|replica| match shelf {
            Shelf::Segments => replica.absorb_segments(records),
            _ => replica.absorb_journal(records),
        });
        true
    }

    fn take_in(self, join: impl FnOnce(&mut Replica) -> Absorbed) {
        let mut any = false;
        self.inner.update_value(|inner| {
            let absorbed = join(&mut inner.replica);
            any = !absorbed.changed.is_empty();
            inner.take(&absorbed.changed);
            if !absorbed.batch.is_empty() {
                inner.wait(absorbed.batch, true);
            }
            inner.told(Stored::Elsewhere);
        });
        if any {
            self.revision.update(|revision| *revision += 1);
        }
        self.write_waiting();
    }
}

/// Reads the rows of tables that are new to the book.
fn know(book: &mut Book, replica: &Replica, tables: &[&'static Known]) {
    for number in book.know(tables) {
        let Some(table) = book.keeps_mut(number) else {
            continue;
        };
        let rows = replica.rows(TableId(number));
        table.make_room(rows.len());
        for (id, row) in rows {
            table.take(Uuid::from_bytes(id.0), &RowFields::new(row));
        }
    }
}

impl Inner {
    fn wait(&mut self, batch: Batch, droppable: bool) {
        if let Some(held) = &mut self.held {
            held.append(batch);
            return;
        }
        self.waiting.push_back(Waiting { batch, droppable });
    }

    fn told(&self, stored: Stored<'_>) {
        if let Some(listener) = &self.listener {
            listener(stored);
        }
    }

    /// Reads changed rows into the book and the search index.
    fn take(&mut self, changed: &[RowKey]) {
        for key in changed {
            let Some(row) = self.replica.row(key) else {
                continue;
            };
            let (table, id) = record_of(*key);
            self.book.take(table, id, &RowFields::new(row));
        }
        if self.searchable {
            for key in changed {
                let (table, id) = record_of(*key);
                self.search.update(&self.book, table, id);
            }
        }
    }
}
