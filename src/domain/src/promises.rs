//! How both sides keep their promises: the ledger of the last twelve months.
//!
//! **Rule.** A promise counts in the twelve months up to today by the day it was settled, or,
//! while it is open, by its due date. Kept: done by the due date. Late: done after it.
//! Broken: given up. Overdue: open past its due date, however old. Open: still in time; it
//! counts for nothing yet. Rate = kept ÷ (kept + late + broken + overdue).

use crate::book::Book;
use crate::date::{Date, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Promise, Side};
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};

/// How one promise stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Done by its due date.
    Kept,
    /// Done after its due date.
    Late,
    /// Given up.
    Broken,
    /// Open past its due date.
    Overdue,
    /// Open and in time.
    Open,
}

impl Standing {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Kept => words("按时兑现", "Kept on time"),
            Self::Late => words("延后兑现", "Kept late"),
            Self::Broken => words("未兑现", "Not kept"),
            Self::Overdue => words("已到期未完成", "Overdue"),
            Self::Open => words("进行中", "Open"),
        }
    }
}

impl Promise {
    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        match (self.outcome, self.due) {
            (Outcome::Done(day), Some(due)) if day > due => Standing::Late,
            (Outcome::Done(_), _) => Standing::Kept,
            (Outcome::Dropped(_), _) => Standing::Broken,
            (Outcome::Open, Some(due)) if due < today => Standing::Overdue,
            (Outcome::Open, _) => Standing::Open,
        }
    }
}

/// How many promises stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Kept by the due date.
    pub kept: u32,
    /// Kept after the due date.
    pub late: u32,
    /// Given up.
    pub broken: u32,
    /// Open past the due date.
    pub overdue: u32,
    /// Open and in time.
    pub open: u32,
}

impl Tally {
    /// Promises that were to be kept by now.
    pub const fn settled(self) -> u32 {
        self.kept + self.late + self.broken + self.overdue
    }

    /// The part that was kept on time; `None` while none was to be kept.
    pub fn rate(self) -> Option<Ratio> {
        Ratio::new(self.kept.into(), self.settled().into())
    }

    /// Both together.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            kept: self.kept + other.kept,
            late: self.late + other.late,
            broken: self.broken + other.broken,
            overdue: self.overdue + other.overdue,
            open: self.open + other.open,
        }
    }

    fn count(&mut self, standing: Standing) {
        *match standing {
            Standing::Kept => &mut self.kept,
            Standing::Late => &mut self.late,
            Standing::Broken => &mut self.broken,
            Standing::Overdue => &mut self.overdue,
            Standing::Open => &mut self.open,
        } += 1;
    }
}

/// How open promises are counted.
pub const OPEN_RULE: Words = words(
    "双方还没有兑现、也没有放弃的承诺",
    "Promises of both sides that are neither kept nor given up",
);

/// How late promises are counted.
pub const LATE_RULE: Words = words(
    "双方还没有兑现、到期日已过的承诺",
    "Open promises of both sides whose due date has passed",
);

/// The promises between us and one dealer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// What we promised.
    pub us: Tally,
    /// What the dealer promised.
    pub dealer: Tally,
    from: Date,
    today: Date,
}

impl Ledger {
    /// The ledger of a dealer on a day.
    pub fn of(book: &Book, dealer: Id<Dealer>, today: Date) -> Self {
        let mut ledger = Self {
            us: Tally::default(),
            dealer: Tally::default(),
            from: add_months(today, -12),
            today,
        };
        for promise in book.promises.of(dealer) {
            if promise.dealer != dealer || !ledger.counts(promise) {
                continue;
            }
            let standing = promise.standing(today);
            match promise.by {
                Some(Side::Us) => ledger.us.count(standing),
                Some(Side::Dealer) => ledger.dealer.count(standing),
                // A side that only a newer version knows is neither of the two.
                Some(Side::Newer(_)) | None => {}
            }
        }
        ledger
    }

    fn counts(&self, promise: &Promise) -> bool {
        match promise.outcome {
            Outcome::Open => true,
            Outcome::Done(day) | Outcome::Dropped(day) => self.from < day && day <= self.today,
        }
    }

    /// Both sides together.
    pub const fn both(&self) -> Tally {
        self.us.plus(self.dealer)
    }

    /// The inputs, the rule and the arithmetic, with the side that is asked about.
    pub fn explain(&self, of: Side, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(
            words("期间", "Period"),
            format!(
                "{} – {}",
                show_date(crate::date::add_days(self.from, 1), lang),
                show_date(self.today, lang)
            ),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "按时兑现 ÷（按时 + 延后 + 未兑现 + 到期未完成）；未到期的不计",
                "Kept on time ÷ (on time + late + not kept + overdue); what is still in time does not count",
            ),
        );
        let sides = [
            (words("我方", "Us"), Side::Us, self.us),
            (words("经销商", "Dealer"), Side::Dealer, self.dealer),
        ];
        for (label, side, tally) in sides {
            let Tally {
                kept,
                late,
                broken,
                overdue,
                open,
            } = tally;
            let rate = tally.rate().map_or_else(|| "—".to_owned(), Ratio::show);
            let sum = format!("{kept} ÷ ({kept} + {late} + {broken} + {overdue}) = {rate}");
            if side == of {
                out.result(label, sum);
            } else {
                out.line(label, sum);
            }
            if open > 0 {
                out.line(
                    words("其中未到期，不计", "Still in time, not counted"),
                    open.to_string(),
                );
            }
        }
        out.done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{add_days, parse_date};
    use crate::schema::Record;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn dealer() -> Id<Dealer> {
        Id::natural(&["dealer"])
    }

    fn promise(name: &str, by: Side, due: Date, outcome: Outcome) -> Promise {
        Promise {
            dealer: dealer(),
            by: Some(by),
            due: Some(due),
            outcome,
            ..Promise::with_id(Id::natural(&["promise", name]))
        }
    }

    #[test]
    fn every_standing_counts_once_and_for_its_side() {
        let mut book = Book::default();
        let due = day("2026-05-01");
        for (name, outcome) in [
            ("on the day", Outcome::Done(due)),
            ("before", Outcome::Done(day("2026-04-01"))),
            ("after", Outcome::Done(day("2026-05-02"))),
            ("given up", Outcome::Dropped(day("2026-05-20"))),
            ("waiting", Outcome::Open),
        ] {
            book.promises.set(promise(name, Side::Us, due, outcome));
        }
        book.promises.set(promise(
            "theirs",
            Side::Dealer,
            day("2026-07-01"),
            Outcome::Open,
        ));
        let ledger = Ledger::of(&book, dealer(), day("2026-06-01"));
        let us = Tally {
            kept: 2,
            late: 1,
            broken: 1,
            overdue: 1,
            open: 0,
        };
        assert_eq!(ledger.us, us);
        assert_eq!(
            ledger.dealer,
            Tally {
                open: 1,
                ..Tally::default()
            }
        );
        assert_eq!(ledger.us.rate(), Ratio::new(2, 5));
        assert_eq!(ledger.dealer.rate(), None);
        assert_eq!(ledger.both().settled(), 5);
        let lines = ledger.explain(Side::Us, Lang::En);
        assert!(
            lines
                .iter()
                .any(|line| line.value == "2 ÷ (2 + 1 + 1 + 1) = 40%")
        );
        assert!(
            lines
                .iter()
                .any(|line| line.label == "Still in time, not counted" && line.value == "1")
        );
    }

    #[test]
    fn what_was_settled_more_than_a_year_ago_is_past() {
        let mut book = Book::default();
        let today = day("2026-06-01");
        for (name, settled) in [("just in", "2025-06-02"), ("just out", "2025-06-01")] {
            let settled = day(settled);
            book.promises
                .set(promise(name, Side::Us, settled, Outcome::Done(settled)));
        }
        book.promises.set(promise(
            "forgotten",
            Side::Us,
            day("2023-01-01"),
            Outcome::Open,
        ));
        let us = Ledger::of(&book, dealer(), today).us;
        assert_eq!((us.kept, us.overdue), (1, 1));
    }

    proptest! {
        /// The counts add up to the promises, and the rate lies between 0 and 1.
        #[test]
        fn nothing_is_lost_or_counted_twice(list in prop::collection::vec((any::<bool>(), -300i64..300, 0u8..3, 0i64..300), 0..30)) {
            let today = day("2026-06-01");
            let mut book = Book::default();
            for (place, (ours, due, outcome, settled)) in list.iter().enumerate() {
                let settled = add_days(today, -settled);
                let outcome = match outcome {
                    0 => Outcome::Open,
                    1 => Outcome::Done(settled),
                    _ => Outcome::Dropped(settled),
                };
                let side = if *ours { Side::Us } else { Side::Dealer };
                book.promises.set(promise(&place.to_string(), side, add_days(today, *due), outcome));
            }
            let both = Ledger::of(&book, dealer(), today).both();
            prop_assert_eq!((both.settled() + both.open) as usize, list.len());
            if let Some(rate) = both.rate() {
                prop_assert!(Ratio::ZERO <= rate && rate <= Ratio::ONE);
            }
        }
    }
}
