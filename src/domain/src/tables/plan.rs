//! Action plans and their steps.

use super::{Dealer, Goal, Meeting, Objective, Side};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::words::words;

crate::table! {
    /// How a goal shall be reached.
    pub struct Plan = 9 "plan" ("行动计划", "Plan") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What the plan is called.
        2 title: String = label("计划名称", "Plan").required().found(Found::Text);
        /// The goal that it serves.
        3 goal: Id<Goal> = label("对应目标", "Goal");
        /// More about it.
        4 detail: String = label("说明", "Detail").prose();
        /// The objective of the joint business plan that it serves: it is then an initiative.
        5 objective: Id<Objective> = label("对应战略目标", "Objective it serves").kept();
    }
}

crate::choices! {
    /// How far a step has come.
    pub enum Progress: "progress" {
        /// Not begun.
        1 Waiting ("未开始", "Not started"),
        /// Begun.
        2 Doing ("进行中", "In progress"),
        /// Finished.
        3 Done ("已完成", "Done"),
        /// Given up.
        4 Dropped ("已取消", "Dropped"),
    }
}

crate::table! {
    /// One step of a plan.
    pub struct Step = 10 "step" ("步骤", "Step") {
        /// The plan.
        1 plan: Id<Plan> = label("行动计划", "Plan").required().kept();
        /// What is to be done.
        2 title: String = label("步骤", "Step").required().found(Found::Text);
        /// Which side does it.
        3 side: Option<Side> = label("责任方", "Responsible side").required();
        /// Who does it.
        4 owner: String = label("负责人", "Owner").longest(80);
        /// By when.
        5 due: Option<Date> = label("到期日", "Due").required();
        /// The step that has to be finished before.
        6 after: Id<Step> = label("前置步骤", "After");
        /// How far it has come.
        7 progress: Option<Progress> = label("进展", "Progress");
        /// What shows that it is done.
        8 evidence: String = label("完成凭据", "Evidence").prose()
            .hint("照片编号、单据、链接或一句话", "A receipt, a link, or one sentence");
        /// When it was finished.
        9 done_on: Option<Date> = label("完成日期", "Done on").kept();
        /// Its place in the plan: a fractional index.
        10 position: String = label("顺序", "Order").kept();
        /// The dealer.
        11 dealer: Id<Dealer> = label("经销商", "Dealer").kept();
        /// The meeting at which it was agreed.
        12 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
        /// When it begins, where that is known.
        13 start: Option<Date> = label("开始日期", "Start");
    }
    check check_step
}

fn check_step(step: &Step, found: &mut Vec<Problem>) {
    if step
        .start
        .zip(step.due)
        .is_some_and(|(start, due)| due < start)
    {
        found.push(Problem {
            field: "start",
            fault: Fault::Rule(words(
                "开始日期不能晚于到期日",
                "The start cannot be after the due date",
            )),
        });
    }
    if !step.after.is_nil() && step.after == step.id {
        found.push(Problem {
            field: "after",
            fault: Fault::Rule(words("步骤不能等它自己", "A step cannot wait for itself")),
        });
    }
}

impl Step {
    /// Whether it waits to be done.
    pub fn is_open(&self) -> bool {
        !matches!(self.progress, Some(Progress::Done | Progress::Dropped))
    }
}
