//! `tongxing export`.

use std::path::Path;

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::exchange::{
    DateForm, Sheet, Unheld, json as json_copy, listed, outgoing, vcard, workbook,
};
use tongxing_domain::schema::TableSpec;
use tongxing_domain::words::{Lang, words};

use crate::arguments::{Export, Format};
use crate::book_source;
use crate::chance;
use crate::failure::Failure;
use crate::named;
use crate::shelter::{Shelter, write_whole};
use crate::told::Told;

/// What was made.
struct Made {
    bytes: Vec<u8>,
    rows: usize,
    unheld: Vec<Unheld>,
    left_out: usize,
}

impl Made {
    fn whole(bytes: Vec<u8>, rows: usize) -> Self {
        Self {
            bytes,
            rows,
            unheld: Vec::new(),
            left_out: 0,
        }
    }
}

/// Writes tables, or the whole book.
pub(super) async fn run(
    shelter: &Shelter,
    asked: &Export,
    as_json: bool,
    lang: Lang,
) -> Result<Told, Failure> {
    let to_output = asked.out.as_os_str() == "-";
    check(asked, as_json && to_output)?;
    let book = book_source::book(&asked.source, shelter).await?;
    let folder = asked.format == Format::Csv && asked.table.is_empty() && asked.preset.is_none();
    if folder {
        return every_table(&book, asked, lang);
    }
    let made = make(&book, asked, lang)?;
    let mut told = told(&made, &asked.out, lang);
    if to_output {
        told.notes
            .extend(told.text.lines().skip(1).map(str::to_owned));
        told.file = Some(made.bytes);
    } else {
        write_whole(&asked.out, &made.bytes, false)?;
    }
    Ok(told)
}

/// Flags that do not go together.
fn check(asked: &Export, two_answers: bool) -> Result<(), Failure> {
    let to_output = asked.out.as_os_str() == "-";
    let alone = |zh, en| Err(Failure::Flags(words(zh, en)));
    match asked.format {
        _ if two_answers => alone(
            "--json 时请用 --out 指定文件，标准输出留给结果",
            "with --json name a file with --out: standard output is for the answer",
        ),
        Format::Csv if asked.table.len() > 1 => alone(
            "CSV 一次一个表；要多个表请用 --out 指定目录且不给 --table，或用 xlsx",
            "CSV holds one table; for all give a folder with --out and no --table, or use xlsx",
        ),
        Format::Csv if asked.table.is_empty() && asked.preset.is_none() && to_output => alone(
            "请用 --table 或 --preset 指定内容，或用 --out 指定目录以导出全部表",
            "name a --table or a --preset, or a folder with --out for every table",
        ),
        Format::Json if !asked.table.is_empty() || asked.preset.is_some() || asked.shared => alone(
            "JSON 总是整本台账，不能与 --table、--preset、--shared 同用",
            "JSON is the whole book; it takes no --table, --preset or --shared",
        ),
        Format::Vcf if !asked.table.is_empty() || asked.preset.is_some() => alone(
            "vcf 只有联系人，不能与 --table、--preset 同用",
            "vCards hold contacts alone; they take no --table or --preset",
        ),
        Format::Csv | Format::Xlsx if asked.preset.is_some() && asked.shared => alone(
            "--preset 的列是固定的，不能与 --shared 同用",
            "the columns of a --preset are fixed; it takes no --shared",
        ),
        _ => Ok(()),
    }
}

fn make(book: &Book, asked: &Export, lang: Lang) -> Result<Made, Failure> {
    if let Some(name) = &asked.preset {
        let preset = named::preset(name)?;
        let out = outgoing(book, preset, DateForm::Iso, lang);
        let rows = out.sheet.rows.len();
        let bytes = match asked.format {
            Format::Xlsx => workbook::of_sheet(preset.module, &out.sheet, chance::today())?,
            _ => out.sheet.to_csv().into_bytes(),
        };
        return Ok(Made {
            bytes,
            rows,
            unheld: out.unheld,
            left_out: out.left_out,
        });
    }
    match asked.format {
        Format::Json => {
            let rows = Book::TABLES.iter().map(|table| book.count(table.number));
            Ok(Made::whole(json_copy::write(book).into_bytes(), rows.sum()))
        }
        Format::Vcf => {
            let mut people: Vec<_> = book.contacts.iter().cloned().collect();
            people.sort_unstable_by_key(|contact| contact.id);
            let text = vcard::write(book, &people, vcard::Version::V3, asked.shared);
            Ok(Made::whole(text.into_bytes(), people.len()))
        }
        Format::Csv => {
            let table = asked.table.first().map_or("dealer", String::as_str);
            let sheet = sheet(book, named::table(table)?, asked.shared, lang);
            Ok(Made::whole(sheet.to_csv().into_bytes(), sheet.rows.len()))
        }
        Format::Xlsx => {
            let tables = tables(book, &asked.table)?;
            let rows = tables.iter().map(|table| book.count(table.number)).sum();
            let bytes = workbook::write(book, &tables, lang, asked.shared, chance::today());
            Ok(Made::whole(bytes?, rows))
        }
    }
}

/// The tables that are named; all that have records where none is.
fn tables(book: &Book, names: &[String]) -> Result<Vec<&'static TableSpec>, Failure> {
    if names.is_empty() {
        let filled = Book::TABLES.iter().copied();
        return Ok(filled
            .filter(|table| book.count(table.number) > 0)
            .collect());
    }
    names.iter().map(|name| named::table(name)).collect()
}

fn sheet(book: &Book, table: &'static TableSpec, shared: bool, lang: Lang) -> Sheet {
    let columns: Vec<usize> = (0..table.fields.len()).collect();
    listed(
        book,
        table,
        &book.rows(table.number),
        &columns,
        lang,
        shared,
    )
}

/// Every table that has records, a file each.
fn every_table(book: &Book, asked: &Export, lang: Lang) -> Result<Told, Failure> {
    std::fs::create_dir_all(&asked.out).map_err(Failure::file(&asked.out))?;
    let mut files: Vec<Value> = Vec::new();
    for table in tables(book, &[])? {
        if asked.shared && table.internal {
            continue;
        }
        let sheet = sheet(book, table, asked.shared, lang);
        let file = asked.out.join(format!("{}.csv", table.key));
        write_whole(&file, sheet.to_csv().as_bytes(), false)?;
        files.push(json!({ "file": file, "rows": sheet.rows.len() }));
    }
    let (count, folder) = (files.len(), asked.out.display());
    Ok(Told::new(
        match lang {
            Lang::Zh => format!("{count} 个表已写入 {folder}"),
            Lang::En => format!("{count} tables are in {folder}"),
        },
        json!({ "files": files }),
    ))
}

fn told(made: &Made, out: &Path, lang: Lang) -> Told {
    let (rows, name) = (made.rows, out.display());
    let mut lines = vec![match lang {
        Lang::Zh => format!("{rows} 条记录已写入 {name}"),
        Lang::En => format!("{rows} records are in {name}"),
    }];
    for Unheld { what, rows } in &made.unheld {
        lines.push(match lang {
            Lang::Zh => format!("对方没有对应的列：{what}（{rows} 条）"),
            Lang::En => format!("no column there for: {what} ({rows} records)"),
        });
    }
    if made.left_out > 0 {
        let count = made.left_out;
        lines.push(match lang {
            Lang::Zh => format!("{count} 条在对方属于另一种记录，未写入"),
            Lang::En => format!("{count} records are of another kind there and were left out"),
        });
    }
    let unheld: Vec<Value> = made
        .unheld
        .iter()
        .map(|unheld| json!({ "what": unheld.what, "records": unheld.rows }))
        .collect();
    Told::new(
        lines.join("\n"),
        json!({ "file": out, "records": rows, "unheld": unheld, "left_out": made.left_out }),
    )
}
