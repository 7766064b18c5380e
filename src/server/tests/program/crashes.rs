//! Killed in the middle of pushes.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tongxing_sync::wire::{Digest, PushResult, SyncResponse};

use crate::given::{Client, Program, owner, row};

/// Rows that are pushed together, and so are there together or not at all.
const TOGETHER: u64 = 60;
const ROUNDS: u64 = 6;
const PUSHERS: u64 = 3;

#[test]
fn every_push_acknowledged_over_sqlite_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    kill_again_and_again(&folder.path().join("teams.db"));
}

#[test]
fn every_push_acknowledged_over_postgres_outlives_a_kill() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let address = runtime.block_on(crate::database::new_database());
    kill_again_and_again(Path::new(&address));
}

fn kill_again_and_again(database: &Path) {
    let mut program = Program::start(database, &[]);
    let epoch = program.client().found();
    let batches = AtomicU64::new(0);
    let mut acknowledged: Vec<u64> = Vec::new();
    let mut unanswered = 0;

    for round in 0..ROUNDS {
        let client = program.client();
        let acknowledgements = AtomicU64::new(0);
        let pushed: Vec<(Vec<u64>, u32)> = std::thread::scope(|scope| {
            let pushers: Vec<_> = (0..PUSHERS)
                .map(|_| {
                    scope.spawn(|| push_until_gone(client, epoch, &batches, &acknowledgements))
                })
                .collect();
            let start = Instant::now();
            while acknowledgements.load(Ordering::Relaxed) < 5
                && start.elapsed() < Duration::from_secs(30)
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            // Each time at another moment of a push.
            std::thread::sleep(Duration::from_millis(7 * round));
            program.kill();
            pushers
                .into_iter()
                .map(|pusher| pusher.join().unwrap())
                .collect()
        });
        for (batches, lost) in pushed {
            acknowledged.extend(batches);
            unanswered += lost;
        }
        program = Program::start(database, &[]);
        check(program.client(), epoch, &acknowledged);
    }
    assert!(
        acknowledged.len() >= 5 * ROUNDS as usize && unanswered > 0,
        "{} acknowledged, {unanswered} cut off: nothing was shown",
        acknowledged.len()
    );
}

/// Pushes batches until there is no answer: those that were acknowledged, and how many were not answered.
fn push_until_gone(
    client: Client,
    epoch: tongxing_sync::wire::Epoch,
    batches: &AtomicU64,
    acknowledgements: &AtomicU64,
) -> (Vec<u64>, u32) {
    let mut acknowledged = Vec::new();
    loop {
        let batch = batches.fetch_add(1, Ordering::Relaxed);
        let rows: Vec<_> = (0..TOGETHER)
            .map(|n| row(batch * TOGETHER + n, 0, &envelope(batch)))
            .collect();
        let Some(answer) = client.try_push(epoch, &rows) else {
            return (acknowledged, 1);
        };
        let response: SyncResponse = answer.message();
        let stored = |result: &PushResult| matches!(result, PushResult::Stored { .. });
        assert!(response.results.iter().all(stored));
        acknowledged.push(batch);
        acknowledgements.fetch_add(1, Ordering::Relaxed);
    }
}

fn envelope(batch: u64) -> Vec<u8> {
    batch.to_be_bytes().repeat(80)
}

/// Every acknowledged batch is there, every other one is there whole or not, and nothing is out of joint.
fn check(client: Client, epoch: tongxing_sync::wire::Epoch, acknowledged: &[u64]) {
    let mut found: HashMap<u64, u64> = HashMap::new();
    for (number, bytes) in client.all(epoch) {
        let batch = number / TOGETHER;
        assert_eq!(bytes, envelope(batch), "row {number} is torn");
        *found.entry(batch).or_default() += 1;
    }
    for (batch, rows) in &found {
        assert_eq!(*rows, TOGETHER, "batch {batch} is torn");
    }
    for batch in acknowledged {
        assert!(found.contains_key(batch), "batch {batch} is lost");
    }
    let digest: Digest = client
        .ask("GET", "/v1/digest", &owner().to_text(), b"")
        .message();
    assert_eq!(digest.head.get(), found.len() as u64 * TOGETHER);
}
