//! The standard library that the page carries.
//!
//! The one that comes with the compiler is built for speed and for telling of panics in full. Built anew
//! for size, and ending a panic where it happens, it makes the page a tenth smaller. That needs the
//! library's source, which rustup and the distributions have, and switches of the compiler that are not
//! stable yet; so a machine without the source builds a larger page with what it has, and says so.

use std::path::Path;
use std::process::Command;

use super::compiler::WebCompiler;
use crate::process::{self, capture};
use crate::report;

/// The standard library of a release build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Library {
    /// Built for size with the page.
    Small,
    /// The one that came with the compiler.
    AsShipped,
}

impl Library {
    /// Makes a release build for the browser, and what it starts, use this library.
    pub(super) fn apply(self, command: &mut Command) {
        if self == Self::AsShipped {
            return;
        }
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none",
            );
    }
}

/// Looks for the library's source; has rustup fetch it where it is missing.
pub(super) fn prepare(compiler: WebCompiler) -> Library {
    if has_source(compiler) {
        return Library::Small;
    }
    if compiler == WebCompiler::Active && process::find("rustup").is_some() {
        let fetched = report::step("Fetching the standard library's source with rustup", || {
            process::run(Command::new("rustup").args(["component", "add", "rust-src"]))
        });
        if fetched.is_ok() && has_source(compiler) {
            return Library::Small;
        }
    }
    report::note(
        "no source of the standard library: the page will be larger than it could be \
         (`rustup component add rust-src` brings it)",
    );
    Library::AsShipped
}

fn has_source(compiler: WebCompiler) -> bool {
    let mut command = Command::new("rustc");
    compiler.apply(&mut command);
    capture(command.args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        Path::new(sysroot.trim())
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
    })
}
