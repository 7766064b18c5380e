//! `cargo xtask`: sets up the machine, builds, serves and tests the project.

mod cli;
mod error;
mod process;
mod report;
mod setup;
mod versions;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Task};
use error::Result;
use workspace::Workspace;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let workspace = Workspace::find()?;
    match cli.task {
        Task::Setup => {
            setup::for_test(&workspace, cli.toolchain)?;
            report::note("ready");
            Ok(())
        }
    }
}
