//! Import through its public interface: files, mappings, plans.

mod contents;
mod files;
mod given;
mod mappings;
mod plans;
mod workbooks;
