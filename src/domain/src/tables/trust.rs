//! What a dealer needs, and what both sides promised.

use super::{Dealer, Meeting, Side};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Found, label};
use crate::value::Outcome;

crate::choices! {
    /// What kind of need it is.
    pub enum NeedKind: "need_kind" {
        /// Something the dealer wants.
        1 Need ("需求", "Need"),
        /// Something that stands in the dealer's way.
        2 Challenge ("挑战", "Challenge"),
        /// Something the dealer sees coming.
        3 Opportunity ("机会", "Opportunity"),
    }
}

crate::choices! {
    /// How far a need has come.
    pub enum NeedStatus: "need_status" {
        /// Heard, nothing done yet.
        1 Open ("待响应", "Open"),
        /// Being worked on.
        2 InProgress ("响应中", "In progress"),
        /// Met.
        3 Met ("已满足", "Met"),
        /// Cannot be met, and said so openly.
        4 Declined ("无法满足", "Declined"),
    }
}

crate::table! {
    /// What a dealer needs from the maker.
    pub struct Need = 3 "need" ("需求", "Need") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The need in one line.
        2 title: String = label("需求", "Need").required().found(Found::Text);
        /// Need, challenge or opportunity.
        3 kind: Option<NeedKind> = label("类型", "Type");
        /// The dealer's own words.
        4 detail: String = label("详情", "Detail").prose();
        /// The day it was raised.
        5 raised_on: Option<Date> = label("提出日期", "Raised on");
        /// How far it has come.
        6 status: Option<NeedStatus> = label("状态", "Status");
        /// What was done about it.
        7 response: String = label("响应", "Response").prose();
        /// The meeting at which it was raised.
        8 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
    }
}

impl Need {
    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Some(NeedStatus::Met | NeedStatus::Declined))
    }
}

crate::table! {
    /// What one side promised to the other.
    pub struct Promise = 4 "promise" ("承诺", "Promise") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What was promised.
        2 title: String = label("承诺内容", "Promise").required().found(Found::Text);
        /// Who promised.
        3 by: Option<Side> = label("承诺方", "Promised by").required();
        /// The day it was made.
        4 made_on: Option<Date> = label("承诺日期", "Made on");
        /// The day by which it is to be kept.
        5 due: Option<Date> = label("到期日", "Due").required();
        /// Whether and when it was kept.
        6 outcome: Outcome = label("兑现情况", "Kept").kept();
        /// The meeting at which it was made.
        7 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
        /// More about it.
        8 detail: String = label("说明", "Detail").prose();
    }
}
