//! Texts of the team: the page, the state of syncing, and what can go wrong.

use super::{Lang, Words, words};

/// The page.
pub const TEAM: Words = words("团队", "Team");
/// What it is for.
pub const SUB: Words = words(
    "几台设备共用一本台账，各自离线也能写",
    "Several devices share one book, and each can write offline",
);
/// Not while the dealer sees the screen.
pub const SHARED: Words = words("同屏时不显示团队", "Not while the screen is shared");
/// Why.
pub const SHARED_TEXT: Words = words(
    "邀请和恢复单里有团队的钥匙，只给自己人看。结束同屏后再来。",
    "Invites and recovery sheets hold the team’s key and are for colleagues only. End shared-screen mode first.",
);
/// What the settings say without a team.
pub const NO_TEAM: Words = words(
    "这台设备还没有加入团队，台账只在本机",
    "This device is in no team; the book is on this device alone",
);

/// Open work of people who are not in the team.
pub const LEFT_BEHIND: Words = words("成员之外的待办", "Open work of others");
/// What that may be.
pub const LEFT_BEHIND_TEXT: Words = words(
    "这些负责人不在成员里：可能已离开团队，也可能是没有账号的同事。已办完的仍记在原来的人名下。",
    "These owners are not among the members: they may have left, or be colleagues without an account. What is done keeps its owner.",
);
/// To whom it goes.
pub const HAND_OVER: Words = words("交给…", "Hand over to…");

/// Founds a team.
pub const FOUND: Words = words("创建团队", "Create a team");
/// What that means.
pub const FOUND_TEXT: Words = words(
    "这本台账成为团队台账，再邀请同事加入。内容在设备上加密，端点只转存密文，谁运行它都读不到。",
    "This book becomes the team’s; then invite colleagues. Everything is sealed on the device: the endpoint passes on what it cannot read, whoever runs it.",
);
/// Where the endpoint is.
pub const ADDRESS: Words = words("端点地址", "Endpoint address");
/// What to enter there.
pub const ADDRESS_HELP: Words = words(
    "运行 tongxing-server 的地址，例如 https://teams.example.com",
    "Where tongxing-server runs, such as https://teams.example.com",
);
/// How the others will call this person.
pub const YOUR_NAME: Words = words("你的名字", "Your name");
/// Why it is asked for.
pub const YOUR_NAME_HELP: Words = words(
    "同事在成员名单里看到它，端点看不到",
    "Colleagues see it among the members; the endpoint cannot",
);
/// A token for founding.
pub const SIGN_UP: Words = words("开通口令（选填）", "Sign-up token (optional)");
/// When it is needed.
pub const SIGN_UP_HELP: Words = words(
    "只有端点要求时才需要，向运行端点的人索取",
    "Only if the endpoint asks for one; whoever runs it has it",
);
/// The button while something is on its way.
pub const ASKING: Words = words("正在联系端点…", "Asking the endpoint…");

/// Joins a team.
pub const JOIN: Words = words("加入团队", "Join a team");
/// How.
pub const JOIN_TEXT: Words = words(
    "扫同事给的二维码，或把邀请链接粘贴到这里。恢复单上的文字也可以在这里输入。",
    "Scan a colleague’s code, or paste the invite link here. The text of a recovery sheet can be entered here too.",
);
/// The field for it.
pub const INVITE_FIELD: Words = words("邀请链接或恢复单", "Invite link or recovery sheet");
/// An invite was opened.
pub const INVITED: Words = words("你收到一份团队邀请", "You are invited to a team");
/// Whose name is missing.
pub const NAME_MISSING: Words = words("请写上你的名字", "Please enter your name");
/// The address is none.
pub const ADDRESS_WRONG: Words = words(
    "地址不对，应当像 https://teams.example.com",
    "That is no address; it should look like https://teams.example.com",
);
/// What was pasted is neither.
pub const NOT_AN_INVITE: Words = words(
    "这不是邀请链接，也不是恢复单。请复制整条链接（含 #/join/ 之后的部分）。",
    "This is neither an invite link nor a recovery sheet. Copy the whole link, with what follows #/join/.",
);
/// Letters are wrong.
pub const MISTYPED: Words = words(
    "有字母缺失或写错，请与原文逐组核对。",
    "A letter is missing or wrong; compare it with the original group by group.",
);
/// A newer version wrote it.
pub const INVITE_NEWER: Words = words(
    "这份邀请来自更新版本的同行，请先更新本页。",
    "This invite comes from a newer version of Tongxing; update this page first.",
);

/// What becomes of the book here.
pub const OWN_BOOK: Words = words("这台设备上已有的台账", "The book that is on this device");
/// It is brought in.
pub const BRING_IN: Words = words("并入团队台账", "Bring it into the team’s book");
/// What that means.
pub const BRING_IN_TEXT: Words = words(
    "两边合成一本，什么都不会丢，同事也会看到",
    "Both become one; nothing is lost, and colleagues see it too",
);
/// It is removed.
pub const REMOVE_OWN: Words = words(
    "另存后换成团队台账",
    "Save it as a file, then use the team’s book",
);
/// What that means.
pub const REMOVE_OWN_TEXT: Words = words(
    "先存成一个文件，再从本机移除；以后可在“导出”页恢复",
    "It is saved as a file first, then taken off this device; the export page can bring it back",
);
/// The demo book is still there.
pub const DEMO_HERE: Words = words(
    "台账里还有演示数据，加入后同事也会看到。",
    "The demo book is still here; colleagues would see it too.",
);
/// Takes it away first.
pub const REMOVE_DEMO: Words = words("先移除演示数据", "Remove the demo book first");
/// The copy could not be saved.
pub const COPY_FAILED: Words = words(
    "没能存下副本，所以什么都没有改动。请到“导出”页存一份再来。",
    "The copy could not be saved, so nothing was changed. Save one on the export page, then try again.",
);
/// Founded.
pub const FOUNDED: Words = words(
    "团队已创建，可以邀请同事了",
    "The team is ready; invite your colleagues",
);
/// Joined.
pub const JOINED: Words = words(
    "已加入团队，正在下载台账",
    "You are in; the book is on its way",
);

/// How syncing stands.
pub const SYNC: Words = words("同步", "Sync");
/// Syncs now.
pub const SYNC_NOW: Words = words("立即同步", "Sync now");
/// Opens the page.
pub const OPEN_TEAM: Words = words("打开团队页", "Open the team page");
/// Invites somebody.
pub const INVITE: Words = words("邀请同事", "Invite a colleague");
/// How.
pub const INVITE_TEXT: Words = words(
    "一份邀请只能让一台设备加入一次。请当面扫码，或用可信的方式发送：链接里有团队的钥匙。",
    "An invite lets one device in, once. Let it be scanned face to face, or send it by a way you trust: it holds the team’s key.",
);
/// What the newcomer may do.
pub const ROLE: Words = words("角色", "Role");
/// The roles, from the least on.
pub const ROLES: [Words; 3] = [
    words("只读", "Viewer"),
    words("成员", "Member"),
    words("负责人", "Owner"),
];
/// What each may do.
pub const ROLES_TEXT: [Words; 3] = [
    words("能看，不能改", "reads, changes nothing"),
    words("能看能改", "reads and writes"),
    words(
        "能看能改，还能邀请和移除成员",
        "reads and writes, lets others in and puts them out",
    ),
];
/// For how long it is good.
pub const LIFETIME: Words = words("有效期", "Good for");
/// The choices.
pub const LIFETIMES: [Words; 3] = [
    words("1 小时", "1 hour"),
    words("1 天", "1 day"),
    words("7 天", "7 days"),
];
/// Makes it.
pub const MAKE_INVITE: Words = words("生成邀请", "Make an invite");
/// The code for a camera.
pub const CODE: Words = words("邀请二维码", "Code to scan");
/// Copies the link.
pub const COPY_LINK: Words = words("复制链接", "Copy the link");
/// Passes it on.
pub const SHARE_LINK: Words = words("发送链接", "Send the link");
/// It was copied.
pub const COPIED: Words = words("链接已复制", "The link is copied");
/// It was not.
pub const NOT_COPIED: Words = words(
    "浏览器没有复制成功，请长按链接复制",
    "The browser did not copy it; copy the link by hand",
);
/// The link itself.
pub const LINK: Words = words("邀请链接", "Invite link");
/// Done with it.
pub const DONE: Words = words("完成", "Done");
/// Invites that nobody used.
pub const OPEN_INVITES: Words = words("未使用的邀请", "Invites not used yet");
/// Takes one back.
pub const CANCEL_INVITE: Words = words("撤回", "Take back");
/// It was taken back.
pub const CANCELLED: Words = words("邀请已撤回", "The invite is taken back");
/// One that stands on a sheet.
pub const ON_SHEET: Words = words("恢复单", "Recovery sheet");

/// Who is in the team.
pub const MEMBERS: Words = words("成员", "Members");
/// This device.
pub const ME: Words = words("本机", "this device");
/// Somebody without a name.
pub const NAMELESS: Words = words("未署名的设备", "A device without a name");
/// Those who are gone.
pub const GONE: Words = words("已离开", "Left");
/// Puts somebody out.
pub const REVOKE: Words = words("移出团队", "Put out of the team");
/// Asks whether to.
pub const REVOKE_TEXT: Words = words(
    "从下一次请求起，这台设备再也收不到、发不出任何内容。已经在设备上的台账会留在那里，无法远程删除。",
    "From its next request on, the device receives and sends nothing more. What is on it already stays there and cannot be deleted from afar.",
);
/// Somebody was put out.
pub const REVOKED: Words = words("已移出团队", "Put out of the team");
/// A role was changed.
pub const ROLE_CHANGED: Words = words("角色已更改", "The role is changed");
/// The list is being asked for.
pub const LOADING: Words = words("正在读取成员名单…", "Reading the list of members…");

/// It cannot be had without a network.
pub const OFFLINE_LIST: Words = words(
    "成员名单在端点上，联网后显示。",
    "The list of members is at the endpoint; it shows once there is a network.",
);

/// The recovery sheet.
pub const RECOVERY: Words = words("恢复单", "Recovery sheet");
/// What it is for.
pub const RECOVERY_TEXT: Words = words(
    "所有设备都丢了，凭这张纸也能找回团队台账。打印一张锁进保险柜；谁拿到它，谁就能以负责人身份加入一次。重新生成后，旧的作废。",
    "If every device is lost, this sheet still opens the team’s book. Print one and lock it away: whoever holds it can join once, as an owner. A new sheet makes older ones void.",
);
/// Makes it.
pub const MAKE_RECOVERY: Words = words("生成恢复单", "Make a recovery sheet");
/// Prints it.
pub const PRINT: Words = words("打印", "Print");
/// How to use it, on the sheet.
pub const RECOVERY_USE: Words = words(
    "在任何一台设备上打开同行，进入“团队 → 加入团队”，输入端点地址和下面的文字。大小写、空格都不要紧。",
    "On any device open Tongxing, go to Team → Join a team, and enter the endpoint’s address and the text below. Capitals and spaces do not matter.",
);

/// Leaves.
pub const LEAVE: Words = words("退出团队", "Leave the team");
/// Asks whether to.
pub const LEAVE_ASKED: Words = words("退出团队？", "Leave the team?");
/// What that means.
pub const LEAVE_TEXT: Words = words(
    "台账留在这台设备上，不再同步。要回来，需要新的邀请。",
    "The book stays on this device and is no longer synced. To come back you need a new invite.",
);
/// Forgets without asking the endpoint.
pub const FORGET: Words = words("只在本机退出", "Leave on this device only");
/// What that means.
pub const FORGET_TEXT: Words = words(
    "端点联系不上时用。成员名单里还会有这台设备，请负责人移出。",
    "For when the endpoint cannot be reached. The device stays on the list of members until an owner puts it out.",
);
/// Left.
pub const LEFT: Words = words(
    "已退出团队，台账仍在本机",
    "You have left; the book is still here",
);
/// What the endpoint sees.
pub const SEES: Words = words("端点能看到什么", "What the endpoint can see");
/// That.
pub const SEES_TEXT: Words = words(
    "看得到：有哪些设备、各自的角色、从哪里何时访问、有多少条记录、每条多大、何时改动。看不到：任何内容、姓名、照片。",
    "It sees which devices there are and their roles, from where and when they ask, how many records there are, how large, and when each changes. It sees no content, no name and no photo.",
);

/// In one word: both have the same.
pub const UP_TO_DATE: Words = words("已同步", "Synced");
/// In one word: on its way.
pub const SYNCING: Words = words("同步中", "Syncing");
/// In one word: the first download.
pub const FETCHING: Words = words("下载中", "Fetching");
/// In one word: no network.
pub const OFFLINE: Words = words("离线", "Offline");
/// In one word: no answer yet.
pub const STARTING: Words = words("准备同步", "Getting ready");
/// In one word: it is tried again.
pub const RETRYING: Words = words("稍后再试", "Will retry");
/// In one word: somebody has to do something.
pub const ATTENTION: Words = words("需要处理", "Needs you");
/// What offline means.
pub const OFFLINE_TEXT: Words = words(
    "现在没有网络。所有修改都存在这台设备上，联网后自动同步。",
    "There is no network. Every change is kept on this device and synced once there is one.",
);
/// It is on its way.
pub const SYNCING_TEXT: Words = words("正在与团队交换修改。", "Exchanging changes with the team.");
/// Nothing is known yet.
pub const STARTING_TEXT: Words = words("正在打开同步。", "Sync is starting.");
/// It is tried again.
pub const RETRYING_TEXT: Words = words(
    "会自动再试，不用等在这里；修改都已存在本机。",
    "It is tried again by itself, no need to wait; every change is kept on this device.",
);
/// A viewer's changes.
pub const READ_ONLY_TEXT: Words = words(
    "你的角色是“只读”。这台设备上的修改不会发给团队，请负责人更改角色。",
    "Your role is Viewer. Changes made on this device are not sent; ask an owner for another role.",
);

/// Another device's clock is wrong.
pub const FAR_FUTURE: Words = words(
    "收到的修改里有来自未来的时间：团队里有设备的时钟走快了。内容已收下，请提醒同事校准时钟。",
    "Some changes came with a time in the future: a colleague’s clock runs ahead. They are taken in; ask for that clock to be set.",
);

/// So many wait.
pub fn waiting_short(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("待同步 {count}"),
        Lang::En => format!("{count} to sync"),
    }
}

/// So many wait, in a sentence.
pub fn waiting(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条记录等待发送。"),
        Lang::En if count == 1 => "1 record waits to be sent.".to_owned(),
        Lang::En => format!("{count} records wait to be sent."),
    }
}

/// When both last had the same.
pub fn up_to_date(lang: Lang, at: &str) -> String {
    match lang {
        Lang::Zh => format!("本机和团队一致，最后核对 {at}。"),
        Lang::En => format!("This device and the team have the same, as of {at}."),
    }
}

/// How far everything has come.
pub fn fetched(lang: Lang, done: u64, total: u64) -> String {
    match lang {
        Lang::Zh => format!("正在下载团队台账：{done} / {total}。中断了会接着来。"),
        Lang::En => format!(
            "Fetching the team’s book: {done} of {total}. It goes on where it was interrupted."
        ),
    }
}

/// Records that cannot be sent.
pub fn too_long(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条记录太长，只留在本机。请缩短其中的长文字。"),
        Lang::En => format!(
            "Too long to be sent: {count}. They stay on this device; shorten their long texts."
        ),
    }
}

/// Signatures and photos that have not been sent yet.
pub fn blobs_waiting(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 个签名或照片还没有发给团队。"),
        Lang::En => format!("Signatures and photos that the team does not have yet: {count}."),
    }
}

/// Records that cannot be opened.
pub fn unopened(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 条记录来自更新版本，请更新本页后再看。"),
        Lang::En => format!("Written by a newer version: {count}. Update this page to see them."),
    }
}

/// The clock is wrong by so many minutes, told in hours or days where they are many.
pub fn clock_off(lang: Lang, minutes: u64) -> String {
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;
    let nearest = |unit: u64| (minutes + unit / 2) / unit;
    let (count, zh, en) = match minutes {
        ..=119 => (minutes, "分钟", "minutes"),
        120..=2_879 => (nearest(HOUR), "小时", "hours"),
        _ => (nearest(DAY), "天", "days"),
    };
    match lang {
        Lang::Zh => format!(
            "这台设备的时钟差了约 {count} {zh}。修改的先后已按端点时间校正，请在系统设置里调准时钟。"
        ),
        Lang::En => format!(
            "This device’s clock is off by some {count} {en}. The order of changes is corrected by the endpoint’s time; set the clock in the system settings."
        ),
    }
}

/// Where the team's endpoint is.
pub fn at(lang: Lang, address: &str) -> String {
    match lang {
        Lang::Zh => format!("端点 {address}"),
        Lang::En => format!("Endpoint {address}"),
    }
}

/// Until when an invite is good.
pub fn until(lang: Lang, when: &str) -> String {
    match lang {
        Lang::Zh => format!("{when} 前有效"),
        Lang::En => format!("good until {when}"),
    }
}

/// Since when somebody is in the team.
pub fn since(lang: Lang, when: &str) -> String {
    match lang {
        Lang::Zh => format!("{when} 加入"),
        Lang::En => format!("joined {when}"),
    }
}

/// Makes somebody's role another.
pub const MAKE_ROLE: [Words; 3] = [
    words("改为只读", "Make a viewer"),
    words("改为成员", "Make a member"),
    words("改为负责人", "Make an owner"),
];

/// Asks before somebody is put out.
pub fn revoke_whom(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("把 {name} 移出团队？"),
        Lang::En => format!("Put {name} out of the team?"),
    }
}

/// On which day a sheet was made.
pub fn made_on(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("生成于 {day}"),
        Lang::En => format!("Made on {day}"),
    }
}

/// The file of the book that was here before.
pub fn own_book_file(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("加入团队前的台账-{day}.json"),
        Lang::En => format!("book-before-the-team-{day}.json"),
    }
}

/// The endpoint cannot be reached.
pub const UNREACHABLE: Words = words(
    "联系不上端点。请检查网络和地址；若页面和端点不在同一网站，端点要允许本页的来源。",
    "The endpoint cannot be reached. Check the network and the address; if the page is on another site, the endpoint has to allow it.",
);
/// It is busy.
pub const BUSY: Words = words(
    "端点正忙或磁盘已满，什么都没有丢。",
    "The endpoint is busy or its disk is full; nothing is lost.",
);
/// Somebody else answered.
pub const NOT_AN_ENDPOINT: Words = words(
    "这个地址上没有同行的端点。请向运行端点的人核对地址。",
    "There is no Tongxing endpoint at this address. Ask whoever runs it.",
);
/// Not protected.
pub const INSECURE: Words = words(
    "这个地址没有 https 保护，浏览器不会连接。请用 https:// 开头的地址。",
    "This address is not protected by https, and browsers do not connect to it. Use one that begins with https://.",
);
/// The page is old.
pub const NEEDS_NEWER_PAGE: Words = words(
    "端点的版本更新，请更新本页。",
    "The endpoint is newer; update this page.",
);
/// The endpoint is old.
pub const NEEDS_NEWER_ENDPOINT: Words = words(
    "端点的版本太旧，请通知运行端点的人更新。",
    "The endpoint is too old; ask whoever runs it to update it.",
);
/// Put out.
pub const NO_LONGER_MEMBER: Words = words(
    "这台设备已不在团队里，不再收发内容。台账仍在本机；要回来，请向负责人要新的邀请。",
    "This device is no longer in the team and receives and sends nothing. The book is still here; ask an owner for a new invite to come back.",
);
/// Not allowed.
pub const FORBIDDEN: Words = words(
    "你的角色不能做这件事，请找负责人。",
    "Your role does not allow this; ask an owner.",
);
/// Founding is not allowed.
pub const FORBIDDEN_FOUNDING: Words = words(
    "这个端点不开放创建，或需要正确的开通口令。请向运行端点的人索取。",
    "This endpoint takes no new teams, or wants the right sign-up token. Ask whoever runs it.",
);
/// Not there.
pub const NOT_FOUND: Words = words(
    "对方已不在了，名单已经刷新。",
    "It is not there any more; the list was read again.",
);
/// Used up.
pub const INVITE_INVALID: Words = words(
    "这份邀请不存在、已被使用或已过期。请向负责人要一份新的。",
    "This invite is unknown, has been used, or has expired. Ask an owner for a new one.",
);
/// No room.
pub const FULL: Words = words(
    "团队在端点上的空间用完了。修改都在本机；请通知运行端点的人加大空间。",
    "The team’s space on the endpoint is used up. Changes are kept on this device; ask whoever runs the endpoint for more.",
);
/// The last owner.
pub const CONFLICT: Words = words(
    "团队至少要有一位负责人。请先把另一位成员设为负责人。",
    "A team needs an owner. Make another member an owner first.",
);
/// The wrong key.
pub const WRONG_KEY: Words = words(
    "邀请里的钥匙不是这个团队的，所以没有加入，也没有发送任何内容。请要一份新的邀请。",
    "The key in the invite is not this team’s, so you have not joined and nothing was sent. Ask for a new invite.",
);
/// The endpoint failed.
pub const FAILED: Words = words(
    "端点出错了，它的日志里有原因。",
    "The endpoint failed; its log tells why.",
);
/// The device failed.
pub const DISK: Words = words(
    "这台设备没能存下来，请看页面上方的提示。",
    "This device could not store it; see the notice above the page.",
);
/// No randomness.
pub const NO_RANDOMNESS: Words = words(
    "浏览器不提供随机数，无法加密。请换一个浏览器。",
    "This browser gives no random numbers, so nothing can be sealed. Use another browser.",
);

/// How much open work somebody has.
pub fn open_work(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 项待办"),
        Lang::En if count == 1 => "1 open item".to_owned(),
        Lang::En => format!("{count} open items"),
    }
}

/// To whom somebody's work goes.
pub fn hand_over(lang: Lang, owner: &str) -> String {
    match lang {
        Lang::Zh => format!("把{owner}的待办交给"),
        Lang::En => format!("Hand over {owner}’s work to"),
    }
}

/// It went there.
pub fn handed_over(lang: Lang, owner: &str, heir: &str) -> String {
    match lang {
        Lang::Zh => format!("{owner}的待办已交给{heir}"),
        Lang::En => format!("{owner}’s work is {heir}’s now"),
    }
}
