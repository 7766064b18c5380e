//! The saved views of dealers: a sheet to open, edit and delete them.

use super::icon::Icon;
use super::marks::internal_mark;
use super::menu::MenuItem;
use super::overlay::{Overlay, overlay};
use super::pane::empty_page;
use super::record_row::{RecordRow, RowOpens, rows};
use super::sheets::Sheets;
use super::view_form::edit_view;
use crate::locales::{form, shell, views as texts};
use crate::state::commit::Act;
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::filter::Filter;
use tongxing_domain::id::Id;
use tongxing_domain::position::between;
use tongxing_domain::schema::{Record as _, bin, changes};
use tongxing_domain::tables::{Dealer, View as Saved};
use tongxing_view::prelude::*;

/// The saved views of dealers, in the order that people gave them.
pub fn saved_views(book: &Book) -> Vec<Arc<Saved>> {
    let of_dealers = |view: &&Arc<Saved>| {
        let filter = view.filter.as_ref();
        filter.is_some_and(|filter| filter.table().number == Dealer::NUMBER)
    };
    let mut all: Vec<_> = book.views.iter().filter(of_dealers).cloned().collect();
    all.sort_by(|a, b| (&a.position, &a.name, a.id).cmp(&(&b.position, &b.name, b.id)));
    all
}

/// A view that is not in the book yet, after all others.
pub fn new_view(s: Scene) -> Saved {
    let last = s.store.peek(|book| {
        let positions = book.views.iter().map(|it| it.position.clone());
        positions.filter(|it| !it.is_empty()).max()
    });
    Saved {
        filter: Some(Filter::all(Dealer::TABLE)),
        position: between(last.as_deref(), None),
        ..Saved::with_id(s.store.fresh())
    }
}

/// What a sheet of views is opened over.
#[derive(Clone)]
pub struct Views {
    /// The view that is shown now.
    pub shown: Option<Id<Saved>>,
    /// What is shown now, to be saved as a view; nothing where it is one as it stands.
    pub unsaved: Option<Saved>,
    /// Where a view opens.
    pub open: fn(Id<Saved>) -> Route,
    /// Where it opens as well, and what that is called.
    pub elsewhere: (crate::locales::Words, fn(Id<Saved>) -> Route),
    /// Shows all dealers again.
    pub all: Callback<()>,
}

/// Opens the sheet.
pub fn show_views(s: Scene, sheets: Sheets, of: Views) {
    sheets.show(move || draw(s, sheets, of.clone()));
}

fn draw(s: Scene, sheets: Sheets, of: Views) -> View {
    let closing = RwSignal::new(false);
    let Views {
        shown,
        unsaved,
        open,
        elsewhere,
        all,
    } = of;
    let go = move |route: Route| {
        closing.set(true);
        s.nav.go(route);
    };
    let list = move || {
        let saved = s.store.read(saved_views);
        if saved.is_empty() {
            return empty_page(Icon::List, s.t(texts::NONE), s.t(texts::VIEWS_TEXT), None);
        }
        let mut lines = vec![everyone(
            s,
            shown.is_none(),
            Callback::new(move |()| {
                closing.set(true);
                all.run(());
            }),
        )];
        lines.extend(saved.iter().map(|view| {
            let id = view.id;
            let (edited, there) = (Arc::clone(view), elsewhere.1);
            let acts = vec![
                MenuItem::new(Icon::Chart, s.t(elsewhere.0), move || go(there(id))),
                MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
                    edit_view(s, sheets, Saved::clone(&edited), false, move |id| {
                        s.nav.go(open(id));
                    });
                }),
                MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                    let said = form::binned(s.lang, s.t(Saved::TABLE.label));
                    s.store.act(Act::of(vec![bin(id, true)]), said);
                })
                .danger(),
            ];
            let told = s.store.peek(|book| {
                let filter = view.filter.as_ref();
                filter.map(|filter| filter.describe(book, s.lang).join(" · "))
            });
            let told = told.filter(|told| !told.is_empty());
            let told = told.unwrap_or_else(|| s.t(texts::EVERYONE).to_owned());
            RecordRow {
                lead: (shown == Some(id)).then(|| Icon::Check.draw()),
                sub: told.into_view(),
                opens: RowOpens::Act(Callback::new(move |()| go(open(id)))),
                acts,
                ..RecordRow::new(view.name.as_str())
            }
            .view()
        }));
        rows(lines)
    };
    let keep = unsaved.map(|unsaved| {
        let known = s.store.peek(|book| book.views.get(unsaved.id).cloned());
        let update = known.map(|before| {
            let after = Saved {
                name: before.name.clone(),
                ..unsaved.clone()
            };
            let act = move |_| {
                let writes = changes(Some(&*before), &after);
                s.store.act(Act::of(writes), s.t(texts::UPDATED).to_owned());
                closing.set(true);
            };
            view! {
                <button class="btn" type="button" on:click=act>{Icon::Check.draw()}{s.t(texts::UPDATE)}</button>
            }
        });
        let act = move |_| {
            let fresh = new_view(s);
            let view = Saved {
                filter: unsaved.filter.clone(),
                arrangement: unsaved.arrangement.clone(),
                ..fresh
            };
            edit_view(s, sheets, view, true, move |id| s.nav.go(open(id)));
        };
        view! {
            <div class="actions">
                {update}
                <button class="btn" type="button" on:click=act>{Icon::Plus.draw()}{s.t(texts::SAVE)}</button>
            </div>
        }
    });
    let body = view! {
        {internal_mark()}
        {list}
        {keep}
    };
    let foot = view! {
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                edit_view(s, sheets, new_view(s), true, move |id| s.nav.go(open(id)));
            }
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW)}
        </button>
        <button class="btn" data-kind="primary" type="submit">{s.t(shell::CLOSE)}</button>
    };
    overlay(
        Overlay::Sheet,
        s.t(texts::VIEWS).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        Callback::new(move |()| closing.set(true)),
        body.into_view(),
        foot.into_view(),
    )
}

/// The line that leads back to all dealers.
fn everyone(s: Scene, shown: bool, open: Callback<()>) -> View {
    RecordRow {
        lead: shown.then(|| Icon::Check.draw()),
        opens: RowOpens::Act(open),
        ..RecordRow::new(s.t(texts::EVERYONE))
    }
    .view()
}
