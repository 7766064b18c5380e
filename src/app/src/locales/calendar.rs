//! Texts of the calendar.

use super::{Lang, Words, schedule, time, words};
use chrono::Datelike as _;
use tongxing_domain::calendar::What;
use tongxing_domain::date::{Date, DateSpan, Minute};

/// The page.
pub const CALENDAR: Words = words("日历", "Calendar");
/// How the days are shown.
pub const LAYOUT: Words = words("显示方式", "Layout");
/// Day after day.
pub const AGENDA: Words = words("日程", "Agenda");
/// Seven days side by side.
pub const WEEK: Words = words("周", "Week");
/// One day.
pub const DAY: Words = words("日", "Day");
/// The weeks of a month.
pub const MONTH: Words = words("月", "Month");
/// The way to the day's visits.
pub const ROUTE: Words = words("路线", "Route");
/// How the route comes about.
pub const ROUTE_TITLE: Words = words("路线怎么排的", "How the route is ordered");
/// A dealer without a location.
pub const NO_PLACE: Words = words(
    "档案里还没有位置；到店签到时可以记下",
    "No location yet; checking in there can note it",
);
/// Opens the map app.
pub const MAP: Words = words("地图", "Map");
/// A recurring meeting is planned.
pub const RECURRING: Words = words("定期沟通", "Recurring meeting");
/// It was planned.
pub const SERIES_PLANNED: Words = words("已安排定期沟通", "Recurring meeting planned");
/// Changes it.
pub const EDIT_SERIES: Words = words("修改定期沟通", "Change the recurring meeting");
/// It was changed.
pub const SERIES_CHANGED: Words = words("已修改定期沟通", "Recurring meeting changed");
/// How far a change reaches.
pub const REACH: Words = words("改哪些", "How far it reaches");
/// When it begins.
pub const BEGINS: Words = words("开始时间", "Begins");
/// How long it lasts.
pub const MINUTES: Words = words("时长（分钟）", "Length in minutes");
/// By the rule that it has.
pub const AS_BEFORE: Words = words("照原来的规则", "By the rule it has");
/// On the last day of each month.
pub const EVERY_MONTH_END: Words = words("每月最后一天", "On the last day of each month");
/// A date that some months lack.
pub const SKIPS: Words = words(
    "没有这一天的月份或年份会跳过",
    "Months and years without this date are left out",
);
/// One occurrence does not take place.
pub const CALL_OFF_ONE: Words = words("这一次取消", "Call this one off");
/// It was called off.
pub const CALLED_OFF_ONE: Words = words("这一次已取消", "This one is called off");
/// Ends it.
pub const END_SERIES: Words = words("从这次起不再重复", "End it from here on");
/// It was ended.
pub const SERIES_ENDED: Words = words("定期沟通已结束", "Recurring meeting ended");
/// What it is about.
pub const SUBJECT: Words = words("主题", "Subject");
/// When it is held first.
pub const FIRST_TIME: Words = words("首次时间", "First time");
/// How often.
pub const HOW_OFTEN: Words = words("多久一次", "How often");
/// Every week.
pub const EVERY_WEEK: Words = words("每周", "Every week");
/// Every second week.
pub const EVERY_TWO_WEEKS: Words = words("每两周", "Every two weeks");
/// On one date of each month.
pub const EVERY_MONTH_DATE: Words = words("每月这一天", "Monthly on this date");
/// On the same weekday of each month.
pub const EVERY_MONTH_WEEKDAY: Words = words("每月这个星期几", "Monthly on this weekday");
/// Each quarter.
pub const EVERY_QUARTER: Words = words("每季度", "Every quarter");
/// Each year.
pub const EVERY_YEAR: Words = words("每年", "Every year");
/// How long it goes on.
pub const HOW_LONG: Words = words("到什么时候", "How long");
/// Without an end.
pub const NEVER_ENDS: Words = words("一直", "Without an end");
/// After some times.
pub const ENDS_AFTER: Words = words("若干次后结束", "After a number of times");
/// On a date.
pub const ENDS_ON: Words = words("到某一天为止", "Until a date");
/// How many times.
pub const TIMES: Words = words("几次", "Times");
/// Until which date.
pub const UNTIL: Words = words("最后一天", "Last date");
/// Something of the rule is missing.
pub const RULE_INCOMPLETE: Words = words(
    "先填好首次时间和结束方式（1 到 999 次）",
    "Enter the first time and how it ends (1 to 999 times)",
);
/// Goes back.
pub const EARLIER: Words = words("更早", "Earlier");
/// Goes on.
pub const LATER: Words = words("更晚", "Later");
/// Goes to today.
pub const TODAY: Words = words("今天", "Today");
/// Nothing stands on a day.
pub const FREE: Words = words("没有安排", "Nothing planned");
/// Nothing stands on any day that is shown.
pub const NONE: Words = words("这段时间没有安排", "Nothing stands here");
/// What belongs here.
pub const NONE_TEXT: Words = words(
    "约好的沟通、到期的承诺和待办、合同的到期日都会出现在这里。先约下一次拜访。",
    "Planned meetings, promises and actions that are due and the ends of contracts show up here. Plan the next visit first.",
);
/// What belongs here while there is no dealer.
pub const NO_DEALERS_TEXT: Words = words(
    "先添加或导入经销商，然后就能约沟通了。",
    "Add or import dealers first; then meetings can be planned.",
);
/// Why nothing is shown while the dealer looks on.
pub const SHARED: Words = words(
    "同屏时不显示日历，因为里面有其他经销商。",
    "The calendar names other dealers, so it is not shown while the screen is shared.",
);
/// Moves an item.
pub const MOVE: Words = words("改时间", "Another time");
/// Saves what is shown, or one meeting, as a file for other calendars.
pub const SAVE_ICS: Words = words("存为 .ics", "Save as .ics");
/// A recurring meeting.
pub const RECURS: Words = words("定期", "recurring");
/// A contract ends.
pub const CONTRACT_ENDS: Words = words("合同到期", "Contract ends");
/// A meeting that took place.
pub const OVER: Words = words("已结束", "over");
/// It began the day before.
pub const CONTINUED: Words = words("接前一天", "continued");
/// The new day of what is due.
pub const NEW_DAY: Words = words("新的日期", "New date");
/// The new beginning of a meeting.
pub const NEW_START: Words = words("新的开始时间", "New start");

/// The days that are shown: `9月7日 – 9月13日`, `7 Sep – 13 Sep`; one day by itself.
pub fn span(lang: Lang, span: DateSpan, today: Date) -> String {
    let day = |date| time::day(lang, date, today);
    if span.days() == 1 {
        return day(span.start());
    }
    format!("{} – {}", day(span.start()), day(span.end()))
}

/// How much stands on the days that are shown.
pub fn count(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 项安排"),
        Lang::En if count == 1 => "1 entry".to_owned(),
        Lang::En => format!("{count} entries"),
    }
}

/// How much more is due on a day.
pub fn more(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("还有 {count} 项"),
        Lang::En => format!("{count} more"),
    }
}

/// A day as a heading; with its year when it is not this one.
pub fn heading(lang: Lang, date: Date, today: Date) -> String {
    if date.year() == today.year() {
        schedule::heading(lang, date)
    } else {
        schedule::weekday_and_day(lang, date, today)
    }
}

/// Plans a meeting on a day.
pub fn plan_on(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("在 {day} 约沟通"),
        Lang::En => format!("Plan a meeting on {day}"),
    }
}

/// Something was moved.
pub fn moved(lang: Lang, title: &str, what: &What, to: Minute, today: Date) -> String {
    let mut when = schedule::weekday_and_day(lang, to.date(), today);
    if !matches!(what, What::Due(_)) {
        when.push(' ');
        when.push_str(&time::clock(to));
    }
    match lang {
        Lang::Zh => format!("「{title}」改到 {when}"),
        Lang::En => format!("“{title}” moved to {when}"),
    }
}

/// The file of a calendar, without its ending.
pub fn file_name(lang: Lang, span: DateSpan) -> String {
    let name = CALENDAR.in_lang(lang);
    if span.start() == span.end() {
        format!("{name} {}", span.start())
    } else {
        format!("{name} {} {}", span.start(), span.end())
    }
}

/// Opens a dealer's place in the map app.
pub fn in_maps(lang: Lang, dealer: &str) -> String {
    match lang {
        Lang::Zh => format!("地图：{dealer}"),
        Lang::En => format!("Map: {dealer}"),
    }
}

/// A day and how much stands on it.
pub fn day_with(lang: Lang, day: &str, number: usize) -> String {
    format!("{day}, {}", count(lang, number))
}
