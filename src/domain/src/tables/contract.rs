//! Contracts and authorisations.

use super::Dealer;
use crate::date::{Date, DateSpan};
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::Outcome;
use crate::words::words;

crate::choices! {
    /// What was signed.
    pub enum ContractKind: "contract_kind" {
        /// The yearly contract.
        1 Contract ("经销合同", "Dealer contract"),
        /// The right to sell a brand in a territory.
        2 Authorisation ("品牌授权", "Brand authorisation"),
        /// How much may be owed for how long.
        3 Credit ("授信协议", "Credit agreement"),
        /// Anything else.
        4 Other ("其他", "Other"),
    }
}

crate::table! {
    /// Something signed that ends on a day.
    pub struct Contract = 40 "contract" ("合同与授权", "Contract") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What it is called.
        2 title: String = label("名称", "Title").required().found(Found::Text);
        /// What was signed.
        3 kind: Option<ContractKind> = label("类型", "Type").required();
        /// Its number.
        4 number: String = label("编号", "Number").longest(80).found(Found::Text);
        /// From when to when it holds.
        5 span: Option<DateSpan> = label("有效期", "Valid").required();
        /// Where the dealer may sell.
        6 territory: String = label("授权区域", "Territory").longest(200);
        /// What the dealer may sell.
        7 brand: String = label("授权品牌", "Brand").longest(80);
        /// Days before its end from which on it is to be talked about.
        8 notice_days: Option<i64> = label("提前提醒（天）", "Remind before (days)").not_negative()
            .hint("留空为 60 天", "Empty: 60 days");
        /// Whether and when it was renewed, or let go.
        9 outcome: Outcome = label("续签情况", "Renewed").kept();
        /// The contract that follows it.
        10 renewed_by: Id<Contract> = label("续签合同", "Renewed by").kept();
        /// The day on which it was signed.
        11 signed_on: Option<Date> = label("签订日期", "Signed on");
        /// What only the team may read.
        12 internal_notes: String = label("内部备注", "Internal notes").internal().prose();
    }
    check check_contract
}

fn check_contract(contract: &Contract, found: &mut Vec<Problem>) {
    if contract.notice_days.is_some_and(|days| days > 366) {
        found.push(Problem {
            field: "notice_days",
            fault: Fault::Rule(words("请填 0 到 366 之间的天数", "Enter 0 to 366 days")),
        });
    }
}
