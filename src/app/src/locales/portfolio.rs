//! Texts of the portfolio: the figures of all dealers, the quality of their data, and reports.

use super::{Lang, Words, words};

/// The place.
pub const PORTFOLIO: Words = words("数据", "Numbers");
/// Figures over all dealers.
pub const FIGURES: Words = words("全盘", "Portfolio");
/// All dealers.
pub const DEALERS_ALL: Words = words("经销商", "Dealers");
/// What was bought in a year.
pub const BOUGHT_IN_YEAR: Words = words("近十二个月进货额", "Sales-in, last twelve months");
/// Contacts that are overdue.
pub const CONTACT_OVERDUE: Words = words("联系逾期", "Contact overdue");
/// Goals that fall behind.
pub const GOALS_BEHIND: Words = words("目标落后", "With a goal behind");
/// Issues beyond their deadline.
pub const LATE_ISSUES: Words = words("超期的问题", "Late issues");
/// Leads there.
pub const SEE: Words = words("查看", "See them");
/// Saves a report as a workbook.
pub const SAVE_XLSX: Words = words("存为 XLSX", "Save as XLSX");
/// Every dealer in one table.
pub const TABLE: Words = words("明细表", "Table");
/// Which dealers are looked at.
pub const DEALERS: Words = words("哪些经销商", "Dealers");
/// What is wrong with the data.
pub const QUALITY: Words = words("数据质量", "Data quality");
/// The report.
pub const REPORT: Words = words("报告", "Report");
/// Parts of the place.
pub const PARTS: Words = words("数据的几个部分", "Parts of the numbers");
/// Where else figures are.
pub const ELSEWHERE: Words = words("更多数据", "More numbers");
/// Other dealers are nobody else's matter.
pub const SHARED: Words = words(
    "同屏时不显示各家经销商的数据。",
    "While the screen is shared, figures of all dealers are not shown.",
);
/// What is measured.
pub const METRIC: Words = words("指标", "Metric");
/// The rows.
pub const ROWS: Words = words("按什么分行", "Rows");
/// The columns.
pub const COLUMNS: Words = words("按什么分列", "Columns");
/// How long a period is.
pub const CYCLE: Words = words("周期", "Period");
/// A sum over dealers.
pub const SUM: Words = words("合计", "Total");
/// A mean over dealers.
pub const MEAN: Words = words("平均", "Mean");
/// The rows behind a cell.
pub const BEHIND: Words = words("由哪些经销商组成", "The dealers behind it");
/// What cells are.
pub const SUM_TEXT: Words = words(
    "每格是其中经销商各期数据之和；点开可看到每一家。",
    "Each cell is the sum of its dealers' readings; open it to see each of them.",
);
/// What cells are.
pub const MEAN_TEXT: Words = words(
    "每格是其中经销商最近一次数据的平均，每家同样算；点开可看到每一家。",
    "Each cell is the mean of its dealers' latest readings, each dealer alike; open it to see each of them.",
);
/// Nothing to show.
pub const NO_FIGURES: Words = words("这段时间没有数据", "No readings in this time");
/// What to do then.
pub const NO_FIGURES_TEXT: Words = words(
    "换一个指标或周期，或先录入、导入数据。",
    "Choose another metric or period, or enter or import readings first.",
);
/// Filled fields.
pub const COMPLETENESS: Words = words("档案完整度", "Completeness");
/// Dealers with something wrong.
pub const TO_MEND: Words = words("需要补正的经销商", "Dealers to be mended");
/// Nothing is wrong.
pub const ALL_WELL: Words = words("数据齐全", "Nothing is missing");
/// Why that is good.
pub const ALL_WELL_TEXT: Words = words(
    "没有缺项、过期或疑似重复的经销商。",
    "No dealer lacks anything, is out of date, or may be entered twice.",
);
/// Mends it.
pub const MEND: Words = words("补正", "Mend");
/// Enters readings.
pub const ENTER: Words = words("补数据", "Enter readings");
/// Merges.
pub const MERGE: Words = words("合并", "Merge");
/// Merged.
pub const MERGED: Words = words(
    "已合并，两边的记录都保留",
    "Merged; both histories are kept",
);
/// Which one stays.
pub const KEEP: Words = words("保留哪一个", "Which one stays");
/// What merging does.
pub const MERGE_TEXT: Words = words(
    "另一个的全部记录移到保留的这个，自己进回收站；可以撤销。",
    "All records of the other move to the one that stays; the other goes to the bin. It can be undone.",
);
/// Fields that are filled.
pub const FILLED: Words = words("会补上的空项", "Empty fields that are filled");
/// Fields that differ.
pub const DIFFERING: Words = words("两边不同，保留前者", "Both differ; the first stays");
/// Records that move.
pub const MOVED: Words = words("会移过来的记录", "Records that move");
/// Records that both have.
pub const TWICE: Words = words(
    "两边都有的同期记录（留在回收站）",
    "Both have these (they stay in the bin)",
);

/// The quarterly review.
pub const PACK: Words = words("季度复盘", "Quarterly review");
/// Its parts.
pub const PACK_SCORE: Words = words("评分", "Score");
/// Goals.
pub const PACK_GOALS: Words = words("目标", "Goals");
/// Plans.
pub const PACK_PLANS: Words = words("行动计划", "Plans");
/// Issues.
pub const PACK_ISSUES: Words = words("问题", "Issues");
/// Training.
pub const PACK_TRAINING: Words = words("培训与支持", "Training and support");
/// Incentives.
pub const PACK_INCENTIVES: Words = words("激励", "Incentives");
/// Next quarter.
pub const PACK_NEXT: Words = words("下季度", "Next quarter");
/// Nothing of it.
pub const NOTHING: Words = words("本期没有。", "Nothing in this period.");
/// Opens the pack.
pub const OPEN_PACK: Words = words("季度复盘", "Quarterly review");
/// Metrics of the quarter against the year before.
pub const AGAINST_LAST_YEAR: Words = words("同比", "Year on year");
/// The report over all dealers.
pub const PORTFOLIO_REPORT: Words = words("经销商全盘报告", "Portfolio report");
/// The best.
pub const BEST: Words = words("评分前十", "Highest scores");
/// The lowest.
pub const LOWEST: Words = words("最需要关注", "Most in need of attention");
/// A dealer.
pub const DEALER: Words = words("经销商", "Dealer");

/// How many records of a table.
pub fn count(lang: Lang, table: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{table} {count} 条"),
        Lang::En => format!("{table}: {count}"),
    }
}

/// How many dealers, of how many.
pub fn to_mend(lang: Lang, with: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("{all} 家中 {with} 家"),
        Lang::En => format!("{with} of {all} dealers"),
    }
}

/// How many dealers are looked after.
pub fn looked_after(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 家在维护"),
        Lang::En => format!("{count} looked after"),
    }
}

/// A change against the year before.
pub fn against_last_year(lang: Lang, change: &str) -> String {
    match lang {
        Lang::Zh => format!("比去年同月 {change}"),
        Lang::En => format!("{change} against last year's months"),
    }
}

/// How many others there are.
pub fn and_more(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {count} 条"),
        Lang::En => format!("and {count} more"),
    }
}
