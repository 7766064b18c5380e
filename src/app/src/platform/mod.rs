//! What the page asks of the browser: one file per service.
//!
//! Nothing here knows a page, a signal or a dealer. A service tells what happens through a callback,
//! and goes on telling until the guard that it returned is dropped.

pub mod backups;
pub mod base64;
pub mod clock;
pub mod drafts;
pub mod files;
pub mod http;
pub mod idle;
pub mod indexed_db;
pub mod install;
pub mod json;
pub mod local_storage;
pub mod network;
pub mod notifications;
pub mod persistence;
pub mod pictures;
pub mod random_ids;
pub mod screen;
pub mod service_worker;
pub mod settings;
pub mod site;
pub mod stored_book;
pub mod tabs;
pub mod text_decoder;
pub mod typing;
pub mod workshop;
