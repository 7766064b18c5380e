//! Readings and targets by hand: one metric of one month over all dealers.

use super::Here;
use crate::components::explain::unique_id;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pacing_chart::month_text;
use crate::components::pane::{empty_page, note};
use crate::components::reading_grid::{GridRow, reading_grid};
use crate::components::show_more::{SCREENFUL, show_more};
use crate::locales::{scorecard as texts, shell};
use crate::state::route::Route;
use tongxing_domain::date::Month;
use tongxing_domain::metrics;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, DealerStatus};
use tongxing_view::prelude::*;

/// So many more are drawn on demand.
const AT_A_TIME: usize = 40;
/// How many months back and ahead can be chosen.
const MONTHS: (i32, i32) = (35, 12);

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    if s.shared {
        return note(Tone::Info, s.t(texts::SHARED), None);
    }
    let this = Month::of(s.today);
    let month = RwSignal::new(this.plus(-1));
    let metric = RwSignal::new(metrics::sales_in());
    let drawn = RwSignal::new(SCREENFUL);
    let all = s.store.peek(|book| book.all_metrics());
    let options = all
        .iter()
        .map(|it| {
            let selected = it.id == metric.get_untracked();
            view! { <option value=it.id.to_string() selected=selected>{it.title(s.lang).to_owned()}</option> }
        })
        .collect_view();
    let months = (-MONTHS.0..=MONTHS.1)
        .rev()
        .map(|ahead| {
            let month = this.plus(ahead);
            view! { <option value=month.to_string() selected=ahead == -1>{month_text(s, month)}</option> }
        })
        .collect_view();
    let dealers = Memo::new(move |_| {
        s.store.read(|book| {
            let mut dealers: Vec<_> = book
                .dealers
                .iter()
                .filter(|dealer| dealer.status != Some(DealerStatus::Prospect))
                .map(|dealer| (dealer.name.clone(), dealer.id))
                .collect();
            dealers.sort_unstable();
            dealers
        })
    });
    let grid = move || {
        let (month, drawn_now) = (month.get(), drawn.get());
        let metric = s.store.peek(|book| book.metric(metric.get()));
        let dealers = dealers.get();
        let total = dealers.len();
        if total == 0 {
            let to = view! { <a class="btn" href=Route::Dealers.href()>{s.t(shell::DEALERS)}</a> };
            return empty_page(Icon::Dealers, s.t(texts::NO_DEALERS), "", Some(to));
        }
        let rows = dealers.into_iter().take(drawn_now);
        let rows = rows
            .map(|(name, dealer)| GridRow {
                name,
                dealer,
                month,
            })
            .collect();
        let grid = metric.map(|metric| reading_grid(s, &metric, rows, s.t(Dealer::TABLE.label)));
        let more = show_more(s, total, drawn, AT_A_TIME);
        view! {
            {grid}
            {more}
        }
    };
    let (metric_id, month_id) = (unique_id("metric"), unique_id("month"));
    let (for_metric, for_month) = (metric_id.clone(), month_id.clone());
    view! {
        <div class="field-row choose-bar">
            <div class="field">
                <label for=for_metric>{s.t(texts::WHICH_METRIC)}</label>
                <select
                    id=metric_id
                    on:change=move |event| {
                        if let Ok(id) = event_target_value(&event).parse() {
                            metric.set(id);
                        }
                    }
                >
                    {options}
                </select>
            </div>
            <div class="field">
                <label for=for_month>{s.t(texts::MONTH)}</label>
                <select
                    id=month_id
                    on:change=move |event| {
                        if let Some(chosen) = Month::parse(&event_target_value(&event)) {
                            month.set(chosen);
                        }
                    }
                >
                    {months}
                </select>
            </div>
        </div>
        {grid}
    }
}
