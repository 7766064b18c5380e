//! What the pure crates are given as arguments: the time, and random numbers.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::Local;
use tongxing_domain::date::Date;
use tongxing_domain::id::Uuid;
use tongxing_sync::hlc::DeviceId;

use crate::failure::Failure;

/// Random bytes, fit for cryptography.
///
/// # Errors
/// [`Failure::NoRandomness`].
pub(crate) fn draw<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Failure::NoRandomness)?;
    Ok(bytes)
}

/// A random number for an opening of the store.
pub(crate) fn device() -> Result<DeviceId, Failure> {
    Ok(DeviceId(u64::from_be_bytes(draw()?)))
}

/// The device's wall time in Unix milliseconds.
pub(crate) fn now_ms() -> Result<u64, Failure> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|_| Failure::NoClock)?;
    u64::try_from(since.as_millis()).map_err(|_| Failure::NoClock)
}

/// Today, where the device is.
pub(crate) fn today() -> Date {
    Local::now().date_naive()
}

/// An id for a new record (UUID version 7, RFC 9562).
pub(crate) fn fresh_id() -> Uuid {
    Uuid::now_v7()
}
