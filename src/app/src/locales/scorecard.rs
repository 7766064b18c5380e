//! Texts of scorecards, evaluations, metrics, targets and readings.

use super::{Lang, Words, words};
use tongxing_domain::scorecard::Stage;

/// The place.
pub const SCORECARDS: Words = words("评分", "Scores");
/// All dealers, the best first.
pub const RANKING: Words = words("排名", "Ranking");
/// What is weighed.
pub const CARDS: Words = words("评分卡", "Scorecards");
/// What is measured.
pub const METRICS: Words = words("指标", "Metrics");
/// Entering readings and targets.
pub const READINGS: Words = words("数据与目标", "Readings and targets");
/// Parts of the place.
pub const PARTS: Words = words("评分的几个部分", "Parts of the scores");
/// The period.
pub const PERIOD: Words = words("期间", "Period");
/// The scorecard that is shown.
pub const WHICH_CARD: Words = words("评分卡", "Scorecard");
/// All peer groups.
pub const ALL_GROUPS: Words = words("全部", "All");
/// Peer groups.
pub const GROUPS: Words = words("可比经销商", "Peer groups");
/// Other dealers are nobody else's matter.
pub const SHARED: Words = words(
    "同屏时不列出各家经销商的评分。请从这家经销商的页面打开它自己的评分。",
    "While the screen is shared, scores of all dealers are not listed. Open a dealer's own score from its page.",
);
/// No scorecard is in force.
pub const NO_CARD: Words = words("还没有生效的评分卡", "No scorecard is in force yet");
/// What scorecards are for.
pub const NO_CARD_TEXT: Words = words(
    "评分卡写明看哪些指标、各占多少、出了问题扣几分。生效后，每家经销商每个期间都有一个能一项项核对的分数。",
    "A scorecard says which metrics count, how much each weighs and what incidents cost. Once in force, every dealer has a score for each period that can be checked line by line.",
);
/// Sets one up.
pub const SET_UP: Words = words("设置评分卡", "Set up a scorecard");
/// A dealer without data.
pub const NO_SCORE: Words = words("没有数据", "No data");
/// Dealers without data.
pub const WITHOUT: Words = words("这个期间没有数据", "Without data in this period");
/// The tier.
pub const TIER: Words = words("档位", "Tier");
/// How much of the weight has data.
pub const COVERAGE: Words = words("数据覆盖", "Coverage");
/// Which way it goes.
pub const TREND: Words = words("趋势", "Trend");
/// How the score comes about.
pub const SCORE_TITLE: Words = words("总分怎么算的", "How the score comes about");
/// How the tier and the trend come about.
pub const TREND_TITLE: Words = words("档位和趋势怎么来的", "How tier and trend come about");
/// The place among comparable dealers.
pub const PEERS: Words = words("在可比经销商中", "Among its peers");
/// How the place comes about.
pub const PEERS_TITLE: Words = words("排名怎么来的", "How the place comes about");
/// The rule of ranking.
pub const RANK_RULE: Words = words(
    "分数相同的名次相同，后面的名次空出；可比的是类型和规模相同的经销商。",
    "Equal scores share a place and the next one is left out; peers are dealers of the same type and size.",
);
/// The middle score.
pub const MEDIAN: Words = words("中位数", "Median");

/// A new scorecard.
pub const NEW_CARD: Words = words("新评分卡", "New scorecard");
/// Changes what is weighed.
pub const EDIT_RUBRIC: Words = words("编辑评分规则", "Edit the rubric");
/// Puts the draft in force.
pub const PUT_IN_FORCE: Words = words("发布生效", "Put in force");
/// It is in force.
pub const CAME_IN_FORCE: Words = words("评分卡已生效", "The scorecard is in force");
/// The day.
pub const FROM_DAY: Words = words("从哪天起生效", "In force from");
/// Not in force yet.
pub const DRAFT: Words = words("草稿", "Draft");
/// The draft says something else.
pub const DRAFT_DIFFERS: Words = words(
    "草稿和现行版本不同；发布后，新的评估按新版本，已沟通的评估不变。",
    "The draft differs from what is in force. Once put in force, new evaluations go by it; those already discussed stay as they are.",
);
/// Earlier versions.
pub const VERSIONS: Words = words("历次版本", "Versions");
/// Nothing is drafted.
pub const NO_RUBRIC: Words = words(
    "还没有评分规则：选指标、定权重、写明扣分。",
    "There is no rubric yet: choose metrics, weigh them, say what is deducted.",
);
/// No scorecards.
pub const NO_CARDS: Words = words("还没有评分卡", "No scorecards yet");
/// A metric.
pub const METRIC: Words = words("指标", "Metric");
/// Its weight.
pub const WEIGHT: Words = words("权重", "Weight");
/// Weighed metrics.
pub const WEIGHTS: Words = words("指标与权重", "Metrics and weights");
/// Adds one.
pub const ADD_WEIGHT: Words = words("添加指标", "Add a metric");
/// Its direction.
pub const DIRECTION: Words = words("方向", "Direction");
/// The most it scores.
pub const CAP: Words = words("封顶", "Cap");
/// Below it nothing is scored.
pub const FLOOR: Words = words("起计线", "Floor");
/// The month's target.
pub const TARGET: Words = words("每月目标", "Target a month");
/// Whom it is for.
pub const TARGET_HINT: Words = words("经销商没有自己的目标时用", "Where a dealer has no own");
/// What incidents cost.
pub const DEDUCTIONS: Words = words("扣分", "Deductions");
/// Adds one.
pub const ADD_DEDUCTION: Words = words("添加扣分项", "Add a deduction");
/// The kind of incident.
pub const KIND: Words = words("问题类型", "Kind of issue");
/// Points for each.
pub const EACH: Words = words("每次扣", "Points each");
/// The most.
pub const MOST: Words = words("最多扣", "At most");
/// The most of all deductions.
pub const MOST_ALL: Words = words("扣分合计最多", "All deductions at most");
/// How long a period is.
pub const CYCLE: Words = words("评分周期", "Period");
/// Where tiers begin.
pub const TIERS: Words = words("档位从几分起", "Where tiers begin");
/// The whole.
pub const OVERALL: Words = words("总则", "In general");
/// A number that is none.
pub const NOT_A_NUMBER: Words = words(
    "请填数字，最多两位小数",
    "Enter numbers with at most two decimals",
);
/// A choice is missing.
pub const CHOOSE_ONE: Words = words("请先选择", "Make a choice first");
/// Tiers out of order.
pub const TIERS_FALL: Words = words(
    "三个档位要从高到低，且不小于 0",
    "The three tiers must fall, and none may be below 0",
);
/// The rubric was kept.
pub const RUBRIC_KEPT: Words = words("已保存评分规则草稿", "The draft of the rubric is kept");
/// Weighs 100.
pub const SUM_FITS: Words = words("权重合计 100", "The weights sum to 100");
/// Points.
pub const POINTS: Words = words("分", "pts");

/// Of the target.
pub const AIM: Words = words("目标", "Target");
/// Attained.
pub const ATTAINED: Words = words("达成", "Attained");
/// The score.
pub const SCORE: Words = words("得分", "Score");
/// The readings behind a figure.
pub const MONTHS_TITLE: Words = words("数据从哪里来", "Where the figure comes from");
/// Incidents of the period.
pub const INCIDENTS: Words = words("本期计入的问题", "Issues that count");
/// None of them.
pub const NO_INCIDENTS: Words = words("本期没有扣分。", "Nothing was deducted.");
/// Evaluations.
pub const EVALUATIONS: Words = words("评估", "Evaluations");
/// Begins one.
pub const BEGIN: Words = words("开始评估", "Begin an evaluation");
/// It has begun.
pub const BEGUN: Words = words("已开始评估", "The evaluation has begun");
/// None yet.
pub const NO_EVALUATIONS: Words = words(
    "还没有评估。开始一次：写下做得好的和可以更好的，和经销商当面过一遍，定下改进计划。",
    "No evaluations yet. Begin one: note what went well and what could go better, go through it together, agree a plan.",
);
/// The entry of one dealer's figures.
pub const ENTER: Words = words("逐月数据与目标", "Month by month");

/// No such evaluation.
pub const MISSING: Words = words("找不到这份评估", "This evaluation cannot be found");
/// Why.
pub const MISSING_TEXT: Words = words(
    "它可能在回收站里，可以从那里恢复。",
    "It may be in the bin, from where it can be restored.",
);
/// An evaluation.
pub const EVALUATION: Words = words("评估", "Evaluation");
/// How far it has come.
pub const FLOW: Words = words("评估进程", "How far it has come");
/// The sheet for the dealer.
pub const SHEET: Words = words("经销商评估反馈表", "Feedback sheet");
/// Prints it.
pub const PRINT: Words = words("打印", "Print");
/// Writes what went well.
pub const WRITE: Words = words("写评语", "Write remarks");
/// What went well.
pub const STRENGTHS: Words = words("做得好的", "What went well");
/// What could go better.
pub const CHANCES: Words = words("可以更好的", "What could go better");
/// What the dealer says.
pub const RESPONSE: Words = words("经销商反馈", "The dealer's response");
/// The plan.
pub const PLAN: Words = words("改进计划", "Improvement plan");
/// What came of it.
pub const REVIEW: Words = words("复盘", "Review");
/// Nothing written.
pub const NOT_WRITTEN: Words = words("还没有写", "Not written yet");
/// The dealer signs.
pub const SIGN_DEALER: Words = words("经销商签字", "For the dealer");
/// We sign.
pub const SIGN_US: Words = words("我方签字", "For us");
/// The day of the signature.
pub const SIGN_DAY: Words = words("日期", "Date");
/// Draft marks follow the readings.
pub const DRAFT_NOTE: Words = words(
    "草稿：分数随数据变化。与经销商沟通后，评分依据固定下来。",
    "A draft: the score follows the readings. Once it was discussed, its marks stay.",
);
/// The readings have changed since.
pub const CHANGED_SINCE: Words = words(
    "沟通之后数据有变，这里保留沟通时的依据。",
    "Readings have changed since; what was discussed stays.",
);
/// What the readings would give today.
pub const TODAY_TITLE: Words = words("按今天的数据", "By today's readings");
/// Creates the plan.
pub const NEW_PLAN: Words = words("新建改进计划", "New improvement plan");
/// Which plan.
pub const CHOOSE_PLAN: Words = words("确认改进计划", "Agree a plan");
/// No plan.
pub const NO_PLANS: Words = words(
    "这家经销商还没有行动计划，先建一个。",
    "This dealer has no plan yet; make one first.",
);

/// A new metric.
pub const NEW_METRIC: Words = words("新指标", "New metric");
/// Known to every book.
pub const BUILT_IN: Words = words("内置", "Built in");
/// The team's own.
pub const OWN: Words = words("自定义", "Own");
/// Worked out.
pub const WORKED_OUT: Words = words("公式", "Formula");
/// The formula's sheet.
pub const FORMULA: Words = words("公式", "Formula");
/// Sets it.
pub const SET_FORMULA: Words = words("设置公式", "Set the formula");
/// Takes it away.
pub const DROP_FORMULA: Words = words("改为录入", "Enter it by hand");
/// How to write it.
pub const FORMULA_HINT: Words = words(
    "指标写在方括号里，可用 + − × ÷、括号、min(a, b)、max(a, b)。",
    "Metrics in square brackets, with + − × ÷, brackets, min(a, b) and max(a, b).",
);
/// Puts a metric in.
pub const INSERT: Words = words("插入指标", "Insert a metric");
/// Tried out.
pub const TRY_OUT: Words = words("试算", "Tried out");
/// The formula was kept.
pub const FORMULA_KEPT: Words = words("已保存公式", "The formula is kept");
/// Nothing to try it with.
pub const NOTHING_TO_TRY: Words = words(
    "还没有数据可以试算。",
    "There are no readings to try it with.",
);

/// Which metric is entered.
pub const WHICH_METRIC: Words = words("哪个指标", "Which metric");
/// Which month.
pub const MONTH: Words = words("月份", "Month");
/// The reading.
pub const READING: Words = words("实际", "Actual");
/// How many dealers have it.
pub const READING_TITLE: Words = words("怎么算出来的", "How it comes about");
/// No month is chosen.
pub const NO_DEALERS: Words = words("还没有经销商", "No dealers yet");
/// A reading was written.
pub const READING_KEPT: Words = words("已记下数据", "The reading is kept");
/// A target was written.
pub const TARGET_KEPT: Words = words("已记下目标", "The target is kept");

/// What moving an evaluation on is called.
pub const fn onward(stage: Stage) -> Option<Words> {
    match stage {
        Stage::Draft => Some(words("已与经销商沟通", "Discussed it")),
        Stage::Discussed => Some(words("记下经销商反馈", "Note the response")),
        Stage::Responded => Some(CHOOSE_PLAN),
        Stage::Agreed => Some(words("复盘", "Review")),
        Stage::Reviewed => None,
    }
}

/// How many dealers have a score, of how many.
pub fn summary(lang: Lang, period: &str, scored: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("{period} · {all} 家中 {scored} 家有评分"),
        Lang::En => format!("{period} · {scored} of {all} dealers scored"),
    }
}

/// A place among others.
pub fn place(lang: Lang, place: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {place} 名"),
        Lang::En => format!("No. {place}"),
    }
}

/// A place among peers.
pub fn among(lang: Lang, place: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {place} / {of} 名"),
        Lang::En => format!("{place} of {of}"),
    }
}

/// How much more in each period.
pub fn each_period(lang: Lang, slope: &str) -> String {
    match lang {
        Lang::Zh => format!("每期 {slope}"),
        Lang::En => format!("{slope} a period"),
    }
}

/// From which day a version is in force.
pub fn since(lang: Lang, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{day} 起"),
        Lang::En => format!("from {day}"),
    }
}

/// The scores of some periods in words.
pub fn course(lang: Lang, scores: &str) -> String {
    match lang {
        Lang::Zh => format!("各期分数：{scores}"),
        Lang::En => format!("Scores by period: {scores}"),
    }
}

/// A formula that leads back to itself, by way of these.
pub fn circle(lang: Lang, way: &str) -> String {
    match lang {
        Lang::Zh => format!("公式绕回到自己：{way}。请去掉其中一个引用。"),
        Lang::En => format!("The formula leads back to itself: {way}. Take one of them out."),
    }
}

/// Something of somebody.
pub fn of(lang: Lang, what: Words, whose: &str) -> String {
    match lang {
        Lang::Zh => format!("{}：{whose}", what.zh),
        Lang::En => format!("{}: {whose}", what.en),
    }
}
