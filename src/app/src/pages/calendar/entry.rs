//! What one item of the calendar tells, how it stands, where it leads, and what can be done with it.

use super::{Calendar, export, moving, recurring};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::MenuItem;
use crate::components::record_row::RowOpens;
use crate::components::record_sheet;
use crate::components::when;
use crate::locales::{calendar as texts, time, today};
use crate::pages::dealer::timeline::channel_icon;
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::attention::DueKind;
use tongxing_domain::calendar::{Item, What, call_off, end_from, occurrence};
use tongxing_domain::date::{Date, DateSpan};
use tongxing_domain::id::Id;
use tongxing_domain::schema::changes;
use tongxing_domain::tables::{Channel, MeetingStage, Series};
use tongxing_view::prelude::*;

/// What an item tells.
pub(super) struct Entry {
    /// What kind of thing it is.
    pub(super) icon: Icon,
    /// When it begins; empty for the whole day.
    pub(super) begins: String,
    /// When it ends, if that is known.
    pub(super) ends: String,
    pub(super) title: String,
    pub(super) sub: String,
}

impl Entry {
    pub(super) fn of(calendar: Calendar, item: &Item) -> Self {
        let s = calendar.s;
        let name = s.store.peek(|book| {
            let dealer = book.dealers.get_any(item.dealer);
            dealer.map(|dealer| dealer.name.clone()).unwrap_or_default()
        });
        let (icon, title, parts) = match &item.what {
            What::Meeting(meeting) => {
                let recurs = !meeting.series.is_nil();
                let parts = about(s, meeting.channel, &meeting.subject, recurs);
                (channel_icon(meeting.channel), name, parts)
            }
            What::Occurrence(series, _) => {
                let parts = about(s, series.channel, &series.subject, true);
                (channel_icon(series.channel), name, parts)
            }
            What::Due(due) => {
                let kind = today::due_kind(s.lang, due.kind, due.side);
                (due_icon(due.kind), due.title.clone(), vec![name, kind])
            }
            What::ContractEnd(contract) => {
                let ends = s.t(texts::CONTRACT_ENDS).to_owned();
                (Icon::Note, contract.title.clone(), vec![name, ends])
            }
        };
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let mut sub = parts.collect::<Vec<_>>().join(" · ");
        if item.is_continued() {
            sub = format!("{} · {sub}", s.t(texts::CONTINUED));
        }
        let time = item
            .time
            .map(|slot| (time::clock(slot.start), time::clock(slot.end())));
        let (begins, ends) = time.unwrap_or_default();
        Self {
            icon,
            ends: if begins == ends { String::new() } else { ends },
            begins,
            title,
            sub,
        }
    }
}

fn about(s: Scene, channel: Option<Channel>, subject: &str, recurs: bool) -> Vec<String> {
    let channel = channel.map_or("", |channel| s.t(channel.words()));
    let recurs = if recurs { s.t(texts::RECURS) } else { "" };
    vec![channel.to_owned(), subject.to_owned(), recurs.to_owned()]
}

const fn due_icon(kind: DueKind) -> Icon {
    match kind {
        DueKind::Promise => Icon::Promise,
        DueKind::Step => Icon::Plan,
        DueKind::Action => Icon::Check,
        DueKind::Milestone => Icon::Goal,
        DueKind::Issue => Icon::Issue,
    }
}

/// How an item stands, where that is worth a word.
pub(super) fn standing(s: Scene, what: &What) -> Option<View> {
    match what {
        What::Meeting(meeting) => match meeting.stage() {
            MeetingStage::Planned => None,
            MeetingStage::Running => Some(badge(Tone::Good, s.t(today::RUNNING))),
            _ => Some(badge(Tone::None, s.t(texts::OVER))),
        },
        What::Due(due) if due.is_late() => Some(when::due(s, due.due)),
        What::Occurrence(..) | What::Due(_) | What::ContractEnd(_) => None,
    }
}

/// Where an item leads.
pub(super) fn opens(calendar: Calendar, item: &Item) -> RowOpens {
    let (s, sheets) = (calendar.s, calendar.sheets);
    match &item.what {
        What::Meeting(meeting) => {
            let step = if meeting.stage() == MeetingStage::Planned {
                VisitStep::Prepare
            } else {
                VisitStep::Run
            };
            RowOpens::Place(Route::Meeting(meeting.id, step).href())
        }
        What::Occurrence(series, on) => {
            let (series, on) = (Arc::clone(series), *on);
            RowOpens::Act(Callback::new(move |()| prepare(s, &series, on)))
        }
        What::Due(due) if due.kind == DueKind::Issue => {
            RowOpens::Place(Route::Issue(Id::new(due.link.id)).href())
        }
        What::Due(due) => {
            let (dealer, link) = (due.dealer, due.link);
            RowOpens::Act(Callback::new(move |()| {
                record_sheet::edit(s, sheets, dealer, link);
            }))
        }
        What::ContractEnd(_) => {
            RowOpens::Place(Route::Dealer(item.dealer, DealerTab::Profile).href())
        }
    }
}

/// Makes a meeting of an occurrence that nobody touched yet, and opens it.
fn prepare(s: Scene, series: &Series, on: Date) {
    let meeting = occurrence(series, on);
    // The page that opens shows it.
    s.store.act_quietly(Act::of(changes(None, &meeting)));
    s.nav.go(Route::Meeting(meeting.id, VisitStep::Prepare));
}

/// What can be done with an item.
pub(super) fn acts(calendar: Calendar, item: &Item, title: &str) -> Vec<MenuItem> {
    let s = calendar.s;
    let mut acts = Vec::new();
    if moving::is_movable(&item.what) {
        let (what, title) = (item.clone(), title.to_owned());
        acts.push(MenuItem::new(Icon::Clock, s.t(texts::MOVE), move || {
            moving::ask(calendar, what.clone(), title.clone());
        }));
    }
    if let Some((series, on)) = series_of(s, &item.what) {
        acts.extend(of_series(calendar, item, &series, on));
    }
    let saved = item.clone();
    acts.push(MenuItem::new(
        Icon::Export,
        s.t(texts::SAVE_ICS),
        move || {
            export::save(s, std::slice::from_ref(&saved), DateSpan::day(saved.day));
        },
    ));
    let dealer = item.dealer;
    acts.push(MenuItem::new(
        Icon::Dealers,
        s.t(today::OPEN_DEALER),
        move || {
            s.nav.go(Route::Dealer(dealer, DealerTab::Overview));
        },
    ));
    acts
}

/// The recurring meeting that an item is an occurrence of, and the date by which it is known.
fn series_of(s: Scene, what: &What) -> Option<(Arc<Series>, Date)> {
    match what {
        What::Occurrence(series, on) => Some((Arc::clone(series), *on)),
        What::Meeting(meeting) if meeting.stage() == MeetingStage::Planned => {
            let series = s
                .store
                .peek(|book| book.series.get(meeting.series).cloned());
            series.zip(meeting.occurrence)
        }
        What::Meeting(_) | What::Due(_) | What::ContractEnd(_) => None,
    }
}

/// What can be done with a recurring meeting: change it, call one occurrence off, or end it before one.
fn of_series(calendar: Calendar, item: &Item, series: &Arc<Series>, on: Date) -> [MenuItem; 3] {
    let (s, sheets, slot) = (calendar.s, calendar.sheets, item.time);
    let (edited, called_off, ended) = (Arc::clone(series), Arc::clone(series), Arc::clone(series));
    let edit = MenuItem::new(Icon::Edit, s.t(texts::EDIT_SERIES), move || {
        let edited = Arc::clone(&edited);
        sheets.show(move || recurring::changing(s, sheets, Arc::clone(&edited), on, slot));
    });
    let off = MenuItem::new(Icon::Close, s.t(texts::CALL_OFF_ONE), move || {
        moving::make(s, &called_off, on);
        let writes = s
            .store
            .peek(|book| call_off(book, &called_off, on, s.today));
        s.store
            .act(Act::of(writes), s.t(texts::CALLED_OFF_ONE).to_owned());
    });
    let end = MenuItem::new(Icon::Trash, s.t(texts::END_SERIES), move || {
        let writes = s.store.peek(|book| end_from(book, &ended, on));
        s.store
            .act(Act::of(writes), s.t(texts::SERIES_ENDED).to_owned());
    });
    [edit, off, end]
}
