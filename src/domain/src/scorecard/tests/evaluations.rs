//! Versions, and the way of an evaluation.

use super::*;
use crate::schema::{Change, changes};
use crate::tables::{Evaluation, Plan, Scorecard, ScorecardVersion};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Default)]
struct Shelf {
    book: Book,
    rows: BTreeMap<(u16, crate::id::Uuid), crate::schema::kept::Kept>,
}

impl Shelf {
    fn write(&mut self, changes: Vec<Change>) {
        for change in changes {
            let row = self.rows.entry((change.table, change.id)).or_default();
            row.write(&change);
            assert!(self.book.take(change.table, change.id, row));
        }
    }

    fn put_in_force(&mut self, rubric: Rubric, from: &str) -> Arc<ScorecardVersion> {
        let scorecard = scorecard(rubric);
        let changes = put_in_force(&self.book, &scorecard, day(from)).unwrap();
        self.write(changes);
        in_force(&self.book, scorecard.id, day(from)).unwrap()
    }

    fn evaluation(&self) -> Arc<Evaluation> {
        Arc::clone(self.book.evaluations.iter().next().unwrap())
    }
}

fn scorecard(rubric: Rubric) -> Scorecard {
    Scorecard {
        name: "季度评估".into(),
        rubric: Some(rubric),
        ..Scorecard::with_id(Id::natural(&["scorecard"]))
    }
}

fn sales_only() -> Rubric {
    rubric(vec![Weight {
        target: Some(Quantity::whole(100)),
        ..weigh(metrics::sales_in(), 100, Direction::Rising)
    }])
}

#[test]
fn a_version_in_force_never_changes() {
    let mut shelf = Shelf::default();
    let first = shelf.put_in_force(sales_only(), "2026-01-01");
    assert_eq!(
        put_in_force(&shelf.book, &scorecard(sales_only()), day("2026-02-01")),
        Err(VersionFault::InForce)
    );
    let other = rubric(vec![weigh(metrics::units(), 100, Direction::Rising)]);
    let second = shelf.put_in_force(other, "2026-07-01");
    let held = |book: &Book, on| in_force(book, first.scorecard, day(on)).map(|v| v.id);
    assert_eq!(held(&shelf.book, "2026-06-30"), Some(first.id));
    assert_eq!(held(&shelf.book, "2026-07-01"), Some(second.id));
    let mut altered = ScorecardVersion::clone(&second);
    altered.rubric = first.rubric.clone();
    shelf.book.scorecard_versions.set(altered);
    assert_eq!(held(&shelf.book, "2026-07-01"), Some(first.id));

    let unknown = rubric(vec![weigh(Id::natural(&["none"]), 100, Direction::Rising)]);
    assert_eq!(
        put_in_force(&shelf.book, &scorecard(unknown), day("2026-02-01")),
        Err(VersionFault::UnknownMetric)
    );
}

#[test]
fn of_versions_from_one_day_on_the_last_holds() {
    let mut shelf = Shelf::default();
    // Ids come from what versions say, in no order: were they to decide, one of eight would lose.
    for weight in 1..=8 {
        let rubric = rubric(vec![weigh(metrics::units(), weight, Direction::Rising)]);
        let held = shelf.put_in_force(rubric.clone(), "2026-01-01");
        assert_eq!(held.rubric.as_ref(), Some(&rubric));
    }
}

#[test]
fn an_evaluation_goes_its_way_step_by_step() {
    let mut shelf = Shelf::default();
    let version = shelf.put_in_force(sales_only(), "2026-01-01");
    let today = day("2026-07-06");
    assert_eq!(
        begin(&shelf.book, dealer(), &version, month("2026-10"), today),
        Err(CycleFault::NotBegun)
    );
    let begun = begin(&shelf.book, dealer(), &version, month("2026-05"), today).unwrap();
    shelf.write(begun);
    assert_eq!(
        begin(&shelf.book, dealer(), &version, month("2026-04"), today),
        Err(CycleFault::Begun)
    );
    let draft = shelf.evaluation();
    assert_eq!(draft.stage(), Stage::Draft);
    assert_eq!(discuss(&shelf.book, &draft, today), Err(CycleFault::NoData));
    assert_eq!(
        respond(&draft, "好", today),
        Err(CycleFault::NotNow(Stage::Draft))
    );

    for (as_of, amount) in [("2026-04-30", 90), ("2026-05-31", 80), ("2026-06-30", 100)] {
        read(&mut shelf.book, metrics::sales_in(), as_of, amount);
    }
    let discussed = discuss(&shelf.book, &draft, today).unwrap();
    shelf.write(discussed);
    let discussed = shelf.evaluation();
    assert_eq!(
        discussed.scored(&shelf.book, today).unwrap().score,
        Some(Points(9000))
    );

    // A reading that comes later does not change what was discussed.
    read(&mut shelf.book, metrics::sales_in(), "2026-06-30", 10);
    assert_eq!(
        discussed.scored(&shelf.book, today).unwrap().score,
        Some(Points(9000))
    );
    let compared = compared(
        &shelf.book,
        &sales_only(),
        dealer(),
        second_quarter(),
        today,
    );
    assert_eq!(compared.scored.score, Some(Points(9000)));
    assert_eq!(compared.tier, Some(Tier::First));

    assert_eq!(respond(&discussed, " \n", today), Err(CycleFault::Blank));
    shelf.write(respond(&discussed, "六月缺货，影响了十台", today).unwrap());
    let answered = shelf.evaluation();
    let plan = Plan {
        dealer: dealer(),
        title: "补齐样机".into(),
        ..Plan::with_id(Id::natural(&["plan"]))
    };
    assert_eq!(
        agree(&shelf.book, &answered, plan.id, today),
        Err(CycleFault::NoPlan)
    );
    shelf.write(changes(None, &plan));
    let agreed = agree(&shelf.book, &answered, plan.id, today).unwrap();
    shelf.write(agreed);
    shelf.write(review(&shelf.evaluation(), "样机已补齐", day("2026-09-30")).unwrap());
    let reviewed = shelf.evaluation();
    assert_eq!(reviewed.stage(), Stage::Reviewed);
    assert_eq!(crate::schema::problems(&*reviewed), []);
    assert_eq!(
        review(&reviewed, "再来", today),
        Err(CycleFault::NotNow(Stage::Reviewed))
    );
    for stage in [
        Stage::Draft,
        Stage::Discussed,
        Stage::Responded,
        Stage::Agreed,
    ] {
        assert!(!CycleFault::NotNow(stage).words().zh.is_empty());
    }
}

#[test]
fn a_dealer_is_compared_with_its_own_past() {
    let mut book = Book::default();
    for (as_of, amount) in [
        ("2025-09-30", 95),
        ("2025-12-31", 92),
        ("2026-03-31", 75),
        ("2026-06-30", 85),
    ] {
        read(&mut book, metrics::sales_in(), as_of, amount);
    }
    let compared = compared(
        &book,
        &sales_only(),
        dealer(),
        second_quarter(),
        day("2026-07-01"),
    );
    assert_eq!(compared.scored.score, Some(Points(8500)));
    // Below tier 1 in two quarters: down to the better of the two.
    assert_eq!(compared.tier, Some(Tier::Second));
    // x 0–3, y 95 92 75 85: (4 · 497 − 6 · 347) ÷ 20.
    assert_eq!(compared.slope.unwrap().show(), "−4.7");
    let lines = compared.explain(Lang::En);
    assert_eq!(lines[0].value, "Q1 2025: no score");
    assert!(
        lines
            .iter()
            .any(|line| line.value == "−4.7 points a period (least squares over 4)")
    );
}
