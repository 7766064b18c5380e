//! The figures of the demo book: monthly readings with the seasons of the trade, and goals
//! that stand where their story wants them.

use super::Writer;
use super::chance::Chance;
use super::stories::purchases;
use super::texts::{self, Sketch, filled};
use crate::date::{Date, DateSpan, Month, add_days};
use crate::id::Id;
use crate::metrics;
use crate::position;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::tables::{Dealer, Goal, Metric, Milestone, Need, Plan, Progress, Reading, Side, Step};
use crate::value::{Course, Figure, Outcome, Shape};

/// How much a month sells against the average month, in percent. Kitchens are bought around
/// the consumer days of March and November, the festivals of May and October and the mid-year
/// sales; little moves around the Spring Festival.
pub(super) const SEASON: [u16; 12] = [72, 55, 104, 98, 112, 118, 88, 90, 115, 124, 128, 96];

/// How many months of history there are, this one included.
const MONTHS: i32 = 18;

fn season(month: Month) -> i64 {
    i64::from(SEASON[(month.number() as usize + 11) % 12])
}

/// What goals are set by: for each month, oldest first, what was bought in yuan and the share
/// of focus products in hundredths of a percent.
#[derive(Default)]
pub(super) struct History {
    bought: Vec<(Month, i64)>,
    mix: Vec<(Month, i64)>,
}

/// Readings of a dealer up to today.
pub(super) fn readings(
    out: &mut Writer,
    chance: &mut Chance,
    today: Date,
    sketch: &Sketch,
    dealer: Id<Dealer>,
) -> History {
    let this = Month::of(today);
    let mut history = History::default();
    // Where the slow figures start, and how they drift in a month; hundredths.
    let mut satisfaction = chance.between(8600, 9300);
    let mut receivable = chance.between(3400, 5600);
    let mut stock = chance.between(4600, 6800);
    let mut focus = chance.between(2200, 3000);
    let mut share = chance.between(700, 1500);
    let mut shops = chance.between(1, 3) * i64::from(sketch.size.max(1)) * 100;
    for ago in (0..MONTHS).rev() {
        let month = this.plus(-ago);
        satisfaction = (satisfaction + chance.between(-90, 100)).clamp(7800, 9900);
        receivable = (receivable + chance.between(-160, 110)).clamp(2500, 7500);
        stock = (stock + chance.between(-240, 210)).clamp(3000, 9000);
        focus = (focus + chance.between(-60, 130)).clamp(1500, 5500);
        share = (share + chance.between(-40, 60)).clamp(400, 2400);
        let noise = chance.between(93, 107);
        let Some(story) = purchases(sketch.story, ago) else {
            continue;
        };
        let trend = 10_000 - sketch.growth * 100 * i64::from(ago) / 12;
        let whole = sketch.monthly * 10_000 * season(month) / 100 * trend / 10_000 * noise / 100
            * story
            / 100;
        let as_of = month.last().min(today);
        // The running month has come as far as its days.
        let part = crate::date::days_between(month.first(), as_of) + 1;
        let yuan = whole * part / month.days() / 10 * 10;
        history.bought.push((month, yuan));
        history.mix.push((month, focus / 10 * 10));
        let mut put = |metric: Id<Metric>, amount: Quantity| {
            out.put(&Reading {
                dealer,
                metric,
                month: Some(month),
                figure: Some(Figure { amount, as_of }),
                source: "月报".into(),
                ..Reading::with_id(Reading::id_for(dealer, metric, month))
            });
        };
        put(metrics::sales_in(), Quantity::whole(yuan));
        put(metrics::units(), Quantity::whole(yuan / 4200));
        if sketch.grade == 1 {
            put(
                metrics::sales_out(),
                Quantity::whole(yuan * 127 / 1000 * 10),
            );
        }
        put(metrics::satisfaction(), Quantity(satisfaction / 10 * 10));
        put(metrics::receivable_days(), Quantity(receivable / 100 * 100));
        put(metrics::stock_days(), Quantity(stock / 100 * 100));
        put(metrics::focus_share(), Quantity(focus / 10 * 10));
        if month.number().is_multiple_of(3) {
            shops += if chance.percent(35) { 100 } else { 0 };
            put(metrics::market_share(), Quantity(share / 10 * 10));
            put(metrics::shops(), Quantity(shops));
        }
    }
    history
}

/// The goals of a dealer with their milestones and plans; gives the one about a year's
/// purchases.
pub(super) fn goals(
    out: &mut Writer,
    chance: &mut Chance,
    today: Date,
    sketch: &Sketch,
    dealer: Id<Dealer>,
    history: &History,
    need: Id<Need>,
) -> Option<Goal> {
    let this = Month::of(today);
    let span = DateSpan::new(this.plus(-6).first(), this.plus(5).last())?;
    let achieved: i64 = history
        .bought
        .iter()
        .filter(|(month, _)| span.contains(month.first()))
        .map(|(_, yuan)| yuan)
        .sum();
    // What should be there by today, in hundredths of percent of the whole: full months by
    // their seasons, the running one by its days.
    let all: i64 = span.months().map(season).sum();
    let elapsed: i64 = (-6..0).map(|n| season(this.plus(n)) * 100).sum::<i64>()
        + season(this) * 100 * (crate::date::days_between(this.first(), today) + 1) / this.days();
    let expected = elapsed * 100 / all;
    if expected == 0 || achieved == 0 {
        return None;
    }
    // In ten thousand yuan, as people say it.
    let target = achieved * 10_000 / expected * 100 / sketch.pace.max(1) / 10_000;
    let goal = out.id::<Goal>();
    let reason = chance.pick(&texts::reasons()).to_owned();
    let subject = chance.pick(&texts::subjects());
    let main = Goal {
        dealer,
        title: format!(
            "到 {} 年 {} 月底，一年进货做到 {target} 万",
            this.plus(5).year(),
            this.plus(5).number()
        ),
        metric: metrics::sales_in(),
        course: Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(target * 10_000),
        }),
        span: Some(span),
        shape: Some(Shape(SEASON)),
        need,
        reason,
        agreed_by: sketch.owner(),
        agreed_on: Some(add_days(span.start(), -chance.between(2, 12))),
        approach: format!("以{subject}为主线，每月复盘一次"),
        ..Goal::with_id(goal)
    };
    out.put(&main);
    // Who is only a little behind reached half of the way all the same.
    let on_course = sketch.pace >= 85;
    for (ahead, share) in [(-4, 24), (-1, 50), (2, 76)] {
        let due = this.plus(ahead).last();
        let reached = due < today && (ahead < -1 || on_course);
        let id = out.id();
        out.put(&Milestone {
            goal,
            dealer,
            title: format!("累计进货 {} 万", target * share / 100),
            due: Some(due),
            outcome: if reached {
                Outcome::Done(add_days(due, -chance.between(0, 6)))
            } else {
                Outcome::Open
            },
            ..Milestone::with_id(id)
        });
    }
    plan(out, chance, today, sketch, dealer, goal, subject);
    if sketch.grade == 1 {
        mix_goal(out, chance, today, sketch, dealer, history);
    }
    Some(main)
}

/// How many months the goal about the mix lasts, and how many of them are over.
const MIX_MONTHS: (i32, i32) = (9, 3);

/// A goal about the mix, for the closest dealers: from where the mix stood when the goal began
/// to where its pace so far would lead, a little more or less.
fn mix_goal(
    out: &mut Writer,
    chance: &mut Chance,
    today: Date,
    sketch: &Sketch,
    dealer: Id<Dealer>,
    history: &History,
) {
    let start = Month::of(today).plus(-MIX_MONTHS.1);
    let Some(span) = DateSpan::new(start.first(), start.plus(MIX_MONTHS.0 - 1).last()) else {
        return;
    };
    let at = |month: Month| {
        let mut mix = history.mix.iter();
        mix.find(|(other, _)| *other == month)
            .map(|(_, focus)| *focus)
    };
    let (Some(before), Some(now)) = (at(start.plus(-1)), at(Month::of(today))) else {
        return;
    };
    let pace = if sketch.story == "below" {
        106
    } else {
        chance.between(92, 114)
    };
    let gone = crate::date::days_between(span.start(), today) + 1;
    let step = (now - before) * span.days() / gone * 100 / pace / 50 * 50;
    // At least three points: less would be no goal.
    if step < 300 {
        return;
    }
    let id = out.id();
    let percent = |hundredths| Quantity(hundredths).to_string();
    out.put(&Goal {
        dealer,
        title: format!(
            "重点产品占比从 {}% 提到 {}%",
            percent(before),
            percent(before + step)
        ),
        metric: metrics::focus_share(),
        course: Some(Course {
            baseline: Quantity(before),
            target: Quantity(before + step),
        }),
        span: Some(span),
        agreed_by: sketch.owner(),
        agreed_on: Some(add_days(span.start(), -chance.between(1, 9))),
        reason: "利润比规模更要紧".into(),
        ..Goal::with_id(id)
    });
}

fn plan(
    out: &mut Writer,
    chance: &mut Chance,
    today: Date,
    sketch: &Sketch,
    dealer: Id<Dealer>,
    goal: Id<Goal>,
    subject: &str,
) {
    let id = out.id::<Plan>();
    out.put(&Plan {
        dealer,
        title: subject.into(),
        goal,
        detail: format!("{}牵头，我方每月到店一次，数据一起看。", sketch.owner()),
        ..Plan::with_id(id)
    });
    let lines = texts::steps();
    let places = position::several(None, lines.len());
    let mut after = Id::NIL;
    // The fourth step is under way; where the goal is behind, it may be late.
    let apart = sketch.name.bytes().map(i64::from).sum::<i64>();
    let first = if sketch.pace >= 95 {
        apart % 22 - 55
    } else {
        apart % 18 - 67
    };
    for (at, (line, place)) in lines.into_iter().zip(places).enumerate() {
        let due = add_days(today, first + at as i64 * 21 + chance.between(-2, 2));
        let step = out.id::<Step>();
        let done = at < 3;
        out.put(&Step {
            plan: id,
            dealer,
            title: filled(texts::cell(line, 0), chance, &sketch.owner(), 1),
            side: Some(Side::from_code(texts::cell(line, 1).parse().unwrap_or(1))),
            owner: sketch
                .people()
                .nth(usize::from(texts::cell(line, 1) == "2"))
                .or_else(|| sketch.people().next())
                .filter(|_| texts::cell(line, 1) == "2")
                .map_or(String::new(), |(name, _)| name.to_owned()),
            due: Some(due),
            after,
            progress: Some(match at {
                0..3 => Progress::Done,
                3 => Progress::Doing,
                _ => Progress::Waiting,
            }),
            evidence: if done {
                texts::cell(line, 2).to_owned()
            } else {
                String::new()
            },
            done_on: done.then(|| add_days(due, -chance.between(0, 5)).min(today)),
            position: place,
            ..Step::with_id(step)
        });
        after = step;
    }
}
