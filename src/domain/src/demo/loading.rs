//! Loading the demo book, again too: whatever an earlier demo left in the bin is brought back as
//! the new one has it.

use crate::book::Book;
use crate::schema::{Change, bin_any, changes_of_any, fill, rows_of};

/// The registers that bring a demo book, as [`book`](super::book) writes it, into a book. Records of an
/// earlier demo that are in the bin come back with the new content; what only they had is emptied.
pub fn loading(into: &Book, written: &[Change]) -> Vec<Change> {
    let mut out = Vec::with_capacity(written.len());
    for ((table, id), fields) in &rows_of(written) {
        let Some(mut after) = into.empty(*table, *id) else {
            continue;
        };
        fill(&mut *after, fields);
        let before = into.any(*table, *id);
        out.extend(changes_of_any(before, &*after));
        if before.is_some_and(|before| before.row_state().deleted) {
            out.push(bin_any(*table, *id, false));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{add_days, parse_date};
    use crate::demo::{book, is_present, removal};
    use crate::id::Uuid;
    use std::collections::BTreeMap;

    /// The registers of one row by field and member.
    type Registers = BTreeMap<(u16, Vec<u8>), Change>;

    /// A book and the registers that it is read from.
    #[derive(Default)]
    struct Kept {
        book: Book,
        rows: BTreeMap<(u16, Uuid), Registers>,
    }

    impl Kept {
        fn write(&mut self, written: Vec<Change>) {
            let mut touched = Vec::new();
            for change in written {
                let row = (change.table, change.id);
                touched.push(row);
                let register = (change.field, change.member.clone());
                self.rows.entry(row).or_default().insert(register, change);
            }
            touched.sort_unstable();
            touched.dedup();
            for (table, id) in touched {
                let registers: Vec<_> = self.rows[&(table, id)].values().cloned().collect();
                for fields in rows_of(&registers).values() {
                    self.book.take(table, id, fields);
                }
            }
        }
    }

    fn promises(book: &Book) -> Vec<crate::tables::Promise> {
        let mut all: Vec<_> = book
            .promises
            .iter()
            .map(|promise| (**promise).clone())
            .collect();
        all.sort_by_key(|promise| promise.id);
        all
    }

    #[test]
    fn a_demo_that_is_loaded_again_another_day_is_that_days_demo() {
        let today = parse_date("2026-03-10").unwrap();
        let later = add_days(today, 45);
        let mut again = Kept::default();
        again.write(loading(&again.book, &book(today, 1)));
        assert!(is_present(&again.book));
        again.write(removal(&again.book));
        assert!(!is_present(&again.book));
        again.write(loading(&again.book, &book(later, 1)));
        let mut fresh = Kept::default();
        fresh.write(loading(&fresh.book, &book(later, 1)));
        assert_eq!(promises(&again.book), promises(&fresh.book));
        assert_eq!(again.book.meetings.len(), fresh.book.meetings.len());
    }

    #[test]
    fn a_demo_that_is_there_already_changes_nothing() {
        let today = parse_date("2026-03-10").unwrap();
        let mut kept = Kept::default();
        kept.write(loading(&kept.book, &book(today, 1)));
        assert_eq!(loading(&kept.book, &book(today, 1)), []);
    }
}
