//! Values of every kind and records of every table, at random.

use proptest::prelude::*;
use tongxing_domain::date::{Date, DateSpan, Minute, Month, Slot, add_days};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::quantity::Quantity;
use tongxing_domain::schema::Record;
use tongxing_domain::text::{Lines, clean};
use tongxing_domain::value::{Course, Figure, Kind, Link, Outcome, Place, Shape, Value};

pub(crate) fn day() -> impl Strategy<Value = Date> {
    let first = Date::from_ymd_opt(1900, 1, 1).unwrap();
    (0i64..109_000).prop_map(move |days| add_days(first, days))
}

fn minute() -> impl Strategy<Value = Minute> {
    (day(), 0u32..24, 0u32..60).prop_map(|(day, hour, min)| Minute::at(day, hour, min).unwrap())
}

fn uuid() -> impl Strategy<Value = Uuid> {
    (1u128..).prop_map(Uuid::from_u128)
}

fn sorted<T: Ord + Clone + std::fmt::Debug>(
    item: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::btree_set(item, 1..5).prop_map(|set| set.into_iter().collect())
}

/// A filled value of a kind, as a person or another device could have written it.
pub(crate) fn value(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Text(lines) => any::<String>()
            .prop_map(move |text| clean(&text, lines))
            .prop_filter("filled", |text| !text.is_empty())
            .prop_map(Value::Text)
            .boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        // A whole number is read as hundredths.
        Kind::Whole => (-i64::MAX / 100..i64::MAX / 100)
            .prop_map(Value::Number)
            .boxed(),
        Kind::Money | Kind::Quantity => any::<i64>().prop_map(Value::Number).boxed(),
        Kind::Date => day().prop_map(Value::Date).boxed(),
        Kind::Month => day().prop_map(|day| Value::Month(Month::of(day))).boxed(),
        Kind::Minute => minute().prop_map(Value::Minute).boxed(),
        Kind::Slot => (minute(), any::<u16>())
            .prop_map(|(start, minutes)| Value::Slot(Slot { start, minutes }))
            .boxed(),
        Kind::Span => (day(), day())
            .prop_map(|(a, b)| Value::Span(DateSpan::new(a.min(b), a.max(b)).unwrap()))
            .boxed(),
        Kind::Place => (-90_000_000i32..=90_000_000, -180_000_000i32..=180_000_000)
            .prop_map(|(latitude, longitude)| {
                Value::Place(Place {
                    latitude,
                    longitude,
                })
            })
            .boxed(),
        Kind::Choice(_) => any::<u16>().prop_map(Value::Choice).boxed(),
        Kind::Choices(_) => sorted(any::<u16>()).prop_map(Value::Choices).boxed(),
        Kind::Tags => sorted("[a-z0-9\u{4e00}-\u{4e20}\u{1f600}-\u{1f610}]{1,8}")
            .prop_map(Value::Tags)
            .boxed(),
        Kind::Ref(_) => uuid().prop_map(Value::Ref).boxed(),
        Kind::Refs(_) => sorted(uuid()).prop_map(Value::Refs).boxed(),
        Kind::Link => (any::<u16>(), uuid())
            .prop_map(|(table, id)| Value::Link(Link { table, id }))
            .boxed(),
        Kind::Course => any::<(i64, i64)>()
            .prop_map(|(a, b)| {
                Value::Course(Course {
                    baseline: Quantity(a),
                    target: Quantity(b),
                })
            })
            .boxed(),
        Kind::Figure => (any::<i64>(), day())
            .prop_map(|(amount, as_of)| {
                Value::Figure(Figure {
                    amount: Quantity(amount),
                    as_of,
                })
            })
            .boxed(),
        Kind::Shape => any::<[u16; 12]>()
            .prop_map(|weights| Value::Shape(Shape(weights)))
            .boxed(),
        Kind::Notation(notation) => prop::sample::select(notation.examples)
            .prop_map(|text| Value::Text(text.to_owned()))
            .boxed(),
        Kind::Outcome => (any::<bool>(), day())
            .prop_map(|(done, day)| {
                Value::Outcome(if done {
                    Outcome::Done(day)
                } else {
                    Outcome::Dropped(day)
                })
            })
            .boxed(),
    }
}

/// A record in which some fields are filled.
pub(crate) fn record<T: Record + std::fmt::Debug>(id: Id<T>) -> impl Strategy<Value = T> {
    let fields: Vec<_> = T::TABLE
        .fields
        .iter()
        .map(|spec| prop::option::weighted(0.7, value(spec.kind)))
        .collect();
    fields.prop_map(move |values| {
        let mut record = T::with_id(id);
        for (place, value) in values.into_iter().enumerate() {
            record.put(place, value.unwrap_or_default()).unwrap();
        }
        record
    })
}

/// Kinds with any number of lines, and one of each kind that no table has yet.
pub(crate) fn kinds() -> Vec<Kind> {
    let mut kinds: Vec<Kind> = tongxing_domain::book::Book::TABLES
        .iter()
        .flat_map(|table| table.fields.iter().map(|field| field.kind))
        .collect();
    kinds.extend([
        Kind::Text(Lines::One),
        Kind::Text(Lines::Many),
        Kind::Flag,
        Kind::Whole,
        Kind::Money,
        Kind::Quantity,
        Kind::Month,
        Kind::Minute,
        Kind::Link,
        Kind::Tags,
    ]);
    kinds
}
