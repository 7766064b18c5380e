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

crate::choices! {
    /// How content the dealer is with the way an issue was resolved.
    pub enum Satisfaction: "satisfaction" {
        /// As good as it could be.
        1 VerySatisfied ("很满意", "Very satisfied"),
        /// Good.
        2 Satisfied ("满意", "Satisfied"),
        /// It will do.
        3 Neutral ("一般", "Neutral"),
        /// Not good.
        4 Dissatisfied ("不满意", "Dissatisfied"),
        /// The relationship suffered.
        5 VeryDissatisfied ("很不满意", "Very dissatisfied"),
    }
}

impl Satisfaction {
    /// Out of five: 5 for as good as it could be, 1 for the least; `None` for what only a newer version
    /// knows.
    pub const fn points(self) -> Option<i64> {
        match self {
            Self::VerySatisfied => Some(5),
            Self::Satisfied => Some(4),
            Self::Neutral => Some(3),
            Self::Dissatisfied => Some(2),
            Self::VeryDissatisfied => Some(1),
            Self::Newer(_) => None,
        }
    }
}

crate::table! {
    /// A conflict or a problem. How far it has come follows from its dates: see
    /// [`IssueStage`]. Its steps are the actions that refer to it.
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
        /// By when it shall be resolved, where that was agreed by hand.
        9 due: Option<Date> = label("期限", "Due")
            .hint("留空则按严重程度推算", "Empty: as the severity says");
        /// How it was resolved.
        10 resolution: String = label("解决办法", "Resolution").prose();
        /// The day on which the facts were confirmed with the dealer.
        11 confirmed_on: Option<Date> = label("确认日期", "Confirmed on").kept();
        /// The day on which work on it began.
        12 begun_on: Option<Date> = label("开始处理", "Work began on").kept();
        /// The day on which both sides looked back at it.
        13 reviewed_on: Option<Date> = label("复盘日期", "Reviewed on").kept();
        /// Why it came to this.
        14 root_cause: String = label("根本原因", "Root cause").prose();
        /// How content the dealer is with the way it was resolved.
        15 satisfaction: Option<Satisfaction> = label("对处理的满意度", "Satisfaction with the resolution");
        /// Who of ours takes care of it.
        16 owner: String = label("负责人", "Owner").longest(80);
        /// The dealer on the other side of a channel conflict.
        17 other_dealer: Id<Dealer> = label("涉及的另一经销商", "Other dealer involved").internal()
            .hint("窜货时填写；同屏模式下不显示", "For a channel conflict; hidden in shared-screen mode");
        /// The brand or product line that it concerns.
        18 brand: String = label("涉及品牌", "Brand").longest(60);
        /// What shows that it is so.
        19 evidence: String = label("证据", "Evidence").prose()
            .hint("照片编号、货码、单据或链接", "Photos, goods codes, receipts or links");
        /// What only the team may read.
        20 internal_notes: String = label("内部备注", "Internal notes").internal().prose().found(Found::Text)
            .hint("同屏模式下不显示", "Hidden in shared-screen mode");
    }
}

/// How far an issue has come; follows from its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueStage {
    /// Somebody said so.
    Reported,
    /// Both sides agree on the facts.
    Confirmed,
    /// Being worked on.
    InProgress,
    /// Resolved, not yet looked back at.
    Resolved,
    /// Looked back at: the cause is known and the dealer was asked.
    Reviewed,
    /// Not followed up.
    SetAside,
}

impl Issue {
    /// How far it has come.
    ///
    /// Two tablets may each have moved it on: the furthest fact that the others bear counts. A
    /// review before the last resolution is one of an earlier round.
    pub fn stage(&self) -> IssueStage {
        match self.outcome {
            Outcome::Dropped(_) => IssueStage::SetAside,
            Outcome::Done(day) if self.reviewed_on.is_some_and(|reviewed| reviewed >= day) => {
                IssueStage::Reviewed
            }
            Outcome::Done(_) => IssueStage::Resolved,
            Outcome::Open if self.begun_on.is_some() => IssueStage::InProgress,
            Outcome::Open if self.confirmed_on.is_some() => IssueStage::Confirmed,
            Outcome::Open => IssueStage::Reported,
        }
    }
}
