//! Scorecards.

use crate::schema::{Found, label};
use crate::scorecard::Rubric;

crate::table! {
    /// A scorecard. Its rubric here is the draft; evaluations go by a
    /// [`ScorecardVersion`](super::ScorecardVersion).
    pub struct Scorecard = 65 "scorecard" ("评分卡", "Scorecard") {
        /// What it is called.
        1 name: String = label("名称", "Name").required().longest(120).found(Found::Name);
        /// What it is for.
        2 aim: String = label("目的", "Aim").prose();
        /// The rubric as it is being drafted.
        3 rubric: Option<Rubric> = label("评分规则", "Rubric").prose();
    }
}
