//! Rows of an XLSX workbook: the first visible sheet that holds any.
//!
//! Cells are read one after the other and never spread over the sheet's whole area, which a
//! single stray cell at its far end would make huge.

use super::FileError;
use super::grid::{Grid, GridBuilder, MOST_COLUMNS};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError, open_workbook_from_rs};
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};

/// The most that a workbook may unpack to, in bytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;

/// Whether a file begins as a workbook does: a zip archive with the parts of one, or the
/// container that a workbook with a password comes in.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if bytes.starts_with(b"PK\x03\x04") {
        // The archive's directory, at its end, names the parts.
        let tail = &bytes[bytes.len().saturating_sub(65_536)..];
        return tail.windows(3).any(|window| window == b"xl/") || has(b"xl/workbook.xml");
    }
    // "EncryptedPackage" in UTF-16, as compound files write names.
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) && has(b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0")
}

/// Reads the rows of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Grid, FileError> {
    if bytes.starts_with(&[0xd0, 0xcf]) {
        return Err(FileError::LockedWorkbook);
    }
    weigh(bytes)?;
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in sheets {
        match read_sheet(&mut workbook, &sheet) {
            Err(FileError::NoRows) => {}
            read => return read,
        }
    }
    Err(FileError::NoRows)
}

fn broken(error: XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::LockedWorkbook,
        other => FileError::BrokenWorkbook(other.to_string()),
    }
}

/// Looks at the archive's directory before anything is unpacked.
fn weigh(bytes: &[u8]) -> Result<(), FileError> {
    let damaged = |error: zip::result::ZipError| FileError::BrokenWorkbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut unpacked = 0u64;
    let mut shared = None;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        unpacked = unpacked.saturating_add(part.size());
        if part.name().map_err(damaged)?.ends_with("sharedStrings.xml") {
            shared = Some((index, part.size()));
        }
    }
    if unpacked > MOST_UNPACKED {
        return Err(FileError::SwollenWorkbook { bytes: unpacked });
    }
    // Memory is set aside for as many texts as the part announces; a part cannot hold more
    // texts than bytes.
    if let Some((index, size)) = shared {
        let mut head = Vec::new();
        let part = archive.by_index(index).map_err(damaged)?;
        part.take(2048)
            .read_to_end(&mut head)
            .map_err(|error| FileError::BrokenWorkbook(error.to_string()))?;
        let head = String::from_utf8_lossy(&head);
        let announced = head.split("uniqueCount=").nth(1).map_or(0, |rest| {
            let digits: String = rest
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse::<u64>().unwrap_or(u64::MAX)
        });
        if announced > size {
            return Err(FileError::BrokenWorkbook("more texts than bytes".into()));
        }
    }
    Ok(())
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Grid, FileError> {
    // Only the first cell of a merged area has content. Rows beneath it mean the same value,
    // columns beside it do not: a title over the whole width is no heading.
    let mut merged: HashMap<(u32, u32), u32> = HashMap::new();
    for area in workbook.merge_cells_by_sheet_name(sheet).map_err(broken)? {
        if area.end.0 > area.start.0 {
            merged.insert(area.start, area.end.0);
        }
    }
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(broken)?;
    let percent: Vec<bool> = cells
        .styles()
        .iter()
        .map(|style| {
            style
                .number_format
                .as_ref()
                .is_some_and(|format| format.format_code.contains('%'))
        })
        .collect();
    let mut rows = Rows {
        builder: GridBuilder::default(),
        merged,
        below: BTreeMap::new(),
        row: 0,
        cells: Vec::new(),
    };
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        let percent = percent.get(style).copied().unwrap_or(false);
        rows.take(row, column, cell_text(cell.get_value(), percent))?;
    }
    rows.end_row()?;
    rows.builder.finish()
}

/// Gathers cells into rows.
struct Rows {
    builder: GridBuilder,
    /// The last row of each merged area, by its first cell.
    merged: HashMap<(u32, u32), u32>,
    /// By column: the text of a merged area above and its last row.
    below: BTreeMap<usize, (u32, String)>,
    row: u32,
    cells: Vec<String>,
}

impl Rows {
    fn take(&mut self, row: u32, column: u32, text: String) -> Result<(), FileError> {
        if row < self.row {
            return Err(FileError::BrokenWorkbook("rows out of order".into()));
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        if text.is_empty() {
            return Ok(());
        }
        let place = column as usize;
        if place >= MOST_COLUMNS {
            return Err(FileError::TooManyColumns {
                line: row.saturating_add(1),
            });
        }
        if let Some(last) = self.merged.get(&(row, column)) {
            self.below.insert(place, (*last, text.clone()));
        }
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        self.cells[place] = text;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), FileError> {
        if !self.cells.is_empty() {
            let row = self.row;
            self.below.retain(|_, (last, _)| *last >= row);
            for (place, (_, text)) in &self.below {
                if self.cells.len() <= *place {
                    self.cells.resize(place + 1, String::new());
                }
                if self.cells[*place].is_empty() {
                    self.cells[*place].clone_from(text);
                }
            }
            for cell in &self.cells {
                self.builder.cell(cell)?;
            }
            self.cells.clear();
        }
        self.builder.end_row(self.row.saturating_add(1))
    }
}

/// A cell as the person sees it, dates in ISO 8601.
fn cell_text(value: &DataRef<'_>, percent: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if percent => format!("{}%", number_text(number * 100.0)),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            if at.is_duration() || at.as_f64() < 1.0 {
                let minutes = (at.as_f64() * 1440.0).round();
                format!("{}:{:02}", (minutes / 60.0).trunc(), minutes % 60.0)
            } else if at.as_f64().fract() == 0.0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
            }
        }
    }
}

/// A number with the fifteen digits that a spreadsheet shows and that every binary64 keeps
/// (IEEE 754), so that 0.1 + 0.2 reads 0.3.
fn number_text(number: f64) -> String {
    format!("{number:.14e}")
        .parse::<f64>()
        .map_or_else(|_| String::new(), |rounded| rounded.to_string())
}
