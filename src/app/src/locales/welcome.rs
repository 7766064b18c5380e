//! Texts of the first screen.

use super::{Words, words};

/// The screen.
pub const WELCOME: Words = words("欢迎", "Welcome");
/// What the product is about.
pub const MOTTO: Words = words(
    "和每一家经销商，同行",
    "Going the same way, with every dealer",
);
/// What it does.
pub const LEDE: Words = words(
    "拜访前知道谈什么，拜访后两分钟记完，说好的事不会忘。全部数据在这台设备上，没有网络也能用。",
    "Know what to talk about before a visit, note it in two minutes after, forget nothing that was promised. All data stays on this device and works with no network.",
);
/// Brings dealers in from a file.
pub const IMPORT: Words = words("导入我的经销商", "Import my dealers");
/// From which files.
pub const IMPORT_TEXT: Words = words(
    "CSV 或 Excel，表头自动对应",
    "CSV or Excel, columns matched for you",
);
/// Looks around in the demo book.
pub const DEMO: Words = words("先看演示台账", "Look at a demo book first");
/// What it is.
pub const DEMO_TEXT: Words = words(
    "24 家虚构的厨电经销商，一键移除",
    "24 made-up kitchen dealers (in Chinese), removed in one tap",
);
/// Adds a dealer by hand.
pub const ADD: Words = words("添加第一家经销商", "Add the first dealer");
/// What is needed for that.
pub const ADD_TEXT: Words = words(
    "名称就够，其余以后再补",
    "A name is enough, the rest can wait",
);
/// A colleague's team can be joined.
pub const JOIN_TEXT: Words = words("和同事共用一本台账", "Share one book with your colleagues");
/// The team's book is on its way.
pub const IN_TEAM_TEXT: Words = words(
    "已加入，台账同步到这里就能用",
    "You are in; the book appears as it arrives",
);
/// Shown while the demo book is being made.
pub const DEMO_LOADING: Words = words("正在准备演示台账…", "Preparing the demo book…");
/// The demo book is in.
pub const DEMO_LOADED: Words = words(
    "演示台账已就绪，随时可在“设置”中移除",
    "The demo book is ready; remove it in Settings whenever you like",
);
