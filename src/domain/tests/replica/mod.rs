//! A book and the registers that it is read from, as a replica keeps them.

use std::collections::BTreeMap;
use tongxing_domain::book::Book;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, DELETED, FieldSource, YES};

/// Registers as a replica keeps them, for reading records back.
#[derive(Default)]
pub(crate) struct Registers {
    plain: BTreeMap<u16, Vec<u8>>,
    sets: BTreeMap<(u16, Vec<u8>), Vec<u8>>,
}

impl FieldSource for Registers {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.plain.get(&number).map(Vec::as_slice)
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for ((_, member), value) in self
            .sets
            .range((number, Vec::new())..(number + 1, Vec::new()))
        {
            if value == YES {
                each(member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.plain.get(&DELETED).is_some_and(|value| value == YES)
    }
}

/// A book and the registers that it is read from.
#[derive(Default)]
pub(crate) struct Replica {
    pub(crate) book: Book,
    rows: BTreeMap<(u16, Uuid), Registers>,
}

impl Replica {
    pub(crate) fn write(&mut self, changes: &[Change]) {
        let mut touched = Vec::new();
        for change in changes {
            let row = self.rows.entry((change.table, change.id)).or_default();
            if change.member.is_empty() {
                row.plain.insert(change.field, change.value.clone());
            } else {
                row.sets
                    .insert((change.field, change.member.clone()), change.value.clone());
            }
            touched.push((change.table, change.id));
        }
        touched.dedup();
        for (table, id) in touched {
            assert!(self.book.take(table, id, &self.rows[&(table, id)]));
        }
    }

    /// How many rows there are, in the bin or not.
    pub(crate) fn rows(&self) -> usize {
        self.rows.len()
    }
}
