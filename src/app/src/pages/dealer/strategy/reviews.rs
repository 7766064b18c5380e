//! Looking back: the review of each year, and strategic reviews with the minutes of their meeting.

use super::super::here::Here;
use crate::components::icon::Icon;
use crate::components::marks::internal_mark;
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::section;
use crate::components::when;
use crate::locales::{shell, strategy as texts};
use crate::state::route::{Route, VisitStep};
use std::sync::Arc;
use tongxing_domain::date::{Minute, Slot};
use tongxing_domain::schema::changes;
use tongxing_domain::strategy::JointPlan;
use tongxing_domain::tables::{BusinessPlan, Channel, Meeting, Review, ReviewKind};
use tongxing_view::prelude::*;

/// How long a review is planned for, in minutes.
const MINUTES: u16 = 180;

/// Opens the form of a review.
pub(super) fn add(here: Here, plan: &BusinessPlan, kind: ReviewKind, year: Option<usize>) {
    here.add(
        Review {
            dealer: here.id,
            business_plan: plan.id,
            kind: Some(kind),
            year: year.and_then(|year| i64::try_from(year).ok()),
            on: Some(here.s.today),
            ..here.fresh()
        },
        &[],
    );
}

/// Every review of a plan, the newest first.
pub(super) fn section_of(here: Here, joint: &JointPlan) -> View {
    let s = here.s;
    let yearly = joint.years.iter().filter_map(|year| year.review.clone());
    let mut reviews: Vec<Arc<Review>> = yearly
        .chain(joint.strategic_reviews.iter().cloned())
        .collect();
    reviews.sort_by_key(|review| (std::cmp::Reverse(review.on), review.id));
    let plan = Arc::clone(&joint.plan);
    let add = view! {
        <button
            class="section-more btn"
            data-kind="quiet"
            type="button"
            on:click=move |_| add(here, &plan, ReviewKind::Strategic, None)
        >
            {Icon::Plus.draw()}
            {s.t(texts::NEW_REVIEW)}
        </button>
    };
    let content = if reviews.is_empty() {
        view! { <p class="help">{s.t(texts::NO_REVIEWS)}</p> }
    } else {
        let list = reviews
            .iter()
            .map(|review| event(here, review))
            .collect_view();
        view! { <ol class="timeline">{list}</ol> }
    };
    section(
        s.t(texts::STRATEGIC_REVIEWS),
        Some(reviews.len()),
        Some(add),
        content,
    )
}

fn event(here: Here, review: &Arc<Review>) -> View {
    let s = here.s;
    let kind = review.kind.map_or("", |kind| s.t(kind.words()));
    let year = review
        .year
        .filter(|_| review.kind == Some(ReviewKind::Yearly))
        .and_then(|year| usize::try_from(year).ok())
        .map(|year| texts::year(s.lang, year));
    let title = [Some(kind.to_owned()), year]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let said = |name: crate::locales::Words, text: &str| {
        (!text.trim().is_empty()).then(|| {
            view! { <p dir="auto"><b>{s.t(name)}</b>" "{text.to_owned()}</p> }
        })
    };
    let internal = (!s.shared && !review.internal_notes.trim().is_empty()).then(|| {
        view! {
            <div class="log-internal" data-internal="">
                {internal_mark()}
                {super::super::profile::lines(&review.internal_notes)}
            </div>
        }
    });
    let meeting = s
        .store
        .read(|book| book.meetings.get(review.meeting).map(|meeting| meeting.id));
    let minutes = meeting.map(|meeting| {
        view! {
            <a class="btn" href=Route::Meeting(meeting, VisitStep::Run).href()>
                {Icon::Note.draw()}
                {s.t(texts::MINUTES)}
            </a>
        }
    });
    let begun = Arc::clone(review);
    let mut acts = vec![here.edit_item(&**review)];
    if meeting.is_none() {
        acts.push(MenuItem::new(
            Icon::Note,
            s.t(texts::BEGIN_MINUTES),
            move || take_minutes(here, &begun),
        ));
    }
    acts.push(here.bin_item(review.id));
    view! {
        <li class="event" data-kind="meeting">
            <span class="event-when">{review.on.map(|on| when::day(s, on))}</span>
            <span class="event-mark">{Icon::Star.draw()}</span>
            <div class="event-body log-entry">
                <div>
                    <p class="event-title">{title.clone()}</p>
                    {said(texts::WENT_WELL, &review.went_well)}
                    {said(texts::TO_CHANGE, &review.to_change)}
                    {said(texts::DECISIONS, &review.decisions)}
                    {internal}
                    {minutes}
                </div>
                {menu(Icon::More, shell::more_about(s.lang, &title), acts)}
            </div>
        </li>
    }
}

/// Plans the meeting of a review on its day and goes to it.
fn take_minutes(here: Here, review: &Arc<Review>) {
    let s = here.s;
    let subject = review.kind.map_or("", |kind| s.t(kind.words()));
    let meeting = Meeting {
        dealer: here.id,
        channel: Some(Channel::Workshop),
        subject: subject.to_owned(),
        planned: Minute::at(review.on.unwrap_or(s.today), 14, 0).map(|start| Slot {
            start,
            minutes: MINUTES,
        }),
        ..here.fresh()
    };
    let linked = Review {
        meeting: meeting.id,
        ..Review::clone(review)
    };
    let mut writes = changes(None, &meeting);
    writes.extend(changes(Some(&**review), &linked));
    here.write(writes, s.t(texts::BEGIN_MINUTES).to_owned());
    s.nav.go(Route::Meeting(meeting.id, VisitStep::Run));
}
