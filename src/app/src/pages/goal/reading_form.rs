//! Entering one month of a goal's metric.

use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::components::pacing_chart::month_text;
use crate::locales::{form, goal as texts, shell};
use crate::state::commit::Act;
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::date::Month;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::tables::{Goal, Metric, Reading};
use tongxing_domain::value::{Figure, Kind, Misread, Value};
use tongxing_view::prelude::*;

/// The sheet for one month's reading. Choosing a month that has one shows it for correction.
pub(super) fn reading_form(goal: &Goal, on_close: Callback<()>) -> View {
    let s = scene();
    let (dealer, metric) = (goal.dealer, goal.metric);
    let known: Option<Arc<Metric>> = s.store.peek(|book| book.metric(metric));
    let unit = known.as_ref().and_then(|metric| metric.unit);
    let months = offered_months(s, goal);
    let month = RwSignal::new(months.first().copied().unwrap_or(Month::of(s.today)));
    let amount = RwSignal::new(String::new());
    let as_of = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<Misread>);
    let closing = RwSignal::new(false);
    let present = move |month: Month| {
        s.store
            .peek(|book| book.reading(dealer, metric, month).map(Arc::clone))
    };
    let show = move |chosen: Month| {
        let figure = present(chosen).and_then(|reading| reading.figure);
        amount.set(
            figure
                .map(|figure| figure.amount.to_string())
                .unwrap_or_default(),
        );
        let day = figure.map_or(chosen.last().min(s.today), |figure| figure.as_of);
        as_of.set(day.to_string());
        fault.set(None);
    };
    show(month.get_untracked());

    let submit = Callback::new(move |()| {
        let read = (
            Kind::Quantity.read(&amount.get_untracked()),
            Kind::Date.read(&as_of.get_untracked()),
        );
        let figure = match read {
            (Ok(Value::Number(number)), Ok(Value::Date(as_of))) => Figure {
                amount: Quantity(number),
                as_of,
            },
            (Ok(Value::Number(_)), _) => return fault.set(Some(Misread::Date)),
            _ => return fault.set(Some(Misread::Number)),
        };
        let chosen = month.get_untracked();
        let before = present(chosen);
        let mut after = before.as_deref().cloned().unwrap_or_else(|| {
            let mut reading = Reading::with_id(Reading::id_for(dealer, metric, chosen));
            (reading.dealer, reading.metric, reading.month) = (dealer, metric, Some(chosen));
            reading
        });
        after.figure = Some(figure);
        let writes = changes(before.as_deref(), &after);
        if !writes.is_empty() {
            s.store
                .act(Act::of(writes), s.t(texts::READING_KEPT).to_owned());
        }
        closing.set(true);
    });

    let (month_id, amount_id, day_id) = (unique_id("month"), unique_id("amount"), unique_id("day"));
    let fault_id = unique_id("fault");
    let (for_month, for_amount, for_day) = (month_id.clone(), amount_id.clone(), day_id.clone());
    let (described, fault_text) = (fault_id.clone(), move || {
        fault.get().map(|fault| s.t(fault.words()))
    });
    let options = months
        .iter()
        .map(|month| view! { <option value=month.to_string()>{month_text(s, *month)}</option> })
        .collect_view();
    let body = view! {
        <div class="field">
            <label for=for_month>{s.t(texts::MONTH)}</label>
            <select
                id=month_id
                on:change=move |event| {
                    if let Some(chosen) = Month::parse(&event_target_value(&event)) {
                        month.set(chosen);
                        show(chosen);
                    }
                }
            >
                {options}
            </select>
        </div>
        <div class="field">
            <label for=for_amount>
                {known.as_ref().map(|metric| metric.title(s.lang).to_owned())}
            </label>
            <div class="affix">
                <input
                    id=amount_id
                    inputmode="decimal"
                    autocomplete="off"
                    required=true
                    autofocus=true
                    aria-describedby=described
                    aria-invalid=move || fault.with(Option::is_some).to_string()
                    prop:value=move || amount.get()
                    on:input=move |event| {
                        amount.set(event_target_value(&event));
                        fault.set(None);
                    }
                />
                <span>{unit.map(|unit| s.t(unit.words()))}</span>
            </div>
            <p class="error" id=fault_id hidden=move || fault.with(Option::is_none)>
                {Icon::Alert.draw()}
                {fault_text}
            </p>
        </div>
        <div class="field">
            <label for=for_day>{s.t(texts::UP_TO)}</label>
            <input
                id=day_id
                type="date"
                prop:value=move || as_of.get()
                on:input=move |event| {
                    as_of.set(event_target_value(&event));
                    fault.set(None);
                }
            />
            <p class="help">{s.t(texts::UP_TO_HINT)}</p>
        </div>
    };
    let foot = view! {
        <p class="dock-note" role="status">
            {move || fault.with(Option::is_some).then(|| s.t(form::CORRECT_FIRST))}
        </p>
        <button class="btn" type="button" on:click=move |_| closing.set(true)>
            {s.t(shell::CANCEL)}
        </button>
        <button class="btn" data-kind="primary" type="submit">
            {Icon::Check.draw()}
            {s.t(shell::SAVE)}
        </button>
    };
    overlay(
        Overlay::Sheet,
        s.t(texts::ENTER_READING).to_owned(),
        closing,
        on_close,
        submit,
        body,
        foot,
    )
}

/// The months of the goal's time up to today, the latest first; this month when there are none.
fn offered_months(s: Scene, goal: &Goal) -> Vec<Month> {
    let now = Month::of(s.today);
    let mut months: Vec<Month> = goal
        .span
        .into_iter()
        .flat_map(|span| span.months())
        .filter(|month| *month <= now)
        .collect();
    months.reverse();
    if months.is_empty() {
        months.push(now);
    }
    months
}
