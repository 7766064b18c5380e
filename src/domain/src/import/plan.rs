//! Going through the rows of a file: what each would do, and all registers to write.

use super::cells::Row;
use super::content::{Column, Content};
use super::directory::Directory;
use super::verdict::{
    Blocked, Choice, Counts, Draft, Into, Likeness, PlannedRow, Progress, Verdict,
};
use super::{Grid, Mapping};
use super::{contacts::ContactRows, dealers::DealerRows, readings::ReadingRows};
use crate::book::{Book, Table};
use crate::date::Date;
use crate::exchange::push_record;
use crate::id::{FreshId, Id};
use crate::schema::{Change, Record, WrongKind, bin, changes, problems};
use crate::value::Value;
use crate::words::{Lang, Words};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A file on its way into the book.
///
/// Rows are gone through in steps by [`Import::advance`], so that a page can show progress,
/// take input, and give up by dropping it. Nothing is written before [`Import::changes`] gives
/// every register at once.
#[derive(Debug)]
pub struct Import {
    grid: Arc<Grid>,
    mapping: Mapping,
    today: Date,
    directory: Directory,
    rows: Vec<PlannedRow>,
    counts: Counts,
    choices: HashMap<usize, Choice>,
    /// What earlier rows of the file hold, for finding duplicates among them.
    seen: Seen,
    leave_out_errors: bool,
}

/// What earlier rows of the file hold, by content.
#[derive(Debug)]
pub(super) enum Seen {
    Dealers(DealerRows),
    Contacts(ContactRows),
    Readings(ReadingRows),
}

/// What the readers of rows are given.
pub(super) struct Scene<'a> {
    pub(super) book: &'a Book,
    pub(super) directory: &'a Directory,
    pub(super) mapping: &'a Mapping,
    pub(super) today: Date,
    /// The rows before this one.
    pub(super) rows: &'a [PlannedRow],
}

/// A row as a reader understood it.
pub(super) struct Reading {
    pub(super) name: String,
    pub(super) verdict: Verdict,
    pub(super) drafts: Vec<Draft>,
}

impl Import {
    /// Begins with the first row.
    ///
    /// # Errors
    /// What still has to be mapped; see [`Mapping::missing`].
    pub fn start(
        book: &Book,
        grid: Arc<Grid>,
        mapping: Mapping,
        today: Date,
    ) -> Result<Self, Vec<Words>> {
        let missing = mapping.missing();
        if !missing.is_empty() {
            return Err(missing);
        }
        let seen = match mapping.content() {
            Content::Dealers => Seen::Dealers(DealerRows::default()),
            Content::Contacts => Seen::Contacts(ContactRows::of(book)),
            Content::Readings => Seen::Readings(ReadingRows::default()),
        };
        Ok(Self {
            rows: Vec::with_capacity(grid.rows()),
            grid,
            mapping,
            today,
            directory: Directory::of(book),
            counts: Counts::default(),
            choices: HashMap::new(),
            seen,
            leave_out_errors: false,
        })
    }

    /// Begins and goes through every row.
    ///
    /// # Errors
    /// What still has to be mapped; see [`Mapping::missing`].
    pub fn make(
        book: &Book,
        grid: Arc<Grid>,
        mapping: Mapping,
        today: Date,
    ) -> Result<Self, Vec<Words>> {
        let mut import = Self::start(book, grid, mapping, today)?;
        import.advance(book, usize::MAX);
        Ok(import)
    }

    /// Goes through the next rows, at most so many.
    pub fn advance(&mut self, book: &Book, most: usize) -> Progress {
        let end = self.rows.len().saturating_add(most).min(self.grid.rows());
        for at in self.rows.len()..end {
            let mut row = Row::new(&self.grid, &self.mapping, at);
            let scene = Scene {
                book,
                directory: &self.directory,
                mapping: &self.mapping,
                today: self.today,
                rows: &self.rows,
            };
            let mut read = match &mut self.seen {
                Seen::Dealers(rows) => rows.read(&scene, &mut row, at),
                Seen::Contacts(rows) => rows.read(&scene, &mut row, at),
                Seen::Readings(rows) => rows.read(&scene, &mut row, at),
            };
            if !row.errors.is_empty() {
                read.verdict = Verdict::Error(row.errors);
                read.drafts.clear();
            }
            match &read.verdict {
                Verdict::New => self.counts.new += 1,
                Verdict::Update(_) => self.counts.update += 1,
                Verdict::Same => self.counts.same += 1,
                Verdict::Duplicate { .. } => self.counts.duplicate += 1,
                Verdict::Error(_) => self.counts.error += 1,
            }
            self.counts.notice += row.notices.len();
            self.rows.push(PlannedRow {
                row: at,
                line: self.grid.line(at),
                name: read.name,
                verdict: read.verdict,
                notices: row.notices,
                drafts: read.drafts,
            });
        }
        self.progress()
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.rows.len(),
            total: self.grid.rows(),
        }
    }

    /// The rows gone through so far, in the order of the file.
    pub fn rows(&self) -> &[PlannedRow] {
        &self.rows
    }

    /// How many rows came to what so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The file's cells.
    pub fn grid(&self) -> &Arc<Grid> {
        &self.grid
    }

    /// Which column holds what.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// What is done with a possible duplicate; `None` for any other row.
    pub fn choice(&self, row: usize) -> Option<Choice> {
        match self.rows.get(row)?.verdict {
            Verdict::Duplicate { likeness, .. } => {
                Some(self.choices.get(&row).copied().unwrap_or(likeness.usual()))
            }
            _ => None,
        }
    }

    /// Chooses what to do with a possible duplicate.
    pub fn choose(&mut self, row: usize, choice: Choice) {
        self.choices.insert(row, choice);
    }

    /// Chooses for every possible duplicate that has this in common with its twin.
    pub fn choose_all(&mut self, like: Likeness, choice: Choice) {
        for row in &self.rows {
            if matches!(row.verdict, Verdict::Duplicate { likeness, .. } if likeness == like) {
                self.choices.insert(row.row, choice);
            }
        }
    }

    /// Chooses whether rows with errors are left out. Until then they block everything.
    pub fn leave_out_errors(&mut self, leave_out: bool) {
        self.leave_out_errors = leave_out;
    }

    /// Whether rows with errors are left out.
    pub fn leaves_out_errors(&self) -> bool {
        self.leave_out_errors
    }

    /// Every register to write, all or nothing, for the book as it is now: what changed since
    /// the rows were gone through is taken into account.
    ///
    /// # Errors
    /// [`Blocked`], which says what to do first.
    pub fn changes(&self, book: &Book, fresh: FreshId<'_>) -> Result<Vec<Change>, Blocked> {
        if !self.progress().is_complete() {
            return Err(Blocked::Unfinished);
        }
        if self.counts.error > 0 && !self.leave_out_errors {
            return Err(Blocked::Errors {
                rows: self.counts.error,
            });
        }
        let changes = match self.mapping.content() {
            Content::Dealers => self.write(&book.dealers, fresh),
            Content::Contacts => self.write(&book.contacts, fresh),
            Content::Readings => self.write(&book.readings, fresh),
        };
        if changes.is_empty() {
            return Err(Blocked::NothingToDo);
        }
        Ok(changes)
    }

    fn write<T: Record>(&self, table: &Table<T>, fresh: FreshId<'_>) -> Vec<Change> {
        let mut after: HashMap<Uuid, T> = HashMap::new();
        let mut order = Vec::new();
        let mut written: HashMap<usize, Uuid> = HashMap::new();
        for row in &self.rows {
            let choice = self.choice(row.row);
            if choice == Some(Choice::Skip) {
                continue;
            }
            for draft in &row.drafts {
                let own = choice == Some(Choice::Create);
                let id = match draft.into {
                    Into::Record(id) if !own || self.mapping.content() == Content::Readings => id,
                    // The earlier row may have been left out; then this one stands alone.
                    Into::Row(earlier) if !own => match written.get(&earlier) {
                        Some(id) => *id,
                        None => fresh(),
                    },
                    _ => fresh(),
                };
                written.insert(row.row, id);
                let record = after.entry(id).or_insert_with(|| {
                    order.push(id);
                    let id = Id::new(id);
                    table
                        .get_any(id)
                        .map_or_else(|| T::with_id(id), |old| T::clone(old))
                });
                // Values were read by the kinds of the same table's fields.
                let _ = put_all(record, &draft.values);
            }
        }
        let mut out = Vec::new();
        for id in order {
            let before = table.get_any(Id::new(id)).map(Arc::as_ref);
            if let Some(record) = after.get(&id) {
                out.extend(changes(before, record));
                if before.is_some_and(|before| before.state().deleted) {
                    out.push(bin::<T>(Id::new(id), false));
                }
            }
        }
        out
    }

    /// The rows with errors as a CSV file to correct: all columns as they were and one that
    /// says what is wrong. UTF-8 with a byte order mark, which spreadsheet programs need.
    pub fn errors_csv(&self, lang: Lang) -> String {
        let reason = match lang {
            Lang::Zh => "导入失败原因",
            Lang::En => "Why not imported",
        };
        let mut out = String::from("\u{feff}");
        let headings = self.grid.headings().iter().map(String::as_str);
        push_record(&mut out, headings.chain([reason]));
        for row in &self.rows {
            if let Verdict::Error(errors) = &row.verdict {
                let texts: Vec<String> = errors.iter().map(|error| error.text(lang)).collect();
                let cells = (0..self.grid.columns()).map(|place| self.grid.cell(row.row, place));
                push_record(&mut out, cells.chain([texts.join("\n").as_str()]));
            }
        }
        out
    }
}

fn put_all<T: Record>(record: &mut T, values: &[(usize, Value)]) -> Result<(), WrongKind> {
    for (place, value) in values {
        record.put(*place, value.clone())?;
    }
    Ok(())
}

/// The fields that a row fills, by their columns.
pub(super) fn field_values<T: Record>(scene: &Scene<'_>, row: &mut Row<'_>) -> Vec<(usize, Value)> {
    let mut values = Vec::new();
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        if let Some(column) = scene.mapping.place_of(Column::Field(spec.number))
            && let Some(value) = row.value(column, spec.kind)
        {
            values.push((place, value));
        }
    }
    values
}

/// Lays the values over a record and says which fields they change. What they break of the
/// record's rules is the row's error; what was wrong before stays out of it.
pub(super) fn lay_over<T: Record>(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    before: Option<&T>,
    values: &[(usize, Value)],
) -> Vec<&'static crate::schema::FieldSpec> {
    let mut record = before.cloned().unwrap_or_default();
    let changed = values
        .iter()
        .filter(|(place, value)| record.get(*place) != *value)
        .filter_map(|(place, _)| T::TABLE.fields.get(*place))
        .collect();
    // Values were read by the kinds of the same table's fields.
    let _ = put_all(&mut record, values);
    for problem in problems(&record) {
        let Some(place) = T::TABLE.position(problem.field) else {
            continue;
        };
        let spec = &T::TABLE.fields[place];
        let column = scene.mapping.place_of(Column::Field(spec.number));
        let filled = values.iter().any(|(other, _)| *other == place);
        // A required cell that could not be read is reported already.
        let reported = column.is_some_and(|column| !row.text(Some(column)).is_empty());
        if filled || (before.is_none() && !spec.kept && !reported) {
            row.fail_rule(spec, column, problem);
        }
    }
    changed
}
