//! Short names for what a module takes from its glue.
//!
//! wasm-bindgen ends each of these names with a hash, so that modules of several versions can be linked.
//! Once they are, nobody reads it; but a hash does not compress, and each is in the module and in its glue.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Import, Imports, Parser, Payload};

use crate::error::{Error, Result};

/// How the names that wasm-bindgen gives begin; no others are changed.
const GIVEN: &str = "__wb";

/// Shortens the names in a module and in its glue.
///
/// # Errors
///
/// If a file cannot be read or written, or holds no module.
pub(super) fn shorten(module: &Path, glue: &Path) -> Result<()> {
    let bytes = fs::read(module).map_err(Error::file(module))?;
    let script = fs::read_to_string(glue).map_err(Error::file(glue))?;
    let (bytes, names) = in_module(&bytes).map_err(|reason| {
        Error::Problem(format!(
            "the imports of {} cannot be read: {reason}",
            module.display()
        ))
    })?;
    fs::write(module, bytes).map_err(Error::file(module))?;
    fs::write(glue, in_glue(&script, &names)).map_err(Error::file(glue))
}

/// The module with short names, and which name each had before.
fn in_module(bytes: &[u8]) -> std::result::Result<(Vec<u8>, HashMap<String, String>), String> {
    let mut names = HashMap::new();
    let mut shortened = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(|error| error.to_string())?;
        if let Payload::ImportSection(imports) = &payload {
            let mut section = ImportSection::new();
            for import in imports.clone().into_imports() {
                let import = import.map_err(|error| error.to_string())?;
                let name = match import.name.starts_with(GIVEN) {
                    true => short(&mut names, import.name),
                    false => import.name.to_owned(),
                };
                let import = Import {
                    name: &name,
                    ..import
                };
                RoundtripReencoder
                    .parse_imports(&mut section, Imports::Single(0, import))
                    .map_err(|error| error.to_string())?;
            }
            shortened.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let data = usize::try_from(range.start)
                .ok()
                .zip(usize::try_from(range.end).ok())
                .and_then(|(start, end)| bytes.get(start..end))
                .ok_or("a section reaches beyond the file")?;
            shortened.section(&RawSection { id, data });
        }
    }
    Ok((shortened.finish(), names))
}

/// The short name for a name: its number among them, as an identifier.
fn short(names: &mut HashMap<String, String>, name: &str) -> String {
    let number = names.len();
    let short = names.entry(name.to_owned());
    short.or_insert_with(|| format!("${number}")).clone()
}

/// The glue with the same names.
fn in_glue(script: &str, names: &HashMap<String, String>) -> String {
    let mut shortened = String::with_capacity(script.len());
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_part(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        shortened.push_str(before);
        shortened.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    shortened + rest
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, EntityType, Function, FunctionSection, TypeSection};

    use super::*;

    /// A module that takes two functions from its glue and one from elsewhere, and has one of its own.
    fn module(names: [&str; 3]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in names {
            imports.import("./app_bg.js", name, EntityType::Function(0));
        }
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut body = Function::new([]);
        body.instructions().call(1).end();
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&code);
        module.finish()
    }

    #[test]
    fn module_and_glue_get_the_same_names_and_nothing_else_changes() {
        let long = ["__wbg_get_0123456789abcdef", "__wbg_set_0123456789abcdef"];
        let (bytes, names) = in_module(&module([long[0], long[1], "loader"])).unwrap();
        assert_eq!(bytes, module(["$0", "$1", "loader"]));
        let glue = "return { __wbg_get_0123456789abcdef: get, __wbg_set_0123456789abcdefg: 取 };";
        assert_eq!(
            in_glue(glue, &names),
            "return { $0: get, __wbg_set_0123456789abcdefg: 取 };"
        );
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(in_module(b"<!doctype html>").is_err());
    }
}
