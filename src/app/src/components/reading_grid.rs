//! Readings and targets of one metric, typed into a table: dealers of a month, or months of a dealer.

use super::explain::explain;
use super::score_card::line;
use crate::locales::scorecard as texts;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Month;
use tongxing_domain::formula;
use tongxing_domain::id::Id;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::schema::{Change, Fault, Record, bin, changes};
use tongxing_domain::scorecard::attainment;
use tongxing_domain::tables::{Dealer, Direction, Metric, Reading, Target};
use tongxing_domain::value::{Figure, Kind, Value};
use tongxing_view::prelude::*;

/// One row: a month of a dealer.
#[derive(Clone, PartialEq)]
pub struct GridRow {
    /// What the row is called.
    pub name: String,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// The month.
    pub month: Month,
}

/// Which of the two amounts of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Amount {
    Read,
    Aim,
}

/// The table. `heading` names the rows.
pub fn reading_grid(
    s: Scene,
    metric: &Arc<Metric>,
    rows: Vec<GridRow>,
    heading: &'static str,
) -> View {
    let fault = RwSignal::new(None::<(usize, Amount, String)>);
    let lines = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| grid_row(s, metric, place, row, fault))
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table" data-kind="entry">
                <thead>
                    <tr>
                        <th scope="col">{heading}</th>
                        <th scope="col">{s.t(texts::READING)}</th>
                        <th scope="col">{s.t(texts::AIM)}</th>
                        <th scope="col" class="num">{s.t(texts::ATTAINED)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

fn grid_row(
    s: Scene,
    metric: &Arc<Metric>,
    place: usize,
    row: GridRow,
    fault: RwSignal<Option<(usize, Amount, String)>>,
) -> View {
    let (dealer, month, id) = (row.dealer, row.month, metric.id);
    let amounts = Memo::new(move |_| s.store.read(|book| amounts(book, dealer, id, month)));
    let unit = metric.unit.unwrap_or(Unit::Pieces);
    let direction = metric.direction.unwrap_or(Direction::Rising);
    let input = |which: Amount, label: &'static str| {
        let name = format!("{} {label}", row.name);
        let of = Arc::clone(metric);
        let wrong = move || {
            fault
                .get()
                .filter(|(at, of, _)| (*at, *of) == (place, which))
        };
        view! {
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-label=name
                aria-invalid=move || wrong().is_some().to_string()
                prop:value=move || {
                    let (read, aim) = amounts.get();
                    let now = if which == Amount::Read { read } else { aim };
                    now.map(|now| now.to_string()).unwrap_or_default()
                }
                on:change=move |event| {
                    let typed = event_target_value(&event);
                    let kept = keep(s, which, (dealer, &of, month), &typed);
                    fault.set(kept.err().map(|why| (place, which, why)));
                }
            />
            {move || wrong().map(|(_, _, why)| view! { <span class="cell-note">{why}</span> })}
        }
    };
    let actual = if metric.formula.is_some() {
        let title = s.t(texts::READING_TITLE).to_owned();
        let shown = move || match amounts.get().0 {
            Some(amount) => unit.show(amount, s.lang),
            None => s.t(texts::NO_SCORE).to_owned(),
        };
        let lines = move || {
            s.store
                .peek(|book| formula::explain(book, dealer, id, month, s.lang))
        };
        explain(view! { <span>{shown}</span> }, title, lines)
    } else {
        input(Amount::Read, s.t(texts::READING)).into_view()
    };
    let attained = move || {
        let (read, aim) = amounts.get();
        let attained = read
            .zip(aim)
            .and_then(|(read, aim)| attainment(read, aim, direction));
        attained.map(|part| {
            explain(part.show(), s.t(texts::ATTAINED), move || {
                let (read, aim) = amounts.get_untracked();
                let show = |amount: Option<Quantity>| {
                    amount.map_or_else(|| "—".to_owned(), |amount| unit.show(amount, s.lang))
                };
                let (read, aim) = (show(read), show(aim));
                // Less is better: what is used of what is allowed, counted from two wholes.
                let two = if direction == Direction::Falling {
                    "2 − "
                } else {
                    ""
                };
                vec![
                    line(s, texts::READING, read.clone()),
                    line(s, texts::AIM, aim.clone()),
                    line(
                        s,
                        texts::ATTAINED,
                        format!("{two}{read} ÷ {aim} = {}", part.show_fine()),
                    ),
                ]
            })
        })
    };
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td>{actual}</td>
            <td>{input(Amount::Aim, s.t(texts::AIM))}</td>
            <td class="num">{attained}</td>
        </tr>
    }
}

/// The reading, worked out where the metric is a formula, and the target.
fn amounts(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    month: Month,
) -> (Option<Quantity>, Option<Quantity>) {
    let read = match book.formula(metric) {
        Some(_) => formula::work_out(book, dealer, metric, month).ok(),
        None => book.reading(dealer, metric, month).and_then(|it| it.figure),
    };
    let aim = book.targets.get(Target::id_for(dealer, metric, month));
    (
        read.map(|figure| figure.amount),
        aim.and_then(|aim| aim.amount),
    )
}

/// Writes what was typed; an emptied cell takes its record away.
fn keep(
    s: Scene,
    which: Amount,
    (dealer, metric, month): (Id<Dealer>, &Metric, Month),
    typed: &str,
) -> Result<(), String> {
    let amount = match typed.trim() {
        "" => None,
        typed => match Kind::Quantity.read(typed) {
            Ok(Value::Number(amount)) => Some(Quantity(amount)),
            Ok(_) => None,
            Err(misread) => return Err(s.t(misread.words()).to_owned()),
        },
    };
    let fault = amount.and_then(|amount| metric.refuses(amount));
    // A target may lie above what can be reached.
    let fault = fault.filter(|fault| which == Amount::Read || *fault == Fault::TooSmall);
    if let Some(fault) = fault {
        return Err(fault.text(s.lang));
    }
    let metric = metric.id;
    let (writes, said) = match which {
        Amount::Read => {
            let id = Reading::id_for(dealer, metric, month);
            let before = s.store.peek(|book| book.readings.get_any(id).cloned());
            let mut after = before
                .as_deref()
                .cloned()
                .unwrap_or_else(|| Reading::with_id(id));
            (after.dealer, after.metric, after.month) = (dealer, metric, Some(month));
            let as_of = month.last().min(s.today).max(month.first());
            after.figure = amount.map(|amount| Figure { amount, as_of });
            let gone = before.as_deref().map(|before| before.state.deleted);
            (
                written(before.as_deref(), after, amount, gone),
                texts::READING_KEPT,
            )
        }
        Amount::Aim => {
            let id = Target::id_for(dealer, metric, month);
            let before = s.store.peek(|book| book.targets.get_any(id).cloned());
            let mut after = before
                .as_deref()
                .cloned()
                .unwrap_or_else(|| Target::with_id(id));
            (after.dealer, after.metric, after.month) = (dealer, metric, Some(month));
            after.amount = amount;
            let gone = before.as_deref().map(|before| before.state.deleted);
            (
                written(before.as_deref(), after, amount, gone),
                texts::TARGET_KEPT,
            )
        }
    };
    if !writes.is_empty() {
        s.store.act(Act::of(writes), s.t(said).to_owned());
    }
    Ok(())
}

fn written<T: Record>(
    before: Option<&T>,
    after: T,
    amount: Option<Quantity>,
    gone: Option<bool>,
) -> Vec<Change> {
    match (amount, gone) {
        (Some(_), gone) => {
            let mut writes = changes(before, &after);
            if gone == Some(true) {
                writes.push(bin(after.id(), false));
            }
            writes
        }
        (None, Some(false)) => vec![bin(after.id(), true)],
        (None, _) => Vec::new(),
    }
}
