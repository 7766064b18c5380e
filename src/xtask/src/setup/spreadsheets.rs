//! An independent reader of workbooks for tests: openpyxl.

use std::path::Path;
use std::process::Command;

use super::distribution::{self, install_packages};
use crate::error::{Error, Result};

/// The distribution's package, and the Python that it is for.
const PACKAGE: &str = "python3-openpyxl";
const PYTHON: &str = "/usr/bin/python3";

/// Installs openpyxl where it is missing and the machine is a Debian one.
pub(crate) fn prepare() -> Result<()> {
    if has_reader("python3") || (Path::new(PYTHON).is_file() && has_reader(PYTHON)) {
        return Ok(());
    }
    if !distribution::is_debian() {
        return Err(Error::advised(
            "the tests of workbooks need openpyxl",
            "install it for the `python3` on the PATH: `python3 -m pip install openpyxl`",
        ));
    }
    install_packages(&[PACKAGE])
}

fn has_reader(python: &str) -> bool {
    let output = Command::new(python)
        .args(["-c", "import openpyxl"])
        .output();
    output.is_ok_and(|output| output.status.success())
}
