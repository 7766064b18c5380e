//! Texts of the review of what was edited apart, and of what a record was before.

use super::{Lang, Words, words};

/// The page.
pub const REVIEW: Words = words("核对", "Review");
/// What the page is for, at its entry in the settings.
pub const REVIEW_TEXT: Words = words(
    "两台设备各自改了同一项，合并时没有采用的那一份",
    "Where two devices edited the same thing apart: what the merge did not keep",
);
/// The list.
pub const LIST: Words = words("各自改过的内容", "Edited apart");
/// Those that wait.
pub const WAITING: Words = words("待核对", "To review");
/// Those that are decided.
pub const DECIDED: Words = words("已核对", "Reviewed");
/// Nothing waits.
pub const NONE: Words = words("没有要核对的", "Nothing to review");
/// What would wait.
pub const NONE_TEXT: Words = words(
    "团队里两台设备在没有网络时改了同一项，合并后会有一份没有采用。那一份会留在这里，由您决定用哪一份。",
    "When two devices of a team edit the same thing without a network, one of the two edits is not kept. It stays here until you decide which one counts.",
);
/// The dealer looks on.
pub const SHARED: Words = words(
    "同屏模式下不显示核对内容。",
    "The review is hidden while the screen is shared.",
);
/// Nothing is chosen.
pub const PICK: Words = words("选一项来核对", "Choose one to review");
/// Beside a list of which nothing is chosen.
pub const PICK_TEXT: Words = words(
    "左边是两台设备各自改过、互相不知道的内容。两份都还在。",
    "On the left are edits that two devices made without knowing of each other. Both are still here.",
);
/// What happened.
pub const WHY: Words = words(
    "两边改的时候都不知道对方在改。两份都还在，由您决定用哪一份；决定之后可以撤销。",
    "Neither knew of the other's edit. Both are still here; decide which one counts. You can undo it.",
);
/// The record is to be looked at.
pub const OPEN_RECORD: Words = words("打开记录", "Open the record");
/// This device.
pub const ME: Words = words("我（本机）", "Me (this device)");
/// Another device, nobody knows whose.
pub const OTHER_DEVICE: Words = words("另一台设备", "Another device");
/// What the field holds.
pub const STANDS: Words = words("台账现用", "In the book now");
/// What the merge did not keep.
pub const ASIDE: Words = words("未采用", "Not kept");
/// Keeps one's own edit.
pub const KEEP_MINE: Words = words("用我的", "Keep mine");
/// Keeps the other's.
pub const KEEP_THEIRS: Words = words("用对方的", "Keep theirs");
/// Keeps neither of the two, but what was written since.
pub const KEEP_PRESENT: Words = words("保持现在的", "Keep it as it is");
/// Keeps everything that the book holds now.
pub const KEEP_ALL: Words = words("都保持台账现用的", "Keep all as the book has them");
/// Somebody has written something else since.
pub const SINCE: Words = words("之后又改成", "Changed again since");
/// Nothing was entered.
pub const EMPTY: Words = words("（空）", "(empty)");
/// Writes what both meant.
pub const MERGE: Words = words("手工合并", "Merge by hand");
/// What the merge starts with.
pub const MERGE_HINT: Words = words(
    "从台账现用的一份开始改，保存后就以这里为准。",
    "This begins with what the book holds now; what you save counts.",
);
/// Saves what was merged.
pub const SAVE_MERGED: Words = words("保存合并结果", "Save the merged version");
/// Words that only this one has.
pub const MARKED: Words = words(
    "底色标出两份不同的字句",
    "Words in colour differ between the two",
);
/// Whether a record is in the bin.
pub const BIN_STATE: Words = words("是否删除", "Deleted or not");
/// Something that only a newer version knows.
pub const NEWER: Words = words("需要更新版本", "Needs a newer version");
/// What to do about it.
pub const NEWER_TEXT: Words = words(
    "这一项由更新版本的同行写成，本版本看不懂，所以不能在这里决定。更新后再来核对；两份都完好保存。",
    "A newer version of Tongxing wrote this, and this one cannot read it, so it cannot be decided here. Update and come back; both edits are kept as they are.",
);
/// No such conflict.
pub const UNKNOWN: Words = words("这一项已不在这里", "This is no longer here");
/// Back to the list.
pub const TO_LIST: Words = words("返回列表", "Back to the list");
/// What a record was before.
pub const HISTORY: Words = words("修改历史", "History");
/// Back to the form.
pub const TO_FORM: Words = words("返回编辑", "Back to editing");
/// No history.
pub const NO_HISTORY: Words = words(
    "还没有修改记录。今后每次修改，谁在什么时候把什么改成了什么，都会记在这里。",
    "No edits yet. From now on, who changed what, when and from what is told here.",
);
/// The change list could not be read.
pub const HISTORY_FAILED: Words = words(
    "暂时读不出修改历史，请稍后再试。",
    "The history cannot be read right now. Try again in a moment.",
);
/// Writes an old value again.
pub const RESTORE_OLD: Words = words("恢复旧值", "Restore the old value");
/// Writes a value that lost again.
pub const RESTORE_ASIDE: Words = words("改用这一份", "Use this one");
/// It lost against another edit.
pub const LOST: Words = words("合并时未采用", "Not kept by the merge");

/// Whether a record is in the bin.
pub const fn in_bin(lang: Lang, deleted: bool) -> &'static str {
    match deleted {
        true => words("移到回收站", "In the bin"),
        false => words("保留在台账里", "Kept in the book"),
    }
    .in_lang(lang)
}

/// Whether something is among several.
pub fn member(lang: Lang, name: &str, is_in: bool) -> String {
    match (lang, is_in) {
        (Lang::Zh, true) => format!("有「{name}」"),
        (Lang::Zh, false) => format!("没有「{name}」"),
        (Lang::En, true) => format!("With “{name}”"),
        (Lang::En, false) => format!("Without “{name}”"),
    }
}

/// Keeps the edit of somebody.
pub fn keep(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("用{name}的"),
        Lang::En => format!("Keep {name}’s"),
    }
}

/// A conflict was decided.
pub fn decided(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("已核对「{what}」"),
        Lang::En => format!("“{what}” reviewed"),
    }
}

/// All were decided.
pub fn all_decided(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已核对 {count} 项"),
        Lang::En => format!("{count} reviewed"),
    }
}

/// Who decided it, and when.
pub fn decided_by(lang: Lang, name: &str, when: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} 已于 {when} 核对。仍可改用另一份。"),
        Lang::En => format!("{name} reviewed this on {when}. You can still choose the other one."),
    }
}

/// How many wait.
pub fn count(lang: Lang, waiting: usize) -> String {
    match lang {
        Lang::Zh => format!("{waiting} 项待核对"),
        Lang::En => format!("{waiting} to review"),
    }
}

/// A record has conflicts.
pub fn edited_apart(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("有 {count} 处被两台设备各自改过，两份都还在，等您核对。"),
        Lang::En if count == 1 => {
            "Two devices edited one field of this apart. Both versions are kept for you to review."
                .to_owned()
        }
        Lang::En => format!(
            "Two devices edited {count} fields of this apart. Both versions are kept for you to review."
        ),
    }
}

/// What both wrote, in a list.
pub fn between(lang: Lang, one: &str, other: &str) -> String {
    match lang {
        Lang::Zh => format!("{one} 与 {other}"),
        Lang::En => format!("{one} and {other}"),
    }
}

/// An old value was written again.
pub fn restored(lang: Lang, field: &str) -> String {
    match lang {
        Lang::Zh => format!("已恢复「{field}」的旧值"),
        Lang::En => format!("“{field}” has its old value again"),
    }
}

/// Restores an old value of a field, for those who do not see its line.
pub fn restore_what(lang: Lang, field: &str, value: &str) -> String {
    match lang {
        Lang::Zh => format!("把「{field}」恢复为：{value}"),
        Lang::En => format!("Restore “{field}” to: {value}"),
    }
}

/// What is counted.
pub const COUNTED: Words = words("计入", "Counted");
/// How it is counted.
pub const COUNTED_RULE: Words = words(
    "两边同时改过、还没有人核对的栏",
    "Fields that were edited on both sides and that nobody reviewed yet",
);
