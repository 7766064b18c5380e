//! Naming files by their content.
//!
//! Trunk names a module and its glue after the module as cargo compiled it. Later steps change both, and
//! a new version of a tool would change them under the same name, which browsers and hosts keep for ever.
//! So each hashed name is made anew from what the file finally holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::site_files::{self, SiteFile};
use crate::error::{Error, Result};

/// Hex digits in a hashed name: what Trunk uses, and what the server takes as the sign of a file that
/// never changes.
const DIGITS: usize = 16;

/// Renames every hashed file and rewrites the references to it.
pub(super) fn name_by_content(site: &Path) -> Result<()> {
    let files = site_files::all(site)?;
    // Scripts name other files, so theirs comes after their content is final.
    let (scripts, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .filter(|file| hash_range(&file.path).is_some())
        .partition(is_script);
    let mut renamed = BTreeMap::new();
    for file in others {
        rename(site, &file, &mut renamed)?;
    }
    rewrite(site, &renamed)?;
    // The app and the loader of its parts name each other, so scripts share one digest of them all.
    let mut all = Vec::new();
    for script in &scripts {
        let path = site.join(&script.path);
        all.extend(fs::read(&path).map_err(Error::file(&path))?);
    }
    let mut scripts_renamed = BTreeMap::new();
    for script in scripts {
        let bytes = all.clone();
        rename(site, &SiteFile { bytes, ..script }, &mut scripts_renamed)?;
    }
    rewrite(site, &scripts_renamed)
}

/// Gives one file its final name.
fn rename(site: &Path, file: &SiteFile, renamed: &mut BTreeMap<String, String>) -> Result<()> {
    let Some(range) = hash_range(&file.path) else {
        return Ok(());
    };
    let digest = blake3::hash(&file.bytes).to_hex();
    let mut path = file.path.clone();
    path.replace_range(range, &digest[..DIGITS]);
    let from = site.join(&file.path);
    fs::rename(&from, site.join(&path)).map_err(Error::file(&from))?;
    renamed.insert(file.path.clone(), path);
    Ok(())
}

/// Puts the new names in place of the old in pages and scripts. The sixteen random digits in a name make
/// it safe to replace it as plain text.
fn rewrite(site: &Path, renamed: &BTreeMap<String, String>) -> Result<()> {
    for file in site_files::all(site)? {
        if !is_script(&file) && !file.path.ends_with(".html") {
            continue;
        }
        let path = site.join(&file.path);
        let text = String::from_utf8(file.bytes)
            .map_err(|_| Error::Problem(format!("{} is not UTF-8", path.display())))?;
        let replaced = renamed
            .iter()
            .fold(text.clone(), |text, (old, new)| text.replace(old, new));
        if replaced != text {
            fs::write(&path, replaced).map_err(Error::file(&path))?;
        }
    }
    Ok(())
}

fn is_script(file: &SiteFile) -> bool {
    file.path.ends_with(".js")
}

/// Where in a path the hash is: `-0123456789abcdef` before the extension or before `_bg.`.
fn hash_range(path: &str) -> Option<std::ops::Range<usize>> {
    let name = path.rsplit('/').next()?;
    let start = path.len() - name.len();
    let stem = name.split('.').next()?;
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let dash = stem.rfind('-')?;
    let hash = &stem[dash + 1..];
    let is_hash = hash.len() == DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| start + dash + 1..start + stem.len())
}

#[cfg(test)]
mod tests {
    use super::hash_range;

    fn hash(path: &str) -> Option<&str> {
        hash_range(path).map(|range| &path[range])
    }

    #[test]
    fn only_a_whole_hash_counts() {
        assert_eq!(
            hash("app-0123456789abcdef_bg.wasm"),
            Some("0123456789abcdef")
        );
        assert_eq!(
            hash("style/main-0123456789abcdef.css"),
            Some("0123456789abcdef")
        );
        assert_eq!(hash("icons/icon-192.png"), None);
        assert_eq!(hash("snippets/leptos-0123456789abcdef/inline0.js"), None);
        assert_eq!(hash("workshop_bg.wasm"), None);
    }
}
