//! The long term: joint business plans and how their objectives become goals, reviews, the
//! culture check, and risks.

mod cascade;
mod culture;
mod joint_plan;
mod risks;
#[cfg(test)]
mod tests;

pub use cascade::{Balance, quarterly_goals, yearly_goals, years_of};
pub use culture::{Dimension, Mean, Radar, radars};
pub use joint_plan::{JointPlan, ObjectiveState, REVIEW_DAYS, YearState, usual_years};
pub use risks::{RiskLevel, open_risks};
