//! The team: founding or joining one, who is in it, how others get in, and how syncing stands.

mod invites;
mod joining;
mod left_behind;
mod members;
mod outside;
mod recovery;

use crate::components::confirm::confirm;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty_page, note, section};
use crate::components::sheets::Sheets;
use crate::components::sync_words::{error_words, sync_words};
use crate::locales::{Words, team as texts};
use crate::platform::clock;
use crate::state::scene::{Scene, scene};
use crate::state::team::{Phase, Role, Roster, TeamError};
use tongxing_view::prelude::*;

/// The page.
pub fn page() -> View {
    let s = scene();
    let content = if s.shared {
        empty_page(
            Icon::Lock,
            s.t(texts::SHARED),
            s.t(texts::SHARED_TEXT),
            None,
        )
    } else {
        let within = Memo::new(move |_| s.team.endpoint().is_some());
        (move || {
            if within.get() {
                Desk::open(s).view()
            } else {
                outside::view(s)
            }
        })
        .into_view()
    };
    let sub = move || match s.team.endpoint() {
        Some(address) if !s.shared => texts::at(s.lang, &address),
        _ => s.t(texts::SUB).to_owned(),
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(texts::TEAM)>
                <header class="head" data-print="no">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(texts::TEAM)}</h1>
                        <p class="head-sub">{sub}</p>
                    </div>
                </header>
                {content}
            </section>
        </main>
    }
}

/// What a member sees. Copies share it.
#[derive(Clone, Copy)]
struct Desk {
    s: Scene,
    sheets: Sheets,
    /// Who is in the team, as last read.
    roster: RwSignal<Option<Roster>>,
    /// Why the list could not be read, or something could not be done.
    trouble: RwSignal<Option<TeamError>>,
    /// Whether something is being asked for.
    busy: RwSignal<bool>,
}

impl Desk {
    fn open(s: Scene) -> Self {
        let desk = Self {
            s,
            sheets: Sheets::default(),
            roster: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        desk.read_again();
        // What could not be read is read once the endpoint is there again.
        let there = Memo::new(move |_| s.team.status().phase == Phase::UpToDate);
        Effect::new(move |_| {
            if there.get() && desk.trouble.get_untracked().is_some() {
                desk.read_again();
            }
        });
        // Who joins or leaves is among what was exchanged last.
        let synced = Memo::new(move |_| s.team.status().synced_ms);
        Effect::new(move |before: Option<Option<u64>>| {
            let now = synced.get();
            if before.is_some_and(|before| before != now) {
                desk.read_again();
            }
            now
        });
        desk
    }

    /// Reads who is in the team.
    fn read_again(self) {
        leptos::task::spawn_local(async move {
            match self.s.team.roster(clock::now_ms()).await {
                Ok(roster) => {
                    self.trouble.try_set(None);
                    self.roster.try_set(Some(roster));
                }
                Err(error) => {
                    self.trouble.try_set(Some(error));
                }
            }
        });
    }

    /// Does something at the endpoint, says so, and reads the list again.
    fn order(self, work: impl Future<Output = Result<(), TeamError>> + 'static, said: Words) {
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let done = work.await;
            self.busy.try_set(false);
            match done {
                Ok(()) => self.s.toasts.say(self.s.t(said).to_owned(), None),
                Err(error) => self.s.toasts.warn(self.s.t(error_words(error)).to_owned()),
            }
            self.read_again();
        });
    }

    fn is_owner(self) -> bool {
        self.roster.with(|roster| {
            roster
                .as_ref()
                .is_some_and(|roster| roster.role == Role::Owner)
        })
    }

    fn view(self) -> View {
        let s = self.s;
        let owner = Memo::new(move |_| self.is_owner());
        view! {
            <div class="body">
                <div class="narrow">
                    <div data-print="no">
                        {self.sync()}
                        {move || owner.get().then(|| invites::view(self))}
                        {members::view(self)}
                        {left_behind::view(self)}
                    </div>
                    {move || owner.get().then(|| recovery::view(self))}
                    <div data-print="no">
                        {section(s.t(texts::SEES), None, None, view! { <p>{s.t(texts::SEES_TEXT)}</p> })}
                        {self.leaving()}
                    </div>
                </div>
            </div>
            {self.sheets.view()}
        }
    }

    /// How syncing stands.
    fn sync(self) -> View {
        let s = self.s;
        let words = Memo::new(move |_| sync_words(s, &s.team.status()));
        let tone = |key: &str| match key {
            "synced" => Tone::Good,
            "attention" => Tone::Risk,
            "waiting" | "offline" => Tone::Watch,
            _ => Tone::Info,
        };
        let progress = move || {
            s.team.status().fetched.map(|(done, total)| {
                view! {
                    <progress
                        aria-label=s.t(texts::FETCHING)
                        prop:value=done.to_string()
                        prop:max=total.to_string()
                    ></progress>
                }
            })
        };
        let content = view! {
            <div class="card" role="status">
                <p class="sync-line">
                    {move || words.get().icon.draw()}
                    {move || {
                        let words = words.get();
                        badge(tone(words.key), words.short)
                    }}
                </p>
                {move || {
                    words.get().long.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
                }}
                {progress}
                <div class="actions">
                    <button class="btn" type="button" on:click=move |_| {
                        s.team.sync_now();
                        self.read_again();
                    }>
                        {Icon::Sync.draw()}
                        {s.t(texts::SYNC_NOW)}
                    </button>
                </div>
            </div>
        };
        section(s.t(texts::SYNC), None, None, content)
    }

    /// The way out.
    fn leaving(self) -> View {
        let s = self.s;
        let leave = move |_| {
            confirm(
                self.sheets,
                s.t(texts::LEAVE_ASKED).to_owned(),
                s.t(texts::LEAVE_TEXT),
                s.t(texts::LEAVE),
                move || {
                    leptos::task::spawn_local(async move {
                        match s.team.leave().await {
                            Ok(()) => s.toasts.say(s.t(texts::LEFT).to_owned(), None),
                            Err(error) => {
                                self.trouble.try_set(Some(error));
                                s.toasts.warn(s.t(error_words(error)).to_owned());
                            }
                        }
                    });
                },
            );
        };
        let forget = move |_| {
            confirm(
                self.sheets,
                s.t(texts::FORGET).to_owned(),
                s.t(texts::FORGET_TEXT),
                s.t(texts::FORGET),
                move || {
                    leptos::task::spawn_local(async move {
                        match s.team.forget().await {
                            Ok(()) => s.toasts.say(s.t(texts::LEFT).to_owned(), None),
                            Err(error) => s.toasts.warn(s.t(error_words(error)).to_owned()),
                        }
                    });
                },
            );
        };
        // Offered only where leaving in order is not possible.
        let stuck = Memo::new(move |_| {
            let phase = s.team.status().phase;
            let unreachable = self.trouble.get() == Some(TeamError::Unreachable);
            unreachable || matches!(phase, Phase::Stopped(_))
        });
        let content = view! {
            <p>{s.t(texts::LEAVE_TEXT)}</p>
            <div class="actions">
                <button class="btn" data-kind="danger" type="button" on:click=leave>
                    {s.t(texts::LEAVE)}
                </button>
                {move || {
                    stuck.get().then(|| view! {
                        <button class="btn" type="button" on:click=forget>
                            {s.t(texts::FORGET)}
                        </button>
                    })
                }}
            </div>
        };
        section(s.t(texts::LEAVE), None, None, content)
    }

    /// What is said in place of a list that could not be read.
    fn no_list(self) -> View {
        let s = self.s;
        (move || match self.trouble.get() {
            Some(_) if !s.session.online.get() => note(Tone::Watch, s.t(texts::OFFLINE_LIST), None),
            Some(error) => note(Tone::Watch, s.t(error_words(error)), None),
            None => view! { <p class="help" role="status">{s.t(texts::LOADING)}</p> },
        })
        .into_view()
    }
}
