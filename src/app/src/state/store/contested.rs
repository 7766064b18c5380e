//! What two members edited apart: the conflicts that the merge found, as the book keeps them.

use super::Store;
use crate::platform::{clock, random_ids};
use crate::state::commit::{Act, Undo, subjects};
use crate::state::rows::{change_of, edit_of, record_of, row_key};
use tongxing_domain::demo::apart::{Apart, COLLEAGUE, Hand};
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::Change;
use tongxing_sync::activity::Subject;
use tongxing_sync::author;
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::outbox::Outbox;
use tongxing_sync::replica::{CommitRequest, Edit, Opening, Replica};
use tongxing_sync::row::{FieldKey, Row, RowId, RowKey};
use tongxing_sync::storage::{Batch, Shelf, Write};
use tongxing_view::prelude::*;

/// Whose hand it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// This device's.
    Me,
    /// Another device's, with the name of whoever uses it.
    Named(String),
    /// Another device's, whose user has given no name.
    Unknown,
}

/// A value of a field, and who wrote it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The register's bytes; empty for no value.
    pub value: Vec<u8>,
    /// When, in Unix milliseconds.
    pub ms: u64,
    /// Who.
    pub by: By,
}

/// A field of a record, or one member of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The table's number.
    pub table: u16,
    /// The record.
    pub record: Uuid,
    /// The field's number.
    pub field: u16,
    /// The member of a set; empty for a plain field.
    pub member: Vec<u8>,
}

/// Two edits of one field, neither of which knew of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested {
    /// The id of the conflict's own row.
    pub id: Uuid,
    /// What was edited.
    pub place: Place,
    /// The edit that the merge kept.
    pub kept: Written,
    /// The edit that it did not keep.
    pub lost: Written,
    /// What the field holds now, if anything was ever written.
    pub now: Option<Written>,
    /// Who decided it and when; `None` while it waits.
    pub decided: Option<(u64, By)>,
}

impl Store {
    /// Every conflict that was found, decided ones included; tracked.
    pub fn contested(self) -> Vec<Contested> {
        self.revision.track();
        self.contested_now()
    }

    /// As [`Store::contested`], once.
    pub fn contested_now(self) -> Vec<Contested> {
        self.inner.with_value(|inner| {
            let rows = inner.replica.rows(conflict::TABLE);
            rows.filter_map(|(id, row)| contested(&inner.replica, id, row))
                .collect()
        })
    }

    /// The conflicts that nobody has decided yet; tracked. Decided ones cost next to nothing here:
    /// this is asked after every edit.
    pub fn undecided(self) -> Vec<Contested> {
        self.revision.track();
        self.inner.with_value(|inner| {
            let rows = inner.replica.rows(conflict::TABLE);
            rows.filter(|(_, row)| !Conflict::is_resolved(row))
                .filter_map(|(id, row)| contested(&inner.replica, id, row))
                .collect()
        })
    }

    /// What a record's fields hold, and who wrote each of them when.
    pub fn written(self, table: u16, id: Uuid) -> Vec<(Place, Written)> {
        self.inner.with_value(|inner| {
            let row = inner.replica.row(&row_key(table, id));
            row.into_iter()
                .flatten()
                .map(|at| {
                    let place = Place {
                        table,
                        record: id,
                        field: at.number,
                        member: at.member.to_vec(),
                    };
                    let written = Written {
                        value: at.value.to_vec(),
                        ms: at.hlc.ms(),
                        by: by(&inner.replica, at.hlc),
                    };
                    (place, written)
                })
                .collect()
        })
    }

    /// Whose device has this id.
    pub fn by(self, device: DeviceId) -> By {
        self.inner
            .with_value(|inner| by(&inner.replica, Hlc::new(0, 0, device)))
    }

    /// Notes that a person has decided a conflict; it belongs into one act with what was decided.
    pub fn decision(self, id: Uuid) -> Option<Change> {
        self.inner.with_value(|inner| {
            let row = inner
                .replica
                .row(&RowKey::new(conflict::TABLE, RowId(*id.as_bytes())))?;
            let found = Conflict::from_row(row)?;
            Some(change_of(found.resolution(Subject::default())))
        })
    }

    /// Lets a colleague's tablet and this one edit a goal of the demo book apart, and joins both
    /// as a team's are joined.
    pub fn edit_apart(self, story: &Apart) {
        let Ok(device) = random_ids::random_device() else {
            return;
        };
        let (table, id) = story.place();
        let key = row_key(table, id);
        let author = self.author.get_untracked();
        let subjects = self.peek(|book| subjects(book, &story.ours.changes));
        let subject = subjects.get(&(table, id)).copied().unwrap_or_default();
        self.inner.update_value(|inner| {
            let Some(together) = inner.replica.row(&key).cloned() else {
                return;
            };
            let mut other = Opening::new(device).finish().replica;
            let then = ms_of(&story.colleague);
            other.receive(vec![(key, together)], then);
            let signed = author::signature(&other, COLLEAGUE);
            let edits = edits_of(&story.colleague, subject).chain(signed).collect();
            if other.commit(request(edits, COLLEAGUE, then)).is_err() {
                return;
            }
            let edits = edits_of(&story.ours, subject).collect();
            let Ok(ours) = inner
                .replica
                .commit(request(edits, &author, ms_of(&story.ours)))
            else {
                return;
            };
            let unsent = waiting(&ours.batch, key);
            inner.take(&ours.changed);
            inner.wait(ours.batch, false);
            let mut rows = Vec::new();
            if let (Some(ours), Some(theirs)) = (inner.replica.row(&key), other.row(&key)) {
                let found = conflict::find(key, ours, unsent.as_ref(), theirs, false);
                rows.extend(found.iter().map(|found| (found.row_key(), found.to_row())));
                rows.push((key, theirs.clone()));
            }
            let name = author::row_key(other.device());
            rows.extend(other.row(&name).map(|row| (name, row.clone())));
            let received = inner.replica.receive(rows, clock::now_ms());
            inner.take(&received.changed);
            inner.wait(received.batch, false);
        });
        self.revision.update(|revision| *revision += 1);
        self.write_waiting();
    }

    /// Does an act as if it had been done at an earlier time; the way back is for the caller to
    /// offer.
    pub fn act_at(self, act: Act, ms: u64) -> Option<Undo> {
        let edits = self.edits(act.changes, act.remembered);
        self.commit_at(edits, act.remembered, act.blobs, ms.min(clock::now_ms()))
    }
}

fn contested(replica: &Replica, id: RowId, row: &Row) -> Option<Contested> {
    let found = Conflict::from_row(row)?;
    let written = |hlc: Hlc, value: &[u8]| Written {
        value: value.to_vec(),
        ms: hlc.ms(),
        by: by(replica, hlc),
    };
    let now = replica
        .row(&found.key)
        .and_then(|row| row.member(found.field.number, &found.field.member))
        .map(|at| written(at.hlc, at.value));
    Some(Contested {
        id: Uuid::from_bytes(id.0),
        kept: written(found.kept.hlc, &found.kept.value),
        lost: written(found.lost.hlc, &found.lost.value),
        now,
        decided: Conflict::resolved_at(row).map(|at| (at.ms(), by(replica, at))),
        place: Place::of(found.key, &found.field),
    })
}

fn by(replica: &Replica, at: Hlc) -> By {
    if at.device() == replica.device() {
        return By::Me;
    }
    let row = replica.row(&author::row_key(at.device()));
    match row.and_then(author::name) {
        Some(name) => By::Named(name.to_owned()),
        None => By::Unknown,
    }
}

fn ms_of(hand: &Hand) -> u64 {
    clock::ms_of(hand.at).unwrap_or_else(clock::now_ms)
}

fn edits_of(hand: &Hand, subject: Subject) -> impl Iterator<Item = Edit> {
    let changes = hand.changes.iter().cloned();
    changes.map(move |change| edit_of(change, subject))
}

fn request(edits: Vec<Edit>, author: &str, now_ms: u64) -> CommitRequest {
    CommitRequest {
        edits,
        author: author.to_owned(),
        now_ms,
        offset_ms: 0,
        record_activity: true,
    }
}

/// What of a row waits to be sent after the commit with this batch.
fn waiting(batch: &Batch, key: RowKey) -> Option<tongxing_sync::outbox::Unsent> {
    let records = batch.writes().iter().filter_map(|write| match write {
        Write::Put {
            shelf: Shelf::Outbox,
            value,
            ..
        } => Outbox::decode(value).ok(),
        _ => None,
    });
    Outbox::fold(records).entries.remove(&key)
}

impl Place {
    /// The change that writes bytes here.
    pub fn holding(&self, value: Vec<u8>) -> Change {
        Change {
            table: self.table,
            id: self.record,
            field: self.field,
            member: self.member.clone(),
            value,
        }
    }

    /// Where an edit of the change list was made.
    pub fn of(row: RowKey, field: &FieldKey) -> Self {
        let (table, record) = record_of(row);
        Self {
            table,
            record,
            field: field.number,
            member: field.member.to_vec(),
        }
    }
}
