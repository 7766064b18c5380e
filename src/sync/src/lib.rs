//! Clocks, registers, rows and their merge, and the replica that keeps them.
//!
//! The crate knows no dealer and no web; time and random numbers come in as arguments, and bytes
//! go out as [`storage::Batch`]es for the shell to write. It reads from the bottom up:
//!
//! | module | holds |
//! | --- | --- |
//! | [`hlc`] | stamps that order every edit of every device |
//! | [`row`] | rows of registers, packed, and their join |
//! | [`mod@format`] | versions and checksums of what is stored |
//! | [`segment`], [`journal`] | rows at rest, and commits on their way there |
//! | [`outbox`], [`activity`] | what is still to be sent; who changed what |
//! | [`author`] | who edits on which device |
//! | [`storage`] | the one boundary to a disk |
//! | [`replica`] | the book in memory: open, commit, receive, fold |
//! | `wire` | the protocol between members and their endpoint (feature `wire`) |
//! | `team_key`, `secret_text` | a team's key, and how it reaches a new member (feature `team`) |
//! | `invite_link`, `membership` | where a team is met, and what a device keeps of it (feature `team`) |
//! | `backoff` | how long to wait before asking again (feature `team`) |
//! | `envelope` | rows sealed for the endpoint (feature `team`) |
//! | `blob` | drawings, photos and files, and their way to the others (feature `team`) |
//! | `conflict` | what lost when two edited one field apart (feature `team`) |
//! | `backup`, `sealed_file` | a store as a file, and a file that opens with a password (feature `backup`) |
//! | `member` | the state machine that keeps one book with a team (feature `team`) |

pub mod activity;
pub mod author;
#[cfg(feature = "team")]
pub mod backoff;
#[cfg(feature = "backup")]
pub mod backup;
#[cfg(feature = "team")]
pub mod blob;
mod bytes;
#[cfg(feature = "team")]
mod cipher;
#[cfg(feature = "team")]
pub mod conflict;
#[cfg(feature = "conformance")]
pub mod conformance;
#[cfg(feature = "team")]
pub mod envelope;
pub mod format;
pub mod hlc;
#[cfg(feature = "team")]
pub mod invite_link;
pub mod journal;
#[cfg(feature = "team")]
pub mod member;
#[cfg(feature = "team")]
pub mod membership;
pub mod outbox;
mod packed;
pub mod quarantine;
pub mod replica;
pub mod row;
#[cfg(feature = "backup")]
pub mod sealed_file;
#[cfg(feature = "team")]
pub mod secret_text;
pub mod segment;
pub mod storage;
#[cfg(feature = "team")]
pub mod team_key;
#[cfg(feature = "wire")]
pub mod wire;
