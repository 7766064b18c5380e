//! Dealers in one table, as a saved view says: its columns, order and groups. Into a file, and edited
//! together.

use super::Here;
use crate::components::bulk_edit::bulk_edit;
use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::components::view_form::edit_view;
use crate::components::views::{Views, new_view, show_views};
use crate::locales::{Words, bulk, settings, views as texts};
use crate::platform::files;
use crate::state::route::{DealerTab, PortfolioPart, Route};
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, View as Saved};
use tongxing_domain::view::{Column, columns, rows, sheet};
use tongxing_view::prelude::*;

/// So many rows are drawn at first, and so many more with each tap.
const AT_A_TIME: usize = 100;

/// One line of the table, ready to be drawn.
#[derive(Clone, PartialEq)]
enum Line {
    /// Those that follow have this in common.
    Group { name: String, count: usize },
    /// A dealer and what stands in the columns.
    Dealer { id: Id<Dealer>, cells: Vec<String> },
}

/// A column as it is drawn.
#[derive(Clone, PartialEq)]
struct Head {
    name: String,
    figure: bool,
    /// Whether somebody wrote down what stands in it; else the dealer's page tells how it came about.
    recorded: bool,
}

/// What is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    view: Arc<Saved>,
    columns: Vec<Head>,
    lines: Vec<Line>,
    dealers: Vec<Id<Dealer>>,
    drawn: usize,
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let most = RwSignal::new(AT_A_TIME);
    let every = StoredValue::new(Arc::new(new_view(s)));
    let chosen = Memo::new(move |_| match s.nav.route() {
        Route::View(id) => Some(id),
        _ => None,
    });
    let shown = Memo::new(move |_| {
        let most = most.get();
        let view = match chosen.get() {
            Some(id) => s.store.read(|book| book.views.get(id).cloned()),
            None => Some(every.get_value()),
        };
        view.map(|view| Arc::new(of(here, &view, most)))
    });
    (move || match shown.get() {
        None => empty_page(
            Icon::List,
            s.t(texts::GONE),
            "",
            Some(view! {
                <a class="btn" href=Route::Portfolio(PortfolioPart::Table).href()>{s.t(texts::EVERYONE)}</a>
            }),
        ),
        Some(shown) => view! {
            {bar(here, &shown, chosen.get_untracked())}
            {if shown.dealers.is_empty() {
                empty_page(Icon::List, s.t(texts::NO_ROWS), s.t(texts::NO_ROWS_TEXT), None)
            } else {
                draw(here, &shown, most)
            }}
        }
        .into_view(),
    })
    .into_view()
}

/// What a view shows: every dealer is found, and the cells of the first so many are filled.
fn of(here: Here, view: &Arc<Saved>, most: usize) -> Shown {
    let s = here.s;
    s.store.read(|book| {
        let arrangement = view.arrangement.clone().unwrap_or_default();
        let columns = columns(book, Dealer::TABLE, &arrangement);
        let grouping = arrangement
            .group
            .and_then(|key| Column::named(book, Dealer::TABLE, &key));
        let mut lines = Vec::new();
        let mut dealers = Vec::new();
        let mut drawn = 0;
        for group in rows(book, view, s.today) {
            if let Some(column) = grouping.as_ref().filter(|_| drawn < most) {
                let name = column.show(book, &group.value, s.lang);
                lines.push(Line::Group {
                    name: if name.is_empty() {
                        s.t(texts::UNGROUPED).to_owned()
                    } else {
                        name
                    },
                    count: group.rows.len(),
                });
            }
            for row in group.rows {
                let id = Id::new(row.uuid());
                dealers.push(id);
                if drawn < most {
                    drawn += 1;
                    let cell = |column: &Column| {
                        column.show(book, &column.value(book, row, s.today), s.lang)
                    };
                    let cells = columns.iter().map(cell).collect();
                    lines.push(Line::Dealer { id, cells });
                }
            }
        }
        Shown {
            view: Arc::clone(view),
            columns: columns
                .iter()
                .map(|column| Head {
                    name: column.heading(s.lang),
                    figure: column.is_figure(),
                    recorded: matches!(column, Column::Field(..) | Column::Own(_)),
                })
                .collect(),
            lines,
            dealers,
            drawn,
        }
    })
}

/// Which view, and what can be done with it.
fn bar(here: Here, shown: &Arc<Shown>, chosen: Option<Id<Saved>>) -> View {
    let s = here.s;
    let name = if chosen.is_some() {
        shown.view.name.clone()
    } else {
        s.t(texts::EVERYONE).to_owned()
    };
    let views = move |_| {
        let of = Views {
            shown: chosen,
            unsaved: None,
            open: Route::View,
            elsewhere: (texts::AS_LIST, Route::DealersIn),
            all: Callback::new(move |()| s.nav.go(Route::Portfolio(PortfolioPart::Table))),
        };
        show_views(s, here.sheets, of);
    };
    let edited = Arc::clone(&shown.view);
    let edit = move |_| {
        let (view, new) = (Saved::clone(&edited), chosen.is_none());
        edit_view(s, here.sheets, view, new, move |id| {
            s.nav.go(Route::View(id));
        });
    };
    let ids: Vec<_> = shown.dealers.iter().map(|id| id.uuid()).collect();
    let together = move |_| bulk_edit(s, here.sheets, ids.clone(), Callback::new(|()| ()));
    let (view, file) = (Arc::clone(&shown.view), name.clone());
    let save = move |_| {
        let sheet = s
            .store
            .peek(|book| sheet(book, &view, s.today, s.lang, s.shared));
        let name = files::file_name(&format!("{file} {}.csv", s.today));
        match files::save(&name, "text/csv", sheet.to_csv().as_bytes()) {
            Ok(()) => s.toasts.say(s.t(texts::SAVED).to_owned(), None),
            Err(_) => s.toasts.warn(s.t(settings::NOT_SAVED).to_owned()),
        }
    };
    let count = texts::rows(s.lang, shown.drawn, shown.dealers.len());
    let button = |icon: Icon, words: Words| view! { {icon.draw()}{s.t(words)} };
    let some = !shown.dealers.is_empty();
    view! {
        <div class="actions">
            <button class="btn" type="button" aria-haspopup="dialog" on:click=views>
                {Icon::Star.draw()}
                {name}
            </button>
            <button class="btn" type="button" on:click=edit>
                {button(Icon::Edit, if chosen.is_some() { texts::VIEW } else { texts::NEW })}
            </button>
            {some.then(|| view! {
                <button class="btn" type="button" on:click=together>{button(Icon::Check, bulk::EDIT)}</button>
                <button class="btn" type="button" on:click=save>{button(Icon::Download, texts::SAVE_CSV)}</button>
            })}
            <span class="help" role="status">{count}</span>
        </div>
    }
}

fn draw(here: Here, shown: &Arc<Shown>, most: RwSignal<usize>) -> View {
    let s = here.s;
    let heads = shown
        .columns
        .iter()
        .map(|head| {
            view! { <th scope="col" class=head.figure.then_some("num")>{head.name.clone()}</th> }
        })
        .collect_view();
    let width = shown.columns.len().to_string();
    let lines = shown
        .lines
        .iter()
        .map(|line| match line {
            Line::Group { name, count } => view! {
                <tr data-kind="group">
                    <th scope="rowgroup" colspan=width.clone()>
                        {name.clone()}" "<b class="count">{*count}</b>
                    </th>
                </tr>
            },
            Line::Dealer { id, cells } => {
                let cells = cells.iter().zip(&shown.columns).enumerate();
                let cells = cells
                    .map(|(at, (cell, head))| {
                        let class = head.figure.then_some("num");
                        let href = Route::Dealer(*id, DealerTab::Overview).href();
                        // Nothing to read is nothing to follow.
                        if at > 0 && (head.recorded || cell.is_empty()) {
                            return view! { <td class=class data-recorded="">{cell.clone()}</td> };
                        }
                        if at > 0 {
                            return view! { <td class=class><a href=href>{cell.clone()}</a></td> };
                        }
                        // The first column leads to the dealer, whatever it holds.
                        let shown = if cell.is_empty() { "—" } else { cell };
                        view! {
                            <th scope="row" class=class><a href=href>{shown.to_owned()}</a></th>
                        }
                    })
                    .collect_view();
                view! { <tr>{cells}</tr> }
            }
        })
        .collect_view();
    let more = (shown.drawn < shown.dealers.len()).then(|| {
        view! {
            <div class="actions">
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| most.update(|most| *most += AT_A_TIME)
                >
                    {s.t(texts::MORE_ROWS)}
                </button>
            </div>
        }
    });
    view! {
        <div class="table-wrap" data-kind="sheet" tabindex="0" role="region" aria-label=s.t(texts::VIEWS)>
            <table class="table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    }
    .into_view()
}
