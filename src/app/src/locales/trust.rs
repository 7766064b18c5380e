//! Texts of trust: news to tell first, how far we trust a dealer, who is who there.

use super::{Lang, Words, words};

/// Bad news that the dealer is to hear from us.
pub const NEWS: Words = words("先告知", "Tell the dealer first");
/// Adds some.
pub const NEW_NEWS: Words = words("记一件", "Add news");
/// Nothing is to be told.
pub const NO_NEWS: Words = words(
    "眼下没有要先告诉对方的事。涨价、限货、换人这类坏消息，记在这里，赶在公开之前亲口告诉。",
    "Nothing to tell right now. Note price rises, shortages or changes of people here, and tell the dealer before it is public.",
);
/// It never becomes public.
pub const NEVER_PUBLIC: Words = words("不会公开", "Will not become public");
/// It was told.
pub const TELL: Words = words("已告知", "Told");
/// What was told, and what need not be told any more.
pub const TOLD: Words = words("已告知的", "Told before");
/// It need not be told any more.
pub const NOT_NEEDED: Words = words("不必告知了", "No longer to tell");
/// How it was told.
pub const HOW_TOLD: Words = words("怎么告知的", "How was it told?");
/// The channel is missing.
pub const SAY_HOW: Words = words("写下是怎么告知的", "Say how it was told");
/// How the rate comes about.
pub const TOLD_FIRST_TITLE: Words = words("先告知率怎么来的", "How “told first” comes about");
/// How far we trust the dealer.
pub const RATING: Words = words("信任评级", "Trust rating");
/// Rates anew.
pub const RATE: Words = words("评一次", "Rate");
/// How it went.
pub const RATING_TITLE: Words = words("信任评级的由来", "How the rating came about");
/// Nobody has rated yet.
pub const NO_RATING: Words = words(
    "还没有评过。凭感受评一次并写下理由，隔一段时间再看，就知道关系是近了还是远了。",
    "Not rated yet. Rate as you feel it and write down why; looking back later tells whether you have come closer.",
);
/// Better than before.
pub const BETTER: Words = words("比上次好", "better than last time");
/// Worse than before.
pub const WORSE: Words = words("不如上次", "worse than last time");
/// Ratings before.
pub const EARLIER: Words = words("以前的评级", "Earlier ratings");
/// The people at the dealer.
pub const PEOPLE: Words = words("关系图", "Who is who");
/// The drawing.
pub const MAP: Words = words("影响力与态度", "Influence and stance");
/// How to read it.
pub const MAP_NOTE: Words = words(
    "越靠上越能拍板，越靠右越支持我们；虚线框是久未见面的拍板人",
    "Higher up: decides more; further right: more for us. A dashed frame marks somebody who decides and was not met for long",
);
/// Nobody judged.
pub const NOT_JUDGED: Words = words("未评", "Not judged");
/// Never met.
pub const NEVER_MET: Words = words("还没见过", "Not met yet");
/// News across dealers.
pub const NEWS_TODAY: Words = words("先告知经销商", "Tell dealers first");

/// Says what is being done about a need.
pub const ANSWER: Words = words("回应", "Answer");
/// What became of a need.
pub const COURSE: Words = words("经过", "What became of it");
/// A need was raised.
pub const RAISED: Words = words("提出", "Raised");
/// An answer says nothing.
pub const SAY_WHAT: Words = words(
    "写下做了什么，或为什么做不到",
    "Say what was done, or why it cannot be done",
);

/// The rate of what was told first.
pub fn told_first(lang: Lang, rate: &str) -> String {
    match lang {
        Lang::Zh => format!("先告知 {rate}"),
        Lang::En => format!("{rate} told first"),
    }
}

/// The day on which news becomes, or became, public.
pub fn public_on(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{day} 公开"),
        Lang::En => format!("public on {day}"),
    }
}

/// How many who decide have not been met for long.
pub fn lost_touch(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 位拍板人超过 90 天没有见面"),
        Lang::En if count == 1 => "One who decides was not met for over 90 days".to_owned(),
        Lang::En => format!("{count} who decide were not met for over 90 days"),
    }
}

/// How the last meeting with somebody is counted.
pub fn met_title(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("与{name}的往来"),
        Lang::En => format!("Meetings with {name}"),
    }
}
