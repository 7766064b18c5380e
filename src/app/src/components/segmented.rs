//! One of a few, side by side.

use super::explain::unique_id;
use tongxing_view::prelude::*;

/// A choice among a few names; `chosen` is the place of the present one.
pub fn segmented(
    legend: &'static str,
    names: Vec<&'static str>,
    chosen: Signal<usize>,
    choose: Callback<usize>,
) -> View {
    let group = unique_id("segmented");
    let option = |(place, name): (usize, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || chosen.get() == place
                    on:change=move |_| choose.run(place)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="sr">{legend}</legend>
            {names.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
}
