//! The command palette: dealers, places and commands, a few keys away from everywhere.

mod choices;

use super::keyboard::key_help;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::issue_report;
use crate::components::marks::{dotted, glyph};
use crate::components::overlay::{Overlay, overlay_frame};
use crate::components::parts::{OpenPalette, doors, through};
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::locales::{dealers, palette as texts, shell};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::{Scene, scene};
use choices::{Choice, Command, Group, Lead, groups};
use leptos::ev::KeyboardEvent;
use leptos::html::{Dialog, Div};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::tables::Dealer;
use tongxing_domain::visit::{open_visit, visit_soon};
use tongxing_view::prelude::*;

/// The palette, shown while `open` holds, and what its commands open over the page.
pub(super) fn palette(open: RwSignal<bool>, sheets: Sheets) -> View {
    let s = scene();
    remember_dealers(s);
    let drawn = move || {
        open.get()
            .then(|| untrack(|| through(doors().palette, (open, sheets), frame(open))))
    };
    view! {
        {drawn}
        {sheets.view()}
    }
}

fn frame(open: RwSignal<bool>) -> impl Fn(Scene, View) -> View {
    overlay_frame(Overlay::Dialog, Callback::new(move |()| open.set(false)))
}

/// Draws the open palette, wherever its part comes from.
pub fn draw((open, sheets): OpenPalette) -> View {
    Palette::new(scene(), open, sheets).view()
}

/// Keeps which dealers were opened last.
fn remember_dealers(s: Scene) {
    Effect::new(move |_| {
        if let Route::Dealer(id, DealerTab::Overview) = s.nav.route() {
            let text = id.to_string();
            if s.services.settings().recent_dealers.first() != Some(&text) {
                s.services.change_settings(|settings| {
                    let recent = &mut settings.recent_dealers;
                    recent.retain(|other| *other != text);
                    recent.insert(0, text);
                    // A few more than are shown, for those that were deleted since.
                    recent.truncate(2 * choices::RECENT);
                });
            }
        }
    });
}

#[derive(Clone, Copy)]
struct Palette {
    s: Scene,
    open: RwSignal<bool>,
    sheets: Sheets,
    typed: RwSignal<String>,
    cursor: RwSignal<usize>,
    groups: Memo<Vec<Group>>,
    dialog: NodeRef<Dialog>,
    options: NodeRef<Div>,
    id: StoredValue<String>,
}

impl Palette {
    fn new(s: Scene, open: RwSignal<bool>, sheets: Sheets) -> Self {
        let typed = RwSignal::new(String::new());
        Self {
            s,
            open,
            sheets,
            typed,
            cursor: RwSignal::new(0),
            groups: Memo::new(move |_| groups(s, &typed.get())),
            dialog: NodeRef::new(),
            options: NodeRef::new(),
            id: StoredValue::new(unique_id("palette")),
        }
    }

    fn view(self) -> View {
        let s = self.s;
        Effect::new(move |_| {
            if let Some(dialog) = self.dialog.get()
                && !dialog.open()
            {
                // Fails only when the element left the page in the meantime.
                let _ = dialog.show_modal();
            }
        });
        let list = self.id.get_value();
        let count = Memo::new(move |_| self.count());
        let active = move || (count.get() > 0).then(|| self.option_id(self.cursor.get()));
        view! {
            <dialog
                class="palette"
                node_ref=self.dialog
                aria-label=s.t(texts::PALETTE)
                on:close=move |_| self.open.set(false)
                on:click=move |event| {
                    // Only the backdrop is the dialog itself.
                    if event.target() == event.current_target() {
                        self.close();
                    }
                }
            >
                <div class="palette-field">
                    {Icon::Search.draw()}
                    <input
                        type="text"
                        role="combobox"
                        autofocus
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="go"
                        aria-expanded=move || (count.get() > 0).to_string()
                        aria-controls=list.clone()
                        aria-activedescendant=active
                        aria-autocomplete="list"
                        aria-label=s.t(texts::FIND)
                        placeholder=s.t(texts::PLACEHOLDER)
                        on:input=move |event| {
                            self.cursor.set(0);
                            self.typed.set(event_target_value(&event));
                        }
                        on:keydown=move |event| self.key(&event)
                    />
                    <kbd>"Esc"</kbd>
                    <button
                        class="icon-btn"
                        type="button"
                        aria-label=s.t(shell::CLOSE)
                        on:click=move |_| self.close()
                    >
                        {Icon::Close.draw()}
                    </button>
                </div>
                <p class="sr" role="status">{move || texts::found(s.lang, count.get())}</p>
                <div class="options" role="listbox" id=list aria-label=s.t(texts::RESULTS) node_ref=self.options>
                    {move || self.draw_groups()}
                </div>
                {move || (count.get() == 0).then(|| view! { <p class="palette-hint">{s.t(texts::NOTHING)}</p> })}
                <p class="palette-hint" aria-hidden="true">
                    <kbd>"↑"</kbd>
                    " "
                    <kbd>"↓"</kbd>
                    " "
                    {s.t(texts::SELECT)}
                    " "
                    <kbd>"↵"</kbd>
                    " "
                    {s.t(texts::OPEN)}
                </p>
            </dialog>
        }
    }

    fn draw_groups(self) -> View {
        let mut index = 0;
        self.groups
            .get()
            .into_iter()
            .map(|group| {
                let head = unique_id("group");
                let heading = head.clone();
                view! {
                    <div role="group" aria-labelledby=heading>
                        <p class="options-head" id=head>{group.head}</p>
                        {group
                            .choices
                            .into_iter()
                            .map(|choice| {
                                let at = index;
                                index += 1;
                                self.draw_choice(at, choice)
                            })
                            .collect_view()}
                    </div>
                }
            })
            .collect_view()
            .into_view()
    }

    fn draw_choice(self, at: usize, choice: Choice) -> View {
        let Choice {
            lead,
            title,
            sub,
            command,
        } = choice;
        let lead = match lead {
            Lead::Icon(icon) => icon.draw(),
            Lead::Glyph(id) => glyph(&title, id, false),
        };
        view! {
            <div
                class="option"
                role="option"
                id=self.option_id(at)
                aria-selected=move || (self.cursor.get() == at).to_string()
                on:click=move |_| self.run(command)
                on:pointermove=move |_| {
                    if self.cursor.get_untracked() != at {
                        self.cursor.set(at);
                    }
                }
            >
                {lead}
                <span class="row-main">
                    <span class="row-title">{title}</span>
                    {(!sub.is_empty()).then(|| view! { <span class="row-sub">{dotted(sub)}</span> })}
                </span>
                <kbd aria-hidden="true">"↵"</kbd>
            </div>
        }
    }

    fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-{at}"))
    }

    fn count(self) -> usize {
        self.groups
            .with(|groups| groups.iter().map(|group| group.choices.len()).sum())
    }

    fn key(self, event: &KeyboardEvent) {
        // An input method that is composing has the keys.
        if event.is_composing() {
            return;
        }
        let count = untrack(|| self.count());
        let cursor = self.cursor.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.point_at((cursor + 1) % count),
            "ArrowUp" if count > 0 => self.point_at((cursor + count - 1) % count),
            "Enter" => {
                let chosen = self.groups.with_untracked(|groups| {
                    groups
                        .iter()
                        .flat_map(|group| &group.choices)
                        .nth(cursor)
                        .map(|choice| choice.command)
                });
                if let Some(command) = chosen {
                    self.run(command);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn point_at(self, at: usize) {
        self.cursor.set(at);
        let option = document().get_element_by_id(&self.option_id(at));
        if let (Some(option), Some(options)) = (option, self.options.get_untracked()) {
            let (box_, within) = (
                option.get_bounding_client_rect(),
                options.get_bounding_client_rect(),
            );
            let above = within.top() - box_.top();
            let below = box_.bottom() - within.bottom();
            // The first choice brings its heading along.
            let scroll = match (at, above > 0.0, below > 0.0) {
                (0, ..) => 0,
                (_, true, _) => options.scroll_top() - above.ceil() as i32,
                (_, _, true) => options.scroll_top() + below.ceil() as i32,
                _ => return,
            };
            options.set_scroll_top(scroll);
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// Closes first, so that the focus is back on the page when the command moves it.
    fn run(self, command: Command) {
        let s = self.s;
        let typed = self.typed.get_untracked().trim().to_owned();
        self.close();
        match command {
            Command::Go(route) => s.nav.go(route),
            Command::Visit(dealer) => prepare_visit(s, dealer),
            Command::NewDealer { named } => {
                new_dealer(s, self.sheets, if named { typed } else { String::new() });
            }
            Command::ReportIssue(dealer) => issue_report::report(s, self.sheets, dealer),
            Command::ReportSomeIssue => issue_report::report_some(s, self.sheets),
            Command::Share => s.session.shared.set(true),
            Command::Speak(lang) => s.session.lang.set(lang),
            Command::Look(theme) => s.session.theme.set(theme),
            Command::Keys => key_help(self.sheets),
        }
    }
}

/// Opens today's visit to a dealer; plans one if there is none.
fn prepare_visit(s: Scene, dealer: Id<Dealer>) {
    let open = s.store.peek(|book| open_visit(book, dealer, s.today));
    let id = open.unwrap_or_else(|| {
        let meeting = visit_soon(s.store.fresh(), dealer, clock::this_minute());
        let name = s.store.peek(|book| {
            let dealer = book.dealers.get(dealer)?;
            Some(dealer.name.clone())
        });
        let said = texts::visit_planned(s.lang, &name.unwrap_or_default());
        s.store.act(Act::of(changes(None, &meeting)), said);
        meeting.id
    });
    s.nav.go(Route::Meeting(id, VisitStep::Prepare));
}

fn new_dealer(s: Scene, sheets: Sheets, name: String) {
    let mut record = Dealer::with_id(s.store.fresh());
    record.name = name;
    let subject = FormSubject {
        record: Box::new(record),
        new: true,
        title: s.t(dealers::NEW).to_owned(),
        dealer: Uuid::nil(),
        without: &[],
    };
    sheets.form_then(subject, move |id| {
        s.nav.go(Route::Dealer(Id::new(id), DealerTab::Overview));
    });
}
