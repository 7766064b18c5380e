//! The report over all dealers: the year against the one before, the best and those most in need of
//! attention, what schemes cost, and what is late.

use super::{Cell, Report, Row, Section};
use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::{Date, DateSpan, Month};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::incentives::{Outlay, in_force};
use crate::issues::Deadline;
use crate::measured::{Covered, actuals, covered_in, figures_of};
use crate::metrics;
use crate::money::div_half_even;
use crate::pacing::slowest;
use crate::period::Period;
use crate::quantity::{Quantity, Unit};
use crate::scorecard::{
    Compared, Ranked, all_in_force, all_scores, compared, latest_scores, ranked,
};
use crate::tables::{Dealer, Gathering, Issue, Metric, Scheme, Scorecard};
use crate::trend::Growth;
use crate::words::{Lang, Words, words};
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::sync::Arc;

/// So many of the best, of those in need and of the largest parts are listed.
pub const LISTED: usize = 10;

/// The portfolio, looked at on a day.
#[derive(Clone, Copy)]
pub struct Portfolio<'a> {
    /// The book.
    pub book: &'a Book,
    /// The day.
    pub today: Date,
}

/// What a metric came to over all dealers in the last twelve whole months: the sum, or the mean where the
/// latest counts.
#[derive(Clone, Debug)]
pub struct Yearly {
    /// What was measured.
    pub metric: Arc<Metric>,
    /// What it came to.
    pub now: Quantity,
    /// What each dealer with readings brings, the largest first.
    pub parts: Vec<(String, Quantity)>,
    /// In the months that have a reading a year before as well: now, and then.
    pub alike: Option<(Quantity, Quantity)>,
}

/// The best and those most in need of attention, by a scorecard's last period.
pub struct Standings {
    /// The scorecard.
    pub card: Arc<Scorecard>,
    /// The period.
    pub period: Period,
    /// The best first.
    pub best: Vec<(Ranked, Arc<Compared>)>,
    /// The lowest first.
    pub lowest: Vec<(Ranked, Arc<Compared>)>,
}

/// How the portfolio stands, at a glance.
#[derive(Clone, Debug)]
pub struct Glance {
    /// How many dealers there are.
    pub dealers: usize,
    /// How many of them are looked after now.
    pub looked_after: usize,
    /// The dealers whose contact is overdue, by how many days, the longest first.
    pub overdue: Vec<(Arc<Dealer>, i64)>,
    /// The dealers with a goal that falls behind, with its pace in basis points, the slowest first.
    pub behind: Vec<(Arc<Dealer>, i64)>,
    /// What was bought in the last twelve months.
    pub sales: Option<Yearly>,
    /// Issues beyond their deadline, with the days since.
    pub late: Vec<(i64, Arc<Issue>)>,
}

impl Glance {
    /// How dealers whose contact is overdue are counted.
    pub const OVERDUE_RULE: Words = words(
        "按沟通频率，联系到期日已过的经销商",
        "Dealers whose contact was due by their cadence",
    );
    /// How dealers whose goals fall behind are counted.
    pub const BEHIND_RULE: Words = words(
        "最慢的目标进度低于 95% 的经销商",
        "Dealers whose slowest goal has a pace below 95%",
    );
    /// How late issues are counted.
    pub const LATE_RULE: Words = words(
        "还没有解决、解决期限已过的问题",
        "Open issues whose time to be resolved has passed",
    );
}

/// The figures in its explanation.
impl Yearly {
    /// How many dealers bring a part.
    pub const DEALERS: Words = words("有数据的经销商", "Dealers with readings");
    /// What the dealers' parts add up to.
    pub const SUM: Words = words("合计", "Sum");
    /// What they come to where the latest counts.
    pub const MEAN: Words = words("平均（每家的最近一次）", "Mean of each dealer's latest");
    /// The change against the year before.
    pub const CHANGE: Words = words(
        "比去年（两年都有数据的月份）",
        "Against last year, in the months that both have",
    );
}

impl Yearly {
    /// What [`Yearly::now`] is.
    pub fn result(&self) -> Words {
        if self.metric.gathering == Some(Gathering::Sum) {
            Self::SUM
        } else {
            Self::MEAN
        }
    }

    /// What it is counted in.
    pub fn unit(&self) -> Unit {
        self.metric.unit.unwrap_or(Unit::Pieces)
    }

    /// How far it went up or down in the months that both years have.
    pub fn change(&self) -> Option<Growth> {
        let (now, then) = self.alike?;
        Growth::between(now, then, self.unit())
    }

    /// The dealers' parts, what is compared, and the result.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let show = |amount| self.unit().show(amount, lang);
        let mut out = Explanation::new(lang);
        let mut lines: Vec<Line> = self
            .parts
            .iter()
            .take(LISTED)
            .map(|(name, amount)| Line::new(name.clone(), show(*amount)))
            .collect();
        let rest = self.parts.get(LISTED..).unwrap_or_default();
        if !rest.is_empty() {
            let sum = rest.iter().map(|(_, amount)| i128::from(amount.0)).sum();
            let amount = show(Quantity::held(sum));
            out.line(
                words("其余", "All others"),
                match lang {
                    Lang::Zh => format!("{} 家，共 {amount}", rest.len()),
                    Lang::En => format!("{} dealers, {amount} together", rest.len()),
                },
            );
        }
        if let Some(((now, then), change)) = self.alike.zip(self.change()) {
            out.line(
                Self::CHANGE,
                change.worked_out(&show(now), &show(then), &change.show_fine(lang)),
            );
        }
        out.line(Self::DEALERS, self.parts.len().to_string());
        out.result(self.result(), show(self.now));
        lines.extend(out.done());
        lines
    }
}

impl Portfolio<'_> {
    /// The last twelve whole months.
    pub fn year(&self) -> Option<DateSpan> {
        let last = Month::of(self.today).plus(-1);
        DateSpan::new(last.plus(-11).first(), last.last())
    }

    /// How it stands, at a glance.
    pub fn glance(&self) -> Glance {
        let (book, today) = (self.book, self.today);
        let mut glance = Glance {
            dealers: book.dealers.len(),
            looked_after: 0,
            overdue: Vec::new(),
            behind: Vec::new(),
            sales: book
                .metric(metrics::sales_in())
                .and_then(|it| self.over_all(it)),
            late: self.late(),
        };
        for (dealer, cadence) in Cadence::of_all(book, today) {
            if cadence.is_overdue() {
                glance.overdue.push((dealer, cadence.overdue_days));
            }
        }
        for dealer in book.dealers.iter() {
            glance.looked_after += usize::from(dealer.is_looked_after());
            if let Some((rag, pace)) = slowest(book, dealer.id, today)
                && rag.is_behind()
            {
                glance.behind.push((Arc::clone(dealer), pace));
            }
        }
        glance
            .overdue
            .sort_by_key(|(dealer, days)| (Reverse(*days), dealer.id));
        glance
            .behind
            .sort_by_key(|(dealer, pace)| (*pace, dealer.id));
        glance
    }

    /// The metrics of the year, those with readings.
    pub fn yearly(&self) -> Vec<Yearly> {
        let ids: [Id<Metric>; 5] = [
            metrics::sales_in(),
            metrics::units(),
            metrics::focus_share(),
            metrics::satisfaction(),
            metrics::receivable_days(),
        ];
        let known = ids.into_iter().filter_map(|id| self.book.metric(id));
        known.filter_map(|metric| self.over_all(metric)).collect()
    }

    fn over_all(&self, metric: Arc<Metric>) -> Option<Yearly> {
        let gathering = metric.gathering.unwrap_or(Gathering::Last);
        let sums = gathering == Gathering::Sum;
        let this = self.year()?;
        let first = Month::of(this.start()).plus(-12);
        let before = DateSpan::new(first.first(), first.plus(11).last())?;
        let mut parts: Vec<(String, Quantity)> = Vec::new();
        let (mut alike, mut then): (Vec<i128>, Vec<i128>) = (Vec::new(), Vec::new());
        let both = first..=Month::of(this.end());
        for dealer in self.book.dealers.iter() {
            let figures = figures_of(self.book, dealer.id, &[metric.id], both.clone()).pop()?;
            let of = |span| -> Vec<Covered> {
                covered_in(&figures, span, gathering, self.today).collect()
            };
            let (own, earlier) = (of(this), of(before));
            let Some(all) = actuals(&own, Quantity(0), gathering).last().copied() else {
                continue;
            };
            parts.push((dealer.name.clone(), all));
            let pairs: Vec<(i128, i128)> = own
                .iter()
                .filter_map(|it| {
                    let same = earlier
                        .iter()
                        .find(|other| other.month == it.month.plus(-12))?;
                    Some((it.amount.0.into(), same.amount.0.into()))
                })
                .collect();
            // Where the latest counts, the last pair is the dealer's.
            let counted = if sums {
                pairs.as_slice()
            } else {
                pairs.last().map_or(&[][..], std::slice::from_ref)
            };
            alike.extend(counted.iter().map(|(now, _)| *now));
            then.extend(counted.iter().map(|(_, then)| *then));
        }
        let gathered = |own: &[i128]| {
            let sum: i128 = own.iter().sum();
            if own.is_empty() {
                None
            } else if sums {
                Some(Quantity::held(sum))
            } else {
                div_half_even(sum, i128::try_from(own.len()).ok()?).map(Quantity::held)
            }
        };
        let amounts: Vec<i128> = parts.iter().map(|(_, amount)| amount.0.into()).collect();
        parts.sort_by_key(|(_, amount)| Reverse(*amount));
        Some(Yearly {
            now: gathered(&amounts)?,
            alike: gathered(&alike).zip(gathered(&then)),
            parts,
            metric,
        })
    }

    /// The ranking's two ends, by the first scorecard in force.
    pub fn standings(&self) -> Option<Standings> {
        let (card, version) = all_in_force(self.book, self.today).into_iter().next()?;
        let rubric = version.rubric.as_ref()?;
        let period = Period::last_over(rubric.cycle(), self.today);
        let all = ranked(all_scores(self.book, rubric, period, self.today));
        let scored: Vec<&Ranked> = all.iter().filter(|it| it.score.is_some()).collect();
        let with = |it: &&Ranked| {
            let compared = compared(self.book, rubric, it.dealer.id, period, self.today);
            ((*it).clone(), Arc::new(compared))
        };
        Some(Standings {
            best: scored.iter().take(LISTED).map(with).collect(),
            lowest: scored.iter().rev().take(LISTED).map(with).collect(),
            card,
            period,
        })
    }

    /// What the schemes that run cost.
    pub fn costs(&self) -> Vec<(Arc<Scheme>, Arc<Outlay>)> {
        // A trip alone is ranked by scores.
        let scores = LazyCell::new(|| latest_scores(self.book, self.today));
        let of = |dealer: Id<Dealer>| scores.get(&dealer).copied();
        let running = self.book.schemes.iter().filter(|it| it.outcome.is_open());
        running
            .filter_map(|scheme| {
                let version = in_force(self.book, scheme.id, self.today)?;
                let outlay = Outlay::of(self.book, &version, &of, self.today).ok()??;
                Some((Arc::clone(scheme), Arc::new(outlay)))
            })
            .collect()
    }

    /// Open issues beyond their deadline, with the days since; the latest first.
    pub fn late(&self) -> Vec<(i64, Arc<Issue>)> {
        let open = self.book.issues.iter().filter(|it| it.outcome.is_open());
        let mut late: Vec<_> = open
            .filter_map(|it| {
                let days = Deadline::of(it, self.today)?.late_days();
                (days > 0).then(|| (days, Arc::clone(it)))
            })
            .collect();
        late.sort_by_key(|(days, it)| (Reverse(*days), it.id));
        late
    }
}

/// The report.
pub fn portfolio(of: &Portfolio<'_>, lang: Lang) -> Report {
    let mut sections = vec![year(of, lang)];
    if let Some(standings) = of.standings() {
        let ends = [
            (words("评分前十", "The best"), &standings.best),
            (
                words("最需要关注", "Most in need of attention"),
                &standings.lowest,
            ),
        ];
        sections.extend(ends.map(|(title, listed)| {
            Section {
                title,
                columns: vec![
                    words("经销商", "Dealer"),
                    words("名次", "Place"),
                    words("档位", "Tier"),
                    words("趋势", "Trend"),
                    words("得分", "Score"),
                ],
                rows: listed
                    .iter()
                    .map(|(ranked, compared)| end(of, ranked, compared, lang))
                    .collect(),
            }
        }));
    }
    sections.push(costs(of, lang));
    sections.push(late(of, lang));
    Report {
        title: words("数据报告", "Portfolio report")
            .in_lang(lang)
            .to_owned(),
        day: of.today,
        sections,
    }
}

fn year(of: &Portfolio<'_>, lang: Lang) -> Section {
    let rows = of.yearly().into_iter().map(|yearly| {
        let unit = yearly.unit();
        let alike = |amount: Option<Quantity>| {
            amount.map_or(Cell::Blank, |amount| Cell::Amount(amount, unit))
        };
        Row::of(vec![
            yearly.metric.title(lang).into(),
            Cell::Amount(yearly.now, unit),
            Cell::Whole(yearly.parts.len() as i64),
            alike(yearly.alike.map(|(now, _)| now)),
            alike(yearly.alike.map(|(_, then)| then)),
            Cell::growth(yearly.change()),
        ])
        .told(1, yearly.explain(lang))
    });
    Section {
        title: words("全盘", "Portfolio"),
        columns: vec![
            words("指标", "Metric"),
            words("最近十二个月", "Last twelve months"),
            Yearly::DEALERS,
            words("同月今年", "Same months this year"),
            words("同月去年", "Same months last year"),
            words("比去年", "Against last year"),
        ],
        rows: rows.collect(),
    }
}

fn end(of: &Portfolio<'_>, ranked: &Ranked, compared: &Compared, lang: Lang) -> Row {
    let place = ranked.place.and_then(|place| i64::try_from(place).ok());
    let tier = compared.tier.map(|tier| tier.words().in_lang(lang));
    let slope = compared.slope.map(|slope| slope.show());
    Row::of(vec![
        ranked.dealer.name.as_str().into(),
        place.map_or(Cell::Blank, Cell::Whole),
        tier.unwrap_or_default().into(),
        slope.unwrap_or_default().as_str().into(),
        Cell::points(ranked.score),
    ])
    .told(4, compared.scored.explain(of.book, lang))
}

fn costs(of: &Portfolio<'_>, lang: Lang) -> Section {
    let rows = of.costs().into_iter().map(|(scheme, outlay)| {
        Row::of(vec![
            scheme.name.as_str().into(),
            Cell::Whole(outlay.shares.len() as i64),
            Cell::Paid(outlay.earned),
            Cell::Paid(outlay.expected),
            outlay.budget.map_or(Cell::Blank, Cell::Paid),
            Cell::part(outlay.used()),
        ])
        .told(3, outlay.explain(lang))
    });
    Section {
        title: words("激励", "Incentives"),
        columns: vec![
            words("方案", "Scheme"),
            words("参加", "Enrolled"),
            words("目前应发", "Earned by now"),
            words("预计期末", "Expected at the end"),
            words("预算", "Budget"),
            words("预算使用", "Part of the budget"),
        ],
        rows: rows.collect(),
    }
}

fn late(of: &Portfolio<'_>, _lang: Lang) -> Section {
    let rows = of.late().into_iter().map(|(days, issue)| {
        let dealer = of.book.dealers.get_any(issue.dealer);
        Row::of(vec![
            issue.title.as_str().into(),
            dealer.map_or("", |dealer| dealer.name.as_str()).into(),
            issue.owner.as_str().into(),
            Cell::Whole(days),
        ])
    });
    Section {
        title: words("超期的问题", "Late issues"),
        columns: vec![
            words("问题", "Issue"),
            words("经销商", "Dealer"),
            words("负责人", "Owner"),
            words("超期天数", "Days late"),
        ],
        rows: rows.collect(),
    }
}
