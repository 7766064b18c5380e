//! What the app remembers while it runs: the book, the session and the place.

pub mod activity;
pub mod backup;
pub mod commit;
pub mod demo_book;
pub mod history;
pub mod kept;
pub mod last_copy;
pub mod navigation;
pub mod reminders;
pub mod review;
pub mod route;
pub mod rows;
pub mod rule_runs;
pub mod scene;
pub mod services;
pub mod store;
pub mod team;
pub mod toasts;
