//! Where below its host the page lives.

use std::fmt;
use std::str::FromStr;

/// A path with a slash at both ends, such as `/` or `/field/app/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasePath(String);

/// The text is not a path that could stand before the site's own paths.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a base path starts with a slash and holds letters, digits and - . _ ~, such as /field/app/"
)]
pub struct BadBasePath;

impl BasePath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BasePath {
    type Err = BadBasePath;

    fn from_str(text: &str) -> Result<Self, BadBasePath> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
        let inner = text
            .strip_prefix('/')
            .ok_or(BadBasePath)?
            .trim_end_matches('/');
        let walks = |part: &str| part.is_empty() || part == "." || part == "..";
        if inner.is_empty() {
            return Ok(Self("/".to_owned()));
        }
        if !inner.chars().all(plain) || inner.split('/').any(walks) {
            return Err(BadBasePath);
        }
        Ok(Self(format!("/{inner}/")))
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
