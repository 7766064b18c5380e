//! What was agreed: signatures with their consent, and changes to goals.

use super::{Dealer, Goal};
use crate::date::{Date, DateSpan};
use crate::id::Id;
use crate::schema::{Fault, Problem, label};
use crate::value::{Course, Link};
use crate::words::words;

crate::table! {
    /// That somebody of the dealer agreed to something, and to which terms. It is never
    /// changed: who agrees anew gets a new record.
    pub struct Agreement = 44 "agreement" ("确认记录", "Agreement") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The goal, joint business plan or contract.
        2 about: Option<Link> = label("关联", "About").required().kept();
        /// The day.
        3 on: Option<Date> = label("确认日期", "Agreed on").required();
        /// Who agreed for the dealer.
        4 person: String = label("经销商确认人", "Agreed by").required().longest(80);
        /// What the person read and agreed to.
        5 consent: String = label("确认内容", "Consent").prose();
        /// The drawing of the signature: the id of a blob, empty without one.
        6 signature: String = label("签名", "Signature").longest(128).kept();
        /// From where to where, as agreed.
        7 course: Option<Course> = label("约定的基线 → 目标值", "Agreed baseline → target").kept();
        /// From when to when, as agreed.
        8 span: Option<DateSpan> = label("约定的起止日期", "Agreed period").kept();
    }
    check check_agreement
}

fn check_agreement(agreement: &Agreement, found: &mut Vec<Problem>) {
    if !agreement.signature.is_empty() && agreement.consent.trim().is_empty() {
        found.push(Problem {
            field: "consent",
            fault: Fault::Rule(words(
                "有签名就要有签名人看过的确认内容",
                "A signature needs the text that the person agreed to",
            )),
        });
    }
}

crate::table! {
    /// That a goal was changed after it was set, and why. Both readings are kept.
    pub struct Revision = 43 "revision" ("目标调整", "Revision") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The goal.
        2 goal: Id<Goal> = label("目标", "Goal").required().kept();
        /// The day.
        3 on: Option<Date> = label("日期", "Date").required();
        /// Why it was changed.
        4 reason: String = label("调整原因", "Reason").required().prose();
        /// From where to where it went before.
        5 course_before: Option<Course> = label("原基线 → 目标值", "Baseline → target before").kept();
        /// From where to where it goes now.
        6 course_after: Option<Course> = label("新基线 → 目标值", "Baseline → target after").kept();
        /// From when to when it went before.
        7 span_before: Option<DateSpan> = label("原起止日期", "Period before").kept();
        /// From when to when it goes now.
        8 span_after: Option<DateSpan> = label("新起止日期", "Period after").kept();
        /// Who agreed to the change for the dealer.
        9 agreed_by: String = label("经销商确认人", "Agreed by").longest(80);
    }
}
