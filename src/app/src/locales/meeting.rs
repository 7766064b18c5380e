//! Texts of the Meeting page.

use super::{Lang, Words, words};
use crate::state::route::VisitStep;
use tongxing_domain::tables::{Channel, Side};

/// Minutes.
pub const MINUTES: Words = words("纪要", "Minutes");
/// What a line can become.
pub const TURN_LINE: Words = words("把这一行变成", "Turn this line into");
/// An action.
pub const ACTION: Words = words("待办", "Action");
/// A promise of our side.
pub const OUR_PROMISE: Words = words("我方承诺", "Our promise");
/// A promise of the dealer.
pub const THEIR_PROMISE: Words = words("对方承诺", "Their promise");
/// A step of a plan.
pub const STEP: Words = words("步骤", "Step");
/// An issue.
pub const ISSUE: Words = words("问题", "Issue");
/// A need.
pub const NEED: Words = words("需求", "Need");
/// The agenda.
pub const AGENDA: Words = words("议程", "Agenda");
/// What could be talked about.
pub const PROPOSED: Words = words("建议议题", "Suggested");
/// Takes all suggestions.
pub const ADD_ALL: Words = words("全部加入", "Add all");
/// One more item.
pub const ADD_ITEM: Words = words("再加一项", "Add one more");
/// Adds it.
pub const ADD: Words = words("加入", "Add");
/// An item's name for those who do not see it.
pub const NEW_ITEM: Words = words("新增议题", "Add to the agenda");
/// Moves an item up.
pub const MOVE_UP: Words = words("上移", "Move up");
/// Moves an item down.
pub const MOVE_DOWN: Words = words("下移", "Move down");
/// Takes an item off the agenda.
pub const REMOVE: Words = words("移出议程", "Take off the agenda");
/// An item was taken off.
pub const REMOVED: Words = words("已移出议程", "Taken off the agenda");
/// Nothing on the agenda.
pub const NO_AGENDA: Words = words(
    "还没有议题。下面是按未结事项、目标和需求列出的建议，也可以自己加。",
    "Nothing here yet. Below are suggestions from open items, goals and needs; you can add your own.",
);
/// Nothing on the agenda, and nothing to suggest.
pub const NO_AGENDA_AT_ALL: Words = words(
    "还没有议题。写下这次想谈的第一件事。",
    "Nothing here yet. Write down the first thing to talk about.",
);
/// The facts at a glance.
pub const GLANCE: Words = words("先看一眼", "At a glance");
/// The facts beside the agenda.
pub const BRING: Words = words("沟通前", "Before you go");
/// Last contact.
pub const LAST_CONTACT: Words = words("上次联系", "Last contact");
/// Open promises.
pub const OPEN_PROMISES: Words = words("未结承诺", "Open promises");
/// Goals that fall behind.
pub const GOALS_BEHIND: Words = words("落后目标", "Goals behind");
/// None.
pub const NONE: Words = words("无", "None");
/// Never.
pub const NEVER: Words = words("还没有", "None yet");
/// Who takes part.
pub const WHO: Words = words("见谁", "Who");
/// Who is there.
pub const PRESENT: Words = words("在场", "Present");
/// Someone else.
pub const GUEST: Words = words("其他人", "Someone else");
/// No contacts yet.
pub const NO_CONTACTS: Words = words(
    "这家还没有联系人。到场的人可以直接写名字。",
    "No contacts yet. Write the names of who is there.",
);
/// When and what about.
pub const WHEN: Words = words("时间与目的", "When and why");
/// Change them.
pub const EDIT: Words = words("修改", "Edit");
/// What was said last time.
pub const LAST_TIME: Words = words("上次说了什么", "Last time");
/// Purpose.
pub const PURPOSE: Words = words("目的", "Purpose");
/// No date yet.
pub const NO_DATE: Words = words("未定时间", "No time set");
/// Notes for the team only.
pub const INTERNAL_NOTES: Words = words("内部备注", "Internal notes");
/// What belongs into them.
pub const INTERNAL_HINT: Words = words(
    "只有团队能看到，同屏时隐藏",
    "Only the team sees this; hidden while the screen is shared",
);
/// The address.
pub const ADDRESS: Words = words("地址", "Address");
/// Opens a map.
pub const MAP: Words = words("看地图", "Open map");
/// No address yet.
pub const NO_ADDRESS: Words = words("还没有地址", "No address yet");
/// Add it.
pub const ADD_ADDRESS: Words = words("补上地址", "Add the address");
/// Sets the start back.
pub const START_AGAIN: Words = words("撤回签到", "Take back");
/// It was taken back.
pub const START_TAKEN_BACK: Words = words("已撤回开始时间", "Start taken back");
/// Agreed this time.
pub const AGREED: Words = words("这次说好的", "Agreed this time");
/// What our side does.
pub const BY_US: Words = words("我方", "By us");
/// What the dealer does.
pub const BY_THEM: Words = words("经销商", "By the dealer");
/// What both look at.
pub const BY_BOTH: Words = words("需求与问题", "Needs and issues");
/// Nothing was agreed.
pub const NOTHING_AGREED: Words = words(
    "还没有记下约定。回到「沟通」把一行纪要变成待办或承诺，或在这里直接加。",
    "Nothing yet. Turn a line of the minutes into an action or a promise, or add one here.",
);
/// Adds an action.
pub const ADD_ACTION: Words = words("加待办", "Add action");
/// Adds a promise.
pub const ADD_PROMISE: Words = words("加承诺", "Add promise");
/// Promises from before.
pub const EARLIER: Words = words("之前的承诺，这次结了吗？", "Earlier promises: settled?");
/// What is beside.
pub const EARLIER_ASIDE: Words = words("之前的约定", "From before");
/// Nothing from before.
pub const NO_EARLIER: Words = words("没有未结的承诺。", "No open promises.");
/// No due date.
pub const NO_DUE: Words = words("缺到期日", "No due date");
/// No owner.
pub const NO_OWNER: Words = words("缺负责人", "No owner");
/// Due date of an item, for those who do not see it.
pub const DUE: Words = words("到期日", "Due date");
/// Passes the summary on.
pub const SHARE: Words = words("发给对方", "Send");
/// Copies it.
pub const COPY: Words = words("复制", "Copy");
/// Writes a mail with it.
pub const MAIL: Words = words("邮件", "Mail");
/// Prints it.
pub const PRINT: Words = words("打印", "Print");
/// It lies on the clipboard.
pub const COPIED: Words = words(
    "已复制，可粘贴到微信或邮件",
    "Copied; paste it into a message or mail",
);
/// It was passed on.
pub const PASSED_ON: Words = words("已发出", "Passed on");
/// Neither worked.
pub const NOT_COPIED: Words = words(
    "浏览器不允许复制。请选中下面的文字手动复制。",
    "The browser does not allow copying. Select the text below and copy it by hand.",
);
/// The summary as text.
pub const SUMMARY_TEXT: Words = words("给对方的全文", "The message in full");
/// The next meeting.
pub const NEXT: Words = words("下次", "Next time");
/// The date.
pub const DATE: Words = words("日期", "Date");
/// The time of day.
pub const TIME: Words = words("时间", "Time");
/// The channel.
pub const CHANNEL: Words = words("方式", "Channel");
/// No next meeting.
pub const NO_NEXT: Words = words("不约", "None");
/// The date is missing or past.
pub const DATE_FAULT: Words = words("请选今天或以后的日期", "Choose today or a later date");
/// How the date is worked out.
pub const WHY_DATE: Words = words("日期怎么来的", "How the date is worked out");
/// No next meeting is planned.
pub const NO_NEXT_TEXT: Words = words("不安排下次沟通", "No next meeting is planned");
/// What was written down.
pub const WRITTEN_DOWN: Words = words("这次记下的", "Written down this time");
/// Unfinished agenda.
pub const NOT_DISCUSSED: Words = words("没谈到的议题", "Not talked about");
/// Carried over.
pub const CARRY_OVER: Words = words("带到下次议程", "Carry over to the next agenda");
/// Opens a closed meeting again.
pub const REOPEN: Words = words("重新打开", "Reopen");
/// It was opened again.
pub const REOPENED: Words = words("已重新打开", "Reopened");
/// Calls a meeting off.
pub const CALL_OFF: Words = words("取消这次沟通", "Call it off");
/// It was called off.
pub const CALLED_OFF: Words = words("已取消", "Called off");
/// About a meeting that was called off.
pub const CALLED_OFF_TEXT: Words = words(
    "这次沟通已取消。可以恢复后改个时间。",
    "This meeting was called off. You can restore it and change its time.",
);
/// Puts it back.
pub const RESTORE: Words = words("恢复", "Restore");
/// It was put back.
pub const RESTORED: Words = words("已恢复", "Restored");
/// Typing came back.
pub const DRAFT_RESTORED: Words = words(
    "已找回上次没来得及保存的纪要",
    "Minutes that were not saved in time are back",
);
/// No such meeting.
pub const NOT_FOUND: Words = words("找不到这次沟通", "This meeting cannot be found");
/// What to do then.
pub const NOT_FOUND_TEXT: Words = words(
    "它可能在另一台设备上，还没有同步过来。",
    "It may be on another device and not be here yet.",
);
/// The meeting is in the bin.
pub const IN_BIN: Words = words("这次沟通在回收站里", "This meeting is in the bin");
/// The dealer is in the bin.
pub const DEALER_IN_BIN: Words = words("这家经销商在回收站里", "The dealer is in the bin");
/// Goes to Today.
pub const TO_TODAY: Words = words("回到今天", "Go to Today");
/// A step back.
pub const BACK: Words = words("上一步", "Back");
/// Kept at once.
pub const KEPT_AT_ONCE: Words = words("随时存在本机", "Kept on this device as you go");
/// Chooses a plan.
pub const CHOOSE_PLAN: Words = words("放进哪个行动计划", "Which plan does it belong to");
/// Begins a plan.
pub const NEW_PLAN: Words = words("新的行动计划", "New plan");
/// Saving.
pub const SAVING: Words = words("正在保存…", "Saving…");
/// Saved.
pub const SAVED: Words = words("已保存", "Saved");
/// Not saved.
pub const NOT_SAVED: Words = words("还没存到本机，请不要关闭", "Not stored yet; do not close");
/// Outcomes of a closed meeting.
pub const OUTCOMES: Words = words("约定", "Agreed");
/// A closed meeting without minutes.
pub const NO_MINUTES: Words = words("没有写纪要。", "No minutes were written.");
/// Facts.
pub const FACTS: Words = words("情况", "Facts");
/// Started and ended.
pub const TOOK_PLACE: Words = words("进行时间", "Took place");
/// Remove the guest.
pub const NAME: Words = words("姓名", "Name");
/// Closed.
pub const CLOSED: Words = words("已完成", "Closed");
/// Dealer's page.
pub const TO_DEALER: Words = words("经销商页面", "Dealer page");

/// The steps' names. Only a visit has an arrival.
pub const fn step(step: VisitStep, channel: Option<Channel>) -> Words {
    match (step, channel) {
        (VisitStep::Prepare, _) => words("准备", "Prepare"),
        (VisitStep::CheckIn, Some(Channel::Visit | Channel::Workshop)) => words("签到", "Check in"),
        (VisitStep::CheckIn, _) => words("开始", "Start"),
        (VisitStep::Run, _) => words("沟通", "Talk"),
        (VisitStep::Agree, _) => words("约定", "Agree"),
        (VisitStep::Close, _) => words("收尾", "Close"),
    }
}

/// The button that starts a meeting.
pub const fn start(channel: Option<Channel>) -> Words {
    match channel {
        Some(Channel::Visit) => words("到店签到", "Check in now"),
        Some(Channel::Workshop) => words("到场签到", "Check in now"),
        Some(Channel::Call) => words("开始通话", "Start the call"),
        Some(Channel::Video) => words("开始视频", "Start the video call"),
        _ => words("现在开始", "Start now"),
    }
}

/// What starting does.
pub const fn start_text(channel: Option<Channel>) -> Words {
    match channel {
        Some(Channel::Visit | Channel::Workshop) => words(
            "点一下记下到达时间，没有网络也可以。",
            "One tap notes when you arrived. No network is needed.",
        ),
        _ => words(
            "点一下记下开始时间，没有网络也可以。",
            "One tap notes when it began. No network is needed.",
        ),
    }
}

/// It was started.
pub fn started(lang: Lang, channel: Option<Channel>, at: &str) -> String {
    match (lang, channel) {
        (Lang::Zh, Some(Channel::Visit | Channel::Workshop)) => format!("{at} 已签到"),
        (Lang::Zh, _) => format!("{at} 已开始"),
        (Lang::En, Some(Channel::Visit | Channel::Workshop)) => format!("Checked in at {at}"),
        (Lang::En, _) => format!("Started at {at}"),
    }
}

/// The button that ends a meeting.
pub fn finish(lang: Lang, channel: Option<Channel>) -> String {
    let channel = channel.map_or("", |channel| channel.words().in_lang(lang));
    match lang {
        Lang::Zh => format!("完成{channel}"),
        Lang::En => format!("Finish the {}", channel.to_lowercase()),
    }
}

/// It was ended.
pub fn finished(lang: Lang, channel: Option<Channel>, next: Option<&str>) -> String {
    let channel = channel.map_or("", |channel| channel.words().in_lang(lang));
    match (lang, next) {
        (Lang::Zh, None) => format!("{channel}已完成"),
        (Lang::Zh, Some(next)) => format!("{channel}已完成，下次 {next}"),
        (Lang::En, None) => format!("{channel} closed"),
        (Lang::En, Some(next)) => format!("{channel} closed, next on {next}"),
    }
}

/// The way on.
pub fn next_step(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("下一步：{name}"),
        Lang::En => format!("Next: {}", name.to_lowercase()),
    }
}

/// The steps, for those who do not see them.
pub fn steps(lang: Lang, channel: Option<Channel>) -> String {
    let channel = channel.map_or("", |channel| channel.words().in_lang(lang));
    match lang {
        Lang::Zh => format!("{channel}步骤"),
        Lang::En => format!("{channel} steps"),
    }
}

/// A line's number.
pub fn line_number(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 行"),
        Lang::En => format!("Line {number}"),
    }
}

/// How many agenda items wait.
pub fn left(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("剩 {count} 项"),
        Lang::En => format!("{count} left"),
    }
}

/// For how long the meeting has been running.
pub fn running_for(lang: Lang, length: &str) -> String {
    match lang {
        Lang::Zh => format!("已进行 {length}"),
        Lang::En => format!("{length} in"),
    }
}

/// When it was saved.
pub fn saved_at(lang: Lang, at: &str) -> String {
    match lang {
        Lang::Zh => format!("已保存 {at}"),
        Lang::En => format!("Saved {at}"),
    }
}

/// More about something, for those who do not see what it stands beside.
pub fn more_about(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Zh => format!("更多：{title}"),
        Lang::En => format!("More: {title}"),
    }
}

/// Takes a guest off the list.
pub fn remove_guest(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("去掉 {name}"),
        Lang::En => format!("Remove {name}"),
    }
}

/// Added to the agenda.
pub fn added_items(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已加入 {count} 项议题"),
        Lang::En if count == 1 => "1 item added to the agenda".to_owned(),
        Lang::En => format!("{count} items added to the agenda"),
    }
}

/// A line was turned into something.
pub fn turned(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("已变成{what}"),
        Lang::En => format!("Turned into: {}", what.to_lowercase()),
    }
}

/// A promise of one side.
pub const fn promise_by(side: Option<Side>) -> Words {
    match side {
        Some(Side::Us) => OUR_PROMISE,
        Some(Side::Dealer) => THEIR_PROMISE,
        _ => words("承诺", "Promise"),
    }
}

/// The next meeting.
pub fn next_on(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("下次：{day}"),
        Lang::En => format!("Next: {day}"),
    }
}

/// Minutes that are longer than a field should be.
pub fn too_long(lang: Lang, limit: usize) -> String {
    match lang {
        Lang::Zh => format!("纪要超过 {limit} 字。照样会保存，但建议精简。"),
        Lang::En => format!(
            "The minutes exceed {limit} characters. They are kept, but shorter reads better."
        ),
    }
}

/// What came of the meeting, counted.
pub fn count_agreed(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 项约定"),
        Lang::En if count == 1 => "1 thing agreed".to_owned(),
        Lang::En => format!("{count} things agreed"),
    }
}

/// How many promises are late.
pub fn late_count(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 项逾期"),
        Lang::En => format!("{count} late"),
    }
}

/// The due date of something, for those who do not see what it stands beside.
pub fn due_of(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Zh => format!("到期日：{title}"),
        Lang::En => format!("Due date: {title}"),
    }
}

/// Between names in a list.
pub const LIST_SEPARATOR: Words = words("、", ", ");

/// Something that needs nothing more.
pub const SETTLED: Words = words("已完成", "Done");

/// Items come from a template.
pub const AGENDA_TEMPLATE: Words = words("用议程模板", "From an agenda template");

/// Items were added.
pub fn items_added(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已加入 {count} 项议程"),
        Lang::En if count == 1 => "One item added".to_owned(),
        Lang::En => format!("{count} items added"),
    }
}
