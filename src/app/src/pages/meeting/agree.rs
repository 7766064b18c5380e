//! Agree: everything that came of the meeting, side by side with what was open before, ready to
//! be read together and passed on.

use super::came::{Came, came};
use super::{Visit, back, onward, share};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, Tick, rows};
use crate::components::when;
use crate::locales::{Words, form, issue, meeting as texts, shell, today as today_texts};
use crate::state::commit::Act;
use crate::state::route::{Route, VisitStep};
use std::sync::Arc;
use tongxing_domain::attention::{DueKind, link_to};
use tongxing_domain::book::Book;
use tongxing_domain::date::{days_between, parse_date};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Change, DELETED, Record, YES};
use tongxing_domain::settle::{Settling, put_off, settle};
use tongxing_domain::tables::{Action, Issue, Promise, Side};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

pub(super) fn view(visit: Visit) -> (View, View) {
    let s = visit.s;
    let body = view! {
        <div class="columns">
            <div>{agreed(visit, true)}</div>
            <aside aria-label=s.t(texts::EARLIER_ASIDE)>{earlier(visit)}</aside>
        </div>
    };
    let dock = view! {
        {back(visit, VisitStep::Run)}
        {onward(visit, VisitStep::Close)}
    };
    (body.into_view(), dock.into_view())
}

/// What came of the meeting, by side; `open` while the meeting is.
pub(super) fn agreed(visit: Visit, open: bool) -> View {
    let s = visit.s;
    let list = Memo::new(move |_| s.store.read(|book| came(book, visit.id)));
    let count = Memo::new(move |_| list.with(Vec::len));
    let group = move |heading: Words, belongs: fn(&Came) -> bool| {
        let links = Memo::new(move |_| {
            list.with(|list| {
                list.iter()
                    .filter(|came| belongs(came))
                    .map(|came| came.link)
                    .collect::<Vec<_>>()
            })
        });
        move || {
            links.with(|links| !links.is_empty()).then(|| {
                view! {
                    <h3 class="group">{s.t(heading)}</h3>
                    <ul class="rows">
                        <For each=move || links.get() key=|link| *link let:link>
                            {row(visit, list, link, open)}
                        </For>
                    </ul>
                }
            })
        }
    };
    let content = view! {
        {group(texts::BY_US, |came| came.side == Some(Side::Us))}
        {group(texts::BY_THEM, |came| came.side == Some(Side::Dealer))}
        {group(texts::BY_BOTH, |came| !matches!(came.side, Some(Side::Us | Side::Dealer)))}
        {move || (count.get() == 0).then(|| empty(
            Icon::Promise,
            s.t(texts::AGREED),
            s.t(texts::NOTHING_AGREED),
            None,
        ))}
        {open.then(|| view! {
            <div class="actions" data-print="no">
                <button class="btn" type="button" on:click=move |_| add_action(visit)>
                    {Icon::Plus.draw()}
                    {s.t(texts::ADD_ACTION)}
                </button>
                <button class="btn" type="button" on:click=move |_| add_promise(visit)>
                    {Icon::Plus.draw()}
                    {s.t(texts::ADD_PROMISE)}
                </button>
            </div>
        })}
        {share::view(visit)}
    };
    let head = view! { <b class="count">{move || count.get()}</b> };
    section(
        s.t(texts::AGREED),
        None,
        Some(head.into_view()),
        content.into_view(),
    )
}

fn row(visit: Visit, list: Memo<Vec<Came>>, link: Link, open: bool) -> View {
    let s = visit.s;
    let came =
        Memo::new(move |_| list.with(|list| list.iter().find(|came| came.link == link).cloned()));
    let kind = came.with_untracked(|came| came.as_ref().map(|came| came.kind));
    let title = Memo::new(move |_| {
        came.with(|came| came.as_ref().map(|came| came.title.clone()))
            .unwrap_or_default()
    });
    let sub = move || {
        let came = came.get()?;
        let lacks = if !open {
            None
        } else if came.lacks_due() {
            Some(texts::NO_DUE)
        } else {
            came.lacks_owner().then_some(texts::NO_OWNER)
        };
        let badge = lacks.map(|lacks| view! { " " {badge(Tone::Watch, s.t(lacks))} });
        Some(view! { {came.facts(s.lang, None)} {badge} })
    };
    let end = if open {
        view! {
            {due_input(visit, came, title, link)}
            {move || {
                let label = texts::more_about(s.lang, &title.get());
                menu(Icon::More, label, acts(visit, link))
            }}
        }
    } else {
        view! { <span class="row-end">{move || came.get().map(|came| stands(visit, &came))}</span> }
    };
    view! {
        <li class="row agreed">
            {kind.map(|kind| kind.icon().draw())}
            <button class="row-main" type="button" on:click=move |_| visit.open(link)>
                <span class="row-title" dir="auto">{move || title.get()}</span>
                <span class="row-sub">{sub}</span>
            </button>
            {end}
        </li>
    }
}

/// The due date, to be set in place.
fn due_input(visit: Visit, came: Memo<Option<Came>>, title: Memo<String>, link: Link) -> View {
    let s = visit.s;
    // A need has no date.
    let dated = Memo::new(move |_| {
        came.with(|came| {
            came.as_ref()
                .is_some_and(|came| came.due.is_some() || came.lacks_due())
        })
    });
    let due = Memo::new(move |_| came.with(|came| came.as_ref()?.due));
    let move_to = move |event: web_sys::Event| {
        if let Some(day) = parse_date(&event_target_value(&event)) {
            let writes = s.store.peek(|book| put_off(book, link, day));
            s.store.act_quietly(Act::of(writes));
        }
    };
    (move || {
        dated.get().then(|| {
            view! {
                <input
                    type="date"
                    aria-label=move || texts::due_of(s.lang, &title.get())
                    aria-invalid=move || due.get().is_none().to_string()
                    prop:value=move || due.get().map(|due| due.to_string()).unwrap_or_default()
                    on:change=move_to
                />
            }
        })
    })
    .into_view()
}

fn acts(visit: Visit, link: Link) -> Vec<MenuItem> {
    let s = visit.s;
    let mut acts = vec![MenuItem::new(Icon::Edit, s.t(texts::EDIT), move || {
        visit.open(link)
    })];
    if link.table == Issue::NUMBER {
        acts.push(MenuItem::new(
            Icon::Issue,
            s.t(issue::OPEN_PAGE),
            move || {
                s.nav.go(Route::Issue(Id::new(link.id)));
            },
        ));
    }
    let delete = MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
        let gone = Change {
            table: link.table,
            id: link.id,
            field: DELETED,
            member: Vec::new(),
            value: YES.to_vec(),
        };
        let what = Book::table(link.table).map_or("", |table| s.t(table.label));
        s.store.act(Act::of(vec![gone]), form::binned(s.lang, what));
    });
    acts.push(delete.danger());
    acts
}

/// How something that came of a closed meeting stands.
fn stands(visit: Visit, came: &Came) -> View {
    let s = visit.s;
    match (came.settled, came.due) {
        (true, _) => badge(
            Tone::Good,
            s.t(DueKind::of_table(came.link.table).map_or(texts::SETTLED, today_texts::settled)),
        ),
        (false, Some(due)) => match days_between(due, s.today) {
            late if late > 0 => when::late(s, Tone::Risk, due, s.today),
            _ => when::day(s, due),
        },
        (false, None) => ().into_view(),
    }
}

fn add_action(visit: Visit) {
    let s = visit.s;
    visit.sheets.form(FormSubject {
        record: Box::new(Action {
            dealer: visit.dealer,
            meeting: visit.id,
            side: Some(Side::Us),
            owner: s.session.member.get_untracked(),
            ..Action::with_id(s.store.fresh())
        }),
        new: true,
        title: form::new(s.lang, s.t(Action::TABLE.label)),
        dealer: visit.dealer.uuid(),
        without: &[],
    });
}

fn add_promise(visit: Visit) {
    let s = visit.s;
    visit.sheets.form(FormSubject {
        record: Box::new(Promise {
            dealer: visit.dealer,
            meeting: visit.id,
            by: Some(Side::Us),
            made_on: Some(s.today),
            ..Promise::with_id(s.store.fresh())
        }),
        new: true,
        title: form::new(s.lang, s.t(Promise::TABLE.label)),
        dealer: visit.dealer.uuid(),
        without: &[],
    });
}

/// Promises of earlier meetings: kept by now?
fn earlier(visit: Visit) -> View {
    let s = visit.s;
    let open = Memo::new(move |_| {
        s.store.read(|book| {
            let mut open: Vec<Arc<Promise>> = book
                .promises
                .of(visit.dealer)
                .filter(|promise| {
                    promise.dealer == visit.dealer
                        && promise.meeting != visit.id
                        && promise.outcome.is_open()
                })
                .cloned()
                .collect();
            open.sort_by_key(|promise| (promise.due, promise.id));
            open
        })
    });
    let content = move || {
        let open = open.get();
        if open.is_empty() {
            return view! { <p class="help">{s.t(texts::NO_EARLIER)}</p> };
        }
        rows(
            open.iter()
                .map(|promise| promise_row(visit, promise))
                .collect(),
        )
    };
    section(s.t(texts::EARLIER), None, None, content.into_view())
}

fn promise_row(visit: Visit, promise: &Promise) -> View {
    let s = visit.s;
    let link = link_to(promise);
    let kept = s.t(today_texts::settled(DueKind::Promise));
    let said = today_texts::about(s.lang, kept, &promise.title);
    let tick = Tick {
        done: false,
        label: said.clone(),
        set: Callback::new(move |_| {
            let writes = s
                .store
                .peek(|book| settle(book, link, Settling::Done, s.today));
            s.store.act(Act::of(writes), said.clone());
        }),
    };
    let mut row = RecordRow::new(promise.title.clone());
    row.tick = Some(tick);
    row.sub = s.t(texts::promise_by(promise.by)).into_view();
    row.opens = RowOpens::Act(Callback::new(move |()| visit.open(link)));
    row.end = promise.due.map(|due| when::due(s, due));
    row.view()
}
