//! Stretches of time as people enter and see them.

use crate::date::{Date, Minute, Slot, add_days};
use crate::tables::LONGEST_MEETING;
use crate::words::{Words, words};

/// Why a start and an end make no slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASlot {
    /// The end lies before the start.
    #[error("it ends before it starts")]
    EndsBeforeItStarts,
    /// Longer than [`LONGEST_MEETING`].
    #[error("it is longer than a week")]
    TooLong,
}

impl NotASlot {
    /// What to tell the person.
    pub const fn words(self) -> Words {
        match self {
            Self::EndsBeforeItStarts => words(
                "结束时间早于开始时间；跨午夜的沟通请把结束日期选到次日",
                "It ends before it starts; for one past midnight, choose the next day as its end",
            ),
            Self::TooLong => words(
                "一次沟通最长一周，请核对结束日期",
                "A meeting lasts a week at most; check the day on which it ends",
            ),
        }
    }
}

impl Slot {
    /// The slot from a minute to another. It may cross midnight, the end of a month or of a
    /// year; civil time has no hour that comes twice.
    ///
    /// # Errors
    /// [`NotASlot`] when the end lies before the start or more than a week after it.
    pub fn between(start: Minute, end: Minute) -> Result<Self, NotASlot> {
        match u16::try_from(end.index() - start.index()) {
            Ok(minutes) if minutes <= LONGEST_MEETING => Ok(Self { start, minutes }),
            _ if end < start => Err(NotASlot::EndsBeforeItStarts),
            _ => Err(NotASlot::TooLong),
        }
    }

    /// The days that it touches, in order; a slot that ends at midnight does not touch the
    /// day that begins then.
    pub fn days(self) -> impl Iterator<Item = Date> {
        let first = self.start.date();
        let last = self.start.plus(i64::from(self.minutes).max(1) - 1).date();
        (0..)
            .map(move |ahead| add_days(first, ahead))
            .take_while(move |day| *day <= last)
    }
}
