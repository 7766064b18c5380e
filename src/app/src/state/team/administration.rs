//! Who is in the team, and how others get in: asked of the endpoint each time, kept nowhere.

use super::error::TeamError;
use super::link::{Failure, Link};
use super::{Team, draw};
use crate::platform::{base64, json};
use crate::state::team::link_page;
use tongxing_sync::envelope::Sealer;
use tongxing_sync::invite_link::InviteLink;
use tongxing_sync::secret_text::{Invite, InviteCode, Recovery};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// How long a recovery sheet is good: as long as the endpoint allows, ten years.
const RECOVERY_S: u64 = 10 * 365 * 24 * 3600;
/// An invite that is good for longer than any that people make is that of a recovery sheet.
const RECOVERY_FROM_MS: u64 = 365 * 24 * 3600 * 1_000;

/// What a member may do; each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and writes.
    Member,
    /// Lets others in and puts them out.
    Owner,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Member, Self::Owner];

    const fn key(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    fn of(json: &JsValue) -> Option<Self> {
        let key = json::field(json, "role").as_string()?;
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// A device in the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// Its name at the endpoint.
    pub id: String,
    /// How people call it; empty if this team's key does not open it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// When it joined, in Unix milliseconds of the endpoint.
    pub joined_ms: u64,
    /// When it left or was put out.
    pub left_ms: Option<u64>,
    /// Whether it is this device.
    pub is_me: bool,
}

/// An invite that nobody has used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvite {
    /// Its name at the endpoint.
    pub id: String,
    /// What whoever uses it may do.
    pub role: Role,
    /// Until when, in Unix milliseconds of the endpoint.
    pub expires_ms: u64,
    /// Whether it stands on a recovery sheet.
    pub recovers: bool,
}

/// Who is in the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// What this device may do.
    pub role: Role,
    /// Everybody, this device first, those who are gone last.
    pub members: Vec<TeamMember>,
    /// The invites that wait; only owners see them.
    pub invites: Vec<OpenInvite>,
}

/// A fresh invite. It is shown and forgotten.
#[derive(Clone)]
pub struct FreshInvite {
    /// The link.
    pub link: Zeroizing<String>,
    /// Until when it is good, in Unix milliseconds of the endpoint.
    pub expires_ms: u64,
}

impl Team {
    /// Who is in the team.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub async fn roster(self, now_ms: u64) -> Result<Roster, TeamError> {
        let (link, sealer) = self.as_member()?;
        let asked = async {
            let me = link.ask("GET", "/v1/me", None).await?;
            let members = link.ask("GET", "/v1/members", None).await?;
            let role = Role::of(&me).ok_or(TeamError::NotAnEndpoint)?;
            let invites = match role {
                Role::Owner => link.ask("GET", "/v1/invites", None).await?,
                _ => JsValue::UNDEFINED,
            };
            Ok::<_, Failure>((me, members, role, invites))
        };
        let (me, members, role, invites) = asked.await.map_err(|failure| failure.error)?;
        let my_id = json::field(&me, "member").as_string();
        let mut members: Vec<_> = list(&members)
            .filter_map(|each| member(&each, &sealer, my_id.as_deref()))
            .collect();
        members.sort_by_key(|member| (member.left_ms.is_some(), !member.is_me, member.joined_ms));
        Ok(Roster {
            role,
            members,
            invites: list(&invites)
                .filter_map(|each| open_invite(&each, now_ms))
                .collect(),
        })
    }

    /// Makes an invite for one device.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub async fn invite(self, role: Role, lifetime_s: u64) -> Result<FreshInvite, TeamError> {
        let (invite, expires_ms) = self.make_invite(role, lifetime_s).await?;
        let endpoint = self.membership().ok_or(TeamError::NoLongerMember)?.endpoint;
        let link = InviteLink { invite, endpoint };
        Ok(FreshInvite {
            link: link.to_text(&link_page()),
            expires_ms,
        })
    }

    /// Makes the text of a recovery sheet. Sheets made before are good no longer.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub async fn recovery(self, now_ms: u64) -> Result<Zeroizing<String>, TeamError> {
        let before = self.roster(now_ms).await?.invites;
        let (invite, _) = self.make_invite(Role::Owner, RECOVERY_S).await?;
        for old in before.into_iter().filter(|invite| invite.recovers) {
            match self.cancel_invite(&old.id).await {
                Ok(()) | Err(TeamError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Recovery(invite).to_text())
    }

    async fn make_invite(self, role: Role, lifetime_s: u64) -> Result<(Invite, u64), TeamError> {
        let membership = self.membership().ok_or(TeamError::NoLongerMember)?;
        let (link, _) = self.as_member()?;
        let code = InviteCode::new(draw()?);
        let body = json::object([
            (
                "secret",
                base64::encode(&*code.endpoint_secret()).as_str().into(),
            ),
            ("role", role.key().into()),
            // Whole seconds below 2^53.
            ("lifetime_s", JsValue::from_f64(lifetime_s as f64)),
        ]);
        let made = link.ask("POST", "/v1/invites", Some(body)).await;
        let made = made.map_err(|failure| failure.error)?;
        let expires_ms = time(&made, "expires_ms").ok_or(TeamError::NotAnEndpoint)?;
        let invite = Invite {
            team: membership.team,
            key: membership.key.clone(),
            code,
        };
        Ok((invite, expires_ms))
    }

    /// Takes an invite back.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub async fn cancel_invite(self, id: &str) -> Result<(), TeamError> {
        self.order("DELETE", &format!("/v1/invites/{id}"), None)
            .await
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// [`TeamError::Conflict`] if no owner would be left; see there for others.
    pub async fn set_role(self, id: &str, role: Role) -> Result<(), TeamError> {
        let body = json::object([("role", role.key().into())]);
        self.order("PATCH", &format!("/v1/members/{id}"), Some(body))
            .await
    }

    /// Puts a member out of the team.
    ///
    /// # Errors
    /// [`TeamError::Conflict`] if no owner would be left; see there for others.
    pub async fn revoke(self, id: &str) -> Result<(), TeamError> {
        self.order("DELETE", &format!("/v1/members/{id}"), None)
            .await
    }

    pub(super) async fn order(
        self,
        method: &'static str,
        path: &str,
        body: Option<JsValue>,
    ) -> Result<(), TeamError> {
        let (link, _) = self.as_member()?;
        let done = link.ask(method, path, body).await;
        done.map(|_| ()).map_err(|failure| failure.error)
    }

    fn as_member(self) -> Result<(Link, Sealer), TeamError> {
        let membership = self.membership().ok_or(TeamError::NoLongerMember)?;
        let sealer = Sealer::new(membership.team, &membership.key);
        Ok((Link::of_member(&membership), sealer))
    }
}

fn list(json: &JsValue) -> impl Iterator<Item = JsValue> + use<> {
    let list = json.dyn_ref::<js_sys::Array>().cloned();
    list.into_iter().flat_map(|list| list.to_vec())
}

/// A time in milliseconds; the cast saturates.
fn time(json: &JsValue, name: &str) -> Option<u64> {
    json::field(json, name).as_f64().map(|ms| ms as u64)
}

fn member(json: &JsValue, sealer: &Sealer, my_id: Option<&str>) -> Option<TeamMember> {
    let id = json::field(json, "id").as_string()?;
    let sealed = json::field(json, "name").as_string()?;
    let name = base64::decode(&sealed).and_then(|sealed| sealer.open_name(&sealed));
    Some(TeamMember {
        is_me: my_id == Some(id.as_str()),
        id,
        name: name.unwrap_or_default(),
        role: Role::of(json)?,
        joined_ms: time(json, "joined_ms")?,
        left_ms: time(json, "revoked_ms"),
    })
}

fn open_invite(json: &JsValue, now_ms: u64) -> Option<OpenInvite> {
    let expires_ms = time(json, "expires_ms")?;
    Some(OpenInvite {
        id: json::field(json, "id").as_string()?,
        role: Role::of(json)?,
        expires_ms,
        recovers: expires_ms > now_ms.saturating_add(RECOVERY_FROM_MS),
    })
}
