//! What source files are called, how they begin, and what they may not hold.

use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};
use crate::workspace::Workspace;

/// Folders with sources.
const ROOTS: [&str; 5] = ["src", "tests", "style", "index.html", "Trunk.toml"];

/// Names that say nothing about what a file holds.
const CATCH_ALLS: [&str; 9] = [
    "common", "etc", "helper", "helpers", "manager", "misc", "stuff", "util", "utils",
];

/// Kinds of files that are read.
const KINDS: [&str; 7] = ["css", "html", "js", "mjs", "rs", "sql", "toml"];

/// Marks of unfinished work; spelled in halves, since this file is read as well.
const UNFINISHED: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Ways to switch a test off, or all others, in Rust and in JavaScript.
const SKIPS: [&str; 5] = [
    concat!("#[ign", "ore"),
    concat!("test.sk", "ip("),
    concat!("describe.sk", "ip("),
    concat!("test.on", "ly("),
    concat!("describe.on", "ly("),
];

/// Every breach in the project's sources.
pub(super) fn breaches(workspace: &Workspace) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for root in ROOTS {
        let root = workspace.path(root);
        if !root.exists() {
            continue;
        }
        for entry in WalkDir::new(&root)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_ours)
        {
            let entry = entry.map_err(|error| Error::Problem(error.to_string()))?;
            let path = entry.path();
            let relative = path.strip_prefix(workspace.root()).unwrap_or(path);
            found.extend(in_name(relative));
            let kind = path
                .extension()
                .and_then(|kind| kind.to_str())
                .unwrap_or_default();
            if entry.file_type().is_file() && KINDS.contains(&kind) {
                let text = fs::read_to_string(path).map_err(Error::file(path))?;
                let place = relative.display();
                found.extend(
                    in_text(&text, kind)
                        .into_iter()
                        .map(|(line, what)| format!("{place}:{line}: {what}")),
                );
            }
        }
    }
    Ok(found)
}

/// Leaves out what others wrote.
fn is_ours(entry: &DirEntry) -> bool {
    !["node_modules", "target"].contains(&entry.file_name().to_string_lossy().as_ref())
}

/// A name that says nothing.
fn in_name(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let parts = stem.split(['_', '-', '.']);
    parts
        .filter(|part| CATCH_ALLS.contains(&part.to_lowercase().as_str()))
        .map(|part| {
            format!(
                "{}: name it for what it holds, not `{part}`",
                path.display()
            )
        })
        .next()
}

/// Breaches in one file, each with its line.
fn in_text(text: &str, kind: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if kind == "rs" && !starts_with_purpose(text) {
        found.push((
            1,
            "begin with a `//!` line that says what is in here".to_owned(),
        ));
    }
    for (number, line) in (1..).zip(text.lines()) {
        for mark in UNFINISHED.iter().filter(|mark| line.contains(**mark)) {
            found.push((number, format!("finish it, or leave `{mark}` out")));
        }
        for skip in SKIPS.iter().filter(|skip| line.contains(**skip)) {
            found.push((number, format!("no test is switched off: `{skip}`")));
        }
    }
    if kind == "rs" {
        found.extend(allowances_without_reason(text));
    }
    found.sort();
    found
}

fn starts_with_purpose(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first
        .strip_prefix("//!")
        .is_some_and(|purpose| !purpose.trim().is_empty())
}

/// Lint allowances that give neither a `reason` nor a comment behind them.
fn allowances_without_reason(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let opens = ["#[allow(", "#![allow("]
            .iter()
            .any(|opening| trimmed.starts_with(opening));
        if !opens {
            continue;
        }
        let end = lines[index..]
            .iter()
            .position(|line| line.contains(")]"))
            .unwrap_or(0);
        let whole = lines[index..=index + end].join(" ");
        let comment = whole
            .split_once(")]")
            .is_some_and(|(_, rest)| rest.contains("//"));
        if !whole.contains("reason") && !comment {
            found.push((
                index + 1,
                "say why: `#[allow(…, reason = \"…\")]`".to_owned(),
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{UNFINISHED, in_name, in_text};

    fn lines(text: &str, kind: &str) -> Vec<usize> {
        in_text(text, kind)
            .into_iter()
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn a_rust_file_says_what_it_holds() {
        assert!(lines("//! Money.\n", "rs").is_empty());
        assert_eq!(lines("//! \n", "rs"), [1]);
        assert_eq!(lines("use std::fs;\n", "rs"), [1]);
        assert!(lines("p {}\n", "css").is_empty());
    }

    #[test]
    fn allowances_give_a_reason() {
        let head = "//! Money.\n";
        assert_eq!(
            lines(&format!("{head}#[allow(dead_code)]\nfn a() {{}}\n"), "rs"),
            [2]
        );
        for fine in [
            "#[allow(dead_code, reason = \"read by a macro\")]\n",
            "#[allow(dead_code)] // read by a macro\n",
            "#![allow(\n    dead_code,\n    reason = \"read by a macro\"\n)]\n",
        ] {
            assert!(lines(&format!("{head}{fine}"), "rs").is_empty(), "{fine}");
        }
    }

    #[test]
    fn unfinished_work_and_switched_off_tests_are_seen() {
        let unfinished = format!("p {{}}\n/* {} */\n", UNFINISHED[0]);
        assert_eq!(lines(&unfinished, "css"), [2]);
        let skipped = concat!("test.sk", "ip('a', () => {});\n");
        assert_eq!(lines(skipped, "mjs"), [1]);
        assert!(lines("rows.skip(2);\n", "js").is_empty());
    }

    #[test]
    fn names_say_what_a_file_holds() {
        for bad in [
            "src/utils.rs",
            "src/date_helpers.rs",
            "src/misc",
            "tests/test-utils.mjs",
        ] {
            assert!(in_name(Path::new(bad)).is_some(), "{bad}");
        }
        for good in ["src/money.rs", "src/utility_bill.rs", "src/state/mod.rs"] {
            assert!(in_name(Path::new(good)).is_none(), "{good}");
        }
    }
}
