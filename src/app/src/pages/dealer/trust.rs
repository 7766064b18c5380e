//! Trust: what the dealer needs, what both sides promised and how they keep it, issues, what it is
//! to hear from us first, how far we trust it, and who is who there.

mod needs;
mod news;
mod people;
mod rating;

use super::here::Here;
use super::rows::{due_end, promise_row, side_and_due};
use crate::components::explain::{counted, explain};
use crate::components::icon::Icon;
use crate::components::issue_report;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{Words, dealer as text, issue as issue_texts};
use crate::state::route::Route;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::link_to;
use tongxing_domain::date::add_days;
use tongxing_domain::explain::Line;
use tongxing_domain::id::Id;
use tongxing_domain::issues::{Deadline, OPEN_ISSUES_RULE};
use tongxing_domain::promises::{Ledger, Tally};
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{
    Action, Issue, IssueStage, Need, NeedKind, NeedStatus, Promise, Side,
};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

/// A new promise is due in so many days at first.
const DUE_DAYS: i64 = 14;

struct Trust {
    promises: Vec<Arc<Promise>>,
    needs: Vec<Arc<Need>>,
    issues: Vec<Arc<Issue>>,
    actions: Vec<Arc<Action>>,
    ledger: Ledger,
}

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let s = here.s;
    (move || {
        let mut trust = s.store.read(|book| Trust {
            promises: book.promises.of(here.id).cloned().collect(),
            needs: book.needs.of(here.id).cloned().collect(),
            issues: tongxing_domain::issues::of_dealer(book, here.id)
                .cloned()
                .collect(),
            actions: book.actions.of(here.id).cloned().collect(),
            ledger: Ledger::of(book, here.id, s.today),
        });
        trust
            .promises
            .sort_by_key(|it| (it.due.is_none(), it.due, it.id));
        trust
            .needs
            .sort_by_key(|it| (!it.is_open(), it.raised_on, it.id));
        trust
            .issues
            .sort_by_key(|it| (!it.outcome.is_open(), it.severity, it.reported_on, it.id));
        trust
            .actions
            .sort_by_key(|it| (!it.outcome.is_open(), it.due.is_none(), it.due, it.id));
        draw(here, &trust)
    })
    .into_view()
}

fn draw(here: Here, trust: &Trust) -> View {
    let s = here.s;
    view! {
        <div class="body">
            <div class="columns" data-even="">
                <div>{promises(here, trust)}{news::section_of(here)}</div>
                <div>
                    {needs::section_of(here, &trust.needs)}
                    {issues(here, trust)}
                    {actions(here, trust)}
                    {rating::section_of(here)}
                </div>
            </div>
            {people::section_of(here)}
        </div>
        <footer class="dock">
            <button class="btn" type="button" on:click=move |_| add_need(here)>
                {Icon::Need.draw()}
                {s.t(text::NEW_NEED)}
            </button>
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add_promise(here)>
                {Icon::Promise.draw()}
                {s.t(text::NEW_PROMISE)}
            </button>
        </footer>
    }
}

fn add_promise(here: Here) {
    let s = here.s;
    here.add(
        Promise {
            dealer: here.id,
            by: Some(Side::Us),
            made_on: Some(s.today),
            due: Some(add_days(s.today, DUE_DAYS)),
            ..here.fresh()
        },
        &[],
    );
}

fn add_need(here: Here) {
    here.add(
        Need {
            dealer: here.id,
            kind: Some(NeedKind::Need),
            status: Some(NeedStatus::Open),
            raised_on: Some(here.s.today),
            ..here.fresh()
        },
        &[],
    );
}

// Promises

fn promises(here: Here, trust: &Trust) -> View {
    let s = here.s;
    if trust.promises.is_empty() {
        let hint = s.t(text::NO_PROMISES_HINT);
        return empty(Icon::Promise, s.t(text::NO_PROMISES), hint, None);
    }
    let by = |side: Side, words: Words, tally: &Tally| {
        let open: Vec<_> = trust
            .promises
            .iter()
            .filter(|promise| promise.outcome.is_open() && promise.by == Some(side))
            .map(|promise| promise_row(here, promise))
            .collect();
        let content = if open.is_empty() {
            view! { <p class="help">{s.t(text::NO_OPEN_PROMISES)}</p> }
        } else {
            rows(open)
        };
        // A rate is a judgement: the dealer sees what was promised, not how we count it.
        let rate = tally.rate().filter(|_| !s.shared);
        let rate = rate.map(|rate| rate_of(s, &trust.ledger, side, rate.show()));
        section(s.t(words), None, rate, content)
    };
    let mut settled: Vec<_> = trust
        .promises
        .iter()
        .filter(|promise| !promise.outcome.is_open())
        .collect();
    settled.reverse();
    let settled = (!settled.is_empty()).then(|| {
        let count = settled.len();
        let list = rows(
            settled
                .into_iter()
                .map(|promise| promise_row(here, promise))
                .collect(),
        );
        view! {
            <details class="fold">
                <summary>{s.t(text::SETTLED)} <b class="count">{count}</b></summary>
                {list}
            </details>
        }
    });
    view! {
        {by(Side::Us, text::OUR_PROMISES, &trust.ledger.us)}
        {by(Side::Dealer, text::THEIR_PROMISES, &trust.ledger.dealer)}
        {settled}
    }
}

fn rate_of(s: Scene, ledger: &Ledger, side: Side, rate: String) -> View {
    let told = *ledger;
    let figure = explain(
        text::kept_rate(s.lang, &rate),
        s.t(text::LEDGER_TITLE),
        move || told.explain(side, s.lang),
    );
    view! { <span class="section-more">{figure}</span> }
}

/// How both sides keep their promises, in one line.
pub(super) fn rates(s: Scene, ledger: &Ledger) -> View {
    let told = *ledger;
    let part = |words: Words, side: Side, tally: &Tally| {
        tally.rate().map(|rate| {
            let figure = format!("{} {}", s.t(words), rate.show());
            explain(figure, s.t(text::LEDGER_TITLE), move || {
                told.explain(side, s.lang)
            })
        })
    };
    let sides = [
        part(text::BY_US, Side::Us, &ledger.us),
        part(text::BY_DEALER, Side::Dealer, &ledger.dealer),
    ];
    let sides: Vec<_> = sides.into_iter().flatten().collect();
    if sides.is_empty() {
        return ().into_view();
    }
    view! { <div class="help spread">{s.t(text::KEPT_ON_TIME)}{sides}</div> }
}

// Issues

fn issues(here: Here, trust: &Trust) -> View {
    let s = here.s;
    let add = view! {
        <button class="section-more btn" data-kind="quiet" type="button" on:click=move |_| issue_report::report(s, here.sheets, here.id)>
            {Icon::Plus.draw()}
            {s.t(issue_texts::REPORT)}
        </button>
    };
    let open: Vec<Arc<Issue>> = trust
        .issues
        .iter()
        .filter(|issue| issue.outcome.is_open())
        .cloned()
        .collect();
    let count = counted(s, open.len(), text::ISSUES, OPEN_ISSUES_RULE, move || {
        let line = |issue: &Arc<Issue>| {
            Line::new(issue.title.clone(), s.t(issue.stage().words())).about(link_to(&**issue))
        };
        open.iter().map(line).collect()
    });
    let list = trust
        .issues
        .iter()
        .map(|issue| issue_row(here, issue))
        .collect();
    section(
        s.t(text::ISSUES),
        None,
        Some(view! { {count} {add} }),
        rows(list),
    )
}

fn issue_row(here: Here, issue: &Arc<Issue>) -> View {
    let s = here.s;
    let (link, title) = (link_to(&**issue), issue.title.as_str());
    let open = issue.outcome.is_open();
    let stage = issue.stage();
    let end = if open {
        let deadline = Deadline::of(issue, s.today);
        deadline.map(|deadline| due_end(s, deadline.resolve_by))
    } else {
        let settled = stage != IssueStage::SetAside;
        let tone = if settled { Tone::Good } else { Tone::None };
        Some(badge(tone, s.t(stage.words())))
    };
    let parts = [
        issue.kind.map(|kind| s.t(kind.words())),
        issue.severity.map(|it| s.t(it.words())),
        open.then(|| s.t(stage.words())),
    ];
    let mut acts = Vec::new();
    if open {
        acts.push(here.put_off_item(link, issue.due, title));
    }
    acts.extend([here.edit_item(&**issue), here.bin_item(issue.id())]);
    RecordRow {
        lead: Some(Icon::Issue.draw()),
        sub: parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into_view(),
        opens: RowOpens::Place(Route::Issue(issue.id).href()),
        end,
        acts,
        ..RecordRow::new(title)
    }
    .view()
}

// Actions

fn actions(here: Here, trust: &Trust) -> View {
    let open: Vec<_> = trust
        .actions
        .iter()
        .filter(|action| action.outcome.is_open())
        .map(|action| action_row(here, action))
        .collect();
    if open.is_empty() {
        return ().into_view();
    }
    section(
        here.s.t(Action::TABLE.label),
        Some(open.len()),
        None,
        rows(open),
    )
}

fn action_row(here: Here, action: &Arc<Action>) -> View {
    let s = here.s;
    let (link, title) = (link_to(&**action), action.title.as_str());
    let edited = Arc::clone(action);
    RecordRow {
        tick: Some(here.tick(link, title, false, text::DONE)),
        sub: side_and_due(s, action.side, action.due).into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: action.due.map(|due| due_end(s, due)),
        acts: vec![
            here.put_off_item(link, action.due, title),
            here.edit_item(&**action),
            here.bin_item(action.id()),
        ],
        ..RecordRow::new(title)
    }
    .view()
}

/// Opens an action's form.
pub(super) fn opens_action(here: Here, link: Link) -> RowOpens {
    RowOpens::Act(Callback::new(move |()| {
        let action = here
            .s
            .store
            .peek(|book| book.actions.get(Id::new(link.id)).cloned());
        if let Some(action) = action {
            here.edit(&*action, &[]);
        }
    }))
}
