//! How syncing stands, in words.

use super::icon::Icon;
use crate::locales::{Words, team as texts, time};
use crate::platform::clock;
use crate::state::scene::Scene;
use crate::state::team::{Phase, SyncStatus, TeamError};

/// How syncing stands, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncWords {
    /// A value for `data-sync`.
    pub key: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// In a word.
    pub short: String,
    /// In sentences.
    pub long: Vec<String>,
}

/// What went wrong, and what to do.
pub const fn error_words(error: TeamError) -> Words {
    match error {
        TeamError::Unreachable => texts::UNREACHABLE,
        TeamError::Busy => texts::BUSY,
        TeamError::NotAnEndpoint => texts::NOT_AN_ENDPOINT,
        TeamError::Insecure => texts::INSECURE,
        TeamError::NeedsNewerPage => texts::NEEDS_NEWER_PAGE,
        TeamError::NeedsNewerEndpoint => texts::NEEDS_NEWER_ENDPOINT,
        TeamError::NoLongerMember => texts::NO_LONGER_MEMBER,
        TeamError::Forbidden => texts::FORBIDDEN,
        TeamError::NotFound => texts::NOT_FOUND,
        TeamError::InviteInvalid => texts::INVITE_INVALID,
        TeamError::Full => texts::FULL,
        TeamError::Conflict => texts::CONFLICT,
        TeamError::WrongKey => texts::WRONG_KEY,
        TeamError::Failed => texts::FAILED,
        TeamError::Disk => texts::DISK,
        TeamError::NoRandomness => texts::NO_RANDOMNESS,
    }
}

/// A moment in few characters: the time of day for today, else the day.
pub fn moment(s: Scene, ms: u64) -> String {
    match clock::minute_of(ms) {
        Some(at) if at.date() == s.today => time::clock(at),
        Some(at) => format!(
            "{} {}",
            time::day(s.lang, at.date(), s.today),
            time::clock(at)
        ),
        None => String::new(),
    }
}

/// How syncing stands.
pub fn sync_words(s: Scene, status: &SyncStatus) -> SyncWords {
    let (key, icon, short, first) = match status.phase {
        Phase::Starting => ("busy", Icon::Sync, texts::STARTING, texts::STARTING_TEXT),
        Phase::Offline => (
            "offline",
            Icon::Offline,
            texts::OFFLINE,
            texts::OFFLINE_TEXT,
        ),
        Phase::Working => ("busy", Icon::Sync, texts::SYNCING, texts::SYNCING_TEXT),
        Phase::UpToDate => ("synced", Icon::Check, texts::UP_TO_DATE, texts::UP_TO_DATE),
        Phase::Retrying(error) => (
            "waiting",
            Icon::Offline,
            texts::RETRYING,
            error_words(error),
        ),
        Phase::Stopped(error) => (
            "attention",
            Icon::Alert,
            texts::ATTENTION,
            error_words(error),
        ),
    };
    let mut words = SyncWords {
        key,
        icon,
        short: s.t(short).to_owned(),
        long: Vec::new(),
    };
    match (status.phase, status.synced_ms, status.fetched) {
        (Phase::UpToDate, Some(ms), _) => {
            words.long.push(texts::up_to_date(s.lang, &moment(s, ms)));
        }
        (Phase::Working, _, Some((done, total))) => {
            s.t(texts::FETCHING).clone_into(&mut words.short);
            words.long.push(texts::fetched(s.lang, done, total));
        }
        _ => words.long.push(s.t(first).to_owned()),
    }
    if matches!(status.phase, Phase::Retrying(_)) {
        words.long.push(s.t(texts::RETRYING_TEXT).to_owned());
    }
    if status.waiting > 0 {
        words.long.push(texts::waiting(s.lang, status.waiting));
        if matches!(
            status.phase,
            Phase::Offline | Phase::Retrying(_) | Phase::UpToDate
        ) {
            words.short = texts::waiting_short(s.lang, status.waiting);
        }
    }
    if status.needs_attention() {
        words.key = "attention";
        words.icon = Icon::Alert;
        s.t(texts::ATTENTION).clone_into(&mut words.short);
    }
    let more = [
        (status.read_only && status.waiting > 0).then(|| s.t(texts::READ_ONLY_TEXT).to_owned()),
        (status.too_long > 0).then(|| texts::too_long(s.lang, status.too_long)),
        (status.unopened > 0).then(|| texts::unopened(s.lang, status.unopened)),
        status
            .clock_is_off()
            .then(|| texts::clock_off(s.lang, status.offset_ms.unsigned_abs() / 60_000)),
        status.far_future.then(|| s.t(texts::FAR_FUTURE).to_owned()),
        (status.blobs > 0).then(|| texts::blobs_waiting(s.lang, status.blobs)),
        (status.blobs > 0)
            .then_some(status.blobs_held)
            .flatten()
            .map(|error| s.t(error_words(error)).to_owned()),
    ];
    words.long.extend(more.into_iter().flatten());
    words
}
