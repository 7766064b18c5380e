//! `cargo xtask test`: every check of the project, one after another.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::ValueEnum;
use serde_json::json;
use walkdir::WalkDir;

use crate::build::{self, Plan, PublicUrl};
use crate::error::{Advise, Error, Result};
use crate::process;
use crate::report;
use crate::setup::{self, Optimising, TestKit, Wish};
use crate::sizes;
use crate::tidy;
use crate::versions::WEB_TARGET;
use crate::workspace::Workspace;

/// Which checks to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Everything, browser included.
    All,
    /// Formatting and native tests.
    Fast,
    /// The page's unit tests, in a browser.
    Browser,
    /// The journeys through the built page, in a browser.
    Journeys,
}

/// The crates that run in the browser, with what is compiled of each. The tests of the pure ones run
/// natively alone, with tools that know no browser.
const WEB_CODE: [&[&str]; 4] = [
    &[
        "-p",
        "tongxing-domain",
        "-p",
        "tongxing-sync",
        "-p",
        "tongxing-rows",
        "--features",
        "tongxing-sync/backup",
    ],
    &["-p", "tongxing-view", "-p", "tongxing-app", "--all-targets"],
    // As a release build has it, which is cut into parts.
    &["-p", "tongxing-app", "--bins", "--features", "parts"],
    &["-p", "tongxing-tests", "--bin", "bench-page"],
];

/// Runs checks and remembers how they went.
#[derive(Debug, Default)]
struct Record {
    passed: usize,
    failed: Vec<String>,
}

impl Record {
    /// Runs one check. A failure is reported and the next check goes on, so that one run tells all.
    fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        report::heading(name);
        let start = Instant::now();
        let outcome = work();
        let time = report::seconds(start.elapsed());
        match &outcome {
            Ok(()) => {
                self.passed += 1;
                report::note(&format!("{name}: passed ({time})"));
            }
            Err(error) => {
                self.failed.push(name.to_owned());
                report::note(&format!("{name}: FAILED ({time}): {error}"));
            }
        }
        outcome.is_ok()
    }

    fn close(self) -> Result<()> {
        let checks = format!(
            "checks: {} passed, {} failed",
            self.passed,
            self.failed.len()
        );
        if self.failed.is_empty() {
            report::heading(&checks);
            Ok(())
        } else {
            Err(Error::Problem(format!(
                "{checks}: {}",
                self.failed.join(", ")
            )))
        }
    }
}

/// Runs a suite; fails if any check does.
pub(crate) fn run(workspace: &Workspace, wish: Wish, suite: Suite) -> Result<()> {
    let mut record = Record::default();
    if suite == Suite::Fast {
        record.check("formatting", || formatting(workspace));
        record.check("native tests", || native_tests(workspace));
        return record.close();
    }
    report::heading("set-up");
    let kit = setup::for_test(workspace, wish)?;
    if suite == Suite::All {
        record.check("formatting", || formatting(workspace));
        record.check("lints", || native_lints(workspace));
        record.check("lints for the browser", || web_lints(workspace, &kit));
        record.check("house rules", || tidy::run(workspace));
        record.check("supply chain", || supply_chain(workspace));
        record.check("native tests", || native_tests(workspace));
    }
    if suite != Suite::Journeys {
        record.check("unit tests in the browser", || {
            browser_tests(workspace, &kit)
        });
    }
    if suite != Suite::Browser {
        let sites = [
            site(workspace, "/", "dist")?,
            site(workspace, "/field/app/", "target/xtask/field-app")?,
        ];
        let built = record.check("building the site", || {
            sites
                .iter()
                .try_for_each(|plan| build::with_kit(workspace, &kit.build, plan))
        });
        // Without a site they could only fail again.
        if built {
            record.check("weight of the first visit", || sizes::run(&sites[0].out));
            record.check("journeys", || {
                prepare_journeys(workspace)?;
                let [root, below] = &sites;
                journeys(workspace, &kit, root, "tests/journeys")?;
                journeys(workspace, &kit, below, "tests/journeys/any_path")
            });
        } else {
            record.failed.push("journeys (not run)".to_owned());
        }
    }
    record.close()
}

/// A release site for one path.
fn site(workspace: &Workspace, public_url: &str, out: &str) -> Result<Plan> {
    let public_url: PublicUrl = public_url.parse().map_err(Error::Problem)?;
    let out = workspace.path(out);
    Ok(Plan {
        public_url,
        out,
        dev: false,
        optimising: Optimising::Required,
    })
}

/// Cargo with the compiler for native crates.
fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    process::run(
        Command::new("cargo")
            .current_dir(workspace.root())
            .args(arguments),
    )
}

fn formatting(workspace: &Workspace) -> Result<()> {
    cargo(workspace, &["fmt", "--all", "--check"]).advise("run `cargo fmt --all`")
}

fn native_lints(workspace: &Workspace) -> Result<()> {
    cargo(
        workspace,
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    )
}

/// The same lints over the code that only the browser compiles. A compiler without the linter still
/// checks types.
fn web_lints(workspace: &Workspace, kit: &TestKit) -> Result<()> {
    let mut probe = kit.build.command("cargo")?;
    let linter = probe
        .args(["clippy", "--version"])
        .output()
        .is_ok_and(|o| o.status.success());
    if !linter {
        report::note("this compiler comes without clippy; only types are checked");
    }
    for code in WEB_CODE {
        let mut command = kit.build.command("cargo")?;
        command
            .current_dir(workspace.root())
            .arg(if linter { "clippy" } else { "check" });
        command.args(code).args(["--target", WEB_TARGET]);
        if linter {
            command.args(["--", "-D", "warnings"]);
        }
        process::run(&mut command)?;
    }
    Ok(())
}

/// Licences, bans and sources of every dependency; known faults of theirs where the database of
/// advisories can be had.
fn supply_chain(workspace: &Workspace) -> Result<()> {
    let program = setup::supply_checker(workspace)?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(workspace.root()).args(arguments);
        command
    };
    process::run(&mut deny(&["check", "licenses", "bans", "sources"]))
        .advise("see above which dependency breaks which rule of deny.toml, and choose another")?;
    let fetched = deny(&["fetch", "db"]).output();
    if fetched.is_ok_and(|output| output.status.success()) {
        process::run(&mut deny(&["check", "advisories"]))
            .advise("update the dependency (`cargo update -p …`), or choose another")
    } else {
        report::note("the database of advisories cannot be had here: advisories are not checked");
        Ok(())
    }
}

fn native_tests(workspace: &Workspace) -> Result<()> {
    setup::database::prepare()?;
    setup::spreadsheets::prepare()?;
    cargo(workspace, &["test", "--workspace"])
}

/// The page's own tests, each in a fresh page of a headless browser.
fn browser_tests(workspace: &Workspace, kit: &TestKit) -> Result<()> {
    let settings = webdriver_settings(workspace, &kit.browser)?;
    process::run(
        kit.build
            .command("cargo")?
            .current_dir(workspace.root())
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                "wasm-bindgen-test-runner",
            )
            .env("CHROMEDRIVER", &kit.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
            .args([
                "test",
                "--package",
                "tongxing-view",
                "--package",
                "tongxing-app",
            ])
            .args(["--target", WEB_TARGET]),
    )
}

/// How the driver starts the browser: unseen, and without traffic of its own.
fn webdriver_settings(workspace: &Workspace, browser: &Path) -> Result<PathBuf> {
    let settings = json!({ "goog:chromeOptions": {
        "binary": browser,
        "args": [
            "headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "no-first-run",
            "disable-background-networking", "disable-component-update", "disable-sync",
        ],
    }});
    let folder = workspace.scratch();
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let path = folder.join("webdriver.json");
    fs::write(&path, settings.to_string()).map_err(Error::file(&path))?;
    Ok(path)
}

/// The packages that journeys and benchmarks use, the server they speak to, and the command line that
/// speaks to it beside them.
pub(crate) fn prepare_journeys(workspace: &Workspace) -> Result<()> {
    setup::spreadsheets::prepare()?;
    install_node_packages(&workspace.path("tests"))?;
    report::step("Building the server and the command line", || {
        let packages = ["--package", "tongxing-server", "--package", "tongxing-cli"];
        cargo(workspace, &[&["build", "--quiet"][..], &packages].concat())
    })
}

/// The packages of a folder's lock file. `npm ci` starts from nothing each time; a record of its own tells
/// whether that is needed.
pub(crate) fn install_node_packages(folder: &Path) -> Result<()> {
    let npm = setup::node_package_manager()?;
    let record = folder.join("node_modules/.installed-for");
    let installed = fs::read(&record).unwrap_or_default();
    let path = folder.join("package-lock.json");
    let wanted = fs::read(&path).map_err(Error::file(&path))?;
    if installed == wanted {
        return Ok(());
    }
    let what = format!("Installing packages from npm in {}", folder.display());
    report::step(&what, || {
        process::run(
            Command::new(npm)
                .current_dir(folder)
                .args(["ci", "--no-audit", "--no-fund"]),
        )
    })
    .advise("check that the npm registry can be reached")?;
    fs::write(&record, wanted).map_err(Error::file(&record))
}

/// Node with everything a journey or a benchmark needs to know:
/// `CHROMIUM` the browser's program, `SITE` the built site, `BASE_PATH` the path it was built for,
/// `SERVER` the server's program, `CLIENT` the command line's.
pub(crate) fn node(workspace: &Workspace, kit: &TestKit, plan: &Plan) -> Command {
    let program = |name| {
        let file = format!("debug/{name}{}", std::env::consts::EXE_SUFFIX);
        workspace.target().join(file)
    };
    let mut node = Command::new("node");
    node.current_dir(workspace.root())
        .env("CHROMIUM", &kit.browser)
        .env("SITE", &plan.out)
        .env("BASE_PATH", plan.public_url.as_str())
        .env("SERVER", program("tongxing-server"))
        .env("CLIENT", program("tongxing"))
        // Teams of one's own are not for tests.
        .env("TONGXING_DATABASE", workspace.scratch().join("teams.db"));
    node
}

/// Every journey in a folder and below it, on one site, one browser at a time. Those in `any_path` could
/// go another way where the site lies below a path.
fn journeys(workspace: &Workspace, kit: &TestKit, plan: &Plan, folder: &str) -> Result<()> {
    let folder = workspace.path(folder);
    let mut files = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::Problem(error.to_string()))?;
        if entry.file_name().to_string_lossy().ends_with(".test.mjs") {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(Error::Problem(format!(
            "no journeys in {}",
            folder.display()
        )));
    }
    report::note(&format!("journeys with the site below {}", plan.public_url));
    process::run(
        node(workspace, kit, plan)
            .args(["--test", "--test-concurrency=1"])
            .args(&files),
    )
}
