//! Texts of the quick log of a call or a message.

use super::{Lang, Words, words};

/// What was it?
pub const LOG: Words = words("记下一次沟通", "Write down a contact");
/// How it goes.
pub const HINT: Words = words(
    "点一下就记下，时间算现在；想写几句，先写再点。",
    "One tap writes it down, as of now. To add a few words, write them first.",
);
/// With whom.
pub const WITH: Words = words("和谁", "With whom");
/// With none of the contacts.
pub const NOBODY: Words = words("不写", "Not said");

/// The heading.
pub fn with(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("记一笔 · {dealer}"),
        Lang::En => format!("Note · {dealer}"),
    }
}

/// Opens the log of a dealer, for those who do not see its row.
pub fn log_with(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("记一笔：{dealer}"),
        Lang::En => format!("Note a contact with {dealer}"),
    }
}

/// The channels.
pub const MIX: Words = words("沟通方式（近一年）", "How we meet (last year)");
/// How it is counted.
pub const MIX_TITLE: Words = words("沟通方式怎么算的", "How the channels are counted");

/// How many meetings there were.
pub fn times(lang: Lang, count: u32) -> String {
    match lang {
        Lang::Zh => format!("{count} 次"),
        Lang::En if count == 1 => "once".to_owned(),
        Lang::En => format!("{count} times"),
    }
}
