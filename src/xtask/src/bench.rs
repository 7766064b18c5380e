//! `cargo xtask bench`: prepares what measuring takes and hands over to `tests/bench`.
//!
//! That is told where everything is: `BENCH_PAGE` the bare page's module, `BENCH_NATIVE` the native program,
//! `BENCH_PEERS` and `BENCH_PEERS_PAGE` the peers' program and modules, `SERVER` the endpoint as it is shipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, Plan};
use crate::checks;
use crate::error::{Advise, Result};
use crate::process;
use crate::report;
use crate::setup::{self, Wish};
use crate::workspace::Workspace;

/// The package of the benchmarks.
const PACKAGE: &str = "tongxing-tests";

/// What we are measured against: a workspace and npm packages of their own, which nothing else builds.
const PEERS: &str = "tests/bench/peers";

/// How the names of lines begin that need the peers, or the endpoint.
const AGAINST_PEERS: [&str; 5] = [
    "join_vs_",
    "bootstrap",
    "ingest",
    "wire_bytes_",
    "rest_bytes_",
];

/// Measures the release site and the release crates; `json` names a file for the figures, `only` is how the
/// names of the wanted lines begin.
pub(crate) fn run(
    workspace: &Workspace,
    wish: Wish,
    plan: &Plan,
    json: Option<&Path>,
    only: &str,
) -> Result<()> {
    let kit = setup::for_test(workspace, wish)?;
    build::with_kit(workspace, &kit.build, plan)?;
    let page = workspace.scratch().join("bench-page");
    build::module::build(workspace, &kit.build, PACKAGE, "bench-page", &page)?;
    let native = report::step("Building bench-native", || native(workspace))?;
    checks::install_node_packages(&workspace.path("tests"))?;
    let mut node = checks::node(workspace, &kit, plan);
    if AGAINST_PEERS.iter().any(|name| concerns(only, name)) {
        let peers = Peers::prepare(workspace)?;
        node.env("BENCH_PEERS", peers.program)
            .env("BENCH_PEERS_PAGE", peers.page)
            .env("SERVER", peers.endpoint);
    }
    node.env("BENCH_PAGE", page)
        .env("BENCH_NATIVE", native)
        .arg(workspace.path("tests/bench/run.mjs"))
        .args(["--only", only]);
    if let Some(json) = json {
        node.arg("--json").arg(json);
    }
    process::run(&mut node)
}

/// Whether lines that begin with `name` are among those that begin with `only`.
fn concerns(only: &str, name: &str) -> bool {
    only.starts_with(name) || name.starts_with(only)
}

/// A program that was built.
fn built(workspace: &Workspace, path: &str) -> PathBuf {
    let program = format!("{path}{}", std::env::consts::EXE_SUFFIX);
    workspace.target().join(program)
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    process::run(
        Command::new("cargo")
            .current_dir(workspace.root())
            .args(arguments),
    )
}

/// What is measured outside a browser. In a folder of its own, since what a module for the browser is built
/// with would have all of it built anew each time.
fn native(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.scratch().join("bench-native");
    let program = ["--package", PACKAGE, "--bin", "bench-native"];
    process::run(
        Command::new("cargo")
            .current_dir(workspace.root())
            .args(["build", "--quiet", "--release"])
            .args(program)
            .arg("--target-dir")
            .arg(&folder),
    )?;
    let name = format!("release/bench-native{}", std::env::consts::EXE_SUFFIX);
    Ok(folder.join(name))
}

/// What is measured against us, and the endpoint that we measure.
struct Peers {
    program: PathBuf,
    page: PathBuf,
    endpoint: PathBuf,
}

impl Peers {
    /// Builds all of it. No other check looks at the peers' sources, so formatting and lints are held here.
    fn prepare(workspace: &Workspace) -> Result<Self> {
        setup::database::prepare()?;
        let manifest = format!("{PEERS}/Cargo.toml");
        let manifest = ["--manifest-path", &manifest];
        cargo(workspace, &[&["fmt", "--check"][..], &manifest].concat())
            .advise(format!("run `cargo fmt {}`", manifest.join(" ")))?;
        let folder = workspace.scratch().join("bench-peers");
        let build = |words: &[&str]| {
            let mut command = Command::new("cargo");
            command
                .current_dir(workspace.root())
                .args(words)
                .args(["--quiet", "--release", "--locked", "--target-dir"])
                .arg(&folder)
                .args(manifest);
            command
        };
        report::step("Building the peers", || {
            process::run(&mut build(&["build"]))?;
            process::run(build(&["clippy"]).args(["--", "-D", "warnings"]))
        })?;
        let scripts = workspace.path(PEERS);
        checks::install_node_packages(&scripts)?;
        let page = folder.join("page");
        process::run(
            Command::new("node")
                .arg(scripts.join("bundle.mjs"))
                .arg(&page),
        )?;
        report::step("Building the endpoint as it is shipped", || {
            let package = ["--package", "tongxing-server"];
            let profile = ["build", "--quiet", "--profile", "server"];
            cargo(workspace, &[&profile[..], &package].concat())
        })?;
        let program = format!("release/bench-peers{}", std::env::consts::EXE_SUFFIX);
        Ok(Self {
            program: folder.join(program),
            page,
            endpoint: built(workspace, "server/tongxing-server"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::concerns;

    #[test]
    fn a_name_asks_for_all_that_begins_with_it_and_for_its_own_group() {
        assert!(concerns("", "ingest"));
        assert!(concerns("ingest_postgres", "ingest"));
        assert!(concerns("boot", "bootstrap"));
        assert!(!concerns("filter", "ingest"));
        assert!(!concerns("join", "bootstrap"));
    }
}
