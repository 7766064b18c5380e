//! Incentive schemes.

use crate::filter::Filter;
use crate::incentives::Terms;
use crate::money::Fen;
use crate::schema::{Fault, Found, Problem, Record, label};
use crate::tables::Dealer;
use crate::value::Outcome;
use crate::words::words;

crate::table! {
    /// An incentive scheme. Its terms here are the draft; what binds is a
    /// [`SchemeVersion`](super::SchemeVersion).
    pub struct Scheme = 60 "scheme" ("激励方案", "Scheme") {
        /// What it is called.
        1 name: String = label("方案名称", "Scheme").required().longest(120).found(Found::Name);
        /// What it shall bring about.
        2 aim: String = label("目的", "Aim").prose();
        /// The terms as they are being drafted.
        3 terms: Option<Terms> = label("规则", "Terms").prose();
        /// Who may take part.
        4 eligibility: Option<Filter> = label("参加条件", "Eligibility").prose();
        /// What may be spent on it.
        5 budget: Option<Fen> = label("预算", "Budget").not_negative().internal();
        /// Whether it was ended early.
        6 outcome: Outcome = label("状态", "Status").kept();
    }
    check check_scheme
}

fn check_scheme(scheme: &Scheme, found: &mut Vec<Problem>) {
    if scheme
        .eligibility
        .as_ref()
        .is_some_and(|filter| filter.table().number != Dealer::NUMBER)
    {
        found.push(Problem {
            field: "eligibility",
            fault: Fault::Rule(words(
                "参加条件只能按经销商筛选",
                "Only dealers can take part; filter by their fields",
            )),
        });
    }
}
