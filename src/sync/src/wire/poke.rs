//! `GET /v1/events`: pokes, which say only that the head has moved.
//!
//! ```text
//! event: head
//! data: <epoch, 32 hexadecimal digits> <head, decimal>
//! ```

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{Epoch, Seq};

/// The head has moved: whoever's cursor is not there asks for what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poke {
    /// The endpoint's epoch.
    pub epoch: Epoch,
    /// The last version given.
    pub head: Seq,
}

impl Poke {
    /// The event's name in the stream. Other events, and comments, are passed over.
    pub const EVENT: &'static str = "head";
}

impl fmt::Display for Poke {
    /// The event's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.epoch, self.head)
    }
}

/// The data of an event is not that of a poke: sync all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not the data of a poke")]
pub struct NotAPoke;

impl FromStr for Poke {
    type Err = NotAPoke;

    fn from_str(data: &str) -> Result<Self, NotAPoke> {
        let (epoch, head) = data.split_once(' ').ok_or(NotAPoke)?;
        let digits = |text: &str, length: std::ops::RangeInclusive<usize>| {
            length.contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        if !digits(epoch, 32..=32) || !digits(head, 1..=19) {
            return Err(NotAPoke);
        }
        let epoch = u128::from_str_radix(epoch, 16).map_err(|_| NotAPoke)?;
        let head = head.parse().ok().and_then(Seq::new).ok_or(NotAPoke)?;
        Ok(Self {
            epoch: Epoch(epoch.to_be_bytes()),
            head,
        })
    }
}

/// The longest line of a stream that is looked at; a longer one is no poke's.
const MAX_LINE_BYTES: usize = 1 << 10;

/// Reads pokes from a stream as its bytes arrive, in parts of any size.
///
/// Source: WHATWG HTML, section 9.2 "Server-sent events", as far as it is needed here.
#[derive(Debug, Default)]
pub struct PokeReader {
    line: Vec<u8>,
    is_poke: bool,
    data: String,
}

impl PokeReader {
    /// Takes bytes in; the pokes that they complete, in order.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Poke> {
        let mut pokes = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    pokes.extend(self.end_of_line(&line));
                }
                b'\r' => {}
                byte if self.line.len() < MAX_LINE_BYTES => self.line.push(*byte),
                _ => {}
            }
        }
        pokes
    }

    fn end_of_line(&mut self, line: &[u8]) -> Option<Poke> {
        let line = str::from_utf8(line).unwrap_or_default();
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return std::mem::take(&mut self.is_poke)
                .then(|| data.parse().ok())
                .flatten();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.is_poke = value == Poke::EVENT,
            "data" => value.clone_into(&mut self.data),
            _ => {}
        }
        None
    }
}
