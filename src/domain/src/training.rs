//! Training: invitations, attendance, what a class brought, which course a dealer needs.

mod effect;
mod recommended;

use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::quantity::plain_hundredths;
use crate::ratio::Ratio;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Answer, Attendance, Class, Contact};
use crate::value::Outcome;
use crate::words::{Lang, Words, words};
use std::sync::Arc;

pub use effect::{EFFECT_MONTHS, Effect};
pub use recommended::{Reason, Recommendation, WEAK_BELOW, recommended};

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

    /// The inputs and the rule.
    pub fn explain(self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(words("已占名额", "Seats taken"), self.taken.to_string());
        out.line(
            words("名额", "Seats"),
            self.of.map_or_else(
                || words("不限", "Any number").in_lang(lang).to_owned(),
                |of| of.to_string(),
            ),
        );
        if let Some(left) = self.left() {
            out.line(words("剩余", "Left"), left.to_string());
        }
        let taken = self.taken;
        out.result(
            words("占用", "Taken"),
            self.of
                .map_or_else(|| taken.to_string(), |of| format!("{taken} / {of}")),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "邀请后没有谢绝的人各占一个名额",
                "Everybody who was invited and did not decline takes a seat",
            ),
        );
        out.done()
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

/// The figures in its explanation.
impl Held {
    /// How many came.
    pub const CAME: Words = words("到场", "Came");
    /// Who came of those invited.
    pub const TURNOUT: Words = words("到场率", "Turnout");
    /// What a test gained on average.
    pub const GAIN: Words = words("平均提升（分）", "Mean gain (points)");
    /// The mean rating.
    pub const RATING: Words = words("平均评价", "Mean rating");
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
        out.line(Held::CAME, format!("{} / {}", self.came, self.invited));
        if let Some(turnout) = self.turnout() {
            out.line(
                Held::TURNOUT,
                format!("{} ÷ {} = {}", self.came, self.invited, turnout.show()),
            );
        }
        if let Some(gain) = self.gain() {
            let sum = plain_hundredths(self.gained.1).replace('-', "−");
            out.line(
                Held::GAIN,
                format!("{sum} ÷ {} = {}", self.gained.0, mean(gain)),
            );
        }
        if let Some(rating) = self.rating() {
            out.line(
                Held::RATING,
                format!("{} ÷ {} = {}", self.rated.1, self.rated.0, mean(rating)),
            );
        }
        out.done()
    }
}

/// The day on which a class was or is to be held.
pub fn held_on(class: &Class) -> Option<Date> {
    match class.outcome {
        Outcome::Done(day) => Some(day),
        Outcome::Open => class.slot.map(|slot| slot.start.date()),
        Outcome::Dropped(_) => None,
    }
}

#[cfg(test)]
mod tests;
