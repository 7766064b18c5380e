//! The first step: a file.

use super::{Step, Table, Wizard};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::components::work::Ticket;
use crate::locales::{Lang, import as texts};
use crate::platform::files::{self, FileError, PickedFile};
use crate::platform::workshop;
use futures::future::{Either, select};
use leptos::ev::DragEvent;
use std::pin::pin;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::import::{self, Column, Content, Grid, LARGEST_FILE, Mapping};
use tongxing_view::prelude::*;

/// The step.
pub(super) fn view(wizard: Wizard) -> View {
    let s = wizard.s;
    let over = RwSignal::new(false);
    let choose = move |picked: Option<PickedFile>| {
        if let Some(file) = picked {
            leptos::task::spawn_local(read(wizard, file));
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let file = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        choose(file.map(PickedFile::from));
    };
    let hold = move |event: DragEvent| {
        // Without this the browser would open the file in place of the page.
        event.prevent_default();
        if !over.get_untracked() {
            over.set(true);
        }
    };
    let trouble = move || {
        wizard.trouble.get().map(|text| {
            view! {
                <div class="note" data-tone="risk" role="alert">
                    {Icon::Alert.draw()}
                    <p>{text}</p>
                </div>
            }
        })
    };
    let tips = view! {
        <ul class="tips">
            {texts::TIPS.map(|tip| view! { <li>{s.t(tip)}</li> }).collect_view()}
        </ul>
    };
    view! {
        <div class="body">
            <div class="narrow">
                {trouble}
                <section class="section" aria-label=s.t(texts::FILE)>
                    <label
                        class="drop"
                        data-state=move || over.get().then_some("over")
                        on:dragenter=hold
                        on:dragover=hold
                        on:dragleave=move |_| over.set(false)
                        on:drop=dropped
                    >
                        {Icon::Import.draw()}
                        <strong>{s.t(texts::CHOOSE)}</strong>
                        <span>{s.t(texts::CHOOSE_TEXT)}</span>
                        <input
                            type="file"
                            class="sr"
                            accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,text/csv,text/vcard"
                            on:change=move |event| choose(files::picked(&event).into_iter().next())
                        />
                    </label>
                </section>
                {wizard.work.view(s)}
                {section(s.t(texts::WHAT_FITS), None, None, tips)}
                {section(s.t(texts::TEMPLATES), None, None, templates(wizard))}
            </div>
        </div>
    }
}

/// Reads a file as far as its cells. Nothing of it is read before its size is known to be fine.
async fn read(wizard: Wizard, file: PickedFile) {
    let (s, work) = (wizard.s, wizard.work);
    wizard.trouble.set(None);
    let ticket = work.begin(texts::READING);
    let opened = open(wizard, ticket, &file).await;
    if !work.wanted(ticket) {
        return;
    }
    work.end(ticket);
    match opened {
        Ok(grid) => {
            let grid = Arc::new(grid);
            let mapping = s
                .store
                .peek(|book| Mapping::guess_content(&grid, book, s.today));
            wizard.table.set_value(Some(Table {
                name: file.name(),
                grid,
            }));
            wizard.mapping.set(Some(mapping));
            wizard.step.set(Step::Columns);
        }
        Err(text) => wizard.trouble.set(Some(text)),
    }
}

async fn open(wizard: Wizard, ticket: Ticket, file: &PickedFile) -> Result<Grid, String> {
    let lang = wizard.s.lang;
    let told = |error: import::FileError| error.text(lang);
    import::check_size(file.size()).map_err(told)?;
    let bytes = file.read(LARGEST_FILE).await.map_err(|error| match error {
        FileError::TooLarge { size, .. } => told(import::FileError::TooLarge { bytes: size }),
        FileError::Unreadable { .. } | FileError::NotSaved { .. } => {
            texts::UNREADABLE.in_lang(lang).to_owned()
        }
    })?;
    // Giving up drops the worker in the midst of its work.
    let opening = pin!(workshop::open(bytes));
    let given_up = pin!(wizard.work.given_up(ticket));
    match select(opening, given_up).await {
        Either::Left((opened, _)) => opened.map_err(|error| error.text(lang)),
        Either::Right(_) => Err(String::new()),
    }
}

/// Empty tables to fill in, one for each content that is ours.
fn templates(wizard: Wizard) -> View {
    let s = wizard.s;
    let save = move |content: Content| {
        let text = s.store.peek(|book| template(content, book, s.lang));
        let file = format!("{}.csv", texts::template(s.lang, s.t(content.words())));
        if files::save(&file, "text/csv", text.as_bytes()).is_err() {
            s.toasts.warn(s.t(texts::NOT_SAVED).to_owned());
        }
    };
    let button = |content: Content| {
        view! {
            <button class="btn" type="button" on:click=move |_| save(content)>
                {Icon::Download.draw()}
                {s.t(content.words())}
            </button>
        }
    };
    let others = StoredValue::new(Content::tables().collect::<Vec<_>>());
    let option = |(place, content): (usize, &Content)| {
        view! { <option value=place.to_string()>{s.t(content.words())}</option> }
    };
    let options = others.with_value(|all| all.iter().enumerate().map(option).collect_view());
    let chosen = move |event: leptos::ev::Event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        let content = place.and_then(|at| others.with_value(|all| all.get(at).copied()));
        if let Some(content) = content {
            save(content);
        }
    };
    let id = unique_id("template");
    let label = id.clone();
    view! {
        <div class="form">
            <p>{s.t(texts::TEMPLATES_TEXT)}</p>
            <div class="actions">{Content::USUAL.map(button).collect_view()}</div>
            <div class="field">
                <label for=label>{s.t(texts::OTHER_TEMPLATE)}</label>
                <select id=id on:change=chosen>
                    <option value="">{s.t(texts::PLEASE_CHOOSE)}</option>
                    {options}
                </select>
            </div>
        </div>
    }
}

/// The headings of a content as a CSV file: UTF-8 with a byte order mark, which spreadsheet
/// programs need.
fn template(content: Content, book: &Book, lang: Lang) -> String {
    let headings: Vec<String> = content
        .columns(book)
        .into_iter()
        // What the program keeps by itself is nothing to fill in, but for whom it belongs to.
        .filter(|column| match column {
            Column::Field(number) => {
                let field = content.table().numbered(*number);
                field.is_some_and(|field| !field.kept || field.required)
            }
            _ => true,
        })
        // One value to a row is the form that is easiest to fill in.
        .filter(|column| {
            !matches!(
                column,
                Column::Value {
                    metric: Some(_),
                    ..
                }
            )
        })
        .map(|column| column.label(content, book, lang))
        .collect();
    format!("\u{feff}{}\r\n", headings.join(","))
}
