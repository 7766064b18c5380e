//! A member of a team without a screen.
//!
//! The binary `tongxing` keeps a copy of the team's book in one file, syncs it with the team's
//! endpoint, and lets scripts take data out of it and bring data in.

pub mod local_store;
