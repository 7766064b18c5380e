//! What needs attention: today's meetings, overdue contacts, what is due or late, and goals
//! that fall behind — of the whole book, or of one dealer.

use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::{Date, days_between};
use crate::id::Id;
use crate::pacing::{Pacing, Rag};
use crate::ratio::Ratio;
use crate::schema::Record;
use crate::tables::*;
use crate::value::Link;
use crate::words::{Words, words};
use std::sync::Arc;

/// Items due within so many days are shown before they are late.
pub const AHEAD_DAYS: i64 = 7;

/// The link to a record.
pub fn link_to<T: Record>(record: &T) -> Link {
    Link {
        table: T::TABLE.number,
        id: record.id().uuid(),
    }
}

/// What kind of thing is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// A promise.
    Promise,
    /// A step of a plan.
    Step,
    /// An action.
    Action,
    /// A milestone of a goal.
    Milestone,
    /// An issue.
    Issue,
}

impl DueKind {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Promise => Promise::TABLE.label,
            Self::Step => Step::TABLE.label,
            Self::Action => Action::TABLE.label,
            Self::Milestone => Milestone::TABLE.label,
            Self::Issue => Issue::TABLE.label,
        }
    }
}

/// Something that waits to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The record.
    pub link: Link,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// What it is about.
    pub title: String,
    /// What kind of thing it is.
    pub kind: DueKind,
    /// Which side has to settle it; `None` where both have.
    pub side: Option<Side>,
    /// By when.
    pub due: Date,
    /// Days since the due date; negative while it lies ahead.
    pub days_late: i64,
}

impl Due {
    /// Whether the due date has passed.
    pub fn is_late(&self) -> bool {
        self.days_late > 0
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
    /// What needs attention in the whole book. Each table is gone through once; records of
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

        for dealer in book
            .dealers
            .iter()
            .filter(|dealer| dealer.is_looked_after())
        {
            let cadence = Cadence::of(book, dealer, today);
            found.never_contacted += usize::from(cadence.never_contacted());
            if cadence.is_overdue() {
                found.overdue.push(OverdueContact {
                    dealer: Arc::clone(dealer),
                    cadence,
                });
            }
        }
        found
            .overdue
            .sort_by_cached_key(|overdue| (-overdue.cadence.overdue_days, overdue.dealer.id));

        let all = book
            .promises
            .iter()
            .filter_map(|promise| due_promise(promise))
            .chain(book.steps.iter().filter_map(|step| due_step(book, step)))
            .chain(book.actions.iter().filter_map(|action| due_action(action)))
            .chain(
                book.milestones
                    .iter()
                    .filter_map(|milestone| due_milestone(book, milestone)),
            )
            .chain(book.issues.iter().filter_map(|issue| due_issue(issue)));
        found.due = pressing(all, today)
            .filter(|due| lives(due.dealer))
            .collect();
        sort_due(&mut found.due);

        found.behind = book
            .goals
            .iter()
            .filter(|goal| lives(goal.dealer))
            .filter_map(|goal| behind(book, goal, today))
            .collect();
        sort_behind(&mut found.behind);
        found
    }
}

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

    let all = book
        .promises
        .of(dealer)
        .filter_map(|promise| due_promise(promise))
        .chain(
            book.plans
                .of(dealer)
                .flat_map(|plan| book.steps.of(plan.id))
                .filter_map(|step| due_step(book, step)),
        )
        .chain(
            book.actions
                .of(dealer)
                .filter_map(|action| due_action(action)),
        )
        .chain(
            book.goals
                .of(dealer)
                .flat_map(|goal| book.milestones.of(goal.id))
                .filter_map(|milestone| due_milestone(book, milestone)),
        )
        .chain(book.issues.of(dealer).filter_map(|issue| due_issue(issue)));
    let mut due: Vec<_> = pressing(all, today).collect();
    sort_due(&mut due);

    let mut goals: Vec<_> = book
        .goals
        .of(dealer)
        .filter_map(|goal| behind(book, goal, today))
        .collect();
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

fn sort_due(due: &mut [Due]) {
    due.sort_by(|a, b| (a.due, a.kind, a.link.id).cmp(&(b.due, b.kind, b.link.id)));
}

fn sort_behind(goals: &mut [(Arc<Goal>, Pacing)]) {
    let pace = |pacing: &Pacing| pacing.pace.unwrap_or(Ratio::ZERO);
    goals.sort_by(|a, b| (a.1.rag, pace(&a.1), a.0.id).cmp(&(b.1.rag, pace(&b.1), b.0.id)));
}

/// Items that are late or due within [`AHEAD_DAYS`] days.
fn pressing(all: impl Iterator<Item = Due>, today: Date) -> impl Iterator<Item = Due> {
    all.filter_map(move |mut due| {
        due.days_late = days_between(due.due, today);
        (due.days_late >= -AHEAD_DAYS).then_some(due)
    })
}

fn behind(book: &Book, goal: &Arc<Goal>, today: Date) -> Option<(Arc<Goal>, Pacing)> {
    let span = goal.span?;
    if !goal.outcome.is_open() || !span.contains(today) {
        return None;
    }
    let pacing = Pacing::of(book, goal, today)?;
    pacing.rag.is_behind().then(|| (Arc::clone(goal), pacing))
}

fn item<T: Record>(
    record: &T,
    dealer: Id<Dealer>,
    title: &str,
    kind: DueKind,
    side: Option<Side>,
    due: Date,
) -> Due {
    Due {
        link: link_to(record),
        dealer,
        title: title.to_owned(),
        kind,
        side,
        due,
        days_late: 0,
    }
}

fn due_promise(promise: &Promise) -> Option<Due> {
    let due = promise.due.filter(|_| promise.outcome.is_open())?;
    let (dealer, side) = (promise.dealer, promise.by);
    Some(item(
        promise,
        dealer,
        &promise.title,
        DueKind::Promise,
        side,
        due,
    ))
}

/// A step of a plan that lives; a step in a plan that is in the bin waits for nobody.
fn due_step(book: &Book, step: &Step) -> Option<Due> {
    let due = step.due.filter(|_| step.is_open())?;
    let dealer = book.plans.get(step.plan)?.dealer;
    Some(item(
        step,
        dealer,
        &step.title,
        DueKind::Step,
        step.side,
        due,
    ))
}

fn due_action(action: &Action) -> Option<Due> {
    let due = action.due.filter(|_| action.outcome.is_open())?;
    let (dealer, side) = (action.dealer, action.side);
    Some(item(
        action,
        dealer,
        &action.title,
        DueKind::Action,
        side,
        due,
    ))
}

fn due_milestone(book: &Book, milestone: &Milestone) -> Option<Due> {
    let due = milestone.due.filter(|_| milestone.outcome.is_open())?;
    let goal = book.goals.get(milestone.goal)?;
    goal.outcome.is_open().then(|| {
        item(
            milestone,
            goal.dealer,
            &milestone.title,
            DueKind::Milestone,
            None,
            due,
        )
    })
}

fn due_issue(issue: &Issue) -> Option<Due> {
    let due = issue.due.filter(|_| issue.outcome.is_open())?;
    Some(item(
        issue,
        issue.dealer,
        &issue.title,
        DueKind::Issue,
        None,
        due,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{DateSpan, Minute, Month, Slot, add_days, parse_date};
    use crate::metrics;
    use crate::quantity::Quantity;
    use crate::value::{Course, Figure, Outcome};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    const TODAY: &str = "2026-06-15";

    fn dealer_named(name: &str) -> Dealer {
        Dealer {
            name: name.into(),
            status: Some(DealerStatus::Active),
            ..Dealer::with_id(Id::natural(&["dealer", name]))
        }
    }

    fn meeting(dealer: &Dealer, planned: &str, change: impl FnOnce(&mut Meeting)) -> Meeting {
        let mut meeting = Meeting {
            dealer: dealer.id,
            channel: Some(Channel::Visit),
            planned: Some(Slot {
                start: Minute::parse(planned).unwrap(),
                minutes: 60,
            }),
            ..Meeting::with_id(Id::natural(&["meeting", &dealer.name, planned]))
        };
        change(&mut meeting);
        meeting
    }

    fn promise(dealer: &Dealer, title: &str, by: Side, due: &str) -> Promise {
        Promise {
            dealer: dealer.id,
            title: title.into(),
            by: Some(by),
            due: Some(day(due)),
            ..Promise::with_id(Id::natural(&["promise", title]))
        }
    }

    /// A goal over the year with one reading at the end of May.
    fn goal(book: &mut Book, dealer: &Dealer, title: &str, reached: i64) {
        let goal = Goal {
            dealer: dealer.id,
            title: title.into(),
            metric: metrics::sales_in(),
            course: Some(Course {
                baseline: Quantity(0),
                target: Quantity::whole(365),
            }),
            span: DateSpan::new(day("2026-01-01"), day("2026-12-31")),
            ..Goal::with_id(Id::natural(&["goal", title]))
        };
        let month = Month::new(2026, 5).unwrap();
        book.readings.set(Reading {
            dealer: dealer.id,
            metric: goal.metric,
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity::whole(reached),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer.id, goal.metric, month))
        });
        book.goals.set(goal);
    }

    #[test]
    fn meetings_at_hand_are_those_running_of_today_and_left_open() {
        let (mut book, dealer) = (Book::default(), dealer_named("a"));
        book.dealers.set(dealer.clone());
        let running = meeting(&dealer, "2026-06-15T14:00", |m| {
            m.started = Minute::parse("2026-06-15T14:05")
        });
        for meeting in [
            meeting(&dealer, "2026-06-15T09:00", |_| ()),
            running.clone(),
            meeting(&dealer, "2026-06-12T09:00", |_| ()),
            meeting(&dealer, "2026-06-16T09:00", |_| ()),
            meeting(&dealer, "2026-06-15T08:00", |m| {
                m.outcome = Outcome::Done(day(TODAY))
            }),
            meeting(&dealer, "2026-06-15T07:00", |m| {
                m.outcome = Outcome::Dropped(day(TODAY))
            }),
        ] {
            book.meetings.set(meeting);
        }
        let found = Attention::of(&book, day(TODAY));
        let times: Vec<_> = found
            .visits
            .iter()
            .map(|meeting| meeting.planned.unwrap().start.to_string())
            .collect();
        assert_eq!(
            times,
            ["2026-06-15T14:00", "2026-06-12T09:00", "2026-06-15T09:00"]
        );
        let matters = for_dealer(&book, dealer.id, day(TODAY));
        assert_eq!(matters.next_step, Some(NextStep::Resume(Arc::new(running))));
    }

    #[test]
    fn what_is_due_is_late_or_within_a_week() {
        let (mut book, dealer) = (Book::default(), dealer_named("a"));
        book.dealers.set(dealer.clone());
        for (title, due) in [
            ("late", "2026-06-10"),
            ("today", TODAY),
            ("in a week", "2026-06-22"),
            ("later", "2026-06-23"),
        ] {
            book.promises.set(promise(&dealer, title, Side::Us, due));
        }
        let mut kept = promise(&dealer, "kept", Side::Us, "2026-06-01");
        kept.outcome = Outcome::Done(day("2026-06-01"));
        book.promises.set(kept);
        let found = Attention::of(&book, day(TODAY));
        let seen: Vec<_> = found
            .due
            .iter()
            .map(|due| (due.title.as_str(), due.days_late))
            .collect();
        assert_eq!(seen, [("late", 5), ("today", 0), ("in a week", -7)]);
    }

    #[test]
    fn every_kind_is_found_for_the_book_and_for_the_dealer() {
        let (mut book, dealer) = (Book::default(), dealer_named("a"));
        book.dealers.set(dealer.clone());
        let due = Some(day(TODAY));
        book.promises
            .set(promise(&dealer, "promise", Side::Dealer, TODAY));
        let plan = Plan {
            dealer: dealer.id,
            ..Plan::with_id(Id::natural(&["plan"]))
        };
        book.steps.set(Step {
            plan: plan.id,
            due,
            ..Step::with_id(Id::natural(&["step"]))
        });
        book.actions.set(Action {
            dealer: dealer.id,
            due,
            ..Action::with_id(Id::natural(&["action"]))
        });
        let goal = Goal {
            dealer: dealer.id,
            ..Goal::with_id(Id::natural(&["goal"]))
        };
        book.milestones.set(Milestone {
            goal: goal.id,
            due,
            ..Milestone::with_id(Id::natural(&["milestone"]))
        });
        book.issues.set(Issue {
            dealer: dealer.id,
            due,
            ..Issue::with_id(Id::natural(&["issue"]))
        });
        book.plans.set(plan.clone());
        book.goals.set(goal);
        let kinds = |book: &Book| -> Vec<_> {
            Attention::of(book, day(TODAY))
                .due
                .iter()
                .map(|due| due.kind)
                .collect()
        };
        let all = [
            DueKind::Promise,
            DueKind::Step,
            DueKind::Action,
            DueKind::Milestone,
            DueKind::Issue,
        ];
        assert_eq!(kinds(&book), all);
        let matters = for_dealer(&book, dealer.id, day(TODAY)).list;
        assert_eq!(matters.len(), all.len());

        // A step of a plan in the bin waits for nobody, nor does anything of a binned dealer.
        let mut binned = plan;
        binned.state.deleted = true;
        book.plans.set(binned);
        assert_eq!(kinds(&book).len(), 4);
        let mut gone = dealer;
        gone.state.deleted = true;
        book.dealers.set(gone);
        assert_eq!(kinds(&book), []);
    }

    #[test]
    fn the_most_overdue_contact_comes_first() {
        let mut book = Book::default();
        for (name, ago) in [("fine", 10), ("worse", 70), ("bad", 40)] {
            let dealer = dealer_named(name);
            let on = add_days(day(TODAY), -ago);
            book.meetings
                .set(meeting(&dealer, &format!("{on}T10:00"), |m| {
                    m.outcome = Outcome::Done(on)
                }));
            book.dealers.set(dealer);
        }
        book.dealers.set(dealer_named("new"));
        let found = Attention::of(&book, day(TODAY));
        let seen: Vec<_> = found
            .overdue
            .iter()
            .map(|overdue| (overdue.dealer.name.as_str(), overdue.cadence.overdue_days))
            .collect();
        assert_eq!(seen, [("worse", 40), ("bad", 10)]);
        assert_eq!(found.never_contacted, 1);
    }

    #[test]
    fn goals_behind_are_sorted_by_pace() {
        let mut book = Book::default();
        for (title, reached) in [("watch", 130), ("worst", 10), ("good", 160), ("bad", 60)] {
            let dealer = dealer_named(title);
            goal(&mut book, &dealer, title, reached);
            book.dealers.set(dealer);
        }
        let found = Attention::of(&book, day(TODAY));
        let titles: Vec<_> = found
            .behind
            .iter()
            .map(|(goal, _)| goal.title.as_str())
            .collect();
        assert_eq!(titles, ["worst", "bad", "watch"]);
    }

    #[test]
    fn our_own_lateness_comes_before_everything_but_open_meetings() {
        let (mut book, dealer) = (Book::default(), dealer_named("a"));
        let on = day("2026-03-01");
        book.meetings.set(meeting(&dealer, "2026-03-01T10:00", |m| {
            m.outcome = Outcome::Done(on)
        }));
        goal(&mut book, &dealer, "behind", 10);
        book.promises
            .set(promise(&dealer, "theirs", Side::Dealer, "2026-06-01"));
        book.promises
            .set(promise(&dealer, "ours", Side::Us, "2026-06-14"));
        book.promises
            .set(promise(&dealer, "soon", Side::Us, "2026-06-18"));
        book.dealers.set(dealer.clone());
        let matters = for_dealer(&book, dealer.id, day(TODAY));
        let seen: Vec<_> = matters
            .list
            .iter()
            .map(|matter| match matter {
                Matter::Meeting(_) => "meeting",
                Matter::Overdue(_) => "overdue",
                Matter::Due(due) => &due.title,
                Matter::Behind(goal, _) => &goal.title,
            })
            .collect();
        assert_eq!(seen, ["ours", "theirs", "overdue", "behind", "soon"]);
        assert!(matches!(matters.next_step, Some(NextStep::Settle(due)) if due.title == "ours"));
    }

    #[test]
    fn a_quiet_dealer_still_has_a_next_step() {
        let (mut book, dealer) = (Book::default(), dealer_named("a"));
        book.dealers.set(dealer.clone());
        let next = |book: &Book| for_dealer(book, dealer.id, day(TODAY)).next_step;
        assert!(matches!(next(&book), Some(NextStep::MakeContact { .. })));
        let on = day("2026-06-10");
        book.meetings.set(meeting(&dealer, "2026-06-10T10:00", |m| {
            m.outcome = Outcome::Done(on)
        }));
        assert_eq!(next(&book), Some(NextStep::SetGoal));
        goal(&mut book, &dealer, "good", 200);
        assert!(matches!(
            next(&book),
            Some(NextStep::MakeContact { visit: false, .. })
        ));
        book.meetings
            .set(meeting(&dealer, "2026-06-30T10:00", |_| ()));
        assert!(matches!(next(&book), Some(NextStep::Prepare(_))));
        book.dealers.set(Dealer {
            status: Some(DealerStatus::Ended),
            ..dealer.clone()
        });
        assert!(
            for_dealer(&book, Id::natural(&["nobody"]), day(TODAY))
                .next_step
                .is_none()
        );
    }
}
