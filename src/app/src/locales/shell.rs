//! Texts of the frame around every page.

use super::{Lang, Words, words};

/// The product.
pub const PRODUCT: Words = words("同行", "Tongxing");
/// Draws more of a long list.
pub const SHOW_MORE: Words = words("显示更多", "Show more");
/// Skips the navigation.
pub const SKIP: Words = words("跳到内容", "Skip to content");
/// The navigation.
pub const NAVIGATION: Words = words("主导航", "Main navigation");
/// Today.
pub const TODAY: Words = words("今天", "Today");
/// Dealers.
pub const DEALERS: Words = words("经销商", "Dealers");
/// Search and commands.
pub const FIND: Words = words("查找", "Find");
/// Import.
pub const IMPORT: Words = words("导入", "Import");
/// Export.
pub const EXPORT: Words = words("导出", "Export");
/// The bin.
pub const BIN: Words = words("回收站", "Bin");
/// Settings.
pub const SETTINGS: Words = words("设置", "Settings");
/// Shared-screen mode, short.
pub const SHARE: Words = words("同屏", "Share");
/// Shared-screen mode.
pub const SHARED_MODE: Words = words("同屏模式", "Shared-screen mode");
/// What the mode does.
pub const SHARED_HIDES: Words = words("内部信息已隐藏", "Internal information is hidden");
/// Ends the mode.
pub const HOLD_TO_END: Words = words("长按结束", "Hold to end");
/// Everything is on the disk.
pub const SAVED: Words = words("已保存", "Saved");
/// Being written.
pub const SAVING: Words = words("保存中", "Saving");
/// Could not be written.
pub const NOT_SAVED: Words = words("未能保存", "Not saved");
/// Saved, without a network.
pub const OFFLINE: Words = words("离线可用", "Offline, saved here");
/// Undo.
pub const UNDO: Words = words("撤销", "Undo");
/// Undone.
pub const UNDONE: Words = words("已撤销", "Undone");
/// Try again.
pub const RETRY: Words = words("重试", "Try again");
/// The name of what waits for a part of the app.
pub const PART_COMING: Words = words("正在打开", "Opening");
/// A part of the app could not be loaded.
pub const PART_MISSING: Words = words(
    "这一部分还没有下载到本机",
    "This part of the app is not on this device yet",
);
/// The way on.
pub const PART_MISSING_TEXT: Words = words(
    "您的数据都在。连上网络后重试一次，之后离线也能使用。",
    "Your data is all here. Connect to a network and try again; after that it works offline too.",
);
/// Close.
pub const CLOSE: Words = words("关闭", "Close");
/// Cancel.
pub const CANCEL: Words = words("取消", "Cancel");
/// Save.
pub const SAVE: Words = words("保存", "Save");
/// Back.
pub const BACK: Words = words("返回", "Back");
/// More.
pub const MORE: Words = words("更多", "More");
/// Edit.
pub const EDIT: Words = words("编辑", "Edit");
/// Delete, which means into the bin.
pub const DELETE: Words = words("移到回收站", "Move to bin");
/// Internal marking.
pub const INTERNAL: Words = words("内部", "Internal");
/// How a figure came about.
pub const EXPLAIN: Words = words("怎么来的", "How this is worked out");
/// A new version waits.
pub const UPDATE_READY: Words = words("新版本已就绪", "A new version is ready");
/// Starts the new version.
pub const UPDATE_NOW: Words = words("立即更新", "Update now");
/// Later.
pub const LATER: Words = words("稍后", "Later");
/// The book cannot be opened.
pub const CANNOT_OPEN: Words = words("台账打不开", "The book cannot be opened");
/// The book is being read.
pub const OPENING: Words = words("正在打开台账", "Opening the book");
/// Storage is full.
pub const DISK_FULL: Words = words(
    "设备空间不足，刚才的修改还没有存下来。请在系统设置中清理空间，然后点“重试”。修改仍在本页，请不要关闭。",
    "The device is out of space, so the last changes are not stored yet. Free some space in the system settings, then tap “Try again”. The changes are still on this page; do not close it.",
);
/// Storage was closed.
pub const STORE_CLOSED: Words = words(
    "浏览器关闭了存储，刚才的修改还没有存下来。请点“重试”。",
    "The browser closed its storage, so the last changes are not stored yet. Tap “Try again”.",
);
/// A newer version of the program opened the store.
pub const STORE_NEWER: Words = words(
    "台账已由更新版本的同行打开。请刷新本页，使用新版本。",
    "The book was opened by a newer version of Tongxing. Reload this page to use it.",
);
/// Storage is not allowed.
pub const STORE_DENIED: Words = words(
    "浏览器不允许本站存储数据（可能是无痕模式）。请用普通窗口打开，否则内容不会被保留。",
    "The browser does not allow this site to store data (perhaps a private window). Open it in a normal window; otherwise nothing is kept.",
);
/// Storage failed otherwise.
pub const STORE_FAILED: Words = words(
    "存储出错，刚才的修改还没有存下来。请点“重试”；如果仍然失败，请重启浏览器。",
    "Storing failed, so the last changes are not stored yet. Tap “Try again”; if it stays, restart the browser.",
);
/// Rows that could not be read were put aside.
pub const QUARANTINED: Words = words(
    "有部分存储记录损坏，已单独隔离保存，其余数据不受影响。可在“设置”中导出这些记录。",
    "Some stored records are damaged. They were put aside and nothing else is affected. You can export them in Settings.",
);
/// Typing cannot be kept safe.
pub const DRAFTS_AT_RISK: Words = words(
    "正在输入的内容无法自动暂存，请尽快点“保存”。",
    "What you type cannot be kept safe automatically. Please save it soon.",
);
/// Settings cannot be kept.
pub const SETTINGS_NOT_KEPT: Words = words(
    "浏览器没有保留设置，已使用默认设置。",
    "The browser did not keep the settings; the defaults are used.",
);
/// Past its date.
pub const LATE: Words = words("已逾期", "Late");

/// What a menu is about.
pub fn more_about(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("更多：{what}"),
        Lang::En => format!("More about {what}"),
    }
}
/// A text is longer than a row can hold.
pub const TOO_LONG: Words = words(
    "内容太长，无法保存。请缩短后再试；您输入的内容仍在页面上。",
    "This is too long to be stored. Please shorten it; what you typed is still on the page.",
);
