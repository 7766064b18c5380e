//! The program as it is run: killed, filled up, kept waiting, asked to stop.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

mod crashes;
#[path = "../database/mod.rs"]
mod database;
mod full_disk;
mod given;
mod idle;
mod operation;
mod secrecy;
