//! Commits: what a person edits, applied to memory at once and handed out to be written.

use thiserror::Error;

use super::{BULK_ROWS, OpenActivity, Replica};
use crate::activity::{Activity, Change, Identity, Subject, window_of};
use crate::hlc::Hlc;
use crate::outbox::{Outbox, Unsent};
use crate::row::{FieldKey, RegisterRef, Row, RowError, RowKey, check_limits};
use crate::storage::{Batch, Shelf};

/// One value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The row; it is created if it is not there.
    pub key: RowKey,
    /// The field, or the member of a set.
    pub field: FieldKey,
    /// The value; empty bytes mean "no value".
    pub value: Vec<u8>,
    /// What the row's activity belongs to. Of several edits of one row the first one's counts.
    pub subject: Subject,
}

/// Edits that take effect together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRequest {
    /// The edits. Of several to one field the last one counts.
    pub edits: Vec<Edit>,
    /// The name of whoever makes them, for the activity.
    pub author: String,
    /// The device's wall time, in Unix milliseconds.
    pub now_ms: u64,
    /// What the endpoint's time adds to it, in milliseconds; 0 when unknown.
    pub offset_ms: i64,
    /// Whether the edits leave a line in the activity.
    pub record_activity: bool,
}

/// What came of a commit. Memory has it already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// To be written; empty if every value was there already.
    pub batch: Batch,
    /// The rows that changed, ascending.
    pub changed: Vec<RowKey>,
    /// The edits that undo it: old values written anew, new rows deleted.
    pub inverse: Vec<Edit>,
    /// The stamp of its registers. One that replaces a register with a stamp from the future has
    /// the next stamp after that instead.
    pub stamp: Hlc,
}

/// Edits that were checked and stamped, and take effect with [`Replica::apply`]. A large commit is
/// prepared and applied in pieces, so that whoever waits for it can do something else in between;
/// dropping the pieces gives it up.
#[derive(Debug)]
pub struct Prepared {
    stamp: Hlc,
    rows: Vec<(RowKey, Row)>,
    outbox: Outbox,
    inverse: Vec<Edit>,
    activities: Vec<Activity>,
}

/// Why nothing was committed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("field {field} cannot be stored: {reason}")]
pub struct CommitError {
    /// The row of the edit that is at fault.
    pub key: RowKey,
    /// Its field.
    pub field: u16,
    /// What is wrong with it: a value or a member is too long.
    pub reason: RowError,
}

impl Replica {
    /// Applies edits to memory and hands out the batch that stores them: journal, outbox,
    /// the clock where the journal does not tell it and, if asked for, activity. Values that are there already are skipped.
    ///
    /// # Errors
    /// [`CommitError`] if a value or a member is too long; nothing is applied then.
    pub fn commit(&mut self, request: CommitRequest) -> Result<Commit, CommitError> {
        let prepared = self.prepare(request)?;
        let bulk = self.creates(&prepared) > BULK_ROWS;
        Ok(self.apply(prepared, bulk))
    }

    /// Checks and stamps edits for [`Replica::apply`]; nothing but the clock changes.
    ///
    /// # Errors
    /// [`CommitError`] if a value or a member is too long.
    pub fn prepare(&mut self, request: CommitRequest) -> Result<Prepared, CommitError> {
        let CommitRequest {
            edits,
            author,
            now_ms,
            offset_ms,
            record_activity,
        } = request;
        for edit in &edits {
            check_limits(&edit.field.member, &edit.value).map_err(|reason| CommitError {
                key: edit.key,
                field: edit.field.number,
                reason,
            })?;
        }
        let edits = self.effective(edits);
        let mut prepared = Prepared {
            stamp: self.clock.last(),
            rows: Vec::new(),
            outbox: Outbox::default(),
            inverse: Vec::new(),
            activities: Vec::new(),
        };
        if edits.is_empty() {
            return Ok(prepared);
        }
        prepared.stamp = self.clock.tick(now_ms, offset_ms);
        for edits in edits.chunk_by(|a, b| a.key == b.key) {
            let Some(Edit { key, subject, .. }) = edits.first() else {
                continue;
            };
            let written = self.write(edits, prepared.stamp);
            let unsent = written.unsent(edits);
            prepared.outbox.entries.insert(*key, unsent);
            prepared.inverse.extend(written.inverse(edits));
            if record_activity {
                let identity = Identity {
                    subject: *subject,
                    window: window_of(prepared.stamp.ms()),
                    row: *key,
                    device: self.device(),
                    author: author.clone(),
                };
                prepared.activities.push(written.activity(edits, identity));
            }
            prepared.rows.push((*key, written.delta));
        }
        Ok(prepared)
    }

    /// How many new rows a prepared commit has.
    fn creates(&self, prepared: &Prepared) -> usize {
        let rows = prepared.rows.iter();
        rows.filter(|(key, _)| self.book.row(key).is_none()).count()
    }

    /// Applies prepared edits to memory and hands out the batch that stores them. `bulk` puts new
    /// rows straight into segments of their own; a piece should then have about as many of each
    /// table as fill one.
    pub fn apply(&mut self, prepared: Prepared, bulk: bool) -> Commit {
        let mut commit = Commit {
            batch: Batch::new(),
            changed: prepared.rows.iter().map(|(key, _)| *key).collect(),
            inverse: prepared.inverse,
            stamp: prepared.stamp,
        };
        if prepared.rows.is_empty() {
            return commit;
        }
        let key = self.next_commit_key();
        let outbox = prepared.outbox.encode();
        commit.batch.put(Shelf::Outbox, key.to_bytes(), outbox);
        self.keep(key, prepared.rows, bulk, &mut commit.batch);
        self.record(prepared.activities, commit.stamp, &mut commit.batch);
        commit
    }

    /// The last edit of every field, ascending by row and field, without those that change
    /// nothing.
    fn effective(&self, mut edits: Vec<Edit>) -> Vec<Edit> {
        // The sort is stable: of equal places the last edit now comes first, and is kept.
        edits.reverse();
        edits.sort_by(|a, b| (a.key, &a.field).cmp(&(b.key, &b.field)));
        edits.dedup_by(|later, first| (later.key, &later.field) == (first.key, &first.field));
        edits.retain(|edit| {
            let present = self
                .book
                .row(&edit.key)
                .and_then(|row| row.member(edit.field.number, &edit.field.member));
            present.map_or(&[][..], |register| register.value) != edit.value
        });
        edits
    }

    /// What the edits of one row write, and what was there before.
    fn write(&self, edits: &[Edit], stamp: Hlc) -> Written {
        let row = edits.first().and_then(|edit| self.book.row(&edit.key));
        let mut registers = Vec::with_capacity(edits.len());
        let mut before = Vec::with_capacity(edits.len());
        for Edit { field, value, .. } in edits {
            let present = row.and_then(|row| row.member(field.number, &field.member));
            // Whoever sees a value and replaces it comes after it, even if its stamp lies in the
            // future because another device's time was wrong.
            let hlc = present.map_or(stamp, |old| stamp.max(old.hlc.successor(self.device())));
            registers.push(RegisterRef {
                number: field.number,
                member: &field.member,
                hlc,
                value,
            });
            before.push(Before {
                base: present.map_or(Hlc::ZERO, |old| old.hlc),
                old: present.map(|old| old.value.into()),
                hlc,
            });
        }
        Written {
            created: row.is_none(),
            delta: Row::pack(&registers),
            before,
        }
    }

    /// Nothing is added to records of activity under these keys any more: what comes next in their window
    /// goes into records of its own.
    #[cfg(feature = "team")]
    pub(crate) fn close_activities(&mut self, keys: &[Vec<u8>]) {
        if keys.is_empty() {
            return;
        }
        self.activities
            .retain(|_, open| !keys.contains(&open.activity.shelf_key(open.begun)));
    }

    /// Puts activities into the batch, each joined with what this opening recorded before in the
    /// same window.
    fn record(&mut self, activities: Vec<Activity>, stamp: Hlc, batch: &mut Batch) {
        let window = window_of(stamp.ms());
        self.activities
            .retain(|_, open| open.activity.identity.window == window);
        for activity in activities {
            let place = (activity.identity.row, activity.identity.subject);
            let open = match self.activities.remove(&place) {
                // Another author's edits are another activity.
                Some(open) if open.activity.identity == activity.identity => open.with(&activity),
                _ => OpenActivity {
                    activity,
                    begun: stamp,
                },
            };
            let key = open.activity.shelf_key(open.begun);
            batch.put(Shelf::Activity, key, open.activity.encode());
            self.activities.insert(place, open);
        }
    }
}

impl OpenActivity {
    fn with(mut self, activity: &Activity) -> Self {
        self.activity.join(activity);
        self
    }
}

/// What one row's edits write.
struct Written {
    created: bool,
    delta: Row,
    /// Per edit.
    before: Vec<Before>,
}

/// What one edit replaced, and the stamp that it got.
struct Before {
    base: Hlc,
    old: Option<Box<[u8]>>,
    hlc: Hlc,
}

impl Written {
    fn unsent(&self, edits: &[Edit]) -> Unsent {
        if self.created {
            return Unsent::Whole;
        }
        let bases = edits.iter().zip(&self.before);
        Unsent::Fields(
            bases
                .map(|(edit, before)| (edit.field.clone(), before.base))
                .collect(),
        )
    }

    fn inverse(&self, edits: &[Edit]) -> Vec<Edit> {
        if self.created {
            let deletion = edits.first().map(|edit| Edit {
                field: FieldKey::deletion(),
                value: vec![1],
                ..edit.clone()
            });
            return deletion.into_iter().collect();
        }
        let restored = edits.iter().zip(&self.before).map(|(edit, before)| Edit {
            key: edit.key,
            field: edit.field.clone(),
            value: before.old.clone().unwrap_or_default().into_vec(),
            subject: edit.subject,
        });
        restored.collect()
    }

    fn activity(&self, edits: &[Edit], identity: Identity) -> Activity {
        let changes = edits.iter().zip(&self.before).map(|(edit, before)| {
            let change = Change {
                old: before.old.clone(),
                new: edit.value.clone().into(),
                first: before.hlc,
                last: before.hlc,
            };
            (edit.field.clone(), change)
        });
        Activity {
            identity,
            changes: changes.collect(),
        }
    }
}
