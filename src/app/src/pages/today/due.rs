//! What is due or late: ticked off, not kept, or moved to another day.

use super::{Cut, dealer_name};
use crate::components::explain::{counted, unique_id};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, Tick};
use crate::components::sheets::Sheets;
use crate::components::{record_sheet, when};
use crate::locales::{issue, shell, time, today as texts};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::{Attention, DUE_RULE, Due, DueKind};
use tongxing_domain::date::{add_days, parse_date};
use tongxing_domain::explain::Line;
use tongxing_domain::id::Id;
use tongxing_domain::settle::{Settling, put_off, settle};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

/// So many are shown at first.
const FIRST: usize = 8;
/// More than this at a time is worked through dealer by dealer.
const AT_MOST: usize = 80;
/// Days ahead that are one tap away.
const QUICK_DAYS: [i64; 3] = [1, 7, 14];

pub(super) fn view(s: Scene, sheets: Sheets, found: Memo<Arc<Attention>>) -> View {
    let cut = Cut::after(FIRST);
    let kind = RwSignal::new(None::<DueKind>);
    let all = Memo::new(move |_| found.with(|found| found.due.len()));
    let kinds = Memo::new(move |_| found.with(|found| count_kinds(&found.due)));
    let chosen = Memo::new(move |_| {
        // The last one of a kind was ticked off: all are shown again.
        kind.get()
            .filter(|kind| kinds.with(|kinds| kinds.iter().any(|(other, _)| other == kind)))
    });
    let links = Memo::new(move |_| {
        let kind = chosen.get();
        found.with(|found| {
            let due = found
                .due
                .iter()
                .filter(|due| kind.is_none_or(|kind| kind == due.kind));
            due.map(|due| due.link).collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| links.with(Vec::len));
    let shown = Memo::new(move |_| {
        links.with(|links| links[..cut.shown(links.len()).min(AT_MOST)].to_vec())
    });
    let chip = move |(which, count): (DueKind, usize)| {
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || (chosen.get() == Some(which)).to_string()
                on:click=move |_| {
                    kind.update(|kind| *kind = if *kind == Some(which) { None } else { Some(which) });
                }
            >
                {s.t(which.words())}
                " "
                <b class="count">{count}</b>
            </button>
        }
    };
    let chips = move || {
        (all.get() > FIRST && kinds.with(|kinds| kinds.len() > 1)).then(|| {
            view! {
                <div class="chips" role="group" aria-label=s.t(texts::KINDS)>
                    <For each=move || kinds.get() key=|kind| *kind let:kind>
                        {chip(kind)}
                    </For>
                </div>
            }
        })
    };
    let list = view! {
        {chips}
        <ul class="rows">
            <For each=move || shown.get() key=|link| *link let:link>
                {entry(s, sheets, found, link)}
            </For>
        </ul>
        {move || (all.get() == 0).then(|| view! { <p class="help">{s.t(texts::NO_DUE)}</p> })}
        {all_issues(s)}
    };
    let head = view! {
        {move || (all.get() > 0).then(|| {
            counted(s, all.get(), texts::DUE, DUE_RULE, move || {
                found.with_untracked(|found| found.due.iter().map(|it| line(s, it)).collect())
            })
        })}
        {cut.switch(s, move || count.get())}
    };
    section(
        s.t(texts::DUE),
        None,
        Some(head.into_view()),
        list.into_view(),
    )
}

/// Something due in the explanation of their number.
fn line(s: Scene, due: &Due) -> Line {
    let name = s.store.peek(|book| dealer_name(book, due.dealer));
    let label = format!("{name} · {}", due.title);
    Line::new(label, time::day(s.lang, due.due, s.today)).about(due.link)
}

/// The way to every issue of the book; nothing while none was ever reported.
fn all_issues(s: Scene) -> View {
    let issues = Memo::new(move |_| {
        s.store.read(|book| {
            let open = book.issues.iter().filter(|it| it.outcome.is_open());
            let open = open.filter(|it| book.dealers.get(it.dealer).is_some());
            (!book.issues.is_empty()).then(|| open.count())
        })
    });
    (move || {
        issues.get().map(|open| {
            view! {
                <a class="btn" data-kind="quiet" href=Route::Issues.href()>
                    {Icon::Issue.draw()}
                    {issue::all_open(s.lang, open)}
                </a>
            }
        })
    })
    .into_view()
}

/// How many there are of each kind, in the order of the kinds.
fn count_kinds(due: &[Due]) -> Vec<(DueKind, usize)> {
    let mut counts: Vec<(DueKind, usize)> = Vec::new();
    for due in due {
        match counts.binary_search_by_key(&due.kind, |(kind, _)| *kind) {
            Ok(place) => counts[place].1 += 1,
            Err(place) => counts.insert(place, (due.kind, 1)),
        }
    }
    counts
}

fn entry(s: Scene, sheets: Sheets, found: Memo<Arc<Attention>>, link: Link) -> View {
    let due = Memo::new(move |_| {
        found.with(|found| found.due.iter().find(|due| due.link == link).cloned())
    });
    (move || due.get().map(|due| row(s, sheets, &due))).into_view()
}

fn row(s: Scene, sheets: Sheets, due: &Due) -> View {
    let (link, dealer) = (due.link, due.dealer);
    let say = |verdict: &str| texts::about(s.lang, verdict, &due.title);
    let settled = say(s.t(texts::settled(due.kind)));
    let dropped = say(s.t(texts::dropped(due.kind)));
    let label = settled.clone();
    let write = move |verdict, said: &str| {
        let writes = s.store.peek(|book| settle(book, link, verdict, s.today));
        s.store.act(Act::of(writes), said.to_owned());
    };
    let name = s.store.peek(|book| dealer_name(book, dealer));
    let kind = texts::due_kind(s.lang, due.kind, due.side);
    let title = due.title.clone();
    let mut row = RecordRow::new(due.title.clone());
    // An issue is resolved on its page, where it is asked how.
    let is_issue = due.kind == DueKind::Issue;
    if is_issue {
        row.lead = Some(Icon::Issue.draw());
    } else {
        row.tick = Some(Tick {
            done: false,
            label,
            set: Callback::new(move |_| write(Settling::Done, &settled)),
        });
    }
    row.sub = format!("{name} · {kind}").into_view();
    row.opens = if is_issue {
        RowOpens::Place(Route::Issue(Id::new(link.id)).href())
    } else {
        RowOpens::Act(Callback::new(move |()| {
            record_sheet::edit(s, sheets, dealer, link)
        }))
    };
    row.end = Some(match due.days_late {
        0 => badge(Tone::Watch, s.t(time::TODAY)),
        _ => when::due(s, due.due),
    });
    if !is_issue {
        let drop = MenuItem::new(Icon::Close, s.t(texts::dropped(due.kind)), move || {
            write(Settling::Dropped, &dropped);
        });
        row.acts.push(drop);
    }
    row.acts.extend([
        MenuItem::new(Icon::Calendar, s.t(texts::NEW_DATE), move || {
            let title = title.clone();
            sheets.show(move || new_date(s, sheets, link, title.clone()));
        }),
        MenuItem::new(Icon::Dealers, s.t(texts::OPEN_DEALER), move || {
            s.nav.go(Route::Dealer(dealer, DealerTab::Overview));
        }),
    ]);
    row.view()
}

/// Asks for another due date.
fn new_date(s: Scene, sheets: Sheets, link: Link, title: String) -> View {
    let closing = RwSignal::new(false);
    let date = RwSignal::new(String::new());
    let id = unique_id("date");
    let said = title.clone();
    let put = Callback::new(move |day| {
        let writes = s.store.peek(|book| put_off(book, link, day));
        s.store.act(
            Act::of(writes),
            texts::moved(s.lang, &said, &time::day(s.lang, day, s.today)),
        );
        closing.set(true);
    });
    let quick = QUICK_DAYS
        .into_iter()
        .map(|days| {
            view! {
                <button
                    class="chip"
                    type="button"
                    on:click=move |_| put.run(add_days(s.today, days))
                >
                    {texts::days_ahead(s.lang, days)}
                </button>
            }
        })
        .collect_view();
    let body = view! {
        <p dir="auto">{title}</p>
        <div class="chips">{quick}</div>
        <div class="field">
            <label for=id.clone()>{s.t(texts::DUE_DATE)}</label>
            <input
                id=id
                type="date"
                prop:value=move || date.get()
                on:input=move |event| date.set(event_target_value(&event))
            />
        </div>
    };
    let foot = view! {
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button
            class="btn"
            data-kind="primary"
            type="submit"
            disabled=move || date.with(|date| parse_date(date).is_none())
        >
            {s.t(shell::SAVE)}
        </button>
    };
    overlay(
        Overlay::Dialog,
        s.t(texts::NEW_DATE).to_owned(),
        closing,
        Callback::new(move |()| sheets.closed()),
        Callback::new(move |()| {
            if let Some(day) = parse_date(&date.get_untracked()) {
                put.run(day);
            }
        }),
        body.into_view(),
        foot.into_view(),
    )
}
