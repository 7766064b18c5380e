//! An endpoint to ask, and devices that ask it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser as _;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tongxing_server::secret::{Credential, Secret};
use tongxing_server::store::{SqliteStore, Store};
use tongxing_server::{Config, Endpoint, app};
use tongxing_sync::wire::{
    BlindId, Code, Epoch, Message, PushRow, Refusal, Seq, SyncRequest, SyncResponse, TeamId,
};
use tower::ServiceExt as _;

pub(crate) struct Given {
    pub(crate) app: Router,
    pub(crate) endpoint: Endpoint,
    store: Arc<dyn Store>,
    _folder: TempDir,
}

/// A device, by its team and its secret.
#[derive(Clone, Copy)]
pub(crate) struct Device(pub(crate) u8, pub(crate) u8);

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Device {
    pub(crate) fn credential(self) -> Credential {
        Credential {
            team: TeamId([self.0; 16]),
            secret: Secret([self.1; 32]),
        }
    }

    pub(crate) fn token(self) -> String {
        self.credential().to_text()
    }

    /// Its name among the members.
    pub(crate) fn id(self) -> String {
        text(&self.credential().device_hash().id())
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// A message of the wire.
    pub(crate) fn message<T: Message>(&self) -> T {
        assert_eq!(
            self.header("content-type"),
            tongxing_sync::wire::CONTENT_TYPE
        );
        T::decode(&self.body).unwrap()
    }

    /// Why the request was refused; the two ways to say so must agree.
    pub(crate) fn code(&self) -> Code {
        let code = match self.header("content-type") {
            "application/json" => {
                let json = self.json();
                let message = json["message"].as_str().unwrap();
                assert!(message.len() > 20, "no advice: {message}");
                Code::from_number(json["code"].as_u64().unwrap().try_into().unwrap())
            }
            _ => self.message::<Refusal>().code,
        };
        assert_eq!(self.header("cache-control"), "no-store");
        if code.status() != 400 && code != Code::NotFound {
            assert_eq!(self.status.as_u16(), code.status());
        }
        assert!(self.status.is_client_error() || self.status.is_server_error());
        code
    }
}

impl Given {
    pub(crate) async fn new() -> Self {
        Self::with(&[]).await
    }

    pub(crate) async fn with(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("teams.db"))
            .await
            .unwrap();
        Self::over(Arc::new(store), folder, flags)
    }

    pub(crate) fn over(store: Arc<dyn Store>, folder: TempDir, flags: &[&str]) -> Self {
        let flags = ["server", "--no-site"].iter().chain(flags);
        let config = Config::try_parse_from(flags).unwrap();
        let endpoint = Endpoint::without_page(store.clone(), &config);
        Self {
            app: app(&endpoint),
            endpoint,
            store,
            _folder: folder,
        }
    }

    /// An endpoint on which team 1 has been founded by device 1.
    pub(crate) async fn with_team() -> Self {
        let given = Self::new().await;
        assert_eq!(given.found(Device(1, 1)).await.status, StatusCode::CREATED);
        given
    }

    /// How many streams of events are open.
    pub(crate) fn streams(&self) -> usize {
        self.store.pokes().listeners()
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) async fn send(
        &self,
        device: Option<Device>,
        method: &str,
        path: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(device) = device {
            request = request.header("authorization", format!("Bearer {}", device.token()));
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn get(&self, device: Device, path: &str) -> Answer {
        self.send(Some(device), "GET", path, Body::empty()).await
    }

    pub(crate) async fn delete(&self, device: Device, path: &str) -> Answer {
        self.send(Some(device), "DELETE", path, Body::empty()).await
    }

    pub(crate) async fn json(
        &self,
        device: Option<Device>,
        method: &str,
        path: &str,
        body: Value,
    ) -> Answer {
        self.send(device, method, path, body.to_string()).await
    }

    pub(crate) async fn found(&self, device: Device) -> Answer {
        self.json(None, "POST", "/v1/teams", founding(device)).await
    }

    /// Makes an invite with a secret for a role, and returns its text.
    pub(crate) async fn invite(&self, owner: Device, secret: u8, role: &str) -> String {
        let body = json!({ "secret": text(&[secret; 32]), "role": role });
        let made = self.json(Some(owner), "POST", "/v1/invites", body).await;
        assert_eq!(made.status, StatusCode::CREATED);
        Device(owner.0, secret).token()
    }

    pub(crate) async fn join(&self, device: Device, invite: &str) -> Answer {
        let body = json!({
            "invite": invite,
            "secret": text(&[device.1; 32]),
            "name": text(b"sealed"),
        });
        self.json(None, "POST", "/v1/join", body).await
    }

    /// Lets a device in.
    pub(crate) async fn admit(&self, device: Device, role: &str) -> Device {
        let invite = self.invite(Device(device.0, 1), 100 + device.1, role).await;
        assert_eq!(self.join(device, &invite).await.status, StatusCode::OK);
        device
    }

    pub(crate) async fn sync(&self, device: Device, request: &SyncRequest) -> Answer {
        self.send(Some(device), "POST", "/v1/sync", request.encode())
            .await
    }

    /// The epoch of a device's team.
    pub(crate) async fn epoch(&self, device: Device) -> Epoch {
        let answer = self.sync(device, &SyncRequest::default()).await;
        answer.message::<SyncResponse>().epoch
    }

    pub(crate) async fn push(&self, device: Device, rows: Vec<PushRow>) -> Answer {
        let request = SyncRequest {
            epoch: Some(self.epoch(device).await),
            push: rows,
            ..SyncRequest::default()
        };
        self.sync(device, &request).await
    }
}

pub(crate) fn founding(device: Device) -> Value {
    json!({
        "team": text(&[device.0; 16]),
        "secret": text(&[device.1; 32]),
        "name": text(b"sealed"),
        "key_check": text(&[7; 16]),
    })
}

pub(crate) fn row(number: u8, base: u64, envelope: &[u8]) -> PushRow {
    PushRow {
        row: BlindId([number; 16]),
        base: Seq::new(base).unwrap(),
        envelope: envelope.to_vec(),
    }
}
