//! The rules: what each waits for and does, what it did, and the way back from each act.

use super::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge, internal_mark};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::when;
use crate::locales::{form, routines as texts, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::rule_runs::run_rules;
use std::collections::BTreeSet;
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::rules::{Facts, history, occasions, suggestions, undo};
use tongxing_domain::schema::{AnyRecord as _, Record as _, bin, changes};
use tongxing_domain::tables::{Firing, Meeting, Rule};
use tongxing_view::prelude::*;

/// So many acts of a rule are shown at first.
const AT_A_TIME: usize = 10;

/// The section.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let rules = Memo::new(move |_| -> Vec<Arc<Rule>> {
        s.store.read(|book| {
            let mut rules: Vec<_> = book.rules.iter().cloned().collect();
            rules.sort_by_key(|rule| (rule.when, rule.id));
            rules
        })
    });
    let unfolded = Unfolded(RwSignal::new(BTreeSet::new()));
    let add = view! {
        {internal_mark()}
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| here.form(Box::new(Rule::with_id(s.store.fresh())), true)
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_RULE)}
        </button>
    };
    let content = move || {
        let rules = rules.get();
        if rules.is_empty() {
            let begin = view! {
                <button class="btn" data-kind="primary" type="button" on:click=move |_| begin(here)>
                    {Icon::Plus.draw()}
                    {s.t(texts::SUGGESTED)}
                </button>
            };
            return empty(
                Icon::Sync,
                s.t(texts::NO_RULES),
                s.t(texts::NO_RULES_HINT),
                Some(begin),
            );
        }
        let list = rules
            .iter()
            .map(|rule| one(here, rule, unfolded))
            .collect_view();
        view! { <ul class="rows rules">{list}</ul> }
    };
    section(s.t(texts::RULES), None, Some(add), content)
}

/// Adds the suggested rules; one that was taken away before comes back.
fn begin(here: Here) {
    let s = here.s;
    let writes = s.store.peek(|book| {
        let of = |rule: &Rule| {
            let back = book.rules.get_any(rule.id).map(|_| bin(rule.id, false));
            changes(None, rule).into_iter().chain(back)
        };
        suggestions(s.lang).iter().flat_map(of).collect()
    });
    s.store
        .act(Act::of(writes), s.t(texts::SUGGESTED_ADDED).to_owned());
}

fn one(here: Here, rule: &Arc<Rule>, unfolded: Unfolded) -> View {
    let s = here.s;
    let resting = rule.paused == Some(true);
    let fired = s.store.read(|book| history(book, rule));
    let switched = Arc::clone(rule);
    let label = format!("{}: {}", s.t(texts::ON), rule.name);
    let toggle = view! {
        <label class="toggle">
            <input
                type="checkbox"
                role="switch"
                aria-label=label
                prop:checked=!resting
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    // The book decides what is on: the row may show another rule next.
                    event_target::<web_sys::HtmlInputElement>(&event).set_checked(!resting);
                    switch(here, &switched, on);
                }
            />
        </label>
    };
    let (edited, again) = (Arc::clone(rule), Arc::clone(rule));
    let id = rule.id;
    let name = s.t(Rule::TABLE.label);
    let acts = vec![
        MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
            here.form(again.copied(), false);
        }),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, name));
        })
        .danger(),
    ];
    let more = menu(Icon::More, shell::more_about(s.lang, &rule.name), acts);
    view! {
        <li>
            <div class="row">
                <button
                    class="row-main"
                    type="button"
                    on:click=move |_| here.form(edited.copied(), false)
                >
                    <span class="row-title">{rule.name.clone()}</span>
                    <span class="row-sub">{rule.sentence(s.lang)}</span>
                </button>
                {toggle}
                {more}
            </div>
            {did(here, id, &fired, unfolded)}
            {resting.then(|| would(here, rule, unfolded))}
        </li>
    }
}

/// Switches a rule on, which lets it do at once what it would have done by now; or off.
fn switch(here: Here, rule: &Arc<Rule>, on: bool) {
    let s = here.s;
    let after = Rule {
        paused: Some(!on),
        ..Rule::clone(rule)
    };
    let act = Act::of(changes(Some(&**rule), &after));
    if !on {
        s.store.act(act, s.t(texts::SWITCHED_OFF).to_owned());
        return;
    }
    let switched = s.store.act_quietly(act);
    let ran = run_rules(s.store, s.today, s.lang);
    let said = if ran.count > 0 {
        texts::switched_on(s.lang, ran.count)
    } else {
        s.t(texts::SWITCHED_ON).to_owned()
    };
    let undo = match (switched, ran.undo) {
        (Some(switched), Some(ran)) => Some(switched.and(ran)),
        (switched, ran) => switched.or(ran),
    };
    s.toasts.say(said, undo);
}

/// What it did, folded: each with why, and the way back.
fn did(here: Here, rule: Id<Rule>, fired: &[Arc<Firing>], unfolded: Unfolded) -> Option<View> {
    let s = here.s;
    if fired.is_empty() {
        return None;
    }
    let all: Arc<[Arc<Firing>]> = fired.into();
    let count = all.len();
    let list = move || {
        let whole = unfolded.has(rule, Fold::Earlier);
        let most = if whole { count } else { AT_A_TIME };
        let more = (count > most).then(|| {
            view! {
                <button
                    class="btn"
                    data-kind="quiet"
                    type="button"
                    on:click=move |_| unfolded.turn(rule, Fold::Earlier)
                >
                    {s.t(texts::MORE)}
                </button>
            }
        });
        let some = all.iter().take(most);
        view! { {rows(some.map(|firing| act(here, firing)).collect())}{more} }
    };
    let name = texts::fired(s.lang, count);
    Some(unfolded.fold(rule, Fold::Did, name, list))
}

/// What can be unfolded of a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fold {
    Did,
    Earlier,
    Would,
}

/// What is unfolded: it stays so while the rules change. Copies share it.
#[derive(Clone, Copy)]
struct Unfolded(RwSignal<BTreeSet<(Id<Rule>, Fold)>>);

impl Unfolded {
    fn has(self, rule: Id<Rule>, fold: Fold) -> bool {
        self.0.with(|all| all.contains(&(rule, fold)))
    }

    fn turn(self, rule: Id<Rule>, fold: Fold) {
        self.0.update(|all| {
            if !all.remove(&(rule, fold)) {
                all.insert((rule, fold));
            }
        });
    }

    /// A fold whose content is drawn while it is open, so that many rules with many acts cost nothing.
    fn fold(
        self,
        rule: Id<Rule>,
        fold: Fold,
        name: String,
        draw: impl Fn() -> View + 'static,
    ) -> View {
        view! {
            <details class="fold" prop:open=move || self.has(rule, fold)>
                <summary
                    on:click=move |event| {
                        event.prevent_default();
                        self.turn(rule, fold);
                    }
                >
                    {name}
                </summary>
                {move || self.has(rule, fold).then(&draw)}
            </details>
        }
    }
}

fn act(here: Here, firing: &Arc<Firing>) -> View {
    let s = here.s;
    let (title, place, lines) = s.store.peek(|book| {
        let made = firing.made.and_then(|made| book.title(made.table, made.id));
        let about = firing
            .subject
            .and_then(|about| book.title(about.table, about.id));
        let dealer = book.dealers.get_any(firing.dealer);
        let dealer = dealer.map(|dealer| dealer.name.clone());
        let place = match firing.made {
            Some(made) if made.table == Meeting::NUMBER => book
                .meetings
                .get(Id::new(made.id))
                .map(|meeting| Route::Meeting(meeting.id, VisitStep::Prepare)),
            _ => Some(Route::Dealer(firing.dealer, DealerTab::Trust)),
        };
        let title = made.filter(|made| !made.is_empty()).or(about).or(dealer);
        (
            title.unwrap_or_default(),
            place,
            firing.explain(book, s.lang),
        )
    });
    let dealer = s.store.peek(|book| {
        let dealer = book.dealers.get_any(firing.dealer);
        dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
    });
    let why = explain(s.t(texts::WHY), s.t(texts::WHY), move || lines.clone());
    let undone = firing.undone_on.is_some();
    let taken_back = Arc::clone(firing);
    let back = if undone {
        badge(Tone::None, s.t(texts::UNDONE))
    } else {
        view! {
            <button class="btn" type="button" on:click=move |_| take_back(here, &taken_back)>
                {Icon::Undo.draw()}
                {s.t(texts::UNDO)}
            </button>
        }
    };
    let on = firing.fired_on.map(|on| when::day(s, on));
    RecordRow {
        sub: view! { {dealer}" · "{on} },
        opens: match place.filter(|_| !undone) {
            Some(place) => RowOpens::Place(place.href()),
            None => RowOpens::Nothing,
        },
        end: Some(view! { {why}{back} }),
        ..RecordRow::new(title)
    }
    .view()
}

fn take_back(here: Here, firing: &Arc<Firing>) {
    let s = here.s;
    let undone = s.store.peek(|book| undo(book, firing, s.today));
    let said = if undone.stays {
        texts::STAYS
    } else {
        texts::UNDONE
    };
    s.store.act(Act::of(undone.changes), s.t(said).to_owned());
}

/// What a resting rule would do now, reckoned when it is asked for.
fn would(here: Here, rule: &Arc<Rule>, unfolded: Unfolded) -> View {
    let s = here.s;
    let asked = Arc::clone(rule);
    let list = move || {
        let found = s.store.read(|book| {
            let facts = Facts {
                book,
                today: s.today,
            };
            occasions(&facts, &asked)
        });
        if found.is_empty() {
            return view! { <p class="help">{s.t(texts::WOULD_NOTHING)}</p> };
        }
        let list = found.iter().take(AT_A_TIME).map(|occasion| {
            let dealer = s.store.peek(|book| {
                let dealer = book.dealers.get(occasion.dealer);
                dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
            });
            let sub = (dealer != occasion.title).then_some(dealer);
            RecordRow {
                sub: sub.into_view(),
                end: occasion.date.map(|date| when::day(s, date)),
                ..RecordRow::new(occasion.title.as_str())
            }
            .view()
        });
        let count = texts::titled(s.t(texts::WOULD), found.len());
        view! { <p class="help">{count}</p>{rows(list.collect())} }
    };
    unfolded.fold(rule.id, Fold::Would, s.t(texts::WOULD).to_owned(), list)
}
