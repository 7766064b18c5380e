//! Versions of scorecards as they came into force.

use super::Scorecard;
use crate::date::Date;
use crate::id::Id;
use crate::schema::label;
use crate::scorecard::Rubric;

crate::table! {
    /// A scorecard as it came into force. It never changes: its id comes from what it says.
    pub struct ScorecardVersion = 66 "scorecard_version" ("评分卡版本", "Scorecard version") {
        /// The scorecard.
        1 scorecard: Id<Scorecard> = label("评分卡", "Scorecard").required().kept();
        /// The rubric.
        2 rubric: Option<Rubric> = label("评分规则", "Rubric").required().prose().kept();
        /// The day from which it is in force.
        3 from: Option<Date> = label("生效日期", "In force from").required().kept();
        /// The version that was in force before: of two from one day on, it is the earlier.
        4 replaces: Id<ScorecardVersion> = label("替换的版本", "Replaces").kept();
    }
}

impl ScorecardVersion {
    /// The id of a version that says this.
    pub fn id_for(scorecard: Id<Scorecard>, rubric: &Rubric) -> Id<Self> {
        Id::natural(&[
            "scorecard_version",
            &scorecard.to_string(),
            &rubric.to_string(),
        ])
    }

    /// Whether it says what it said when it came into force.
    pub fn is_intact(&self) -> bool {
        self.rubric
            .as_ref()
            .is_some_and(|rubric| Self::id_for(self.scorecard, rubric) == self.id)
    }
}
