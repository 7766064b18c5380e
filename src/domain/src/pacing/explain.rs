//! A pacing's inputs, rule and arithmetic in words.

use super::{GOOD_FROM, JUDGED_FROM, MonthRow, Pacing, WATCH_FROM};
use crate::date::{Date, add_days, days_between};
use crate::explain::{Explanation, Line, resulting, show_days};
use crate::quantity::{Quantity, plain_hundredths};
use crate::ratio::Ratio;
use crate::tables::Gathering;
use crate::value::{Kind, Value, show_date};
use crate::words::{Lang, Words, words};

/// A figure of a goal's pacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacingFigure {
    /// Where it stands.
    Actual,
    /// The part of the way that is done.
    Progress,
    /// Achieved ÷ expected progress.
    Pace,
    /// What the pace is judged to be.
    Judgement,
    /// Where it ends if it goes on so.
    Forecast,
    /// The range in which it then ends.
    Range,
    /// What each month that is left has to bring, or may bring at most.
    Needed,
    /// What a month brought so far.
    Monthly,
}

impl PacingFigure {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Actual => words("实际", "Actual"),
            Self::Progress => words("完成", "Done"),
            Self::Pace => words("进度比", "Pace"),
            Self::Judgement => words("判断", "Judgement"),
            Self::Forecast => words("照此预计期末", "At the end if it goes on so"),
            Self::Range => words("预计范围", "Range of the forecast"),
            Self::Needed => words("此后每月", "Each month from now on"),
            Self::Monthly => words("目前每月", "Per month so far"),
        }
    }
}

/// What was expected of one month, in its explanation.
pub const MONTH_EXPECTED: Words = words("本月应达到", "Expected of the month");
/// The part of it that came.
pub const MONTH_SHARE: Words = words("完成比例", "Part of it");

/// Where nothing can be told.
const NOTHING: &str = "—";

impl Pacing {
    /// The inputs, the rule and the arithmetic, ending in one of the figures.
    pub fn explain_figure(&self, figure: PacingFigure, lang: Lang) -> Vec<Line> {
        resulting(self.explain(lang), figure.words())
    }

    /// What each month that is left has to bring, or that nothing is left to bring.
    pub fn needed_text(&self, lang: Lang) -> String {
        match self.required_per_month {
            Some(required) => self.unit.show_short(required, lang),
            None if self.reached => words("已达成", "Reached").in_lang(lang).to_owned(),
            None => NOTHING.to_owned(),
        }
    }

    /// How a month's part of what was expected of it comes about.
    pub fn explain_month(&self, row: &MonthRow, lang: Lang) -> Vec<Line> {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        let span = self.schedule.span();
        let until = self.schedule.expected(row.as_of);
        match self.gathering {
            Gathering::Sum => {
                let start = row.month.first().max(span.start());
                let before = self.schedule.expected(add_days(start, -1));
                out.line(
                    words("到当日应达到", "Expected by its last day"),
                    format!(
                        "{} · {} = {}",
                        show_date(row.as_of, lang),
                        self.expected_sum(row.as_of, lang),
                        show(until)
                    ),
                );
                out.line(
                    MONTH_EXPECTED,
                    format!(
                        "{} − {} = {}",
                        show(until),
                        show(before),
                        show(row.expected)
                    ),
                );
            }
            _ => {
                out.line(
                    MONTH_EXPECTED,
                    format!(
                        "{} = {}",
                        self.expected_sum(row.as_of, lang),
                        show(row.expected)
                    ),
                );
            }
        }
        out.line(words("数据", "Reading"), show(row.actual));
        out.line(
            MONTH_SHARE,
            format!(
                "{} ÷ {} = {}",
                show(row.actual),
                show(row.expected),
                row.share.map_or_else(|| NOTHING.to_owned(), Ratio::show)
            ),
        );
        out.done()
    }

    /// How what is expected on a day comes about: the baseline and the part of the way.
    fn expected_sum(&self, day: Date, lang: Lang) -> String {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let way = Quantity(self.target.0.saturating_sub(self.baseline.0));
        format!(
            "{} + {} × {}",
            show(self.baseline),
            show(way),
            self.schedule.share(day).show_fine()
        )
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        let span = self.schedule.span();
        out.line(words("指标", "Metric"), self.metric.title(lang));
        out.line(
            words("基线 → 目标值", "Baseline → target"),
            format!("{} → {}", show(self.baseline), show(self.target)),
        );
        let passed = (days_between(span.start(), self.today) + 1).clamp(0, span.days());
        out.line(
            words("时间进度", "Time passed"),
            format!(
                "{passed} ÷ {} = {}",
                show_days(span.days(), lang),
                self.elapsed.show()
            ),
        );
        out.words(
            words("月度分配", "Spread over the months"),
            if self.schedule.is_weighted() {
                words("按月度权重", "By monthly weights")
            } else {
                words("按天均匀", "Evenly by day")
            },
        );
        self.explain_actual(&mut out, lang);
        self.explain_pace(&mut out, lang);
        self.explain_months(&mut out, lang);
        self.explain_forecast(&mut out, lang);
        out.done()
    }

    fn explain_actual(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let (Some(actual), Some(as_of)) = (self.actual, self.as_of) else {
            out.words(
                PacingFigure::Actual.words(),
                words("— 期内还没有数据", "— No reading within the period yet"),
            );
            return;
        };
        let count = self.readings.len();
        let added = Quantity(actual.0.saturating_sub(self.baseline.0));
        out.line(
            PacingFigure::Actual.words(),
            match (self.gathering, lang) {
                (Gathering::Sum, Lang::Zh) => format!(
                    "基线 {} + {count} 个月合计 {} = {}",
                    show(self.baseline),
                    show(added),
                    show(actual)
                ),
                (Gathering::Sum, Lang::En) => format!(
                    "baseline {} + {count} months' total {} = {}",
                    show(self.baseline),
                    show(added),
                    show(actual)
                ),
                _ => show(actual),
            },
        );
        if let Some(done) = self.progress() {
            out.line(
                PacingFigure::Progress.words(),
                format!(
                    "{} ÷ {} = {}",
                    show(added),
                    show(Quantity(self.target.0.saturating_sub(self.baseline.0))),
                    done.show()
                ),
            );
        }
        let old = self.days_old.unwrap_or(0);
        let day = show_date(as_of, lang);
        out.line(
            words("数据截至", "Readings up to"),
            match lang {
                _ if old == 0 => day,
                Lang::Zh => format!("{day}（{old} 天前）"),
                Lang::En => format!("{day} ({} ago)", show_days(old, lang)),
            },
        );
        if !self.missing.is_empty() {
            let months: Vec<_> = self
                .missing
                .iter()
                .map(|month| Value::Month(*month).show(Kind::Month, lang))
                .collect();
            out.line(
                words("缺数据的月份", "Months without a reading"),
                months.join(words("、", ", ").in_lang(lang)),
            );
        }
    }

    fn explain_pace(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        out.line(
            words("应达到", "Expected by then"),
            format!(
                "{} = {}",
                self.expected_sum(self.as_of.unwrap_or(self.today), lang),
                show(self.expected_now)
            ),
        );
        if let (Some(pace), Some(actual)) = (self.pace, self.actual) {
            let from =
                |quantity: Quantity| show(Quantity(quantity.0.saturating_sub(self.baseline.0)));
            let two = if self.is_ceiling { "2 − " } else { "" };
            out.line(
                PacingFigure::Pace.words(),
                format!(
                    "{two}{} ÷ {} = {}",
                    from(actual),
                    from(self.expected_now),
                    pace.show_fine()
                ),
            );
        } else {
            out.line(PacingFigure::Pace.words(), NOTHING);
        }
        out.line(
            PacingFigure::Judgement.words(),
            match lang {
                Lang::Zh => format!(
                    "{}（≥{GOOD_FROM}% 正常，≥{WATCH_FROM}% 需关注，更低有风险；时间过 {JUDGED_FROM}% 后才判断）",
                    self.rag.words().zh
                ),
                Lang::En => format!(
                    "{} (on course from {GOOD_FROM}%, watch from {WATCH_FROM}%, below at risk; not before {JUDGED_FROM}% of the time)",
                    self.rag.words().en
                ),
            },
        );
    }

    /// What a month brought, and what each one that is left has to bring.
    fn explain_months(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let span = self.schedule.span();
        let until = self.as_of.unwrap_or(self.today);
        let months = |from, to| {
            let hundredths = self.schedule.months(from, to).times(Ratio::whole(100));
            let count = hundredths.and_then(Ratio::rounded).map(plain_hundredths);
            let count = count.unwrap_or_else(|| NOTHING.to_owned());
            match lang {
                Lang::Zh => format!("{count} 个月"),
                Lang::En => format!("{count} months"),
            }
        };
        let between = |to: Quantity, from: Quantity| show(Quantity(to.0.saturating_sub(from.0)));
        if let (Some(rate), Some(actual)) = (self.rate_per_month, self.actual) {
            out.line(
                PacingFigure::Monthly.words(),
                format!(
                    "{} ÷ {} = {}",
                    between(actual, self.baseline),
                    months(add_days(span.start(), -1), until),
                    show(rate)
                ),
            );
        }
        out.line(
            PacingFigure::Needed.words(),
            match (self.required_per_month, self.actual) {
                (Some(required), Some(actual)) => {
                    let most = match (self.is_ceiling, lang) {
                        (false, _) => "",
                        (true, Lang::Zh) => "最多 ",
                        (true, Lang::En) => "at most ",
                    };
                    format!(
                        "({} − {}) ÷ {} = {most}{}",
                        show(self.target),
                        show(actual),
                        months(until, span.end()),
                        show(required)
                    )
                }
                _ => self.needed_text(lang),
            },
        );
    }

    fn explain_forecast(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let (Some(forecast), Some(outlook)) = (self.forecast, self.outlook) else {
            out.words(
                PacingFigure::Forecast.words(),
                words(
                    "— 时间尚早、没有数据或已到期",
                    "— Too early, without readings, or over",
                ),
            );
            return;
        };
        out.line(
            words("预计的算法", "How the forecast is made"),
            match (self.pace, self.actual) {
                (Some(_), Some(actual)) => {
                    let end = self.schedule.expected(self.schedule.span().end()).0;
                    let ahead = end.saturating_sub(self.expected_now.0);
                    let achieved = self.progress().zip(Ratio::new(
                        i128::from(self.expected_now.0) - i128::from(self.baseline.0),
                        i128::from(self.target.0) - i128::from(self.baseline.0),
                    ));
                    let pace = achieved.and_then(|(done, due)| done.over(due));
                    format!(
                        "{} + {} × {} = {}",
                        show(actual),
                        show(Quantity(ahead)),
                        pace.map_or_else(|| NOTHING.to_owned(), Ratio::show_fine),
                        show(forecast.mid)
                    )
                }
                _ => show(forecast.mid),
            },
        );
        out.line(PacingFigure::Forecast.words(), show(forecast.mid));
        if let Some((low, high)) = forecast.range {
            out.line(
                PacingFigure::Range.words(),
                format!("{} – {}", show(low), show(high)),
            );
        }
        let months = outlook.months_seen();
        out.line(
            words("预计的依据", "How it is reckoned"),
            match (months, lang) {
                (0, Lang::Zh) => "按目前进度比推算；满两个整月后给出范围".to_owned(),
                (0, Lang::En) => {
                    "The pace so far carried on; a range follows after two whole months".to_owned()
                }
                (_, Lang::Zh) => {
                    format!("按目前进度比推算；范围取自 {months} 个整月之间的差异，五次中四次落在其中")
                }
                (_, Lang::En) => format!(
                    "The pace so far carried on; the range comes from how much {months} whole months differ and holds in four cases of five"
                ),
            },
        );
    }
}
