//! Shrinking compiled modules, with results remembered: optimising is the slowest step after compiling.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::site_files;
use crate::error::{Error, Result};
use crate::report;
use crate::setup::Optimiser;
use crate::versions::BINARYEN;
use crate::workspace::Workspace;

/// How many modules are optimised at once.
const WORKERS: usize = 2;

/// Optimises every module of the site in place.
pub(super) fn modules(workspace: &Workspace, optimiser: &Optimiser, site: &Path) -> Result<()> {
    let remembered = workspace.scratch().join("optimised");
    fs::create_dir_all(&remembered).map_err(Error::file(&remembered))?;
    let modules: Vec<_> = site_files::all(site)?
        .into_iter()
        .filter(|file| file.path.ends_with(".wasm"))
        .collect();
    let one = |path: &str, bytes: &[u8]| -> Result<()> {
        let mut key = blake3::Hasher::new();
        key.update(bytes).update(BINARYEN.as_bytes());
        for flag in Optimiser::FLAGS {
            key.update(flag.as_bytes());
        }
        let result = remembered.join(format!("{}.wasm", key.finalize().to_hex()));
        let module = site.join(path);
        if !result.is_file() {
            let unfinished = result.with_extension("unfinished");
            optimiser.optimise(&module, &unfinished)?;
            fs::rename(&unfinished, &result).map_err(Error::file(&unfinished))?;
        }
        fs::copy(&result, &module).map_err(Error::file(&result))?;
        Ok(())
    };
    // The optimiser has threads of its own for all but its largest steps.
    let (next, workers) = (AtomicUsize::new(0), modules.len().min(WORKERS));
    let work = || -> Result<()> {
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            one(&module.path, &module.bytes)?;
        }
        Ok(())
    };
    report::step(&format!("Optimising {} module(s)", modules.len()), || {
        thread::scope(|scope| {
            let jobs: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            jobs.into_iter().try_for_each(|job| {
                job.join()
                    .map_err(|_| Error::Problem("an optimising thread panicked".into()))?
            })
        })
    })
}
