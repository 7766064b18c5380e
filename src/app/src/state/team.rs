//! The team that this device is in, if any: founding it, joining it, leaving it, and syncing with it.
//!
//! Without a team nothing here runs but one short read at the start. The key and the token lie on
//! the device's own disk, beside the rows that they protect elsewhere; they are in no address that
//! is sent, and in no log.

mod administration;
mod bell;
mod driver;
mod error;
mod link;
mod status;

pub use administration::{FreshInvite, OpenInvite, Role, Roster, TeamMember};
pub use error::TeamError;
pub use status::{Phase, SyncStatus};

use super::navigation::Navigation;
use super::route::Route;
use super::store::Store;
use crate::platform::{base64, json, network, random_ids, tabs};
use driver::{Driver, REOPEN};
use link::Link;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use tongxing_sync::envelope::{Nonce, Sealer};
use tongxing_sync::invite_link::{EndpointAddress, FRAGMENT, InviteLink};
use tongxing_sync::member::Member;
use tongxing_sync::membership::{Joining, Membership, TokenSecret};
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::TeamId;
use tongxing_view::prelude::*;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// Another tab has joined or left.
const CHANGED: &str = "team";
/// A tab asks how syncing stands.
const ASKED: &str = "sync?";
/// How syncing stands begins so.
const TOLD: &str = "sync ";

/// What becomes of the book that is on the device when it joins a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnBook {
    /// It is brought into the team's.
    BroughtIn,
    /// It is removed; the team's takes its place.
    Removed,
}

struct Inner {
    store: Option<Store>,
    membership: Option<Membership>,
    joining: Option<Joining>,
    driver: Option<Rc<dyn Driving>>,
    /// Whether this tab is the one that syncs.
    elected: bool,
    /// Whether records were lost when the book was opened.
    lost: bool,
    /// Whether network and other tabs are followed.
    follows: bool,
    /// The link that was opened, until it is used.
    invite: Option<Zeroizing<String>>,
}

/// What syncs with a team, as long as this device is in it.
pub trait Driving {
    /// Ends, at the latest when the request under way is answered.
    fn stop(&self);
    /// Syncs now, whatever the wait.
    fn wake(&self);
}

/// Starts to sync: the store, the membership, whether records were lost on the device, and where to tell
/// how it stands.
pub type StartDriving = fn(Store, Membership, bool, RwSignal<SyncStatus>) -> Rc<dyn Driving>;

/// What syncs, on its way: nobody loads it without a team. `None` when it could not be loaded.
pub type DriverLoading = Pin<Box<dyn Future<Output = Option<StartDriving>>>>;

/// Starts the driver; see [`StartDriving`].
pub fn start_driving(
    store: Store,
    membership: Membership,
    lost: bool,
    status: RwSignal<SyncStatus>,
) -> Rc<dyn Driving> {
    Driver::start(store, membership, lost, status)
}

/// The team that this device is in, if any. Copies share it.
#[derive(Clone, Copy)]
pub struct Team {
    load_driver: fn() -> DriverLoading,
    inner: StoredValue<Inner, LocalStorage>,
    /// Where the endpoint is, if there is a team.
    endpoint: RwSignal<Option<String>>,
    status: RwSignal<SyncStatus>,
    /// Whether an invite's link was opened.
    invited: RwSignal<bool>,
}

impl Team {
    /// No team as long as the disk was not asked.
    pub fn unknown(load_driver: fn() -> DriverLoading) -> Self {
        Self {
            load_driver,
            inner: StoredValue::new_local(Inner {
                store: None,
                membership: None,
                joining: None,
                driver: None,
                elected: false,
                lost: false,
                follows: false,
                invite: None,
            }),
            endpoint: RwSignal::new(None),
            status: RwSignal::new(SyncStatus::default()),
            invited: RwSignal::new(false),
        }
    }

    /// Looks whether the device is in a team. `lost` tells that records could not be read when
    /// the book was opened: they are then fetched once more.
    pub async fn open(self, store: Store, lost: bool) {
        self.inner.update_value(|inner| {
            inner.store = Some(store);
            inner.lost = lost;
        });
        self.listen_to_other_tabs();
        self.read_again().await;
    }

    /// Looks for an invite in the page's address, now and whenever it changes, and takes it out at
    /// once: the key must not stay in the browser's history. The person then stands on the team's
    /// page.
    pub fn follow_address(self, nav: Navigation) {
        let look = move || {
            let hash = window().location().hash().unwrap_or_default();
            if !hash.starts_with(FRAGMENT) {
                return;
            }
            let link = Zeroizing::new(format!("{}{hash}", link_page()));
            self.inner.update_value(|inner| inner.invite = Some(link));
            nav.replace(Route::Team);
            self.invited.set(true);
        };
        look();
        window_event_listener(leptos::ev::hashchange, move |_| look());
    }

    /// Whether an invite's link was opened, tracked.
    pub fn is_invited(self) -> bool {
        self.invited.get()
    }

    /// The link that was opened.
    pub fn invite_link(self) -> Option<Zeroizing<String>> {
        self.inner.with_value(|inner| inner.invite.clone())
    }

    /// This tab has been elected to sync.
    pub fn elected(self) {
        self.inner.update_value(|inner| inner.elected = true);
        self.drive();
    }

    /// Where the endpoint is; `None` without a team. Tracked.
    pub fn endpoint(self) -> Option<String> {
        self.endpoint.get()
    }

    /// How syncing stands, tracked.
    pub fn status(self) -> SyncStatus {
        self.status.get()
    }

    /// Syncs now.
    pub fn sync_now(self) {
        let driver = self.inner.with_value(|inner| inner.driver.clone());
        match driver {
            Some(driver) => driver.wake(),
            None => {
                tabs::tell(ASKED);
                self.drive();
            }
        }
    }

    /// Whether an invite was shown to the endpoint whose answer never came: joining goes on where
    /// it was left when the same invite is used again.
    fn joining(self) -> Option<Joining> {
        self.inner.with_value(|inner| inner.joining.clone())
    }

    fn membership(self) -> Option<Membership> {
        self.inner.with_value(|inner| inner.membership.clone())
    }

    fn store(self) -> Result<Store, TeamError> {
        self.inner
            .with_value(|inner| inner.store)
            .ok_or(TeamError::Disk)
    }

    /// Founds a team at an endpoint, with the book that is here. `name` is how the others will
    /// call this device.
    ///
    /// # Errors
    /// [`TeamError::Forbidden`] if the endpoint wants a sign-up token, or takes no more teams.
    pub async fn found(
        self,
        endpoint: EndpointAddress,
        sign_up_token: &str,
        name: &str,
    ) -> Result<(), TeamError> {
        let membership = Membership {
            team: TeamId(draw()?),
            key: TeamKey::new(draw()?),
            token: TokenSecret::new(draw()?),
            endpoint,
        };
        let link = Link::of_stranger(membership.endpoint.clone(), &origin())?;
        let token = Some(sign_up_token.trim()).filter(|token| !token.is_empty());
        let body = json::object([
            ("team", text(&membership.team.0)),
            ("secret", text(membership.token.expose())),
            ("name", sealed_name(&membership, name)?),
            ("key_check", text(&membership.key.check(membership.team).0)),
            ("sign_up_token", token.map_or(JsValue::NULL, Into::into)),
        ]);
        let founded = link.ask("POST", "/v1/teams", Some(body)).await;
        founded.map_err(|failure| failure.error)?;
        self.enter(&membership, OwnBook::BroughtIn).await
    }

    /// Joins a team by an invite.
    ///
    /// # Errors
    /// [`TeamError::InviteInvalid`], [`TeamError::WrongKey`]; see there for others. An invite
    /// whose answer got lost can be used again.
    pub async fn join(
        self,
        invited: &InviteLink,
        name: &str,
        own: OwnBook,
    ) -> Result<(), TeamError> {
        let InviteLink { invite, endpoint } = invited;
        let known = self.joining().filter(|known| {
            known.code == invite.code
                && known.membership.team == invite.team
                && known.membership.endpoint == *endpoint
        });
        let joining = match known {
            Some(known) => known,
            None => Joining {
                membership: Membership {
                    team: invite.team,
                    key: invite.key.clone(),
                    token: TokenSecret::new(draw()?),
                    endpoint: endpoint.clone(),
                },
                code: invite.code.clone(),
            },
        };
        let stranger = Link::of_stranger(endpoint.clone(), &origin())?;
        // Kept before it is shown: a lost answer must not use the invite up for nothing.
        self.write(joining.keep()).await?;
        let membership = joining.membership.clone();
        self.inner
            .update_value(|inner| inner.joining = Some(joining));
        let secret = TokenSecret::new(*invite.code.endpoint_secret());
        let body = json::object([
            ("invite", text(&*secret.credential(invite.team))),
            ("secret", text(membership.token.expose())),
            ("name", sealed_name(&membership, name)?),
        ]);
        let welcomed = stranger.ask("POST", "/v1/join", Some(body)).await;
        let welcomed = welcomed.map_err(|failure| failure.error)?;
        let check = text(&membership.key.check(membership.team).0);
        if json::field(&welcomed, "key_check") != check {
            // Nothing was pushed, and nothing ever will be: the device does not stay.
            let member = Link::of_member(&membership);
            let _ = member.ask("DELETE", "/v1/me", None).await;
            self.write(Membership::forget()).await?;
            return Err(TeamError::WrongKey);
        }
        self.enter(&membership, own).await
    }

    /// Leaves the team. The book stays on the device.
    ///
    /// # Errors
    /// [`TeamError::Conflict`] if others would be left without an owner; see there for others.
    pub async fn leave(self) -> Result<(), TeamError> {
        match self.order("DELETE", "/v1/me", None).await {
            Ok(()) | Err(TeamError::NoLongerMember) => self.forget().await,
            Err(error) => Err(error),
        }
    }

    /// Forgets the team on this device alone. The book stays.
    ///
    /// # Errors
    /// [`TeamError::Disk`].
    pub async fn forget(self) -> Result<(), TeamError> {
        self.stop();
        let mut batch = Membership::forget();
        batch.append(Member::leave());
        self.write(batch).await?;
        tabs::tell(CHANGED);
        self.read_again().await;
        Ok(())
    }

    /// Keeps a membership and begins to sync.
    async fn enter(self, membership: &Membership, own: OwnBook) -> Result<(), TeamError> {
        self.stop();
        self.inner.update_value(|inner| inner.invite = None);
        self.invited.set(false);
        let mut batch = Member::leave();
        batch.append(membership.keep());
        if own == OwnBook::Removed {
            let shelves = [
                Shelf::Segments,
                Shelf::Journal,
                Shelf::Outbox,
                Shelf::Activity,
                Shelf::Blobs,
            ];
            for shelf in shelves {
                batch.delete_range(shelf, KeyRange::all());
            }
            let store = self.store()?;
            store.fold_no_more();
            store.on_disk().await.map_err(|_| TeamError::Disk)?;
            self.write(batch).await?;
            // What is in memory must not be written again.
            tabs::tell(REOPEN);
            let _ = window().location().reload();
            return Ok(());
        }
        self.write(batch).await?;
        tabs::tell(CHANGED);
        self.read_again().await;
        Ok(())
    }

    async fn write(self, batch: Batch) -> Result<(), TeamError> {
        let written = self.store()?.disk().write(batch).await;
        written.map_err(|_| TeamError::Disk)
    }

    fn stop(self) {
        let mut driver = None;
        self.inner
            .update_value(|inner| driver = inner.driver.take());
        if let Some(driver) = driver {
            driver.stop();
        }
    }

    /// Reads from the disk whether there is a team, and follows.
    async fn read_again(self) {
        let Ok(store) = self.store() else { return };
        let records = store
            .disk()
            .read(Shelf::Meta, Membership::meta_range(), None)
            .await;
        let Ok(records) = records else { return };
        // A damaged membership is none: the device joins again, and nothing of the book is lost.
        let (membership, joining) = Membership::read(records).unwrap_or_default();
        self.stop();
        let endpoint = membership
            .as_ref()
            .map(|membership| membership.endpoint.as_str().to_owned());
        self.inner.update_value(|inner| {
            inner.membership = membership;
            inner.joining = joining;
        });
        self.status.set(SyncStatus::default());
        let within = endpoint.is_some();
        self.endpoint.set(endpoint);
        self.drive();
        if within {
            tabs::tell(ASKED);
        }
    }

    /// Starts the driver, if there is a team and this is the tab that syncs.
    fn drive(self) {
        let wanted = self.inner.with_value(|inner| {
            inner.elected && inner.membership.is_some() && inner.driver.is_none()
        });
        if !wanted {
            return;
        }
        // Without a network it may have to be tried again: when there is one, or somebody looks.
        self.follow_device();
        let load = self.load_driver;
        leptos::task::spawn_local(async move {
            if let Some(start) = load().await {
                self.drive_with(start);
            }
        });
    }

    fn drive_with(self, start: StartDriving) {
        let status = self.status;
        self.inner.update_value(|inner| {
            let Some((store, membership)) = inner.store.zip(inner.membership.clone()) else {
                return;
            };
            if inner.elected && inner.driver.is_none() {
                let lost = std::mem::take(&mut inner.lost);
                inner.driver = Some(start(store, membership, lost, status));
            }
        });
    }

    /// Syncs when the network is back and when somebody looks at the page again; tells other tabs
    /// how things stand. Followed as long as the page is there.
    fn follow_device(self) {
        let mut follows = false;
        self.inner
            .update_value(|inner| follows = std::mem::replace(&mut inner.follows, true));
        if follows {
            return;
        }
        let watch = network::watch_network(move |_| self.sync_now());
        std::mem::forget(watch);
        window_event_listener(leptos::ev::focus, move |_| self.sync_now());
        Effect::new(move |_| {
            let status = self.status.get();
            let drives = self.inner.with_value(|inner| inner.driver.is_some());
            if drives {
                tabs::tell(&format!("{TOLD}{}", status.to_note()));
            }
        });
    }

    fn listen_to_other_tabs(self) {
        tabs::hear(move |note| {
            let drives = self.inner.with_value(|inner| inner.driver.is_some());
            match note.as_str() {
                CHANGED => leptos::task::spawn_local(async move { self.read_again().await }),
                // Typing is in the draft journal, and what was written is on the disk or asked for.
                REOPEN => leptos::task::spawn_local(async move {
                    if let Ok(store) = self.store() {
                        let _ = store.on_disk().await;
                    }
                    let _ = window().location().reload();
                }),
                ASKED if drives => {
                    let status = self.status.get_untracked();
                    tabs::tell(&format!("{TOLD}{}", status.to_note()));
                    self.sync_now();
                }
                note => {
                    let told = note.strip_prefix(TOLD).and_then(SyncStatus::from_note);
                    if let (false, Some(status), Ok(store)) = (drives, told, self.store()) {
                        store.set_offset(status.offset_ms);
                        self.status.set(status);
                    }
                }
            }
        });
    }
}

/// Random bytes for a key, a token or an id.
fn draw<const N: usize>() -> Result<[u8; N], TeamError> {
    random_ids::random_bytes().map_err(|_| TeamError::NoRandomness)
}

fn text(bytes: &[u8]) -> JsValue {
    base64::encode(bytes).as_str().into()
}

fn sealed_name(membership: &Membership, name: &str) -> Result<JsValue, TeamError> {
    let sealer = Sealer::new(membership.team, &membership.key);
    Ok(text(&sealer.seal_name(name, Nonce(draw()?))))
}

/// The page's own origin.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The page's address without what is behind the `#`.
fn link_page() -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split(['#', '?']).next();
    page.unwrap_or_default().to_owned()
}
