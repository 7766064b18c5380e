//! What dealers ask the maker for.

use super::{Dealer, Meeting, Need, Satisfaction};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Found, label};
use crate::value::Outcome;
use crate::words::words;

crate::choices! {
    /// What kind of support is asked for.
    pub enum SupportKind: "support_kind" {
        /// Money for the market.
        1 MarketFunds ("市场费用", "Market funds"),
        /// Display units and decoration of the shop.
        2 Display ("样机与陈列", "Display units"),
        /// Printed matter and gifts.
        3 Materials ("物料", "Materials"),
        /// Training.
        4 Training ("培训", "Training"),
        /// People on site.
        5 Staff ("驻店人员", "People on site"),
        /// Installation and repair.
        6 Technical ("安装与技术", "Technical help"),
        /// An event.
        7 Event ("活动支持", "Event"),
        /// Anything else.
        8 Other ("其他", "Other"),
    }
}

crate::table! {
    /// Support that a dealer asks for.
    pub struct SupportRequest = 68 "support_request" ("支持申请", "Support request") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What is asked for, in one line.
        2 title: String = label("支持申请", "Support request").required().found(Found::Text);
        /// What kind of support.
        3 kind: Option<SupportKind> = label("类型", "Type").required();
        /// The day it was asked for.
        4 requested_on: Option<Date> = label("申请日期", "Requested on");
        /// By when it is needed.
        5 due: Option<Date> = label("需要日期", "Due");
        /// Who of ours takes care of it.
        6 owner: String = label("负责人", "Owner").longest(80);
        /// More about it.
        7 detail: String = label("详情", "Detail").prose();
        /// Whether and when it was given or declined.
        8 outcome: Outcome = label("处理情况", "Given").kept();
        /// What was answered.
        9 answer: String = label("答复", "Answer").prose();
        /// The need behind it.
        11 need: Id<Need> = label("对应需求", "Need behind it");
        /// The meeting at which it was asked for.
        12 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
        /// How content the dealer is with what was given. Number 10 was a rating from 1 to 5.
        13 satisfaction: Option<Satisfaction> = label("满意度", "Satisfaction");
    }
}

/// What is wrong with a rating; ratings go from 1 to 5.
pub(super) fn outside_five(rating: Option<i64>) -> Option<Fault> {
    let outside = rating.is_some_and(|rating| !(1..=5).contains(&rating));
    outside.then_some(Fault::Rule(words("请填 1 到 5", "Enter 1 to 5")))
}
