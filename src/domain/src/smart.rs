//! Whether a goal is specific, measurable, achievable, relevant and time-bound (Doran,
//! "There's a S.M.A.R.T. way to write management's goals and objectives", Management Review
//! 70, 1981), each test with its reason.
//!
//! **Achievable** compares with the dealer's own past. When months add up: growth = the total
//! of the goal's time ÷ the total of as many months just before it; the measure is the best
//! growth between any two neighbouring stretches of that length. When the latest counts:
//! change = target − baseline; the measure is the best change over that length. Up to the
//! best past growth passes, up to one and a half times of it is a warning. All exact.

mod past;
#[cfg(test)]
mod tests;

pub(crate) use past::{Past, better};

use crate::book::Book;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Direction, Gathering, Goal, Metric};
use crate::value::Course;
use crate::words::{Lang, Words, words};

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Fine.
    Pass,
    /// Could be better, or cannot be told.
    Warn,
    /// Missing or out of reach.
    Fail,
}

impl Verdict {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Pass => words("通过", "Pass"),
            Self::Warn => words("可改进", "Could be better"),
            Self::Fail => words("未通过", "Not yet"),
        }
    }
}

/// One of the five tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmartTest {
    /// Its letter.
    pub letter: char,
    /// What it is called.
    pub name: Words,
    /// How it came out.
    pub verdict: Verdict,
    zh: String,
    en: String,
}

impl SmartTest {
    /// Why, with what would make it better.
    pub fn reason(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.clone(),
            Lang::En => self.en.clone(),
        }
    }
}

/// How a test came out and why, in both languages.
struct Finding {
    verdict: Verdict,
    zh: String,
    en: String,
}

fn finding(verdict: Verdict, reason: Words) -> Finding {
    Finding {
        verdict,
        zh: reason.zh.to_owned(),
        en: reason.en.to_owned(),
    }
}

/// The five tests of a goal, in the order of their letters.
pub fn check(book: &Book, goal: &Goal) -> [SmartTest; 5] {
    let metric = book.metric(goal.metric);
    let metric = metric.as_deref();
    let tests = [
        ('S', words("具体", "Specific"), specific(goal, metric)),
        (
            'M',
            words("可衡量", "Measurable"),
            measurable(book, goal, metric),
        ),
        (
            'A',
            words("可达成", "Achievable"),
            achievable(book, goal, metric),
        ),
        ('R', words("相关", "Relevant"), relevant(book, goal)),
        ('T', words("有时限", "Time-bound"), time_bound(book, goal)),
    ];
    tests.map(|(letter, name, found)| SmartTest {
        letter,
        name,
        verdict: found.verdict,
        zh: found.zh,
        en: found.en,
    })
}

fn specific(goal: &Goal, metric: Option<&Metric>) -> Finding {
    let title = goal.title.trim();
    if title.is_empty() {
        return finding(
            Verdict::Fail,
            words("用一句话写下目标", "Write the goal in one sentence"),
        );
    }
    let Some(metric) = metric else {
        return finding(
            Verdict::Fail,
            words("选一个衡量指标", "Choose what is measured"),
        );
    };
    if title.chars().count() < 4 {
        return finding(
            Verdict::Warn,
            words(
                "太短：写清对象和结果",
                "Very short: say what shall change and how far",
            ),
        );
    }
    Finding {
        verdict: Verdict::Pass,
        zh: format!("对象明确，以“{}”衡量", metric.title(Lang::Zh)),
        en: format!("Says what, measured by “{}”", metric.title(Lang::En)),
    }
}

fn measurable(book: &Book, goal: &Goal, metric: Option<&Metric>) -> Finding {
    let (Some(metric), Some(unit)) = (metric, metric.and_then(|metric| metric.unit)) else {
        return finding(
            Verdict::Fail,
            words("指标或单位未定", "The metric or its unit is missing"),
        );
    };
    let Some(course) = goal.course else {
        return finding(
            Verdict::Fail,
            words("填写基线和目标值", "Enter baseline and target"),
        );
    };
    if course.baseline == course.target {
        return finding(
            Verdict::Fail,
            words("目标值与基线相同", "The target equals the baseline"),
        );
    }
    let rises = course.target > course.baseline;
    let against = metric.gathering == Some(Gathering::Last)
        && match metric.direction {
            Some(Direction::Rising) => !rises,
            Some(Direction::Falling) => rises,
            _ => false,
        };
    if against {
        return finding(
            Verdict::Warn,
            words(
                "目标方向与指标相反：请核对基线和目标值",
                "The target goes against the metric's direction: check baseline and target",
            ),
        );
    }
    let was_read = book
        .readings
        .of(goal.dealer)
        .any(|reading| reading.metric == goal.metric && reading.figure.is_some());
    if !was_read {
        return finding(
            Verdict::Warn,
            words(
                "这个指标还没有数据：先确认数据从哪里来",
                "There is no reading of it yet: settle where the readings come from",
            ),
        );
    }
    let say = |lang| {
        format!(
            "{} → {}",
            unit.show(course.baseline, lang),
            unit.show(course.target, lang)
        )
    };
    Finding {
        verdict: Verdict::Pass,
        zh: say(Lang::Zh),
        en: say(Lang::En),
    }
}

fn achievable(book: &Book, goal: &Goal, metric: Option<&Metric>) -> Finding {
    let unknown = || {
        finding(
            Verdict::Warn,
            words(
                "历史数据不足，无法与过去的最好增幅比较",
                "Too few past readings to compare with the best growth so far",
            ),
        )
    };
    let (Some(metric), Some(course), Some(span)) = (metric, goal.course, goal.span) else {
        return finding(
            Verdict::Warn,
            words(
                "填好指标、目标值和起止日期后判断",
                "Told once metric, target and period are filled in",
            ),
        );
    };
    let past = Past::of(book, goal.dealer, goal.metric, span);
    match metric.gathering {
        Some(Gathering::Sum) => growth_of_totals(metric, course, &past),
        _ => change_of_values(metric, course, &past),
    }
    .unwrap_or_else(unknown)
}

/// Growth of the goal's total over the months before, against the best growth so far.
fn growth_of_totals(metric: &Metric, course: Course, past: &Past) -> Option<Finding> {
    let length = past.length;
    let before = past.total_before()?;
    let asked = i128::from(course.target.0) - i128::from(course.baseline.0);
    let required = Ratio::new(better(metric) * (asked - before), before)?;
    let best = past.best_growth(metric)?;
    let say = |lang| {
        let (asked, before) = (Quantity(clip(asked)), Quantity(clip(before)));
        let unit = metric.unit.unwrap_or(Unit::Pieces);
        let (asked, before) = (unit.show(asked, lang), unit.show(before, lang));
        let (required, best) = (signed(required), signed(best));
        match lang {
            Lang::Zh => format!(
                "{asked} 对比此前 {length} 个月的 {before}：{required}；过去同样长度的最好变化 {best}"
            ),
            Lang::En => format!(
                "{asked} against {before} in the {length} months before: {required}; the best past change over that length: {best}"
            ),
        }
    };
    Some(Finding {
        verdict: compare(required, best)?,
        zh: say(Lang::Zh),
        en: say(Lang::En),
    })
}

/// The change that the goal asks for, against the best change over that many months so far.
fn change_of_values(metric: &Metric, course: Course, past: &Past) -> Option<Finding> {
    let length = past.length;
    let asked = i128::from(course.target.0) - i128::from(course.baseline.0);
    let sign = asked.signum();
    let best = past.best_change(sign)?;
    let say = |lang| {
        let unit = metric.unit.unwrap_or(Unit::Points);
        let show = |change: i128| {
            let text = unit.show(Quantity(clip(change)), lang);
            if change > 0 { format!("+{text}") } else { text }
        };
        let (asked, best) = (show(asked), show(sign * best));
        match lang {
            Lang::Zh => format!("{length} 个月内 {asked}；过去同样长度的最好变化 {best}"),
            Lang::En => {
                format!("{asked} in {length} months; the best past change over that length: {best}")
            }
        }
    };
    Some(Finding {
        verdict: compare(Ratio::new(sign * asked, 1)?, Ratio::new(best, 1)?)?,
        zh: say(Lang::Zh),
        en: say(Lang::En),
    })
}

/// Up to the best passes; up to one and a half times of it warns; what never grew before
/// warns too, since nobody knows.
fn compare(required: Ratio, best: Ratio) -> Option<Verdict> {
    let half_more = Ratio::new(
        best.numerator().checked_mul(3)?,
        best.denominator().checked_mul(2)?,
    )?;
    Some(if required <= best || required <= Ratio::ZERO {
        Verdict::Pass
    } else if required <= half_more || best <= Ratio::ZERO {
        Verdict::Warn
    } else {
        Verdict::Fail
    })
}

fn signed(ratio: Ratio) -> String {
    let text = ratio.show_fine();
    if ratio > Ratio::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

fn clip(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

fn relevant(book: &Book, goal: &Goal) -> Finding {
    if let Some(need) = book.needs.get(goal.need) {
        return Finding {
            verdict: Verdict::Pass,
            zh: format!("回应需求“{}”", need.title),
            en: format!("Serves the need “{}”", need.title),
        };
    }
    if let Some(objective) = book.objectives.get(goal.objective) {
        return Finding {
            verdict: Verdict::Pass,
            zh: format!("服务于战略目标“{}”", objective.title),
            en: format!("Serves the objective “{}”", objective.title),
        };
    }
    if let Some(whole) = book.goals.get(goal.parent) {
        return Finding {
            verdict: Verdict::Pass,
            zh: format!("是“{}”的一部分", whole.title),
            en: format!("Is a part of “{}”", whole.title),
        };
    }
    if goal.reason.trim().is_empty() {
        return finding(
            Verdict::Fail,
            words(
                "关联一个需求，或写明为什么重要",
                "Link a need, or say why it matters",
            ),
        );
    }
    finding(
        Verdict::Warn,
        words(
            "写了原因；关联一个需求会更有说服力",
            "A reason is given; a linked need would carry more weight",
        ),
    )
}

fn time_bound(book: &Book, goal: &Goal) -> Finding {
    let Some(span) = goal.span else {
        return finding(Verdict::Fail, words("填写起止日期", "Enter start and end"));
    };
    let (mut within, mut outside) = (0, 0);
    for milestone in book.milestones.of(goal.id) {
        match milestone.due {
            Some(due) if span.contains(due) => within += 1,
            _ => outside += 1,
        }
    }
    if outside > 0 {
        return finding(
            Verdict::Warn,
            words(
                "有里程碑不在起止日期内",
                "A milestone lies outside the period",
            ),
        );
    }
    // A month or less is a milestone by itself.
    if within == 0 && span.days() > 31 {
        return finding(
            Verdict::Warn,
            words(
                "起止日期已定；加几个里程碑便于中途检查",
                "Start and end are set; milestones would show the way",
            ),
        );
    }
    Finding {
        verdict: Verdict::Pass,
        zh: format!("{} 至 {}，{within} 个里程碑", span.start(), span.end()),
        en: format!("{} to {}, {within} milestones", span.start(), span.end()),
    }
}
