//! The journal of unsaved typing: a tab killed in the middle of a sentence loses none of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

use gloo_events::EventListener;
use thiserror::Error;
use uuid::Uuid;
use wasm_bindgen::JsValue;

use super::clock::now_ms;
use super::idle::{Delay, after};
use super::json::{self, FromJson, ToJson};
use super::local_storage::{LocalError, LocalShelf};

/// How long a keystroke waits to be stored, in milliseconds. A tab that is hidden or closed stores at
/// once; this is for one that is killed.
pub const SAVED_WITHIN_MS: u32 = 200;
/// The longest draft, in bytes of UTF-8.
pub const LONGEST_DRAFT: usize = 512 * 1024;
/// The most that all drafts may take, in bytes of UTF-8: well below the 5 MB that browsers give.
pub const ALL_DRAFTS: usize = 2 * 1024 * 1024;

/// What is being typed into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftKey {
    /// A form.
    Form {
        /// The table's name, without a colon.
        table: String,
        /// The record, none for a new one.
        id: Option<Uuid>,
        /// What the record belongs to, such as its dealer.
        parent: Option<Uuid>,
    },
    /// The minutes of a meeting.
    Minutes {
        /// The meeting.
        meeting: Uuid,
    },
}

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { table, id, parent } => {
                write!(f, "form:{table}:")?;
                match id {
                    Some(id) => write!(f, "{}:", id.simple())?,
                    None => f.write_str("new:")?,
                }
                parent.map_or(Ok(()), |parent| write!(f, "{}", parent.simple()))
            }
            Self::Minutes { meeting } => write!(f, "minutes:{}", meeting.simple()),
        }
    }
}

/// The text is no draft's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not the key of a draft")]
pub struct NotADraftKey;

impl FromStr for DraftKey {
    type Err = NotADraftKey;

    fn from_str(text: &str) -> Result<Self, NotADraftKey> {
        let uuid = |text: &str| Uuid::parse_str(text).map_err(|_| NotADraftKey);
        let parts: Vec<_> = text.split(':').collect();
        match parts.as_slice() {
            ["form", table, id, parent] if !table.is_empty() => Ok(Self::Form {
                table: (*table).to_owned(),
                id: (*id != "new").then(|| uuid(id)).transpose()?,
                parent: (!parent.is_empty()).then(|| uuid(parent)).transpose()?,
            }),
            ["minutes", meeting] => Ok(Self::Minutes {
                meeting: uuid(meeting)?,
            }),
            _ => Err(NotADraftKey),
        }
    }
}

/// Typing that was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What was typed into.
    pub key: DraftKey,
    /// What was typed.
    pub text: String,
    /// When it was last typed into, in Unix milliseconds; 0 when unknown.
    pub typed_ms: u64,
}

#[derive(Clone)]
struct Typed {
    text: String,
    typed_ms: u64,
}

impl ToJson for Typed {
    fn to_json(&self) -> JsValue {
        json::object([
            ("text", self.text.to_json()),
            ("typed_ms", self.typed_ms.to_json()),
        ])
    }
}

impl FromJson for Typed {
    fn from_json(json: &JsValue) -> Option<Self> {
        Some(Self {
            text: String::from_json(&json::field(json, "text"))?,
            typed_ms: u64::from_json(&json::field(json, "typed_ms"))?,
        })
    }
}

/// Why typing is not kept safe. It is still held by the page; say so, and advise to save.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// The text is longer than [`LONGEST_DRAFT`].
    #[error("the text is too long to be kept as a draft")]
    TooLong,
    /// All drafts together would take more than [`ALL_DRAFTS`]: some must be saved or thrown away.
    #[error("too many drafts are waiting to be saved")]
    TooMany,
    /// The browser did not keep it.
    #[error("the draft was not kept")]
    NotKept(#[from] LocalError),
}

/// The drafts of this device. Clones share them; the last one dropped stores what waits.
#[derive(Clone)]
pub struct Drafts {
    journal: Rc<Journal>,
    _listeners: Rc<Vec<EventListener>>,
}

struct Journal {
    shelf: LocalShelf,
    /// Typed and not stored yet.
    waiting: RefCell<BTreeMap<DraftKey, Typed>>,
    /// Bytes stored by key, so that a keystroke need not read all drafts.
    stored: RefCell<BTreeMap<DraftKey, usize>>,
    timer: RefCell<Option<Delay>>,
    /// What was reported and has not passed yet.
    reported: RefCell<Vec<DraftError>>,
    on_failure: Box<dyn Fn(DraftError)>,
}

impl Drafts {
    /// The drafts on `shelf`, which may hold other things too. `on_failure` is called when typing
    /// cannot be kept safe, once for each kind of failure until it has passed.
    pub fn open(shelf: LocalShelf, on_failure: impl Fn(DraftError) + 'static) -> Self {
        let journal = Rc::new(Journal {
            shelf,
            waiting: RefCell::default(),
            stored: RefCell::default(),
            timer: RefCell::default(),
            reported: RefCell::default(),
            on_failure: Box::new(on_failure),
        });
        let sizes = journal.stored_drafts();
        journal
            .stored
            .replace(sizes.map(|draft| (draft.key, draft.text.len())).collect());
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            listeners.push(journal.store_on(&window, "pagehide"));
            if let Some(document) = window.document() {
                listeners.push(journal.store_on(&document, "visibilitychange"));
            }
        }
        Self {
            journal,
            _listeners: Rc::new(listeners),
        }
    }

    /// Notes what was typed, stored within [`SAVED_WITHIN_MS`], and at once when the tab is hidden or
    /// closed. Call it at every keystroke.
    pub fn keep(&self, key: DraftKey, text: impl Into<String>) {
        let typed = Typed {
            text: text.into(),
            typed_ms: now_ms(),
        };
        self.journal.waiting.borrow_mut().insert(key, typed);
        let mut timer = self.journal.timer.borrow_mut();
        if timer.is_none() {
            let journal = Rc::downgrade(&self.journal);
            *timer = Some(after(SAVED_WITHIN_MS, move || {
                if let Some(journal) = journal.upgrade() {
                    journal.store();
                }
            }));
        }
    }

    /// Stores what waits, now. Failures go to `on_failure`.
    pub fn store(&self) {
        self.journal.store();
    }

    /// All drafts, the latest first.
    #[must_use]
    pub fn list(&self) -> Vec<Draft> {
        let waiting = self.journal.waiting.borrow();
        let stored = self.journal.stored_drafts();
        let mut drafts: Vec<_> = stored
            .filter(|draft| !waiting.contains_key(&draft.key))
            .collect();
        let latest = waiting.iter();
        drafts.extend(latest.map(|(key, typed)| typed.clone().into_draft(key.clone())));
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.typed_ms));
        drafts
    }

    /// The draft under a key.
    #[must_use]
    pub fn get(&self, key: &DraftKey) -> Option<Draft> {
        let waiting = self.journal.waiting.borrow().get(key).cloned();
        waiting
            .map(|typed| typed.into_draft(key.clone()))
            .or_else(|| self.journal.stored_draft(key))
    }

    /// The draft under a key, which is forgotten.
    #[must_use]
    pub fn take(&self, key: &DraftKey) -> Option<Draft> {
        let draft = self.get(key);
        self.clear(key);
        draft
    }

    /// Forgets the draft under a key: it was saved, or thrown away.
    pub fn clear(&self, key: &DraftKey) {
        self.journal.waiting.borrow_mut().remove(key);
        self.journal.stored.borrow_mut().remove(key);
        self.journal.shelf.remove(&key.to_string());
    }
}

impl Typed {
    fn into_draft(self, key: DraftKey) -> Draft {
        Draft {
            key,
            text: self.text,
            typed_ms: self.typed_ms,
        }
    }
}

impl Journal {
    fn store_on(
        self: &Rc<Self>,
        target: &web_sys::EventTarget,
        event: &'static str,
    ) -> EventListener {
        let journal = Rc::clone(self);
        EventListener::new(target, event, move |_| journal.store())
    }

    fn stored_drafts(&self) -> impl Iterator<Item = Draft> {
        let names = self.shelf.names().into_iter();
        // Other things may lie on the shelf, drafts of a newer version among them.
        names.filter_map(|name| self.stored_draft(&name.parse().ok()?))
    }

    fn stored_draft(&self, key: &DraftKey) -> Option<Draft> {
        let typed = match self.shelf.get::<Typed>(&key.to_string()) {
            Ok(typed) => typed?,
            // Somebody's typing, whatever happened to it, is better shown than lost.
            Err(LocalError::Damaged { raw }) => Typed {
                text: raw,
                typed_ms: 0,
            },
            Err(_) => return None,
        };
        Some(typed.into_draft(key.clone()))
    }

    fn store(&self) {
        self.timer.take();
        let mut errors = Vec::new();
        for (key, typed) in self.waiting.take() {
            match self.store_one(&key, &typed) {
                Ok(()) => {
                    self.stored.borrow_mut().insert(key, typed.text.len());
                }
                Err(error) => {
                    // It keeps waiting: it is tried again at the next keystroke, and still found here.
                    self.waiting.borrow_mut().entry(key).or_insert(typed);
                    errors.push(error);
                }
            }
        }
        let reported = self.reported.replace(errors.clone());
        errors.retain(|error| !reported.contains(error));
        errors.dedup();
        errors.into_iter().for_each(&self.on_failure);
    }

    fn store_one(&self, key: &DraftKey, typed: &Typed) -> Result<(), DraftError> {
        if typed.text.len() > LONGEST_DRAFT {
            return Err(DraftError::TooLong);
        }
        let stored = self.stored.borrow();
        let others = stored.iter().filter(|(other, _)| *other != key);
        if others.map(|(_, bytes)| bytes).sum::<usize>() + typed.text.len() > ALL_DRAFTS {
            return Err(DraftError::TooMany);
        }
        Ok(self.shelf.set(&key.to_string(), typed)?)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.store();
    }
}
