//! The command line.

use clap::{Parser, Subcommand};

use crate::setup::Wish;

/// Sets up, builds, serves and tests the project.
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
}
