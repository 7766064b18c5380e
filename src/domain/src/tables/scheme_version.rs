//! Versions of incentive schemes as they were approved.

use super::Scheme;
use crate::date::Date;
use crate::filter::Filter;
use crate::id::Id;
use crate::incentives::Terms;
use crate::money::Fen;
use crate::schema::label;

crate::table! {
    /// A scheme as it was approved. It never changes: its id comes from what it says.
    pub struct SchemeVersion = 61 "scheme_version" ("方案版本", "Scheme version") {
        /// The scheme.
        1 scheme: Id<Scheme> = label("激励方案", "Scheme").required().kept();
        /// The terms.
        2 terms: Option<Terms> = label("规则", "Terms").required().prose().kept();
        /// Who may take part.
        3 eligibility: Option<Filter> = label("参加条件", "Eligibility").prose().kept();
        /// What may be spent on it.
        4 budget: Option<Fen> = label("预算", "Budget").not_negative().internal().kept();
        /// The day from which it is in force.
        5 approved_on: Option<Date> = label("批准日期", "Approved on").required().kept();
        /// Who approved it.
        6 approved_by: String = label("批准人", "Approved by").required().longest(80).kept();
        /// The version that was in force before: of two approved on one day, it is the earlier.
        7 replaces: Id<SchemeVersion> = label("替换的版本", "Replaces").kept();
    }
}

impl SchemeVersion {
    /// The id of a version that says this. The same words approved on two tablets are one
    /// version; other words are another.
    pub fn id_for(
        scheme: Id<Scheme>,
        terms: &Terms,
        eligibility: Option<&Filter>,
        budget: Option<Fen>,
    ) -> Id<Self> {
        Id::natural(&[
            "scheme_version",
            &scheme.to_string(),
            &terms.to_string(),
            &eligibility.map(Filter::to_string).unwrap_or_default(),
            &budget.map(|budget| budget.to_string()).unwrap_or_default(),
        ])
    }

    /// Whether it says what it said when it was approved.
    pub fn is_intact(&self) -> bool {
        self.terms.as_ref().is_some_and(|terms| {
            Self::id_for(self.scheme, terms, self.eligibility.as_ref(), self.budget) == self.id
        })
    }
}
