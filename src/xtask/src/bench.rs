//! `cargo xtask bench`: prepares what measuring takes and hands over to `tests/bench`.

use std::path::Path;

use crate::build::{self, Plan};
use crate::checks;
use crate::error::Result;
use crate::process;
use crate::setup::{self, Wish};
use crate::workspace::Workspace;

/// Measures the release site and the release crates; `json` names a file for the figures.
pub(crate) fn run(
    workspace: &Workspace,
    wish: Wish,
    plan: &Plan,
    json: Option<&Path>,
) -> Result<()> {
    let kit = setup::for_test(workspace, wish)?;
    build::with_kit(workspace, &kit.build, plan)?;
    checks::prepare_journeys(workspace)?;
    let mut node = checks::node(workspace, &kit, plan);
    node.arg(workspace.path("tests/bench/run.mjs"));
    if let Some(json) = json {
        node.arg("--json").arg(json);
    }
    process::run(&mut node)
}
