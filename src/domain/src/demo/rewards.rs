//! Incentives: a scheme of every kind of rule, who takes part, and statements: paid, open, and one that
//! is disputed.

use super::history::working_day;
use super::{SoFar, Stage, Writer, stories};
use crate::date::{DateSpan, Month, add_days};
use crate::filter::{Condition, Filter, Test};
use crate::id::Id;
use crate::incentives::{
    Earning, Limits, Returns, Settlement, Terms, Tiers, approve, dispute, draft, enrolments,
};
use crate::metrics;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::schema::Record;
use crate::tables::{Dealer, DealerStatus, Enrolment, Metric, Scheme, Statement};
use crate::value::{Outcome, Value};
use crate::words::Lang;
use std::sync::Arc;

/// Who approves schemes.
const APPROVER: &str = "销售总监 陆明远";
/// How many days ago the statement was disputed.
const DISPUTED_DAYS: i64 = 12;

/// A scheme as its story wants it.
struct Sketched {
    name: &'static str,
    aim: &'static str,
    metric: Id<Metric>,
    span: DateSpan,
    earning: Earning,
    limits: Limits,
    /// In yuan.
    budget: i64,
    /// Whether it was approved, and whom it is for: dealers that buy so much in a year, in yuan.
    approved: bool,
    from_yuan: Option<i64>,
    ended: bool,
}

pub(super) fn write(stage: &Stage<'_>, so_far: &mut SoFar, out: &mut Writer) {
    let Some(sketches) = sketched(stage) else {
        return;
    };
    for sketch in sketches {
        scheme(stage, &sketch, so_far, out);
    }
}

const fn yuan(whole: i64) -> Fen {
    Fen(whole * 100)
}

/// From the first day of a month to the last day of another, counted from this month.
fn span(stage: &Stage<'_>, from: i32, to: i32) -> Option<DateSpan> {
    let this = Month::of(stage.today);
    DateSpan::new(this.plus(from).first(), this.plus(to).last())
}

fn sketched(stage: &Stage<'_>) -> Option<Vec<Sketched>> {
    let tiers = |starts: &[(i64, i64)]| {
        let starts = starts
            .iter()
            .map(|(from, hundredths)| (Quantity::whole(*from), Rate(*hundredths)));
        Tiers::from_starts(&starts.collect::<Vec<_>>()).ok()
    };
    let yearly = |ten_thousands: i64| ten_thousands * 10_000;
    let year = span(stage, -8, 3)?;
    Some(vec![
        Sketched {
            name: "年度进货返利",
            aim: "让经销商看得清楚：多进一档，多拿多少。",
            metric: metrics::sales_in(),
            span: year,
            earning: Earning::Marginal(tiers(&[
                (0, 80),
                (yearly(200), 120),
                (yearly(400), 160),
                (yearly(700), 200),
            ])?),
            limits: Limits {
                prorated: true,
                returns: Returns::TakenBack,
                ..Limits::default()
            },
            budget: 1_200_000,
            approved: true,
            from_yuan: None,
            ended: false,
        },
        Sketched {
            name: "本季目标达成奖",
            aim: "季度目标够得着，够着了有奖，超了更多。",
            metric: metrics::sales_in(),
            span: span(stage, -1, 1)?,
            earning: Earning::Target {
                payout: yuan(20_000),
                threshold: Rate::percent(80),
                start: Rate::percent(50),
                accelerator: Rate::percent(150),
            },
            limits: Limits {
                cap: Some(yuan(40_000)),
                ..Limits::default()
            },
            budget: 360_000,
            approved: true,
            from_yuan: Some(3_000_000),
            ended: false,
        },
        Sketched {
            name: "旺季单台奖励",
            aim: "把柜台热起来，卖一台奖一台。",
            metric: metrics::units(),
            span: span(stage, -1, 0)?,
            earning: Earning::PerUnit {
                bonus: yuan(50),
                dates: span(stage, -1, 0)?,
            },
            limits: Limits::default(),
            budget: 180_000,
            approved: true,
            from_yuan: None,
            ended: false,
        },
        Sketched {
            name: "最佳合作伙伴游学",
            aim: "评分最好的五家，一起去看看同行怎么做。",
            metric: metrics::sales_in(),
            span: year,
            earning: Earning::Trip {
                places: 5,
                worth: yuan(15_000),
                least: Quantity::whole(80),
            },
            limits: Limits::default(),
            budget: 75_000,
            approved: true,
            from_yuan: None,
            ended: false,
        },
        Sketched {
            name: "增长奖（征求意见）",
            aim: "奖增量，不奖存量。",
            metric: metrics::sales_in(),
            span: span(stage, 1, 6)?,
            earning: Earning::Growth {
                rate: Rate::percent(3),
                threshold: Rate::percent(10),
            },
            limits: Limits {
                cap: Some(yuan(60_000)),
                ..Limits::default()
            },
            budget: 300_000,
            approved: false,
            from_yuan: Some(1_000_000),
            ended: false,
        },
        Sketched {
            name: "去年达档返利",
            aim: "达到哪一档，全年都按那一档算。",
            metric: metrics::sales_in(),
            span: span(stage, -17, -9)?,
            earning: Earning::Retroactive(tiers(&[
                (yearly(100), 50),
                (yearly(300), 100),
                (yearly(600), 150),
            ])?),
            limits: Limits::default(),
            budget: 700_000,
            approved: true,
            from_yuan: None,
            ended: true,
        },
    ])
}

/// Dealers that the maker works with, and that bought so much in a year.
fn eligibility(from_yuan: Option<i64>) -> Option<Filter> {
    let table = Dealer::TABLE;
    let active = Test::Among(vec![Value::Choice(DealerStatus::Active.code())]);
    let filter = Filter::all(table).and(Condition::Field {
        place: table.position("status")?,
        test: active,
    });
    let filter = filter.ok()?;
    match from_yuan {
        None => Some(filter),
        Some(least) => filter
            .and(Condition::Metric {
                metric: metrics::sales_in(),
                months: 12,
                test: Test::AtLeast(Value::Number(least * 100)),
            })
            .ok(),
    }
}

fn scheme(stage: &Stage<'_>, sketch: &Sketched, so_far: &mut SoFar, out: &mut Writer) {
    let span = sketch.span;
    let Ok(terms) = Terms::new(sketch.metric, span, sketch.earning.clone(), sketch.limits) else {
        return;
    };
    let scheme = Scheme {
        name: sketch.name.into(),
        aim: sketch.aim.into(),
        terms: Some(terms),
        eligibility: eligibility(sketch.from_yuan),
        budget: Some(yuan(sketch.budget)),
        ..Scheme::with_id(out.id())
    };
    out.put(&scheme);
    if !sketch.approved {
        return;
    }
    let on = working_day(add_days(span.start(), -20));
    let Ok(version) = approve(so_far.book(out), &scheme, APPROVER, on) else {
        return;
    };
    out.changes.extend(version);
    for played in stage.cast {
        let pays = played.sketch.monthly > 0 && played.sketch.story != "dormant";
        let yearly = played.sketch.monthly * 12 * 10_000;
        // Two who could take part have not been asked yet.
        let asked = sketch.ended || !["福州闽江厨居", "芜湖赭山厨电"].contains(&played.sketch.name);
        if pays && asked && sketch.from_yuan.is_none_or(|from| yearly >= from) {
            out.put(&Enrolment {
                dealer: played.dealer,
                scheme: scheme.id,
                from: Some(span.start()),
                agreed_by: played.sketch.owner(),
                ..Enrolment::with_id(Enrolment::id_for(played.dealer, scheme.id))
            });
        }
    }
    if matches!(sketch.earning, Earning::Marginal(_)) {
        // Half-yearly for the marginal scheme: one that is paid, one that waits.
        statements(stage, &scheme, 2, true, so_far, out);
        statements(stage, &scheme, 5, false, so_far, out);
        disputed(stage, &scheme, so_far, out);
    }
    if sketch.ended {
        statements(stage, &scheme, 8, true, so_far, out);
        out.put(&Scheme {
            outcome: Outcome::Done(add_days(span.end(), 20).min(stage.today)),
            ..scheme
        });
    }
}

/// The statements up to the end of the month so many months after the scheme's first.
fn statements(
    stage: &Stage<'_>,
    scheme: &Scheme,
    months: i32,
    paid: bool,
    so_far: &mut SoFar,
    out: &mut Writer,
) {
    let Some(terms) = &scheme.terms else { return };
    let until = Month::of(terms.period().start()).plus(months).last();
    let issued = working_day(add_days(until, 8)).min(stage.today);
    let book = so_far.book(out);
    for (_, enrolment) in enrolments(book, scheme.id) {
        let Ok(statement) = draft(book, &enrolment, None, until, issued) else {
            continue;
        };
        out.put(&Statement {
            outcome: if paid {
                Outcome::Done(working_day(add_days(issued, 10)).min(stage.today))
            } else {
                Outcome::Open
            },
            ..statement
        });
    }
}

/// One dealer does not agree with the statement that waits.
fn disputed(stage: &Stage<'_>, scheme: &Scheme, so_far: &mut SoFar, out: &mut Writer) {
    let book = so_far.book(out);
    let open = stage.named(stories::DISPUTE).and_then(|played| {
        let of = |it: &&Arc<Statement>| it.scheme == scheme.id && it.outcome == Outcome::Open;
        book.statements.of(played.dealer).find(of)
    });
    let Some(settlement) = open.and_then(|statement| Settlement::of(book, statement).ok()) else {
        return;
    };
    let reason = "月底那批货次月初才入库，应算进本期。";
    let id = out.id();
    let writes = dispute(
        book,
        &settlement,
        reason,
        id,
        stage.ago(DISPUTED_DAYS),
        Lang::Zh,
    );
    out.changes.extend(writes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::incentives::{Outlay, in_force};

    #[test]
    fn every_rule_has_a_scheme_and_every_statement_adds_up() {
        for day in ["2026-01-03", "2026-03-10", "2026-08-10", "2028-02-29"] {
            let today = parse_date(day).unwrap();
            let out = Writer {
                changes: crate::demo::book(today, 1),
                ..Writer::default()
            };
            let mut so_far = SoFar::default();
            let book = so_far.book(&out);
            assert_eq!(book.schemes.len(), 6, "{day}");
            let mut kinds = std::collections::BTreeSet::new();
            for scheme in book.schemes.iter() {
                kinds.insert(scheme.terms.as_ref().unwrap().earning().words().en);
                let Some(version) = in_force(book, scheme.id, today) else {
                    continue;
                };
                let outlay = Outlay::of(book, &version, &|_| None, today)
                    .unwrap()
                    .unwrap();
                assert!(outlay.shares.len() >= 3, "{day}: {}", scheme.name);
            }
            assert_eq!(kinds.len(), 6);
            assert!(
                book.statements.len() > 30,
                "{day}: {}",
                book.statements.len()
            );
            for statement in book.statements.iter() {
                let payout = Settlement::of(book, statement).unwrap().payout;
                let sum: i64 = payout.lines.iter().map(|line| line.amount.0).sum();
                assert_eq!(sum, payout.total.0);
            }
            let open = book.statements.iter().filter(|it| !it.dispute.is_nil());
            assert_eq!(open.count(), 1, "{day}");
        }
    }
}
