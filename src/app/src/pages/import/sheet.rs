//! The rows of the file as a table, each with what would become of it.

use super::Wizard;
use super::preview::{CHOICES, no_rows};
use crate::components::explain::unique_id;
use crate::components::marks::{Tone, badge};
use crate::components::show_more::show_more;
use crate::locales::{Words, import as texts};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::import::{
    CellError, Choice, Column, Import, Likeness, Notice, PlannedRow, Twin, Verdict,
};
use tongxing_view::prelude::*;

/// So many rows are drawn at a time.
const ROWS_AT_ONCE: usize = 40;
/// A cell shows at most so many characters.
const CELL: usize = 60;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    All,
    Errors,
    Duplicates,
    New,
    Updates,
    Same,
    Notices,
}

impl Filter {
    pub(super) const fn words(self) -> Words {
        match self {
            Self::All => texts::ALL,
            Self::Errors => texts::ERRORS,
            Self::Duplicates => texts::DUPLICATES,
            Self::New => texts::NEW,
            Self::Updates => texts::UPDATES,
            Self::Same => texts::SAME,
            Self::Notices => texts::NOTICES,
        }
    }

    fn fits(self, row: &PlannedRow) -> bool {
        match self {
            Self::All => true,
            Self::Errors => matches!(row.verdict, Verdict::Error(_)),
            Self::Duplicates => matches!(row.verdict, Verdict::Duplicate { .. }),
            Self::New => matches!(row.verdict, Verdict::New),
            Self::Updates => matches!(row.verdict, Verdict::Update(_)),
            Self::Same => matches!(row.verdict, Verdict::Same),
            Self::Notices => !row.notices.is_empty(),
        }
    }
}

/// The table of the rows that fit the filter.
pub(super) fn view(wizard: Wizard, filter: RwSignal<Filter>) -> View {
    let s = wizard.s;
    let shown = RwSignal::new(ROWS_AT_ONCE);
    let rows = Memo::new(move |_| {
        let filter = filter.get();
        shown.set(ROWS_AT_ONCE);
        Arc::new(wizard.import.with_value(|import| {
            import
                .iter()
                .flat_map(Import::rows)
                .filter(|row| filter.fits(row))
                .map(|row| row.row)
                .collect::<Vec<usize>>()
        }))
    });
    let places: Vec<usize> = wizard.import.with_value(|import| {
        let mapping = import.as_ref().map(Import::mapping);
        mapping
            .into_iter()
            .flat_map(|mapping| (0..mapping.len()).filter(|place| mapping.get(*place).is_some()))
            .collect()
    });
    let headings = wizard.import.with_value(|import| {
        let grid = import.as_ref().map(Import::grid);
        places
            .iter()
            .filter_map(|place| Some(grid?.column_name(*place)))
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    });
    let places = StoredValue::new(places);
    let drawn = move || {
        let rows = rows.get();
        let count = shown.get().min(rows.len());
        rows[..count].to_vec()
    };
    let more = move || show_more(s, rows.with(|rows| rows.len()), shown, ROWS_AT_ONCE);
    view! {
        <section class="section" aria-label=s.t(texts::PREVIEW)>
            <div
                class="table-wrap"
                data-kind="sheet"
                tabindex="0"
                role="region"
                aria-label=s.t(texts::TABLE)
            >
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{s.t(texts::ROW)}</th>
                            <th scope="col">{s.t(texts::VERDICT)}</th>
                            {headings}
                        </tr>
                    </thead>
                    <tbody>
                        <For each=drawn key=|row| *row let:row>
                            {draw_row(wizard, row, places)}
                        </For>
                    </tbody>
                </table>
            </div>
            {move || rows.get().is_empty().then(|| no_rows(wizard))}
            {more}
        </section>
    }
}

fn draw_row(wizard: Wizard, at: usize, places: StoredValue<Vec<usize>>) -> View {
    let s = wizard.s;
    wizard.import.with_value(|import| {
        let Some((import, row)) = import
            .as_ref()
            .and_then(|import| Some((import, import.rows().get(at)?)))
        else {
            return ().into_view();
        };
        let state = match row.verdict {
            Verdict::New => Some("new"),
            Verdict::Duplicate { .. } => Some("duplicate"),
            Verdict::Error(_) => Some("error"),
            Verdict::Update(_) | Verdict::Same => None,
        };
        let grid = import.grid();
        let (cells, elsewhere) = places.with_value(|places| {
            let names: Vec<String> = places
                .iter()
                .map(|place| grid.column_name(*place))
                .collect();
            let cells = places
                .iter()
                .zip(&names)
                .map(|(place, name)| cell(s, import, row, *place, name))
                .collect_view();
            (cells, elsewhere(s, row, &names))
        });
        view! {
            <tr data-state=state>
                <th scope="row">{row.line}</th>
                <td>
                    {verdict(wizard, row)}
                    {elsewhere
                        .into_iter()
                        .map(|text| view! { <span class="cell-note">{text}</span> })
                        .collect_view()}
                </td>
                {cells}
            </tr>
        }
    })
}

fn verdict(wizard: Wizard, row: &PlannedRow) -> View {
    let s = wizard.s;
    let word = s.t(row.verdict.words());
    match &row.verdict {
        Verdict::New => badge(Tone::Good, word),
        Verdict::Update(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| s.t(field.label)).collect();
            view! {
                {badge(Tone::Info, word)}
                <span class="cell-what">{texts::list(s.lang, &names)}</span>
            }
        }
        Verdict::Same => badge(Tone::None, word),
        Verdict::Error(_) => badge(Tone::Risk, word),
        Verdict::Duplicate { twin, likeness } => duplicate(wizard, row, *twin, *likeness),
    }
}

/// Why a row may be a duplicate, and what to do with it.
fn duplicate(wizard: Wizard, row: &PlannedRow, twin: Twin, likeness: Likeness) -> View {
    let s = wizard.s;
    let why = s.t(likeness.words());
    let told = match twin {
        Twin::Line(line) => texts::like_line(s.lang, line, why),
        Twin::Record(id) => {
            let table = wizard.import.with_value(|import| {
                import
                    .as_ref()
                    .map(|import| import.mapping().content().table())
            });
            let name = table.and_then(|table| s.store.peek(|book| twin_name(s, book, table, id)));
            texts::like_record(s.lang, name.as_deref().unwrap_or(&row.name), why)
        }
    };
    let at = row.row;
    let chosen = Memo::new(move |_| wizard.with_import(|import| import.choice(at)));
    let choose = Callback::new(move |choice| {
        wizard.change_import(|import| import.choose(at, choice));
    });
    let label = texts::handle_row(s.lang, row.line);
    view! {
        <span class="cell-what">{told}</span>
        {choice_select(wizard, unique_id("choice"), Some(label), chosen.into(), choose)}
    }
}

fn twin_name(
    s: Scene,
    book: &Book,
    table: &'static tongxing_domain::schema::TableSpec,
    id: tongxing_domain::id::Uuid,
) -> Option<String> {
    let name = tongxing_domain::bin::headline(book, table, id, s.lang);
    (!name.is_empty()).then_some(name)
}

/// What to do with a duplicate, or with many.
pub(super) fn choice_select(
    wizard: Wizard,
    id: String,
    label: Option<String>,
    chosen: Signal<Option<Choice>>,
    choose: Callback<Choice>,
) -> View {
    let s = wizard.s;
    let place = move || {
        chosen
            .get()
            .and_then(|chosen| CHOICES.iter().position(|other| *other == chosen))
            .map_or_else(String::new, |at| at.to_string())
    };
    let options = CHOICES
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let selected = move || chosen.get() == Some(*choice);
            view! { <option value=at.to_string() selected=selected>{s.t(choice.words())}</option> }
        })
        .collect_view();
    let changed = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(choice) = at.and_then(|at| CHOICES.get(at)) {
            choose.run(*choice);
        }
    };
    view! {
        <select id=id aria-label=label prop:value=place on:change=changed>
            <option value="" hidden>
                {s.t(texts::PLEASE_CHOOSE)}
            </option>
            {options}
        </select>
    }
}

/// One cell as the file has it, with what is wrong or odd about it.
fn cell(s: Scene, import: &Import, row: &PlannedRow, place: usize, name: &str) -> View {
    let text = excerpt(import.grid().cell(row.row, place), CELL);
    let error = match &row.verdict {
        Verdict::Error(errors) => errors.iter().find(|error| error.column == name),
        _ => None,
    };
    let changed = match (&row.verdict, import.mapping().get(place)) {
        (Verdict::Update(fields), Some(Column::Field(number))) => {
            fields.iter().any(|field| field.number == number)
        }
        _ => false,
    };
    let odd = row.notices.iter().find(|notice| notice.column == name);
    let shown = if text.is_empty() {
        "—".to_owned()
    } else {
        text
    };
    let shown = if changed {
        view! { <strong>{shown}</strong> }
    } else {
        shown.into_view()
    };
    let note = match (error, odd) {
        (Some(error), _) => Some(error.fault.text(s.lang)),
        (None, Some(odd)) => Some(s.t(odd.oddity.words()).to_owned()),
        (None, None) => None,
    };
    let state = match (error, odd) {
        (Some(_), _) => Some("error"),
        (None, Some(_)) => Some("duplicate"),
        (None, None) => None,
    };
    view! {
        <td data-state=state>
            {shown}
            {note.map(|note| view! { <span class="cell-note">{note}</span> })}
        </td>
    }
}

/// What is wrong or odd outside the columns that are shown.
fn elsewhere(s: Scene, row: &PlannedRow, names: &[String]) -> Vec<String> {
    let errors: &[CellError] = match &row.verdict {
        Verdict::Error(errors) => errors,
        _ => &[],
    };
    let outside = |column: &String| !names.contains(column);
    let errors = errors
        .iter()
        .filter(|error| outside(&error.column))
        .map(|error| error.text(s.lang));
    let notices = row
        .notices
        .iter()
        .filter(|notice| outside(&notice.column))
        .map(|notice: &Notice| notice.text(s.lang));
    errors.chain(notices).collect()
}

/// The start of a cell, on one line.
pub(super) fn excerpt(text: &str, most: usize) -> String {
    let mut out = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == most {
            out.push('…');
            break;
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// The grid behind the preview is the file's own.
#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn long_cells_are_cut_between_characters() {
        assert_eq!(excerpt("  短  ", 4), "短");
        assert_eq!(excerpt("一二三四五", 4), "一二三四…");
        assert_eq!(excerpt("一\n二", 4), "一 二");
    }
}
