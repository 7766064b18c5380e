//! Texts of choosing many dealers and editing them at once.

use super::{Lang, Words, words};

/// Chooses several.
pub const CHOOSE: Words = words("选择多家", "Choose several");
/// Ends choosing.
pub const DONE: Words = words("结束选择", "Done choosing");
/// Chooses every row.
pub const ALL: Words = words("全选", "Choose all");
/// Chooses none.
pub const NONE: Words = words("全不选", "Choose none");
/// Edits them.
pub const EDIT: Words = words("批量修改", "Edit together");
/// What is edited.
pub const FIELD: Words = words("修改哪一项", "Field");
/// What is done to it.
pub const DEED: Words = words("怎么改", "What to do");
/// It holds this.
pub const SET: Words = words("改为", "Set to");
/// It holds nothing.
pub const CLEAR: Words = words("清空", "Clear");
/// It holds this as well.
pub const ADD: Words = words("加上", "Add");
/// It holds this no longer.
pub const REMOVE: Words = words("去掉", "Take out");
/// Nothing is chosen to be edited.
pub const PICK_FIELD: Words = words("先选要修改的一项", "Choose a field first");
/// Nothing is entered.
pub const ENTER: Words = words("请填写新内容", "Enter what it shall be");
/// Nothing would change.
pub const NOTHING: Words = words("没有需要修改的经销商", "No dealer would change");
/// Why some are not edited.
pub const REFUSED: Words = words("不能修改", "Cannot be changed");

/// How many are chosen.
pub fn chosen(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已选 {count} 家"),
        Lang::En => format!("{count} chosen"),
    }
}

/// Edits so many.
pub fn apply(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("修改 {count} 家"),
        Lang::En if count == 1 => "Change 1 dealer".to_owned(),
        Lang::En => format!("Change {count} dealers"),
    }
}

/// What would happen.
pub fn preview(lang: Lang, changed: usize, unchanged: usize, refused: usize) -> String {
    let mut parts = vec![match lang {
        Lang::Zh => format!("{changed} 家会改"),
        Lang::En => format!("{changed} will change"),
    }];
    if unchanged > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{unchanged} 家已是如此"),
            Lang::En => format!("{unchanged} are so already"),
        });
    }
    if refused > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{refused} 家不能改"),
            Lang::En => format!("{refused} cannot be changed"),
        });
    }
    parts.join(words("，", ", ").in_lang(lang))
}

/// Done.
pub fn changed(lang: Lang, field: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已修改 {count} 家的{field}"),
        Lang::En if count == 1 => format!("{field} changed of 1 dealer"),
        Lang::En => format!("{field} changed of {count} dealers"),
    }
}
