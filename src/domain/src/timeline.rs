//! What happened between us and a dealer, newest first.

use crate::attention::link_to;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::issues;
use crate::tables::*;
use crate::value::{Kind, Link, Outcome, Value};
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A meeting took place; its channel.
    Meeting(Option<Channel>),
    /// A meeting was called off.
    CalledOff,
    /// A promise was made.
    PromiseMade,
    /// A promise was kept.
    PromiseKept,
    /// A promise was not kept.
    PromiseBroken,
    /// A goal was agreed.
    GoalSet,
    /// A goal was reached and closed.
    GoalReached,
    /// A goal was given up.
    GoalDropped,
    /// A milestone was reached.
    MilestoneReached,
    /// Readings of a month came in; how many.
    Readings(Month, usize),
    /// A need was raised.
    NeedRaised,
    /// An issue was reported.
    IssueReported,
    /// An issue was resolved.
    IssueResolved,
    /// A step of a plan was done.
    StepDone,
    /// An action was done.
    ActionDone,
}

impl EntryKind {
    /// What people call it.
    pub fn words(self) -> Words {
        match self {
            Self::Meeting(Some(channel)) => channel.words(),
            Self::Meeting(None) => words("沟通", "Meeting"),
            Self::CalledOff => words("取消沟通", "Meeting called off"),
            Self::PromiseMade => words("作出承诺", "Promise made"),
            Self::PromiseKept => words("兑现承诺", "Promise kept"),
            Self::PromiseBroken => words("承诺未兑现", "Promise not kept"),
            Self::GoalSet => words("设定目标", "Goal set"),
            Self::GoalReached => words("目标达成", "Goal reached"),
            Self::GoalDropped => words("目标取消", "Goal dropped"),
            Self::MilestoneReached => words("到达里程碑", "Milestone reached"),
            Self::Readings(..) => words("数据更新", "Readings"),
            Self::NeedRaised => words("提出需求", "Need raised"),
            Self::IssueReported => words("报告问题", "Issue reported"),
            Self::IssueResolved => words("问题解决", "Issue resolved"),
            Self::StepDone => words("完成步骤", "Step done"),
            Self::ActionDone => words("完成待办", "Action done"),
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: Date,
    /// What kind of event it is.
    pub kind: EntryKind,
    /// What it is about: the record's own words; empty for a meeting without a subject, the
    /// month for readings.
    pub title: String,
    /// The record.
    pub link: Link,
    /// Whose it is, where it is one side's.
    pub side: Option<Side>,
}

impl Entry {
    /// The title for reading.
    pub fn title_in(&self, lang: Lang) -> String {
        match (self.kind, lang) {
            (EntryKind::Readings(month, count), lang) => {
                let month = Value::Month(month).show(Kind::Month, lang);
                match lang {
                    Lang::Zh => format!("{month} · {count} 项"),
                    Lang::En if count == 1 => format!("{month} · 1 reading"),
                    Lang::En => format!("{month} · {count} readings"),
                }
            }
            _ => self.title.clone(),
        }
    }
}

/// Everything that happened between us and a dealer, newest first. What is planned or due is
/// not part of it.
pub fn entries(book: &Book, dealer: Id<Dealer>) -> Vec<Entry> {
    let mut found = Vec::new();
    meetings(book, dealer, &mut found);
    promises(book, dealer, &mut found);
    goals(book, dealer, &mut found);
    readings(book, dealer, &mut found);
    needs_and_issues(book, dealer, &mut found);
    work(book, dealer, &mut found);
    found.sort_by(|a, b| (b.day, a.kind, a.link.id).cmp(&(a.day, b.kind, b.link.id)));
    found
}

fn entry(day: Date, kind: EntryKind, title: &str, link: Link, side: Option<Side>) -> Entry {
    Entry {
        day,
        kind,
        title: title.to_owned(),
        link,
        side,
    }
}

fn meetings(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    for meeting in book.meetings.of(dealer) {
        let kind = match meeting.stage() {
            MeetingStage::Planned => continue,
            MeetingStage::CalledOff => EntryKind::CalledOff,
            MeetingStage::Running | MeetingStage::Closed => EntryKind::Meeting(meeting.channel),
        };
        if let Some(day) = meeting.day() {
            found.push(entry(
                day,
                kind,
                &meeting.subject,
                link_to(&**meeting),
                None,
            ));
        }
    }
}

fn promises(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    for promise in book.promises.of(dealer) {
        let settled = match promise.outcome {
            Outcome::Open => None,
            Outcome::Done(day) => Some((day, EntryKind::PromiseKept)),
            Outcome::Dropped(day) => Some((day, EntryKind::PromiseBroken)),
        };
        let made = promise.made_on.map(|day| (day, EntryKind::PromiseMade));
        for (day, kind) in made.into_iter().chain(settled) {
            found.push(entry(
                day,
                kind,
                &promise.title,
                link_to(&**promise),
                promise.by,
            ));
        }
    }
}

fn goals(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    for goal in book.goals.of(dealer) {
        let set = goal.agreed_on.or(goal.span.map(|span| span.start()));
        let closed = match goal.outcome {
            Outcome::Open => None,
            Outcome::Done(day) => Some((day, EntryKind::GoalReached)),
            Outcome::Dropped(day) => Some((day, EntryKind::GoalDropped)),
        };
        for (day, kind) in set
            .map(|day| (day, EntryKind::GoalSet))
            .into_iter()
            .chain(closed)
        {
            found.push(entry(day, kind, &goal.title, link_to(&**goal), None));
        }
        for milestone in book.milestones.of(goal.id) {
            if let Outcome::Done(day) = milestone.outcome {
                let link = link_to(&**milestone);
                found.push(entry(
                    day,
                    EntryKind::MilestoneReached,
                    &milestone.title,
                    link,
                    None,
                ));
            }
        }
    }
}

/// Readings come by the dozen: one entry for each month, on the last day that it covers.
fn readings(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    let mut by_month: BTreeMap<Month, (Date, &Arc<Reading>, usize)> = BTreeMap::new();
    for reading in book.readings.of(dealer) {
        let (Some(month), Some(figure)) = (reading.month, reading.figure) else {
            continue;
        };
        by_month
            .entry(month)
            .and_modify(|(day, first, count)| {
                *day = (*day).max(figure.as_of);
                *count += 1;
                if reading.id < first.id {
                    *first = reading;
                }
            })
            .or_insert((figure.as_of, reading, 1));
    }
    for (month, (day, reading, count)) in by_month {
        let kind = EntryKind::Readings(month, count);
        found.push(entry(
            day,
            kind,
            &month.to_string(),
            link_to(&**reading),
            None,
        ));
    }
}

fn needs_and_issues(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    for need in book.needs.of(dealer) {
        if let Some(day) = need.raised_on {
            let kind = EntryKind::NeedRaised;
            found.push(entry(
                day,
                kind,
                &need.title,
                link_to(&**need),
                Some(Side::Dealer),
            ));
        }
    }
    for issue in issues::of_dealer(book, dealer) {
        let link = link_to(&**issue);
        if let Some(day) = issue.reported_on {
            found.push(entry(
                day,
                EntryKind::IssueReported,
                &issue.title,
                link,
                None,
            ));
        }
        if let Outcome::Done(day) = issue.outcome {
            found.push(entry(
                day,
                EntryKind::IssueResolved,
                &issue.title,
                link,
                None,
            ));
        }
    }
}

fn work(book: &Book, dealer: Id<Dealer>, found: &mut Vec<Entry>) {
    for step in book
        .plans
        .of(dealer)
        .flat_map(|plan| book.steps.of(plan.id))
    {
        if let (Some(Progress::Done), Some(day)) = (step.progress, step.done_on) {
            let link = link_to(&**step);
            found.push(entry(
                day,
                EntryKind::StepDone,
                &step.title,
                link,
                step.side,
            ));
        }
    }
    for action in book.actions.of(dealer) {
        if let Outcome::Done(day) = action.outcome {
            let link = link_to(&**action);
            found.push(entry(
                day,
                EntryKind::ActionDone,
                &action.title,
                link,
                action.side,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Minute, Slot, parse_date};
    use crate::metrics;
    use crate::quantity::Quantity;
    use crate::schema::Record;
    use crate::value::Figure;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn what_happened_comes_newest_first() {
        let mut book = Book::default();
        let dealer = Id::natural(&["dealer"]);
        book.meetings.set(Meeting {
            dealer,
            channel: Some(Channel::Visit),
            subject: "年度沟通".into(),
            outcome: Outcome::Done(day("2026-03-10")),
            ..Meeting::with_id(Id::natural(&["m"]))
        });
        book.meetings.set(Meeting {
            dealer,
            planned: Some(Slot {
                start: Minute::parse("2026-12-01T10:00").unwrap(),
                minutes: 30,
            }),
            ..Meeting::with_id(Id::natural(&["planned"]))
        });
        book.promises.set(Promise {
            dealer,
            title: "样机".into(),
            by: Some(Side::Us),
            made_on: Some(day("2026-03-10")),
            outcome: Outcome::Done(day("2026-04-02")),
            ..Promise::with_id(Id::natural(&["p"]))
        });
        let month = Month::new(2026, 3).unwrap();
        for metric in [metrics::sales_in(), metrics::units(), metrics::shops()] {
            book.readings.set(Reading {
                dealer,
                metric,
                month: Some(month),
                figure: Some(Figure {
                    amount: Quantity(1),
                    as_of: month.last(),
                }),
                ..Reading::with_id(Reading::id_for(dealer, metric, month))
            });
        }
        let plan = Plan {
            dealer,
            ..Plan::with_id(Id::natural(&["plan"]))
        };
        book.steps.set(Step {
            plan: plan.id,
            title: "布展".into(),
            progress: Some(Progress::Done),
            done_on: Some(day("2026-05-01")),
            side: Some(Side::Dealer),
            ..Step::with_id(Id::natural(&["s"]))
        });
        book.plans.set(plan);
        let seen: Vec<_> = entries(&book, dealer)
            .iter()
            .map(|entry| {
                format!(
                    "{} {} {}",
                    entry.day,
                    entry.kind.words().zh,
                    entry.title_in(Lang::Zh)
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                "2026-05-01 完成步骤 布展",
                "2026-04-02 兑现承诺 样机",
                "2026-03-31 数据更新 2026年3月 · 3 项",
                "2026-03-10 拜访 年度沟通",
                "2026-03-10 作出承诺 样机",
            ]
        );
    }
}
