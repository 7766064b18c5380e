//! Keeping the house rules that no compiler or linter keeps.

mod sources;
mod walls;

use crate::error::{Error, Result};
use crate::report;
use crate::workspace::Workspace;

/// Reports every breach, then fails if there was one.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut breaches = walls::breaches(workspace)?;
    breaches.extend(sources::breaches(workspace)?);
    for breach in &breaches {
        report::note(breach);
    }
    match breaches.len() {
        0 => Ok(()),
        count => Err(Error::Problem(format!("{count} house rule(s) broken"))),
    }
}
