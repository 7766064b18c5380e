//! The ranking for a trip, with its published tie-break.

use crate::date::Date;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::tables::Dealer;
use std::cmp::Reverse;

/// One who may win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contender {
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// The score in points; without one there is no place.
    pub score: Option<Ratio>,
    /// What the scheme's metric came to: the first tie-break, the larger before.
    pub measured: Quantity,
    /// The day of enrolment: the second, the earlier before.
    pub enrolled: Option<Date>,
    /// The dealer's code: the third, in its order.
    pub code: String,
}

/// Who stands where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The contenders with a place, the first before.
    pub ranked: Vec<Contender>,
    /// Those without a score, or with one below the least.
    pub unplaced: Vec<Contender>,
}

impl Ranking {
    /// Ranks by score, then by measured amount, then by enrolment, then by code; those who are
    /// equal in everything by id, so that every device ranks alike. `least` is in hundredths
    /// of a point.
    pub fn of(contenders: Vec<Contender>, least: Quantity) -> Self {
        let least = Ratio::new(least.0.into(), 100).unwrap_or(Ratio::ZERO);
        let (mut ranked, mut unplaced): (Vec<_>, Vec<_>) = contenders
            .into_iter()
            .partition(|contender| contender.score.is_some_and(|score| score >= least));
        ranked.sort_by(|a, b| {
            let key = |c: &Contender| {
                (
                    Reverse(c.score),
                    Reverse(c.measured),
                    c.enrolled.unwrap_or(Date::MAX),
                )
            };
            (key(a), &a.code, a.dealer).cmp(&(key(b), &b.code, b.dealer))
        });
        unplaced.sort_by_key(|contender| contender.dealer);
        Self { ranked, unplaced }
    }

    /// The place of a dealer, from 1.
    pub fn place(&self, dealer: Id<Dealer>) -> Option<u32> {
        let at = self
            .ranked
            .iter()
            .position(|contender| contender.dealer == dealer)?;
        u32::try_from(at + 1).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn contender(name: &str, score: Option<i64>, measured: i64, day: u32, code: &str) -> Contender {
        Contender {
            dealer: Id::natural(&[name]),
            score: score.map(Ratio::whole),
            measured: Quantity::whole(measured),
            enrolled: Date::from_ymd_opt(2026, 1, day),
            code: code.into(),
        }
    }

    #[test]
    fn ties_are_broken_as_published() {
        let ranking = Ranking::of(
            vec![
                contender("late", Some(90), 100, 9, "C"),
                contender("code", Some(90), 100, 5, "B"),
                contender("first code", Some(90), 100, 5, "A"),
                contender("more", Some(90), 101, 9, "Z"),
                contender("best", Some(95), 1, 30, "Z"),
                contender("low", Some(79), 999, 1, "A"),
                contender("unknown", None, 999, 1, "A"),
            ],
            Quantity::whole(80),
        );
        let place = |name| ranking.place(Id::natural(&[name]));
        assert_eq!(
            ["best", "more", "first code", "code", "late"].map(place),
            [Some(1), Some(2), Some(3), Some(4), Some(5)]
        );
        assert_eq!([place("low"), place("unknown")], [None, None]);
        assert_eq!(ranking.unplaced.len(), 2);
    }

    proptest! {
        /// The order in which contenders are given does not matter.
        #[test]
        fn ranking_is_the_same_everywhere(
            list in prop::collection::vec((0i64..4, 0i64..3, 1u32..4), 0..8).prop_map(|list| {
                list.into_iter().enumerate().map(|(at, (score, measured, day))| {
                    contender(&at.to_string(), Some(score), measured, day, "")
                }).collect::<Vec<_>>()
            }),
            turn in any::<prop::sample::Index>(),
        ) {
            let mut turned = list.clone();
            if !turned.is_empty() {
                let by = turn.index(turned.len());
                turned.rotate_left(by);
            }
            prop_assert_eq!(Ranking::of(list, Quantity(0)), Ranking::of(turned, Quantity(0)));
        }
    }
}
