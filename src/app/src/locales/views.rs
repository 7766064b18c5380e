//! Texts of saved views.

use super::{Lang, Words, words};

/// Saved views.
pub const VIEWS: Words = words("视图", "Views");
/// One of them.
pub const VIEW: Words = words("视图", "View");
/// None is chosen.
pub const EVERYONE: Words = words("所有经销商", "All dealers");
/// What they are.
pub const VIEWS_TEXT: Words = words(
    "把常用的筛选、排序和列存成视图，团队里每个人都能打开。",
    "Save filters, order and columns that you use again; everyone in the team can open them.",
);
/// There is none.
pub const NONE: Words = words("还没有视图", "No views yet");
/// Saves what is shown.
pub const SAVE: Words = words("把当前列表存为视图", "Save this list as a view");
/// Saves what is shown under the name of the view that it came from.
pub const UPDATE: Words = words("更新这个视图", "Update this view");
/// A new one.
pub const NEW: Words = words("新视图", "New view");
/// The view was changed.
pub const UPDATED: Words = words("视图已更新", "View updated");
/// It differs from what was saved.
pub const ALTERED: Words = words("已改动", "Altered");
/// Every row of the table.
pub const AS_TABLE: Words = words("以表格打开", "Open as a table");
/// In the list of dealers.
pub const AS_LIST: Words = words("在经销商列表中打开", "Open in the list of dealers");
/// The view is gone.
pub const GONE: Words = words("这个视图已不在", "This view is no longer there");
/// What it is called.
pub const NAME: Words = words("视图名称", "Name");
/// What it is ordered by.
pub const SORT: Words = words("排序", "Order by");
/// Which way.
pub const WAY: Words = words("方向", "Direction");
/// The smallest first.
pub const RISING: Words = words("从小到大", "Rising");
/// The largest first.
pub const FALLING: Words = words("从大到小", "Falling");
/// What it is grouped by.
pub const GROUP: Words = words("分组", "Group by");
/// What it shows.
pub const COLUMNS: Words = words("列", "Columns");
/// Which records.
pub const CONDITIONS: Words = words("条件", "Conditions");
/// A name is missing.
pub const NAME_IT: Words = words("请填写视图名称", "Give the view a name");
/// Nothing fits.
pub const NO_ROWS: Words = words("没有符合条件的经销商", "No dealer fits the conditions");
/// What to do then.
pub const NO_ROWS_TEXT: Words = words(
    "换一个视图，或放宽条件。",
    "Choose another view, or widen its conditions.",
);
/// More rows.
pub const MORE_ROWS: Words = words("再显示一些", "Show more");
/// Rows without a value in the column that groups.
pub const UNGROUPED: Words = words("未填", "Not entered");
/// Conditions beyond the choices.
pub const MORE_CONDITIONS: Words = words("更多条件", "More conditions");
/// The contact is overdue.
pub const OVERDUE: Words = words("联系逾期", "Contact overdue");
/// A goal falls behind.
pub const BEHIND: Words = words("有目标落后", "A goal is behind");
/// It is so.
pub const IS_SO: Words = words("是", "is so");
/// It is not so.
pub const IS_NOT_SO: Words = words("否", "is not so");
/// Saves the rows.
pub const SAVE_CSV: Words = words("导出 CSV", "Export CSV");
/// The file was handed over.
pub const SAVED: Words = words("文件已保存", "File saved");

/// How many rows are shown.
pub fn rows(lang: Lang, shown: usize, all: usize) -> String {
    match (lang, shown < all) {
        (Lang::Zh, true) => format!("显示 {shown} / {all} 家"),
        (Lang::Zh, false) => format!("{all} 家"),
        (Lang::En, true) => format!("{shown} of {all} dealers"),
        (Lang::En, false) if all == 1 => "1 dealer".to_owned(),
        (Lang::En, false) => format!("{all} dealers"),
    }
}
