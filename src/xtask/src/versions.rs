//! The versions of every outside tool, in one place.
//!
//! Two of them have a second home that must agree: the `wasm-bindgen` crate in `Cargo.lock` (checked
//! before every build, because generated glue and compiled module must come from the same version)
//! and the packages in `tests/package-lock.json` (npm's own lock).

/// Bundles the page. 0.22 asks for a compiler newer than the workspace's `rust-version`.
pub(crate) const TRUNK: &str = "0.21.14";

/// Generates the glue between the page and its modules, and runs tests inside a browser.
pub(crate) const WASM_BINDGEN: &str = "0.2.130";

/// Holds dependencies to `deny.toml`.
pub(crate) const CARGO_DENY: &str = "0.20.2";

/// The npm package that carries `wasm-opt`; its major is also what `wasm-opt --version` prints.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Target triple of everything that runs in the browser.
pub(crate) const WEB_TARGET: &str = "wasm32-unknown-unknown";

/// Name under which the distribution's compiler is linked into rustup.
pub(crate) const LINKED_TOOLCHAIN: &str = "web";
