//! One row of a file, read cell by cell, with all that is wrong or odd in it.

use super::fault::{CellError, CellFault, Notice, Oddity, excerpt, is_formula, unguarded};
use super::{Grid, Mapping};
use crate::schema::{FieldSpec, Problem};
use crate::text::fold;
use crate::value::{ChoiceSpec, Kind, Misread, Value};

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
pub(super) struct Row<'a> {
    grid: &'a Grid,
    mapping: &'a Mapping,
    at: usize,
    pub(super) errors: Vec<CellError>,
    pub(super) notices: Vec<Notice>,
}

impl<'a> Row<'a> {
    pub(super) fn new(grid: &'a Grid, mapping: &'a Mapping, at: usize) -> Self {
        let mut row = Self {
            grid,
            mapping,
            at,
            errors: Vec::new(),
            notices: Vec::new(),
        };
        for place in grid.columns()..grid.width(at) {
            if !grid.cell(at, place).trim().is_empty() {
                row.fail(place, CellFault::Surplus);
            }
        }
        row
    }

    /// The text of a column's cell, trimmed; empty without a column.
    pub(super) fn text(&self, place: Option<usize>) -> &'a str {
        place.map_or("", |place| unguarded(self.grid.cell(self.at, place)).trim())
    }

    /// Something is wrong with the cell of a column.
    pub(super) fn fail(&mut self, place: usize, fault: CellFault) {
        self.errors.push(CellError {
            line: self.grid.line(self.at),
            column: self.grid.column_name(place),
            fault,
            found: excerpt(self.grid.cell(self.at, place)),
        });
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
            _ => Err(misread.into()),
        })
    }
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
