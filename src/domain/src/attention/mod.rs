//! What needs attention: today's meetings, overdue contacts, what is due or late, and goals
//! that fall behind — of the whole book, or of one dealer.

mod due;
mod matters;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::Date;
use crate::id::Id;
use crate::pacing::Pacing;
use crate::ratio::Ratio;
use crate::schema::Record;
use crate::tables::*;
use crate::value::Link;
use crate::words::{Words, words};
use due::pressing;
use std::sync::Arc;

pub(crate) use due::sort_due;
pub use due::{AHEAD_DAYS, DUE_RULE, Due, DueKind, due_within};
pub use matters::{Matter, Matters, NextStep, for_dealer};

/// The link to a record.
pub fn link_to<T: Record>(record: &T) -> Link {
    Link {
        table: T::TABLE.number,
        id: record.id().uuid(),
    }
}

/// A dealer whose contact is overdue.
#[derive(Clone, Debug, PartialEq)]
pub struct OverdueContact {
    /// The dealer.
    pub dealer: Arc<Dealer>,
    /// Its rhythm.
    pub cadence: Cadence,
}

/// How overdue contacts are counted.
pub const OVERDUE_RULE: Words = words(
    "联系到期日已过、又没有约好下一次的经销商",
    "Dealers whose contact was due and who have no date ahead",
);

/// How goals that fall behind are counted.
pub const BEHIND_RULE: Words = words(
    "正在进行、进度低于 95% 的目标",
    "Goals that run and whose pace is below 95%",
);

/// What needs attention on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attention {
    /// Meetings that are running, of today, or planned for a past day and not closed; the
    /// running ones first, then by time.
    pub visits: Vec<Arc<Meeting>>,
    /// Dealers whose contact is overdue, the most overdue first.
    pub overdue: Vec<OverdueContact>,
    /// What is late or due within [`AHEAD_DAYS`] days, the latest first.
    pub due: Vec<Due>,
    /// Goals that fall behind, the worst first.
    pub behind: Vec<(Arc<Goal>, Pacing)>,
    /// Looked-after dealers that were never contacted.
    pub never_contacted: usize,
}

impl Attention {
    /// What needs attention in the whole book. No table is gone through per dealer; records of
    /// dealers that are in the bin are left out.
    pub fn of(book: &Book, today: Date) -> Self {
        let mut found = Self::default();
        let lives = |dealer: Id<Dealer>| book.dealers.get(dealer).is_some();
        found.visits = book
            .meetings
            .iter()
            .filter(|meeting| is_at_hand(meeting, today) && lives(meeting.dealer))
            .cloned()
            .collect();
        sort_meetings(&mut found.visits);

        for (dealer, cadence) in Cadence::of_all(book, today) {
            found.never_contacted += usize::from(cadence.never_contacted());
            if cadence.is_overdue() {
                found.overdue.push(OverdueContact { dealer, cadence });
            }
        }
        found
            .overdue
            .sort_by_cached_key(|overdue| (-overdue.cadence.overdue_days, overdue.dealer.id));

        found.due = pressing(book, None, today);
        sort_due(&mut found.due);

        found.behind = all_behind(book, today);
        found
    }
}

/// Every goal that falls behind, the worst first.
pub fn all_behind(book: &Book, today: Date) -> Vec<(Arc<Goal>, Pacing)> {
    let dealers = book.dealers.iter();
    let mut found: Vec<_> = dealers
        .flat_map(|dealer| behind(book, dealer.id, today))
        .collect();
    sort_behind(&mut found);
    found
}

/// The goals of a dealer that fall behind; in no order.
fn behind(book: &Book, dealer: Id<Dealer>, today: Date) -> Vec<(Arc<Goal>, Pacing)> {
    let paced = book.paced_of(dealer, today);
    let behind = paced.iter().filter(|(_, pacing)| pacing.rag.is_behind());
    behind.cloned().collect()
}

/// Whether a meeting is running, of today and open, or planned for the past and left open.
fn is_at_hand(meeting: &Meeting, today: Date) -> bool {
    match meeting.stage() {
        MeetingStage::Running => true,
        MeetingStage::Planned => meeting.day().is_some_and(|day| day <= today),
        MeetingStage::Closed | MeetingStage::CalledOff => false,
    }
}

fn sort_meetings(meetings: &mut [Arc<Meeting>]) {
    meetings.sort_by_key(|meeting| {
        let begins = meeting
            .started
            .or_else(|| meeting.planned.map(|slot| slot.start));
        (
            meeting.stage() != MeetingStage::Running,
            begins.map(|minute| minute.index()),
            meeting.id,
        )
    });
}

fn sort_behind(goals: &mut [(Arc<Goal>, Pacing)]) {
    let pace = |pacing: &Pacing| pacing.pace.unwrap_or(Ratio::ZERO);
    goals.sort_by_key(|(goal, pacing)| (pacing.rag, pace(pacing), goal.id));
}
