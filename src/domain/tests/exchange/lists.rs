//! Any table as a file.

use crate::given::{grid, today};
use crate::replica::Replica;
use tongxing_domain::book::Book;
use tongxing_domain::demo;
use tongxing_domain::exchange::{Sheet, listed};
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
