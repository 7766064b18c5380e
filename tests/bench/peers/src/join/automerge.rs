//! Automerge.

use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, ObjId, ObjType, ROOT, ReadDoc as _};

use super::Book;
use crate::Failed;
use crate::dealers::{self, Edit, FIELDS, ROWS};

const DEALERS: &str = "dealers";

/// A document with one map of dealers.
pub(super) struct Automerge(AutoCommit);

impl Automerge {
    fn dealer(document: &AutoCommit, row: usize) -> Result<ObjId, Failed> {
        let dealers = document.get(ROOT, DEALERS)?.ok_or("no dealers")?.1;
        let dealer = document.get(dealers, dealers::id(row))?;
        Ok(dealer.ok_or("no such dealer")?.1)
    }
}

impl Book for Automerge {
    fn prepare() -> Result<(Vec<u8>, Vec<u8>), Failed> {
        let mut document = AutoCommit::new().with_actor(ActorId::from([1; 16]));
        let dealers = document.put_object(ROOT, DEALERS, ObjType::Map)?;
        for row in 0..ROWS {
            let dealer = document.put_object(&dealers, dealers::id(row), ObjType::Map)?;
            for (field, name) in FIELDS.iter().enumerate() {
                document.put(&dealer, *name, dealers::value(row, field))?;
            }
        }
        document.commit();
        let book = document.save();
        let heads = document.get_heads();
        let mut colleague = document.fork().with_actor(ActorId::from([2; 16]));
        for edit in dealers::edits() {
            let dealer = Self::dealer(&colleague, edit.row)?;
            colleague.put(dealer, FIELDS[edit.field], edit.value)?;
        }
        colleague.commit();
        Ok((book, colleague.save_after(&heads)))
    }

    fn open(book: &[u8]) -> Result<Self, Failed> {
        Ok(Self(AutoCommit::load(book)?))
    }

    fn merge(&mut self, edits: &[u8]) -> Result<(), Failed> {
        self.0.load_incremental(edits)?;
        Ok(())
    }

    fn has(&self, edit: &Edit) -> bool {
        Self::dealer(&self.0, edit.row)
            .ok()
            .and_then(|dealer| self.0.get(dealer, FIELDS[edit.field]).ok().flatten())
            .is_some_and(|(value, _)| value.as_str() == Some(&edit.value))
    }
}
