//! What the page asks of the browser: one file per service.
//!
//! Nothing here knows a page, a signal or a dealer. A service tells what happens through a callback,
//! and goes on telling until the guard that it returned is dropped.

pub mod clock;
