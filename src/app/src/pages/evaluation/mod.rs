//! One evaluation on its way from the draft to the review, and its feedback sheet for the dealer.

mod moves;

use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, note, section};
use crate::components::paper::{paper, print};
use crate::components::record_form::FormSubject;
use crate::components::score_card::{
    ScoreOf, ScoredFigures, incident_list, score_table, scored_figures, tier_badge,
};
use crate::components::sheets::Sheets;
use crate::components::when;
use crate::locales::{Words, form, scorecard as texts, shell};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::date::Date;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{AnyRecord as _, Record, bin};
use tongxing_domain::scorecard::{Scored, Stage, marked, score, standing_marks};
use tongxing_domain::tables::{Dealer, Evaluation, Plan, Step};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The evaluation that the page is about.
#[derive(Clone)]
struct Here {
    s: Scene,
    sheets: Sheets,
    evaluation: Arc<Evaluation>,
    dealer: Arc<Dealer>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Evaluation(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let evaluation = Arc::clone(book.evaluations.get(id.get())?);
            let dealer = book.dealers.get_any(evaluation.dealer)?;
            Some((evaluation, Arc::clone(dealer)))
        })
    });
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {move || match found.get() {
                Some((evaluation, dealer)) => filled(&Here { s, sheets, evaluation, dealer }),
                None => missing(s),
            }}
            {sheets.view()}
        </main>
    }
}

fn missing(s: Scene) -> View {
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::EVALUATION)>
            <header class="head">
                <div class="head-main"><h1 class="head-title">{s.t(texts::EVALUATION)}</h1></div>
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
    let (s, evaluation) = (here.s, &here.evaluation);
    let standing = s
        .store
        .read(|book| standing_marks(book, evaluation, s.today));
    let name = &here.dealer.name;
    let Some((version, period, marks)) = standing else {
        let body = note(
            Tone::Risk,
            s.t(tongxing_domain::scorecard::CycleFault::NoVersion.words()),
            None,
        );
        return page_of(here, name.clone(), body);
    };
    let period_name = period.show(s.lang);
    let Some(rubric) = &version.rubric else {
        return page_of(here, period_name, ().into_view());
    };
    let scored = score(rubric, &marks);
    let of = ScoreOf {
        version: Arc::clone(&version),
        dealer: evaluation.dealer,
        period,
    };
    let draft = evaluation.stage() == Stage::Draft;
    let drifted = !draft
        && s.store
            .peek(|book| marked(book, rubric, of.dealer, period, s.today).marks != marks);
    let told = if draft {
        note(Tone::Info, s.t(texts::DRAFT_NOTE), None)
    } else if drifted {
        let by_now = s.store.peek(|book| {
            score(
                rubric,
                &marked(book, rubric, of.dealer, period, s.today).marks,
            )
        });
        let why = scored_figures(s, &by_now).score;
        note(Tone::Info, s.t(texts::CHANGED_SINCE), Some(why))
    } else {
        ().into_view()
    };
    let card_name = s.store.peek(|book| {
        book.scorecards
            .get_any(version.scorecard)
            .map(|card| card.name.clone())
    });
    let running = format!("{} · {name} · {period_name}", s.t(texts::SHEET));
    let sheet = view! {
        <div class="paper-only paper-title">
            <h1>{s.t(texts::SHEET)}</h1>
            <p>{name.clone()}" · "{period_name.clone()}</p>
        </div>
        {head_figures(here, &scored, card_name.unwrap_or_default())}
        {section(s.t(texts::SCORE_TITLE), None, None, score_table(s, &of, &scored))}
        {section(s.t(texts::INCIDENTS), None, None, incident_list(s, &of))}
        <div class="columns" data-even="">
            <div>{written(here, texts::STRENGTHS, &evaluation.strengths, None)}</div>
            <div>{written(here, texts::CHANCES, &evaluation.chances, None)}</div>
        </div>
        {written(here, texts::RESPONSE, &evaluation.response, evaluation.responded_on)}
        {plan(here)}
        {written(here, texts::REVIEW, &evaluation.review, evaluation.reviewed_on)}
        {signatures(s)}
    };
    let body = view! {
        {flow(here)}
        {told}
        {paper(running, sheet)}
    };
    page_of(here, period_name, body.into_view())
}

fn page_of(here: &Here, period: String, body: View) -> View {
    let (s, evaluation) = (here.s, &here.evaluation);
    let back = Route::Dealer(evaluation.dealer, DealerTab::Scorecard).href();
    let stage = evaluation.stage();
    let primary = texts::onward(stage).map(|words| {
        let moving = here.clone();
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| moves::onward(&moving)>
                {Icon::ChevronRight.draw()}
                {s.t(words)}
            </button>
        }
    });
    let edited = here.clone();
    let title = texts::of(s.lang, texts::EVALUATION, &period);
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::EVALUATION)>
            <header class="head">
                <a class="icon-btn" href=back aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
                <div class="head-main">
                    <h1 class="head-title">{title.clone()}</h1>
                    <p class="head-sub">
                        <a href=Route::Dealer(evaluation.dealer, DealerTab::Overview).href()>
                            {here.dealer.name.clone()}
                        </a>
                        " · "
                        {s.t(stage.words())}
                    </p>
                </div>
                <div class="head-actions">
                    <button class="btn" type="button" on:click=move |_| edit(&edited)>
                        {Icon::Edit.draw()}
                        {s.t(texts::WRITE)}
                    </button>
                    <button class="btn" type="button" on:click=print>{s.t(texts::PRINT)}</button>
                    {primary}
                    {menu(Icon::More, shell::more_about(s.lang, &title), more(here))}
                </div>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

fn edit(here: &Here) {
    here.sheets.form(FormSubject {
        record: here.evaluation.copied(),
        new: false,
        title: here.s.t(texts::WRITE).to_owned(),
        dealer: here.evaluation.dealer.uuid(),
        without: &[],
    });
}

fn more(here: &Here) -> Vec<MenuItem> {
    let s = here.s;
    let (id, dealer) = (here.evaluation.id, here.evaluation.dealer);
    vec![
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(Evaluation::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            s.nav.go(Route::Dealer(dealer, DealerTab::Scorecard));
        })
        .danger(),
    ]
}

/// The five stages; each that is behind tells its day.
fn flow(here: &Here) -> View {
    let (s, it) = (here.s, &here.evaluation);
    let now = it.stage();
    let stages = [
        (Stage::Draft, None),
        (Stage::Discussed, it.discussed_on),
        (Stage::Responded, it.responded_on),
        (Stage::Agreed, it.agreed_on),
        (Stage::Reviewed, it.reviewed_on),
    ];
    let marks = stages
        .into_iter()
        .map(|(stage, day)| {
            view! {
                <li data-state=(stage < now).then_some("done")>
                    <span class="step" aria-current=(stage == now).then_some("step")>
                        <span class="step-no" aria-hidden="true"></span>
                        {s.t(stage.words())}
                        {day.map(|day| view! { <small>{when::day(s, day)}</small> })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stepper" role="group" aria-label=s.t(texts::FLOW)>
            <ol>{marks}</ol>
        </div>
    }
}

fn head_figures(here: &Here, scored: &Scored, card: String) -> View {
    let s = here.s;
    let ScoredFigures { score, coverage } = scored_figures(s, scored);
    let discussed = here.evaluation.discussed_on.map(|day| when::day(s, day));
    view! {
        <dl class="stats">
            <div class="stat"><dt>{s.t(texts::SCORE)}</dt><dd>{score}</dd></div>
            <div class="stat">
                <dt>{s.t(texts::TIER)}</dt>
                <dd>{scored.tier.map(|tier| tier_badge(s, tier))}</dd>
            </div>
            <div class="stat"><dt>{s.t(texts::COVERAGE)}</dt><dd>{coverage}</dd></div>
            <div class="stat">
                <dt>{s.t(texts::WHICH_CARD)}</dt>
                <dd class="stat-words">{card}</dd>
                <dd class="stat-note">{discussed}</dd>
            </div>
        </dl>
    }
}

fn written(here: &Here, title: Words, text: &str, day: Option<Date>) -> View {
    let s = here.s;
    let day = day.map(|day| view! { <span class="section-more">{show_date(day, s.lang)}</span> });
    let content = if text.is_empty() {
        view! { <p class="help">{s.t(texts::NOT_WRITTEN)}</p> }
    } else {
        view! { <p class="plain" dir="auto">{text.to_owned()}</p> }
    };
    section(s.t(title), None, day, content)
}

fn plan(here: &Here) -> View {
    let (s, it) = (here.s, &here.evaluation);
    let found: Option<(Arc<Plan>, Vec<Arc<Step>>)> = s.store.read(|book| {
        let plan = Arc::clone(book.plans.get(it.plan)?);
        let mut steps: Vec<_> = book.steps.of(plan.id).cloned().collect();
        steps.sort_by(|a, b| (&a.position, a.id).cmp(&(&b.position, b.id)));
        Some((plan, steps))
    });
    let Some((plan, steps)) = found else {
        return written(here, texts::PLAN, "", None);
    };
    let day = it
        .agreed_on
        .map(|day| view! { <span class="section-more">{show_date(day, s.lang)}</span> });
    let steps = steps
        .iter()
        .map(|step| {
            let side = step.side.map(|side| s.t(side.words()));
            let due = step.due.map(|day| show_date(day, s.lang));
            let done = step.progress.map(|progress| s.t(progress.words()));
            view! {
                <tr>
                    <th scope="row" dir="auto">{step.title.clone()}</th>
                    <td>{side}" "{step.owner.clone()}</td>
                    <td>{due}</td>
                    <td>{done}</td>
                </tr>
            }
        })
        .collect_view();
    let content = view! {
        <p>
            <a href=Route::Dealer(it.dealer, DealerTab::Plans).href()>{plan.title.clone()}</a>
        </p>
        <div class="table-wrap"><table class="table"><tbody>{steps}</tbody></table></div>
    };
    section(s.t(texts::PLAN), None, day, content)
}

/// Lines to sign on, on paper alone.
fn signatures(s: Scene) -> View {
    let line = |words: Words| view! { <div><span>{s.t(words)}</span></div> };
    view! {
        <div class="paper-only signatures">
            {line(texts::SIGN_DEALER)}
            {line(texts::SIGN_US)}
            {line(texts::SIGN_DAY)}
        </div>
    }
}
