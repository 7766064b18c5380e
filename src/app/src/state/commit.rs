//! What a person's act writes, and the way back.

use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::goals::Signature;
use tongxing_domain::id::{Id, IdMap, Uuid};
use tongxing_domain::schema::{Change, Record};
use tongxing_domain::tables::{Dealer, Meeting};
use tongxing_domain::value::{Kind, Value};
use tongxing_sync::activity::Subject;
use tongxing_sync::replica::Edit;

/// The way back from one act: the registers that restore what was before it.
#[derive(Clone, Debug)]
pub struct Undo {
    /// Restores what was before.
    pub(super) inverse: Arc<Vec<Edit>>,
    /// Whether the change list remembers it, as it does what it takes back.
    pub(super) remembered: bool,
}

impl Undo {
    /// The way back from this act and from one that was done after it.
    pub fn and(self, later: Self) -> Self {
        Self {
            inverse: Arc::new(
                later
                    .inverse
                    .iter()
                    .chain(&*self.inverse)
                    .cloned()
                    .collect(),
            ),
            remembered: self.remembered || later.remembered,
        }
    }
}

/// What a person's act writes.
#[derive(Debug, Default)]
pub struct Act {
    /// The registers to write, all or none.
    pub changes: Vec<Change>,
    /// Whether the change list remembers who changed what: not for a whole import.
    pub remembered: bool,
    /// Files that the records name, by their id; stored together with the registers. Undoing leaves
    /// them: what follows from its content does no harm.
    pub blobs: Vec<(String, Vec<u8>)>,
}

impl Act {
    /// An act that the change list remembers.
    pub fn of(changes: Vec<Change>) -> Self {
        Self {
            changes,
            remembered: true,
            blobs: Vec::new(),
        }
    }

    /// Many records at once, such as an import.
    pub fn in_bulk(changes: Vec<Change>) -> Self {
        Self {
            remembered: false,
            ..Self::of(changes)
        }
    }

    /// The act with a drawn signature that one of its records names.
    pub fn signed(mut self, signature: &Signature) -> Self {
        self.blobs
            .push((signature.id(), signature.path().into_bytes()));
        self
    }
}

/// The dealer under whose name each changed record's activity is listed: the record's own
/// dealer, its meeting's, or nobody.
pub(super) fn subjects(book: &Book, changes: &[Change]) -> IdMap<(u16, Uuid), Subject> {
    let mut found = IdMap::default();
    // What the act itself writes goes before what stands in the book.
    for change in changes {
        if let Some(dealer) = written_dealer(book, change) {
            found.insert((change.table, change.id), subject(dealer));
        }
    }
    for change in changes {
        found.entry((change.table, change.id)).or_insert_with(|| {
            if change.table == Dealer::NUMBER {
                return subject(change.id);
            }
            let reference = |key| match book.value(change.table, change.id, key)? {
                Value::Ref(id) => Some(id),
                _ => None,
            };
            let dealer =
                reference("dealer").or_else(|| dealer_of_meeting(book, reference("meeting")?));
            subject(dealer.unwrap_or_default())
        });
    }
    found
}

fn subject(dealer: Uuid) -> Subject {
    Subject(*dealer.as_bytes())
}

/// The dealer that a change ties its record to, directly or by a meeting.
fn written_dealer(book: &Book, change: &Change) -> Option<Uuid> {
    let field = book.spec(change.table)?.numbered(change.field)?;
    let Kind::Ref(table) = field.kind else {
        return None;
    };
    let Value::Ref(id) = Value::from_bytes(field.kind, &change.value)? else {
        return None;
    };
    match (field.key, table) {
        ("dealer", Dealer::NUMBER) => Some(id),
        // Only where the record has no dealer of its own.
        ("meeting", _) if book.spec(change.table)?.position("dealer").is_none() => {
            dealer_of_meeting(book, id)
        }
        _ => None,
    }
}

fn dealer_of_meeting(book: &Book, meeting: Uuid) -> Option<Uuid> {
    book.meetings
        .get_any(Id::<Meeting>::new(meeting))
        .map(|meeting| meeting.dealer.uuid())
}
