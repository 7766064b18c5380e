//! A store in a folder of its own, and books to fill it with.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::demo;
use tongxing_domain::exchange::json;

use crate::replica::Replica;

/// The program with its arguments, not yet running. Nothing of the machine's own settings reaches it.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongxing"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("TONGXING_") || name.to_lowercase().ends_with("_proxy") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").args(arguments);
    command
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: output.stdout,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    /// It went well.
    pub(crate) fn well(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.text(), self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| {
            panic!(
                "{error}: {}{}",
                String::from_utf8_lossy(&self.out),
                self.err
            )
        })
    }
}

/// A device that runs the program on a store of its own.
pub(crate) struct Device {
    pub(crate) folder: TempDir,
}

impl Device {
    /// Without a store.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    /// With an empty store.
    pub(crate) fn with_store() -> Self {
        let device = Self::new();
        device.run(&["create"]).well();
        device
    }

    /// With the demo book.
    pub(crate) fn with_demo() -> Self {
        let device = Self::with_store();
        let book = device.file("demo.json", demo_json().as_bytes());
        device.run(&["import", &book]).well();
        device
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// The command on its store, not yet running.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        command.arg("--store").arg(self.store());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(
            self.command(arguments)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        )
    }

    /// Runs with this on standard input.
    pub(crate) fn fed(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }

    /// Runs with `--json`; the answer.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.text(), ran.err);
        ran.json()
    }

    /// Writes a file beside the store; its name.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A place beside the store.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The digest of its rows; the store must be sound.
    pub(crate) fn digest(&self) -> String {
        let verified = self.json(&["verify", "--offline"]);
        assert_eq!(verified["findings"], serde_json::json!([]));
        verified["digest"].as_str().unwrap().to_owned()
    }

    /// The whole book.
    pub(crate) fn book(&self) -> Vec<u8> {
        self.run(&["export", "--format", "json"]).well().out
    }
}

pub(crate) fn today() -> Date {
    parse_date("2026-03-10").unwrap()
}

/// The demo book of a fixed day.
pub(crate) fn demo_replica() -> Replica {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 20_260_101));
    replica
}

/// The demo book as the app's JSON copy.
pub(crate) fn demo_json() -> String {
    json::write(&demo_replica().book)
}

/// A book of so many dealers, as JSON.
pub(crate) fn dealers_json(count: usize) -> String {
    let dealers: Vec<String> = (1..=count)
        .map(|number| {
            format!(
                "{{\"id\": \"{number:032x}\", \"name\": \"经销商{number}\", \"code\": \"D{number}\", \
                 \"phone\": \"0571-{number:08}\"}}"
            )
        })
        .collect();
    format!(
        "{{\"format\": \"tongxing-book\", \"version\": 1, \"tables\": {{\"dealer\": [{}]}}}}",
        dealers.join(",\n")
    )
}

/// Whether any of the bytes are there.
pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// A path as text.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
