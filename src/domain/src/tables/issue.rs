//! What stands between the two sides and has to be resolved.

use super::{Dealer, Meeting};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Found, label};
use crate::value::Outcome;

crate::choices! {
    /// What an issue is about.
    pub enum IssueKind: "issue_kind" {
        /// Selling into another dealer's territory.
        1 Territory ("窜货", "Channel conflict"),
        /// Prices.
        2 Price ("价格", "Price"),
        /// Delivery.
        3 Delivery ("交货", "Delivery"),
        /// Quality.
        4 Quality ("质量", "Quality"),
        /// Payment.
        5 Payment ("货款", "Payment"),
        /// Rebates.
        6 Rebate ("返利", "Rebate"),
        /// People.
        7 People ("人员", "People"),
        /// Anything else.
        8 Other ("其他", "Other"),
    }
}

crate::choices! {
    /// How much an issue hurts.
    pub enum Severity: "severity" {
        /// Business stands still.
        1 Severe ("严重", "Severe"),
        /// Business suffers.
        2 Moderate ("一般", "Moderate"),
        /// A nuisance.
        3 Minor ("轻微", "Minor"),
    }
}

crate::table! {
    /// A conflict or a problem.
    pub struct Issue = 14 "issue" ("问题", "Issue") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The issue in one line.
        2 title: String = label("问题", "Issue").required().found(Found::Text);
        /// What it is about.
        3 kind: Option<IssueKind> = label("类型", "Type");
        /// How much it hurts.
        4 severity: Option<Severity> = label("严重程度", "Severity");
        /// The day it was reported.
        5 reported_on: Option<Date> = label("报告日期", "Reported on");
        /// More about it.
        6 detail: String = label("详情", "Detail").prose();
        /// Whether and when it was resolved.
        7 outcome: Outcome = label("解决情况", "Resolved").kept();
        /// The meeting at which it was reported.
        8 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
        /// By when it shall be resolved.
        9 due: Option<Date> = label("期限", "Due");
        /// How it was resolved.
        10 resolution: String = label("解决办法", "Resolution").prose();
    }
}
