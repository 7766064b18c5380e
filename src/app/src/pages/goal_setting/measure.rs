//! What is measured, and from when to when.

use super::talk::Talk;
use crate::components::field_input::field_input;
use crate::components::spark::spark;
use crate::locales::{dealer, goal_setting as texts};
use tongxing_domain::goals::usual_spans;
use tongxing_domain::trend::Trend;
use tongxing_view::prelude::*;

/// The measures that have readings, every other, and the period.
pub(super) fn view(talk: Talk) -> View {
    let s = talk.s;
    let keep = Callback::new(move |()| talk.keep());
    let trends = s.store.peek(|book| Trend::all(book, talk.dealer, s.today));
    let measured = trends
        .iter()
        .map(|trend| measure(talk, trend))
        .collect_view();
    let measured = (!trends.is_empty()).then(|| {
        view! {
            <fieldset class="field">
                <legend>{s.t(texts::MEASURED)}</legend>
                <div class="offers">{measured}</div>
            </fieldset>
        }
    });
    let spans = usual_spans(s.today)
        .into_iter()
        .map(|(name, span)| {
            let text = format!("{}..{}", span.start(), span.end());
            let (shown, chosen) = (text.clone(), text);
            let pressed = move || {
                let field = talk.field("span");
                field
                    .is_some_and(|field| field.typing.text.with(|text| *text == shown))
                    .to_string()
            };
            view! {
                <button
                    class="chip"
                    type="button"
                    aria-pressed=pressed
                    on:click=move |_| talk.fill("span", chosen.clone())
                >
                    {s.t(name)}
                </button>
            }
        })
        .collect_view();
    let field = move |key| {
        talk.field(key)
            .map(|field| field_input(field, talk.dealer.uuid(), keep))
    };
    view! {
        {measured}
        {field("metric")}
        <div>
            {field("span")}
            <div class="chips" role="group" aria-label=s.t(texts::SPANS)>{spans}</div>
        </div>
    }
}

fn measure(talk: Talk, trend: &Trend) -> View {
    let s = talk.s;
    let key = trend.metric.id.to_string();
    let (shown, chosen) = (key.clone(), key);
    let name = trend.metric.title(s.lang).to_owned();
    let show = |quantity| trend.unit.show_short(quantity, s.lang);
    let known: Vec<_> = trend.months.iter().flatten().copied().collect();
    let line = known.first().zip(known.last()).map(|(first, last)| {
        let label = dealer::spark(s.lang, &name, &show(*first), &show(*last));
        let months: Vec<_> = trend.months.iter().map(|it| it.map(|it| it.0)).collect();
        spark(&months, label)
    });
    let is_chosen = move || {
        talk.field("metric")
            .is_some_and(|field| field.typing.text.with(|text| *text == shown))
    };
    view! {
        <label class="offer">
            <input
                type="radio"
                name="metric"
                prop:checked=is_chosen
                on:change=move |_| talk.fill("metric", chosen.clone())
            />
            <span class="offer-main">{name}</span>
            {line}
            <span class="offer-end">{show(trend.figure)}</span>
        </label>
    }
}
