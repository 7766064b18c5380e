//! Workbooks, as another program's reader sees them: openpyxl.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::given::{Device, demo_replica, text};

/// Prints a workbook as JSON: for each sheet its rows, each cell as type and text.
const READER: &str = r#"
import datetime, json, sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
def cell(c):
    v = c.value
    if isinstance(v, datetime.datetime):
        return ["date", v.isoformat(), c.number_format]
    if isinstance(v, bool) or v is None:
        return ["none" if v is None else "bool", "", ""]
    if isinstance(v, (int, float)):
        return ["number", repr(v), c.number_format]
    return ["formula" if c.data_type == "f" else "text", str(v), c.number_format]
print(json.dumps({s.title: [[cell(c) for c in row] for row in s.iter_rows()] for s in book}))
"#;

/// A Python that has openpyxl: the one on the PATH, or the distribution's.
fn python() -> &'static str {
    let has = |python: &&str| {
        let output = Command::new(python)
            .args(["-c", "import openpyxl"])
            .output();
        output.is_ok_and(|output| output.status.success())
    };
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .find(has)
        .unwrap_or_else(|| {
            panic!("these tests need openpyxl: run `apt-get install python3-openpyxl`")
        })
}

fn read(file: &Path) -> Value {
    let output = Command::new(python())
        .args(["-c", READER])
        .arg(file)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The cells below a heading.
fn column<'a>(sheet: &'a Value, heading: &str) -> Vec<&'a Value> {
    let rows = sheet.as_array().unwrap();
    let headings = rows[0].as_array().unwrap();
    let place = headings
        .iter()
        .position(|cell| cell[1] == heading)
        .unwrap_or_else(|| panic!("no column {heading} in {:?}", rows[0]));
    rows[1..].iter().map(|row| &row[place]).collect()
}

#[test]
fn another_reader_finds_dates_as_dates_and_amounts_as_numbers() {
    let device = Device::with_demo();
    let file = device.path("book.xlsx");
    device
        .run(&["export", "--format", "xlsx", "--out", text(&file)])
        .well();
    let book = read(&file);
    let demo = demo_replica().book;
    let sheets = book.as_object().unwrap();
    assert!(sheets.len() > 20, "{:?}", sheets.keys());
    for (name, rows) in sheets {
        for cell in rows
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| row.as_array().unwrap())
        {
            assert_ne!(cell[0], "formula", "{name}");
        }
    }

    let readings = &book["Reading"];
    assert_eq!(column(readings, "ID").len(), demo.readings.len());
    let amounts = column(readings, "Value (amount)");
    let ids = column(readings, "ID");
    for (id, amount) in ids.iter().zip(&amounts) {
        let id = id[1].as_str().unwrap().parse().unwrap();
        let figure = demo.readings.get(id).unwrap().figure.unwrap();
        assert_eq!(amount[0], "number");
        let found: f64 = amount[1].as_str().unwrap().parse().unwrap();
        assert_eq!((found * 100.0).round() as i64, figure.amount.0);
    }
    for day in column(readings, "Value (up to)") {
        assert_eq!(
            (day[0].as_str(), day[2].as_str()),
            (Some("date"), Some("yyyy-mm-dd"))
        );
    }
    for month in column(readings, "Month") {
        assert_eq!(
            (month[0].as_str(), month[2].as_str()),
            (Some("date"), Some("yyyy-mm"))
        );
    }
    // References are named, and every column is explained.
    let names: Vec<_> = demo
        .dealers
        .iter()
        .map(|dealer| dealer.name.clone())
        .collect();
    for dealer in column(readings, "Dealer") {
        assert!(names.iter().any(|name| dealer[1] == *name), "{dealer}");
    }
    let explained = column(&book["Columns"], "Field");
    let columns: usize = sheets
        .iter()
        .filter(|(name, _)| *name != "Columns")
        .map(|(_, rows)| rows[0].as_array().unwrap().len() - 1)
        .sum();
    assert_eq!(explained.len(), columns);
}

#[test]
fn a_shared_workbook_has_nothing_internal() {
    let device = Device::with_demo();
    let file = device.path("shared.xlsx");
    device
        .run(&[
            "export",
            "--format",
            "xlsx",
            "--shared",
            "--out",
            text(&file),
        ])
        .well();
    let book = read(&file);
    for table in tongxing_domain::book::Book::TABLES {
        let sheet = &book[table.label.en];
        if table.internal {
            assert!(sheet.is_null(), "{}", table.key);
        } else if let Some(rows) = sheet.as_array() {
            let headings = rows[0].to_string();
            for field in table.fields.iter().filter(|field| field.internal) {
                let heading = format!("\"{}\"", field.label.en);
                assert!(!headings.contains(&heading), "{}.{}", table.key, field.key);
            }
        }
    }
    assert!(
        column(&book["Columns"], "Internal")
            .iter()
            .all(|cell| cell[0] != "text" || cell[1] == "")
    );
}

#[test]
fn dealers_come_back_from_a_workbook() {
    let device = Device::with_demo();
    let file = device.path("dealers.xlsx");
    device
        .run(&[
            "export",
            "--format",
            "xlsx",
            "--table",
            "dealer",
            "--lang",
            "zh",
            "--out",
            text(&file),
        ])
        .well();
    // Into the book that it came from: nothing changes.
    let arguments = ["import", text(&file), "--table", "dealers", "--duplicates"];
    let ran = device.run(&[&arguments[..], &["skip"]].concat());
    let said = format!("{}{}", ran.text(), ran.err);
    assert!(ran.code == 3 && said.contains("Nothing to write"), "{said}");
    let other = Device::with_store();
    other.run(&[&arguments[..], &["create"]].concat()).well();
    let count = other.json(&["tables"])["tables"][0]["records"].clone();
    assert_eq!(count, demo_replica().book.dealers.len());
}

#[test]
fn another_systems_workbook_is_text_as_that_system_reads_it() {
    let device = Device::with_demo();
    let file = device.path("customers.xlsx");
    device
        .run(&[
            "export",
            "--format",
            "xlsx",
            "--preset",
            "sharecrm:客户",
            "--out",
            text(&file),
        ])
        .well();
    let book = read(&file);
    assert_eq!(
        column(&book["客户"], "客户名称").len(),
        demo_replica().book.dealers.len()
    );
}
