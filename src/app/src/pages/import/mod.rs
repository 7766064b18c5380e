//! The import: a file, what its columns hold, a preview, and then all of it at once or nothing.

mod columns;
mod done;
mod file;
mod kept;
mod preview;
mod sheet;
mod tally;

use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::sheets::Sheets;
use crate::components::work::Work;
use crate::locales::{Words, import as texts, shell};
use crate::state::commit::Undo;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use kept::Kept;
use leptos::wasm_bindgen::JsCast as _;
use std::sync::Arc;
use tally::Tally;
use tongxing_domain::import::{Content, Grid, Import, Mapping};
use tongxing_view::prelude::*;
use web_sys::HtmlElement;

/// How far the person has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// Choosing a file.
    #[default]
    File,
    /// Saying what its columns hold.
    Columns,
    /// Looking at what would happen.
    Preview,
    /// It happened.
    Done,
}

impl Step {
    const ALL: [(Self, Words); 4] = [
        (Self::File, texts::FILE),
        (Self::Columns, texts::COLUMNS),
        (Self::Preview, texts::PREVIEW),
        (Self::Done, texts::DONE),
    ];
}

/// A file that was read.
#[derive(Clone, Debug)]
struct Table {
    name: String,
    grid: Arc<Grid>,
}

/// What an import came to.
#[derive(Clone, Debug)]
struct Outcome {
    content: Content,
    tally: Tally,
    undo: Undo,
}

/// The import as it goes on. Copies share it.
#[derive(Clone, Copy)]
struct Wizard {
    s: Scene,
    step: RwSignal<Step>,
    table: StoredValue<Option<Table>>,
    mapping: RwSignal<Option<Mapping>>,
    /// The rows that were gone through. `checked` tells of every change to it.
    import: StoredValue<Option<Import>, LocalStorage>,
    checked: RwSignal<u32>,
    trouble: RwSignal<Option<String>>,
    work: Work,
    sheets: Sheets,
    outcome: StoredValue<Option<Outcome>>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let content = if s.shared {
        not_now(s)
    } else {
        let wizard = Wizard::new(s);
        wizard.restore();
        wizard.view()
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(shell::IMPORT)>
                {content}
            </section>
        </main>
    }
}

/// The list of one dealer's competitors is nothing for that dealer to see.
fn not_now(s: Scene) -> View {
    view! {
        {head(s, s.t(texts::SUB).to_owned().into_view(), None)}
        <div class="body">
            {empty_page(Icon::Lock, s.t(texts::SHARED), s.t(texts::SHARED_TEXT), None)}
        </div>
    }
}

fn head(s: Scene, sub: View, more: Option<View>) -> View {
    view! {
        <header class="head">
            <div class="head-main">
                <h1 class="head-title">{s.t(shell::IMPORT)}</h1>
                <p class="head-sub">{sub}</p>
            </div>
            <div class="head-actions">
                {(!s.shared)
                    .then(|| {
                        view! {
                            <a class="btn" href=Route::Export.href()>
                                {Icon::Export.draw()}
                                {s.t(shell::EXPORT)}
                            </a>
                        }
                    })}
            </div>
            {more.map(|more| view! { <div class="head-more">{more}</div> })}
        </header>
    }
}

impl Wizard {
    fn new(s: Scene) -> Self {
        Self {
            s,
            step: RwSignal::new(Step::File),
            table: StoredValue::new(None),
            mapping: RwSignal::new(None),
            import: StoredValue::new_local(None),
            checked: RwSignal::new(0),
            trouble: RwSignal::new(None),
            work: Work::default(),
            sheets: Sheets::default(),
            outcome: StoredValue::new(None),
        }
    }

    /// Goes on where the person was before another page, or another language, was opened.
    fn restore(self) {
        if let Some(Kept { table, mapping }) = kept::take() {
            self.table.set_value(Some(table));
            self.mapping.set(Some(mapping));
            self.step.set(Step::Columns);
        }
        on_cleanup(move || {
            let unfinished = self
                .step
                .try_get_untracked()
                .is_some_and(|step| matches!(step, Step::Columns | Step::Preview));
            if unfinished
                && let (Some(Some(table)), Some(Some(mapping))) =
                    (self.table.try_get_value(), self.mapping.try_get_untracked())
            {
                kept::keep(Kept { table, mapping });
            }
        });
    }

    /// Each step begins at its top, for eyes and for the keyboard.
    fn follow_steps(self) {
        Effect::new(move |before: Option<Step>| {
            let now = self.step.get();
            if before.is_some_and(|before| before != now)
                && let Some(main) = document().get_element_by_id("main")
            {
                if let Ok(Some(pane)) = main.query_selector(".pane") {
                    pane.set_scroll_top(0);
                }
                if let Some(main) = main.dyn_ref::<HtmlElement>() {
                    // Fails only for elements that cannot have the focus.
                    let _ = main.focus();
                }
            }
            now
        });
    }

    fn view(self) -> View {
        self.follow_steps();
        let sub = move || {
            self.step.track();
            self.table.with_value(|table| match table {
                Some(table) => texts::file_line(
                    self.s.lang,
                    &table.name,
                    table.grid.rows(),
                    table.grid.columns(),
                ),
                None => self.s.t(texts::SUB).to_owned(),
            })
        };
        let content = move || {
            let step = self.step.get();
            untrack(|| match step {
                Step::File => file::view(self),
                Step::Columns => columns::view(self),
                Step::Preview => preview::view(self),
                Step::Done => done::view(self),
            })
        };
        view! {
            {head(self.s, sub.into_view(), Some(self.stepper()))}
            {content}
        }
    }

    /// The steps; those behind lead back.
    fn stepper(self) -> View {
        let s = self.s;
        let item = move |(step, name): (Step, Words)| {
            let mark = move || (step < self.step.get()).then_some("done");
            let current = move || (step == self.step.get()).then_some("step");
            // After the end there is no way back but undo.
            let leads_back = move || step < self.step.get() && self.step.get() != Step::Done;
            view! {
                <li data-state=mark>
                    <a
                        href=move || leads_back().then(|| s.nav.route_untracked().href())
                        aria-current=current
                        on:click=move |event| {
                            event.prevent_default();
                            if untrack(leads_back) {
                                self.go_back(step);
                            }
                        }
                    >
                        <span class="step-no" aria-hidden="true"></span>
                        {s.t(name)}
                    </a>
                </li>
            }
        };
        view! {
            <nav class="stepper" aria-label=s.t(texts::STEPS)>
                <ol>{Step::ALL.map(item).collect_view()}</ol>
            </nav>
        }
    }

    fn go_back(self, step: Step) {
        self.work.stop();
        self.import.set_value(None);
        if step == Step::File {
            self.table.set_value(None);
            self.mapping.set(None);
        }
        self.step.set(step);
    }

    fn change_mapping(self, change: impl FnOnce(&mut Mapping)) {
        self.mapping.update(|mapping| {
            if let Some(mapping) = mapping {
                change(mapping);
            }
        });
    }

    /// Everything from the beginning.
    fn start_over(self) {
        self.outcome.set_value(None);
        self.trouble.set(None);
        self.go_back(Step::File);
    }
}
