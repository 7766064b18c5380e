//! Loro.

use loro::{ExportMode, LoroDoc, LoroMap, LoroValue, ValueOrContainer};

use super::Book;
use crate::Failed;
use crate::dealers::{self, Edit, FIELDS, ROWS};

const DEALERS: &str = "dealers";

/// A document with one map of dealers.
pub(super) struct Loro(LoroDoc);

impl Loro {
    fn dealer(document: &LoroDoc, row: usize) -> Result<LoroMap, Failed> {
        let dealer = document.get_map(DEALERS).get(&dealers::id(row));
        let dealer = dealer.and_then(|dealer| dealer.into_container().ok());
        let dealer = dealer.and_then(|dealer| dealer.into_map().ok());
        dealer.ok_or_else(|| "no such dealer".into())
    }
}

impl Book for Loro {
    fn prepare() -> Result<(Vec<u8>, Vec<u8>), Failed> {
        let document = LoroDoc::new();
        document.set_peer_id(1)?;
        let dealers = document.get_map(DEALERS);
        for row in 0..ROWS {
            let dealer = dealers.insert_container(&dealers::id(row), LoroMap::new())?;
            for (field, name) in FIELDS.iter().enumerate() {
                dealer.insert(name, dealers::value(row, field))?;
            }
        }
        document.commit();
        let book = document.export(ExportMode::Snapshot)?;
        let colleague = Self::open(&book)?.0;
        colleague.set_peer_id(2)?;
        for edit in dealers::edits() {
            Self::dealer(&colleague, edit.row)?.insert(FIELDS[edit.field], edit.value)?;
        }
        colleague.commit();
        let edits = colleague.export(ExportMode::updates(&document.oplog_vv()))?;
        Ok((book, edits))
    }

    fn open(book: &[u8]) -> Result<Self, Failed> {
        let document = LoroDoc::new();
        document.import(book)?;
        // It unpacks what is asked for; here that is all of it, so that merging need not.
        document.get_deep_value();
        Ok(Self(document))
    }

    fn merge(&mut self, edits: &[u8]) -> Result<(), Failed> {
        self.0.import(edits)?;
        Ok(())
    }

    fn has(&self, edit: &Edit) -> bool {
        let dealer = Self::dealer(&self.0, edit.row);
        match dealer.map(|dealer| dealer.get(FIELDS[edit.field])) {
            Ok(Some(ValueOrContainer::Value(LoroValue::String(value)))) => **value == edit.value,
            _ => false,
        }
    }
}
