//! Building the static site: Trunk bundles, then the app's module is cut into parts, modules are optimised,
//! style sheets joined, files named by their content, the security policy completed and the service worker
//! written. The result replaces the output folder only when it is complete.

mod cut;
mod fingerprint;
mod imports;
pub(crate) mod module;
mod names;
mod optimise;
mod policy;
mod public_url;
mod service_worker;
mod site_files;
mod styles;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

pub(crate) use public_url::PublicUrl;
pub(crate) use service_worker::SERVICE_WORKER;
pub(crate) use site_files::{SiteFile, kept, parts};

use crate::error::{Error, Result};
use crate::process;
use crate::report;
use crate::setup::{self, BuildKit, Optimising, Wish};
use crate::versions::WEB_TARGET;
use crate::workspace::Workspace;

/// The page, as Trunk names it.
pub(crate) const PAGE: &str = "index.html";

/// What static hosts answer for an unknown path: the page, so that a link into it opens.
pub(crate) const NOT_FOUND_PAGE: &str = "404.html";

/// What to build and where to.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The path below which the site will be served.
    pub(crate) public_url: PublicUrl,
    /// The folder to write.
    pub(crate) out: PathBuf,
    /// Quick to build, slow to run: no optimisation, nothing kept by the service worker.
    pub(crate) dev: bool,
    /// Whether the modules must go through `wasm-opt`; ignored for a development build.
    pub(crate) optimising: Optimising,
}

/// Sets up and builds; does nothing when the output is up to date.
pub(crate) fn run(workspace: &Workspace, wish: Wish, plan: &Plan) -> Result<()> {
    let optimising = if plan.dev {
        Optimising::Skipped
    } else {
        plan.optimising
    };
    let kit = setup::for_build(workspace, wish, optimising)?;
    with_kit(workspace, &kit, plan)
}

/// Builds with tools already at hand; does nothing when the output is up to date.
pub(crate) fn with_kit(workspace: &Workspace, kit: &BuildKit, plan: &Plan) -> Result<()> {
    let scratch = workspace.scratch();
    fs::create_dir_all(&scratch).map_err(Error::file(&scratch))?;
    let _lock = lock(&scratch.join("build.lock"))?;
    let fingerprint = fingerprint::of_inputs(workspace, kit, plan)?;
    if fingerprint::is_current(workspace, plan, &fingerprint) {
        report::note(&format!("{} is up to date", plan.out.display()));
        return Ok(());
    }
    check_replaceable(&plan.out)?;
    let stage = scratch.join("stage");
    clear(&stage)?;
    // Trunk copies whatever snippets lie here, those of earlier builds included.
    clear(&workspace.target().join("wasm-bindgen"))?;
    report::step("Fetching crates", || {
        // Those of the standard library too, where it is built anew: the bundler goes without the network.
        let mut cargo = match plan.dev {
            true => kit.command("cargo")?,
            false => kit.release_command("cargo")?,
        };
        process::run(
            cargo
                .current_dir(workspace.root())
                .args(["fetch", "--quiet", "--target", WEB_TARGET]),
        )
    })?;
    report::step("Bundling the page", || bundle(workspace, kit, plan, &stage))?;
    if !plan.dev {
        cut::app(workspace, kit, &stage)?;
    }
    if let Some(optimiser) = kit.optimiser.as_ref().filter(|_| !plan.dev) {
        optimise::modules(workspace, optimiser, &stage)?;
    }
    styles::join(&stage)?;
    names::name_by_content(&stage)?;
    let mark = policy::complete(&stage.join(PAGE))?;
    service_worker::write(workspace, &stage, &mark, plan.dev)?;
    let page = stage.join(PAGE);
    fs::copy(&page, stage.join(NOT_FOUND_PAGE)).map_err(Error::file(&page))?;
    replace(&stage, &plan.out)?;
    fingerprint::remember(workspace, plan, &fingerprint)?;
    report::note(&format!(
        "{} is ready for {}",
        plan.out.display(),
        plan.public_url
    ));
    Ok(())
}

/// Compiles and bundles into `stage`.
fn bundle(workspace: &Workspace, kit: &BuildKit, plan: &Plan, stage: &Path) -> Result<()> {
    let mut trunk = if plan.dev {
        kit.command("trunk")?
    } else {
        kit.release_command("trunk")?
    };
    // The variable only says whether to colour; Trunk refuses the value that others set it to.
    trunk.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE");
    trunk
        .current_dir(workspace.root())
        .args(["build", "--skip-version-check", "--log", "error"]);
    trunk
        .arg("--public-url")
        .arg(plan.public_url.as_str())
        .arg("--dist")
        .arg(stage);
    if !plan.dev {
        trunk.args(["--release", "--features", "parts"]);
    }
    process::run(&mut trunk)
}

/// One build at a time: they share Trunk's folders.
fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).map_err(Error::file(path))?;
    if file.try_lock().is_err() {
        report::note("waiting for another build to finish");
        file.lock().map_err(Error::file(path))?;
    }
    Ok(file)
}

/// Removes a folder, if there is one.
fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::file(folder)(error))
        }
        _ => Ok(()),
    }
}

/// Refuses to replace a folder that holds anything but a site: a mistyped name must not cost a project.
fn check_replaceable(out: &Path) -> Result<()> {
    let occupied = out
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !out.join(SERVICE_WORKER).is_file() {
        return Err(Error::advised(
            format!("{} holds something other than a built site", out.display()),
            "name a new or an empty folder with --out",
        ));
    }
    Ok(())
}

/// Puts the finished site where it belongs. Copies where renaming crosses file systems.
fn replace(stage: &Path, out: &Path) -> Result<()> {
    clear(out)?;
    if let Some(parent) = out.parent() {
        fs::create_dir_all(parent).map_err(Error::file(parent))?;
    }
    if fs::rename(stage, out).is_ok() {
        return Ok(());
    }
    for file in site_files::all(stage)? {
        let target = out.join(&file.path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(Error::file(parent))?;
        }
        fs::copy(stage.join(&file.path), &target).map_err(Error::file(&target))?;
    }
    clear(stage)
}
