//! Worked examples and laws of the timeline.

use super::*;
use crate::date::parse_date;
use crate::schema::{Record, problems};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn plan() -> Id<Plan> {
    Id::natural(&["plan"])
}

fn id(name: &str) -> Id<Step> {
    Id::natural(&["step", name])
}

fn step(name: &str, after: &str, start: Option<&str>, due: &str) -> Step {
    Step {
        plan: plan(),
        title: name.into(),
        side: Some(Side::Us),
        after: if after.is_empty() { Id::NIL } else { id(after) },
        start: start.map(day),
        due: Some(day(due)),
        progress: Some(Progress::Waiting),
        position: name.into(),
        ..Step::with_id(id(name))
    }
}

#[test]
fn bars_lie_where_their_days_are() {
    let mut book = Book::default();
    let mut done = step("a", "", Some("2026-03-01"), "2026-03-10");
    done.progress = Some(Progress::Done);
    done.done_on = Some(day("2026-03-12"));
    book.steps.set(done);
    book.steps.set(step("b", "a", None, "2026-03-20"));
    book.steps.set(step("c", "", None, "2026-04-09"));
    let mut undated = step("d", "", None, "2026-04-01");
    undated.due = None;
    book.steps.set(undated);
    let gantt = Gantt::of(&book, plan(), day("2026-03-25")).unwrap();
    assert_eq!(
        gantt.span,
        DateSpan::new(day("2026-03-01"), day("2026-04-09")).unwrap()
    );
    let row = |at: usize| &gantt.rows[at];
    // Forty days: 250 basis points each.
    assert_eq!(
        row(0).planned,
        Stretch {
            left: 0,
            width: 2500
        }
    );
    assert_eq!(
        row(0).slip,
        Some(Stretch {
            left: 2500,
            width: 500
        })
    );
    assert_eq!(row(0).slippage, Some(2));
    // It begins when the one before is due, and slips to today.
    assert_eq!(
        row(1).planned,
        Stretch {
            left: 2500,
            width: 2500
        }
    );
    assert_eq!(
        row(1).slip,
        Some(Stretch {
            left: 5000,
            width: 1250
        })
    );
    assert_eq!((row(1).after, row(1).blocked), (Some(0), false));
    assert_eq!(
        row(1).explain(Lang::En)[2].value,
        "25 Mar 2026 − 20 Mar 2026 = 5 days"
    );
    assert_eq!(row(2).days.start(), day("2026-04-03"), "a week by default");
    assert_eq!(gantt.undated.len(), 1);
    assert_eq!(gantt.today, Some(6000));
    assert_eq!(gantt.slip_days(), 0);
    assert_eq!(gantt.months.len(), 2);
    assert_eq!(
        gantt.months[1].at,
        Stretch {
            left: 7750,
            width: 2250
        }
    );
    assert_eq!(gantt.of_side(Side::Dealer).count(), 0);
}

#[test]
fn circles_are_found_and_named_once() {
    let mut book = Book::default();
    for (name, after) in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e")] {
        book.steps.set(step(name, after, None, "2026-03-10"));
    }
    let gantt = Gantt::of(&book, plan(), day("2026-03-01")).unwrap();
    let names: Vec<_> = gantt
        .circles
        .iter()
        .map(|circle| circle_text(circle))
        .collect();
    assert_eq!(names, ["a → b → c → a", "e → e"]);
    assert!(gantt.rows[..3].iter().all(|row| !row.blocked));
    assert_eq!(
        problems(&**gantt.circles[1].first().unwrap())[0].field,
        "after"
    );
}

#[test]
fn a_step_does_not_begin_after_it_is_due() {
    let wrong = step("a", "", Some("2026-03-11"), "2026-03-10");
    assert_eq!(problems(&wrong)[0].field, "start");
    let mut book = Book::default();
    book.steps.set(wrong);
    let gantt = Gantt::of(&book, plan(), day("2026-03-01")).unwrap();
    assert_eq!(gantt.rows[0].days.start(), day("2026-03-04"));
    assert_eq!(Gantt::of(&Book::default(), plan(), day("2026-03-01")), None);
}

proptest! {
    /// Whatever waits for whatever: every bar lies within the width, months tile it, and
    /// each circle that is named is one.
    #[test]
    fn any_web_of_steps_is_drawn(
        web in prop::collection::vec((0usize..14, 0i64..400, prop::option::of(0i64..400)), 1..12), ahead in -100i64..500,
    ) {
        let mut book = Book::default();
        let zero = day("2026-01-01");
        for (number, (after, due, start)) in web.iter().enumerate() {
            let mut step = step(&number.to_string(), &after.to_string(), None, "2026-01-01");
            step.due = Some(add_days(zero, *due));
            step.start = start.map(|start| add_days(zero, start));
            book.steps.set(step);
        }
        let gantt = Gantt::of(&book, plan(), add_days(zero, ahead)).unwrap();
        prop_assert_eq!(gantt.rows.len(), web.len());
        for row in &gantt.rows {
            for stretch in [Some(row.planned), row.slip].into_iter().flatten() {
                prop_assert!(stretch.left >= 0 && stretch.width >= 0 && stretch.left + stretch.width <= WIDTH);
            }
        }
        let mut at = 0;
        for tick in &gantt.months {
            prop_assert_eq!(tick.at.left, at);
            at += tick.at.width;
        }
        prop_assert_eq!(at, WIDTH);
        let mut in_circles = BTreeSet::new();
        for circle in &gantt.circles {
            for (place, step) in circle.iter().enumerate() {
                prop_assert!(in_circles.insert(step.id));
                let next = &circle[(place + 1) % circle.len()];
                prop_assert_eq!(step.after, next.id);
            }
        }
        // A step that waits for itself, by way of others, is in one of them.
        for step in book.steps.iter() {
            prop_assert_eq!(crate::plans::would_cycle(&book, step.id, step.after), in_circles.contains(&step.id));
        }
    }
}
