//! Syncing until nothing is due: carries the member's requests and writes what comes of them.

use std::thread;
use std::time::Duration;

use serde::Serialize;
use tongxing_sync::backoff::Backoff;
use tongxing_sync::blob::Sealer;
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::envelope::Nonce;
use tongxing_sync::member::{Comparison, Member, Step};
use tongxing_sync::membership::Membership;
use tongxing_sync::replica::Replica;
use tongxing_sync::storage::{KeyRange, Records, Shelf, Storage as _};
use tongxing_sync::wire::{Code, Digest, Message as _, PushResult, SyncRequest, SyncResponse};

use crate::chance;
use crate::endpoint::{Endpoint, EndpointError};
use crate::failure::Failure;
use crate::session::Session;

/// How often in a row nobody may answer.
const TRIES: u32 = 4;
/// No longer is waited for an endpoint that asks for patience, in milliseconds.
const LONGEST_WAIT_MS: u64 = 70_000;
/// So many records of activity are read for one push.
const ACTIVITIES_AT_ONCE: usize = 256;
/// How often digests are compared: others may push in between.
const COMPARISONS: usize = 5;

/// What came of a sync.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Synced {
    /// Rows that others changed.
    pub(crate) received: usize,
    /// Rows that the endpoint has taken.
    pub(crate) sent: usize,
    /// Rows that still wait, such as a viewer's.
    pub(crate) waiting: usize,
    /// Edits of one field that did not know of each other: found here, now.
    pub(crate) conflicts: usize,
    /// Such edits, wherever they were found, that nobody has decided yet.
    pub(crate) undecided: usize,
    /// Rows that could not be opened.
    pub(crate) unopened: usize,
    /// Rows that are too long to be sent.
    pub(crate) too_long: usize,
    /// Whether the device may only read.
    pub(crate) read_only: bool,
    /// Whether the endpoint was restored from a backup.
    pub(crate) endpoint_restored: bool,
    /// Rows whose stamps had run ahead of the time and were put back.
    pub(crate) restamped: usize,
    /// Rows from a device whose clock is far ahead.
    pub(crate) far_future: usize,
    /// Whether what is here and what the endpoint has were found to be the same.
    pub(crate) compared: bool,
    /// Signatures, photos and files that the endpoint has taken.
    pub(crate) blobs_sent: usize,
    /// Those that have come.
    pub(crate) blobs_received: usize,
    /// Those that stay here: a viewer's, or too large.
    pub(crate) blobs_waiting: usize,
    /// Those that the endpoint does not have, or that cannot be opened.
    pub(crate) blobs_missing: usize,
}

/// A session that syncs.
pub(crate) struct Syncing<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) member: Member,
    pub(crate) endpoint: Endpoint,
    pub(crate) backoff: Backoff,
    pub(crate) synced: Synced,
    pub(crate) blobs: Sealer,
}

impl<'a> Syncing<'a> {
    /// Prepares to sync, asking the endpoint for the device's role.
    ///
    /// # Errors
    /// The endpoint does not answer or refuses, or the disk failed.
    pub(crate) async fn new(
        session: &'a mut Session,
        membership: &Membership,
    ) -> Result<Self, Failure> {
        let endpoint = Endpoint::of_member(membership)?;
        let member = session.member(membership).await?;
        let mut syncing = Self {
            session,
            member,
            endpoint,
            backoff: Backoff::default(),
            synced: Synced::default(),
            blobs: Sealer::new(membership.team, &membership.key),
        };
        let me = syncing.patiently(|endpoint| endpoint.json("GET", "/v1/me", None))?;
        let read_only = me.get("role").and_then(|role| role.as_str()) == Some("viewer");
        syncing.member.set_read_only(read_only);
        Ok(syncing)
    }

    /// Sends nothing from now on.
    pub(crate) const fn receive_only(&mut self) {
        self.member.set_read_only(true);
    }

    /// Sends and receives until nothing is due, then compares digests and repairs what differs.
    ///
    /// # Errors
    /// The endpoint does not answer or refuses, or the disk failed. What was received and sent until
    /// then is kept, and syncing again goes on from there.
    pub(crate) async fn run(mut self) -> Result<Synced, Failure> {
        self.member.wake();
        self.settle().await?;
        self.carry().await?;
        for _ in 0..COMPARISONS {
            self.member.wake();
            self.settle().await?;
            let digest: Digest = self.patiently(|endpoint| endpoint.message("/v1/digest", None))?;
            match self.member.compare(&digest) {
                Comparison::Equal => {
                    self.synced.compared = true;
                    break;
                }
                Comparison::Repairing(_) => self.settle().await?,
                // Somebody has pushed in between.
                Comparison::NotNow => {}
            }
        }
        let status = self.member.status();
        let conflicts = self.session.replica.rows(conflict::TABLE);
        let undecided = conflicts.filter(|(_, row)| !Conflict::is_resolved(row));
        self.synced.undecided = undecided.count();
        self.synced.waiting = status.waiting;
        self.synced.unopened = status.unopened;
        self.synced.too_long = status.too_long;
        self.synced.read_only = status.read_only;
        Ok(self.synced)
    }

    /// Receives what is new, without which nothing can be compared, and holds what is here against what
    /// the endpoint has; how many rows wait to be sent. Nothing is sent or repaired.
    ///
    /// # Errors
    /// The endpoint does not answer or refuses.
    pub(crate) async fn compare(mut self) -> Result<(Comparison, usize), Failure> {
        self.receive_only();
        self.member.wake();
        self.settle().await?;
        let digest: Digest = self.patiently(|endpoint| endpoint.message("/v1/digest", None))?;
        Ok((self.member.compare(&digest), self.member.status().waiting))
    }

    async fn settle(&mut self) -> Result<(), Failure> {
        loop {
            self.read_activities().await?;
            let (request, random) = self.next_request()?;
            let Some(outgoing) = request else {
                return Ok(());
            };
            let ticket = outgoing.ticket;
            if !random {
                self.member.lost(ticket);
                return Err(Failure::NoRandomness);
            }
            let pushed = !outgoing.request.push.is_empty();
            let answer = self.exchange(&outgoing.request);
            let response = match answer {
                Ok(response) => response,
                Err(error) => {
                    let refusal = match &error {
                        EndpointError::Refused { refusal } => Some(*refusal),
                        _ => None,
                    };
                    match &refusal {
                        Some(refusal) => self.member.refused(ticket, refusal),
                        None => self.member.lost(ticket),
                    }
                    // A viewer goes on reading.
                    if pushed && refusal.is_some_and(|refusal| refusal.code == Code::Forbidden) {
                        continue;
                    }
                    self.wait(&error)?;
                    continue;
                }
            };
            self.backoff.succeeded();
            let stored = |result: &&PushResult| matches!(result, PushResult::Stored { .. });
            self.synced.sent += response.results.iter().filter(stored).count();
            let name = self.session.signed();
            let replica: &mut Replica = &mut self.session.replica;
            let (now_ms, fresh) = (chance::now_ms()?, chance::device()?);
            let step = self
                .member
                .answered(replica, ticket, response, now_ms, fresh);
            let step = step.map_err(|_| EndpointError::Misfit)?;
            let renewed = step.new_device.is_some();
            let look_at_activities = step.look_at_activities;
            self.take(step).await?;
            if look_at_activities {
                let keys = self.session.activities().await?;
                self.member.activities_on_shelf(keys);
            }
            if let Some(name) = name.filter(|_| renewed) {
                // The same person edits under another id from now on.
                self.sign(&name).await?;
            }
        }
    }

    /// Tells the others what whoever edits on this device is called; a viewer, who edits nothing, tells
    /// nothing.
    ///
    /// # Errors
    /// The disk failed.
    pub(crate) async fn sign(&mut self, name: &str) -> Result<(), Failure> {
        if self.member.status().read_only {
            return Ok(());
        }
        let Some(signed) = self.session.sign(name, self.member.offset_ms())? else {
            return Ok(());
        };
        self.member.committed(&signed);
        self.session.write(signed).await
    }

    /// Reads the records of activity that are due to be pushed.
    async fn read_activities(&mut self) -> Result<(), Failure> {
        let now_ms = chance::now_ms()?;
        let replica = &mut self.session.replica;
        let due = self
            .member
            .activities_due(replica, now_ms, ACTIVITIES_AT_ONCE);
        let mut records = Records::new();
        for key in &due {
            let one = KeyRange::one(key.clone());
            let read = self.session.store.read(Shelf::Activity, one, None);
            records.extend(read.await?);
        }
        self.member.activities_read(&due, records);
        Ok(())
    }

    /// The next request, and whether its random numbers are.
    fn next_request(&mut self) -> Result<(Option<tongxing_sync::member::Outgoing>, bool), Failure> {
        let mut random = true;
        let mut nonce = || match chance::draw() {
            Ok(bytes) => Nonce(bytes),
            Err(_) => {
                random = false;
                Nonce([0; Nonce::BYTES])
            }
        };
        let replica = &self.session.replica;
        let request = self
            .member
            .next_request(replica, chance::now_ms()?, &mut nonce);
        Ok((request, random))
    }

    fn exchange(&self, request: &SyncRequest) -> Result<SyncResponse, EndpointError> {
        self.endpoint.message("/v1/sync", Some(&request.encode()))
    }

    async fn take(&mut self, step: Step) -> Result<(), Failure> {
        self.session.write(step.batch).await?;
        self.synced.received += step.changed.len();
        self.synced.conflicts += step.conflicts.len();
        self.synced.restamped += step.restamped.len();
        self.synced.far_future += step.far_future.len();
        self.synced.endpoint_restored |= step.new_epoch;
        Ok(())
    }

    /// Asks until there is an answer, or it is no use.
    pub(crate) fn patiently<T>(
        &mut self,
        ask: impl Fn(&Endpoint) -> Result<T, EndpointError>,
    ) -> Result<T, Failure> {
        loop {
            match ask(&self.endpoint) {
                Ok(answer) => {
                    self.backoff.succeeded();
                    return Ok(answer);
                }
                Err(error) => self.wait(&error)?,
            }
        }
    }

    /// Waits before asking again; gives the error back if that is no use.
    pub(crate) fn wait(&mut self, error: &EndpointError) -> Result<(), Failure> {
        let retry_after_s = match error {
            EndpointError::Refused { refusal } => refusal.retry_after_s,
            _ => None,
        };
        let random = u32::from_be_bytes(chance::draw()?);
        let wait_ms = self.backoff.failed(random, retry_after_s);
        if !error.may_pass() || self.backoff.failures() >= TRIES || wait_ms > LONGEST_WAIT_MS {
            return Err(error.clone().into());
        }
        thread::sleep(Duration::from_millis(wait_ms));
        Ok(())
    }
}
