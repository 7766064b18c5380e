//! Large acts in pieces: the page answers in between, and the disk has all of it or nothing.
//!
//! First every piece is checked and stamped, which changes nothing and can be given up. Then piece
//! after piece goes into memory, while what is written meanwhile waits; the disk gets all of it in
//! one transaction.

use super::{Store, Stored};
use crate::platform::clock;
use crate::state::commit::Undo;
use crate::state::rows::edit_of;
use gloo_timers::future::TimeoutFuture;
use std::sync::Arc;
use tongxing_domain::schema::{Change, NO, YES};
use tongxing_sync::activity::Subject;
use tongxing_sync::author;
use tongxing_sync::conflict::FIRST_RESERVED_TABLE;
use tongxing_sync::replica::{CommitRequest, Edit, Prepared};
use tongxing_sync::row::{FieldKey, RegisterRef, Row, RowKey};
use tongxing_sync::segment;
use tongxing_sync::storage::{Batch, Shelf};
use tongxing_view::prelude::*;

/// The page is let answer after about so many milliseconds of work.
const PIECE_MS: u64 = 12;
/// So many rows are read between two looks at the clock.
const ROWS_A_LOOK: usize = 16;
/// Taking an act back in pieces pays from so many edits on.
const MANY: usize = 1_024;

/// A piece of a large act.
#[derive(Debug)]
enum Piece {
    /// Edits of this device.
    Edits(Prepared),
    /// Rows of a backup that are not there.
    Rows(Vec<(RowKey, Row)>),
}

/// Pieces of a large act that wait to take effect together. Dropping them gives it up.
#[derive(Debug, Default)]
pub struct Bulk {
    pieces: Vec<Piece>,
    /// What else is stored with them.
    more: Batch,
    /// What does not fill a piece yet.
    edits: Vec<Edit>,
    rows: usize,
    last: Option<RowKey>,
}

/// A value is too long to be stored; nothing of the act takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// What a row of a backup comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::state) enum Difference {
    /// It is not there.
    New,
    /// It is there and says something else.
    Changed,
    /// It is there as it was.
    Same,
}

/// The edits after which a row holds what another has.
fn differences(key: RowKey, there: &Row, wanted: &Row) -> Vec<Edit> {
    let edit = |register: &RegisterRef<'_>, value: &[u8]| Edit {
        key,
        field: register.field(),
        value: value.to_vec(),
        subject: Subject::default(),
    };
    let held = |row: &Row, register: &RegisterRef<'_>| {
        let held = row.member(register.number, register.member);
        held.map_or_else(Vec::new, |held| held.value.to_vec())
    };
    let come = wanted
        .iter()
        .filter(|register| held(there, register) != register.value);
    let come = come.map(|register| edit(&register, register.value));
    let gone = there.iter().filter(|register| {
        !register.value.is_empty() && wanted.member(register.number, register.member).is_none()
    });
    // That a row is in no bin need not be said.
    let gone = gone
        .filter(|register| (register.number, register.value) != (FieldKey::deletion().number, NO));
    let gone = gone.map(|register| edit(&register, &[]));
    come.chain(gone).collect()
}

impl Bulk {
    /// Stores a record of another shelf with the rest.
    pub(in crate::state) fn put(&mut self, shelf: Shelf, key: Vec<u8>, value: Vec<u8>) {
        self.more.put(shelf, key, value);
    }

    /// How many pieces there are.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }
}

fn into_bin(key: RowKey) -> Edit {
    Edit {
        key,
        field: FieldKey::deletion(),
        value: YES.to_vec(),
        subject: Subject::default(),
    }
}

impl Store {
    /// Checks and stamps more of a large act. The changes of one record come together.
    ///
    /// # Errors
    /// [`TooLong`]; the person has been told.
    pub fn prepare(self, bulk: &mut Bulk, changes: Vec<Change>) -> Result<(), TooLong> {
        for change in changes {
            self.prepare_edit(bulk, edit_of(change, Subject::default()))?;
        }
        Ok(())
    }

    fn prepare_edit(self, bulk: &mut Bulk, edit: Edit) -> Result<(), TooLong> {
        if bulk.last != Some(edit.key) {
            bulk.last = Some(edit.key);
            if bulk.rows == segment::ROWS {
                self.close_piece(bulk)?;
            }
            bulk.rows += 1;
        }
        bulk.edits.push(edit);
        Ok(())
    }

    fn close_piece(self, bulk: &mut Bulk) -> Result<(), TooLong> {
        let edits = std::mem::take(&mut bulk.edits);
        bulk.rows = 0;
        let mut prepared = None;
        self.inner.update_value(|inner| {
            let request = CommitRequest {
                edits,
                author: String::new(),
                now_ms: clock::now_ms(),
                offset_ms: inner.offset_ms,
                record_activity: false,
            };
            prepared = inner.replica.prepare(request).ok();
        });
        let Some(piece) = prepared else {
            self.say_too_long();
            return Err(TooLong);
        };
        bulk.pieces.push(Piece::Edits(piece));
        Ok(())
    }

    /// Looks at rows of a backup: what is not there comes in as it is, and what differs is edited to
    /// be as it was. Tells of each row what it comes to.
    ///
    /// # Errors
    /// [`TooLong`]; the person has been told.
    pub(in crate::state) fn prepare_rows(
        self,
        bulk: &mut Bulk,
        rows: Vec<(RowKey, Row)>,
        mut told: impl FnMut(RowKey, Difference),
    ) -> Result<(), TooLong> {
        let mut new = Vec::new();
        for (key, row) in rows {
            let edits = self.inner.with_value(|inner| {
                inner
                    .replica
                    .row(&key)
                    .map(|there| differences(key, there, &row))
            });
            match edits {
                None => {
                    told(key, Difference::New);
                    new.push((key, row));
                }
                // What is said of rows that only devices write is said by them alone.
                Some(edits) if edits.is_empty() || key.table >= FIRST_RESERVED_TABLE => {
                    told(key, Difference::Same);
                }
                Some(edits) => {
                    told(key, Difference::Changed);
                    for edit in edits {
                        self.prepare_edit(bulk, edit)?;
                    }
                }
            }
        }
        if !new.is_empty() {
            bulk.pieces.push(Piece::Rows(new));
        }
        Ok(())
    }

    /// Has a prepared act take effect; nothing stops it any more. `told` hears how many pieces are
    /// done. `None` when nothing changed.
    ///
    /// # Errors
    /// [`TooLong`]; the person has been told.
    pub async fn commit_bulk(
        self,
        mut bulk: Bulk,
        told: impl Fn(usize),
    ) -> Result<Option<Undo>, TooLong> {
        self.close_piece(&mut bulk)?;
        self.hold_writing();
        let mut inverse = Vec::new();
        let mut signature = None;
        self.inner.with_value(|inner| {
            let author = self.author.get_untracked();
            signature = author::signature(&inner.replica, &author);
        });
        self.inner
            .update_value(|inner| inner.wait(bulk.more, false));
        for (done, piece) in bulk.pieces.into_iter().enumerate() {
            let mut changed = Vec::new();
            self.inner.update_value(|inner| {
                let batch = match piece {
                    Piece::Edits(piece) => {
                        let commit = inner.replica.apply(piece, true);
                        inverse.extend(commit.inverse);
                        changed = commit.changed;
                        commit.batch
                    }
                    Piece::Rows(rows) => {
                        let adopted = inner.replica.adopt(rows, clock::now_ms());
                        inverse.extend(adopted.changed.iter().map(|key| into_bin(*key)));
                        changed = adopted.changed;
                        adopted.batch
                    }
                };
                inner.told(Stored::Here(&batch));
                inner.wait(batch, false);
            });
            self.take_in_pieces(&changed).await;
            told(done + 1);
        }
        if let Some(signature) = signature.filter(|_| !inverse.is_empty()) {
            let mut own = Bulk::default();
            if self.prepare_edit(&mut own, signature).is_ok() && self.close_piece(&mut own).is_ok()
            {
                self.inner.update_value(|inner| {
                    for piece in own.pieces {
                        if let Piece::Edits(piece) = piece {
                            let commit = inner.replica.apply(piece, false);
                            inner.told(Stored::Here(&commit.batch));
                            inner.wait(commit.batch, false);
                        }
                    }
                });
            }
        }
        self.go_on_writing();
        if inverse.is_empty() {
            return Ok(None);
        }
        self.revision.update(|revision| *revision += 1);
        Ok(Some(Undo {
            inverse: Arc::new(inverse),
            remembered: false,
        }))
    }

    /// Does a large act, prepared and in effect in pieces.
    ///
    /// # Errors
    /// [`TooLong`]; the person has been told.
    pub async fn act_in_pieces(self, changes: Vec<Change>) -> Result<Option<Undo>, TooLong> {
        let mut bulk = Bulk::default();
        let mut until = clock::now_ms() + PIECE_MS;
        for change in changes {
            self.prepare_edit(&mut bulk, edit_of(change, Subject::default()))?;
            if bulk.edits.is_empty() && clock::now_ms() >= until {
                TimeoutFuture::new(0).await;
                until = clock::now_ms() + PIECE_MS;
            }
        }
        self.commit_bulk(bulk, |_| ()).await
    }

    /// Whether an act is better taken back in pieces.
    pub(super) fn is_large(undo: &Undo) -> bool {
        undo.inverse.len() >= MANY
    }

    /// Takes a large act back in pieces.
    pub(super) async fn undo_in_pieces(self, undo: Undo) {
        let mut bulk = Bulk::default();
        for edit in undo.inverse.iter() {
            let pieces = bulk.pieces();
            // What was stored before is never too long.
            if self.prepare_edit(&mut bulk, edit.clone()).is_err() {
                return;
            }
            if bulk.pieces() > pieces {
                TimeoutFuture::new(0).await;
            }
        }
        // Too long is said already; without changes there is nothing to do.
        let _ = self.commit_bulk(bulk, |_| ()).await;
    }

    /// Reads changed rows into the book, a few at a time.
    async fn take_in_pieces(self, changed: &[RowKey]) {
        let mut until = clock::now_ms() + PIECE_MS;
        for rows in changed.chunks(ROWS_A_LOOK) {
            self.inner.update_value(|inner| inner.take(rows));
            if clock::now_ms() >= until {
                TimeoutFuture::new(0).await;
                until = clock::now_ms() + PIECE_MS;
            }
        }
        TimeoutFuture::new(0).await;
    }

    /// From now on batches wait and become one, in their order.
    fn hold_writing(self) {
        self.inner.update_value(|inner| {
            inner.held.get_or_insert_with(Batch::new);
        });
        self.saved.set(super::SaveState::Saving);
    }

    /// What waited is written.
    fn go_on_writing(self) {
        self.inner.update_value(|inner| {
            if let Some(batch) = inner.held.take()
                && !batch.is_empty()
            {
                inner.wait(batch, false);
            }
        });
        self.write_waiting();
    }
}
