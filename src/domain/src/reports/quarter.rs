//! What a quarter of a dealer's year is made of.

use crate::book::Book;
use crate::date::{Date, DateSpan, add_days};
use crate::id::Id;
use crate::incentives::{Standing, in_force};
use crate::period::Period;
use crate::scorecard::{Compared, all_in_force, compared};
use crate::tables::{
    Attendance, Contact, Course, Dealer, Goal, Issue, Scheme, Scorecard, ScorecardVersion, Side,
    Step, SupportRequest,
};
use crate::training::{Effect, held_on};
use crate::value::Outcome;
use std::sync::Arc;

/// How far ahead of today the time to come is looked at, in days; a class counts for as long after.
pub const AHEAD_DAYS: i64 = 92;

/// A quarter of a dealer, looked at on a day.
#[derive(Clone, Copy)]
pub struct Quarter<'a> {
    /// The book.
    pub book: &'a Book,
    /// The dealer.
    pub dealer: &'a Arc<Dealer>,
    /// The quarter.
    pub period: Period,
    /// Its days.
    pub span: DateSpan,
    /// The day.
    pub today: Date,
}

/// Somebody who came to a class.
#[derive(Clone, Debug)]
pub struct Attended {
    /// Who came, and how it was.
    pub attendance: Arc<Attendance>,
    /// What was taught.
    pub course: Arc<Course>,
    /// Who it was.
    pub contact: Arc<Contact>,
    /// When.
    pub day: Date,
    /// How the metrics that the course is to move stood before and after.
    pub effects: Vec<Effect>,
}

/// Something that is due in the time to come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When; some things have no day.
    pub day: Option<Date>,
    /// What.
    pub title: String,
    /// Who has to do it.
    pub side: Option<Side>,
}

fn meets(one: DateSpan, two: DateSpan) -> bool {
    one.start() <= two.end() && two.start() <= one.end()
}

impl<'a> Quarter<'a> {
    /// A quarter of a dealer; `None` for a dealer who is not there.
    pub fn of(book: &'a Book, dealer: Id<Dealer>, period: Period, today: Date) -> Option<Self> {
        Some(Self {
            book,
            dealer: book.dealers.get(dealer)?,
            period,
            span: period.span()?,
            today,
        })
    }

    /// The first scorecard in force and the score of its own period that ends with the quarter.
    pub fn score(&self) -> Option<(Arc<Scorecard>, Arc<ScorecardVersion>, Compared)> {
        let (card, version) = all_in_force(self.book, self.today).into_iter().next()?;
        let rubric = version.rubric.as_ref()?;
        let period = Period::of(rubric.cycle(), self.period.last());
        let compared = compared(self.book, rubric, self.dealer.id, period, self.today);
        Some((card, version, compared))
    }

    /// The goals that run in the quarter.
    pub fn goals(&self) -> Vec<&'a Arc<Goal>> {
        let own = self.book.goals.of(self.dealer.id);
        own.filter(|goal| goal.dealer == self.dealer.id)
            .filter(|goal| goal.span.is_some_and(|span| meets(span, self.span)))
            .collect()
    }

    /// The steps of plans that are due or done in the quarter.
    pub fn steps(&self) -> Vec<&'a Arc<Step>> {
        let own = self.book.steps.of(self.dealer.id);
        let within = |day: Option<Date>| day.is_some_and(|day| self.span.contains(day));
        let mut steps: Vec<_> = own
            .filter(|step| step.dealer == self.dealer.id)
            .filter(|step| within(step.due) || within(step.done_on))
            .collect();
        steps.sort_by_key(|step| (step.due, step.id));
        steps
    }

    /// The issues that were open on some day of the quarter.
    pub fn issues(&self) -> Vec<&'a Arc<Issue>> {
        let own = self.book.issues.of(self.dealer.id);
        own.filter(|issue| issue.dealer == self.dealer.id)
            .filter(|issue| {
                let begun = issue.reported_on.is_some_and(|day| day <= self.span.end());
                let over = match issue.outcome {
                    Outcome::Open => false,
                    Outcome::Done(day) | Outcome::Dropped(day) => day < self.span.start(),
                };
                begun && !over
            })
            .collect()
    }

    /// Who came to classes. A class shows its effect in the months after: the half-year up to the
    /// quarter's end counts.
    pub fn attended(&self) -> Vec<Attended> {
        let (book, own) = (self.book, self.dealer.id);
        let counts =
            |day: Date| day <= self.span.end() && day >= add_days(self.span.start(), -AHEAD_DAYS);
        let came = book
            .attendances
            .of(own)
            .filter(|it| it.dealer == own && it.attended == Some(true));
        came.filter_map(|it| {
            let class = book.classes.get(it.class)?;
            let day = held_on(class).filter(|day| counts(*day))?;
            let course = book.courses.get_any(class.course)?;
            let effects = course.metrics.iter();
            let effects =
                effects.filter_map(|metric| Effect::of(book, own, *metric, day, self.today));
            Some(Attended {
                attendance: Arc::clone(it),
                contact: Arc::clone(book.contacts.get_any(it.contact)?),
                day,
                effects: effects.collect(),
                course: Arc::clone(course),
            })
        })
        .collect()
    }

    /// What the dealer asked for in the quarter.
    pub fn requests(&self) -> Vec<&'a Arc<SupportRequest>> {
        let own = self.book.support_requests.of(self.dealer.id);
        own.filter(|it| it.dealer == self.dealer.id)
            .filter(|it| it.requested_on.is_some_and(|day| self.span.contains(day)))
            .collect()
    }

    /// How the dealer stands in the schemes that run in the quarter.
    pub fn standings(&self) -> Vec<(Arc<Scheme>, Standing)> {
        let (book, own) = (self.book, self.dealer.id);
        let enrolled = book.enrolments.of(own).filter(|it| it.dealer == own);
        enrolled
            .filter_map(|enrolment| {
                let scheme = book.schemes.get(enrolment.scheme)?;
                let version = in_force(book, scheme.id, self.today)?;
                let terms = version.terms.as_ref()?;
                let standing = Standing::of(book, terms, enrolment, None, self.today).ok()?;
                meets(terms.period(), self.span).then(|| (Arc::clone(scheme), standing))
            })
            .collect()
    }

    /// What is due on both sides in the time to come.
    pub fn due(&self) -> Vec<Due> {
        let (book, own) = (self.book, self.dealer.id);
        let until = add_days(self.today, AHEAD_DAYS);
        let steps = book.steps.of(own);
        let steps = steps
            .filter(|it| it.dealer == own && it.done_on.is_none())
            .map(|it| (it.due, &it.title, it.side));
        let promises = book.promises.of(own);
        let promises = promises
            .filter(|it| it.dealer == own && it.outcome.is_open())
            .map(|it| (it.due, &it.title, it.by));
        let milestones = book.milestones.of(own);
        let milestones = milestones
            .filter(|it| it.dealer == own && it.outcome.is_open())
            .map(|it| (it.due, &it.title, None));
        let all = steps.chain(promises).chain(milestones);
        let mut due: Vec<Due> = all
            .filter(|(day, ..)| day.is_none_or(|day| day <= until))
            .map(|(day, title, side)| Due {
                day,
                title: title.clone(),
                side,
            })
            .collect();
        due.sort();
        due
    }
}
