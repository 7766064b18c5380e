//! Cutting the app's module into parts.
//!
//! The page's module is linked as a whole and then cut along the functions that `src/app/src/parts.rs`
//! marks: what only the pieces of one part reach goes into that part's module, what several parts share
//! into further ones, and all the rest stays. Trunk knows nothing of this, so the glue that it wrote
//! for the whole module is written anew for what stays.

use std::fs;
use std::path::Path;

use wasm_split_cli_support::{Options, SplitWasm, transform};

use super::{clear, imports};
use crate::error::{Error, Result};
use crate::process;
use crate::report;
use crate::setup::BuildKit;
use crate::versions::WEB_TARGET;
use crate::workspace::Workspace;

/// The app's binary, which is what Trunk names its files after.
const APP: &str = "tongxing-app";
/// How the files of parts begin.
pub(super) const PART: &str = "part-";
/// The script that loads parts, by the name that the module imports it by.
const LOADER: &str = "./parts.js";
/// Its file, under a name that [`super::names`] makes anew from its content.
const LOADER_FILE: &str = "tongxing-parts-0000000000000000.js";

/// Cuts the module that was just bundled into `stage`.
pub(super) fn app(workspace: &Workspace, kit: &BuildKit, stage: &Path) -> Result<()> {
    report::step("Cutting the module into parts", || {
        let whole = workspace
            .target()
            .join(WEB_TARGET)
            .join("release")
            .join(format!("{APP}.wasm"));
        let whole = fs::read(&whole).map_err(Error::file(&whole))?;
        let bench = workspace.scratch().join("cut");
        clear(&bench)?;
        fs::create_dir_all(&bench).map_err(Error::file(&bench))?;
        let glue = bundled_glue(stage)?;
        let main = bench.join(format!("{glue}.wasm"));
        let parts = cut(&whole, &bench, &main, &glue)?;
        process::run(
            kit.command("wasm-bindgen")?
                // The parts take the table of functions from the linker's own exports.
                .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
                .arg("--out-dir")
                .arg(stage)
                .arg(&main),
        )?;
        let script = stage.join(format!("{glue}.js"));
        name_loader(&script)?;
        imports::shorten(&stage.join(format!("{glue}_bg.wasm")), &script)?;
        place(&bench, &parts, stage)
    })
}

/// The name of the glue that Trunk wrote, without its extension.
fn bundled_glue(stage: &Path) -> Result<String> {
    let names = fs::read_dir(stage).map_err(Error::file(stage))?;
    for name in names {
        let name = name.map_err(Error::file(stage))?.file_name();
        if let Some(stem) = name.to_string_lossy().strip_suffix(".js")
            && stem.starts_with(APP)
        {
            return Ok(stem.to_owned());
        }
    }
    Err(Error::Problem(format!(
        "Trunk wrote no script for {APP} into {}",
        stage.display()
    )))
}

fn cut(whole: &[u8], folder: &Path, main: &Path, glue: &str) -> Result<SplitWasm> {
    let script = format!("./{glue}.js");
    let mut options = Options::new(whole);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &script;
    options.link_name = LOADER;
    transform(options).map_err(|error| {
        Error::advised(
            format!("the module cannot be cut into parts: {error:#}"),
            "see that `src/app/build.rs` still has the linker keep what refers to what",
        )
    })
}

/// Has the glue take the loader from its file; to the module it stays what the module calls it.
fn name_loader(glue: &Path) -> Result<()> {
    let text = fs::read_to_string(glue).map_err(Error::file(glue))?;
    let named = text.replace(
        &format!("from \"{LOADER}\""),
        &format!("from \"./{LOADER_FILE}\""),
    );
    fs::write(glue, named).map_err(Error::file(glue))
}

/// Puts the parts and their loader into the site, under names that can be made anew from their content.
fn place(bench: &Path, parts: &SplitWasm, stage: &Path) -> Result<()> {
    let path = bench.join(LOADER);
    let mut loader = fs::read_to_string(&path).map_err(Error::file(&path))?;
    for part in &parts.split_modules {
        let stem = part.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.trim_start_matches("split_").replace('_', "-");
        let named = format!("{PART}{name}-0000000000000000.wasm");
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{named}\""));
        fs::copy(part, stage.join(&named)).map_err(Error::file(part))?;
    }
    let path = stage.join(LOADER_FILE);
    fs::write(&path, loader).map_err(Error::file(&path))
}
