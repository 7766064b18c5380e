//! What the corpus begins with: sound bytes of every kind, small enough to be mutated well.

use std::collections::BTreeMap;

use pollster::block_on;
use tongxing_sync::activity::Subject;
use tongxing_sync::blob;
use tongxing_sync::conflict::Conflict;
use tongxing_sync::envelope::Nonce;
use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::invite_link::{EndpointAddress, InviteLink};
use tongxing_sync::membership::{Membership, TokenSecret};
use tongxing_sync::replica::{self, CommitRequest, Edit};
use tongxing_sync::row::{FieldKey, Register, Row, RowId, RowKey, TableId};
use tongxing_sync::sealed_file::{self, Cost, Salt};
use tongxing_sync::secret_text::{Invite, InviteCode, Recovery};
use tongxing_sync::storage::{KeyRange, MemoryStorage, Shelf, Storage, Write};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::{
    BlindId, Code, Digest, Epoch, Message, PageRow, Poke, PushResult, PushRow, Refusal, Seq,
    SyncRequest, SyncResponse,
};
use tongxing_sync::{backup, wire};

use crate::envelope::{KEY, TEAM, sealer};

/// A file of the corpus: its target, its name, its bytes.
pub type Seed = (&'static str, &'static str, Vec<u8>);

/// Every seed; a kind that cannot be made is left out, which the tests would see.
#[must_use]
pub fn all() -> Vec<Seed> {
    let mut seeds = rows();
    seeds.extend(envelopes());
    seeds.extend(messages());
    seeds.extend(records());
    seeds
}

fn stamp(ms: u64, device: u64) -> Hlc {
    Hlc::new(ms, 0, DeviceId(device))
}

fn register(number: u16, member: &[u8], ms: u64, value: &[u8]) -> (FieldKey, Register) {
    let register = Register {
        hlc: stamp(ms, 1 + ms % 3),
        value: value.into(),
    };
    (FieldKey::member(number, member), register)
}

fn small() -> Option<Row> {
    let registers = [register(1, b"", 5, b"a"), register(3, b"m", 6, &[1])];
    Row::from_registers(registers).ok()
}

fn other() -> Option<Row> {
    let registers = [
        register(0, b"", 7, &[1]),
        register(1, b"", 4, "红星电器".as_bytes()),
        register(2, b"", 9, b""),
        register(3, b"m", 3, &[0]),
        register(3, b"n", 9, &[1]),
    ];
    Row::from_registers(registers).ok()
}

fn key() -> RowKey {
    RowKey::new(TableId(1), RowId([5; 16]))
}

fn rows() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut put = |name, row: Option<Row>| {
        let bytes = row.map(|row| row.as_bytes().to_vec());
        seeds.extend(bytes.map(|bytes| ("row", name, bytes)));
    };
    put("small", small());
    put("other", other());
    let conflict = Conflict {
        key: key(),
        field: FieldKey::plain(3),
        kept: Register {
            hlc: stamp(9, 1),
            value: b"theirs".as_slice().into(),
        },
        lost: Register {
            hlc: stamp(8, 2),
            value: b"mine".as_slice().into(),
        },
    };
    put("conflict", Some(conflict.to_row()));
    if let (Some(first), Some(second)) = (small(), other()) {
        let length = u8::try_from(first.as_bytes().len()).unwrap_or(u8::MAX);
        let both = [&[length], first.as_bytes(), second.as_bytes()].concat();
        seeds.push(("row", "two", both));
    }
    seeds
}

fn envelopes() -> Vec<Seed> {
    let (Some(row), sealer) = (other(), sealer()) else {
        return Vec::new();
    };
    let sealed = sealer.seal(key(), &row, Nonce([8; Nonce::BYTES]));
    let sealed = sealed.unwrap_or_default();
    let length = u32::try_from(row.as_bytes().len()).unwrap_or_default();
    let plaintext = [
        &key().to_bytes()[..],
        &length.to_be_bytes(),
        row.as_bytes(),
        &[0; 20],
    ];
    vec![
        (
            "envelope",
            "sealed",
            [&sealer.blind(key()).0[..], &sealed].concat(),
        ),
        ("envelope", "plaintext", plaintext.concat()),
        ("envelope", "blob", blob()),
    ]
}

/// A blob behind its address.
fn blob() -> Vec<u8> {
    let sealer = blob::Sealer::new(TEAM, &TeamKey::new(KEY));
    let bytes = b"M10 20L200 20";
    let sealed = sealer.seal(bytes).unwrap_or_default();
    [&sealer.address(bytes).0[..], &sealed].concat()
}

fn messages() -> Vec<Seed> {
    let epoch = Epoch::first([1; 8]);
    let seq = |number| Seq::new(number).unwrap_or_default();
    let request = SyncRequest {
        epoch: Some(epoch),
        cursor: seq(7),
        push: vec![PushRow {
            row: BlindId([2; 16]),
            base: seq(3),
            envelope: b"sealed".to_vec(),
        }],
        ..SyncRequest::default()
    };
    let response = SyncResponse {
        epoch,
        now_ms: 1_700_000_000_000,
        results: vec![
            PushResult::Stored { seq: seq(8) },
            PushResult::Stale {
                seq: seq(4),
                envelope: Some(b"theirs".to_vec()),
            },
            PushResult::Stale {
                seq: seq(5),
                envelope: None,
            },
        ],
        page: vec![PageRow {
            row: BlindId([3; 16]),
            seq: seq(9),
            envelope: b"new".to_vec(),
        }],
        cursor: seq(9),
        more: true,
    };
    let digest = Digest {
        epoch,
        head: seq(9),
        buckets: wire::Buckets::default(),
    };
    let refusal = Refusal {
        code: Code::TooMany,
        retry_after_s: Some(9),
    };
    let poke = Poke {
        epoch,
        head: seq(12),
    };
    vec![
        ("wire", "request", request.encode()),
        ("wire", "first-request", SyncRequest::default().encode()),
        ("wire", "response", response.encode()),
        ("wire", "digest", digest.encode()),
        ("wire", "refusal", refusal.encode()),
        (
            "wire",
            "pokes",
            format!("event: {}\ndata: {poke}\n\n", Poke::EVENT).into_bytes(),
        ),
    ]
}

/// A store with a few rows, folded and not.
async fn store() -> Option<MemoryStorage> {
    let storage = MemoryStorage::new();
    let opened = replica::open(&storage, DeviceId(4), |_| {}).await.ok()?;
    let mut replica = opened.replica;
    for (number, value) in [(1, &b"a"[..]), (2, b"bc"), (1, b"d")] {
        let commit = replica.commit(CommitRequest {
            edits: vec![Edit {
                key: key(),
                field: FieldKey::plain(number),
                value: value.to_vec(),
                subject: Subject([9; 16]),
            }],
            author: "Li Wei".to_owned(),
            now_ms: 1_700_000_000_000,
            offset_ms: 0,
            record_activity: true,
        });
        storage.write(commit.ok()?.batch).await.ok()?;
        if number == 2 {
            storage.write(replica.fold(9)?).await.ok()?;
        }
    }
    Some(storage)
}

fn records() -> Vec<Seed> {
    let mut seeds: Vec<Seed> = Vec::new();
    if let Some(storage) = block_on(store()) {
        let shelves = BTreeMap::from([
            (Shelf::Segments, "segment"),
            (Shelf::Journal, "journal"),
            (Shelf::Outbox, "outbox"),
            (Shelf::Activity, "activity"),
        ]);
        for (shelf, name) in shelves {
            let records = block_on(storage.read(shelf, KeyRange::all(), Some(1)));
            let first = records.unwrap_or_default().pop();
            seeds.extend(first.map(|(_, bytes)| ("at_rest", name, bytes)));
        }
        let taken = block_on(backup::take(&storage)).unwrap_or_default();
        let cheap = Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let (salt, nonce) = (Salt([1; Salt::BYTES]), Nonce([2; Nonce::BYTES]));
        let sealed = sealed_file::seal("password", b"content", cheap, salt, nonce);
        seeds.extend(sealed.ok().map(|sealed| ("at_rest", "sealed-file", sealed)));
        seeds.push(("at_rest", "backup", taken));
    }
    let invite = Invite {
        team: TEAM,
        key: TeamKey::new(KEY),
        code: InviteCode::new([6; 16]),
    };
    let recovery = Recovery(invite.clone()).to_text();
    seeds.push(("at_rest", "recovery", recovery.as_bytes().to_vec()));
    if let Ok(endpoint) = EndpointAddress::from_text("https://teams.example.com") {
        let membership = Membership {
            team: TEAM,
            key: TeamKey::new(KEY),
            token: TokenSecret::new([3; 32]),
            endpoint: endpoint.clone(),
        };
        for write in membership.keep().into_writes() {
            if let Write::Put { value, .. } = write {
                seeds.push(("at_rest", "membership", value));
            }
        }
        let link = InviteLink { invite, endpoint }.to_text("https://tongxing.example/");
        seeds.push(("at_rest", "link", link.as_bytes().to_vec()));
    }
    seeds
}
