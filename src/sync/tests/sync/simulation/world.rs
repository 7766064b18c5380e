//! Tablets, an endpoint, and the messages between them.

use std::collections::{BTreeMap, BTreeSet};

use tongxing_sync::envelope::Sealer;
use tongxing_sync::member::{Comparison, Outgoing};
use tongxing_sync::row::{FieldKey, RowKey};
use tongxing_sync::storage::{Batch, Fault, MemoryStorage, Shelf, Storage};
use tongxing_sync::wire::{BlindId, Message, PushResult, SyncResponse};

use super::Step;
use super::counts::Counts;
use super::ledger::{Known, Ledger, WriteId, Written, id_of, value};
use crate::courier::{Line, Stopped, carry, here};
use crate::endpoint::Endpoint;
use crate::shop::{NOW, edit, key, rows};
use crate::tablet::{TEAM, Tablet, team_key};

/// A tablet and what is true of it.
pub(super) struct Device {
    pub(super) tablet: Tablet,
    /// What memory has taken in, and what the disk has.
    pub(super) known: Known,
    pub(super) stored: Known,
    pub(super) fault: Option<Fault>,
    pub(super) waits_for: Option<Outgoing>,
    pub(super) cut_off: bool,
    pub(super) backup: Option<(MemoryStorage, Known)>,
}

/// A message on its way. What it carries for whom is in the request that caused it.
#[derive(Clone)]
pub(super) struct Letter {
    device: usize,
    /// The start of the device that waits for it.
    incarnation: u64,
    outgoing: Outgoing,
    body: Vec<u8>,
}

/// What a blob has: one of them more than fits into one part.
fn drawing(blob: u8) -> Vec<u8> {
    let length = if blob == 7 {
        300_000
    } else {
        90 * usize::from(blob)
    };
    vec![blob; length]
}

pub(crate) struct World {
    pub(super) now_ms: u64,
    pub(super) fresh: u64,
    pub(super) devices: Vec<Device>,
    pub(super) incarnations: Vec<u64>,
    pub(super) endpoint: Endpoint,
    pub(super) backups: Vec<Endpoint>,
    pub(super) requests: Vec<Letter>,
    pub(super) responses: Vec<Letter>,
    pub(super) ledger: Ledger,
    pub(super) sealer: Sealer,
    pub(super) acknowledged: BTreeSet<WriteId>,
    /// Acknowledged, and gone with a disk before anybody else had them.
    pub(super) excused: BTreeSet<WriteId>,
    /// The blobs that a disk has, or had before it was lost.
    pub(super) drawn: BTreeSet<Vec<u8>>,
    pub(super) drawn_and_lost: BTreeSet<Vec<u8>>,
    /// Whether something has happened after which a conflict may be found that was none.
    pub(crate) disturbed: bool,
    pub(crate) counts: Counts,
}

impl World {
    pub(crate) fn new(tablets: usize) -> Self {
        let mut endpoint = Endpoint::new();
        // Some three rows: pages are many, and stale results run out of room.
        endpoint.page_bytes = 900;
        let devices: Vec<_> = (1..=tablets as u64)
            .map(|device| Device {
                tablet: Tablet::new(device),
                known: Known::new(),
                stored: Known::new(),
                fault: None,
                waits_for: None,
                cut_off: false,
                backup: None,
            })
            .collect();
        Self {
            now_ms: NOW,
            fresh: 1_000,
            incarnations: vec![0; devices.len()],
            devices,
            endpoint,
            backups: Vec::new(),
            requests: Vec::new(),
            responses: Vec::new(),
            ledger: Ledger::default(),
            sealer: Sealer::new(TEAM, &team_key()),
            acknowledged: BTreeSet::new(),
            excused: BTreeSet::new(),
            drawn: BTreeSet::new(),
            drawn_and_lost: BTreeSet::new(),
            disturbed: false,
            counts: Counts::default(),
        }
    }

    fn fresh(&mut self) -> u64 {
        self.fresh += 1;
        self.fresh
    }

    pub(crate) fn take(&mut self, step: Step) {
        self.counts.steps += 1;
        self.now_ms += 7;
        let count = self.devices.len();
        match step {
            Step::Edit {
                tablet,
                row,
                field,
                both,
            } => self.edit(tablet % count, row, field, both),
            Step::Bin { tablet, row } => self.bin(tablet % count, row),
            Step::Draw { tablet, blob } => self.draw(tablet % count, blob),
            Step::Carry {
                tablet,
                requests,
                unheard,
            } => {
                let line = Line { requests, unheard };
                self.carry(tablet % count, line);
            }
            Step::Pass { ms } => self.now_ms += ms,
            Step::SetClock { tablet, skew_ms } => self.set_clock(tablet % count, skew_ms),
            Step::Ask { tablet, wake } => self.ask(tablet % count, wake),
            Step::Arrive { message } => self.arrive(message),
            Step::Return { message } => self.come_back(message),
            Step::Drop { message, request } => self.lose(message, request),
            Step::Double { message, request } => self.double(message, request),
            Step::GiveUp { tablet } => self.give_up(tablet % count),
            Step::Partition { tablet } => {
                let device = &mut self.devices[tablet % count];
                device.cut_off = !device.cut_off;
                self.counts.note("partitions");
            }
            Step::Sync { tablet } => self.sync(tablet % count),
            Step::Crash { tablet } => {
                self.counts.note("crashes");
                self.restart(tablet % count);
            }
            Step::CrashWriting {
                tablet,
                after,
                unheard,
            } => {
                let device = &mut self.devices[tablet % count];
                let fault = if unheard {
                    Fault::CrashUnheard
                } else {
                    Fault::CrashAfter(after)
                };
                if device.fault.is_none() {
                    device.tablet.shop.storage.fail_next(fault.clone());
                    device.fault = Some(fault);
                }
            }
            Step::Fold { tablet } => self.fold(tablet % count),
            Step::BackUpTablet { tablet } => {
                let device = &mut self.devices[tablet % count];
                let copy = device.tablet.shop.storage.copy();
                device.backup = Some((copy, device.stored.clone()));
            }
            Step::RestoreTablet { tablet } => self.restore_tablet(tablet % count),
            Step::BackUpEndpoint => self.backups.push(self.endpoint.clone()),
            Step::RestoreEndpoint { backup } => self.restore_endpoint(backup),
            Step::Digest { tablet } => {
                let device = &mut self.devices[tablet % count];
                let compared = device.tablet.member.compare(&self.endpoint.digest());
                assert!(
                    !matches!(compared, Comparison::Repairing(_)),
                    "drift out of nothing"
                );
            }
        }
    }

    /// The older version knows neither table 9 nor field 900, and leaves them alone.
    fn place(&self, device: usize, row: u32, field: usize) -> (RowKey, u16) {
        let older = device == 0;
        let table = if row == 5 && !older { 9 } else { 1 };
        let field = match field {
            4 if !older => 900,
            field => 1 + field as u16,
        };
        (key(table, row), field)
    }

    fn edit(&mut self, at: usize, row: u32, field: usize, both: bool) {
        let mut edits = Vec::new();
        for field in [field, (field + 1) % 5]
            .into_iter()
            .take(1 + usize::from(both))
        {
            let (key, number) = self.place(at, row, field);
            if key.table.0 == 9 || number == 900 {
                self.counts.note("edits of unknown tables and fields");
            }
            let device = &self.devices[at];
            let present = device.tablet.shop.value(key, number);
            let written = Written {
                key,
                field: FieldKey::plain(number),
                replaced: present.as_deref().and_then(id_of),
                past: device.known.get(&key).cloned().unwrap_or_default(),
            };
            let id = self.ledger.write(written);
            edits.push((id, edit(key, number, &value(id))));
        }
        self.counts.note("edits");
        let ids: Vec<_> = edits.iter().map(|(id, edit)| (*id, edit.key)).collect();
        let device = &mut self.devices[at];
        let edits = edits.into_iter().map(|(_, edit)| edit).collect();
        let (_, written) = device.tablet.try_commit(edits, self.now_ms);
        for (id, key) in &ids {
            device.known.entry(*key).or_default().insert(*id);
        }
        if written {
            self.acknowledged.extend(ids.iter().map(|(id, _)| *id));
        } else {
            self.counts.note("edits refused by the disk");
        }
        self.after_writing(at, written);
    }

    fn bin(&mut self, at: usize, row: u32) {
        let (key, _) = self.place(at, row, 0);
        let device = &mut self.devices[at];
        let deleted = device
            .tablet
            .shop
            .replica
            .row(&key)
            .is_some_and(tongxing_sync::row::Row::deleted);
        self.counts
            .note(if deleted { "restores" } else { "deletes" });
        let deletion = tongxing_sync::replica::Edit {
            field: FieldKey::deletion(),
            ..edit(key, 0, &[u8::from(!deleted)])
        };
        let (_, written) = device.tablet.try_commit(vec![deletion], self.now_ms);
        self.after_writing(at, written);
    }

    fn draw(&mut self, at: usize, blob: u8) {
        let id = vec![b'b', blob];
        let mut batch = Batch::new();
        batch.put(Shelf::Blobs, id.clone(), drawing(blob));
        let storage = &self.devices[at].tablet.shop.storage;
        let written = pollster::block_on(storage.write(batch)).is_ok();
        if written {
            self.drawn.insert(id);
            self.counts.note("blobs drawn");
        } else {
            self.counts.note("blobs refused by the disk");
        }
        self.after_writing(at, written);
    }

    /// A device and the endpoint bring each other the blobs that they lack.
    pub(super) fn carry(&mut self, at: usize, line: Line) {
        let device = &mut self.devices[at];
        if device.cut_off || !device.tablet.member.status().caught_up {
            return;
        }
        let endpoint = &mut self.endpoint;
        let (carried, outcome) = carry(&mut device.tablet, endpoint, at, line, self.now_ms);
        self.counts.note_many("blobs sent", carried.sent);
        self.counts.note_many("blobs fetched", carried.fetched);
        self.counts
            .note_many("blobs that a restored endpoint lacked", carried.lacking);
        self.counts
            .note_many("blobs looked for in vain", carried.missed);
        if outcome == Err(Stopped::Line) {
            self.counts.note("blobs held up by the line");
        }
        self.after_writing(at, outcome != Err(Stopped::Disk));
    }

    fn set_clock(&mut self, at: usize, skew_ms: i64) {
        const HALF_A_YEAR: i64 = 180 * 24 * 60 * 60 * 1000;
        if skew_ms > HALF_A_YEAR {
            self.counts.note("clocks a year ahead");
        } else if skew_ms < -HALF_A_YEAR {
            self.counts.note("clocks a year behind");
        }
        self.devices[at].tablet.skew_ms = skew_ms;
    }

    /// Says what the disk has after a write, and starts the device again if that failed.
    fn after_writing(&mut self, at: usize, written: bool) {
        let device = &mut self.devices[at];
        if written {
            device.stored.clone_from(&device.known);
            return;
        }
        match device.fault {
            Some(Fault::CrashUnheard) => {
                device.stored.clone_from(&device.known);
                self.counts.note("crashes after a transaction, unheard");
            }
            _ => self.counts.note("crashes within a transaction"),
        }
        self.disturbed = true;
        self.restart(at);
    }

    pub(super) fn restart(&mut self, at: usize) {
        let fresh = self.fresh();
        self.incarnations[at] += 1;
        let device = &mut self.devices[at];
        if device.waits_for.take().is_some() {
            self.disturbed = true;
        }
        device.tablet = device.tablet.restarted(fresh, self.now_ms);
        device.fault = None;
        device.known.clone_from(&device.stored);
    }

    fn restore_tablet(&mut self, at: usize) {
        let fresh = self.fresh();
        let device = &mut self.devices[at];
        let Some((disk, known)) = &device.backup else {
            return;
        };
        self.counts.note("tablets restored");
        self.incarnations[at] += 1;
        self.disturbed = true;
        let drawn = here(&device.tablet);
        let restored = device.tablet.restored(&disk.copy(), fresh, self.now_ms);
        let kept = here(&restored);
        self.drawn_and_lost.extend(drawn.difference(&kept).cloned());
        let lost: BTreeSet<_> = device
            .known
            .iter()
            .flat_map(|(key, ids)| {
                let kept = known.get(key);
                ids.iter()
                    .copied()
                    .filter(move |id| kept.is_none_or(|kept| !kept.contains(id)))
            })
            .collect();
        device.known = known.clone();
        device.stored = known.clone();
        device.tablet = restored;
        device.fault = None;
        device.waits_for = None;
        self.excused.extend(lost);
    }

    fn restore_endpoint(&mut self, backup: usize) {
        if self.backups.is_empty() {
            return;
        }
        let fresh = self.fresh();
        self.counts.note("endpoints restored");
        self.disturbed = true;
        let backup = backup % self.backups.len();
        self.endpoint = self.backups[backup].restored(fresh);
    }

    fn fold(&mut self, at: usize) {
        let device = &mut self.devices[at];
        let Some(batch) = device.tablet.shop.replica.fold(2) else {
            return;
        };
        let written = pollster::block_on(device.tablet.shop.storage.write(batch)).is_ok();
        self.after_writing(at, written);
    }

    fn ask(&mut self, at: usize, wake: bool) {
        let now_ms = self.now_ms;
        let device = &mut self.devices[at];
        if wake {
            device.tablet.member.wake();
        }
        device.tablet.read_activities(now_ms);
        let Some(outgoing) = device.tablet.next_request(now_ms) else {
            return;
        };
        let keys: BTreeMap<BlindId, RowKey> = rows(&device.tablet.shop.replica)
            .into_keys()
            .map(|key| (self.sealer.blind(key), key))
            .collect();
        for row in &outgoing.request.push {
            let Some(key) = keys.get(&row.row) else {
                self.counts.note("activities sent");
                continue;
            };
            let known = device.known.get(key).cloned().unwrap_or_default();
            self.ledger.sealed(&row.envelope, *key, known);
        }
        device.waits_for = Some(outgoing.clone());
        self.requests.push(Letter {
            device: at,
            incarnation: self.incarnations[at],
            body: outgoing.request.encode(),
            outgoing,
        });
    }

    fn arrive(&mut self, message: usize) {
        if self.requests.is_empty() {
            return;
        }
        let message = message % self.requests.len();
        if message > 0 {
            self.counts.note("requests out of order");
        }
        let letter = self.requests.remove(message);
        if self.devices[letter.device].cut_off {
            self.counts.note("messages stopped by a partition");
            return;
        }
        let body = self.endpoint.answer(&letter.body, self.now_ms);
        self.responses.push(Letter { body, ..letter });
    }

    fn come_back(&mut self, message: usize) {
        if self.responses.is_empty() {
            return;
        }
        let message = message % self.responses.len();
        let letter = self.responses.remove(message);
        if self.devices[letter.device].cut_off {
            self.counts.note("messages stopped by a partition");
            return;
        }
        self.hear(&letter);
    }

    /// A device takes a response in.
    fn hear(&mut self, letter: &Letter) {
        let at = letter.device;
        let fresh = self.fresh();
        let device = &mut self.devices[at];
        let waited = self.incarnations[at] == letter.incarnation
            && device.waits_for.as_ref() == Some(&letter.outgoing);
        if !waited {
            self.counts.note("responses too late");
            if self.incarnations[at] != letter.incarnation {
                // A response to a request of an earlier start reaches nobody.
                return;
            }
        } else {
            device.waits_for = None;
        }
        let (step, written) =
            device
                .tablet
                .take(&letter.outgoing, &letter.body, fresh, self.now_ms);
        if waited {
            let response = SyncResponse::decode(&letter.body).unwrap();
            if response.more {
                self.counts.note("pages with more to come");
            }
            // A version beyond the cursor is left for its page.
            let stale = response.results.iter().filter_map(|result| match result {
                PushResult::Stale { seq, envelope } => {
                    self.counts.note("stale results");
                    envelope.as_ref().filter(|_| *seq <= response.cursor)
                }
                PushResult::Stored { .. } => None,
            });
            let page = response.page.iter().map(|row| &row.envelope);
            for envelope in stale.chain(page) {
                if let Some((key, known)) = self.ledger.opened(envelope) {
                    device.known.entry(*key).or_default().extend(known);
                }
            }
        } else {
            assert!(step.batch.is_empty() && step.changed.is_empty());
        }
        self.counts.note_many("conflicts", step.conflicts.len());
        self.counts
            .note_many("rows restamped", step.restamped.len());
        assert_eq!(step.unopened, []);
        if written && step.look_at_activities {
            device.tablet.look_at_activities();
        }
        self.after_writing(at, written);
    }

    fn lose(&mut self, message: usize, request: bool) {
        let (letters, name) = if request {
            (&mut self.requests, "requests dropped")
        } else {
            (&mut self.responses, "responses dropped")
        };
        if letters.is_empty() {
            return;
        }
        let letter = letters.remove(message % letters.len());
        self.counts.note(name);
        self.disturbed = true;
        if self.incarnations[letter.device] == letter.incarnation {
            self.give_up(letter.device);
        }
    }

    fn double(&mut self, message: usize, request: bool) {
        let (letters, name) = if request {
            (&mut self.requests, "requests doubled")
        } else {
            (&mut self.responses, "responses doubled")
        };
        if letters.is_empty() {
            return;
        }
        letters.push(letters[message % letters.len()].clone());
        self.counts.note(name);
    }

    fn give_up(&mut self, at: usize) {
        let device = &mut self.devices[at];
        if let Some(outgoing) = device.waits_for.take() {
            device.tablet.member.lost(outgoing.ticket);
            self.disturbed = true;
        }
    }

    /// A device and the endpoint talk until nothing is due, or something breaks.
    pub(super) fn sync(&mut self, at: usize) {
        if self.devices[at].cut_off {
            self.counts.note("messages stopped by a partition");
            return;
        }
        self.give_up(at);
        let start = self.incarnations[at];
        self.devices[at].tablet.member.wake();
        for _ in 0..10_000 {
            self.ask(at, false);
            if self.devices[at].waits_for.is_none() {
                return;
            }
            let letter = self.requests.pop().unwrap();
            let body = self.endpoint.answer(&letter.body, self.now_ms);
            self.hear(&Letter { body, ..letter });
            if self.incarnations[at] != start {
                return;
            }
        }
        panic!("syncing does not come to an end");
    }

    /// Every message on its way arrives.
    pub(crate) fn deliver_all(&mut self) {
        while !self.requests.is_empty() {
            self.arrive(0);
        }
        while !self.responses.is_empty() {
            self.come_back(0);
        }
    }
}
