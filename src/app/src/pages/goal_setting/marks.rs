//! The marks on the way: how many, and what is expected at each.

use super::talk::Talk;
use crate::components::icon::Icon;
use crate::components::marks::Tone;
use crate::components::pane::note;
use crate::components::segmented::segmented;
use crate::components::when;
use crate::locales::{goal as goal_texts, goal_setting as texts};
use tongxing_view::prelude::*;

/// The counts that are offered.
const COUNTS: [(u8, &str); 5] = [(0, "0"), (2, "2"), (3, "3"), (4, "4"), (6, "6")];

/// The choice, and the marks that follow from it.
pub(super) fn view(talk: Talk) -> View {
    let s = talk.s;
    let names = COUNTS
        .iter()
        .map(|(count, text)| {
            if *count == 0 {
                s.t(texts::NO_MARKS)
            } else {
                text
            }
        })
        .collect();
    let chosen = Signal::derive(move || {
        let now = talk.marks.get();
        let place = COUNTS.iter().position(|(_, text)| *text == now);
        place.unwrap_or(0)
    });
    let choose = Callback::new(move |place: usize| {
        if let Some((_, text)) = COUNTS.get(place) {
            talk.marks.set((*text).to_owned());
            talk.keep();
        }
    });
    let list = move || {
        let marks = talk.milestones();
        if marks.is_empty() {
            let text = if talk.goal().course.is_none() {
                goal_texts::INCOMPLETE
            } else {
                texts::NO_MARKS_TEXT
            };
            return note(Tone::Info, s.t(text), None);
        }
        let rows = marks
            .iter()
            .map(|mark| {
                view! {
                    <li class="row">
                        {Icon::Goal.draw()}
                        <div class="row-main"><span class="row-title">{mark.title.clone()}</span></div>
                        <span class="row-end">{mark.due.map(|due| when::day(s, due))}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="rows">{rows}</ul> }
    };
    view! {
        {segmented(s.t(texts::MARKS), names, chosen, choose)}
        {list}
    }
}
