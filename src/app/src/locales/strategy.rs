//! Texts of the long term: the joint business plan, its reviews, the culture check, risks.

use super::{Lang, Words, words};

/// No joint business plan yet.
pub const NO_PLAN: Words = words("还没有共同的长期规划", "No joint business plan yet");
/// What one is for.
pub const NO_PLAN_HINT: Words = words(
    "和老板坐下来，把三年后的样子写下来：一句愿景、两三个战略目标。它们会分解成每年、每季的目标。",
    "Sit down with the owner and write down how it shall look in three years: one vision, two or three objectives. They become the goals of each year and quarter.",
);
/// Makes one.
pub const NEW_PLAN: Words = words("制定三年规划", "Make a three-year plan");
/// Another plan.
pub const OTHER_PLANS: Words = words("其他规划", "Other plans");
/// The vision is empty.
pub const NO_VISION: Words = words(
    "还没有写愿景：几年之后，双方希望是什么样子？",
    "No vision yet: how do both sides want it to look?",
);
/// The plan is over.
pub const OVER: Words = words("已结束", "Over");
/// The plan has not begun.
pub const AHEAD: Words = words("尚未开始", "Not begun");
/// How a year stands.
pub const YEAR_TITLE: Words = words("年度回顾的期限", "When a year is reviewed");
/// Reviewed.
pub const REVIEWED: Words = words("已回顾", "Reviewed");
/// The year runs.
pub const RUNNING: Words = words("进行中", "Running");
/// The year is to come.
pub const TO_COME: Words = words("未开始", "To come");
/// Its review is due.
pub const REVIEW_DUE: Words = words("待回顾", "Review due");
/// Writes the review of a year.
pub const REVIEW_YEAR: Words = words("写年度回顾", "Write the review");
/// Objectives.
pub const OBJECTIVES: Words = words("战略目标", "Objectives");
/// Adds one.
pub const NEW_OBJECTIVE: Words = words("添加战略目标", "Add an objective");
/// None yet.
pub const NO_OBJECTIVES: Words = words(
    "两三个就够：每个写清从哪里到哪里，为什么对双方都重要。",
    "Two or three are enough: each from where to where, and why it matters to both.",
);
/// Makes the goals of each year.
pub const CASCADE: Words = words("分解到每年", "Cut into years");
/// Makes the goals of each quarter.
pub const QUARTERS: Words = words("分解到季度", "Cut into quarters");
/// Nothing to cut.
pub const NEEDS_COURSE: Words = words(
    "选好衡量指标、填好起点和末年目标后，可以分解到每年。",
    "With a metric, a start and a target, it can be cut into years.",
);
/// The parts make the whole.
pub const BALANCED: Words = words("各季合计相符", "Quarters add up");
/// They do not.
pub const NOT_BALANCED: Words = words("各季合计有差额", "Quarters do not add up");
/// How that comes about.
pub const BALANCE_TITLE: Words = words("各季与全年", "Quarters against the year");
/// How the pace comes about.
pub const PACE_TITLE: Words = words("进度怎么来的", "How the pace comes about");
/// The year.
pub const YEAR: Words = words("年度", "Year");
/// The target.
pub const TARGET: Words = words("目标值", "Target");
/// How it stands.
pub const STATE: Words = words("状态", "State");
/// The goals of an objective.
pub const YEARLY_GOALS: Words = words("年度目标", "Yearly goals");
/// Initiatives.
pub const INITIATIVES: Words = words("举措", "Initiatives");
/// Adds one.
pub const NEW_INITIATIVE: Words = words("添加举措", "Add an initiative");
/// Reviews of the course of the whole.
pub const STRATEGIC_REVIEWS: Words = words("战略复盘", "Strategic reviews");
/// None yet.
pub const NO_REVIEWS: Words = words(
    "每半年坐下来半天：哪些做得好，哪些要变，决定了什么。纪要写在那次沟通里。",
    "Half a day twice a year: what went well, what has to change, what was decided. The minutes are those of the meeting.",
);
/// Adds one.
pub const NEW_REVIEW: Words = words("写一次战略复盘", "Write a strategic review");
/// To the minutes.
pub const MINUTES: Words = words("打开纪要", "Open the minutes");
/// Begins minutes.
pub const BEGIN_MINUTES: Words = words("记纪要", "Take minutes");
/// What went well.
pub const WENT_WELL: Words = words("做得好的", "What went well");
/// What has to change.
pub const TO_CHANGE: Words = words("需要改变的", "What has to change");
/// What was decided.
pub const DECISIONS: Words = words("决定", "Decisions");
/// The culture check.
pub const CULTURE: Words = words("合作氛围", "Culture check");
/// No answers yet.
pub const NO_CULTURE: Words = words("还没有做过合作氛围问卷", "No culture check yet");
/// What it is for.
pub const NO_CULTURE_HINT: Words = words(
    "六句话，双方各填一次，两分钟。看法差得最远的地方，就是最该谈的地方。",
    "Six statements, two minutes, both sides. Where you see it most differently is what to talk about.",
);
/// Answers the survey.
pub const ANSWER: Words = words("填问卷", "Answer the survey");
/// The answers were kept.
pub const ANSWERED: Words = words("问卷已保存", "Answers kept");
/// The rounds.
pub const ROUNDS: Words = words("轮次", "Rounds");
/// Statement.
pub const DIMENSION: Words = words("方面", "Side of it");
/// The gap.
pub const GAP: Words = words("差距", "Gap");
/// The widest gap.
pub const WIDEST: Words = words("看法差得最远", "Seen most differently");
/// How the figures come about.
pub const CULTURE_TITLE: Words = words("这些数怎么来的", "How these figures come about");
/// Both sides have to answer.
pub const ONE_SIDE: Words = words(
    "等另一方填写后可以比较",
    "To be compared once the other side answers",
);
/// The answers of a round, row by row.
pub const CULTURE_TABLE: Words = words("各轮结果", "All rounds");
/// Who answered.
pub const ANSWERS: Words = words("填写记录", "Answers");
/// Our side.
pub const US: Words = words("我方", "Us");
/// The dealer's side.
pub const DEALER: Words = words("经销商", "Dealer");
/// The round before.
pub const DEALER_BEFORE: Words = words("经销商（上一轮）", "Dealer, the round before");
/// Which side answers has to be known.
pub const SIDE_FIRST: Words = words("先选是哪一方在填", "First say which side answers");
/// The month has to be known.
pub const ROUND_FIRST: Words = words("先填哪个月的问卷", "First say which month it is for");
/// Succession and risks.
pub const RISKS: Words = words("接班与风险", "Succession and risks");
/// Adds one.
pub const NEW_RISK: Words = words("记下风险", "Note a risk");
/// None yet.
pub const NO_RISKS: Words = words(
    "谁接班、资金、关键的人：只给我们自己看。",
    "Who comes after, money, key people: for us alone.",
);
/// How grave a risk is.
pub const RISK_TITLE: Words = words("风险级别怎么来的", "How grave it is");
/// It is over.
pub const RISK_OVER: Words = words("已解除", "Over");
/// Contracts and authorisations.
pub const CONTRACTS: Words = words("合同与授权", "Contracts and authorisations");
/// Adds one.
pub const NEW_CONTRACT: Words = words("添加合同或授权", "Add a contract");
/// None yet.
pub const NO_CONTRACTS: Words = words(
    "记下起止日期，到期前会提醒续签。",
    "Note from when to when; it reminds before the end.",
);
/// How a contract stands.
pub const CONTRACT_TITLE: Words = words("到期提醒", "When it ends");

/// Which year of how many.
pub fn year_of(lang: Lang, year: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("共 {all} 年，现在是第 {year} 年"),
        Lang::En => format!("Year {year} of {all}"),
    }
}

/// A year by its number.
pub fn year(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 年"),
        Lang::En => format!("Year {number}"),
    }
}

/// What a plan over years is called at first.
pub fn plan_title(lang: Lang, first: i32, last: i32) -> String {
    match lang {
        Lang::Zh => format!("{first}–{last} 合作规划"),
        Lang::En => format!("Joint plan {first}–{last}"),
    }
}

/// So many goals were made.
pub fn cascaded(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已生成 {count} 个目标"),
        Lang::En if count == 1 => "1 goal made".to_owned(),
        Lang::En => format!("{count} goals made"),
    }
}

/// Its review is due by a day.
pub fn review_by(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{day}前回顾"),
        Lang::En => format!("Review by {day}"),
    }
}

/// A dimension with the gap between both sides.
pub fn widest(lang: Lang, dimension: &str, gap: &str) -> String {
    match lang {
        Lang::Zh => format!("{dimension}：{gap}"),
        Lang::En => format!("{dimension}: {gap}"),
    }
}

/// The radar in words: each side's value of each dimension.
pub fn radar_summary(lang: Lang, round: &str, parts: &[String]) -> String {
    let parts = parts.join(words("，", ", ").in_lang(lang));
    match lang {
        Lang::Zh => format!("{round}：{parts}"),
        Lang::En => format!("{round}: {parts}"),
    }
}
