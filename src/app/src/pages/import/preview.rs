//! The third step: what would happen, row by row, and the one tap that makes it happen.

use super::columns::name_of_content;
use super::sheet::{self, Filter};
use super::tally::Tally;
use super::{Outcome, Step, Wizard};
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::pane::{empty_page, section};
use crate::components::work::Ticket;
use crate::locales::import as texts;
use crate::platform::{clock, files, random_ids};
use crate::state::store::Bulk;
use std::sync::Arc;
use tongxing_domain::exchange::Unheld;
use tongxing_domain::import::{Blocked, Choice, Content, Counts, Import, Likeness, Verdict};
use tongxing_view::prelude::*;

/// Rows are gone through in pieces of about so many milliseconds, so that a tap on "cancel"
/// is answered at once.
const PIECE_MS: u64 = 12;
/// So many rows between two looks at the clock.
const ROWS_A_LOOK: usize = 32;
/// So many records are turned into registers between two breaths.
const RECORDS_A_PIECE: usize = 128;
/// A longer list of what the book has no place for is folded away.
const SHOWN_AT_ONCE: usize = 6;

/// Goes through every row and shows what would happen.
pub(super) async fn check(wizard: Wizard) {
    let (s, work) = (wizard.s, wizard.work);
    let (Some(table), Some(mapping)) = (wizard.table.get_value(), wizard.mapping.get_untracked())
    else {
        return;
    };
    let ticket = work.begin(texts::CHECKING);
    let started = s
        .store
        .peek(|book| Import::start(book, Arc::clone(&table.grid), mapping, s.today));
    // What is missing stands in the dock already, and the button waits for it.
    let Ok(mut import) = started else {
        work.end(ticket);
        return;
    };
    loop {
        let until = clock::now_ms().saturating_add(PIECE_MS);
        let progress = s.store.peek(|book| {
            loop {
                let progress = import.advance(book, ROWS_A_LOOK);
                if progress.is_complete() || clock::now_ms() >= until {
                    break progress;
                }
            }
        });
        // After the last piece too: drawing what was found is a piece of its own.
        if !work
            .breathe(ticket, Some((progress.done, progress.total)))
            .await
        {
            return;
        }
        if progress.is_complete() {
            break;
        }
    }
    work.end(ticket);
    wizard.import.set_value(Some(import));
    wizard.checked.update(|checked| *checked += 1);
    wizard.step.set(Step::Preview);
}

/// Writes everything, all or nothing. Until it takes effect it can be given up.
async fn commit(wizard: Wizard) {
    let (s, work) = (wizard.s, wizard.work);
    let ticket = work.begin(texts::WRITING);
    let Some((content, tally, bulk)) = prepare(wizard, ticket).await else {
        work.end(ticket);
        return;
    };
    // From here on it goes to its end, whichever page is open then.
    work.cannot_stop(ticket);
    let pieces = bulk.pieces() + 1;
    let told = move |done| work.tell(ticket, (tally.written() * done / pieces, tally.written()));
    let done = s.store.commit_bulk(bulk, told).await;
    work.end(ticket);
    // Without a way back nothing was written, and the store has said why.
    let Ok(Some(undo)) = done else { return };
    let name = name_of_content(s, content);
    let said = texts::imported(s.lang, &name, tally.created, tally.updated);
    s.toasts.say(said, Some(undo.clone()));
    // The page may have been left meanwhile.
    let outcome = Outcome {
        content,
        tally,
        undo,
    };
    if wizard.step.try_get_untracked().is_some() {
        wizard.outcome.set_value(Some(outcome));
        wizard.import.set_value(None);
        wizard.step.set(Step::Done);
    }
}

/// Everything to write, checked piece by piece; `None` when it was given up or cannot be written,
/// which is said.
async fn prepare(wizard: Wizard, ticket: Ticket) -> Option<(Content, Tally, Bulk)> {
    let (s, work) = (wizard.s, wizard.work);
    let begun = wizard.import.with_value(|import| {
        let import = import.as_ref()?;
        let content = import.mapping().content();
        Some((content, Tally::of(import), import.begin_writing()))
    });
    let (content, tally, writing) = begun?;
    let told = |blocked: Blocked| s.toasts.warn(blocked.text(s.lang));
    let mut writing = writing.map_err(told).ok()?;
    let mut bulk = Bulk::default();
    let mut any = false;
    loop {
        let next = wizard.import.try_with_value(|import| {
            let import = import.as_ref()?;
            let next = s.store.peek(|book| {
                import.write_on(
                    book,
                    &mut writing,
                    RECORDS_A_PIECE,
                    &mut random_ids::fresh_id,
                )
            });
            Some((next, writing.progress(import)))
        });
        let (next, progress) = next.flatten()?;
        let Some(changes) = next.map_err(told).ok()? else {
            break;
        };
        any |= !changes.is_empty();
        s.store.prepare(&mut bulk, changes).ok()?;
        let progress = Some((progress.done, progress.total));
        if !work.breathe(ticket, progress).await {
            return None;
        }
    }
    if !any {
        told(Blocked::NothingToDo);
        return None;
    }
    Some((content, tally, bulk))
}

impl Wizard {
    /// Reads the rows that were gone through; tracked.
    pub(super) fn with_import<R: Default>(self, reader: impl FnOnce(&Import) -> R) -> R {
        self.checked.track();
        self.import
            .with_value(|import| import.as_ref().map(reader).unwrap_or_default())
    }

    /// Changes what is done with rows.
    pub(super) fn change_import(self, change: impl FnOnce(&mut Import)) {
        self.import.update_value(|import| {
            if let Some(import) = import {
                change(import);
            }
        });
        self.checked.update(|checked| *checked += 1);
    }
}

/// The step.
pub(super) fn view(wizard: Wizard) -> View {
    let s = wizard.s;
    let counts = wizard.with_import(Import::counts);
    let filter = RwSignal::new(first_look(counts));
    let tally = Memo::new(move |_| wizard.with_import(Tally::of));
    let leaves_out = Memo::new(move |_| wizard.with_import(Import::leaves_out_errors));
    let blocked = move || {
        let held = counts.error > 0 && !leaves_out.get();
        held || tally.get().written() == 0 || wizard.work.busy()
    };
    let note = move || {
        let tally = tally.get();
        if counts.error > 0 && !leaves_out.get() {
            texts::with_errors(s.lang, counts.error)
        } else if tally.written() == 0 {
            s.t(texts::NOTHING).to_owned()
        } else {
            s.t(texts::ALL_OR_NOTHING).to_owned()
        }
    };
    view! {
        <div class="body">
            {(counts.error > 0).then(|| errors(wizard, counts.error))}
            {without_place(wizard)}
            {wizard.work.view(s)}
            {chips(wizard, counts, filter)}
            {duplicates(wizard, filter)}
            {sheet::view(wizard, filter)}
        </div>
        <footer class="dock">
            <p class="dock-note" role="status">{note}</p>
            <button class="btn" type="button" on:click=move |_| wizard.go_back(Step::Columns)>
                {s.t(texts::BACK)}
            </button>
            <button
                class="btn"
                data-kind="primary"
                type="button"
                disabled=blocked
                on:click=move |_| leptos::task::spawn_local(commit(wizard))
            >
                {move || texts::import_rows(s.lang, tally.get().written())}
            </button>
        </footer>
    }
}

/// What needs a look comes first.
const fn first_look(counts: Counts) -> Filter {
    if counts.error > 0 {
        Filter::Errors
    } else if counts.duplicate > 0 {
        Filter::Duplicates
    } else {
        Filter::All
    }
}

/// Rows with errors: take them along to correct, or leave them out on purpose.
fn errors(wizard: Wizard, count: usize) -> View {
    let s = wizard.s;
    let download = move |_| {
        let text = wizard
            .import
            .with_value(|import| import.as_ref().map(|import| import.errors_csv(s.lang)));
        let name = format!("{}-{}.csv", s.t(texts::ERRORS_FILE), s.today);
        let saved = text.map(|text| files::save(&name, "text/csv", text.as_bytes()));
        if matches!(saved, Some(Err(_))) {
            s.toasts.warn(s.t(texts::NOT_SAVED).to_owned());
        }
    };
    let leave_out = move |event| {
        let leave_out = event_target_checked(&event);
        wizard.change_import(|import| import.leave_out_errors(leave_out));
    };
    view! {
        <div class="note" data-tone="risk" role="alert">
            {Icon::Alert.draw()}
            <p>
                <strong>{texts::with_errors(s.lang, count)}</strong>
                " "
                {s.t(texts::FIX)}
            </p>
            <label class="check">
                <input type="checkbox" on:change=leave_out/>
                <span>{texts::leave_errors(s.lang, count)}</span>
            </label>
            <button class="btn" type="button" on:click=download>
                {Icon::Download.draw()}
                {s.t(texts::DOWNLOAD_ERRORS)}
            </button>
        </div>
    }
}

/// What the file says and the book has no place for.
fn without_place(wizard: Wizard) -> Option<View> {
    let s = wizard.s;
    let unheld = wizard.with_import(Import::unheld);
    if unheld.is_empty() {
        return None;
    }
    let short = unheld.len() <= SHOWN_AT_ONCE;
    let all = unheld.iter();
    let item =
        |unheld: &Unheld| view! { <li>{texts::in_rows(s.lang, &unheld.what, unheld.rows)}</li> };
    let items = all.map(item).collect_view();
    Some(view! {
        <div class="note" data-tone="info">
            {Icon::Info.draw()}
            <details open=short>
                <summary>{texts::without_place(s.lang, unheld.len())}</summary>
                <ul>{items}</ul>
            </details>
        </div>
    })
}

fn chips(wizard: Wizard, counts: Counts, filter: RwSignal<Filter>) -> View {
    let s = wizard.s;
    let total = counts.new + counts.update + counts.same + counts.duplicate + counts.error;
    let chip = move |(what, count): (Filter, usize)| {
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || (filter.get() == what).to_string()
                on:click=move |_| filter.set(what)
            >
                {s.t(what.words())}
                " "
                <b class="count">{count}</b>
            </button>
        }
    };
    let shown = [
        (Filter::Errors, counts.error),
        (Filter::Duplicates, counts.duplicate),
        (Filter::New, counts.new),
        (Filter::Updates, counts.update),
        (Filter::Same, counts.same),
        (Filter::Notices, counts.notice),
        (Filter::All, total),
    ];
    view! {
        <section class="section" aria-label=s.t(texts::SHOW)>
            <div class="chips" role="group" aria-label=s.t(texts::SHOW)>
                {shown.into_iter().filter(|(_, count)| *count > 0).map(chip).collect_view()}
            </div>
        </section>
    }
}

/// What to do with all duplicates of a kind at once, while they are looked at.
fn duplicates(wizard: Wizard, filter: RwSignal<Filter>) -> View {
    let s = wizard.s;
    let kinds = wizard.import.with_value(|import| {
        let mut kinds: Vec<(Likeness, usize)> = Vec::new();
        for row in import.iter().flat_map(Import::rows) {
            if let Verdict::Duplicate { likeness, .. } = row.verdict {
                match kinds.iter_mut().find(|(other, _)| *other == likeness) {
                    Some((_, count)) => *count += 1,
                    None => kinds.push((likeness, 1)),
                }
            }
        }
        kinds
    });
    let line = move |(likeness, count): (Likeness, usize)| {
        let id = unique_id("likeness");
        let label = id.clone();
        // Mixed choices show none.
        let chosen = Memo::new(move |_| {
            wizard.with_import(|import| {
                let mut of_kind = import.rows().iter().filter_map(|row| match row.verdict {
                    Verdict::Duplicate {
                        likeness: other, ..
                    } if other == likeness => import.choice(row.row),
                    _ => None,
                });
                let first = of_kind.next();
                first.filter(|first| of_kind.all(|other| other == *first))
            })
        });
        let choose = Callback::new(move |choice| {
            wizard.change_import(|import| import.choose_all(likeness, choice));
        });
        view! {
            <li class="setting">
                <label class="setting-main" for=label>
                    {texts::all_like(s.lang, s.t(likeness.words()), count)}
                </label>
                {sheet::choice_select(wizard, id, None, chosen.into(), choose)}
            </li>
        }
    };
    let kinds = StoredValue::new(kinds);
    (move || {
        (filter.get() == Filter::Duplicates).then(|| {
            let lines = kinds.get_value().into_iter().map(line).collect_view();
            let list = view! { <ul class="settings">{lines}</ul> };
            section(s.t(texts::HANDLE), None, None, list)
        })
    })
    .into_view()
}

/// Nothing in the chosen filter.
pub(super) fn no_rows(wizard: Wizard) -> View {
    empty_page(Icon::Search, wizard.s.t(texts::NO_ROWS), "", None)
}

/// Every choice, in the order of its select.
pub(super) const CHOICES: [Choice; 3] = Choice::ALL;
