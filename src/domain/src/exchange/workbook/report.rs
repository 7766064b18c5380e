//! A report as a workbook: a sheet for each part with figures as numbers, and one that tells how each
//! figure came about.

use super::cells::Cell;
use super::{EXACT, Looks, WorkbookError, begun, head, sheet_name, too_many};
use crate::quantity::Unit;
use crate::reports::{Cell as Figure, Report, Section};
use crate::words::{Lang, words};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// The widths of a part's columns, in characters: what is named, and what is said of it.
const WIDTHS: (u16, u16) = (36, 18);

/// Writes a report.
///
/// # Errors
/// [`WorkbookError`].
pub fn of_report(report: &Report, lang: Lang) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = begun(report.day)?;
    let looks = Looks::new();
    let mut names = BTreeSet::new();
    let mut explained = Vec::new();
    for section in &report.sections {
        let name = sheet_name(section.title.in_lang(lang), &mut names);
        let sheet = workbook.add_worksheet().set_name(&name)?;
        part(sheet, &looks, section, lang)?;
        sheet.set_header(format!("&L{}&R{}", plain(&report.title), report.day));
        sheet.set_footer("&C&P / &N");
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        explained.push((name, section));
    }
    let name = sheet_name(
        words("数字怎么来的", "How figures came about").in_lang(lang),
        &mut names,
    );
    let sheet = workbook.add_worksheet().set_name(&name)?;
    explain(sheet, &looks, &explained, lang)?;
    Ok(workbook.save_to_buffer()?)
}

/// A text in the head of paper, where `&` begins a code.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

fn part(
    sheet: &mut Worksheet,
    looks: &Looks,
    section: &Section,
    lang: Lang,
) -> Result<(), WorkbookError> {
    let headings = section.columns.iter();
    head(
        sheet,
        looks,
        headings.map(|words| words.in_lang(lang).to_owned()),
    )?;
    for (at, row) in (1_u32..).zip(&section.rows) {
        for (place, figure) in (0_u16..).zip(&row.cells) {
            let put = match measured(figure, lang) {
                Some((number, pattern)) => {
                    let format = Format::new().set_num_format(pattern);
                    let put = sheet.write_number_with_format(at, place, number, &format);
                    put.map(|_| ())
                }
                None => looks.put(sheet, (at, place), &cell(figure)),
            };
            put.map_err(too_many)?;
        }
    }
    for place in (0_u16..).take(section.columns.len()) {
        let width = if place == 0 { WIDTHS.0 } else { WIDTHS.1 };
        sheet.set_column_width(place, width)?;
    }
    Ok(())
}

/// A figure that says what it is counted in: its number, and how a spreadsheet shows it.
fn measured(figure: &Figure, lang: Lang) -> Option<(f64, String)> {
    match figure {
        Figure::Part(part) => Some((part.as_f64(), "0.0%".to_owned())),
        Figure::Amount(amount, unit) if amount.0.unsigned_abs() <= EXACT => {
            let number = amount.0 as f64 / 100.0;
            match unit {
                Unit::Percent => Some((number / 100.0, "0.00%".to_owned())),
                Unit::Yuan | Unit::Newer(_) => None,
                unit => {
                    let name = unit.words().in_lang(lang);
                    Some((number, format!("#,##0.## \"{name}\"")))
                }
            }
        }
        _ => None,
    }
}

fn cell(figure: &Figure) -> Cell {
    match figure {
        Figure::Blank | Figure::Part(_) => Cell::Blank,
        Figure::Text(text) => Cell::Text(text.clone()),
        Figure::Amount(amount, Unit::Newer(_)) => Cell::Text(amount.to_string()),
        Figure::Amount(amount, _) => Cell::Amount(amount.0),
        Figure::Paid(fen) => Cell::Amount(fen.0),
        Figure::Points(points) => Cell::Amount(points.0),
        Figure::Whole(number) => Cell::Whole(*number),
        Figure::Date(day) => Cell::Date(*day),
    }
}

/// The sheet with the inputs, the rule and the arithmetic of every figure.
fn explain(
    sheet: &mut Worksheet,
    looks: &Looks,
    explained: &[(String, &Section)],
    lang: Lang,
) -> Result<(), XlsxError> {
    let headings = [
        words("工作表", "Sheet"),
        words("行", "Row"),
        words("数字", "Figure"),
        words("结果", "It is"),
        words("依据", "Step"),
        words("内容", "Arithmetic"),
    ];
    let headings = headings.iter();
    head(
        sheet,
        looks,
        headings.map(|words| words.in_lang(lang).to_owned()),
    )?;
    let mut at = 1;
    for (name, section) in explained {
        for row in &section.rows {
            let named = row.cells.first().map(|cell| cell.show(lang));
            for told in &row.told {
                let column = section.columns.get(told.cell);
                let column = column.map_or("", |words| words.in_lang(lang));
                let shown = row.cells.get(told.cell).map(|cell| cell.show(lang));
                for line in &told.lines {
                    let cells = [
                        name.clone(),
                        named.clone().unwrap_or_default(),
                        column.to_owned(),
                        shown.clone().unwrap_or_default(),
                        line.label.clone(),
                        line.value.clone(),
                    ];
                    for (place, text) in (0_u16..).zip(cells) {
                        sheet.write_string_with_format(at, place, text, &looks.wrapped)?;
                    }
                    at += 1;
                }
            }
        }
    }
    for (place, width) in (0_u16..).zip([16, 30, 16, 16, 28, 60]) {
        sheet.set_column_width(place, width)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
