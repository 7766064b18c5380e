//! Data in and out: tables as files, and the files of other systems both ways.
//!
//! [`Sheet`] is a table on its way out, written as CSV here and as a workbook elsewhere.
//! [`listed`] makes one of any records of any table. A [`Preset`] says for one kind of record
//! of another system which of its columns hold what, so that the import can read and
//! [`outgoing`] can write its files; what either side cannot hold is counted and told before
//! anything is written. [`vcard`] carries people, `json`
//! the whole book, `workbook` writes tables for spreadsheets. An [`errand`] has any of these files made in another thread.

mod assembling;
pub mod errand;
mod incoming;
#[cfg(feature = "json")]
pub mod json;
mod listed;
mod moments;
mod orders;
mod outgoing;
mod preset;
mod presets;
mod sheet;
pub mod vcard;
#[cfg(feature = "workbook")]
pub mod workbook;

pub(crate) use incoming::ForeignRows;
pub use incoming::{Incoming, Unheld, incoming};
pub use listed::listed;
pub(crate) use listed::written_cell;
pub use moments::DateForm;
pub(crate) use moments::read_date;
pub use outgoing::{Outgoing, outgoing};
pub use preset::{Cell, Preset, PresetColumn, Settled, Shape};
pub use presets::PRESETS;
pub use sheet::Sheet;
pub(crate) use sheet::push_record;
