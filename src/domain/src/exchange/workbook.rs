//! Tables as a workbook (Office Open XML): dates as dates, amounts as numbers, figures worked out
//! instead of formulas, and a sheet that explains every column.
//!
//! A field whose parts are bound together takes a column for each part: from and to, baseline and
//! target, amount and day.

use super::Sheet;
use super::listed::text;
use crate::book::Book;
use crate::date::{Date, Minute};
use crate::quantity::Unit;
use crate::schema::{AnyRecord, FieldSpec, Record, TableSpec};
use crate::tables::{Goal, Metric, Reading, Target};
use crate::value::{Kind, Outcome, Value};
use crate::words::{Lang, Words, words};
use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;
use thiserror::Error;

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

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Blank,
    Text(String),
    /// Hundredths.
    Amount(i64),
    Whole(i64),
    Date(Date),
    Month(Date),
    Minute(Minute),
}

/// One column of a sheet: a field, or a part of one.
struct Column {
    place: usize,
    spec: &'static FieldSpec,
    /// Which part, and what it is called.
    part: Option<(Part, Words)>,
}

/// A part of a field whose parts are bound together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    First,
    Second,
}

/// The parts of a kind, if it has any.
const fn parts(kind: Kind) -> Option<[Words; 2]> {
    match kind {
        Kind::Span => Some([words("起", "from"), words("止", "to")]),
        Kind::Slot => Some([words("开始", "start"), words("分钟", "minutes")]),
        Kind::Course => Some([words("基线", "baseline"), words("目标值", "target")]),
        Kind::Figure => Some([words("数值", "amount"), words("截至", "up to")]),
        Kind::Outcome => Some([words("结果", "outcome"), words("日期", "on")]),
        _ => None,
    }
}

/// What a kind's cells are, for the sheet that explains them.
const fn kind_words(kind: Kind) -> Words {
    match kind {
        Kind::Text(_) => words("文字", "text"),
        Kind::Flag => words("是或否", "yes or no"),
        Kind::Whole => words("整数", "whole number"),
        Kind::Money => words("金额（元）", "amount of money (yuan)"),
        Kind::Quantity => words("数量", "quantity"),
        Kind::Date => words("日期", "date"),
        Kind::Month => words("月份（存为当月一日）", "month (kept as its first day)"),
        Kind::Minute => words("日期和时间", "date and time"),
        Kind::Slot => words("开始时间和分钟数", "start and length in minutes"),
        Kind::Span => words("起止日期", "first and last day"),
        Kind::Place => words("纬度、经度", "latitude, longitude"),
        Kind::Choice(_) => words("选项之一", "one of a list"),
        Kind::Choices(_) => words("若干选项", "several of a list"),
        Kind::Tags => words("标签", "tags"),
        Kind::Ref(_) => words("另一条记录的名称", "another record, by its name"),
        Kind::Refs(_) => words("若干记录的名称", "several records, by their names"),
        Kind::Link => words("任一记录的名称", "any record, by its name"),
        Kind::Course => words("基线和目标值", "baseline and target"),
        Kind::Figure => words(
            "数值和截至日期（公式指标为算出的值）",
            "amount and the day up to which it counts (worked out where a formula gives it)",
        ),
        Kind::Shape => words("十二个月的权重", "weights of twelve months"),
        Kind::Outcome => words("结果和日期", "how it came out, and when"),
        Kind::Notation(_) => words("规则的说明", "a rule, described"),
    }
}

fn columns(table: &'static TableSpec, shared: bool) -> Vec<Column> {
    let visible = table
        .fields
        .iter()
        .enumerate()
        .filter(|(_, spec)| !(shared && (spec.internal || table.internal)));
    visible
        .flat_map(|(place, spec)| {
            let column = |part| Column { place, spec, part };
            match parts(spec.kind) {
                Some([first, second]) => vec![
                    column(Some((Part::First, first))),
                    column(Some((Part::Second, second))),
                ],
                None => vec![column(None)],
            }
        })
        .collect()
}

impl Column {
    fn heading(&self, lang: Lang) -> String {
        let label = self.spec.label.in_lang(lang);
        match (self.part, lang) {
            (Some((_, part)), Lang::Zh) => format!("{label}（{}）", part.zh),
            (Some((_, part)), Lang::En) => format!("{label} ({})", part.en),
            (None, _) => label.to_owned(),
        }
    }

    fn cell(&self, book: &Book, row: &dyn AnyRecord, lang: Lang) -> Cell {
        let value = row.value(self.place);
        if value.is_empty() {
            return Cell::Blank;
        }
        let first = self.part.is_none_or(|(part, _)| part == Part::First);
        match (self.spec.kind, &value) {
            (Kind::Whole, Value::Number(number)) => Cell::Whole(*number),
            (_, Value::Number(hundredths)) => Cell::Amount(*hundredths),
            (_, Value::Date(day)) => Cell::Date(*day),
            (_, Value::Month(month)) => Cell::Month(month.first()),
            (_, Value::Minute(minute)) => Cell::Minute(*minute),
            (_, Value::Span(span)) if first => Cell::Date(span.start()),
            (_, Value::Span(span)) => Cell::Date(span.end()),
            (_, Value::Slot(slot)) if first => Cell::Minute(slot.start),
            (_, Value::Slot(slot)) => Cell::Whole(slot.minutes.into()),
            (_, Value::Course(course)) if first => Cell::Amount(course.baseline.0),
            (_, Value::Course(course)) => Cell::Amount(course.target.0),
            (_, Value::Figure(figure)) if first => Cell::Amount(figure.amount.0),
            (_, Value::Figure(figure)) => Cell::Date(figure.as_of),
            (_, Value::Outcome(outcome)) if first => {
                Cell::Text(outcome.words().in_lang(lang).to_owned())
            }
            (_, Value::Outcome(Outcome::Done(day) | Outcome::Dropped(day))) => Cell::Date(*day),
            (_, Value::Outcome(Outcome::Open)) => Cell::Blank,
            (kind, value) => match text(book, kind, value, lang) {
                text if text.is_empty() => Cell::Blank,
                text => Cell::Text(text),
            },
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
        let headings = std::iter::once("ID".to_owned())
            .chain(columns.iter().map(|column| column.heading(lang)));
        head(sheet, &looks, headings)?;
        for (at, row) in (1_u32..).zip(book.rows(table.number)) {
            let id = Cell::Text(row.uuid().simple().to_string());
            looks.put(sheet, (at, 0), &id).map_err(too_many)?;
            for (place, column) in (1_u16..).zip(&columns) {
                let cell = column.cell(book, row, lang);
                looks.put(sheet, (at, place), &cell).map_err(too_many)?;
            }
        }
        sheet.set_column_width(0, 34)?;
        for (place, column) in (1_u16..).zip(&columns) {
            sheet.set_column_width(place, width(column.spec.kind))?;
        }
        explained.push((name, *table, columns));
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

type Explained = (String, &'static TableSpec, Vec<Column>);

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
    let yes = |is: bool| match (is, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => "是".to_owned(),
        (true, Lang::En) => "yes".to_owned(),
    };
    let mut at = 1;
    for (name, table, columns) in explained {
        for column in columns {
            let spec = column.spec;
            let cells = [
                name.clone(),
                column.heading(lang),
                kind_words(spec.kind).in_lang(lang).to_owned(),
                spec.hint.in_lang(lang).to_owned(),
                yes(spec.required),
                yes(spec.internal || table.internal),
                unit_words(table, spec, lang),
                format!("{}.{}", table.key, spec.key),
            ];
            for (place, cell) in (0_u16..).zip(cells) {
                sheet.write_string_with_format(at, place, cell, &looks.wrapped)?;
            }
            at += 1;
        }
    }
    for (place, width) in (0_u16..).zip([18, 24, 32, 40, 9, 9, 26, 30]) {
        sheet.set_column_width(place, width)?;
    }
    Ok(())
}

/// In what a field's numbers are counted.
fn unit_words(table: &TableSpec, spec: &FieldSpec, lang: Lang) -> String {
    let follows = words("由指标决定", "as the metric says");
    let told = match spec.kind {
        Kind::Money => Unit::Yuan.words(),
        Kind::Figure | Kind::Course | Kind::Quantity
            if [
                Reading::NUMBER,
                Goal::NUMBER,
                Target::NUMBER,
                Metric::NUMBER,
            ]
            .contains(&table.number) =>
        {
            follows
        }
        _ => return String::new(),
    };
    told.in_lang(lang).to_owned()
}
