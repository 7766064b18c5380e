//! Who may take part in a scheme, who does, and from what their payout is reckoned.

use super::basis::{Basis, Days};
use super::terms::Terms;
use super::versions::in_force;
use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days, add_months, days_between};
use crate::filter::Filter;
use crate::id::Id;
use crate::measured::{Covered, actuals, covered_in, figures_of, missing};
use crate::money::{Fen, div_half_even};
use crate::quantity::Quantity;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Dealer, Enrolment, Gathering, Metric, Scheme, SchemeVersion};
use crate::value::Outcome;
use crate::words::{Lang, words};
use std::sync::Arc;

/// The dealers that may take part in a version of a scheme, by name.
pub fn eligible(book: &Book, version: &SchemeVersion, today: Date) -> Vec<Arc<Dealer>> {
    let mut dealers: Vec<_> = book
        .dealers
        .iter()
        .filter(|dealer| is_eligible(book, version, dealer, today))
        .cloned()
        .collect();
    dealers.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    dealers
}

/// Whether a dealer may take part.
pub fn is_eligible(book: &Book, version: &SchemeVersion, dealer: &Dealer, today: Date) -> bool {
    version
        .eligibility
        .as_ref()
        .is_none_or(|filter| filter.takes(book, dealer, today))
}

/// Why a dealer cannot be enrolled; each says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EnrolFault {
    /// No version of the scheme is in force.
    #[error("no version of the scheme is in force")]
    NoVersion,
    /// The scheme was ended.
    #[error("the scheme was ended")]
    Ended,
    /// There is no such dealer.
    #[error("there is no such dealer")]
    NoDealer,
    /// The day lies outside the scheme's period.
    #[error("the day lies outside the scheme's period")]
    Outside,
    /// The dealer fails this condition of the scheme.
    #[error("the dealer may not take part")]
    NotEligible(Box<Filter>),
}

impl EnrolFault {
    /// What to tell the person, and what to do.
    pub fn text(&self, book: &Book, lang: Lang) -> String {
        let told = match self {
            Self::NoVersion => words("请先批准方案", "Approve the scheme first"),
            Self::Ended => words("方案已结束", "The scheme was ended"),
            Self::NoDealer => words("没有这家经销商", "There is no such dealer"),
            Self::Outside => words(
                "加入日期要在方案期间之内",
                "The day must lie within the scheme's period",
            ),
            Self::NotEligible(condition) => {
                let condition = condition.describe(book, lang).join("; ");
                return match lang {
                    Lang::Zh => format!("不符合参加条件：{condition}"),
                    Lang::En => format!("This condition is not met: {condition}"),
                };
            }
        };
        told.in_lang(lang).to_owned()
    }
}

/// What to write so that a dealer takes part from a day on. A dealer who left comes back with
/// what was agreed then.
///
/// # Errors
/// [`EnrolFault`], which says what is in the way.
pub fn enrol(
    book: &Book,
    scheme: &Scheme,
    dealer: Id<Dealer>,
    from: Date,
    today: Date,
) -> Result<Vec<Change>, EnrolFault> {
    if !scheme.outcome.is_open() {
        return Err(EnrolFault::Ended);
    }
    let version = in_force(book, scheme.id, today).ok_or(EnrolFault::NoVersion)?;
    let terms = version.terms.as_ref().ok_or(EnrolFault::NoVersion)?;
    let record = book.dealers.get(dealer).ok_or(EnrolFault::NoDealer)?;
    if !terms.period().contains(from) {
        return Err(EnrolFault::Outside);
    }
    if let Some(filter) = &version.eligibility
        && let Some(failed) = filter.failed_by(book, &**record, today)
    {
        let alone = Filter::all(filter.table()).and(failed.clone());
        let alone = alone.unwrap_or_else(|_| filter.clone());
        return Err(EnrolFault::NotEligible(Box::new(alone)));
    }
    let id = Enrolment::id_for(dealer, scheme.id);
    let before = book.enrolments.get_any(id);
    let mut after = before.map_or_else(|| Enrolment::with_id(id), |old| Enrolment::clone(old));
    (after.dealer, after.scheme) = (dealer, scheme.id);
    after.from = Some(from);
    after.outcome = Outcome::Open;
    let mut out = changes(before.map(Arc::as_ref), &after);
    if before.is_some_and(|before| before.state.deleted) {
        out.push(bin::<Enrolment>(id, false));
    }
    Ok(out)
}

/// The enrolments of a scheme whose dealers are in the book, in the order of their dealers'
/// names.
pub fn enrolments(book: &Book, scheme: Id<Scheme>) -> Vec<(Arc<Dealer>, Arc<Enrolment>)> {
    let mut found: Vec<_> = book
        .enrolments
        .of(scheme)
        .filter(|enrolment| enrolment.scheme == scheme)
        .filter_map(|enrolment| {
            let dealer = book.dealers.get(enrolment.dealer)?;
            Some((Arc::clone(dealer), Arc::clone(enrolment)))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
    found
}

/// Where the base of a growth bonus comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseFrom {
    /// Both sides agreed it.
    Agreed,
    /// The same days a year before.
    LastYear(Vec<Covered>),
}

/// Where the target of a target payout comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetFrom {
    /// Both sides agreed it for the scheme.
    Agreed,
    /// The metric's own targets, month by month.
    Months,
}

/// The metric's own target over a period: where months add up, the sum of every month's, part
/// months by their days; where the latest counts, the last month's. `None` when a month has
/// none.
fn months_target(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    period: DateSpan,
    gathering: Gathering,
) -> Option<Quantity> {
    let targets = book.targets_of(dealer);
    let of = |month: Month| targets.of(metric, month);
    if gathering != Gathering::Sum {
        return of(Month::of(period.end()));
    }
    let mut sum = 0_i128;
    for month in period.months() {
        let first = month.first().max(period.start());
        let last = month.last().min(period.end());
        let days = i128::from(days_between(first, last) + 1);
        sum += div_half_even(i128::from(of(month)?.0) * days, month.days().into())?;
    }
    Some(Quantity::held(sum))
}

/// What a dealer's payout is reckoned from, with the readings behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// The inputs.
    pub basis: Basis,
    /// The readings that the measured amount comes from.
    pub readings: Vec<Covered>,
    /// How their months become one figure.
    pub gathering: Gathering,
    /// Where the base comes from.
    pub base_from: BaseFrom,
    /// Where the target comes from.
    pub target_from: TargetFrom,
    /// The days whose readings count.
    pub counted: DateSpan,
    /// Months before the last reading that have none.
    pub missing: Vec<Month>,
}

impl Reckoning {
    /// The inputs as the readings up to a day give them.
    ///
    /// A dealer who joins late: where the scheme goes by days, the whole period's readings
    /// count and the payout is the part of the days; otherwise readings count from the day of
    /// enrolment. Readings after the dealer left do not count.
    ///
    /// `None` when the dealer's time in the scheme and its period do not meet, or the metric
    /// is not known.
    pub fn of(
        book: &Book,
        terms: &Terms,
        enrolment: &Enrolment,
        place: Option<u32>,
        until: Date,
    ) -> Option<Self> {
        let period = terms.period();
        let from = enrolment.from.unwrap_or(period.start());
        let left = match enrolment.outcome {
            Outcome::Open => period.end(),
            Outcome::Done(day) | Outcome::Dropped(day) => day,
        };
        let enrolled = DateSpan::new(from.max(period.start()), left.min(period.end()))?;
        let span = terms.counted();
        let start = if terms.limits().prorated {
            span.start()
        } else {
            span.start().max(enrolled.start())
        };
        let counted = DateSpan::new(start, span.end().min(enrolled.end()))?;
        let metric = terms.metric();
        let gathering = book.metric(metric)?.gathering.unwrap_or(Gathering::Last);
        let known = DateSpan::new(add_months(counted.start(), -12), counted.end())?;
        let known = Month::of(known.start())..=Month::of(known.end());
        let figures = figures_of(book, enrolment.dealer, &[metric], known).pop()?;
        let readings: Vec<Covered> = covered_in(&figures, counted, gathering, until).collect();
        let sum = |readings: &[Covered]| actuals(readings, Quantity(0), gathering).last().copied();
        let (base, base_from) = match enrolment.base {
            Some(base) => (Some(base), BaseFrom::Agreed),
            None => {
                let before = DateSpan::new(
                    add_months(counted.start(), -12),
                    add_months(add_days(counted.end(), 1), -12)
                        .pred_opt()
                        .unwrap_or(counted.end()),
                );
                let readings = before.map_or_else(Vec::new, |before| {
                    covered_in(&figures, before, gathering, until).collect()
                });
                (sum(&readings), BaseFrom::LastYear(readings))
            }
        };
        let (target, target_from) = match enrolment.target {
            Some(target) => (Some(target), TargetFrom::Agreed),
            None => {
                let dealer = enrolment.dealer;
                let target = months_target(book, dealer, metric, period, gathering);
                (target, TargetFrom::Months)
            }
        };
        let days = Days::new(
            u32::try_from(enrolled.days()).ok()?,
            u32::try_from(period.days()).ok()?,
        )?;
        Some(Self {
            basis: Basis {
                measured: sum(&readings).unwrap_or_default(),
                base,
                target,
                place,
                days,
                settled: Fen(0),
            },
            missing: missing(&readings, counted),
            readings,
            gathering,
            base_from,
            target_from,
            counted,
        })
    }

    /// The last day that the readings cover.
    pub fn as_of(&self) -> Option<Date> {
        self.readings.last().map(|reading| reading.as_of)
    }

    /// How many counted days the readings cover, up to the last of them.
    pub fn days_covered(&self) -> i64 {
        self.as_of()
            .map_or(0, |as_of| days_between(self.counted.start(), as_of) + 1)
    }
}
