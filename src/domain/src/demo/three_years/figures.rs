//! How a dealer is measured and paid: three years of readings, targets, schemes, evaluations.

use super::{MONTHS, One};
use crate::book::Book;
use crate::date::{Month, add_days};
use crate::demo::figures::SEASON;
use crate::demo::large::Maker;
use crate::id::Id;
use crate::incentives::draft;
use crate::metrics;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::schema::{Record, rows_of};
use crate::scorecard::marked;
use crate::tables::{Enrolment, Evaluation, Metric, Reading, Scheme, Target};
use crate::value::{Figure, Outcome};

/// Months back for which the metrics beside purchases are read too.
const OTHERS: i32 = 6;

pub(super) fn write(maker: &mut Maker, one: &One<'_>) {
    let begun = maker.out.changes.len();
    let monthly = maker.chance.between(8, 90) * 10_000;
    let this = Month::of(maker.today);
    for back in 1..=MONTHS {
        let month = this.plus(-back);
        let season = i64::from(SEASON[(month.number() as usize + 11) % 12]);
        let pace = maker.chance.between(70, 120);
        let amount = Quantity::whole(monthly * season / 100 * pace / 100);
        read(maker, one, metrics::sales_in(), month, amount);
        if back <= OTHERS {
            for (metric, low, high) in [
                (metrics::focus_share(), 15, 45),
                (metrics::satisfaction(), 70, 99),
                (metrics::receivable_days(), 20, 70),
                (metrics::stock_days(), 25, 90),
            ] {
                let amount = Quantity::whole(maker.chance.between(low, high));
                read(maker, one, metric, month, amount);
            }
        }
        if back <= 9 {
            target(maker, one, month, Quantity::whole(monthly * season / 100));
        }
    }
    for ahead in 0..3 {
        let month = this.plus(ahead);
        let season = i64::from(SEASON[(month.number() as usize + 11) % 12]);
        target(maker, one, month, Quantity::whole(monthly * season / 100));
    }
    enrol(maker, one, one.shared.yearly);
    if one.each(2) {
        enrol(maker, one, one.shared.quarterly);
    }
    if one.each(5) {
        settle(maker, one, begun);
    }
}

fn read(maker: &mut Maker, one: &One<'_>, metric: Id<Metric>, month: Month, amount: Quantity) {
    maker.out.put(&Reading {
        dealer: one.dealer,
        metric,
        month: Some(month),
        figure: Some(Figure {
            amount,
            as_of: month.last(),
        }),
        source: "月报".into(),
        ..Reading::with_id(Reading::id_for(one.dealer, metric, month))
    });
}

fn target(maker: &mut Maker, one: &One<'_>, month: Month, amount: Quantity) {
    let metric = metrics::sales_in();
    maker.out.put(&Target {
        dealer: one.dealer,
        metric,
        month: Some(month),
        amount: Some(amount),
        ..Target::with_id(Target::id_for(one.dealer, metric, month))
    });
}

fn enrol(maker: &mut Maker, one: &One<'_>, scheme: Id<Scheme>) {
    let Some(span) = one.shared.span else { return };
    maker.out.put(&Enrolment {
        dealer: one.dealer,
        scheme,
        from: Some(span.start()),
        agreed_by: "老板".into(),
        ..Enrolment::with_id(Enrolment::id_for(one.dealer, scheme))
    });
}

/// A statement of the year's first half, and the last quarter's evaluation: what follows from the rest.
fn settle(maker: &mut Maker, one: &One<'_>, begun: usize) {
    let mut book = Book::default();
    let own = maker.out.changes.get(begun..).unwrap_or_default();
    for written in [&one.shared.written[..], own] {
        for ((table, id), row) in rows_of(written) {
            book.take(table, id, &row);
        }
    }
    let enrolment = Enrolment::id_for(one.dealer, one.shared.yearly);
    let until = one
        .shared
        .span
        .map(|span| Month::of(span.start()).plus(5).last());
    if let Some((enrolment, until)) = book.enrolments.get(enrolment).zip(until)
        && let Ok(statement) = draft(&book, enrolment, None, until, maker.today)
    {
        maker.out.put(&statement);
    }
    let Some(version) = &one.shared.scorecard else {
        return;
    };
    let Some(rubric) = &version.rubric else {
        return;
    };
    let period = Period::last_over(rubric.cycle(), maker.today);
    let discussed = add_days(period.last().last(), 12).min(maker.today);
    let marks = marked(&book, rubric, one.dealer, period, discussed).marks;
    let id = Evaluation::id_for(one.dealer, version.id, period.first());
    maker.out.put(&Evaluation {
        dealer: one.dealer,
        version: version.id,
        period: Some(period.first()),
        marks: Some(marks),
        strengths: "账期一天没拖。".into(),
        chances: "库存天数偏长。".into(),
        discussed_on: Some(discussed),
        ..Evaluation::with_id(id)
    });
}

/// Whether something so many days ago has been settled since: most things have.
pub(super) fn settled(maker: &mut Maker, ago: i64, cases: i64) -> Outcome {
    let today = maker.today;
    match maker.chance.percent(cases) {
        true => Outcome::Done(add_days(today, -ago)),
        false => Outcome::Open,
    }
}
