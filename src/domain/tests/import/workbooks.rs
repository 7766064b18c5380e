//! XLSX to cells.

use crate::given::{cells, open};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Read, Write};
use tongxing_domain::import::FileError;

fn saved(workbook: &mut Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

#[test]
fn cells_read_as_the_person_sees_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let percent = Format::new().set_num_format("0.0%");
    for (column, heading) in [
        "名称", "日期", "时间", "比例", "金额", "电话", "是否", "公式",
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write(0, column as u16, heading).unwrap();
    }
    sheet.write(1, 0, "杭州青禾厨电").unwrap();
    let date = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    sheet.write_with_format(1, 1, &date, &day).unwrap();
    let minute = ExcelDateTime::parse_from_str("2026-03-05 14:30").unwrap();
    sheet.write_with_format(1, 2, &minute, &time).unwrap();
    sheet.write_with_format(1, 3, 0.125, &percent).unwrap();
    sheet.write(1, 4, 0.1 + 0.2).unwrap();
    sheet.write(1, 5, 13_800_138_000_f64).unwrap();
    sheet.write(1, 6, true).unwrap();
    sheet
        .write(1, 7, Formula::new("=1+2").set_result("3"))
        .unwrap();
    let grid = open(&saved(&mut workbook)).unwrap();
    assert_eq!(
        cells(&grid),
        [[
            "杭州青禾厨电",
            "2026-03-05",
            "2026-03-05T14:30",
            "12.5%",
            "0.3",
            "13800138000",
            "true",
            "3"
        ]]
    );
    assert_eq!(grid.line(0), 2);
}

#[test]
fn the_first_visible_sheet_with_rows_is_read() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("隐藏")
        .unwrap()
        .set_hidden(true)
        .write(0, 0, "x")
        .unwrap();
    workbook.add_worksheet().set_name("空白").unwrap();
    let sheet = workbook.add_worksheet().set_name("数据").unwrap();
    sheet.set_active(true);
    sheet.write(2, 0, "名称").unwrap();
    sheet.write(2, 1, "区域").unwrap();
    sheet.write(5, 0, "甲").unwrap();
    sheet.write(5, 1, "杭州").unwrap();
    let grid = open(&saved(&mut workbook)).unwrap();
    assert_eq!(grid.headings(), ["名称", "区域"]);
    assert_eq!(grid.line(0), 6);
}

#[test]
fn merged_cells_count_for_the_rows_beneath() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 2, "2026 年进货汇总", &plain)
        .unwrap();
    for (column, heading) in ["经销商", "月份", "进货额"].into_iter().enumerate() {
        sheet.write(1, column as u16, heading).unwrap();
    }
    sheet.merge_range(2, 0, 3, 0, "甲", &plain).unwrap();
    sheet.write(4, 0, "乙").unwrap();
    for (row, month) in [(2, "2026-01"), (3, "2026-02"), (4, "2026-01")] {
        sheet.write(row, 1, month).unwrap();
        sheet.write(row, 2, 5).unwrap();
    }
    let grid = open(&saved(&mut workbook)).unwrap();
    assert_eq!(grid.headings(), ["经销商", "月份", "进货额"]);
    assert_eq!(
        cells(&grid),
        [
            ["甲", "2026-01", "5"],
            ["甲", "2026-02", "5"],
            ["乙", "2026-01", "5"]
        ]
    );
}

#[test]
fn a_stray_cell_at_the_far_end_costs_no_memory() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "名称").unwrap();
    sheet.write(1, 0, "甲").unwrap();
    sheet.write(1_048_575, 0, "乙").unwrap();
    let grid = open(&saved(&mut workbook)).unwrap();
    assert_eq!(grid.line(1), 1_048_576);
    sheet_with_far_column();
}

fn sheet_with_far_column() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "名称").unwrap();
    sheet.write(1, 16_383, "x").unwrap();
    assert_eq!(
        open(&saved(&mut workbook)),
        Err(FileError::TooManyColumns { line: 2 })
    );
}

#[test]
fn two_hundred_columns_are_read() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for column in 0..200 {
        sheet.write(0, column, format!("列{column}")).unwrap();
        sheet.write(1, column, f64::from(column)).unwrap();
    }
    let grid = open(&saved(&mut workbook)).unwrap();
    assert_eq!((grid.columns(), grid.cell(0, 199)), (200, "199"));
    workbook
        .worksheet_from_index(0)
        .unwrap()
        .write(4, 200, "x")
        .unwrap();
    assert_eq!(
        open(&saved(&mut workbook)),
        Err(FileError::TooManyColumns { line: 5 })
    );
}

#[test]
fn macros_are_passed_over() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "名称").unwrap();
    sheet.write(1, 0, "甲").unwrap();
    let plain = saved(&mut workbook);
    // As a workbook with macros is saved: one more part, and another type of the first.
    let mut there = zip::ZipArchive::new(std::io::Cursor::new(plain.clone())).unwrap();
    let mut parts = vec![(
        "xl/vbaProject.bin".to_owned(),
        "\u{1}Attribut VB_Name".to_owned(),
    )];
    for index in 0..there.len() {
        let mut part = there.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let text = text.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        );
        parts.push((part.name().unwrap().into_owned(), text));
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(open(&packed(&parts)), open(&plain));
}

#[test]
fn empty_and_damaged_workbooks_are_refused() {
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert_eq!(open(&saved(&mut empty)), Err(FileError::NoRows));

    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "名称").unwrap();
    let bytes = saved(&mut workbook);
    for cut in [bytes.len() / 4, bytes.len() / 2, bytes.len() - 10] {
        let error = open(&bytes[..cut]).unwrap_err();
        assert!(
            matches!(error, FileError::BrokenWorkbook(_) | FileError::NotATable),
            "{error:?}"
        );
    }
}

#[test]
fn altered_bytes_never_panic() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..20 {
        sheet.write(row, 0, format!("名称{row}")).unwrap();
        sheet.write(row, 1, f64::from(row)).unwrap();
    }
    let bytes = saved(&mut workbook);
    // Every byte would take long and shows no more.
    for at in (0..bytes.len()).step_by(11) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x55;
        let _ = open(&altered);
    }
}

/// A workbook made of parts written as given.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_announces_too_many_texts_is_refused() {
    let bytes = packed(&[
        ("xl/workbook.xml", "<workbook/>"),
        (
            "xl/sharedStrings.xml",
            "<sst uniqueCount=\"9999999999999999\"><si><t>a</t></si></sst>",
        ),
    ]);
    assert!(matches!(open(&bytes), Err(FileError::BrokenWorkbook(_))));
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let mut bytes = packed(&[("xl/workbook.xml", "<workbook/>")]);
    // The unpacked size stands 24 bytes into the entry of the archive's directory
    // (APPNOTE.TXT, section 4.3.12).
    let entry = bytes
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    bytes[entry + 24..entry + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(
        open(&bytes),
        Err(FileError::SwollenWorkbook { bytes: 0x7fff_ffff })
    );
}
