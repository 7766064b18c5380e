//! Killed in the middle of an import: all of it is there, or nothing.

use std::process::Stdio;
use std::time::Duration;

use crate::given::{Device, dealers_json};

const DEALERS: usize = 3_000;
const ROUNDS: u64 = 14;

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    let (mut whole, mut nothing) = (0, 0);
    for round in 0..ROUNDS {
        let device = Device::with_store();
        let book = device.file("book.json", dealers_json(DEALERS).as_bytes());
        let mut child = device
            .command(&["import", &book])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Each time at another moment, up to after its end.
        std::thread::sleep(Duration::from_millis(10 + 60 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let verified = device.json(&["verify", "--offline"]);
        match verified["rows"].as_u64().unwrap() {
            0 => nothing += 1,
            rows if rows == DEALERS as u64 => whole += 1,
            rows => panic!("{rows} of {DEALERS} rows are there"),
        }
        // And the store goes on working.
        device.run(&["import", &book]);
        assert_eq!(device.json(&["verify", "--offline"])["rows"], DEALERS);
    }
    assert!(
        whole > 0 && nothing > 0,
        "{whole} whole, {nothing} nothing: nothing was shown"
    );
}

#[test]
fn two_programs_do_not_use_one_store_at_once() {
    let device = Device::with_store();
    let book = device.file("book.json", dealers_json(DEALERS).as_bytes());
    let spawn = |arguments: &[&str]| {
        let mut command = device.command(arguments);
        command.stdout(Stdio::null()).spawn().unwrap()
    };
    let mut first = spawn(&["import", &book]);
    let mut second = spawn(&["verify", "--offline"]);
    // The second waits for the first.
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success());
    assert_eq!(device.json(&["verify", "--offline"])["rows"], DEALERS);
}
