//! Texts of the conversation in which a goal is set.

use super::{Lang, Words, words};
use crate::state::route::GoalStep;

/// The page.
pub const TITLE: Words = words("一起定目标", "Set a goal together");
/// The steps.
pub const STEPS: Words = words("定目标的步骤", "Steps of setting a goal");

/// What a step is called.
pub const fn step(step: GoalStep) -> Words {
    match step {
        GoalStep::Need => words("需求", "Need"),
        GoalStep::Measure => words("衡量", "Measure"),
        GoalStep::Baseline => words("起点", "Baseline"),
        GoalStep::Target => words("目标", "Target"),
        GoalStep::Milestones => words("里程碑", "Milestones"),
        GoalStep::Agree => words("确认", "Agree"),
    }
}

/// What a step asks.
pub const fn question(step: GoalStep) -> Words {
    match step {
        GoalStep::Need => words("想解决什么？", "What shall it solve?"),
        GoalStep::Measure => words("用什么来衡量，多长时间？", "What tells, and by when?"),
        GoalStep::Baseline => words("现在在哪里？", "Where does it begin?"),
        GoalStep::Target => words("要走到哪里？", "How far shall it go?"),
        GoalStep::Milestones => words("路上看哪几站？", "Which marks are on the way?"),
        GoalStep::Agree => words("双方都同意吗？", "Do both sides agree?"),
    }
}

/// What helps to answer.
pub const fn hint(step: GoalStep) -> Words {
    match step {
        GoalStep::Need => words(
            "从经销商自己的需求说起：目标是为它定的，不是为我们定的。",
            "Begin with what the dealer needs: the goal is for that, not for us.",
        ),
        GoalStep::Measure => words(
            "选一个双方都看得到数据的指标。",
            "Choose what both sides can see in figures.",
        ),
        GoalStep::Baseline => words(
            "起点来自数据，不靠印象。",
            "The baseline comes from readings, not from memory.",
        ),
        GoalStep::Target => words(
            "对照经销商自己过去最好的增长，定一个够得着的目标。",
            "Hold it against the dealer's own best growth, and set what is within reach.",
        ),
        GoalStep::Milestones => words(
            "到期的里程碑会出现在“今天”，早一点看见偏差。",
            "A mark that is due appears on Today, so that a slip is seen early.",
        ),
        GoalStep::Agree => words(
            "把平板递过去：先读，再签。",
            "Hand the tablet over: read first, then sign.",
        ),
    }
}

/// No need is noted.
pub const NO_NEEDS: Words = words("还没有记下需求", "No needs noted yet");
/// What to do then.
pub const NO_NEEDS_TEXT: Words = words(
    "先问一句“今年最想改变的是什么”，记成需求；或者只写下原因。",
    "Ask what they most want to change this year and note it as a need, or write down the reason alone.",
);
/// Notes a need.
pub const NOTE_NEED: Words = words("记下需求", "Note a need");
/// Without a need.
pub const WITHOUT_NEED: Words = words("不对应某个需求", "No particular need");
/// The needs to choose from.
pub const NEEDS: Words = words("经销商的需求", "The dealer's needs");
/// Metrics with readings.
pub const MEASURED: Words = words("已有数据的指标", "Measured already");
/// Periods to choose from.
pub const SPANS: Words = words("常用时间段", "Usual periods");
/// First choose what is measured and for how long.
pub const MEASURE_FIRST: Words = words(
    "先选好衡量指标和起止日期。",
    "First choose what is measured, and for how long.",
);
/// To that step.
pub const TO_MEASURE: Words = words("去选", "Choose");
/// Readings so far.
pub const READINGS: Words = words("最近的数据", "The latest readings");
/// No reading yet.
pub const NO_READINGS: Words = words(
    "这个指标还没有数据；起点由双方估计，定下来后尽快录入第一个月。",
    "There is no reading of it yet: estimate the baseline together, and enter the first month soon.",
);
/// The baseline where months add up.
pub const SUM_HINT: Words = words(
    "逐月累计的指标从 0 算起，目标值填期内合计",
    "Months add up from 0; the target is the total of the period",
);
/// The baseline.
pub const BASELINE: Words = words("基线", "Baseline");
/// As long before.
pub const BEFORE: Words = words("此前同样长度", "As long before");
/// What is within reach.
pub const WITHIN_REACH: Words = words("够得着的目标", "Within reach");
/// How it comes about.
pub const REACH_TITLE: Words = words("够得着的目标怎么来的", "How far is within reach");
/// Too little is known.
pub const UNKNOWN: Words = words("数据不足", "Too few readings");
/// The target.
pub const TARGET: Words = words("目标值", "Target");
/// The goal in a sentence.
pub const SENTENCE: Words = words("一句话写下目标", "The goal in one sentence");
/// What is taken otherwise.
pub const SENTENCE_HINT: Words = words("留空则用建议的写法", "Empty: as suggested");
/// How many marks.
pub const MARKS: Words = words("几个里程碑", "How many marks");
/// No marks.
pub const NO_MARKS: Words = words("不设", "None");
/// No marks yet to show.
pub const NO_MARKS_TEXT: Words = words(
    "不设里程碑，到期那天直接看结果。",
    "Without marks, only the end tells.",
);
/// What is agreed.
pub const SUMMARY: Words = words("我们要定的是", "What we set");
/// Something is missing.
pub const MISSING: Words = words("还差这些", "Still missing");
/// On to the next step.
pub const NEXT: Words = words("下一步", "Next");
/// Back to the step before.
pub const BEFORE_STEP: Words = words("上一步", "Back");
/// Saves with the agreement.
pub const SAVE_AGREED: Words = words("双方确认并保存", "Agree and save");
/// Saves without.
pub const SAVE_OPEN: Words = words("先保存，以后再确认", "Save, agree later");
/// Saved.
pub const SAVED: Words = words("目标已定下", "Goal set");
/// Typing is kept.
pub const KEPT: Words = words(
    "写下的内容随时保存在这台设备上",
    "What you write is kept on this device",
);
/// Throws the draft away.
pub const START_ANEW: Words = words("重新开始", "Start anew");
/// A number cannot be read.
pub const NOT_A_NUMBER: Words = words("请填一个数", "Enter a number");

/// So many marks.
pub fn marks(lang: Lang, count: u8) -> String {
    match lang {
        Lang::Zh => format!("{count} 个"),
        Lang::En => count.to_string(),
    }
}

/// Takes a figure as the target.
pub fn take(lang: Lang, figure: &str) -> String {
    match lang {
        Lang::Zh => format!("采用 {figure}"),
        Lang::En => format!("Take {figure}"),
    }
}
