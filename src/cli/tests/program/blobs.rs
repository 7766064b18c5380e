//! Signatures, photos and files: from store to store by way of the real endpoint.

use std::path::Path;

use tongxing_cli::local_store::LocalStore;
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage as _};

use crate::endpoint::{self, Owner, Server};
use crate::given::{Device, holds, text};

/// A drawing, and a photo that goes in several parts.
fn blobs() -> [(&'static str, Vec<u8>); 2] {
    let photo = (0..700_000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8);
    [
        ("drawing", b"M10 20L200 20M50 360L50 360".to_vec()),
        ("photo", photo.collect()),
    ]
}

fn with_store<T>(device: &Device, work: impl AsyncFnOnce(&LocalStore) -> T) -> T {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = LocalStore::open(&device.store().join("book.db"))
            .await
            .unwrap();
        let done = work(&store).await;
        store.close().await.unwrap();
        done
    })
}

fn keep_blobs(device: &Device) {
    let mut batch = Batch::new();
    for (id, bytes) in blobs() {
        batch.put(Shelf::Blobs, id, bytes);
    }
    with_store(device, async |store| store.write(batch).await.unwrap());
}

fn kept(device: &Device) -> Vec<(Vec<u8>, Vec<u8>)> {
    with_store(device, async |store| {
        let records = store.read(Shelf::Blobs, KeyRange::all(), None).await;
        records.unwrap()
    })
}

fn all() -> Vec<(Vec<u8>, Vec<u8>)> {
    blobs().map(|(id, bytes)| (id.into(), bytes)).into()
}

fn joined(owner: &Owner, number: u8, role: &str) -> Device {
    let device = Device::with_store();
    let link = owner.link(number, role);
    device.fed(&["join"], link.as_bytes()).well();
    device
}

#[test]
fn what_one_has_the_others_fetch_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("teams.db");
    let server = Server::start(text(&database));
    let owner = Owner::found(&server, 1);
    let (first, second) = (joined(&owner, 10, "member"), joined(&owner, 11, "member"));
    let viewer = joined(&owner, 12, "viewer");
    keep_blobs(&first);
    let pulled = first.json(&["pull"]);
    assert_eq!(
        (&pulled["blobs_sent"], &pulled["waiting"]),
        (&2.into(), &0.into())
    );
    // Once is enough.
    assert_eq!(first.json(&["pull"])["blobs_sent"], 0);
    for device in [&second, &viewer] {
        let pulled = device.json(&["pull"]);
        assert_eq!(pulled["blobs_received"], 2, "{pulled}");
        assert_eq!(kept(device), all());
    }
    // A viewer's stay where they are.
    let mut batch = Batch::new();
    batch.put(Shelf::Blobs, "own", "seen by the viewer alone");
    with_store(&viewer, async |store| store.write(batch).await.unwrap());
    let pulled = viewer.json(&["pull"]);
    assert_eq!(
        (&pulled["blobs_sent"], &pulled["blobs_waiting"]),
        (&0.into(), &1.into())
    );
    server.kill();
    assert_nowhere(folder.path());
}

/// Nothing of the blobs is in any file of the endpoint.
fn assert_nowhere(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for (id, blob) in blobs() {
            let part = &blob[..blob.len().min(64)];
            assert!(!holds(&bytes, part), "{id} in {}", path.display());
        }
    }
}

#[test]
fn a_restored_endpoint_is_given_what_it_lost() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("teams.db");
    let database = text(&database);
    let server = Server::start(database);
    let owner = Owner::found(&server, 1);
    let first = joined(&owner, 10, "member");
    first.json(&["pull"]);
    let backup = folder.path().join("teams.backup");
    endpoint::run(&["backup", text(&backup)], database);
    keep_blobs(&first);
    assert_eq!(first.json(&["pull"])["blobs_sent"], 2);
    let address = server.address.to_string();
    server.kill();
    let fresh = format!("{database}.restored");
    endpoint::run(&["restore", text(&backup)], &fresh);
    let server = Server::start_at(&fresh, &address);
    let pulled = first.json(&["pull"]);
    assert_eq!(
        (&pulled["endpoint_restored"], &pulled["blobs_sent"]),
        (&true.into(), &2.into())
    );
    let second = joined(&owner, 11, "member");
    assert_eq!(kept(&second), all());
    server.kill();
}

#[test]
fn a_backup_holds_them() {
    let device = Device::with_demo();
    keep_blobs(&device);
    let password = device.file("password", b"a long enough password");
    let backup = device.path("book.tongxing");
    device
        .run(&["backup", text(&backup), "--password-file", &password])
        .well();
    let restored = Device::new();
    restored
        .run(&["restore", text(&backup), "--password-file", &password])
        .well();
    assert_eq!(kept(&restored), all());
}
