//! The quarterly review as a report: the dealer reads it, so nothing internal stands in it.

use super::{Cell, Quarter, Report, Row, Section};
use crate::pacing::Pacing;
use crate::quantity::{Quantity, Unit};
use crate::scorecard::marked;
use crate::tables::Progress;
use crate::words::{Lang, Words, words};

const WHAT: Words = words("项目", "What");
const DUE: Words = words("到期", "Due");
const SIDE: Words = words("由谁", "By");

/// The review of a quarter.
pub fn pack(quarter: &Quarter<'_>, lang: Lang) -> Report {
    let title = words("季度复盘", "Quarterly review").in_lang(lang);
    Report {
        title: format!(
            "{title} · {} · {}",
            quarter.dealer.name,
            quarter.period.show(lang)
        ),
        day: quarter.today,
        sections: vec![
            score(quarter, lang),
            goals(quarter, lang),
            steps(quarter, lang),
            issues(quarter, lang),
            training(quarter, lang),
            requests(quarter, lang),
            incentives(quarter, lang),
            due(quarter, lang),
        ],
    }
}

fn score(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let mut rows = Vec::new();
    if let Some((card, version, compared)) = quarter.score()
        && let Some(rubric) = &version.rubric
    {
        let book = quarter.book;
        let marked = marked(
            book,
            rubric,
            quarter.dealer.id,
            compared.period,
            quarter.today,
        );
        for scored in &compared.scored.metrics {
            let id = scored.weight.metric;
            let metric = book.metric(id);
            let unit = metric.as_ref().and_then(|metric| metric.unit);
            let unit = unit.unwrap_or(Unit::Pieces);
            let name = metric.as_ref().map_or("?", |metric| metric.title(lang));
            let amount = |amount| match amount {
                Some(amount) => Cell::Amount(amount, unit),
                None => Cell::Blank,
            };
            let mut lines = marked.explain(book, id, lang);
            lines.push(crate::explain::Line::new(name, scored.text(unit, lang)));
            rows.push(
                Row::of(vec![
                    name.into(),
                    amount(scored.mark.actual),
                    amount(scored.mark.target),
                    Cell::part(scored.attainment),
                    Cell::Whole(scored.weight.weight.into()),
                    Cell::points(scored.score),
                ])
                .told(5, lines),
            );
        }
        for deducted in &compared.scored.deducted {
            rows.push(Row::of(vec![
                Cell::words(deducted.kind.words(), lang),
                Cell::Whole(deducted.count.into()),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::Points(crate::scorecard::Points(-deducted.points.0)),
            ]));
        }
        let tier = compared.tier.map(|tier| tier.words().in_lang(lang));
        let told = compared.scored.explain(book, lang);
        let total = format!("{} · {}", card.name, compared.period.show(lang));
        rows.push(
            Row::of(vec![
                total.as_str().into(),
                tier.unwrap_or_default().into(),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::points(compared.scored.score),
            ])
            .told(5, told),
        );
    }
    Section {
        title: words("评分", "Score"),
        columns: vec![
            words("指标", "Metric"),
            words("实际", "Actual"),
            words("目标值", "Target"),
            words("达成", "Attained"),
            words("权重", "Weight"),
            words("得分", "Score"),
        ],
        rows,
    }
}

fn goals(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.goals().into_iter().map(|goal| {
        let end = Cell::day(goal.span.map(|span| span.end()));
        let Some(pacing) = Pacing::of(quarter.book, goal, quarter.today) else {
            return Row::of(vec![goal.title.as_str().into(), end]);
        };
        let actual = pacing.actual;
        Row::of(vec![
            goal.title.as_str().into(),
            end,
            Cell::Amount(pacing.baseline, pacing.unit),
            Cell::Amount(pacing.target, pacing.unit),
            actual.map_or(Cell::Blank, |actual| Cell::Amount(actual, pacing.unit)),
            Cell::part(pacing.progress()),
            Cell::part(pacing.pace),
            Cell::words(pacing.rag.words(), lang),
        ])
        .told(6, pacing.explain(lang))
    });
    Section {
        title: words("目标", "Goals"),
        columns: vec![
            words("目标", "Goal"),
            words("结束", "Ends"),
            words("基线", "Baseline"),
            words("目标值", "Target"),
            words("实际", "Actual"),
            words("完成", "Progress"),
            words("进度", "Pace"),
            words("状态", "Standing"),
        ],
        rows: rows.collect(),
    }
}

fn steps(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.steps().into_iter().map(|step| {
        let side = step.side.map(|side| side.words().in_lang(lang));
        let progress = step.progress.unwrap_or(Progress::Waiting);
        Row::of(vec![
            step.title.as_str().into(),
            side.unwrap_or_default().into(),
            Cell::day(step.due),
            Cell::words(progress.words(), lang),
            Cell::day(step.done_on),
            step.evidence.as_str().into(),
        ])
    });
    Section {
        title: words("行动计划", "Plans"),
        columns: vec![
            words("步骤", "Step"),
            SIDE,
            DUE,
            words("进展", "Progress"),
            words("完成日期", "Done on"),
            words("凭据", "Evidence"),
        ],
        rows: rows.collect(),
    }
}

fn issues(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.issues().into_iter().map(|issue| {
        Row::of(vec![
            issue.title.as_str().into(),
            Cell::day(issue.reported_on),
            Cell::words(issue.stage().words(), lang),
            issue.resolution.as_str().into(),
        ])
    });
    Section {
        title: words("问题", "Issues"),
        columns: vec![
            words("问题", "Issue"),
            words("提出日期", "Reported"),
            words("阶段", "Stage"),
            words("处理结果", "Resolution"),
        ],
        rows: rows.collect(),
    }
}

fn training(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let mut rows = Vec::new();
    for came in quarter.attended() {
        let points = |points: Option<Quantity>| match points {
            Some(points) => Cell::Amount(points, Unit::Points),
            None => Cell::Blank,
        };
        let head = vec![
            came.course.name.as_str().into(),
            came.contact.name.as_str().into(),
            Cell::Date(came.day),
            points(came.attendance.before),
            points(came.attendance.after),
        ];
        if came.effects.is_empty() {
            rows.push(Row::of(head));
            continue;
        }
        for effect in &came.effects {
            let unit = effect.metric.unit.unwrap_or(Unit::Pieces);
            let mut cells = head.clone();
            cells.extend([
                effect.metric.title(lang).into(),
                Cell::Amount(effect.mean_before, unit),
                Cell::Amount(effect.mean_after, unit),
                Cell::part(effect.change()),
            ]);
            rows.push(Row::of(cells).told(7, effect.explain(lang)));
        }
    }
    Section {
        title: words("培训", "Training"),
        columns: vec![
            words("课程", "Course"),
            words("参加人", "Who came"),
            words("日期", "Day"),
            words("训前得分", "Score before"),
            words("训后得分", "Score after"),
            words("指标", "Metric"),
            words("训前月均", "Monthly mean before"),
            words("训后月均", "Monthly mean after"),
            words("变化", "Change"),
        ],
        rows,
    }
}

fn requests(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.requests().into_iter().map(|it| {
        let content = it.satisfaction.map(|content| content.words().in_lang(lang));
        Row::of(vec![
            it.title.as_str().into(),
            Cell::day(it.requested_on),
            it.answer.as_str().into(),
            content.unwrap_or_default().into(),
        ])
    });
    Section {
        title: words("支持", "Support"),
        columns: vec![
            words("申请", "Request"),
            words("日期", "Day"),
            words("答复", "Answer"),
            words("满意度", "Satisfaction"),
        ],
        rows: rows.collect(),
    }
}

fn incentives(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.standings().into_iter().map(|(scheme, standing)| {
        let next = standing.next_text(lang).unwrap_or_default();
        let ahead = standing.ahead.map(|ahead| ahead.earned);
        Row::of(vec![
            scheme.name.as_str().into(),
            Cell::Amount(standing.reckoning.basis.measured, standing.unit),
            Cell::Paid(standing.payout.earned),
            ahead.map_or(Cell::Blank, Cell::Paid),
            next.as_str().into(),
        ])
        .told(2, standing.explain(lang))
    });
    Section {
        title: words("激励", "Incentives"),
        columns: vec![
            words("方案", "Scheme"),
            words("计量", "Measured"),
            words("目前应得", "Earned by now"),
            words("预计期末", "Expected at the end"),
            words("下一档", "Next tier"),
        ],
        rows: rows.collect(),
    }
}

fn due(quarter: &Quarter<'_>, lang: Lang) -> Section {
    let rows = quarter.due().into_iter().map(|due| {
        let side = due.side.map(|side| side.words().in_lang(lang));
        Row::of(vec![
            due.title.as_str().into(),
            side.unwrap_or_default().into(),
            Cell::day(due.day),
        ])
    });
    Section {
        title: words("下季度", "Next quarter"),
        columns: vec![WHAT, SIDE, DUE],
        rows: rows.collect(),
    }
}
