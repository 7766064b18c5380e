//! Check in: one tap notes the start and leads on to the talk.

use super::{Visit, back, onward, people};
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::components::record_form::FormSubject;
use crate::locales::{form, meeting as texts, time};
use crate::platform::clock;
use crate::state::route::VisitStep;
use std::time::Duration;
use tongxing_domain::schema::{AnyRecord as _, Record};
use tongxing_domain::tables::{Channel, Dealer};
use tongxing_domain::value::Place;
use tongxing_view::prelude::*;

/// How often the clock on the page looks at the time.
const TICK: Duration = Duration::from_secs(5);

pub(super) fn view(visit: Visit) -> (View, View) {
    let s = visit.s;
    let started = visit.of(|meeting| meeting.started);
    let channel = visit.of(|meeting| meeting.channel);
    let now = clock_signal();
    let start = move |_| {
        visit.s.store.act_quietly(crate::state::commit::Act::of(
            visit.change(|meeting| meeting.started = Some(clock::this_minute())),
        ));
        visit.go(VisitStep::Run);
    };
    let take_back = move |_| {
        visit.act(s.t(texts::START_TAKEN_BACK).to_owned(), |meeting| {
            meeting.started = None
        });
    };
    let head = move || match started.get() {
        Some(at) => {
            let at = time::clock(at);
            view! {
                <p class="checkin-time"><time>{at.clone()}</time></p>
                <p>{texts::started(s.lang, channel.get(), &at)}</p>
                <div class="actions">
                    <button class="btn" type="button" on:click=take_back>
                        {Icon::Undo.draw()}
                        {s.t(texts::START_AGAIN)}
                    </button>
                </div>
            }
        }
        None => view! {
            <p class="checkin-time"><time>{move || time::clock(now.get())}</time></p>
            <p>{move || s.t(texts::start_text(channel.get()))}</p>
        },
    };
    let is_visit = move || matches!(channel.get(), Some(Channel::Visit | Channel::Workshop));
    let body = view! {
        <div class="narrow">
            {move || section(
                s.t(texts::step(VisitStep::CheckIn, channel.get())),
                None,
                None,
                view! { <div class="checkin">{head}</div> },
            )}
            {people::view(visit, texts::PRESENT)}
            {move || is_visit().then(|| address(visit))}
        </div>
    };
    let dock = view! {
        {back(visit, VisitStep::Prepare)}
        {move || match started.get() {
            Some(_) => onward(visit, VisitStep::Run),
            None => view! {
                <button class="btn" data-kind="primary" type="button" on:click=start>
                    {Icon::Check.draw()}
                    {s.t(texts::start(channel.get()))}
                </button>
            },
        }}
    };
    (body.into_view(), dock.into_view())
}

/// This minute, for as long as the step is drawn.
pub(super) fn clock_signal() -> RwSignal<tongxing_domain::date::Minute> {
    let now = RwSignal::new(clock::this_minute());
    let tick = move || {
        // A tick may be on its way when the page goes.
        now.try_set(clock::this_minute());
    };
    if let Ok(handle) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || handle.clear());
    }
    now
}

fn address(visit: Visit) -> View {
    let s = visit.s;
    let dealer = visit.dealer;
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let dealer = book.dealers.get_any(dealer)?;
            Some((dealer.address.clone(), dealer.place))
        })
    });
    let edit = move |_| {
        if let Some(dealer) = s.store.peek(|book| book.dealers.get_any(dealer).cloned()) {
            visit.sheets.form(FormSubject {
                title: form::edit(s.lang, s.t(Dealer::TABLE.label)),
                dealer: dealer.id.uuid(),
                record: dealer.copied(),
                new: false,
                without: &[],
            });
        }
    };
    let content = move || {
        let (address, place) = found.get().unwrap_or_default();
        let link = map_link(&address, place);
        view! {
            <p dir="auto">
                {if address.is_empty() { s.t(texts::NO_ADDRESS).to_owned() } else { address }}
            </p>
            <div class="actions">
                {match link {
                    Some(link) => view! {
                        <a class="btn" href=link target="_blank" rel="noopener noreferrer">
                            {Icon::Visit.draw()}
                            {s.t(texts::MAP)}
                        </a>
                    },
                    None => view! {
                        <button class="btn" type="button" on:click=edit>
                            {Icon::Edit.draw()}
                            {s.t(texts::ADD_ADDRESS)}
                        </button>
                    },
                }}
            </div>
        }
    };
    section(s.t(texts::ADDRESS), None, None, content.into_view())
}

/// The address of a map; it is asked for only when the person taps it.
fn map_link(address: &str, place: Option<Place>) -> Option<String> {
    let degrees = |millionths: i32| f64::from(millionths) / 1e6;
    match place {
        Some(place) => Some(format!(
            "https://uri.amap.com/marker?position={:.6},{:.6}&coordinate=wgs84",
            degrees(place.longitude),
            degrees(place.latitude)
        )),
        None if address.is_empty() => None,
        None => Some(format!(
            "https://uri.amap.com/search?keyword={}",
            String::from(js_sys::encode_uri_component(address))
        )),
    }
}
