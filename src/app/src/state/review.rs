//! Conflicts as people review them: what was edited apart, by whom and when, in words.

use super::commit::Act;
use super::route::{DealerTab, Route, VisitStep};
use super::scene::Scene;
use super::store::{By, Contested, Place, Written};
use crate::locales::review as texts;
use crate::platform::clock;
use std::cmp::Reverse;
use tongxing_domain::bin::{dealer_of, headline};
use tongxing_domain::book::Book;
use tongxing_domain::date::Minute;
use tongxing_domain::field_text::field_text;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{
    AnyRecord, DELETED, FieldSpec, Record as _, TableSpec, YES, problems,
};
use tongxing_domain::tables::{
    Action, AgendaItem, Contact, Contract, Dealer, Goal, Issue, Meeting, Milestone, Need, News,
    Plan, Promise, Risk, Step, TrustRating,
};
use tongxing_domain::value::{Kind, Value};
use tongxing_domain::words::Lang;

/// What was edited apart, as far as this version knows it.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A field.
    Field(&'static FieldSpec),
    /// One member of a field that holds several.
    Member(&'static FieldSpec),
    /// Whether the record is in the bin.
    Bin,
    /// Something that only a newer version knows.
    Newer,
}

impl PartialEq for What {
    fn eq(&self, other: &Self) -> bool {
        let number = |what: &Self| what.spec().map(|spec| spec.number);
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && number(self) == number(other)
    }
}

impl What {
    /// The field, where there is one.
    pub const fn spec(self) -> Option<&'static FieldSpec> {
        match self {
            Self::Field(spec) | Self::Member(spec) => Some(spec),
            Self::Bin | Self::Newer => None,
        }
    }

    /// Whether it holds text, which is compared word by word.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Field(spec) if matches!(spec.kind, Kind::Text(_)))
    }

    /// Whether people can write it by hand.
    pub fn is_written(self) -> bool {
        let by_hand = |kind| !matches!(kind, Kind::Link | Kind::Outcome | Kind::Notation(_));
        matches!(self, Self::Field(spec) if by_hand(spec.kind))
    }
}

/// One of the two edits.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Who wrote it.
    pub by: By,
    /// When, on the wall clock here.
    pub at: Option<Minute>,
    /// The register's bytes.
    pub bytes: Vec<u8>,
    /// What it says; `None` where only a newer version can tell.
    pub shown: Option<String>,
    /// Whether the field holds it now.
    pub stands: bool,
}

/// A conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The id of the conflict's own row.
    pub id: Uuid,
    /// Where the edits were made.
    pub place: Place,
    /// What was edited.
    pub what: What,
    /// What the record is called.
    pub title: String,
    /// The kind of record, the field, and the dealer it belongs to.
    pub about: Vec<String>,
    /// The place of the record in the app.
    pub href: Option<String>,
    /// Both edits; this device's first, else the later one.
    pub sides: [Side; 2],
    /// What the field holds, where that is neither of them any more.
    pub now: Option<Side>,
    /// When and by whom it was decided.
    pub decided: Option<(Option<Minute>, By)>,
    at_ms: u64,
}

impl Case {
    /// Whether this version of the program can decide it.
    pub fn can_be_decided(&self) -> bool {
        self.sides.iter().all(|side| side.shown.is_some())
    }

    /// Whether it waits for a person.
    pub fn waits(&self) -> bool {
        self.decided.is_none()
    }
}

/// So many decided conflicts are kept in sight.
const DECIDED_SHOWN: usize = 30;

/// The conflicts, those that wait first, the latest first; tracked. Of decided ones the latest,
/// and the one that is `open`. None in shared-screen mode: who of us wrote what is nothing for a
/// dealer to see. Conflicts of records in the bin wait with them.
pub fn cases(s: Scene, open: Option<Uuid>) -> Vec<Case> {
    if s.shared {
        return Vec::new();
    }
    let mut contested = s.store.contested();
    contested.sort_by_key(|it| {
        let decided_ms = it.decided.as_ref().map(|(ms, _)| *ms);
        (decided_ms.is_some(), Reverse(decided_ms))
    });
    let waiting = contested.partition_point(|it| it.decided.is_none());
    let mut place = 0;
    contested.retain(|it| {
        place += 1;
        place <= waiting + DECIDED_SHOWN || Some(it.id) == open
    });
    let mut cases: Vec<Case> = s.store.peek(|book| {
        let here = contested.into_iter().filter(|it| {
            it.place.field == DELETED || !book.is_binned(it.place.table, it.place.record)
        });
        here.map(|it| case(book, it, s.lang)).collect()
    });
    cases.sort_by_key(|case| {
        (
            !case.waits(),
            Reverse(case.at_ms),
            case.place.record,
            case.place.field,
            case.id,
        )
    });
    cases
}

/// How many conflicts wait for a person; tracked.
pub fn waiting(s: Scene) -> usize {
    if s.shared {
        return 0;
    }
    let undecided = s.store.undecided();
    s.store.peek(|book| {
        let waits = |it: &&Contested| can_be_decided(book, it);
        undecided.iter().filter(waits).count()
    })
}

/// The first conflict of a record that waits for a person, and how many there are; of a dealer
/// also those of what belongs to it; tracked.
pub fn waiting_of(s: Scene, table: u16, record: Uuid) -> Option<(Uuid, usize)> {
    if s.shared {
        return None;
    }
    let undecided = s.store.undecided();
    s.store.peek(|book| {
        let concerns = |place: &Place| match table {
            Dealer::NUMBER => dealer_of(book, place.table, place.record) == Some(Id::new(record)),
            _ => (place.table, place.record) == (table, record),
        };
        let mut waiting: Vec<&Contested> = undecided
            .iter()
            .filter(|it| concerns(&it.place) && can_be_decided(book, it))
            .collect();
        waiting.sort_by_key(|it| (Reverse(it.kept.ms.max(it.lost.ms)), it.id));
        Some((waiting.first()?.id, waiting.len()))
    })
}

fn can_be_decided(book: &Book, it: &Contested) -> bool {
    let place = &it.place;
    let here = place.field == DELETED || !book.is_binned(place.table, place.record);
    // What the book does not know yet is judged once a page asks for it.
    if book.spec(place.table).is_none() {
        return true;
    }
    let what = what(book, place);
    let legible = |written: &Written| shown(book, place, what, &written.value, Lang::En).is_some();
    here && legible(&it.kept) && legible(&it.lost)
}

fn what(book: &Book, place: &Place) -> What {
    let Some(table) = book.spec(place.table) else {
        return What::Newer;
    };
    if place.field == DELETED {
        return What::Bin;
    }
    match table.numbered(place.field) {
        Some(spec) if spec.kind.is_set() => What::Member(spec),
        Some(spec) => What::Field(spec),
        None => What::Newer,
    }
}

/// What a register's bytes say; `None` where only a newer version can tell.
pub fn shown(book: &Book, place: &Place, what: What, bytes: &[u8], lang: Lang) -> Option<String> {
    let record = (place.table, place.record);
    match what {
        What::Newer => None,
        What::Bin => Some(texts::in_bin(lang, bytes == YES).to_owned()),
        What::Member(spec) => {
            let member = Value::from_members(spec.kind, std::iter::once(&*place.member));
            if is_newer_choice(spec.kind, &member) {
                return None;
            }
            let name = field_text(book, record, spec.kind, &member, lang);
            Some(texts::member(lang, &name, bytes == YES))
        }
        What::Field(_) if bytes.is_empty() => Some(String::new()),
        What::Field(spec) => {
            let value = Value::from_bytes(spec.kind, bytes)?;
            // A choice that this version does not know is not to be decided blindly.
            if is_newer_choice(spec.kind, &value) {
                return None;
            }
            Some(field_text(book, record, spec.kind, &value, lang))
        }
    }
}

fn is_newer_choice(kind: Kind, value: &Value) -> bool {
    let Some(list) = kind.choices() else {
        return false;
    };
    let unknown = |code: &u16| list.iter().all(|choice| choice.code != *code);
    match value {
        Value::Choice(code) => unknown(code),
        Value::Choices(codes) => codes.iter().any(unknown),
        _ => false,
    }
}

fn case(book: &Book, it: Contested, lang: Lang) -> Case {
    let Contested {
        id,
        place,
        kept,
        lost,
        now,
        decided,
    } = it;
    let what = what(book, &place);
    let at_ms = kept.ms.max(lost.ms);
    let standing = now.as_ref().map(|now| now.value.clone());
    let side = |written: Written| Side {
        at: clock::minute_of(written.ms),
        shown: shown(book, &place, what, &written.value, lang),
        stands: standing.as_ref() == Some(&written.value),
        bytes: written.value,
        by: written.by,
    };
    let mut sides = [side(kept), side(lost)];
    if sides[1].by == By::Me && sides[0].by != By::Me {
        sides.swap(0, 1);
    }
    let neither = sides.iter().all(|side| !side.stands);
    let table = book.spec(place.table);
    Case {
        id,
        what,
        title: match table {
            Some(table) => headline(book, table, place.record, lang),
            None => texts::NEWER.in_lang(lang).to_owned(),
        },
        about: about(book, &place, table, what, lang),
        href: place_of(book, place.table, place.record).map(Route::href),
        now: now.map(side).filter(|_| neither),
        sides,
        decided: decided.map(|(ms, by)| (clock::minute_of(ms), by)),
        at_ms,
        place,
    }
}

fn about(
    book: &Book,
    place: &Place,
    table: Option<&'static TableSpec>,
    what: What,
    lang: Lang,
) -> Vec<String> {
    let field = match what {
        What::Bin => Some(texts::BIN_STATE),
        _ => what.spec().map(|spec| spec.label),
    };
    let dealer = dealer_of(book, place.table, place.record)
        .filter(|_| place.table != Dealer::NUMBER)
        .and_then(|dealer| book.dealers.get_any(dealer));
    let parts = [
        field.map(|words| words.in_lang(lang).to_owned()),
        table.map(|table| table.label.in_lang(lang).to_owned()),
        dealer.map(|dealer| dealer.name.clone()),
    ];
    parts.into_iter().flatten().collect()
}

/// Where a record is found in the app: its own page, or the tab of its dealer that lists it.
pub fn place_of(book: &Book, table: u16, id: Uuid) -> Option<Route> {
    let tab = match table {
        Goal::NUMBER => return Some(Route::Goal(Id::new(id))),
        Issue::NUMBER => return Some(Route::Issue(Id::new(id))),
        Meeting::NUMBER => return Some(Route::Meeting(Id::new(id), VisitStep::Run)),
        Milestone::NUMBER => {
            let milestone = book.milestones.get_any(Id::new(id))?;
            return Some(Route::Goal(milestone.goal));
        }
        AgendaItem::NUMBER => {
            let item = book.agenda_items.get_any(Id::new(id))?;
            return Some(Route::Meeting(item.meeting, VisitStep::Run));
        }
        Contact::NUMBER => DealerTab::Contacts,
        Need::NUMBER | Promise::NUMBER | Action::NUMBER | News::NUMBER | TrustRating::NUMBER => {
            DealerTab::Trust
        }
        Plan::NUMBER | Step::NUMBER => DealerTab::Plans,
        Contract::NUMBER | Risk::NUMBER => DealerTab::Profile,
        _ => DealerTab::Overview,
    };
    Some(Route::Dealer(dealer_of(book, table, id)?, tab))
}

/// Decides a conflict: the field holds `bytes` from now on.
pub fn decide(s: Scene, case: &Case, bytes: Vec<u8>, said: String) {
    let standing = s.store.written(case.place.table, case.place.record);
    let holds = standing
        .iter()
        .any(|(place, written)| *place == case.place && written.value == bytes);
    let value = (!holds).then(|| case.place.holding(bytes));
    let changes = value.into_iter().chain(s.store.decision(case.id)).collect();
    s.store.act(Act::of(changes), said);
}

/// Decides every conflict that waits and can be decided, for what the book holds now.
pub fn keep_all(s: Scene, cases: &[Case], said: String) {
    let waiting = cases
        .iter()
        .filter(|case| case.waits() && case.can_be_decided());
    let changes = waiting
        .filter_map(|case| s.store.decision(case.id))
        .collect();
    s.store.act(Act::of(changes), said);
}

/// What a text typed for the field of a conflict is as bytes, or what is wrong with it.
pub fn typed(s: Scene, case: &Case, text: &str) -> Result<Vec<u8>, String> {
    let unknown = || s.t(texts::NEWER_TEXT).to_owned();
    let spec = case.what.spec().ok_or_else(unknown)?;
    let value = spec
        .kind
        .read(text)
        .map_err(|misread| misread.words().in_lang(s.lang).to_owned())?;
    let bytes = value.to_bytes();
    let after = s.store.peek(|book| {
        let record = book.any(case.place.table, case.place.record)?;
        let mut after: Box<dyn AnyRecord> = record.copied();
        let place = record.table().position(spec.key)?;
        after.write(place, value).ok()?;
        Some(after)
    });
    let found = problems(&*after.ok_or_else(unknown)?);
    match found.into_iter().find(|problem| problem.field == spec.key) {
        Some(problem) => Err(problem.fault.text(s.lang)),
        None => Ok(bytes),
    }
}

/// What people call whoever wrote something.
pub fn name(s: Scene, by: &By) -> String {
    match by {
        By::Me => s.t(texts::ME).to_owned(),
        By::Named(name) => name.clone(),
        By::Unknown => s.t(texts::OTHER_DEVICE).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongxing_domain::date::parse_date;
    use tongxing_domain::money::Fen;
    use tongxing_domain::schema::{NO, Record};
    use tongxing_domain::tables::{Grade, SalesChannel};

    fn place(field_key: &str, member: Vec<u8>) -> Place {
        let spec = &Dealer::TABLE.fields[Dealer::TABLE.position(field_key).unwrap()];
        Place {
            table: Dealer::NUMBER,
            record: Uuid::from_u128(1),
            field: spec.number,
            member,
        }
    }

    fn say(place: &Place, bytes: &[u8]) -> Option<String> {
        let book = Book::default();
        shown(&book, place, what(&book, place), bytes, Lang::En)
    }

    #[test]
    fn values_read_as_their_fields_say() {
        let say = |key: &str, value: Value| say(&place(key, Vec::new()), &value.to_bytes());
        let day = parse_date("2026-03-05").unwrap();
        assert_eq!(say("since", Value::Date(day)).unwrap(), "5 Mar 2026");
        let Fen(turnover) = Fen(1_234_500);
        assert_eq!(say("turnover", Value::Number(turnover)).unwrap(), "¥12,345");
        let grade = Grade::ALL[0];
        assert_eq!(
            say("grade", Value::Choice(grade.code())).unwrap(),
            grade.words().en
        );
        assert_eq!(say("name", Value::Empty).unwrap(), "");
    }

    #[test]
    fn an_undone_edit_reads_as_nothing() {
        assert_eq!(say(&place("name", Vec::new()), &[]).unwrap(), "");
    }

    #[test]
    fn a_member_of_a_set_is_in_or_out() {
        let channel = SalesChannel::ALL[0];
        let members = Value::Choices(vec![channel.code()]).members();
        let place = place("channels", members[0].clone());
        let name = channel.words().en;
        assert_eq!(say(&place, YES).unwrap(), format!("With “{name}”"));
        assert_eq!(say(&place, NO).unwrap(), format!("Without “{name}”"));
    }

    #[test]
    fn the_bin_is_told_from_the_book() {
        let place = Place {
            field: DELETED,
            ..place("name", Vec::new())
        };
        assert_eq!(say(&place, YES).unwrap(), "In the bin");
        assert_eq!(say(&place, NO).unwrap(), "Kept in the book");
    }

    #[test]
    fn what_only_a_newer_version_knows_is_not_told() {
        let known = place("grade", Vec::new());
        let table = Place {
            table: 4000,
            ..known.clone()
        };
        let field = Place {
            field: 999,
            ..known.clone()
        };
        let choice = Value::Choice(999).to_bytes();
        assert_eq!(say(&table, &choice), None);
        assert_eq!(say(&field, &choice), None);
        assert_eq!(say(&known, &choice), None);
        let members = Value::Choices(vec![999]).members();
        assert_eq!(say(&place("channels", members[0].clone()), YES), None);
        // Neither is what is no value of the field at all.
        assert_eq!(say(&known, b"\xff\xff"), None);
    }
}
