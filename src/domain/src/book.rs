//! The book: every record of the team in memory, typed, with the ways to find them.

mod made;
mod table;

pub use table::{AnyTable, Table};

use crate::date::Month;
use crate::id::{Id, Uuid};
use crate::schema::{AnyRecord, FieldSource, Record, TableSpec};
use crate::tables::*;
use crate::value::Value;
use made::Made;
use std::sync::{Arc, LazyLock};

/// Which tables something was made from, and how they stood: see [`Book::watched`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFrom(Vec<(u16, u64)>);

/// How the book keeps a table. Each is code of its own, so a program that names only some of them
/// carries only these.
pub struct Known {
    /// The table.
    pub spec: &'static TableSpec,
    empty: fn(Uuid) -> Box<dyn AnyRecord>,
    of: fn(&Book) -> &dyn AnyTable,
    of_mut: fn(&mut Book) -> &mut dyn AnyTable,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.spec.key)
    }
}

/// A record of a table that is in the book.
pub trait InBook: Record {
    /// How the book keeps its table.
    const KNOWN: &'static Known;
}

macro_rules! book {
    ($($(#[$doc:meta])* $field:ident: $record:ty;)+) => {
        /// Every record of the team, of the tables that it knows.
        #[derive(Debug)]
        pub struct Book {
            known: Vec<&'static Known>,
            pub(crate) made: Made,
            $($(#[$doc])* pub $field: Table<$record>,)+
        }

        $(impl InBook for $record {
            const KNOWN: &'static Known = &Known {
                spec: <$record as Record>::TABLE,
                empty: |id| Box::new(<$record as Record>::with_id(Id::new(id))),
                of: |book| &book.$field,
                of_mut: |book| &mut book.$field,
            };
        })+

        impl Book {
            /// Every table, in the order of its number.
            pub const TABLES: &'static [&'static TableSpec] =
                &[$(<$record as Record>::TABLE),+];

            /// How every table is kept.
            pub const WHOLE: &'static [&'static Known] =
                &[$(<$record as InBook>::KNOWN),+];

            /// An empty book that knows some tables. Rows of others are passed over until it is told
            /// of them with [`Book::know`].
            pub fn knowing(tables: &[&'static Known]) -> Self {
                let mut book = Self {
                    known: Vec::new(),
                    made: Made::default(),
                    $($field: Table::default(),)+
                };
                book.know(tables);
                book
            }
        }
    };
}

book! {
    /// Dealers.
    dealers: Dealer;
    /// Contacts.
    contacts: Contact;
    /// Needs.
    needs: Need;
    /// Promises.
    promises: Promise;
    /// Metrics of the team's own; see [`Book::metric`] for all.
    metrics: Metric;
    /// Readings.
    readings: Reading;
    /// Goals.
    goals: Goal;
    /// Milestones.
    milestones: Milestone;
    /// Plans.
    plans: Plan;
    /// Steps.
    steps: Step;
    /// Meetings.
    meetings: Meeting;
    /// Agenda items.
    agenda_items: AgendaItem;
    /// Actions.
    actions: Action;
    /// Issues.
    issues: Issue;
    /// Entries in the logs of issues and needs.
    log_entries: LogEntry;
    /// Recurring meetings.
    series: Series;
    /// Rules.
    rules: Rule;
    /// What rules did.
    firings: Firing;
    /// Routines.
    routines: Routine;
    /// Templates.
    templates: Template;
    /// Contracts and authorisations.
    contracts: Contract;
    /// Joint business plans.
    business_plans: BusinessPlan;
    /// Objectives of joint business plans.
    objectives: Objective;
    /// Reviews of joint business plans.
    reviews: Review;
    /// Answers of culture checks.
    culture_checks: CultureCheck;
    /// Risks.
    risks: Risk;
    /// Revisions of goals.
    revisions: Revision;
    /// What dealers agreed to.
    agreements: Agreement;
    /// What dealers are to hear from us first.
    news: News;
    /// Trust ratings by hand.
    trust_ratings: TrustRating;
    /// Incentive schemes.
    schemes: Scheme;
    /// Schemes as they were approved.
    scheme_versions: SchemeVersion;
    /// Who takes part in which scheme.
    enrolments: Enrolment;
    /// What schemes pay.
    statements: Statement;
    /// Targets of metrics.
    targets: Target;
    /// Scorecards.
    scorecards: Scorecard;
    /// Scorecards as they came into force.
    scorecard_versions: ScorecardVersion;
    /// Evaluations.
    evaluations: Evaluation;
    /// Support requests.
    support_requests: SupportRequest;
    /// The material catalogue.
    materials: Material;
    /// Materials coming and going.
    material_moves: MaterialMove;
    /// Courses.
    courses: Course;
    /// Classes.
    classes: Class;
    /// Invitations and attendance.
    attendances: Attendance;
    /// Fields of the team's own.
    custom_fields: CustomField;
    /// What they hold.
    custom_values: CustomValue;
    /// Saved views.
    views: View;
    /// What other systems call our records.
    foreign_records: ForeignRecord;
    /// Photos taken as evidence.
    photos: Photo;
}

impl Default for Book {
    /// An empty book that knows every table.
    fn default() -> Self {
        Self::knowing(Self::WHOLE)
    }
}

impl Book {
    /// Tables that every day begins with: what is due, whom to see and what to tell, how goals stand.
    pub const DAILY: &'static [&'static Known] = &[
        Dealer::KNOWN,
        Contact::KNOWN,
        Need::KNOWN,
        Promise::KNOWN,
        Metric::KNOWN,
        Reading::KNOWN,
        Goal::KNOWN,
        Milestone::KNOWN,
        Plan::KNOWN,
        Step::KNOWN,
        Meeting::KNOWN,
        AgendaItem::KNOWN,
        Action::KNOWN,
        Issue::KNOWN,
        Series::KNOWN,
        Contract::KNOWN,
        BusinessPlan::KNOWN,
        Risk::KNOWN,
        News::KNOWN,
        SupportRequest::KNOWN,
    ];

    /// A book without records, for what is told apart from any book.
    pub fn nothing() -> &'static Self {
        static NOTHING: LazyLock<Book> =
            LazyLock::new(|| Book::knowing(&[Metric::KNOWN, CustomField::KNOWN]));
        &NOTHING
    }

    /// Takes these tables in from now on; tells which of them are new to the book, whose rows it has
    /// not taken yet.
    pub fn know(&mut self, tables: &[&'static Known]) -> Vec<u16> {
        let mut new = Vec::new();
        for known in tables {
            if (known.of_mut)(self).become_known() {
                self.known.push(known);
                new.push(known.spec.number);
            }
        }
        self.known.sort_unstable_by_key(|known| known.spec.number);
        new
    }

    fn known(&self, table: u16) -> Option<&'static Known> {
        let place = self
            .known
            .binary_search_by_key(&table, |known| known.spec.number);
        self.known.get(place.ok()?).copied()
    }

    /// A table that the book knows.
    pub fn spec(&self, table: u16) -> Option<&'static TableSpec> {
        self.known(table).map(|known| known.spec)
    }

    fn keeps(&self, table: u16) -> Option<&dyn AnyTable> {
        self.known(table).map(|known| (known.of)(self))
    }

    /// A table to take rows into; `None` for one that the book does not know.
    pub fn keeps_mut(&mut self, table: u16) -> Option<&mut dyn AnyTable> {
        self.known(table).map(|known| (known.of_mut)(self))
    }

    /// Takes in a row as it now reads. Rows of tables that the book does not know are passed over, and
    /// `false` says so.
    pub fn take(&mut self, table: u16, id: Uuid, source: &dyn FieldSource) -> bool {
        let Some(table) = self.keeps_mut(table) else {
            return false;
        };
        table.take(id, source);
        true
    }

    /// Every record of a table that is not in the bin, in the order of their ids; none of an unknown
    /// table.
    pub fn rows(&self, table: u16) -> Vec<&dyn AnyRecord> {
        let mut rows = self.keeps(table).map_or_else(Vec::new, AnyTable::rows);
        rows.sort_unstable_by_key(|row| row.uuid());
        rows
    }

    /// Every record of any table that refers to a record, without those in the bin, by table.
    pub fn referring(&self, id: Uuid) -> Vec<&dyn AnyRecord> {
        let tables = self.known.iter();
        tables
            .flat_map(|known| (known.of)(self).referring(id))
            .collect()
    }

    /// How many records of a table are not in the bin; 0 for an unknown table.
    pub fn count(&self, table: u16) -> usize {
        self.keeps(table).map_or(0, AnyTable::count)
    }

    /// Grows with every change of a table; 0 for an unknown table.
    pub fn revision(&self, table: u16) -> u64 {
        self.keeps(table).map_or(0, AnyTable::changes)
    }

    /// Makes something from the book, and tells from which tables: as long as [these
    /// stand](Book::stands), the same would come of it again.
    pub fn watched<R>(&self, make: impl FnOnce(&Self) -> R) -> (R, MadeFrom) {
        let tables = || self.known.iter().map(|known| (known.of)(self));
        let before: Vec<bool> = tables().map(|table| table.count_as_read(false)).collect();
        let made = make(self);
        let mut from = Vec::new();
        for ((known, table), before) in self.known.iter().zip(tables()).zip(before) {
            // Somebody who watches from further out is told of it too.
            let read = table.count_as_read(before);
            if read {
                from.push((known.spec.number, table.changes()));
                table.count_as_read(true);
            }
        }
        (made, MadeFrom(from))
    }

    /// Whether the tables that something was made from stand as they did then.
    pub fn stands(&self, from: &MadeFrom) -> bool {
        let mut tables = from.0.iter();
        tables.all(|(table, revision)| self.revision(*table) == *revision)
    }

    /// A record of any table, in the bin or not.
    pub fn any(&self, table: u16, id: Uuid) -> Option<&dyn AnyRecord> {
        self.keeps(table)?.any(id)
    }

    /// An empty record of a table; `None` for a table that the book does not know.
    pub fn empty(&self, table: u16, id: Uuid) -> Option<Box<dyn AnyRecord>> {
        self.known(table).map(|known| (known.empty)(id))
    }

    /// The records in the bin: table, id.
    pub fn binned(&self) -> Vec<(&'static TableSpec, Uuid)> {
        let mut found = Vec::new();
        for known in &self.known {
            let ids = (known.of)(self).binned_ids();
            found.extend(ids.into_iter().map(|id| (known.spec, id)));
        }
        found
    }

    /// The value of one field of one record, in the bin or not.
    pub fn value(&self, table: u16, id: Uuid, field_key: &str) -> Option<Value> {
        let record = self.any(table, id)?;
        Some(record.value(record.table().position(field_key)?))
    }

    /// Whether a record is in the bin.
    pub fn is_binned(&self, table: u16, id: Uuid) -> bool {
        self.any(table, id)
            .is_some_and(|record| record.row_state().deleted)
    }

    /// The table with a number, if this version knows it.
    pub fn table(number: u16) -> Option<&'static TableSpec> {
        Self::TABLES
            .iter()
            .copied()
            .find(|table| table.number == number)
    }

    /// The table with a key.
    pub fn table_named(key: &str) -> Option<&'static TableSpec> {
        Self::TABLES.iter().copied().find(|table| table.key == key)
    }

    /// What a record is called: its name, its title, or its subject. `None` when there is no
    /// such record.
    pub fn title(&self, table: u16, id: Uuid) -> Option<String> {
        ["name", "title", "subject"].into_iter().find_map(|key| {
            match self.value(table, id, key)? {
                Value::Text(text) => Some(text),
                _ => None,
            }
        })
    }

    /// The reading of one metric of one dealer in one month.
    pub fn reading(
        &self,
        dealer: Id<Dealer>,
        metric: Id<Metric>,
        month: Month,
    ) -> Option<&Arc<Reading>> {
        self.readings.get(Reading::id_for(dealer, metric, month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_number_and_key_is_used_once() {
        let mut tables = BTreeSet::new();
        for table in Book::TABLES {
            assert!(
                tables.insert(table.number) && tables.len() < 1000,
                "{}",
                table.key
            );
            let mut numbers = BTreeSet::from([crate::schema::DELETED]);
            let mut keys = BTreeSet::new();
            for field in table.fields {
                assert!(numbers.insert(field.number), "{}.{}", table.key, field.key);
                assert!(keys.insert(field.key), "{}.{}", table.key, field.key);
                assert!(!field.label.zh.is_empty() && !field.label.en.is_empty());
            }
        }
    }

    #[test]
    fn what_was_made_from_some_tables_stands_until_one_of_them_changes() {
        let mut book = Book::default();
        let dealer = Dealer::with_id(Id::natural(&["one"]));
        book.dealers.set(dealer.clone());
        let inner = |book: &Book| book.contacts.of(dealer.id).count();
        let (made, from) = book.watched(|book| {
            // Who watches within does not hide it from who watches without.
            let (contacts, of_contacts) = book.watched(inner);
            assert!(book.stands(&of_contacts));
            (book.dealers.len(), contacts)
        });
        assert_eq!(made, (1, 0));
        book.needs.set(Need::with_id(Id::natural(&["need"])));
        assert!(book.stands(&from), "no need was read");
        // Nobody of the dealer's was found, and yet contacts were asked for.
        let mut contact = Contact::with_id(Id::natural(&["contact"]));
        contact.dealer = dealer.id;
        book.contacts.set(contact);
        assert!(!book.stands(&from));
        let (_, from) = book.watched(|book| book.readings.revision_of(dealer.id));
        book.readings
            .set(Reading::with_id(Id::natural(&["reading"])));
        assert!(!book.stands(&from));
    }

    #[test]
    fn what_refers_to_a_record_has_a_revision_of_its_own() {
        let mut book = Book::default();
        let (first, second) = (Id::natural(&["1"]), Id::natural(&["2"]));
        let revisions = |book: &Book| [first, second].map(|id| book.contacts.revision_of(id));
        assert_eq!(revisions(&book), [0, 0]);
        let mut contact = Contact::with_id(Id::natural(&["c"]));
        contact.dealer = first;
        book.contacts.set(contact.clone());
        let made = revisions(&book);
        assert!(made[0] > 0 && made[1] == 0);
        contact.name = "王小满".into();
        book.contacts.set(contact.clone());
        let renamed = revisions(&book);
        assert!(renamed[0] > made[0] && renamed[1] == 0);
        contact.dealer = second;
        book.contacts.set(contact.clone());
        let moved = revisions(&book);
        assert!(moved[0] > renamed[0] && moved[1] > 0);
        contact.state.deleted = true;
        book.contacts.set(contact);
        let binned = revisions(&book);
        assert!(binned[0] == moved[0] && binned[1] > moved[1]);
    }

    #[test]
    fn records_are_found_by_what_they_refer_to() {
        let mut book = Book::default();
        let (first, second) = (Id::natural(&["1"]), Id::natural(&["2"]));
        let mut contact = Contact::with_id(Id::natural(&["c"]));
        contact.dealer = first;
        book.contacts.set(contact.clone());
        assert_eq!(book.contacts.of(first).count(), 1);
        contact.dealer = second;
        book.contacts.set(contact.clone());
        assert_eq!(book.contacts.of(first).count(), 0);
        assert_eq!(book.contacts.of(second).count(), 1);
        contact.state.deleted = true;
        book.contacts.set(contact);
        assert_eq!(book.contacts.of(second).count(), 0);
        assert_eq!(
            (book.contacts.len(), book.contacts.binned().count()),
            (0, 1)
        );
    }
}
