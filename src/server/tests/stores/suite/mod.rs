//! The checks, by what they are about.

pub(crate) mod blobs;
pub(crate) mod crashes;
pub(crate) mod members;
pub(crate) mod rows;
pub(crate) mod transfers;
