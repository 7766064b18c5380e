//! From the start of the script to the first page.

use super::banners::{banners, storage_words};
use super::keyboard;
use super::pages::page;
use super::palette::palette;
use super::rail::rail;
use super::toasts::toasts;
use crate::components::icon::Icon;
use crate::components::parts::Doors;
use crate::components::sheets::Sheets;
use crate::locales::{Lang, Words, shell};
use crate::platform::drafts::Drafts;
use crate::platform::indexed_db::IndexedDb;
use crate::platform::install::watch_install;
use crate::platform::local_storage::LocalShelf;
use crate::platform::service_worker::Heard;
use crate::platform::settings::{SettingsKeeper, Theme};
use crate::platform::{clock, idle, network, persistence, random_ids, service_worker, site, tabs};
use crate::state::navigation::Navigation;
use crate::state::reminders;
use crate::state::scene::{Scene, Session};
use crate::state::services::Services;
use crate::state::store::Store;
use crate::state::team::Team;
use crate::state::toasts::Toasts;
use std::time::Duration;
use tongxing_sync::replica::{OpenError, Opened, Progress, open};
use tongxing_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Opening that takes longer shows how far it has come.
const SHOW_PROGRESS_AFTER: Duration = Duration::from_secs(1);

/// Starts the page in the element that holds the skeleton. `doors` lead to what it shows.
pub fn start(doors: Doors) {
    console_error_panic_hook::set_once();
    let host = document()
        .get_element_by_id("app")
        .and_then(|host| host.dyn_into::<HtmlElement>().ok());
    let Some(host) = host else { return };
    let skeleton = host.last_element_child();
    leptos::mount::mount_to_renderer(&host, move || {
        let start = Start::prepare(doors);
        tabs::when_elected(move || start.elected.set(true));
        leptos::task::spawn_local(start.open_book());
        set_timeout(move || start.slow.set(true), SHOW_PROGRESS_AFTER);
        // The skeleton stays until there is something to show in its place.
        Effect::new(move |_| {
            if start.has_something_to_show()
                && let Some(skeleton) = &skeleton
            {
                skeleton.remove();
            }
        });
        start.draw()
    })
    .forget();
}

#[derive(Clone)]
enum Book {
    Opening,
    Open(Store),
    Failed(Words),
}

#[derive(Clone, Copy)]
struct Start {
    session: Session,
    services: Services,
    toasts: Toasts,
    nav: Navigation,
    slow: RwSignal<bool>,
    progress: RwSignal<Option<Progress>>,
    book: RwSignal<Book>,
    /// Whether this tab is the one that folds the journal and syncs.
    elected: RwSignal<bool>,
    /// The ways to all that is shown.
    doors: Doors,
    team: Team,
}

impl Start {
    fn prepare(doors: Doors) -> Self {
        let toasts = Toasts::default();
        let (keeper, settings_error) = SettingsKeeper::open(LocalShelf::open(&site::name()));
        let settings = keeper.get();
        let tag = settings
            .lang
            .clone()
            .or_else(|| window().navigator().language());
        let lang = Lang::for_tag(tag.as_deref().unwrap_or("zh"));
        let warn = move |words: Words| toasts.warn(words.in_lang(lang).to_owned());
        let drafts = Drafts::open(LocalShelf::open(&site::name()), move |_| {
            warn(shell::DRAFTS_AT_RISK);
        });
        if settings_error.is_some() {
            warn(shell::SETTINGS_NOT_KEPT);
        }
        let session = Session {
            lang: RwSignal::new(lang),
            theme: RwSignal::new(settings.theme),
            shared: RwSignal::new(settings.shared_screen),
            today: RwSignal::new(clock::today()),
            member: RwSignal::new(settings.member),
            online: RwSignal::new(network::online()),
            update: RwSignal::new(false),
        };
        let install = watch_install(|| {});
        let services = Services::new(keeper, drafts, install);
        follow_device(session);
        keep_settings(session, services);
        let (nav, team) = (Navigation::follow(), Team::unknown(doors.team));
        team.follow_address(nav);
        Self {
            session,
            services,
            toasts,
            nav,
            slow: RwSignal::new(false),
            progress: RwSignal::new(None),
            book: RwSignal::new(Book::Opening),
            elected: RwSignal::new(false),
            doors,
            team,
        }
    }

    async fn open_book(self) {
        let book = match self.read_book().await {
            Ok(store) => Book::Open(store),
            Err(words) => Book::Failed(words),
        };
        self.book.set(book);
    }

    async fn read_book(self) -> Result<Store, Words> {
        let device = random_ids::random_device().map_err(|_| shell::STORE_FAILED)?;
        let disk = IndexedDb::open(&site::name())
            .await
            .map_err(|error| storage_words(&error))?;
        // Elected before the first record is read, this tab alone folds, and nothing can be missed.
        let sole = self.elected.get_untracked();
        let progress = self.progress;
        let opened = open(&disk, device, move |now| progress.set(Some(now))).await;
        let opened = opened.map_err(|error| match error {
            OpenError::Storage(error) => storage_words(&error),
            OpenError::NeedsNewerVersion(_) => shell::STORE_NEWER,
        })?;
        let Opened {
            replica,
            quarantined,
            upkeep_error,
            ..
        } = opened;
        let lang = self.session.lang.get_untracked();
        if !quarantined.is_empty() {
            self.toasts
                .warn(shell::QUARANTINED.in_lang(lang).to_owned());
        }
        if let Some(error) = upkeep_error {
            self.toasts
                .warn(storage_words(&error).in_lang(lang).to_owned());
        }
        let (has_data, lost) = (!replica.is_empty(), !quarantined.is_empty());
        let store = Store::new(
            disk,
            replica,
            self.session.member,
            self.session.lang,
            self.toasts,
        );
        let team = self.team;
        Effect::new(move |_| {
            if self.elected.get() {
                leptos::task::spawn_local(async move {
                    store.elected(!sole).await;
                    team.elected();
                });
            }
        });
        leptos::task::spawn_local(async move { team.open(store, lost).await });
        self.follow_rules(store);
        reminders::watch_meetings(store, self.session, self.services);
        if has_data {
            // The answer changes nothing here; Settings shows it.
            let _ = persistence::ask_to_keep().await;
        }
        Ok(store)
    }

    /// Runs the rules once there is nothing better to do, and again when a new day has begun; of
    /// several tabs, one does.
    fn follow_rules(self, store: Store) {
        let session = self.session;
        Effect::new(move |_| {
            let today = session.today.get();
            if !self.elected.get() {
                return;
            }
            idle::when_idle(move || {
                // Nothing recurs and no rule holds for nobody, and the first visit has enough to load.
                if store.peek(|book| book.dealers.is_empty()) {
                    return;
                }
                leptos::task::spawn_local(async move {
                    let Some(begin_day) = (self.doors.day)().await else {
                        return;
                    };
                    let count = begin_day(store, today, session.lang.get_untracked());
                    reminders::tell_of_rules(count, session, self.services);
                });
            });
        });
    }

    fn has_something_to_show(self) -> bool {
        self.slow.get() || self.book.with(|book| !matches!(book, Book::Opening))
    }

    fn draw(self) -> View {
        (move || match self.book.get() {
            Book::Opening if !self.slow.get() => ().into_view(),
            Book::Opening => self.opening(),
            Book::Open(store) => self.scene(store),
            Book::Failed(words) => self.failed(words),
        })
        .into_view()
    }

    /// The whole page; drawn anew when the language, the day or shared-screen mode changes.
    fn scene(self, store: Store) -> View {
        let scene = move || Scene {
            lang: self.session.lang.get(),
            shared: self.session.shared.get(),
            today: self.session.today.get(),
            store,
            team: self.team,
            toasts: self.toasts,
            nav: self.nav,
            services: self.services,
            session: self.session,
        };
        service_worker::register_once_drawn(move |heard| {
            if heard == Heard::UpdateWaiting {
                self.session.update.set(true);
            }
        });
        (move || {
            provide_context(scene());
            provide_context(self.doors);
            frame()
        })
        .into_view()
    }

    fn opening(self) -> View {
        let lang = self.session.lang.get();
        view! {
            <main class="welcome" aria-busy="true">
                <h1>{shell::OPENING.in_lang(lang)}</h1>
                <progress
                    aria-label=shell::OPENING.in_lang(lang)
                    prop:value=move || self.progress.get().map(|at| at.done.to_string())
                    prop:max=move || self.progress.get().map_or(1, |at| at.total.max(1)).to_string()
                ></progress>
            </main>
        }
    }

    fn failed(self, words: Words) -> View {
        let lang = self.session.lang.get();
        let again = move |_| {
            self.book.set(Book::Opening);
            leptos::task::spawn_local(async move { self.open_book().await });
        };
        view! {
            <main class="welcome">
                {Icon::Alert.draw()}
                <h1>{shell::CANNOT_OPEN.in_lang(lang)}</h1>
                <p class="lede">{words.in_lang(lang)}</p>
                <button class="btn" data-kind="primary" type="button" on:click=again>
                    {shell::RETRY.in_lang(lang)}
                </button>
            </main>
        }
    }
}

/// The page with its frame.
fn frame() -> View {
    let scene = crate::state::scene::scene();
    let find = RwSignal::new(false);
    let sheets = Sheets::default();
    keyboard::listen(find, sheets);
    view! {
        <div class="app" data-shared=scene.shared.then_some("")>
            <a class="skip" href="#main" on:click=skip_to_content>{scene.t(shell::SKIP)}</a>
            {rail(Callback::new(move |()| find.set(true)))}
            <div class="frame">
                {banners()}
                {page()}
            </div>
            {toasts()}
            {palette(find, sheets)}
        </div>
    }
}

/// The address is the place, so the link must not write into it.
fn skip_to_content(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

/// Follows the network and the calendar.
fn follow_device(session: Session) {
    let network = network::watch_network(move |online| session.online.set(online));
    let days = clock::watch_days(move |today| session.today.set(today));
    // Both are followed as long as the page is there.
    std::mem::forget((network, days));
}

/// Keeps settings as they change, and shows language and theme to the browser.
fn keep_settings(session: Session, services: Services) {
    Effect::new(move |before: Option<()>| {
        let (lang, theme, shared) = (
            session.lang.get(),
            session.theme.get(),
            session.shared.get(),
        );
        let member = session.member.get();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", lang.tag());
            let _ = match theme {
                Theme::System => root.remove_attribute("data-theme"),
                Theme::Light => root.set_attribute("data-theme", "light"),
                Theme::Dark => root.set_attribute("data-theme", "dark"),
            };
        }
        if before.is_some() {
            services.change_settings(|settings| {
                settings.lang = Some(lang.tag().to_owned());
                settings.theme = theme;
                settings.shared_screen = shared;
                settings.member = member;
            });
        }
    });
}
