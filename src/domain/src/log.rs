//! The logs of issues and needs, for the team and for the dealer.

use crate::book::Book;
use crate::date::Date;
use crate::id::Id;
use crate::tables::{LogEntry, LogKind};
use crate::value::Link;
use std::sync::Arc;

/// The entries about a record, the oldest first.
pub fn entries(book: &Book, about: Link) -> Vec<Arc<LogEntry>> {
    let mut entries: Vec<_> = book
        .log_entries
        .of(Id::<LogEntry>::new(about.id))
        .filter(|entry| entry.about == Some(about))
        .cloned()
        .collect();
    entries.sort_by_key(|entry| (entry.on, entry.kind, entry.id));
    entries
}

/// An entry as the dealer may read it. It has no room for anything internal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedEntry {
    /// The day.
    pub on: Date,
    /// What it tells.
    pub kind: LogKind,
    /// What both sides may read; empty where the kind says it all.
    pub text: String,
}

/// The entries about a record that the dealer may read, the oldest first. A note that holds
/// internal words alone is left out, and so is an escalation about which nothing was said to
/// the dealer.
pub fn shared(book: &Book, about: Link) -> Vec<SharedEntry> {
    entries(book, about)
        .iter()
        .filter_map(|entry| {
            let kind = entry.kind.unwrap_or(LogKind::Note);
            let text = entry.text.trim();
            let says_nothing = text.is_empty()
                && matches!(kind, LogKind::Note | LogKind::Escalated | LogKind::Newer(_));
            (!says_nothing).then_some(SharedEntry {
                on: entry.on?,
                kind,
                text: text.to_owned(),
            })
        })
        .collect()
}
