//! One statement: every line explained, for the dealer to check on the screen and on paper; paying it,
//! withdrawing it, disputing it.

use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::menu::{MenuItem, menu};
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{empty, note, section};
use crate::components::paper::{paper, print};
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::components::statement_row::{statement_badge, statement_figure, statement_total};
use crate::locales::{incentive as texts, scorecard, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Payout, Reckoning, Settlement, correction, dispute};
use tongxing_domain::money::Fen;
use tongxing_domain::schema::{AnyRecord as _, changes};
use tongxing_domain::tables::{Dealer, Enrolment, Scheme, Statement};
use tongxing_domain::value::{Kind, Outcome, Value, show_date};
use tongxing_view::prelude::*;

/// The statement that the page is about.
#[derive(Clone)]
struct Here {
    s: Scene,
    sheets: Sheets,
    statement: Arc<Statement>,
    dealer: Arc<Dealer>,
    scheme: Arc<Scheme>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Statement(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let statement = Arc::clone(book.statements.get(id.get())?);
            let dealer = Arc::clone(book.dealers.get_any(statement.dealer)?);
            let scheme = Arc::clone(book.schemes.get_any(statement.scheme)?);
            Some((statement, dealer, scheme))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((statement, dealer, scheme)) => {
                    filled(&Here { s, sheets, statement, dealer, scheme })
                }
                None => missing(s),
            }}
            {sheets.view()}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::STATEMENT)>
            <header class="head">
                <div class="head-main"><h1 class="head-title">{s.t(texts::STATEMENT)}</h1></div>
            </header>
            <div class="body">
                {empty(
                    Icon::Star,
                    s.t(scorecard::MISSING),
                    s.t(texts::MISSING_TEXT),
                    Some(view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> }),
                )}
            </div>
        </section>
    }
}

fn filled(here: &Here) -> View {
    let s = here.s;
    let settled = s.store.read(|book| Settlement::of(book, &here.statement));
    let body = match &settled {
        Err(fault) => note(Tone::Risk, s.t(fault.words()), None),
        Ok(settlement) => body(here, settlement),
    };
    let back = Route::Dealer(here.statement.dealer, DealerTab::Incentives).href();
    let settlement = settled.ok();
    let disputed = !here.statement.dispute.is_nil();
    let disputing = settlement.filter(|_| !disputed).map(|settlement| {
        let here = here.clone();
        view! {
            <button class="btn" type="button" on:click=move |_| ask_dispute(&here, &settlement)>
                {Icon::Issue.draw()}
                {s.t(texts::DISPUTE)}
            </button>
        }
    });
    let paying = here.clone();
    let pay = (here.statement.outcome == Outcome::Open && !s.shared).then(|| {
        view! {
            <button
                class="btn"
                data-kind="primary"
                type="button"
                on:click=move |_| settle(&paying, Outcome::Done(s.today), texts::PAID)
            >
                {Icon::Check.draw()}
                {s.t(texts::PAY)}
            </button>
        }
    });
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::STATEMENT)>
            <header class="head">
                <a class="icon-btn" href=back aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
                <div class="head-main">
                    <h1 class="head-title">{texts::of(s.lang, texts::STATEMENT, &here.scheme.name)}</h1>
                    <p class="head-sub">{here.dealer.name.clone()}</p>
                </div>
                <div class="head-actions">
                    {disputing}
                    <button class="btn" type="button" on:click=print>{s.t(scorecard::PRINT)}</button>
                    {pay}
                    {(!s.shared).then(|| {
                        menu(Icon::More, shell::more_about(s.lang, s.t(texts::STATEMENT)), more(here))
                    })}
                </div>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

fn settle(here: &Here, outcome: Outcome, said: crate::locales::Words) {
    let s = here.s;
    let after = Statement {
        outcome,
        ..Statement::clone(&here.statement)
    };
    let writes = changes(Some(&*here.statement), &after);
    s.store
        .act(Act::of(writes), texts::of(s.lang, said, &here.dealer.name));
}

fn more(here: &Here) -> Vec<MenuItem> {
    let s = here.s;
    let (noted, other) = (here.clone(), here.clone());
    let (words, outcome) = if here.statement.outcome == Outcome::Open {
        (texts::WITHDRAW, Outcome::Dropped(s.today))
    } else {
        (texts::REOPEN, Outcome::Open)
    };
    vec![
        MenuItem::new(Icon::Note, s.t(texts::NOTE), move || {
            noted.sheets.form(FormSubject {
                record: noted.statement.copied(),
                new: false,
                title: s.t(texts::NOTE).to_owned(),
                dealer: noted.statement.dealer.uuid(),
                without: &[],
            });
        }),
        MenuItem::new(Icon::Undo, s.t(words), move || {
            settle(&other, outcome, words)
        }),
    ]
}

fn body(here: &Here, settlement: &Settlement) -> View {
    let (s, statement) = (here.s, &here.statement);
    let disputed = (!statement.dispute.is_nil()).then(|| {
        let href = Route::Issue(statement.dispute).href();
        let act = view! { <a class="btn" href=href>{s.t(texts::TO_DISPUTE)}</a> };
        note(Tone::Watch, s.t(texts::DISPUTED), Some(act))
    });
    let enrolment = s.store.peek(|book| {
        let id = Enrolment::id_for(statement.dealer, statement.scheme);
        book.enrolments.get_any(id).cloned()
    });
    let changed = enrolment.as_ref().and_then(|enrolment| {
        let off = s
            .store
            .read(|book| correction(book, settlement, enrolment))
            .ok()?;
        (off != Fen(0)).then(|| {
            note(
                Tone::Info,
                format!("{}{}", s.t(texts::CORRECTION), off.show()),
                None,
            )
        })
    });
    let until = statement
        .until
        .map(|day| show_date(day, s.lang))
        .unwrap_or_default();
    let running = format!(
        "{} · {} · {} {until}",
        texts::of(s.lang, texts::STATEMENT, &here.scheme.name),
        here.dealer.name,
        s.t(texts::UNTIL),
    );
    let remark = (!statement.note.is_empty()).then(|| {
        section(
            s.t(texts::NOTE),
            None,
            None,
            view! { <p class="plain">{statement.note.clone()}</p> },
        )
    });
    let sheet = view! {
        <div class="paper-only paper-title">
            <h1>{texts::of(s.lang, texts::STATEMENT, &here.scheme.name)}</h1>
            <p>{here.dealer.name.clone()}" · "{s.t(texts::UNTIL)}" "{until.clone()}</p>
        </div>
        {head_figures(here, settlement, until)}
        {lines(here, settlement)}
        {enrolment.map(|enrolment| readings(here, settlement, &enrolment))}
        {terms(here, settlement)}
        {remark}
        <div class="paper-only signatures">
            <div><span>{s.t(scorecard::SIGN_DEALER)}</span></div>
            <div><span>{s.t(scorecard::SIGN_US)}</span></div>
            <div><span>{s.t(scorecard::SIGN_DAY)}</span></div>
        </div>
    };
    view! {
        {disputed}
        {changed}
        {paper(running, sheet)}
    }
    .into_view()
}

fn head_figures(here: &Here, settlement: &Settlement, until: String) -> View {
    let s = here.s;
    let total = statement_total(s, settlement);
    let earned = statement_figure(
        s,
        settlement,
        settlement.payout.earned.show(),
        Payout::EARNED,
    );
    let measured = here.statement.basis.map(|basis| {
        let shown = settlement.unit().show(basis.measured, s.lang);
        statement_figure(s, settlement, shown, Settlement::MEASURED)
    });
    view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(texts::TOTAL)}</dt>
                <dd>{total}</dd>
                <dd class="stat-note">{statement_badge(s, &here.statement)}</dd>
            </div>
            <div class="stat">
                <dt>{s.t(texts::EARNED_ALL)}</dt>
                <dd>{earned}</dd>
            </div>
            <div class="stat"><dt>{s.t(texts::MEASURED)}</dt><dd>{measured}</dd></div>
            <div class="stat"><dt>{s.t(texts::UNTIL)}</dt><dd class="stat-words">{until}</dd></div>
        </dl>
    }
}

/// Every line with its arithmetic, and the sum.
fn lines(here: &Here, settlement: &Settlement) -> View {
    let s = here.s;
    let rows = settlement
        .payout
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let (label, how) = line.item.text(settlement.unit(), s.lang);
            let shown = line.amount.show();
            let told = settlement.clone();
            let amount = explain(shown, s.t(label), move || {
                let lines = s.store.peek(|book| told.explain(book, s.lang));
                told.marked(lines, place)
            });
            view! {
                <tr>
                    <th scope="row">{s.t(label)}<small class="cell-sub">{how}</small></th>
                    <td class="num">{amount}</td>
                </tr>
            }
        })
        .collect_view();
    let total = statement_total(s, settlement);
    let table = view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(texts::ITEM)}</th>
                        <th scope="col" class="num">{s.t(texts::AMOUNT)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{s.t(texts::TOTAL)}</th>
                        <td class="num"><b>{total}</b></td>
                    </tr>
                </tfoot>
            </table>
        </div>
    };
    section(s.t(texts::ITEM), None, None, table)
}

/// The readings up to the statement's day, as the book has them now.
fn readings(here: &Here, settlement: &Settlement, enrolment: &Enrolment) -> View {
    let (s, statement) = (here.s, &here.statement);
    let reckoning = statement.until.and_then(|until| {
        let place = statement.basis.and_then(|basis| basis.place);
        s.store
            .peek(|book| Reckoning::of(book, settlement.terms(), enrolment, place, until))
    });
    let Some(reckoning) = reckoning else {
        return ().into_view();
    };
    let unit = settlement.unit();
    let rows = reckoning
        .readings
        .iter()
        .map(|covered| {
            let month = Value::Month(covered.month).show(Kind::Month, s.lang);
            let as_of = (!covered.complete)
                .then(|| format!("{} {}", s.t(texts::UNTIL), show_date(covered.as_of, s.lang)));
            view! {
                <tr>
                    <th scope="row">{month}<small class="cell-sub">{as_of}</small></th>
                    <td class="num" data-recorded="">{unit.show(covered.amount, s.lang)}</td>
                </tr>
            }
        })
        .collect_view();
    let table =
        view! { <div class="table-wrap"><table class="table"><tbody>{rows}</tbody></table></div> };
    section(s.t(texts::READINGS), None, None, table)
}

/// The rule by which it is reckoned, and who approved it.
fn terms(here: &Here, settlement: &Settlement) -> View {
    let s = here.s;
    let terms = settlement.terms();
    let list = terms
        .describe(settlement.unit(), s.lang)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let version = &settlement.version;
    let day = version.approved_on.map(|day| show_date(day, s.lang));
    let content = view! {
        <p>{s.t(terms.earning().rule())}</p>
        <ul class="plain-list" data-recorded="">{list}</ul>
        <p class="help">{s.t(texts::VERSION)}" "{day}" · "{version.approved_by.clone()}</p>
    };
    section(s.t(texts::TERMS), None, None, content)
}

/// Asks what is wrong, and opens an issue about it.
fn ask_dispute(here: &Here, settlement: &Settlement) {
    let (here, settlement) = (here.clone(), settlement.clone());
    let sheets = here.sheets;
    sheets.show(move || {
        let s = here.s;
        let closing = RwSignal::new(false);
        let reason = RwSignal::new(String::new());
        let fault = RwSignal::new(false);
        let (told, opened) = (settlement.clone(), StoredValue::new(None::<Id<_>>));
        let submit = Callback::new(move |()| {
            let text = reason.get_untracked();
            if text.trim().is_empty() {
                return fault.set(true);
            }
            let id = s.store.fresh();
            let writes = s.store.peek(|book| dispute(book, &told, &text, id, s.today, s.lang));
            s.store.act(Act::of(writes), s.t(texts::DISPUTED).to_owned());
            opened.set_value(Some(id));
            closing.set(true);
        });
        let body = view! {
            <div class="field">
                <label for="dispute-reason">{s.t(texts::REASON)}</label>
                <textarea
                    id="dispute-reason"
                    rows="4"
                    aria-invalid=move || fault.get().to_string()
                    prop:value=move || reason.get()
                    on:input=move |event| {
                        fault.set(false);
                        reason.set(event_target_value(&event));
                    }
                ></textarea>
                <p class="help">{s.t(texts::DISPUTE_TEXT)}</p>
            </div>
        };
        let foot = view! {
            <p class="dock-note" role="status">
                {move || fault.get().then(|| s.t(tongxing_domain::scorecard::CycleFault::Blank.words()))}
            </p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{s.t(texts::DISPUTE)}</button>
        };
        let closed = Callback::new(move |()| {
            sheets.closed();
            if let Some(issue) = opened.get_value() {
                s.nav.go(Route::Issue(issue));
            }
        });
        overlay(
            Overlay::Dialog,
            s.t(texts::DISPUTE).to_owned(),
            closing,
            closed,
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}
