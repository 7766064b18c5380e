//! The page. Pages use components, components use state, state uses the platform; never back.

pub mod components;
pub mod locales;
pub mod pages;
pub mod platform;
pub mod shell;
pub mod state;
