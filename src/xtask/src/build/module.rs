//! Building one module with its glue, apart from the site: what the benchmarks run in a bare page.

use std::fs;
use std::path::Path;

use super::{clear, optimise};
use crate::error::{Error, Result};
use crate::process;
use crate::report;
use crate::setup::BuildKit;
use crate::versions::WEB_TARGET;
use crate::workspace::Workspace;

/// Builds a binary of a package as the site's own module is built, into `out`.
pub(crate) fn build(
    workspace: &Workspace,
    kit: &BuildKit,
    package: &str,
    binary: &str,
    out: &Path,
) -> Result<()> {
    report::step(&format!("Building {binary} for the browser"), || {
        process::run(
            kit.release_command("cargo")?
                .current_dir(workspace.root())
                .args([
                    "build",
                    "--quiet",
                    "--release",
                    "--target",
                    WEB_TARGET,
                    "--package",
                    package,
                    "--bin",
                    binary,
                ]),
        )
    })?;
    clear(out)?;
    fs::create_dir_all(out).map_err(Error::file(out))?;
    let module = format!("target/{WEB_TARGET}/release/{binary}.wasm");
    process::run(
        kit.command("wasm-bindgen")?
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(out)
            .arg(workspace.path(&module)),
    )?;
    match &kit.optimiser {
        Some(optimiser) => optimise::modules(workspace, optimiser, out),
        None => Ok(()),
    }
}
