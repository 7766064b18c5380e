//! `cargo xtask bench`: prepares what measuring takes and hands over to `tests/bench`, which is told of
//! the bare page's module (`BENCH_PAGE`) and the native program (`BENCH_NATIVE`) too.

use std::path::Path;
use std::process::Command;

use crate::build::{self, Plan};
use crate::checks;
use crate::error::Result;
use crate::process;
use crate::report;
use crate::setup::{self, Wish};
use crate::workspace::Workspace;

/// The package of the benchmarks.
const PACKAGE: &str = "tongxing-tests";

/// Measures the release site and the release crates; `json` names a file for the figures.
pub(crate) fn run(
    workspace: &Workspace,
    wish: Wish,
    plan: &Plan,
    json: Option<&Path>,
) -> Result<()> {
    let kit = setup::for_test(workspace, wish)?;
    build::with_kit(workspace, &kit.build, plan)?;
    let page = workspace.scratch().join("bench-page");
    build::module::build(workspace, &kit.build, PACKAGE, "bench-page", &page)?;
    report::step("Building bench-native", || native(workspace))?;
    checks::prepare_journeys(workspace)?;
    let native = format!("release/bench-native{}", std::env::consts::EXE_SUFFIX);
    let mut node = checks::node(workspace, &kit, plan);
    node.env("BENCH_PAGE", page)
        .env("BENCH_NATIVE", workspace.target().join(native))
        .arg(workspace.path("tests/bench/run.mjs"));
    if let Some(json) = json {
        node.arg("--json").arg(json);
    }
    process::run(&mut node)
}

/// What is measured outside a browser.
fn native(workspace: &Workspace) -> Result<()> {
    process::run(Command::new("cargo").current_dir(workspace.root()).args([
        "build",
        "--quiet",
        "--release",
        "--package",
        PACKAGE,
        "--bin",
        "bench-native",
    ]))
}
