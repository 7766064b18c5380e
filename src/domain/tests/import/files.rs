//! Bytes to cells.

use crate::given::{cells, open};
use encoding_rs::GB18030;
use proptest::prelude::*;
use tongxing_domain::import::{
    FileError, Grid, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, check_size, parcel,
};
use tongxing_domain::words::Lang;

const TABLE: &str = "经销商名称,区域\n杭州青禾厨电,杭州\n苏州木樨家居,苏州\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let marked = if mark {
        format!("\u{feff}{text}")
    } else {
        text.to_owned()
    };
    marked.encode_utf16().flat_map(bytes).collect()
}

fn check_table(bytes: &[u8]) {
    let grid = open(bytes).unwrap();
    assert_eq!(grid.headings(), ["经销商名称", "区域"]);
    assert_eq!(
        cells(&grid),
        [["杭州青禾厨电", "杭州"], ["苏州木樨家居", "苏州"]]
    );
    assert_eq!((grid.line(0), grid.line(1)), (2, 3));
}

#[test]
fn every_encoding_gives_the_same_table() {
    check_table(TABLE.as_bytes());
    check_table(format!("\u{feff}{TABLE}").as_bytes());
    check_table(&GB18030.encode(TABLE).0);
    for mark in [true, false] {
        check_table(&utf16(TABLE, u16::to_le_bytes, mark));
        check_table(&utf16(TABLE, u16::to_be_bytes, mark));
    }
}

/// Files that another program wrote (Python's codecs).
#[test]
fn files_of_other_programs_are_read() {
    let files: [&[u8]; 4] = [
        include_bytes!("fixtures/gb18030.csv"),
        include_bytes!("fixtures/utf-16le.csv"),
        include_bytes!("fixtures/utf-16be-mark.csv"),
        include_bytes!("fixtures/utf-8-mark.csv"),
    ];
    for file in files {
        let grid = open(file).unwrap();
        assert_eq!(grid.headings(), ["经销商名称", "区域", "备注"]);
        let want = [
            ["杭州青禾厨电", "杭州", "两行\r\n备注"],
            ["镕㐀𠀀家居", "苏州", "€ 与 ☂"],
        ];
        assert_eq!(cells(&grid), want);
        assert_eq!((grid.line(0), grid.line(1)), (2, 4));
    }
}

#[test]
fn gb18030_reaches_beyond_gbk() {
    // 㐀 and 𠀀 have four bytes in GB18030, 镕 two.
    let text = "名称,区域\n镕㐀𠀀电器,重庆\n";
    let grid = open(&GB18030.encode(text).0).unwrap();
    assert_eq!(grid.cell(0, 0), "镕㐀𠀀电器");
}

#[test]
fn every_separator_is_seen() {
    for separator in [",", ";", "\t"] {
        check_table(TABLE.replace(',', separator).as_bytes());
    }
    check_table(
        format!("sep=;\r\n{}", TABLE.replace(',', ";"))
            .replace("sep=;\r\n", "")
            .as_bytes(),
    );
    let announced = open(b"sep=;\r\na;b\r\n1,5;2\r\n").unwrap();
    assert_eq!(cells(&announced), [["1,5", "2"]]);
    assert_eq!(announced.line(0), 3);
}

#[test]
fn commas_within_semicolon_files_stay_in_their_cells() {
    let grid = open("名称;营业额;备注\n甲;1,5;a,b,c,d\n乙;2,5;e,f,g,h\n".as_bytes()).unwrap();
    assert_eq!(grid.columns(), 3);
    assert_eq!(grid.cell(1, 2), "e,f,g,h");
}

#[test]
fn quoted_cells_keep_their_breaks_and_lines_stay_counted() {
    let grid =
        open("名称,备注\r\n甲,\"第一行\r\n第二行\"\r\n乙,\"说\"\"好\"\"\"\r\n".as_bytes()).unwrap();
    assert_eq!(
        cells(&grid),
        [["甲", "第一行\r\n第二行"], ["乙", "说\"好\""]]
    );
    assert_eq!((grid.line(0), grid.line(1)), (2, 4));
}

#[test]
fn titles_and_blank_rows_are_passed_over() {
    let grid = open("2026 年经销商台账,,\n,,\n名称,区域,\n,,\n甲,杭州,\n".as_bytes()).unwrap();
    assert_eq!(grid.headings(), ["名称", "区域"]);
    assert_eq!(cells(&grid), [["甲", "杭州"]]);
    assert_eq!(grid.line(0), 5);
}

#[test]
fn a_single_column_is_a_table_too() {
    let grid = open("名称\n甲\n乙\n".as_bytes()).unwrap();
    assert_eq!(cells(&grid), [["甲"], ["乙"]]);
}

#[test]
fn columns_without_heading_are_named_by_letter() {
    let grid = open("名称,,区域\n甲,x,杭州,多\n".as_bytes()).unwrap();
    assert_eq!(grid.column_name(1), "B");
    assert_eq!(grid.column_name(3), "D");
    assert_eq!(grid.column_name(0), "名称");
}

#[test]
fn bad_files_are_refused_with_what_to_do() {
    let check = |bytes: &[u8], want: FileError| {
        let error = open(bytes).unwrap_err();
        assert_eq!(error, want);
        assert!(error.text(Lang::Zh).contains('。'));
        assert!(error.text(Lang::En).ends_with('.'));
    };
    check(b"", FileError::Empty);
    check(
        b"\xef\xbb\xbfname\n\xff\xff\n",
        FileError::BrokenText(tongxing_domain::import::Encoding::Utf8),
    );
    check(
        b"\xff\xfea\0b",
        FileError::BrokenText(tongxing_domain::import::Encoding::Utf16Le),
    );
    check(
        b"name,region\nM\xfcller,Z\xff\xff\n",
        FileError::UnknownEncoding,
    );
    check(b"%PDF-1.7 whatever", FileError::NotATable);
    check(b"\x89PNG\r\n\x1a\n", FileError::NotATable);
    check(
        b"PK\x03\x04 an archive of something else",
        FileError::NotATable,
    );
    check(
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0],
        FileError::OldWorkbook,
    );
    check("名称,区域\n".as_bytes(), FileError::NoRows);
    check(" , \n\n".as_bytes(), FileError::NoRows);
    check(
        "名称,备注\n甲,\"没有结束\n乙,好\n".as_bytes(),
        FileError::OpenQuote { line: 2 },
    );
}

#[test]
fn size_is_checked_before_reading() {
    assert_eq!(check_size(0), Err(FileError::Empty));
    assert_eq!(check_size(LARGEST_FILE), Ok(()));
    let large = 200 * 1024 * 1024;
    let error = check_size(large).unwrap_err();
    assert_eq!(error, FileError::TooLarge { bytes: large });
    assert!(error.text(Lang::Zh).contains("200 MB") && error.text(Lang::Zh).contains("50 MB"));
}

#[test]
fn too_many_rows_or_columns_are_refused() {
    let rows = |n: usize| format!("名称,区域\n{}", "甲,乙\n".repeat(n));
    assert_eq!(open(rows(MOST_ROWS).as_bytes()).unwrap().rows(), MOST_ROWS);
    assert_eq!(
        open(rows(MOST_ROWS + 1).as_bytes()),
        Err(FileError::TooManyRows)
    );
    let columns = |n: usize| format!("{}\n{}\n", vec!["h"; n].join(","), vec!["1"; n].join(","));
    assert_eq!(
        open(columns(MOST_COLUMNS).as_bytes()).unwrap().columns(),
        MOST_COLUMNS
    );
    assert_eq!(
        open(columns(MOST_COLUMNS + 1).as_bytes()),
        Err(FileError::TooManyColumns { line: 1 })
    );
}

#[test]
fn binary_that_happens_to_decode_is_refused() {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n * 7 % 31) as u8 + 1).collect();
    assert_eq!(open(&noise), Err(FileError::NotATable));
}

fn errors() -> impl Strategy<Value = FileError> {
    prop_oneof![
        Just(FileError::Empty),
        any::<u64>().prop_map(|bytes| FileError::TooLarge { bytes }),
        Just(FileError::UnknownEncoding),
        Just(FileError::BrokenText(
            tongxing_domain::import::Encoding::Utf16Be
        )),
        Just(FileError::NotATable),
        Just(FileError::OldWorkbook),
        Just(FileError::LockedWorkbook),
        ".{0,20}".prop_map(FileError::BrokenWorkbook),
        any::<u64>().prop_map(|bytes| FileError::SwollenWorkbook { bytes }),
        Just(FileError::NoRows),
        Just(FileError::TooManyRows),
        any::<u32>().prop_map(|line| FileError::TooManyColumns { line }),
        Just(FileError::TooMuchText),
        any::<u32>().prop_map(|line| FileError::OpenQuote { line }),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = open(&bytes);
        let _ = parcel::unpack(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([a-c\"';,\t\n一二]|\\PC){0,200}") {
        if let Ok(grid) = open(text.as_bytes()) {
            for row in 0..grid.rows() {
                prop_assert!(grid.cells(row).any(|cell| !cell.trim().is_empty()));
            }
        }
    }

    #[test]
    fn tables_come_back_as_they_were_written(
        rows in proptest::collection::vec(proptest::collection::vec("[a-z一-龥 ,;\"\n]{1,8}x", 3), 1..20),
        separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        // With text full of other separators a guess may fail, so announce it.
        let announced = [format!("sep={}\n", separator as char).into_bytes(), bytes].concat();
        prop_assert_eq!(cells(&open(&announced).unwrap()), rows);
    }

    #[test]
    fn parcels_come_back(rows in proptest::collection::vec(proptest::collection::vec("[^\0]{0,8}", 0..5), 0..10), error in errors()) {
        let text: String = rows.iter().map(|row| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n").collect();
        let opened: Result<Grid, FileError> = open(text.as_bytes());
        prop_assert_eq!(parcel::unpack(&parcel::pack(&opened)), Some(opened));
        prop_assert_eq!(parcel::unpack(&parcel::pack(&Err(error.clone()))), Some(Err(error)));
    }

    #[test]
    fn damaged_parcels_never_panic(at in 0usize..100, byte in any::<u8>()) {
        let mut bytes = parcel::pack(&open(TABLE.as_bytes()));
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Some(Ok(grid)) = parcel::unpack(&bytes) {
            let _ = cells(&grid);
        }
    }
}
