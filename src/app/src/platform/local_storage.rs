//! Small things that are kept at once, under names of their own: the browser's `localStorage`, or the
//! page's memory where the browser refuses it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_storage::{LocalStorage, Storage};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use super::json::{self, FromJson, ToJson};

/// Why a small thing could not be kept or read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LocalError {
    /// The browser lets this site store nothing. It is kept until the page is closed; say so once.
    #[error("this browser does not allow data to be stored")]
    Denied,
    /// There is no room left.
    #[error("there is no space left for small data")]
    Full,
    /// What was stored cannot be read.
    #[error("what was stored cannot be read")]
    Damaged {
        /// As it was found.
        raw: String,
    },
    /// Anything else.
    #[error("storing failed: {detail}")]
    Failed {
        /// What the browser said.
        detail: String,
    },
}

/// A part of the browser's small storage: every name in it begins with one prefix. Clones share it.
#[derive(Clone, Debug)]
pub struct LocalShelf {
    prefix: Rc<str>,
    /// In use when the browser refuses.
    memory: Option<Rc<RefCell<BTreeMap<String, String>>>>,
}

impl LocalShelf {
    /// The part whose names begin with `prefix`; in memory when the browser refuses storage.
    #[must_use]
    pub fn open(prefix: &str) -> Self {
        let mut shelf = Self {
            prefix: prefix.into(),
            memory: None,
        };
        if browser().is_err() {
            shelf.memory = Some(Rc::default());
        }
        shelf
    }

    /// A part that is kept only until it is dropped.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            prefix: "".into(),
            memory: Some(Rc::default()),
        }
    }

    /// Whether things outlive the page.
    #[must_use]
    pub const fn lasts(&self) -> bool {
        self.memory.is_none()
    }

    /// What is under a name.
    ///
    /// # Errors
    /// [`LocalError::Damaged`], [`LocalError::Denied`].
    pub fn get<T: FromJson>(&self, name: &str) -> Result<Option<T>, LocalError> {
        let Some(raw) = self.raw(name)? else {
            return Ok(None);
        };
        let value = json::parse(&raw).and_then(|json| T::from_json(&json));
        value.map(Some).ok_or(LocalError::Damaged { raw })
    }

    /// Keeps a value under a name, in place of the one that was there. When it fails, that one stays.
    ///
    /// # Errors
    /// [`LocalError::Full`], [`LocalError::Denied`], [`LocalError::Failed`].
    pub fn set<T: ToJson + ?Sized>(&self, name: &str, value: &T) -> Result<(), LocalError> {
        let raw = json::text(&value.to_json()).ok_or_else(|| LocalError::Failed {
            detail: "the value has no JSON".to_owned(),
        })?;
        self.set_raw(name, raw)
    }

    fn raw(&self, name: &str) -> Result<Option<String>, LocalError> {
        match &self.memory {
            Some(memory) => Ok(memory.borrow().get(name).cloned()),
            None => browser()?
                .get_item(&self.key(name))
                .map_err(|_| LocalError::Denied),
        }
    }

    fn set_raw(&self, name: &str, raw: String) -> Result<(), LocalError> {
        match &self.memory {
            Some(memory) => {
                memory.borrow_mut().insert(name.to_owned(), raw);
                Ok(())
            }
            None => browser()?
                .set_item(&self.key(name), &raw)
                .map_err(|thrown| not_kept(&thrown)),
        }
    }

    /// Removes what is under a name, if there is something.
    pub fn remove(&self, name: &str) {
        match &self.memory {
            Some(memory) => {
                memory.borrow_mut().remove(name);
            }
            None => {
                if let Ok(browser) = browser() {
                    // Browsers give no reason for which removing could fail.
                    let _ = browser.remove_item(&self.key(name));
                }
            }
        }
    }

    /// The names in use, ascending.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = match (&self.memory, browser()) {
            (Some(memory), _) => memory.borrow().keys().cloned().collect(),
            (None, Ok(browser)) => (0..browser.length().unwrap_or(0))
                .filter_map(|index| browser.key(index).ok().flatten())
                .filter_map(|key| key.strip_prefix(&*self.prefix).map(str::to_owned))
                .collect(),
            (None, Err(_)) => Vec::new(),
        };
        names.sort_unstable();
        names
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

/// Why the browser did not keep something.
fn not_kept(thrown: &JsValue) -> LocalError {
    let Some(error) = thrown.dyn_ref::<DomException>() else {
        return LocalError::Failed {
            detail: format!("{thrown:?}"),
        };
    };
    match error.name().as_str() {
        "QuotaExceededError" => LocalError::Full,
        "SecurityError" => LocalError::Denied,
        name => LocalError::Failed {
            detail: format!("{name}: {}", error.message()),
        },
    }
}

/// The browser's storage, asked for anew each time: the person may withdraw it at any moment, and
/// `gloo_storage` panics where it is missing.
fn browser() -> Result<web_sys::Storage, LocalError> {
    web_sys::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .map(|_| LocalStorage::raw())
        .ok_or(LocalError::Denied)
}
