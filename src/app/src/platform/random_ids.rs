//! Fresh ids: for rows, and for this device.

use thiserror::Error;
use tongxing_sync::hlc::DeviceId;
use uuid::{ContextV7, Timestamp, Uuid};

use super::clock::now_ms;

thread_local! {
    static CONTEXT: ContextV7 = const { ContextV7::new() };
}

/// A fresh id (UUID version 7, RFC 9562 section 5.7): later ones of one page sort after earlier
/// ones, also within a millisecond and when the clock is set back.
#[must_use]
pub fn fresh_id() -> Uuid {
    let ms = now_ms();
    CONTEXT.with(|context| {
        let nanos = (ms % 1000) as u32 * 1_000_000;
        Uuid::new_v7(Timestamp::from_unix(context, ms / 1000, nanos))
    })
}

/// The browser gave no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this browser gives no random numbers")]
pub struct NoRandomness;

/// Random bytes fit for keys.
///
/// # Errors
/// [`NoRandomness`].
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let crypto = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .ok_or(NoRandomness)?;
    let mut bytes = [0; N];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A random id for a device, or for one opening of its book; never 0.
///
/// # Errors
/// [`NoRandomness`], which no current browser gives: the page cannot work there.
pub fn random_device() -> Result<DeviceId, NoRandomness> {
    let mut bytes = [0; 8];
    while bytes == [0; 8] {
        bytes = random_bytes()?;
    }
    Ok(DeviceId(u64::from_be_bytes(bytes)))
}
