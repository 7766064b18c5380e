//! What went wrong with the database, from the browser's names for it.

use tongxing_sync::storage::StorageError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Something went wrong.
#[derive(Debug)]
pub(super) struct Trouble {
    error: StorageError,
    may_pass: bool,
}

impl Trouble {
    /// The connection is gone.
    pub(super) const fn closed() -> Self {
        Self {
            error: StorageError::Closed,
            may_pass: true,
        }
    }

    /// Nothing will change it.
    pub(super) const fn lasting(error: StorageError) -> Self {
        Self {
            error,
            may_pass: false,
        }
    }

    /// Whether a new connection may help.
    pub(super) const fn may_pass(&self) -> bool {
        self.may_pass
    }

    /// The error to tell when it has not passed.
    pub(super) fn into_error(self) -> StorageError {
        self.error
    }

    fn named(name: &str, message: &str) -> Self {
        let detail = || StorageError::Failed {
            detail: format!("{name}: {message}"),
        };
        match name {
            "QuotaExceededError" => Self::lasting(StorageError::QuotaExceeded),
            "VersionError" => Self::lasting(StorageError::NewerVersion),
            "SecurityError" | "NotAllowedError" => Self::lasting(StorageError::Denied),
            // The connection was closed before the transaction was opened, or while it ran.
            "InvalidStateError" | "AbortError" => Self::closed(),
            // Safari says so after it has put a tab to sleep, and Chromium when the disk stutters.
            "UnknownError" => Self {
                error: detail(),
                may_pass: true,
            },
            _ => Self::lasting(detail()),
        }
    }
}

impl From<JsValue> for Trouble {
    fn from(thrown: JsValue) -> Self {
        if let Some(exception) = thrown.dyn_ref::<DomException>() {
            Self::named(&exception.name(), &exception.message())
        } else if let Some(error) = thrown.dyn_ref::<js_sys::Error>() {
            Self::named(&String::from(error.name()), &String::from(error.message()))
        } else {
            Self::named("Error", &format!("{thrown:?}"))
        }
    }
}

impl From<idb::Error> for Trouble {
    fn from(error: idb::Error) -> Self {
        use idb::Error as E;
        match error {
            E::DomException(exception) => JsValue::from(exception).into(),
            // The browser has no IndexedDB, or keeps it from this page.
            E::IndexedDbNotFound(_) => Self::lasting(StorageError::Denied),
            E::ClearFailed(thrown)
            | E::CountFailed(thrown)
            | E::DeleteFailed(thrown)
            | E::GetAllFailed(thrown)
            | E::GetAllKeysFailed(thrown)
            | E::IndexedDbDeleteFailed(thrown)
            | E::IndexedDbOpenFailed(thrown)
            | E::KeyRangeCreateFailed(thrown)
            | E::ObjectStoreCreateFailed(thrown)
            | E::ObjectStoreNotFound(thrown)
            | E::RequestErrorNotFound(thrown)
            | E::RequestResultNotFound(thrown)
            | E::TransactionOpenFailed(thrown)
            | E::UpdateFailed(thrown) => thrown.into(),
            other => Self::lasting(StorageError::Failed {
                detail: other.to_string(),
            }),
        }
    }
}
