//! The editor of a metric's formula: what is typed is read at every key, and tried out on a month of a
//! dealer.

use super::Here;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::note;
use crate::locales::{scorecard as texts, shell};
use crate::platform::drafts::DraftKey;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::explain::Line;
use tongxing_domain::formula::{Formula, circle, tried};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::Metric;
use tongxing_view::prelude::*;

/// Opens the editor.
pub(super) fn open(here: Here, metric: &Arc<Metric>) {
    let metric = Arc::clone(metric);
    here.sheets.show(move || sheet(here, &metric));
}

/// The formula that a text says, or what is wrong with it.
fn read(s: Scene, id: Id<Metric>, text: &str) -> Result<Formula, String> {
    s.store.peek(|book| {
        let formula = Formula::typed(text, book).map_err(|fault| fault.text(s.lang))?;
        let round = circle(book, id, &formula);
        if round.is_empty() {
            return Ok(formula);
        }
        let name = |id: &Id<Metric>| title(book, s, *id);
        let names: Vec<String> = round.iter().chain(round.first()).map(name).collect();
        Err(texts::circle(s.lang, &names.join(" → ")))
    })
}

fn title(book: &Book, s: Scene, id: Id<Metric>) -> String {
    let metric = book.metric(id);
    metric.map_or_else(|| "?".to_owned(), |metric| metric.title(s.lang).to_owned())
}

fn sheet(here: Here, metric: &Arc<Metric>) -> View {
    let s = here.s;
    let id = metric.id;
    let drafts = StoredValue::new_local(s.services.drafts());
    let key = StoredValue::new(DraftKey::Form {
        table: format!("{}.formula", Metric::TABLE.key),
        id: Some(id.uuid()),
        parent: None,
    });
    let start = s.store.peek(|book| {
        let formula = metric.formula.as_ref();
        formula
            .map(|formula| formula.text(book, s.lang))
            .unwrap_or_default()
    });
    let kept = key.with_value(|key| drafts.with_value(|drafts| drafts.get(key)));
    let text = RwSignal::new(kept.map_or(start, |draft| draft.text));
    let typed = move |now: String| {
        drafts.with_value(|drafts| drafts.keep(key.get_value(), now.clone()));
        text.set(now);
    };
    let forget = move || key.with_value(|key| drafts.with_value(|drafts| drafts.clear(key)));
    let closing = RwSignal::new(false);
    let write = move |formula: Option<Formula>| {
        let (before, known) = s
            .store
            .peek(|book| (book.metrics.get_any(id).cloned(), book.metric(id)));
        let Some(known) = known else { return };
        let after = Metric {
            formula,
            ..Metric::clone(&known)
        };
        let writes = changes(before.as_deref(), &after);
        if !writes.is_empty() {
            s.store
                .act(Act::of(writes), s.t(texts::FORMULA_KEPT).to_owned());
        }
        forget();
        closing.set(true);
    };
    let submit = Callback::new(move |()| {
        if let Ok(formula) = read(s, id, &text.get_untracked()) {
            write(Some(formula));
        }
    });
    let field = unique_id("formula");
    let metrics = s.store.peek(|book| {
        let others = book
            .all_metrics()
            .into_iter()
            .filter(|other| other.id != id);
        others
            .map(|other| other.title(s.lang).to_owned())
            .collect::<Vec<_>>()
    });
    let insert = metrics
        .into_iter()
        .map(|name| {
            let part = format!("[{name}]");
            view! {
                <button
                    class="chip"
                    type="button"
                    on:click=move |_| {
                        let now = text.get_untracked();
                        let space = if now.is_empty() || now.ends_with(['(', ' ']) { "" } else { " " };
                        typed(format!("{now}{space}{part}"));
                    }
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    let label = field.clone();
    let body = view! {
        <div class="field">
            <label for=label>{s.t(texts::FORMULA)}</label>
            <textarea
                id=field
                rows="3"
                dir="auto"
                prop:value=move || text.get()
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
            <p class="help">{s.t(texts::FORMULA_HINT)}</p>
        </div>
        {move || told(s, id, &text.get())}
        <fieldset class="field">
            <legend>{s.t(texts::INSERT)}</legend>
            <div class="chips">{insert}</div>
        </fieldset>
    };
    let had = metric.formula.is_some();
    let foot = view! {
        {had
            .then(|| {
                view! {
                    <button class="btn" type="button" on:click=move |_| write(None)>
                        {s.t(texts::DROP_FORMULA)}
                    </button>
                }
            })}
        <button
            class="btn"
            type="button"
            on:click=move |_| {
                forget();
                closing.set(true);
            }
        >
            {s.t(shell::CANCEL)}
        </button>
        <button
            class="btn"
            data-kind="primary"
            type="submit"
            disabled=move || read(s, id, &text.get()).is_err()
        >
            {Icon::Check.draw()}
            {s.t(shell::SAVE)}
        </button>
    };
    overlay(
        Overlay::Sheet,
        texts::of(s.lang, texts::FORMULA, metric.title(s.lang)),
        closing,
        Callback::new(move |()| here.sheets.closed()),
        submit,
        body.into_view(),
        foot.into_view(),
    )
}

/// What is wrong, or what the formula gives for the latest month that it can be worked out for.
fn told(s: Scene, id: Id<Metric>, text: &str) -> View {
    if text.trim().is_empty() {
        return ().into_view();
    }
    match read(s, id, text) {
        Err(why) => note(Tone::Risk, why, None),
        Ok(formula) => {
            let lines = s.store.peek(|book| tried(book, id, &formula, s.lang));
            if lines.is_empty() {
                return note(Tone::Info, s.t(texts::NOTHING_TO_TRY), None);
            }
            sum(s.t(texts::TRY_OUT), lines)
        }
    }
}

fn sum(title: &'static str, lines: Vec<Line>) -> View {
    let lines = lines
        .into_iter()
        .map(|line| view! { <div><dt>{line.label}</dt><dd>{line.value}</dd></div> })
        .collect_view();
    view! {
        <section class="card">
            <h3>{title}</h3>
            <dl class="sum">{lines}</dl>
        </section>
    }
}
