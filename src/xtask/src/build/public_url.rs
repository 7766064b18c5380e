//! The path below which the site is served.

use std::fmt;
use std::str::FromStr;

/// A path such as `/` or `/field/app/`, with a slash at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicUrl(String);

impl PublicUrl {
    /// The path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for PublicUrl {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let inner = text.trim_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
        if !text.starts_with('/') {
            return Err("it is a path and starts with a slash, such as /field/app/".into());
        }
        if !inner.chars().all(plain) || inner.split('/').any(|part| part == ".." || part == ".") {
            return Err("use letters, digits and - . _ ~ between slashes".into());
        }
        if inner.contains("//") {
            return Err("there are two slashes in a row".into());
        }
        Ok(Self(if inner.is_empty() {
            "/".into()
        } else {
            format!("/{inner}/")
        }))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    fn parse(text: &str) -> Option<String> {
        text.parse::<PublicUrl>().ok().map(|url| url.to_string())
    }

    #[test]
    fn slashes_are_completed_and_nonsense_is_refused() {
        assert_eq!(parse("/").as_deref(), Some("/"));
        assert_eq!(parse("/field/app").as_deref(), Some("/field/app/"));
        assert_eq!(parse("/field/app/").as_deref(), Some("/field/app/"));
        for bad in [
            "",
            "field",
            "https://example.org/",
            "/a//b/",
            "/../x/",
            "/a b/",
            "/\"/",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
