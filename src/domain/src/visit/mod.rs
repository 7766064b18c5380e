//! A visit from start to finish: the agenda fills itself, a line of the minutes becomes a
//! record, closing proposes the next date, and the dealer gets a summary.

mod agenda;
mod closing;
mod follow_up;
mod lines;
mod quick_log;
mod summary;
#[cfg(test)]
mod tests;
mod today;

pub use agenda::{LEFT_RULE, Proposal, Why, agenda, into_items, propose_agenda};
pub use closing::{Closing, NextDate, NextReason, close, propose_next};
pub use follow_up::{FollowUp, follow_up};
pub use lines::{LineInto, NewRecord, turn_line};
pub use quick_log::quick_log;
pub use summary::summary_text;
pub use today::{open_visit, visit_soon};
