//! Room for the site's data, and the browser's word not to clear it away.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// Whether the browser may clear the site's data away when the device runs out of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// It will not: only the person can remove the data.
    Kept,
    /// It may. Remind the person of backups.
    AtRisk,
    /// The browser does not say. Treat as [`Persistence::AtRisk`].
    Unknown,
}

/// How much of its share of the disk the site uses. Browsers round both figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In use, in bytes.
    pub used: u64,
    /// The most that may be used, in bytes.
    pub quota: u64,
}

impl Room {
    /// The part in use, 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.quota == 0 {
            1.0
        } else {
            (self.used as f64 / self.quota as f64).min(1.0)
        }
    }
}

/// Asks the browser to keep the site's data for good. Some ask the person, so call it once there is
/// something to keep.
pub async fn ask_to_keep() -> Persistence {
    persistence(StorageManager::persist).await
}

/// Whether the data is kept for good, without asking for it.
pub async fn is_kept() -> Persistence {
    persistence(StorageManager::persisted).await
}

/// The room in use and the room there is; `None` where the browser does not say.
pub async fn room() -> Option<Room> {
    let estimate = answer(StorageManager::estimate).await?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    Some(Room {
        used: estimate.get_usage()? as u64,
        quota: estimate.get_quota()? as u64,
    })
}

type Question = fn(&StorageManager) -> Result<Promise, JsValue>;

async fn persistence(question: Question) -> Persistence {
    match answer(question).await.and_then(|answer| answer.as_bool()) {
        Some(true) => Persistence::Kept,
        Some(false) => Persistence::AtRisk,
        None => Persistence::Unknown,
    }
}

async fn answer(question: Question) -> Option<JsValue> {
    let manager = web_sys::window()?.navigator().storage();
    // Absent on pages that did not come over a safe connection.
    if manager.is_undefined() {
        return None;
    }
    JsFuture::from(question(&manager).ok()?).await.ok()
}
