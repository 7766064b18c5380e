//! Texts of issues: one issue, all of them, and reporting one.

use super::{Lang, Words, words};
use tongxing_domain::tables::{EscalationLevel, IssueStage};

/// An issue.
pub const ISSUE: Words = words("问题", "Issue");
/// Goes to the page of an issue.
pub const OPEN_PAGE: Words = words("打开问题", "Open the issue");
/// All issues.
pub const ISSUES: Words = words("问题", "Issues");
/// Reports an issue.
pub const REPORT: Words = words("报告问题", "Report an issue");
/// Goes on from the choice of a dealer.
pub const NEXT: Words = words("下一步", "Next");
/// No dealer is chosen.
pub const CHOOSE_DEALER: Words = words("先选一家经销商", "Choose a dealer first");
/// No such issue.
pub const MISSING: Words = words("找不到这个问题", "This issue cannot be found");
/// Why an issue cannot be found.
pub const MISSING_TEXT: Words = words(
    "它可能在回收站里，可以从那里恢复。",
    "It may be in the bin, from where it can be restored.",
);

/// The flow from reported to reviewed.
pub const FLOW: Words = words("处理进程", "How far it has come");
/// By when it has to be resolved.
pub const RESOLVE_BY: Words = words("解决期限", "Resolve by");
/// By when it has to be answered.
pub const ANSWER_BY: Words = words("答复期限", "Answer by");
/// How the deadlines come about.
pub const DEADLINE_TITLE: Words = words("期限怎么来的", "How the deadlines come about");
/// Who takes care of it.
pub const OWNER: Words = words("负责人", "Owner");
/// Nobody takes care of it.
pub const NO_OWNER: Words = words("还没有人负责", "Nobody yet");
/// How much it hurts.
pub const SEVERITY: Words = words("严重程度", "Severity");
/// Without a day of report nothing can be counted.
pub const NO_DEADLINE: Words = words(
    "没有报告日期，算不出期限。编辑后补上。",
    "Without a day of report there is no deadline. Edit the issue and add it.",
);
/// It came in time.
pub const IN_TIME: Words = words("按期", "In time");
/// It is not followed up.
pub const SET_ASIDE_NOTE: Words = words(
    "这个问题不再处理。情况有变时可以重新打开。",
    "This issue is not followed up. It can be opened again when things change.",
);

/// Confirms the facts.
pub const CONFIRM: Words = words("确认属实", "Confirm");
/// Begins work.
pub const START: Words = words("开始处理", "Start");
/// Resolves.
pub const RESOLVE: Words = words("解决", "Resolve");
/// Looks back.
pub const REVIEW: Words = words("复盘", "Review");
/// Is not followed up.
pub const SET_ASIDE: Words = words("不再处理", "Set aside");
/// Opens it again.
pub const REOPEN: Words = words("重新打开", "Open again");

/// The steps to a resolution.
pub const STEPS: Words = words("步骤", "Steps");
/// Adds a step.
pub const ADD_STEP: Words = words("添加步骤", "Add a step");
/// No steps yet.
pub const NO_STEPS: Words = words(
    "把要做的事拆成步骤，写明谁、什么时候；到期的会出现在“今天”。",
    "Divide what has to be done into steps, each with who and when; what is due appears on Today.",
);
/// A step was done.
pub const STEP_DONE: Words = words("已完成", "Done");
/// A step is open again.
pub const STEP_OPEN: Words = words("重新打开", "Opened again");

/// What was done and said.
pub const LOG: Words = words("处理记录", "Log");
/// Adds an entry.
pub const ADD_ENTRY: Words = words("写一条记录", "Add an entry");
/// No entries yet.
pub const NO_ENTRIES: Words = words(
    "每一次答复、每一步进展都记在这里：经销商能看的写在“内容”，其余写在内部备注。",
    "Every answer and every step forward is kept here: what the dealer may read as text, the rest as internal notes.",
);

/// No entries that the dealer may read.
pub const NO_ENTRIES_SHARED: Words = words(
    "每一次答复、每一步进展都会记在这里。",
    "Every answer and every step forward will be kept here.",
);

/// What is known about it.
pub const FACTS: Words = words("情况", "The facts");
/// For the team alone.
pub const FOR_US: Words = words("内部情况", "For the team");
/// The next level.
pub const ESCALATION: Words = words("升级", "Escalation");
/// How the level comes about.
pub const ESCALATION_TITLE: Words = words("升级怎么来的", "How the level comes about");
/// It was noted in the log.
pub const NOTED: Words = words("已记入处理记录", "Noted in the log");
/// No level is due.
pub const NO_LEVEL: Words = words("暂不需要升级", "No level is due yet");

/// Similar issues at other dealers.
pub const PATTERNS: Words = words("别家也有", "At other dealers too");
/// How a pattern is found.
pub const PATTERN_TITLE: Words = words("怎么看出来的", "How this was found");

/// The filters.
pub const STAGE: Words = words("进程", "Stage");
/// The type.
pub const KIND: Words = words("类型", "Type");
/// Takes the filters away.
pub const CLEAR: Words = words("清除筛选", "Clear filters");
/// Open ones.
pub const OPEN: Words = words("待解决", "Open");
/// Resolved or set aside.
pub const SETTLED: Words = words("已了结", "Settled");
/// No issues yet.
pub const NONE: Words = words("还没有问题", "No issues yet");
/// What issues are for.
pub const NONE_TEXT: Words = words(
    "窜货、价格、交货、质量、货款、返利：谁提出来的、多严重、谁负责、哪天之前解决，都记在这里，一直跟到双方复盘。",
    "Channel conflicts, prices, delivery, quality, payment, rebates: who raised it, how much it hurts, who takes care of it and by when, until both sides have looked back at it.",
);
/// Nothing fits the filters.
pub const NO_MATCH: Words = words("没有符合筛选的问题", "No issue fits the filters");
/// What to do then.
pub const NO_MATCH_TEXT: Words = words(
    "去掉一个筛选条件，或全部清除。",
    "Take a filter away, or clear them all.",
);
/// Other dealers' issues are nobody else's matter.
pub const SHARED: Words = words(
    "同屏时不列出各家经销商的问题。请从这家经销商的页面打开它自己的问题。",
    "While the screen is shared, issues of all dealers are not listed. Open a dealer's own issues from its page.",
);

/// What moving an issue to a stage is called.
pub const fn step_to(from: IssueStage, to: IssueStage) -> Words {
    match to {
        IssueStage::Reported | IssueStage::Confirmed => CONFIRM,
        IssueStage::InProgress if !from.is_open() => REOPEN,
        IssueStage::InProgress => START,
        IssueStage::Resolved => RESOLVE,
        IssueStage::Reviewed => REVIEW,
        IssueStage::SetAside => SET_ASIDE,
    }
}

/// An issue moved on.
pub fn moved(lang: Lang, to: IssueStage, title: &str) -> String {
    about(lang, to.words(), title)
}

/// Something was done with something.
pub fn about(lang: Lang, did: Words, title: &str) -> String {
    match lang {
        Lang::Zh => format!("{}：{title}", did.zh),
        Lang::En => format!("{}: {title}", did.en),
    }
}

/// Reports an issue of a dealer.
pub fn report_of(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("报告问题：{dealer}"),
        Lang::En => format!("Report an issue: {dealer}"),
    }
}

/// Has to be taken to a level now.
pub fn due_with(lang: Lang, level: EscalationLevel) -> String {
    match lang {
        Lang::Zh => format!("应升级到{}", level.words().zh),
        Lang::En => format!("Due with: {}", level.words().en),
    }
}

/// Was taken to a level.
pub fn taken_to(lang: Lang, level: EscalationLevel) -> String {
    match lang {
        Lang::Zh => format!("已升级到{}", level.words().zh),
        Lang::En => format!("Taken to: {}", level.words().en),
    }
}

/// Notes that it was taken to a level.
pub fn take_to(lang: Lang, level: EscalationLevel) -> String {
    match lang {
        Lang::Zh => format!("记下：已报{}", level.words().zh),
        Lang::En => format!("Note: taken to {}", level.words().en.to_lowercase()),
    }
}

/// The level that comes next, and when.
pub fn next_level(lang: Lang, level: EscalationLevel, day: &str) -> String {
    match lang {
        Lang::Zh => format!("下一级：{day} {}", level.words().zh),
        Lang::En => format!("Next: {} on {day}", level.words().en.to_lowercase()),
    }
}

/// Issues of several dealers that have something in common.
pub fn pattern(lang: Lang, kind: Words, common: &str, issues: usize, dealers: usize) -> String {
    match lang {
        Lang::Zh => format!("{common} · {} · {dealers} 家共 {issues} 个", kind.zh),
        Lang::En => format!("{common} · {} · {issues} at {dealers} dealers", kind.en),
    }
}

/// How many issues are open, as a way to their list.
pub fn all_open(lang: Lang, open: usize) -> String {
    match lang {
        Lang::Zh => format!("全部问题（{open} 个待解决）"),
        Lang::En => format!("All issues ({open} open)"),
    }
}

/// How many issues are open and how many of these are late.
pub fn summary(lang: Lang, open: usize, late: usize) -> String {
    match lang {
        Lang::Zh => format!("{open} 个待解决 · {late} 个逾期"),
        Lang::En => format!("{open} open · {late} late"),
    }
}

/// It was done so many days after its day.
pub fn came_late(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("晚了 {days} 天"),
        Lang::En if days == 1 => "1 day late".to_owned(),
        Lang::En => format!("{days} days late"),
    }
}
