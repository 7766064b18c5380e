//! `bench-page`: what is measured in a browser, below the pages of the app. The files in `page` call it.

#[cfg(target_arch = "wasm32")]
pub mod first_download;
#[cfg(target_arch = "wasm32")]
pub mod workbench;

fn main() {}
