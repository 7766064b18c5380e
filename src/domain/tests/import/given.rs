//! What the tests start from.

use crate::replica::Replica;
use std::sync::Arc;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::import::{self, FileError, Grid, Import, Mapping};
use tongxing_domain::tables::Dealer;

impl Replica {
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
        // Ids that no earlier commit gave.
        let mut next = self.rows() as u128 * 1000;
        let changes = import
            .changes(&self.book, &mut || {
                next += 1;
                Uuid::from_u128(next)
            })
            .unwrap();
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
