//! The agenda: what to talk about, why, in which order, and what was talked about.

use super::Visit;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::components::template_choice::{template_choice, templates_of};
use crate::locales::{form, meeting as texts, shell};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::explain::{Line, counting};
use tongxing_domain::id::{Id, IdMap};
use tongxing_domain::pacing::Rag;
use tongxing_domain::position;
use tongxing_domain::schema::{AnyRecord as _, Change, Record, bin, changes};
use tongxing_domain::tables::{AgendaItem, Dealer, Meeting, TemplateKind};
use tongxing_domain::templates::{Blanks, agenda_from};
use tongxing_domain::text::{Lines, clean};
use tongxing_domain::value::Link;
use tongxing_domain::visit::{LEFT_RULE, Proposal, Why, agenda, into_items, propose_agenda};
use tongxing_view::prelude::*;

/// Why an item is there, as it is shown.
#[derive(Clone, Debug, PartialEq)]
struct Reason {
    tone: Tone,
    kind: &'static str,
    text: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    item: Arc<AgendaItem>,
    reason: Option<Reason>,
}

const fn tone(why: &Why) -> Tone {
    match why {
        Why::Late { .. } | Why::Behind { rag: Rag::Risk, .. } => Tone::Risk,
        Why::Behind { .. } | Why::Issue { .. } => Tone::Watch,
        Why::Need { .. } => Tone::Info,
        Why::Ahead { .. } | Why::Open { .. } => Tone::None,
    }
}

fn reason(visit: Visit, about: Link, why: Option<&Why>) -> Option<Reason> {
    if about.table == Dealer::NUMBER {
        // Every item is about the dealer.
        return None;
    }
    let kind = visit.s.t(Book::table(about.table)?.label);
    Some(Reason {
        tone: why.map_or(Tone::None, tone),
        kind,
        text: why.map_or_else(String::new, |why| why.text(visit.s.lang)),
    })
}

fn rows(visit: Visit, book: &Book, meeting: &Meeting, today: Date) -> Vec<Row> {
    // A meeting without an agenda of its own is proposed everything, so that each item that is
    // there finds its reason.
    let bare = Meeting {
        id: Id::NIL,
        ..meeting.clone()
    };
    let whys: IdMap<Link, Why> = propose_agenda(book, &bare, today)
        .into_iter()
        .map(|proposal| (proposal.about, proposal.why))
        .collect();
    agenda(book, meeting.id)
        .into_iter()
        .map(|item| Row {
            reason: item
                .about
                .and_then(|about| reason(visit, about, whys.get(&about))),
            item,
        })
        .collect()
}

fn rows_memo(visit: Visit) -> Memo<Vec<Row>> {
    let s = visit.s;
    Memo::new(move |_| {
        s.store.read(|book| {
            book.meetings
                .get_any(visit.id)
                .map(|meeting| rows(visit, book, meeting, s.today))
                .unwrap_or_default()
        })
    })
}

/// What could be talked about as well.
pub(super) fn proposals(visit: Visit) -> Memo<Vec<Proposal>> {
    let s = visit.s;
    Memo::new(move |_| {
        s.store.read(|book| {
            book.meetings
                .get_any(visit.id)
                .map(|meeting| propose_agenda(book, meeting, s.today))
                .unwrap_or_default()
        })
    })
}

/// The agenda as a section. `left` counts what waits instead of all.
pub(super) fn view(visit: Visit, counts_left: bool, hint: View) -> View {
    let s = visit.s;
    let rows = rows_memo(visit);
    let ids = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.item.id).collect::<Vec<_>>())
    });
    let count = move || {
        let (all, open) = rows.with(|rows| {
            (
                rows.len(),
                rows.iter()
                    .filter(|row| row.item.discussed != Some(true))
                    .count(),
            )
        });
        if counts_left && all > 0 {
            let figure = view! { <b class="count">{texts::left(s.lang, open)}</b> };
            explain(figure, s.t(texts::AGENDA), move || {
                let left = rows.with_untracked(|rows| {
                    let left = rows.iter().filter(|row| row.item.discussed != Some(true));
                    left.map(|row| Line::new(row.item.title.clone(), "—"))
                        .collect()
                });
                counting(LEFT_RULE, left, s.lang)
            })
        } else {
            view! { <b class="count">{all}</b> }
        }
    };
    let list = view! {
        <ol class="agenda">
            <For each=move || ids.get() key=|id| *id let:id>
                {item(visit, rows, id)}
            </For>
        </ol>
        {hint}
        {add(visit)}
    };
    section(
        s.t(texts::AGENDA),
        None,
        Some(count.into_view()),
        list.into_view(),
    )
}

fn item(visit: Visit, rows: Memo<Vec<Row>>, id: Id<AgendaItem>) -> View {
    let s = visit.s;
    let row =
        Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.item.id == id).cloned()));
    let title = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.item.title.clone()))
            .unwrap_or_default()
    });
    let discussed = Memo::new(move |_| {
        row.with(|row| row.as_ref().and_then(|row| row.item.discussed)) == Some(true)
    });
    let why = Memo::new(move |_| row.with(|row| row.as_ref()?.reason.clone()));
    let tick = move |event: web_sys::Event| {
        let now = event_target_checked(&event);
        write(visit, id, |item| item.discussed = Some(now));
    };
    view! {
        <li class="agenda-item">
            <label class="check">
                <input type="checkbox" prop:checked=move || discussed.get() on:change=tick/>
                <span dir="auto">{move || title.get()}</span>
            </label>
            {move || {
                let reason = why.get()?;
                Some(view! { <p class="agenda-why">{badge(reason.tone, reason.kind)} {reason.text}</p> })
            }}
            {move || {
                let label = texts::more_about(s.lang, &title.get());
                menu(Icon::More, label, acts(visit, id))
            }}
        </li>
    }
}

fn acts(visit: Visit, id: Id<AgendaItem>) -> Vec<MenuItem> {
    let s = visit.s;
    vec![
        MenuItem::new(Icon::ChevronUp, s.t(texts::MOVE_UP), move || {
            shift(visit, id, true)
        }),
        MenuItem::new(Icon::ChevronDown, s.t(texts::MOVE_DOWN), move || {
            shift(visit, id, false)
        }),
        MenuItem::new(Icon::Edit, s.t(texts::EDIT), move || {
            let Some(item) = s.store.peek(|book| book.agenda_items.get(id).cloned()) else {
                return;
            };
            visit.sheets.form(FormSubject {
                record: item.copied(),
                new: false,
                title: s.t(AgendaItem::TABLE.label).to_owned(),
                dealer: visit.dealer.uuid(),
                without: &[],
            });
        }),
        MenuItem::new(Icon::Trash, s.t(texts::REMOVE), move || {
            s.store
                .act(Act::of(vec![bin(id, true)]), s.t(texts::REMOVED).to_owned());
        })
        .danger(),
    ]
}

fn edited(visit: Visit, id: Id<AgendaItem>, edit: impl FnOnce(&mut AgendaItem)) -> Vec<Change> {
    visit.s.store.peek(|book| {
        let Some(before) = book.agenda_items.get(id) else {
            return Vec::new();
        };
        let mut after = AgendaItem::clone(before);
        edit(&mut after);
        changes(Some(&**before), &after)
    })
}

fn write(visit: Visit, id: Id<AgendaItem>, edit: impl FnOnce(&mut AgendaItem)) {
    let changes = edited(visit, id, edit);
    visit.s.store.act_quietly(Act::of(changes));
}

/// Moves an item by one place.
fn shift(visit: Visit, id: Id<AgendaItem>, up: bool) {
    let place = visit.s.store.peek(|book| {
        let items = agenda(book, visit.id);
        let at = items.iter().position(|item| item.id == id)?;
        let position = |place: usize| items.get(place).map(|item| item.position.as_str());
        match (up, at) {
            (true, 0) => None,
            (true, 1) => Some(position::between(None, position(0))),
            (true, at) => Some(position::between(position(at - 2), position(at - 1))),
            (false, at) if at + 1 >= items.len() => None,
            (false, at) => Some(position::between(position(at + 1), position(at + 2))),
        }
    });
    if let Some(place) = place {
        write(visit, id, |item| item.position = place);
    }
}

/// The line for an item of one's own.
fn add(visit: Visit) -> View {
    let s = visit.s;
    let text = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let title = clean(&text.get_untracked(), Lines::One);
        if title.is_empty() {
            return;
        }
        let last = last_place(visit);
        let item = AgendaItem {
            meeting: visit.id,
            title,
            position: position::between(last.as_deref(), None),
            ..AgendaItem::with_id(s.store.fresh())
        };
        s.store.act(
            Act::of(changes(None, &item)),
            form::added(s.lang, s.t(AgendaItem::TABLE.label)),
        );
        text.set(String::new());
    };
    view! {
        <form class="add" data-print="no" on:submit=submit>
            <input
                type="text"
                dir="auto"
                autocomplete="off"
                maxlength="200"
                aria-label=s.t(texts::NEW_ITEM)
                placeholder=s.t(texts::ADD_ITEM)
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="icon-btn" type="submit" aria-label=s.t(texts::ADD)>{Icon::Plus.draw()}</button>
            <button
                class="icon-btn"
                type="button"
                aria-label=s.t(texts::AGENDA_TEMPLATE)
                on:click=move |_| visit.sheets.show(move || from_template(visit))
            >
                {Icon::Plan.draw()}
            </button>
        </form>
    }
}

/// The last item's place.
fn last_place(visit: Visit) -> Option<String> {
    visit.s.store.peek(|book| {
        let items = agenda(book, visit.id);
        let last = items.last().map(|item| item.position.clone());
        last.filter(|at| !at.is_empty())
    })
}

/// Asks which template's items come onto the agenda.
fn from_template(visit: Visit) -> View {
    let s = visit.s;
    let closing = RwSignal::new(false);
    let templates = templates_of(s, TemplateKind::Agenda);
    let chosen = RwSignal::new(templates.first().map(|template| template.id));
    let body = template_choice(s, &templates, chosen);
    let save = Callback::new(move |()| {
        let after = last_place(visit);
        let items = s.store.peek(|book| {
            let template = book.templates.get(chosen.get_untracked()?)?;
            let blanks = Blanks::of(book, visit.dealer, None);
            let mut fresh = || s.store.fresh::<AgendaItem>().uuid();
            let after = after.as_deref();
            Some(agenda_from(
                template, visit.id, after, &blanks, s.lang, &mut fresh,
            ))
        });
        let Some(items) = items else { return };
        let writes = items.iter().flat_map(|item| changes(None, item)).collect();
        s.store
            .act(Act::of(writes), texts::items_added(s.lang, items.len()));
        closing.set(true);
    });
    let foot = view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit" disabled=move || chosen.get().is_none()>
            {s.t(texts::ADD)}
        </button>
    };
    overlay(
        Overlay::Dialog,
        s.t(texts::AGENDA_TEMPLATE).to_owned(),
        closing,
        Callback::new(move |()| visit.sheets.closed()),
        save,
        body,
        foot,
    )
}

/// What could be talked about as well, one tap from the agenda.
pub(super) fn suggestions(visit: Visit, proposals: Memo<Vec<Proposal>>) -> View {
    let s = visit.s;
    let take = move |chosen: Vec<Proposal>| {
        let count = chosen.len();
        let writes = s.store.peek(|book| {
            let items = into_items(book, &visit.now(), &chosen, &mut || {
                s.store.fresh::<AgendaItem>().uuid()
            });
            items
                .iter()
                .flat_map(|item| changes(None, item))
                .collect::<Vec<_>>()
        });
        s.store
            .act(Act::of(writes), texts::added_items(s.lang, count));
    };
    let links = Memo::new(move |_| {
        proposals.with(|list| {
            list.iter()
                .map(|proposal| proposal.about)
                .collect::<Vec<_>>()
        })
    });
    let one = move |about: Link| {
        let proposal = proposals.with_untracked(|list| {
            list.iter()
                .find(|proposal| proposal.about == about)
                .cloned()
        })?;
        let reason = reason(visit, about, Some(&proposal.why));
        let title = proposal.title.clone();
        let label = format!("{} {title}", s.t(texts::ADD));
        Some(view! {
            <li class="row">
                <div class="row-main">
                    <span class="row-title" dir="auto">{title}</span>
                    {reason
                        .map(|reason| {
                            view! {
                                <span class="row-sub">{reason.kind} " · " {reason.text}</span>
                            }
                        })}
                </div>
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=label
                    on:click=move |_| take(vec![proposal.clone()])
                >
                    {Icon::Plus.draw()}
                </button>
            </li>
        })
    };
    let any = Memo::new(move |_| proposals.with(|list| !list.is_empty()));
    (move || {
        any.get().then(|| {
            let all = view! {
                <button
                    class="section-more"
                    type="button"
                    on:click=move |_| take(proposals.get_untracked())
                >
                    {s.t(texts::ADD_ALL)}
                </button>
            };
            let list = view! {
                <ul class="rows">
                    <For each=move || links.get() key=|link| *link let:link>
                        {one(link)}
                    </For>
                </ul>
            };
            section(
                s.t(texts::PROPOSED),
                None,
                Some(all.into_view()),
                list.into_view(),
            )
        })
    })
    .into_view()
}

/// Whether nothing is on the agenda.
pub(super) fn is_empty(visit: Visit) -> Memo<bool> {
    let s = visit.s;
    Memo::new(move |_| s.store.read(|book| agenda(book, visit.id).is_empty()))
}
