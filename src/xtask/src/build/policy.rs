//! Completing the page's content security policy: the one script that stands in the page itself is
//! allowed by its hash.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Stands in the page's source where the hashes go.
const PLACEHOLDER: &str = "{inline-scripts}";

/// Fills the policy in and returns the hashes, which identify this build's page: the start script names
/// the module and its glue, and those are named by their content.
pub(super) fn complete(page: &Path) -> Result<String> {
    let text = fs::read_to_string(page).map_err(Error::file(page))?;
    if text.matches(PLACEHOLDER).count() != 1 {
        return Err(Error::Problem(format!(
            "{} should hold {PLACEHOLDER} once, in its content security policy",
            page.display()
        )));
    }
    let hashes: Vec<_> = inline_scripts(&text).map(source_hash).collect();
    let hashes = hashes.join(" ");
    if hashes.is_empty() {
        return Err(Error::Problem(format!(
            "{} has no start script",
            page.display()
        )));
    }
    fs::write(page, text.replace(PLACEHOLDER, &hashes)).map_err(Error::file(page))?;
    Ok(hashes)
}

/// Contents of the scripts that stand in the page.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (content, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(content)
    })
}

/// A script's hash as a policy spells it.
fn source_hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

#[cfg(test)]
mod tests {
    use super::{inline_scripts, source_hash};

    #[test]
    fn scripts_of_the_page_are_hashed_and_linked_ones_are_not() {
        let page = "<head><script type=module>a()</script><script src='x.js'></script></head>\
                    <script>b()</script>";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["a()", "b()"]);
    }

    #[test]
    fn the_hash_is_the_one_browsers_compute() {
        // The example of the Content Security Policy recommendation.
        assert_eq!(
            source_hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }
}
