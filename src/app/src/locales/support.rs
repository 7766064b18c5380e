//! Texts of support and training.

use super::{Lang, Words, words};

/// The place.
pub const SUPPORT: Words = words("支持", "Support");
/// Its parts.
pub const PARTS: Words = words("支持与培训的几个部分", "Parts of support and training");
/// What dealers ask for.
pub const REQUESTS: Words = words("支持申请", "Requests");
/// What can be handed out.
pub const MATERIALS: Words = words("物料", "Materials");
/// What can be learned.
pub const COURSES: Words = words("培训", "Training");
/// Other dealers are nobody else's matter.
pub const SHARED: Words = words(
    "同屏时不列出各家经销商的支持和培训。请从这家经销商的页面打开它自己的。",
    "While the screen is shared, support and training of all dealers are not listed. Open a dealer's own from its page.",
);
/// A new request.
pub const NEW_REQUEST: Words = words("新申请", "New request");
/// Open ones.
pub const OPEN: Words = words("待办的申请", "Open requests");
/// Settled ones.
pub const SETTLED: Words = words("已答复的申请", "Answered requests");
/// None yet.
pub const NO_REQUESTS: Words = words("还没有支持申请", "No requests yet");
/// What requests are for.
pub const NO_REQUESTS_TEXT: Words = words(
    "样机、费用、物料、培训、驻店：谁要的、哪天要、谁负责、满不满意，都记在这里。",
    "Display units, funds, materials, training, people on site: who asked, by when, who takes care, and how content they were.",
);
/// Given on time.
pub const ON_TIME: Words = words("按时满足", "Given on time");
/// How content.
pub const CONTENT: Words = words("满意度（5 分）", "Satisfaction (of 5)");
/// How it comes about.
pub const ANSWERED_TITLE: Words = words("近 12 个月怎么算的", "How the last 12 months come about");
/// Given.
pub const GIVE: Words = words("已满足", "Given");
/// Declined.
pub const DECLINE: Words = words("未能满足", "Declined");
/// Opens it again.
pub const REOPEN: Words = words("重新打开", "Open again");
/// Nobody takes care.
pub const NO_OWNER: Words = words("还没有人负责", "Nobody yet");

/// A new material.
pub const NEW_MATERIAL: Words = words("新物料", "New material");
/// None yet.
pub const NO_MATERIALS: Words = words("物料目录还是空的", "The catalogue is empty");
/// What materials are for.
pub const NO_MATERIALS_TEXT: Words = words(
    "把样机、物料包、工具列进目录；入库、发放、退回都记一笔，库存和每家手里有多少自己会算。",
    "List display units, kits and tools; note what comes in, goes out and comes back, and stock follows by itself.",
);
/// How the stock comes about.
pub const STOCK_TITLE: Words = words("库存怎么来的", "How the stock comes about");
/// Order again.
pub const REORDER: Words = words("该补货", "Reorder");
/// Comes in.
pub const RECEIVE: Words = words("入库", "Receive");
/// To a dealer.
pub const HAND_OUT: Words = words("发放", "Hand out");
/// Back from a dealer.
pub const RETURN: Words = words("退回", "Return");
/// Used up.
pub const WRITE_OFF: Words = words("报废", "Write off");
/// How many.
pub const COUNT: Words = words("数量", "How many");
/// A dealer's own.
pub const HELD: Words = words("手里的物料", "Materials in hand");
/// None of them.
pub const HOLDS_NONE: Words = words("手里没有物料。", "No materials in hand.");

/// A new course.
pub const NEW_COURSE: Words = words("新课程", "New course");
/// A new class.
pub const NEW_CLASS: Words = words("安排一场", "Schedule a class");
/// None yet.
pub const NO_COURSES: Words = words("还没有课程", "No courses yet");
/// What courses are for.
pub const NO_COURSES_TEXT: Words = words(
    "课程写明对应哪些需求、改善哪些指标，就能按需求和弱项推荐给经销商，办完还看得到前后变化。",
    "A course says which needs it answers and which metrics it betters; so it is recommended by need and weak metric, and its effect shows afterwards.",
);
/// Classes to come.
pub const AHEAD: Words = words("将要举办", "To come");
/// Classes held.
pub const HELD_CLASSES: Words = words("已举办", "Held");
/// A class.
pub const CLASS: Words = words("场次", "Class");
/// No such class.
pub const MISSING: Words = words("找不到这一场", "This class cannot be found");
/// Why.
pub const MISSING_TEXT: Words = words(
    "它可能在回收站里，可以从那里恢复。",
    "It may be in the bin, from where it can be restored.",
);
/// Who was invited.
pub const PEOPLE: Words = words("邀请与出勤", "Invitations and attendance");
/// Nobody yet.
pub const NOBODY: Words = words("还没有邀请人。", "Nobody was invited yet.");
/// Invites.
pub const INVITE: Words = words("邀请", "Invite");
/// Invited.
pub const INVITED: Words = words("已邀请", "Invited");
/// Whom.
pub const WHOM: Words = words("邀请谁", "Whom");
/// Choose somebody.
pub const CHOOSE_SOMEBODY: Words = words("先选至少一位联系人", "Choose at least one contact first");
/// No contacts.
pub const NO_CONTACTS: Words = words(
    "这家经销商还没有联系人。",
    "This dealer has no contacts yet.",
);
/// Recommended.
pub const RECOMMENDED: Words = words("推荐的课程", "Recommended courses");
/// Nothing to recommend.
pub const NOT_RECOMMENDED: Words = words(
    "按需求和指标看，暂时没有要推荐的课程。",
    "By needs and metrics there is nothing to recommend for now.",
);
/// Who needs it.
pub const NEEDED_BY: Words = words("谁最需要", "Who needs it most");
/// It was held.
pub const MARK_HELD: Words = words("已举办", "It was held");
/// It was called off.
pub const CALL_OFF: Words = words("取消", "Call off");
/// Called off.
pub const CALLED_OFF: Words = words("已取消", "Called off");
/// Came.
pub const CAME: Words = words("到场", "Came");
/// Did not come.
pub const DID_NOT_COME: Words = words("未到场", "Did not come");
/// No answer.
pub const NO_ANSWER: Words = words("待答复", "No answer yet");
/// Turnout.
pub const TURNOUT: Words = words("到场率", "Turnout");
/// Points gained.
pub const GAIN: Words = words("平均提分", "Mean gain");
/// Rating.
pub const RATING: Words = words("评价", "Rating");
/// How they come about.
pub const HELD_TITLE: Words = words("这一场怎么样", "How the class went");
/// What it brought.
pub const EFFECT: Words = words("前后对比", "Before and after");
/// It does not prove anything.
pub const EFFECT_TEXT: Words = words(
    "课前三个整月和课后三个整月的月均。先后不等于因果，供讨论。",
    "The mean of three whole months before and after. That one came after the other does not prove that it came of it.",
);
/// Attended trainings.
pub const ATTENDED: Words = words("参加的培训", "Training");
/// Seats.
pub const SEATS: Words = words("名额", "Seats");

/// A number of dealers that have some.
pub fn holders(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 家手里有"),
        Lang::En if count == 1 => "1 dealer has some".to_owned(),
        Lang::En => format!("{count} dealers have some"),
    }
}

/// Seats taken of those there are.
pub fn seats(lang: Lang, taken: i64, of: Option<i64>) -> String {
    match (lang, of) {
        (Lang::Zh, Some(of)) => format!("{taken} / {of} 个名额"),
        (Lang::Zh, None) => format!("{taken} 人"),
        (Lang::En, Some(of)) => format!("{taken} of {of} seats"),
        (Lang::En, None) => format!("{taken} people"),
    }
}
