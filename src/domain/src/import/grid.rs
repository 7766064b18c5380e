//! A table of text cells, kept in one piece of memory.

use super::FileError;
use crate::text::{Lines, clean};

/// The most rows beneath the headings.
pub const MOST_ROWS: usize = 100_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 200;
/// The most text in all cells together, in bytes. A workbook may name one long text from each
/// of its cells, so this is not bounded by the file's size.
const MOST_TEXT: usize = 128 * 1024 * 1024;
/// A title above the headings takes no more rows than this.
const TITLE_ROWS: usize = 10;

/// A table of text cells: headings and the rows beneath, as the file has them. Rows without
/// any content are left out; the others keep the number that the file gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    pub(super) headings: Vec<String>,
    /// All cells of all rows, one after the other.
    pub(super) text: String,
    /// Where each cell ends in `text`.
    pub(super) cell_ends: Vec<u32>,
    /// Where each row ends in `cell_ends`.
    pub(super) row_ends: Vec<u32>,
    /// The number of each row in the file.
    pub(super) lines: Vec<u32>,
}

impl Grid {
    /// What stands above each column.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// What a column is called: its heading, or its letter as spreadsheets count.
    pub fn column_name(&self, column: usize) -> String {
        match self.headings.get(column) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => column_letters(column),
        }
    }

    /// How many columns have a heading.
    pub fn columns(&self) -> usize {
        self.headings.len()
    }

    /// How many rows there are beneath the headings.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The number of a row in its file.
    pub fn line(&self, row: usize) -> u32 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// How many cells a row has, up to its last that is not blank.
    pub fn width(&self, row: usize) -> usize {
        self.span(row).len()
    }

    /// A cell; empty beyond the row's last.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let span = self.span(row);
        match span.start.checked_add(column) {
            Some(at) if at < span.end => self.cell_at(at),
            _ => "",
        }
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        self.span(row).map(|at| self.cell_at(at))
    }

    fn span(&self, row: usize) -> std::ops::Range<usize> {
        let end = self.row_ends.get(row).copied().unwrap_or(0) as usize;
        let start = match row.checked_sub(1) {
            Some(before) => self.row_ends.get(before).copied().unwrap_or(0) as usize,
            None => 0,
        };
        start..end.max(start)
    }

    fn cell_at(&self, at: usize) -> &str {
        let end = self.cell_ends.get(at).copied().unwrap_or(0) as usize;
        let start = match at.checked_sub(1) {
            Some(before) => self.cell_ends.get(before).copied().unwrap_or(0) as usize,
            None => 0,
        };
        self.text.get(start..end).unwrap_or("")
    }
}

/// A column as spreadsheets name it: A, B, … Z, AA, …
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        letters.push(char::from(b'A' + (left % 26) as u8));
        match (left / 26).checked_sub(1) {
            Some(next) => left = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// Takes in rows as they are read, within the limits.
#[derive(Default)]
pub(super) struct GridBuilder {
    grid: Grid,
    /// Where the row being read begins.
    cells_before: usize,
    text_before: usize,
    /// Cells and text up to the last cell that is not blank.
    cells_kept: usize,
    text_kept: usize,
}

impl GridBuilder {
    /// The next cell of the row.
    pub(super) fn cell(&mut self, text: &str) -> Result<(), FileError> {
        self.grid.text.push_str(text);
        let end = self.grid.text.len();
        if end > MOST_TEXT {
            return Err(FileError::TooMuchText);
        }
        self.grid.cell_ends.push(end as u32);
        if !text.trim().is_empty() {
            self.cells_kept = self.grid.cell_ends.len();
            self.text_kept = end;
        }
        Ok(())
    }

    /// The row is complete; `line` is its number in the file.
    pub(super) fn end_row(&mut self, line: u32) -> Result<(), FileError> {
        let cells = self.cells_kept.saturating_sub(self.cells_before);
        if cells > MOST_COLUMNS {
            return Err(FileError::TooManyColumns { line });
        }
        self.grid.cell_ends.truncate(self.cells_kept);
        self.grid.text.truncate(self.text_kept);
        if cells > 0 {
            if self.grid.lines.len() > MOST_ROWS + TITLE_ROWS {
                return Err(FileError::TooManyRows);
            }
            self.grid.row_ends.push(self.cells_kept as u32);
            self.grid.lines.push(line);
        }
        self.cells_before = self.cells_kept;
        self.text_before = self.text_kept;
        Ok(())
    }

    /// Takes the headings off: the first of the first rows with more than one cell, since a
    /// title stands in one cell alone; the first row when there is no such row.
    pub(super) fn finish(self) -> Result<Grid, FileError> {
        let mut grid = self.grid;
        let filled = |row: usize| {
            grid.cells(row)
                .filter(|cell| !cell.trim().is_empty())
                .count()
        };
        let heading_row = (0..grid.rows().min(TITLE_ROWS))
            .find(|row| filled(*row) > 1)
            .unwrap_or(0);
        if grid.rows() < heading_row + 2 {
            return Err(FileError::NoRows);
        }
        if grid.rows() - heading_row - 1 > MOST_ROWS {
            return Err(FileError::TooManyRows);
        }
        grid.headings = grid
            .cells(heading_row)
            .map(|cell| clean(cell, Lines::One).chars().take(120).collect())
            .collect();
        let cells = grid.row_ends[heading_row] as usize;
        let text = grid.cell_ends[cells - 1];
        grid.text.drain(..text as usize);
        grid.cell_ends.drain(..cells);
        grid.row_ends.drain(..=heading_row);
        grid.lines.drain(..=heading_row);
        for end in &mut grid.cell_ends {
            *end -= text;
        }
        for end in &mut grid.row_ends {
            *end -= cells as u32;
        }
        Ok(grid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        let letters = |column| column_letters(column);
        assert_eq!(
            [
                letters(0),
                letters(25),
                letters(26),
                letters(701),
                letters(702)
            ],
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }
}
