//! Messages: golden bytes from `fixtures/wire.py`, which shares no code with the crate, and what
//! decoders make of anything else.

use proptest::collection::vec;
use proptest::prelude::*;
use tongxing_sync::wire::{
    BlindId, BucketSet, Buckets, Code, DecodeError, Digest, Epoch, MAX_ENVELOPE_BYTES,
    MAX_PAGE_ROWS, MAX_PUSH_ROWS, Message, PageRow, Poke, PokeReader, PushResult, PushRow, Refusal,
    Seq, SyncRequest, SyncResponse,
};

const REQUEST_FIRST: &[u8] = include_bytes!("../fixtures/wire-request-first.bin");
const REQUEST: &[u8] = include_bytes!("../fixtures/wire-request.bin");
const REQUEST_LONGER: &[u8] = include_bytes!("../fixtures/wire-request-longer.bin");
const RESPONSE: &[u8] = include_bytes!("../fixtures/wire-response.bin");
const DIGEST: &[u8] = include_bytes!("../fixtures/wire-digest.bin");
const REFUSAL: &[u8] = include_bytes!("../fixtures/wire-refusal.bin");
const REFUSAL_UNKNOWN: &[u8] = include_bytes!("../fixtures/wire-refusal-unknown.bin");

const EPOCH: Epoch = Epoch([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
const ROW: BlindId = BlindId([0x11; 16]);
const OTHER: BlindId = BlindId([0xFE; 16]);
/// In one bucket with [`ROW`].
const BESIDE: BlindId = {
    let mut bytes = [0xFE; 16];
    bytes[0] = 0x11;
    BlindId(bytes)
};

fn at(number: u64) -> Seq {
    Seq::new(number).unwrap()
}

fn request() -> SyncRequest {
    let mut buckets = BucketSet::default();
    buckets.insert(0);
    buckets.insert(255);
    SyncRequest {
        epoch: Some(EPOCH),
        cursor: at(70_000),
        buckets: Some(buckets),
        push: vec![
            PushRow {
                row: ROW,
                base: Seq::ZERO,
                envelope: b"sealed".into(),
            },
            PushRow {
                row: OTHER,
                base: Seq::MAX,
                envelope: vec![0x5A; 300],
            },
        ],
    }
}

fn response() -> SyncResponse {
    let stale = |seq, envelope| PushResult::Stale {
        seq: at(seq),
        envelope,
    };
    SyncResponse {
        epoch: EPOCH,
        now_ms: 1_700_000_000_000,
        results: vec![
            PushResult::Stored { seq: at(24) },
            stale(23, Some(vec![0x5A; 300])),
            stale(255, None),
        ],
        page: vec![
            PageRow {
                row: ROW,
                seq: at(256),
                envelope: vec![],
            },
            PageRow {
                row: OTHER,
                seq: at(65_536),
                envelope: b"sealed".into(),
            },
        ],
        cursor: at(65_536),
        more: true,
    }
}

fn is_golden<M: Message + PartialEq + std::fmt::Debug>(message: &M, golden: &[u8]) {
    assert_eq!(message.encode(), golden);
    assert_eq!(M::decode(golden).as_ref(), Ok(message));
}

#[test]
fn messages_are_written_and_read_byte_for_byte() {
    is_golden(&SyncRequest::default(), REQUEST_FIRST);
    is_golden(&request(), REQUEST);
    is_golden(&response(), RESPONSE);
    let digest = Digest {
        epoch: EPOCH,
        head: at(5),
        buckets: [(ROW, at(1)), (BESIDE, at(5)), (OTHER, at(1 << 40))]
            .into_iter()
            .collect(),
    };
    is_golden(&digest, DIGEST);
    let refusal = Refusal {
        code: Code::TooMany,
        retry_after_s: Some(30),
    };
    is_golden(&refusal, REFUSAL);
    is_golden(&Refusal::from(Code::Other(999)), REFUSAL_UNKNOWN);
}

#[test]
fn what_a_later_version_appends_is_skipped() {
    let expected = SyncRequest {
        epoch: Some(EPOCH),
        cursor: at(7),
        buckets: None,
        push: vec![PushRow {
            row: ROW,
            base: Seq::ZERO,
            envelope: b"sealed".into(),
        }],
    };
    assert_eq!(SyncRequest::decode(REQUEST_LONGER), Ok(expected));
}

#[test]
fn another_version_is_refused_by_name() {
    let mut newer = REQUEST.to_vec();
    newer[1] = 2;
    assert_eq!(
        SyncRequest::decode(&newer),
        Err(DecodeError::NeedsNewerVersion(2))
    );
    newer[1] = 0;
    assert_eq!(
        SyncRequest::decode(&newer),
        Err(DecodeError::Malformed { at: 2 })
    );
}

#[test]
fn limits_hold() {
    let row = |envelope| PushRow {
        row: ROW,
        base: Seq::ZERO,
        envelope,
    };
    let largest = SyncRequest {
        push: vec![row(vec![7; MAX_ENVELOPE_BYTES])],
        ..SyncRequest::default()
    };
    assert_eq!(SyncRequest::decode(&largest.encode()), Ok(largest));
    let too_long = SyncRequest {
        push: vec![row(vec![7; MAX_ENVELOPE_BYTES + 1])],
        ..SyncRequest::default()
    };
    assert_eq!(
        SyncRequest::decode(&too_long.encode()),
        Err(DecodeError::EnvelopeTooLong {
            found: MAX_ENVELOPE_BYTES + 1
        })
    );
    let too_many = SyncRequest {
        push: vec![row(vec![]); MAX_PUSH_ROWS + 1],
        ..SyncRequest::default()
    };
    assert_eq!(
        SyncRequest::decode(&too_many.encode()),
        Err(DecodeError::TooManyRows {
            found: MAX_PUSH_ROWS as u64 + 1,
            limit: MAX_PUSH_ROWS
        })
    );
    let too_large = vec![0; SyncRequest::MAX_BYTES + 1];
    assert_eq!(
        SyncRequest::decode(&too_large),
        Err(DecodeError::TooLong {
            bytes: too_large.len(),
            limit: SyncRequest::MAX_BYTES
        })
    );
    // A list that announces more than there are bytes for.
    let mut bold = REQUEST_FIRST[..REQUEST_FIRST.len() - 1].to_vec();
    bold.extend_from_slice(&[0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(
        SyncRequest::decode(&bold),
        Err(DecodeError::TooManyRows {
            found: u64::MAX,
            limit: MAX_PUSH_ROWS
        })
    );
    // Databases count in signed numbers.
    let mut beyond = REQUEST_FIRST.to_vec();
    beyond.splice(3..4, [0x1B, 0x80, 0, 0, 0, 0, 0, 0, 0]);
    assert!(matches!(
        SyncRequest::decode(&beyond),
        Err(DecodeError::Malformed { .. })
    ));
    assert_eq!(Seq::new(Seq::MAX.get() + 1), None);
    assert_eq!(Seq::MAX.next(), Seq::MAX);
    assert_eq!(Seq::ZERO.next(), at(1));
}

/// The fullest response that the rules allow fits its limit.
#[test]
fn the_largest_response_fits() {
    let mut largest = response();
    largest.results = vec![PushResult::Stored { seq: Seq::MAX }; MAX_PUSH_ROWS - 1];
    largest.results.push(PushResult::Stale {
        seq: Seq::MAX,
        envelope: Some(vec![1; MAX_ENVELOPE_BYTES]),
    });
    let row = |envelope| PageRow {
        row: OTHER,
        seq: Seq::MAX,
        envelope,
    };
    largest.page = vec![row(vec![1; MAX_ENVELOPE_BYTES])];
    largest.page.resize(MAX_PAGE_ROWS, row(vec![]));
    assert_eq!(SyncResponse::decode(&largest.encode()), Ok(largest));
}

#[test]
fn an_epoch_tells_what_it_has_in_common_with_others() {
    let first = Epoch::first([1; 8]);
    assert_eq!(first.to_string(), "01010101010101017fffffffffffffff");
    assert_eq!(first.origin(), Seq::MAX);
    let restored = first.restored(at(70_000), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(restored.to_string(), "01020304050607080000000000011170");
    assert_eq!(restored.origin(), at(70_000));
    // Whoever last saw the first epoch shares no more with the third than with the second.
    assert_eq!(restored.restored(at(90_000), [3; 8]).origin(), at(70_000));
    assert_eq!(restored.restored(at(50_000), [3; 8]).origin(), at(50_000));
    assert_eq!(Epoch([0xFF; 16]).origin(), Seq::ZERO);
}

#[test]
fn codes_keep_their_numbers() {
    for code in Code::ALL {
        assert_eq!(Code::from_number(code.number()), *code);
        assert!((400..=599).contains(&code.status()));
        assert!(!code.to_string().is_empty());
    }
    assert_eq!(Code::from_number(60_000), Code::Other(60_000));
    assert_eq!(
        Code::Other(60_000).to_string(),
        "the endpoint refused (code 60000)"
    );
}

#[test]
fn pokes_are_text() {
    let poke = Poke {
        epoch: EPOCH,
        head: at(12),
    };
    let data = "000102030405060708090a0b0c0d0e0f 12";
    assert_eq!(poke.to_string(), data);
    assert_eq!(data.parse(), Ok(poke));
    for bad in [
        "",
        "12",
        "000102030405060708090a0b0c0d0e0f",
        "000102030405060708090a0b0c0d0e0f +12",
        "+00102030405060708090a0b0c0d0e0f 12",
        "000102030405060708090a0b0c0d0e0f 9223372036854775808",
    ] {
        assert!(bad.parse::<Poke>().is_err(), "{bad:?}");
    }
}

#[test]
fn a_digest_finds_the_bucket_that_differs() {
    let ours: Buckets = [(ROW, at(1)), (OTHER, at(2))].into_iter().collect();
    let mut theirs = ours.clone();
    assert!(ours.differing(&theirs).is_empty());
    theirs.toggle(OTHER, at(2));
    theirs.toggle(OTHER, at(3));
    let differing: Vec<_> = ours.differing(&theirs).iter().collect();
    assert_eq!(differing, [0xFE]);
}

fn blind_id() -> impl Strategy<Value = BlindId> {
    any::<[u8; 16]>().prop_map(BlindId)
}

fn seq() -> impl Strategy<Value = Seq> {
    (0..=Seq::MAX.get()).prop_map(at)
}

fn envelope() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => vec(any::<u8>(), 0..40), 1 => vec(any::<u8>(), 250..260)]
}

fn any_request() -> impl Strategy<Value = SyncRequest> {
    let push = (blind_id(), seq(), envelope()).prop_map(|(row, base, envelope)| PushRow {
        row,
        base,
        envelope,
    });
    (
        any::<Option<[u8; 16]>>(),
        seq(),
        any::<Option<[u8; 32]>>(),
        vec(push, 0..5),
    )
        .prop_map(|(epoch, cursor, buckets, push)| SyncRequest {
            epoch: epoch.map(Epoch),
            cursor,
            buckets: buckets.map(BucketSet::from_bytes),
            push,
        })
}

fn any_response() -> impl Strategy<Value = SyncResponse> {
    let result = prop_oneof![
        seq().prop_map(|seq| PushResult::Stored { seq }),
        (seq(), prop::option::of(envelope()))
            .prop_map(|(seq, envelope)| PushResult::Stale { seq, envelope }),
    ];
    let row = (blind_id(), seq(), envelope()).prop_map(|(row, seq, envelope)| PageRow {
        row,
        seq,
        envelope,
    });
    (
        any::<[u8; 16]>(),
        any::<u64>(),
        vec(result, 0..5),
        vec(row, 0..5),
        seq(),
        any::<bool>(),
    )
        .prop_map(
            |(epoch, now_ms, results, page, cursor, more)| SyncResponse {
                epoch: Epoch(epoch),
                now_ms,
                results,
                page,
                cursor,
                more,
            },
        )
}

fn decode_all(bytes: &[u8]) {
    let _ = SyncRequest::decode(bytes);
    let _ = SyncResponse::decode(bytes);
    let _ = Digest::decode(bytes);
    let _ = Refusal::decode(bytes);
}

#[test]
fn pokes_are_read_from_a_stream_however_it_is_cut() {
    let poke = |head| Poke {
        epoch: Epoch([7; 16]),
        head: Seq::new(head).unwrap(),
    };
    let stream = format!(
        "event: head\ndata: {}\n\n: quiet\n\nevent: other\ndata: {}\n\nevent:head\r\ndata:{}\r\n\r\n\
         event: head\ndata: nonsense\n\ndata: {}\n\nevent: head\n{}\n\n",
        poke(1),
        poke(2),
        poke(3),
        poke(4),
        "x".repeat(5_000),
    );
    for size in [1, 2, 7, 64, stream.len()] {
        let mut reader = PokeReader::default();
        let parts = stream.as_bytes().chunks(size);
        let pokes: Vec<Poke> = parts.flat_map(|part| reader.take(part)).collect();
        assert_eq!(pokes, [poke(1), poke(3)], "in parts of {size}");
    }
}

proptest! {
    #[test]
    fn messages_come_back_as_they_were(request in any_request(), response in any_response()) {
        prop_assert_eq!(SyncRequest::decode(&request.encode()), Ok(request));
        prop_assert_eq!(SyncResponse::decode(&response.encode()), Ok(response));
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in vec(any::<u8>(), 0..300)) {
        decode_all(&bytes);
    }

    /// Bytes that go wrong late: a sound message, altered in a few places, cut off, or carried on.
    #[test]
    fn no_altered_message_makes_a_decoder_panic(
        request in any_request(),
        response in any_response(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
        after in vec(any::<u8>(), 0..3),
    ) {
        for mut bytes in [request.encode(), response.encode()] {
            let whole = bytes.clone();
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            decode_all(&bytes);
            let part = &whole[..cut.index(whole.len())];
            prop_assert!(SyncRequest::decode(part).is_err());
            prop_assert!(SyncResponse::decode(part).is_err());
            if !after.is_empty() {
                let longer = [whole, after.clone()].concat();
                prop_assert!(SyncRequest::decode(&longer).is_err());
                prop_assert!(SyncResponse::decode(&longer).is_err());
            }
        }
    }

    #[test]
    fn pokes_come_back_as_they_were(epoch in any::<[u8; 16]>(), head in seq()) {
        let poke = Poke { epoch: Epoch(epoch), head };
        prop_assert_eq!(poke.to_string().parse(), Ok(poke));
    }

    #[test]
    fn no_text_makes_a_poke_panic(text in "\\PC{0,60}") {
        let _ = text.parse::<Poke>();
        let _ = PokeReader::default().take(text.as_bytes());
    }

    /// The order in which rows come and go does not matter.
    #[test]
    fn a_digest_depends_on_the_rows_alone(
        rows in prop::collection::btree_map(blind_id(), seq(), 0..20),
        gone in prop::collection::btree_map(blind_id(), seq(), 0..5),
    ) {
        let plain: Buckets = rows.iter().map(|(row, seq)| (*row, *seq)).collect();
        let mut other: Buckets = gone.iter().map(|(row, seq)| (*row, *seq)).collect();
        for (row, seq) in rows.iter().rev() {
            other.toggle(*row, *seq);
        }
        for (row, seq) in &gone {
            other.toggle(*row, *seq);
        }
        prop_assert_eq!(plain, other);
    }
}
