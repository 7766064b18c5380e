//! The export: the book as one file, a table, the people, files for other systems, and the way back.

mod elsewhere;
mod restore;

use crate::components::backup::{back_up, with_new_password};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::{empty_page, note, section};
use crate::components::sheets::Sheets;
use crate::components::work::Work;
use crate::locales::{Words, backup, export as texts, settings, shell};
use crate::platform::{files, workshop};
use crate::state::backup::known_key;
use crate::state::last_copy;
use crate::state::scene::{Scene, scene};
use elsewhere::Ready;
use futures::future::{Either, select};
use std::pin::pin;
use tongxing_domain::book::Book;
use tongxing_domain::exchange::errand::{Answer, Errand};
use tongxing_domain::schema::Record;
use tongxing_domain::tables::{Contact, Dealer};
use tongxing_view::prelude::*;

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A part of the page: what goes on is shown where it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Sealed,
    Whole,
    Table,
    People,
    Elsewhere,
    BringBack,
}

/// The export as it goes on. Copies share it.
#[derive(Clone, Copy)]
struct Export {
    s: Scene,
    work: Work,
    /// Where something was asked for last.
    part: RwSignal<Part>,
    /// What went wrong, or what is worth knowing.
    told: RwSignal<Option<(Tone, String)>>,
    /// A file for another system that waits to be saved.
    ready: RwSignal<Option<Ready>>,
    /// When the last copy was saved, in words.
    last_copy: RwSignal<String>,
    sheets: Sheets,
}

/// What a file is: its name and its media type.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileKind {
    name: String,
    media: &'static str,
}

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
        Export::new(s).view()
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            <section class="pane" data-role="page" aria-label=s.t(shell::EXPORT)>
                <header class="head">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(shell::EXPORT)}</h1>
                        <p class="head-sub">{s.t(texts::SUB)}</p>
                    </div>
                </header>
                {content}
            </section>
        </main>
    }
}

impl Export {
    fn new(s: Scene) -> Self {
        Self {
            s,
            work: Work::default(),
            part: RwSignal::new(Part::default()),
            told: RwSignal::new(None),
            ready: RwSignal::new(None),
            last_copy: RwSignal::new(last_copy::text(s)),
            sheets: Sheets::default(),
        }
    }

    fn view(self) -> View {
        let s = self.s;
        view! {
            <div class="body" aria-busy=move || self.work.busy().to_string()>
                <div class="narrow">
                    {section(s.t(backup::BACKUP), None, None, sealed(self))}
                    {section(s.t(texts::BRING_BACK), None, None, restore::view(self))}
                    {section(s.t(texts::WHOLE), None, None, whole(self))}
                    {section(s.t(texts::TABLE), None, None, table(self))}
                    {section(s.t(texts::PEOPLE), None, None, people(self))}
                    {section(s.t(texts::ELSEWHERE), None, None, elsewhere::view(self))}
                </div>
            </div>
            {self.sheets.view()}
        }
    }

    /// What goes on in a part, and what came of it.
    fn status(self, part: Part) -> View {
        let here = Memo::new(move |_| self.part.get() == part);
        (move || {
            here.get().then(|| {
                let told = move || self.told.get().map(|(tone, text)| note(tone, text, None));
                view! {
                    {told}
                    {self.work.view(self.s)}
                }
            })
        })
        .into_view()
    }

    /// A button that is still while something goes on.
    fn button(self, words: Words, kind: Option<&'static str>, press: impl Fn() + 'static) -> View {
        view! {
            <button
                class="btn"
                data-kind=kind
                type="button"
                disabled=move || self.work.busy()
                on:click=move |_| press()
            >
                {Icon::Download.draw()}
                {self.s.t(words)}
            </button>
        }
    }

    /// Does an errand in the worker; `None` when it was given up or went wrong, which is told.
    async fn run(self, part: Part, errand: Errand) -> Option<Answer> {
        let (s, work) = (self.s, self.work);
        if self.part.try_set(part).is_some() {
            // The page was left while a file was read.
            return None;
        }
        self.told.set(None);
        self.ready.set(None);
        let ticket = work.begin(match part {
            Part::BringBack => texts::READING,
            _ => texts::MAKING,
        });
        if !work.breathe(ticket, None).await {
            return None;
        }
        // The worker takes the book from the disk.
        if s.store.on_disk().await.is_err() {
            work.end(ticket);
            self.tell(Tone::Risk, s.t(texts::NOT_ON_DISK).to_owned());
            return None;
        }
        let done = {
            // Giving up, or leaving the page, drops the worker in the midst of its work.
            let running = pin!(workshop::run(&errand, s.lang));
            let given_up = pin!(work.given_up(ticket));
            match select(running, given_up).await {
                Either::Left((done, _)) => done,
                Either::Right(_) => return None,
            }
        };
        if !work.wanted(ticket) {
            return None;
        }
        work.end(ticket);
        match done {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.tell(Tone::Risk, error.text(s.lang));
                None
            }
        }
    }

    fn tell(self, tone: Tone, text: String) {
        // The page may have been left in the meantime.
        self.told.try_set(Some((tone, text)));
    }

    /// Makes a file and saves it; tells whether the browser took it.
    async fn save(self, part: Part, errand: Errand, kind: FileKind) -> bool {
        match self.run(part, errand).await {
            Some(Answer::Made { file, .. }) => self.hand_over(&kind, &file),
            Some(Answer::Refused(why)) => {
                self.tell(Tone::Risk, why);
                false
            }
            _ => false,
        }
    }

    /// Hands a file to the browser.
    fn hand_over(self, kind: &FileKind, file: &[u8]) -> bool {
        let taken = files::save(&kind.name, kind.media, file).is_ok();
        if taken {
            self.s.toasts.say(self.s.t(texts::SAVED).to_owned(), None);
        } else {
            self.tell(Tone::Risk, self.s.t(settings::NOT_SAVED).to_owned());
        }
        taken
    }

    /// The name of a file of today.
    fn dated(self, name: &str, ending: &str) -> String {
        format!("{name}-{}.{ending}", self.s.today)
    }
}

fn sealed(export: Export) -> View {
    let s = export.s;
    let done = Callback::new(move |()| {
        export.last_copy.try_set(last_copy::text(s));
    });
    let begin = move || {
        export.part.set(Part::Sealed);
        export.told.set(None);
    };
    let now = move || {
        begin();
        back_up(s, export.work, export.sheets, done);
    };
    let anew = move || {
        begin();
        with_new_password(s, export.work, export.sheets, done);
    };
    view! {
        <div class="form">
            <p>{s.t(backup::BACKUP_TEXT)}</p>
            <p class="help">{move || export.last_copy.get()}</p>
            <div class="actions">
                {export.button(backup::BACK_UP, Some("primary"), now)}
                {known_key(s)
                    .is_some()
                    .then(|| export.button(backup::OTHER_PASSWORD, None, anew))}
            </div>
            {export.status(Part::Sealed)}
        </div>
    }
}

fn whole(export: Export) -> View {
    let s = export.s;
    let save = move || {
        let kind = FileKind {
            name: format!("{}.json", texts::book_file(s.lang, &s.today.to_string())),
            media: "application/json",
        };
        leptos::task::spawn_local(async move {
            if export.save(Part::Whole, Errand::Book, kind).await {
                last_copy::remember(s);
                export.last_copy.set(last_copy::text(s));
            }
        });
    };
    view! {
        <div class="form">
            <p>{s.t(texts::WHOLE_TEXT)}</p>
            <div class="actions">{export.button(texts::SAVE_COPY, None, save)}</div>
            {export.status(Part::Whole)}
        </div>
    }
}

fn table(export: Export) -> View {
    let s = export.s;
    let tables = Memo::new(move |_| {
        s.store.read(|book| {
            let counts = Book::TABLES
                .iter()
                .map(|table| (table.number, book.count(table.number)));
            counts.filter(|(_, count)| *count > 0).collect::<Vec<_>>()
        })
    });
    let chosen = RwSignal::new(Dealer::NUMBER);
    let name = move |number: u16| Book::table(number).map_or("", |table| s.t(table.label));
    let options = move || {
        let offered = tables.get().into_iter().map(|(number, count)| {
            let selected = number == chosen.get_untracked();
            let text = texts::counted(s.lang, name(number), count);
            view! { <option value=number.to_string() selected=selected>{text}</option> }
        });
        offered.collect_view()
    };
    let save = move || {
        let number = chosen.get_untracked();
        let kind = FileKind {
            name: export.dated(name(number), "csv"),
            media: "text/csv",
        };
        leptos::task::spawn_local(async move {
            export.save(Part::Table, Errand::Table(number), kind).await;
        });
    };
    let workbook = move |table: Option<u16>| {
        let what = table.map_or_else(|| s.t(texts::WHOLE), name);
        let kind = FileKind {
            name: export.dated(what, "xlsx"),
            media: WORKBOOK,
        };
        let errand = Errand::Workbook(table, s.today);
        leptos::task::spawn_local(async move {
            export.save(Part::Table, errand, kind).await;
        });
    };
    let one = move || workbook(Some(chosen.get_untracked()));
    let every = move || workbook(None);
    let choose = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            chosen.set(number);
        }
    };
    let id = unique_id("table");
    let label = id.clone();
    view! {
        <div class="form">
        <p>{s.t(texts::TABLE_TEXT)}</p>
        <div class="field">
            <label for=label>{s.t(texts::WHICH_TABLE)}</label>
            <select id=id on:change=choose>{options}</select>
        </div>
        <div class="actions">
            {export.button(texts::SAVE_CSV, None, save)}
            {export.button(texts::SAVE_XLSX, None, one)}
            {export.button(texts::SAVE_WORKBOOK, None, every)}
        </div>
        {export.status(Part::Table)}
        </div>
    }
}

fn people(export: Export) -> View {
    let s = export.s;
    let save = move || {
        let kind = FileKind {
            name: export.dated(s.t(texts::PEOPLE), "vcf"),
            media: "text/vcard",
        };
        leptos::task::spawn_local(async move {
            export.save(Part::People, Errand::Contacts, kind).await;
        });
    };
    let count = Memo::new(move |_| s.store.read(|book| book.count(Contact::NUMBER)));
    let counted = move || texts::counted(s.lang, s.t(texts::PEOPLE), count.get());
    view! {
        <div class="form">
        <p>{s.t(texts::PEOPLE_TEXT)}</p>
        <p class="help">{counted}</p>
        <div class="actions">{export.button(texts::SAVE_CARDS, None, save)}</div>
        {export.status(Part::People)}
        </div>
    }
}
