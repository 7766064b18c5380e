//! The crate's behaviour, seen through its public interface.

#![expect(
    clippy::unwrap_used,
    reason = "what tests share may unwrap as the tests themselves do"
)]

mod activities;
mod authors;
mod blobs;
mod clocks;
mod conflicts;
mod convergence;
mod courier;
mod crashes;
mod damage;
mod endpoint;
mod envelopes;
mod formats;
mod given;
mod members;
mod memberships;
mod mishaps;
mod outboxes;
mod replicas;
mod rows;
mod shared_activities;
mod shop;
mod simulation;
mod storages;
mod store_backups;
mod tablet;
mod wires;
