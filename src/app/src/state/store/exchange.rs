//! What the team's driver does with the store: it is told of every commit, and brings in rows that
//! came from elsewhere.

use super::{SaveState, Store};
use crate::platform::indexed_db::IndexedDb;
use futures::channel::oneshot;
use std::rc::Rc;
use tongxing_sync::replica::{Edit, Replica};
use tongxing_sync::row::RowKey;
use tongxing_sync::storage::{Batch, StorageError};
use tongxing_view::prelude::*;

/// What was changed on this device.
#[derive(Clone, Copy, Debug)]
pub(in crate::state) enum Stored<'a> {
    /// This tab committed; its batch is on its way to the disk.
    Here(&'a Batch),
    /// Another tab did, and the disk has it.
    Elsewhere,
    /// Nothing was; but somebody wants to see a blob that is not here.
    Wanted(&'a str),
}

/// Is told what was changed on this device. It must not use the store.
pub(in crate::state) type Listener = Rc<dyn Fn(Stored<'_>)>;

impl Store {
    /// The disk.
    pub(in crate::state) fn disk(self) -> IndexedDb {
        self.inner.with_value(|inner| inner.disk.clone())
    }

    /// Tells `listener` what is changed on this device from now on, instead of the one before.
    pub(in crate::state) fn follow(self, listener: Option<Listener>) {
        self.inner.update_value(|inner| inner.listener = listener);
    }

    /// What the endpoint's time adds to the device's, in milliseconds, for stamps to come.
    pub(in crate::state) fn set_offset(self, offset_ms: i64) {
        self.inner.update_value(|inner| inner.offset_ms = offset_ms);
    }

    /// Folds nothing more: what is in memory is about to be forgotten and must not be written again.
    pub(in crate::state) fn fold_no_more(self) {
        self.inner.update_value(|inner| inner.folds = false);
    }

    /// Works with the replica. What comes of it has to be handed to [`Store::take_received`] at
    /// once. `None` only while the page is being closed.
    pub(in crate::state) fn with_replica<R>(
        self,
        work: impl FnOnce(&mut Replica) -> R,
    ) -> Option<R> {
        self.inner
            .try_update_value(|inner| work(&mut inner.replica))
    }

    /// Writes a batch after all before it, and shows the rows that changed.
    pub(in crate::state) fn take_received(self, batch: Batch, changed: &[RowKey]) {
        self.inner.update_value(|inner| {
            inner.take(changed);
            if !batch.is_empty() {
                inner.wait(batch, false);
            }
        });
        if !changed.is_empty() {
            self.revision.update(|revision| *revision += 1);
        }
        self.write_waiting();
    }

    /// Writes what is no person's act: what this device tells the others of itself.
    pub(in crate::state) fn note(self, edits: Vec<Edit>) {
        self.commit(edits, false, Vec::new());
    }

    /// Blobs have come from elsewhere and are on the disk.
    pub(in crate::state) fn blobs_have_come(self) {
        self.blobs.update(|blobs| *blobs += 1);
    }

    /// Waits until everything handed out so far is on the disk.
    ///
    /// # Errors
    /// See [`StorageError`]; the person has been told, and can try again.
    pub async fn on_disk(self) -> Result<(), StorageError> {
        self.on_disk_but(0).await
    }

    /// Waits until no more than so many batches are on their way to the disk.
    ///
    /// # Errors
    /// As [`Store::on_disk`].
    pub(in crate::state) async fn on_disk_but(self, batches: usize) -> Result<(), StorageError> {
        loop {
            let state = self.saved.get_untracked();
            let waiting = || self.inner.with_value(|inner| inner.waiting.len());
            match state {
                SaveState::Saved => return Ok(()),
                SaveState::Failed(error) => return Err(error),
                SaveState::Saving if batches > 0 && waiting() <= batches => return Ok(()),
                SaveState::Saving => {
                    let (tell, told) = oneshot::channel();
                    self.inner.update_value(|inner| inner.written.push(tell));
                    // A store that is going tells nobody any more.
                    let _ = told.await;
                }
            }
        }
    }
}
