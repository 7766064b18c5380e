//! Going through the rows of a file: what each would do, and all registers to write.

use super::cells::Row;
use super::contacts::{ContactRows, find_dealer, values_of};
use super::content::Content;
use super::directory::Directory;
use super::layout::{Customs, Layout};
use super::names::{Names, title};
use super::readings::ReadingRows;
use super::tables::TableRows;
use super::verdict::{Choice, Counts, Draft, Into, Likeness, PlannedRow, Progress, Verdict};
use super::{Grid, Mapping};
use super::{dealers::DealerRows, fault::CellError};
use crate::book::Book;
use crate::custom;
use crate::date::Date;
use crate::exchange::{ForeignRows, Unheld, push_record};
use crate::id::Uuid;
use crate::schema::{AnyRecord, FieldSpec, problems};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What stands above the reasons in a file of rows to correct.
pub(super) const REASON: Words = words("导入失败原因", "Why not imported");

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
    names: Names,
    layout: Layout,
    rows: Vec<PlannedRow>,
    counts: Counts,
    choices: HashMap<usize, Choice>,
    /// What earlier rows of the file hold, for finding duplicates among them.
    seen: Seen,
    /// What the book has no place for, with the number of rows that say it.
    unheld: BTreeMap<String, usize>,
    leave_out_errors: bool,
}

/// What earlier rows of the file hold, by content.
#[derive(Debug)]
pub(super) enum Seen {
    Dealers(DealerRows),
    Contacts(ContactRows),
    Readings(ReadingRows),
    Table(TableRows),
    Foreign(Box<ForeignRows>),
}

/// What the readers of rows are given.
pub(crate) struct Scene<'a> {
    pub(crate) book: &'a Book,
    pub(crate) directory: &'a Directory,
    pub(super) names: &'a Names,
    pub(super) layout: &'a Layout,
    pub(super) mapping: &'a Mapping,
    pub(crate) today: Date,
    /// The rows before this one.
    pub(crate) rows: &'a [PlannedRow],
}

/// A row as a reader understood it.
pub(crate) struct Reading {
    pub(crate) name: String,
    pub(crate) verdict: Verdict,
    pub(crate) drafts: Vec<Draft>,
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
        let layout = Layout::of(book, &grid, &mapping);
        let seen = match mapping.content() {
            Content::Dealers => Seen::Dealers(DealerRows::default()),
            Content::Contacts => Seen::Contacts(ContactRows::of(book)),
            Content::Readings => Seen::Readings(ReadingRows::default()),
            Content::Table(table) => Seen::Table(TableRows::of(book, table, &layout)),
            Content::Foreign(preset) => {
                Seen::Foreign(Box::new(ForeignRows::of(book, preset, &mapping)))
            }
        };
        Ok(Self {
            rows: Vec::with_capacity(grid.rows()),
            grid,
            mapping,
            today,
            directory: Directory::of(book),
            names: Names::of(book, layout.named_tables()),
            layout,
            unheld: BTreeMap::new(),
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
                names: &self.names,
                layout: &self.layout,
                mapping: &self.mapping,
                today: self.today,
                rows: &self.rows,
            };
            let id = match self.seen {
                // Readings have ids of their own; so has another system.
                Seen::Readings(_) | Seen::Foreign(_) => None,
                _ => row.id(self.layout.id),
            };
            let known = id.and_then(|id| book.any(self.mapping.content().table().number, id));
            let mut read = match (known, &mut self.seen) {
                (Some(record), _) => read_known(&scene, &mut row, record),
                (_, Seen::Dealers(rows)) => rows.read(&scene, &mut row, at),
                (_, Seen::Contacts(rows)) => rows.read(&scene, &mut row, at),
                (_, Seen::Readings(rows)) => rows.read(&scene, &mut row, at),
                (_, Seen::Table(rows)) => rows.read(&scene, &mut row, at),
                (_, Seen::Foreign(rows)) => rows.read(&scene, &mut row, at),
            };
            let customs = self.layout.customs(&mut row);
            if let Some(draft) = read.drafts.first_mut() {
                if let (Into::Fresh, Some(id)) = (draft.into, id) {
                    draft.into = Into::Record(id);
                }
                if matches!(read.verdict, Verdict::Same) && says_more(&scene, draft.into, &customs)
                {
                    read.verdict = Verdict::Update(Vec::new());
                }
                draft.customs = customs;
            }
            for place in self.layout.left_out(&row) {
                *self.unheld.entry(self.grid.column_name(place)).or_default() += 1;
            }
            for what in std::mem::take(&mut row.unheld) {
                *self.unheld.entry(what).or_default() += 1;
            }
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

    /// What the file holds and the book has no place for: columns that are left out, and words
    /// that mean nothing here. To be told before anything is written.
    pub fn unheld(&self) -> Vec<Unheld> {
        let all = self.unheld.iter();
        all.map(|(what, rows)| Unheld {
            what: what.clone(),
            rows: *rows,
        })
        .collect()
    }

    /// What is wrong, row by row.
    pub fn errors(&self) -> impl Iterator<Item = &CellError> {
        self.rows.iter().flat_map(PlannedRow::errors)
    }

    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    pub(super) fn today(&self) -> Date {
        self.today
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

    /// The rows with errors as a CSV file to correct: all columns as they were and one that
    /// says what is wrong. UTF-8 with a byte order mark, which spreadsheet programs need.
    pub fn errors_csv(&self, lang: Lang) -> String {
        let reason = REASON.in_lang(lang);
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

/// A row that names its record by id.
fn read_known(scene: &Scene<'_>, row: &mut Row<'_>, record: &dyn AnyRecord) -> Reading {
    let values = match scene.mapping.content() {
        Content::Contacts if scene.mapping.has_dealer() => {
            let dealer = find_dealer(scene, row);
            values_of(scene, row, Some(record), dealer)
        }
        _ => scene.layout.values(scene, row, Some(record)),
    };
    let changed = lay_over(scene, row, Some(record), &values);
    let verdict = if changed.is_empty() && !record.row_state().deleted {
        Verdict::Same
    } else {
        Verdict::Update(changed)
    };
    Reading {
        name: title(record),
        verdict,
        drafts: vec![Draft::of(Into::Record(record.uuid()), values)],
    }
}

/// Whether the team's own fields of a record would hold something else.
fn says_more(scene: &Scene<'_>, into: Into, customs: &Customs) -> bool {
    let Into::Record(id) = into else {
        return !customs.is_empty();
    };
    customs.iter().any(|(field, text)| {
        let held = custom::value(scene.book, field, id);
        held.input_text(field.content().unwrap_or(Kind::Flag)) != *text
    })
}

/// Lays the values over a record and says which fields they change. What they break of the
/// record's rules is the row's error; what was wrong before stays out of it.
pub(crate) fn lay_over(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    before: Option<&dyn AnyRecord>,
    values: &[(usize, Value)],
) -> Vec<&'static FieldSpec> {
    let table = scene.mapping.content().table();
    let empty = scene.book.empty(table.number, Uuid::nil());
    // A book without the table is none that files are brought into.
    let Some(mut record) = before.map(AnyRecord::copied).or(empty) else {
        return Vec::new();
    };
    let changed = values
        .iter()
        .filter(|(place, value)| record.value(*place) != *value)
        .filter_map(|(place, _)| table.fields.get(*place))
        .collect();
    for (place, value) in values {
        // Values were read by the kinds of the same table's fields.
        let _ = record.write(*place, value.clone());
    }
    // What the person's own content fills by itself is told elsewhere when it is missing.
    let strict = matches!(
        scene.mapping.content(),
        Content::Table(_) | Content::Foreign(_)
    );
    for problem in problems(&*record) {
        let Some(place) = table.position(problem.field) else {
            continue;
        };
        let spec = &table.fields[place];
        let column = scene.layout.column_of(spec);
        let filled = values.iter().any(|(other, _)| *other == place);
        // A required cell that could not be read is reported already.
        let reported = column.is_some_and(|column| !row.text(Some(column)).is_empty());
        if filled || (before.is_none() && (strict || !spec.kept) && !reported) {
            row.fail_rule(spec, column, problem);
        }
    }
    changed
}
