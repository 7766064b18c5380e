//! What the tests start from.

use std::collections::BTreeMap;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::import::{self, FileError, Grid, Import, Mapping};
use tongxing_domain::schema::{Change, DELETED, FieldSource, YES};
use tongxing_domain::tables::Dealer;

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
    next: u128,
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

    /// Imports a text as it is, with the mapping that is guessed; rows with errors are left
    /// out.
    pub(crate) fn import(&mut self, csv: &str) -> Import {
        let mut import = self.plan(csv);
        import.leave_out_errors(true);
        self.commit(&import);
        import
    }

    pub(crate) fn plan(&self, csv: &str) -> Import {
        let grid = grid(csv);
        let mapping = Mapping::guess_content(&grid, &self.book, today());
        Import::make(&self.book, grid, mapping, today()).unwrap()
    }

    pub(crate) fn commit(&mut self, import: &Import) {
        let mut next = self.next;
        let changes = import
            .changes(&self.book, &mut || {
                next += 1;
                Uuid::from_u128(next)
            })
            .unwrap();
        self.next = next;
        self.write(&changes);
    }

    pub(crate) fn dealer(&self, name: &str) -> Arc<Dealer> {
        let mut found = self
            .book
            .dealers
            .iter()
            .filter(|dealer| dealer.name == name);
        let dealer = found.next().unwrap_or_else(|| panic!("no dealer {name}"));
        assert!(found.next().is_none(), "two dealers {name}");
        Arc::clone(dealer)
    }

    pub(crate) fn dealer_id(&self, name: &str) -> Id<Dealer> {
        self.dealer(name).id
    }
}

pub(crate) fn today() -> Date {
    parse_date("2026-03-10").unwrap()
}

pub(crate) fn open(bytes: &[u8]) -> Result<Grid, FileError> {
    import::open(bytes, &import::decode::gb18030)
}

pub(crate) fn grid(csv: &str) -> Arc<Grid> {
    Arc::new(open(csv.as_bytes()).unwrap())
}

/// Every row of a grid, cell by cell.
pub(crate) fn cells(grid: &Grid) -> Vec<Vec<String>> {
    (0..grid.rows())
        .map(|row| grid.cells(row).map(str::to_owned).collect())
        .collect()
}
