//! Starting, stopping, backing up, asking for help.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Output;

use crate::given::{Program, command, owner, row};

fn run(database: &Path, arguments: &[&str]) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(database, arguments).output().unwrap();
    (
        status.success(),
        String::from_utf8([stdout, stderr].concat()).unwrap(),
    )
}

#[test]
fn a_stop_ends_streams_and_keeps_what_was_pushed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("teams.db");
    let program = Program::start(&database, &[]);
    let epoch = program.client().found();
    program.client().push(epoch, &[row(1, 0, b"one")]);
    let mut stream = TcpStream::connect(program.address).unwrap();
    let head = format!(
        "GET /v1/events HTTP/1.1\r\nhost: endpoint\r\nauthorization: Bearer {}\r\n\r\n",
        owner().to_text()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut some = [0; 512];
    while !String::from_utf8_lossy(&some).contains("event: head") {
        assert!(stream.read(&mut some).unwrap() > 0);
    }
    let (status, log) = program.stop();
    assert!(status.success(), "{log}");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(
        rest.ends_with("0\r\n\r\n"),
        "the stream ended in order: {rest:?}"
    );
    assert!(
        !folder.path().join("teams.db-wal").exists(),
        "the log was carried into the file"
    );

    let program = Program::start(&database, &[]);
    assert_eq!(program.client().all(epoch), [(1, b"one".to_vec())]);
}

#[test]
fn a_running_endpoint_is_backed_up_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (database, backup) = (path("teams.db"), path("backup.db"));
    let backup = backup.to_str().unwrap();
    let program = Program::start(&database, &[]);
    let epoch = program.client().found();
    program
        .client()
        .push(epoch, &[row(1, 0, b"one"), row(2, 0, b"two")]);
    let (done, log) = run(&database, &["backup", backup]);
    assert!(done && log.contains("1 teams, 2 rows"), "{log}");
    program
        .client()
        .push(epoch, &[row(3, 0, b"after the backup")]);
    let (done, log) = run(&database, &["backup", backup]);
    assert!(
        !done && log.contains("name a file that is not there"),
        "{log}"
    );
    let (done, log) = run(&database, &["restore", backup]);
    assert!(!done && log.contains("empty one"), "{log}");
    drop(program);

    let restored = path("restored.db");
    let (done, log) = run(&restored, &["restore", backup]);
    assert!(done && log.contains("look at their members"), "{log}");
    let program = Program::start(&restored, &[]);
    let now = program
        .client()
        .pull(tongxing_sync::wire::Seq::ZERO, Some(epoch));
    assert_ne!(now.epoch, epoch);
    let rows = program.client().all(now.epoch);
    assert_eq!(rows, [(1, b"one".to_vec()), (2, b"two".to_vec())]);
}

#[test]
fn help_teaches_and_mistakes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("teams.db");
    let (done, help) = run(&database, &["--help"]);
    assert!(done);
    for word in [
        "--database",
        "--team-creation",
        "backup",
        "restore",
        "HTTPS",
        "sealed",
        "RUST_LOG",
    ] {
        assert!(help.contains(word), "{word} is not in:\n{help}");
    }
    for (flags, advice) in [
        (&["--team-creation", "token"][..], "--sign-up-token"),
        (&["--site", "/not/there"], "cargo xtask build"),
        (&["--listen", "nowhere"], "nowhere"),
        (&["--config", "/not/there.toml"], "/not/there.toml"),
        (&["restore", "/not/there.db"], "backup"),
    ] {
        let (done, told) = run(&database, flags);
        assert!(!done && told.contains(advice), "{flags:?}: {told}");
    }
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    let (done, told) = run(&database, &["--no-site", "--listen", &address]);
    assert!(!done && told.contains("another port"), "{told}");
}
