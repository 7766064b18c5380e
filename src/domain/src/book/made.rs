//! What was made of the records around a record, kept beside them.

use crate::aimed::Aimed;
use crate::by_metric::ByMetric;
use crate::by_record::ByRecord;
use crate::calendar::Dated;
use crate::incentives::{StandingFrom, Stands};
use crate::measured::ReadOf;
use crate::pacing::{Paced, PacedFrom};
use crate::tables::{Dealer, Enrolment};
use std::sync::Arc;

/// What was made of the book's records so far. It says nothing that the records do not, and is not compared.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// What was read of each dealer.
    pub(crate) read: ByRecord<Dealer, Arc<ReadOf>>,
    /// Each dealer's targets.
    pub(crate) aimed: ByRecord<Dealer, Arc<ByMetric<Aimed>>>,
    /// The days of each dealer's meetings.
    pub(crate) dated: ByRecord<Dealer, Arc<[Dated]>>,
    /// How each dealer's running goals stand.
    pub(crate) paced: ByRecord<Dealer, Arc<[Paced]>, PacedFrom>,
    /// How each enrolled dealer stands in its scheme.
    pub(crate) standings: ByRecord<Enrolment, Stands, StandingFrom>,
}
