//! Texts of contracts, and of risks and who comes after whom.

use super::{Lang, Words, words};

/// What was signed.
pub const CONTRACTS: Words = words("合同与授权", "Contracts and authorisations");
/// Adds one.
pub const NEW_CONTRACT: Words = words("添加合同", "Add a contract");
/// None is there.
pub const NO_CONTRACTS: Words = words(
    "还没有记下合同或授权。记下起止日期，到期前会在“今天”和日历里提醒。",
    "No contract or authorisation is noted yet. With its dates noted, Today and the calendar remind you before it ends.",
);
/// What is renewed or let go.
pub const SETTLED: Words = words("已了结的", "Settled");
/// Renews it.
pub const RENEW: Words = words("续签", "Renew");
/// Lets it go.
pub const LET_GO: Words = words("不再续签", "Let it go");
/// The time is missing.
pub const SAY_HOW_LONG: Words = words("填上新的起止日期", "Say from when to when it holds");
/// How it stands.
pub const STATE_TITLE: Words = words("合同状态怎么来的", "How the contract stands");
/// What to talk about.
pub const TO_RENEW: Words = words("合同到期", "Contracts ending");
/// What may endanger the co-operation.
pub const RISKS: Words = words("接班与风险", "Succession and risks");
/// Adds one.
pub const NEW_RISK: Words = words("记一条", "Add a note");
/// None is there.
pub const NO_RISKS: Words = words(
    "还没有记录。谁接班、全靠一个人、资金紧、竞品挖角，都值得早点写下来，定期看一眼。",
    "Nothing noted yet. Who comes next, all hanging on one person, money, rivals: write it down early and look again now and then.",
);
/// What is over.
pub const OVER: Words = words("已过去的", "Over");
/// It did not come.
pub const GONE: Words = words("已解除", "No longer a risk");
/// It came.
pub const CAME: Words = words("已发生", "It came");
/// How grave it is.
pub const RISK_TITLE: Words = words("风险大小怎么定的", "How grave it is");

/// Until when something holds.
pub fn until(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{day} 到期"),
        Lang::En => format!("until {day}"),
    }
}

/// Who comes after.
pub fn successor(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("接班人 {name}"),
        Lang::En => format!("{name} comes next"),
    }
}

/// When to look again.
pub fn review_on(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{day} 再看"),
        Lang::En => format!("look again on {day}"),
    }
}
