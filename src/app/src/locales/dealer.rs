//! Texts of a dealer's page.

use super::{Lang, Words, words};
use crate::state::activity::Did;
use crate::state::route::DealerTab;

/// The tabs.
pub const TABS: Words = words("经销商页面", "Dealer pages");
/// Telephone.
pub const CALL: Words = words("电话", "Call");
/// A quick note of a contact.
pub const NOTE: Words = words("记一笔", "Note");
/// Prepares a visit.
pub const PREPARE: Words = words("准备拜访", "Prepare");
/// Goes on with the meeting that is running.
pub const RESUME: Words = words("继续沟通", "Go on");
/// Plans a meeting.
pub const PLAN_MEETING: Words = words("安排沟通", "Plan a meeting");
/// Edits the dealer.
pub const EDIT_PROFILE: Words = words("编辑档案", "Edit profile");
/// Plans.
pub const SCHEDULE: Words = words("安排", "Schedule");
/// Opens.
pub const OPEN: Words = words("打开", "Open");
/// Everything of a list.
pub const ALL: Words = words("全部", "All");
/// The dealer is in the bin.
pub const BINNED: Words = words("这家经销商在回收站里", "This dealer is in the bin");
/// What belongs to it waits.
pub const BINNED_HINT: Words = words(
    "它的联系人、沟通、承诺和数据都还在，恢复后一起回来。",
    "Its contacts, meetings, promises and readings are kept and come back with it.",
);
/// Takes it out of the bin.
pub const RESTORE: Words = words("恢复", "Restore");
/// There is no such dealer.
pub const UNKNOWN: Words = words("找不到这家经销商", "This dealer cannot be found");
/// Why there is none.
pub const UNKNOWN_HINT: Words = words(
    "链接可能来自另一本台账。",
    "The link may come from another book.",
);
/// Back to the list.
pub const TO_LIST: Words = words("回到经销商列表", "Back to the dealers");

/// The next step.
pub const NEXT_STEP: Words = words("下一步：", "Next: ");
/// When the next contact is due.
pub const CADENCE_TITLE: Words = words("下次联系怎么定的", "How the next contact is set");
/// Figures at a glance.
pub const FIGURES: Words = words("关键数据", "Key figures");
/// The last contact.
pub const LAST_CONTACT: Words = words("上次联系", "Last contact");
/// No contact yet.
pub const NEVER: Words = words("还没有", "None yet");
/// Relationship health.
pub const HEALTH: Words = words("关系健康度", "Health");
/// On the year before.
pub const ON_LAST_YEAR: Words = words("同比", "on last year");
/// No comparison.
pub const NO_COMPARISON: Words = words("暂无同期", "No last year");
/// No readings.
pub const NO_READINGS: Words = words("还没有经营数据", "No readings yet");
/// How to get readings.
pub const NO_READINGS_HINT: Words = words(
    "导入进货额、销售额等月度数据，这里就会显示趋势和同比。",
    "Import monthly figures such as sales, and this shows their trend and last year beside them.",
);
/// Imports readings.
pub const IMPORT_READINGS: Words = words("导入数据", "Import readings");
/// What waits to be dealt with.
pub const MATTERS: Words = words("待处理", "To deal with");
/// The contact is overdue.
pub const CONTACT_OVERDUE: Words = words("该联系了", "Contact is overdue");
/// Open promises.
pub const OPEN_PROMISES: Words = words("未结承诺", "Open promises");
/// The latest events.
pub const RECENT: Words = words("最近", "Recent");
/// The team's own view.
pub const INTERNAL_VIEW: Words = words("内部信息", "Internal view");
/// Internal notes.
pub const INTERNAL_NOTES: Words = words("内部备注", "Internal notes");
/// Main contact.
pub const PRIMARY: Words = words("首要联系人", "Primary contact");
/// Facts.
pub const BASICS: Words = words("基本资料", "Basics");
/// Facts that are still missing.
pub const MISSING: Words = words("还可以补充", "Still to fill in");

/// Our side.
pub const BY_US: Words = words("我方", "Us");
/// The dealer's side.
pub const BY_DEALER: Words = words("对方", "Dealer");
/// Both sides.
pub const BY_BOTH: Words = words("双方", "Both");
/// What we promised.
pub const OUR_PROMISES: Words = words("我方承诺", "What we promised");
/// What the dealer promised.
pub const THEIR_PROMISES: Words = words("对方承诺", "What the dealer promised");
/// Kept on time.
pub const KEPT_ON_TIME: Words = words("按时兑现", "Kept on time");
/// How the rate comes about.
pub const LEDGER_TITLE: Words = words(
    "按时兑现率怎么来的",
    "How the kept-on-time rate comes about",
);
/// Settled promises.
pub const SETTLED: Words = words("已结承诺", "Settled promises");
/// Kept.
pub const KEEP: Words = words("已兑现", "Kept");
/// Not kept.
pub const NOT_KEPT: Words = words("未兑现", "Not kept");
/// Open again.
pub const REOPEN: Words = words("重新打开", "Reopen");
/// Another date.
pub const NEW_DATE: Words = words("改期", "New date");
/// The new date.
pub const NEW_DUE: Words = words("新的到期日", "New due date");
/// Done.
pub const DONE: Words = words("完成", "Done");
/// Dropped.
pub const DROP: Words = words("取消", "Drop");
/// Begin.
pub const BEGIN: Words = words("开始做", "Begin");
/// No promise yet.
pub const NO_PROMISES: Words = words("还没有承诺", "No promises yet");
/// What promises are for.
pub const NO_PROMISES_HINT: Words = words(
    "把双方说好的事记下来，到期会出现在“今天”。",
    "Write down what either side promised; when due, it shows on Today.",
);
/// All kept.
pub const NO_OPEN_PROMISES: Words = words("没有未结的承诺。", "No open promises.");
/// A new promise.
pub const NEW_PROMISE: Words = words("记一条承诺", "New promise");
/// Needs.
pub const NEEDS: Words = words("需求与挑战", "Needs and challenges");
/// No needs yet.
pub const NO_NEEDS: Words = words("还没有需求", "No needs yet");
/// What needs are for.
pub const NO_NEEDS_HINT: Words = words(
    "经销商想要什么、卡在哪里，用他的原话记下来，再约定怎么响应。",
    "What the dealer wants and what is in the way, in the dealer's own words, and what is done about it.",
);
/// A new need.
pub const NEW_NEED: Words = words("记一条需求", "New need");
/// Met.
pub const MET: Words = words("已满足", "Met");
/// Cannot be met.
pub const DECLINE: Words = words("无法满足", "Cannot be met");
/// Open issues.
pub const ISSUES: Words = words("问题", "Issues");
/// Resolved.
pub const RESOLVED: Words = words("已解决", "Resolved");

/// No contacts yet.
pub const NO_CONTACTS: Words = words("还没有联系人", "No contacts yet");
/// What contacts are for.
pub const NO_CONTACTS_HINT: Words = words(
    "先记下拿主意的人和日常对接的人，拜访时可以直接勾选到场的人。",
    "Note who decides and who runs the day; at a visit you tick who is there.",
);
/// A new contact.
pub const NEW_CONTACT: Words = words("添加联系人", "New contact");
/// Birthday.
pub const BIRTHDAY: Words = words("生日", "Birthday");
/// WeChat.
pub const WECHAT: Words = words("微信", "WeChat");

/// No goals yet.
pub const NO_GOALS: Words = words("还没有目标", "No goals yet");
/// What goals are for.
pub const NO_GOALS_HINT: Words = words(
    "和经销商约定一个数字：从多少到多少、什么时候达成。以后每次数据都会告诉你快了还是慢了。",
    "Agree one number with the dealer: from what, to what, by when. Every reading then tells whether it is early or late.",
);
/// A new goal.
pub const NEW_GOAL: Words = words("新目标", "New goal");
/// Sets a goal in a conversation.
pub const SET_GOAL_TOGETHER: Words = words("一起定目标", "Set a goal together");
/// Goals.
pub const GOALS: Words = words("目标", "Goals");
/// Goals that run.
pub const RUNNING_GOALS: Words = words("进行中", "Running");
/// Goals that are over.
pub const PAST_GOALS: Words = words("已结束", "Ended");
/// How the pace comes about.
pub const PACE_TITLE: Words = words("进度怎么来的", "How the pace comes about");

/// No plans yet.
pub const NO_PLANS: Words = words("还没有行动计划", "No plans yet");
/// What plans are for.
pub const NO_PLANS_HINT: Words = words(
    "把目标拆成双方各自要做的步骤，每一步有负责方、期限和凭据。",
    "Break a goal into steps for both sides; each has an owner, a date and what shows that it is done.",
);
/// A new plan.
pub const NEW_PLAN: Words = words("新计划", "New plan");
/// A new step.
pub const NEW_STEP: Words = words("添加步骤", "Add step");
/// No steps yet.
pub const NO_STEPS: Words = words(
    "还没有步骤。第一步是什么、谁来做？",
    "No steps yet. What comes first, and who does it?",
);
/// The step before.
pub const AFTER: Words = words("设定前置步骤", "Set the step before");
/// Which step has to be finished first.
pub const AFTER_WHICH: Words = words("哪一步要先完成？", "Which step has to be finished first?");
/// None has.
pub const AFTER_NONE: Words = words("不依赖其他步骤", "None");
/// The steps would wait for each other.
pub const CYCLE: Words = words(
    "不能这样设定：那一步本身（直接或间接）在等这一步，两步会互相等待，谁也开始不了。",
    "This cannot be set: that step is itself waiting for this one, directly or by way of others, so neither could ever begin.",
);
/// Earlier in the plan.
pub const MOVE_UP: Words = words("上移", "Move up");
/// Later in the plan.
pub const MOVE_DOWN: Words = words("下移", "Move down");
/// How the slip comes about.
pub const SLIP_TITLE: Words = words("为什么会延后", "Why the end moves out");

/// No meetings yet.
pub const NO_MEETINGS: Words = words("还没有沟通记录", "No meetings yet");
/// What meetings are for.
pub const NO_MEETINGS_HINT: Words = words(
    "约一次拜访，议程会自动列出该谈的事；或者把刚打完的电话记下来。",
    "Plan a visit and its agenda lists what to talk about; or note the call you just had.",
);
/// Meetings to come.
pub const UPCOMING: Words = words("即将进行", "Coming up");
/// Meetings that were.
pub const PAST: Words = words("以往", "Past");
/// How they meet.
pub const CHANNEL: Words = words("方式", "Channel");
/// What was said.
pub const NOTE_TEXT: Words = words("说了什么", "What was said");
/// What to write.
pub const NOTE_HINT: Words = words(
    "一句话就够，也可以留空，只记下联系过。",
    "One sentence is enough; left empty, it just notes the contact.",
);
/// Date and time.
pub const WHEN: Words = words("时间", "When");
/// Called off.
pub const CALL_OFF: Words = words("取消这次沟通", "Call it off");

/// Nothing happened yet.
pub const NO_EVENTS: Words = words("还没有记录", "Nothing yet");
/// What the timeline shows.
pub const NO_EVENTS_HINT: Words = words(
    "沟通、承诺、目标、数据和修改会按时间排在这里。",
    "Meetings, promises, goals, readings and edits line up here by date.",
);
/// Every kind.
pub const EVERYTHING: Words = words("全部", "All");
/// Meetings, in the timeline.
pub const SHOW_MEETINGS: Words = words("沟通", "Meetings");
/// Promises, in the timeline.
pub const SHOW_PROMISES: Words = words("承诺", "Promises");
/// Readings, in the timeline.
pub const SHOW_READINGS: Words = words("数据", "Readings");
/// Edits.
pub const EDITS: Words = words("修改", "Edits");

/// A tab's name.
pub const fn tab(tab: DealerTab) -> Words {
    match tab {
        DealerTab::Overview => words("概览", "Overview"),
        DealerTab::Profile => words("档案", "Profile"),
        DealerTab::Contacts => words("联系人", "Contacts"),
        DealerTab::Trust => words("需求与承诺", "Trust"),
        DealerTab::Goals => words("目标", "Goals"),
        DealerTab::Plans => words("计划", "Plans"),
        DealerTab::Strategy => words("长期", "Long term"),
        DealerTab::Meetings => words("沟通", "Meetings"),
        DealerTab::Timeline => words("时间线", "Timeline"),
        DealerTab::Scorecard => words("评分", "Score"),
        DealerTab::Incentives => words("激励", "Incentives"),
        DealerTab::Support => words("支持与培训", "Support"),
    }
}

/// The heading of a form of something new.
pub fn new(lang: Lang, what: Words) -> String {
    match lang {
        Lang::Zh => format!("新建{}", what.zh),
        Lang::En => format!("New {}", what.en.to_lowercase()),
    }
}

/// The heading of a form of something that is there.
pub fn edit(lang: Lang, what: Words) -> String {
    match lang {
        Lang::Zh => format!("编辑{}", what.zh),
        Lang::En => format!("Edit {}", what.en.to_lowercase()),
    }
}

/// Something was done with something.
pub fn said(lang: Lang, did: Words, what: &str) -> String {
    match lang {
        Lang::Zh => format!("{}“{what}”", did.zh),
        Lang::En => format!("{}: {what}", did.en),
    }
}

/// How a figure comes about.
pub fn how(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("{what}怎么来的"),
        Lang::En => format!("How “{what}” comes about"),
    }
}

/// A figure of this year.
pub fn this_year(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("本年{what}"),
        Lang::En => format!("{what} this year"),
    }
}

/// The line of a metric in words.
pub fn spark(lang: Lang, what: &str, from: &str, to: &str) -> String {
    match lang {
        Lang::Zh => format!("{what}近 12 个月：从 {from} 到 {to}"),
        Lang::En => format!("{what}, last 12 months: from {from} to {to}"),
    }
}

/// How far a goal is and should be.
pub fn progress(lang: Lang, done: &str, expected: &str) -> String {
    match lang {
        Lang::Zh => format!("完成 {done}，应为 {expected}"),
        Lang::En => format!("{done} done, {expected} expected"),
    }
}

/// Steps done of all.
pub fn steps_done(lang: Lang, done: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("{done} / {all} 步"),
        Lang::En => format!("{done} of {all} steps"),
    }
}

/// A plan's end moves out.
pub fn slips(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("预计延后 {days} 天"),
        Lang::En if days == 1 => "1 day behind plan".to_owned(),
        Lang::En => format!("{days} days behind plan"),
    }
}

/// A step waits for another.
pub fn waits_for(lang: Lang, step: &str) -> String {
    match lang {
        Lang::Zh => format!("等待“{step}”"),
        Lang::En => format!("Waits for “{step}”"),
    }
}

/// Telephones somebody.
pub fn call(lang: Lang, whom: &str) -> String {
    match lang {
        Lang::Zh => format!("打电话给{whom}"),
        Lang::En => format!("Call {whom}"),
    }
}

/// Writes to somebody.
pub fn write_to(lang: Lang, whom: &str) -> String {
    match lang {
        Lang::Zh => format!("写邮件给{whom}"),
        Lang::En => format!("Mail {whom}"),
    }
}

/// Until when a goal runs.
pub fn until(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("至 {day}"),
        Lang::En => format!("until {day}"),
    }
}

/// Kept of all, both sides.
pub fn kept_rate(lang: Lang, rate: &str) -> String {
    match lang {
        Lang::Zh => format!("按时兑现 {rate}"),
        Lang::En => format!("{rate} kept on time"),
    }
}

/// How much of the profile is still empty.
pub fn missing(lang: Lang, fields: &[&str]) -> String {
    match lang {
        Lang::Zh => fields.join("、"),
        Lang::En => fields.join(", "),
    }
}

/// What was done with a record.
pub fn edited(lang: Lang, did: Did, what: Words) -> String {
    match (lang, did) {
        (Lang::Zh, Did::Added) => format!("添加{}", what.zh),
        (Lang::Zh, Did::Changed) => format!("修改{}", what.zh),
        (Lang::Zh, Did::Binned) => format!("{}移到回收站", what.zh),
        (Lang::Zh, Did::Restored) => format!("恢复{}", what.zh),
        (Lang::En, Did::Added) => format!("{} added", what.en),
        (Lang::En, Did::Changed) => format!("{} changed", what.en),
        (Lang::En, Did::Binned) => format!("{} moved to the bin", what.en),
        (Lang::En, Did::Restored) => format!("{} restored", what.en),
    }
}
