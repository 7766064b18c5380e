//! Contact cadence: when a dealer is due, whether it has to be a visit, and how well the
//! rhythm was kept.
//!
//! **Rule.** A contact is due one interval after the last one (grade A 14, B 30, C 60 days,
//! or the dealer's own interval). A call counts, but every second interval needs a visit: a
//! visit is due two intervals after the last one, whatever calls lie between. The earlier of
//! the two is the due date. Visits, calls, video meetings and workshops count; mails and
//! messages do not, since they can go unanswered.

#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::date::{Date, Minute, add_days, days_between};
use crate::explain::{Explanation, Line, resulting, show_days};
use crate::id::{Id, IdMap};
use crate::ratio::Ratio;
use crate::tables::{Channel, Dealer, DealerStatus, Grade, Meeting, MeetingStage};
use crate::value::show_date;
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// The stretch over which the coverage is counted, in days.
pub const COVERAGE_DAYS: i64 = 365;

impl Channel {
    /// Whether it counts as a contact: both sides were there.
    pub const fn counts_as_contact(self) -> bool {
        matches!(
            self,
            Self::Visit | Self::Call | Self::Video | Self::Workshop
        )
    }
}

impl Grade {
    /// Days between contacts; `None` for a grade that only a newer version knows.
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::A => Some(14),
            Self::B => Some(30),
            Self::C => Some(60),
            Self::Newer(_) => None,
        }
    }
}

impl Dealer {
    /// Whether contacts are due at all: not while the business rests or after it ended.
    pub fn is_looked_after(&self) -> bool {
        !matches!(
            self.status,
            Some(DealerStatus::Dormant | DealerStatus::Ended)
        )
    }
}

/// Where an interval comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalFrom {
    /// Set for this dealer.
    Own,
    /// The dealer's grade.
    Grade(Grade),
    /// The dealer has no grade: as for B.
    Default,
}

/// How many stretches of one interval saw a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Stretches with at least one contact.
    pub met: i64,
    /// Stretches in all.
    pub due: i64,
}

impl Coverage {
    /// The part that was met; `None` when nothing was due.
    pub fn ratio(self) -> Option<Ratio> {
        Ratio::new(self.met.into(), self.due.into())
    }
}

/// A contact that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The day.
    pub day: Date,
    /// How.
    pub channel: Channel,
}

/// What a dealer's meetings tell about its rhythm, taken in one by one.
struct Seen<'a> {
    today: Date,
    interval_days: i64,
    interval_from: IntervalFrom,
    last_contact: Option<Made>,
    last_visit: Option<Date>,
    first_contact: Option<Date>,
    planned: Option<(Minute, &'a Arc<Meeting>)>,
    /// One bit for each stretch of an interval, back from today.
    met: [u64; COVERAGE_DAYS as usize / 64 + 1],
}

impl<'a> Seen<'a> {
    fn new(dealer: &Dealer, today: Date) -> Self {
        let (interval_days, interval_from) = interval(dealer);
        Self {
            today,
            interval_days,
            interval_from,
            last_contact: None,
            last_visit: None,
            first_contact: None,
            planned: None,
            met: Default::default(),
        }
    }

    fn take(&mut self, meeting: &'a Arc<Meeting>) {
        if meeting.stage() == MeetingStage::Planned
            && meeting.channel.is_none_or(Channel::counts_as_contact)
            && let Some(slot) = meeting.planned
            && self.planned.is_none_or(|(start, _)| slot.start < start)
            && slot.start.date() >= self.today
        {
            self.planned = Some((slot.start, meeting));
        }
        let (Some(day), Some(channel)) = (meeting.contact_day(), meeting.channel) else {
            return;
        };
        if day > self.today || !channel.counts_as_contact() {
            return;
        }
        let visit = channel == Channel::Visit;
        // On one day the visit is the contact that is named.
        if self
            .last_contact
            .is_none_or(|last| (last.day, last.channel == Channel::Visit) < (day, visit))
        {
            self.last_contact = Some(Made { day, channel });
        }
        if visit && self.last_visit.is_none_or(|last| last < day) {
            self.last_visit = Some(day);
        }
        if self.first_contact.is_none_or(|first| day < first) {
            self.first_contact = Some(day);
        }
        let stretch = days_between(day, self.today) / self.interval_days;
        if let Some(bits) = usize::try_from(stretch / 64)
            .ok()
            .and_then(|word| self.met.get_mut(word))
        {
            *bits |= 1 << (stretch % 64);
        }
    }

    fn coverage(&self) -> Coverage {
        let known = self.first_contact.map_or(0, |first| {
            days_between(first, self.today) / self.interval_days + 1
        });
        let due = (COVERAGE_DAYS / self.interval_days).min(known);
        let met = |stretch: &i64| {
            usize::try_from(stretch / 64)
                .ok()
                .and_then(|word| self.met.get(word))
                .is_some_and(|bits| bits & (1 << (stretch % 64)) != 0)
        };
        Coverage {
            met: (0..due).filter(met).count() as i64,
            due,
        }
    }
}

/// A dealer's rhythm of contacts as it stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Cadence {
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// Days between contacts.
    pub interval_days: i64,
    /// Where the interval comes from.
    pub interval_from: IntervalFrom,
    /// The last contact that counts.
    pub last_contact: Option<Made>,
    /// The day of the last visit.
    pub last_visit: Option<Date>,
    /// The day by which the next contact is due; `None` while the dealer is not looked
    /// after. A dealer who was never contacted is due today.
    pub due: Option<Date>,
    /// Whether the one that is due has to be a visit.
    pub must_visit: bool,
    /// The next planned meeting from today on; a message or mail to be sent is none.
    pub planned: Option<Arc<Meeting>>,
    /// Days since the due date; 0 when it has not passed.
    pub overdue_days: i64,
    /// Over the last [`COVERAGE_DAYS`] days, since the first known contact. The stretches
    /// are counted back from today, so that each day lies in exactly one.
    pub coverage: Coverage,
    today: Date,
    first_contact: Option<Date>,
}

/// A figure of a cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CadenceFigure {
    /// How long ago the last contact was.
    LastContact,
    /// When the next contact is due.
    Next,
    /// By how much it is overdue.
    Overdue,
    /// The part of the intervals in which a contact was made.
    Coverage,
}

impl CadenceFigure {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::LastContact => words("最近一次联系", "Last contact"),
            Self::Next => words("下次联系", "Next contact"),
            Self::Overdue => words("已超过", "Overdue by"),
            Self::Coverage => words("近 12 个月覆盖率", "Coverage, last 12 months"),
        }
    }
}

impl Cadence {
    /// The rhythm of a dealer on a day, from all its meetings.
    pub fn of(book: &Book, dealer: &Dealer, today: Date) -> Self {
        let mut seen = Seen::new(dealer, today);
        for meeting in book.meetings.of(dealer.id) {
            if meeting.dealer == dealer.id {
                seen.take(meeting);
            }
        }
        Self::from_seen(dealer, seen)
    }

    /// The rhythm of every dealer that is looked after, in no order; goes through the meetings
    /// once.
    pub fn of_all(book: &Book, today: Date) -> Vec<(Arc<Dealer>, Self)> {
        let mut all: IdMap<Id<Dealer>, (&Arc<Dealer>, Seen<'_>)> = book
            .dealers
            .iter()
            .filter(|dealer| dealer.is_looked_after())
            .map(|dealer| (dealer.id, (dealer, Seen::new(dealer, today))))
            .collect();
        for meeting in book.meetings.iter() {
            if let Some((_, seen)) = all.get_mut(&meeting.dealer) {
                seen.take(meeting);
            }
        }
        all.into_values()
            .map(|(dealer, seen)| (Arc::clone(dealer), Self::from_seen(dealer, seen)))
            .collect()
    }

    fn from_seen(dealer: &Dealer, seen: Seen<'_>) -> Self {
        let Seen {
            today,
            interval_days,
            interval_from,
            last_contact,
            last_visit,
            first_contact,
            planned,
            ..
        } = seen;
        let coverage = seen.coverage();
        let (due, must_visit) = match last_contact.zip(first_contact) {
            _ if !dealer.is_looked_after() => (None, false),
            None => (Some(today), false),
            Some((last, first)) => {
                let contact_due = add_days(last.day, interval_days);
                let visit_due = add_days(last_visit.unwrap_or(first), 2 * interval_days);
                // Were the due one a call, the next would come after the visit is due.
                let must_visit = visit_due < add_days(contact_due, interval_days);
                (Some(contact_due.min(visit_due)), must_visit)
            }
        };

        Self {
            dealer: dealer.id,
            interval_days,
            interval_from,
            last_contact,
            last_visit,
            due,
            must_visit,
            planned: planned.map(|(_, meeting)| Arc::clone(meeting)),
            overdue_days: due.map_or(0, |due| days_between(due, today).max(0)),
            coverage,
            today,
            first_contact,
        }
    }

    /// Whether the due date has passed.
    pub fn is_overdue(&self) -> bool {
        self.overdue_days > 0
    }

    /// Whether no contact that counts was ever made.
    pub fn never_contacted(&self) -> bool {
        self.last_contact.is_none()
    }

    /// The inputs, the rule and the arithmetic, with the figure that is asked about.
    pub fn explain(&self, figure: CadenceFigure, lang: Lang) -> Vec<Line> {
        resulting(self.lines(lang), figure.words())
    }

    fn lines(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let from = match self.interval_from {
            IntervalFrom::Own => words("单独设定", "set for this dealer").in_lang(lang),
            IntervalFrom::Grade(grade) => grade.words().in_lang(lang),
            IntervalFrom::Default => {
                words("未定等级，按 B 级", "no grade yet, as for B").in_lang(lang)
            }
        };
        let interval = show_days(self.interval_days, lang);
        out.line(
            words("联系间隔", "Interval"),
            format!("{interval} · {from}"),
        );
        let none = words("还没有", "none yet").in_lang(lang);
        out.line(
            CadenceFigure::LastContact.words(),
            self.last_contact.map_or(none.to_owned(), |made| {
                let days = days_between(made.day, self.today);
                let ago = match (days, lang) {
                    (0, Lang::Zh) => "今天".to_owned(),
                    (0, Lang::En) => "today".to_owned(),
                    (_, Lang::Zh) => format!("{}前", show_days(days, lang)),
                    (_, Lang::En) => format!("{} ago", show_days(days, lang)),
                };
                format!(
                    "{} · {} · {ago}",
                    show_date(made.day, lang),
                    made.channel.words().in_lang(lang)
                )
            }),
        );
        out.line(
            words("最近一次拜访", "Last visit"),
            self.last_visit
                .map_or(none.to_owned(), |day| show_date(day, lang)),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "每个间隔至少联系一次，每两个间隔至少拜访一次；取较早的日期。邮件和消息不计入。",
                "One contact in every interval, one visit in every two; the earlier date counts. Mails and messages do not count.",
            ),
        );
        match (self.due, self.last_contact, self.first_contact) {
            (None, ..) => {
                out.words(
                    CadenceFigure::Next.words(),
                    words("休眠或已终止，不安排", "Resting or ended: none is due"),
                );
            }
            (Some(due), Some(last), Some(first)) => {
                out.line(
                    words("联系到期", "Contact due"),
                    sum(last.day, self.interval_days, lang),
                );
                out.line(
                    words("拜访到期", "Visit due"),
                    sum(
                        self.last_visit.unwrap_or(first),
                        2 * self.interval_days,
                        lang,
                    ),
                );
                let visit = if self.must_visit {
                    words("（须拜访）", " (a visit)").in_lang(lang)
                } else {
                    ""
                };
                out.line(
                    CadenceFigure::Next.words(),
                    format!("{}{visit}", show_date(due, lang)),
                );
            }
            (Some(_), ..) => {
                out.words(
                    CadenceFigure::Next.words(),
                    words(
                        "从未联系，现在就可以",
                        "Never contacted: any day from today",
                    ),
                );
            }
        }
        if let Some(due) = self.due.filter(|_| self.is_overdue()) {
            out.line(
                CadenceFigure::Overdue.words(),
                format!(
                    "{} − {} = {}",
                    show_date(self.today, lang),
                    show_date(due, lang),
                    show_days(self.overdue_days, lang)
                ),
            );
        }
        if let Some(ratio) = self.coverage.ratio() {
            let Coverage { met, due } = self.coverage;
            out.line(
                CadenceFigure::Coverage.words(),
                match lang {
                    Lang::Zh => format!("{met} ÷ {due} 个间隔 = {}", ratio.show()),
                    Lang::En => format!("{met} ÷ {due} intervals = {}", ratio.show()),
                },
            );
        }
        out.done()
    }

    /// The day on which this was computed.
    pub fn today(&self) -> Date {
        self.today
    }
}

fn sum(from: Date, days: i64, lang: Lang) -> String {
    format!(
        "{} + {} = {}",
        show_date(from, lang),
        show_days(days, lang),
        show_date(add_days(from, days), lang)
    )
}

fn interval(dealer: &Dealer) -> (i64, IntervalFrom) {
    // A row from another device may hold anything; beyond these it cannot be meant.
    if let Some(days) = dealer.cadence_days.filter(|days| (1..=366).contains(days)) {
        return (days, IntervalFrom::Own);
    }
    match dealer.grade.and_then(|grade| Some((grade.days()?, grade))) {
        Some((days, grade)) => (days, IntervalFrom::Grade(grade)),
        None => (30, IntervalFrom::Default),
    }
}
