//! What this device remembers about how the person works: language, theme, name, last place.

use std::cell::{Cell, RefCell};

use thiserror::Error;
use wasm_bindgen::JsValue;

use super::json::{self, FromJson, ToJson};
use super::local_storage::{LocalError, LocalShelf};

const NAME: &str = "settings";
/// Where settings that could not be read are put aside.
const DAMAGED: &str = "settings.damaged";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language's BCP 47 tag; none: the browser's.
    pub lang: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// The person's name, under which edits are recorded.
    pub member: String,
    /// The route that was open last, without the site's base.
    pub last_place: String,
    /// The dealers that were opened last, the latest first.
    pub recent_dealers: Vec<String>,
    /// When a backup was last saved, in Unix milliseconds.
    pub last_backup_ms: Option<u64>,
    /// What seals the next backup: what the password of the last one led to, in hexadecimal digits. It
    /// lies where the book itself does, which whoever has the device can read.
    pub backup_key: Option<String>,
    /// Whether the welcome is over.
    pub welcome_done: bool,
    /// Whether the person has put the hint about installing away.
    pub install_hint_done: bool,
    /// Whether the screen is shared: a reload in front of a dealer must not end it.
    pub shared_screen: bool,
    /// Whether the person wants to be reminded of meetings while the app is open.
    pub reminders: bool,
    /// What a newer version added: names and the JSON of their values.
    other: Vec<(String, String)>,
}

impl ToJson for Theme {
    fn to_json(&self) -> JsValue {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
        .into()
    }
}

impl FromJson for Theme {
    fn from_json(json: &JsValue) -> Option<Self> {
        match json.as_string()?.as_str() {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

impl ToJson for Settings {
    fn to_json(&self) -> JsValue {
        let known = [
            ("lang", self.lang.to_json()),
            ("theme", self.theme.to_json()),
            ("member", self.member.to_json()),
            ("last_place", self.last_place.to_json()),
            ("recent_dealers", self.recent_dealers.to_json()),
            ("last_backup_ms", self.last_backup_ms.to_json()),
            ("backup_key", self.backup_key.to_json()),
            ("welcome_done", self.welcome_done.to_json()),
            ("install_hint_done", self.install_hint_done.to_json()),
            ("shared_screen", self.shared_screen.to_json()),
            ("reminders", self.reminders.to_json()),
        ];
        let other = self.other.iter();
        let other = other.filter_map(|(name, text)| Some((name.as_str(), json::parse(text)?)));
        json::object(known.into_iter().chain(other))
    }
}

impl FromJson for Settings {
    fn from_json(json: &JsValue) -> Option<Self> {
        let mut settings = Self::default();
        for (name, value) in json::fields(json)? {
            match name.as_str() {
                "lang" => settings.lang = tolerant(&value),
                "theme" => settings.theme = tolerant(&value),
                "member" => settings.member = tolerant(&value),
                "last_place" => settings.last_place = tolerant(&value),
                "recent_dealers" => settings.recent_dealers = tolerant(&value),
                "last_backup_ms" => settings.last_backup_ms = tolerant(&value),
                "backup_key" => settings.backup_key = tolerant(&value),
                "welcome_done" => settings.welcome_done = tolerant(&value),
                "install_hint_done" => settings.install_hint_done = tolerant(&value),
                "shared_screen" => settings.shared_screen = tolerant(&value),
                "reminders" => settings.reminders = tolerant(&value),
                _ => settings
                    .other
                    .extend(json::text(&value).map(|text| (name, text))),
            }
        }
        Some(settings)
    }
}

fn tolerant<T: FromJson + Default>(json: &JsValue) -> T {
    T::from_json(json).unwrap_or_default()
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
