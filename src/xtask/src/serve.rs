//! Building the page and serving it on this machine.

use std::net::TcpListener;
use std::process::Command;

use crate::build::{self, Plan};
use crate::error::{Advise, Error, Result};
use crate::process;
use crate::report;
use crate::setup::Wish;
use crate::workspace::Workspace;

/// Builds what is not up to date, then serves until interrupted.
pub(crate) fn run(workspace: &Workspace, wish: Wish, plan: &Plan, port: u16) -> Result<()> {
    check_free(port)?;
    build::run(workspace, wish, plan)?;
    report::step("Building the server", || {
        process::run(cargo(workspace).args(["build", "--quiet", "--package", "tongxing-server"]))
    })?;
    report::note(&format!(
        "open http://localhost:{port}{}  (Ctrl-C ends)",
        plan.public_url
    ));
    let listen = format!("127.0.0.1:{port}");
    process::run(
        cargo(workspace)
            .args(["run", "--quiet", "--package", "tongxing-server", "--"])
            .args([
                "--listen",
                &listen,
                "--base-path",
                plan.public_url.as_str(),
                "--site",
            ])
            .arg(&plan.out),
    )
}

/// Cargo with the compiler for native crates.
fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.root());
    cargo
}

/// Better told before a long build than after it.
fn check_free(port: u16) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::Problem(format!(
            "port {port} cannot be used: {error}"
        ))),
    }
    .advise("end the program that uses it, or choose another one with --port")
}
