//! The command line as a program.

use std::process::ExitCode;

use clap::Parser as _;
use tongxing_cli::Arguments;

fn main() -> ExitCode {
    tongxing_cli::run(&Arguments::parse())
}
