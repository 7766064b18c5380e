//! Texts of the command palette and of the keys.

use super::{Lang, Words, words};

/// The palette.
pub const PALETTE: Words = words("查找与命令", "Find and commands");
/// The field.
pub const FIND: Words = words("查找", "Find");
/// What can be typed.
pub const PLACEHOLDER: Words = words("名称、拼音、电话、命令", "Name, pinyin, phone, command");
/// What was found.
pub const RESULTS: Words = words("结果", "Results");
/// Dealers.
pub const DEALERS: Words = words("经销商", "Dealers");
/// Dealers opened last.
pub const RECENT: Words = words("最近打开", "Opened last");
/// Commands.
pub const COMMANDS: Words = words("命令", "Commands");
/// Places.
pub const PLACES: Words = words("前往", "Go to");
/// Nothing fits.
pub const NOTHING: Words = words(
    "没有找到。试试名称的拼音首字母或电话的后几位。",
    "Nothing found. Try the initials of the name’s pinyin, or the last digits of the phone.",
);
/// Moves the selection.
pub const SELECT: Words = words("选择", "select");
/// Opens the selection.
pub const OPEN: Words = words("打开", "open");
/// Starts shared-screen mode.
pub const SHARE: Words = words("进入同屏模式", "Start shared-screen mode");
/// The language that is not in use, in its own words.
pub const OTHER_LANGUAGE: Words = words("Switch to English", "切换到中文");
/// Light.
pub const LIGHT: Words = words("浅色外观", "Light theme");
/// Dark.
pub const DARK: Words = words("深色外观", "Dark theme");
/// As the system.
pub const SYSTEM: Words = words("外观跟随系统", "Theme as the system");
/// The list of keys.
pub const KEYS: Words = words("键盘快捷键", "Keyboard shortcuts");
/// Brings a file in.
pub const IMPORT: Words = words("导入文件", "Import a file");
/// Takes data out.
pub const EXPORT: Words = words("导出数据", "Export data");

/// Prepares a visit to a dealer today.
pub fn visit(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("准备今天的拜访：{dealer}"),
        Lang::En => format!("Prepare a visit today: {dealer}"),
    }
}

/// Adds a dealer of this name.
pub fn new_dealer_named(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("新建经销商「{name}」"),
        Lang::En => format!("New dealer “{name}”"),
    }
}

/// A visit was planned.
pub fn visit_planned(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("已安排今天拜访{dealer}"),
        Lang::En => format!("Visit to {dealer} planned for today"),
    }
}

/// How much was found, for those who do not see it.
pub fn found(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 个结果"),
        Lang::En if count == 1 => "1 result".to_owned(),
        Lang::En => format!("{count} results"),
    }
}

/// Keys, and what they do.
pub struct KeyHelp {
    /// The keys that are pressed together.
    pub keys: &'static [&'static str],
    /// What they do.
    pub does: Words,
}

/// Every key that means something.
pub const ALL_KEYS: &[KeyHelp] = &[
    KeyHelp {
        keys: &["Ctrl", "K"],
        does: words(
            "查找与命令（Mac 上是 ⌘K）",
            "Find and commands (⌘K on a Mac)",
        ),
    },
    KeyHelp {
        keys: &["?"],
        does: words("显示这个列表", "Show this list"),
    },
    KeyHelp {
        keys: &["/"],
        does: words("在「经销商」里查找", "Search, in Dealers"),
    },
    KeyHelp {
        keys: &["J"],
        does: words("下一家经销商", "Next dealer"),
    },
    KeyHelp {
        keys: &["K"],
        does: words("上一家经销商", "Previous dealer"),
    },
    KeyHelp {
        keys: &["X"],
        does: words(
            "在「经销商」里选中这一家，用来批量修改",
            "Choose this dealer, to edit several together",
        ),
    },
    KeyHelp {
        keys: &["N"],
        does: words("在「经销商」里新建", "New dealer, in Dealers"),
    },
    KeyHelp {
        keys: &["←"],
        does: words("在「日历」里看更早的日子", "Earlier days, in Calendar"),
    },
    KeyHelp {
        keys: &["→"],
        does: words("在「日历」里看更晚的日子", "Later days, in Calendar"),
    },
    KeyHelp {
        keys: &["T"],
        does: words("在「日历」里回到今天", "Today, in Calendar"),
    },
    KeyHelp {
        keys: &["Enter"],
        does: words("打开；在纪要里换行", "Open; a new line in the minutes"),
    },
    KeyHelp {
        keys: &["Esc"],
        does: words("关闭面板、菜单、对话框", "Close sheets, menus and dialogs"),
    },
];
