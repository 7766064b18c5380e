//! The targets of a dealer, month by month: what scores, payouts and courses are reckoned against.

use crate::book::Book;
use crate::by_metric::{ByMetric, Monthly};
use crate::date::Month;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::tables::{Dealer, Metric};
use std::sync::Arc;

/// A metric's target for a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aimed {
    metric: Id<Metric>,
    month: Month,
    amount: Quantity,
}

impl Monthly for Aimed {
    fn metric(&self) -> Id<Metric> {
        self.metric
    }

    fn month(&self) -> Month {
        self.month
    }
}

/// All targets of a dealer.
#[derive(Clone, Debug)]
pub(crate) struct Targets(Arc<ByMetric<Aimed>>);

impl Targets {
    /// A metric's target for a month.
    pub(crate) fn of(&self, metric: Id<Metric>, month: Month) -> Option<Quantity> {
        Some(self.0.of(metric, month)?.amount)
    }
}

impl Book {
    /// All targets of a dealer. To look one up there takes less time than to make the id of its row.
    pub(crate) fn targets_of(&self, dealer: Id<Dealer>) -> Targets {
        let revision = self.targets.revision_of(dealer);
        Targets(self.made.aimed.of(dealer, revision, || {
            let targets = self.targets.of(dealer);
            let own = targets.filter(|target| target.dealer == dealer);
            let aimed = own.filter_map(|target| {
                Some(Aimed {
                    metric: target.metric,
                    month: target.month?,
                    amount: target.amount?,
                })
            });
            Arc::new(ByMetric::new(aimed.collect()))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics;
    use crate::schema::Record as _;
    use crate::tables::Target;

    #[test]
    fn targets_are_found_by_month_and_follow_every_change() {
        let (one, other) = (Id::natural(&["one"]), Id::natural(&["other"]));
        let (sales, days) = (metrics::sales_in(), metrics::receivable_days());
        let month = |number| Month::new(2026, number).unwrap();
        let target = |dealer, metric, at, amount| Target {
            dealer,
            metric,
            month: Some(month(at)),
            amount: Some(Quantity(amount)),
            ..Target::with_id(Target::id_for(dealer, metric, month(at)))
        };
        let mut book = Book::default();
        book.targets.set(target(one, sales, 3, 30));
        book.targets.set(target(one, sales, 1, 10));
        book.targets.set(target(one, days, 1, 45));
        book.targets.set(target(other, sales, 1, 99));
        let of = |book: &Book, metric, at| {
            let found = book.targets_of(one).of(metric, month(at));
            found.map(|amount| amount.0)
        };
        assert_eq!(of(&book, sales, 1), Some(10));
        assert_eq!((of(&book, sales, 2), of(&book, days, 1)), (None, Some(45)));
        // Asked for once, they are kept; a change is seen all the same.
        book.targets.set(target(one, sales, 2, 20));
        let mut binned = target(one, sales, 1, 10);
        binned.state.deleted = true;
        book.targets.set(binned);
        assert_eq!((of(&book, sales, 2), of(&book, sales, 1)), (Some(20), None));
        // Another program's row of a month that is there already: the later one counts.
        let mut foreign = target(one, sales, 2, 22);
        foreign.id = Id::natural(&["foreign"]);
        book.targets.set(foreign);
        assert_eq!(of(&book, sales, 2), Some(22));
    }
}
