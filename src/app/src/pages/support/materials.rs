//! The material catalogue: what is in stock, who has how many, and every move.

use super::Here;
use crate::components::dealer_choice::dealer_choice;
use crate::components::explain::{explain, unique_id};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{empty_page, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{Words, form, incentive, shell, support as texts};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, IdMap};
use tongxing_domain::schema::{AnyRecord as _, Record, bin};
use tongxing_domain::support::{Handout, Stock, explain_held, hand_out};
use tongxing_domain::tables::{Dealer, Material, MaterialMove, MoveKind};
use tongxing_view::prelude::*;

/// A material, its stock, and which dealers have how many.
#[derive(Clone, PartialEq)]
struct Shelf {
    material: Arc<Material>,
    stock: Stock,
    holders: Vec<(Id<Dealer>, String, i64)>,
}

fn shelves(book: &Book) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = book
        .materials
        .iter()
        .map(|material| Shelf {
            stock: Stock::of(book, material.id),
            holders: holders(book, material.id),
            material: Arc::clone(material),
        })
        .collect();
    shelves.sort_by(|a, b| {
        let key = |it: &Shelf| (it.material.name.clone(), it.material.id);
        key(a).cmp(&key(b))
    });
    shelves
}

fn holders(book: &Book, material: Id<Material>) -> Vec<(Id<Dealer>, String, i64)> {
    let mut counts: IdMap<Id<Dealer>, i64> = IdMap::default();
    for moved in book.material_moves.of(material) {
        let count = moved.count.unwrap_or(0).max(0);
        let count = match moved.kind {
            Some(MoveKind::HandedOut) => count,
            Some(MoveKind::Returned) => -count,
            _ => continue,
        };
        let sum = counts.entry(moved.dealer).or_default();
        *sum = sum.saturating_add(count);
    }
    let mut found: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .filter_map(|(id, count)| Some((id, book.dealers.get(id)?.name.clone(), count)))
        .collect();
    found.sort_by(|a, b| (b.2, &a.1, a.0).cmp(&(a.2, &b.1, b.0)));
    found
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let found = Memo::new(move |_| s.store.read(shelves));
    let add = move || {
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add(here)>
                {Icon::Plus.draw()}
                {s.t(texts::NEW_MATERIAL)}
            </button>
        }
    };
    (move || {
        let shelves = found.get();
        if shelves.is_empty() {
            let text = s.t(texts::NO_MATERIALS_TEXT);
            return empty_page(Icon::Import, s.t(texts::NO_MATERIALS), text, Some(add()));
        }
        let list: Vec<View> = shelves.iter().map(|shelf| row(here, shelf)).collect();
        view! {
            {section(s.t(texts::MATERIALS), Some(list.len()), None, rows(list))}
            <div class="actions">{add()}</div>
        }
        .into_view()
    })
    .into_view()
}

fn add(here: Here) {
    here.sheets.form(FormSubject {
        record: Box::new(Material::with_id(here.s.store.fresh())),
        new: true,
        title: here.s.t(texts::NEW_MATERIAL).to_owned(),
        dealer: Default::default(),
        without: &[],
    });
}

/// A dealer that holds a material, and how much.
fn holder_row(
    here: Here,
    material: &Arc<Material>,
    (dealer, name, count): &(Id<Dealer>, String, i64),
) -> View {
    let s = here.s;
    let (dealer, material) = (*dealer, Arc::clone(material));
    let id = material.id;
    let held = explain(count.to_string(), material.name.clone(), move || {
        s.store.peek(|book| explain_held(book, dealer, id, s.lang))
    });
    let back = move |_| moved(here, &material, MoveKind::Returned, dealer, texts::RETURN);
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Dealer(dealer, DealerTab::Support).href()>{name.clone()}</a>
            </th>
            <td class="num">{held}</td>
            <td class="num">
                <button class="btn" type="button" on:click=back>{s.t(texts::RETURN)}</button>
            </td>
        </tr>
    }
    .into_view()
}

fn row(here: Here, shelf: &Shelf) -> View {
    let s = here.s;
    let Shelf {
        material,
        stock,
        holders,
    } = shelf;
    let (left, told) = (stock.left(), *stock);
    let shown = format!("{left} {}", material.unit);
    let title = s.t(texts::STOCK_TITLE).to_owned();
    let figure = explain(shown, title, move || told.explain(s.lang));
    let low = material.reorder_at.is_some_and(|at| left <= at);
    let low = low.then(|| badge(Tone::Watch, s.t(texts::REORDER)));
    let opened = Arc::clone(material);
    let list = (!holders.is_empty()).then(|| {
        // Many dealers may have some: they are drawn once somebody looks.
        let opened = RwSignal::new(false);
        let (count, holders, material) = (holders.len(), holders.clone(), Arc::clone(material));
        let rows = move || {
            let row = |holder| holder_row(here, &material, holder);
            opened.get().then(|| holders.iter().map(row).collect_view())
        };
        view! {
            <details class="fold" data-row="" on:toggle=move |_| opened.set(true)>
                <summary>{texts::holders(s.lang, count)}</summary>
                <table class="table"><tbody>{rows}</tbody></table>
            </details>
        }
    });
    let row = RecordRow {
        sub: material.purpose.clone().into_view(),
        opens: RowOpens::Act(Callback::new(move |()| edit(here, &opened))),
        end: Some(view! { {low} {figure} }),
        acts: acts(here, material),
        ..RecordRow::new(material.name.as_str())
    };
    view! {
        {row.view()}
        {list.map(|list| view! { <li>{list}</li> })}
    }
    .into_view()
}

fn edit(here: Here, material: &Arc<Material>) {
    let s = here.s;
    here.sheets.form(FormSubject {
        record: material.copied(),
        new: false,
        title: form::edit(s.lang, s.t(Material::TABLE.label)),
        dealer: Default::default(),
        without: &[],
    });
}

fn acts(here: Here, material: &Arc<Material>) -> Vec<MenuItem> {
    let s = here.s;
    let id = material.id;
    let of = |icon, words: Words, kind| {
        let material = Arc::clone(material);
        MenuItem::new(icon, s.t(words), move || {
            moved(here, &material, kind, Id::NIL, words)
        })
    };
    let (given, edited) = (Arc::clone(material), Arc::clone(material));
    vec![
        MenuItem::new(Icon::Export, s.t(texts::HAND_OUT), move || {
            give(here, &given)
        }),
        of(Icon::Import, texts::RECEIVE, MoveKind::Received),
        of(Icon::Close, texts::WRITE_OFF, MoveKind::WrittenOff),
        MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || edit(here, &edited)),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(Material::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
        })
        .danger(),
    ]
}

/// Opens the form of a move of one kind.
fn moved(here: Here, material: &Arc<Material>, kind: MoveKind, dealer: Id<Dealer>, title: Words) {
    let s = here.s;
    here.sheets.form(FormSubject {
        record: Box::new(MaterialMove {
            material: material.id,
            kind: Some(kind),
            on: Some(s.today),
            dealer,
            ..MaterialMove::with_id(s.store.fresh())
        }),
        new: true,
        title: incentive::of(s.lang, title, &material.name),
        dealer: dealer.uuid(),
        without: &["kind"],
    });
}

/// Asks to whom and how many, and hands out what there is.
fn give(here: Here, material: &Arc<Material>) {
    let material = Arc::clone(material);
    here.sheets.show(move || {
        let s = here.s;
        let id = material.id;
        let closing = RwSignal::new(false);
        let chosen = RwSignal::new(None::<Id<Dealer>>);
        let count = RwSignal::new("1".to_owned());
        let fault = RwSignal::new(None::<String>);
        let name = material.name.clone();
        let submit = Callback::new(move |()| {
            let Some(dealer) = chosen.get_untracked() else {
                return fault.set(Some(s.t(crate::locales::issue::CHOOSE_DEALER).to_owned()));
            };
            let handout = Handout {
                material: id,
                dealer,
                count: count.get_untracked().trim().parse().unwrap_or(0),
                request: Id::NIL,
            };
            let fresh = s.store.fresh();
            match s.store.peek(|book| hand_out(book, handout, fresh, s.today)) {
                Ok(writes) => {
                    s.store.act(Act::of(writes), incentive::of(s.lang, texts::HAND_OUT, &name));
                    closing.set(true);
                }
                Err(why) => fault.set(Some(why.text(s.lang))),
            }
        });
        let field = unique_id("count");
        let label = field.clone();
        let body = view! {
            {dealer_choice(s, chosen, Callback::new(move |()| fault.set(None)))}
            <div class="field">
                <label for=label>{s.t(texts::COUNT)}</label>
                <input
                    id=field
                    type="text"
                    inputmode="numeric"
                    prop:value=move || count.get()
                    on:input=move |event| {
                        fault.set(None);
                        count.set(event_target_value(&event));
                    }
                />
            </div>
        };
        let foot = view! {
            <p class="dock-note" role="status">{move || fault.get()}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{s.t(texts::HAND_OUT)}</button>
        };
        overlay(
            Overlay::Dialog,
            incentive::of(s.lang, texts::HAND_OUT, &material.name),
            closing,
            Callback::new(move |()| here.sheets.closed()),
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}
