//! Texts of the list of dealers.

use super::{Lang, Words, words};

/// The list.
pub const TITLE: Words = words("经销商", "Dealers");
/// What the search looks through.
pub const SEARCH: Words = words("查找经销商", "Find dealers");
/// What can be typed into the search.
pub const SEARCH_HINT: Words = words("名称、拼音、电话", "Name, pinyin, phone");
/// A new dealer.
pub const NEW: Words = words("新建经销商", "New dealer");
/// The order of the list.
pub const SORT: Words = words("排序", "Sort");
/// The ways to narrow the list.
pub const FILTER: Words = words("筛选", "Filter");
/// More ways to narrow the list.
pub const MORE_FILTERS: Words = words("更多筛选", "More filters");
/// Only overdue contacts.
pub const OVERDUE: Words = words("逾期", "Overdue");
/// Only goals behind.
pub const BEHIND: Words = words("落后", "Behind");
/// Takes every filter away.
pub const CLEAR_FILTERS: Words = words("清除筛选", "Clear filters");
/// Takes the search and every filter away.
pub const SHOW_ALL: Words = words("显示全部", "Show all");
/// The sales region.
pub const REGION: Words = words("区域", "Region");
/// Never contacted.
pub const NEW_DEALER: Words = words("新", "New");
/// A goal is at risk.
pub const GOAL_AT_RISK: Words = words("目标落后", "Goal behind");
/// A goal has to be watched.
pub const GOAL_SLOW: Words = words("目标略慢", "Goal slow");
/// Nothing is open beside the list.
pub const PICK: Words = words("在左侧选一家经销商", "Pick a dealer on the left");
/// What the keys do.
pub const PICK_KEYS: Words = words(
    "按 / 查找，J 和 K 上下移动，回车打开，N 新建。",
    "Press / to search, J and K to move, Enter to open, N for a new one.",
);
/// No dealer yet.
pub const NONE_YET: Words = words("还没有经销商", "No dealers yet");
/// How to begin.
pub const NONE_YET_HINT: Words = words(
    "从表格导入全部经销商，或者先建一家。名称就够了，其余以后再补。",
    "Import all of them from a spreadsheet, or add one. A name is enough; the rest can follow.",
);
/// Imports dealers.
pub const IMPORT: Words = words("导入经销商", "Import dealers");
/// How else to search.
pub const SEARCH_TIP: Words = words(
    "拼音、拼音首字母、电话后几位也能找到。",
    "Pinyin, its initials and the last digits of a phone work too.",
);

/// Ordered by whom to contact first.
pub const SORT_PRESSING: Words = words("按最该联系排序", "Most due first");
/// Ordered by name.
pub const SORT_NAME: Words = words("按名称排序", "By name");
/// Ordered by the last contact.
pub const SORT_LAST: Words = words("按最久未联系排序", "Longest without contact first");
/// Ordered by pace.
pub const SORT_PACE: Words = words("按目标进度排序", "Slowest goals first");

/// Ordered as a saved view says.
pub const SORT_VIEW: Words = words("按视图的排序", "As the view says");

/// How many dealers there are.
pub fn count(lang: Lang, shown: usize, all: usize) -> String {
    match (lang, shown == all) {
        (Lang::Zh, true) => format!("{all} 家"),
        (Lang::Zh, false) => format!("{shown} / {all} 家"),
        (Lang::En, true) if all == 1 => "1 dealer".to_owned(),
        (Lang::En, true) => format!("{all} dealers"),
        (Lang::En, false) => format!("{shown} of {all}"),
    }
}

/// Shows what is left after filtering.
pub fn show(lang: Lang, shown: usize) -> String {
    match lang {
        Lang::Zh => format!("显示 {shown} 家"),
        Lang::En if shown == 1 => "Show 1 dealer".to_owned(),
        Lang::En => format!("Show {shown} dealers"),
    }
}

/// The contact is overdue.
pub fn overdue(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("逾期 {days} 天"),
        Lang::En => format!("{days} d overdue"),
    }
}

/// The contact is due soon.
pub fn due_soon(lang: Lang, days: i64) -> String {
    match (lang, days) {
        (Lang::Zh, 0) => "今天到期".to_owned(),
        (Lang::Zh, _) => format!("{days} 天内到期"),
        (Lang::En, 0) => "Due today".to_owned(),
        (Lang::En, 1) => "Due in 1 day".to_owned(),
        (Lang::En, _) => format!("Due in {days} days"),
    }
}

/// Nothing was found.
pub fn nothing_found(lang: Lang, query: &str, filtered: bool) -> String {
    match (lang, query.is_empty(), filtered) {
        (Lang::Zh, true, _) => "没有符合筛选的经销商".to_owned(),
        (Lang::Zh, false, true) => format!("筛选范围内没有“{query}”"),
        (Lang::Zh, false, false) => format!("没有找到“{query}”"),
        (Lang::En, true, _) => "No dealer matches the filters".to_owned(),
        (Lang::En, false, true) => format!("No filtered dealer matches “{query}”"),
        (Lang::En, false, false) => format!("No dealer matches “{query}”"),
    }
}

/// What the filters hide.
pub fn without_filters(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("去掉筛选后有 {count} 家。"),
        Lang::En if count == 1 => "Without the filters there is 1.".to_owned(),
        Lang::En => format!("Without the filters there are {count}."),
    }
}

/// Adds a dealer of the name that was searched.
pub fn new_named(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("新建“{name}”"),
        Lang::En => format!("New “{name}”"),
    }
}
