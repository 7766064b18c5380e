//! Texts of incentives: schemes, who takes part, standings and statements.

use super::{Lang, Words, words};

/// The place.
pub const INCENTIVES: Words = words("激励", "Incentives");
/// All schemes.
pub const SCHEMES: Words = words("激励方案", "Schemes");
/// One scheme.
pub const SCHEME: Words = words("激励方案", "Scheme");
/// A new scheme.
pub const NEW_SCHEME: Words = words("新方案", "New scheme");
/// None yet.
pub const NONE: Words = words("还没有激励方案", "No schemes yet");
/// What schemes are for.
pub const NONE_TEXT: Words = words(
    "返利、达成奖、增长奖、单台奖、游学：规则写清楚、批准后不再改，每家经销商随时看得到自己走到哪一档、还差多少。",
    "Rebates, target payouts, growth, per-unit bonuses, trips: the rule is written down, never changes once approved, and every dealer sees at any time how far it has come and what is missing.",
);
/// Other dealers are nobody else's matter.
pub const SHARED: Words = words(
    "同屏时不列出各家经销商的激励。请从这家经销商的页面打开它自己的激励。",
    "While the screen is shared, incentives of all dealers are not listed. Open a dealer's own from its page.",
);
/// In force.
pub const RUNNING: Words = words("进行中", "Running");
/// Not approved.
pub const DRAFT: Words = words("草稿", "Draft");
/// Over.
pub const ENDED: Words = words("已结束", "Ended");
/// Not begun.
pub const AHEAD: Words = words("未开始", "Not begun");
/// Over the budget.
pub const OVER_BUDGET: Words = words("预计超预算", "Over budget");
/// All of them.
pub const TOGETHER: Words = words("全部方案", "All schemes");
/// What is earned by now.
pub const EARNED: Words = words("目前应发", "Earned by now");
/// What is expected.
pub const EXPECTED: Words = words("预计期末", "Expected at the end");
/// What may be spent.
pub const BUDGET: Words = words("预算", "Budget");
/// Who takes part.
pub const ENROLLED: Words = words("参加", "Enrolled");
/// How the outlay comes about.
pub const OUTLAY_TITLE: Words = words("费用预测怎么算的", "How the forecast comes about");
/// The rule.
pub const TERMS: Words = words("规则", "Terms");
/// Who may take part.
pub const ELIGIBILITY: Words = words("参加条件", "Eligibility");
/// Changes the draft.
pub const EDIT_TERMS: Words = words("编辑规则", "Edit the terms");
/// Puts it in force.
pub const APPROVE: Words = words("批准", "Approve");
/// It is in force.
pub const APPROVED: Words = words("方案已批准", "The scheme is approved");
/// Who approves.
pub const APPROVER: Words = words("批准人", "Approved by");
/// Why nothing changes.
pub const APPROVE_TEXT: Words = words(
    "批准的版本不再改动；以后修改并批准的是新版本，已开具的结算单仍按它开具时的版本。",
    "An approved version never changes. Later changes make a new version; statements already issued go on naming theirs.",
);
/// The draft says something else.
pub const DRAFT_DIFFERS: Words = words(
    "草稿和现行版本不同，批准后才生效。",
    "The draft differs from what is in force; it takes effect once approved.",
);
/// No terms.
pub const NO_TERMS: Words = words(
    "还没有规则：选计量指标、期间和奖励方式。",
    "There are no terms yet: choose the metric, the period and how it pays.",
);
/// Earlier versions.
pub const VERSIONS: Words = words("历次版本", "Versions");
/// Ends it early.
pub const END: Words = words("结束方案", "End the scheme");
/// Opens it again.
pub const REOPEN: Words = words("重新打开", "Open again");
/// No such scheme.
pub const MISSING: Words = words("找不到这个方案", "This scheme cannot be found");
/// Why.
pub const MISSING_TEXT: Words = words(
    "它可能在回收站里，可以从那里恢复。",
    "It may be in the bin, from where it can be restored.",
);
/// Those who take part.
pub const DEALERS: Words = words("参加的经销商", "Dealers that take part");
/// Those who could.
pub const COULD: Words = words("符合条件、还没参加", "Could take part");
/// Takes part.
pub const ENROL: Words = words("参加", "Enrol");
/// All of them.
pub const ENROL_ALL: Words = words("全部参加", "Enrol all");
/// It takes part.
pub const ENROLLED_NOW: Words = words("已参加", "Enrolled");
/// Takes part no longer.
pub const LEAVE: Words = words("退出", "Leave");
/// What was agreed.
pub const AGREED: Words = words("约定目标和基数", "Agreed target and base");
/// How a standing comes about.
pub const STANDING_TITLE: Words = words("怎么算的", "How it comes about");
/// The yield is off.
pub const STANDS_OUT: Words = words("偏离可比", "Off its peers");
/// Fairness.
pub const FAIRNESS: Words = words("公平性", "Fairness");
/// What is looked at.
pub const FAIRNESS_TEXT: Words = words(
    "每一元（或每一件）计量拿到多少，和类型、规模相同的经销商比；与同组中位数相差四分之一以上的标出来。",
    "What is earned for each yuan or unit measured, beside dealers of the same type and size; more than a quarter off the group's median is marked.",
);
/// The middle of the group.
pub const MEDIAN: Words = words("同组中位数", "Group median");
/// Too few to compare.
pub const TOO_FEW: Words = words("同组不足三家", "Fewer than three");
/// Statements.
pub const STATEMENTS: Words = words("结算单", "Statements");
/// One of them.
pub const STATEMENT: Words = words("结算单", "Statement");
/// Issues them.
pub const ISSUE: Words = words("开具结算单", "Issue statements");
/// Up to which day.
pub const UNTIL: Words = words("结算至", "Up to");
/// No statements.
pub const NO_STATEMENTS: Words = words("还没有结算单。", "No statements yet.");
/// Paid.
pub const PAID: Words = words("已支付", "Paid");
/// Waits.
pub const OPEN: Words = words("待支付", "To be paid");
/// Taken back.
pub const WITHDRAWN: Words = words("已作废", "Withdrawn");
/// Disputed.
pub const DISPUTED: Words = words("有异议", "Disputed");
/// Pays it.
pub const PAY: Words = words("标记已支付", "Mark as paid");
/// Withdraws it.
pub const WITHDRAW: Words = words("作废", "Withdraw");
/// Disputes it.
pub const DISPUTE: Words = words("提出异议", "Dispute it");
/// Why.
pub const REASON: Words = words("哪里不对", "What is wrong");
/// A dispute is an issue.
pub const DISPUTE_TEXT: Words = words(
    "会建一个返利问题，两周内要解决；结算单上留有链接。",
    "This opens an issue that is to be resolved within two weeks, and links it to the statement.",
);
/// Goes to it.
pub const TO_DISPUTE: Words = words("查看异议", "See the dispute");
/// A remark.
pub const NOTE: Words = words("备注", "Note");
/// What it is for.
pub const ITEM: Words = words("项目", "Item");
/// How much.
pub const AMOUNT: Words = words("金额", "Amount");
/// The sum.
pub const TOTAL: Words = words("本期应付", "To be paid now");
/// Earned from the beginning.
pub const EARNED_ALL: Words = words("累计应得", "Earned from the beginning");
/// The version.
pub const VERSION: Words = words("方案版本", "Version");
/// What was measured.
pub const MEASURED: Words = words("计量数值", "Measured");
/// The readings have changed.
pub const CORRECTION: Words = words(
    "开具之后数据有变；差额由下一张结算单补足或扣回：",
    "Readings have changed since; the next statement settles the difference: ",
);
/// The readings.
pub const READINGS: Words = words("数据明细", "Readings");
/// The next tier.
pub const NEXT: Words = words("下一步", "Next");
/// What if.
pub const WHAT_IF: Words = words("如果做到", "What if it comes to");
/// No incentives of this dealer.
pub const NONE_OF_DEALER: Words = words("还没有参加激励方案", "Takes part in no scheme yet");
/// What then.
pub const NONE_OF_DEALER_TEXT: Words = words(
    "参加后，这里看得到走到哪一档、还差多少、按目前进度哪天达到。",
    "Once enrolled, this shows how far it has come, what is missing, and when it gets there at today's pace.",
);
/// Schemes that it could take part in.
pub const OPEN_TO: Words = words("可以参加的方案", "Open to this dealer");

/// The metric.
pub const METRIC: Words = words("计量指标", "Metric");
/// The first day.
pub const FROM: Words = words("开始", "From");
/// The last day.
pub const TO: Words = words("结束", "To");
/// The kind of rule.
pub const RULE: Words = words("奖励方式", "How it pays");
/// Where a tier begins.
pub const TIER_FROM: Words = words("从多少起", "From");
/// A rate.
pub const RATE: Words = words("比例", "Rate");
/// A tier.
pub const TIER: Words = words("档位", "Tier");
/// Adds one.
pub const ADD_TIER: Words = words("添加档位", "Add a tier");
/// How tiers end.
pub const TIERS_TEXT: Words = words(
    "每档到下一档的起点为止，含起点、不含终点；最后一档没有上限。",
    "Each tier ends where the next begins; it holds its start and not its end. The last has none.",
);
/// Growth that comes before.
pub const THRESHOLD: Words = words("门槛", "Threshold");
/// The payout at 100 %.
pub const PAYOUT: Words = words("达成 100% 的奖金", "Paid at 100%");
/// The part at the threshold.
pub const START_PART: Words = words("到门槛发几成", "Part paid at the threshold");
/// Above 100 %.
pub const ACCELERATOR: Words = words("超额加速", "Accelerator above 100%");
/// For each unit.
pub const BONUS: Words = words("每件奖励", "Bonus for each");
/// Places of a trip.
pub const PLACES: Words = words("名额", "Places");
/// What one is worth.
pub const WORTH: Words = words("每个名额价值", "Worth of a place");
/// The least score.
pub const LEAST: Words = words("最低评分", "Least score");
/// The most for a dealer.
pub const CAP: Words = words("每家封顶", "Cap for a dealer");
/// Empty means none.
pub const CAP_HINT: Words = words("留空表示不封顶", "Empty: no cap");
/// Those who join late.
pub const PRORATED: Words = words("中途加入", "Joining late");
/// By days.
pub const BY_DAYS: Words = words("按天数折算", "Earns the part of the days");
/// From the day on.
pub const FROM_DAY: Words = words("从加入日起计量", "Counts from that day on");
/// Returns.
pub const RETURNS: Words = words("退货后多发的", "Overpaid after returns");
/// It stays.
pub const KEPT: Words = words("不收回", "Stays paid");
/// It is taken back.
pub const TAKEN_BACK: Words = words("下期扣回", "Taken back next time");
/// Limits.
pub const LIMITS: Words = words("封顶与折算", "Limits");
/// The terms were kept.
pub const TERMS_KEPT: Words = words("已保存规则草稿", "The draft of the terms is kept");
/// A period is none.
pub const BAD_PERIOD: Words = words("结束不能早于开始", "The end must not come before the start");
/// A number is none.
pub const NOT_A_NUMBER: Words = words(
    "请填数字，最多两位小数",
    "Enter numbers with at most two decimals",
);
/// Something is not chosen.
pub const CHOOSE_ONE: Words = words("请先选择", "Make a choice first");

/// How many take part.
pub fn enrolled(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 家参加"),
        Lang::En => format!("{count} enrolled"),
    }
}

/// How much of the budget is expected to be used.
pub fn of_budget(lang: Lang, part: &str) -> String {
    match lang {
        Lang::Zh => format!("预算的 {part}"),
        Lang::En => format!("{part} of the budget"),
    }
}

/// So many statements were issued.
pub fn issued(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已开具 {count} 张结算单"),
        Lang::En if count == 1 => "1 statement issued".to_owned(),
        Lang::En => format!("{count} statements issued"),
    }
}

/// What would be earned beyond what is.
pub fn more_than_now(lang: Lang, more: &str) -> String {
    match lang {
        Lang::Zh => format!("比现在多 {more}"),
        Lang::En => format!("{more} more than now"),
    }
}

/// Something of something.
pub fn of(lang: Lang, what: Words, whose: &str) -> String {
    match lang {
        Lang::Zh => format!("{}：{whose}", what.zh),
        Lang::En => format!("{}: {whose}", what.en),
    }
}

/// What more is earned than now.
pub const MORE: Words = words("多得", "More than now");
/// The part of the budget that is expected to be used.
pub const USED: Words = words("预算使用", "Part of the budget");
