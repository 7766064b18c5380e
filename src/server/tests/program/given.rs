//! A running program, and the plainest of clients.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use tongxing_server::secret::{Credential, Secret};
use tongxing_sync::wire::{
    BlindId, Epoch, Message, PushRow, Seq, SyncRequest, SyncResponse, TeamId,
};

const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Option<JoinHandle<String>>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn message<T: Message>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        T::decode(&self.body).unwrap()
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The owner's token of team 1.
pub(crate) fn owner() -> Credential {
    Credential {
        team: TeamId([1; 16]),
        secret: Secret([200; 32]),
    }
}

/// The program with its arguments, not yet running.
pub(crate) fn command(database: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongxing-server"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TONGXING_") {
            command.env_remove(name);
        }
    }
    command.args(flags).arg("--database").arg(database);
    command
}

impl Program {
    /// Starts the program on a free port, and waits until it listens.
    pub(crate) fn start(database: &Path, flags: &[&str]) -> Self {
        let usual = [
            "--listen",
            "127.0.0.1:0",
            "--no-site",
            "--requests-per-second",
            "10000",
        ];
        let mut child = command(database, &[&usual[..], flags].concat())
            .env("RUST_LOG", "debug")
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let (tell, told) = mpsc::channel();
        let log = std::thread::spawn(move || {
            let mut all = String::new();
            for line in log.lines().map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("listening at http://") {
                    let address = address.split(',').next().unwrap();
                    tell.send(address.parse().unwrap()).unwrap();
                }
                all += &line;
                all.push('\n');
            }
            all
        });
        let address = told
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("the program did not listen"));
        Self {
            child,
            address,
            log: Some(log),
        }
    }

    /// Ends it without warning.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop; how it ended, and what it had logged.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not stop");
            std::thread::sleep(Duration::from_millis(20));
        };
        (status, self.log.take().unwrap().join().unwrap())
    }

    pub(crate) fn client(&self) -> Client {
        Client(self.address)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks one request per connection.
#[derive(Clone, Copy)]
pub(crate) struct Client(pub(crate) SocketAddr);

impl Client {
    /// An answer, or `None` if the program was gone before it was whole.
    pub(crate) fn try_ask(
        self,
        method: &str,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.0).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: endpoint\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8(answer[..end].to_vec())
            .unwrap()
            .to_lowercase();
        let body = answer[end + 4..].to_vec();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if length.is_some_and(|length| length.parse() != Ok(body.len())) {
            return None;
        }
        Some(Answer {
            status: head.split(' ').nth(1)?.parse().unwrap(),
            body,
        })
    }

    pub(crate) fn ask(self, method: &str, path: &str, token: &str, body: &[u8]) -> Answer {
        self.try_ask(method, path, token, body)
            .unwrap_or_else(|| panic!("the program is gone"))
    }

    /// Founds team 1.
    pub(crate) fn found(self) -> Epoch {
        let body = json!({
            "team": text(&owner().team.0),
            "secret": text(&owner().secret.0),
            "name": text(b"sealed name"),
            "key_check": text(&[7; 16]),
        });
        let founded = self.ask("POST", "/v1/teams", "", body.to_string().as_bytes());
        assert_eq!(founded.status, 201);
        self.pull(Seq::ZERO, None).epoch
    }

    pub(crate) fn try_push(self, epoch: Epoch, rows: &[PushRow]) -> Option<Answer> {
        let request = SyncRequest {
            epoch: Some(epoch),
            push: rows.to_vec(),
            ..SyncRequest::default()
        };
        self.try_ask("POST", "/v1/sync", &owner().to_text(), &request.encode())
    }

    pub(crate) fn push(self, epoch: Epoch, rows: &[PushRow]) -> SyncResponse {
        self.try_push(epoch, rows).unwrap().message()
    }

    pub(crate) fn pull(self, cursor: Seq, epoch: Option<Epoch>) -> SyncResponse {
        let request = SyncRequest {
            epoch,
            cursor,
            ..SyncRequest::default()
        };
        let body = request.encode();
        self.ask("POST", "/v1/sync", &owner().to_text(), &body)
            .message()
    }

    /// Every row: its number and its envelope.
    pub(crate) fn all(self, epoch: Epoch) -> Vec<(u64, Vec<u8>)> {
        let (mut rows, mut cursor) = (Vec::new(), Seq::ZERO);
        loop {
            let response = self.pull(cursor, Some(epoch));
            for row in response.page {
                let number = u64::from_be_bytes(row.row.0[8..].try_into().unwrap());
                rows.push((number, row.envelope));
            }
            cursor = response.cursor;
            if !response.more {
                return rows;
            }
        }
    }
}

pub(crate) fn row(number: u64, base: u64, envelope: &[u8]) -> PushRow {
    let mut id = [0; 16];
    id[0] = number as u8;
    id[8..].copy_from_slice(&number.to_be_bytes());
    PushRow {
        row: BlindId(id),
        base: Seq::new(base).unwrap(),
        envelope: envelope.to_vec(),
    }
}
