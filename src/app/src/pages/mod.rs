//! The pages. Each draws its own panes; the shell draws everything around them.

pub mod bin;
pub mod calendar;
pub mod class;
pub mod dealer;
pub mod dealers;
pub mod evaluation;
pub mod export;
pub mod goal;
pub mod import;
pub mod incentives;
pub mod issue;
pub mod issues;
pub mod meeting;
pub mod pack;
pub mod portfolio;
pub mod scheme;
pub mod scorecards;
pub mod settings;
pub mod statement;
pub mod support;
pub mod today;
pub mod welcome;
