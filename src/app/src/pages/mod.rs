//! The pages. Each draws its own panes; the shell draws everything around them.

pub mod bin;
pub mod calendar;
pub mod dealer;
pub mod dealers;
pub mod export;
pub mod goal;
pub mod goal_agreement;
pub mod goal_setting;
pub mod import;
pub mod issue;
pub mod issues;
pub mod meeting;
pub mod review;
pub mod routines;
pub mod settings;
pub mod team;
pub mod today;
pub mod welcome;
