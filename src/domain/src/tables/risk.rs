//! What may endanger the co-operation, for the team alone.

use super::{Contact, Dealer};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Found, label};
use crate::value::Outcome;

crate::choices! {
    /// What a risk is about.
    pub enum RiskKind: "risk_kind" {
        /// Who comes after the owner.
        1 Succession ("接班", "Succession"),
        /// All hangs on one person.
        2 KeyPerson ("关键人依赖", "Key person"),
        /// Money.
        3 Finance ("资金", "Finance"),
        /// Rivals.
        4 Competition ("竞品", "Competition"),
        /// Place and business.
        5 Business ("经营", "Business"),
        /// Anything else.
        6 Other ("其他", "Other"),
    }
}

crate::choices! {
    /// How likely something is, or how much it would hurt.
    pub enum Degree: "degree" {
        /// Little.
        1 Low ("低", "Low"),
        /// Some.
        2 Medium ("中", "Medium"),
        /// Much.
        3 High ("高", "High"),
    }
}

crate::table! {
    /// A risk, or a note on who comes after whom. The whole table is internal.
    pub struct Risk = 42 "risk" ("接班与风险", "Risk") [internal] {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The risk in one line.
        2 title: String = label("风险", "Risk").required().found(Found::Text);
        /// What it is about.
        3 kind: Option<RiskKind> = label("类型", "Type");
        /// How likely it is.
        4 likelihood: Option<Degree> = label("可能性", "Likelihood");
        /// How much it would hurt.
        5 impact: Option<Degree> = label("影响", "Impact");
        /// What is known about it.
        6 detail: String = label("详情", "Detail").prose().found(Found::Text);
        /// What is done against it.
        7 answer: String = label("应对", "Answer").prose();
        /// Who comes after.
        8 successor: Id<Contact> = label("接班人", "Successor");
        /// When it is expected to come.
        9 expected_on: Option<Date> = label("预计时间", "Expected on");
        /// When it is to be looked at again.
        10 review_on: Option<Date> = label("下次检查", "Look at it again on");
        /// Whether it came, or is over.
        11 outcome: Outcome = label("结果", "Outcome").kept();
    }
}
