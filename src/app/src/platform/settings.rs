//! What this device remembers about how the person works: language, theme, name, last place.

use std::cell::{Cell, RefCell};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::local_storage::{LocalError, LocalShelf};

const NAME: &str = "settings";
/// Where settings that could not be read are put aside.
const DAMAGED: &str = "settings.damaged";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The settings of this device. A field that is missing or damaged has its default; fields of a newer
/// version are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language's BCP 47 tag; none: the browser's.
    #[serde(deserialize_with = "tolerant")]
    pub lang: Option<String>,
    /// Light or dark.
    #[serde(deserialize_with = "tolerant")]
    pub theme: Theme,
    /// The person's name, under which edits are recorded.
    #[serde(deserialize_with = "tolerant")]
    pub member: String,
    /// The route that was open last, without the site's base.
    #[serde(deserialize_with = "tolerant")]
    pub last_place: String,
    /// The dealers that were opened last, the latest first.
    #[serde(deserialize_with = "tolerant")]
    pub recent_dealers: Vec<String>,
    /// When a backup was last saved, in Unix milliseconds.
    #[serde(deserialize_with = "tolerant")]
    pub last_backup_ms: Option<u64>,
    /// Whether the welcome is over.
    #[serde(deserialize_with = "tolerant")]
    pub welcome_done: bool,
    /// Whether the person has put the hint about installing away.
    #[serde(deserialize_with = "tolerant")]
    pub install_hint_done: bool,
    /// Whether the screen is shared: a reload in front of a dealer must not end it.
    #[serde(deserialize_with = "tolerant")]
    pub shared_screen: bool,
    /// What a newer version added.
    #[serde(flatten)]
    other: Map<String, Value>,
}

fn tolerant<'de, T, D>(input: D) -> Result<T, D::Error>
where
    T: DeserializeOwned + Default,
    D: Deserializer<'de>,
{
    let value = Value::deserialize(input)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// What the person should hear about the settings.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// Settings hold until the page is closed.
    #[error("settings cannot be kept")]
    NotKept(#[source] LocalError),
    /// Stored settings could not be read and were put aside; the defaults hold.
    #[error("stored settings could not be read")]
    Reset,
}

/// Keeps [`Settings`] on a shelf that other tabs may share.
pub struct SettingsKeeper {
    shelf: LocalShelf,
    /// The settings as this page last knew them: they hold when the shelf fails.
    held: RefCell<Settings>,
    unkept: Cell<bool>,
    told: Cell<bool>,
}

impl SettingsKeeper {
    /// Settings kept on `shelf`, and what to tell the person, once.
    #[must_use]
    pub fn open(shelf: LocalShelf) -> (Self, Option<SettingsError>) {
        let keeper = Self {
            shelf,
            held: RefCell::default(),
            unkept: Cell::new(false),
            told: Cell::new(false),
        };
        let trouble = match keeper.read() {
            Ok(()) if keeper.shelf.lasts() => None,
            Ok(()) => keeper.not_kept(LocalError::Denied).err(),
            Err(error) => Some(error),
        };
        (keeper, trouble)
    }

    /// The settings as they stand, with what other tabs have changed.
    #[must_use]
    pub fn get(&self) -> Settings {
        if !self.unkept.get() {
            // A damaged entry leaves the settings as this page knows them.
            let _ = self.read();
        }
        self.held.borrow().clone()
    }

    /// Changes settings; the change holds for this page even if it cannot be kept.
    ///
    /// # Errors
    /// [`SettingsError::NotKept`], the first time only.
    pub fn update(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, SettingsError> {
        let mut settings = self.get();
        change(&mut settings);
        self.held.replace(settings.clone());
        match self.shelf.set(NAME, &settings) {
            Ok(()) => {
                self.unkept.set(false);
                Ok(settings)
            }
            Err(error) => {
                self.unkept.set(true);
                self.not_kept(error).map(|()| settings)
            }
        }
    }

    fn read(&self) -> Result<(), SettingsError> {
        match self.shelf.get::<Settings>(NAME) {
            Ok(Some(settings)) => {
                self.held.replace(settings);
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(LocalError::Damaged { raw }) => {
                // Should there be no room to put it aside, the damage itself is all that is lost.
                let _ = self.shelf.set(DAMAGED, &raw);
                self.shelf.remove(NAME);
                Err(SettingsError::Reset)
            }
            Err(error) => self.not_kept(error),
        }
    }

    fn not_kept(&self, error: LocalError) -> Result<(), SettingsError> {
        if self.told.replace(true) {
            Ok(())
        } else {
            Err(SettingsError::NotKept(error))
        }
    }
}
