//! The page. Pages use components, components use state, state uses the platform; never back.

pub mod platform;
