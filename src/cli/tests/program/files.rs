//! Data out and back: JSON, CSV, vCards, backups.

use serde_json::json;

use crate::given::{Device, demo_json, demo_replica, holds, text};

#[test]
fn a_book_goes_out_as_json_and_comes_back_the_same() {
    let device = Device::with_demo();
    assert_eq!(String::from_utf8(device.book()).unwrap(), demo_json());
    let verified = device.json(&["verify", "--offline"]);
    assert_eq!(verified["rows"], demo_replica().rows());
    let other = Device::with_store();
    let book = other.file("book.json", &device.book());
    other.run(&["import", &book]).well();
    assert_eq!(other.book(), device.book());
    // Once more changes nothing, and says so.
    let ran = other.run(&["import", &book]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("Nothing to write"), "{}", ran.err);
}

#[test]
fn every_table_goes_out_as_csv() {
    let device = Device::with_demo();
    let folder = device.path("tables");
    let told = device.json(&["export", "--format", "csv", "--out", text(&folder)]);
    let files = told["files"].as_array().unwrap();
    assert!(files.len() > 20, "{told}");
    let book = demo_replica().book;
    for (key, count) in [
        ("dealer", book.dealers.len()),
        ("reading", book.readings.len()),
    ] {
        let csv = std::fs::read(folder.join(format!("{key}.csv"))).unwrap();
        assert!(csv.starts_with("\u{feff}".as_bytes()));
        let rows = csv::ReaderBuilder::new()
            .from_reader(csv.as_slice())
            .into_records()
            .map(Result::unwrap)
            .count();
        assert_eq!(rows, count, "{key}");
    }
    let out = device.run(&[
        "export", "--format", "csv", "--table", "dealer", "--lang", "zh",
    ]);
    let expected = std::fs::read(folder.join("dealer.csv")).unwrap();
    assert_ne!(out.well().out, expected, "headings follow the language");
}

#[test]
fn what_is_internal_stays_out_of_what_a_dealer_may_see() {
    let device = Device::with_demo();
    let export = |more: &[&str]| {
        let arguments = [&["export", "--format", "csv", "--table", "dealer"], more].concat();
        String::from_utf8(device.run(&arguments).well().out).unwrap()
    };
    let headings = |csv: &str| csv.lines().next().unwrap().to_owned();
    let (all, shared) = (export(&[]), export(&["--shared"]));
    for field in tongxing_domain::book::Book::table_named("dealer")
        .unwrap()
        .fields
    {
        let heading = |text: &str| headings(text).contains(field.label.en);
        assert!(heading(&all), "{}", field.key);
        assert!(!field.internal || !heading(&shared), "{}", field.key);
    }
}

#[test]
fn contacts_go_out_as_cards() {
    let device = Device::with_demo();
    let cards = device.run(&["export", "--format", "vcf"]).well().out;
    let cards = String::from_utf8(cards).unwrap();
    let count = cards.matches("BEGIN:VCARD").count();
    assert_eq!(count, demo_replica().book.contacts.len());
}

#[test]
fn another_systems_file_says_what_it_cannot_hold() {
    let device = Device::with_demo();
    let file = device.path("accounts.csv");
    let told = device.json(&[
        "export",
        "--format",
        "csv",
        "--preset",
        "zoho:Accounts",
        "--out",
        text(&file),
    ]);
    assert!(!told["unheld"].as_array().unwrap().is_empty(), "{told}");
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Account Name")
    );
    let other = Device::with_store();
    other
        .run(&["import", text(&file), "--preset", "zoho:accounts"])
        .well();
    let names = |device: &Device| device.json(&["tables"])["tables"][0]["records"].clone();
    assert_eq!(names(&other), names(&device));
}

#[test]
fn a_backup_opens_with_its_password_and_comes_back_whole() {
    let device = Device::with_demo();
    let password = device.file("password", "三只小猪 and more\n".as_bytes());
    let backup = device.path("book.tongxing");
    let backup = text(&backup);
    let taken = device.json(&["backup", backup, "--password-file", &password]);
    assert!(taken["rows"].as_u64().unwrap() > 500);
    let sealed = std::fs::read(backup).unwrap();
    assert!(!holds(&sealed, "经销".as_bytes()) && !holds(&sealed, b"dealer"));

    let other = Device::new();
    let ran = other.fed(
        &["restore", backup, "--password-file", "-", "--json"],
        b"wrong\n",
    );
    assert_eq!(
        (ran.code, &ran.json()["error"]["kind"]),
        (8, &json!("backup"))
    );
    assert!(ran.text().contains("password is wrong"));
    assert!(!other.store().exists());
    let mut flipped = sealed.clone();
    flipped[sealed.len() / 2] ^= 1;
    let flipped = other.file("flipped.tongxing", &flipped);
    let ran = other.run(&["restore", &flipped, "--password-file", &password]);
    assert_eq!(ran.code, 8);
    assert!(ran.err.contains("damaged"), "{}", ran.err);

    other
        .run(&["restore", backup, "--password-file", &password])
        .well();
    assert_eq!(other.digest(), device.digest());
    assert_eq!(other.book(), device.book());
    let ran = other.run(&["restore", backup, "--password-file", &password]);
    assert_eq!(ran.code, 4, "a store that is there is never written over");
}

#[test]
fn a_restored_device_joins_as_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::endpoint::Server::start(text(&folder.path().join("teams.db")));
    let owner = crate::endpoint::Owner::found(&server, 1);
    let device = Device::with_demo();
    device
        .fed(&["join"], owner.link(10, "member").as_bytes())
        .well();
    let password = device.file("password", b"secret");
    let backup = device.path("book.tongxing");
    device
        .run(&["backup", text(&backup), "--password-file", &password])
        .well();
    // What the device writes after the backup is lost with it, but not for the team.
    let file = device.file("one.csv", "客户编码,名称\nLATE-1,之后的\n".as_bytes());
    device.run(&["import", &file]).well();
    device.run(&["pull"]).well();

    let again = Device::new();
    again
        .run(&["restore", text(&backup), "--password-file", &password])
        .well();
    assert_eq!(again.run(&["pull"]).code, 6, "no membership is in a backup");
    again
        .fed(&["join"], owner.link(11, "member").as_bytes())
        .well();
    device.run(&["pull"]).well();
    assert_eq!(again.digest(), device.digest());
    assert!(String::from_utf8(again.book()).unwrap().contains("之后的"));
}

#[test]
fn flags_that_make_no_sense_are_refused_with_advice() {
    let device = Device::with_demo();
    for (arguments, advice) in [
        (&["export", "--format", "csv"][..], "name a --table"),
        (
            &["export", "--format", "json", "--table", "dealer"],
            "whole book",
        ),
        (&["export", "--format", "json", "--json"], "--out"),
        (
            &[
                "export", "--format", "csv", "--table", "dealer", "--table", "goal",
            ],
            "one table",
        ),
    ] {
        let ran = device.run(arguments);
        let said = format!("{}{}", ran.text(), ran.err);
        assert_eq!(ran.code, 2, "{said}");
        assert!(said.contains(advice), "{said}");
    }
    let ran = device.run(&["export", "--format", "csv", "--table", "nonsense"]);
    assert_eq!(ran.code, 3);
    let ran = device.run(&["export", "--format", "csv", "--preset", "zoho:Nonsense"]);
    assert!(ran.err.contains("zoho:Contacts"), "{}", ran.err);
    assert_eq!(Device::new().run(&["pull"]).code, 4);
    assert_eq!(device.run(&["no-such-command"]).code, 2);
}

#[test]
fn every_command_teaches() {
    for command in [
        &[][..],
        &["join"],
        &["pull"],
        &["verify"],
        &["backup"],
        &["restore"],
        &["export"],
        &["import"],
        &["scorecard"],
        &["statement"],
        &["pace"],
    ] {
        let ran = Device::new().run(&[command, &["--help"]].concat());
        assert!(
            ran.text().contains("Example"),
            "{command:?}: {}",
            ran.text()
        );
    }
}
