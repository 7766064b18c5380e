//! Clocks, registers, rows and their merge, and the replica that keeps them.
//!
//! The crate knows no dealer and no web; time and random numbers come in as arguments, and bytes
//! go out as [`storage::Batch`]es for the shell to write. It reads from the bottom up:
//!

mod bytes;
pub mod hlc;
pub mod row;
