//! The book as it lies on the disk, read anew: for the worker, which has no page to ask.

use tongxing_domain::book::Book;
use tongxing_rows::book_of;
use tongxing_sync::hlc::DeviceId;
use tongxing_sync::replica::Opening;
use tongxing_sync::storage::{KeyRange, Shelf, Storage, StorageError};

use super::indexed_db::IndexedDb;

/// The book of the store with this name. What cannot be read stays out; opening the app tells of it.
///
/// # Errors
/// See [`StorageError`].
pub async fn read(store: &str) -> Result<Book, StorageError> {
    let disk = IndexedDb::open(store).await?;
    // Nothing is written, so whose opening this is does not matter.
    let mut opening = Opening::new(DeviceId(1));
    // The journal first: what is folded into segments in between is then read twice, not missed.
    opening.journal(disk.read(Shelf::Journal, KeyRange::all(), None).await?);
    opening.segments(disk.read(Shelf::Segments, KeyRange::all(), None).await?);
    Ok(book_of(&opening.finish().replica))
}
