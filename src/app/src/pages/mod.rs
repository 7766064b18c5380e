//! The pages. Each draws its own panes; the shell draws everything around them.

pub mod bin;
pub mod dealer;
pub mod dealers;
pub mod goal;
pub mod import;
pub mod meeting;
pub mod settings;
pub mod today;
pub mod welcome;
