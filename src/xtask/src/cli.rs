//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::build::PublicUrl;
use crate::checks::Suite;
use crate::setup::Wish;

/// Sets up, builds, serves and tests the project.
///
/// On a fresh clone, `cargo xtask serve` is all it takes to see the app, and `cargo xtask test` all it
/// takes to check it. Both first make the machine ready, which takes minutes once and nothing later.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
pub(crate) struct Cli {
    /// Compiler that builds for the browser.
    #[arg(
        long,
        global = true,
        env = "XTASK_TOOLCHAIN",
        value_enum,
        default_value = "auto"
    )]
    pub(crate) toolchain: Wish,

    /// What to do.
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Makes the machine ready to build and test; does nothing where it is.
    Setup,
    /// Builds the static site, for any file host and any path on it.
    Build(BuildArguments),
    /// Builds what is not up to date and serves it at http://localhost:8080.
    Serve {
        /// Port on this machine.
        #[arg(long, default_value_t = 8080)]
        port: u16,

        /// How to build.
        #[command(flatten)]
        build: BuildArguments,
    },
    /// Runs the checks: `all` is what CI runs, `fast` takes seconds.
    Test {
        /// Which checks.
        #[arg(value_enum, default_value = "all")]
        suite: Suite,
    },
    /// Weighs everything that a first visit loads, and fails above 400 kB of brotli.
    Sizes,
    /// Measures speed in release builds, side by side with references.
    Bench {
        /// Write the figures as JSON.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,

        /// Measure only the lines whose names begin so.
        #[arg(long, value_name = "NAME", default_value = "")]
        only: String,
    },
    /// Checks the house rules: crate walls, file names, reasons, nothing unfinished.
    Tidy,
}

/// How to build.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct BuildArguments {
    /// Path below which the site will be served, such as /field/app/.
    #[arg(long, value_name = "PATH", default_value = "/")]
    pub(crate) public_url: PublicUrl,

    /// Folder to write, replacing the site in it [default: dist in the project].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Build quickly: larger and slower, and nothing is kept for offline use.
    #[arg(long)]
    pub(crate) dev: bool,
}
