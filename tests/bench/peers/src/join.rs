//! Merging what a colleague edited: 5,000 fields of a book of 10,000 dealers that is in memory.
//!
//! Everybody has the same dealers and edits, holds them as the library's documents advise (a map of maps,
//! so that two edits of one dealer both stay), gets the edits as the bytes that travel, and is done when
//! they are in memory. The edits are one transaction of the colleague's, which is the quickest for all:
//! ours stamps each field in any case. The second merge of the process counts, the first is a cold one.

mod automerge;
mod loro;
mod ours;
mod yrs;

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};

use crate::Failed;
use crate::dealers::Edit;

/// A book that can be merged into.
trait Book: Sized {
    /// The whole book as bytes, at rest or for a first download, and a colleague's edits as they travel.
    fn prepare() -> Result<(Vec<u8>, Vec<u8>), Failed>;
    /// Brings the book into memory, every row of it ready to be read.
    fn open(book: &[u8]) -> Result<Self, Failed>;
    /// Merges the edits.
    fn merge(&mut self, edits: &[u8]) -> Result<(), Failed>;
    /// Whether an edit is there.
    fn has(&self, edit: &Edit) -> bool;
}

/// Measures the library of a name.
pub(crate) fn measure(peer: &str) -> Result<Value, Failed> {
    match peer {
        "ours" => second_merge::<ours::Ours>(),
        "automerge" => second_merge::<automerge::Automerge>(),
        "yrs" => second_merge::<yrs::Yrs>(),
        "loro" => second_merge::<loro::Loro>(),
        _ => Err(format!("nobody is called {peer}").into()),
    }
}

fn second_merge<B: Book>() -> Result<Value, Failed> {
    let (bytes, edits) = B::prepare()?;
    let mut last = 0.0;
    for _ in 0..2 {
        let mut book = B::open(&bytes)?;
        let start = Instant::now();
        book.merge(black_box(&edits))?;
        last = start.elapsed().as_secs_f64() * 1_000.0;
        if !crate::dealers::edits().all(|edit| book.has(&edit)) {
            return Err("an edit is missing".into());
        }
    }
    Ok(json!({ "ms": last, "rest_bytes": bytes.len(), "wire_bytes": edits.len() }))
}
