//! Which epoch of the endpoint was asked for the blobs that it had:
//!
//! ```text
//! team/blobs := epoch[16]                                              (on the meta shelf)
//! ```

use crate::storage::{Batch, KeyRange, Records, Shelf};
use crate::wire::Epoch;

const KEY: &[u8] = b"team/blobs";

/// Notes in which epoch the endpoint was asked for the blobs that both had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked;

impl Asked {
    /// Where it is noted, on the meta shelf. It is forgotten with everything else of the team.
    #[must_use]
    pub fn meta_range() -> KeyRange {
        KeyRange::one(KEY)
    }

    /// Whether the endpoint has to be asked in this epoch. `meta` is what lies under
    /// [`Asked::meta_range`]. At first it has to be as well: the book may bring along what it says of
    /// the endpoint of another team.
    #[must_use]
    pub fn is_due(meta: &Records, epoch: Epoch) -> bool {
        let noted = meta.iter().find(|(key, _)| key == KEY);
        noted.is_none_or(|(_, noted)| noted.as_slice() != epoch.0)
    }

    /// Notes that it was asked, and has what it lacked.
    #[must_use]
    pub fn note(epoch: Epoch) -> Batch {
        let mut batch = Batch::new();
        batch.put(Shelf::Meta, KEY, epoch.0);
        batch
    }
}
