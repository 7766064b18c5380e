//! The last step: what was imported, and the way back.

use super::columns::name_of_content;
use super::{Outcome, Wizard};
use crate::components::icon::Icon;
use crate::components::pane::empty_page;
use crate::locales::import as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use tongxing_domain::import::Content;
use tongxing_view::prelude::*;

/// The step.
pub(super) fn view(wizard: Wizard) -> View {
    let s = wizard.s;
    let Some(outcome) = wizard.outcome.get_value() else {
        return ().into_view();
    };
    let undone = RwSignal::new(false);
    let outcome = StoredValue::new(outcome);
    let take_back = move |_| {
        s.store
            .undo(outcome.with_value(|outcome| outcome.undo.clone()));
        undone.set(true);
    };
    let acts = move || {
        view! {
            <a class="btn" data-kind="primary" href=Route::Dealers.href()>
                {s.t(texts::SEE_DEALERS)}
            </a>
            {(!undone.get())
                .then(|| {
                    view! {
                        <button class="btn" type="button" on:click=take_back>
                            {Icon::Undo.draw()}
                            {s.t(texts::UNDO)}
                        </button>
                    }
                })}
            <button class="btn" type="button" on:click=move |_| wizard.start_over()>
                {s.t(texts::ANOTHER)}
            </button>
        }
    };
    let told = move || {
        if undone.get() {
            empty_page(
                Icon::Undo,
                s.t(texts::UNDONE),
                s.t(texts::UNDONE_TEXT),
                Some(acts()),
            )
        } else {
            let (title, text) = outcome.with_value(|outcome| words(s, outcome));
            empty_page(Icon::Check, title, text, Some(acts()))
        }
    };
    view! { <div class="body" role="status">{told}</div> }
}

fn words(s: Scene, outcome: &Outcome) -> (String, String) {
    let tally = outcome.tally;
    let title = texts::imported(
        s.lang,
        &name_of_content(s, outcome.content),
        tally.created,
        tally.updated,
    );
    let mut parts = texts::not_imported(s.lang, tally.skipped, tally.wrong, tally.same);
    if outcome.content == Content::Dealers && tally.created > 0 {
        parts.push(s.t(texts::NEXT).to_owned());
    }
    (title, parts.join(texts::between(s.lang)))
}
