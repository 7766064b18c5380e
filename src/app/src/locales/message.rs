//! Texts of a message to a dealer.

use super::{Lang, Words, words};

/// Writes one.
pub const WRITE: Words = words("写消息", "Write a message");
/// What it says.
pub const TEXT: Words = words("消息内容", "What it says");
/// What happens to it.
pub const HINT: Words = words(
    "分享、复制或发邮件后，会记为一次消息。",
    "Once it is shared, copied or mailed, it is written down as a message.",
);

/// To whom it goes.
pub fn to(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("给{dealer}的消息"),
        Lang::En => format!("A message to {dealer}"),
    }
}
