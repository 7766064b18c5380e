//! Texts of forms.

use super::{Lang, Words, words};
use tongxing_domain::value::month_name;

/// An earlier, unsaved form came back.
pub const RESTORED: Words = words(
    "已恢复上次没有保存的内容",
    "Your unsaved typing has been restored",
);
/// Throws it away.
pub const DISCARD_DRAFT: Words = words("放弃草稿", "Discard it");
/// Something is wrong in the form.
pub const CORRECT_FIRST: Words = words(
    "请先改正标出的项目",
    "Please correct the marked fields first",
);
/// A value of another kind.
pub const NOT_OF_KIND: Words = words("这个值不能填在这里", "This value does not fit here");
/// Nothing chosen.
pub const CHOOSE: Words = words("请选择", "Choose…");
/// A choice that the list does not have.
pub const UNKNOWN_CHOICE: Words = words("（保持原值）", "(keep as it is)");
/// Yes.
pub const YES: Words = words("是", "Yes");
/// No.
pub const NO: Words = words("否", "No");
/// The first day.
pub const FROM: Words = words("开始", "From");
/// The last day.
pub const TO: Words = words("结束", "To");
/// Where a goal starts.
pub const BASELINE: Words = words("基线", "Baseline");
/// Where it shall end.
pub const TARGET: Words = words("目标值", "Target");
/// An amount.
pub const AMOUNT: Words = words("数值", "Value");
/// The day up to which an amount counts.
pub const AS_OF: Words = words("截至", "Up to");
/// When something begins.
pub const START: Words = words("开始时间", "Start");
/// How long it lasts.
pub const LENGTH: Words = words("时长（分钟）", "Length (minutes)");
/// Weights by month.
pub const MONTHLY_WEIGHTS: Words = words("按月设定权重", "Set weights by month");

/// A month's name.
pub fn month(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("{number}月"),
        Lang::En => month_name(number).to_owned(),
    }
}

/// A record was added.
pub fn added(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("已添加{what}"),
        Lang::En => format!("{what} added"),
    }
}

/// A record was changed.
pub fn changed(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("已修改{what}"),
        Lang::En => format!("{what} changed"),
    }
}

/// A record was moved into the bin.
pub fn binned(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("已把{what}移到回收站"),
        Lang::En => format!("{what} moved to the bin"),
    }
}

/// The heading of a form that changes a record.
pub fn edit(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("修改{what}"),
        Lang::En => format!("Edit {}", what.to_lowercase()),
    }
}

/// The heading of a form for a new record.
pub fn new(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("新{what}"),
        Lang::En => format!("New {}", what.to_lowercase()),
    }
}
