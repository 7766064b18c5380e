//! The day's route: in which order to drive to the visits, with the way between them.

use super::Calendar;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::locales::{calendar as texts, time};
use crate::state::route::{Route as Place, VisitStep};
use tongxing_domain::route::{Route, Stop, show_metres};
use tongxing_view::prelude::*;

/// The section; nothing on a day without visits.
pub(super) fn section_of(calendar: Calendar) -> Option<View> {
    let s = calendar.s;
    let items = calendar.items.get();
    let route = s.store.read(|book| Route::of(book, &items, None));
    if route.stops.is_empty() && route.unplaced.is_empty() {
        return None;
    }
    let stops = route
        .stops
        .iter()
        .enumerate()
        .map(|(place, stop)| row(calendar, place + 1, stop))
        .collect_view();
    let unplaced = route
        .unplaced
        .iter()
        .map(|meeting| {
            let name = s.store.peek(|book| {
                let dealer = book.dealers.get_any(meeting.dealer);
                dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
            });
            view! {
                <li class="row">
                    {Icon::Visit.draw()}
                    <div class="row-main">
                        <span class="row-title">{name}</span>
                        <span class="row-sub">{s.t(texts::NO_PLACE)}</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    let told = route.clone();
    let whole = explain(
        show_metres(route.metres(), s.lang),
        s.t(texts::ROUTE_TITLE),
        move || told.explain(s.lang),
    );
    Some(section(
        s.t(texts::ROUTE),
        Some(route.stops.len() + route.unplaced.len()),
        Some(view! { <span class="section-more">{whole}</span> }),
        view! { <ol class="rows route">{stops}{unplaced}</ol> },
    ))
}

fn row(calendar: Calendar, number: usize, stop: &Stop) -> View {
    let s = calendar.s;
    let begins = stop.meeting.time().map(|slot| time::clock(slot.start));
    let way = stop.metres.map(|metres| show_metres(metres.into(), s.lang));
    let parts = [begins, way].into_iter().flatten();
    let label = texts::in_maps(s.lang, &stop.dealer.name);
    view! {
        <li class="row">
            <span class="step-no" aria-hidden="true"></span>
            <a class="row-main" href=Place::Meeting(stop.meeting.id, VisitStep::Prepare).href()>
                <span class="sr">{format!("{number}. ")}</span>
                <span class="row-title">{stop.dealer.name.clone()}</span>
                <span class="row-sub">{parts.collect::<Vec<_>>().join(" · ")}</span>
            </a>
            <a class="btn" href=stop.place.geo_uri() aria-label=label>
                {Icon::Visit.draw()}
                {s.t(texts::MAP)}
            </a>
        </li>
    }
}
