//! Texts of the import.

use super::{Lang, Words, words};

/// What can be imported.
pub const SUB: Words = words(
    "任何表格，名片，Zoho CRM 和纷享销客的文件",
    "Tables of any kind, vCards, files of Zoho CRM and ShareCRM",
);
/// The steps.
pub const STEPS: Words = words("导入步骤", "Steps of the import");
/// The first step.
pub const FILE: Words = words("文件", "File");
/// The second step.
pub const COLUMNS: Words = words("对应", "Columns");
/// The third step.
pub const PREVIEW: Words = words("预览", "Preview");
/// The last step.
pub const DONE: Words = words("完成", "Done");
/// Not while the dealer sees the screen.
pub const SHARED: Words = words("同屏时不能导入", "Not while the screen is shared");
/// Why.
pub const SHARED_TEXT: Words = words(
    "名单里有其他经销商的信息。结束同屏后再导入，已选的文件还在。",
    "The list holds other dealers’ details. End shared-screen mode first; the chosen file stays.",
);
/// Chooses a file.
pub const CHOOSE: Words = words("选择或拖入文件", "Choose or drop a file");
/// Which files.
pub const CHOOSE_TEXT: Words = words(
    "CSV、XLSX 或名片（vCard），最大 50 MB；编码自动识别",
    "CSV, XLSX or vCard up to 50 MB; the encoding is detected",
);
/// What a file looks like.
pub const WHAT_FITS: Words = words("什么样的表格都可以", "Almost any table will do");
/// Tips.
pub const TIPS: [Words; 3] = [
    words(
        "第一行是表头，列名和顺序随意，中文英文都能认；不需要的列可以不导入。",
        "The first row holds the headings, in Chinese or English, in any order; columns you do not need can be left out.",
    ),
    words(
        "导入前先预览：新增、更新、重复、出错各有多少，一目了然；没有确认之前什么都不会写入。",
        "A preview comes first: what is new, updated, duplicate or wrong. Nothing is written before you agree.",
    ),
    words(
        "一次全部导入，不会只进一半，也可以整批撤销。",
        "All of it comes in at once, never half, and can be undone as one.",
    ),
];
/// Empty tables to fill in.
pub const TEMPLATES: Words = words("没有现成的表格？", "No table yet?");
/// What to do with them.
pub const TEMPLATES_TEXT: Words = words(
    "下载一份空表，用 Excel 或 WPS 填好再导入。",
    "Download an empty one, fill it in with a spreadsheet program and import it.",
);
/// Chooses the empty table of another kind.
pub const OTHER_TEMPLATE: Words = words("其他内容的空表", "Empty tables of other kinds");
/// What most files hold.
pub const USUAL: Words = words("常用", "Most used");
/// Other tables of the book.
pub const OTHER_TABLES: Words = words("台账的其他内容", "Other tables of the book");
/// The dealer of everyone whose row names none.
pub const ALL_DEALER: Words = words("没写经销商的人属于", "People without a dealer belong to");
/// None is chosen yet.
pub const ALL_DEALER_TEXT: Words = words(
    "未选；没写经销商的行会列为有错",
    "None chosen; rows that name no dealer count as errors",
);
/// Chooses it.
pub const CHOOSE_DEALER: Words = words("选经销商", "Choose a dealer");
/// The file could not be read.
pub const UNREADABLE: Words = words(
    "这个文件读不了：可能已被移动、改名或正被占用。请重新选择。",
    "This file cannot be read: it may have been moved, renamed or is in use. Choose it again.",
);
/// A file could not be saved.
pub const NOT_SAVED: Words = super::settings::NOT_SAVED;
/// A file is being read.
pub const READING: Words = words("正在读取文件", "Reading the file");
/// Rows are being checked.
pub const CHECKING: Words = words("正在检查每一行", "Checking every row");
/// It is being written.
pub const WRITING: Words = words("正在写入", "Writing");
/// What the file holds.
pub const CONTENT: Words = words("这个文件是", "This file holds");
/// Not imported.
pub const LEAVE_OUT: Words = words("不导入", "Do not import");
/// The heading was understood.
pub const RECOGNISED: Words = words("已识别", "Recognised");
/// The heading was understood in part.
pub const LIKELY: Words = words("请确认", "Please check");
/// The person chose.
pub const LEFT_OUT: Words = words("不导入", "Left out");
/// Amounts are in ten thousands.
pub const TEN_THOUSANDS: Words = words("按万元读", "Read as ten thousands");
/// The metric of all values.
pub const ALL_METRIC: Words = words("全部数值的指标", "The metric of all values");
/// The month of all values.
pub const ALL_MONTH: Words = words("全部数值的月份", "The month of all values");
/// Nothing chosen.
pub const PLEASE_CHOOSE: Words = words("请选择", "Choose…");
/// One step back.
pub const BACK: Words = words("上一步", "Back");
/// Another file.
pub const OTHER_FILE: Words = words("换一个文件", "Another file");
/// To the preview.
pub const CHECK: Words = words("检查并预览", "Check and preview");
/// Everything that is needed is there.
pub const READY: Words = words("还没有写入任何内容", "Nothing is written yet");
/// All or nothing.
pub const ALL_OR_NOTHING: Words =
    words("一次全部导入，可整批撤销", "Imported as one, undone as one");
/// Filters rows.
pub const SHOW: Words = words("显示", "Show");
/// All rows.
pub const ALL: Words = words("全部", "All");
/// Rows with errors.
pub const ERRORS: Words = words("出错", "Errors");
/// Possible duplicates.
pub const DUPLICATES: Words = words("可能重复", "Possible duplicates");
/// New ones.
pub const NEW: Words = words("新增", "New");
/// Changed ones.
pub const UPDATES: Words = words("更新", "Updates");
/// Nothing to do.
pub const SAME: Words = words("没有变化", "No change");
/// Cells to look at.
pub const NOTICES: Words = words("留意", "To look at");
/// What to do with the rows that have errors.
pub const FIX: Words = words(
    "改好文件再来，或先导入其余的行。",
    "Correct the file and come back, or import the other rows now.",
);
/// Downloads the rows with errors.
pub const DOWNLOAD_ERRORS: Words = words("下载出错的行", "Download these rows");
/// The file's name.
pub const ERRORS_FILE: Words = words("导入出错的行", "rows-to-correct");
/// The table.
pub const TABLE: Words = words("文件里的行", "Rows of the file");
/// Row number.
pub const ROW: Words = words("行", "Row");
/// What would be done.
pub const VERDICT: Words = words("结果", "Outcome");
/// What to do with duplicates.
pub const HANDLE: Words = words("怎么处理重复", "What to do with duplicates");
/// Nothing in this filter.
pub const NO_ROWS: Words = words("没有这样的行", "No such rows");
/// Nothing would change.
pub const NOTHING: Words = words("没有需要导入的内容", "Nothing to import");
/// To the list.
pub const SEE_DEALERS: Words = words("看经销商", "See the dealers");
/// Takes the import back.
pub const UNDO: Words = words("撤销这次导入", "Undo this import");
/// It was taken back.
pub const UNDONE: Words = words("这次导入已撤销", "The import is undone");
/// What that means.
pub const UNDONE_TEXT: Words = words(
    "台账和导入前一样；新增的记录在回收站里。",
    "The book is as it was before; the records that were new are in the bin.",
);
/// Another one.
pub const ANOTHER: Words = words("再导入一个文件", "Import another file");
/// What to do next.
pub const NEXT: Words = words(
    "现在给最重要的几家定联系等级，「今天」就会替你记着。",
    "Set the contact grade of the most important ones now, and Today will remember for you.",
);

/// A file's name, size in rows and columns.
pub fn file_line(lang: Lang, name: &str, rows: usize, columns: usize) -> String {
    match lang {
        Lang::Zh => format!("{name} · {rows} 行 · {columns} 列"),
        Lang::En => format!(
            "{name} · {} · {}",
            many(rows, "row"),
            many(columns, "column")
        ),
    }
}

/// How many columns were recognised.
pub fn recognised(lang: Lang, known: usize, of: usize) -> String {
    match lang {
        Lang::Zh => {
            format!("已按表头认出 {known} 列（共 {of} 列），请看一眼；不需要的选「不导入」。")
        }
        Lang::En => format!(
            "{known} of {} recognised by their headings. Have a look; leave out what you do not need.",
            many(of, "column")
        ),
    }
}

/// What still has to be mapped.
pub fn missing(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("还缺：{what}"),
        Lang::En => format!("Still missing: {what}"),
    }
}

/// A field that the dealer never sees.
pub fn internal_field(lang: Lang, label: &str) -> String {
    match lang {
        Lang::Zh => format!("{label}（内部）"),
        Lang::En => format!("{label} (internal)"),
    }
}

/// Names in a list.
pub fn list(lang: Lang, names: &[&str]) -> String {
    names.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}

/// The select of a column, for those who do not see it.
pub fn column_holds(lang: Lang, heading: &str) -> String {
    match lang {
        Lang::Zh => format!("「{heading}」列是"),
        Lang::En => format!("Column “{heading}” holds"),
    }
}

/// How far the work has come.
pub fn so_far(lang: Lang, done: usize, total: usize) -> String {
    match lang {
        Lang::Zh => format!("{done} / {total} 行"),
        Lang::En => format!("{done} of {}", many(total, "row")),
    }
}

/// So many rows have errors.
pub fn with_errors(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 行有错"),
        Lang::En if count == 1 => "1 row has an error".to_owned(),
        Lang::En => format!("{count} rows have errors"),
    }
}

/// How many things of the file the book has no place for.
pub fn without_place(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("文件里有 {count} 项内容台账放不下，不会导入"),
        Lang::En if count == 1 => {
            "1 thing in the file has no place in the book and is left out".to_owned()
        }
        Lang::En => {
            format!("{count} things in the file have no place in the book and are left out")
        }
    }
}

/// Something and in how many rows it is.
pub fn in_rows(lang: Lang, what: &str, rows: usize) -> String {
    match lang {
        Lang::Zh => format!("{what}（{rows} 行）"),
        Lang::En => format!("{what} ({})", many(rows, "row")),
    }
}

/// Leaves the rows with errors out.
pub fn leave_errors(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("不导入有错误的 {count} 行"),
        Lang::En if count == 1 => "Leave out the row with an error".to_owned(),
        Lang::En => format!("Leave out the {count} rows with errors"),
    }
}

/// Writes so many rows.
pub fn import_rows(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("导入 {count} 行"),
        Lang::En => format!("Import {}", many(count, "row")),
    }
}

/// What a row may be a second time: an earlier row.
pub fn like_line(lang: Lang, line: u32, why: &str) -> String {
    match lang {
        Lang::Zh => format!("与第 {line} 行{why}"),
        Lang::En => format!("{why} (row {line})"),
    }
}

/// What a row may be a second time: a record of the book.
pub fn like_record(lang: Lang, name: &str, why: &str) -> String {
    match lang {
        Lang::Zh => format!("与台账里的「{name}」{why}"),
        Lang::En => format!("{why} (“{name}” in the book)"),
    }
}

/// What to do with all duplicates of a kind.
pub fn all_like(lang: Lang, why: &str, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{why}（{count} 行）"),
        Lang::En => format!("{why} ({})", many(count, "row")),
    }
}

/// What to do with the duplicate in a row, for those who do not see it.
pub fn handle_row(lang: Lang, line: u32) -> String {
    match lang {
        Lang::Zh => format!("第 {line} 行怎么处理"),
        Lang::En => format!("What to do with row {line}"),
    }
}

/// What was imported.
pub fn imported(lang: Lang, what: &str, created: usize, updated: usize) -> String {
    match (lang, created, updated) {
        (Lang::Zh, _, 0) => format!("已导入{what} {created} 条"),
        (Lang::Zh, 0, _) => format!("已更新{what} {updated} 条"),
        (Lang::Zh, ..) => format!("已导入{what} {created} 条，更新 {updated} 条"),
        (Lang::En, _, 0) => format!("{what}: {created} imported"),
        (Lang::En, 0, _) => format!("{what}: {updated} updated"),
        (Lang::En, ..) => format!("{what}: {created} imported, {updated} updated"),
    }
}

/// What was not.
pub fn not_imported(lang: Lang, skipped: usize, left_out: usize, same: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut say = |count: usize, zh: &str, en: &str| {
        if count > 0 {
            parts.push(match lang {
                Lang::Zh => format!("{count} 行{zh}"),
                Lang::En => format!("{} {en}", many(count, "row")),
            });
        }
    };
    say(skipped, "重复，已跳过", "skipped as duplicates");
    say(left_out, "有错，留在文件里", "with errors left in the file");
    say(same, "没有变化", "unchanged");
    parts
}

/// Between two sentences.
pub const fn between(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "；",
        Lang::En => ". ",
    }
}

/// An empty table's name.
pub fn template(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("{what}空表"),
        Lang::En => format!("{what} template"),
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
