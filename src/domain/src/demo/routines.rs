//! Routines, rules that rest until somebody wants them, one that fired once, and templates.

use super::{Stage, Writer, stories};
use crate::date::add_days;
use crate::position;
use crate::rules::suggestions;
use crate::schema::Record;
use crate::tables::{
    Action, Firing, Issue, Rhythm, Routine, Rule, RuleWhen, Side, Template, TemplateKind,
};
use crate::value::{Link, Outcome};
use crate::words::Lang;

/// The days after which the demo's rule takes up an issue.
const AGEING_DAYS: i64 = 60;

pub(super) fn write(stage: &Stage<'_>, out: &mut Writer) {
    checklists(stage, out);
    templates(out);
    rules(stage, out);
}

fn checklists(stage: &Stage<'_>, out: &mut Writer) {
    let list = [
        (Rhythm::Weekly, "排下周的拜访路线", 10),
        (Rhythm::Weekly, "把本周的承诺过一遍", 12),
        (Rhythm::Monthly, "核对上月数据是否齐全", 12),
        (Rhythm::Monthly, "给每家核心经销商写一句近况", 11),
        (Rhythm::Quarterly, "和区域经理过一遍目标", 4),
        (Rhythm::Yearly, "和每家经销商定下一年的目标", 0),
    ];
    let places = position::several(None, list.len());
    for ((rhythm, title, done), position) in list.into_iter().zip(places) {
        let since = stage.ago(400);
        let mut periods = Vec::new();
        let mut day = rhythm.period(stage.today).map(|period| period.span.start());
        for _ in 0..done {
            let before = day.and_then(|day| rhythm.period(add_days(day, -1)));
            day = before.as_ref().map(|period| period.span.start());
            periods.extend(before.map(|period| period.name));
        }
        let id = out.id();
        out.put(&Routine {
            title: title.into(),
            rhythm: Some(rhythm),
            since: Some(since),
            done: periods.into_iter().collect(),
            position,
            ..Routine::with_id(id)
        });
    }
}

fn templates(out: &mut Writer) {
    let list = [
        (
            TemplateKind::Plan,
            "新店开业",
            "经销商：定下店址和开业日\n> +14 我方：出展厅图纸\n> +45 经销商：装修完成\n> +52 我方：样机到店并调试\n> +60 我方：导购培训\n> +70 经销商：开业活动",
        ),
        (
            TemplateKind::Agenda,
            "季度回顾",
            "上季目标对照数据\n双方承诺逐条过\n{经销商}的需求和难处\n下季三件事",
        ),
        (
            TemplateKind::Message,
            "约拜访",
            "{联系人}您好，想{日期}到店里看看，大约一个小时，主要聊{事项}，您方便吗？",
        ),
    ];
    for (kind, name, text) in list {
        let id = out.id();
        out.put(&Template {
            name: name.into(),
            kind: Some(kind),
            text: text.into(),
            ..Template::with_id(id)
        });
    }
}

/// The suggested rules. The one about old issues is switched on; it fired for the open dispute,
/// and the task that it made is done.
fn rules(stage: &Stage<'_>, out: &mut Writer) {
    for suggested in suggestions(Lang::Zh) {
        let ageing = suggested.when == Some(RuleWhen::IssueAgeing);
        let rule = Rule {
            id: out.id(),
            paused: Some(!ageing),
            days: ageing.then_some(AGEING_DAYS),
            ..suggested
        };
        out.put(&rule);
        if ageing {
            fired(stage, &rule, out);
        }
    }
}

fn fired(stage: &Stage<'_>, rule: &Rule, out: &mut Writer) {
    let Some(played) = stage
        .named(stories::DISPUTE)
        .filter(|played| !played.issue.is_nil())
    else {
        return;
    };
    let reported = stage.ago(stories::DISPUTE_DAYS);
    let subject = Link {
        table: Issue::NUMBER,
        id: played.issue.uuid(),
    };
    let fired_on = add_days(reported, AGEING_DAYS);
    let task = out.id::<Action>();
    out.put(&Action {
        dealer: played.dealer,
        title: format!("推进问题：已 {AGEING_DAYS} 天，约彭总当面谈"),
        side: Some(Side::Us),
        due: Some(add_days(fired_on, 7)),
        outcome: Outcome::Done(add_days(fired_on, 5)),
        issue: played.issue,
        ..Action::with_id(task)
    });
    let period = reported.to_string();
    out.put(&Firing {
        rule: rule.id,
        dealer: played.dealer,
        subject: Some(subject),
        period: period.clone(),
        fired_on: Some(fired_on),
        when: rule.when,
        days: Some(AGEING_DAYS),
        made: Some(Link {
            table: Action::NUMBER,
            id: task.uuid(),
        }),
        ..Firing::with_id(Firing::id_for(rule.id, subject, &period))
    });
}
