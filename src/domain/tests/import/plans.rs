//! Rows to changes.

use crate::given::{grid, open, today};
use crate::replica::Replica;
use proptest::prelude::*;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::parse_date;
use tongxing_domain::import::{
    Blocked, CellFault, Choice, Import, Likeness, Mapping, Oddity, Progress, Twin, Verdict,
};
use tongxing_domain::money::Fen;
use tongxing_domain::schema::Fault;
use tongxing_domain::tables::{DealerKind, SalesChannel, SizeClass};
use tongxing_domain::value::Misread;
use tongxing_domain::words::Lang;
use uuid::Uuid;

const DEALERS: &str =
    "客户编码,经销商名称,区域,类型,年营业额（万元）,合作起始日,规模,渠道,联系电话,备注
D001,杭州青禾厨电,杭州,零售商,1200,2021-05-01,中型,家装设计师、下级分销,0571-5550-0101,价格敏感
D002,苏州木樨家居,苏州,专卖店,860.5,2019/3/8,小型,,0512-5550-0102,
";

fn faults(import: &Import, row: usize) -> Vec<(String, CellFault)> {
    match &import.rows()[row].verdict {
        Verdict::Error(errors) => errors
            .iter()
            .map(|error| (error.column.clone(), error.fault))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn new_dealers_come_in_whole() {
    let mut replica = Replica::default();
    let import = replica.import(DEALERS);
    assert_eq!((import.counts().new, import.counts().error), (2, 0));
    let dealer = replica.dealer("杭州青禾厨电");
    assert_eq!(dealer.code, "D001");
    assert_eq!(dealer.kind, Some(DealerKind::Retailer));
    assert_eq!(dealer.turnover, Some(Fen(1_200_000_000)));
    assert_eq!(dealer.since, parse_date("2021-05-01"));
    assert_eq!(dealer.size, Some(SizeClass::Medium));
    assert!(dealer.channels.contains(&SalesChannel::Designers));
    assert_eq!(dealer.internal_notes, "价格敏感");
    assert_eq!(
        replica.dealer("苏州木樨家居").turnover,
        Some(Fen(860_500_000))
    );
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut replica = Replica::default();
    replica.import(DEALERS);
    let again = replica.plan(DEALERS);
    assert_eq!(again.counts().same, 2);
    let nothing = again.changes(&replica.book, &mut Uuid::nil);
    assert_eq!(nothing, Err(Blocked::NothingToDo));
    assert!(Blocked::NothingToDo.text(Lang::Zh).contains("没有"));
}

#[test]
fn a_known_code_updates_and_empty_cells_keep_what_is_there() {
    let mut replica = Replica::default();
    replica.import(DEALERS);
    let import = replica.plan("客户编码,经销商名称,区域,备注\nD001,杭州青禾厨电旗舰店,,\n");
    match &import.rows()[0].verdict {
        Verdict::Update(fields) => {
            assert_eq!(fields.iter().map(|f| f.key).collect::<Vec<_>>(), ["name"])
        }
        other => panic!("{other:?}"),
    }
    replica.commit(&import);
    let dealer = replica.dealer("杭州青禾厨电旗舰店");
    assert_eq!(
        (dealer.region.as_str(), dealer.internal_notes.as_str()),
        ("杭州", "价格敏感")
    );
    assert_eq!(replica.book.dealers.len(), 2);
}

#[test]
fn bad_cells_are_named_by_row_and_column() {
    let replica = Replica::default();
    let long = "长".repeat(10_001);
    let import = replica.plan(&format!(
        "经销商名称,类型,年营业额,员工人数,合作起始日,备注,经纬度
甲,批发部,,,,,
乙,,-5,,,,
丙,,99999999999999999999,,,,
丁,,12.345,,,,
戊,,,3.5,,,
己,,,,2026-02-30,,
庚,,,,,{long},
辛,,=1+1,,,,
壬,,#N/A,,,,
,,100,,,,
癸,,,,,,91;181
子,,,,,,,,多一格
"
    ));
    let is = |row: usize, column: &str, fault: CellFault| {
        assert_eq!(
            faults(&import, row),
            [(column.to_owned(), fault)],
            "row {row}"
        );
    };
    is(0, "类型", CellFault::Misread(Misread::Choice));
    is(1, "年营业额", CellFault::Fault(Fault::TooSmall));
    is(2, "年营业额", CellFault::Overflow);
    is(3, "年营业额", CellFault::Misread(Misread::Number));
    is(4, "员工人数", CellFault::Misread(Misread::Whole));
    is(5, "合作起始日", CellFault::Misread(Misread::Date));
    is(6, "备注", CellFault::Fault(Fault::TooLong(10_000)));
    is(7, "年营业额", CellFault::Formula);
    is(8, "年营业额", CellFault::SheetError);
    is(9, "经销商名称", CellFault::Fault(Fault::Missing));
    is(10, "经纬度", CellFault::Misread(Misread::Place));
    is(11, "I", CellFault::Surplus);
    assert_eq!(import.counts().error, 12);
    assert_eq!(
        import.changes(&replica.book, &mut Uuid::nil),
        Err(Blocked::Errors { rows: 12 })
    );
    let Verdict::Error(errors) = &import.rows()[5].verdict else {
        panic!()
    };
    let (zh, en) = (errors[0].text(Lang::Zh), errors[0].text(Lang::En));
    assert!(
        zh.contains("第 7 行") && zh.contains("合作起始日") && zh.contains("2026-02-30"),
        "{zh}"
    );
    assert!(en.contains("Row 7") && en.contains("合作起始日"), "{en}");
}

#[test]
fn errors_block_everything_until_they_are_left_out() {
    let mut replica = Replica::default();
    let mut import = replica.plan("名称,年营业额\n甲,100\n乙,-1\n");
    assert!(import.changes(&replica.book, &mut Uuid::nil).is_err());
    import.leave_out_errors(true);
    replica.commit(&import);
    assert_eq!(replica.book.dealers.len(), 1);
    replica.dealer("甲");
}

#[test]
fn rows_with_errors_come_back_as_a_file_to_correct() {
    let mut replica = Replica::default();
    let import =
        replica.plan("名称,年营业额,备注\n甲,100,好\n\"乙,丙\",-1,\"=cmd|' /C calc'!A0\"\n");
    let csv = import.errors_csv(Lang::Zh);
    assert!(csv.starts_with('\u{feff}'));
    let back = grid(&csv);
    assert_eq!(back.rows(), 1);
    assert_eq!(back.headings()[3], "导入失败原因");
    assert!(back.cell(0, 3).contains("第 3 行「年营业额」列"));
    assert!(
        back.cell(0, 2).starts_with("'="),
        "a spreadsheet must not run it"
    );
    // Corrected, it imports, without the apostrophe and in spite of the extra column.
    replica.import(&csv.replace("-1", "1"));
    assert_eq!(replica.dealer("乙,丙").internal_notes, "=cmd|' /C calc'!A0");
}

#[test]
fn odd_text_is_kept_and_said() {
    let mut replica = Replica::default();
    let import = replica.import(
        "名称,备注\n👨‍👩‍👧厨电,\"=HYPERLINK(\"\"http://x\"\")\"\nمطبخ,a\u{7}b\n甲\u{202e}乙,+86 571 5550 0101\n",
    );
    assert_eq!(
        replica.dealer("👨‍👩‍👧厨电").internal_notes,
        "=HYPERLINK(\"http://x\")"
    );
    assert_eq!(replica.dealer("مطبخ").internal_notes, "ab");
    replica.dealer("甲乙");
    let oddities: Vec<_> = import
        .rows()
        .iter()
        .flat_map(|row| &row.notices)
        .map(|n| (n.line, n.oddity))
        .collect();
    assert_eq!(
        oddities,
        [
            (2, Oddity::FormulaKeptAsText),
            (3, Oddity::ControlCharacters)
        ]
    );
    assert_eq!(import.counts().notice, 2);
    assert!(import.rows()[0].notices[0].text(Lang::En).contains("Row 2"));
}

#[test]
fn duplicates_within_the_file_are_told_and_chosen() {
    let csv = "客户编码,名称,区域,电话\nD1,甲,杭州,\nD1,甲店,杭州,1\nD2,乙,苏州,\n,乙,苏州,2\n,乙,无锡,3\nD3,乙,常州,\n";
    let replica = Replica::default();
    let mut import = replica.plan(csv);
    let likeness = |import: &Import, row: usize| match import.rows()[row].verdict {
        Verdict::Duplicate { twin, likeness } => Some((twin, likeness)),
        _ => None,
    };
    assert_eq!(likeness(&import, 1), Some((Twin::Line(2), Likeness::Code)));
    assert_eq!(
        likeness(&import, 3),
        Some((Twin::Line(4), Likeness::NameAndPlace))
    );
    assert_eq!(
        likeness(&import, 4),
        Some((Twin::Line(4), Likeness::NameElsewhere))
    );
    assert_eq!(likeness(&import, 5), None, "another code is another dealer");
    assert_eq!(import.choice(4), Some(Choice::Create));
    assert_eq!(import.choice(0), None);

    let committed = |import: &Import| {
        let mut replica = Replica::default();
        replica.commit(import);
        let mut dealers: Vec<_> = replica
            .book
            .dealers
            .iter()
            .map(|d| format!("{}{}{}", d.code, d.name, d.phone))
            .collect();
        dealers.sort();
        dealers
    };
    assert_eq!(committed(&import), ["D1甲店1", "D2乙2", "D3乙", "乙3"]);
    import.choose(1, Choice::Skip);
    import.choose(3, Choice::Create);
    import.choose_all(Likeness::NameElsewhere, Choice::Update);
    assert_eq!(committed(&import), ["D1甲", "D2乙3", "D3乙", "乙2"]);
}

#[test]
fn duplicates_of_the_book_are_told_and_chosen() {
    let mut replica = Replica::default();
    replica.import("名称,区域\n青禾厨电,杭州\n");
    let id = replica.dealer_id("青禾厨电").uuid();
    let csv = "名称,区域,员工人数\n青禾 厨电,杭州,5\n";
    let mut import = replica.plan(csv);
    match import.rows()[0].verdict {
        Verdict::Duplicate { twin, likeness } => {
            assert_eq!((twin, likeness), (Twin::Record(id), Likeness::NameAndPlace));
        }
        ref other => panic!("{other:?}"),
    }
    import.choose(0, Choice::Skip);
    assert_eq!(
        import.changes(&replica.book, &mut Uuid::nil),
        Err(Blocked::NothingToDo)
    );
    import.choose(0, Choice::Update);
    replica.commit(&import);
    assert_eq!(
        (
            replica.book.dealers.len(),
            replica.dealer("青禾 厨电").staff
        ),
        (1, Some(5))
    );
}

#[test]
fn a_file_of_unmapped_columns_does_not_start() {
    let grid = grid("x,y\n1,2\n");
    let book = Book::default();
    let mapping = Mapping::guess_content(&grid, &book, today());
    assert_eq!(
        Import::start(&book, grid, mapping, today())
            .unwrap_err()
            .len(),
        1
    );
}

#[test]
fn large_files_go_in_steps() {
    let replica = Replica::default();
    let rows: String = (0..2500).map(|n| format!("D{n},经销商{n}\n")).collect();
    let grid = grid(&format!("客户编码,名称\n{rows}"));
    let mapping = Mapping::guess_content(&grid, &replica.book, today());
    let mut import = Import::start(&replica.book, Arc::clone(&grid), mapping, today()).unwrap();
    assert_eq!(
        import.advance(&replica.book, 1000),
        Progress {
            done: 1000,
            total: 2500
        }
    );
    assert_eq!(
        import.changes(&replica.book, &mut Uuid::nil),
        Err(Blocked::Unfinished)
    );
    assert!(!import.advance(&replica.book, 1000).is_complete());
    assert!(import.advance(&replica.book, 1000).is_complete());
    assert_eq!(import.counts().new, 2500);
}

#[test]
fn what_changed_since_the_preview_is_taken_into_account() {
    let mut replica = Replica::default();
    replica.import(DEALERS);
    let import = replica.plan("客户编码,区域\nD001,宁波\n");
    replica.import("客户编码,经销商名称\nD001,改了名\n");
    replica.commit(&import);
    assert_eq!(replica.dealer("改了名").region, "宁波");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_table_is_planned_without_panic(
        rows in proptest::collection::vec(proptest::collection::vec("([=+@'#0-9.\\-万%年月日,甲乙A-B\u{7}]|\\PC){0,12}", 6), 1..8),
        headings in 0usize..4,
    ) {
        let headings = [
            "名称,编码,年营业额,合作起始日,标签,类型",
            "经销商,姓名,手机,生日,首要联系人,备注",
            "经销商,指标,月份,数值,来源,x",
            "经销商,2026年1月进货额,2026年2月销量,市场份额,3月,x",
        ][headings];
        let mut replica = Replica::default();
        replica.import("名称,编码\n甲,A\n乙,B\n");
        let body: String = rows.iter().map(|row| {
            row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n"
        }).collect();
        if let Ok(grid) = open(format!("{headings}\n{body}").as_bytes()) {
            let mut mapping = Mapping::guess_content(&grid, &replica.book, today());
            mapping.metric = Some(tongxing_domain::metrics::units());
            mapping.month = tongxing_domain::date::Month::new(2026, 1);
            let mut import = Import::make(&replica.book, Arc::new(grid), mapping, today()).unwrap();
            let _ = (import.errors_csv(Lang::Zh), import.errors_csv(Lang::En));
            import.leave_out_errors(true);
            let mut next = 1000u128;
            if let Ok(changes) = import.changes(&replica.book, &mut || { next += 1; Uuid::from_u128(next) }) {
                replica.write(&changes);
                for dealer in replica.book.dealers.iter() {
                    prop_assert_eq!(tongxing_domain::schema::problems(&**dealer), []);
                }
                for contact in replica.book.contacts.iter() {
                    prop_assert_eq!(tongxing_domain::schema::problems(&**contact), []);
                }
                for reading in replica.book.readings.iter() {
                    prop_assert_eq!(tongxing_domain::schema::problems(&**reading), []);
                }
            }
        }
    }
}
