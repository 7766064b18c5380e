//! A demo book for the first look: 24 invented dealers of an invented maker of kitchen
//! appliances, with 18 months of history that ends today.
//!
//! The same day and seed give the same bytes. Every id is a version 8 UUID (RFC 9562,
//! section 5.8) that begins with the same six bytes, so that the whole book can be told from
//! real records and taken away again, whatever day it was made on: see [`is_demo`] and
//! [`removal`]. Readings alone have the ids that every reading has, and are found by their
//! dealer.

pub mod apart;
mod chance;
mod figures;
mod helping;
mod history;
mod large;
mod loading;
mod long_term;
mod relations;
mod rewards;
mod routines;
mod scoring;
pub mod stories;
mod texts;
mod three_years;

pub use large::large;
pub use loading::loading;
pub use three_years::three_years;

use crate::book::Book;
use crate::date::{Date, Month, add_days};
use crate::goals::Signature;
use crate::id::{Id, Uuid};
use crate::money::Fen;
use crate::schema::{Change, Record, bin, changes, rows_of};
use crate::tables::{
    Contact, ContactRole, Dealer, DealerKind, DealerStatus, Goal, Grade, Influence, Issue,
    SalesChannel, Segment, SizeClass, Stance,
};
use crate::value::{Kind, Value};
use chance::Chance;
use history::Dealing;
use std::collections::BTreeMap;
use texts::Sketch;

/// How every id of the demo book begins.
const MARK: [u8; 6] = *b"TXdemo";

/// Whether a record belongs to the demo book by its id. See [`removal`] for what belongs to
/// it otherwise.
pub fn is_demo(id: Uuid) -> bool {
    id.as_bytes().starts_with(&MARK)
}

/// Whether the book holds demo dealers.
pub fn is_present(book: &Book) -> bool {
    book.dealers.iter().any(|dealer| is_demo(dealer.id.uuid()))
}

/// The demo book as it stands on a day: the registers of some thousand records.
pub fn book(today: Date, seed: u64) -> Vec<Change> {
    let mut out = Writer::default();
    let topics = texts::topics();
    let mut cast = Vec::new();
    for (at, sketch) in texts::sketches().iter().enumerate() {
        let mut chance = Chance::new(seed, sketch.name);
        let dealer = write_dealer(&mut out, &mut chance, today, sketch, at);
        let people = write_contacts(&mut out, sketch, dealer, at);
        let dealing = Dealing {
            today,
            sketch,
            dealer,
            people: &people,
            topics: &topics,
        };
        dealing.past(&mut out, &mut chance);
        let (mut goal, mut issue) = (None, Id::NIL);
        if sketch.monthly > 0 {
            let figures = figures::readings(&mut out, &mut chance, today, sketch, dealer);
            let need = dealing.needs(&mut out, &mut chance);
            if sketch.story != "dormant" {
                issue = dealing.issues(&mut out, &mut chance);
                dealing.open_promises(&mut out, &mut chance);
                goal = figures::goals(&mut out, &mut chance, today, sketch, dealer, &figures, need);
            }
        }
        ahead(&dealing, &mut out, &mut chance);
        cast.push(Played {
            sketch: *sketch,
            dealer,
            people,
            goal,
            issue,
        });
    }
    let stage = Stage { today, cast: &cast };
    relations::write(&stage, &mut out);
    long_term::write(&stage, &mut out);
    routines::write(&stage, &mut out);
    let mut so_far = SoFar::default();
    scoring::write(&stage, &mut so_far, &mut out);
    rewards::write(&stage, &mut so_far, &mut out);
    helping::write(&stage, seed, &mut out);
    out.changes
}

/// The signature under the goal that was agreed and revised: its drawing is kept beside the book.
pub fn signature() -> Signature {
    Signature::parse(include_str!("texts/signature.txt").trim()).unwrap_or_default()
}

/// A dealer of the book after its history was written.
struct Played {
    sketch: Sketch,
    dealer: Id<Dealer>,
    people: Vec<(Id<Contact>, &'static str)>,
    /// The goal about a year's purchases.
    goal: Option<Goal>,
    /// Its issue; nil for none.
    issue: Id<Issue>,
}

/// The whole cast, for the stories that are told last: what they write comes after everything
/// else, so that a new story changes no id of an old one.
struct Stage<'a> {
    today: Date,
    cast: &'a [Played],
}

impl Stage<'_> {
    fn named(&self, name: &str) -> Option<&Played> {
        self.cast.iter().find(|played| played.sketch.name == name)
    }

    fn ago(&self, days: i64) -> Date {
        add_days(self.today, -days)
    }
}

/// The visits of today and of the days to come.
fn ahead(dealing: &Dealing<'_>, out: &mut Writer, chance: &mut Chance) {
    let today = dealing.today;
    match dealing.sketch.name {
        stories::JUST_BELOW => dealing.planned(out, today, 9, 30, "蒸烤一体机照洗碗机的办法做"),
        stories::RECOVERING => dealing.planned(out, today, 14, 0, "明年目标的初步想法"),
        "上海弄堂灶事" => dealing.planned(out, today, 16, 30, "旧房改造季的样机更新"),
        stories::NEW => dealing.planned(out, add_days(today, 3), 10, 0, "开业前的陈列验收"),
        stories::PROSPECT => dealing.planned(out, add_days(today, 6), 14, 0, "参观样板店"),
        _ => {
            let active = dealing.sketch.monthly > 0 && dealing.sketch.story.is_empty();
            if active && chance.percent(45) {
                let day = history::working_day(add_days(today, chance.between(4, 12)));
                let hour = chance.between(9, 16);
                dealing.planned(out, day, hour, 0, "例行拜访");
            }
        }
    }
}

fn write_dealer(
    out: &mut Writer,
    chance: &mut Chance,
    today: Date,
    sketch: &Sketch,
    at: usize,
) -> Id<Dealer> {
    let id = out.id::<Dealer>();
    let known = |code: u16| (code > 0).then_some(code);
    let since = match sketch.story {
        "new" => Some(add_days(today, -chance.between(12, 16))),
        _ if sketch.years > 0 => {
            let month = Month::of(today).plus(-(sketch.years * 12 + chance.between(0, 11)) as i32);
            Some(month.first())
        }
        _ => None,
    };
    let copy = sketch.story == "copy";
    // The duplicate has the telephone number of the line before it.
    let line = if copy { at.saturating_sub(1) } else { at };
    out.put(&Dealer {
        name: sketch.name.into(),
        code: if copy {
            String::new()
        } else {
            format!("LC-{:03}", at + 1)
        },
        kind: known(sketch.kind).map(DealerKind::from_code),
        region: sketch.region.into(),
        status: Some(known(sketch.status).map_or(DealerStatus::Active, DealerStatus::from_code)),
        size: known(sketch.size).map(SizeClass::from_code),
        turnover: (sketch.monthly > 0).then(|| Fen(sketch.monthly * 19 * 1_000_000)),
        staff: (sketch.staff > 0).then_some(sketch.staff),
        business_model: sketch.model.into(),
        brands: words_of(sketch.brands).map(str::to_owned).collect(),
        channels: words_of(sketch.channels)
            .filter_map(|code| code.parse().ok())
            .map(SalesChannel::from_code)
            .collect(),
        since,
        phone: format!("{}-0000-{:04}", sketch.area_code, 101 + line),
        address: if copy {
            String::new()
        } else {
            format!("{}市灶台路 {} 号", sketch.region, 10 + at * 7)
        },
        place: match Kind::Place.read(sketch.place) {
            Ok(Value::Place(place)) => Some(place),
            _ => None,
        },
        tags: [sketch.region.chars().take(2).collect()].into(),
        grade: known(sketch.grade).map(Grade::from_code),
        segment: known(sketch.segment).map(Segment::from_code),
        internal_notes: sketch.notes.into(),
        ..Dealer::with_id(id)
    });
    id
}

fn write_contacts(
    out: &mut Writer,
    sketch: &Sketch,
    dealer: Id<Dealer>,
    at: usize,
) -> Vec<(Id<Contact>, &'static str)> {
    sketch
        .people()
        .enumerate()
        .map(|(place, (name, role))| {
            let id = out.id::<Contact>();
            let role = ContactRole::from_code(role);
            out.put(&Contact {
                dealer,
                name: name.into(),
                role: Some(role),
                position: role.words().zh.into(),
                phone: format!("100-0000-{:04}", 1000 + at * 10 + place),
                primary: (place == 0).then_some(true),
                birthday: Date::from_ymd_opt(
                    1968 + (at % 27) as i32,
                    1 + (at * 5 + place) as u32 % 12,
                    1 + (at * 7 + place * 3) as u32 % 28,
                ),
                influence: Some(match role {
                    ContactRole::Owner => Influence::Decides,
                    ContactRole::Manager | ContactRole::Buyer => Influence::Advises,
                    _ => Influence::CarriesOut,
                }),
                stance: Some(match (sketch.pace, place) {
                    (95.., 0) => Stance::Champion,
                    (..85, 0) => Stance::Reserved,
                    (_, 0) => Stance::Friendly,
                    _ => Stance::Neutral,
                }),
                ..Contact::with_id(id)
            });
            (id, name)
        })
        .collect()
}

fn words_of(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').filter(|word| !word.is_empty())
}

/// The registers that put the demo book into the bin: its own records, and whatever was added
/// to its dealers since, which would otherwise be left without a dealer.
pub fn removal(book: &Book) -> Vec<Change> {
    let mut out = Vec::new();
    macro_rules! sweep {
        ($($table:ident),+) => {$(
            out.extend(book.$table.iter().filter(|record| belongs(&***record)).map(|record| bin(record.id, true)));
        )+};
    }
    sweep!(
        dealers,
        contacts,
        needs,
        promises,
        metrics,
        readings,
        goals,
        milestones,
        plans,
        steps,
        meetings,
        agenda_items,
        actions,
        issues,
        log_entries,
        series,
        rules,
        firings,
        routines,
        templates,
        contracts,
        business_plans,
        objectives,
        reviews,
        culture_checks,
        risks,
        revisions,
        agreements,
        news,
        trust_ratings,
        schemes,
        scheme_versions,
        enrolments,
        statements,
        targets,
        scorecards,
        scorecard_versions,
        evaluations,
        support_requests,
        materials,
        material_moves,
        courses,
        classes,
        attendances,
        custom_fields,
        custom_values,
        views,
        foreign_records,
        photos
    );
    out
}

/// Whether a record is of the demo book or refers to a record that is.
fn belongs<T: Record>(record: &T) -> bool {
    is_demo(record.id().uuid())
        || T::TABLE.fields.iter().enumerate().any(|(place, spec)| {
            let owner = matches!(spec.kind, Kind::Ref(_)) && spec.required;
            owner && matches!(record.get(place), Value::Ref(id) if is_demo(id))
        })
}

/// The book as it was written so far, for what follows from it.
#[derive(Default)]
struct SoFar {
    book: Book,
    taken: usize,
}

impl SoFar {
    /// The book with everything that has been written by now. What was taken before is not read
    /// again: a record is written whole, once.
    fn book(&mut self, out: &Writer) -> &Book {
        let fresh = out.changes.get(self.taken..).unwrap_or_default();
        for ((table, id), row) in rows_of(fresh) {
            self.book.take(table, id, &row);
        }
        self.taken = out.changes.len();
        &self.book
    }
}

/// Gathers records and gives them their ids, in order within each table.
#[derive(Default)]
struct Writer {
    changes: Vec<Change>,
    next: BTreeMap<u16, u64>,
}

impl Writer {
    /// The next id of a table.
    fn id<T: Record>(&mut self) -> Id<T> {
        let next = self.next.entry(T::NUMBER).or_default();
        *next += 1;
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&MARK);
        bytes[6..8].copy_from_slice(&(T::NUMBER & 0x0fff).to_be_bytes());
        bytes[8..].copy_from_slice(&next.to_be_bytes());
        Id::new(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    fn put<T: Record>(&mut self, record: &T) {
        self.changes.extend(changes(None, record));
    }
}
