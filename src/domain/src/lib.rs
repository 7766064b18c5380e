//! The business of looking after dealers: every table, its validation and every formula.
//!
//! Pure by construction: today, the language and fresh ids are arguments. The crate knows
//! no clock, no randomness, no storage and no screen, and nothing of how rows are merged;
//! it reads and writes rows through [`schema::FieldSource`] and [`schema::Change`].

pub mod attention;
pub mod bin;
pub mod book;
pub mod bulk;
pub mod cadence;
pub mod crosstab;
pub mod custom;
pub mod date;
pub mod demo;
pub mod due_words;
pub mod duplicates;
pub mod exchange;
pub mod explain;
pub mod filter;
pub mod formula;
pub mod health;
pub mod id;
pub mod import;
pub mod incentives;
pub mod measured;
pub mod metrics;
pub mod money;
pub mod pacing;
pub mod peers;
pub mod period;
pub mod plans;
pub mod position;
pub mod promises;
pub mod quality;
pub mod quantity;
pub mod rate;
pub mod ratio;
pub mod schema;
pub mod scorecard;
pub mod search;
pub mod settle;
pub mod smart;
pub mod support;
pub mod tables;
pub mod text;
pub mod timeline;
pub mod training;
pub mod trend;
pub mod value;
pub mod view;
pub mod visit;
pub mod words;
