//! Choosing the compiler that builds for the browser.
//!
//! Most machines have rustup and can fetch the target's standard library. Where it cannot be fetched,
//! a Debian machine's own compiler builds that library once from source (see `distribution`). Native
//! crates always use the compiler on `PATH`.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::distribution;
use crate::error::{Error, Result};
use crate::process::{self, ask};
use crate::report;
use crate::versions::{LINKED_TOOLCHAIN, WEB_TARGET};
use crate::workspace::Workspace;

/// Which compiler the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wish {
    /// The active toolchain if it has or can fetch the target, else the distribution's.
    Auto,
    /// The active toolchain.
    Rustup,
    /// The compiler that the distribution packages.
    Distribution,
}

/// A compiler able to build for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WebCompiler {
    /// The one on `PATH`.
    Active,
    /// The distribution's, linked into rustup.
    Linked,
}

impl WebCompiler {
    /// Makes a command, and what it starts, use this compiler.
    pub(crate) fn apply(self, command: &mut Command) {
        // `cargo run` tells its child about its own compiler; these would outweigh the choice.
        for variable in [
            "CARGO",
            "RUSTC",
            "RUSTDOC",
            "LD_LIBRARY_PATH",
            "DYLD_FALLBACK_LIBRARY_PATH",
        ] {
            command.env_remove(variable);
        }
        if self == Self::Linked {
            command.env("RUSTUP_TOOLCHAIN", LINKED_TOOLCHAIN);
        }
    }
}

/// Finds or makes a compiler with the browser's target.
pub(super) fn prepare(workspace: &Workspace, wish: Wish) -> Result<WebCompiler> {
    let compiler = match wish {
        Wish::Rustup => fetch_target()?,
        Wish::Distribution => distribution::prepare(workspace)?,
        Wish::Auto if has_target("rustc", None) => WebCompiler::Active,
        Wish::Auto if distribution::is_ready() => WebCompiler::Linked,
        Wish::Auto => match fetch_target() {
            Ok(compiler) => compiler,
            Err(error) if distribution::is_possible() => {
                report::note(&format!("{error}"));
                report::note(
                    "the target cannot be fetched; turning to the distribution's compiler",
                );
                distribution::prepare(workspace)?
            }
            Err(error) => return Err(error),
        },
    };
    check_age(workspace, compiler)?;
    Ok(compiler)
}

/// Has rustup fetch the target's standard library for the active toolchain.
fn fetch_target() -> Result<WebCompiler> {
    if has_target("rustc", None) {
        return Ok(WebCompiler::Active);
    }
    let advice = format!(
        "check the network and run `rustup target add {WEB_TARGET}` by hand; on a machine without \
         rustup get it from https://rustup.rs, or install your distribution's package with the \
         {WEB_TARGET} standard library"
    );
    if process::find("rustup").is_none() {
        return Err(Error::advised(
            format!("the compiler on PATH cannot build for {WEB_TARGET}, and there is no rustup"),
            advice,
        ));
    }
    report::step(
        &format!("Fetching the {WEB_TARGET} target with rustup"),
        || process::run(Command::new("rustup").args(["target", "add", WEB_TARGET])),
    )
    .map_err(|source| Error::Advised {
        source: Box::new(source),
        advice,
    })?;
    Ok(WebCompiler::Active)
}

/// Whether a compiler has a standard library for the browser.
pub(super) fn has_target(rustc: &str, toolchain: Option<&str>) -> bool {
    let chosen = toolchain.map(|name| format!("+{name}"));
    let arguments: Vec<&str> = chosen
        .as_deref()
        .into_iter()
        .chain(["--print", "sysroot"])
        .collect();
    ask(rustc, &arguments).is_some_and(|sysroot| holds_std(&library_folder(Path::new(&sysroot))))
}

/// Where a compiler keeps the browser's standard library.
pub(super) fn library_folder(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(WEB_TARGET).join("lib")
}

/// Whether the folder holds a compiled standard library.
fn holds_std(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|entries| {
        entries
            .filter_map(std::result::Result::ok)
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// Refuses a compiler older than the workspace asks for, before an obscure error does.
fn check_age(workspace: &Workspace, compiler: WebCompiler) -> Result<()> {
    let mut command = Command::new("rustc");
    compiler.apply(&mut command);
    let found = process::capture(command.arg("--version"))?;
    let found = found.split_whitespace().nth(1).unwrap_or_default();
    let asked = workspace.rust_version()?.unwrap_or_default();
    if numbers(found) < numbers(&asked) {
        return Err(Error::advised(
            format!("rustc {found} is older than the {asked} that the workspace asks for"),
            "run `rustup update stable`, or upgrade the distribution's compiler",
        ));
    }
    Ok(())
}

/// The numbers in a version, for comparing: `1.96.0-beta.1` → 1, 96, 0.
fn numbers(version: &str) -> Vec<u32> {
    version
        .split('-')
        .next()
        .unwrap_or_default()
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(numbers("1.100.0") > numbers("1.95"));
        assert!(numbers("1.95.0") >= numbers("1.95"));
        assert!(numbers("1.94.1-nightly") < numbers("1.95"));
    }
}
