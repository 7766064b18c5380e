//! All incentive schemes: what each has earned its dealers, what it will cost, against its budget.

use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::to_portfolio;
use crate::components::pane::{empty_page, note, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::line;
use crate::components::sheets::Sheets;
use crate::locales::incentive as texts;
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::cell::LazyCell;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::explain::{Line, resulting};
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Outlay, Scores, in_force};
use tongxing_domain::money::Fen;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::ratio::Ratio;
use tongxing_domain::schema::Record as _;
use tongxing_domain::scorecard::latest_scores;
use tongxing_domain::tables::{Dealer, Scheme, SchemeVersion};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// How far a scheme has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Running,
    Ahead,
    Draft,
    Ended,
}

/// A scheme and what its row tells.
#[derive(Clone, PartialEq)]
struct Listed {
    scheme: Arc<Scheme>,
    version: Option<Arc<SchemeVersion>>,
    standing: Standing,
    outlay: Option<Arc<Outlay>>,
}

fn all(book: &Book, s: Scene) -> Vec<Listed> {
    // Trips alone are ranked by scores.
    let scores = LazyCell::new(|| latest_scores(book, s.today));
    let score = |dealer: Id<Dealer>| scores.get(&dealer).copied();
    let mut all: Vec<Listed> = book
        .schemes
        .iter()
        .map(|scheme| listed(book, s, scheme, &score))
        .collect();
    all.sort_by(|a, b| {
        let key = |it: &Listed| (it.standing, it.scheme.id);
        key(a).cmp(&key(b))
    });
    all
}

fn listed(book: &Book, s: Scene, scheme: &Arc<Scheme>, scores: Scores<'_>) -> Listed {
    let version = in_force(book, scheme.id, s.today);
    let period = version
        .as_ref()
        .and_then(|it| it.terms.as_ref())
        .map(|terms| terms.period());
    let standing = match (&scheme.outcome, period) {
        (Outcome::Open, None) => Standing::Draft,
        (Outcome::Open, Some(period)) if period.start() > s.today => Standing::Ahead,
        (Outcome::Open, Some(period)) if period.end() >= s.today => Standing::Running,
        _ => Standing::Ended,
    };
    let counts = matches!(standing, Standing::Running | Standing::Ahead);
    let outlay = version.as_ref().filter(|_| counts).and_then(|version| {
        Outlay::of(book, version, scores, s.today)
            .ok()?
            .map(Arc::new)
    });
    Listed {
        scheme: Arc::clone(scheme),
        version,
        standing,
        outlay,
    }
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let listed = Memo::new(move |_| kept(s, "schemes", (), |book| all(book, s)));
    let add = move || {
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add(s, sheets)>
                {Icon::Plus.draw()}
                {s.t(texts::NEW_SCHEME)}
            </button>
        }
    };
    let body = move || {
        if s.shared {
            return note(Tone::Info, s.t(texts::SHARED), None);
        }
        let all = listed.get();
        if all.is_empty() {
            return empty_page(
                Icon::Star,
                s.t(texts::NONE),
                s.t(texts::NONE_TEXT),
                Some(add()),
            );
        }
        let list: Vec<View> = all.iter().map(|it| row(s, it)).collect();
        view! {
            {together(s, &all)}
            {section(s.t(texts::SCHEMES), Some(list.len()), None, rows(list))}
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::INCENTIVES)>
                <header class="head">
                    {to_portfolio(s)}
                    <div class="head-main"><h1 class="head-title">{s.t(texts::INCENTIVES)}</h1></div>
                    <div class="head-actions">{(!s.shared).then(add)}</div>
                </header>
                <div class="body">{body}</div>
            </section>
            {sheets.view()}
        </main>
    }
}

fn add(s: Scene, sheets: Sheets) {
    let subject = FormSubject {
        record: Box::new(Scheme::with_id(s.store.fresh())),
        new: true,
        title: s.t(texts::NEW_SCHEME).to_owned(),
        dealer: Default::default(),
        without: &[],
    };
    sheets.form_then(subject, move |id| s.nav.go(Route::Scheme(Id::new(id))));
}

/// Budget and forecast over all schemes that run.
fn together(s: Scene, all: &[Listed]) -> View {
    let running: Vec<(&Listed, &Arc<Outlay>)> = all
        .iter()
        .filter_map(|it| Some((it, it.outlay.as_ref()?)))
        .collect();
    let sum = |part: &dyn Fn(&Outlay) -> Fen| {
        let parts = running.iter().map(|(_, outlay)| i128::from(part(outlay).0));
        Fen(Quantity::held(parts.sum()).0)
    };
    let earned = sum(&|outlay| outlay.earned);
    let expected = sum(&|outlay| outlay.expected);
    let budget = sum(&|outlay| outlay.budget.unwrap_or_default());
    let lines = |part: &dyn Fn(&Outlay) -> Fen, total: Fen| -> Vec<Line> {
        let mut lines: Vec<Line> = running
            .iter()
            .map(|(it, outlay)| Line::new(it.scheme.name.clone(), part(outlay).show()))
            .collect();
        lines.push(line(s, texts::TOGETHER, total.show()));
        lines
    };
    let figure = |amount: Fen, lines: Vec<Line>| {
        let shown = Unit::Yuan.show_short(Quantity(amount.0), s.lang);
        explain(shown, s.t(texts::OUTLAY_TITLE).to_owned(), move || {
            lines.clone()
        })
    };
    let earned_figure = figure(earned, lines(&|outlay| outlay.earned, earned));
    let expected_figure = figure(expected, lines(&|outlay| outlay.expected, expected));
    let budget_figure = figure(
        budget,
        lines(&|outlay| outlay.budget.unwrap_or_default(), budget),
    );
    let used = Ratio::new(expected.0.into(), budget.0.into()).map(|used| {
        explain(
            texts::of_budget(s.lang, &used.show()),
            s.t(texts::OUTLAY_TITLE),
            move || {
                let (expected, budget) = (expected.show(), budget.show());
                let part = format!("{expected} ÷ {budget} = {}", used.show_fine());
                vec![
                    line(s, texts::EXPECTED, expected),
                    line(s, texts::BUDGET, budget),
                    line(s, texts::USED, part),
                ]
            },
        )
    });
    let over =
        (expected > budget && budget > Fen(0)).then(|| badge(Tone::Risk, s.t(texts::OVER_BUDGET)));
    view! {
        <dl class="stats">
            <div class="stat"><dt>{s.t(texts::EARNED)}</dt><dd>{earned_figure}</dd></div>
            <div class="stat">
                <dt>{s.t(texts::EXPECTED)}</dt>
                <dd>{expected_figure}</dd>
                <dd class="stat-note">{over}</dd>
            </div>
            <div class="stat">
                <dt>{s.t(texts::BUDGET)}</dt>
                <dd>{budget_figure}</dd>
                <dd class="stat-note">{used}</dd>
            </div>
        </dl>
    }
}

fn row(s: Scene, listed: &Listed) -> View {
    let Listed {
        scheme,
        version,
        standing,
        outlay,
    } = listed;
    let terms = version
        .as_ref()
        .and_then(|it| it.terms.as_ref())
        .or(scheme.terms.as_ref());
    let parts = terms.map(|terms| {
        let period = terms.period();
        let (start, end) = (
            show_date(period.start(), s.lang),
            show_date(period.end(), s.lang),
        );
        format!("{} · {start} – {end}", s.t(terms.earning().words()))
    });
    let mark = match standing {
        Standing::Running => badge(Tone::Good, s.t(texts::RUNNING)),
        Standing::Ahead => badge(Tone::Info, s.t(texts::AHEAD)),
        Standing::Draft => badge(Tone::None, s.t(texts::DRAFT)),
        Standing::Ended => badge(Tone::None, s.t(texts::ENDED)),
    };
    let bar = outlay.as_ref().and_then(|outlay| {
        let used = outlay.used()?;
        let tone = if outlay.is_over() {
            Tone::Risk
        } else {
            Tone::Good
        };
        let label = texts::of_budget(s.lang, &used.show());
        Some(view! {
            <span
                class="bar"
                data-tone=tone.key()
                role="img"
                aria-label=label
                style:--value=(used.as_f64() * 100.0).to_string()
            ></span>
        })
    });
    let figure = outlay.as_ref().map(|outlay| {
        let told = Arc::clone(outlay);
        let shown = Unit::Yuan.show_short(Quantity(outlay.expected.0), s.lang);
        let title = s.t(texts::OUTLAY_TITLE).to_owned();
        explain(shown, title, move || {
            resulting(told.explain(s.lang), Outlay::EXPECTED)
        })
    });
    let count = outlay
        .as_ref()
        .map(|outlay| texts::enrolled(s.lang, outlay.shares.len()));
    RecordRow {
        sub: view! { {parts}" "{count} },
        below: bar,
        opens: RowOpens::Place(Route::Scheme(scheme.id).href()),
        end: Some(view! { {figure} {mark} }),
        ..RecordRow::new(scheme.name.as_str())
    }
    .view()
}
