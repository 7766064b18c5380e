//! Three devices edit apart; whatever reaches them, in whatever order and however often, all end
//! with the same bytes.

use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::replica::Edit;
use tongxing_sync::row::{FieldKey, Row, RowKey};

use crate::shop::{NOW, Rows, SUBJECT, Shop, key};

#[derive(Clone, Debug)]
enum Event {
    /// A device edits; its wall time is its own affair.
    Commit {
        device: usize,
        edits: Vec<(u32, FieldKey, Vec<u8>)>,
        now_ms: u64,
    },
    /// A device gets what another one has written so far, or an arbitrary part of it.
    Deliver {
        from: usize,
        to: usize,
        skip: usize,
        take: usize,
    },
    Fold {
        device: usize,
    },
    Restart {
        device: usize,
    },
}

fn event() -> impl Strategy<Value = Event> {
    let device = || 0..3usize;
    let edit = (0..4u32, crate::given::field(), vec(0..3u8, 0..3));
    let now = prop_oneof![Just(NOW), NOW - 5_000..NOW + 5_000];
    prop_oneof![
        5 => (device(), vec(edit, 1..5), now)
            .prop_map(|(device, edits, now_ms)| Event::Commit { device, edits, now_ms }),
        4 => (device(), device(), 0..20usize, 1..20usize)
            .prop_map(|(from, to, skip, take)| Event::Deliver { from, to, skip, take }),
        1 => device().prop_map(|device| Event::Fold { device }),
        1 => device().prop_map(|device| Event::Restart { device }),
    ]
}

fn play(events: &[Event]) -> (Vec<Shop>, Vec<Vec<(RowKey, Row)>>) {
    let mut shops: Vec<_> = (1..4).map(Shop::new).collect();
    // Per device, every state of every row that it ever had to send.
    let mut written: Vec<Vec<(RowKey, Row)>> = vec![Vec::new(); 3];
    let mut session = 100;
    for event in events {
        match event {
            Event::Commit {
                device,
                edits,
                now_ms,
            } => {
                let edits = edits
                    .iter()
                    .map(|(id, field, value)| Edit {
                        key: key(1, *id),
                        field: field.clone(),
                        value: value.clone(),
                        subject: SUBJECT,
                    })
                    .collect();
                let shop = &mut shops[*device];
                let commit = shop.commit(edits, *now_ms);
                let states = commit
                    .changed
                    .iter()
                    .filter_map(|key| shop.replica.row(key).map(|row| (*key, row.clone())));
                written[*device].extend(states);
            }
            Event::Deliver {
                from,
                to,
                skip,
                take,
            } => {
                let rows: Vec<_> = written[*from]
                    .iter()
                    .skip(*skip)
                    .take(*take)
                    .rev()
                    .cloned()
                    .collect();
                receive(&mut shops[*to], rows);
            }
            Event::Fold { device } => {
                shops[*device].fold(2);
            }
            Event::Restart { device } => {
                session += 1;
                shops[*device] = shops[*device].reopen(session);
            }
        }
    }
    (shops, written)
}

fn receive(shop: &mut Shop, rows: Vec<(RowKey, Row)>) {
    let received = shop.replica.receive(rows, NOW);
    pollster::block_on(tongxing_sync::storage::Storage::write(
        &shop.storage,
        received.batch,
    ))
    .unwrap_or_else(|error| panic!("{error}"));
}

proptest! {
    #[test]
    fn devices_converge(
        events in vec(event(), 1..40),
        orders in vec(any::<prop::sample::Index>(), 3),
    ) {
        let (mut shops, written) = play(&events);
        let all: Vec<_> = written.concat();
        for (shop, order) in shops.iter_mut().zip(&orders) {
            // Everything, rotated differently for each device, the first half twice.
            let mut rows = all.clone();
            if !rows.is_empty() {
                let middle = order.index(rows.len());
                rows.rotate_left(middle);
            }
            let again: Vec<_> = rows.iter().take(rows.len() / 2).rev().cloned().collect();
            receive(shop, rows);
            receive(shop, again);
        }
        // The join of all states that ever were, without any replica.
        let mut expected = Rows::new();
        for (key, row) in all {
            expected.entry(key).or_default().join(&row);
        }
        for shop in &shops {
            prop_assert_eq!(&shop.rows(), &expected);
            prop_assert_eq!(&shop.reopen(1_000).rows(), &expected);
        }
    }
}
