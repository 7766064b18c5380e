//! Import through its public interface: files, mappings, plans.

#![expect(
    clippy::unwrap_used,
    reason = "what tests share may unwrap as the tests themselves do"
)]

mod contents;
mod files;
mod given;
mod mappings;
mod plans;
#[path = "../replica/mod.rs"]
mod replica;
mod tables;
mod workbooks;
