//! Loading the demo book, again too: whatever an earlier demo left in the bin is brought back as
//! the new one has it.

use super::book;
use crate::book::{Book, Table};
use crate::date::Date;
use crate::id::{Id, Uuid};
use crate::schema::{Change, DELETED, FieldSource, Record, YES, bin, changes, read};
use std::collections::BTreeMap;

/// The registers that bring the demo book of a day into a book. Records of an earlier demo that
/// are in the bin come back with the new content; what only they had is emptied.
pub fn loading(into: &Book, today: Date, seed: u64) -> Vec<Change> {
    let written = book(today, seed);
    let mut rows: BTreeMap<(u16, Uuid), Fields<'_>> = BTreeMap::new();
    for change in &written {
        let row = rows.entry((change.table, change.id)).or_default();
        row.0.push(change);
    }
    let mut out = Vec::with_capacity(written.len());
    for ((table, id), fields) in &rows {
        macro_rules! write {
            ($($field:ident),+) => {$(
                if *table == number(&into.$field) {
                    write_row(&into.$field, *id, fields, &mut out);
                }
            )+};
        }
        write!(
            dealers,
            contacts,
            needs,
            promises,
            metrics,
            readings,
            goals,
            milestones,
            plans,
            steps,
            meetings,
            agenda_items,
            actions,
            issues,
            schemes,
            scheme_versions,
            enrolments,
            statements,
            targets,
            scorecards,
            scorecard_versions,
            evaluations,
            support_requests,
            materials,
            material_moves,
            courses,
            classes,
            attendances,
            custom_fields,
            custom_values,
            views,
            foreign_records
        );
    }
    out
}

fn number<T: Record>(_: &Table<T>) -> u16 {
    T::NUMBER
}

fn write_row<T: Record>(table: &Table<T>, id: Uuid, fields: &Fields<'_>, out: &mut Vec<Change>) {
    let id = Id::<T>::new(id);
    let before = table.get_any(id);
    let after = read::<T>(id, fields);
    out.extend(changes(before.map(|before| &**before), &after));
    if before.is_some_and(|before| before.state().deleted) {
        out.push(bin::<T>(id, false));
    }
}

/// The registers of one row as they are to be written.
#[derive(Default)]
struct Fields<'a>(Vec<&'a Change>);

impl FieldSource for Fields<'_> {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|change| change.field == number && change.member.is_empty())
            .map(|change| change.value.as_slice())
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for change in &self.0 {
            if change.field == number && !change.member.is_empty() && change.value == YES {
                each(&change.member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.field(DELETED) == Some(YES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{add_days, parse_date};
    use crate::demo::{is_present, removal};

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
                let fields = Fields(self.rows[&(table, id)].values().collect());
                self.book.take(table, id, &fields);
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
        again.write(loading(&again.book, today, 1));
        assert!(is_present(&again.book));
        again.write(removal(&again.book));
        assert!(!is_present(&again.book));
        again.write(loading(&again.book, later, 1));
        let mut fresh = Kept::default();
        fresh.write(loading(&fresh.book, later, 1));
        assert_eq!(promises(&again.book), promises(&fresh.book));
        assert_eq!(again.book.meetings.len(), fresh.book.meetings.len());
    }

    #[test]
    fn a_demo_that_is_there_already_changes_nothing() {
        let today = parse_date("2026-03-10").unwrap();
        let mut kept = Kept::default();
        kept.write(loading(&kept.book, today, 1));
        assert_eq!(loading(&kept.book, today, 1), []);
    }
}
