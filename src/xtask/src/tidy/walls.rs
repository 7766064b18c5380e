//! Who may know whom: the crates' direct dependencies.

use std::process::Command;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::process;
use crate::workspace::Workspace;

/// What a crate may not depend on, and why.
struct Wall {
    package: &'static str,
    forbidden: &'static [&'static str],
    why: &'static str,
}

/// The web, runtimes, storage, chance: all come to the inner crates as arguments.
const OUTSIDE: &[&str] = &[
    "axum",
    "fastrand",
    "getrandom",
    "gloo-storage",
    "idb",
    "js-sys",
    "leptos",
    "rand",
    "reqwest",
    "sqlx",
    "tokio",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "web-time",
];

const WALLS: [Wall; 8] = [
    Wall {
        package: "tongxing-domain",
        forbidden: OUTSIDE,
        why: "the business is pure",
    },
    Wall {
        package: "tongxing-sync",
        forbidden: OUTSIDE,
        why: "merging does no input or output",
    },
    Wall {
        package: "tongxing-domain",
        forbidden: &[
            "tongxing-sync",
            "tongxing-rows",
            "tongxing-app",
            "tongxing-cli",
            "tongxing-server",
        ],
        why: "the business knows nobody",
    },
    Wall {
        package: "tongxing-sync",
        forbidden: &[
            "tongxing-domain",
            "tongxing-rows",
            "tongxing-app",
            "tongxing-cli",
            "tongxing-server",
        ],
        why: "merging knows no dealer",
    },
    Wall {
        package: "tongxing-view",
        forbidden: &["tongxing-domain", "tongxing-sync", "tongxing-app"],
        why: "drawing knows no dealer",
    },
    Wall {
        package: "tongxing-server",
        forbidden: &[
            "tongxing-domain",
            "tongxing-rows",
            "tongxing-app",
            "tongxing-cli",
        ],
        why: "the endpoint is blind",
    },
    Wall {
        package: "tongxing-rows",
        forbidden: OUTSIDE,
        why: "glue between pure crates is pure",
    },
    Wall {
        package: "tongxing-cli",
        forbidden: &[
            "tongxing-app",
            "tongxing-server",
            "tongxing-view",
            "axum",
            "leptos",
            "wasm-bindgen",
            "web-sys",
        ],
        why: "the command line is a member like any other, and draws no page",
    },
];

/// Dependencies that cross a wall.
pub(super) fn breaches(workspace: &Workspace) -> Result<Vec<String>> {
    let metadata = process::capture(Command::new("cargo").current_dir(workspace.root()).args([
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|error| Error::Problem(format!("`cargo metadata` is not JSON: {error}")))?;
    Ok(crossings(&metadata))
}

/// Compares every package's normal dependencies with the walls; tests and build scripts may know more.
fn crossings(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut found = Vec::new();
    for package in packages {
        let dependencies = package["dependencies"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let normal: Vec<&str> = dependencies
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| dependency["name"].as_str())
            .collect();
        for wall in WALLS.iter().filter(|wall| package["name"] == wall.package) {
            for name in wall.forbidden.iter().filter(|name| normal.contains(name)) {
                found.push(format!(
                    "{} depends on {name}, but {}",
                    wall.package, wall.why
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::crossings;
    use serde_json::json;

    #[test]
    fn only_normal_dependencies_cross_a_wall() {
        let metadata = json!({ "packages": [
            { "name": "tongxing-domain", "dependencies": [
                { "name": "chrono", "kind": null },
                { "name": "web-sys", "kind": null },
                { "name": "rand", "kind": "dev" },
            ]},
            { "name": "tongxing-app", "dependencies": [{ "name": "web-sys", "kind": null }] },
        ]});
        assert_eq!(
            crossings(&metadata),
            ["tongxing-domain depends on web-sys, but the business is pure"]
        );
    }
}
