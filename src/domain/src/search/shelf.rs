//! Records laid out for searching: one long folded text, so that a key press is one pass over
//! contiguous memory.

use super::spelling::{initials, syllables};
use super::{Match, Rank};
use crate::id::{IdMap, Uuid};
use crate::schema::{AnyRecord, FieldSpec, Found, Record, TableSpec};
use crate::tables::{Contact, Dealer};
use crate::text::fold;
use crate::value::Value;
use memchr::memmem;

/// Between the parts of the text; no folded text contains it.
const GAP: char = '\0';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As written.
    Text,
    /// The digits alone.
    Digits,
    /// A name as written.
    Name,
    /// A name's sound.
    Pinyin,
    /// The first letters of a name's sound.
    Initials,
}

struct Span {
    start: usize,
    end: usize,
    slot: usize,
    form: Form,
    field: &'static FieldSpec,
}

/// One record.
pub(super) struct Slot {
    pub(super) table: &'static TableSpec,
    pub(super) id: Uuid,
    /// The dealer that it belongs to; nil for none.
    pub(super) dealer: Uuid,
    /// A small number for that dealer on this shelf.
    pub(super) home: usize,
    /// Taken off, or replaced by a later slot.
    pub(super) gone: bool,
    name_length: usize,
}

impl Slot {
    /// Shorter names first where all else is equal: they match more of themselves.
    pub(super) fn name_length(&self) -> usize {
        self.name_length
    }
}

/// Records laid out for searching.
#[derive(Default)]
pub(super) struct Shelf {
    text: String,
    spans: Vec<Span>,
    /// Where the syllables of names begin, ascending.
    syllables: Vec<usize>,
    pub(super) slots: Vec<Slot>,
    slot_of: IdMap<(u16, Uuid), usize>,
    home_of: IdMap<Uuid, usize>,
    /// By home: the slot of the dealer itself, while it is on the shelf.
    dealers: Vec<Option<usize>>,
    gone: usize,
}

impl Shelf {
    /// How many dealers the shelf ever knew.
    pub(super) fn homes(&self) -> usize {
        self.dealers.len()
    }

    /// The slot of the dealer with a home, while it is on the shelf.
    pub(super) fn dealer_slot(&self, home: usize) -> Option<usize> {
        self.dealers.get(home).copied().flatten()
    }

    /// The slot of a record that is on the shelf.
    pub(super) fn slot(&self, table: u16, id: Uuid) -> Option<usize> {
        self.slot_of.get(&(table, id)).copied()
    }

    /// Takes a record off.
    pub(super) fn take_off(&mut self, table: u16, id: Uuid) {
        if let Some(place) = self.slot_of.remove(&(table, id))
            && let Some(slot) = self.slots.get_mut(place)
        {
            slot.gone = true;
            self.gone += 1;
            if table == Dealer::NUMBER
                && let Some(dealer) = self.dealers.get_mut(slot.home)
            {
                *dealer = None;
            }
        }
    }

    /// Whether more of the shelf is gone than there, so that it is worth laying out anew.
    pub(super) fn is_worn(&self) -> bool {
        self.gone > 1000 && self.gone > self.slot_of.len()
    }

    /// Puts a record on, in place of what it was before.
    pub(super) fn put_on(&mut self, record: &dyn AnyRecord, dealer: Uuid) {
        let (table, id) = (record.table(), record.uuid());
        self.take_off(table.number, id);
        let place = self.slots.len();
        self.slot_of.insert((table.number, id), place);
        let home = *self.home_of.entry(dealer).or_insert_with(|| {
            self.dealers.push(None);
            self.dealers.len() - 1
        });
        if table.number == Dealer::NUMBER
            && let Some(dealer) = self.dealers.get_mut(home)
        {
            *dealer = Some(place);
        }
        let is_person = table.number == Contact::NUMBER;
        let mut name_length = usize::MAX;
        for (at, field) in table.fields.iter().enumerate() {
            if field.found == Found::Never {
                continue;
            }
            match (record.value(at), field.found) {
                (Value::Text(text), Found::Name) => {
                    let folded = fold(&text);
                    name_length = folded.len();
                    let sounds = syllables(&folded, is_person);
                    let sound = sounds.concat();
                    // Without a Chinese sign the sound is the name itself.
                    if sound != folded {
                        let first_letters = initials(&sounds, &folded);
                        self.span(place, &first_letters, Form::Initials, field);
                        let mut start = self.text.len();
                        for syllable in &sounds {
                            self.syllables.push(start);
                            start += syllable.len();
                        }
                        self.span(place, &sound, Form::Pinyin, field);
                    }
                    self.span(place, &folded, Form::Name, field);
                }
                (Value::Text(text), Found::Digits) => {
                    for number in text.split(['/', ',', ';', '，', '；', '、', '\n']) {
                        let digits: String =
                            fold(number).chars().filter(char::is_ascii_digit).collect();
                        self.span(place, &digits, Form::Digits, field);
                    }
                }
                (Value::Text(text), _) => self.span(place, &fold(&text), Form::Text, field),
                (Value::Tags(tags), _) => {
                    for tag in tags {
                        self.span(place, &fold(&tag), Form::Text, field);
                    }
                }
                _ => {}
            }
        }
        self.slots.push(Slot {
            table,
            id,
            dealer,
            home,
            gone: false,
            name_length,
        });
    }

    fn span(&mut self, slot: usize, text: &str, form: Form, field: &'static FieldSpec) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.spans.push(Span {
            start,
            end: self.text.len(),
            slot,
            form,
            field,
        });
        self.text.push(GAP);
    }

    /// Calls `hit` with each record that holds a word, possibly more than once, and how.
    pub(super) fn find(&self, word: &str, shared_screen: bool, hit: &mut dyn FnMut(usize, Rank)) {
        let mut each = |span: &Span, at: usize| {
            if shared_screen && span.field.internal {
                return;
            }
            if let Some(slot) = self.slots.get(span.slot)
                && !slot.gone
                && !(shared_screen && slot.table.internal)
                && let Some(how) = self.judge(span, at, word)
            {
                let (table, field) = (slot.table, span.field);
                hit(span.slot, Rank { how, table, field });
            }
        };
        // A single letter stands in every record; it means a beginning.
        if word.len() == 1 {
            for span in &self.spans {
                if self.starts_with(span, word) {
                    each(span, span.start);
                }
            }
            return;
        }
        let mut from = 0;
        for at in memmem::find_iter(self.text.as_bytes(), word.as_bytes()) {
            from = self.span_over(at, from);
            if let Some(span) = self.spans.get(from) {
                each(span, at);
            }
        }
    }

    /// The first span from `from` on that ends after a place. The next hit is mostly near, so
    /// the steps grow from one.
    fn span_over(&self, at: usize, from: usize) -> usize {
        let over = |place: usize| self.spans.get(place).is_none_or(|span| span.end > at);
        let (mut low, mut step) = (from, 1);
        while !over(low + step - 1) {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.spans.len());
        low + self
            .spans
            .get(low..high)
            .map_or(0, |near| near.partition_point(|span| span.end <= at))
    }

    fn starts_with(&self, span: &Span, word: &str) -> bool {
        self.text
            .get(span.start..span.end)
            .is_some_and(|text| text.starts_with(word))
    }

    /// How good a hit in a span is; `None` where the place means nothing.
    fn judge(&self, span: &Span, at: usize, word: &str) -> Option<Match> {
        let begins = at == span.start;
        let whole = begins && at + word.len() == span.end;
        match span.form {
            Form::Name if whole => Some(Match::WholeName),
            Form::Name if begins => Some(Match::NameBegins),
            Form::Name => Some(Match::WithinName),
            Form::Initials if begins => Some(Match::InitialsBegin),
            Form::Initials => Some(Match::WithinInitials),
            Form::Pinyin if begins => Some(Match::SoundBegins),
            // "an" is not heard in "hang".
            Form::Pinyin => self
                .syllables
                .binary_search(&at)
                .is_ok()
                .then_some(Match::WithinSound),
            Form::Digits => (word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit()))
                .then_some(Match::Digits),
            Form::Text if begins => Some(Match::TextBegins),
            Form::Text => Some(Match::WithinText),
        }
    }
}
