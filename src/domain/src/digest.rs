//! The weekly digest: what a week brought, and what the next one brings.

use crate::attention::{Due, all_behind, due_within, sort_due};
use crate::book::Book;
use crate::calendar::week_of;
use crate::contracts;
use crate::date::{Date, DateSpan, add_days};
use crate::explain::{Explanation, Line, resulting};
use crate::issues::to_escalate;
use crate::pacing::Pacing;
use crate::promises::Standing;
use crate::routines;
use crate::tables::{Channel, Contract, Firing, Goal, Issue, Meeting, MeetingStage, Rhythm, Side};
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// What became of the promises of one side within a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Kept by the due date.
    pub kept: u32,
    /// Kept after it.
    pub late: u32,
    /// Given up.
    pub broken: u32,
}

/// A week in figures and lists. Everything is counted over living dealers alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// The week, Monday to Sunday.
    pub week: DateSpan,
    /// Meetings held in it by channel, the most used first.
    pub held: Vec<(Channel, u32)>,
    /// Our promises that were settled in it.
    pub ours: Settled,
    /// The dealers' promises that were settled in it.
    pub theirs: Settled,
    /// Issues reported in it.
    pub reported: u32,
    /// Issues resolved in it.
    pub resolved: u32,
    /// Open issues that should have been taken to a level by now and were not.
    pub to_escalate: Vec<Arc<Issue>>,
    /// Goals behind, the worst first.
    pub behind: Vec<(Arc<Goal>, Pacing)>,
    /// Meetings planned for the week after it.
    pub planned: Vec<Arc<Meeting>>,
    /// What is late, or due by the end of the week after it.
    pub due: Vec<Due>,
    /// Contracts to renew.
    pub contracts: Vec<Arc<Contract>>,
    /// What rules did in it.
    pub fired: Vec<Arc<Firing>>,
    /// Weekly routines that were not done in it.
    pub routines_open: usize,
}

/// A figure of a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestFigure {
    /// Meetings that were held.
    Held,
    /// Issues that were resolved.
    Resolved,
    /// Promises that either side kept on time.
    Kept,
    /// What rules did.
    Fired,
}

impl DigestFigure {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Held => words("沟通合计", "Meetings held"),
            Self::Resolved => words("已解决的问题", "Issues resolved"),
            Self::Kept => words("按时兑现合计", "Kept on time, both sides"),
            Self::Fired => words("规则做的事", "What rules did"),
        }
    }
}

impl Digest {
    /// The digest of the week that holds a day, as it stands on that day.
    pub fn of(book: &Book, today: Date) -> Self {
        let week = week_of(today);
        let next = week_of(add_days(week.end(), 1));
        let lives = |dealer| book.dealers.get(dealer).is_some();
        let mut digest = Self {
            week,
            held: Vec::new(),
            ours: Settled::default(),
            theirs: Settled::default(),
            reported: 0,
            resolved: 0,
            to_escalate: to_escalate(book, today)
                .into_iter()
                .map(|(issue, _)| issue)
                .collect(),
            behind: all_behind(book, today),
            planned: Vec::new(),
            due: Vec::new(),
            contracts: contracts::to_renew(book, today),
            fired: Vec::new(),
            routines_open: routines::checklist(book, Rhythm::Weekly, today)
                .iter()
                .filter(|standing| !standing.done)
                .count(),
        };
        for meeting in book.meetings.iter().filter(|meeting| lives(meeting.dealer)) {
            digest.take_meeting(meeting, next);
        }
        for promise in book.promises.iter().filter(|promise| lives(promise.dealer)) {
            let (Outcome::Done(day) | Outcome::Dropped(day)) = promise.outcome else {
                continue;
            };
            let settled = match promise.by {
                Some(Side::Us) => &mut digest.ours,
                Some(Side::Dealer) => &mut digest.theirs,
                Some(Side::Newer(_)) | None => continue,
            };
            if week.contains(day) {
                match promise.standing(today) {
                    Standing::Kept => settled.kept += 1,
                    Standing::Late => settled.late += 1,
                    Standing::Broken => settled.broken += 1,
                    Standing::Overdue | Standing::Open => {}
                }
            }
        }
        for issue in book.issues.iter().filter(|issue| lives(issue.dealer)) {
            let within = |day: Date| u32::from(week.contains(day));
            digest.reported += issue.reported_on.map_or(0, within);
            if let Outcome::Done(day) = issue.outcome {
                digest.resolved += within(day);
            }
        }
        if let Some(window) = DateSpan::new(Date::MIN, next.end()) {
            digest.due = due_within(book, window, None, today);
            sort_due(&mut digest.due);
        }
        let fired = book.firings.iter().filter(|firing| {
            firing.fired_on.is_some_and(|day| week.contains(day)) && firing.undone_on.is_none()
        });
        digest.fired = fired.cloned().collect();
        digest
            .fired
            .sort_by_key(|firing| (firing.fired_on, firing.id));
        digest
    }

    /// A figure as it is shown.
    pub fn shown(&self, figure: DigestFigure) -> String {
        match figure {
            DigestFigure::Held => self.meetings().to_string(),
            DigestFigure::Resolved => self.resolved.to_string(),
            DigestFigure::Kept => (self.ours.kept + self.theirs.kept).to_string(),
            DigestFigure::Fired => self.fired.len().to_string(),
        }
    }

    fn meetings(&self) -> u32 {
        self.held.iter().map(|(_, count)| count).sum()
    }

    /// What is counted, and how, with the figure that is asked about.
    pub fn explain(&self, figure: DigestFigure, lang: Lang) -> Vec<Line> {
        resulting(self.lines(lang), figure.words())
    }

    fn lines(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (from, to) = (self.week.start(), self.week.end());
        let week = format!("{} – {}", show_date(from, lang), show_date(to, lang));
        out.line(words("本周", "The week"), week);
        for (channel, count) in &self.held {
            out.line(channel.words(), count.to_string());
        }
        out.line(DigestFigure::Held.words(), self.meetings().to_string());
        for (label, Settled { kept, late, broken }) in [
            (words("我方承诺", "Our promises"), self.ours),
            (words("经销商承诺", "Dealers' promises"), self.theirs),
        ] {
            out.line(
                label,
                match lang {
                    Lang::Zh => format!("按时 {kept}，延后 {late}，未兑现 {broken}"),
                    Lang::En => format!("{kept} on time, {late} late, {broken} not kept"),
                },
            );
        }
        let (ours, theirs) = (self.ours.kept, self.theirs.kept);
        out.line(
            DigestFigure::Kept.words(),
            format!("{ours} + {theirs} = {}", ours + theirs),
        );
        out.line(
            words("新报告的问题", "Issues reported"),
            self.reported.to_string(),
        );
        out.line(DigestFigure::Resolved.words(), self.resolved.to_string());
        out.line(DigestFigure::Fired.words(), self.fired.len().to_string());
        out.words(
            words("规则", "Rule"),
            words(
                "按发生的日期计入本周（周一至周日）；待办、升级、续签和目标按今天的情况列出",
                "Counted by the day on which it happened, Monday to Sunday; what is due, to escalate, to renew or behind stands as of today",
            ),
        );
        out.done()
    }

    fn take_meeting(&mut self, meeting: &Arc<Meeting>, next: DateSpan) {
        if let (Some(day), Some(channel)) = (meeting.contact_day(), meeting.channel)
            && self.week.contains(day)
        {
            match self.held.iter_mut().find(|(known, _)| *known == channel) {
                Some((_, count)) => *count += 1,
                None => self.held.push((channel, 1)),
            }
            self.held
                .sort_by_key(|(channel, count)| (std::cmp::Reverse(*count), *channel));
        }
        let planned = meeting.stage() == MeetingStage::Planned;
        if planned && meeting.day().is_some_and(|day| next.contains(day)) {
            self.planned.push(Arc::clone(meeting));
            self.planned
                .sort_by_key(|meeting| (meeting.planned.map(|slot| slot.start), meeting.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Minute, Slot, parse_date};
    use crate::id::Id;
    use crate::schema::Record;
    use crate::tables::{Dealer, Promise, Severity};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn a_week_is_summed_up() {
        let today = day("2026-03-06");
        let mut book = Book::default();
        let dealer = Dealer::with_id(Id::natural(&["dealer"]));
        let of = dealer.id;
        book.dealers.set(dealer);
        for (name, on, channel) in [
            ("a", "2026-03-02", Channel::Call),
            ("b", "2026-03-03", Channel::Visit),
            ("c", "2026-03-04", Channel::Call),
            ("before", "2026-03-01", Channel::Call),
        ] {
            book.meetings.set(Meeting {
                dealer: of,
                channel: Some(channel),
                outcome: Outcome::Done(day(on)),
                ..Meeting::with_id(Id::natural(&[name]))
            });
        }
        for (name, at) in [("next", "2026-03-09T10:00"), ("after", "2026-03-16T10:00")] {
            book.meetings.set(Meeting {
                dealer: of,
                channel: Some(Channel::Visit),
                planned: Minute::parse(at).map(|start| Slot { start, minutes: 60 }),
                ..Meeting::with_id(Id::natural(&[name]))
            });
        }
        for (name, by, due, outcome) in [
            (
                "kept",
                Side::Us,
                "2026-03-05",
                Outcome::Done(day("2026-03-05")),
            ),
            (
                "late",
                Side::Dealer,
                "2026-03-01",
                Outcome::Done(day("2026-03-05")),
            ),
            (
                "broken",
                Side::Dealer,
                "2026-03-01",
                Outcome::Dropped(day("2026-03-02")),
            ),
            (
                "old",
                Side::Us,
                "2026-02-01",
                Outcome::Done(day("2026-02-01")),
            ),
            ("open", Side::Us, "2026-03-15", Outcome::Open),
            ("far", Side::Us, "2026-03-16", Outcome::Open),
        ] {
            book.promises.set(Promise {
                dealer: of,
                by: Some(by),
                due: Some(day(due)),
                outcome,
                ..Promise::with_id(Id::natural(&[name]))
            });
        }
        book.issues.set(Issue {
            dealer: of,
            severity: Some(Severity::Severe),
            reported_on: Some(day("2026-03-02")),
            due: Some(day("2026-04-30")),
            ..Issue::with_id(Id::natural(&["issue"]))
        });
        let digest = Digest::of(&book, today);
        assert_eq!(digest.held, [(Channel::Call, 2), (Channel::Visit, 1)]);
        assert_eq!(
            digest.ours,
            Settled {
                kept: 1,
                ..Settled::default()
            }
        );
        assert_eq!(
            digest.theirs,
            Settled {
                late: 1,
                broken: 1,
                ..Settled::default()
            }
        );
        assert_eq!((digest.reported, digest.resolved), (1, 0));
        assert_eq!(digest.to_escalate.len(), 1, "a severe one goes up at once");
        assert_eq!(digest.planned.len(), 1);
        assert_eq!(digest.due.len(), 1);
        let lines = digest.explain(DigestFigure::Held, Lang::En);
        assert_eq!(lines[0].value, "2 Mar 2026 – 8 Mar 2026");
        let has = |value: &str| lines.iter().any(|line| line.value == value);
        assert!(has("0 on time, 1 late, 1 not kept"), "{lines:?}");
        let result = lines.iter().find(|line| line.is_result).unwrap();
        assert_eq!(result.value, digest.shown(DigestFigure::Held));
    }
}
