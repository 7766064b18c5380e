//! What matters now for one dealer, and the one thing to do next.

use super::due::{Due, pressing, sort_due};
use super::{behind, is_at_hand, sort_behind, sort_meetings};
use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::Date;
use crate::id::Id;
use crate::pacing::{Pacing, Rag};
use crate::tables::*;
use crate::words::{Words, words};
use std::sync::Arc;

/// One thing that matters now for a dealer.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// A meeting that is running, of today, or left open.
    Meeting(Arc<Meeting>),
    /// The contact is overdue.
    Overdue(Cadence),
    /// Something is due or late.
    Due(Due),
    /// A goal falls behind.
    Behind(Arc<Goal>, Box<Pacing>),
}

/// The one thing to do next for a dealer.
#[derive(Clone, Debug, PartialEq)]
pub enum NextStep {
    /// Go on with the meeting that is running.
    Resume(Arc<Meeting>),
    /// Close a meeting of a past day.
    CloseMeeting(Arc<Meeting>),
    /// Prepare or begin today's meeting.
    Begin(Arc<Meeting>),
    /// Settle what is late.
    Settle(Due),
    /// Make contact: the date it was or is due, and whether it has to be a visit.
    MakeContact {
        /// By when.
        due: Date,
        /// Whether it has to be a visit.
        visit: bool,
    },
    /// Talk about a goal that falls behind.
    TalkAbout(Arc<Goal>),
    /// Prepare the next planned meeting.
    Prepare(Arc<Meeting>),
    /// Set a first goal together.
    SetGoal,
}

impl NextStep {
    /// What to do, in words.
    pub const fn words(&self) -> Words {
        match self {
            Self::Resume(_) => words("继续沟通", "Go on with the meeting"),
            Self::CloseMeeting(_) => words("补记并结束沟通", "Write up and close the meeting"),
            Self::Begin(_) => words("开始今天的沟通", "Begin today's meeting"),
            Self::Settle(_) => words("处理已到期的事项", "Settle what is late"),
            Self::MakeContact { visit: true, .. } => words("安排拜访", "Plan a visit"),
            Self::MakeContact { visit: false, .. } => words("联系一下", "Make contact"),
            Self::TalkAbout(_) => words("一起看看目标进度", "Look at the goal together"),
            Self::Prepare(_) => words("准备下次沟通", "Prepare the next meeting"),
            Self::SetGoal => words("一起定一个目标", "Set a goal together"),
        }
    }
}

/// What matters now for one dealer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matters {
    /// The most pressing first.
    pub list: Vec<Matter>,
    /// What to do next; `None` for a dealer that is not looked after and has nothing open.
    pub next_step: Option<NextStep>,
}

/// What matters now for one dealer, the most pressing first: open meetings, what our side is
/// late with, what else is late, the overdue contact, goals at risk, what comes due, goals to
/// watch.
pub fn for_dealer(book: &Book, dealer: Id<Dealer>, today: Date) -> Matters {
    let Some(record) = book.dealers.get(dealer) else {
        return Matters::default();
    };
    let mut meetings: Vec<_> = book
        .meetings
        .of(dealer)
        .filter(|meeting| meeting.dealer == dealer && is_at_hand(meeting, today))
        .cloned()
        .collect();
    sort_meetings(&mut meetings);

    let mut due = pressing(book, Some(dealer), today);
    sort_due(&mut due);

    let mut goals = behind(book, dealer, today);
    sort_behind(&mut goals);
    let cadence = Cadence::of(book, record, today);
    let next_step = next_step(book, record, today, &meetings, &due, &cadence, &goals);

    let (late, ahead): (Vec<_>, Vec<_>) = due.into_iter().partition(Due::is_late);
    let (ours, others): (Vec<_>, Vec<_>) =
        late.into_iter().partition(|due| due.side == Some(Side::Us));
    let (risk, watch): (Vec<_>, Vec<_>) = goals
        .into_iter()
        .partition(|(_, pacing)| pacing.rag == Rag::Risk);
    let as_behind = |(goal, pacing)| Matter::Behind(goal, Box::new(pacing));
    let mut list: Vec<Matter> = meetings.into_iter().map(Matter::Meeting).collect();
    list.extend(ours.into_iter().chain(others).map(Matter::Due));
    if cadence.is_overdue() {
        list.push(Matter::Overdue(cadence));
    }
    list.extend(risk.into_iter().map(as_behind));
    list.extend(ahead.into_iter().map(Matter::Due));
    list.extend(watch.into_iter().map(as_behind));
    Matters { list, next_step }
}

fn next_step(
    book: &Book,
    dealer: &Dealer,
    today: Date,
    meetings: &[Arc<Meeting>],
    due: &[Due],
    cadence: &Cadence,
    behind: &[(Arc<Goal>, Pacing)],
) -> Option<NextStep> {
    if let Some(meeting) = meetings.first() {
        let meeting = Arc::clone(meeting);
        return Some(match meeting.stage() {
            MeetingStage::Running if meeting.day() == Some(today) => NextStep::Resume(meeting),
            MeetingStage::Planned if meeting.day() == Some(today) => NextStep::Begin(meeting),
            _ => NextStep::CloseMeeting(meeting),
        });
    }
    let late = |side| {
        due.iter()
            .find(move |due| due.is_late() && due.side == side)
    };
    if let Some(due) = late(Some(Side::Us)) {
        return Some(NextStep::Settle(due.clone()));
    }
    let planned = cadence.planned.clone();
    if let Some(due) = cadence.due
        && planned.is_none()
        && (cadence.is_overdue() || cadence.never_contacted())
    {
        return Some(NextStep::MakeContact {
            due,
            visit: cadence.must_visit,
        });
    }
    if let Some(due) = due.iter().find(|due| due.is_late()) {
        return Some(NextStep::Settle(due.clone()));
    }
    if let Some((goal, _)) = behind.first() {
        return Some(NextStep::TalkAbout(Arc::clone(goal)));
    }
    if let Some(meeting) = planned {
        return Some(NextStep::Prepare(meeting));
    }
    if !dealer.is_looked_after() {
        return None;
    }
    let has_goal = book
        .goals
        .of(dealer.id)
        .any(|goal| goal.outcome.is_open() && goal.span.is_none_or(|span| span.end() >= today));
    if !has_goal {
        return Some(NextStep::SetGoal);
    }
    cadence.due.map(|due| NextStep::MakeContact {
        due,
        visit: cadence.must_visit,
    })
}
