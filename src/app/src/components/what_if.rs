//! What a dealer would earn if it came to another amount: the same rule that every statement goes by.

use super::explain::{explain, recorded, unique_id};
use super::score_card::line;
use crate::locales::incentive as texts;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::incentives::{Payout, Standing};
use tongxing_domain::money::Fen;
use tongxing_domain::quantity::Quantity;
use tongxing_view::prelude::*;

/// So many steps from one end of the slider to the other.
const STEPS: i64 = 200;

/// A slider over the amount that is measured, and what it would earn.
pub fn what_if(s: Scene, standing: &Arc<Standing>) -> View {
    let measured = standing.reckoning.basis.measured;
    let now = standing.payout.earned;
    let furthest = [
        Some(measured),
        standing.ahead.map(|ahead| ahead.measured),
        standing.next.map(|next| next.at),
        standing.reckoning.basis.target,
    ];
    let furthest = furthest
        .into_iter()
        .flatten()
        .map(|it| it.0 / 100)
        .max()
        .unwrap_or(0);
    // Half as far again, in round steps.
    let step = round(furthest.saturating_mul(3) / 2 / STEPS);
    let most = step.saturating_mul(STEPS);
    let unit = standing.unit;
    let start = standing.ahead.map_or(measured, |ahead| ahead.measured);
    let at = RwSignal::new((start.0 / 100).clamp(0, most) / step * step);
    let told = Arc::clone(standing);
    let earned = move |units: i64| told.what_if(Quantity::whole(units)).ok();
    let (of_result, of_lines) = (earned.clone(), earned);
    let yuan = move |fen: Fen| fen.show();
    let lines = move || {
        let payout = of_lines(at.get_untracked());
        payout
            .map(|payout| resulting(payout.explain(unit, s.lang), Payout::EARNED))
            .unwrap_or_default()
    };
    let result = move || {
        let Some(payout) = of_result(at.get()) else {
            return ().into_view();
        };
        let more = Fen(payout.earned.0.saturating_sub(now.0));
        let then = payout.earned;
        let more = (more > Fen(0)).then(|| {
            explain(
                texts::more_than_now(s.lang, &yuan(more)),
                s.t(texts::STANDING_TITLE),
                move || {
                    vec![
                        line(s, texts::EARNED, yuan(now)),
                        line(s, texts::WHAT_IF, yuan(then)),
                        line(
                            s,
                            texts::MORE,
                            format!("{} − {} = {}", yuan(then), yuan(now), yuan(more)),
                        ),
                    ]
                },
            )
        });
        let lines = lines.clone();
        let title = s.t(texts::STANDING_TITLE).to_owned();
        view! {
            <output class="what-if-result">
                {recorded(unit.show(Quantity::whole(at.get()), s.lang))}
                " → "
                {explain(yuan(payout.earned), title, lines)}
                " "
                <small>{more}</small>
            </output>
        }
    };
    let id = unique_id("what-if");
    let label = id.clone();
    view! {
        <div class="what-if">
            <label for=label>{s.t(texts::WHAT_IF)}</label>
            <input
                id=id
                type="range"
                min="0"
                max=most.to_string()
                step=step.to_string()
                aria-valuetext=move || unit.show(Quantity::whole(at.get()), s.lang)
                prop:value=move || at.get().to_string()
                on:input=move |event| {
                    if let Ok(units) = event_target_value(&event).parse() {
                        at.set(units);
                    }
                }
            />
            {result}
        </div>
    }
}

/// A round number of at least one, not far above another: 1, 2 or 5 times a power of ten.
fn round(about: i64) -> i64 {
    let mut power = 1_i64;
    while power.saturating_mul(10) <= about {
        power = power.saturating_mul(10);
    }
    let fits = [1, 2, 5, 10]
        .into_iter()
        .map(|factor| power.saturating_mul(factor));
    fits.into_iter()
        .find(|step| *step >= about)
        .unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn steps_are_round() {
        assert_eq!([0, 1, 3, 12, 47, 990].map(round), [1, 1, 5, 20, 50, 1000]);
    }
}
