//! What the dealer is to hear from us first.
//!
//! **Rule.** News was told first when it was told before the day on which it is public; news
//! that never becomes public was told first whenever it was told. The rate is told first ÷
//! (told first + told after it was public + public and still untold), over the last twelve
//! months by the day on which it was told, or, untold, became public. News that need not be told
//! any more counts for nothing. Internal throughout.

use crate::book::Book;
use crate::date::{Date, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::ratio::Ratio;
use crate::tables::{Channel, Contact, Dealer, News};
use crate::value::Outcome;
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// So many days before it is public news is to be told soon.
pub const TELL_SOON_DAYS: i64 = 14;

/// How a piece of news stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NewsState {
    /// Public, and not told.
    TooLate,
    /// To be told.
    ToTell,
    /// Told before it was public.
    ToldFirst,
    /// Told after it was public.
    ToldLate,
    /// Need not be told any more.
    Dropped,
}

impl NewsState {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::TooLate => words("已公开，未告知", "Public and untold"),
            Self::ToTell => words("待告知", "To tell"),
            Self::ToldFirst => words("先告知了", "Told first"),
            Self::ToldLate => words("公开后才告知", "Told late"),
            Self::Dropped => words("不必告知", "No longer to tell"),
        }
    }
}

impl News {
    /// How it stands on a day.
    pub fn state_on(&self, today: Date) -> NewsState {
        let public = |day: Date| self.public_on.is_some_and(|public| public <= day);
        match self.outcome {
            Outcome::Dropped(_) => NewsState::Dropped,
            Outcome::Done(day) if public(day) => NewsState::ToldLate,
            Outcome::Done(_) => NewsState::ToldFirst,
            Outcome::Open if public(today) => NewsState::TooLate,
            Outcome::Open => NewsState::ToTell,
        }
    }
}

/// The news with when, how and whom it was told.
pub fn tell(news: &News, channel: Channel, contact: Id<Contact>, reaction: &str, on: Date) -> News {
    News {
        outcome: Outcome::Done(on),
        channel: Some(channel),
        contact,
        reaction: reaction.trim().to_owned(),
        ..news.clone()
    }
}

/// What a dealer has still to hear from us, what is public already first, then by the day on
/// which it becomes so.
pub fn to_tell(book: &Book, dealer: Id<Dealer>, today: Date) -> Vec<Arc<News>> {
    let open = book.news.of(dealer).filter(|news| news.outcome.is_open());
    in_order(open.cloned().collect(), today)
}

/// What any dealer of the book has still to hear from us, in the same order.
pub fn all_to_tell(book: &Book, today: Date) -> Vec<Arc<News>> {
    let open = book
        .news
        .iter()
        .filter(|news| news.outcome.is_open() && book.dealers.get(news.dealer).is_some());
    in_order(open.cloned().collect(), today)
}

fn in_order(mut found: Vec<Arc<News>>, today: Date) -> Vec<Arc<News>> {
    found.sort_by_key(|news| {
        let public = news.public_on.unwrap_or(Date::MAX);
        (news.state_on(today), public, news.id)
    });
    found
}

/// How news to tell is counted.
pub const TO_TELL_RULE: Words = words(
    "记下来要先告知、还没有告知的消息",
    "News that was noted to be told first and was not told yet",
);

/// How often a dealer heard from us first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Openness {
    /// Told before it was public.
    pub first: u32,
    /// Told after it.
    pub late: u32,
    /// Public and untold.
    pub untold: u32,
}

impl Openness {
    /// Over the twelve months up to today.
    pub fn of(book: &Book, dealer: Id<Dealer>, today: Date) -> Self {
        let mut openness = Self::default();
        let from = add_months(today, -12);
        for news in book.news.of(dealer) {
            let counted_on = match news.outcome {
                Outcome::Done(told) => Some(told),
                Outcome::Open | Outcome::Dropped(_) => news.public_on,
            };
            if !counted_on.is_some_and(|day| from < day && day <= today) {
                continue;
            }
            match news.state_on(today) {
                NewsState::ToldFirst => openness.first += 1,
                NewsState::ToldLate => openness.late += 1,
                NewsState::TooLate => openness.untold += 1,
                NewsState::ToTell | NewsState::Dropped => {}
            }
        }
        openness
    }

    /// The part that was told first; `None` while there was nothing to tell.
    pub fn rate(self) -> Option<Ratio> {
        let all = self.first + self.late + self.untold;
        Ratio::new(self.first.into(), all.into())
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(self, lang: Lang) -> Vec<Line> {
        let Self {
            first,
            late,
            untold,
        } = self;
        let mut out = Explanation::new(lang);
        let rate = self.rate().map_or_else(|| "—".to_owned(), Ratio::show);
        out.result(
            words("先告知率", "Told first"),
            format!("{first} ÷ ({first} + {late} + {untold}) = {rate}"),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "公开之前告知 ÷（公开之前 + 公开之后 + 公开而未告知），近 12 个月",
                "Told before it was public ÷ (before + after + public and untold), last 12 months",
            ),
        );
        out.done()
    }
}
