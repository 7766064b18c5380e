//! The real endpoint as a program, and its owner.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tongxing_sync::invite_link::{EndpointAddress, InviteLink};
use tongxing_sync::membership::TokenSecret;
use tongxing_sync::secret_text::{Invite, InviteCode};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::TeamId;

const PATIENCE: Duration = Duration::from_secs(60);

/// The server's program, built beside this one by `cargo test --workspace`.
fn server() -> PathBuf {
    let ours = Path::new(env!("CARGO_BIN_EXE_tongxing"));
    let name = format!("tongxing-server{}", std::env::consts::EXE_SUFFIX);
    let server = ours.with_file_name(name);
    assert!(
        server.is_file(),
        "these tests need the endpoint: run `cargo build -p tongxing-server`"
    );
    server
}

fn command(arguments: &[&str], database: &str) -> Command {
    let mut command = Command::new(server());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TONGXING_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).args(["--database", database]);
    command
}

/// Runs a command of the server to its end.
pub(crate) fn run(arguments: &[&str], database: &str) {
    let output = command(arguments, database).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
}

/// A running endpoint.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Reads the log, so that the program never waits for a reader.
    _log: JoinHandle<()>,
}

impl Server {
    pub(crate) fn start(database: &str) -> Self {
        Self::start_at(database, "127.0.0.1:0")
    }

    /// Starts the program at an address, and waits until it listens.
    pub(crate) fn start_at(database: &str, address: &str) -> Self {
        let limits = [
            "--requests-per-second",
            "10000",
            "--joins-per-minute",
            "1000",
        ];
        let arguments = [&["--no-site", "--listen", address], &limits[..]].concat();
        let mut child = command(&arguments, database)
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, told) = mpsc::channel();
        let log = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("listening at http://") {
                    let address = address.split(',').next().unwrap();
                    tell.send(address.parse().unwrap()).unwrap();
                }
            }
        });
        let address = told
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("the endpoint did not listen"));
        Self {
            child,
            address,
            _log: log,
        }
    }

    /// Ends it without warning.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The owner's device of a team, which only administers.
pub(crate) struct Owner {
    address: SocketAddr,
    pub(crate) team: TeamId,
    pub(crate) key: TeamKey,
    token: TokenSecret,
}

impl Owner {
    /// Founds a team.
    pub(crate) fn found(server: &Server, number: u8) -> Self {
        let owner = Self {
            address: server.address,
            team: TeamId([number; 16]),
            key: TeamKey::new([number ^ 0x5A; 32]),
            token: TokenSecret::new([200; 32]),
        };
        let body = json!({
            "team": text(&owner.team.0),
            "secret": text(owner.token.expose()),
            "name": text(b"sealed name"),
            "key_check": text(&owner.key.check(owner.team).0),
        });
        owner.ask("POST", "/v1/teams", Some(body));
        owner
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let bearer = format!("Bearer {}", text(&*self.token.credential(self.team)));
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address))
            .header("authorization", bearer)
            .header("content-type", "application/json");
        let body = body.map_or_else(String::new, |body| body.to_string());
        let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
        let mut answer = agent.run(request.body(body).unwrap()).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// An invite link of a role.
    pub(crate) fn invite(&self, number: u8, role: &str) -> InviteLink {
        let code = InviteCode::new([number; 16]);
        let made = self.ask(
            "POST",
            "/v1/invites",
            Some(json!({ "secret": text(&*code.endpoint_secret()), "role": role })),
        );
        assert_eq!(made["role"], role);
        InviteLink {
            invite: Invite {
                team: self.team,
                key: self.key.clone(),
                code,
            },
            endpoint: EndpointAddress::from_text(&format!("http://{}", self.address)).unwrap(),
        }
    }

    /// The text of [`Owner::invite`].
    pub(crate) fn link(&self, number: u8, role: &str) -> String {
        let page = format!("http://{}/", self.address);
        self.invite(number, role).to_text(&page).to_string()
    }

    /// The members who have not left, without the owner.
    pub(crate) fn members(&self) -> Vec<Value> {
        let all = self.ask("GET", "/v1/members", None);
        let all = all.as_array().unwrap();
        let others = all
            .iter()
            .filter(|member| member["role"] != "owner" && member["revoked_ms"].is_null());
        others.cloned().collect()
    }

    /// Puts everybody else out.
    pub(crate) fn put_all_out(&self) {
        for member in self.members() {
            let id = member["id"].as_str().unwrap();
            self.ask("DELETE", &format!("/v1/members/{id}"), None);
        }
        assert_eq!(self.members(), [] as [Value; 0]);
    }
}
