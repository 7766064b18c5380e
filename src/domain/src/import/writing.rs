//! From rows that were gone through to registers, in pieces.

use super::content::Content;
use super::plan::{Import, Seen};
use super::verdict::{Blocked, Choice, Draft, Into, Progress};
use crate::book::Book;
use crate::custom;
use crate::id::{FreshId, Id, Uuid};
use crate::schema::{Change, Record, bin_any, changes, value_changes};
use crate::tables::{CustomField, ForeignRecord};
use crate::value::{Link, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// An import on its way into registers: first every row is laid into its record, then the
/// registers of each record are told.
#[derive(Debug, Default)]
pub struct Writing {
    rows: usize,
    /// Into which record a row went.
    written: HashMap<usize, Uuid>,
    records: HashMap<Uuid, Pending>,
    order: Vec<Uuid>,
    told: usize,
    done: bool,
}

/// What one record shall hold.
#[derive(Debug, Default)]
struct Pending {
    values: BTreeMap<usize, Value>,
    customs: BTreeMap<Id<CustomField>, (Arc<CustomField>, String)>,
    keys: Vec<String>,
}

impl Import {
    /// Begins to write, all or nothing, for the book as it is now: what changed since the rows
    /// were gone through is taken into account.
    ///
    /// # Errors
    /// [`Blocked`], which says what to do first.
    pub fn begin_writing(&self) -> Result<Writing, Blocked> {
        if !self.progress().is_complete() {
            return Err(Blocked::Unfinished);
        }
        let errors = self.counts().error;
        if errors > 0 && !self.leaves_out_errors() {
            return Err(Blocked::Errors { rows: errors });
        }
        Ok(Writing::default())
    }

    /// The next registers, of at most so many rows or records; `None` once all were told. A
    /// record's registers are told together.
    ///
    /// # Errors
    /// [`Blocked::Overflow`].
    pub fn write_on(
        &self,
        book: &Book,
        writing: &mut Writing,
        most: usize,
        fresh: FreshId<'_>,
    ) -> Result<Option<Vec<Change>>, Blocked> {
        if writing.rows < self.rows().len() {
            let end = writing.rows.saturating_add(most).min(self.rows().len());
            for at in writing.rows..end {
                self.lay(writing, at, fresh);
            }
            writing.rows = end;
            return Ok(Some(Vec::new()));
        }
        let mut out = Vec::new();
        if writing.told < writing.order.len() {
            let end = writing.told.saturating_add(most).min(writing.order.len());
            for id in writing.order.get(writing.told..end).unwrap_or_default() {
                if let Some(record) = writing.records.remove(id) {
                    self.tell(book, *id, &record, &mut out);
                }
            }
            writing.told = end;
            return Ok(Some(out));
        }
        if writing.done {
            return Ok(None);
        }
        writing.done = true;
        if let Seen::Foreign(rows) = self.seen() {
            out = rows
                .order_changes(book, self.today())
                .map_err(|_| Blocked::Overflow)?;
        }
        Ok(Some(out))
    }

    /// Every register to write, at once.
    ///
    /// # Errors
    /// [`Blocked`], which says what to do first.
    pub fn changes(&self, book: &Book, fresh: FreshId<'_>) -> Result<Vec<Change>, Blocked> {
        let mut writing = self.begin_writing()?;
        let mut changes = Vec::new();
        while let Some(more) = self.write_on(book, &mut writing, usize::MAX, fresh)? {
            changes.extend(more);
        }
        if changes.is_empty() {
            return Err(Blocked::NothingToDo);
        }
        Ok(changes)
    }

    /// Lays a row into its record.
    fn lay(&self, writing: &mut Writing, at: usize, fresh: FreshId<'_>) {
        let Some(row) = self.rows().get(at) else {
            return;
        };
        let choice = self.choice(row.row);
        if choice == Some(Choice::Skip) {
            return;
        }
        let own = choice == Some(Choice::Create);
        for draft in &row.drafts {
            let id = match draft.into {
                Into::Record(id) if !own || self.mapping().content() == Content::Readings => id,
                // The earlier row may have been left out; then this one stands alone.
                Into::Row(earlier) if !own => match writing.written.get(&earlier) {
                    Some(id) => *id,
                    None => fresh(),
                },
                _ => fresh(),
            };
            writing.written.insert(row.row, id);
            let record = writing.records.entry(id).or_insert_with(|| {
                writing.order.push(id);
                Pending::default()
            });
            record.take(draft);
        }
    }

    /// The registers of one record and of what hangs on it.
    fn tell(&self, book: &Book, id: Uuid, record: &Pending, out: &mut Vec<Change>) {
        let content = self.mapping().content();
        let table = content.table();
        let there = book.any(table.number, id);
        let before = |place| there.map_or(Value::Empty, |row| row.value(place));
        let after = |place| match record.values.get(&place) {
            Some(value) => value.clone(),
            None => before(place),
        };
        let written = value_changes(table, id, &before, &after);
        let binned = there.is_some_and(|row| row.row_state().deleted);
        let says_nothing = there.is_none() && written.is_empty() && record.customs.is_empty();
        out.extend(written);
        if (there.is_none() && !says_nothing) || binned {
            out.push(bin_any(table.number, id, false));
        }
        let about = Link {
            table: table.number,
            id,
        };
        for (field, text) in record.customs.values() {
            // The text was read by the field's own kind.
            out.extend(custom::set(book, field, about, text).unwrap_or_default());
        }
        if let Content::Foreign(preset) = content {
            for key in &record.keys {
                let id = ForeignRecord::id_for(preset.system, preset.module, key);
                let before = book.foreign_records.get_any(id);
                let after = ForeignRecord {
                    system: Some(preset.system),
                    module: preset.module.to_owned(),
                    key: key.clone(),
                    about: Some(about),
                    ..ForeignRecord::with_id(id)
                };
                out.extend(changes(before.map(Arc::as_ref), &after));
                if before.is_some_and(|before| before.state.deleted) {
                    out.push(bin_any(ForeignRecord::NUMBER, id.uuid(), false));
                }
            }
        }
    }
}

impl Writing {
    /// How far it has come, of the rows of the import.
    pub fn progress(&self, import: &Import) -> Progress {
        let total = import.rows().len();
        let told = match self.order.len() {
            0 => 0,
            records => self.told * total / records,
        };
        Progress {
            done: (self.rows + told) / 2,
            total,
        }
    }
}

impl Pending {
    fn take(&mut self, draft: &Draft) {
        self.values.extend(draft.values.iter().cloned());
        for (field, text) in &draft.customs {
            let held = (Arc::clone(field), text.clone());
            self.customs.insert(field.id, held);
        }
        if !draft.key.is_empty() {
            self.keys.push(draft.key.clone());
        }
    }
}
