//! The store in a SQLite file keeps the contract of every storage, whenever the program is killed.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

mod crashes;
mod files;

use std::future::Future;

use tongxing_sync::conformance;
use tongxing_sync::storage::{KeyRange, Records, Shelf, Storage};

use tongxing_cli::local_store::LocalStore;

/// Runs a future on a runtime of its own.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// Everything that a store holds.
pub(crate) async fn all(store: &LocalStore) -> Vec<Records> {
    let mut found = Vec::new();
    for shelf in Shelf::ALL {
        found.push(store.read(shelf, KeyRange::all(), None).await.unwrap());
    }
    found
}

#[test]
fn a_store_in_a_file_conforms() {
    let folder = tempfile::tempdir().unwrap();
    run(conformance::run_all(async |name: &str| {
        LocalStore::create(&folder.path().join(name)).await.unwrap()
    }));
}
