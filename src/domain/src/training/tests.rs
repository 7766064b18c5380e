//! Training by worked examples.

use super::*;
use crate::date::{Month, parse_date};
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::problems;
use crate::tables::{Course, Dealer, Metric, Need, NeedStatus, Reading, Target};
use crate::value::Figure;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn course(book: &mut Book, name: &str, answers: &[&str], metrics: &[Id<Metric>]) -> Id<Course> {
    let id = Id::natural(&[name]);
    book.courses.set(Course {
        name: name.into(),
        answers: answers.iter().map(|word| (*word).to_owned()).collect(),
        metrics: metrics.iter().copied().collect(),
        ..Course::with_id(id)
    });
    id
}

fn class(book: &mut Book, course: Id<Course>, seats: Option<i64>) -> Class {
    let class = Class {
        course,
        seats,
        ..Class::with_id(Id::natural(&["class", &course.to_string()]))
    };
    book.classes.set(class.clone());
    class
}

fn contact(book: &mut Book, name: &str) -> Id<Contact> {
    let id = Id::natural(&[name]);
    book.contacts.set(Contact {
        dealer: dealer(),
        name: name.into(),
        ..Contact::with_id(id)
    });
    id
}

fn read(book: &mut Book, metric: Id<Metric>, month: &str, whole: i64) {
    let month = Month::parse(month).unwrap();
    book.readings.set(Reading {
        dealer: dealer(),
        metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(whole),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer(), metric, month))
    });
}

fn attend(
    book: &mut Book,
    class: &Class,
    contact: Id<Contact>,
    edit: impl FnOnce(&mut Attendance),
) {
    let mut attendance = Attendance {
        class: class.id,
        contact,
        dealer: dealer(),
        ..Attendance::with_id(Attendance::id_for(class.id, contact))
    };
    edit(&mut attendance);
    book.attendances.set(attendance);
}

#[test]
fn nobody_is_invited_twice_or_beyond_the_seats() {
    let mut book = Book::default();
    let selling = course(&mut book, "导购", &[], &[]);
    let class = class(&mut book, selling, Some(2));
    let people: Vec<_> = ["a", "b", "c"]
        .iter()
        .map(|name| contact(&mut book, name))
        .collect();
    let today = day("2026-06-01");
    assert_eq!(
        invite(&book, &class, &people, today),
        Err(InviteFault::Full { left: 2 })
    );
    attend(&mut book, &class, people[0], |it| {
        it.answer = Some(Answer::Declined)
    });
    attend(&mut book, &class, people[1], |_| {});
    // One has declined, one is invited: one seat is left, for the third.
    assert_eq!(Seats::of(&book, &class).left(), Some(1));
    let changes = invite(&book, &class, &people, today).unwrap();
    assert!(
        changes
            .iter()
            .all(|change| { change.id == Attendance::id_for(class.id, people[2]).uuid() })
    );
    assert_eq!(
        invite(&book, &class, &[Id::natural(&["nobody"])], today),
        Err(InviteFault::NoContact)
    );
    let over = Class {
        outcome: Outcome::Done(today),
        ..class
    };
    assert_eq!(invite(&book, &over, &people, today), Err(InviteFault::Over));
}

#[test]
fn a_class_is_told_by_turnout_gain_and_rating() {
    let mut book = Book::default();
    let selling = course(&mut book, "导购", &[], &[]);
    let class = class(&mut book, selling, None);
    let people: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .map(|name| contact(&mut book, name))
        .collect();
    for (person, before, after, rating) in [
        (people[0], Some(50), Some(80), Some(5)),
        (people[1], Some(60), Some(75), Some(4)),
        (people[2], Some(90), None, None),
    ] {
        attend(&mut book, &class, person, |it| {
            it.attended = Some(true);
            it.before = before.map(Quantity::whole);
            it.after = after.map(Quantity::whole);
            it.rating = rating;
        });
    }
    attend(&mut book, &class, people[3], |it| it.attended = Some(false));
    let held = Held::of(&book, class.id);
    assert_eq!(held.turnout(), Ratio::new(3, 4));
    // (30 + 15) ÷ 2
    assert_eq!(held.gain(), Ratio::new(45, 2));
    assert_eq!(held.rating(), Ratio::new(9, 2));
    let values: Vec<_> = held
        .explain(Lang::En)
        .into_iter()
        .map(|line| line.value)
        .collect();
    assert_eq!(
        values,
        ["3 / 4", "3 ÷ 4 = 75%", "45 ÷ 2 = 22.5", "9 ÷ 2 = 4.5"]
    );
    assert_eq!(Held::default().turnout(), None);
}

#[test]
fn scores_and_ratings_have_their_ranges() {
    let mut attendance = Attendance {
        class: Id::natural(&["class"]),
        contact: Id::natural(&["contact"]),
        dealer: dealer(),
        before: Some(Quantity(10_001)),
        rating: Some(6),
        ..Attendance::default()
    };
    let fields: Vec<_> = problems(&attendance).iter().map(|p| p.field).collect();
    assert_eq!(fields, ["rating", "before"]);
    attendance.before = Some(Quantity::whole(100));
    attendance.rating = Some(1);
    assert_eq!(problems(&attendance), []);
}

#[test]
fn the_effect_is_the_mean_before_and_after() {
    let mut book = Book::default();
    let sales = metrics::sales_in();
    for (month, amount) in [
        ("2026-01", 90),
        ("2026-03", 110),
        ("2026-04", 500),
        ("2026-05", 130),
        ("2026-06", 140),
    ] {
        read(&mut book, sales, month, amount);
    }
    let of = |today| Effect::of(&book, dealer(), sales, day("2026-04-15"), day(today));
    // Months 1–3, one of them without a reading, against May; June is not over.
    let effect = of("2026-06-10").unwrap();
    assert_eq!(effect.mean_before, Quantity::whole(100));
    assert_eq!(effect.mean_after, Quantity::whole(130));
    assert_eq!(effect.change(), Ratio::new(30, 100));
    assert_eq!(effect.is_better(), Some(true));
    assert_eq!(of("2026-07-01").unwrap().mean_after, Quantity::whole(135));
    assert_eq!(of("2026-05-30"), None);
    let lines = effect.explain(Lang::En);
    assert_eq!(lines[1].value, "Jan 2026: ¥90");
    assert_eq!(
        lines
            .iter()
            .find(|line| line.label == "Change")
            .unwrap()
            .value,
        "30%"
    );
}

#[test]
fn courses_are_recommended_by_need_and_weak_metric() {
    let mut book = Book::default();
    let today = day("2026-06-30");
    book.needs.set(Need {
        dealer: dealer(),
        title: "导购不会讲洗碗机".into(),
        ..Need::with_id(Id::natural(&["need"]))
    });
    let (sales, days) = (metrics::sales_in(), metrics::receivable_days());
    let selling = course(&mut book, "洗碗机导购", &["洗碗机"], &[sales]);
    course(&mut book, "账期管理", &[], &[days]);
    course(&mut book, "安装", &["安装"], &[metrics::shops()]);
    read(&mut book, sales, "2026-05", 70);
    let may = Month::parse("2026-05").unwrap();
    book.targets.set(Target {
        dealer: dealer(),
        metric: sales,
        month: Some(may),
        amount: Some(Quantity::whole(100)),
        ..Target::with_id(Target::id_for(dealer(), sales, may))
    });
    read(&mut book, days, "2025-05", 40);
    read(&mut book, days, "2026-05", 50);
    let found = recommended(&book, dealer(), today);
    let told: Vec<_> = found
        .iter()
        .map(|r| {
            let reasons: Vec<_> = r
                .reasons
                .iter()
                .map(|reason| reason.text(Lang::En))
                .collect();
            (r.course.name.as_str(), reasons.join("; "))
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "洗碗机导购",
                "Need: 导购不会讲洗碗机; Sales-in: 70% of its target in May 2026".to_owned()
            ),
            (
                "账期管理",
                "Receivable days is worse than last year".to_owned()
            ),
        ]
    );

    // Whoever attended it lately does not need it again.
    let class = class(&mut book, selling, None);
    let held = Class {
        outcome: Outcome::Done(day("2026-06-20")),
        ..class.clone()
    };
    book.classes.set(held);
    let person = contact(&mut book, "a");
    attend(&mut book, &class, person, |it| it.attended = Some(true));
    assert_eq!(recommended(&book, dealer(), today).len(), 1);
    assert_eq!(recommended(&book, dealer(), day("2027-06-21")).len(), 2);
    let met = Need {
        status: Some(NeedStatus::Met),
        ..Need::clone(book.needs.get(Id::natural(&["need"])).unwrap())
    };
    book.needs.set(met);
    assert_eq!(
        recommended(&book, dealer(), day("2027-06-21"))[0]
            .reasons
            .len(),
        1
    );
}
