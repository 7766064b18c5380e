//! Any table as a file.

use crate::given::{grid, today};
use crate::replica::Replica;
use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use std::io::Cursor;
use tongxing_domain::book::Book;
use tongxing_domain::demo;
use tongxing_domain::exchange::{Sheet, listed, workbook};
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{CustomField, CustomKind, CustomOn, Dealer};
use tongxing_domain::words::Lang;

#[test]
fn every_table_goes_out_with_a_heading_for_each_column() {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    for table in Book::TABLES {
        let rows = replica.book.rows(table.number);
        let columns: Vec<usize> = (0..table.fields.len()).collect();
        for lang in [Lang::Zh, Lang::En] {
            let sheet = listed(&replica.book, table, &rows, &columns, lang, false);
            assert_eq!(sheet.rows.len(), rows.len());
            assert!(
                sheet
                    .rows
                    .iter()
                    .all(|row| row.len() == sheet.headings.len())
            );
            if !rows.is_empty() {
                assert_eq!(grid(&sheet.to_csv()).rows(), rows.len(), "{}", table.key);
            }
        }
    }
}

#[test]
fn what_goes_out_comes_in_as_it_was() {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    let table = Book::table_named("dealer").unwrap();
    let rows = replica.book.rows(table.number);
    let columns: Vec<usize> = (0..table.fields.len()).collect();
    let sheet = listed(&replica.book, table, &rows, &columns, Lang::Zh, false);
    let import = tongxing_domain::import::Import::make(
        &replica.book,
        grid(&sheet.to_csv()),
        tongxing_domain::import::Mapping::guess(
            tongxing_domain::import::Content::Dealers,
            &grid(&sheet.to_csv()),
            &replica.book,
            today(),
        ),
        today(),
    )
    .unwrap();
    // One dealer is there twice; nothing else differs from what it was.
    let counts = import.counts();
    assert_eq!((counts.new, counts.update, counts.error), (0, 0, 0));
}

#[test]
fn shared_screens_show_nothing_internal() {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    let table = Book::table_named("dealer").unwrap();
    let rows = replica.book.rows(table.number);
    let columns: Vec<usize> = (0..table.fields.len()).collect();
    let sheet = listed(&replica.book, table, &rows, &columns, Lang::Zh, true);
    let internal = table.fields.iter().filter(|field| field.internal);
    for field in internal {
        assert!(
            !sheet
                .headings
                .iter()
                .any(|heading| heading == field.label.zh)
        );
    }
}

#[test]
fn no_cell_runs_as_a_formula() {
    let sheet = Sheet {
        headings: vec!["名称".into(), "备注".into()],
        rows: vec![
            vec!["=HYPERLINK(\"http://x\")".into(), "a,\"b\"\nc".into()],
            vec!["-12.5".into(), "+86 571".into()],
        ],
    };
    let csv = sheet.to_csv();
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\",\"a,\"\"b\"\"\nc\"\r\n"));
    assert!(csv.ends_with("-12.5,+86 571\r\n"));
}

#[test]
fn a_workbook_explains_the_teams_own_fields_among_the_others() {
    let field = |name: &str, hidden| CustomField {
        name: name.into(),
        on: Some(CustomOn::Dealer),
        kind: Some(CustomKind::Choice),
        options: "旧款\n新款".into(),
        hint: "看门头".into(),
        hidden: Some(hidden),
        position: if hidden { "b" } else { "a" }.into(),
        ..CustomField::with_id(Id::natural(&[name]))
    };
    let mut book = Book::default();
    book.custom_fields.set(field("门头", false));
    book.custom_fields.set(field("折扣底线", true));
    let explained = |shared| -> Vec<Vec<String>> {
        let file = workbook::write(&book, &[Dealer::TABLE], Lang::Zh, shared, today()).unwrap();
        let mut file: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).unwrap();
        let range = file.worksheet_range("列说明").unwrap();
        range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .filter(|row: &Vec<String>| ["门头", "折扣底线"].contains(&row[1].as_str()))
            .collect()
    };
    let lines = explained(false);
    let head: Vec<_> = lines.iter().map(|line| &line[..7]).collect();
    assert_eq!(
        head,
        [
            ["经销商", "门头", "单选", "看门头：旧款、新款", "", "", ""],
            [
                "经销商",
                "折扣底线",
                "单选",
                "看门头：旧款、新款",
                "",
                "是",
                ""
            ],
        ]
    );
    assert_eq!(explained(true).len(), 1);
}
