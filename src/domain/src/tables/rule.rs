//! Rules that remind and prepare, and what they did.

use super::{Dealer, Grade};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Problem, label};
use crate::templates::check_placeholders;
use crate::value::Link;
use crate::words::words;
use std::collections::BTreeSet;

crate::choices! {
    /// What a rule waits for. What its days mean stands with each.
    pub enum RuleWhen: "rule_when" {
        /// The contact is overdue by so many days.
        1 ContactOverdue ("联系超期", "Contact overdue"),
        /// A goal falls behind; it has no days.
        2 GoalBehind ("目标落后", "Goal behind"),
        /// A promise is due within so many days, or late.
        3 PromiseDue ("承诺快到期", "Promise due"),
        /// A tier may be lost; it has no days.
        4 TierAtRisk ("档位有风险", "Tier at risk"),
        /// A contract ends within so many days.
        5 ContractEnding ("合同快到期", "Contract ending"),
        /// A contact has its birthday within so many days.
        6 Birthday ("联系人生日", "Birthday"),
        /// An issue is open for so many days.
        7 IssueAgeing ("问题拖延", "Issue ageing"),
        /// The latest reading is so many days old.
        8 DataStale ("数据过期", "Data stale"),
    }
}

crate::choices! {
    /// What a rule does.
    pub enum RuleThen: "rule_then" {
        /// Creates an action of ours.
        1 CreateTask ("建待办", "Create a task"),
        /// Plans a meeting with the matter on its agenda.
        2 PrepareMeeting ("安排沟通", "Prepare a meeting"),
        /// Drafts a message to the dealer, to be read and sent by a person.
        3 DraftMessage ("起草消息", "Draft a message"),
    }
}

crate::table! {
    /// When something is so, then something is done: once for each occasion.
    pub struct Rule = 32 "rule" ("提醒规则", "Rule") [internal] {
        /// What it is called.
        1 name: String = label("名称", "Name").required().longest(80);
        /// What it waits for.
        2 when: Option<RuleWhen> = label("当", "When").required();
        /// How many days; what they mean depends on what it waits for.
        3 days: Option<i64> = label("天数", "Days").not_negative()
            .hint("留空则用默认天数", "Empty: the usual number of days");
        /// What it does.
        4 then: Option<RuleThen> = label("则", "Then").required();
        /// The title of the task or meeting, or the text of the message.
        5 text: String = label("内容", "Text").prose()
            .hint("可用 {经销商} {联系人} {事项} {天数} {日期}", "May use {dealer} {contact} {subject} {days} {date}");
        /// Days until what it creates is due.
        6 within: Option<i64> = label("几天内完成", "Due within (days)").not_negative();
        /// Only for dealers of these grades; empty means all.
        7 grades: BTreeSet<Grade> = label("只对这些等级", "Only for grades");
        /// Whether it rests.
        8 paused: Option<bool> = label("暂停", "Paused");
        /// Who does what it creates.
        9 owner: String = label("负责人", "Owner").longest(80);
    }
    check check_rule
}

fn check_rule(rule: &Rule, found: &mut Vec<Problem>) {
    for (field, days) in [("days", rule.days), ("within", rule.within)] {
        if days.is_some_and(|days| days > 366) {
            found.push(Problem {
                field,
                fault: Fault::Rule(words("请填 0 到 366 之间的天数", "Enter 0 to 366 days")),
            });
        }
    }
    check_placeholders(&rule.text, "text", found);
}

crate::table! {
    /// What a rule did on one occasion.
    pub struct Firing = 33 "firing" ("规则记录", "What a rule did") [internal] {
        /// The rule.
        1 rule: Id<Rule> = label("提醒规则", "Rule").required().kept();
        /// The dealer.
        2 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What it was about.
        3 subject: Option<Link> = label("关联", "About").required().kept();
        /// The occasion: a date, a month, or the name of a period.
        4 period: String = label("时机", "Occasion").required().longest(40).kept();
        /// The day on which it fired.
        5 fired_on: Option<Date> = label("日期", "Date").required().kept();
        /// What the rule waited for then.
        6 when: Option<RuleWhen> = label("当", "When").kept();
        /// The days that it found.
        7 days: Option<i64> = label("天数", "Days").kept();
        /// What it created.
        8 made: Option<Link> = label("生成", "Created").kept();
        /// The day on which it was undone.
        9 undone_on: Option<Date> = label("撤销日期", "Undone on").kept();
    }
}

impl Firing {
    /// The id that everyone derives for a rule, a subject and an occasion, so that a rule that
    /// runs twice, or on two tablets, does everything once.
    pub fn id_for(rule: Id<Rule>, subject: Link, period: &str) -> Id<Self> {
        Id::natural(&[
            "firing",
            &rule.to_string(),
            &subject.table.to_string(),
            &subject.id.simple().to_string(),
            period,
        ])
    }
}
