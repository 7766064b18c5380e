//! How dealers are measured: a scorecard in force, targets by month, an own metric that is worked
//! out, and evaluations at every stage of their way.

use super::figures::SEASON;
use super::history::working_day;
use super::{Played, SoFar, Stage, Writer, stories};
use crate::book::Book;
use crate::date::{Date, Month, add_days};
use crate::formula::Formula;
use crate::id::Id;
use crate::metrics;
use crate::period::{Cycle, Period};
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::schema::Record;
use crate::scorecard::{Deduction, Points, Rubric, Thresholds, Weight, marked};
use crate::tables::{
    Direction, Evaluation, Gathering, IssueKind, Metric, Scorecard, ScorecardVersion, Target,
};

/// For how many months back and ahead, this one not counted, dealers have targets.
const MONTHS: (i32, i32) = (17, 3);

pub(super) fn write(stage: &Stage<'_>, so_far: &mut SoFar, out: &mut Writer) {
    own_metric(out);
    for played in stage.cast.iter().filter(|it| it.sketch.monthly > 0) {
        targets(stage, played, out);
    }
    let Some(version) = scorecard(stage, out) else {
        return;
    };
    evaluations(stage, &version, so_far, out);
}

/// What dealers sell of what they buy, in percent.
pub(super) fn own_metric(out: &mut Writer) {
    // Only the metrics that every book knows are asked for.
    let formula = Formula::typed("[销售额] / [进货额] * 100", &Book::default());
    let id = out.id::<Metric>();
    out.put(&Metric {
        name: "动销率".into(),
        unit: Some(Unit::Percent),
        direction: Some(Direction::Rising),
        gathering: Some(Gathering::Last),
        definition: "当月销售额 ÷ 当月进货额；明显低于 100% 说明货压在店里".into(),
        formula: formula.ok(),
        ..Metric::with_id(id)
    });
}

/// What each month was to bring: the season's part of the year that was agreed.
fn targets(stage: &Stage<'_>, played: &Played, out: &mut Writer) {
    let (sketch, this) = (&played.sketch, Month::of(stage.today));
    for ahead in -MONTHS.0..=MONTHS.1 {
        let month = this.plus(ahead);
        let season = i64::from(SEASON[(month.number() as usize + 11) % 12]);
        // What was agreed lies above what came where the pace is low.
        let yuan = sketch.monthly * 10_000 * season / sketch.pace.max(60) / 1000 * 1000;
        let metric = metrics::sales_in();
        out.put(&Target {
            dealer: played.dealer,
            metric,
            month: Some(month),
            amount: Some(Quantity::whole(yuan)),
            ..Target::with_id(Target::id_for(played.dealer, metric, month))
        });
    }
}

pub(super) fn rubric() -> Option<Rubric> {
    let weight = |metric, weight, floor, target: Option<i64>| Weight {
        metric,
        weight,
        direction: Direction::Rising,
        cap: Rate::percent(110),
        floor: Rate::percent(floor),
        target: target.map(Quantity::whole),
    };
    let falling = |metric, parts, target| Weight {
        direction: Direction::Falling,
        ..weight(metric, parts, 0, Some(target))
    };
    let deduction = |kind, each: i64, most: i64| Deduction {
        kind,
        each: Points(each * 100),
        most: Points(most * 100),
    };
    Rubric::new(
        Cycle::Quarter,
        vec![
            weight(metrics::sales_in(), 40, 60, None),
            weight(metrics::focus_share(), 20, 0, Some(36)),
            weight(metrics::satisfaction(), 15, 0, Some(95)),
            falling(metrics::receivable_days(), 15, 36),
            falling(metrics::stock_days(), 10, 45),
        ],
        vec![
            deduction(IssueKind::Territory, 5, 10),
            deduction(IssueKind::Price, 3, 6),
        ],
        Points(1200),
        Thresholds::default(),
    )
    .ok()
}

fn scorecard(stage: &Stage<'_>, out: &mut Writer) -> Option<ScorecardVersion> {
    let rubric = rubric()?;
    let id = out.id::<Scorecard>();
    out.put(&Scorecard {
        name: "年度合作评分卡".into(),
        aim: "每季和经销商一起看一遍：生意、结构、口碑、资金四方面各到了哪一步。".into(),
        rubric: Some(rubric.clone()),
        ..Scorecard::with_id(id)
    });
    let version = ScorecardVersion {
        scorecard: id,
        from: Some(Month::of(stage.today).plus(-MONTHS.0).first()),
        rubric: Some(rubric.clone()),
        ..ScorecardVersion::with_id(ScorecardVersion::id_for(id, &rubric))
    };
    out.put(&version);
    Some(version)
}

/// What is written in an evaluation, as far as it has come.
struct Told {
    dealer: &'static str,
    /// How many quarters ago.
    ago: i32,
    strengths: &'static str,
    chances: &'static str,
    response: &'static str,
    review: &'static str,
    /// How far it has come: 0 draft, 1 discussed, 2 answered, 3 a plan agreed, 4 reviewed.
    stage: u8,
}

const TOLD: &[Told] = &[
    Told {
        dealer: stories::RECOVERING,
        ago: 2,
        strengths: "账期一天没拖，门店口碑稳得住。",
        chances: "进货恢复得慢，重点产品的陈列没有回到断货前。",
        response: "断货那两个月客户被抢走了，供货稳住我们就能追回来。",
        review: "三条承诺都按期兑现，进货回到断货前的九成以上，陈列已恢复。",
        stage: 4,
    },
    Told {
        dealer: stories::RECOVERING,
        ago: 1,
        strengths: "进货连续三个月回升，满意度比上季高。",
        chances: "库存天数偏长，先清两款老机型。",
        response: "同意。老机型请给一次换购支持。",
        review: "",
        stage: 3,
    },
    Told {
        dealer: stories::LONG_TERM,
        ago: 1,
        strengths: "新城第五店按计划推进，重点产品占比全区最高。",
        chances: "应收账期比约定长了几天。",
        response: "",
        review: "",
        stage: 1,
    },
    Told {
        dealer: stories::RESOLVED_DISPUTE,
        ago: 1,
        strengths: "串货的事处理得干净，价格守住了。",
        chances: "进货和去年持平，下季把洗碗机做起来。",
        response: "扣分我们认，但源头不在我们，希望复盘时写清楚。",
        review: "",
        stage: 2,
    },
    Told {
        dealer: stories::JUST_BELOW,
        ago: 1,
        strengths: "重点产品卖得好，客户回头率高。",
        chances: "总量差一口气，蒸烤一体机还没铺开。",
        response: "",
        review: "",
        stage: 0,
    },
];

fn evaluations(
    stage: &Stage<'_>,
    version: &ScorecardVersion,
    so_far: &mut SoFar,
    out: &mut Writer,
) {
    let Some(rubric) = &version.rubric else {
        return;
    };
    let book = so_far.book(out);
    let over = Period::last_over(rubric.cycle(), stage.today);
    for told in TOLD {
        let Some(played) = stage.named(told.dealer) else {
            continue;
        };
        let period = over.plus(1 - told.ago);
        // The talk is held in the weeks after the quarter, though never ahead of today.
        let end = period.last().last();
        let day = |after: i64| Some(working_day(add_days(end, after)).min(stage.today));
        let reached = |at: u8, day: Option<Date>| day.filter(|_| told.stage >= at);
        let discussed_on = reached(1, day(12));
        let plan = book.plans.of(played.dealer).next().map(|plan| plan.id);
        out.put(&Evaluation {
            dealer: played.dealer,
            version: version.id,
            period: Some(period.first()),
            marks: discussed_on.map(|day| marked(book, rubric, played.dealer, period, day).marks),
            strengths: told.strengths.into(),
            chances: told.chances.into(),
            discussed_on,
            response: told.response.into(),
            responded_on: reached(2, day(16)),
            plan: plan.filter(|_| told.stage >= 3).unwrap_or(Id::NIL),
            agreed_on: reached(3, day(20)),
            review: told.review.into(),
            reviewed_on: reached(4, day(85)),
            ..Evaluation::with_id(Evaluation::id_for(
                played.dealer,
                version.id,
                period.first(),
            ))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::scorecard::{Stage as Reached, compared, in_force, score};

    fn demo() -> (Book, Date) {
        let today = parse_date("2026-08-10").unwrap();
        let mut so_far = SoFar::default();
        let out = Writer {
            changes: crate::demo::book(today, 1),
            ..Writer::default()
        };
        so_far.book(&out);
        (so_far.book, today)
    }

    #[test]
    fn every_stage_of_an_evaluation_is_there() {
        let (book, _) = demo();
        let stages: std::collections::BTreeSet<_> =
            book.evaluations.iter().map(|it| it.stage()).collect();
        let all = [
            Reached::Draft,
            Reached::Discussed,
            Reached::Responded,
            Reached::Agreed,
            Reached::Reviewed,
        ];
        assert!(stages.into_iter().eq(all));
    }

    #[test]
    fn the_weights_sum_to_a_hundred_and_scores_spread_over_the_tiers() {
        let (book, today) = demo();
        assert_eq!(rubric().unwrap().sum_of_weights(), 100);
        let card = book.scorecards.iter().next().unwrap();
        let version = in_force(&book, card.id, today).unwrap();
        let rubric = version.rubric.as_ref().unwrap();
        let period = Period::last_over(rubric.cycle(), today);
        let mut tiers = std::collections::BTreeSet::new();
        for dealer in book.dealers.iter() {
            tiers.extend(compared(&book, rubric, dealer.id, period, today).tier);
        }
        assert!(tiers.len() >= 3, "{tiers:?}");
    }

    #[test]
    fn a_discussed_evaluation_keeps_a_score() {
        let (book, today) = demo();
        for evaluation in book.evaluations.iter() {
            let scored = evaluation.scored(&book, today).unwrap();
            assert!(scored.score.is_some());
            if let Some(marks) = &evaluation.marks {
                let version = book.scorecard_versions.get(evaluation.version).unwrap();
                assert_eq!(score(version.rubric.as_ref().unwrap(), marks), scored);
            }
        }
    }
}
