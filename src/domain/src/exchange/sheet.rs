//! A table on its way into a file.

use crate::import::guarded;

/// Headings and rows of text cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What stands above each column.
    pub headings: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The table as CSV (RFC 4180): UTF-8 with a byte order mark, which spreadsheet programs
    /// need to read Chinese; an apostrophe keeps a cell text that would run as a formula, and
    /// the import takes it off again.
    pub fn to_csv(&self) -> String {
        let mut out = String::from("\u{feff}");
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            push_record(&mut out, row.iter().map(String::as_str));
        }
        out
    }
}

/// One record of a CSV file.
pub(crate) fn push_record<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(',');
        }
        let cell = guarded(cell);
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}
