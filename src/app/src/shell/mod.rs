//! The frame around every page: navigation, banners, notices, and the way to a page.

mod banners;
mod boot;
mod keyboard;
mod pages;
pub mod palette;
mod rail;
mod toasts;

pub use boot::start;
