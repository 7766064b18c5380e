//! Drives the member's state machine: carries its requests, writes its batches, listens for pokes.
//! One tab of the device has one, and only while it is in a team.

mod activities;
mod ahead;
mod courier;
mod pokes;

use super::Driving;
use super::bell::{Bell, Ring};
use super::error::TeamError;
use super::link::{Failure, Link};
use super::status::{Phase, SyncStatus};
use crate::platform::{clock, idle, network, random_ids, tabs, typing};
use crate::state::store::{Store, Stored};
use ahead::Ahead;
use courier::Courier;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tongxing_sync::backoff::Backoff;
use tongxing_sync::blob;
use tongxing_sync::envelope::Nonce;
use tongxing_sync::member::{Member, Opened, Outgoing, Step};
use tongxing_sync::membership::Membership;
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage};
use tongxing_sync::wire::{Code, Digest, Epoch, PushResult, SyncRequest, SyncResponse};
use tongxing_view::prelude::*;

/// Edits that follow each other are sent together, in milliseconds.
const GATHERS_MS: u32 = 300;
/// So many batches may be on their way to the disk while the next page is taken in.
const BATCHES_AHEAD: usize = 2;
/// How often it is looked for news while pokes come, and while they do not, in milliseconds.
const LOOKS_MS: [u32; 2] = [10 * 60_000, 60_000];
/// Nothing comes under the finger of somebody who has typed so recently, in milliseconds,
const TYPING_MS: u32 = 1_500;
/// which is looked at so often,
const TYPING_LOOKS_MS: u32 = 100;
/// but no more often than this: news is not held back for ever.
const TYPING_LOOKS: u32 = 200;

/// What other tabs are told when stamps were put back: joining what they have would undo it.
pub(super) const REOPEN: &str = "reopen";

/// Drives one membership.
pub(super) struct Driver {
    store: Store,
    link: Link,
    member: RefCell<Option<Member>>,
    /// What was committed while the member's records were read.
    early: RefCell<Vec<Batch>>,
    status: RwSignal<SyncStatus>,
    bell: Bell,
    courier: Courier,
    /// The last version that the endpoint has told of.
    head: Cell<u64>,
    far_future: Cell<bool>,
    listening: Cell<bool>,
    compared: Cell<bool>,
    /// Whether another tab has written since it was looked which activity there is.
    elsewhere: Cell<bool>,
    stopped: Cell<bool>,
}

impl Driving for Driver {
    fn stop(&self) {
        self.stopped.set(true);
        self.store.follow(None);
        self.wake();
    }

    fn wake(&self) {
        self.bell.ring(Ring::Wake);
        self.courier.ring();
    }
}

impl Driver {
    /// Starts to drive. If records were lost on the device, everything is fetched once more.
    pub(super) fn start(
        store: Store,
        membership: Membership,
        lost: bool,
        status: RwSignal<SyncStatus>,
    ) -> Rc<Self> {
        let driver = Rc::new(Self {
            store,
            link: Link::of_member(&membership),
            member: RefCell::default(),
            early: RefCell::default(),
            status,
            bell: Bell::default(),
            courier: Courier::new(&membership),
            head: Cell::new(0),
            far_future: Cell::new(false),
            listening: Cell::new(false),
            compared: Cell::new(false),
            elsewhere: Cell::new(false),
            stopped: Cell::new(false),
        });
        typing::follow();
        let told = Rc::downgrade(&driver);
        store.follow(Some(Rc::new(move |stored| {
            if let Some(driver) = told.upgrade() {
                driver.told(stored);
            }
        })));
        let running = Rc::clone(&driver);
        leptos::task::spawn_local(async move {
            if running.open(&membership, lost).await {
                // Other tabs may have written while the outbox was read.
                running.absorb().await;
                let listening = Rc::clone(&running);
                leptos::task::spawn_local(async move { listening.listen().await });
                let carrying = Rc::clone(&running);
                leptos::task::spawn_local(async move { carrying.carry().await });
                running.run().await;
            }
        });
        driver
    }

    fn told(self: &Rc<Self>, stored: Stored<'_>) {
        match stored {
            Stored::Here(batch) => {
                match self.member.borrow_mut().as_mut() {
                    Some(member) => member.committed(batch),
                    None => self.early.borrow_mut().push(batch.clone()),
                }
                self.bell.ring(Ring::Commit);
                self.courier.written(batch);
            }
            Stored::Elsewhere => {
                self.elsewhere.set(true);
                let driver = Rc::clone(self);
                leptos::task::spawn_local(async move { driver.absorb().await });
                self.courier.ring();
            }
            Stored::Wanted(id) => self.courier.want(id),
        }
    }

    /// Reads what other tabs have put into the outbox.
    async fn absorb(&self) {
        let disk = self.store.disk();
        if let Ok(records) = disk.read(Shelf::Outbox, KeyRange::all(), None).await {
            let any = self
                .with_member(|member| {
                    member.absorb_outbox(records);
                    member.status().waiting > 0
                })
                .unwrap_or(false);
            if any {
                self.bell.ring(Ring::Commit);
            }
        }
    }

    fn with_member<R>(&self, work: impl FnOnce(&mut Member) -> R) -> Option<R> {
        self.member.borrow_mut().as_mut().map(work)
    }

    /// Reads the member's records; tells whether that worked.
    async fn open(&self, membership: &Membership, lost: bool) -> bool {
        let disk = self.store.disk();
        loop {
            let read = async {
                self.store.on_disk().await?;
                let meta = disk.read(Shelf::Meta, Member::meta_range(), None).await?;
                let outbox = disk.read(Shelf::Outbox, KeyRange::all(), None).await?;
                Ok::<_, tongxing_sync::storage::StorageError>((meta, outbox))
            };
            if let Ok((meta, outbox)) = read.await {
                let opened = self.store.with_replica(|replica| {
                    let (team, key) = (membership.team, &membership.key);
                    let now_ms = clock::now_ms();
                    let mut opened = Member::open(team, key, meta, outbox, replica, now_ms);
                    if lost {
                        let again = opened.member.start_over(replica);
                        opened.step.batch.append(again);
                    }
                    opened
                });
                let Some(Opened { mut member, step }) = opened else {
                    return false;
                };
                for batch in self.early.take() {
                    member.committed(&batch);
                }
                self.member.replace(Some(member));
                self.take(step);
                self.survey_activities().await;
                return true;
            }
            self.show(Phase::Retrying(TeamError::Disk));
            self.bell.wait(LOOKS_MS[1]).await;
            if self.stopped.get() {
                return false;
            }
        }
    }

    /// Takes over what came of a response.
    fn take(&self, step: Step) {
        let changed_id = step.new_device.is_some() || !step.restamped.is_empty();
        self.far_future
            .set(self.far_future.get() || !step.far_future.is_empty());
        self.store.take_received(step.batch, &step.changed);
        if step.new_epoch || step.changed.iter().any(|key| key.table == blob::TABLE) {
            self.courier.ring();
        }
        if let Some(offset_ms) = self.with_member(|member| member.offset_ms()) {
            self.store.set_offset(offset_ms);
        }
        if changed_id {
            tabs::tell(REOPEN);
        }
    }

    /// Shows how things stand.
    fn show(&self, phase: Phase) {
        let Some((member, offset_ms)) =
            self.with_member(|member| (member.status(), member.offset_ms()))
        else {
            return;
        };
        let before = self.status.get_untracked();
        let (cursor, head) = (member.cursor.get(), self.head.get());
        let (blobs, blobs_held) = self.courier.waiting();
        self.status.set(SyncStatus {
            phase,
            waiting: member.waiting,
            fetched: (!member.caught_up && head > cursor).then_some((cursor, head)),
            synced_ms: match phase {
                Phase::UpToDate => Some(clock::now_ms()),
                _ => before.synced_ms,
            },
            too_long: member.too_long,
            unopened: member.unopened,
            read_only: member.read_only,
            offset_ms,
            far_future: self.far_future.get(),
            blobs,
            blobs_held,
        });
    }

    /// Shows how things stand after a blob was carried, or was not.
    fn show_again(&self) {
        self.show(self.status.get_untracked().phase);
    }

    /// The endpoint's epoch, and whether the device may only read; `None` until everything that was
    /// there has been received.
    fn caught_up(&self) -> Option<(Epoch, bool)> {
        let known = |member: &mut Member| {
            let status = member.status();
            status.caught_up.then_some(())?;
            Some((member.epoch()?, status.read_only))
        };
        self.with_member(known).flatten()
    }

    async fn run(&self) {
        let mut backoff = Backoff::default();
        while !self.stopped.get() {
            let (phase, ms) = self.round(&mut backoff).await;
            self.show(phase);
            if phase == Phase::UpToDate && self.compare().await {
                continue;
            }
            self.rest(phase, ms).await;
        }
    }

    /// Does what can be done now; how things stand then, and for how long nothing has to be done.
    async fn round(&self, backoff: &mut Backoff) -> (Phase, u32) {
        let [seldom, often] = LOOKS_MS;
        if !network::online() {
            return (Phase::Offline, often);
        }
        let failure = match self.settle().await {
            Ok(()) => {
                backoff.succeeded();
                if self.status.get_untracked().synced_ms.is_none() {
                    self.courier.ring();
                }
                let ms = if self.listening.get() { seldom } else { often };
                return (Phase::UpToDate, ms);
            }
            Err(failure) => failure,
        };
        if !network::online() {
            return (Phase::Offline, often);
        }
        if !failure.error.may_pass() && failure.retry_after_s().is_none() {
            return (Phase::Stopped(failure.error), seldom);
        }
        let random = random_ids::random_bytes().map_or(0, u32::from_be_bytes);
        let ms = backoff.failed(random, failure.retry_after_s());
        let phase = Phase::Retrying(failure.error);
        (phase, u32::try_from(ms).unwrap_or(seldom))
    }

    /// Waits until there is something to do: for so long, or until the bell rings. Commits alone
    /// do not wake an endpoint that is not there, but they are counted.
    async fn rest(&self, phase: Phase, ms: u32) {
        let until_ms = clock::now_ms().saturating_add(ms.into());
        loop {
            let left_ms = until_ms.saturating_sub(clock::now_ms()).min(ms.into());
            match self.bell.wait(u32::try_from(left_ms).unwrap_or(ms)).await {
                Some(Ring::Commit) => {
                    self.show(phase);
                    if phase == Phase::UpToDate {
                        return idle::pause(GATHERS_MS).await;
                    }
                }
                Some(Ring::Poke) => return,
                Some(Ring::Wake) | None => {
                    if self.elsewhere.take() {
                        self.survey_activities().await;
                    }
                    self.with_member(Member::wake);
                    return;
                }
            }
        }
    }

    /// Sends what is due until nothing is. What is pushed is on the disk before; pages may run ahead of it.
    async fn settle(&self) -> Result<(), Failure> {
        let mut ahead = None;
        while !self.stopped.get() {
            self.on_disk_but(BATCHES_AHEAD).await?;
            self.read_activities().await?;
            let sent_ms = ahead.as_ref().map(|ahead: &Ahead<'_>| ahead.sent_ms);
            let Some(outgoing) = self.next_request(sent_ms.unwrap_or_else(clock::now_ms))? else {
                return self.on_disk_but(0).await;
            };
            if !outgoing.request.push.is_empty()
                && let Err(failure) = self.on_disk_but(0).await
            {
                self.with_member(|member| member.lost(outgoing.ticket));
                return Err(failure);
            }
            self.show(Phase::Working);
            ahead = self.exchange(outgoing, ahead).await?;
        }
        Ok(())
    }

    /// Waits until no more than so many batches are on their way to the disk.
    async fn on_disk_but(&self, batches: usize) -> Result<(), Failure> {
        let written = self.store.on_disk_but(batches).await;
        written.map_err(|_| TeamError::Disk.into())
    }

    fn next_request(&self, now_ms: u64) -> Result<Option<Outgoing>, Failure> {
        let mut random = true;
        let mut nonce = || match random_ids::random_bytes() {
            Ok(bytes) => Nonce(bytes),
            Err(_) => {
                random = false;
                Nonce([0; Nonce::BYTES])
            }
        };
        let outgoing = self.store.with_replica(|replica| {
            self.with_member(|member| member.next_request(replica, now_ms, &mut nonce))
        });
        let outgoing = outgoing.flatten().flatten();
        if random {
            return Ok(outgoing);
        }
        // Nothing sealed without randomness may leave the device.
        if let Some(outgoing) = outgoing {
            self.with_member(|member| member.lost(outgoing.ticket));
        }
        Err(TeamError::NoRandomness.into())
    }

    /// Sends a request and takes its answer in, or the one that was asked for ahead.
    async fn exchange<'a>(
        &'a self,
        outgoing: Outgoing,
        ahead: Option<Ahead<'a>>,
    ) -> Result<Option<Ahead<'a>>, Failure> {
        let Outgoing { ticket, request } = outgoing;
        let pushed = !request.push.is_empty();
        let come = match ahead {
            Some(ahead) => ahead.to(&request).await,
            None => None,
        };
        let answer: Result<SyncResponse, Failure> = match come {
            Some(answer) => answer,
            None => self.link.send("/v1/sync", Some(&request)).await,
        };
        let received_ms = clock::now_ms();
        let response = match answer {
            Ok(response) => response,
            Err(failure) => {
                self.with_member(|member| match &failure.refusal {
                    Some(refusal) => member.refused(ticket, refusal),
                    None => member.lost(ticket),
                });
                let code = failure.refusal.map(|refusal| refusal.code);
                // A viewer goes on reading.
                return match code {
                    Some(Code::Forbidden) if pushed => Ok(None),
                    _ => Err(failure),
                };
            }
        };
        let ahead = match request.buckets {
            // What a repair asks for next does not follow from the response alone.
            Some(_) => None,
            None => self.ask_ahead(&response).await,
        };
        if brings_rows(&response) {
            self.wait_for_a_pause().await;
        }
        let fresh = random_ids::random_device().map_err(|_| TeamError::NoRandomness)?;
        let step = self.store.with_replica(|replica| {
            self.with_member(|member| {
                member.answered(replica, ticket, response, received_ms, fresh)
            })
        });
        match step.flatten() {
            Some(Ok(step)) => {
                let look_at_activities = step.look_at_activities;
                self.take(step);
                if look_at_activities {
                    self.survey_activities().await;
                }
                Ok(ahead)
            }
            Some(Err(_)) => Err(TeamError::NotAnEndpoint.into()),
            None => Ok(None),
        }
    }

    /// Waits until nobody types.
    async fn wait_for_a_pause(&self) {
        for _ in 0..TYPING_LOOKS {
            if !typing::within(TYPING_MS) {
                return;
            }
            idle::pause(TYPING_LOOKS_MS).await;
        }
    }

    /// Once after each start, holds what has been seen against what the endpoint has; tells
    /// whether there is something to repair.
    async fn compare(&self) -> bool {
        let waits = self.with_member(|member| member.status().waiting > 0);
        if self.compared.get() || waits == Some(true) {
            return false;
        }
        let digest: Result<Digest, Failure> =
            self.link.send("/v1/digest", None::<&SyncRequest>).await;
        let Ok(digest) = digest else { return false };
        use tongxing_sync::member::Comparison;
        match self.with_member(|member| member.compare(&digest)) {
            // Somebody has pushed in between; the next round compares again.
            Some(Comparison::NotNow) | None => false,
            Some(Comparison::Equal) => {
                self.compared.set(true);
                false
            }
            Some(Comparison::Repairing(_)) => {
                self.compared.set(true);
                true
            }
        }
    }
}

/// Whether a response changes more than what is known of the endpoint.
fn brings_rows(response: &SyncResponse) -> bool {
    let stale = |result: &PushResult| matches!(result, PushResult::Stale { .. });
    !response.page.is_empty() || response.results.iter().any(stale)
}
