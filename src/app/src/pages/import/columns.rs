//! The second step: what each column holds.

use super::{Step, Table, Wizard, preview};
use crate::components::dealer_choice::ask_dealer;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{note, section};
use crate::locales::{Lang, Words, export, import as texts};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Month;
use tongxing_domain::import::{Column, Content, Grid, Mapping};
use tongxing_view::prelude::*;

/// A guess at least this sure needs no second look.
const SURE: u8 = 85;
/// So many rows are looked at for samples, and so many samples are shown.
const SAMPLED_ROWS: usize = 50;
const SAMPLES: usize = 3;

/// The step.
pub(super) fn view(wizard: Wizard) -> View {
    let s = wizard.s;
    let Some(table) = wizard.table.get_value() else {
        return ().into_view();
    };
    let mapping = wizard.mapping;
    let content = Memo::new(move |_| {
        mapping.with(|mapping| mapping.as_ref().map_or(Content::Dealers, Mapping::content))
    });
    let grid = Arc::clone(&table.grid);
    let contents = StoredValue::new(contents());
    let choose_content = Callback::new(move |place: usize| {
        let Some(content) = contents.with_value(|all| all.get(place).copied()) else {
            return;
        };
        let guessed = s
            .store
            .peek(|book| Mapping::guess(content, &grid, book, s.today));
        mapping.set(Some(guessed));
    });
    let missing = Memo::new(move |_| {
        mapping.with(|mapping| {
            let missing = mapping.as_ref().map(Mapping::missing).unwrap_or_default();
            (!missing.is_empty()).then(|| texts::missing(s.lang, &listed(s.lang, &missing)))
        })
    });
    let known = Memo::new(move |_| {
        mapping.with(|mapping| {
            let Some(mapping) = mapping else { return 0 };
            (0..mapping.len())
                .filter(|place| mapping.get(*place).is_some())
                .count()
        })
    });
    let of = table.grid.columns();
    let what = content_choice(s, contents, content, choose_content);
    let list = move || {
        let content = content.get();
        untrack(|| columns(wizard, &table, content))
    };
    view! {
        <div class="body">
            <div class="narrow">
                {move || note(Tone::Info, texts::recognised(s.lang, known.get(), of), None)}
                {section(s.t(texts::CONTENT), None, None, what)}
                {wizard.work.view(s)}
                {for_all(wizard)}
                {dealer_of_all(wizard)}
                {list}
            </div>
        </div>
        <footer class="dock">
            <p class="dock-note" role="status">
                {move || missing.get().unwrap_or_else(|| s.t(texts::READY).to_owned())}
            </p>
            <button class="btn" type="button" on:click=move |_| wizard.go_back(Step::File)>
                {s.t(texts::OTHER_FILE)}
            </button>
            <button
                class="btn"
                data-kind="primary"
                type="button"
                disabled=move || missing.get().is_some() || wizard.work.busy()
                on:click=move |_| leptos::task::spawn_local(preview::check(wizard))
            >
                {s.t(texts::CHECK)}
            </button>
        </footer>
        {wizard.sheets.view()}
    }
}

/// Everything that a file can hold: what most hold first, then other tables, then other systems.
fn contents() -> Vec<Content> {
    Content::USUAL
        .into_iter()
        .chain(Content::tables())
        .chain(Content::foreign())
        .collect()
}

/// The group under which a content is offered.
fn group_of(s: Scene, content: Content) -> &'static str {
    match content {
        Content::Dealers | Content::Contacts | Content::Readings => s.t(texts::USUAL),
        Content::Table(_) => s.t(texts::OTHER_TABLES),
        Content::Foreign(preset) => s.t(preset.system.words()),
    }
}

/// What people call a content, beside others of its group.
pub(super) fn name_of_content(s: Scene, content: Content) -> String {
    let own = s.t(content.words());
    match content {
        Content::Foreign(preset) => {
            export::module(s.lang, s.t(preset.system.words()), preset.module, own)
        }
        _ => own.to_owned(),
    }
}

fn content_choice(
    s: Scene,
    contents: StoredValue<Vec<Content>>,
    content: Memo<Content>,
    choose: Callback<usize>,
) -> View {
    let place = move || {
        let now = content.get();
        let place = contents.with_value(|all| all.iter().position(|other| *other == now));
        place.map_or_else(String::new, |place| place.to_string())
    };
    let mut groups: Vec<(&'static str, Vec<View>)> = Vec::new();
    for (at, other) in contents.get_value().into_iter().enumerate() {
        let group = group_of(s, other);
        let selected = move || content.get() == other;
        let name = name_of_content(s, other);
        let option =
            view! { <option value=at.to_string() selected=selected>{name}</option> }.into_view();
        match groups.last_mut() {
            Some((last, options)) if *last == group => options.push(option),
            _ => groups.push((group, vec![option])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(group, options)| view! { <optgroup label=group>{options.collect_view()}</optgroup> })
        .collect_view();
    let id = unique_id("content");
    let label = id.clone();
    let chosen = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            choose.run(place);
        }
    };
    view! {
        <div class="field">
            <label class="sr" for=label>{s.t(texts::CONTENT)}</label>
            <select id=id prop:value=place on:change=chosen>{groups}</select>
        </div>
    }
}

/// The dealer of everyone whose row names none.
fn dealer_of_all(wizard: Wizard) -> View {
    let s = wizard.s;
    let chosen = Memo::new(move |_| {
        wizard.mapping.with(|mapping| {
            let mapping = mapping.as_ref()?;
            (mapping.content() == Content::Contacts).then_some(mapping.dealer)
        })
    });
    let ask = move |_| {
        ask_dealer(s, wizard.sheets, s.t(texts::ALL_DEALER), move |dealer| {
            wizard.change_mapping(|mapping| mapping.dealer = Some(dealer));
        });
    };
    (move || {
        chosen.get().map(|dealer| {
            let name = dealer.and_then(|id| {
                s.store
                    .peek(|book| book.dealers.get(id).map(|dealer| dealer.name.clone()))
            });
            let text = name.unwrap_or_else(|| s.t(texts::ALL_DEALER_TEXT).to_owned());
            view! {
                <div class="setting section">
                    <div class="setting-main">
                        <strong>{s.t(texts::ALL_DEALER)}</strong>
                        <p class="help">{text}</p>
                    </div>
                    <button class="btn" type="button" on:click=ask>{s.t(texts::CHOOSE_DEALER)}</button>
                </div>
            }
        })
    })
    .into_view()
}

/// What a column can be, with its names: everything of the content, and what was guessed beside.
fn offered(s: Scene, wizard: Wizard, content: Content) -> Vec<(Column, String)> {
    s.store.peek(|book| {
        let mut all = content.columns(book);
        wizard.mapping.with_untracked(|mapping| {
            let held = mapping
                .iter()
                .flat_map(|mapping| (0..mapping.len()).filter_map(|place| mapping.get(place)));
            for column in held {
                if !all.contains(&column) {
                    all.push(column);
                }
            }
        });
        all.into_iter()
            .map(|column| (column, name_of(s, book, content, column)))
            .collect()
    })
}

fn name_of(s: Scene, book: &Book, content: Content, column: Column) -> String {
    let label = column.label(content, book, s.lang);
    if is_internal(content, column) {
        texts::internal_field(s.lang, &label)
    } else {
        label
    }
}

fn is_internal(content: Content, column: Column) -> bool {
    let (Column::Field(number) | Column::Half(number, _)) = column else {
        return false;
    };
    content
        .table()
        .numbered(number)
        .is_some_and(|field| field.internal)
}

fn columns(wizard: Wizard, table: &Table, content: Content) -> View {
    let offered = StoredValue::new(offered(wizard.s, wizard, content));
    let rows = (0..table.grid.columns())
        .map(|place| column(wizard, &table.grid, place, offered))
        .collect_view();
    view! { <ul class="mapping">{rows}</ul> }
}

fn column(
    wizard: Wizard,
    grid: &Grid,
    place: usize,
    offered: StoredValue<Vec<(Column, String)>>,
) -> View {
    let s = wizard.s;
    let mapping = wizard.mapping;
    let heading = grid.column_name(place);
    let id = unique_id("column");
    let label = id.clone();
    let held = Memo::new(move |_| {
        mapping.with(|mapping| {
            let mapping = mapping.as_ref()?;
            Some((mapping.get(place)?, mapping.score(place)))
        })
    });
    let chosen = move || {
        held.get()
            .and_then(|(column, _)| {
                offered.with_value(|offered| offered.iter().position(|(other, _)| *other == column))
            })
            .map_or_else(String::new, |at| at.to_string())
    };
    let choose = move |event: leptos::ev::Event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let column = at.and_then(|at| {
            offered.with_value(|offered| offered.get(at).map(|(column, _)| *column))
        });
        wizard.change_mapping(|mapping| mapping.set(place, column));
    };
    let options = offered.with_value(|offered| {
        offered
            .iter()
            .enumerate()
            .map(|(at, (_, name))| {
                let selected = move || chosen() == at.to_string();
                view! { <option value=at.to_string() selected=selected>{name.clone()}</option> }
            })
            .collect_view()
    });
    let sure = move || match held.get() {
        None => badge(Tone::None, s.t(texts::LEFT_OUT)),
        // Headers of another system are known to the letter.
        Some((Column::Theirs(_), _)) => badge(Tone::Good, s.t(texts::RECOGNISED)),
        Some((_, score)) if score >= SURE => badge(Tone::Good, s.t(texts::RECOGNISED)),
        Some(_) => badge(Tone::Watch, s.t(texts::LIKELY)),
    };
    let scaled = move || {
        let ten_thousands = mapping.with(|mapping| {
            mapping
                .as_ref()
                .is_some_and(|mapping| mapping.in_ten_thousands(place))
        });
        (ten_thousands && held.get().is_some())
            .then(|| view! { <span class="mapping-sample">{s.t(texts::TEN_THOUSANDS)}</span> })
    };
    view! {
        <li>
            <div class="mapping-from">
                <strong>{heading.clone()}</strong>
                <span class="mapping-sample">{samples(s, grid, place)}</span>
                {scaled}
            </div>
            {Icon::ChevronRight.draw()}
            <div class="field">
                <label class="sr" for=label>
                    {texts::column_holds(s.lang, &heading)}
                </label>
                <select id=id prop:value=chosen on:change=choose>
                    <option value="">{s.t(texts::LEAVE_OUT)}</option>
                    {options}
                </select>
            </div>
            {sure}
        </li>
    }
}

/// The first few different contents of a column.
fn samples(s: Scene, grid: &Grid, place: usize) -> String {
    let mut found: Vec<String> = Vec::new();
    for row in 0..grid.rows().min(SAMPLED_ROWS) {
        let cell = super::sheet::excerpt(grid.cell(row, place), 24);
        if !cell.is_empty() && !found.contains(&cell) {
            found.push(cell);
            if found.len() == SAMPLES {
                break;
            }
        }
    }
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    texts::list(s.lang, &found)
}

/// The metric and the month of all values, where neither a column nor its heading says them.
fn for_all(wizard: Wizard) -> View {
    let unsaid = Memo::new(move |_| {
        wizard.mapping.with(|mapping| {
            let Some(mapping) = mapping else {
                return (false, false);
            };
            let values = || {
                (0..mapping.len()).filter_map(|place| match mapping.get(place) {
                    Some(Column::Value { metric, month }) => Some((metric, month)),
                    _ => None,
                })
            };
            let named = |column| mapping.place_of(column).is_some();
            (
                !named(Column::Metric) && values().any(|(metric, _)| metric.is_none()),
                !named(Column::Month) && values().any(|(_, month)| month.is_none()),
            )
        })
    });
    (move || {
        let (metric, month) = unsaid.get();
        (metric || month).then(|| {
            untrack(|| {
                view! {
                    <div class="field-row section">
                        {metric.then(|| metric_of_all(wizard))}
                        {month.then(|| month_of_all(wizard))}
                    </div>
                }
            })
        })
    })
    .into_view()
}

fn metric_of_all(wizard: Wizard) -> View {
    let s = wizard.s;
    let id = unique_id("metric");
    let label = id.clone();
    let chosen = move || {
        let metric = wizard
            .mapping
            .with(|mapping| mapping.as_ref().and_then(|mapping| mapping.metric));
        metric.map_or_else(String::new, |metric| metric.to_string())
    };
    let options = s
        .store
        .peek(Book::all_metrics)
        .iter()
        .map(|metric| {
            let id = metric.id.to_string();
            let value = id.clone();
            let selected = move || chosen() == id;
            let name = metric.title(s.lang).to_owned();
            view! { <option value=value selected=selected>{name}</option> }
        })
        .collect_view();
    let choose = move |event| {
        let metric = event_target_value(&event).parse().ok();
        wizard.change_mapping(|mapping| mapping.metric = metric);
    };
    view! {
        <div class="field">
            <label for=label>{s.t(texts::ALL_METRIC)}</label>
            <select id=id prop:value=chosen on:change=choose>
                <option value="">{s.t(texts::PLEASE_CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}

fn month_of_all(wizard: Wizard) -> View {
    let s = wizard.s;
    let id = unique_id("month");
    let label = id.clone();
    let chosen = move || {
        let month = wizard
            .mapping
            .with(|mapping| mapping.as_ref().and_then(|mapping| mapping.month));
        month.map_or_else(String::new, |month| month.to_string())
    };
    let choose = move |event| {
        let month = Month::parse(&event_target_value(&event));
        wizard.change_mapping(|mapping| mapping.month = month);
    };
    view! {
        <div class="field">
            <label for=label>{s.t(texts::ALL_MONTH)}</label>
            <input type="month" id=id prop:value=chosen on:change=choose/>
        </div>
    }
}

/// Names of things in a list, in a language.
fn listed(lang: Lang, names: &[Words]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.in_lang(lang)).collect();
    texts::list(lang, &names)
}
