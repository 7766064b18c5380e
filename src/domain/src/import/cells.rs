//! One row of a file, read cell by cell, with all that is wrong or odd in it.

use super::fault::{CellError, CellFault, Notice, Oddity, excerpt, is_formula, unguarded};
use super::{Grid, Mapping};
use crate::date::{Date, parse_date};
use crate::schema::{FieldSpec, Problem};
use crate::text::fold;
use crate::value::{ChoiceSpec, Kind, Misread, Outcome, Value};
use uuid::Uuid;

/// What spreadsheets write where a formula failed.
const SHEET_ERRORS: [&str; 8] = [
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#VALUE!",
    "#NUM!",
    "#NULL!",
    "#GETTING_DATA",
];

/// One row being read.
pub(crate) struct Row<'a> {
    grid: &'a Grid,
    mapping: &'a Mapping,
    at: usize,
    pub(super) errors: Vec<CellError>,
    pub(super) notices: Vec<Notice>,
    /// What the book has no place for: the column, and the word in it.
    pub(super) unheld: Vec<String>,
}

impl<'a> Row<'a> {
    pub(super) fn new(grid: &'a Grid, mapping: &'a Mapping, at: usize) -> Self {
        let mut row = Self {
            grid,
            mapping,
            at,
            errors: Vec::new(),
            notices: Vec::new(),
            unheld: Vec::new(),
        };
        for place in grid.columns()..grid.width(at) {
            if !grid.cell(at, place).trim().is_empty() {
                row.fail(place, CellFault::Surplus);
            }
        }
        row
    }

    /// The text of a column's cell, trimmed; empty without a column.
    pub(crate) fn text(&self, place: Option<usize>) -> &'a str {
        place.map_or("", |place| unguarded(self.grid.cell(self.at, place)).trim())
    }

    /// Something is wrong with the cell of a column.
    pub(crate) fn fail(&mut self, place: usize, fault: CellFault) {
        self.errors.push(CellError {
            line: self.grid.line(self.at),
            column: self.grid.column_name(place),
            fault,
            found: excerpt(self.grid.cell(self.at, place)),
        });
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    /// The book has no place for what a cell says.
    pub(crate) fn has_no_place(&mut self, place: usize) {
        let (column, cell) = (
            self.grid.column_name(place),
            excerpt(self.grid.cell(self.at, place)),
        );
        self.unheld.push(format!("{column}: {cell}"));
    }

    /// The record's own id, where a column says it. Ids of other programs are none.
    pub(super) fn id(&self, place: Option<usize>) -> Option<Uuid> {
        let text = self.text(place);
        let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
        Uuid::parse_str(text).ok().filter(|id| !id.is_nil())
    }

    /// A rule of the record is broken; `place` is the column of the field, if there is one.
    pub(super) fn fail_rule(&mut self, spec: &FieldSpec, place: Option<usize>, problem: Problem) {
        match place {
            Some(place) => self.fail(place, problem.fault.into()),
            None => self.errors.push(CellError {
                line: self.grid.line(self.at),
                column: format!("{} / {}", spec.label.zh, spec.label.en),
                fault: problem.fault.into(),
                found: String::new(),
            }),
        }
    }

    /// The value of a column's cell, or `None` when it is blank or wrong.
    pub(super) fn value(&mut self, place: usize, kind: Kind) -> Option<Value> {
        let text = self.text(Some(place));
        if text.is_empty() {
            return None;
        }
        if SHEET_ERRORS.contains(&text) {
            self.fail(place, CellFault::SheetError);
            return None;
        }
        let is_text = matches!(kind, Kind::Text(_) | Kind::Tags);
        if is_formula(text) {
            if !is_text {
                self.fail(place, CellFault::Formula);
                return None;
            }
            self.notice(place, Oddity::FormulaKeptAsText);
        }
        if is_text && text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.notice(place, Oddity::ControlCharacters);
        }
        match self.read(place, kind, text) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(fault) => {
                self.fail(place, fault);
                None
            }
        }
    }

    /// The value that two cells hold together.
    pub(super) fn halves(
        &mut self,
        first: Option<usize>,
        second: Option<usize>,
        kind: Kind,
    ) -> Option<Value> {
        let place = first.or(second)?;
        let (begin, end) = (self.text(first), self.text(second));
        if begin.is_empty() && end.is_empty() {
            return None;
        }
        let whole = match kind {
            Kind::Span | Kind::Course => format!("{begin}..{end}"),
            // Midnight stands in a workbook as its day alone.
            Kind::Slot if !begin.contains(':') => format!("{begin}T00:00+{end}"),
            Kind::Slot => format!("{begin}+{end}"),
            Kind::Outcome => format!("{begin} {end}"),
            _ => format!("{begin}@{end}"),
        };
        match self.read(place, kind, whole.trim()) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(fault) => {
                self.fail(place, fault);
                None
            }
        }
    }

    fn notice(&mut self, place: usize, oddity: Oddity) {
        self.notices.push(Notice {
            line: self.grid.line(self.at),
            column: self.grid.column_name(place),
            oddity,
        });
    }

    fn read(&self, place: usize, kind: Kind, text: &str) -> Result<Value, CellFault> {
        let amount = matches!(kind, Kind::Money | Kind::Quantity);
        let read = if amount
            && self.mapping.in_ten_thousands(place)
            && text.ends_with(|c: char| c.is_ascii_digit())
        {
            kind.read(&format!("{text}万"))
        } else {
            kind.read(text)
        };
        read.or_else(|misread| match (misread, kind) {
            (Misread::Choice, Kind::Choice(list)) => {
                let code = by_start(list, text).ok_or(misread)?;
                Ok(Value::Choice(code))
            }
            (Misread::Number | Misread::Whole, _) if is_huge(text) => Err(CellFault::Overflow),
            (_, Kind::Outcome) => Ok(Value::Outcome(read_outcome(text)?)),
            _ => Err(misread.into()),
        })
    }
}

/// How something came out, as it is shown: its word and the day.
fn read_outcome(text: &str) -> Result<Outcome, Misread> {
    let known = [
        Outcome::Open,
        Outcome::Done(Date::MIN),
        Outcome::Dropped(Date::MIN),
    ];
    for known in known {
        let words = known.words();
        for word in [words.zh, words.en] {
            if let Some(day) = text.strip_prefix(word) {
                let day = || parse_date(day.trim()).ok_or(Misread::Date);
                return Ok(match known {
                    Outcome::Open => known,
                    Outcome::Done(_) => Outcome::Done(day()?),
                    Outcome::Dropped(_) => Outcome::Dropped(day()?),
                });
            }
        }
    }
    Err(Misread::Choice)
}

/// The only choice whose words begin with a text: "小型" for "小型（年销 500 万以下）".
fn by_start(list: &[ChoiceSpec], text: &str) -> Option<u16> {
    let wanted = fold(text);
    if wanted.is_empty() {
        return None;
    }
    let mut found = list.iter().filter(|spec| {
        [spec.words.zh, spec.words.en]
            .iter()
            .any(|words| fold(words).starts_with(&wanted))
    });
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only.code),
        _ => None,
    }
}

/// Whether a text is a number whose size alone is the trouble.
fn is_huge(text: &str) -> bool {
    let number = text.trim_end_matches(['元', '万', '亿', '%', '％', ' ']);
    let whole = number.split('.').next().unwrap_or("");
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    digits > 12
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || "-+.,，¥￥ ".contains(c))
}
