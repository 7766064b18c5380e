//! What every page is drawn with: the language, the day, whether the dealer sees the screen.
//!
//! These change rarely and change everything, so the page is drawn anew when one of them
//! does. Pages can then read them as plain values.

use super::navigation::Navigation;
use super::services::Services;
use super::store::Store;
use super::team::Team;
use super::toasts::Toasts;
use crate::platform::settings::Theme;
use tongxing_domain::date::Date;
use tongxing_domain::schema::FieldSpec;
use tongxing_domain::words::{Lang, Words};
use tongxing_view::prelude::*;

/// What is remembered from one start to the next, and what holds until the app is closed.
#[derive(Clone, Copy)]
pub struct Session {
    /// The language.
    pub lang: RwSignal<Lang>,
    /// Light, dark, or as the system.
    pub theme: RwSignal<Theme>,
    /// Shared-screen mode.
    pub shared: RwSignal<bool>,
    /// The civil date where the tablet is.
    pub today: RwSignal<Date>,
    /// The account manager's name, for minutes and actions.
    pub member: RwSignal<String>,
    /// Whether the device has a network.
    pub online: RwSignal<bool>,
    /// Whether a new version waits to be started.
    pub update: RwSignal<bool>,
}

/// What a page is drawn with.
#[derive(Clone, Copy)]
pub struct Scene {
    /// The language.
    pub lang: Lang,
    /// Whether the dealer sees the screen: nothing internal may be drawn.
    pub shared: bool,
    /// The civil date.
    pub today: Date,
    /// The book.
    pub store: Store,
    /// The team that shares it, if there is one.
    pub team: Team,
    /// Notices.
    pub toasts: Toasts,
    /// The place.
    pub nav: Navigation,
    /// Settings, and the browser's offers.
    pub services: Services,
    /// What the scene is made from.
    pub session: Session,
}

impl Scene {
    /// A text in the scene's language.
    pub const fn t(self, words: Words) -> &'static str {
        words.in_lang(self.lang)
    }

    /// Whether a field may be drawn now.
    pub const fn shows(self, field: &FieldSpec) -> bool {
        !(self.shared && field.internal)
    }
}

/// The scene that the page is drawn with.
pub fn scene() -> Scene {
    expect_context::<Scene>()
}
