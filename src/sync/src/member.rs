//! A member of a team: what a device needs besides its [`Replica`] to keep one book with others.
//!
//! It sends and receives nothing by itself. The shell tells it what happened, writes the batches
//! that it hands out, in order with those of the replica, and carries its requests:
//!
//! | what happened | what to call | what comes of it |
//! | --- | --- | --- |
//! | a commit was applied | [`Member::committed`] | the rows wait to be sent |
//! | another tab committed | [`Member::absorb_outbox`] | the same |
//! | the network is there, a minute has passed | [`Member::wake`] | a request is due |
//! | the endpoint poked | [`Member::poked`] | a request is due if the head has moved |
//! | time for a request | [`Member::next_request`] | a body to send, until nothing is due |
//! | a response came | [`Member::answered`] | a [`Step`]: a batch, changed rows, conflicts |
//! | none came, or a refusal | [`Member::lost`], [`Member::refused`] | the same goes out again |
//! | the store was opened, [`Step::look_at_activities`] | [`Member::activities_on_shelf`] | activity waits to be sent |
//! | before each request | [`Member::activities_due`], [`Member::activities_read`] | a request is due |
//! | a digest came | [`Member::compare`] | repair, if the two have drifted apart |
//!
//! # How it goes
//!
//! * **Pull, then push.** Nothing is pushed before everything has been pulled and the time has
//!   been learnt within the last minute. So the device's wall time may jump as it likes: stamps
//!   that have run ahead are put back before anybody sees them ([`Step::restamped`]).
//! * **In order.** Conflicts are pushed before the rows they are about, and versions are taken in
//!   the order of the feed: whoever has what won also has what lost.
//! * **What is pushed** is every row that is not known to be complete at the endpoint: edited
//!   rows (the outbox), rows that the endpoint has never had, rows whose version there lacks
//!   something. Joining a team with a full book, a new epoch and a lost record are all the same.
//! * **Conflicts.** When a version brings, for a field that waits, another stamp greater than the
//!   base of what waits, neither edit knew of the other: a [`crate::conflict`] row keeps the one
//!   that loses. A smaller stamp only means that the version is older. Two stamps of one device
//!   are never concurrent.
//! * **A restored endpoint** begins a new epoch, which has the versions up to its origin in common
//!   with those before. Rows that were seen beyond are *in doubt* until the endpoint has them
//!   again: others may meanwhile have edited them without knowing. Until then any difference from
//!   a version beyond the origin counts as concurrent. That finds every loss, and now and then a
//!   conflict that was none.
//! * **What cannot be opened** is kept aside and tried again by the next version of the program;
//!   the row is not pushed over it. Only what was sealed by no member is overwritten.

mod activities;
mod answer;
mod history;
mod push;
mod repair;
mod restamp;
mod take;
mod unopened;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::envelope::{OpenError, Sealer};
use crate::hlc::DeviceId;
use crate::journal::CommitKey;
use crate::outbox::Outbox;
use crate::quarantine::{self, Quarantined};
use crate::replica::Replica;
use crate::row::RowKey;
use crate::storage::{Batch, KeyRange, Records, Shelf, Write};
use crate::team_key::TeamKey;
use crate::wire::{BlindId, Code, Epoch, Poke, Refusal, Seq, SyncRequest, TeamId};

use activities::Activities;
use history::History;
use push::Sent;
pub use repair::Comparison;
use repair::Repair;
use unopened::Unopened;
use waiting::Waiting;

/// How long the time that was learnt is good for, in milliseconds of the device's wall time.
const FRESH_MS: u64 = 60_000;

/// Tells the request that a response belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

/// A request to be sent to `POST /v1/sync`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// To be given back with the response.
    pub ticket: Ticket,
    /// The body.
    pub request: SyncRequest,
}

/// The request that is on its way.
#[derive(Debug)]
struct Flight {
    ticket: Ticket,
    sent_ms: u64,
    cursor: Seq,
    repairs: bool,
    rows: Vec<Sent>,
}

/// What came of a response. Memory has it already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// To be written, after all batches handed out before it; never dropped.
    pub batch: Batch,
    /// The rows that changed, conflicts included.
    pub changed: Vec<RowKey>,
    /// Rows of [`crate::conflict::TABLE`] that were found here, now.
    pub conflicts: Vec<RowKey>,
    /// Rows with a stamp more than a minute ahead: some device's time is wrong.
    pub far_future: Vec<RowKey>,
    /// Rows whose stamps had run ahead of the time and were put back: this device's time is, or
    /// was, wrong. Other tabs must open the store anew, for a join would bring the old ones back.
    pub restamped: Vec<RowKey>,
    /// What could not be opened, and why.
    pub unopened: Vec<(BlindId, OpenError)>,
    /// Whether the endpoint has begun a new epoch: it was restored from a backup.
    pub new_epoch: bool,
    /// Whether the endpoint may lack records of activity that it had: hand their keys over once more
    /// ([`Member::activities_on_shelf`]).
    pub look_at_activities: bool,
    /// The device's new id, if stamps were put back, or if stamps of the old id have come that this
    /// store never gave: it is a copy, or was put back from a backup.
    pub new_device: Option<DeviceId>,
}

/// A response that does not fit its request. Nothing of it has been used; try again later, and
/// update the program or the endpoint if it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProtocolError {
    /// Not one result for each pushed row.
    #[error("the endpoint answered {found} of {expected} pushed rows")]
    Results {
        /// How many rows were pushed.
        expected: usize,
        /// How many results came.
        found: usize,
    },
}

/// How a member stands, for the shell to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Rows that wait to be sent.
    pub waiting: usize,
    /// Whether everything there was has been received.
    pub caught_up: bool,
    /// The last version received.
    pub cursor: Seq,
    /// Rows that do not fit an envelope, and stay on this device.
    pub too_long: usize,
    /// Versions that could not be opened.
    pub unopened: usize,
    /// Whether the member may only read.
    pub read_only: bool,
}

/// A member, as its records were read.
#[derive(Debug)]
pub struct Opened {
    /// The member.
    pub member: Member,
    /// What the opening changed: versions that can be opened by now, damaged records set aside.
    pub step: Step,
}

/// A device's part in a team. See the [module](self) for what the shell has to do.
#[derive(Debug)]
pub struct Member {
    sealer: Sealer,
    history: History,
    waiting: Waiting,
    /// Rows that the endpoint is not known to have in full, whether or not they were edited.
    offers: BTreeSet<RowKey>,
    unopened: Unopened,
    activities: Activities,
    /// Rows that do not fit an envelope, with their length then: a shorter one is tried again.
    too_long: BTreeMap<RowKey, usize>,
    /// The device's wall time when the endpoint's time was last learnt.
    learnt_ms: Option<u64>,
    flight: Option<Flight>,
    repair: Option<Repair>,
    tickets: u64,
    pull_due: bool,
    caught_up: bool,
    read_only: bool,
    /// Where the next push goes on, so that every row has its turn.
    turn: RowKey,
}

impl Member {
    fn new(sealer: Sealer, history: History) -> Self {
        Self {
            sealer,
            history,
            waiting: Waiting::new(),
            offers: BTreeSet::new(),
            unopened: Unopened::default(),
            activities: Activities::default(),
            too_long: BTreeMap::new(),
            learnt_ms: None,
            flight: None,
            repair: None,
            tickets: 0,
            pull_due: true,
            caught_up: false,
            read_only: false,
            turn: RowKey::default(),
        }
    }

    /// Makes the store a member of a team, with every row it has to offer. `outbox` is that whole
    /// shelf. The batch of the step is to be written first.
    #[must_use]
    pub fn join(team: TeamId, key: &TeamKey, outbox: Records, replica: &Replica) -> Opened {
        let mut member = Self::new(Sealer::new(team, key), History::new(team));
        let mut step = Step {
            batch: Self::leave(),
            ..Step::default()
        };
        member.take_outbox(outbox, &mut step.batch);
        member.offer_what_is_not_there(replica);
        member.history.flush(&mut step.batch);
        Opened { member, step }
    }

    /// Reads a member's records: `meta` is what lies under [`Member::meta_range`], `outbox` that
    /// whole shelf. What is damaged is asked for, or offered, again.
    #[must_use]
    pub fn open(
        team: TeamId,
        key: &TeamKey,
        meta: Records,
        outbox: Records,
        replica: &mut Replica,
        now_ms: u64,
    ) -> Opened {
        let (history, _) = History::read(team, &meta);
        let mut member = Self::new(Sealer::new(team, key), history);
        let mut step = Step::default();
        let damaged = member.take_outbox(outbox, &mut step.batch);
        if damaged {
            // What the lost records named is unknown: every row is offered once more.
            member.history.start_over();
        }
        member.unopened = Unopened::read(meta);
        member.offer_what_is_not_there(replica);
        member.open_what_can_be(replica, now_ms, &mut step);
        Opened { member, step }
    }

    /// Where a member's own records lie on the meta shelf.
    #[must_use]
    pub fn meta_range() -> KeyRange {
        KeyRange::prefix(history::PREFIX)
    }

    /// Forgets the team. The rows stay, and so does what waits.
    #[must_use]
    pub fn leave() -> Batch {
        let mut batch = Batch::new();
        batch.delete_range(Shelf::Meta, Self::meta_range());
        batch
    }

    /// Takes note of a commit of this opening, by its batch.
    pub fn committed(&mut self, batch: &Batch) {
        for write in batch.writes() {
            let Write::Put { shelf, key, value } = write else {
                continue;
            };
            match shelf {
                Shelf::Outbox => {
                    if let (Some(record), Ok(outbox)) =
                        (CommitKey::from_bytes(key), Outbox::decode(value))
                    {
                        self.waiting.add(record, outbox);
                    }
                }
                Shelf::Activity => self.activities.written(key),
                _ => {}
            }
        }
    }

    /// Takes in outbox records that another tab wrote, as read from their shelf. Those that are
    /// known already are passed over. Damaged ones stay where they are until the next opening.
    pub fn absorb_outbox(&mut self, records: Records) {
        for (key, bytes) in records {
            if let (Some(record), Ok(outbox)) =
                (CommitKey::from_bytes(&key), Outbox::decode(&bytes))
            {
                self.waiting.add(record, outbox);
            }
        }
    }

    /// Takes the outbox in, sets damaged records aside, and says whether there were any.
    fn take_outbox(&mut self, records: Records, batch: &mut Batch) -> bool {
        let mut damaged = false;
        for (key, bytes) in records {
            let reason = match Outbox::decode(&bytes) {
                Ok(outbox) => match CommitKey::from_bytes(&key) {
                    Some(record) => {
                        self.waiting.add(record, outbox);
                        continue;
                    }
                    None => crate::format::Damage::Misplaced,
                },
                Err(reason) => reason,
            };
            damaged = true;
            let aside = Quarantined {
                key: None,
                bytes,
                reason,
            };
            batch.append(quarantine::keep(Shelf::Outbox, &key, &[aside]));
            batch.delete(Shelf::Outbox, key);
        }
        damaged
    }

    /// Finds all rows that the endpoint is not known to have in full.
    fn offer_what_is_not_there(&mut self, replica: &Replica) {
        self.offers = replica
            .tables()
            .flat_map(|table| {
                replica
                    .rows(table)
                    .map(move |(id, _)| RowKey::new(table, id))
            })
            .filter(|key| !self.history.seen(self.sealer.blind(*key)).complete())
            .collect();
    }

    /// Pulls everything anew, keeping what is here: after rows were lost on the device, as when
    /// opening the store had to set some aside.
    pub fn start_over(&mut self, replica: &Replica) -> Batch {
        let mut batch = Batch::new();
        self.history.start_over();
        self.restart(replica);
        self.history.flush(&mut batch);
        batch
    }

    /// Everything but the history itself, for a history that starts again.
    fn restart(&mut self, replica: &Replica) {
        self.unopened.restart();
        self.activities.read.clear();
        self.flight = None;
        self.repair = None;
        self.caught_up = false;
        self.pull_due = true;
        self.offer_what_is_not_there(replica);
    }

    /// What the endpoint's time adds to the device's, in milliseconds: for commits.
    #[must_use]
    pub const fn offset_ms(&self) -> i64 {
        self.history.offset_ms
    }

    /// The endpoint's epoch, once it is known.
    #[must_use]
    pub const fn epoch(&self) -> Option<Epoch> {
        self.history.epoch
    }

    /// How things stand.
    #[must_use]
    pub fn status(&self) -> Status {
        let edited = self.waiting.keys();
        let offered = edited.filter(|key| self.offers.contains(key)).count();
        Status {
            waiting: self.waiting.len() + self.offers.len() - offered,
            caught_up: self.caught_up,
            cursor: self.history.cursor,
            too_long: self.too_long.len(),
            unopened: self.unopened.len(),
            read_only: self.read_only,
        }
    }

    /// Makes a request due: to be called when the network comes back, and now and then.
    pub const fn wake(&mut self) {
        self.pull_due = true;
    }

    /// The endpoint says that its head has moved.
    pub fn poked(&mut self, poke: Poke) {
        if self.history.epoch != Some(poke.epoch) || self.history.cursor < poke.head {
            self.pull_due = true;
        }
    }

    /// Whether the member's role lets it push; a viewer's does not.
    pub const fn set_read_only(&mut self, read_only: bool) {
        self.read_only = read_only;
    }

    /// No response came: what was pushed may or may not have arrived, and goes out again.
    pub fn lost(&mut self, ticket: Ticket) {
        if let Some(flight) = self.flight.take_if(|flight| flight.ticket == ticket) {
            self.pull_due |= flight.rows.is_empty();
        }
    }

    /// The endpoint refused. A viewer goes on pulling; everything else is as if no response had
    /// come, and the shell decides when to go on.
    pub fn refused(&mut self, ticket: Ticket, refusal: &Refusal) {
        let pushed = self
            .flight
            .as_ref()
            .is_some_and(|flight| flight.ticket == ticket && !flight.rows.is_empty());
        if pushed && refusal.code == Code::Forbidden {
            self.read_only = true;
        }
        self.lost(ticket);
    }

    /// Whether the time was learnt within the last minute.
    fn knows_time(&self, now_ms: u64) -> bool {
        self.learnt_ms
            .and_then(|learnt| now_ms.checked_sub(learnt))
            .is_some_and(|ago| ago <= FRESH_MS)
    }
}
