//! Between the rows that merge and the records that people read; the command line has the same.

pub use tongxing_rows::{RowFields, book_of, change_of, edit_of, record_of, row_key};
