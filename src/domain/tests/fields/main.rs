//! What every table and every kind of field keeps to: storing, reading, typing, checking.

mod generated;
mod records;
mod rows;
mod values;
