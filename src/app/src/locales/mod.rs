//! The interface's texts, in both languages. A text is a constant, so a missing one or a
//! missing language does not compile.

pub mod backup;
pub mod bin;
pub mod bulk;
pub mod calendar;
pub mod dealer;
pub mod dealers;
pub mod export;
pub mod filter;
pub mod form;
pub mod goal;
pub mod goal_setting;
pub mod import;
pub mod incentive;
pub mod issue;
pub mod long_term;
pub mod meeting;
pub mod message;
pub mod own_fields;
pub mod palette;
pub mod photos;
pub mod plans;
pub mod portfolio;
pub mod quick_log;
pub mod review;
pub mod routines;
pub mod schedule;
pub mod scorecard;
pub mod settings;
pub mod shell;
pub mod strategy;
pub mod support;
pub mod team;
pub mod time;
pub mod today;
pub mod trust;
pub mod views;
pub mod welcome;

pub use tongxing_domain::words::{Lang, Words, words};
