//! Scorecards: how well a dealer does, reckoned so that the dealer can check it.
//!
//! **Attainment** a = actual ÷ target; without a target above zero there is no score, and that
//! is said. **Metric score** = min(100 · a, cap), 0 below the floor; where lower is better,
//! 100 · clamp(2 − actual ÷ target, 0, cap ÷ 100). It is rounded half to even to hundredths of
//! a point, so that what is shown is what is added. **Score** = Σ wᵢ · sᵢ ÷ Σ wᵢ over the
//! metrics with data, less the deductions, never below 0. **Coverage** = Σ w with data ÷ Σ w.
//! Weights that do not sum to 100 are renormalised by the same quotient, and that is said.
//!
//! **Tiers** by threshold; promotion at once, demotion after two periods in a row. **Trend** by
//! least squares over the last six periods. A **version** never changes: its id comes from what
//! it says. An evaluation keeps the **marks** that were discussed; its score is reckoned from
//! them and its version at any time.

mod compared;
mod cycle;
mod marked;
mod marks;
mod rubric;
mod score;
#[cfg(test)]
mod tests;
mod tier;
mod versions;

pub use compared::{
    Compared, Ranked, Slope, TREND_PERIODS, TierAtRisk, all_scores, compared, discussed,
    group_scores, latest_scores, ranked, slope, tiers_at_risk,
};
pub use cycle::{CycleFault, Stage, agree, begin, discuss, respond, review, standing_marks};
pub use marked::{Marked, MetricMark, MonthMark, marked};
pub use marks::{Mark, Marks};
pub use rubric::{Deduction, Rubric, RubricFault, Weight, weights_note};
pub use score::{Deducted, Points, Scored, ScoredMetric, attainment, metric_score, score};
pub use tier::{Thresholds, Tier, held};
pub use versions::{VersionFault, all_in_force, in_force, put_in_force, versions};
