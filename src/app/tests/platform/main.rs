//! What the page asks of the browser, asked of a real one.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "tests may unwrap, and the lint does not know browser tests for tests"
)]

mod base64;
mod browser;
mod clock;
mod drafts;
mod files;
mod http;
mod idle;
mod indexed_db;
mod indexed_db_loss;
mod install;
mod json;
mod random_ids;
mod service_worker;
mod settings;
mod small_services;
mod tabs;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
