//! What the page asks of the browser: one file per service.
