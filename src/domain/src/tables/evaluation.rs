//! Evaluations of dealers, from draft to review.

use super::{Dealer, Plan, ScorecardVersion};
use crate::date::{Date, Month};
use crate::id::Id;
use crate::schema::label;
use crate::scorecard::Marks;

crate::table! {
    /// An evaluation of a dealer over a period. Its score is never stored: it follows from
    /// the version and the marks, which stay as they were discussed.
    pub struct Evaluation = 67 "evaluation" ("评估", "Evaluation") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The version of the scorecard.
        2 version: Id<ScorecardVersion> = label("评分卡版本", "Scorecard version").required().kept();
        /// The first month of the period; the scorecard says how long it is.
        3 period: Option<Month> = label("期间", "Period").required().kept();
        /// The marks as they were discussed; empty while they follow the readings.
        4 marks: Option<Marks> = label("评分依据", "Marks").prose().kept();
        /// What went well.
        5 strengths: String = label("做得好的", "What went well").prose();
        /// What could go better.
        6 chances: String = label("可以更好的", "What could go better").prose();
        /// The day on which it was discussed with the dealer.
        7 discussed_on: Option<Date> = label("沟通日期", "Discussed on").kept();
        /// What the dealer says to it.
        8 response: String = label("经销商反馈", "The dealer's response").prose().kept();
        /// The day of the response.
        9 responded_on: Option<Date> = label("反馈日期", "Responded on").kept();
        /// The improvement plan that both sides agreed.
        10 plan: Id<Plan> = label("改进计划", "Improvement plan").kept();
        /// The day on which it was agreed.
        11 agreed_on: Option<Date> = label("确认日期", "Agreed on").kept();
        /// What came of it.
        12 review: String = label("复盘", "Review").prose().kept();
        /// The day of the review.
        13 reviewed_on: Option<Date> = label("复盘日期", "Reviewed on").kept();
    }
}

impl Evaluation {
    /// The id that everyone derives for the same dealer, version and period.
    pub fn id_for(dealer: Id<Dealer>, version: Id<ScorecardVersion>, period: Month) -> Id<Self> {
        Id::natural(&[
            "evaluation",
            &dealer.to_string(),
            &version.to_string(),
            &period.to_string(),
        ])
    }
}
