//! Records of any table from the files that people have.
//!
//! A file goes through four steps, each a plain value that the page can show:
//!
//! 1. [`open`] turns its bytes into a [`Grid`] of text cells (CSV in UTF-8, UTF-16 or GB18030;
//!    XLSX; vCards), or into a [`FileError`] that says what to do instead.
//! 2. [`Mapping::guess`] says what each column holds; the person corrects it.
//! 3. [`Import`] goes through the rows in steps and says of each what it would do.
//! 4. [`Import::changes`] gives all registers to write at once, or says why not;
//!    [`Import::write_on`] gives them in pieces.
//!
//! Steps 1 and 2 to 4 may run in different threads: [`parcel`] carries a grid between them.

#[cfg(feature = "csv")]
mod cards;
mod cells;
mod contacts;
mod content;
mod dealers;
pub mod decode;
#[cfg(feature = "csv")]
mod delimited;
pub(crate) mod directory;
mod fault;
mod file_error;
mod grid;
mod heading;
mod layout;
mod mapping;
mod names;
pub mod parcel;
mod plan;
mod readings;
mod tables;
mod verdict;
#[cfg(feature = "xlsx")]
mod workbook;
mod writing;

pub(crate) use cells::Row;
pub(crate) use content::half_heading;
pub use content::{Column, Content, Half};
pub use decode::Encoding;
pub(crate) use fault::guarded;
pub use fault::{CellError, CellFault, Notice, Oddity};
pub use file_error::FileError;
pub use grid::{Grid, MOST_COLUMNS, MOST_ROWS};
pub use mapping::Mapping;
pub use plan::Import;
pub(crate) use plan::{Reading as RowRead, Scene, lay_over};
pub use verdict::{Blocked, Choice, Counts, Likeness, PlannedRow, Progress, Twin, Verdict};
pub(crate) use verdict::{Draft, Into};
pub use writing::Writing;

#[cfg(feature = "csv")]
use decode::Gb18030;

/// The largest file that is opened, in bytes.
pub const LARGEST_FILE: u64 = 50 * 1024 * 1024;

/// Says whether a file of a size can be opened at all, before its bytes are read.
///
/// # Errors
/// [`FileError::Empty`] and [`FileError::TooLarge`].
pub fn check_size(bytes: u64) -> Result<(), FileError> {
    match bytes {
        0 => Err(FileError::Empty),
        n if n > LARGEST_FILE => Err(FileError::TooLarge { bytes: n }),
        _ => Ok(()),
    }
}

/// Reads a file, whatever its name says: a workbook by its first bytes, delimited text
/// otherwise.
///
/// # Errors
/// [`FileError`], which says what to do instead.
#[cfg(all(feature = "csv", feature = "xlsx"))]
pub fn open(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<Grid, FileError> {
    check_size(bytes.len() as u64)?;
    if workbook::is_workbook(bytes) {
        workbook::read(bytes)
    } else {
        read_text(bytes, gb18030)
    }
}

/// Reads delimited text, or vCards.
///
/// # Errors
/// [`FileError`], which says what to do instead.
#[cfg(feature = "csv")]
pub fn read_text(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<Grid, FileError> {
    let (text, _) = decode::decode(bytes, gb18030)?;
    if cards::are_cards(&text) {
        cards::read(&text)
    } else {
        delimited::read(&text)
    }
}
