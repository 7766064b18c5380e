//! A team lives through everything at once: edits apart, messages lost, doubled and out of order,
//! partitions, crashes, clocks years off, backups put back. Once it is over, all have one book,
//! and whatever was written is in it, was replaced by somebody who saw it, or is in a conflict.
//! The same holds for who changed what when, and for what was drawn.
//!
//! Steps are plain values that mean something in every state of the world ("the third message
//! that is on its way, if there are that many"). So a list of them is all that proptest has to
//! make and to shrink, and no second model of the state is needed to tell which steps are valid:
//! that is why this drives its own world rather than `proptest-state-machine`.
//!
//! A failure prints the seed and the shortest list of steps that fails. To run one seed again:
//! `TONGXING_SEED=<seed> cargo test -p tongxing-sync simulation`.

mod counts;
mod healing;
mod ledger;
mod world;

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write as _};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};

use counts::Counts;
use world::World;

const CASES: u32 = 250;
/// Most steps of one life; half as many on average.
const STEPS: usize = 1_000;

/// What happens next. Numbers are taken modulo whatever there is to choose from.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A person writes one or two fields of a row.
    Edit {
        tablet: usize,
        row: u32,
        field: usize,
        both: bool,
    },
    /// A person deletes a row, or restores it.
    Bin {
        tablet: usize,
        row: u32,
    },
    /// A person draws something, or takes a photo.
    Draw {
        tablet: usize,
        blob: u8,
    },
    /// The tablet carries blobs, over a line that may break after so many requests.
    Carry {
        tablet: usize,
        requests: usize,
        unheard: bool,
    },
    /// Time passes.
    Pass {
        ms: u64,
    },
    /// A device's clock is set.
    SetClock {
        tablet: usize,
        skew_ms: i64,
    },
    /// A request is due: it goes on its way.
    Ask {
        tablet: usize,
        wake: bool,
    },
    /// A request arrives; its response goes on its way.
    Arrive {
        message: usize,
    },
    /// A response arrives.
    Return {
        message: usize,
    },
    /// A request or response is lost.
    Drop {
        message: usize,
        request: bool,
    },
    /// A request or response arrives twice.
    Double {
        message: usize,
        request: bool,
    },
    /// The tablet gives up waiting for a response, which may still come.
    GiveUp {
        tablet: usize,
    },
    /// The tablet loses its network, or gets it back.
    Partition {
        tablet: usize,
    },
    /// The whole exchange at once.
    Sync {
        tablet: usize,
    },
    /// The tablet stops between two transactions and starts again.
    Crash {
        tablet: usize,
    },
    /// The tablet's next transaction is cut off in the middle, or not heard of.
    CrashWriting {
        tablet: usize,
        after: usize,
        unheard: bool,
    },
    /// The journal is folded.
    Fold {
        tablet: usize,
    },
    /// A copy of the tablet's disk is made, or put back.
    BackUpTablet {
        tablet: usize,
    },
    RestoreTablet {
        tablet: usize,
    },
    /// A copy of the endpoint is made, or put back.
    BackUpEndpoint,
    RestoreEndpoint {
        backup: usize,
    },
    /// The tablet holds a digest against what it has.
    Digest {
        tablet: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    const MINUTE: i64 = 60_000;
    const YEAR: i64 = 365 * 24 * 60 * MINUTE;
    let tablet = || 0..5usize;
    let message = || 0..12usize;
    let skew = prop_oneof![
        Just(0),
        Just(YEAR),
        Just(-YEAR),
        Just(5 * MINUTE),
        -5 * MINUTE..5 * MINUTE
    ];
    let pass = prop_oneof![8 => 0..3_000u64, 2 => 30_000..120_000u64, 1 => Just(86_400_000)];
    prop_oneof![
        30 => (tablet(), 0..6u32, 0..5usize, any::<bool>())
            .prop_map(|(tablet, row, field, both)| Step::Edit { tablet, row, field, both }),
        4 => (tablet(), 0..6u32).prop_map(|(tablet, row)| Step::Bin { tablet, row }),
        2 => (tablet(), 0..8u8).prop_map(|(tablet, blob)| Step::Draw { tablet, blob }),
        4 => (tablet(), 0..8usize, any::<bool>())
            .prop_map(|(tablet, requests, unheard)| Step::Carry { tablet, requests, unheard }),
        8 => pass.prop_map(|ms| Step::Pass { ms }),
        2 => (tablet(), skew).prop_map(|(tablet, skew_ms)| Step::SetClock { tablet, skew_ms }),
        18 => (tablet(), any::<bool>()).prop_map(|(tablet, wake)| Step::Ask { tablet, wake }),
        16 => message().prop_map(|message| Step::Arrive { message }),
        16 => message().prop_map(|message| Step::Return { message }),
        2 => (message(), any::<bool>()).prop_map(|(message, request)| Step::Drop { message, request }),
        2 => (message(), any::<bool>())
            .prop_map(|(message, request)| Step::Double { message, request }),
        3 => tablet().prop_map(|tablet| Step::GiveUp { tablet }),
        1 => tablet().prop_map(|tablet| Step::Partition { tablet }),
        6 => tablet().prop_map(|tablet| Step::Sync { tablet }),
        1 => tablet().prop_map(|tablet| Step::Crash { tablet }),
        2 => (tablet(), 0..5usize, any::<bool>())
            .prop_map(|(tablet, after, unheard)| Step::CrashWriting { tablet, after, unheard }),
        2 => tablet().prop_map(|tablet| Step::Fold { tablet }),
        1 => tablet().prop_map(|tablet| Step::BackUpTablet { tablet }),
        1 => tablet().prop_map(|tablet| Step::RestoreTablet { tablet }),
        1 => Just(Step::BackUpEndpoint),
        1 => (0..3usize).prop_map(|backup| Step::RestoreEndpoint { backup }),
        2 => tablet().prop_map(|tablet| Step::Digest { tablet }),
    ]
}

/// What the environment asks for, or anything.
fn seed() -> u64 {
    let asked = std::env::var("TONGXING_SEED").ok();
    asked
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| RandomState::new().build_hasher().finish())
}

#[test]
fn a_team_comes_together_whatever_happens() {
    let seed = seed();
    let counts = RefCell::new(Counts::default());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: CASES,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..ProptestConfig::default()
    });
    let lives = (2..=5usize, vec(step(), 1..=STEPS));
    let outcome = runner.run(&lives, |(tablets, steps)| {
        let mut world = World::new(tablets);
        for step in steps {
            world.take(step);
        }
        world.heal()?;
        counts.borrow_mut().add(&world.counts);
        Ok(())
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, shortest)) => {
            panic!("TONGXING_SEED={seed}: {reason}\n{shortest:?}")
        }
        Err(abort) => panic!("TONGXING_SEED={seed}: {abort}"),
    }
    let counts = counts.into_inner();
    // Written past what the harness keeps to itself: each run shows what it has met.
    let _ = writeln!(io::stdout(), "simulation, seed {seed}\n{counts}");
    counts.assert_all_happened(100_000);
}

/// People edit and messages cross; nothing goes wrong.
fn calm_step() -> impl Strategy<Value = Step> {
    let tablet = || 0..5usize;
    let message = || 0..12usize;
    prop_oneof![
        8 => (tablet(), 0..3u32, 0..5usize, any::<bool>())
            .prop_map(|(tablet, row, field, both)| Step::Edit { tablet, row, field, both }),
        2 => (tablet(), 0..3u32).prop_map(|(tablet, row)| Step::Bin { tablet, row }),
        1 => (tablet(), 0..8u8).prop_map(|(tablet, blob)| Step::Draw { tablet, blob }),
        1 => tablet()
            .prop_map(|tablet| Step::Carry { tablet, requests: usize::MAX, unheard: false }),
        2 => (0..3_000u64).prop_map(|ms| Step::Pass { ms }),
        8 => tablet().prop_map(|tablet| Step::Ask { tablet, wake: true }),
        8 => tablet().prop_map(|tablet| Step::Ask { tablet, wake: false }),
        14 => message().prop_map(|message| Step::Arrive { message }),
        14 => message().prop_map(|message| Step::Return { message }),
        1 => tablet().prop_map(|tablet| Step::Fold { tablet }),
        1 => tablet().prop_map(|tablet| Step::Digest { tablet }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn when_nothing_goes_wrong_every_conflict_is_one(
        tablets in 2..=5usize,
        steps in vec(calm_step(), 1..300),
    ) {
        let mut world = World::new(tablets);
        for step in steps {
            world.take(step);
        }
        world.deliver_all();
        prop_assert!(!world.disturbed);
        world.heal()?;
    }
}
