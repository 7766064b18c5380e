//! How every dealer of a scheme stands, kept until something that a standing is reckoned from changes.

use super::standing::{NoStanding, Standing};
use super::terms::Terms;
use crate::book::Book;
use crate::date::Date;
use crate::tables::Enrolment;
use std::sync::Arc;

/// How an enrolled dealer stands, or why that cannot be told.
pub(crate) type Stands = Result<Arc<Standing>, NoStanding>;

/// What a standing is reckoned from: the terms, the enrolment, the dealer's readings and targets and the metrics as
/// they stood, its place among others, and the day.
#[derive(Debug)]
pub(crate) struct StandingFrom {
    terms: Arc<Terms>,
    enrolment: Arc<Enrolment>,
    readings: u64,
    targets: u64,
    metrics: u64,
    place: Option<u32>,
    today: Date,
}

impl PartialEq for StandingFrom {
    fn eq(&self, other: &Self) -> bool {
        // An enrolment that changed is another one in memory.
        let one = |it: &Self| {
            let enrolment = Arc::as_ptr(&it.enrolment);
            let revisions = (it.readings, it.targets, it.metrics);
            (enrolment, revisions, it.place, it.today)
        };
        one(self) == one(other) && self.terms == other.terms
    }
}

impl Book {
    /// [`Standing::of`] an enrolment, kept.
    pub(super) fn standing_of(
        &self,
        terms: &Arc<Terms>,
        enrolment: &Arc<Enrolment>,
        place: Option<u32>,
        today: Date,
    ) -> Stands {
        let from = StandingFrom {
            terms: Arc::clone(terms),
            enrolment: Arc::clone(enrolment),
            readings: self.readings.revision_of(enrolment.dealer),
            targets: self.targets.revision_of(enrolment.dealer),
            metrics: self.metrics.revision_read(),
            place,
            today,
        };
        self.made.standings.of(enrolment.id, from, || {
            Standing::of(self, terms, enrolment, place, today).map(Arc::new)
        })
    }
}
