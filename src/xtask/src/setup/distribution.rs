//! The distribution's compiler as a rustup toolchain, for Debian machines that cannot fetch rustup's
//! target.
//!
//! Debian packages a compiler for building browsers (`rustc-web`) with the source of its standard
//! library, dependencies included. That library is compiled once for the browser, put where the
//! compiler looks for it, and the compiler is linked into rustup under a name of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compiler::{self, WebCompiler};
use crate::error::{Advise, Error, Result};
use crate::process::{ask, capture, find, run};
use crate::report;
use crate::versions::{LINKED_TOOLCHAIN, WEB_TARGET};
use crate::workspace::Workspace;

const SYSROOT: &str = "/usr";
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// Compiler, its standard library's source, the linter; the linker's package carries a version.
const PACKAGES: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
];

/// The crate that is compiled for the sake of what it pulls in.
const CARRIER: &str = "carrier";

/// Whether this route can be tried here.
pub(super) fn is_possible() -> bool {
    is_debian() && find("rustup").is_some()
}

/// Whether packages can be installed here.
pub(super) fn is_debian() -> bool {
    find("apt-get").is_some()
}

/// Whether everything was done in an earlier run, for this very version of the compiler.
pub(super) fn is_ready() -> bool {
    compiler::has_target("rustc", Some(LINKED_TOOLCHAIN)) && built_by() == ask_version()
}

/// Installs the packages, compiles the standard library, links the toolchain; skips what is done.
pub(super) fn prepare(workspace: &Workspace) -> Result<WebCompiler> {
    if is_ready() {
        return Ok(WebCompiler::Linked);
    }
    if !is_possible() {
        return Err(Error::advised(
            "the distribution's compiler needs a Debian machine with rustup",
            format!("run `rustup target add {WEB_TARGET}` on a machine with a network"),
        ));
    }
    if !(Path::new(RUSTC).is_file() && Path::new(CARGO).is_file() && library_source().is_dir()) {
        install_packages(&PACKAGES)?;
    }
    let version = capture(Command::new(RUSTC).arg("-vV"))?;
    let linker = llvm_major(&version)
        .map(|major| format!("lld-{major}"))
        .ok_or_else(|| Error::Problem(format!("no LLVM version in `{RUSTC} -vV`:\n{version}")))?;
    if find(&linker).is_none() {
        install_packages(&[&linker])?;
    }
    link_linker(&linker, &version)?;
    if built_by().as_deref() != Some(version.trim()) {
        let libraries = build_library(workspace)?;
        install_library(workspace, &libraries, &version)?;
    }
    report::step(
        &format!("Linking {SYSROOT} into rustup as toolchain `{LINKED_TOOLCHAIN}`"),
        || run(Command::new("rustup").args(["toolchain", "link", LINKED_TOOLCHAIN, SYSROOT])),
    )?;
    Ok(WebCompiler::Linked)
}

/// Installs Debian packages as root.
pub(super) fn install_packages(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    report::step(&format!("Installing Debian packages: {list}"), || {
        let mut install = as_root("apt-get")?;
        install.env("DEBIAN_FRONTEND", "noninteractive");
        install
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages);
        if run(&mut install).is_ok() {
            return Ok(());
        }
        // A fresh image has no package lists, an old one has stale ones.
        run(as_root("apt-get")?.arg("update"))?;
        run(&mut install)
    })
    .advise(format!(
        "run `apt-get update && apt-get install {list}` as root and read what it says"
    ))
}

/// A command with root's rights: as it is for root, else through sudo.
fn as_root(program: &str) -> Result<Command> {
    if ask("id", &["-u"]).as_deref() == Some("0") {
        return Ok(Command::new(program));
    }
    let sudo = find("sudo").ok_or_else(|| {
        Error::advised(
            format!("`{program}` needs root's rights, and there is no sudo"),
            "run `cargo xtask setup` once as root",
        )
    })?;
    let mut command = Command::new(sudo);
    command.arg(program);
    Ok(command)
}

/// Puts the system's LLD where the compiler expects the linker it would ship with.
fn link_linker(linker: &str, version: &str) -> Result<()> {
    let host = field(version, "host")
        .ok_or_else(|| Error::Problem(format!("no host in `{RUSTC} -vV`:\n{version}")))?;
    let folder = Path::new(SYSROOT)
        .join("lib/rustlib")
        .join(host)
        .join("bin");
    let link = folder.join("rust-lld");
    if link.exists() {
        return Ok(());
    }
    let target = find(linker)
        .ok_or_else(|| Error::Problem(format!("package {linker} brought no program {linker}")))?;
    report::step(
        &format!("Linking {} to {}", link.display(), target.display()),
        || {
            run(as_root("mkdir")?.arg("-p").arg(&folder))?;
            run(as_root("ln")?.arg("-sf").arg(&target).arg(&link))
        },
    )
}

/// Compiles the standard library for the browser; returns the folder with the results.
fn build_library(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.scratch().join("standard-library");
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(Error::file(&source))?;
    // The empty `[workspace]` keeps cargo from counting it among the project's own crates.
    let manifest = format!(
        "[package]\nname = \"{CARRIER}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
         [lib]\n\n[profile.release]\npanic = \"abort\"\n\n[workspace]\n"
    );
    for (path, text) in [
        (folder.join("Cargo.toml"), manifest),
        (source.join("lib.rs"), String::new()),
    ] {
        fs::write(&path, text).map_err(Error::file(&path))?;
    }
    report::step(
        &format!("Compiling the standard library for {WEB_TARGET} (about half a minute)"),
        || {
            let mut build = Command::new(CARGO);
            WebCompiler::Active.apply(&mut build);
            run(build
                .current_dir(&folder)
                .env_remove("RUSTUP_TOOLCHAIN")
                .env("RUSTC", RUSTC)
                .env("CARGO_TARGET_DIR", folder.join("target"))
                // The distribution's compiler is a stable one; building its library is not stable.
                .env("RUSTC_BOOTSTRAP", "1")
                // Link-time optimisation of the page needs the library's bitcode.
                .env("RUSTFLAGS", "-Cembed-bitcode=yes")
                // `test` is there so that tests can be compiled for the browser.
                .args(["build", "--release", "--target", WEB_TARGET])
                .arg("-Zbuild-std=std,panic_abort,test"))
        },
    )
    .advise(format!(
        "reinstall the packages ({}) and run `cargo xtask setup` again",
        PACKAGES.join(" ")
    ))?;
    Ok(folder.join("target").join(WEB_TARGET).join("release/deps"))
}

/// Copies the compiled library to where the compiler looks, and notes which compiler made it.
fn install_library(workspace: &Workspace, built: &Path, version: &str) -> Result<()> {
    let home = compiler::library_folder(Path::new(SYSROOT));
    let own = format!("lib{CARRIER}-");
    let mut libraries = Vec::new();
    for entry in built.read_dir().map_err(Error::file(built))? {
        let path = entry.map_err(Error::file(built))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with(&own) {
            libraries.push(path);
        }
    }
    if libraries.is_empty() {
        return Err(Error::Problem(format!(
            "no libraries in {}",
            built.display()
        )));
    }
    let stamp = workspace.scratch().join("standard-library/built-by");
    fs::write(&stamp, version.trim()).map_err(Error::file(&stamp))?;
    report::step(
        &format!(
            "Installing {} libraries in {}",
            libraries.len(),
            home.display()
        ),
        || {
            // Two generations side by side would make the compiler's choice ambiguous.
            run(as_root("rm")?.arg("-rf").arg(&home))?;
            run(as_root("mkdir")?.arg("-p").arg(&home))?;
            run(as_root("cp")?.args(&libraries).arg(&home))?;
            run(as_root("cp")?.arg(&stamp).arg(stamp_path()))
        },
    )
}

/// The file that says which compiler made the installed library.
fn stamp_path() -> PathBuf {
    compiler::library_folder(Path::new(SYSROOT)).with_file_name("built-by")
}

/// Version of the compiler that made the installed library.
fn built_by() -> Option<String> {
    fs::read_to_string(stamp_path()).ok()
}

/// Version of the installed compiler.
fn ask_version() -> Option<String> {
    let output = Command::new(RUSTC).arg("-vV").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where the package with the library's source puts it.
fn library_source() -> PathBuf {
    Path::new(SYSROOT).join("lib/rustlib/src/rust/library")
}

/// The value of one line of `rustc -vV`.
fn field<'a>(version: &'a str, name: &str) -> Option<&'a str> {
    version
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The major version of the LLVM inside the compiler: the linker's must be the same.
fn llvm_major(version: &str) -> Option<&str> {
    field(version, "LLVM version")?.split('.').next()
}

#[cfg(test)]
mod tests {
    use super::{field, llvm_major};

    const VERSION: &str = "rustc 1.96.0 (ac68faa20 2026-05-25)\nbinary: rustc\n\
                           host: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8\n";

    #[test]
    fn the_linker_follows_the_compilers_llvm() {
        assert_eq!(llvm_major(VERSION), Some("22"));
        assert_eq!(field(VERSION, "host"), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(llvm_major("rustc 1.96.0"), None);
    }
}
