//! Knowing whether a built site is up to date.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Plan, SERVICE_WORKER, site_files};
use crate::error::{Error, Result};
use crate::process;
use crate::setup::BuildKit;
use crate::versions;
use crate::workspace::Workspace;

/// Files and folders that a site is made of. The tasks are among them: they decide how.
const INPUTS: [&str; 14] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "public",
    "src/app",
    "src/domain",
    "src/markup",
    "src/rows",
    "src/sync",
    "src/view",
    "src/xtask",
    "style",
];

/// A digest of everything that the site depends on.
pub(super) fn of_inputs(workspace: &Workspace, kit: &BuildKit, plan: &Plan) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let compiler = process::capture(kit.command("rustc")?.arg("-vV"))?;
    let library = kit.library;
    let optimised = kit.optimiser.is_some() && !plan.dev;
    let facts = format!(
        "{compiler}|{library:?}|{}|{}|{}|{}|{}|{optimised}",
        versions::TRUNK,
        versions::WASM_BINDGEN,
        versions::BINARYEN,
        plan.public_url,
        plan.dev
    );
    hasher.update(facts.as_bytes());
    for input in INPUTS {
        for entry in WalkDir::new(workspace.path(input)).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::Problem(error.to_string()))?;
            if entry.file_type().is_file() {
                let bytes = fs::read(entry.path()).map_err(Error::file(entry.path()))?;
                hasher.update(entry.path().to_string_lossy().as_bytes());
                hasher.update(&bytes.len().to_le_bytes());
                hasher.update(&bytes);
            }
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Whether the output was built from just these inputs and is still what was built.
pub(super) fn is_current(workspace: &Workspace, plan: &Plan, fingerprint: &str) -> bool {
    let stamp = fs::read_to_string(stamp_path(workspace, plan)).unwrap_or_default();
    of_site(&plan.out).is_some_and(|site| stamp == format!("{fingerprint} {site}"))
}

/// Notes what the output was built from.
pub(super) fn remember(workspace: &Workspace, plan: &Plan, fingerprint: &str) -> Result<()> {
    let path = stamp_path(workspace, plan);
    let site = of_site(&plan.out).unwrap_or_default();
    fs::write(&path, format!("{fingerprint} {site}")).map_err(Error::file(&path))
}

/// A digest of the site as it lies there; nothing when there is none.
fn of_site(site: &Path) -> Option<String> {
    if !site.join(SERVICE_WORKER).is_file() {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    for file in site_files::all(site).ok()? {
        hasher.update(file.path.as_bytes()).update(&file.bytes);
    }
    Some(hasher.finalize().to_hex().to_string())
}

/// Where the note about an output folder is kept.
fn stamp_path(workspace: &Workspace, plan: &Plan) -> PathBuf {
    let folder = blake3::hash(plan.out.to_string_lossy().as_bytes()).to_hex();
    workspace.scratch().join(format!("built-{}", &folder[..16]))
}
