//! Training: invitations, attendance, what a class brought, which course a dealer needs.

use crate::book::Book;
use crate::date::{Date, Month, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::measured::figures;
use crate::money::div_half_even;
use crate::quantity::{Quantity, Unit, plain_hundredths};
use crate::ratio::Ratio;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{
    Answer, Attendance, Class, Contact, Course, Dealer, Direction, Metric, Need, Target,
};
use crate::text::fold;
use crate::trend::Trend;
use crate::value::{Kind, Outcome, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// A metric is weak below this part of its target, in percent.
pub const WEAK_BELOW: u8 = 80;
/// Months that are compared on each side of a class.
pub const EFFECT_MONTHS: i32 = 3;

/// The seats of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// How many were invited and did not decline.
    pub taken: i64,
    /// How many there are; `None` for any number.
    pub of: Option<i64>,
}

impl Seats {
    /// The seats of a class.
    pub fn of(book: &Book, class: &Class) -> Self {
        let taken = attendances(book, class.id)
            .iter()
            .filter(|attendance| attendance.answer != Some(Answer::Declined))
            .count();
        Self {
            taken: i64::try_from(taken).unwrap_or(i64::MAX),
            of: class.seats,
        }
    }

    /// How many are left; `None` for any number.
    pub fn left(self) -> Option<i64> {
        self.of.map(|of| of.saturating_sub(self.taken).max(0))
    }
}

/// Who was invited to a class or came, in the order of their ids.
pub fn attendances(book: &Book, class: Id<Class>) -> Vec<Arc<Attendance>> {
    let mut found: Vec<_> = book
        .attendances
        .of(class)
        .filter(|attendance| attendance.class == class)
        .cloned()
        .collect();
    found.sort_by_key(|attendance| attendance.id);
    found
}

/// Why people cannot be invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteFault {
    /// The class is over or was called off.
    #[error("the class is over or was called off")]
    Over,
    /// Fewer seats are left than people.
    #[error("only {left} seats are left")]
    Full {
        /// How many are left.
        left: i64,
    },
    /// Somebody is not in the book.
    #[error("a contact is not in the book")]
    NoContact,
}

impl InviteFault {
    /// What to tell the person, and what to do.
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Over, Lang::Zh) => "这场已结束或取消，请另选一场".to_owned(),
            (Self::Over, Lang::En) => "This class is over or called off; choose another".to_owned(),
            (Self::Full { left }, Lang::Zh) => format!("只剩 {left} 个名额，请减少人数"),
            (Self::Full { left }, Lang::En) => {
                format!("Only {left} seats are left; invite fewer people")
            }
            (Self::NoContact, Lang::Zh) => "有一位联系人已不在台账里".to_owned(),
            (Self::NoContact, Lang::En) => "A contact is no longer in the book".to_owned(),
        }
    }
}

/// What to write to invite contacts to a class. Who was invited before stays as is.
///
/// # Errors
/// [`InviteFault`], which says what is in the way; nobody is invited then.
pub fn invite(
    book: &Book,
    class: &Class,
    contacts: &[Id<Contact>],
    today: Date,
) -> Result<Vec<Change>, InviteFault> {
    if !class.outcome.is_open() {
        return Err(InviteFault::Over);
    }
    let mut out = Vec::new();
    let mut new = 0;
    for contact in contacts {
        let id = Attendance::id_for(class.id, *contact);
        if book.attendances.get(id).is_some() {
            continue;
        }
        let person = book.contacts.get(*contact).ok_or(InviteFault::NoContact)?;
        let before = book.attendances.get_any(id);
        let attendance = Attendance {
            class: class.id,
            contact: *contact,
            dealer: person.dealer,
            invited_on: Some(today),
            ..Attendance::with_id(id)
        };
        out.extend(changes(before.map(Arc::as_ref), &attendance));
        if before.is_some() {
            out.push(bin::<Attendance>(id, false));
        }
        new += 1;
    }
    match Seats::of(book, class).left() {
        Some(left) if new > left => Err(InviteFault::Full { left }),
        _ => Ok(out),
    }
}

/// What a class came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many were invited.
    pub invited: u32,
    /// How many came.
    pub came: u32,
    /// How many have a score before and after, and what they gained together, in hundredths
    /// of a point.
    pub gained: (u32, i64),
    /// How many rated it, and the sum of the ratings.
    pub rated: (u32, i64),
}

impl Held {
    /// What a class came to.
    pub fn of(book: &Book, class: Id<Class>) -> Self {
        let mut held = Self::default();
        for attendance in attendances(book, class) {
            held.invited += 1;
            if attendance.attended != Some(true) {
                continue;
            }
            held.came += 1;
            if let (Some(before), Some(after)) = (attendance.before, attendance.after) {
                held.gained.0 += 1;
                held.gained.1 = held
                    .gained
                    .1
                    .saturating_add(after.0.saturating_sub(before.0));
            }
            if let Some(rating) = attendance.rating.filter(|rating| (1..=5).contains(rating)) {
                held.rated.0 += 1;
                held.rated.1 += rating;
            }
        }
        held
    }

    /// Came ÷ invited.
    pub fn turnout(self) -> Option<Ratio> {
        Ratio::new(self.came.into(), self.invited.into())
    }

    /// The mean gain in points.
    pub fn gain(self) -> Option<Ratio> {
        Ratio::new(self.gained.1.into(), i128::from(self.gained.0) * 100)
    }

    /// The mean rating, 1–5.
    pub fn rating(self) -> Option<Ratio> {
        Ratio::new(self.rated.1.into(), self.rated.0.into())
    }

    /// The numbers and the arithmetic.
    pub fn explain(self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let mean = |ratio: Ratio| {
            let hundredths = ratio.times(Ratio::whole(100)).and_then(Ratio::rounded);
            plain_hundredths(hundredths.unwrap_or(0)).replace('-', "−")
        };
        if let Some(turnout) = self.turnout() {
            out.line(
                words("到场率", "Turnout"),
                format!("{} ÷ {} = {}", self.came, self.invited, turnout.show()),
            );
        }
        if let Some(gain) = self.gain() {
            let sum = plain_hundredths(self.gained.1).replace('-', "−");
            out.line(
                words("平均提升（分）", "Mean gain (points)"),
                format!("{sum} ÷ {} = {}", self.gained.0, mean(gain)),
            );
        }
        if let Some(rating) = self.rating() {
            out.line(
                words("平均评价", "Mean rating"),
                format!("{} ÷ {} = {}", self.rated.1, self.rated.0, mean(rating)),
            );
        }
        out.done()
    }
}

/// A metric of a dealer before and after a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The metric.
    pub metric: Arc<Metric>,
    /// The whole months before the class that have a figure, the earliest first.
    pub before: Vec<(Month, Quantity)>,
    /// Those after it.
    pub after: Vec<(Month, Quantity)>,
    /// The mean before.
    pub mean_before: Quantity,
    /// The mean after.
    pub mean_after: Quantity,
}

impl Effect {
    /// The effect of a class held on a day: the mean of up to three whole months before its
    /// month against that of the three after, as far as they are over. `None` where one side
    /// has no figure. That one came after the other does not prove that it came of it.
    pub fn of(
        book: &Book,
        dealer: Id<Dealer>,
        metric: Id<Metric>,
        held_on: Date,
        today: Date,
    ) -> Option<Self> {
        let month = Month::of(held_on);
        let known = figures(book, dealer, metric);
        let side = |months: &mut dyn Iterator<Item = i32>| -> Vec<(Month, Quantity)> {
            months
                .map(|ahead| month.plus(ahead))
                .filter(|month| month.last() <= today)
                .filter_map(|month| Some((month, known.get(&month)?.1.amount)))
                .collect()
        };
        let before = side(&mut (-EFFECT_MONTHS..0));
        let after = side(&mut (1..=EFFECT_MONTHS));
        Some(Self {
            metric: book.metric(metric)?,
            mean_before: mean(&before)?,
            mean_after: mean(&after)?,
            before,
            after,
        })
    }

    /// The change against before; `None` when there was nothing before.
    pub fn change(&self) -> Option<Ratio> {
        let (before, after) = (
            i128::from(self.mean_before.0),
            i128::from(self.mean_after.0),
        );
        Ratio::new(after - before, before.abs())
    }

    /// Whether it is one for the better; `None` without a change.
    pub fn is_better(&self) -> Option<bool> {
        let falling = self.metric.direction == Some(Direction::Falling);
        (self.mean_before != self.mean_after)
            .then_some((self.mean_after > self.mean_before) != falling)
    }

    /// Each month, both means and the change.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let unit = self.metric.unit.unwrap_or(Unit::Pieces);
        let show = |quantity| unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        out.line(words("指标", "Metric"), self.metric.title(lang));
        let mut side = |label: Words, mean: Words, months: &[(Month, Quantity)], value| {
            for (month, amount) in months {
                let month = Value::Month(*month).show(Kind::Month, lang);
                out.line(label, format!("{month}: {}", show(*amount)));
            }
            out.line(mean, show(value));
        };
        side(
            words("培训前", "Before"),
            words("培训前月均", "Mean before"),
            &self.before,
            self.mean_before,
        );
        side(
            words("培训后", "After"),
            words("培训后月均", "Mean after"),
            &self.after,
            self.mean_after,
        );
        if let Some(change) = self.change() {
            out.line(words("变化", "Change"), change.show_fine());
        }
        out.words(
            words("说明", "Note"),
            words(
                "只是前后对比，不证明由培训引起",
                "It came after; that does not prove it came of it",
            ),
        );
        out.done()
    }
}

fn mean(months: &[(Month, Quantity)]) -> Option<Quantity> {
    let sum: i128 = months.iter().map(|(_, amount)| i128::from(amount.0)).sum();
    div_half_even(sum, i128::try_from(months.len()).ok()?).map(Quantity::held)
}

/// Why a course is recommended.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// An open need names what the course answers.
    Need(Arc<Need>),
    /// The metric stands below 80 % of its latest target.
    BelowTarget {
        /// The metric.
        metric: Arc<Metric>,
        /// Actual and target of the month.
        month: Month,
        /// The attainment.
        attainment: Ratio,
    },
    /// The metric goes worse than last year.
    WorseThanLastYear(Box<Trend>),
}

impl Reason {
    /// The reason in a line.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Need(need), Lang::Zh) => format!("需求：{}", need.title),
            (Self::Need(need), Lang::En) => format!("Need: {}", need.title),
            (
                Self::BelowTarget {
                    metric,
                    month,
                    attainment,
                },
                lang,
            ) => {
                let month = Value::Month(*month).show(Kind::Month, lang);
                let title = metric.title(lang);
                match lang {
                    Lang::Zh => format!("{title} {month}达成 {}", attainment.show()),
                    Lang::En => format!("{title}: {} of its target in {month}", attainment.show()),
                }
            }
            (Self::WorseThanLastYear(trend), Lang::Zh) => {
                format!("{}不如上年", trend.metric.title(lang))
            }
            (Self::WorseThanLastYear(trend), Lang::En) => {
                format!("{} is worse than last year", trend.metric.title(lang))
            }
        }
    }
}

/// A course that a dealer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The course.
    pub course: Arc<Course>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The courses that answer a dealer's open needs or better its weak metrics, those with the
/// most reasons first. A course that somebody of the dealer attended in the last twelve months
/// is left out.
pub fn recommended(book: &Book, dealer: Id<Dealer>, today: Date) -> Vec<Recommendation> {
    let mut found: Vec<Recommendation> = book
        .courses
        .iter()
        .filter(|course| !attended_lately(book, dealer, course.id, today))
        .filter_map(|course| {
            let reasons = reasons(book, dealer, course, today);
            (!reasons.is_empty()).then(|| Recommendation {
                course: Arc::clone(course),
                reasons,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        let key = |r: &Recommendation| std::cmp::Reverse(r.reasons.len());
        (key(a), &a.course.name, a.course.id).cmp(&(key(b), &b.course.name, b.course.id))
    });
    found
}

fn attended_lately(book: &Book, dealer: Id<Dealer>, course: Id<Course>, today: Date) -> bool {
    let since = add_months(today, -12);
    book.attendances.of(dealer).any(|attendance| {
        attendance.attended == Some(true)
            && book.classes.get(attendance.class).is_some_and(|class| {
                class.course == course && held_on(class).is_some_and(|day| day > since)
            })
    })
}

/// The day on which a class was or is to be held.
pub fn held_on(class: &Class) -> Option<Date> {
    match class.outcome {
        Outcome::Done(day) => Some(day),
        Outcome::Open => class.slot.map(|slot| slot.start.date()),
        Outcome::Dropped(_) => None,
    }
}

fn reasons(book: &Book, dealer: Id<Dealer>, course: &Course, today: Date) -> Vec<Reason> {
    let mut needs: Vec<_> = book
        .needs
        .of(dealer)
        .filter(|need| need.dealer == dealer && need.is_open())
        .filter(|need| {
            course.need_kinds.is_empty()
                || need
                    .kind
                    .is_some_and(|kind| course.need_kinds.contains(&kind))
        })
        .filter(|need| {
            let text = fold(&format!("{}{}", need.title, need.detail));
            course
                .answers
                .iter()
                .map(|word| fold(word))
                .any(|word| !word.is_empty() && text.contains(&word))
        })
        .cloned()
        .collect();
    needs.sort_by_key(|need| (need.raised_on, need.id));
    let mut reasons: Vec<Reason> = needs.into_iter().map(Reason::Need).collect();
    reasons.extend(
        course
            .metrics
            .iter()
            .filter_map(|metric| weakness(book, dealer, *metric, today)),
    );
    reasons
}

fn weakness(book: &Book, dealer: Id<Dealer>, id: Id<Metric>, today: Date) -> Option<Reason> {
    let metric = book.metric(id)?;
    // The latest month that is over and has both.
    let compared = figures(book, dealer, id)
        .into_iter()
        .rev()
        .filter(|(month, _)| month.last() <= today)
        .find_map(|(month, (_, figure))| {
            let target = book
                .targets
                .get(Target::id_for(dealer, id, month))?
                .amount?;
            let direction = metric.direction.unwrap_or(Direction::Rising);
            let attained = crate::scorecard::attainment(figure.amount, target, direction)?;
            Some((month, attained))
        });
    match compared {
        Some((month, attainment)) => {
            (attainment < Ratio::percent(WEAK_BELOW)).then_some(Reason::BelowTarget {
                metric,
                month,
                attainment,
            })
        }
        None => {
            let trend = Trend::of(book, dealer, id, today)?;
            (trend.is_better() == Some(false)).then(|| Reason::WorseThanLastYear(Box::new(trend)))
        }
    }
}

#[cfg(test)]
mod tests;
