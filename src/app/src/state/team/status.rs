//! How syncing stands, and how one tab tells the others.

use super::error::TeamError;

/// What goes on between this device and the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is known yet.
    Starting,
    /// There is no network.
    Offline,
    /// Requests are on their way.
    Working,
    /// Both have the same.
    UpToDate,
    /// It did not work; it is tried again by itself.
    Retrying(TeamError),
    /// It did not work, and somebody has to do something.
    Stopped(TeamError),
}

/// How syncing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncStatus {
    /// What goes on.
    pub phase: Phase,
    /// Records that wait to be sent.
    pub waiting: usize,
    /// Of how many versions how many have come, while everything is fetched.
    pub fetched: Option<(u64, u64)>,
    /// When both last had the same, in Unix milliseconds.
    pub synced_ms: Option<u64>,
    /// Records that are too long to be sent.
    pub too_long: usize,
    /// Records that this version cannot open.
    pub unopened: usize,
    /// Whether the device may only read.
    pub read_only: bool,
    /// What the endpoint's time adds to the device's, in milliseconds.
    pub offset_ms: i64,
    /// Whether changes have come from a device whose clock runs ahead.
    pub far_future: bool,
    /// Signatures and photos that wait to be sent.
    pub blobs: usize,
    /// Why they are not on their way, where somebody has to do something.
    pub blobs_held: Option<TeamError>,
}

impl Default for SyncStatus {
    fn default() -> Self {
        Self {
            phase: Phase::Starting,
            waiting: 0,
            fetched: None,
            synced_ms: None,
            too_long: 0,
            unopened: 0,
            read_only: false,
            offset_ms: 0,
            far_future: false,
            blobs: 0,
            blobs_held: None,
        }
    }
}

/// A clock that is off by less is nothing to speak of.
const CLOCK_OFF_MS: u64 = 5 * 60_000;

impl SyncStatus {
    /// Whether the device's clock is wrong by so much that somebody should set it.
    pub const fn clock_is_off(&self) -> bool {
        self.offset_ms.unsigned_abs() > CLOCK_OFF_MS
    }

    /// Whether somebody has to do something.
    pub const fn needs_attention(&self) -> bool {
        let held = self.too_long > 0 || self.unopened > 0 || (self.read_only && self.waiting > 0);
        let held = held || (self.blobs > 0 && self.blobs_held.is_some());
        matches!(self.phase, Phase::Stopped(_)) || held || self.clock_is_off()
    }

    /// The status as other tabs read it: numbers with spaces between.
    pub(super) fn to_note(self) -> String {
        let (phase, error) = match self.phase {
            Phase::Starting => (0, 0),
            Phase::Offline => (1, 0),
            Phase::Working => (2, 0),
            Phase::UpToDate => (3, 0),
            Phase::Retrying(error) => (4, error.number()),
            Phase::Stopped(error) => (5, error.number()),
        };
        let (done, total) = self.fetched.unwrap_or_default();
        format!(
            "{phase} {error} {} {done} {total} {} {} {} {} {} {} {} {}",
            self.waiting,
            self.synced_ms.unwrap_or(0),
            self.too_long,
            self.unopened,
            u8::from(self.read_only),
            self.offset_ms,
            u8::from(self.far_future),
            self.blobs,
            self.blobs_held.map_or(0, TeamError::number),
        )
    }

    /// Reads what [`SyncStatus::to_note`] wrote; `None` if another version did.
    pub(super) fn from_note(note: &str) -> Option<Self> {
        let numbers: Vec<i64> = note
            .split(' ')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        let [
            phase,
            error,
            waiting,
            done,
            total,
            synced,
            too_long,
            unopened,
            read_only,
            offset_ms,
            far_future,
            blobs,
            blobs_held,
        ] = numbers.try_into().ok()?;
        let error = || TeamError::from_number(error);
        let total = u64::try_from(total).ok()?;
        let synced = u64::try_from(synced).ok()?;
        Some(Self {
            phase: match phase {
                0 => Phase::Starting,
                1 => Phase::Offline,
                2 => Phase::Working,
                3 => Phase::UpToDate,
                4 => Phase::Retrying(error()?),
                5 => Phase::Stopped(error()?),
                _ => return None,
            },
            waiting: usize::try_from(waiting).ok()?,
            fetched: (total > 0).then_some((u64::try_from(done).ok()?, total)),
            synced_ms: (synced > 0).then_some(synced),
            too_long: usize::try_from(too_long).ok()?,
            unopened: usize::try_from(unopened).ok()?,
            read_only: read_only != 0,
            offset_ms,
            far_future: far_future != 0,
            blobs: usize::try_from(blobs).ok()?,
            blobs_held: TeamError::from_number(blobs_held),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_tab_reads_what_one_tells() {
        let full = SyncStatus {
            phase: Phase::Stopped(TeamError::Full),
            waiting: 12,
            fetched: Some((3, 40)),
            synced_ms: Some(1_700_000_000_000),
            too_long: 1,
            unopened: 2,
            read_only: true,
            offset_ms: -7,
            far_future: true,
            blobs: 3,
            blobs_held: Some(TeamError::Full),
        };
        for status in [SyncStatus::default(), full] {
            assert_eq!(SyncStatus::from_note(&status.to_note()), Some(status));
        }
        for other in [
            "",
            "1 2 3",
            "9 0 0 0 0 0 0 0 0 0 0 0 0",
            "5 999 0 0 0 0 0 0 0 0 0 0 0",
        ] {
            assert_eq!(SyncStatus::from_note(other), None);
        }
    }
}
