//! Incentives: schemes, who takes part in them, what they pay, and how they stand.
//!
//! **Terms** are one register: metric, period, rule, cap, proration, returns. **Approval**
//! turns a scheme's draft into a version whose id comes from what it says, so that a version
//! in force cannot change: other words are another version. **One function**, [`pay`], is
//! behind everything: a statement is `pay` of the basis it keeps, a live standing is `pay` of
//! today's readings, what-if is `pay` of another amount, the next tier is `pay` at its
//! boundary, and the budget forecast is the sum of `pay` at the end of the period.
//!
//! **Order.** What the rule earns → at most the cap → the part of the days → less what earlier
//! statements came to → nothing below zero unless returns are taken back. Boundaries are
//! half-open: a tier holds its start and not its end. The rules are those of trade rebates
//! as they are commonly contracted; the tie-break of a trip is published with it.

mod basis;
mod earning;
mod enrolling;
mod item;
mod outlay;
mod payout;
mod settlement;
mod standing;
mod standings;
mod terms;
mod terms_fault;
#[cfg(test)]
mod tests;
mod tiers;
mod trip;
mod versions;

pub use basis::{Basis, Days};
pub use earning::Earning;
pub use enrolling::{
    BaseFrom, EnrolFault, Reckoning, TargetFrom, eligible, enrol, enrolments, is_eligible,
};
pub use item::Item;
pub use outlay::{Outlay, Scores, Share, ranking};
pub use payout::{PayError, PayLine, Payout, accrual, pay};
pub use settlement::{
    Settlement, StatementFault, correction, dispute, draft, issue, settled, statements,
};
pub use standing::{Ahead, NextStep, NoStanding, Standing};
pub(crate) use standings::{StandingFrom, Stands};
pub use terms::{Limits, Returns, Terms};
pub use terms_fault::TermsFault;
pub use tiers::{Tier, TierFault, Tiers};
pub use trip::{Contender, Ranking};
pub use versions::{ApprovalFault, approve, in_force, versions};
