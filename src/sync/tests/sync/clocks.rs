//! Stamps ascend whatever the device's wall time does, and only a little on another's word.

use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::hlc::{Clock, DeviceId, Hlc, MAX_AHEAD_MS, Observed};
use tongxing_sync::row::{FieldKey, Register, Row};
use tongxing_sync::storage::Storage;

use crate::given;
use crate::shop::{Shop, edit, key};

#[derive(Clone, Debug)]
enum Event {
    Tick { now_ms: u64, offset_ms: i64 },
    Observe { remote: Hlc, now_ms: u64 },
    Restart,
}

fn event() -> impl Strategy<Value = Event> {
    let wall = prop_oneof![
        Just(0),
        1_700_000_000_000..1_700_000_000_010u64,
        any::<u64>(),
        Just(u64::MAX)
    ];
    let offset = prop_oneof![Just(0), -100_000..100_000i64, any::<i64>()];
    prop_oneof![
        6 => (wall, offset).prop_map(|(now_ms, offset_ms)| Event::Tick { now_ms, offset_ms }),
        2 => (given::stamp(), 0..1_800_000_000_000u64)
            .prop_map(|(remote, now_ms)| Event::Observe { remote, now_ms }),
        1 => Just(Event::Restart),
    ]
}

/// No wall time of [`Life`] is later.
const NOW_MS: u64 = 1_700_000_000_010;
/// As far as another device's stamps may draw a clock then.
const CEILING_MS: u64 = NOW_MS + MAX_AHEAD_MS;

/// What happens to a store, as far as its clock is concerned.
#[derive(Clone, Debug)]
enum Life {
    Commit { id: u32, now_ms: u64 },
    Receive { id: u32, remote: Hlc, now_ms: u64 },
    Fold,
    Reopen,
}

fn life() -> impl Strategy<Value = Life> {
    let wall = || prop_oneof![Just(0), NOW_MS - 10..NOW_MS];
    prop_oneof![
        6 => (0..3u32, wall()).prop_map(|(id, now_ms)| Life::Commit { id, now_ms }),
        2 => (0..3u32, given::stamp(), wall())
            .prop_map(|(id, remote, now_ms)| Life::Receive { id, remote, now_ms }),
        2 => Just(Life::Fold),
        2 => Just(Life::Reopen),
    ]
}

proptest! {
    /// The clock is told by the journal, by its own record, or by both: whatever was folded away and
    /// however often the store is opened, it goes on after the last stamp that it gave.
    #[test]
    fn stamps_ascend_from_one_opening_to_the_next(lives in vec(life(), 1..60)) {
        let mut shop = Shop::new(1);
        let mut last = Hlc::ZERO;
        for (step, life) in lives.into_iter().enumerate() {
            match life {
                Life::Commit { id, now_ms } => {
                    let value = step.to_be_bytes();
                    let stamp = shop.commit(vec![edit(key(1, id), 1, &value)], now_ms).stamp;
                    prop_assert!(stamp > last, "{stamp:?} after {last:?}");
                    prop_assert_eq!(stamp.device(), DeviceId(1));
                    last = stamp;
                }
                Life::Receive { id, remote, now_ms } => {
                    let remote = Hlc::new(remote.ms(), remote.counter(), DeviceId(9));
                    let register = Register { hlc: remote, value: Box::new([7]) };
                    let row = Row::from_registers([(FieldKey::plain(1), register)]).unwrap();
                    let received = shop.replica.receive(vec![(key(1, id), row)], now_ms);
                    block_on(shop.storage.write(received.batch)).unwrap();
                    prop_assert!(shop.replica.clock().last().ms() <= CEILING_MS);
                }
                Life::Fold => {
                    shop.fold(1);
                }
                Life::Reopen => {
                    shop = shop.reopen(step as u64 + 2);
                    prop_assert!(shop.replica.clock().last() >= last);
                    // Nor is it drawn into the future by what was written over a stamp from there.
                    prop_assert!(shop.replica.clock().last().ms() <= CEILING_MS);
                }
            }
        }
    }

    #[test]
    fn stamps_ascend_under_any_clock(events in vec(event(), 1..200)) {
        let device = DeviceId(7);
        let mut clock = Clock::new(device);
        let mut last = Hlc::ZERO;
        for event in events {
            match event {
                Event::Tick { now_ms, offset_ms } => {
                    let stamp = clock.tick(now_ms, offset_ms);
                    prop_assert!(stamp > last, "{stamp:?} after {last:?}");
                    prop_assert_eq!(stamp.device(), device);
                    last = stamp;
                }
                Event::Observe { remote, now_ms } => {
                    let before = clock.last();
                    let observed = clock.observe(remote, now_ms);
                    prop_assert!(clock.last() >= before);
                    prop_assert!(clock.last().ms() <= before.ms().max(now_ms + MAX_AHEAD_MS));
                    let far = remote.ms() > now_ms + MAX_AHEAD_MS;
                    prop_assert_eq!(observed == Observed::FarFuture, far);
                    if !far {
                        let mut next = clock;
                        prop_assert!(next.tick(0, 0) > remote);
                    }
                }
                Event::Restart => clock = Clock::resume(Hlc::from_bytes(clock.last().to_bytes())),
            }
        }
    }

    #[test]
    fn encoded_stamps_sort_as_stamps(a in given::stamp(), b in given::stamp()) {
        prop_assert_eq!(a.cmp(&b), a.to_bytes().cmp(&b.to_bytes()));
        prop_assert_eq!(Hlc::from_bytes(a.to_bytes()), a);
        prop_assert!(a.successor(DeviceId(1)) > a || a.ms() == Hlc::MAX_MS);
    }
}

#[test]
fn a_full_counter_carries_into_the_next_millisecond() {
    let mut clock = Clock::resume(Hlc::new(1_000, u16::MAX, DeviceId(1)));
    assert_eq!(clock.tick(1_000, 0), Hlc::new(1_001, 0, DeviceId(1)));
    assert_eq!(clock.tick(999, 0), Hlc::new(1_001, 1, DeviceId(1)));
    assert_eq!(clock.tick(1_000, 5), Hlc::new(1_005, 0, DeviceId(1)));
}

#[test]
fn a_clock_at_the_end_of_time_stays_there() {
    let mut clock = Clock::resume(Hlc::new(Hlc::MAX_MS, u16::MAX, DeviceId(1)));
    assert_eq!(
        clock.tick(5, 0),
        Hlc::new(Hlc::MAX_MS, u16::MAX, DeviceId(1))
    );
}
