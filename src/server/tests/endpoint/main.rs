//! What the endpoint answers below `/v1`, asked through its router.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]

mod administration;
mod bad_requests;
mod blobs;
mod events;
mod given;
mod limits;
mod rows;
