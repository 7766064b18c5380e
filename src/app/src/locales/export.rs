//! Texts of the export.

use super::{Lang, Words, words};

/// What the page is for.
pub const SUB: Words = words(
    "台账是你的，随时带走，随时带回",
    "The book is yours: take it along and bring it back at any time",
);
/// Not while the dealer sees the screen.
pub const SHARED: Words = words("同屏时不能导出", "Not while the screen is shared");
/// Why.
pub const SHARED_TEXT: Words = words(
    "导出的文件给团队用，里面有内部信息和其他经销商的数据。结束同屏后再导出。",
    "Exports are for the team: they hold internal notes and other dealers’ data. End shared-screen mode first.",
);
/// The whole book.
pub const WHOLE: Words = words("整本台账", "The whole book");
/// What its file is.
pub const WHOLE_TEXT: Words = words(
    "全部记录存成一个 JSON 文件，回收站也在内，随时可以恢复；签名的图样和照片不在里面。建议每两周存一份，放到电脑或网盘上。文件没有加密，请妥善保管。",
    "Every record in one JSON file, the bin included; it can be brought back at any time. Drawn signatures and photos are not in it. Save one every two weeks and keep it on a computer or drive. The file is not encrypted, so keep it safe.",
);
/// Saves it.
pub const SAVE_COPY: Words = words("保存一份副本", "Save a copy");
/// No copy was ever saved.
pub const NO_COPY: Words = words("还没有保存过副本", "No copy saved yet");
/// Why another copy is due.
pub const COPY_DUE: Words = words(
    "数据只在这台设备上，另存一份更安心",
    "your data is on this device only, so a copy elsewhere is safer",
);
/// The same in a word.
pub const DUE: Words = words("该存一份了", "Copy due");
/// Tables.
pub const TABLE: Words = words("表格", "Tables");
/// What its file is.
pub const TABLE_TEXT: Words = words(
    "CSV 和 XLSX 文件，Excel 和 WPS 直接打开；不含回收站里的记录。XLSX 里日期是日期、金额是数字，另有一页说明每一列。",
    "CSV and XLSX files that spreadsheet programs open as they are; without what is in the bin. In XLSX dates are dates, amounts are numbers, and a sheet explains every column.",
);
/// Which table.
pub const WHICH_TABLE: Words = words("哪张表", "Which table");
/// Saves a table.
pub const SAVE_CSV: Words = words("保存为 CSV", "Save as CSV");
/// Saves a table as a workbook.
pub const SAVE_XLSX: Words = words("保存为 XLSX", "Save as XLSX");
/// Saves every table in one workbook.
pub const SAVE_WORKBOOK: Words = words("全部表存为一个 XLSX", "Every table as one XLSX");
/// People.
pub const PEOPLE: Words = words("联系人", "Contacts");
/// What their file is.
pub const PEOPLE_TEXT: Words = words(
    "vCard 文件，手机和邮箱的通讯录都能收；内部备注也写在里面，角色、首要联系人、影响力、态度和自定义字段写不进去。",
    "A vCard file for the address book of a telephone or mail program. Internal notes go along; roles, who is called first, influence, stance and your own fields have no place in it.",
);
/// Saves people.
pub const SAVE_CARDS: Words = words("保存为 vCard", "Save as vCard");
/// For other systems.
pub const ELSEWHERE: Words = words("给其他系统", "For another system");
/// What their files are.
pub const ELSEWHERE_TEXT: Words = words(
    "按对方的列名写成 CSV 或 XLSX；对方放不下的内容，保存前先列给你看。",
    "A CSV or XLSX file with the other system’s columns; what it cannot hold is listed before you save.",
);
/// Which kind of record of which system.
pub const WHICH_MODULE: Words = words("系统和模块", "System and module");
/// Makes the file.
pub const PREPARE: Words = words("生成 CSV", "Make a CSV file");
/// Makes the file as a workbook.
pub const PREPARE_XLSX: Words = words("生成 XLSX", "Make an XLSX file");
/// Saves a file that is ready.
pub const SAVE_FILE: Words = words("保存文件", "Save the file");
/// Bringing a copy back.
pub const BRING_BACK: Words = words("恢复", "Bring back");
/// What it does.
pub const BRING_BACK_TEXT: Words = words(
    "先列出会找回、会改回多少条，确认后一次全部恢复，之后可以撤销。",
    "First it is told how many records come or change back; then all at once, and it can be undone.",
);
/// Chooses a copy.
pub const CHOOSE: Words = words(
    "选择加密备份或 JSON 副本",
    "Choose a sealed backup or a JSON copy",
);
/// A file is being made.
pub const MAKING: Words = words("正在生成文件", "Making the file");
/// A copy is being read.
pub const READING: Words = words("正在读取副本", "Reading the copy");
/// The file could not be read.
pub const UNREADABLE: Words = super::import::UNREADABLE;
/// The copy is larger than the page takes.
pub const TOO_LARGE: Words = words(
    "文件超过 500 MB，不是同行的备份或副本。",
    "The file is larger than 500 MB and no backup or copy of Tongxing.",
);
/// What is on the screen is not on the disk.
pub const NOT_ON_DISK: Words = words(
    "有内容还没有存到本机。请先按页面上方的提示处理，再导出。",
    "Something is not stored on this device yet. See to the notice at the top first, then export.",
);
/// A file is on its way to the downloads.
pub const SAVED: Words = words("文件已交给浏览器保存", "The browser is saving the file");

/// When the last copy was saved.
pub fn last_copy(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("上次保存副本：{day}"),
        Lang::En => format!("Last copy saved {day}"),
    }
}

/// Something with the number of its records.
pub fn counted(lang: Lang, name: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{name}（{count}）"),
        Lang::En => format!("{name} ({count})"),
    }
}

/// A kind of record of another system, and what it is here.
pub fn module(lang: Lang, system: &str, module: &str, ours: &str) -> String {
    match lang {
        Lang::Zh => format!("{system} · {module}（{ours}）"),
        Lang::En => format!("{system} · {module} ({ours})"),
    }
}

/// The name of the whole book's file, without its ending.
pub fn book_file(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("同行台账-{day}"),
        Lang::En => format!("tongxing-book-{day}"),
    }
}

/// What a file cannot hold.
pub fn cannot_hold(lang: Lang, system: &str, what: &[String]) -> String {
    match lang {
        Lang::Zh => format!("{system} 没有这些列，不会写进文件：{}。", what.join("、")),
        Lang::En => format!(
            "{system} has no columns for these, so they stay out of the file: {}.",
            what.join(", ")
        ),
    }
}

/// So many records are of another kind there.
pub fn of_another_kind(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {count} 条记录不属于这个模块，没有写入。"),
        Lang::En if count == 1 => "1 record does not belong to this module and is left out.".into(),
        Lang::En => format!("{count} records do not belong to this module and are left out."),
    }
}

/// A file holds everything.
pub fn all_held(lang: Lang, system: &str) -> String {
    match lang {
        Lang::Zh => format!("{system} 都放得下。"),
        Lang::En => format!("{system} can hold all of it."),
    }
}

/// A copy was refused.
pub fn refused(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Zh => format!("没有恢复，台账没有改动。{why}。"),
        Lang::En => format!("Nothing was brought back and the book is as it was. {why}."),
    }
}

/// What of a copy this version does not know.
pub fn not_known(lang: Lang, what: &[String]) -> String {
    match lang {
        Lang::Zh => format!("这个版本不认识、没有载入的内容：{}。", what.join("、")),
        Lang::En => format!(
            "This version does not know these, and left them out: {}.",
            what.join(", ")
        ),
    }
}
