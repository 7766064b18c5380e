//! Hybrid logical clocks: stamps that order the edits of every device.
//!
//! Source: Kulkarni et al., "Logical Physical Clocks and Consistent Snapshots in Globally
//! Distributed Databases" (2014), with the device id as the last part so that no two devices ever
//! make the same stamp.

use std::fmt;

/// How far ahead of the corrected time another device may pull the local clock, in milliseconds.
pub const MAX_AHEAD_MS: u64 = 60_000;

/// The greatest wall time a clock takes from its device, in Unix milliseconds. It lies well before
/// the end of 48 bits, so that a device with an absurd wall time still has 2³⁶ stamps to give.
const MAX_WALL_MS: u64 = Hlc::MAX_MS - (1 << 20);

/// A random number that tells one device from all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub u64);

/// A stamp: 48-bit Unix milliseconds, a 16-bit counter, a 64-bit device id.
///
/// Its 16 big-endian bytes sort as the stamp itself does.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc {
    /// Milliseconds in the upper 48 bits, the counter in the lower 16: adding one carries.
    time: u64,
    device: u64,
}

impl Hlc {
    /// The stamp before all others; as the base of an edit it means "there was no value".
    pub const ZERO: Self = Self { time: 0, device: 0 };
    /// The last millisecond that 48 bits can hold (year 10889).
    pub const MAX_MS: u64 = (1 << 48) - 1;
    /// Length of the encoded stamp.
    pub const BYTES: usize = 16;

    /// Puts a stamp together; milliseconds beyond [`Hlc::MAX_MS`] become that.
    #[must_use]
    pub const fn new(ms: u64, counter: u16, device: DeviceId) -> Self {
        let ms = if ms > Self::MAX_MS { Self::MAX_MS } else { ms };
        Self {
            time: (ms << 16) | counter as u64,
            device: device.0,
        }
    }

    /// Unix milliseconds.
    #[must_use]
    pub const fn ms(self) -> u64 {
        self.time >> 16
    }

    /// Place among the stamps of one millisecond.
    #[must_use]
    pub const fn counter(self) -> u16 {
        (self.time & 0xFFFF) as u16
    }

    /// The device that made the stamp.
    #[must_use]
    pub const fn device(self) -> DeviceId {
        DeviceId(self.device)
    }

    /// Milliseconds and counter as one number.
    pub(crate) const fn time(self) -> u64 {
        self.time
    }

    /// The stamp of milliseconds and counter as one number.
    pub(crate) const fn from_time(time: u64, device: DeviceId) -> Self {
        Self {
            time,
            device: device.0,
        }
    }

    /// The 16 big-endian bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        ((u128::from(self.time) << 64) | u128::from(self.device)).to_be_bytes()
    }

    /// Reads what [`Hlc::to_bytes`] wrote; all 16 bytes are always a stamp.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let both = u128::from_be_bytes(bytes);
        Self {
            time: (both >> 64) as u64,
            device: both as u64,
        }
    }

    /// The first stamp of `device` after this one.
    #[must_use]
    pub const fn successor(self, device: DeviceId) -> Self {
        Self {
            time: self.time.saturating_add(1),
            device: device.0,
        }
    }
}

impl fmt::Debug for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}@{:016x}", self.ms(), self.counter(), self.device)
    }
}

/// What the clock made of a stamp from another device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// The stamp is plausible and the clock now stands at or after it.
    Ok,
    /// The stamp lies more than [`MAX_AHEAD_MS`] in the future. Merge its value all the same, and
    /// tell the person that a device's time is wrong; the clock went no further than that.
    FarFuture,
}

/// The clock of one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    last: Hlc,
}

impl Clock {
    /// A clock that has given no stamp yet.
    #[must_use]
    pub const fn new(device: DeviceId) -> Self {
        Self {
            last: Hlc {
                time: 0,
                device: device.0,
            },
        }
    }

    /// The clock that gave `last`, as it was stored.
    #[must_use]
    pub const fn resume(last: Hlc) -> Self {
        Self { last }
    }

    /// Where the clock stands: [`Clock::resume`] from it. What is stored with every
    /// write has to tell it.
    #[must_use]
    pub const fn last(&self) -> Hlc {
        self.last
    }

    /// The device whose clock this is.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        DeviceId(self.last.device)
    }

    /// Takes note of the time of a stamp that this clock gave, in another tab or before it was
    /// stored last.
    pub(crate) fn stand_at_least_at(&mut self, time: u64) {
        self.last.time = self.last.time.max(time);
    }

    /// The next stamp, greater than every one before it whatever the wall time does.
    ///
    /// `now_ms` is the device's wall time in Unix milliseconds, `offset_ms` what the endpoint's
    /// time adds to it (0 when unknown).
    pub fn tick(&mut self, now_ms: u64, offset_ms: i64) -> Hlc {
        let wall = now_ms.saturating_add_signed(offset_ms).min(MAX_WALL_MS) << 16;
        self.last.time = if wall > self.last.time {
            wall
        } else {
            self.last.time.saturating_add(1)
        };
        self.last
    }

    /// Takes note of a stamp from another device, so that the next local one comes after it.
    ///
    /// `corrected_now_ms` is wall time plus offset. The clock never goes further than
    /// [`MAX_AHEAD_MS`] beyond it on another device's word.
    pub fn observe(&mut self, remote: Hlc, corrected_now_ms: u64) -> Observed {
        let ceiling = Hlc::new(
            corrected_now_ms.saturating_add(MAX_AHEAD_MS),
            0,
            self.device(),
        );
        self.last.time = self.last.time.max(remote.time.min(ceiling.time));
        if remote.ms() > ceiling.ms() {
            Observed::FarFuture
        } else {
            Observed::Ok
        }
    }
}
