//! What is done every week, month or quarter, and texts to begin with.

use crate::date::Date;
use crate::schema::{Problem, label};
use crate::templates::check_placeholders;
use std::collections::BTreeSet;

crate::choices! {
    /// How often a routine comes.
    pub enum Rhythm: "rhythm" {
        /// Each week, which begins on Monday.
        1 Weekly ("每周", "Weekly"),
        /// Each month.
        2 Monthly ("每月", "Monthly"),
        /// Each quarter of the calendar year.
        3 Quarterly ("每季度", "Quarterly"),
        /// Each calendar year.
        4 Yearly ("每年", "Yearly"),
    }
}

crate::table! {
    /// One line of a checklist that begins anew with each period.
    pub struct Routine = 34 "routine" ("例行任务", "Routine") [internal] {
        /// What is to be done.
        1 title: String = label("例行任务", "Routine").required();
        /// How often.
        2 rhythm: Option<Rhythm> = label("频率", "Rhythm").required();
        /// Who does it.
        3 owner: String = label("负责人", "Owner").longest(80);
        /// How it is done.
        4 detail: String = label("说明", "Detail").prose();
        /// The day from which on it counts.
        5 since: Option<Date> = label("开始日期", "Since");
        /// Whether it rests.
        6 paused: Option<bool> = label("暂停", "Paused");
        /// The periods in which it was done: one register each, so that two tablets that tick
        /// different weeks lose nothing.
        7 done: BTreeSet<String> = label("已完成", "Done").kept();
        /// Its place in the list: a fractional index.
        8 position: String = label("顺序", "Order").kept();
    }
}

crate::choices! {
    /// What a template is for.
    pub enum TemplateKind: "template_kind" {
        /// The steps of a plan.
        1 Plan ("行动计划", "Action plan"),
        /// The items of an agenda.
        2 Agenda ("议程", "Agenda"),
        /// A message to a dealer.
        3 Message ("消息", "Message"),
    }
}

crate::table! {
    /// A text to begin with.
    pub struct Template = 36 "template" ("模板", "Template") {
        /// What it is called.
        1 name: String = label("名称", "Name").required().longest(80);
        /// What it is for.
        2 kind: Option<TemplateKind> = label("用途", "For").required();
        /// The text: for plans and agendas a line each.
        3 text: String = label("内容", "Text").required().prose()
            .hint("计划每行一步：> 表示接在上一步之后，+14 表示开始后第几天，我方：或 经销商：表示责任方",
                "For a plan, a step a line: > waits for the step before, +14 is days after the start, Us: or Dealer: is who does it");
    }
    check check_template
}

fn check_template(template: &Template, found: &mut Vec<Problem>) {
    check_placeholders(&template.text, "text", found);
}
