//! PostgreSQL for the endpoint's tests, which start a server of their own from its programs.

use std::fs;
use std::path::Path;

use super::distribution::{self, install_packages};
use crate::error::{Error, Result};
use crate::process::find;

/// The distribution's package, and where it puts the programs: a folder for each version.
const PACKAGE: &str = "postgresql";
const VERSIONS: &str = "/usr/lib/postgresql";

/// Installs PostgreSQL where it is missing and the machine is a Debian one.
pub(crate) fn prepare() -> Result<()> {
    if find("initdb").is_some() || is_packaged(Path::new(VERSIONS)) {
        return Ok(());
    }
    if !distribution::is_debian() {
        return Err(Error::advised(
            "the endpoint's tests need PostgreSQL",
            "install it, with `initdb` and `postgres` on the PATH",
        ));
    }
    install_packages(&[PACKAGE])
}

fn is_packaged(versions: &Path) -> bool {
    fs::read_dir(versions).is_ok_and(|versions| {
        versions
            .flatten()
            .any(|version| version.path().join("bin/initdb").is_file())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::is_packaged;

    #[test]
    fn a_version_counts_once_its_programs_are_there() {
        let folder = std::env::temp_dir().join(format!("xtask-postgres-{}", std::process::id()));
        let programs = folder.join("15/bin");
        assert!(!is_packaged(&folder));
        fs::create_dir_all(&programs).unwrap();
        assert!(!is_packaged(&folder));
        fs::write(programs.join("initdb"), "").unwrap();
        assert!(is_packaged(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }
}
