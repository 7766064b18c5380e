//! Writing the service worker: its template, with the list of the build's files.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::site_files::{SiteFile, kept, parts};
use crate::error::{Error, Result};
use crate::workspace::Workspace;

/// Its name in the site.
pub(crate) const SERVICE_WORKER: &str = "service-worker.js";

const TEMPLATE: &str = "src/app/shell/service-worker.js";

/// The template's line that the build replaces starts so.
const DECLARATION: &str = "const BUILD = ";

/// Writes the service worker. `mark` identifies the page. A development build's lists nothing.
pub(super) fn write(workspace: &Workspace, site: &Path, mark: &str, dev: bool) -> Result<()> {
    let source = workspace.path(TEMPLATE);
    let template = fs::read_to_string(&source).map_err(Error::file(&source))?;
    let script = if dev {
        template
    } else {
        fill(
            &template,
            &digests(kept(site)?),
            &digests(parts(site)?),
            mark,
        )?
    };
    let path = site.join(SERVICE_WORKER);
    fs::write(&path, script).map_err(Error::file(&path))
}

/// Paths with the SHA-256 of their contents.
fn digests(files: Vec<SiteFile>) -> Vec<(String, String)> {
    files
        .into_iter()
        .map(|file| (file.path, STANDARD.encode(Sha256::digest(&file.bytes))))
        .collect()
}

/// Replaces the declaration of the build.
fn fill(
    template: &str,
    files: &[(String, String)],
    parts: &[(String, String)],
    mark: &str,
) -> Result<String> {
    if template
        .lines()
        .filter(|line| line.starts_with(DECLARATION))
        .count()
        != 1
    {
        return Err(Error::Problem(format!(
            "{TEMPLATE} should have one line that starts with `{DECLARATION}`"
        )));
    }
    let version = blake3::hash(json!([mark, files, parts]).to_string().as_bytes()).to_hex();
    let build = json!({ "version": &version[..16], "mark": mark, "files": files, "parts": parts });
    let mut script = String::new();
    for line in template.lines() {
        if line.starts_with(DECLARATION) {
            script.push_str(&format!("{DECLARATION}{build};\n"));
        } else {
            script.push_str(line);
            script.push('\n');
        }
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::fill;

    const TEMPLATE: &str = "// head\nconst BUILD = {};\nrest();\n";

    fn file(path: &str, digest: &str) -> (String, String) {
        (path.to_owned(), digest.to_owned())
    }

    #[test]
    fn the_version_follows_page_names_and_contents() {
        let first = fill(TEMPLATE, &[file("a.js", "1")], &[], "page").unwrap();
        assert_eq!(
            first,
            fill(TEMPLATE, &[file("a.js", "1")], &[], "page").unwrap()
        );
        assert!(first.starts_with("// head\nconst BUILD = {"));
        assert!(first.ends_with("};\nrest();\n"));
        for other in [
            fill(TEMPLATE, &[file("a.js", "2")], &[], "page").unwrap(),
            fill(TEMPLATE, &[file("b.js", "1")], &[], "page").unwrap(),
            fill(TEMPLATE, &[file("a.js", "1")], &[], "other").unwrap(),
            fill(TEMPLATE, &[], &[file("a.js", "1")], "page").unwrap(),
        ] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn a_template_without_its_declaration_is_refused() {
        assert!(fill("rest();\n", &[], &[], "page").is_err());
    }
}
