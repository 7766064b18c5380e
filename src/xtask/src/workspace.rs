//! Where things are in the project.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The project's folder and the places in it that tasks write to.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the project: xtask stands two folders below its root. Cargo says where when it runs a program;
    /// clones that share a target folder also share the program, so what was compiled in is a guess.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.ancestors().nth(2).unwrap_or(&manifest).to_owned();
        if root.join("Cargo.lock").is_file() {
            Ok(Self { root })
        } else {
            Err(Error::advised(
                format!("no Cargo.lock in {}", root.display()),
                "run `cargo xtask` from inside a complete clone",
            ))
        }
    }

    /// A path below the project's root.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The project's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Tools that the project had to install for itself. Apart from `target`, so that
    /// `cargo clean` does not cost ten minutes.
    pub(crate) fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.path("target"), |named| self.root.join(named))
    }

    /// What tasks remember between runs.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// The exact version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<Option<String>> {
        let path = self.path("Cargo.lock");
        let lock = fs::read_to_string(&path).map_err(Error::file(&path))?;
        Ok(version_in_lock(&lock, package))
    }

    /// The oldest compiler the workspace accepts, from the root manifest's `rust-version`.
    pub(crate) fn rust_version(&self) -> Result<Option<String>> {
        let path = self.path("Cargo.toml");
        let manifest = fs::read_to_string(&path).map_err(Error::file(&path))?;
        Ok(manifest
            .lines()
            .find_map(|line| line.strip_prefix("rust-version"))
            .and_then(|rest| rest.split('"').nth(1))
            .map(str::to_owned))
    }
}

/// Finds `version` of the first `[[package]]` called `package`.
fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    #[test]
    fn a_locked_version_is_found_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            version_in_lock(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }
}
