//! Metrics and their readings, goals and their milestones.

use super::{Dealer, Need, Objective};
use crate::date::{Date, DateSpan, Month};
use crate::formula::Formula;
use crate::id::Id;
use crate::quantity::Unit;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::{Course, Figure, Outcome, Shape};
use crate::words::words;

crate::choices! {
    /// Which way a metric is meant to go.
    pub enum Direction: "direction" {
        /// Higher is better.
        1 Rising ("越高越好", "Higher is better"),
        /// Lower is better.
        2 Falling ("越低越好", "Lower is better"),
    }
}

crate::choices! {
    /// How the readings of several months become one figure.
    pub enum Gathering: "gathering" {
        /// They add up, as sales do.
        1 Sum ("逐月累计", "Months add up"),
        /// The last one counts, as a share does.
        2 Last ("以最新为准", "The latest counts"),
    }
}

crate::table! {
    /// Something that is measured.
    pub struct Metric = 5 "metric" ("指标", "Metric") {
        /// What it is called.
        1 name: String = label("名称", "Name").required().longest(80).found(Found::Name);
        /// What it is counted in.
        2 unit: Option<Unit> = label("单位", "Unit").required();
        /// Which way it is meant to go.
        3 direction: Option<Direction> = label("方向", "Direction").required();
        /// How months become one figure.
        4 gathering: Option<Gathering> = label("汇总方式", "Gathering").required();
        /// What exactly is counted.
        5 definition: String = label("口径", "Definition").prose();
        /// How it follows from other metrics; empty for one that is read.
        6 formula: Option<Formula> = label("公式", "Formula").prose().kept();
    }
}

crate::table! {
    /// One measured month of one metric of one dealer.
    pub struct Reading = 6 "reading" ("数据", "Reading") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What was measured.
        2 metric: Id<Metric> = label("指标", "Metric").required().columns(&["指标名称", "kpi", "metric name"]);
        /// The month.
        3 month: Option<Month> = label("月份", "Month").required().columns(&["期间", "日期", "年月", "period", "date"]);
        /// The amount, and the day up to which it counts.
        4 figure: Option<Figure> = label("数值", "Value").required().columns(&["金额", "数量", "实际", "actual", "amount"]);
        /// Where it comes from.
        5 source: String = label("来源", "Source");
    }
}

impl Reading {
    /// The id that everyone derives for the same dealer, metric and month.
    pub fn id_for(dealer: Id<Dealer>, metric: Id<Metric>, month: Month) -> Id<Self> {
        Id::natural(&[
            "reading",
            &dealer.to_string(),
            &metric.to_string(),
            &month.to_string(),
        ])
    }
}

crate::table! {
    /// A goal that both sides set together.
    pub struct Goal = 7 "goal" ("目标", "Goal") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The goal in one sentence.
        2 title: String = label("目标", "Goal").required().found(Found::Text)
            .hint("例如：二季度把集成灶月销做到 40 台", "For example: 40 integrated stoves a month by June");
        /// What is measured.
        3 metric: Id<Metric> = label("衡量指标", "Metric").required();
        /// Where it starts and where it shall end, in the metric's unit.
        4 course: Option<Course> = label("基线 → 目标值", "Baseline → target").required()
            .hint("逐月累计的指标：基线为期初已有，一般填 0，目标值填期内合计", "Where months add up: the baseline is what is there already, normally 0; the target is the total of the period");
        /// From when to when.
        5 span: Option<DateSpan> = label("起止日期", "Period").required();
        /// How much falls into each month; empty means evenly.
        6 shape: Option<Shape> = label("月度权重", "Monthly weights")
            .hint("12 个整数，一月在前；留空表示均匀", "Twelve whole numbers, January first; empty means evenly");
        /// The need that it serves.
        7 need: Id<Need> = label("对应需求", "Need it serves");
        /// Why it matters to the dealer.
        8 reason: String = label("为什么重要", "Why it matters").prose();
        /// Who agreed for the dealer.
        9 agreed_by: String = label("经销商确认人", "Agreed by").longest(80);
        /// When it was agreed.
        10 agreed_on: Option<Date> = label("确认日期", "Agreed on");
        /// Whether it was closed before its end.
        11 outcome: Outcome = label("结果", "Outcome").kept();
        /// How it shall be reached.
        12 approach: String = label("怎么达成", "Approach").prose();
        /// The objective of the joint business plan that it serves.
        13 objective: Id<Objective> = label("对应战略目标", "Objective it serves").kept();
        /// The goal that it is a part of.
        14 parent: Id<Goal> = label("上级目标", "Part of").kept();
    }
    check check_goal
}

fn check_goal(goal: &Goal, found: &mut Vec<Problem>) {
    if goal
        .course
        .is_some_and(|course| course.baseline == course.target)
    {
        found.push(Problem {
            field: "course",
            fault: Fault::Rule(words(
                "目标值要与基线不同",
                "The target must differ from the baseline",
            )),
        });
    }
    let empty_shape = goal.shape.zip(goal.span).is_some_and(|(shape, span)| {
        span.months()
            .all(|month| shape.0[month.number() as usize - 1] == 0)
    });
    if empty_shape {
        found.push(Problem {
            field: "shape",
            fault: Fault::Rule(words(
                "起止日期内至少有一个月的权重要大于 0",
                "At least one month within the period needs a weight above 0",
            )),
        });
    }
}

crate::table! {
    /// A mark on the way to a goal.
    pub struct Milestone = 8 "milestone" ("里程碑", "Milestone") {
        /// The goal.
        1 goal: Id<Goal> = label("目标", "Goal").required().kept();
        /// What is reached then.
        2 title: String = label("里程碑", "Milestone").required().found(Found::Text);
        /// By when.
        3 due: Option<Date> = label("日期", "Date").required();
        /// Whether and when it was reached.
        4 outcome: Outcome = label("达成情况", "Reached").kept();
        /// The dealer.
        5 dealer: Id<Dealer> = label("经销商", "Dealer").kept();
    }
}
