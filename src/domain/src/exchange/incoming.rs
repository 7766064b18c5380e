//! Reading a file of another system by its preset.

use super::moments::{read_date, read_minute};
use super::orders::Orders;
use super::preset::{Cell, Preset, Settled, Shape};
use crate::book::Book;
use crate::date::{Date, Minute};
use crate::id::{FreshId, Id, Uuid};
use crate::import::directory::{Directory, name_key};
use crate::import::{CellError, CellFault, Grid, excerpt, unguarded};
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::schema::{Change, Fault, Record, bin_any, changes, problems_with, value_changes};
use crate::tables::{Contact, Dealer, ForeignRecord};
use crate::text::fold;
use crate::value::{Kind, Link, Misread, Value};
use std::collections::{BTreeMap, HashMap};

/// What a file holds and the book cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unheld {
    /// The column, or the column and a word in it.
    pub what: String,
    /// In how many rows.
    pub rows: usize,
}

/// A file of another system, read and not yet written.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Every register to write, all or nothing; empty while there are errors.
    pub changes: Vec<Change>,
    /// Rows that are new.
    pub new: usize,
    /// Rows that change what is there.
    pub updated: usize,
    /// Rows that are there already.
    pub same: usize,
    /// What is wrong, by row and column.
    pub errors: Vec<CellError>,
    /// What the book cannot hold, to be told before anything is written.
    pub unheld: Vec<Unheld>,
}

/// Reads a file by a preset. A row whose id of the other system is known updates what it was
/// before; a blank cell leaves what is there.
///
/// # Errors
/// The headers of needed columns that the file lacks.
pub fn incoming(
    book: &Book,
    preset: &'static Preset,
    grid: &Grid,
    today: Date,
    fresh: FreshId<'_>,
) -> Result<Incoming, Vec<&'static str>> {
    let columns: Vec<Option<usize>> = preset
        .columns
        .iter()
        .map(|column| {
            column.headers.iter().find_map(|header| {
                let wanted = fold(header);
                grid.headings()
                    .iter()
                    .position(|heading| fold(heading) == wanted)
            })
        })
        .collect();
    let lacking: Vec<&'static str> = preset
        .columns
        .iter()
        .zip(&columns)
        .filter(|(column, place)| column.needed && place.is_none())
        .filter_map(|(column, _)| column.headers.first().copied())
        .collect();
    if !lacking.is_empty() {
        return Err(lacking);
    }
    let mut reader = Reader {
        book,
        preset,
        grid,
        today,
        columns,
        directory: Directory::of(book),
        people: people(book, preset),
        known: HashMap::new(),
        pending: BTreeMap::new(),
        order: Vec::new(),
        foreign: Vec::new(),
        unheld: BTreeMap::new(),
        orders: Orders::of(book, preset),
        out: Incoming::default(),
    };
    for at in 0..grid.rows() {
        reader.row(at, fresh);
    }
    reader.columns_left_out();
    Ok(reader.finish())
}

/// The contacts by dealer and name, where the preset is of contacts.
fn people(book: &Book, preset: &Preset) -> HashMap<(Id<Dealer>, String), Uuid> {
    if preset.table != Contact::NUMBER {
        return HashMap::new();
    }
    let mut contacts: Vec<_> = book.contacts.iter().collect();
    contacts.sort_unstable_by_key(|contact| std::cmp::Reverse(contact.id));
    contacts
        .into_iter()
        .map(|contact| ((contact.dealer, name_key(&contact.name)), contact.id.uuid()))
        .collect()
}

/// What one row says.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) key: String,
    pub(super) dealer: Option<Id<Dealer>>,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) start: Option<Minute>,
    pub(super) end: Option<Minute>,
    pub(super) status: Option<Settled>,
    pub(super) settled_on: Option<Minute>,
    pub(super) amount: Option<Fen>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) values: Vec<(usize, Value)>,
}

pub(super) struct Reader<'a> {
    book: &'a Book,
    pub(super) preset: &'static Preset,
    grid: &'a Grid,
    pub(super) today: Date,
    columns: Vec<Option<usize>>,
    directory: Directory,
    people: HashMap<(Id<Dealer>, String), Uuid>,
    /// Records by the key of the other system, of this file.
    known: HashMap<String, Uuid>,
    /// What each record shall hold, by the place of the field.
    pending: BTreeMap<Uuid, BTreeMap<usize, Value>>,
    order: Vec<(usize, Uuid)>,
    foreign: Vec<(String, Uuid)>,
    unheld: BTreeMap<String, usize>,
    orders: Orders,
    out: Incoming,
}

impl Reader<'_> {
    fn fail(&mut self, at: usize, place: usize, fault: CellFault) {
        self.out.errors.push(CellError {
            line: self.grid.line(at),
            column: self.grid.column_name(place),
            fault,
            found: excerpt(self.grid.cell(at, place)),
        });
    }

    fn row(&mut self, at: usize, fresh: FreshId<'_>) {
        let errors = self.out.errors.len();
        let mut parts = Parts::default();
        for (column, place) in self.preset.columns.iter().zip(self.columns.clone()) {
            let Some(place) = place else { continue };
            let text = unguarded(self.grid.cell(at, place)).trim();
            if text.is_empty() {
                if column.needed {
                    self.fail(at, place, Fault::Missing.into());
                }
                continue;
            }
            if let Err(fault) = self.cell(&mut parts, column.cell, place, text) {
                self.fail(at, place, fault);
            }
        }
        if self.out.errors.len() > errors {
            return;
        }
        if self.preset.shape == Shape::Order {
            let place = self.columns.iter().flatten().copied().last().unwrap_or(0);
            if let Err(fault) = self.order(&parts) {
                self.fail(at, place, fault);
            }
            return;
        }
        self.assemble(&mut parts);
        match self.identity(&parts, fresh) {
            Ok(id) => {
                if !parts.key.is_empty() {
                    self.known.insert(parts.key.clone(), id);
                    self.foreign.push((parts.key, id));
                }
                self.order.push((at, id));
                self.pending.entry(id).or_default().extend(parts.values);
            }
            Err(fault) => {
                let place = self.columns.iter().flatten().copied().next().unwrap_or(0);
                self.fail(at, place, fault);
            }
        }
    }

    /// Takes in one cell that is not blank.
    fn cell(
        &mut self,
        parts: &mut Parts,
        cell: Cell,
        place: usize,
        text: &str,
    ) -> Result<(), CellFault> {
        let date = || read_date(text).ok_or(CellFault::Misread(Misread::Date));
        let minute = || read_minute(text).ok_or(CellFault::Misread(Misread::Minute));
        match cell {
            Cell::Key => parts.key = text.to_owned(),
            Cell::GivenName => parts.given = text.to_owned(),
            Cell::FamilyName => parts.family = text.to_owned(),
            Cell::Dealer => parts.dealer = Some(self.directory.find(text, "")?),
            Cell::Start => parts.start = Some(minute()?),
            Cell::End => parts.end = Some(minute()?),
            Cell::SettledOn => parts.settled_on = Some(minute()?),
            Cell::From => parts.from = Some(date()?),
            Cell::Until => parts.until = Some(date()?),
            Cell::Amount => {
                let amount = Fen::parse(text).ok_or(CellFault::Misread(Misread::Number))?;
                parts.amount = Some(amount);
            }
            Cell::Status(words) => {
                let found = words.iter().find(|(word, _)| fold(word) == fold(text));
                parts.status = found.map(|(_, settled)| *settled);
                // Of words that mean the same here, only the first is given back.
                let first = words.iter().find(|(_, s)| Some(*s) == parts.status);
                if found.map(|(word, _)| *word) != first.map(|(word, _)| *word) || found.is_none() {
                    self.unheld(place, text);
                }
            }
            Cell::Choice(key, words) => {
                let found = words.iter().find(|(word, _)| fold(word) == fold(text));
                match found {
                    Some((word, code)) => {
                        self.set(parts, key, Value::Choice(*code));
                        let first = words.iter().find(|(_, other)| other == code);
                        if first.map(|(first, _)| *first) != Some(*word) {
                            self.unheld(place, text);
                        }
                    }
                    None => match self.read(key, text) {
                        Ok(value) => self.set(parts, key, value),
                        Err(_) => self.unheld(place, text),
                    },
                }
            }
            Cell::Field(key) => match self.read(key, text) {
                Ok(value) => self.set(parts, key, value),
                // A word of a list that we do not have is no mistake of the file.
                Err(CellFault::Misread(Misread::Choice)) => self.unheld(place, text),
                Err(fault) => return Err(fault),
            },
        }
        Ok(())
    }

    fn unheld(&mut self, place: usize, text: &str) {
        let what = format!("{}: {}", self.grid.column_name(place), excerpt(text));
        *self.unheld.entry(what).or_default() += 1;
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        Book::table(self.preset.table)?.position(key)
    }

    pub(super) fn set(&self, parts: &mut Parts, key: &str, value: Value) {
        if let Some(place) = self.place(key) {
            parts.values.push((place, value));
        }
    }

    fn read(&self, key: &str, text: &str) -> Result<Value, CellFault> {
        let table = Book::table(self.preset.table);
        let spec = table.and_then(|table| table.fields.get(table.position(key)?));
        let kind = spec.map_or(Kind::Flag, |spec| spec.kind);
        Ok(match kind {
            Kind::Date => Value::Date(read_date(text).ok_or(Misread::Date)?),
            Kind::Minute => Value::Minute(read_minute(text).ok_or(Misread::Minute)?),
            kind => kind.read(text)?,
        })
    }

    fn order(&mut self, parts: &Parts) -> Result<(), CellFault> {
        let (Some(dealer), Some(day), Some(amount)) = (parts.dealer, parts.until, parts.amount)
        else {
            return Err(Fault::Missing.into());
        };
        if day > self.today {
            return Err(CellFault::FutureMonth);
        }
        self.orders.put(&parts.key, dealer, day, Quantity(amount.0));
        Ok(())
    }

    /// The record that a row is: by its key, by what it is called, or a new one.
    fn identity(&self, parts: &Parts, fresh: FreshId<'_>) -> Result<Uuid, CellFault> {
        let (system, module) = (self.preset.system, self.preset.module);
        if !parts.key.is_empty() {
            let foreign = ForeignRecord::id_for(system, module, &parts.key);
            let held = self.book.foreign_records.get(foreign);
            let about = held.and_then(|foreign| foreign.about);
            let there = about
                .filter(|about| about.table == self.preset.table)
                .filter(|about| self.book.any(about.table, about.id).is_some())
                .map(|about| about.id);
            if let Some(id) = self.known.get(&parts.key).copied().or(there) {
                return Ok(id);
            }
        }
        let text = |key: &str| {
            let place = self.place(key);
            let found = parts
                .values
                .iter()
                .rfind(|(other, _)| Some(*other) == place);
            match found {
                Some((_, Value::Text(text))) => text.clone(),
                _ => String::new(),
            }
        };
        match self.preset.table {
            Dealer::NUMBER => match self.directory.find(&text("name"), &text("code")) {
                Ok(dealer) => Ok(dealer.uuid()),
                Err(CellFault::NoSuchDealer) => Ok(fresh()),
                Err(fault) => Err(fault),
            },
            Contact::NUMBER => {
                let key = (parts.dealer.unwrap_or_default(), name_key(&text("name")));
                Ok(self.people.get(&key).copied().unwrap_or_else(fresh))
            }
            _ => Ok(fresh()),
        }
    }

    /// Counts the cells of columns that the preset does not know.
    fn columns_left_out(&mut self) {
        for place in 0..self.grid.columns() {
            if self.columns.contains(&Some(place)) {
                continue;
            }
            let rows = (0..self.grid.rows())
                .filter(|at| !self.grid.cell(*at, place).trim().is_empty())
                .count();
            if rows > 0 {
                self.unheld.insert(self.grid.column_name(place), rows);
            }
        }
    }

    fn finish(mut self) -> Incoming {
        self.write_records();
        if self.preset.shape == Shape::Order {
            match self.orders.changes(self.book, self.today) {
                Ok(written) => {
                    self.out.new = written.new;
                    self.out.updated = written.updated;
                    self.out.same = written.same;
                    self.out.changes.extend(written.changes);
                }
                Err(fault) => self.fail(0, 0, fault),
            }
        }
        let (system, module) = (self.preset.system, self.preset.module);
        for (key, id) in std::mem::take(&mut self.foreign) {
            let foreign = ForeignRecord::id_for(system, module, &key);
            let before = self.book.foreign_records.get_any(foreign);
            let after = ForeignRecord {
                system: Some(system),
                module: module.to_owned(),
                key,
                about: Some(Link {
                    table: self.preset.table,
                    id,
                }),
                ..ForeignRecord::with_id(foreign)
            };
            let before = before.map(std::sync::Arc::as_ref);
            self.out.changes.extend(changes(before, &after));
            if before.is_some_and(|before| before.state.deleted) {
                self.out
                    .changes
                    .push(bin_any(ForeignRecord::NUMBER, foreign.uuid(), false));
            }
        }
        self.out.unheld = self
            .unheld
            .into_iter()
            .map(|(what, rows)| Unheld { what, rows })
            .collect();
        if !self.out.errors.is_empty() {
            self.out.changes.clear();
        }
        self.out
    }

    fn write_records(&mut self) {
        let Some(table) = Book::table(self.preset.table) else {
            return;
        };
        let mut done = std::collections::BTreeSet::new();
        for (at, id) in std::mem::take(&mut self.order) {
            if !done.insert(id) {
                self.out.same += 1;
                continue;
            }
            let Some(values) = self.pending.get(&id) else {
                continue;
            };
            let there = self.book.any(table.number, id);
            let empty = self.book.empty(table.number, id);
            let Some(base) = there.or(empty.as_deref()) else {
                continue;
            };
            let values: Vec<(usize, Value)> = values
                .iter()
                .map(|(place, value)| (*place, value.clone()))
                .collect();
            let known: Vec<_> = match there {
                Some(row) => problems_with(row, &[]).unwrap_or_default(),
                None => Vec::new(),
            };
            for problem in problems_with(base, &values).unwrap_or_default() {
                if !known.contains(&problem) {
                    self.out.errors.push(CellError {
                        line: self.grid.line(at),
                        column: table
                            .position(problem.field)
                            .and_then(|place| table.fields.get(place))
                            .map_or_else(String::new, |spec| {
                                format!("{} / {}", spec.label.zh, spec.label.en)
                            }),
                        fault: problem.fault.into(),
                        found: String::new(),
                    });
                }
            }
            let before = |place| there.map_or(Value::Empty, |row| row.value(place));
            let after = |place| {
                let own = values.iter().find(|(other, _)| *other == place);
                own.map_or_else(|| before(place), |(_, value)| value.clone())
            };
            let written = value_changes(table, id, &before, &after);
            let binned = there.is_some_and(|row| row.row_state().deleted);
            match there {
                None => self.out.new += 1,
                Some(_) if written.is_empty() && !binned => self.out.same += 1,
                Some(_) => self.out.updated += 1,
            }
            self.out.changes.extend(written);
            if there.is_none() || binned {
                self.out.changes.push(bin_any(table.number, id, false));
            }
        }
    }
}
