//! The value of a field as people read it, with the names and units that only the book knows.

use crate::bin::headline;
use crate::book::Book;
use crate::id::{Id, Uuid};
use crate::quantity::{Quantity, Unit};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};

/// In place of the name of a record that is not in the book.
const NOT_HERE: Words = words("（已不在台账中）", "(no longer in the book)");

/// A value of a field of a record, for reading: references by the names of what they lead to, and
/// amounts in the unit of the record's metric. Empty for nothing.
pub fn field_text(
    book: &Book,
    record: (u16, Uuid),
    kind: Kind,
    value: &Value,
    lang: Lang,
) -> String {
    if value.is_empty() {
        return String::new();
    }
    match (kind, value) {
        (Kind::Ref(table), Value::Ref(id)) => name(book, table, *id, lang),
        (Kind::Refs(table), Value::Refs(ids)) => {
            let names: Vec<_> = ids.iter().map(|id| name(book, table, *id, lang)).collect();
            names.join(" · ")
        }
        (Kind::Link, Value::Link(link)) => name(book, link.table, link.id, lang),
        _ => match unit_of(book, record) {
            Some(unit) => with_unit(unit, kind, value, lang),
            None => value.show(kind, lang),
        },
    }
}

fn name(book: &Book, table: u16, id: Uuid, lang: Lang) -> String {
    let known = book.spec(table).filter(|_| book.any(table, id).is_some());
    match (known, book.metric(Id::new(id))) {
        (Some(spec), _) => headline(book, spec, id, lang),
        // Most metrics are built in and have no row.
        (None, Some(metric)) => metric.title(lang).to_owned(),
        (None, None) => NOT_HERE.in_lang(lang).to_owned(),
    }
}

/// The unit in which a record counts: that of the metric that it names.
fn unit_of(book: &Book, (table, id): (u16, Uuid)) -> Option<Unit> {
    let Value::Ref(metric) = book.value(table, id, "metric")? else {
        return None;
    };
    book.metric(Id::new(metric))?.unit
}

fn with_unit(unit: Unit, kind: Kind, value: &Value, lang: Lang) -> String {
    match (kind, value) {
        (Kind::Quantity, Value::Number(amount)) => unit.show(Quantity(*amount), lang),
        (_, Value::Course(course)) => {
            let (from, to) = (course.baseline, course.target);
            format!("{} → {}", unit.show(from, lang), unit.show(to, lang))
        }
        (_, Value::Figure(figure)) => {
            let as_of = Value::Date(figure.as_of).show(Kind::Date, lang);
            format!("{} · {as_of}", unit.show(figure.amount, lang))
        }
        _ => value.show(kind, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::metrics;
    use crate::schema::{Record, TableSpec};
    use crate::tables::{Dealer, Goal, Grade, Need, Severity};
    use crate::value::{Course, Outcome};

    /// A goal of a dealer, and the need that it serves.
    fn book() -> (Book, Goal) {
        let mut book = Book::default();
        let need = Need {
            title: "更快的交货".into(),
            ..Need::with_id(Id::natural(&["need"]))
        };
        let goal = Goal {
            metric: metrics::sales_in(),
            need: need.id,
            ..Goal::with_id(Id::natural(&["goal"]))
        };
        book.needs.set(need);
        book.goals.set(goal.clone());
        (book, goal)
    }

    fn kind(table: &TableSpec, key: &str) -> Kind {
        table.fields[table.position(key).unwrap()].kind
    }

    #[test]
    fn values_read_as_their_fields_say() {
        let (book, goal) = book();
        let place = (Goal::NUMBER, goal.id.uuid());
        let shown = |key: &str, value: Value, lang| {
            field_text(&book, place, kind(Goal::TABLE, key), &value, lang)
        };
        let course = Value::Course(Course {
            baseline: Quantity(0),
            target: Quantity::whole(520_000),
        });
        assert_eq!(shown("course", course, Lang::En), "¥0 → ¥520,000");
        assert_eq!(
            shown("need", Value::Ref(goal.need.uuid()), Lang::Zh),
            "更快的交货"
        );
        let gone = Value::Ref(Uuid::from_u128(9));
        assert_eq!(shown("need", gone, Lang::En), "(no longer in the book)");
        assert_eq!(
            shown("metric", Value::Ref(goal.metric.uuid()), Lang::En),
            book.metric(goal.metric).unwrap().title(Lang::En)
        );
        let day = parse_date("2026-03-05").unwrap();
        assert_eq!(
            shown("agreed_on", Value::Date(day), Lang::Zh),
            "2026年3月5日"
        );
        assert_eq!(
            shown("outcome", Value::Outcome(Outcome::Done(day)), Lang::En),
            "Done 5 Mar 2026"
        );
        assert_eq!(shown("need", Value::Empty, Lang::En), "");
    }

    #[test]
    fn choices_and_money_need_no_book() {
        let (book, place) = (Book::default(), (Dealer::NUMBER, Uuid::nil()));
        let shown = |key: &str, value: Value| {
            field_text(&book, place, kind(Dealer::TABLE, key), &value, Lang::En)
        };
        let grade = Value::Choice(Grade::ALL[0].code());
        assert_eq!(shown("grade", grade), Grade::ALL[0].words().en);
        assert_eq!(shown("turnover", Value::Number(1_234_500)), "¥12,345");
        let newer = Value::Choice(Severity::Newer(999).code());
        assert_eq!(shown("grade", newer), crate::quantity::NEEDS_NEWER.en);
    }
}
