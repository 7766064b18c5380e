//! What became of a need: the response, then the outcome, each kept.

use crate::attention::link_to;
use crate::date::Date;
use crate::id::{FreshId, Id};
use crate::schema::Record;
use crate::tables::{LogEntry, LogKind, Need, NeedStatus};
use crate::words::{Words, words};

/// How open needs are counted.
pub const OPEN_NEEDS_RULE: Words = words(
    "还没有满足、也没有放下的需求",
    "Needs that are neither met nor set aside",
);

/// A need that was answered, and the entry in its log.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The need as it is to be saved: its response is the latest one.
    pub need: Need,
    /// What its log keeps.
    pub entry: LogEntry,
}

/// An answer without a word in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer says nothing; write what was done or decided")]
pub struct NoAnswer;

/// Answers a need: what is being done about it ([`NeedStatus::InProgress`]), or what came of it
/// ([`NeedStatus::Met`], [`NeedStatus::Declined`]). What was answered before stays in the log.
///
/// # Errors
/// [`NoAnswer`] for one without words: a need that cannot be met is told so openly.
pub fn answer(
    need: &Need,
    status: NeedStatus,
    text: &str,
    on: Date,
    fresh: FreshId<'_>,
) -> Result<Answered, NoAnswer> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NoAnswer);
    }
    let settled = matches!(status, NeedStatus::Met | NeedStatus::Declined);
    Ok(Answered {
        need: Need {
            status: Some(status),
            response: text.to_owned(),
            ..need.clone()
        },
        entry: LogEntry {
            dealer: need.dealer,
            about: Some(link_to(need)),
            on: Some(on),
            kind: Some(if settled {
                LogKind::Outcome
            } else {
                LogKind::Response
            }),
            text: text.to_owned(),
            ..LogEntry::with_id(Id::new(fresh()))
        },
    })
}
