//! How the endpoint is told what to do: flags, or variables of the environment.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Parser;

/// Serves the built page.
///
/// The page needs no server beyond this one to be loaded once; after that it lives on the device. Put a
/// proxy that speaks HTTPS in front when serving anyone but yourself: browsers keep pages for offline
/// use only from HTTPS or from localhost.
///
/// Set RUST_LOG to change what is logged, for example RUST_LOG=tongxing_server=debug,tower_http=debug.
#[derive(Debug, Clone, Parser)]
#[command(name = "tongxing-server", version, max_term_width = 100)]
pub struct Config {
    /// Address and port to listen on. 0.0.0.0:8080 serves the whole network.
    #[arg(
        long,
        env = "TONGXING_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,

    /// Folder with the built site, as `cargo xtask build` writes it.
    #[arg(
        long,
        env = "TONGXING_SITE",
        value_name = "FOLDER",
        default_value = "dist"
    )]
    pub site: PathBuf,

    /// Path below which the site is served; the same that it was built for with --public-url.
    #[arg(
        long,
        env = "TONGXING_BASE_PATH",
        value_name = "PATH",
        default_value = "/"
    )]
    pub base_path: BasePath,
}

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
