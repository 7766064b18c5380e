//! Statements of what schemes pay to dealers.

use super::{Dealer, Issue, Scheme, SchemeVersion};
use crate::date::Date;
use crate::id::Id;
use crate::incentives::Basis;
use crate::schema::label;
use crate::value::Outcome;

crate::table! {
    /// What a scheme pays a dealer up to a day. Its total is never stored: it follows from
    /// the version and the basis, which stay as they were on the day of issue.
    pub struct Statement = 63 "statement" ("结算单", "Statement") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The scheme.
        2 scheme: Id<Scheme> = label("激励方案", "Scheme").required().kept();
        /// The version that it is reckoned by.
        3 version: Id<SchemeVersion> = label("方案版本", "Version").required().kept();
        /// The last day that it counts.
        4 until: Option<Date> = label("结算至", "Up to").required().kept();
        /// What it is reckoned from.
        5 basis: Option<Basis> = label("计算依据", "Basis").required().prose().kept();
        /// The day of issue.
        6 issued_on: Option<Date> = label("开具日期", "Issued on").required().kept();
        /// Whether and when it was paid or withdrawn.
        7 outcome: Outcome = label("支付情况", "Paid").kept();
        /// What the dealer disputes about it.
        8 dispute: Id<Issue> = label("争议", "Dispute").kept();
        /// A remark for the dealer.
        9 note: String = label("备注", "Note").prose();
    }
}

impl Statement {
    /// The id that everyone derives for the same dealer, scheme and day.
    pub fn id_for(dealer: Id<Dealer>, scheme: Id<Scheme>, until: Date) -> Id<Self> {
        Id::natural(&[
            "statement",
            &dealer.to_string(),
            &scheme.to_string(),
            &until.to_string(),
        ])
    }
}
