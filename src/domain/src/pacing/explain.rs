//! A pacing's inputs, rule and arithmetic in words.

use super::{GOOD_FROM, Pacing, WATCH_FROM};
use crate::date::days_between;
use crate::explain::{Explanation, Line, show_days};
use crate::quantity::Quantity;
use crate::tables::Gathering;
use crate::value::{Kind, Value, show_date};
use crate::words::{Lang, words};

impl Pacing {
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
        if let Some(rate) = self.rate_per_month {
            out.line(words("目前每月", "Per month so far"), show(rate));
        }
        if let Some(required) = self.required_per_month {
            let label = if self.is_ceiling {
                words("此后每月最多", "Per month at most from now on")
            } else {
                words("此后每月需要", "Needed per month from now on")
            };
            out.line(label, show(required));
        }
        self.explain_forecast(&mut out, lang);
        out.done()
    }

    fn explain_actual(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let (Some(actual), Some(as_of)) = (self.actual, self.as_of) else {
            out.words(
                words("实际", "Actual"),
                words("期内还没有数据", "No reading within the period yet"),
            );
            return;
        };
        let count = self.readings.len();
        let added = Quantity(actual.0.saturating_sub(self.baseline.0));
        out.line(
            words("实际", "Actual"),
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
        out.line(words("应达到", "Expected by then"), show(self.expected_now));
        if let (Some(pace), Some(actual)) = (self.pace, self.actual) {
            let from =
                |quantity: Quantity| show(Quantity(quantity.0.saturating_sub(self.baseline.0)));
            let two = if self.is_ceiling { "2 − " } else { "" };
            out.line(
                words("进度比", "Pace"),
                format!(
                    "{two}{} ÷ {} = {}",
                    from(actual),
                    from(self.expected_now),
                    pace.show_fine()
                ),
            );
        }
        out.line(
            words("判断", "Judgement"),
            match lang {
                Lang::Zh => format!(
                    "{}（≥{GOOD_FROM}% 正常，≥{WATCH_FROM}% 需关注，更低有风险；时间过 15% 后才判断）",
                    self.rag.words().zh
                ),
                Lang::En => format!(
                    "{} (on course from {GOOD_FROM}%, watch from {WATCH_FROM}%, below at risk; not before 15% of the time)",
                    self.rag.words().en
                ),
            },
        );
    }

    fn explain_forecast(&self, out: &mut Explanation, lang: Lang) {
        let show = |quantity: Quantity| self.unit.show(quantity, lang);
        let (Some(forecast), Some(outlook)) = (self.forecast, self.outlook) else {
            return;
        };
        out.line(
            words("照此预计期末", "At the end if it goes on so"),
            match (forecast.range, lang) {
                (Some((low, high)), Lang::Zh) => {
                    format!("{}（{} – {}）", show(forecast.mid), show(low), show(high))
                }
                (Some((low, high)), Lang::En) => {
                    format!("{} ({} – {})", show(forecast.mid), show(low), show(high))
                }
                (None, _) => show(forecast.mid),
            },
        );
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
