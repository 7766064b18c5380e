//! One incentive scheme: its terms and versions, who takes part and how they stand, what it costs, whether
//! it is fair, and its statements.

mod approval;
mod dealers;
mod issuing;
mod terms_form;

use self::dealers::Peers;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, note, section};
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::locales::{Words, filter, form, incentive as texts, shell};
use crate::state::commit::Act;
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::cell::LazyCell;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::filter::Filter;
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Outlay, Terms, in_force, versions};
use tongxing_domain::money::Fen;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::schema::{AnyRecord as _, Record, bin, changes};
use tongxing_domain::scorecard::latest_scores;
use tongxing_domain::tables::{Dealer, Scheme, SchemeVersion};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// The scheme that the page is about.
#[derive(Clone)]
struct Here {
    s: Scene,
    sheets: Sheets,
    scheme: Arc<Scheme>,
    version: Option<Arc<SchemeVersion>>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Scheme(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let scheme = Arc::clone(book.schemes.get(id.get())?);
            let version = in_force(book, scheme.id, s.today);
            Some((scheme, version))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((scheme, version)) => filled(&Here { s, sheets, scheme, version }),
                None => missing(s),
            }}
            {sheets.view()}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::SCHEME)>
            <header class="head">
                <div class="head-main"><h1 class="head-title">{s.t(texts::SCHEME)}</h1></div>
            </header>
            <div class="body">
                {empty(
                    Icon::Star,
                    s.t(texts::MISSING),
                    s.t(texts::MISSING_TEXT),
                    Some(view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> }),
                )}
            </div>
        </section>
    }
}

fn filled(here: &Here) -> View {
    let (s, scheme) = (here.s, &here.scheme);
    // What it costs in all, and how others stand, is for the team alone.
    let outlay = here
        .version
        .as_ref()
        .filter(|_| !s.shared)
        .and_then(|version| {
            let outlay = kept(s, "outlay", version.id, |book| {
                // A trip alone is ranked by scores.
                let scores = LazyCell::new(|| latest_scores(book, s.today));
                let of = |dealer: Id<Dealer>| scores.get(&dealer).copied();
                let outlay = Outlay::of(book, version, &of, s.today).ok().flatten()?;
                let outlay = Arc::new(outlay);
                let peers = Peers::all(&outlay);
                Some((outlay, peers))
            });
            (*outlay).clone()
        });
    let shared = s.shared.then(|| note(Tone::Info, s.t(texts::SHARED), None));
    let costs = outlay.as_ref().map(|(outlay, _)| stats(s, outlay));
    let parts = outlay.map(|(outlay, peers)| {
        view! {
            {dealers::section_of(here, &outlay)}
            {dealers::fairness(here, &outlay, peers)}
            {issuing::section_of(here)}
        }
    });
    let aim = (!scheme.aim.is_empty()).then(|| view! { <p>{scheme.aim.clone()}</p> });
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::SCHEME)>
            {head(here)}
            <div class="body">
                {aim}
                {costs}
                {terms_section(here)}
                {shared}
                {parts}
            </div>
        </section>
    }
}

fn head(here: &Here) -> View {
    let (s, scheme) = (here.s, &here.scheme);
    let words = match (&scheme.outcome, &here.version) {
        (Outcome::Open, Some(_)) => texts::RUNNING,
        (Outcome::Open, None) => texts::DRAFT,
        _ => texts::ENDED,
    };
    let edited = here.clone();
    let act = (!s.shared).then(|| {
        let approved = here.clone();
        view! {
            <button class="btn" type="button" on:click=move |_| terms_form::open(&edited)>
                {Icon::Edit.draw()}
                {s.t(texts::EDIT_TERMS)}
            </button>
            {differs(here)
                .then(|| {
                    view! {
                        <button
                            class="btn"
                            data-kind="primary"
                            type="button"
                            on:click=move |_| approval::ask(&approved)
                        >
                            {Icon::Check.draw()}
                            {s.t(texts::APPROVE)}
                        </button>
                    }
                })}
            {menu(Icon::More, shell::more_about(s.lang, &here.scheme.name), more(here))}
        }
    });
    view! {
        <header class="head">
            <a class="icon-btn" href=Route::Incentives.href() aria-label=s.t(shell::BACK)>
                {Icon::ChevronLeft.draw()}
            </a>
            <div class="head-main">
                <h1 class="head-title" dir="auto">{scheme.name.clone()}</h1>
                <p class="head-sub">{s.t(words)}</p>
            </div>
            <div class="head-actions">{act}</div>
        </header>
    }
}

fn more(here: &Here) -> Vec<MenuItem> {
    let s = here.s;
    let (edited, ended) = (here.clone(), here.clone());
    let (open, id) = (here.scheme.outcome.is_open(), here.scheme.id);
    let words = if open { texts::END } else { texts::REOPEN };
    vec![
        MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
            edited.sheets.form(FormSubject {
                record: edited.scheme.copied(),
                new: false,
                title: form::edit(s.lang, s.t(Scheme::TABLE.label)),
                dealer: Default::default(),
                without: &[],
            });
        }),
        MenuItem::new(Icon::Close, s.t(words), move || {
            let after = Scheme {
                outcome: if open {
                    Outcome::Done(s.today)
                } else {
                    Outcome::Open
                },
                ..Scheme::clone(&ended.scheme)
            };
            let writes = changes(Some(&*ended.scheme), &after);
            s.store
                .act(Act::of(writes), texts::of(s.lang, words, &after.name));
        }),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(Scheme::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            s.nav.go(Route::Incentives);
        })
        .danger(),
    ]
}

/// Whether the draft says something that is not in force.
fn differs(here: &Here) -> bool {
    let scheme = &here.scheme;
    let open = scheme.outcome.is_open() && scheme.terms.is_some();
    let same = |version: &Arc<SchemeVersion>| {
        version.terms == scheme.terms
            && version.eligibility == scheme.eligibility
            && version.budget == scheme.budget
    };
    open && !here.version.as_ref().is_some_and(same)
}

fn stats(s: Scene, outlay: &Arc<Outlay>) -> View {
    let explained = |shown: String, label: Words| {
        let told = Arc::clone(outlay);
        explain(shown, s.t(texts::OUTLAY_TITLE), move || {
            resulting(told.explain(s.lang), label)
        })
    };
    let figure = |amount: Fen, label: Words| {
        explained(Unit::Yuan.show_short(Quantity(amount.0), s.lang), label)
    };
    let budget = outlay.budget.map(|budget| figure(budget, Outlay::BUDGET));
    let used = outlay
        .used()
        .map(|used| explained(texts::of_budget(s.lang, &used.show()), Outlay::USED));
    let over = outlay
        .is_over()
        .then(|| badge(Tone::Risk, s.t(texts::OVER_BUDGET)));
    view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(texts::ENROLLED)}</dt>
                <dd>{explained(outlay.shares.len().to_string(), Outlay::ENROLLED)}</dd>
            </div>
            <div class="stat"><dt>{s.t(texts::EARNED)}</dt><dd>{figure(outlay.earned, Outlay::EARNED)}</dd></div>
            <div class="stat">
                <dt>{s.t(texts::EXPECTED)}</dt>
                <dd>{figure(outlay.expected, Outlay::EXPECTED)}</dd>
                <dd class="stat-note">{over}</dd>
            </div>
            <div class="stat" data-internal="">
                <dt>{s.t(texts::BUDGET)}</dt>
                <dd>{budget}</dd>
                <dd class="stat-note">{used}</dd>
            </div>
        </dl>
    }
}

/// What the scheme says: in force, or drafted.
fn terms_section(here: &Here) -> View {
    let (s, scheme) = (here.s, &here.scheme);
    let version = here.version.as_ref();
    let standing = version.and_then(|version| version.terms.as_ref());
    let shown = standing.or(scheme.terms.as_ref());
    let told = match (shown, standing.is_some() && differs(here)) {
        (None, _) => note(Tone::Info, s.t(texts::NO_TERMS), None),
        (Some(_), true) => note(Tone::Watch, s.t(texts::DRAFT_DIFFERS), None),
        (Some(_), false) => ().into_view(),
    };
    let eligible = version.map_or(&scheme.eligibility, |version| &version.eligibility);
    let approved = version.map(|version| {
        let day = version.approved_on.map(|day| show_date(day, s.lang));
        let text = format!("{} · {}", day.unwrap_or_default(), version.approved_by);
        view! { <div><dt>{s.t(texts::APPROVER)}</dt><dd>{text}</dd></div> }
    });
    let facts = shown.map(|terms| terms_view(s, terms, eligible.as_ref(), approved));
    let drafted = scheme
        .terms
        .as_ref()
        .filter(|_| standing.is_some() && differs(here))
        .map(|terms| {
            view! {
                <details class="fold" open=true>
                    <summary>{s.t(texts::DRAFT)}</summary>
                    {terms_view(s, terms, scheme.eligibility.as_ref(), None)}
                </details>
            }
        });
    let all = s.store.read(|book| versions(book, scheme.id));
    let earlier = (all.len() > 1).then(|| {
        let list = all
            .iter()
            .rev()
            .map(|version| {
                let day = version.approved_on.map(|day| show_date(day, s.lang));
                let terms = version
                    .terms
                    .as_ref()
                    .map(|terms| describe(s, terms).join("; "));
                view! { <li>{day}" · "{version.approved_by.clone()}" · "{terms}</li> }
            })
            .collect_view();
        view! {
            <details class="fold">
                <summary>{s.t(texts::VERSIONS)}</summary>
                <ul class="plain-list" data-recorded="">{list}</ul>
            </details>
        }
    });
    let content = view! {
        {told}
        {facts}
        {drafted}
        {earlier}
    };
    section(s.t(texts::TERMS), None, None, content)
}

fn describe(s: Scene, terms: &Terms) -> Vec<String> {
    let metric = s.store.peek(|book| book.metric(terms.metric()));
    let unit = metric
        .and_then(|metric| metric.unit)
        .unwrap_or(Unit::Pieces);
    terms.describe(unit, s.lang)
}

fn terms_view(
    s: Scene,
    terms: &Terms,
    eligibility: Option<&Filter>,
    approved: Option<View>,
) -> View {
    let metric = s.store.peek(|book| book.metric(terms.metric()));
    let metric = metric.map(|metric| metric.title(s.lang).to_owned());
    let conditions = match eligibility {
        Some(conditions) => s
            .store
            .peek(|book| conditions.describe(book, s.lang))
            .join("; "),
        None => s.t(filter::EVERYONE).to_owned(),
    };
    let lines = describe(s, terms)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <p><b>{s.t(terms.earning().words())}</b>" · "{s.t(terms.earning().rule())}</p>
        <ul class="plain-list" data-recorded="">{lines}</ul>
        <dl class="facts">
            <div><dt>{s.t(texts::METRIC)}</dt><dd>{metric}</dd></div>
            <div><dt>{s.t(texts::ELIGIBILITY)}</dt><dd>{conditions}</dd></div>
            {approved}
        </dl>
    }
}
