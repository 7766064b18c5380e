//! Texts of the settings.

use super::{Lang, Words, words};

/// How the app looks.
pub const DISPLAY: Words = words("显示", "Display");
/// The language.
pub const LANGUAGE: Words = words("语言", "Language");
/// The names of the languages, each in itself.
pub const LANGUAGES: [&str; 2] = ["中文", "English"];
/// Light or dark.
pub const THEME: Words = words("明暗", "Theme");
/// As the system.
pub const SYSTEM: Words = words("跟随系统", "System");
/// Light.
pub const LIGHT: Words = words("浅色", "Light");
/// Dark.
pub const DARK: Words = words("深色", "Dark");
/// The person.
pub const PERSON: Words = words("我", "Me");
/// Her name.
pub const NAME: Words = words("我的姓名", "My name");
/// What the name is for.
pub const NAME_TEXT: Words = words(
    "记在你的每次修改和待办上，同事就知道是谁",
    "Goes with your edits and actions, so that colleagues know who it was",
);
/// The app on this device.
pub const DEVICE: Words = words("这台设备", "This device");
/// Installing the app.
pub const INSTALL: Words = words("安装到主屏幕", "Install on the home screen");
/// Why.
pub const INSTALL_TEXT: Words = words(
    "像应用一样打开，没有网络也能用，浏览器也更不容易清掉数据",
    "Opens like an app, works with no network, and the browser keeps its data more reliably",
);
/// How, on an iPad or iPhone.
pub const INSTALL_IOS: Words = words(
    "在 Safari 里点工具栏上的“共享”按钮，选“添加到主屏幕”，再点“添加”。",
    "In Safari, tap the Share button in the toolbar, choose “Add to Home Screen”, then “Add”.",
);
/// How, where the browser does not offer it.
pub const INSTALL_ELSEWHERE: Words = words(
    "这个浏览器没有提供安装。在平板的 Chrome、Edge 或 Safari 里打开本页，就可以从浏览器菜单安装。",
    "This browser does not offer it. Open this page in Chrome, Edge or Safari and install it from the browser’s menu.",
);
/// Installs it.
pub const INSTALL_NOW: Words = words("安装", "Install");
/// It is installed.
pub const INSTALLED: Words = words("已安装", "Installed");
/// Where the data is.
pub const STORAGE: Words = words("数据保存", "Data on this device");
/// The browser will not clear the data.
pub const KEPT: Words = words("浏览器已承诺不清除", "The browser has promised to keep it");
/// It may.
pub const AT_RISK: Words = words(
    "空间不足时，浏览器可能清除数据",
    "The browser may clear it when the device runs out of space",
);
/// Nobody knows.
pub const UNKNOWN: Words = words(
    "浏览器没有说明会不会清除",
    "The browser does not say whether it keeps it",
);
/// Kept, in a word.
pub const SAFE: Words = words("安全", "Safe");
/// Asks the browser to keep it.
pub const ASK_TO_KEEP: Words = words("请求长期保存", "Ask to keep it");
/// The browser did not promise.
pub const NOT_PROMISED: Words = words(
    "浏览器暂时没有答应。把同行安装到主屏幕后，多数浏览器会答应。",
    "The browser did not agree for now. Most do once Tongxing is installed on the home screen.",
);
/// What the book holds.
pub const BOOK: Words = words("台账", "The book");
/// How many records of each kind.
pub const COUNTS: Words = words("现有内容", "What it holds");
/// Opens a page.
pub const OPEN: Words = words("打开", "Open");
/// The demo book.
pub const DEMO: Words = words("演示台账", "Demo book");
/// What it is.
pub const DEMO_TEXT: Words = words(
    "24 家虚构的厨电经销商和 18 个月的往来，用来熟悉同行；不会碰你自己的数据",
    "24 made-up kitchen dealers with 18 months of history, to get to know Tongxing; your own data is not touched",
);
/// Loads it.
pub const LOAD: Words = words("载入", "Load");
/// Removes it.
pub const REMOVE: Words = words("移除", "Remove");
/// It was removed.
pub const DEMO_REMOVED: Words = words("演示台账已移除", "The demo book is removed");
/// Records that could not be read.
pub const UNREADABLE: Words = words("读不出的记录", "Unreadable records");
/// Saves them.
pub const EXPORT: Words = words("导出", "Export");
/// A file could not be saved.
pub const NOT_SAVED: Words = words(
    "浏览器没有保存这个文件，请重试",
    "The browser did not save the file; please try again",
);
/// What the records came from cannot be read.
pub const NOT_READ: Words = words(
    "暂时读不了这些记录，请重试",
    "These records cannot be read just now; please try again",
);
/// Keys and version.
pub const ABOUT: Words = words("关于", "About");
/// Keys.
pub const KEYS: Words = words("键盘快捷键", "Keyboard shortcuts");
/// Shows the keys.
pub const KEYS_TEXT: Words = words(
    "接上键盘，全部操作都不用触屏；随时按 ? 查看",
    "With a keyboard, everything works without touch; press ? anywhere to see them",
);
/// The version.
pub const VERSION: Words = words("版本", "Version");
/// The licence.
pub const LICENCE: Words = words("许可", "Licence");
/// Under which the product may be used.
pub const LICENCE_TEXT: Words = words(
    "同行是自由软件，可任选 Apache-2.0 或 MIT 许可使用、修改和分发",
    "Tongxing is free software: use, change and share it under Apache-2.0 or MIT, as you prefer",
);
/// What it is built with.
pub const PARTS: Words = words("使用的开源组件", "Built with");
/// Where data goes.
pub const PRIVACY: Words = words(
    "数据只在这台设备上；同行不连接任何外部服务器，也不做统计。",
    "Your data is on this device only; Tongxing contacts no outside server and counts nothing.",
);

/// How much room is used.
pub fn room(lang: Lang, used: &str) -> String {
    match lang {
        Lang::Zh => format!("已用 {used}"),
        Lang::En => format!("{used} used"),
    }
}

/// How many of something there are.
pub fn count(lang: Lang, what: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{what} {count}"),
        Lang::En => format!("{what}: {count}"),
    }
}

/// How many records could not be read.
pub fn unreadable(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => {
            format!("{count} 条存储记录损坏，已单独保留，不影响其余数据。可导出交给技术支持。")
        }
        Lang::En if count == 1 => "1 stored record is damaged. It was put aside and nothing else is affected. Export it for support.".to_owned(),
        Lang::En => format!("{count} stored records are damaged. They were put aside and nothing else is affected. Export them for support."),
    }
}

/// A size: `820 kB`, `3.2 MB`.
pub fn size(bytes: u64) -> String {
    const KILO: u64 = 1000;
    const MEGA: u64 = 1_000_000;
    if bytes < MEGA {
        return format!("{} kB", bytes.div_ceil(KILO));
    }
    let tenths = bytes / (MEGA / 10);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// What the page is built with, by licence.
pub const PART_LIST: &[(&str, &str)] = &[
    ("MIT", "Leptos, calamine, pinyin, zip"),
    (
        "MIT / Apache-2.0",
        "wasm-bindgen, web-sys, js-sys, gloo, idb, chrono, uuid, thiserror, futures, rustc-hash, crc32fast",
    ),
    ("MIT / Unlicense", "csv, memchr"),
    ("BlueOak-1.0.0", "minicbor"),
];
