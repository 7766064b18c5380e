//! The pinned tools and the browser: found on `PATH`, found among the project's own, or installed
//! there.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::distribution::install_packages;
use crate::error::{Advise, Error, Result};
use crate::process::{ask, find, run};
use crate::report;
use crate::versions;
use crate::workspace::Workspace;

/// `wasm-opt` of the pinned version.
#[derive(Debug, Clone)]
pub(crate) struct Optimiser {
    program: PathBuf,
}

impl Optimiser {
    /// Optimises `input` for size into `output`. Debug names go; what the module can do stays.
    pub(crate) fn optimise(&self, input: &Path, output: &Path) -> Result<()> {
        run(Command::new(&self.program)
            .args(Self::FLAGS)
            .arg(input)
            .arg("-o")
            .arg(output))
    }

    /// What the optimiser is told; part of what its result depends on. The features are those that the
    /// compiler assumes and every browser since Safari 15 has: with all features on, modules come out
    /// that no browser loads.
    pub(crate) const FLAGS: [&str; 9] = [
        "-O2",
        "--enable-bulk-memory",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
        "--strip-debug",
        "--strip-producers",
    ];
}

/// Where the project keeps the tools it installed, in a folder that git does not look into.
fn own_folder(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.tools();
    let ignore = folder.join(".gitignore");
    if !ignore.is_file() {
        std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        std::fs::write(&ignore, "*\n").map_err(Error::file(&ignore))?;
    }
    Ok(folder)
}

/// Trunk and wasm-bindgen; returns the folders to search for them before `PATH`.
pub(super) fn bundler(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let own = own_folder(workspace)?;
    let folder = own.join("bin");
    let wanted = [
        // Without `--locked`: the tool's lock file names a release that registries have withdrawn.
        (
            "wasm-bindgen",
            "wasm-bindgen-cli",
            versions::WASM_BINDGEN,
            &[][..],
        ),
        ("trunk", "trunk", versions::TRUNK, &["--locked"][..]),
    ];
    let mut folders = Vec::new();
    for (program, package, version, flags) in wanted {
        if is_version(Path::new(program), version) {
            continue;
        }
        folders = vec![folder.clone()];
        if is_version(&folder.join(program), version) {
            continue;
        }
        report::step(
            &format!("Building {package} {version} (about five minutes, once)"),
            || {
                run(Command::new("cargo")
                    .args(["install", package, "--version", version])
                    .args(flags)
                    .arg("--root")
                    .arg(&own))
            },
        )
        .advise(format!(
            "check that the crate registry can be reached and a C compiler is installed, or install \
             {package} {version} yourself so that it is on PATH"
        ))?;
    }
    Ok(folders)
}

/// `cargo-deny`, which holds dependencies to `deny.toml`.
pub(crate) fn supply_checker(workspace: &Workspace) -> Result<PathBuf> {
    let name = format!("cargo-deny{}", env::consts::EXE_SUFFIX);
    let own = own_folder(workspace)?;
    let installed = own.join("bin").join(&name);
    let candidates = [find("cargo-deny"), Some(installed.clone())];
    let found = candidates
        .into_iter()
        .flatten()
        .find(|program| is_version(program, versions::CARGO_DENY));
    if let Some(program) = found {
        return Ok(program);
    }
    let version = versions::CARGO_DENY;
    report::step(
        // Not optimised: it is built in a third of the time, and runs for seconds.
        &format!("Building cargo-deny {version} (about two minutes, once)"),
        || {
            run(Command::new("cargo")
                .args(["install", "cargo-deny", "--version", version])
                .args(["--locked", "--debug", "--root"])
                .arg(&own))
        },
    )
    .advise(format!(
        "check that the crate registry can be reached, or install cargo-deny {version} yourself so that \
         it is on PATH"
    ))?;
    Ok(installed)
}

/// Whether a program answers `--version` with this version.
fn is_version(program: &Path, version: &str) -> bool {
    ask(program, &["--version"]).is_some_and(|line| line.split_whitespace().nth(1) == Some(version))
}

/// `wasm-opt`, from the npm package that carries it.
pub(super) fn optimiser(workspace: &Workspace) -> Result<Optimiser> {
    let own = own_folder(workspace)?;
    let installed = own.join("node_modules/.bin").join(script("wasm-opt"));
    let candidates = [find("wasm-opt"), Some(installed.clone())];
    if let Some(program) = candidates
        .into_iter()
        .flatten()
        .find(|program| is_wasm_opt(program))
    {
        return Ok(Optimiser { program });
    }
    let npm = node_package_manager()?;
    report::step(
        &format!("Installing binaryen {} from npm", versions::BINARYEN),
        || {
            run(Command::new(npm)
                .args([
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--no-save",
                    "--prefix",
                ])
                .arg(&own)
                .arg(format!("binaryen@{}", versions::BINARYEN)))
        },
    )
    .advise("check that the npm registry can be reached")?;
    if is_wasm_opt(&installed) {
        Ok(Optimiser { program: installed })
    } else {
        Err(Error::Problem(format!(
            "{} does not run",
            installed.display()
        )))
    }
}

/// Whether the program is `wasm-opt` of the pinned version.
fn is_wasm_opt(program: &Path) -> bool {
    let major = versions::BINARYEN.split('.').next().unwrap_or_default();
    ask(program, &["--version"]).is_some_and(|line| line.split_whitespace().nth(2) == Some(major))
}

/// npm, installed from the distribution where that is possible.
pub(crate) fn node_package_manager() -> Result<PathBuf> {
    let name = script("npm");
    if let Some(npm) = find_file(&name) {
        return Ok(npm);
    }
    if find("apt-get").is_some() {
        install_packages(&["nodejs", "npm"])?;
    }
    find_file(&name).ok_or_else(|| {
        Error::advised(
            "there is no npm on PATH",
            "install Node.js 20 or newer from https://nodejs.org",
        )
    })
}

/// How the system spells a script that npm installs.
fn script(name: &str) -> String {
    if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    }
}

/// Where a file of exactly this name is on `PATH`.
fn find_file(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// A browser and its driver, for the tests.
pub(super) fn browser() -> Result<(PathBuf, PathBuf)> {
    let apt = find("apt-get").is_some();
    if apt && (find_browser().is_none() || find_driver().is_none()) {
        install_packages(&["chromium", "chromium-driver"])?;
    }
    // Without a Chinese font every screenshot shows boxes.
    if apt && !has_chinese_font() {
        install_packages(&["fontconfig", "fonts-noto-cjk"])?;
    }
    let browser = find_browser().ok_or_else(|| {
        Error::advised(
            "no Chromium or Chrome was found",
            "install Chromium or Chrome, or set CHROMIUM to its program",
        )
    })?;
    let driver = find_driver().ok_or_else(|| {
        Error::advised(
            "no chromedriver was found",
            "install the chromedriver of your browser's version (macOS: `brew install chromedriver`; \
             Windows: https://googlechromelabs.github.io/chrome-for-testing), or set CHROMEDRIVER",
        )
    })?;
    Ok((browser, driver))
}

/// The browser named by `CHROMIUM`, on `PATH`, or where the system's installer puts it.
fn find_browser() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let found = ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .into_iter()
        .find_map(find);
    let installed = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ]
    .map(PathBuf::from);
    named
        .into_iter()
        .chain(found)
        .chain(installed)
        .find(|path| path.is_file())
}

/// The driver named by `CHROMEDRIVER` or on `PATH`.
fn find_driver() -> Option<PathBuf> {
    let named = env::var_os("CHROMEDRIVER").filter(|name: &OsString| !name.is_empty());
    named
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| find("chromedriver"))
}

/// Whether Chinese text can be drawn; only asked where a package could change that.
fn has_chinese_font() -> bool {
    ask("fc-list", &[":lang=zh"]).is_some_and(|line| !line.is_empty())
}
