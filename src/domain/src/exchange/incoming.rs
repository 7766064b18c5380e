//! Reading a file of another system by its preset.

use super::moments::{read_date, read_minute};
use super::orders::{Known, Order, Orders};
use super::preset::{Cell, Preset, Settled, Shape};
use crate::book::Book;
use crate::date::{Date, Minute};
use crate::id::{FreshId, Id, Uuid};
use crate::import::directory::name_key;
use crate::import::{
    CellError, CellFault, Choice, Column, Content, Draft, Grid, Import, Into, Likeness, Mapping,
    Row, RowRead, Scene, Twin, Verdict, lay_over,
};
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::schema::{Change, Fault, Record, TableSpec};
use crate::tables::{Contact, Dealer, ForeignRecord};
use crate::text::fold;
use crate::value::{Kind, Misread, Value};
use std::collections::HashMap;
use std::sync::Arc;

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

/// Reads a file by a preset, with the columns that its headers name. A row whose id of the other
/// system is known updates what it was before; a blank cell leaves what is there.
///
/// # Errors
/// The headers of needed columns that the file lacks.
pub fn incoming(
    book: &Book,
    preset: &'static Preset,
    grid: &Arc<Grid>,
    today: Date,
    fresh: FreshId<'_>,
) -> Result<Incoming, Vec<&'static str>> {
    let mapping = Mapping::guess(Content::Foreign(preset), grid, book, today);
    let import = Import::make(book, Arc::clone(grid), mapping, today);
    let import =
        import.map_err(|missing| missing.iter().map(|words| words.en).collect::<Vec<_>>())?;
    let mut out = Incoming {
        // While there are errors, or nothing to do, nothing is written.
        changes: import.changes(book, fresh).unwrap_or_default(),
        errors: import.errors().cloned().collect(),
        unheld: import.unheld(),
        ..Incoming::default()
    };
    for row in import.rows() {
        match (&row.verdict, import.choice(row.row)) {
            (Verdict::Error(_), _) => {}
            (Verdict::New, _) | (_, Some(Choice::Create)) => out.new += 1,
            (
                Verdict::Duplicate {
                    twin: Twin::Record(_),
                    ..
                }
                | Verdict::Update(_),
                _,
            ) => {
                out.updated += 1;
            }
            (Verdict::Same | Verdict::Duplicate { .. }, _) => out.same += 1,
        }
    }
    Ok(out)
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

/// The rows of a file of another system.
#[derive(Debug)]
pub(crate) struct ForeignRows {
    preset: &'static Preset,
    /// Which column of the file is which of the preset.
    columns: Vec<Option<usize>>,
    people: HashMap<(Id<Dealer>, String), Uuid>,
    /// Earlier rows by their key in the other system.
    known: HashMap<String, usize>,
    orders: Orders,
}

/// What a row is put together with.
pub(super) struct Reader {
    pub(super) preset: &'static Preset,
    pub(super) table: &'static TableSpec,
    pub(super) today: Date,
}

impl Reader {
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.table.position(key)
    }

    pub(super) fn set(&self, parts: &mut Parts, key: &str, value: Value) {
        if let Some(place) = self.place(key) {
            parts.values.push((place, value));
        }
    }

    fn read(&self, key: &str, text: &str) -> Result<Value, CellFault> {
        let spec = self
            .place(key)
            .and_then(|place| self.table.fields.get(place));
        let kind = spec.map_or(Kind::Flag, |spec| spec.kind);
        Ok(match kind {
            Kind::Date => Value::Date(read_date(text).ok_or(Misread::Date)?),
            Kind::Minute => Value::Minute(read_minute(text).ok_or(Misread::Minute)?),
            kind => kind.read(text)?,
        })
    }

    /// Takes in one cell that is not blank.
    fn cell(
        &self,
        scene: &Scene<'_>,
        row: &mut Row<'_>,
        parts: &mut Parts,
        (cell, place): (Cell, usize),
        text: &str,
    ) -> Result<(), CellFault> {
        let date = || read_date(text).ok_or(CellFault::Misread(Misread::Date));
        let minute = || read_minute(text).ok_or(CellFault::Misread(Misread::Minute));
        match cell {
            Cell::Key => parts.key = text.to_owned(),
            Cell::GivenName => parts.given = text.to_owned(),
            Cell::FamilyName => parts.family = text.to_owned(),
            Cell::Dealer => parts.dealer = Some(scene.directory.find(text, "")?),
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
                    row.has_no_place(place);
                }
            }
            Cell::Choice(key, words) => {
                let found = words.iter().find(|(word, _)| fold(word) == fold(text));
                match found {
                    Some((word, code)) => {
                        self.set(parts, key, Value::Choice(*code));
                        let first = words.iter().find(|(_, other)| other == code);
                        if first.map(|(first, _)| *first) != Some(*word) {
                            row.has_no_place(place);
                        }
                    }
                    None => match self.read(key, text) {
                        Ok(value) => self.set(parts, key, value),
                        Err(_) => row.has_no_place(place),
                    },
                }
            }
            Cell::Field(key) => match self.read(key, text) {
                Ok(value) => self.set(parts, key, value),
                // A word of a list that we do not have is no mistake of the file.
                Err(CellFault::Misread(Misread::Choice)) => row.has_no_place(place),
                Err(fault) => return Err(fault),
            },
        }
        Ok(())
    }

    /// What a row's record is called.
    fn text(&self, parts: &Parts, key: &str) -> String {
        let place = self.place(key);
        let found = parts
            .values
            .iter()
            .rfind(|(other, _)| Some(*other) == place);
        match found {
            Some((_, Value::Text(text))) => text.clone(),
            _ => String::new(),
        }
    }
}

/// Who a row is.
enum Who {
    /// The record that its key meant before.
    Known(Uuid),
    /// The record that is called the same.
    Called(Uuid),
    /// What an earlier row with the same key is.
    Row(usize),
    /// Nobody yet.
    New,
}

impl ForeignRows {
    pub(crate) fn of(book: &Book, preset: &'static Preset, mapping: &Mapping) -> Self {
        Self {
            preset,
            columns: (0..preset.columns.len())
                .map(|place| mapping.place_of(Column::Theirs(place)))
                .collect(),
            people: people(book, preset),
            known: HashMap::new(),
            orders: Orders::of(book, preset),
        }
    }

    pub(crate) fn read(&mut self, scene: &Scene<'_>, row: &mut Row<'_>, at: usize) -> RowRead {
        let reader = Reader {
            preset: self.preset,
            table: Content::Foreign(self.preset).table(),
            today: scene.today,
        };
        let mut parts = Parts::default();
        for (column, place) in self.preset.columns.iter().zip(&self.columns) {
            let Some(place) = *place else { continue };
            let text = row.text(Some(place));
            if text.is_empty() {
                if column.needed {
                    row.fail(place, Fault::Missing.into());
                }
                continue;
            }
            if let Err(fault) = reader.cell(scene, row, &mut parts, (column.cell, place), text) {
                row.fail(place, fault);
            }
        }
        let first = self.columns.iter().flatten().copied().next().unwrap_or(0);
        let name = self.name(scene, &reader, &parts);
        let nothing = |name| RowRead {
            name,
            verdict: Verdict::Same,
            drafts: Vec::new(),
        };
        if !row.is_sound() {
            return nothing(name);
        }
        if self.preset.shape == Shape::Order {
            let verdict = self
                .order(scene, &parts)
                .map_err(|fault| row.fail(first, fault));
            let verdict = verdict.unwrap_or(Verdict::Same);
            return RowRead {
                verdict,
                ..nothing(name)
            };
        }
        reader.assemble(&mut parts);
        let name = if name.is_empty() {
            self.name(scene, &reader, &parts)
        } else {
            name
        };
        let who = match self.who(scene, &reader, &parts) {
            Ok(who) => who,
            Err(fault) => {
                row.fail(first, fault);
                return nothing(name);
            }
        };
        let (verdict, into) = self.judge(scene, row, &parts, who);
        if row.is_sound() && !parts.key.is_empty() {
            self.known.entry(parts.key.clone()).or_insert(at);
        }
        let draft = Draft {
            key: parts.key,
            ..Draft::of(into, parts.values)
        };
        RowRead {
            name,
            verdict,
            drafts: vec![draft],
        }
    }

    fn judge(
        &self,
        scene: &Scene<'_>,
        row: &mut Row<'_>,
        parts: &Parts,
        who: Who,
    ) -> (Verdict, Into) {
        match who {
            Who::New => {
                lay_over(scene, row, None, &parts.values);
                (Verdict::New, Into::Fresh)
            }
            Who::Row(earlier) => {
                lay_over(scene, row, None, &parts.values);
                let twin = Twin::Line(scene.rows.get(earlier).map_or(0, |row| row.line));
                let likeness = Likeness::Code;
                (Verdict::Duplicate { twin, likeness }, Into::Row(earlier))
            }
            Who::Known(id) | Who::Called(id) => {
                let there = scene.book.any(self.preset.table, id);
                let changed = lay_over(scene, row, there, &parts.values);
                let binned = there.is_some_and(|row| row.row_state().deleted);
                let called = matches!(who, Who::Called(_));
                let verdict = if !changed.is_empty() && called {
                    let twin = Twin::Record(id);
                    let likeness = Likeness::Name;
                    Verdict::Duplicate { twin, likeness }
                } else if !changed.is_empty() || binned || (called && !parts.key.is_empty()) {
                    // A new id of the other system is worth keeping, too.
                    Verdict::Update(changed)
                } else {
                    Verdict::Same
                };
                (verdict, Into::Record(id))
            }
        }
    }

    /// What a row is called: as its record, or by the dealer that it belongs to.
    fn name(&self, scene: &Scene<'_>, reader: &Reader, parts: &Parts) -> String {
        let own = ["name", "title", "subject"];
        let own = own.iter().map(|key| reader.text(parts, key));
        let dealer = || {
            let dealer = scene.book.dealers.get(parts.dealer?)?;
            Some(dealer.name.clone())
        };
        let mut own = own.filter(|name| !name.is_empty());
        own.next().or_else(dealer).unwrap_or_default()
    }

    fn order(&mut self, scene: &Scene<'_>, parts: &Parts) -> Result<Verdict, CellFault> {
        let (Some(dealer), Some(day), Some(amount)) = (parts.dealer, parts.until, parts.amount)
        else {
            return Err(Fault::Missing.into());
        };
        if day > scene.today {
            return Err(CellFault::FutureMonth);
        }
        let order = Order {
            key: parts.key.clone(),
            dealer,
            day,
            amount: Quantity(amount.0),
        };
        Ok(match self.orders.put(order) {
            Known::No => Verdict::New,
            Known::Otherwise => Verdict::Update(Vec::new()),
            Known::Same => Verdict::Same,
        })
    }

    /// The registers of all orders, and of the months that they make up.
    pub(crate) fn order_changes(&self, book: &Book, today: Date) -> Result<Vec<Change>, CellFault> {
        match self.preset.shape {
            Shape::Order => self.orders.changes(book, today),
            _ => Ok(Vec::new()),
        }
    }

    /// Who a row is: by its key, by what it is called, or nobody yet.
    fn who(&self, scene: &Scene<'_>, reader: &Reader, parts: &Parts) -> Result<Who, CellFault> {
        let (system, module) = (self.preset.system, self.preset.module);
        let book = scene.book;
        if !parts.key.is_empty() {
            if let Some(earlier) = self.known.get(&parts.key) {
                return Ok(Who::Row(*earlier));
            }
            let foreign = ForeignRecord::id_for(system, module, &parts.key);
            let held = book.foreign_records.get(foreign);
            let about = held.and_then(|foreign| foreign.about);
            let there = about
                .filter(|about| about.table == self.preset.table)
                .filter(|about| book.any(about.table, about.id).is_some());
            if let Some(about) = there {
                return Ok(Who::Known(about.id));
            }
        }
        Ok(match self.preset.table {
            Dealer::NUMBER => {
                let (name, code) = (reader.text(parts, "name"), reader.text(parts, "code"));
                match scene.directory.find(&name, &code) {
                    Ok(dealer) => Who::Called(dealer.uuid()),
                    Err(CellFault::NoSuchDealer) => Who::New,
                    Err(fault) => return Err(fault),
                }
            }
            Contact::NUMBER => {
                let name = name_key(&reader.text(parts, "name"));
                let key = (parts.dealer.unwrap_or_default(), name);
                self.people
                    .get(&key)
                    .map_or(Who::New, |id| Who::Called(*id))
            }
            _ => Who::New,
        })
    }
}
