//! Records: their registers read back, damage stays where it is, problems are found.

use super::generated::record;
use super::rows::Row;
use proptest::prelude::*;
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{
    AnyRecord, DELETED, Fault, NO, Record, RowState, WrongKind, bin, changes, problems, read,
};
use tongxing_domain::tables::*;
use tongxing_domain::value::{Kind, Value};

/// A choice that no version knows so far.
const UNKNOWN: u16 = 60_000;

fn id<T>() -> Id<T> {
    Id::new(Uuid::from_u128(7))
}

/// As read from its row, apart from what the row tells beside its fields.
fn read_back<T: Record>(row: &Row) -> T {
    let mut record = read::<T>(id(), row);
    record.set_state(RowState::default());
    record
}

fn reads_back<T: Record + std::fmt::Debug>(before: &T, after: &T) {
    let mut row = Row::of(&changes(None, before));
    assert_eq!(&read_back::<T>(&row), before);
    assert_eq!(changes(Some(before), before), []);
    row.write(&changes(Some(before), after));
    assert_eq!(&read_back::<T>(&row), after);
}

fn damage_stays_where_it_is<T: Record + std::fmt::Debug>(record: &T) {
    let row = Row::of(&changes(None, record));
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        if spec.kind.is_set() {
            continue;
        }
        let mut damaged = row.clone();
        damaged.set(spec.number, &[0xff, 0x00]);
        let found = read::<T>(id(), &damaged);
        assert!(found.state().needs_newer, "{}", spec.key);
        for other in 0..T::TABLE.fields.len() {
            let want = if other == place {
                Value::Empty
            } else {
                record.get(other)
            };
            let got = found.get(other);
            assert!(
                got == want || (got.is_empty() && want.is_empty()),
                "{}",
                spec.key
            );
        }
        // Saving another field does not write over what could not be read.
        let written = changes(Some(&found), &found);
        assert_eq!(written, []);
    }
}

fn newer_choices_are_kept<T: Record + std::fmt::Debug>() {
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let value = match spec.kind {
            Kind::Choice(_) => Value::Choice(UNKNOWN),
            Kind::Choices(_) => Value::Choices(vec![UNKNOWN]),
            _ => continue,
        };
        let mut record = T::with_id(id());
        record.put(place, value.clone()).unwrap();
        assert!((&record as &dyn AnyRecord).holds_newer_choice());
        let found = read::<T>(id(), &Row::of(&changes(None, &record)));
        assert_eq!(found.get(place), value);
        assert!(found.state().needs_newer);
        assert_eq!(spec.kind.read(&value.input_text(spec.kind)), Ok(value));
    }
    assert!(!(&T::with_id(id()) as &dyn AnyRecord).holds_newer_choice());
}

fn wrong_kinds_are_refused<T: Record + std::fmt::Debug>() {
    let mut record = T::with_id(id());
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let wrong = match spec.kind {
            Kind::Text(_) => Value::Number(1),
            _ => Value::Text("x".into()),
        };
        assert_eq!(record.put(place, wrong), Err(WrongKind), "{}", spec.key);
        assert_eq!(record.put(place, Value::Empty), Ok(()));
    }
    let beyond = T::TABLE.fields.len();
    assert_eq!(record.put(beyond, Value::Empty), Err(WrongKind));
    assert_eq!(record.get(beyond), Value::Empty);
    assert_eq!(record, T::with_id(id()));
}

fn an_empty_record_still_has_a_row<T: Record + std::fmt::Debug>() {
    let written = changes(None, &T::with_id(id()));
    assert_eq!(written.len(), 1);
    assert_eq!(
        (written[0].field, written[0].value.as_slice()),
        (DELETED, NO)
    );
    let mut row = Row::of(&written);
    row.write(&[bin::<T>(id(), true)]);
    assert!(read::<T>(id(), &row).state().deleted);
    row.write(&[bin::<T>(id(), false)]);
    assert!(!read::<T>(id(), &row).state().deleted);
}

fn problems_are_found<T: Record + std::fmt::Debug>() {
    let missing = problems(&T::with_id(id()));
    for spec in T::TABLE.fields {
        let is_missing = missing
            .iter()
            .any(|problem| problem.field == spec.key && problem.fault == Fault::Missing);
        assert_eq!(is_missing, spec.required, "{}", spec.key);
    }
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let with = |value: Value| {
            let mut record = T::with_id(id());
            record.put(place, value).unwrap();
            problems(&record)
                .into_iter()
                .find(|problem| problem.field == spec.key)
                .map(|problem| problem.fault)
        };
        match spec.kind {
            Kind::Text(_) => {
                assert_eq!(with(Value::Text("字".repeat(spec.longest))), None);
                let long = Value::Text("字".repeat(spec.longest + 1));
                assert_eq!(with(long), Some(Fault::TooLong(spec.longest)));
            }
            Kind::Tags => {
                let long = Value::Tags(vec!["字".repeat(41)]);
                assert_eq!(with(long), Some(Fault::TooLong(40)));
            }
            Kind::Whole | Kind::Money | Kind::Quantity if spec.least > i64::MIN => {
                assert_eq!(with(Value::Number(spec.least - 1)), Some(Fault::TooSmall));
            }
            _ => {}
        }
    }
}

fn any_row_is_borne<T: Record + std::fmt::Debug>(registers: &[(u16, Vec<u8>, Vec<u8>)]) {
    let mut row = Row::default();
    for (field, member, value) in registers {
        row.registers
            .insert((*field, member.clone()), value.clone());
        row.set(*field, value);
    }
    let record = read::<T>(id(), &row);
    let _ = problems(&record);
    let kept = Row::of(&changes(None, &record));
    assert_eq!(read_back::<T>(&kept), {
        let mut record = record;
        record.set_state(RowState::default());
        record
    });
}

macro_rules! each_table {
    ($($module:ident: $record:ty;)+) => {$(
        mod $module {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(64))]

                #[test]
                fn registers_read_back(before in record::<$record>(id()), after in record::<$record>(id())) {
                    reads_back(&before, &after);
                }

                #[test]
                fn damage_stays(found in record::<$record>(id())) {
                    damage_stays_where_it_is(&found);
                }

                #[test]
                fn any_row(registers in prop::collection::vec((
                    0u16..25,
                    prop::collection::vec(any::<u8>(), 0..18),
                    prop::collection::vec(any::<u8>(), 0..12),
                ), 0..40)) {
                    any_row_is_borne::<$record>(&registers);
                }
            }

            #[test]
            fn choices() {
                newer_choices_are_kept::<$record>();
            }

            #[test]
            fn kinds() {
                wrong_kinds_are_refused::<$record>();
            }

            #[test]
            fn rows() {
                an_empty_record_still_has_a_row::<$record>();
            }

            #[test]
            fn faults() {
                problems_are_found::<$record>();
            }
        }
    )+

        #[test]
        fn every_table_is_tested() {
            let tested = [$(<$record>::TABLE.key),+];
            assert!(Book::TABLES.iter().all(|table| tested.contains(&table.key)));
            assert_eq!(tested.len(), Book::TABLES.len());
        }
    };
}

each_table! {
    dealer: Dealer;
    contact: Contact;
    need: Need;
    promise: Promise;
    metric: Metric;
    reading: Reading;
    goal: Goal;
    milestone: Milestone;
    plan: Plan;
    step: Step;
    meeting: Meeting;
    agenda_item: AgendaItem;
    action: Action;
    issue: Issue;
    log_entry: LogEntry;
    series: Series;
    rule: Rule;
    firing: Firing;
    routine: Routine;
    template: Template;
    contract: Contract;
    business_plan: BusinessPlan;
    objective: Objective;
    review: Review;
    culture_check: CultureCheck;
    risk: Risk;
    revision: Revision;
    agreement: Agreement;
    news: News;
    trust_rating: TrustRating;
    scheme: Scheme;
    scheme_version: SchemeVersion;
    enrolment: Enrolment;
    statement: Statement;
    target: Target;
    scorecard: Scorecard;
    scorecard_version: ScorecardVersion;
    evaluation: Evaluation;
    support_request: SupportRequest;
    material: Material;
    material_move: MaterialMove;
    course: Course;
    class: Class;
    attendance: Attendance;
    custom_field: CustomField;
    custom_value: CustomValue;
    view: View;
    foreign_record: ForeignRecord;
    photo: Photo;
}
