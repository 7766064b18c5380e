//! The crate's behaviour, seen through its public interface.

mod clocks;
mod given;
mod rows;
