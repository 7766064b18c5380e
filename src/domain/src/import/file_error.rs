//! Why a file cannot be read, and what the person can do.

use super::{Encoding, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS};
use crate::exchange::vcard;
use crate::words::{Lang, words};

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Beyond [`LARGEST_FILE`].
    #[error("the file has {bytes} bytes")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// Text in none of the encodings that are read.
    #[error("the text is neither UTF-8, UTF-16 nor GB18030")]
    UnknownEncoding,
    /// Text that announces an encoding and does not keep to it.
    #[error("the text is not valid {0:?}")]
    BrokenText(Encoding),
    /// Not text and not a workbook.
    #[error("the file is not a table")]
    NotATable,
    /// A workbook of Excel 97–2003.
    #[error("the workbook is in the format of Excel 97-2003")]
    OldWorkbook,
    /// A workbook that asks for a password.
    #[error("the workbook is protected by a password")]
    LockedWorkbook,
    /// A workbook that cannot be read.
    #[error("the workbook is damaged: {0}")]
    BrokenWorkbook(String),
    /// A workbook that would unpack to more than is sensible.
    #[error("the workbook unpacks to {bytes} bytes")]
    SwollenWorkbook {
        /// Its unpacked size.
        bytes: u64,
    },
    /// No heading with at least one row beneath.
    #[error("the file has no row beneath its headings")]
    NoRows,
    /// More than [`MOST_ROWS`] rows.
    #[error("the file has more than {MOST_ROWS} rows")]
    TooManyRows,
    /// A row with more than [`MOST_COLUMNS`] columns.
    #[error("row {line} has more than {MOST_COLUMNS} columns")]
    TooManyColumns {
        /// The row, as the file counts.
        line: u32,
    },
    /// More text than a book can hold.
    #[error("the file holds too much text")]
    TooMuchText,
    /// A vCard that begins and never ends.
    #[error("the card that begins in line {line} is cut off")]
    OpenCard {
        /// Where it begins.
        line: u32,
    },
    /// A quotation mark that is opened and never closed.
    #[error("the quotation mark opened in row {line} is never closed")]
    OpenQuote {
        /// The row, as the file counts.
        line: u32,
    },
}

impl FileError {
    /// What to tell the person: what is wrong and what to do.
    pub fn text(&self, lang: Lang) -> String {
        let fixed = |zh: &'static str, en: &'static str| words(zh, en).in_lang(lang).to_owned();
        let megabytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
        match self {
            Self::Empty => fixed(
                "这个文件是空的（0 字节）。请重新导出后再试。",
                "This file is empty (0 bytes). Export it again and retry.",
            ),
            Self::TooLarge { bytes } => {
                let (is, limit) = (megabytes(*bytes), megabytes(LARGEST_FILE));
                match lang {
                    Lang::Zh => format!(
                        "文件有 {is} MB，最多能读 {limit} MB。请拆成几个文件，或只导出需要的列。"
                    ),
                    Lang::En => format!(
                        "The file has {is} MB; at most {limit} MB can be read. Split it, or export only the columns you need."
                    ),
                }
            }
            Self::UnknownEncoding => fixed(
                "认不出文字编码。请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 XLSX 再导入。",
                "The text encoding is unknown. Open the file in a spreadsheet program and save it as “CSV UTF-8” or XLSX.",
            ),
            Self::BrokenText(encoding) => match lang {
                Lang::Zh => format!(
                    "文件自称是 {} 编码，但其中有读不出的内容，可能已损坏。请重新导出，或另存为 XLSX。",
                    encoding.name()
                ),
                Lang::En => format!(
                    "The file says it is {} but holds bytes that are not; it may be damaged. Export it again, or save it as XLSX.",
                    encoding.name()
                ),
            },
            Self::NotATable => fixed(
                "这不是表格文件。能导入的是 CSV、XLSX 和 vCard。",
                "This is not a table. CSV, XLSX and vCard files can be imported.",
            ),
            Self::OldWorkbook => fixed(
                "这是旧版 Excel（.xls）文件。请用 Excel 或 WPS 打开，另存为 XLSX 再导入。",
                "This is an old Excel file (.xls). Open it in a spreadsheet program and save it as XLSX.",
            ),
            Self::LockedWorkbook => fixed(
                "工作簿有密码保护。请去掉密码后另存一份再导入。",
                "The workbook is protected by a password. Save a copy without it.",
            ),
            Self::BrokenWorkbook(_) => fixed(
                "工作簿已损坏，读不出来。请用 Excel 或 WPS 打开后另存一份再导入。",
                "The workbook is damaged. Open it in a spreadsheet program and save a copy.",
            ),
            Self::SwollenWorkbook { bytes } => {
                let is = megabytes(*bytes);
                match lang {
                    Lang::Zh => format!(
                        "工作簿解压后有 {is} MB，太大了。请只保留需要的工作表，另存一份再导入。"
                    ),
                    Lang::En => format!(
                        "The workbook unpacks to {is} MB, which is too much. Save a copy with only the sheet you need."
                    ),
                }
            }
            Self::NoRows => fixed(
                "没有找到数据：需要一行标题，下面至少有一行内容。",
                "No data found: a row of headings is needed, with at least one row beneath.",
            ),
            Self::TooManyRows => match lang {
                Lang::Zh => format!("一次最多导入 {MOST_ROWS} 行。请拆成几个文件。"),
                Lang::En => format!("At most {MOST_ROWS} rows at a time. Split the file."),
            },
            Self::TooManyColumns { line } => match lang {
                Lang::Zh => {
                    format!("第 {line} 行超过 {MOST_COLUMNS} 列。请只保留需要的列，并检查分隔符。")
                }
                Lang::En => format!(
                    "Row {line} has more than {MOST_COLUMNS} columns. Keep only those you need, and check the separators."
                ),
            },
            Self::TooMuchText => fixed(
                "文件里的文字太多。请拆成几个文件，或去掉不需要的列。",
                "The file holds too much text. Split it, or remove columns you do not need.",
            ),
            Self::OpenCard { line } => vcard::CardFault::Open { line: *line }.text(lang),
            Self::OpenQuote { line } => match lang {
                Lang::Zh => format!(
                    "第 {line} 行有一个引号没有结束，后面的内容都被它吞掉了。请补上引号再导入。"
                ),
                Lang::En => format!(
                    "A quotation mark opened in row {line} is never closed and swallows all that follows. Close it and retry."
                ),
            },
        }
    }
}
