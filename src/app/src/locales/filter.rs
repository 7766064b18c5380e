//! Texts of conditions.

use super::{Lang, Words, words};

/// A condition.
pub const CONDITION: Words = words("条件", "Condition");
/// Adds one.
pub const ADD: Words = words("添加条件", "Add a condition");
/// What is looked at.
pub const FIELD: Words = words("看什么", "Field");
/// How it is compared.
pub const TEST: Words = words("怎么比", "Test");
/// With what.
pub const VALUE: Words = words("值", "Value");
/// One of these.
pub const AMONG: Words = words("是其中之一", "is one of");
/// None of these.
pub const NOT_AMONG: Words = words("都不是", "is none of");
/// Has this in it.
pub const CONTAINS: Words = words("包含", "contains");
/// This or more.
pub const AT_LEAST: Words = words("不小于", "at least");
/// This or less.
pub const AT_MOST: Words = words("不大于", "at most");
/// Anything.
pub const FILLED: Words = words("已填", "is filled");
/// Nothing.
pub const EMPTY: Words = words("未填", "is empty");
/// No conditions.
pub const EVERYONE: Words = words("所有经销商", "Every dealer");
/// The value does not fit.
pub const NOT_A_VALUE: Words = words("请填一个合适的值", "Enter a value that fits the field");
/// Something is not chosen.
pub const INCOMPLETE: Words = words("请把条件选完整", "Complete the condition");

/// A metric over the last months.
pub fn over(lang: Lang, metric: &str, months: u8) -> String {
    match lang {
        Lang::Zh => format!("{metric}（近 {months} 个月）"),
        Lang::En => format!("{metric} (last {months} months)"),
    }
}
