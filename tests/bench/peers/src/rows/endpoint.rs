//! Devices that fill an endpoint over HTTP, each the only one of its team.
//!
//! What they push is encoded beforehand, and answers are looked at afterwards: time is the endpoint's.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tongxing_sync::wire::{
    BlindId, Epoch, Message as _, PushResult, PushRow, Seq, SyncRequest, SyncResponse,
};

use super::{BATCH, ROWS, row};
use crate::Failed;

/// Devices that push at the same time: while one is answered, another's rows are read.
const DEVICES: usize = 4;

/// Fills the endpoint at an address (`host:port`).
pub(crate) fn push(address: &str) -> Result<Value, Failed> {
    let start = Barrier::new(DEVICES + 1);
    let (seconds, pushed) = thread::scope(|scope| {
        let devices: Vec<_> = (0..DEVICES)
            .map(|device| {
                let start = &start;
                scope.spawn(move || {
                    let ready = Device::found(address, device).and_then(|device| {
                        let pushes = device.pushes()?;
                        Ok((device, pushes))
                    });
                    start.wait();
                    let (mut device, pushes) = ready.map_err(|error| error.to_string())?;
                    device.push(&pushes).map_err(|error| error.to_string())
                })
            })
            .collect();
        start.wait();
        let begun = Instant::now();
        let pushed: Result<Vec<usize>, String> = devices
            .into_iter()
            .map(|device| {
                let panicked = |_| "a device panicked".to_owned();
                device.join().map_err(panicked)?
            })
            .collect();
        (begun.elapsed().as_secs_f64(), pushed)
    });
    let wire_bytes: usize = pushed?.into_iter().sum();
    Ok(json!({ "rows_per_s": ROWS as f64 / seconds, "wire_bytes": wire_bytes }))
}

struct Device {
    number: usize,
    token: String,
    line: BufReader<TcpStream>,
    epoch: Epoch,
}

impl Device {
    /// Founds a team, and learns its epoch.
    fn found(address: &str, number: usize) -> Result<Self, Failed> {
        let line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        let (team, secret) = ([number as u8; 16], [200; 32]);
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let founding = json!({
            "team": text(&team),
            "secret": text(&secret),
            "name": text(b"a device"),
            "key_check": text(&[7; 16]),
        });
        let mut device = Self {
            number,
            token: text(&[&team[..], &secret].concat()),
            line: BufReader::new(line),
            epoch: Epoch::first([0; 8]),
        };
        let founding = device.request(
            "/v1/teams",
            "application/json",
            founding.to_string().as_bytes(),
        );
        device.ask(&founding)?;
        let pull = SyncRequest::default().encode();
        let pull = device.request("/v1/sync", tongxing_sync::wire::CONTENT_TYPE, &pull);
        device.epoch = SyncResponse::decode(&device.ask(&pull)?)?.epoch;
        Ok(device)
    }

    /// Every push of this device, ready to be sent. The cursor follows what was pushed before.
    fn pushes(&self) -> Result<Vec<Vec<u8>>, Failed> {
        let rows = ROWS / DEVICES;
        let pushes = (0..rows / BATCH).map(|push| {
            let pushed = push * BATCH;
            let numbers = (0..BATCH).map(|at| self.number * rows + pushed + at);
            let request = SyncRequest {
                epoch: Some(self.epoch),
                cursor: Seq::new(pushed as u64).ok_or("too many rows")?,
                buckets: None,
                push: numbers
                    .map(|number| {
                        let (id, envelope) = row(number);
                        PushRow {
                            row: BlindId(id),
                            base: Seq::ZERO,
                            envelope,
                        }
                    })
                    .collect(),
            };
            let kind = tongxing_sync::wire::CONTENT_TYPE;
            Ok(self.request("/v1/sync", kind, &request.encode()))
        });
        pushes.collect()
    }

    /// Pushes one after the other; how many bytes that was.
    fn push(&mut self, pushes: &[Vec<u8>]) -> Result<usize, Failed> {
        let mut answers = Vec::with_capacity(pushes.len());
        for push in pushes {
            answers.push(self.ask(push)?);
        }
        for answer in &answers {
            let response = SyncResponse::decode(answer)?;
            let stored = |result: &PushResult| matches!(result, PushResult::Stored { .. });
            if response.results.len() != BATCH || !response.results.iter().all(stored) {
                return Err("not every row was stored".into());
            }
        }
        Ok(pushes.iter().map(Vec::len).sum())
    }

    fn request(&self, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: endpoint\r\nauthorization: Bearer {}\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            self.token,
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    /// Sends a request and reads its answer's body.
    fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, Failed> {
        self.line.get_mut().write_all(request)?;
        let mut status = String::new();
        self.line.read_line(&mut status)?;
        let mut length = 0;
        loop {
            let mut head = String::new();
            self.line.read_line(&mut head)?;
            match head.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse()?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.line.read_exact(&mut body)?;
        if status
            .split(' ')
            .nth(1)
            .is_some_and(|code| code.starts_with('2'))
        {
            return Ok(body);
        }
        Err(format!("{status}{}", String::from_utf8_lossy(&body)).into())
    }
}
