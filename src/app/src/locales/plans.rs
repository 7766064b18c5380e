//! Texts of plans: the timeline, and plans from templates.

use super::{Lang, Words, words};

/// How plans are looked at.
pub const LOOK: Words = words("查看方式", "Look at");
/// The steps.
pub const STEPS: Words = words("步骤", "Steps");
/// The timeline.
pub const TIMELINE: Words = words("时间线", "Timeline");
/// Begins from a template.
pub const FROM_TEMPLATE: Words = words("从模板开始", "From a template");
/// Which template.
pub const WHICH: Words = words("用哪个模板", "Which template");
/// The first day.
pub const BEGINS: Words = words("从哪天开始", "Begins on");
/// No templates yet.
pub const NO_TEMPLATES: Words = words(
    "还没有这种模板；在“例行”里写一个。",
    "No templates of this kind yet; write one under Routines.",
);
/// To the templates.
pub const TO_TEMPLATES: Words = words("去写模板", "Write a template");
/// Nothing has a place in time.
pub const NO_DATES: Words = words(
    "步骤有了到期日，就会出现在时间线上。",
    "Steps appear on the timeline once they have a due date.",
);
/// Without a due date.
pub const UNDATED: Words = words("没有到期日", "Without a due date");
/// How a bar comes about.
pub const BAR_TITLE: Words = words("计划和预计", "Planned and expected");
/// Today.
pub const TODAY: Words = words("今天", "Today");

/// Steps that wait for each other.
pub fn circle(lang: Lang, steps: &str) -> String {
    match lang {
        Lang::Zh => format!("这些步骤互相等待：{steps}。改掉其中一个“前置步骤”。"),
        Lang::En => {
            format!("These steps wait for each other: {steps}. Change what one of them waits for.")
        }
    }
}

/// A plan was made with so many steps.
pub fn made(lang: Lang, title: &str, steps: usize) -> String {
    match lang {
        Lang::Zh => format!("已建计划“{title}”，{steps} 步"),
        Lang::En => format!("Plan “{title}” made, {steps} steps"),
    }
}
