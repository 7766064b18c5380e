//! Records of the book by what they are called.

use super::content::title_of;
use super::directory::{Directory, name_key};
use super::fault::CellFault;
use crate::book::Book;
use crate::id::{Id, Uuid};
use crate::schema::{AnyRecord, Record};
use crate::tables::{Dealer, Metric};
use crate::value::Value;
use crate::words::words;
use std::collections::HashMap;

/// Records of some tables by what they are called.
#[derive(Debug, Default)]
pub(super) struct Names {
    tables: HashMap<u16, HashMap<String, Vec<Uuid>>>,
}

/// What a record is called; empty when its table has no name for it.
pub(super) fn title(row: &dyn AnyRecord) -> String {
    match title_of(row.table()).map(|place| row.value(place)) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}

/// The dealer that a record belongs to.
fn dealer_of(row: &dyn AnyRecord) -> Option<Uuid> {
    match row.value(row.table().position("dealer")?) {
        Value::Ref(id) => Some(id),
        _ => None,
    }
}

impl Names {
    /// The records of the tables with these numbers.
    pub(super) fn of(book: &Book, tables: impl Iterator<Item = u16>) -> Self {
        let mut names = Self::default();
        for table in tables {
            // Dealers and metrics go by more than their names.
            if table == Dealer::NUMBER || table == Metric::NUMBER {
                continue;
            }
            let known = names.tables.entry(table).or_default();
            if !known.is_empty() {
                continue;
            }
            for row in book.rows(table) {
                let name = name_key(&title(row));
                if !name.is_empty() {
                    known.entry(name).or_default().push(row.uuid());
                }
            }
        }
        names
    }

    /// The one record of a table that a cell means: by its name, or by its id. Of several with
    /// one name, the one that belongs to the same dealer.
    pub(super) fn find(
        &self,
        book: &Book,
        directory: &Directory,
        table: u16,
        text: &str,
        dealer: Option<Uuid>,
    ) -> Result<Uuid, CellFault> {
        if let Ok(id) = Uuid::parse_str(text)
            && book.any(table, id).is_some()
        {
            return Ok(id);
        }
        if table == Dealer::NUMBER {
            let found = directory.find(text, "").or_else(|fault| match fault {
                CellFault::NoSuchDealer => directory.find("", text),
                fault => Err(fault),
            });
            return found.map(Id::uuid);
        }
        if table == Metric::NUMBER {
            let metric = book.metric_named(text).ok_or(CellFault::NoSuchMetric)?;
            return Ok(metric.id.uuid());
        }
        let label = Book::table(table).map_or(words("", ""), |table| table.label);
        let named = self
            .tables
            .get(&table)
            .and_then(|names| names.get(&name_key(text)));
        let named = named.map_or(&[][..], Vec::as_slice);
        if let [only] = named {
            return Ok(*only);
        }
        let own = |id: &&Uuid| {
            let row = book.any(table, **id);
            dealer.is_some() && row.and_then(dealer_of) == dealer
        };
        let mut own = named.iter().filter(own);
        match (own.next(), own.next()) {
            (Some(only), None) => Ok(*only),
            _ if named.is_empty() => Err(CellFault::NoSuchRecord(label)),
            _ => Err(CellFault::ManyRecords(label)),
        }
    }
}
