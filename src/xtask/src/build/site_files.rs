//! The files of a built site.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::cut::PART;
use super::{NOT_FOUND_PAGE, PAGE, SERVICE_WORKER};
use crate::error::{Error, Result};

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SiteFile {
    /// Path relative to the site, with forward slashes, as in a URL.
    pub(crate) path: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// Every file of the site, by path.
pub(crate) fn all(site: &Path) -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::Problem(error.to_string()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let relative = entry.path().strip_prefix(site).unwrap_or(entry.path());
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let bytes = fs::read(entry.path()).map_err(Error::file(entry.path()))?;
        files.push(SiteFile {
            path: parts.join("/"),
            bytes,
        });
    }
    Ok(files)
}

/// How the files of the worker for rare work begin: its binary's name.
const WORKER: &str = "workshop";

/// What the service worker keeps at the first visit: all but the page, which it knows by its folder, the
/// page's double, itself, and the parts.
pub(crate) fn kept(site: &Path) -> Result<Vec<SiteFile>> {
    let mut files = all(site)?;
    files.retain(|file| {
        ![PAGE, NOT_FOUND_PAGE, SERVICE_WORKER].contains(&file.path.as_str()) && !is_part(file)
    });
    Ok(files)
}

/// What is loaded when it is first needed, and kept from a later visit on.
pub(crate) fn parts(site: &Path) -> Result<Vec<SiteFile>> {
    let mut files = all(site)?;
    files.retain(is_part);
    Ok(files)
}

fn is_part(file: &SiteFile) -> bool {
    [WORKER, PART]
        .iter()
        .any(|name| file.path.starts_with(name))
}
