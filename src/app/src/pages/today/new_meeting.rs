//! A new meeting: with whom, how, when. A note is a meeting that begins now.

use crate::components::dealer_choice::dealer_choice;
use crate::components::explain::unique_id;
use crate::components::overlay::{Overlay, overlay};
use crate::components::sheets::Sheets;
use crate::locales::{schedule, shell, today as texts};
use crate::platform::clock;
use crate::state::commit::Act;
use crate::state::route::{Route, VisitStep};
use crate::state::scene::Scene;
use std::collections::BTreeSet;
use tongxing_domain::book::Book;
use tongxing_domain::date::{Date, Minute, Slot};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::tables::{Channel, Dealer, Meeting};
use tongxing_domain::visit::propose_next;
use tongxing_view::prelude::*;

/// Length of a planned meeting, in minutes.
const LENGTH: u16 = 60;
/// The hour at which a meeting begins at first, when only its day is known.
const USUAL_HOUR: u32 = 10;

/// Asks for the dealer first.
pub(in crate::pages) fn dialog(s: Scene, sheets: Sheets, now: bool) -> View {
    draw(s, sheets, None, None, now)
}

/// The day is known, the dealer is asked for.
pub(in crate::pages) fn on_day(s: Scene, sheets: Sheets, day: Date) -> View {
    let start = Minute::at(day, USUAL_HOUR, 0);
    draw(s, sheets, None, start, false)
}

/// The dealer is known; date and channel are proposed from its rhythm.
pub(super) fn with_dealer(s: Scene, sheets: Sheets, dealer: Id<Dealer>) -> View {
    draw(s, sheets, Some(dealer), None, false)
}

/// What the person has chosen so far.
#[derive(Clone, Copy)]
struct Choice {
    dealer: RwSignal<Option<Id<Dealer>>>,
    channel: RwSignal<Channel>,
    start: RwSignal<String>,
    fault: RwSignal<Option<&'static str>>,
}

fn draw(
    s: Scene,
    sheets: Sheets,
    dealer: Option<Id<Dealer>>,
    start: Option<Minute>,
    now: bool,
) -> View {
    let closing = RwSignal::new(false);
    let proposal = dealer
        .and_then(|dealer| s.store.peek(|book| propose_next(book, dealer, s.today)))
        .filter(|next| next.planned.is_none());
    let start = start
        .or_else(|| Some(proposal?.slot()?.start))
        .unwrap_or_else(|| clock::this_minute().next_full_hour());
    let usual = if now { Channel::Call } else { Channel::Visit };
    let choice = Choice {
        dealer: RwSignal::new(dealer),
        channel: RwSignal::new(proposal.map_or(usual, |next| next.channel)),
        start: RwSignal::new(start.to_string()),
        fault: RwSignal::new(None),
    };
    let submit = Callback::new(move |()| match made(s, choice, now) {
        Ok(meeting) => {
            let step = if now {
                VisitStep::Run
            } else {
                VisitStep::Prepare
            };
            let said = meeting.planned.map(|slot| {
                let day = schedule::weekday_and_day(s.lang, slot.start.date(), s.today);
                texts::planned(s.lang, choice.channel.get_untracked(), &day)
            });
            let writes = Act::of(changes(None, &meeting));
            match said {
                Some(said) => s.store.act(writes, said),
                // The page that opens shows it.
                None => {
                    s.store.act_quietly(writes);
                }
            }
            closing.set(true);
            if dealer.is_none() {
                s.nav.go(Route::Meeting(meeting.id, step));
            }
        }
        Err(fault) => choice.fault.set(Some(fault)),
    });
    let title = if now { texts::NOTE } else { texts::NEW_MEETING };
    let title = match dealer {
        Some(dealer) => s
            .store
            .peek(|book| texts::plan_with(s.lang, &super::dealer_name(book, dealer))),
        None => s.t(title).to_owned(),
    };
    let body = view! {
        {dealer.is_none().then(|| dealer_choice(s, choice.dealer, Callback::new(move |()| choice.fault.set(None))))}
        {choose_channel(s, choice, now)}
        {(!now).then(|| choose_start(s, choice))}
    };
    let foot = view! {
        <p class="dock-note" role="status">{move || choice.fault.get()}</p>
        <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
        <button class="btn" data-kind="primary" type="submit">
            {s.t(if now {
                texts::BEGIN
            } else if dealer.is_some() {
                shell::SAVE
            } else {
                texts::PREPARE
            })}
        </button>
    };
    overlay(
        Overlay::Dialog,
        title,
        closing,
        Callback::new(move |()| sheets.closed()),
        submit,
        body.into_view(),
        foot.into_view(),
    )
}

/// The meeting as chosen; `Err` says what is missing.
fn made(s: Scene, choice: Choice, now: bool) -> Result<Meeting, &'static str> {
    let dealer = choice
        .dealer
        .get_untracked()
        .ok_or(s.t(texts::CHOOSE_DEALER))?;
    let mut meeting = Meeting {
        dealer,
        channel: Some(choice.channel.get_untracked()),
        attendees: s.store.peek(|book| first_contacts(book, dealer)),
        ..Meeting::with_id(s.store.fresh())
    };
    if now {
        meeting.started = Some(clock::this_minute());
    } else {
        let start = Minute::parse(&choice.start.get_untracked()).ok_or(s.t(texts::CHOOSE_DATE))?;
        meeting.planned = Some(Slot {
            start,
            minutes: LENGTH,
        });
    }
    Ok(meeting)
}

/// The contacts who are called first.
fn first_contacts(
    book: &Book,
    dealer: Id<Dealer>,
) -> BTreeSet<Id<tongxing_domain::tables::Contact>> {
    book.contacts
        .of(dealer)
        .filter(|contact| contact.primary == Some(true))
        .map(|contact| contact.id)
        .collect()
}

fn choose_channel(s: Scene, choice: Choice, now: bool) -> View {
    let group = unique_id("channel");
    let channels: &[Channel] = if now {
        &[
            Channel::Call,
            Channel::Message,
            Channel::Visit,
            Channel::Email,
        ]
    } else {
        &[
            Channel::Visit,
            Channel::Call,
            Channel::Video,
            Channel::Workshop,
        ]
    };
    let options = channels
        .iter()
        .map(|channel| {
            let channel = *channel;
            view! {
                <label>
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=move || choice.channel.get() == channel
                        on:change=move |_| choice.channel.set(channel)
                    />
                    <span>{s.t(channel.words())}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{s.t(texts::CHANNEL)}</legend>
            <div class="segmented">{options}</div>
        </fieldset>
    }
}

fn choose_start(s: Scene, choice: Choice) -> View {
    let id = unique_id("start");
    view! {
        <div class="field">
            <label for=id.clone()>{s.t(texts::WHEN)}</label>
            <input
                id=id
                type="datetime-local"
                prop:value=move || choice.start.get()
                on:input=move |event| {
                    choice.start.set(event_target_value(&event));
                    choice.fault.set(None);
                }
            />
        </div>
    }
}
