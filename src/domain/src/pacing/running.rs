//! The pacing of the goals that run, kept for each dealer until something that it depends on changes.

use super::{Pacing, Rag};
use crate::book::Book;
use crate::date::Date;
use crate::id::Id;
use crate::tables::{Dealer, Goal};
use std::sync::Arc;

/// What the pacing of a dealer's goals depends on: how its goals, its readings and the metrics stood, and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PacedFrom {
    goals: u64,
    readings: u64,
    metrics: u64,
    today: Date,
}

/// A goal with its pacing.
pub(crate) type Paced = (Arc<Goal>, Pacing);

impl Goal {
    /// Whether it is open and its time has come and is not over.
    pub fn runs_on(&self, day: Date) -> bool {
        self.outcome.is_open() && self.span.is_some_and(|span| span.contains(day))
    }
}

impl Book {
    /// The goals of a dealer that run on a day and can be judged, with their pacing.
    pub(crate) fn paced_of(&self, dealer: Id<Dealer>, today: Date) -> Arc<[Paced]> {
        let from = PacedFrom {
            goals: self.goals.revision_of(dealer),
            readings: self.readings.revision_of(dealer),
            metrics: self.metrics.revision_read(),
            today,
        };
        self.made.paced.of(dealer, from, || {
            let own = self.goals.of(dealer);
            let running = own.filter(|goal| goal.dealer == dealer && goal.runs_on(today));
            let paced = running.filter_map(|goal| {
                let pacing = Pacing::of(self, goal, today)?;
                Some((Arc::clone(goal), pacing))
            });
            paced.collect::<Vec<_>>().into()
        })
    }
}

/// How the slowest of a dealer's open goals stands on a day that it runs, with its pace in basis points;
/// `None` when none can be judged.
pub fn slowest(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<(Rag, i64)> {
    let paced = book.paced_of(dealer, today);
    let judged = paced.iter();
    judged
        .filter_map(|(_, pacing)| Some((pacing.rag, pacing.pace?.basis_points())))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{DateSpan, Month, parse_date};
    use crate::quantity::{Quantity, Unit};
    use crate::schema::Record as _;
    use crate::tables::{Direction, Gathering, Metric, Reading};
    use crate::value::{Course, Figure, Outcome};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn the_slowest_goal_follows_readings_goals_metrics_and_the_day() {
        let dealer = Id::natural(&["dealer"]);
        let metric = |direction| Metric {
            unit: Some(Unit::Pieces),
            direction: Some(direction),
            gathering: Some(Gathering::Sum),
            ..Metric::with_id(Id::natural(&["returns"]))
        };
        let returns = metric(Direction::Rising).id;
        let goal = Goal {
            dealer,
            metric: returns,
            course: Some(Course {
                baseline: Quantity(0),
                target: Quantity(120_000),
            }),
            span: DateSpan::new(day("2026-01-01"), day("2026-12-31")),
            ..Goal::with_id(Id::natural(&["goal"]))
        };
        let read = |amount| {
            let month = Month::new(2026, 3).unwrap();
            Reading {
                dealer,
                metric: returns,
                month: Some(month),
                figure: Some(Figure {
                    amount: Quantity(amount),
                    as_of: month.last(),
                }),
                ..Reading::with_id(Reading::id_for(dealer, returns, month))
            }
        };
        let mut book = Book::default();
        book.metrics.set(metric(Direction::Rising));
        book.goals.set(goal.clone());
        let rag = |book: &Book, on| slowest(book, dealer, day(on)).map(|(rag, _)| rag);
        assert_eq!(rag(&book, "2026-04-01"), None);
        // A quarter of the year has passed: 90 of 365 days, of 120,000 some 29,589.
        book.readings.set(read(29_589));
        assert_eq!(rag(&book, "2026-04-01"), Some(Rag::Good));
        book.readings.set(read(15_000));
        assert_eq!(rag(&book, "2026-04-01"), Some(Rag::Risk));
        assert_eq!(rag(&book, "2027-01-01"), None);
        assert_eq!(rag(&book, "2026-04-01"), Some(Rag::Risk));
        book.goals.set(Goal {
            course: Some(Course {
                baseline: Quantity(0),
                target: Quantity(60_000),
            }),
            ..goal.clone()
        });
        assert_eq!(rag(&book, "2026-04-01"), Some(Rag::Good));
        // Half of what may come in the whole year came in its first quarter.
        book.readings.set(read(29_589));
        book.metrics.set(metric(Direction::Falling));
        assert_eq!(rag(&book, "2026-04-01"), Some(Rag::Risk));
        book.goals.set(Goal {
            outcome: Outcome::Done(day("2026-04-01")),
            ..goal
        });
        assert_eq!(rag(&book, "2026-04-01"), None);
    }
}
