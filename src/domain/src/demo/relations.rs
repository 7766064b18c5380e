//! The relationship's stories: a dispute escalated and resolved, promises kept and broken by
//! both sides, a goal agreed and revised, trust lost and won, news told first and too late.

use super::history::working_day;
use super::{Played, Stage, Writer, stories};
use crate::date::{Date, Minute, Slot, add_days};
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::tables::{
    Action, Agreement, Channel, EscalationLevel, Goal, Issue, IssueKind, LogEntry, LogKind, News,
    Promise, Revision, Satisfaction, Series, Severity, Side, TrustLevel, TrustRating,
};
use crate::value::{Course, Link, Outcome};

pub(super) fn write(stage: &Stage<'_>, out: &mut Writer) {
    resolved_dispute(stage, out);
    open_dispute(stage, out);
    revised_goal(stage, out);
    trust(stage, out);
    news(stage, out);
    recurring(stage, out);
}

fn issue_link(issue: Id<Issue>) -> Link {
    Link {
        table: Issue::NUMBER,
        id: issue.uuid(),
    }
}

/// The log of an issue: the day, what it tells, for both sides, for the team, the level.
type Entry = (
    Date,
    LogKind,
    &'static str,
    &'static str,
    Option<EscalationLevel>,
);

fn write_log(out: &mut Writer, played: &Played, issue: Id<Issue>, entries: &[Entry]) {
    for (on, kind, text, internal, level) in entries {
        let id = out.id();
        out.put(&LogEntry {
            dealer: played.dealer,
            about: Some(issue_link(issue)),
            on: Some(*on),
            kind: Some(*kind),
            text: (*text).into(),
            internal_notes: (*internal).into(),
            level: *level,
            ..LogEntry::with_id(id)
        });
    }
}

fn resolved_dispute(stage: &Stage<'_>, out: &mut Writer) {
    let sides = stage
        .named(stories::RESOLVED_DISPUTE)
        .zip(stage.named(stories::OTHER_SIDE));
    let Some((played, other)) = sides else { return };
    let day = |ago: i64| working_day(stage.ago(ago));
    let issue = out.id::<Issue>();
    out.put(&Issue {
        dealer: played.dealer,
        title: "邻市低价集成灶流入通州".into(),
        kind: Some(IssueKind::Territory),
        severity: Some(Severity::Severe),
        reported_on: Some(day(150)),
        detail: "三户客户拿着别家的报价来谈，低一成二；货码不是本区域的。".into(),
        outcome: Outcome::Done(day(137)),
        resolution:
            "流出方收回未售的货，已成交三单的差价由流出方承担；两家约定遇到跨区客户先打电话。"
                .into(),
        confirmed_on: Some(day(149)),
        begun_on: Some(day(148)),
        reviewed_on: Some(day(120)),
        root_cause: "季末冲量返利按总量算，小店把货往外走；返利改为按本区域动销算。".into(),
        satisfaction: Some(Satisfaction::Satisfied),
        owner: "区域客户经理".into(),
        other_dealer: other.dealer,
        brand: "岚炊".into(),
        evidence: "三张报价单、七个货码的照片".into(),
        internal_notes: "流出方资金紧，不是成心；罚得太重会出事，重在改返利口径。".into(),
        ..Issue::with_id(issue)
    });
    use EscalationLevel::{Region, Sales};
    write_log(
        out,
        played,
        issue,
        &[
            (
                day(150),
                LogKind::Escalated,
                "",
                "严重，当天报区域经理",
                Some(Region),
            ),
            (
                day(149),
                LogKind::Confirmed,
                "货码核对完，确认是跨区流入",
                "流出方：扬州那边，先不说名字",
                None,
            ),
            (
                day(148),
                LogKind::Begun,
                "已要求停止供货，正在收回",
                "",
                None,
            ),
            (
                day(141),
                LogKind::Escalated,
                "销售总监已介入，三天内给答复",
                "五个工作日没谈拢差价",
                Some(Sales),
            ),
            (
                day(137),
                LogKind::Resolved,
                "差价已结清，货已收回",
                "",
                None,
            ),
            (
                day(120),
                LogKind::Reviewed,
                "一起复盘：返利口径从本季起按本区域动销算",
                "瞿总说这次处理得公道",
                None,
            ),
        ],
    );
    for (title, side, due, done) in [
        ("核对七个货码的去向", Side::Us, 147, 149),
        ("发来三张报价单和照片", Side::Dealer, 148, 149),
        ("和流出方谈定差价", Side::Us, 140, 138),
    ] {
        let id = out.id();
        out.put(&Action {
            dealer: played.dealer,
            title: title.into(),
            side: Some(side),
            due: Some(day(due)),
            outcome: Outcome::Done(day(done)),
            issue,
            ..Action::with_id(id)
        });
    }
    for (by, title, made, due, outcome) in [
        (
            Side::Us,
            "三天内给出处理结果",
            141,
            137,
            Outcome::Done(day(137)),
        ),
        (
            Side::Us,
            "补两台样机作为补偿",
            137,
            110,
            Outcome::Dropped(day(108)),
        ),
        (
            Side::Dealer,
            "处理期间不跟着降价",
            149,
            137,
            Outcome::Done(day(137)),
        ),
        (
            Side::Dealer,
            "每周报一次客户看到的外地价格",
            137,
            100,
            Outcome::Dropped(day(98)),
        ),
    ] {
        let id = out.id();
        out.put(&Promise {
            dealer: played.dealer,
            title: title.into(),
            by: Some(by),
            made_on: Some(day(made)),
            due: Some(day(due)),
            outcome,
            ..Promise::with_id(id)
        });
    }
}

/// The dispute that is still open: it went up twice, and should go up once more.
fn open_dispute(stage: &Stage<'_>, out: &mut Writer) {
    let Some(played) = stage
        .named(stories::DISPUTE)
        .filter(|played| !played.issue.is_nil())
    else {
        return;
    };
    let day = |ago: i64| working_day(stage.ago(ago));
    use EscalationLevel::{Region, Sales};
    write_log(
        out,
        played,
        played.issue,
        &[
            (
                day(68),
                LogKind::Escalated,
                "",
                "当天报区域经理",
                Some(Region),
            ),
            (
                day(66),
                LogKind::Confirmed,
                "货码对过，双方认可",
                "他说是下面网点干的，未必",
                None,
            ),
            (
                day(60),
                LogKind::Escalated,
                "已请销售总监出面",
                "返利冻结，需要总监定",
                Some(Sales),
            ),
            (day(58), LogKind::Response, "涉事网点已停供", "", None),
            (
                day(31),
                LogKind::Note,
                "恢复返利的要求已上报，书面回复",
                "",
                None,
            ),
        ],
    );
}

/// A goal that was signed, then revised once, with both readings kept.
fn revised_goal(stage: &Stage<'_>, out: &mut Writer) {
    let Some(played) = stage.named(stories::JUST_BELOW) else {
        return;
    };
    let Some((goal, (course, span), agreed_on)) = played
        .goal
        .as_ref()
        .and_then(|goal| Some((goal, goal.course.zip(goal.span)?, goal.agreed_on?)))
    else {
        return;
    };
    let link = Link {
        table: Goal::NUMBER,
        id: goal.id.uuid(),
    };
    // The first target was a tenth higher, in whole ten thousands of yuan.
    let higher = course.target.0 / 10 / 1_000_000 * 1_000_000;
    let before = Course {
        baseline: course.baseline,
        target: Quantity(course.target.0 + higher),
    };
    let revised_on = working_day(stage.ago(95)).max(agreed_on);
    let signature = super::signature().id();
    for (on, course) in [(agreed_on, before), (revised_on, course)] {
        let id = out.id();
        out.put(&Agreement {
            dealer: played.dealer,
            about: Some(link),
            on: Some(on),
            person: played.sketch.owner(),
            consent: format!(
                "双方共同商定：{} 至 {}，进货 {} 万元。我已看过并同意。",
                span.start(),
                span.end(),
                course.target.0 / 1_000_000
            ),
            signature: signature.clone(),
            course: Some(course),
            span: Some(span),
            ..Agreement::with_id(id)
        });
    }
    let id = out.id();
    out.put(&Revision {
        dealer: played.dealer,
        goal: goal.id,
        on: Some(revised_on),
        reason: "城西店装修推迟一个季度，少一家店的量".into(),
        course_before: Some(before),
        course_after: Some(course),
        span_before: Some(span),
        span_after: Some(span),
        agreed_by: played.sketch.owner(),
        ..Revision::with_id(id)
    });
}

fn trust(stage: &Stage<'_>, out: &mut Writer) {
    let ratings = [
        (
            stories::RECOVERING,
            222,
            TrustLevel::Low,
            "样机晚了一个多月，话说出去收不回来",
        ),
        (
            stories::RECOVERING,
            118,
            TrustLevel::Neutral,
            "三件事按期做到，语气缓和了",
        ),
        (
            stories::RECOVERING,
            36,
            TrustLevel::High,
            "主动谈明年目标，还介绍客户",
        ),
        (
            stories::DISPUTE,
            64,
            TrustLevel::Low,
            "货码对上了，还推给网点",
        ),
        (
            stories::RESOLVED_DISPUTE,
            119,
            TrustLevel::High,
            "吃了亏没跟着降价，守约",
        ),
        (
            stories::LONG_TERM,
            200,
            TrustLevel::VeryHigh,
            "十年没失过信，账目清楚",
        ),
    ];
    for (name, ago, level, reason) in ratings {
        let Some(played) = stage.named(name) else {
            continue;
        };
        let id = out.id();
        out.put(&TrustRating {
            dealer: played.dealer,
            level: Some(level),
            reason: reason.into(),
            on: Some(stage.ago(ago)),
            by: "区域客户经理".into(),
            ..TrustRating::with_id(id)
        });
    }
}

fn news(stage: &Stage<'_>, out: &mut Writer) {
    let told = |ago: i64| Outcome::Done(stage.ago(ago));
    let list = [
        (
            stories::RECOVERING,
            "集成灶旺季限量供货",
            -90,
            told(97),
            Some(Channel::Visit),
            "提前知道就好安排，没有怨言",
        ),
        (
            stories::RESOLVED_DISPUTE,
            "区域业务员要换人",
            -60,
            told(66),
            Some(Channel::Call),
            "希望交接写成书面",
        ),
        (
            stories::DISPUTE,
            "返利在查清之前冻结",
            -62,
            told(58),
            Some(Channel::Call),
            "是从别人那里先听到的，很不高兴",
        ),
        (
            stories::LONG_TERM,
            "洗碗机下季涨价百分之三",
            40,
            Outcome::Open,
            None,
            "",
        ),
        (
            stories::JUST_BELOW,
            "城东要开一家线上提货点",
            55,
            Outcome::Open,
            None,
            "",
        ),
    ];
    for (name, title, public, outcome, channel, reaction) in list {
        let Some(played) = stage.named(name) else {
            continue;
        };
        let id = out.id();
        out.put(&News {
            dealer: played.dealer,
            title: title.into(),
            public_on: Some(add_days(stage.today, public)),
            outcome,
            channel,
            contact: channel
                .and_then(|_| played.people.first())
                .map_or(Id::NIL, |(id, _)| *id),
            reaction: reaction.into(),
            ..News::with_id(id)
        });
    }
}

/// Meetings that recur. They begin ahead of today: what recurs in the past would be asked for.
fn recurring(stage: &Stage<'_>, out: &mut Writer) {
    let list = [
        (
            stories::LONG_TERM,
            "每月经营会",
            "FREQ=MONTHLY;BYDAY=1TU",
            Channel::Visit,
            90,
        ),
        (
            stories::RECOVERING,
            "每月对账",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            Channel::Video,
            30,
        ),
    ];
    for (name, subject, rule, channel, minutes) in list {
        let Some(played) = stage.named(name) else {
            continue;
        };
        let Some(start) = Minute::at(add_days(stage.today, 14), 10, 0) else {
            continue;
        };
        let id = out.id();
        out.put(&Series {
            dealer: played.dealer,
            channel: Some(channel),
            subject: subject.into(),
            first: Some(Slot { start, minutes }),
            rule: rule.into(),
            attendees: played.people.iter().take(1).map(|(id, _)| *id).collect(),
            purpose: "对一遍数据，把上次的事项收口".into(),
            ..Series::with_id(id)
        });
    }
}
