//! Tables as a workbook (Office Open XML): dates as dates, amounts as numbers, figures worked out
//! instead of formulas, and a sheet that explains every column.
//!
//! A field whose parts are bound together takes a column for each part: from and to, baseline and
//! target, amount and day.

mod cells;
mod report;

use super::Sheet;
use crate::book::Book;
use crate::custom;
use crate::date::Date;
use crate::quantity::Unit;
use crate::schema::{Record as _, TableSpec};
use crate::tables::CustomField;
use crate::value::Kind;
use crate::words::{Lang, words};
use cells::{Cell, Column, columns, kind_words, own_cell, unit_words};
use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use thiserror::Error;

pub use report::of_report;

/// The longest name that a sheet may have, in characters.
const LONGEST_NAME: usize = 31;
/// Whole numbers beyond this are not exact as a spreadsheet keeps them (IEEE 754, 53 bits).
const EXACT: u64 = 1 << 53;
/// The longest text of a cell, in characters.
const LONGEST_TEXT: usize = 32_767;

/// Why no workbook was made.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// A table has more rows than a sheet can hold.
    #[error("a sheet holds at most 1,048,575 rows; export this table as CSV")]
    TooManyRows,
    /// The writer refused.
    #[error("the workbook cannot be written: {0}")]
    Refused(#[from] XlsxError),
}

impl WorkbookError {
    /// What to tell the person, and what to do.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::TooManyRows, Lang::Zh) => {
                "一张工作表最多 1,048,575 行，这张表请导出为 CSV".to_owned()
            }
            (Self::Refused(error), Lang::Zh) => format!("无法生成工作簿：{error}"),
            (error, Lang::En) => error.to_string(),
        }
    }
}

/// The looks of cells.
struct Looks {
    heading: Format,
    amount: Format,
    whole: Format,
    date: Format,
    month: Format,
    minute: Format,
    wrapped: Format,
}

impl Looks {
    fn new() -> Self {
        let number = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            heading: Format::new().set_bold().set_align(FormatAlign::Top),
            amount: number("#,##0.00"),
            whole: number("#,##0"),
            date: number("yyyy-mm-dd"),
            month: number("yyyy-mm"),
            minute: number("yyyy-mm-dd hh:mm"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn put(&self, sheet: &mut Worksheet, at: (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        let (row, column) = at;
        let day = |date: Date| {
            let year = u16::try_from(date.year()).unwrap_or(0);
            // Both lie within a byte.
            ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)
        };
        match cell {
            Cell::Blank => {}
            Cell::Amount(number) if number.unsigned_abs() <= EXACT => {
                let number = *number as f64 / 100.0;
                sheet.write_number_with_format(row, column, number, &self.amount)?;
            }
            Cell::Whole(number) if number.unsigned_abs() <= EXACT => {
                sheet.write_number_with_format(row, column, *number as f64, &self.whole)?;
            }
            Cell::Amount(number) => {
                let exact = crate::quantity::plain_hundredths(*number);
                sheet.write_string(row, column, exact)?;
            }
            Cell::Whole(number) => {
                sheet.write_string(row, column, number.to_string())?;
            }
            // A spreadsheet counts days from 1900 on; earlier ones stay text.
            Cell::Date(date) if date.year() >= 1900 => {
                sheet.write_datetime_with_format(row, column, day(*date)?, &self.date)?;
            }
            Cell::Month(first) if first.year() >= 1900 => {
                sheet.write_datetime_with_format(row, column, day(*first)?, &self.month)?;
            }
            Cell::Minute(minute) if minute.date().year() >= 1900 => {
                let (hour, minutes) = minute.time();
                let at = day(minute.date())?.and_hms(hour as u16, minutes as u8, 0)?;
                sheet.write_datetime_with_format(row, column, at, &self.minute)?;
            }
            Cell::Date(date) | Cell::Month(date) => {
                sheet.write_string(row, column, date.to_string())?;
            }
            Cell::Minute(minute) => {
                sheet.write_string(row, column, minute.to_string())?;
            }
            Cell::Text(text) => {
                let kept: String = text.chars().take(LONGEST_TEXT).collect();
                sheet.write_string(row, column, kept)?;
            }
        }
        Ok(())
    }
}

/// The tables of a book as a workbook, made on a day: a sheet each, and one that explains the columns.
/// With the screen shared, what is internal is left out.
///
/// # Errors
/// [`WorkbookError`].
pub fn write(
    book: &Book,
    tables: &[&'static TableSpec],
    lang: Lang,
    shared: bool,
    today: Date,
) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = begun(today)?;
    let looks = Looks::new();
    let mut names = BTreeSet::new();
    let tables: Vec<_> = tables
        .iter()
        .filter(|table| !(shared && table.internal))
        .collect();
    let mut explained = Vec::new();
    for table in tables {
        let columns = columns(table, shared);
        let name = sheet_name(table.label.in_lang(lang), &mut names);
        let sheet = workbook.add_worksheet().set_name(&name)?;
        let own: Vec<_> = custom::fields(book, table.number)
            .into_iter()
            .filter(|field| !(shared && field.hidden == Some(true)))
            .collect();
        let headings = std::iter::once("ID".to_owned())
            .chain(columns.iter().map(|column| column.heading(lang)))
            .chain(own.iter().map(|field| field.name.clone()));
        head(sheet, &looks, headings)?;
        for (at, row) in (1_u32..).zip(book.rows(table.number)) {
            let id = Cell::Text(row.uuid().simple().to_string());
            looks.put(sheet, (at, 0), &id).map_err(too_many)?;
            for (place, column) in (1_u16..).zip(&columns) {
                let cell = column.cell(book, row, lang);
                looks.put(sheet, (at, place), &cell).map_err(too_many)?;
            }
            for (place, field) in (1_u16..).skip(columns.len()).zip(&own) {
                let cell = own_cell(book, field, row);
                looks.put(sheet, (at, place), &cell).map_err(too_many)?;
            }
        }
        sheet.set_column_width(0, 34)?;
        for (place, column) in (1_u16..).zip(&columns) {
            sheet.set_column_width(place, width(column.spec.kind))?;
        }
        explained.push(Explained {
            sheet: name,
            table,
            columns,
            own,
        });
    }
    explain(&mut workbook, &looks, &explained, lang, &mut names)?;
    Ok(workbook.save_to_buffer()?)
}

/// A sheet as a workbook: text as it is, for systems that read by their own rules.
///
/// # Errors
/// [`WorkbookError`].
pub fn of_sheet(name: &str, sheet: &Sheet, today: Date) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = begun(today)?;
    let looks = Looks::new();
    let name = sheet_name(name, &mut BTreeSet::new());
    let page = workbook.add_worksheet().set_name(&name)?;
    head(page, &looks, sheet.headings.iter().cloned())?;
    for (at, row) in (1_u32..).zip(&sheet.rows) {
        for (place, text) in (0_u16..).zip(row) {
            if !text.is_empty() {
                let cell = Cell::Text(text.clone());
                looks.put(page, (at, place), &cell).map_err(too_many)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn too_many(error: XlsxError) -> WorkbookError {
    match error {
        XlsxError::RowColumnLimitError => WorkbookError::TooManyRows,
        error => error.into(),
    }
}

/// A workbook that says when it was made by the day that it is given, not by a clock.
fn begun(today: Date) -> Result<Workbook, XlsxError> {
    let year = u16::try_from(today.year()).unwrap_or(1900);
    let made = ExcelDateTime::from_ymd(year, today.month() as u8, today.day() as u8)?;
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title("同行 Tongxing")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn head(
    sheet: &mut Worksheet,
    looks: &Looks,
    headings: impl Iterator<Item = String>,
) -> Result<(), XlsxError> {
    for (place, heading) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, place, heading, &looks.heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A name that a sheet may have and none has yet.
fn sheet_name(label: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |label: &str| -> String {
        label
            .chars()
            .map(|letter| match letter {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
                letter => letter,
            })
            .collect()
    };
    let base = plain(label);
    let mut number = 1;
    loop {
        let end = match number {
            1 => String::new(),
            number => format!(" {number}"),
        };
        let room = LONGEST_NAME - end.chars().count();
        let name: String = base.chars().take(room).chain(end.chars()).collect();
        // Spreadsheets do not tell capitals from small letters here.
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

/// How wide a column of a kind is, in characters.
const fn width(kind: Kind) -> u16 {
    match kind {
        Kind::Text(crate::text::Lines::Many) | Kind::Notation(_) => 40,
        Kind::Text(_) | Kind::Ref(_) | Kind::Refs(_) | Kind::Link | Kind::Tags => 24,
        Kind::Minute | Kind::Slot => 17,
        _ => 13,
    }
}

/// A sheet and its columns.
struct Explained {
    sheet: String,
    table: &'static TableSpec,
    columns: Vec<Column>,
    /// Those of the team's own fields.
    own: Vec<Arc<CustomField>>,
}

impl Explained {
    /// What the columns hold: the sheet, the column, its content, how to fill it in, whether it has to be, whether
    /// it is internal, its unit, and its name in files.
    fn lines(&self, lang: Lang) -> impl Iterator<Item = [String; 8]> {
        let yes = move |is: bool| match (is, lang) {
            (false, _) => String::new(),
            (true, Lang::Zh) => "是".to_owned(),
            (true, Lang::En) => "yes".to_owned(),
        };
        let table = self.table;
        let columns = self.columns.iter().map(move |column| {
            let spec = column.spec;
            [
                self.sheet.clone(),
                column.heading(lang),
                kind_words(spec.kind).in_lang(lang).to_owned(),
                spec.hint.in_lang(lang).to_owned(),
                yes(spec.required),
                yes(spec.internal || table.internal),
                unit_words(table, spec, lang),
                format!("{}.{}", table.key, spec.key),
            ]
        });
        let own = self.own.iter().map(move |field| {
            let options: Vec<&str> = field.option_list().collect();
            let told = [
                field.hint.clone(),
                options.join(words("、", ", ").in_lang(lang)),
            ];
            let told = told.into_iter().filter(|told| !told.is_empty());
            let kind = field.kind.map(|kind| kind.words().in_lang(lang).to_owned());
            let unit = match field.content() {
                Some(Kind::Money) => Unit::Yuan.words().in_lang(lang).to_owned(),
                _ => String::new(),
            };
            [
                self.sheet.clone(),
                field.name.clone(),
                kind.unwrap_or_default(),
                told.collect::<Vec<_>>()
                    .join(words("：", ": ").in_lang(lang)),
                String::new(),
                yes(field.hidden == Some(true) || table.internal),
                unit,
                format!("{}.{}", CustomField::TABLE.key, field.id.uuid().simple()),
            ]
        });
        columns.chain(own)
    }
}

/// The sheet that tells what every column holds.
fn explain(
    workbook: &mut Workbook,
    looks: &Looks,
    explained: &[Explained],
    lang: Lang,
    names: &mut BTreeSet<String>,
) -> Result<(), XlsxError> {
    let name = sheet_name(words("列说明", "Columns").in_lang(lang), names);
    let sheet = workbook.add_worksheet().set_name(&name)?;
    let headings = [
        words("工作表", "Sheet"),
        words("列", "Column"),
        words("内容", "What it holds"),
        words("怎么填", "What to write in it"),
        words("必填", "Required"),
        words("仅内部", "Internal"),
        words("单位", "Unit"),
        words("字段名", "Field"),
    ];
    head(
        sheet,
        looks,
        headings.iter().map(|words| words.in_lang(lang).to_owned()),
    )?;
    let lines = explained.iter().flat_map(|sheet| sheet.lines(lang));
    for (at, cells) in (1_u32..).zip(lines) {
        for (place, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(at, place, cell, &looks.wrapped)?;
        }
    }
    for (place, width) in (0_u16..).zip([18, 24, 32, 40, 9, 9, 26, 30]) {
        sheet.set_column_width(place, width)?;
    }
    Ok(())
}
