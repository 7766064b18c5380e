//! The long term: a joint business plan in its second year, contracts, the culture check, and
//! risks.

use super::figures::SEASON;
use super::history::working_day;
use super::{Played, Stage, Writer, stories};
use crate::book::Book;
use crate::date::{Date, DateSpan, Minute, Month, add_days, add_months};
use crate::id::Id;
use crate::metrics;
use crate::position;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::strategy::{quarterly_goals, yearly_goals};
use crate::tables::{
    Agrees, BusinessPlan, Channel, Contract, ContractKind, CultureCheck, Degree, Goal, Meeting,
    Objective, Plan, Progress, Review, ReviewKind, Risk, RiskKind, Side, Step,
};
use crate::value::{Course, Outcome, Shape};
use crate::words::Lang;
use chrono::Datelike;

pub(super) fn write(stage: &Stage<'_>, out: &mut Writer) {
    if let Some(played) = stage.named(stories::LONG_TERM) {
        joint_plan(stage, played, out);
    }
    contracts(stage, out);
    culture(stage, out);
    risks(stage, out);
}

fn joint_plan(stage: &Stage<'_>, played: &Played, out: &mut Writer) {
    let year = stage.today.year();
    let first = Month::new(year - 1, 1).map(Month::first);
    let last = Month::new(year + 1, 12).map(Month::last);
    let Some(span) = first
        .zip(last)
        .and_then(|(first, last)| DateSpan::new(first, last))
    else {
        return;
    };
    let agreed_on = working_day(add_days(span.start(), -20));
    let id = out.id::<BusinessPlan>();
    let plan = BusinessPlan {
        dealer: played.dealer,
        title: format!("{}–{} 合作规划", year - 1, year + 1),
        vision: "三年后，主城每个新交付的小区都有人因为整套厨房想到这四家店。".into(),
        span: Some(span),
        agreed_by: played.sketch.owner(),
        agreed_on: Some(agreed_on),
        internal_notes: "对手也在谈三年约，规划是留住他的关键。".into(),
        ..BusinessPlan::with_id(id)
    };
    out.put(&plan);
    // The year before the plan and its last year, in whole 300,000 yuan, so that three equal
    // steps lead from one to the other.
    let yearly = played.sketch.monthly * 12 * 10_000;
    let whole = |percent: i64| Quantity::whole(yearly * percent / 100 / 300_000 * 300_000);
    let objectives = [
        (
            "一年进货稳步做大",
            metrics::sales_in(),
            whole(80),
            whole(95),
            "规模是谈资源的底气",
        ),
        (
            "门店从四家到七家",
            metrics::shops(),
            Quantity::whole(4),
            Quantity::whole(7),
            "新城要先占位置",
        ),
    ];
    let places = position::several(None, objectives.len());
    for ((title, metric, from, to, reason), position) in objectives.into_iter().zip(places) {
        let objective = Objective {
            business_plan: plan.id,
            dealer: played.dealer,
            title: title.into(),
            metric,
            course: Some(Course {
                baseline: from,
                target: to,
            }),
            reason: reason.into(),
            position,
            ..Objective::with_id(out.id())
        };
        out.put(&objective);
        if metric == metrics::sales_in() {
            cascade(stage, &plan, &objective, agreed_on, out);
            initiative(stage, played, &objective, out);
        }
    }
    reviews(stage, played, &plan, span, out);
}

/// The objective's yearly goals, and the quarters of the year that runs.
fn cascade(
    stage: &Stage<'_>,
    plan: &BusinessPlan,
    objective: &Objective,
    agreed_on: Date,
    out: &mut Writer,
) {
    // Only the metrics that every book knows are asked for.
    let book = Book::default();
    let mut put = |goal: &Goal| {
        let end = goal.span.map(|span| span.end());
        let over = end.filter(|end| *end < stage.today);
        out.put(&Goal {
            agreed_by: plan.agreed_by.clone(),
            agreed_on: Some(agreed_on),
            outcome: over.map_or(Outcome::Open, |end| {
                Outcome::Done(add_days(end, 5).min(stage.today))
            }),
            ..goal.clone()
        });
    };
    for mut year in yearly_goals(&book, plan, objective, Lang::Zh) {
        year.shape = Some(Shape(SEASON));
        put(&year);
        if year.span.is_some_and(|span| span.contains(stage.today)) {
            for quarter in quarterly_goals(&book, &year, Lang::Zh) {
                put(&quarter);
            }
        }
    }
}

fn initiative(stage: &Stage<'_>, played: &Played, objective: &Objective, out: &mut Writer) {
    let plan = out.id::<Plan>();
    out.put(&Plan {
        dealer: played.dealer,
        title: "新城第五店".into(),
        objective: objective.id,
        detail: "选址、装修、招人三件事并行，明年旺季前开业。".into(),
        ..Plan::with_id(plan)
    });
    let steps = [
        ("选定新城店址", Side::Dealer, 80, 40, true),
        ("出展厅设计图", Side::Us, 60, 20, true),
        ("装修与样机进场", Side::Dealer, 10, -60, false),
        ("店长和导购带教", Side::Us, -60, -95, false),
    ];
    let places = position::several(None, steps.len());
    let mut after = Id::NIL;
    for ((title, side, start, due, done), position) in steps.into_iter().zip(places) {
        let id = out.id::<Step>();
        let due = stage.ago(due);
        out.put(&Step {
            plan,
            dealer: played.dealer,
            title: title.into(),
            side: Some(side),
            start: Some(stage.ago(start)),
            due: Some(due),
            after,
            progress: Some(if done {
                Progress::Done
            } else {
                Progress::Waiting
            }),
            done_on: done.then_some(due),
            evidence: if done {
                "双方签字的图纸".into()
            } else {
                String::new()
            },
            position,
            ..Step::with_id(id)
        });
        after = id;
    }
}

fn reviews(
    stage: &Stage<'_>,
    played: &Played,
    plan: &BusinessPlan,
    span: DateSpan,
    out: &mut Writer,
) {
    let yearly = working_day(add_days(add_months(span.start(), 12), 15));
    let strategic = working_day(stage.ago(160));
    let list = [
        (
            ReviewKind::Yearly,
            yearly,
            Some(1),
            "第一年的规划回顾：进货达成，门店少开半年。",
            "进货按季达成，账期缩短了六天",
            "门店扩张晚了半年",
            "第二年先把新城店开起来",
        ),
        (
            ReviewKind::Strategic,
            strategic,
            None,
            "半天的战略复盘：整套厨房占比、线上分工、接班三件事。",
            "整套厨房的客单价起来了",
            "线上和门店抢单",
            "线上单归最近的门店，按七三分",
        ),
    ];
    for (kind, on, year, minutes, went_well, to_change, decisions) in list {
        // The meeting of a review lies before today and within the plan.
        if on >= stage.today || on < span.start() {
            continue;
        }
        let meeting = out.id::<Meeting>();
        let started = Minute::at(on, 14, 0);
        out.put(&Meeting {
            dealer: played.dealer,
            channel: Some(Channel::Workshop),
            subject: kind.words().zh.into(),
            started,
            ended: started.map(|start| start.plus(180)),
            attendees: played.people.iter().take(2).map(|(id, _)| *id).collect(),
            minutes: minutes.into(),
            outcome: Outcome::Done(on),
            ..Meeting::with_id(meeting)
        });
        let id = out.id();
        out.put(&Review {
            dealer: played.dealer,
            business_plan: plan.id,
            kind: Some(kind),
            year,
            on: Some(on),
            meeting,
            went_well: went_well.into(),
            to_change: to_change.into(),
            decisions: decisions.into(),
            ..Review::with_id(id)
        });
    }
}

/// The year's contract of every dealer that buys, and some authorisations.
fn contracts(stage: &Stage<'_>, out: &mut Writer) {
    let year = stage.today.year();
    let days = |from: Option<Month>, to: Option<Month>| {
        DateSpan::new(from.map(Month::first)?, to.map(Month::last)?)
    };
    let whole_year = days(Month::new(year, 1), Month::new(year, 12));
    for (at, played) in stage.cast.iter().enumerate() {
        if played.sketch.monthly == 0 || played.sketch.story == "dormant" {
            continue;
        }
        let id = out.id();
        out.put(&Contract {
            dealer: played.dealer,
            title: format!("{year} 年度经销合同"),
            kind: Some(ContractKind::Contract),
            number: format!("LC-{year}-{:03}", at + 1),
            span: whole_year,
            territory: played.sketch.region.into(),
            brand: "岚炊".into(),
            signed_on: Month::new(year, 1)
                .map(Month::first)
                .filter(|day| *day <= stage.today),
            ..Contract::with_id(id)
        });
        if at % 4 == 0 {
            let this = Month::of(stage.today);
            let id = out.id();
            out.put(&Contract {
                dealer: played.dealer,
                title: "整套厨房品牌授权".into(),
                kind: Some(ContractKind::Authorisation),
                span: days(Some(this.plus(-20)), Some(this.plus(1 + at as i32 % 7))),
                territory: played.sketch.region.into(),
                brand: "岚炊".into(),
                ..Contract::with_id(id)
            });
        }
    }
}

/// Two rounds, a year apart, in which both sides answered.
fn culture(stage: &Stage<'_>, out: &mut Writer) {
    // Trust, openness, fairness, reliability, working together, the future.
    let answers: [(&str, i32, Side, &str, [u16; 6]); 8] = [
        (
            stories::LONG_TERM,
            13,
            Side::Us,
            "客户经理",
            [4, 4, 4, 4, 4, 5],
        ),
        (
            stories::LONG_TERM,
            13,
            Side::Dealer,
            "老板",
            [4, 3, 3, 4, 4, 4],
        ),
        (
            stories::LONG_TERM,
            1,
            Side::Us,
            "客户经理",
            [5, 4, 4, 5, 5, 5],
        ),
        (
            stories::LONG_TERM,
            1,
            Side::Dealer,
            "老板",
            [5, 4, 3, 5, 4, 5],
        ),
        (
            stories::LONG_TERM,
            1,
            Side::Dealer,
            "总经理",
            [4, 4, 3, 4, 5, 5],
        ),
        (
            stories::RECOVERING,
            7,
            Side::Dealer,
            "老板",
            [2, 2, 3, 1, 3, 3],
        ),
        (
            stories::RECOVERING,
            1,
            Side::Us,
            "客户经理",
            [4, 4, 4, 5, 4, 5],
        ),
        (
            stories::RECOVERING,
            1,
            Side::Dealer,
            "老板",
            [4, 4, 3, 4, 4, 4],
        ),
    ];
    for (name, ago, side, by, points) in answers {
        let Some(played) = stage.named(name) else {
            continue;
        };
        let [trust, openness, fairness, reliability, cooperation, future] =
            points.map(|point| Some(Agrees::from_code(point)));
        let id = out.id();
        out.put(&CultureCheck {
            dealer: played.dealer,
            round: Some(Month::of(stage.today).plus(-ago)),
            side: Some(side),
            by: by.into(),
            trust,
            openness,
            fairness,
            reliability,
            cooperation,
            future,
            ..CultureCheck::with_id(id)
        });
    }
}

fn risks(stage: &Stage<'_>, out: &mut Writer) {
    use Degree::{High, Low, Medium};
    let list = [
        (
            stories::DORMANT,
            RiskKind::Succession,
            "老板快退休，儿子不接手",
            High,
            Low,
            "留意谁在盘店，提前认识",
        ),
        (
            stories::OTHER_SIDE,
            RiskKind::Finance,
            "资金偏紧，压货就会往外走",
            Medium,
            High,
            "进货按周补，不压季末",
        ),
        (
            stories::LONG_TERM,
            RiskKind::Competition,
            "釜悦在谈三年约",
            Medium,
            High,
            "返利按时到账，规划季度复盘",
        ),
        (
            stories::JUST_BELOW,
            RiskKind::KeyPerson,
            "店里全靠沈妙拿主意",
            Low,
            High,
            "带教第二个人，话术写下来",
        ),
    ];
    for (name, kind, title, likelihood, impact, answer) in list {
        let Some(played) = stage.named(name) else {
            continue;
        };
        let id = out.id();
        out.put(&Risk {
            dealer: played.dealer,
            title: title.into(),
            kind: Some(kind),
            likelihood: Some(likelihood),
            impact: Some(impact),
            answer: answer.into(),
            review_on: Some(add_days(stage.today, 30)),
            ..Risk::with_id(id)
        });
    }
}
