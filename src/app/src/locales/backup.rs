//! Texts of sealed backups.

use super::{Lang, Words, words};

/// Backups.
pub const BACKUP: Words = words("加密备份", "Sealed backup");
/// What a backup is.
pub const BACKUP_TEXT: Words = words(
    "本机的全部内容，包括回收站、修改记录和签名，用密码加密成一个文件。没有密码谁也打不开，我们也不行；请把文件放到设备以外的地方。",
    "Everything on this device, with the bin, the history and signatures, sealed with a password in one file. Without the password nobody can open it, not even we. Keep the file away from this device.",
);
/// Saves a backup.
pub const BACK_UP: Words = words("立即备份", "Back up now");
/// Saves one with another password.
pub const OTHER_PASSWORD: Words = words("换密码备份", "Back up with another password");
/// A backup is being made.
pub const SEALING: Words = words("正在加密备份", "Sealing the backup");
/// A backup is being opened.
pub const OPENING: Words = words("正在打开备份", "Opening the backup");
/// A backup is compared with the book.
pub const COMPARING: Words = words("正在与台账比较", "Comparing with the book");
/// It is brought back.
pub const RESTORING: Words = words("正在恢复", "Bringing it back");
/// The file was handed to the browser.
pub const SAVED: Words = words(
    "备份已交给浏览器保存",
    "The backup was handed to the browser",
);
/// Asks for a new password.
pub const NEW_PASSWORD: Words = words("备份密码", "A password for backups");
/// What it is for.
pub const NEW_PASSWORD_TEXT: Words = words(
    "至少 8 个字。忘了密码，备份就打不开；以后在这台设备上备份不用再输。",
    "At least 8 characters. A forgotten password cannot be replaced. Later backups from this device do not ask for it.",
);
/// Asks for the password of a file.
pub const PASSWORD: Words = words("密码", "Password");
/// Which one.
pub const PASSWORD_TEXT: Words = words(
    "请输入这份备份加密时的密码。",
    "Enter the password with which this backup was sealed.",
);
/// The password once more.
pub const AGAIN: Words = words("再输一次", "Once more");
/// Goes on to seal.
pub const SEAL: Words = words("加密并保存", "Seal and save");
/// Goes on to open.
pub const OPEN: Words = words("打开", "Open");
/// No password.
pub const NO_PASSWORD: Words = words("请输入密码", "Enter the password");
/// Too short.
pub const TOO_SHORT: Words = words("至少 8 个字", "At least 8 characters");
/// Two different ones.
pub const NOT_THE_SAME: Words = words("两次输入不一样", "The two are not the same");
/// What bringing back would do.
pub const OUTLOOK: Words = words("恢复后会怎样", "What would happen");
/// Nothing would change.
pub const NOTHING: Words = words(
    "台账和这份备份一致，没有需要恢复的",
    "The book holds all of it as it is",
);
/// Brings it back.
pub const BRING_BACK: Words = words("恢复", "Bring it back");
/// What stays.
pub const STAYS: Words = words(
    "备份里没有的内容保持不变。恢复是一次完成的，可以撤销。",
    "What the backup does not have stays as it is. All of it is brought back at once, and can be undone.",
);

/// The file's name without its ending.
pub fn file(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("同行备份-{day}"),
        Lang::En => format!("tongxing-backup-{day}"),
    }
}

/// What would happen to a table's records.
pub fn of_table(lang: Lang, table: &str, new: usize, changed: usize) -> String {
    match (lang, new, changed) {
        (Lang::Zh, _, 0) => format!("{table}：找回 {new} 条"),
        (Lang::Zh, 0, _) => format!("{table}：改回 {changed} 条"),
        (Lang::Zh, ..) => format!("{table}：找回 {new} 条，改回 {changed} 条"),
        (Lang::En, _, 0) => format!("{table}: {new} come back"),
        (Lang::En, 0, _) => format!("{table}: {changed} change back"),
        (Lang::En, ..) => format!("{table}: {new} come back, {changed} change back"),
    }
}

/// Records that stay as they are.
pub fn same(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条没有变化"),
        Lang::En => format!("{count} unchanged"),
    }
}

/// Records that could not be read.
pub fn set_aside(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条读不出来，不会恢复"),
        Lang::En => format!("{count} could not be read and do not come back"),
    }
}

/// It was brought back.
pub fn brought_back(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已恢复 {count} 条"),
        Lang::En => format!("{count} records were brought back"),
    }
}
