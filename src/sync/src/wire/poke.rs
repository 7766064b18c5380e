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
