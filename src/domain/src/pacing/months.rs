//! A goal month by month: what came against what was expected.

use super::Pacing;
use crate::date::{Date, Month, add_days};
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::tables::Gathering;

/// One month of a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// What its reading gives to the goal.
    pub actual: Quantity,
    /// What was expected of the days that the reading covers: their share of the way where
    /// months add up, where the goal should stand on the last of them otherwise.
    pub expected: Quantity,
    /// Actual ÷ expected; `None` where nothing was expected.
    pub share: Option<Ratio>,
    /// The last day that the reading covers.
    pub as_of: Date,
    /// Whether it covers the month as far as the goal's time goes.
    pub complete: bool,
}

impl Pacing {
    /// The months that have a reading, the latest first.
    pub fn months(&self) -> Vec<MonthRow> {
        let mut rows: Vec<MonthRow> = self
            .readings
            .iter()
            .map(|reading| {
                let until = self.schedule.expected(reading.as_of);
                let expected = match self.gathering {
                    Gathering::Sum => {
                        let start = reading.month.first().max(self.schedule.span().start());
                        let before = self.schedule.expected(add_days(start, -1));
                        Quantity::held(i128::from(until.0) - i128::from(before.0))
                    }
                    _ => until,
                };
                MonthRow {
                    month: reading.month,
                    actual: reading.amount,
                    expected,
                    share: Ratio::new(i128::from(reading.amount.0), i128::from(expected.0)),
                    as_of: reading.as_of,
                    complete: reading.complete,
                }
            })
            .collect();
        rows.reverse();
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::date::DateSpan;
    use crate::id::Id;
    use crate::schema::Record;
    use crate::tables::{Goal, Reading};
    use crate::value::{Course, Figure};

    #[test]
    fn each_month_is_held_against_its_own_part_of_the_way() {
        let day = |text| crate::date::parse_date(text).unwrap();
        let mut book = Book::default();
        let mut goal = Goal::with_id(Id::natural(&["goal"]));
        goal.dealer = Id::natural(&["dealer"]);
        goal.metric = crate::metrics::sales_in();
        goal.course = Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(1200),
        });
        goal.span = DateSpan::new(day("2026-01-01"), day("2026-12-31"));
        goal.shape = Some(crate::value::Shape([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]));
        for (month, units) in [(1, 150), (2, 80)] {
            let month = Month::new(2026, month).unwrap();
            let mut reading = Reading::with_id(Reading::id_for(goal.dealer, goal.metric, month));
            reading.dealer = goal.dealer;
            reading.metric = goal.metric;
            reading.month = Some(month);
            reading.figure = Some(Figure {
                amount: Quantity::whole(units),
                as_of: month.last(),
            });
            book.readings.set(reading);
        }
        let pacing = Pacing::of(&book, &goal, day("2026-03-05")).unwrap();
        let rows = pacing.months();
        // January weighs 2 of 12, February 1 of 12.
        assert_eq!(rows[1].expected, Quantity::whole(200));
        assert_eq!(rows[1].share, Ratio::new(3, 4));
        assert_eq!(rows[0].expected, Quantity::whole(100));
        assert_eq!(rows[0].share, Ratio::new(4, 5));
    }
}
