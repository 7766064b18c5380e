//! Tables in: every row is checked first, then all are written or none.

use serde_json::json;

use crate::given::{Device, text};

#[test]
fn rows_with_errors_go_into_a_file_to_mend() {
    let device = Device::with_store();
    let dealers = device.file(
        "dealers.csv",
        "名称,客户编码\n红星电器,D-1\n蓝天电器,D-2\n".as_bytes(),
    );
    let done = device.json(&["import", &dealers, "--table", "dealers"]);
    assert_eq!(done["written"], 2, "{done}");
    let before = device.digest();

    let readings = "客户编码,月份,提货额\nD-1,2026-01,120000\nD-9,2026-01,5\nD-2,2026-01,很多\nD-2,2026-02,80000.5\n";
    let file = device.file("january.csv", readings.as_bytes());
    let ran = device.run(&["import", &file, "--table", "readings", "--json"]);
    assert_eq!(ran.code, 3);
    let error = &ran.json()["error"];
    assert_eq!(
        (&error["kind"], &error["rows"]),
        (&json!("input"), &json!(2)),
        "{error}"
    );
    assert_eq!(device.digest(), before, "nothing is written unless all is");

    let errors = device.path("january.errors.csv");
    assert_eq!(error["errors_file"], text(&errors));
    let to_mend = std::fs::read_to_string(&errors).unwrap();
    assert!(
        to_mend.contains("Row 3") && to_mend.contains("Row 4"),
        "{to_mend}"
    );
    // Mended in place, the file goes in: the column that says what was wrong is passed over.
    let mended = to_mend
        .replace("D-9", "D-1")
        .replace("2026-01,5", "2026-03,5")
        .replace("很多", "70000");
    std::fs::write(&errors, mended).unwrap();
    let done = device.json(&["import", &file, "--table", "readings", "--leave-out-errors"]);
    assert_eq!(done["written"], 2, "{done}");
    assert_eq!(done["errors_file"], text(&errors));
}

#[test]
fn errors_name_row_and_column_in_the_language_that_is_asked_for() {
    let device = Device::with_store();
    let text =
        "名称,客户编码,合作起始日,员工人数\n红星电器,D-1,昨天,5\n蓝天电器,D-2,2001-05-06,-3\n";
    let file = device.file("dealers.csv", text.as_bytes());
    let ran = device.run(&["import", &file, "--table", "dealers", "--lang", "zh"]);
    assert_eq!(ran.code, 3);
    for told in [
        "有 2 行出错",
        "第 2 行「合作起始日」列",
        "昨天",
        "第 3 行「员工人数」列",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let ran = device.run(&["import", &file, "--table", "dealers"]);
    assert!(
        ran.err.contains("2 rows have errors") && ran.err.contains("Row 2, column"),
        "{}",
        ran.err
    );
}

#[test]
fn a_trial_writes_nothing() {
    let device = Device::with_store();
    let file = device.file("dealers.csv", "名称,客户编码\n红星电器,D-1\n".as_bytes());
    let before = device.digest();
    let tried = device.json(&["import", &file, "--dry-run"]);
    assert_eq!(
        (&tried["written"], &tried["rows"]["new"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(device.digest(), before);
}

#[test]
fn a_second_import_updates_by_code() {
    let device = Device::with_store();
    let import = |text: &str, more: &[&str]| {
        let file = device.file("dealers.csv", text.as_bytes());
        device.json(&[&["import", file.as_str(), "--table", "dealers"], more].concat())
    };
    import("名称,客户编码,电话\n红星电器,D-1,0571-1\n", &[]);
    let done = import("客户编码,电话\nD-1,0571-2\n", &[]);
    assert_eq!(
        (&done["rows"]["update"], &done["written"]),
        (&json!(1), &json!(1)),
        "{done}"
    );
    let book = String::from_utf8(device.book()).unwrap();
    assert!(
        book.contains("0571-2") && !book.contains("0571-1\""),
        "{book}"
    );
}

#[test]
fn files_that_are_no_tables_are_refused_with_advice() {
    let device = Device::with_store();
    for (name, bytes, advice) in [
        ("empty.csv", &b""[..], ""),
        ("book.json", b"{\"format\": \"other\"}", "not a book"),
        (
            "cut.json",
            b"{\"format\": \"tongxing-book\", \"version\": 1,",
            "cut off",
        ),
        (
            "newer.json",
            b"{\"format\": \"tongxing-book\", \"version\": 99, \"tables\": {}}",
            "newer version",
        ),
        ("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", ""),
        (
            "picture.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0",
            "",
        ),
    ] {
        let file = device.file(name, bytes);
        let ran = device.run(&["import", &file]);
        assert_eq!(ran.code, 3, "{name}: {}{}", ran.text(), ran.err);
        assert!(
            ran.err.contains(name) && ran.err.contains(advice),
            "{}",
            ran.err
        );
    }
    assert_eq!(device.run(&["import", "no-such-file.csv"]).code, 3);
    let lacking = device.file("lacking.csv", "颜色,味道\n红,甜\n".as_bytes());
    let ran = device.run(&["import", &lacking, "--table", "contacts"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("lacks columns"), "{}", ran.err);
    let ran = device.run(&["import", &lacking, "--preset", "zoho:Contacts"]);
    assert!(ran.err.contains("Last Name"), "{}", ran.err);
}
