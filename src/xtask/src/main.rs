//! `cargo xtask`: sets up the machine, builds, serves and tests the project.

mod build;
mod cli;
mod error;
mod process;
mod report;
mod setup;
mod versions;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use build::Plan;
use cli::{Cli, Task};
use error::{Error, Result};
use setup::Optimising;
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
        Task::Build(arguments) => {
            let plan = Plan {
                public_url: arguments.public_url,
                out: output_folder(&workspace, arguments.out)?,
                dev: arguments.dev,
                optimising: Optimising::Required,
            };
            build::run(&workspace, cli.toolchain, &plan)
        }
    }
}

/// The folder that was named, or the project's own.
fn output_folder(workspace: &Workspace, named: Option<PathBuf>) -> Result<PathBuf> {
    match named {
        Some(folder) => std::path::absolute(&folder).map_err(Error::file(&folder)),
        None => Ok(workspace.path("dist")),
    }
}
