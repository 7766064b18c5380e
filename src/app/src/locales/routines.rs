//! Texts of routines: checklists, rules, the weekly digest, templates, reminders.

use super::time::clock;
use super::{Lang, Words, words};
use tongxing_domain::date::Minute;

/// The page.
pub const ROUTINES: Words = words("例行", "Routines");
/// The dealer looks on.
pub const FOR_US_ALONE: Words = words("例行工作只给自己看", "Routines are for the team alone");
/// What to do then.
pub const FOR_US_HINT: Words = words(
    "同屏结束后，这里是检查表、提醒规则、每周小结和模板。",
    "Once the screen is no longer shared, checklists, rules, the weekly digest and templates are here.",
);
/// Checklists.
pub const CHECKLISTS: Words = words("检查表", "Checklists");
/// How often.
pub const RHYTHM: Words = words("频率", "Rhythm");
/// Adds a routine.
pub const NEW_ROUTINE: Words = words("添加例行任务", "Add a routine");
/// None in this rhythm.
pub const NO_ROUTINES: Words = words(
    "每次都要做的事写在这里，到了下一期会重新开始。",
    "What is done each time stands here and begins anew with the next period.",
);
/// How a routine stands.
pub const STANDING_TITLE: Words = words("这一期和之前", "This period and those before");
/// Done in this period.
pub const DONE: Words = words("完成", "Done");
/// Open again in this period.
pub const OPEN_AGAIN: Words = words("改为未完成", "Open again");
/// The digest.
pub const DIGEST: Words = words("本周小结", "This week");
/// How its figures come about.
pub const DIGEST_TITLE: Words = words("这些数怎么来的", "How these figures come about");
/// Contacts made.
pub const HELD: Words = words("沟通", "Contacts");
/// Promises kept on time, ours and theirs.
pub const KEPT: Words = words("按时兑现（我方 + 对方）", "Kept on time (ours + theirs)");
/// Issues resolved.
pub const RESOLVED: Words = words("解决的问题", "Issues resolved");
/// What rules did.
pub const RULES_DID: Words = words("规则做的事", "Done by rules");
/// Meetings planned.
pub const PLANNED: Words = words("已安排的沟通", "Meetings planned");
/// What is due.
pub const DUE: Words = words("到期和逾期", "Due and late");
/// Goals behind.
pub const BEHIND: Words = words("落后的目标", "Goals behind");
/// Issues to take further.
pub const TO_ESCALATE: Words = words("该升级的问题", "Issues to take further");
/// Contracts to renew.
pub const TO_RENEW: Words = words("该续签的合同", "Contracts to renew");
/// Rules.
pub const RULES: Words = words("提醒规则", "Rules");
/// Adds a rule.
pub const NEW_RULE: Words = words("添加规则", "Add a rule");
/// No rules yet.
pub const NO_RULES: Words = words("还没有规则", "No rules yet");
/// What rules do.
pub const NO_RULES_HINT: Words = words(
    "“当……则……”：联系超期就安排沟通，合同快到期就建待办。每次做了什么都看得到，也都能撤销。",
    "When … then …: plan a contact that is overdue, make a task of a contract that ends. Each thing that a rule does is shown and can be undone.",
);
/// Begins with rules that rest.
pub const SUGGESTED: Words = words("从建议的规则开始", "Begin with suggested rules");
/// They were added.
pub const SUGGESTED_ADDED: Words = words(
    "已添加建议的规则；打开需要的",
    "Suggested rules added; switch on those you want",
);
/// A rule is on.
pub const ON: Words = words("开启", "On");
/// A rule was switched on.
pub const SWITCHED_ON: Words = words("规则已开启", "Rule switched on");
/// A rule was switched off.
pub const SWITCHED_OFF: Words = words("规则已暂停", "Rule paused");
/// What a resting rule would do.
pub const WOULD: Words = words("开启后会做的事", "What it would do now");
/// It would do nothing.
pub const WOULD_NOTHING: Words = words("现在没有要做的", "Nothing now");
/// Why it fired.
pub const WHY: Words = words("为什么", "Why");
/// Undoes what a rule did.
pub const UNDO: Words = words("撤销", "Undo");
/// It was undone.
pub const UNDONE: Words = words("已撤销", "Undone");
/// What was made stays.
pub const STAYS: Words = words(
    "已撤销；做出来的已有人处理，保留不动",
    "Undone; what it made has been worked with and stays",
);
/// Shows more.
pub const MORE: Words = words("更早的", "Earlier ones");
/// Templates.
pub const TEMPLATES: Words = words("模板", "Templates");
/// Adds a template.
pub const NEW_TEMPLATE: Words = words("添加模板", "Add a template");
/// None yet.
pub const NO_TEMPLATES: Words = words(
    "常用的计划、议程和消息写一次，以后一步就用上。",
    "Write down plans, agendas and messages once, and use them with one tap.",
);
/// Reminders.
pub const REMINDERS: Words = words("提醒", "Reminders");
/// What reminders do.
pub const REMINDERS_HINT: Words = words(
    "应用打开时，沟通开始前 15 分钟提醒；规则做了事也会告诉您。同屏时不提醒。",
    "While the app is open, it reminds 15 minutes before a meeting and tells when rules did something. Never while the screen is shared.",
);
/// Switches reminders on.
pub const REMIND: Words = words("应用打开时提醒我", "Remind me while the app is open");
/// The person said no to the browser.
pub const REFUSED: Words = words(
    "浏览器不允许提醒；请在浏览器的网站设置里改为允许。",
    "The browser does not allow reminders; allow them in its settings for this site.",
);
/// The browser has none.
pub const UNKNOWN: Words = words("这个浏览器没有提醒。", "This browser has no notifications.");
/// Alarms while the app is closed.
pub const ALARMS_HINT: Words = words(
    "应用关着也要响铃：在日历里保存 .ics，手机日历会在开始前 30 分钟提醒。",
    "To be called while the app is closed, save the calendar as .ics: the device's own calendar rings 30 minutes before.",
);
/// To the calendar.
pub const TO_CALENDAR: Words = words("去日历", "To the calendar");
/// Where to see what rules did.
pub const SEE_ROUTINES: Words = words("在“例行”里查看和撤销", "See and undo it under Routines");

/// How many periods were missed.
pub fn missed(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("漏做 {count} 次"),
        Lang::En => format!("{count} missed"),
    }
}

/// Days that are left in a period.
pub fn days_left(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("本期还有 {days} 天"),
        Lang::En if days == 1 => "1 day left".to_owned(),
        Lang::En => format!("{days} days left"),
    }
}

/// How many are done of how many.
pub fn done_of(lang: Lang, done: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("完成 {done} / {all}"),
        Lang::En => format!("{done} of {all} done"),
    }
}

/// A rule did so many things.
pub fn rules_did(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("规则做了 {count} 件事"),
        Lang::En if count == 1 => "Rules did 1 thing".to_owned(),
        Lang::En => format!("Rules did {count} things"),
    }
}

/// A rule was switched on and did so many things at once.
pub fn switched_on(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("规则已开启，做了 {count} 件事"),
        Lang::En if count == 1 => "Rule switched on; it did 1 thing".to_owned(),
        Lang::En => format!("Rule switched on; it did {count} things"),
    }
}

/// How often a rule fired.
pub fn fired(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("做过 {count} 件事"),
        Lang::En if count == 1 => "Did 1 thing".to_owned(),
        Lang::En => format!("Did {count} things"),
    }
}

/// A meeting begins.
pub fn begins_at(lang: Lang, start: Minute, dealer: &str) -> String {
    let at = clock(start);
    match lang {
        Lang::Zh => format!("{at} {dealer}"),
        Lang::En => format!("{dealer} at {at}"),
    }
}

/// Our promises and the dealers', kept on time.
pub fn kept(ours: u32, theirs: u32) -> String {
    format!("{ours} + {theirs}")
}

/// How many stand behind a heading.
pub fn titled(name: &str, count: usize) -> String {
    format!("{name} ({count})")
}
