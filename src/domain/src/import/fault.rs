//! What is wrong or odd with a cell, in words that name its row and its column.

use crate::schema::Fault;
use crate::value::Misread;
use crate::words::{Lang, Words, words};

/// Why a cell cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Not a value of its kind.
    #[error(transparent)]
    Misread(#[from] Misread),
    /// Against a rule of its field.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A number too large to keep.
    #[error("the number is too large")]
    Overflow,
    /// A formula where a value is needed.
    #[error("a formula instead of a value")]
    Formula,
    /// A formula that the spreadsheet could not work out, such as #N/A.
    #[error("an error of the spreadsheet")]
    SheetError,
    /// No dealer has this name or code.
    #[error("no dealer has this name or code")]
    NoSuchDealer,
    /// Several dealers have this name.
    #[error("several dealers have this name")]
    ManyDealers,
    /// Code and name belong to two dealers.
    #[error("the code and the name belong to two dealers")]
    TwoDealers,
    /// No record of a table has this name; the words say which table.
    #[error("no {} has this name", .0.en)]
    NoSuchRecord(Words),
    /// Several records of a table have this name.
    #[error("several records have this name: {}", .0.en)]
    ManyRecords(Words),
    /// Not one of the options of a field of the team's own.
    #[error("not one of the options")]
    NoOption,
    /// No metric has this name.
    #[error("no metric has this name")]
    NoSuchMetric,
    /// The metric follows from others and takes no readings.
    #[error("the metric follows from others by a formula")]
    FormulaMetric,
    /// A month that has not begun.
    #[error("the month has not begun yet")]
    FutureMonth,
    /// A cell without a heading above it.
    #[error("a cell without a heading above it")]
    Surplus,
}

impl CellFault {
    /// What to tell the person, and what to enter instead.
    pub fn text(self, lang: Lang) -> String {
        let told: Words = match self {
            Self::Misread(misread) => misread.words(),
            Self::Fault(fault) => return fault.text(lang),
            Self::NoSuchRecord(table) => {
                let table = table.in_lang(lang);
                return match lang {
                    Lang::Zh => format!("台账里没有叫这个名称的{table}，请先导入或改正"),
                    Lang::En => {
                        format!(
                            "No record of this name among: {table}; import it first, or correct the name"
                        )
                    }
                };
            }
            Self::ManyRecords(table) => {
                let table = table.in_lang(lang);
                return match lang {
                    Lang::Zh => format!("有几条{table}同名，请改填记录编号"),
                    Lang::En => {
                        format!(
                            "Several records have this name among: {table}; put in the record id instead"
                        )
                    }
                };
            }
            Self::NoOption => words(
                "不在这个字段的选项里，请从选项中选",
                "Not an option of this field; choose one of them",
            ),
            Self::Overflow => words("数字太大，存不下", "The number is too large to keep"),
            Self::Formula => words(
                "这里是公式，请改成公式算出的数值",
                "This is a formula; put in the value it gives",
            ),
            Self::SheetError => words(
                "表格里的公式出错，请改成正确的内容",
                "The spreadsheet's formula failed here; put in the right content",
            ),
            Self::NoSuchDealer => words(
                "台账里没有这家经销商，请先导入经销商或改正名称、编码",
                "No dealer in the book has this name or code; import the dealer first, or correct it",
            ),
            Self::ManyDealers => words(
                "有几家经销商同名，请加一列“客户编码”来区分",
                "Several dealers have this name; add a column with the code",
            ),
            Self::TwoDealers => words(
                "编码和名称分别属于两家经销商，请核对",
                "The code and the name belong to two different dealers; check them",
            ),
            Self::NoSuchMetric => words(
                "没有这个指标，请改成已有的指标名称",
                "There is no such metric; use the name of an existing one",
            ),
            Self::FormulaMetric => words(
                "这个指标由公式算出，不能导入；请导入公式用到的指标",
                "This metric is worked out by a formula; import the metrics that it uses",
            ),
            Self::FutureMonth => words(
                "这个月还没开始，不能有实际数据",
                "This month has not begun, so it cannot have readings",
            ),
            Self::Surplus => words(
                "这一格上方没有列标题，可能多了一个分隔符",
                "No heading stands above this cell; there may be a separator too many",
            ),
        };
        told.in_lang(lang).to_owned()
    }
}

/// A cell that cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The row, as the file counts.
    pub line: u32,
    /// The column's heading, or its letter where it has none.
    pub column: String,
    /// What is wrong.
    pub fault: CellFault,
    /// What the cell holds, cut after 40 characters.
    pub found: String,
}

impl CellError {
    /// What to tell the person: row, column, what is wrong, what was found.
    pub fn text(&self, lang: Lang) -> String {
        let fault = self.fault.text(lang);
        let (line, column) = (self.line, &self.column);
        let mut text = match lang {
            Lang::Zh => format!("第 {line} 行「{column}」列：{fault}"),
            Lang::En => format!("Row {line}, column “{column}”: {fault}"),
        };
        if !self.found.is_empty() {
            text.push_str(&match lang {
                Lang::Zh => format!("（现在是“{}”）", self.found),
                Lang::En => format!(" (found “{}”)", self.found),
            });
        }
        text
    }
}

/// What is odd about a cell that is taken in all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Oddity {
    /// It reads like a formula and is kept as plain text.
    FormulaKeptAsText,
    /// Control characters were taken out.
    ControlCharacters,
}

impl Oddity {
    /// What to tell the person.
    pub const fn words(self) -> Words {
        match self {
            Self::FormulaKeptAsText => words(
                "看起来像公式，已按普通文字保存，不会被执行",
                "Reads like a formula; kept as plain text and never run",
            ),
            Self::ControlCharacters => words(
                "含有看不见的控制字符，已去掉",
                "Held invisible control characters; they were taken out",
            ),
        }
    }
}

/// A cell that is taken in but should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The row, as the file counts.
    pub line: u32,
    /// The column's heading, or its letter where it has none.
    pub column: String,
    /// What is odd.
    pub oddity: Oddity,
}

impl Notice {
    /// What to tell the person.
    pub fn text(&self, lang: Lang) -> String {
        let (line, column) = (self.line, &self.column);
        let told = self.oddity.words().in_lang(lang);
        match lang {
            Lang::Zh => format!("第 {line} 行「{column}」列：{told}"),
            Lang::En => format!("Row {line}, column “{column}”: {told}"),
        }
    }
}

/// The start of a cell, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    let clean = crate::text::clean(text, crate::text::Lines::One);
    match clean.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &clean[..at]),
        None => clean,
    }
}

/// Whether a spreadsheet program would run a text as a formula and do harm with it (OWASP,
/// "CSV Injection"). Telephone numbers such as +86 571 8888 and a lone dash are none.
pub(super) fn is_formula(text: &str) -> bool {
    let text = text.trim_start();
    let mut chars = text.chars();
    let first = chars.next();
    let rest = chars.as_str();
    let calls =
        || rest.contains(['(', '!', '|']) && rest.contains(|c: char| c.is_ascii_alphabetic());
    match first {
        Some('=') => !rest.trim().is_empty(),
        Some('@' | '+' | '-') => calls(),
        _ => false,
    }
}

/// A cell for a file that a spreadsheet program will open: an apostrophe before a formula
/// keeps it text. [`unguarded`] takes it off again.
pub(crate) fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(cell) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// A cell without the apostrophe of [`guarded`].
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_telephone_numbers() {
        for formula in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            " =HYPERLINK(\"http://x\")",
        ] {
            assert!(is_formula(formula), "{formula}");
            assert_eq!(unguarded(&guarded(formula)), formula);
        }
        for plain in [
            "+86 571 8888 0000",
            "+86(571)8888",
            "-",
            "-12.5",
            "@小王",
            "=",
            "'quoted",
            "A=B",
        ] {
            assert!(!is_formula(plain), "{plain}");
            assert_eq!(guarded(plain), plain);
        }
    }
}
