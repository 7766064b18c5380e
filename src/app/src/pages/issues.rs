//! All issues of the book: the open ones first, by the day on which they have to be resolved.

use super::issue::severity_badge;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::issue_report;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{empty_page, note, section};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::sheets::Sheets;
use crate::components::show_more::{SCREENFUL, show_more};
use crate::components::when;
use crate::locales::{Words, issue as texts, time};
use crate::state::kept::kept;
use crate::state::route::Route;
use crate::state::scene::{Scene, scene};
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::explain::resulting;
use tongxing_domain::issues::Deadline;
use tongxing_domain::tables::{Issue, IssueKind, IssueStage, Severity};
use tongxing_view::prelude::*;

/// So many more are drawn on demand.
const AT_A_TIME: usize = 40;

/// By what the list is narrowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Stage,
    Severity,
    Kind,
}

/// One choice of each facet, or none.
type Chosen = [Option<u16>; Facet::ALL.len()];

impl Facet {
    const ALL: [Self; 3] = [Self::Stage, Self::Severity, Self::Kind];

    const fn label(self) -> Words {
        match self {
            Self::Stage => texts::STAGE,
            Self::Severity => texts::SEVERITY,
            Self::Kind => texts::KIND,
        }
    }

    /// What can be chosen: its code and its name.
    fn choices(self) -> Vec<(u16, Words)> {
        match self {
            Self::Stage => IssueStage::ALL.map(|it| (it as u16, it.words())).to_vec(),
            Self::Severity => (Severity::ALL.iter().map(|it| (it.code(), it.words()))).collect(),
            Self::Kind => (IssueKind::ALL.iter().map(|it| (it.code(), it.words()))).collect(),
        }
    }

    /// What an issue is.
    fn of(self, issue: &Issue) -> Option<u16> {
        match self {
            Self::Stage => Some(issue.stage() as u16),
            Self::Severity => Some(issue.weight().code()),
            Self::Kind => issue.kind.map(IssueKind::code),
        }
    }
}

/// Whether an issue is among what was chosen in every facet but `except`.
fn fits(codes: Chosen, chosen: Chosen, except: Option<Facet>) -> bool {
    Facet::ALL.into_iter().all(|facet| {
        let asked = chosen[facet as usize];
        asked.is_none() || Some(facet) == except || asked == codes[facet as usize]
    })
}

/// An issue and what its row tells.
#[derive(Clone, PartialEq)]
struct Listed {
    issue: Arc<Issue>,
    dealer: String,
    codes: Chosen,
    deadline: Option<Deadline>,
}

/// Every issue of a dealer that is not in the bin: open ones by the day on which they have to be resolved
/// and then by severity, after them the settled ones, the latest first.
fn all(book: &Book, today: Date) -> Vec<Listed> {
    let mut found: Vec<Listed> = book
        .issues
        .iter()
        .filter_map(|issue| {
            Some(Listed {
                dealer: book.dealers.get(issue.dealer)?.name.clone(),
                codes: Facet::ALL.map(|facet| facet.of(issue)),
                deadline: Deadline::of(issue, today),
                issue: Arc::clone(issue),
            })
        })
        .collect();
    found.sort_by_key(|listed| {
        let issue = &listed.issue;
        let resolve_by = listed.deadline.map(|deadline| deadline.resolve_by);
        let settled_on = listed.deadline.and_then(|deadline| deadline.settled_on);
        (
            !issue.outcome.is_open(),
            Reverse(settled_on),
            resolve_by.is_none(),
            resolve_by,
            issue.weight(),
            issue.id,
        )
    });
    found
}

/// The list.
#[derive(Clone, Copy)]
struct List {
    s: Scene,
    sheets: Sheets,
    all: Memo<Arc<Vec<Listed>>>,
    chosen: RwSignal<Chosen>,
    drawn: RwSignal<usize>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let list = List {
        s,
        sheets: Sheets::default(),
        all: Memo::new(move |_| kept(s, "issues", (), |book| all(book, s.today))),
        chosen: RwSignal::new([None; Facet::ALL.len()]),
        drawn: RwSignal::new(SCREENFUL),
    };
    let body = move || {
        if s.shared {
            return note(Tone::Info, s.t(texts::SHARED), None);
        }
        if list.all.with(|all| all.is_empty()) {
            return empty_page(
                Icon::Issue,
                s.t(texts::NONE),
                s.t(texts::NONE_TEXT),
                Some(report(list)),
            );
        }
        view! {
            {Facet::ALL.into_iter().map(|facet| chips(list, facet)).collect_view()}
            {move || listing(list)}
        }
    };
    let summary = move || {
        (!s.shared).then(|| {
            list.all.with(|all| {
                let open = all.iter().filter(|it| it.issue.outcome.is_open());
                let late = |it: &&Listed| it.deadline.is_some_and(|it| it.late_days() > 0);
                texts::summary(s.lang, open.clone().count(), open.filter(late).count())
            })
        })
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one">
            <section class="pane" data-role="page" aria-label=s.t(texts::ISSUES)>
                <header class="head">
                    <div class="head-main">
                        <h1 class="head-title">{s.t(texts::ISSUES)}</h1>
                        <p class="head-sub">{summary}</p>
                    </div>
                    <div class="head-actions">{(!s.shared).then(|| report(list))}</div>
                </header>
                <div class="body">{body}</div>
            </section>
            {list.sheets.view()}
        </main>
    }
}

fn report(list: List) -> View {
    let s = list.s;
    view! {
        <button
            class="btn"
            data-kind="primary"
            type="button"
            on:click=move |_| issue_report::report_some(s, list.sheets)
        >
            {Icon::Plus.draw()}
            {s.t(texts::REPORT)}
        </button>
    }
}

/// One row of chips. Each says how many it would leave; a facet with one choice alone has nothing to
/// narrow.
fn chips(list: List, facet: Facet) -> View {
    let s = list.s;
    let offered = Memo::new(move |_| {
        let here = |code| {
            list.all
                .with(|all| all.iter().any(|it| it.codes[facet as usize] == Some(code)))
        };
        facet
            .choices()
            .into_iter()
            .filter(|(code, _)| here(*code))
            .collect::<Vec<_>>()
    });
    (move || {
        let offered = offered.get();
        (offered.len() > 1).then(|| {
            let chips = offered
                .into_iter()
                .map(|(code, words)| chip(list, facet, code, words))
                .collect_view();
            view! { <div class="chips" role="group" aria-label=s.t(facet.label())>{chips}</div> }
        })
    })
    .into_view()
}

fn chip(list: List, facet: Facet, code: u16, words: Words) -> View {
    let left = Memo::new(move |_| {
        let chosen = list.chosen.get();
        list.all.with(|all| {
            let left = all.iter().filter(|it| {
                it.codes[facet as usize] == Some(code) && fits(it.codes, chosen, Some(facet))
            });
            left.count()
        })
    });
    let on = move || list.chosen.get()[facet as usize] == Some(code);
    view! {
        <button
            class="chip"
            type="button"
            aria-pressed=move || on().to_string()
            on:click=move |_| {
                list.drawn.set(SCREENFUL);
                list.chosen.update(|chosen| {
                    let chosen = &mut chosen[facet as usize];
                    *chosen = (*chosen != Some(code)).then_some(code);
                });
            }
        >
            {list.s.t(words)}
            " "
            <b class="count">{move || left.get()}</b>
        </button>
    }
}

fn listing(list: List) -> View {
    let s = list.s;
    let (chosen, drawn) = (list.chosen.get(), list.drawn.get());
    // Open ones come first; only what is drawn is taken along.
    let (open, count, found) = list.all.with(|all| {
        let fitting = all.iter().filter(|it| fits(it.codes, chosen, None));
        let open = fitting.clone().filter(|it| it.issue.outcome.is_open());
        let found: Vec<Listed> = fitting.clone().take(drawn).cloned().collect();
        (open.count(), fitting.count(), found)
    });
    if found.is_empty() {
        let clear = view! {
            <button
                class="btn"
                type="button"
                on:click=move |_| list.chosen.set([None; Facet::ALL.len()])
            >
                {s.t(texts::CLEAR)}
            </button>
        };
        return empty_page(
            Icon::Filter,
            s.t(texts::NO_MATCH),
            s.t(texts::NO_MATCH_TEXT),
            Some(clear),
        );
    }
    let group = |words: Words, listed: &[Listed], count: usize| {
        (!listed.is_empty()).then(|| {
            let list = listed.iter().map(|it| row(s, it)).collect();
            section(s.t(words), Some(count), None, rows(list))
        })
    };
    let more = show_more(s, count, list.drawn, AT_A_TIME);
    let (waiting, settled) = found.split_at(open.min(found.len()));
    view! {
        {group(texts::OPEN, waiting, open)}
        {group(texts::SETTLED, settled, count - open)}
        {more}
    }
}

fn row(s: Scene, listed: &Listed) -> View {
    let issue = &listed.issue;
    let parts = [
        Some(listed.dealer.as_str()),
        issue.kind.map(|kind| s.t(kind.words())),
        Some(s.t(issue.stage().words())),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let due = listed.deadline.map(|deadline| {
        let figure = match (deadline.settled_on, deadline.late_days()) {
            (None, late) if late > 0 => badge(Tone::Risk, time::late(s.lang, late)),
            (None, _) => when::near(s, deadline.resolve_by),
            (Some(_), late) if late > 0 => badge(Tone::Watch, texts::came_late(s.lang, late)),
            (Some(_), _) => badge(Tone::Good, s.t(texts::IN_TIME)),
        };
        explain(figure, s.t(texts::DEADLINE_TITLE), move || {
            resulting(deadline.explain(s.lang), Deadline::RESOLVE)
        })
    });
    RecordRow {
        sub: view! { {severity_badge(s, issue.weight())} " " {sub} },
        opens: RowOpens::Place(Route::Issue(issue.id).href()),
        end: due,
        ..RecordRow::new(issue.title.as_str())
    }
    .view()
}
