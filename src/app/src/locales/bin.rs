//! Texts of the bin.

use super::{Lang, Words, words};

/// What the bin does.
pub const KEPT: Words = words(
    "删除的内容都在这里，至少保留 30 天，随时可以恢复",
    "Whatever is deleted stays here for at least 30 days and can be restored at any time",
);
/// Looks for something in it.
pub const SEARCH: Words = words("在回收站里查找", "Search the bin");
/// Which records are shown.
pub const FILTER: Words = words("按类型筛选", "Filter by type");
/// All of them.
pub const ALL: Words = words("全部", "All");
/// The list.
pub const LIST: Words = words("已删除的内容", "Deleted items");
/// Takes something out of the bin.
pub const RESTORE: Words = words("恢复", "Restore");
/// Somebody went on working on it.
pub const EDITED_SINCE: Words = words("删除后又有修改", "Edited after deletion");
/// Nothing is in it.
pub const EMPTY: Words = words("回收站是空的", "The bin is empty");
/// What would be in it.
pub const EMPTY_TEXT: Words = words(
    "删掉的经销商、联系人、承诺、沟通等都会先到这里。误删了也不用慌，点“恢复”就回到原处。",
    "Deleted dealers, contacts, promises and meetings come here first. If one was deleted by mistake, “Restore” puts it back where it was.",
);
/// Nothing fits the search.
pub const NOTHING_FOUND: Words = words("没有符合的内容", "Nothing matches");
/// What to do then.
pub const NOTHING_FOUND_TEXT: Words = words(
    "换个词试试，或查看全部类型。",
    "Try another word, or look at all types.",
);
/// Shows everything again.
pub const SHOW_ALL: Words = words("显示全部", "Show all");

/// When something was deleted.
pub fn deleted_on(lang: Lang, when: &str) -> String {
    match lang {
        Lang::Zh => format!("删于 {when}"),
        Lang::En => format!("deleted {when}"),
    }
}

/// Restores something, for those who do not see its row.
pub fn restore_what(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("恢复：{what}"),
        Lang::En => format!("Restore {what}"),
    }
}

/// Something was restored, with so many others that it belongs to.
pub fn restored(lang: Lang, what: &str, others: usize) -> String {
    match (lang, others) {
        (Lang::Zh, 0) => format!("已恢复「{what}」"),
        (Lang::Zh, _) => format!("已恢复「{what}」及其所属的经销商或沟通"),
        (Lang::En, 0) => format!("“{what}” restored"),
        (Lang::En, _) => format!("“{what}” restored, with what it belongs to"),
    }
}

/// How many there are.
pub fn in_all(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("共 {count} 项"),
        Lang::En if count == 1 => "1 item".to_owned(),
        Lang::En => format!("{count} items"),
    }
}
