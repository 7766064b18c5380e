//! Texts of the fields that a team adds itself.

use super::{Lang, Words, words};

/// The place.
pub const OWN_FIELDS: Words = words("自定义字段", "Own fields");
/// What they are for.
pub const OWN_FIELDS_TEXT: Words = words(
    "给经销商、联系人等加上自己的字段。表单、档案、筛选、批量修改和导出里都会出现。",
    "Add fields of your own to dealers, contacts and more. Forms, pages, filters, bulk edits and exports have them too.",
);
/// Adds one.
pub const NEW: Words = words("新字段", "New field");
/// There is none.
pub const NONE: Words = words("还没有自定义字段", "No fields of your own yet");
/// What one could be.
pub const NONE_TEXT: Words = words(
    "例如“门头款式”“签约代表”“是否直播”。不用写代码，团队里每个人都能看到。",
    "Such as the shop front's style, who signed, whether they stream. No code, and the whole team has them.",
);
/// It is asked for no longer.
pub const RETIRED: Words = words("已停用", "Retired");
/// Asks for it no longer.
pub const RETIRE: Words = words("停用（内容保留）", "Retire (contents stay)");
/// Asks for it again.
pub const USE_AGAIN: Words = words("重新启用", "Use again");
/// It was retired.
pub const RETIRED_NOW: Words = words("字段已停用，内容保留", "Field retired; its contents stay");
/// It is used again.
pub const USED_AGAIN: Words = words("字段已重新启用", "Field in use again");
/// Before the one above.
pub const UP: Words = words("上移", "Move up");
/// After the one below.
pub const DOWN: Words = words("下移", "Move down");
/// It was moved.
pub const MOVED: Words = words("顺序已改", "Order changed");

/// How many records hold something in it.
pub fn used(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条有内容"),
        Lang::En if count == 1 => "1 record has it".to_owned(),
        Lang::En => format!("{count} records have it"),
    }
}
