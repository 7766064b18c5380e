//! The events of the book: meetings, recurring meetings, and what is due.
//!
//! A calendar is sent to others and opened beside the dealer: nothing internal goes into it.

use super::{Event, When};
use crate::book::Book;
use crate::calendar::{Item, What};
use crate::date::{Date, Minute};
use crate::id::{Id, Uuid};
use crate::tables::{Channel, Dealer, Meeting, MeetingStage, Series};
use crate::visit::agenda;
use crate::words::{Lang, Words, words};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is said of a contract on its last day.
const ENDS: Words = words("合同到期", "Contract ends");

/// The events of single meetings, such as one that is to be sent to the dealer. Meetings
/// without a time are left out.
pub fn meeting_events(
    book: &Book,
    meetings: &[Arc<Meeting>],
    alarm: Option<u16>,
    lang: Lang,
) -> Vec<Event> {
    let events = meetings.iter();
    events
        .filter_map(|meeting| single(book, meeting, alarm, lang))
        .collect()
}

/// The events of a whole calendar: the items of a window, and every recurring meeting of which
/// something lies in it, with its rule, the times at which it was called off, and the
/// occurrences that were moved or held. Meetings ring `alarm` minutes before they begin.
pub fn calendar_of(book: &Book, items: &[Item], alarm: Option<u16>, lang: Lang) -> Vec<Event> {
    let mut events = Vec::new();
    let mut recurring: BTreeMap<Id<Series>, &Arc<Series>> = BTreeMap::new();
    // What crosses midnight stands on two days.
    let mut written: BTreeSet<Id<Meeting>> = BTreeSet::new();
    for item in items {
        match &item.what {
            What::Occurrence(series, _) => {
                recurring.insert(series.id, series);
            }
            What::Meeting(meeting) => match series_of(book, meeting) {
                Some(series) => {
                    recurring.insert(series.id, series);
                }
                None if written.insert(meeting.id) => {
                    events.extend(single(book, meeting, alarm, lang));
                }
                None => {}
            },
            What::Due(due) => {
                let mut event = Event::new(
                    uid(due.link.id),
                    When::On(due.due),
                    with_dealer(book, due.dealer, &due.title),
                );
                event.description = due.kind.words().in_lang(lang).to_owned();
                events.push(event);
            }
            What::ContractEnd(contract) => {
                let mut event = Event::new(
                    uid(contract.id.uuid()),
                    When::On(item.day),
                    with_dealer(book, contract.dealer, &contract.title),
                );
                event.description = ENDS.in_lang(lang).to_owned();
                events.push(event);
            }
        }
    }
    for series in recurring.into_values() {
        add_series(book, series, alarm, lang, &mut events);
    }
    events
}

/// The recurring meeting of which a meeting is an occurrence that the rule still names.
fn series_of<'a>(book: &'a Book, meeting: &Meeting) -> Option<&'a Arc<Series>> {
    let series = book.series.get(meeting.series)?;
    original_in(series, meeting.occurrence?).map(|_| series)
}

/// The time that the rule has for an occurrence, if it names it.
fn original_in(series: &Series, on: Date) -> Option<Minute> {
    let first = series.first?.start.date();
    let named = series.recurrence().ok()?.names(first, on);
    named
        .then(|| series.slot_on(on))
        .flatten()
        .map(|slot| slot.start)
}

fn add_series(
    book: &Book,
    series: &Series,
    alarm: Option<u16>,
    lang: Lang,
    events: &mut Vec<Event>,
) {
    let (Some(first), Ok(rule)) = (series.first, series.recurrence()) else {
        return;
    };
    // The format leaves open what a start means that its rule does not name.
    let Some(slot) = rule
        .first(first.start.date())
        .and_then(|day| series.slot_on(day))
    else {
        return;
    };
    let mut event = described(
        book,
        series.id.uuid(),
        When::At(slot),
        series.dealer,
        (series.channel, &series.subject, &series.purpose),
        lang,
    );
    event.rule = Some(rule.to_string());
    event.alarm = alarm;
    let off = |meeting: &&Arc<Meeting>| meeting.stage() == MeetingStage::CalledOff;
    let binned = book
        .meetings
        .binned()
        .filter(|meeting| meeting.series == series.id);
    let mut except: Vec<Minute> = (book.meetings.of(series.id).filter(off))
        .chain(binned)
        .filter_map(|meeting| original_in(series, meeting.occurrence?))
        .collect();
    except.sort_unstable();
    except.dedup();
    event.except = except;
    events.push(event);
    let mut moved: Vec<_> = book
        .meetings
        .of(series.id)
        .filter(|meeting| !off(meeting))
        .collect();
    moved.sort_by_key(|meeting| (meeting.occurrence, meeting.id));
    for meeting in moved {
        let original = meeting.occurrence.and_then(|on| original_in(series, on));
        if let (Some(original), Some(mut event)) = (original, single(book, meeting, alarm, lang)) {
            event.uid = uid(series.id.uuid());
            event.instead_of = Some(original);
            events.push(event);
        }
    }
}

fn single(book: &Book, meeting: &Meeting, alarm: Option<u16>, lang: Lang) -> Option<Event> {
    let slot = meeting.time()?;
    let mut event = described(
        book,
        meeting.id.uuid(),
        When::At(slot),
        meeting.dealer,
        (meeting.channel, &meeting.subject, &meeting.purpose),
        lang,
    );
    for item in agenda(book, meeting.id) {
        let line = format!("- {}", item.title);
        if !event.description.is_empty() {
            event.description.push('\n');
        }
        event.description.push_str(&line);
    }
    // What is over need not ring.
    event.alarm = alarm.filter(|_| meeting.stage() == MeetingStage::Planned);
    Some(event)
}

fn described(
    book: &Book,
    id: Uuid,
    when: When,
    dealer: Id<Dealer>,
    (channel, subject, purpose): (Option<Channel>, &str, &str),
    lang: Lang,
) -> Event {
    let channel_words = channel.map_or("", |channel| channel.words().in_lang(lang));
    let title = match (channel_words.is_empty(), subject.is_empty()) {
        (false, false) => format!("{channel_words} · {subject}"),
        _ => format!("{channel_words}{subject}"),
    };
    let mut event = Event::new(uid(id), when, with_dealer(book, dealer, &title));
    event.description = purpose.trim().to_owned();
    if channel == Some(Channel::Visit)
        && let Some(dealer) = book.dealers.get(dealer)
    {
        event.location.clone_from(&dealer.address);
        event.place = dealer.place;
    }
    event
}

fn with_dealer(book: &Book, dealer: Id<Dealer>, title: &str) -> String {
    match book.dealers.get(dealer) {
        Some(dealer) => format!("{} · {title}", dealer.name),
        None => title.to_owned(),
    }
}

fn uid(id: Uuid) -> String {
    format!("{id}@tongxing")
}
