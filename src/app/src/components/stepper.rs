//! The steps of a flow, each one tap away.

use tongxing_view::prelude::*;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepMark {
    /// What it is called.
    pub name: &'static str,
    /// Its address.
    pub href: String,
}

/// The steps of a flow. `at` is the step that is open, `done` how many are behind; both count
/// from 0.
pub fn stepper(
    label: String,
    steps: Vec<StepMark>,
    at: Signal<usize>,
    done: Signal<usize>,
) -> View {
    view! {
        <nav class="stepper" aria-label=label>
            <ol>
                {steps
                    .into_iter()
                    .enumerate()
                    .map(|(place, step)| {
                        view! {
                            <li data-state=move || (place < done.get() && place != at.get()).then_some("done")>
                                <a href=step.href aria-current=move || (place == at.get()).then_some("step")>
                                    <span class="step-no" aria-hidden="true"></span>
                                    {step.name}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </nav>
    }
}
