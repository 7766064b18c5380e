//! What the two sides want to reach together over years.

use super::{Dealer, Meeting, Metric};
use crate::date::{Date, DateSpan};
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::{Course, Outcome};
use crate::words::words;

/// The longest joint business plan, in years.
pub const LONGEST_PLAN_YEARS: i64 = 5;

crate::table! {
    /// A joint business plan, normally over three years. Its objectives cascade into goals,
    /// its initiatives are the plans that serve its objectives.
    pub struct BusinessPlan = 37 "business_plan" ("战略规划", "Joint business plan") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What it is called.
        2 title: String = label("规划名称", "Title").required().found(Found::Text);
        /// Where both want to be at its end.
        3 vision: String = label("共同愿景", "Vision").prose().found(Found::Text)
            .hint("几年之后，双方希望是什么样子", "What both sides want it to look like at the end");
        /// From when to when.
        4 span: Option<DateSpan> = label("起止日期", "Period").required();
        /// Who agreed for the dealer.
        5 agreed_by: String = label("经销商确认人", "Agreed by").longest(80);
        /// When it was agreed.
        6 agreed_on: Option<Date> = label("确认日期", "Agreed on");
        /// Whether it was closed before its end.
        7 outcome: Outcome = label("结果", "Outcome").kept();
        /// What only the team may read.
        8 internal_notes: String = label("内部备注", "Internal notes").internal().prose();
    }
    check check_business_plan
}

fn check_business_plan(plan: &BusinessPlan, found: &mut Vec<Problem>) {
    if plan
        .span
        .is_some_and(|span| span.days() > LONGEST_PLAN_YEARS * 366)
    {
        found.push(Problem {
            field: "span",
            fault: Fault::Rule(words("规划最长五年", "A plan covers five years at most")),
        });
    }
}

crate::table! {
    /// One thing that a joint business plan shall reach.
    pub struct Objective = 38 "objective" ("战略目标", "Objective") {
        /// The plan.
        1 business_plan: Id<BusinessPlan> = label("战略规划", "Joint business plan").required().kept();
        /// The dealer.
        2 dealer: Id<Dealer> = label("经销商", "Dealer").kept();
        /// The objective in one sentence.
        3 title: String = label("战略目标", "Objective").required().found(Found::Text);
        /// What is measured.
        4 metric: Id<Metric> = label("衡量指标", "Metric");
        /// From the year before the plan to its last year.
        5 course: Option<Course> = label("起点 → 末年目标", "Start → last year")
            .hint("逐月累计的指标填全年合计：规划前一年 → 最后一年", "Where months add up, whole years: the year before the plan → its last year");
        /// Why it matters to both.
        6 reason: String = label("为什么重要", "Why it matters").prose();
        /// Its place in the plan: a fractional index.
        7 position: String = label("顺序", "Order").kept();
    }
}

crate::choices! {
    /// What a review looks back at.
    pub enum ReviewKind: "review_kind" {
        /// A year of the joint business plan.
        1 Yearly ("年度回顾", "Yearly review"),
        /// The course of the whole.
        2 Strategic ("战略复盘", "Strategic review"),
    }
}

crate::table! {
    /// A look back at a joint business plan; its minutes are those of the meeting.
    pub struct Review = 39 "review" ("回顾", "Review") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The plan.
        2 business_plan: Id<BusinessPlan> = label("战略规划", "Joint business plan").required().kept();
        /// What it looks back at.
        3 kind: Option<ReviewKind> = label("类型", "Type").required();
        /// Which year of the plan, counted from 1.
        4 year: Option<i64> = label("第几年", "Year of the plan").not_negative();
        /// The day.
        5 on: Option<Date> = label("日期", "Date").required();
        /// The meeting at which it was held.
        6 meeting: Id<Meeting> = label("沟通", "Meeting").kept();
        /// What went well.
        7 went_well: String = label("做得好的", "What went well").prose().found(Found::Text);
        /// What has to change.
        8 to_change: String = label("需要改变的", "What has to change").prose().found(Found::Text);
        /// What was decided.
        9 decisions: String = label("决定", "Decisions").prose().found(Found::Text);
        /// What only the team may read.
        10 internal_notes: String = label("内部备注", "Internal notes").internal().prose();
    }
}
