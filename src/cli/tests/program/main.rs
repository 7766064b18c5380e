//! The program as it is run: beside a real endpoint, killed, with files of all kinds.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

mod blobs;
mod crashes;
#[path = "../../../server/tests/database/mod.rs"]
mod database;
mod endpoint;
mod figures;
mod files;
mod given;
mod imports;
#[path = "../../../domain/tests/replica/mod.rs"]
mod replica;
mod secrets;
mod teams;
mod workbooks;
