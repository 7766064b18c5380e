//! Texts of the Today page.

use super::{Lang, Words, words};
use tongxing_domain::attention::DueKind;
use tongxing_domain::tables::{Channel, Side};

/// Before noon.
pub const MORNING: Words = words("早上好", "Good morning");
/// After noon.
pub const AFTERNOON: Words = words("下午好", "Good afternoon");
/// In the evening.
pub const EVENING: Words = words("晚上好", "Good evening");
/// Records a call or a message at once.
pub const NOTE: Words = words("记一笔", "Note");
/// Plans a meeting.
pub const NEW_MEETING: Words = words("新沟通", "New meeting");
/// Meetings of today.
pub const VISITS: Words = words("今天的沟通", "Meetings today");
/// What is due.
pub const DUE: Words = words("到期与逾期", "Due and late");
/// Dealers to be contacted.
pub const OVERDUE: Words = words("该联系了", "Time to get in touch");
/// Goals that fall behind.
pub const BEHIND: Words = words("目标落后", "Goals falling behind");
/// Meetings of the coming days.
pub const UPCOMING: Words = words("接下来 7 天", "The next 7 days");
/// What stands beside.
pub const ASIDE: Words = words("需要留意", "Needs attention");
/// Goes on with a running meeting.
pub const CONTINUE: Words = words("继续", "Continue");
/// Begins a prepared meeting.
pub const BEGIN: Words = words("开始", "Start");
/// Prepares a meeting.
pub const PREPARE: Words = words("准备", "Prepare");
/// Writes up a meeting of a past day.
pub const WRITE_UP: Words = words("补记", "Write up");
/// A meeting runs.
pub const RUNNING: Words = words("进行中", "Running");
/// No agenda yet.
pub const NOT_PREPARED: Words = words("还没准备", "not prepared");
/// Everything of a list.
pub const SHOW_ALL: Words = words("全部", "All");
/// The start of a list.
pub const SHOW_LESS: Words = words("收起", "Fewer");
/// Makes an appointment.
pub const PLAN: Words = words("约个时间", "Plan a date");
/// Prepares a visit.
pub const PREPARE_VISIT: Words = words("今天去拜访", "Visit today");
/// Opens the dealer.
pub const OPEN_DEALER: Words = words("打开经销商", "Open the dealer");
/// Another due date.
pub const NEW_DATE: Words = words("改日期", "New date");
/// Nothing to do.
pub const ALL_CLEAR: Words = words("今天没有待办", "Nothing is waiting today");
/// What to do then.
pub const ALL_CLEAR_TEXT: Words = words(
    "没有到期的事，也没有该联系却没联系的经销商。可以趁空准备下一次拜访，或看看目标的进度。",
    "Nothing is due and no contact is overdue. A good moment to prepare the next visit or to look at the goals.",
);
/// No meetings today.
pub const NO_VISITS: Words = words(
    "今天没有安排。约好的拜访和电话会出现在这里。",
    "None today. Visits and calls you plan appear here.",
);
/// Nothing due.
pub const NO_DUE: Words = words(
    "7 天内没有到期的承诺、步骤或待办。",
    "No promise, step or action is due within 7 days.",
);
/// Goes to the dealers.
pub const SEE_DEALERS: Words = words("看经销商", "See dealers");
/// While the screen is shared.
pub const SHARED: Words = words(
    "同屏模式下，这里只显示今天的沟通。",
    "While the screen is shared, only today's meetings are shown here.",
);
/// How the contact became due.
pub const WHY_OVERDUE: Words = words("联系日期怎么来的", "How the contact date is worked out");
/// How the pace is worked out.
pub const WHY_PACE: Words = words("进度怎么来的", "How the pace is worked out");
/// Finds a dealer.
pub const FIND_DEALER: Words = words("哪家经销商", "Which dealer");
/// What to type.
pub const FIND_DEALER_HINT: Words = words("名称、拼音、电话", "Name, pinyin, phone");
/// No dealer is called so.
pub const NO_SUCH_DEALER: Words = words("没有这样的经销商", "No dealer like this");
/// The channel.
pub const CHANNEL: Words = words("方式", "Channel");
/// The time.
pub const WHEN: Words = words("时间", "When");
/// Nothing chosen yet.
pub const CHOOSE_DEALER: Words = words("请先选一家经销商", "Choose a dealer first");
/// The date is missing.
pub const CHOOSE_DATE: Words = words("请选一个日期", "Choose a date");
/// A new date.
pub const DUE_DATE: Words = words("新的到期日", "New due date");
/// The overdue dealer was never contacted.
pub const NEVER: Words = words("还没有联系过", "never contacted");
/// A visit is due.
pub const MUST_VISIT: Words = words("须拜访", "a visit");

/// How many of what, in the page's head.
pub fn summary(lang: Lang, visits: usize, due: usize) -> String {
    match (lang, visits, due) {
        (Lang::Zh, 0, 0) => "今天没有安排".to_owned(),
        (Lang::Zh, _, 0) => format!("今天 {visits} 次沟通"),
        (Lang::Zh, 0, _) => format!("{due} 件事到期"),
        (Lang::Zh, ..) => format!("今天 {visits} 次沟通，{due} 件事到期"),
        (Lang::En, 0, 0) => "nothing planned today".to_owned(),
        (Lang::En, _, 0) => meetings(visits),
        (Lang::En, 0, _) => things_due(due),
        (Lang::En, ..) => format!("{}, {}", meetings(visits), things_due(due)),
    }
}

fn meetings(count: usize) -> String {
    if count == 1 {
        "1 meeting today".to_owned()
    } else {
        format!("{count} meetings today")
    }
}

fn things_due(count: usize) -> String {
    if count == 1 {
        "1 thing due".to_owned()
    } else {
        format!("{count} things due")
    }
}

/// A greeting with a name, where there is one.
pub fn greeting(lang: Lang, hour: u32, name: &str) -> String {
    let greeting = match hour {
        4..12 => MORNING,
        12..18 => AFTERNOON,
        _ => EVENING,
    }
    .in_lang(lang);
    match (lang, name.is_empty()) {
        (_, true) => greeting.to_owned(),
        (Lang::Zh, _) => format!("{greeting}，{name}"),
        (Lang::En, _) => format!("{greeting}, {name}"),
    }
}

/// How many items are on the agenda.
pub fn agenda(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("议程 {count} 项"),
        Lang::En => format!("{count} on the agenda"),
    }
}

/// Which of the due things are shown.
pub const KINDS: Words = words("显示", "Show");

/// What the due thing is, and whose.
pub fn due_kind(lang: Lang, kind: DueKind, side: Option<Side>) -> String {
    let word = kind.words().in_lang(lang);
    match (lang, side) {
        (_, None) => word.to_owned(),
        (Lang::Zh, Some(side)) => format!("{word} · {}", side.words().zh),
        (Lang::En, Some(Side::Us)) => format!("{word} by us"),
        (Lang::En, Some(Side::Dealer)) => format!("{word} by them"),
        (Lang::En, Some(side)) => format!("{word} · {}", side.words().en),
    }
}

/// What ticking means for something that is due.
pub const fn settled(kind: DueKind) -> Words {
    match kind {
        DueKind::Promise => words("已兑现", "Kept"),
        DueKind::Step | DueKind::Action => words("已完成", "Done"),
        DueKind::Milestone => words("已达成", "Reached"),
        DueKind::Issue => words("已解决", "Resolved"),
    }
}

/// What the other outcome is called.
pub const fn dropped(kind: DueKind) -> Words {
    match kind {
        DueKind::Promise => words("未兑现", "Not kept"),
        DueKind::Step | DueKind::Action => words("取消", "Given up"),
        DueKind::Milestone => words("未达成", "Not reached"),
        DueKind::Issue => words("不再处理", "Set aside"),
    }
}

/// A verdict and what it is about, such as `Kept: six display units`.
pub fn about(lang: Lang, verdict: &str, title: &str) -> String {
    match lang {
        Lang::Zh => format!("{verdict}：{title}"),
        Lang::En => format!("{verdict}: {title}"),
    }
}

/// A due date was moved.
pub fn moved(lang: Lang, title: &str, day: &str) -> String {
    match lang {
        Lang::Zh => format!("「{title}」改到 {day}"),
        Lang::En => format!("“{title}” moved to {day}"),
    }
}

/// When a dealer was contacted last.
pub fn last_contact(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("上次 {day}"),
        Lang::En => format!("last {day}"),
    }
}

/// How often a dealer is to be contacted.
pub fn interval(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("间隔 {days} 天"),
        Lang::En if days == 1 => "every day".to_owned(),
        Lang::En => format!("every {days} days"),
    }
}

/// A telephone call to a dealer.
pub fn call(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("打电话给{name}"),
        Lang::En => format!("Call {name}"),
    }
}

/// An appointment with a dealer.
pub fn plan_with(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("约{name}"),
        Lang::En => format!("Plan a date with {name}"),
    }
}

/// An appointment was made.
pub fn planned(lang: Lang, channel: Channel, day: &str) -> String {
    let channel = channel.words().in_lang(lang);
    match lang {
        Lang::Zh => format!("已约 {day} {channel}"),
        Lang::En => format!("{channel} planned for {day}"),
    }
}

/// Between a verb and a name.
pub const SPACE: Words = words("", " ");

/// How many dealers were never contacted.
pub fn never_contacted(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("还有 {count} 家从未联系过"),
        Lang::En if count == 1 => "1 dealer was never contacted".to_owned(),
        Lang::En => format!("{count} dealers were never contacted"),
    }
}

/// How far a goal has come, and how far it should be.
pub fn bar(lang: Lang, done: &str, expected: &str) -> String {
    match lang {
        Lang::Zh => format!("完成 {done}，应为 {expected}"),
        Lang::En => format!("{done} done, {expected} expected"),
    }
}

/// Pace, short.
pub fn pace(lang: Lang, pace: &str) -> String {
    match lang {
        Lang::Zh => format!("进度 {pace}"),
        Lang::En => format!("pace {pace}"),
    }
}

/// Days ahead for a quick choice.
pub fn days_ahead(lang: Lang, days: i64) -> String {
    match (lang, days) {
        (Lang::Zh, 1) => "明天".to_owned(),
        (Lang::Zh, 7) => "一周后".to_owned(),
        (Lang::Zh, 14) => "两周后".to_owned(),
        (Lang::Zh, _) => format!("{days} 天后"),
        (Lang::En, 1) => "Tomorrow".to_owned(),
        (Lang::En, 7) => "In a week".to_owned(),
        (Lang::En, 14) => "In two weeks".to_owned(),
        (Lang::En, _) => format!("In {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_counts_in_good_grammar() {
        assert_eq!(summary(Lang::Zh, 2, 5), "今天 2 次沟通，5 件事到期");
        assert_eq!(summary(Lang::En, 1, 1), "1 meeting today, 1 thing due");
        assert_eq!(summary(Lang::En, 0, 3), "3 things due");
        assert_eq!(greeting(Lang::Zh, 9, "李娜"), "早上好，李娜");
        assert_eq!(greeting(Lang::En, 23, ""), "Good evening");
    }
}
