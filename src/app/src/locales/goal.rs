//! Texts of a goal's page.

use super::{Lang, Words, words};
use tongxing_domain::date::Month;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::value::{month_name, show_date};

/// A goal.
pub const GOAL: Words = words("目标", "Goal");
/// What is there.
pub const ACTUAL: Words = words("实际", "Actual");
/// What is expected.
pub const EXPECTED: Words = words("应达", "Expected");
/// Where it goes.
pub const FORECAST: Words = words("预测", "Forecast");
/// The chart's numbers.
pub const CHART_DATA: Words = words("图中的数据", "The chart's numbers");
/// A day.
pub const DAY: Words = words("日期", "Day");
/// The chart.
pub const COURSE: Words = words("走势", "Course");
/// So far.
pub const SO_FAR: Words = words("目前", "So far");
/// The pace.
pub const PACE: Words = words("进度", "Pace");
/// Where it will end.
pub const AT_END: Words = words("预计期末", "Expected at the end");
/// What each month has to bring.
pub const NEEDED: Words = words("此后每月需要", "Needed per month");
/// What each month may bring at most.
pub const AT_MOST: Words = words("此后每月最多", "At most per month");
/// The target is reached.
pub const REACHED: Words = words("已达成", "Reached");
/// Nothing can be said.
pub const NOTHING: Words = words("—", "—");
/// How the figures come about.
pub const HOW: Words = words("进度怎么来的", "How the figures come about");
/// The readings.
pub const READINGS: Words = words("数据", "Readings");
/// The table of readings.
pub const MONTH_BY_MONTH: Words = words("各月数据", "Month by month");
/// Month.
pub const MONTH: Words = words("月份", "Month");
/// Share.
pub const SHARE: Words = words("完成率", "Share");
/// Enters a reading.
pub const ENTER_READING: Words = words("录入数据", "Enter a reading");
/// A reading was kept.
pub const READING_KEPT: Words = words("已录入数据", "Reading entered");
/// No readings yet.
pub const NO_READINGS: Words = words("还没有数据", "No readings yet");
/// What readings do.
pub const NO_READINGS_TEXT: Words = words(
    "录入第一个月的数据后，这里会显示进度、走势和期末预测。",
    "Enter the first month and the pace, the course and the forecast appear here.",
);
/// The SMART check.
pub const SMART: Words = words("SMART 检查", "SMART check");
/// Milestones.
pub const MILESTONES: Words = words("里程碑", "Milestones");
/// Adds a milestone.
pub const ADD_MILESTONE: Words = words("添加里程碑", "Add a milestone");
/// No milestones yet.
pub const NO_MILESTONES: Words = words("还没有里程碑", "No milestones yet");
/// What milestones do.
pub const NO_MILESTONES_TEXT: Words = words(
    "把路程分成几段，到期的里程碑会出现在“今天”。",
    "Divide the way into stretches; a milestone that is due appears on Today.",
);
/// The plans that serve the goal.
pub const PLANS: Words = words("行动计划", "Action plans");
/// Adds a plan.
pub const ADD_PLAN: Words = words("制定行动计划", "Make an action plan");
/// Changes the goal.
pub const EDIT: Words = words("修改目标", "Change the goal");
/// No such goal.
pub const MISSING: Words = words("找不到这个目标", "This goal cannot be found");
/// Why a goal cannot be found.
pub const MISSING_TEXT: Words = words(
    "它可能在回收站里，可以从那里恢复。",
    "It may be in the bin, from where it can be restored.",
);
/// Not agreed yet.
pub const NOT_AGREED: Words = words(
    "这个目标还没有与经销商确认。谈定后记下确认人和日期。",
    "This goal has not been agreed with the dealer yet. Once it is, note by whom and when.",
);
/// Agrees on a goal.
pub const AGREE: Words = words("双方确认", "Agree together");
/// Agrees on it once more.
pub const AGREE_ANEW: Words = words("重新确认", "Agree anew");
/// Signs what was agreed by word.
pub const SIGN_NOW: Words = words("补签字", "Sign it now");
/// A goal was agreed.
pub const AGREED_SAID: Words = words("目标已确认", "Goal agreed");
/// The agreement.
pub const AGREEMENT: Words = words("双方确认", "Agreement");
/// It holds.
pub const AGREEMENT_HOLDS: Words = words("确认有效", "Holds as agreed");
/// The goal was changed since.
pub const CHANGED_SINCE: Words = words("确认后有调整", "Changed since");
/// The goal was changed since: what the sheet shows.
pub const CHANGED_SINCE_SHEET: Words = words(
    "确认之后目标又有调整；这里是当时确认的内容。",
    "The goal was changed since; this is what was agreed then.",
);
/// Who agreed is known, what to is not.
pub const NO_RECORD: Words = words(
    "没有留下确认时的内容和签名。",
    "Neither the terms at that time nor a signature were kept.",
);
/// How agreeing works.
pub const AGREE_NOTE: Words = words(
    "请对方读过左边的内容再签；也可以只记口头确认",
    "Let the other side read the text, then sign; a word given is noted without a signature",
);
/// What is agreed to.
pub const CONSENT: Words = words("确认内容", "What is agreed to");
/// What the text is for.
pub const CONSENT_HINT: Words = words(
    "签名人看到并同意的就是这段话；可以改",
    "This is what the person reads and signs; it can be changed",
);
/// Who agrees for the dealer.
pub const WHO_AGREES: Words = words("经销商确认人", "Who agrees for the dealer");
/// Where the signature goes.
pub const SIGN_HERE: Words = words("在这里签名", "Sign here");
/// There is a signature.
pub const SIGNED: Words = words("已签名", "Signed");
/// How to sign.
pub const SIGN_HINT: Words = words(
    "用手指、笔或鼠标签名",
    "Sign with a finger, a pen or the mouse",
);
/// Takes the drawing away.
pub const CLEAR_SIGNATURE: Words = words("清除", "Clear");
/// The drawing is on another device.
pub const DRAWING_ELSEWHERE: Words = words(
    "已签名；签名的图样不在这台设备上",
    "Signed; the drawing is not on this device",
);
/// Agreed without a signature.
pub const AGREED_BY_WORD: Words =
    words("口头确认，没有签名", "Agreed by word, without a signature");
/// The sheet of paper.
pub const SHEET: Words = words("目标确认书", "Goal agreement");
/// There is nothing to print yet.
pub const SHEET_NEEDS_AGREEMENT: Words = words(
    "双方确认之后，这里就是可以打印的确认书。",
    "Once both sides agreed, the sheet to print is here.",
);
/// Prints the sheet.
pub const PRINT: Words = words("打印", "Print");
/// What is measured.
pub const MEASURED_BY: Words = words("衡量指标", "Measured by");
/// From where to where.
pub const FROM_TO: Words = words("基线 → 目标值", "Baseline → target");
/// From when to when.
pub const PERIOD: Words = words("起止日期", "Period");
/// For the dealer.
pub const FOR_DEALER: Words = words("经销商", "For the dealer");
/// For us.
pub const FOR_US: Words = words("我方", "For us");
/// Changes a goal with a reason.
pub const REVISE: Words = words("调整目标", "Revise the goal");
/// A goal was changed.
pub const REVISED: Words = words(
    "目标已调整；请双方重新确认",
    "Goal revised; agree on it anew",
);
/// How it was changed.
pub const REVISIONS: Words = words("调整记录", "Revisions");
/// The goal is not complete.
pub const INCOMPLETE: Words = words(
    "指标、目标值和起止日期填全后，才能计算进度。",
    "The pace can be worked out once metric, target and period are filled in.",
);
/// Closes a goal.
pub const CLOSE_REACHED: Words = words("标记为达成", "Mark as reached");
/// Gives a goal up.
pub const CLOSE_DROPPED: Words = words("标记为未达成", "Mark as not reached");
/// Opens it again.
pub const REOPEN: Words = words("重新打开", "Open again");
/// The goal was closed.
pub const CLOSED: Words = words("目标已结束", "Goal closed");
/// The goal was opened again.
pub const REOPENED: Words = words("目标已重新打开", "Goal opened again");
/// The milestone was reached.
pub const MILESTONE_REACHED: Words = words("里程碑已达成", "Milestone reached");
/// The milestone is open again.
pub const MILESTONE_OPEN: Words = words("里程碑已改为未达成", "Milestone open again");
/// The amount.
pub const AMOUNT: Words = words("数值", "Value");
/// Counts up to.
pub const UP_TO: Words = words("统计截至", "Counts up to");
/// What "up to" means.
pub const UP_TO_HINT: Words = words(
    "当月未结束时，填数据截止的那一天",
    "For a month that is not over, the day up to which it counts",
);

/// A month on the axis.
pub fn month_tick(lang: Lang, month: Month) -> String {
    match lang {
        Lang::Zh => format!("{}月", month.number()),
        Lang::En => month_name(month.number()).to_owned(),
    }
}

/// The target's label in the chart.
pub fn target_label(lang: Lang, target: &str) -> String {
    match lang {
        Lang::Zh => format!("目标 {target}"),
        Lang::En => format!("Target {target}"),
    }
}

/// The chart in one sentence.
pub fn chart_summary(lang: Lang, pacing: &Pacing) -> String {
    let target = pacing.unit.show(pacing.target, lang);
    let expected = pacing.unit.show(pacing.expected_now, lang);
    match (pacing.actual.zip(pacing.as_of), lang) {
        (Some((actual, day)), Lang::Zh) => format!(
            "截至{}，实际 {}，应达 {expected}，目标 {target}。",
            show_date(day, lang),
            pacing.unit.show(actual, lang)
        ),
        (Some((actual, day)), Lang::En) => format!(
            "By {}, {} against {expected} expected; the target is {target}.",
            show_date(day, lang),
            pacing.unit.show(actual, lang)
        ),
        (None, Lang::Zh) => format!("还没有数据；目标 {target}。"),
        (None, Lang::En) => format!("No readings yet; the target is {target}."),
    }
}

/// The part of the way from the baseline to the target.
pub fn of_the_way(lang: Lang, share: &str) -> String {
    match lang {
        Lang::Zh => format!("完成 {share}"),
        Lang::En => format!("{share} of the way"),
    }
}

/// Who agreed, and when.
pub fn agreed(lang: Lang, by: &str, on: Option<&str>) -> String {
    match (lang, on) {
        (Lang::Zh, Some(on)) => format!("{by} {on}确认"),
        (Lang::Zh, None) => format!("{by}确认"),
        (Lang::En, Some(on)) => format!("agreed by {by} on {on}"),
        (Lang::En, None) => format!("agreed by {by}"),
    }
}

/// The average month so far.
pub fn average_so_far(lang: Lang, rate: &str) -> String {
    match lang {
        Lang::Zh => format!("目前月均 {rate}"),
        Lang::En => format!("{rate} a month so far"),
    }
}

/// Up to which day the figures count.
pub fn as_of(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("截至 {day}"),
        Lang::En => format!("up to {day}"),
    }
}

/// Whose signature it is.
pub fn signature_of(lang: Lang, by: &str) -> String {
    match lang {
        Lang::Zh => format!("{by}的签名"),
        Lang::En => format!("The signature of {by}"),
    }
}

/// How often a goal was revised, and what it was at first.
pub fn revised_since(lang: Lang, times: usize, first: &str) -> String {
    match lang {
        Lang::Zh => format!("最初的目标值 {first}，此后调整 {times} 次"),
        Lang::En if times == 1 => format!("The target was {first} at first and was revised once"),
        Lang::En => format!("The target was {first} at first and was revised {times} times"),
    }
}
