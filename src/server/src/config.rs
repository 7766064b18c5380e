//! How the endpoint is told what to do: flags, variables of the environment, or a file.

mod base_path;
mod database;
mod file;

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::HeaderValue;
use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;

use crate::team::Quota;

pub use base_path::{BadBasePath, BasePath};
pub use database::Database;
pub use file::ConfigError;

const MEGABYTE: u64 = 1 << 20;

/// Keeps what teams share, and serves the page.
///
/// The endpoint needs no setting up: started as it is, it keeps its teams in ./data/tongxing.db and
/// listens on this machine alone. It can read nothing of what it keeps: rows, names, photos and files
/// reach it sealed by a key that never leaves the team's devices. It sees sizes, times and counts.
///
/// For others to reach it, put a proxy that speaks HTTPS in front, give --behind-proxy, and decide with
/// --team-creation who may found a team. Browsers keep pages for offline use only from HTTPS or from
/// localhost.
///
/// Every flag can also be given as a variable of the environment, or as a line of the file named by
/// --config; a flag counts more than a variable, a variable more than the file. In the file a flag has its
/// own name: team-creation = "closed".
///
/// Back up with `tongxing-server backup <FILE>`, while it runs. Set RUST_LOG to change what is logged, for
/// example RUST_LOG=tongxing_server=debug,tower_http=debug.
#[derive(Debug, Clone, Parser)]
#[command(name = "tongxing-server", version, max_term_width = 100)]
pub struct Config {
    /// What to do; without it, serve.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// File with settings (TOML), one flag a line.
    #[arg(long, env = "TONGXING_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Where teams are kept: a file, or postgres://user:password@host/name. Several processes may use one
    /// PostgreSQL database, only one a file. Give a password by the environment or the file: other users
    /// of the machine see flags.
    #[arg(
        long,
        env = "TONGXING_DATABASE",
        value_name = "FILE or ADDRESS",
        default_value = "data/tongxing.db",
        hide_env_values = true,
        global = true
    )]
    pub database: Database,

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

    /// Serve no page, teams alone: for a page that lives on another host.
    #[arg(long, env = "TONGXING_NO_SITE")]
    pub no_site: bool,

    /// Path below which the site is served; the same that it was built for with --public-url.
    #[arg(
        long,
        env = "TONGXING_BASE_PATH",
        value_name = "PATH",
        default_value = "/"
    )]
    pub base_path: BasePath,

    /// Origin of a page on another host that may use this endpoint, such as `https://app.example.org`. May
    /// be given several times, or with commas between.
    #[arg(
        long = "allow-origin",
        env = "TONGXING_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ',',
        value_parser = origin
    )]
    pub allowed_origins: Vec<HeaderValue>,

    /// Who may found a team.
    #[arg(
        long,
        env = "TONGXING_TEAM_CREATION",
        value_enum,
        default_value = "open"
    )]
    pub team_creation: TeamCreation,

    /// What one must know to found a team, with --team-creation token.
    #[arg(
        long,
        env = "TONGXING_SIGN_UP_TOKEN",
        value_name = "TEXT",
        hide_env_values = true
    )]
    pub sign_up_token: Option<String>,

    /// What a Prometheus server must show, as bearer token, to read /metrics. Without it nobody may.
    #[arg(
        long,
        env = "TONGXING_METRICS_TOKEN",
        value_name = "TEXT",
        hide_env_values = true
    )]
    pub metrics_token: Option<String>,

    /// Believe the proxy in front about who asks: the last address of X-Forwarded-For. Without a proxy
    /// anybody could claim any address, so give it only behind one.
    #[arg(long, env = "TONGXING_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Requests that one device may make in a second, on average; ten times as many at once. One address,
    /// behind which a whole office may be, is allowed five times that.
    #[arg(
        long,
        env = "TONGXING_REQUESTS_PER_SECOND",
        value_name = "NUMBER",
        default_value_t = 20,
        value_parser = clap::value_parser!(u32).range(1..=100_000)
    )]
    pub requests_per_second: u32,

    /// Teams that one address may found, or join, in a minute.
    #[arg(
        long,
        env = "TONGXING_JOINS_PER_MINUTE",
        value_name = "NUMBER",
        default_value_t = 30,
        value_parser = clap::value_parser!(u32).range(1..=100_000)
    )]
    pub joins_per_minute: u32,

    /// Connections that may be open at once. Allow the process as many files, and some more (ulimit -n).
    #[arg(
        long,
        env = "TONGXING_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value_t = 4096,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    pub max_connections: u32,

    /// Megabytes of rows that a team may keep.
    #[arg(
        long,
        env = "TONGXING_TEAM_MEGABYTES",
        value_name = "NUMBER",
        default_value_t = 2048,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub team_megabytes: u32,

    /// Megabytes of photos and files that a team may keep.
    #[arg(
        long,
        env = "TONGXING_TEAM_BLOB_MEGABYTES",
        value_name = "NUMBER",
        default_value_t = 4096
    )]
    pub team_blob_megabytes: u32,

    /// Megabytes that one photo or file may have.
    #[arg(
        long,
        env = "TONGXING_BLOB_MEGABYTES",
        value_name = "NUMBER",
        default_value_t = 25
    )]
    pub blob_megabytes: u32,
}

/// Things to do other than serving.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Writes every team into a new file, while the endpoint goes on serving.
    Backup {
        /// The file to write. There must be none of that name.
        file: PathBuf,
    },
    /// Reads a backup into an empty database, of either kind.
    ///
    /// Every team gets a new epoch, by which its devices notice and offer again what the backup does not
    /// have: nothing that is on a device is lost. Invites that nobody had used are void. Whoever was put
    /// out of a team after the backup is in it again: look at the members.
    Restore {
        /// The file that `backup` has written.
        file: PathBuf,
    },
}

/// Who may found a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum TeamCreation {
    /// Anybody who reaches the endpoint.
    Open,
    /// Whoever knows the sign-up token.
    Token,
    /// Nobody. Teams that are there stay.
    Closed,
}

impl Config {
    /// How much a team may keep.
    #[must_use]
    pub fn quota(&self) -> Quota {
        Quota {
            row_bytes: u64::from(self.team_megabytes) * MEGABYTE,
            blob_bytes: u64::from(self.team_blob_megabytes) * MEGABYTE,
            blob_size: u64::from(self.blob_megabytes) * MEGABYTE,
        }
    }
}

/// An origin as browsers send it: scheme and host, no path.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .filter(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', '@']));
    let value = host.and_then(|_| HeaderValue::from_str(text).ok());
    value.ok_or_else(|| {
        "an origin is https:// and a host, with a port if need be, and nothing behind it".to_owned()
    })
}
