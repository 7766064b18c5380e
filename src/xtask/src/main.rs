//! `cargo xtask`: sets up the machine, builds, serves and tests the project.

mod bench;
mod build;
mod checks;
mod cli;
mod error;
mod process;
mod report;
mod serve;
mod setup;
mod sizes;
mod tidy;
mod versions;
mod workspace;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use build::Plan;
use cli::{BuildArguments, Cli, Task};
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
    let wish = cli.toolchain;
    match cli.task {
        Task::Setup => {
            setup::for_test(&workspace, wish)?;
            report::note("ready");
            Ok(())
        }
        Task::Build(arguments) => {
            let plan = plan(&workspace, arguments, Optimising::Required)?;
            build::run(&workspace, wish, &plan)
        }
        Task::Serve { port, build } => {
            let plan = plan(&workspace, build, Optimising::IfPossible)?;
            serve::run(&workspace, wish, &plan, port)
        }
        Task::Test { suite } => checks::run(&workspace, wish, suite),
        Task::Sizes => {
            let plan = plan(&workspace, BuildArguments::default(), Optimising::Required)?;
            build::run(&workspace, wish, &plan)?;
            sizes::run(&plan.out)
        }
        Task::Bench { json, only } => {
            let plan = plan(&workspace, BuildArguments::default(), Optimising::Required)?;
            // The benchmark runs in the project's folder, the name was given in the caller's.
            let json = json.map(|file| absolute(&file)).transpose()?;
            bench::run(&workspace, wish, &plan, json.as_deref(), &only)
        }
        Task::Tidy => tidy::run(&workspace),
    }
}

/// What the arguments ask for, with the project's own folder as the default.
fn plan(workspace: &Workspace, arguments: BuildArguments, optimising: Optimising) -> Result<Plan> {
    let out = match arguments.out {
        Some(folder) => absolute(&folder)?,
        None => workspace.path("dist"),
    };
    Ok(Plan {
        public_url: arguments.public_url,
        out,
        dev: arguments.dev,
        optimising,
    })
}

/// A path that means the same from any folder.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(Error::file(path))
}
