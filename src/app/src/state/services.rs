//! What the page holds on to while it runs: settings, and the browser's offers.

use crate::platform::drafts::Drafts;
use crate::platform::install::Install;
use crate::platform::settings::{Settings, SettingsKeeper};
use std::rc::Rc;
use tongxing_view::prelude::*;

/// The services of this page. Copies share them.
#[derive(Clone, Copy)]
pub struct Services {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    settings: SettingsKeeper,
    drafts: Drafts,
    install: Install,
}

impl Services {
    /// Holds on to the services.
    pub fn new(settings: SettingsKeeper, drafts: Drafts, install: Install) -> Self {
        Self {
            inner: StoredValue::new_local(Rc::new(Inner {
                settings,
                drafts,
                install,
            })),
        }
    }

    /// The journal of unsaved typing.
    pub fn drafts(self) -> Drafts {
        self.inner.with_value(|inner| inner.drafts.clone())
    }

    /// The settings as they stand.
    pub fn settings(self) -> Settings {
        self.inner.with_value(|inner| inner.settings.get())
    }

    /// Changes settings. That they cannot be kept was said at the start; they hold until the
    /// page is closed all the same.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        let _ = self.inner.with_value(|inner| inner.settings.update(change));
    }

    /// What the browser offers for installing the app.
    pub fn with_install<R>(self, reader: impl FnOnce(&Install) -> R) -> R {
        self.inner.with_value(|inner| reader(&inner.install))
    }

    /// Asks the person to install the app, where the browser can ask.
    pub async fn ask_to_install(self) {
        let inner = self.inner.get_value();
        inner.install.ask().await;
    }
}
