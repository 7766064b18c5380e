//! Files that are no stores, are in use, or cannot be written.

use std::fs;

use sqlx::{ConnectOptions as _, Connection as _};
use tongxing_cli::local_store::{LocalStore, OpenStoreError};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage, StorageError};

use crate::{all, run};

fn one() -> Batch {
    let mut batch = Batch::new();
    batch.put(Shelf::Meta, b"a", b"1");
    batch
}

#[test]
fn opening_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.db");
    let opened = run(LocalStore::open(&file));
    assert!(matches!(opened, Err(OpenStoreError::Missing { .. })));
    assert!(!file.exists());
}

#[test]
fn what_is_no_store_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(
        &text,
        "not a database, and long enough to be looked at: ".repeat(90),
    )
    .unwrap();
    let before = fs::read(&text).unwrap();
    let opened = run(LocalStore::open(&text));
    assert!(
        matches!(opened, Err(OpenStoreError::Foreign { .. })),
        "{opened:?}"
    );
    assert_eq!(fs::read(&text).unwrap(), before);

    let other = folder.path().join("other.db");
    run(async {
        let options = LocalStore::options(&other).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        sqlx::query("CREATE TABLE dealers (name TEXT)")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let opened = LocalStore::create(&other).await;
        assert!(
            matches!(opened, Err(OpenStoreError::Foreign { .. })),
            "{opened:?}"
        );
    });
}

#[test]
fn a_newer_store_is_left_to_newer_programs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.db");
    run(async {
        LocalStore::create(&file)
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
        let mut connection = LocalStore::options(&file).connect().await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 2")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let opened = LocalStore::open(&file).await;
        assert!(matches!(
            opened,
            Err(OpenStoreError::NeedsNewerVersion { .. })
        ));
    });
}

#[test]
fn a_store_is_open_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.db");
    run(async {
        let first = LocalStore::create(&file).await.unwrap();
        first.write(one()).await.unwrap();
        let impatient =
            LocalStore::options(&file).busy_timeout(std::time::Duration::from_millis(50));
        let second = match impatient.connect().await {
            Ok(connection) => LocalStore::over(connection, &file).await.map(|_| ()),
            // Already the first look at the file may be refused.
            Err(error) => {
                assert!(error.to_string().contains("locked"), "{error}");
                Err(OpenStoreError::Busy { path: file.clone() })
            }
        };
        assert!(
            matches!(second, Err(OpenStoreError::Busy { .. })),
            "{second:?}"
        );
        let before = all(&first).await;
        first.close().await.unwrap();
        assert_eq!(all(&LocalStore::open(&file).await.unwrap()).await, before);
    });
}

#[test]
fn a_full_disk_stores_nothing_of_a_batch_and_takes_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.db");
    run(async {
        let options = LocalStore::options(&file)
            .create_if_missing(true)
            .pragma("max_page_count", "40");
        let connection = options.connect().await.unwrap();
        let store = LocalStore::over(connection, &file).await.unwrap();
        store.write(one()).await.unwrap();
        let before = all(&store).await;
        let mut large = Batch::new();
        large.put(Shelf::Meta, b"a", b"2");
        large.put(Shelf::Segments, b"a", vec![7; 400_000]);
        assert_eq!(store.write(large).await, Err(StorageError::QuotaExceeded));
        assert_eq!(all(&store).await, before);
        let mut small = Batch::new();
        small.put(Shelf::Meta, b"b", b"3");
        store.write(small).await.unwrap();
        assert_eq!(store.count(Shelf::Meta, KeyRange::all()).await, Ok(2));
    });
}
