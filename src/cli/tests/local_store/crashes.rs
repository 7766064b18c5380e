//! Killed between any two statements, or in the middle of writing the log: what was acknowledged is
//! there, and nothing of what was not.
//!
//! What a killed program leaves behind is what its files hold at that moment. SQLite calls hooks after
//! every changed row and before every commit; each takes a copy of the files, and every copy is opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use sqlx::ConnectOptions as _;
use tempfile::TempDir;
use tongxing_cli::local_store::LocalStore;
use tongxing_sync::storage::{Batch, KeyRange, Records, Shelf, Storage};

use crate::{all, run};

/// The database and its log, as they were at some moment.
type Files = [Option<Vec<u8>>; 2];

fn log_of(file: &Path) -> PathBuf {
    file.with_extension("db-wal")
}

fn taken(file: &Path) -> Files {
    [fs::read(file).ok(), fs::read(log_of(file)).ok()]
}

/// What a program finds that starts with these files.
fn found(files: &Files) -> Vec<Records> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.db");
    for (path, bytes) in [file.clone(), log_of(&file)].iter().zip(files) {
        if let Some(bytes) = bytes {
            fs::write(path, bytes).unwrap();
        }
    }
    run(async { all(&LocalStore::open(&file).await.unwrap()).await })
}

/// A store that lets its files be copied between its statements.
struct Watched {
    store: LocalStore,
    file: PathBuf,
    copies: Arc<Mutex<Vec<Files>>>,
    _folder: TempDir,
}

impl Watched {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("book.db");
        let options = LocalStore::options(&file).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        let copies = Arc::new(Mutex::new(Vec::new()));
        let mut handle = connection.lock_handle().await.unwrap();
        let copy = {
            let (file, copies) = (file.clone(), Arc::clone(&copies));
            move || copies.lock().unwrap().push(taken(&file))
        };
        let before_commit = copy.clone();
        handle.set_update_hook(move |_| copy());
        handle.set_commit_hook(move || {
            before_commit();
            true
        });
        drop(handle);
        Self {
            store: LocalStore::over(connection, &file).await.unwrap(),
            file,
            copies,
            _folder: folder,
        }
    }

    /// Writes a batch; the copies that were taken meanwhile.
    async fn write(&self, batch: Batch) -> Vec<Files> {
        self.copies.lock().unwrap().clear();
        self.store.write(batch).await.unwrap();
        std::mem::take(&mut *self.copies.lock().unwrap())
    }
}

/// A batch of every kind of write; large enough that its pages do not fit into one piece of the log.
fn batch(seed: u8) -> Batch {
    let mut batch = Batch::new();
    for at in 0..12_u8 {
        let value = vec![seed.wrapping_add(at); 3_000 * usize::from(at % 4)];
        batch.put(Shelf::Segments, [at, seed % 3], value);
        batch.put(Shelf::Journal, [seed, at], [seed]);
    }
    batch.put(Shelf::Meta, b"clock", [seed]);
    batch.delete(Shelf::Segments, [seed % 12, 0]);
    batch.delete_range(
        Shelf::Journal,
        KeyRange::between([seed.wrapping_sub(2), 3], [seed.wrapping_sub(2), 9]),
    );
    batch
}

#[test]
fn killed_between_any_two_statements_nothing_of_the_batch_is_there() {
    run(async {
        let watched = Watched::new().await;
        let mut seen = 0;
        for seed in 1..8 {
            let before = all(&watched.store).await;
            let copies = watched.write(batch(seed)).await;
            let after = all(&watched.store).await;
            assert_ne!(before, after);
            // One for each changed row, and one before the commit.
            assert!(copies.len() > 24, "{}", copies.len());
            seen += copies.len();
            for copy in &copies {
                let files = copy.clone();
                let there = std::thread::spawn(move || found(&files)).join().unwrap();
                assert!(there == before, "a batch was torn apart");
            }
            let files = taken(&watched.file);
            let there = std::thread::spawn(move || found(&files)).join().unwrap();
            assert!(there == after, "an acknowledged batch is lost");
        }
        assert!(seen > 200);
    });
}

/// Three batches' files, and what was there after each of them.
fn written() -> (Files, Vec<Vec<Records>>) {
    run(async {
        let watched = Watched::new().await;
        let mut states = vec![all(&watched.store).await];
        for seed in 1..4 {
            watched.write(batch(seed)).await;
            states.push(all(&watched.store).await);
        }
        (taken(&watched.file), states)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_log_that_breaks_off_anywhere_leaves_whole_batches(cut in 0.0..1.0_f64) {
        let ([file, log], states) = written();
        let mut log = log.unwrap();
        log.truncate((log.len() as f64 * cut) as usize);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        fs::write(&path, file.unwrap()).unwrap();
        fs::write(log_of(&path), log).unwrap();
        let there = run(async { all(&LocalStore::create(&path).await.unwrap()).await });
        prop_assert!(states.contains(&there), "part of a batch is there");
    }
}
