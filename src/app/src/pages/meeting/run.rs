//! Talk: the minutes beside the agenda, and what a line becomes with one tap.

use super::came::came;
use super::check_in::clock_signal;
use super::writing::Kept;
use super::{Visit, agenda, back, onward, people, plan_choice};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, internal_mark};
use crate::components::minutes::{LineChoice, LineRecord, MinutesDoc, MinutesEditor, minutes};
use crate::components::pane::{note, section};
use crate::locales::{Words, meeting as texts, schedule, time};
use crate::platform::idle::Debounce;
use crate::state::commit::Act;
use crate::state::route::VisitStep;
use tongxing_domain::schema::Record;
use tongxing_domain::tables::{Meeting, Side};
use tongxing_domain::value::Link;
use tongxing_domain::visit::{LineInto, NewRecord, turn_line};
use tongxing_view::prelude::*;

/// A pause in typing after which the internal notes are saved, in milliseconds.
const NOTES_PAUSE_MS: u32 = 600;

pub(super) fn view(visit: Visit) -> (View, View) {
    let s = visit.s;
    let writing = visit.writing;
    let body = view! {
        <div class="columns" data-even="">
            <div>{section(s.t(texts::MINUTES), None, None, editor(visit))}</div>
            <aside aria-label=s.t(texts::AGENDA)>
                {agenda::view(visit, true, ().into_view())}
                {people::view(visit, texts::PRESENT)}
                {(!s.shared).then(|| internal_notes(visit))}
            </aside>
        </div>
    };
    let dock = view! {
        <p class="dock-note">{running_time(visit)}</p>
        {back(visit, VisitStep::CheckIn)}
        {onward(visit, VisitStep::Agree)}
    };
    on_cleanup(move || writing.flush());
    (body.into_view(), dock.into_view())
}

fn editor(visit: Visit) -> View {
    let s = visit.s;
    let writing = visit.writing;
    let choice = |icon: Icon, words: Words, into: fn() -> LineInto| LineChoice {
        icon,
        name: s.t(words),
        act: Callback::new(move |key| turn(visit, key, into())),
    };
    let step = LineChoice {
        icon: Icon::Plan,
        name: s.t(texts::STEP),
        act: Callback::new(move |key| plan_choice::ask(visit, key)),
    };
    let choices = vec![
        choice(Icon::Check, texts::ACTION, || LineInto::Action),
        choice(Icon::Promise, texts::OUR_PROMISE, || {
            LineInto::Promise(Side::Us)
        }),
        choice(Icon::Promise, texts::THEIR_PROMISE, || {
            LineInto::Promise(Side::Dealer)
        }),
        step,
        choice(Icon::Issue, texts::ISSUE, || LineInto::Issue),
        choice(Icon::Need, texts::NEED, || LineInto::Need),
    ];
    let came = Memo::new(move |_| s.store.read(|book| came(book, visit.id)));
    let editor = MinutesEditor {
        doc: writing.doc,
        caret: writing.caret,
        changed: Callback::new(move |()| writing.changed()),
        choices: StoredValue::new(choices),
        record: Callback::new(move |link: Link| {
            came.with(|came| {
                came.iter()
                    .find(|came| came.link == link)
                    .map(|came| LineRecord {
                        kind: came.kind.key(),
                        icon: came.kind.icon(),
                        text: came.facts(s.lang, Some(s.today)),
                    })
            })
        }),
        open: Callback::new(move |link| visit.open(link)),
    };
    let longest = Meeting::TABLE
        .position("minutes")
        .map_or(usize::MAX, |place| Meeting::TABLE.fields[place].longest);
    let too_long = Memo::new(move |_| {
        writing.doc.with(|doc| {
            doc.lines()
                .iter()
                .map(|line| line.text.chars().count())
                .sum::<usize>()
                > longest
        })
    });
    view! {
        {move || {
            writing.restored.get().then(|| note(Tone::Info, s.t(texts::DRAFT_RESTORED), None))
        }}
        {minutes(editor)}
        {move || {
            too_long.get().then(|| note(Tone::Watch, texts::too_long(s.lang, longest), None))
        }}
        {kept(visit)}
    }
}

/// Whether what is written is on the disk.
fn kept(visit: Visit) -> View {
    let s = visit.s;
    let state = Memo::new(move |_| visit.writing.kept());
    let key = move || match state.get() {
        Kept::Saved(_) => "saved",
        Kept::Saving => "saving",
        Kept::Failed => "failed",
    };
    let text = move || match state.get() {
        Kept::Saved(Some(at)) => texts::saved_at(s.lang, &time::clock(at)),
        Kept::Saved(None) => s.t(texts::SAVED).to_owned(),
        Kept::Saving => s.t(texts::SAVING).to_owned(),
        Kept::Failed => s.t(texts::NOT_SAVED).to_owned(),
    };
    view! { <p class="saved" role="status" data-state=key data-print="no">{text}</p> }
}

/// Turns a line into a record.
pub(super) fn turn(visit: Visit, key: u32, into: LineInto) {
    let s = visit.s;
    let text = visit
        .writing
        .doc
        .with_untracked(|doc: &MinutesDoc| doc.line(key).map(|line| line.text.clone()));
    let Some(text) = text else { return };
    let mut fresh = || s.store.fresh::<Meeting>().uuid();
    let Some(mut record) = turn_line(&text, into, &visit.now(), s.today, &mut fresh) else {
        return;
    };
    // What our side does is done by whoever writes it down, until somebody else is named.
    let member = s.session.member.get_untracked();
    match &mut record {
        NewRecord::Action(action) if action.side == Some(Side::Us) => action.owner = member,
        NewRecord::Step(step) if step.side == Some(Side::Us) => step.owner = member,
        _ => {}
    }
    // The line is stored before the record that points back to it.
    visit.writing.flush();
    visit
        .writing
        .link(key, record.link(), record.title().to_owned());
    let what = match into {
        LineInto::Action => texts::ACTION,
        LineInto::Promise(side) => texts::promise_by(Some(side)),
        LineInto::Step(_) => texts::STEP,
        LineInto::Issue => texts::ISSUE,
        LineInto::Need => texts::NEED,
    };
    s.store
        .act(Act::of(record.changes()), texts::turned(s.lang, s.t(what)));
}

/// For how long the meeting has been running.
fn running_time(visit: Visit) -> View {
    let s = visit.s;
    let started = visit.of(|meeting| meeting.started);
    let now = clock_signal();
    (move || {
        let minutes = now.get().index() - started.get()?.index();
        // A meeting that was left open for a day is written up, not timed.
        (0..24 * 60)
            .contains(&minutes)
            .then(|| texts::running_for(s.lang, &schedule::length(s.lang, minutes)))
    })
    .into_view()
}

/// Notes that only the team may read.
fn internal_notes(visit: Visit) -> View {
    let s = visit.s;
    let text = RwSignal::new(visit.now().internal_notes.clone());
    let pause = StoredValue::new_local(Debounce::new(NOTES_PAUSE_MS));
    let save = move || {
        if let Some(text) = text.try_get_untracked() {
            visit.act_quietly(|meeting| meeting.internal_notes = text);
        }
    };
    on_cleanup(move || {
        let _ = pause.try_with_value(Debounce::flush);
    });
    let id = crate::components::explain::unique_id("notes");
    let (help, heading) = (format!("{id}-help"), format!("{id}-label"));
    let (helped, named) = (help.clone(), heading.clone());
    view! {
        <section class="section" data-internal="" data-print="no" aria-labelledby=named>
            <header class="section-head">
                <h2 id=heading>{s.t(texts::INTERNAL_NOTES)}</h2>
                {internal_mark()}
            </header>
            <div class="field">
                <textarea
                    rows="3"
                    dir="auto"
                    aria-label=s.t(texts::INTERNAL_NOTES)
                    aria-describedby=helped
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        pause.with_value(|pause| pause.call(save));
                    }
                ></textarea>
                <p class="help" id=help>{s.t(texts::INTERNAL_HINT)}</p>
            </div>
        </section>
    }
}
