//! The minutes while they are written: a draft at every keystroke, saved at every pause, and the
//! truth about whether they are on the disk.

use super::came;
use crate::components::minutes::{Caret, MinutesDoc};
use crate::platform::clock;
use crate::platform::drafts::DraftKey;
use crate::platform::idle::Debounce;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use crate::state::store::SaveState;
use tongxing_domain::book::{Book, Table};
use tongxing_domain::date::Minute;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Change, Record, changes};
use tongxing_domain::tables::{Action, Issue, Meeting, Need, Promise, Step};
use tongxing_domain::text::{Lines, clean};
use tongxing_domain::value::{Link, Value};
use tongxing_view::prelude::*;

/// A pause in typing after which the minutes are saved, in milliseconds.
const PAUSE_MS: u32 = 600;

/// Whether the minutes are on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// They are, since this minute if they were written just now.
    Saved(Option<Minute>),
    /// They are on the way.
    Saving,
    /// They are on this page alone.
    Failed,
}

/// The minutes of one meeting while they are written. Copies share them.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    s: Scene,
    meeting: Id<Meeting>,
    /// What is written.
    pub(super) doc: RwSignal<MinutesDoc>,
    /// Where the caret goes next.
    pub(super) caret: RwSignal<Option<Caret>>,
    /// Whether typing of an earlier time came back.
    pub(super) restored: RwSignal<bool>,
    /// Typed and not yet in the book.
    waiting: RwSignal<bool>,
    /// The book refused it.
    refused: RwSignal<bool>,
    /// The last minute at which everything was on the disk.
    saved_at: RwSignal<Option<Minute>>,
    /// What the book held when both last agreed.
    agreed: StoredValue<String>,
    pause: StoredValue<Debounce, LocalStorage>,
}

impl Writing {
    /// Opens the minutes of a meeting. Typing that a killed tab left behind comes back and is
    /// saved.
    pub(super) fn open(s: Scene, meeting: Id<Meeting>) -> Self {
        let stored = s
            .store
            .peek(|book| minutes_of(book, meeting))
            .unwrap_or_default();
        let draft = s.services.drafts().get(&draft_key(meeting));
        // A browser may forget that a draft was cleared: what was saved later than it was typed stays.
        let saved_ms = Meeting::TABLE
            .position("minutes")
            .and_then(|place| Meeting::TABLE.fields.get(place))
            .and_then(|field| {
                s.store
                    .written_ms(Meeting::NUMBER, meeting.uuid(), field.number)
            });
        let left = draft
            .filter(|draft| saved_ms.is_none_or(|saved_ms| saved_ms < draft.typed_ms))
            .map(|draft| draft.text)
            .filter(|text| clean(text, Lines::Many) != stored);
        let writing = Self {
            s,
            meeting,
            doc: RwSignal::new(MinutesDoc::read(left.as_deref().unwrap_or(&stored))),
            caret: RwSignal::new(None),
            restored: RwSignal::new(left.is_some()),
            waiting: RwSignal::new(left.is_some()),
            refused: RwSignal::new(false),
            saved_at: RwSignal::new(None),
            agreed: StoredValue::new(stored),
            pause: StoredValue::new_local(Debounce::new(PAUSE_MS)),
        };
        writing.follow_records();
        writing.follow_book();
        writing.follow_disk();
        if left.is_some() {
            writing.save();
        }
        // The page is left, or drawn anew in another language, in the middle of a pause.
        on_cleanup(move || {
            let _ = writing.pause.try_with_value(Debounce::flush);
        });
        writing
    }

    /// To be called after every change.
    pub(super) fn changed(self) {
        self.waiting.set(true);
        let text = self.doc.with_untracked(MinutesDoc::text);
        self.s.services.drafts().keep(draft_key(self.meeting), text);
        self.pause
            .with_value(|pause| pause.call(move || self.save()));
    }

    /// Saves at once what waits for a pause.
    pub(super) fn flush(self) {
        self.pause.with_value(Debounce::flush);
    }

    /// Ties a line to the record made of it.
    pub(super) fn link(self, key: u32, to: Link, title: String) {
        self.doc.update(|doc| doc.link(key, to, title));
    }

    /// Whether the minutes are on the disk; to be read where it is tracked.
    pub(super) fn kept(self) -> Kept {
        match (
            self.refused.get(),
            self.waiting.get(),
            self.s.store.save_state(),
        ) {
            (true, ..) | (_, _, SaveState::Failed(_)) => Kept::Failed,
            (_, true, _) | (_, _, SaveState::Saving) => Kept::Saving,
            (_, _, SaveState::Saved) => Kept::Saved(self.saved_at.get()),
        }
    }

    fn save(self) {
        let Some((text, reworded)) = self
            .doc
            .try_update_untracked(|doc| (doc.stored_text(), doc.reworded()))
        else {
            return;
        };
        let (s, meeting) = (self.s, self.meeting);
        let writes = s.store.peek(|book| {
            let mut writes = write_minutes(book, meeting, &text);
            for (link, old, new) in reworded {
                // A record that got a title of its own keeps it.
                if book
                    .title(link.table, link.id)
                    .is_some_and(|title| title == old)
                {
                    writes.extend(retitle(book, link, new));
                }
            }
            writes
        });
        if !writes.is_empty() {
            s.store.act_quietly(Act::of(writes));
        }
        let taken = s
            .store
            .peek(|book| minutes_of(book, meeting))
            .is_some_and(|now| now == text);
        self.agreed.set_value(text);
        self.refused.set(!taken);
        self.waiting.set(!taken);
    }

    /// Lines know the records that were made of them, also after a restart.
    fn follow_records(self) {
        let Self {
            s, meeting, doc, ..
        } = self;
        let records = Memo::new(move |_| s.store.read(|book| came::titles(book, meeting)));
        Effect::new(move |_| {
            let records = records.get();
            doc.maybe_update(|doc| {
                let before = doc.clone();
                doc.tie(&records);
                *doc != before
            });
        });
    }

    /// Takes over what was changed elsewhere: in another tab, or by taking an act back. While
    /// something is typed here, the typing stays.
    fn follow_book(self) {
        let Self {
            s,
            meeting,
            doc,
            waiting,
            agreed,
            ..
        } = self;
        let stored = Memo::new(move |_| {
            s.store
                .read(|book| minutes_of(book, meeting))
                .unwrap_or_default()
        });
        Effect::new(move |_| {
            let stored = stored.get();
            if waiting.get_untracked() || agreed.with_value(|agreed| *agreed == stored) {
                return;
            }
            doc.update(|doc| doc.replace(&stored));
            agreed.set_value(stored);
        });
    }

    /// The draft is forgotten once the disk has what was typed.
    fn follow_disk(self) {
        let Self {
            s,
            meeting,
            waiting,
            saved_at,
            ..
        } = self;
        Effect::new(move |wrote: Option<bool>| {
            let on_disk = s.store.save_state() == SaveState::Saved && !waiting.get();
            if on_disk {
                s.services.drafts().clear(&draft_key(meeting));
                if wrote == Some(true) {
                    saved_at.set(Some(clock::this_minute()));
                }
            }
            !on_disk
        });
    }
}

fn draft_key(meeting: Id<Meeting>) -> DraftKey {
    DraftKey::Minutes {
        meeting: meeting.uuid(),
    }
}

fn minutes_of(book: &Book, meeting: Id<Meeting>) -> Option<String> {
    book.meetings
        .get_any(meeting)
        .map(|meeting| meeting.minutes.clone())
}

fn write_minutes(book: &Book, meeting: Id<Meeting>, text: &str) -> Vec<Change> {
    let Some(before) = book.meetings.get_any(meeting) else {
        return Vec::new();
    };
    let mut after = Meeting::clone(before);
    text.clone_into(&mut after.minutes);
    changes(Some(&**before), &after)
}

/// What to write so that the record made of a line is called as the line now reads.
fn retitle(book: &Book, link: Link, title: String) -> Vec<Change> {
    match link.table {
        Action::NUMBER => titled(&book.actions, link, title),
        Promise::NUMBER => titled(&book.promises, link, title),
        Step::NUMBER => titled(&book.steps, link, title),
        Need::NUMBER => titled(&book.needs, link, title),
        Issue::NUMBER => titled(&book.issues, link, title),
        _ => Vec::new(),
    }
}

fn titled<T: Record>(table: &Table<T>, link: Link, title: String) -> Vec<Change> {
    let (Some(before), Some(place)) = (table.get(Id::new(link.id)), T::TABLE.position("title"))
    else {
        return Vec::new();
    };
    let mut after = T::clone(before);
    match after.put(place, Value::Text(title)) {
        Ok(()) => changes(Some(&**before), &after),
        Err(_) => Vec::new(),
    }
}
