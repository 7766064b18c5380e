//! Rows of small inputs: how values whose parts hold only together (a rubric, tiers, conditions) are
//! edited. What is typed stays text until the whole is read.

use super::explain::unique_id;
use super::icon::Icon;
use crate::locales::{Words, form, shell};
use crate::state::scene::Scene;
use tongxing_view::prelude::*;

/// How one cell is filled in.
#[derive(Clone)]
pub enum Cell {
    /// A line of text.
    Text,
    /// A number, with what it is counted in.
    Number(&'static str),
    /// A day.
    Date,
    /// One of these: its key and its name.
    Choice(Vec<(String, String)>),
    /// Any number of these: the cell holds their keys with commas between them.
    Several(Vec<(String, String)>),
    /// Nothing to fill in.
    Nothing,
    /// As what stands before it in the row asks for.
    Following(Callback<Vec<String>, Self>),
}

/// One column.
#[derive(Clone)]
pub struct Column {
    /// What is asked for.
    pub name: Words,
    /// What helps to answer; empty for nothing.
    pub hint: Words,
    /// How it is filled in.
    pub cell: Cell,
}

impl Column {
    /// A column without a hint.
    pub const fn new(name: Words, cell: Cell) -> Self {
        Self {
            name,
            hint: Words { zh: "", en: "" },
            cell,
        }
    }
}

#[derive(Clone, PartialEq)]
struct EntryRow {
    id: u32,
    texts: Vec<String>,
    fault: Option<String>,
}

/// Rows that are being edited. Copies share them.
#[derive(Clone, Copy)]
pub struct EntryTable {
    columns: StoredValue<Vec<Column>>,
    rows: RwSignal<Vec<EntryRow>>,
    next: StoredValue<u32>,
}

impl EntryTable {
    /// A table with some rows.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Self {
        let table = Self {
            columns: StoredValue::new(columns),
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
        table.fill(rows);
        table
    }

    /// Puts other rows in the place of these.
    pub fn fill(self, rows: Vec<Vec<String>>) {
        let rows = rows.into_iter().map(|texts| self.row(texts)).collect();
        self.rows.set(rows);
    }

    /// Adds a row.
    pub fn push(self, texts: Vec<String>) {
        let row = self.row(texts);
        self.rows.update(|rows| rows.push(row));
    }

    fn row(self, mut texts: Vec<String>) -> EntryRow {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let width = self.columns.with_value(Vec::len);
        texts.resize(width, String::new());
        EntryRow {
            id,
            texts,
            fault: None,
        }
    }

    /// What every row says; what reads it is run again after every key.
    pub fn texts(self) -> Vec<Vec<String>> {
        self.rows
            .with(|rows| rows.iter().map(|row| row.texts.clone()).collect())
    }

    /// What one cell says; empty where there is none. What reads it is run again after every key.
    pub fn text(self, row: usize, column: usize) -> String {
        self.rows.with(|rows| {
            let text = rows.get(row).and_then(|row| row.texts.get(column));
            text.cloned().unwrap_or_default()
        })
    }

    /// Writes one cell of a row by its place.
    pub fn write(self, row: usize, column: usize, text: String) {
        self.rows.update(|rows| {
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.texts.get_mut(column)) {
                *cell = text;
            }
        });
    }

    /// Says beneath a row what is wrong with it; a row that is not there blames the last.
    pub fn blame(self, row: usize, why: String) {
        self.rows.update(|rows| {
            let last = rows.len().saturating_sub(1);
            if let Some(row) = rows.get_mut(row.min(last)) {
                row.fault = Some(why);
            }
        });
    }

    /// Takes back what was said to be wrong.
    pub fn absolve(self) {
        self.rows.update(|rows| {
            for row in rows {
                row.fault = None;
            }
        });
    }

    fn typed(self, id: u32, column: usize, text: String) {
        self.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
                row.fault = None;
                if let Some(cell) = row.texts.get_mut(column) {
                    *cell = text;
                }
            }
        });
    }

    fn place(self, id: u32) -> Option<usize> {
        self.rows
            .with_untracked(|rows| rows.iter().position(|row| row.id == id))
    }

    /// The one row of a table that is never longer.
    pub fn single(self, s: Scene, keep: Callback<()>) -> View {
        let nothing = Callback::new(|_: (usize, usize)| ());
        (move || {
            let id = self.rows.with(|rows| rows.first().map(|row| row.id));
            id.map(|id| untrack(|| self.cells(s, id, keep, nothing)))
        })
        .into_view()
    }

    /// The rows, each with a button that takes it away, and one that adds another. `chosen` is told
    /// the row and the column of each choice, `keep` every change.
    pub fn view(
        self,
        s: Scene,
        name: Words,
        add: Words,
        keep: Callback<()>,
        chosen: Callback<(usize, usize)>,
    ) -> View {
        let remove = move |id| {
            self.rows.update(|rows| rows.retain(|row| row.id != id));
            keep.run(());
        };
        let ids = move || {
            self.rows
                .with(|rows| rows.iter().map(|row| row.id).collect::<Vec<u32>>())
        };
        let entry = move |id: u32| {
            let label = move || {
                let place = self
                    .rows
                    .with(|rows| rows.iter().position(|row| row.id == id));
                format!("{} {}", s.t(name), place.unwrap_or(0) + 1)
            };
            view! {
                <div class="entry" role="group" aria-label=label>
                    {self.cells(s, id, keep, chosen)}
                    <button
                        class="icon-btn"
                        type="button"
                        aria-label=move || format!("{}: {}", s.t(shell::DELETE), label())
                        on:click=move |_| remove(id)
                    >
                        {Icon::Trash.draw()}
                    </button>
                </div>
            }
        };
        view! {
            <div class="entries">
                <For each=ids key=|id| *id let:id>{entry(id)}</For>
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| {
                        self.push(Vec::new());
                        keep.run(());
                    }
                >
                    {Icon::Plus.draw()}
                    {s.t(add)}
                </button>
            </div>
        }
    }

    fn cells(
        self,
        s: Scene,
        id: u32,
        keep: Callback<()>,
        chosen: Callback<(usize, usize)>,
    ) -> View {
        let fault = move || {
            self.rows.with(|rows| {
                let row = rows.iter().find(|row| row.id == id);
                row.and_then(|row| row.fault.clone())
            })
        };
        let fault_id = unique_id("fault");
        let cells = self.columns.with_value(|columns| {
            let cell = |(place, column): (usize, &Column)| {
                self.cell(s, (id, place), column, fault_id.clone(), keep, chosen)
            };
            columns.iter().enumerate().map(cell).collect_view()
        });
        view! {
            <div class="field-row">{cells}</div>
            <p class="error" id=fault_id.clone() hidden=move || fault().is_none()>
                {Icon::Alert.draw()}
                {fault}
            </p>
        }
    }

    fn cell(
        self,
        s: Scene,
        (id, place): (u32, usize),
        column: &Column,
        described: String,
        keep: Callback<()>,
        chosen: Callback<(usize, usize)>,
    ) -> View {
        if let Cell::Following(of) = column.cell {
            let before = Memo::new(move |_| {
                self.rows.with(|rows| {
                    let row = rows.iter().find(|row| row.id == id);
                    let before = row.and_then(|row| row.texts.get(..place));
                    before.unwrap_or_default().to_vec()
                })
            });
            let (name, hint) = (column.name, column.hint);
            return (move || {
                let cell = of.run(before.get());
                let column = Column { name, hint, cell };
                let described = described.clone();
                untrack(|| self.cell(s, (id, place), &column, described, keep, chosen))
            })
            .into_view();
        }
        let field = unique_id("cell");
        let text = move || {
            self.rows.with(|rows| {
                let row = rows.iter().find(|row| row.id == id);
                let text = row.and_then(|row| row.texts.get(place));
                text.cloned().unwrap_or_default()
            })
        };
        let wrong = move || {
            self.rows.with(|rows| {
                let row = rows.iter().find(|row| row.id == id);
                row.is_some_and(|row| row.fault.is_some()).to_string()
            })
        };
        let typed = move |event| {
            self.typed(id, place, event_target_value(&event));
            keep.run(());
        };
        let hint = s.t(column.hint);
        let input = match &column.cell {
            Cell::Choice(options) => {
                let now = untrack(text);
                let options = options
                    .iter()
                    .map(|(key, name)| {
                        let selected = *key == now;
                        view! { <option value=key.clone() selected=selected>{name.clone()}</option> }
                    })
                    .collect_view();
                view! {
                    <select
                        id=field.clone()
                        aria-describedby=described
                        aria-invalid=wrong
                        prop:value=text
                        on:change=move |event| {
                            self.typed(id, place, event_target_value(&event));
                            if let Some(row) = self.place(id) {
                                chosen.run((row, place));
                            }
                            keep.run(());
                        }
                    >
                        <option value="">{s.t(form::CHOOSE)}</option>
                        {options}
                    </select>
                }
            }
            Cell::Nothing | Cell::Following(_) => return ().into_view(),
            Cell::Several(options) => {
                let has = move |key: &str| text().split(',').any(|part| part == key);
                let options = options
                    .iter()
                    .map(|(key, name)| {
                        let (shown, changed) = (key.clone(), key.clone());
                        let change = move |on: bool| {
                            let now = untrack(text);
                            let others =
                                now.split(',').filter(|it| !it.is_empty() && *it != changed);
                            let mut parts: Vec<&str> = others.collect();
                            if on {
                                parts.push(&changed);
                            }
                            self.typed(id, place, parts.join(","));
                            keep.run(());
                        };
                        view! {
                            <label class="chip">
                                <input
                                    type="checkbox"
                                    prop:checked=move || has(&shown)
                                    on:change=move |event| change(event_target_checked(&event))
                                />
                                <span>{name.clone()}</span>
                            </label>
                        }
                    })
                    .collect_view();
                return view! {
                    <fieldset class="field" data-span="all">
                        <legend>{s.t(column.name)}</legend>
                        <div class="chips">{options}</div>
                    </fieldset>
                };
            }
            Cell::Number(unit) => view! {
                <div class="affix">
                    <input
                        id=field.clone()
                        type="text"
                        inputmode="decimal"
                        autocomplete="off"
                        aria-describedby=described
                        aria-invalid=wrong
                        prop:value=text
                        on:input=typed
                    />
                    <span>{*unit}</span>
                </div>
            },
            Cell::Text | Cell::Date => {
                let kind = if matches!(column.cell, Cell::Date) {
                    "date"
                } else {
                    "text"
                };
                view! {
                    <input
                        id=field.clone()
                        type=kind
                        autocomplete="off"
                        dir="auto"
                        aria-describedby=described
                        aria-invalid=wrong
                        prop:value=text
                        on:input=typed
                    />
                }
            }
        };
        view! {
            <div class="field">
                <label for=field>{s.t(column.name)}</label>
                {input}
                {(!hint.is_empty()).then(|| view! { <p class="help">{hint}</p> })}
            </div>
        }
    }
}
