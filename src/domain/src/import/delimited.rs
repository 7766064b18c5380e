//! Rows of delimited text (RFC 4180, with the separators that programs really use).

use super::FileError;
use super::grid::{Grid, GridBuilder};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the rows of a text.
pub(super) fn read(text: &str) -> Result<Grid, FileError> {
    let (delimiter, body, skipped) = announced(text).unwrap_or_else(|| (sniff(text), text, 0));
    let mut reader = reader(delimiter, body);
    let mut builder = GridBuilder::default();
    let mut record = csv::ByteRecord::new();
    let mut place = Place {
        byte: 0,
        line: 1 + skipped,
    };
    // The reader only fails on reading or on uneven rows, and is told to allow both.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        place.advance(body.as_bytes(), start);
        for cell in &record {
            builder.cell(&String::from_utf8_lossy(cell))?;
        }
        builder.end_row(place.line)?;
    }
    let Place { byte, line } = place;
    if is_open_quote(body.as_bytes().get(byte..).unwrap_or_default()) {
        return Err(FileError::OpenQuote { line });
    }
    builder.finish()
}

/// Where a record starts. The reader's own line numbers are one short after `\r\n`, since it
/// notes a record's start before it has taken in the `\n`.
struct Place {
    byte: usize,
    line: u32,
}

impl Place {
    fn advance(&mut self, text: &[u8], start: usize) {
        let mut next = start.max(self.byte);
        while matches!(text.get(next), Some(b'\n' | b'\r')) {
            next += 1;
        }
        let passed = text.get(self.byte..next).unwrap_or_default();
        let ends = passed
            .iter()
            .enumerate()
            .filter(|(at, byte)| {
                **byte == b'\n' || (**byte == b'\r' && passed.get(at + 1) != Some(&b'\n'))
            })
            .count();
        self.line = self.line.saturating_add(ends as u32);
        self.byte = next;
    }
}

fn reader(delimiter: u8, text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Spreadsheet programs write a first line `sep=;` to announce the separator.
fn announced(text: &str) -> Option<(u8, &str, u32)> {
    let (first, rest) = text.split_once('\n')?;
    let &[delimiter] = first
        .trim_end_matches('\r')
        .strip_prefix("sep=")?
        .as_bytes()
    else {
        return None;
    };
    DELIMITERS
        .contains(&delimiter)
        .then_some((delimiter, rest, 1))
}

/// The separator that cuts the most of the first rows into equally many cells, and of several
/// such the one that makes the most cells.
fn sniff(text: &str) -> u8 {
    let head = match text.char_indices().nth(65_536) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| {
            let widths: Vec<usize> = reader(*delimiter, head)
                .into_byte_records()
                .take(50)
                .filter_map(Result::ok)
                .map(|record| record.len())
                .collect();
            // One cell a row tells nothing.
            widths
                .iter()
                .filter(|width| **width > 1)
                .map(|width| {
                    let even = widths.iter().filter(|other| *other == width).count();
                    (even, *width)
                })
                .max()
                .unwrap_or((0, 0))
        })
        .unwrap_or(b',')
}

/// Whether the last record swallowed lines because its quotation mark is never closed.
fn is_open_quote(last: &[u8]) -> bool {
    let quotes = last.iter().filter(|byte| **byte == b'"').count();
    let body = last.trim_ascii_end();
    quotes % 2 == 1 && body.contains(&b'\n')
}
