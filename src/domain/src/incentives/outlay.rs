//! What a scheme costs over all its dealers: earned by now, expected at the end, against its
//! budget; and whether it is fair among comparable dealers.

use super::earning::Earning;
use super::enrolling::{eligible, enrolments};
use super::payout::PayError;
use super::standing::{NoStanding, Standing};
use super::terms::Terms;
use super::trip::{Contender, Ranking};
use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::id::{Id, IdMap};
use crate::money::Fen;
use crate::peers::{PeerGroup, median};
use crate::quantity::Unit;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Enrolment, Scheme, SchemeVersion};
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a dealer's score for a trip comes from.
pub type Scores<'a> = &'a dyn Fn(Id<Dealer>) -> Option<Ratio>;

/// The ranking of a scheme's dealers; empty for any other scheme than a trip.
pub fn ranking(
    book: &Book,
    scheme: Id<Scheme>,
    terms: &Terms,
    scores: Scores<'_>,
    today: Date,
) -> Ranking {
    let Earning::Trip { least, .. } = terms.earning() else {
        return Ranking::default();
    };
    let contenders = enrolments(book, scheme)
        .into_iter()
        .filter_map(|(dealer, enrolment)| {
            let reckoning = super::Reckoning::of(book, terms, &enrolment, None, today)?;
            Some(Contender {
                dealer: dealer.id,
                score: scores(dealer.id),
                measured: reckoning.basis.measured,
                enrolled: enrolment.from,
                code: dealer.code.clone(),
            })
        })
        .collect();
    Ranking::of(contenders, *least)
}

/// One dealer of a scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The dealer.
    pub dealer: Arc<Dealer>,
    /// The enrolment.
    pub enrolment: Arc<Enrolment>,
    /// How the dealer stands, or why that cannot be told.
    pub standing: Result<Arc<Standing>, NoStanding>,
    /// The dealers with whom it compares.
    pub group: PeerGroup,
    /// What is earned for each yuan or unit measured; `None` where nothing was measured.
    pub yield_of: Option<Ratio>,
    /// The middle yield of the group, where at least three have one.
    pub usual: Option<Ratio>,
    /// Whether the yield is off the usual one by more than a quarter of it.
    pub stands_out: bool,
}

/// What a scheme costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlay {
    /// Every enrolled dealer, by name.
    pub shares: Vec<Share>,
    /// Dealers that may take part and do not, by name.
    pub not_enrolled: Vec<Arc<Dealer>>,
    /// What is earned by now.
    pub earned: Fen,
    /// What is expected at the end at the pace so far.
    pub expected: Fen,
    /// What may be spent.
    pub budget: Option<Fen>,
    unit: Unit,
}

/// The fewest of a group who say what is usual.
const FEWEST: usize = 3;

/// The figures in its explanation.
impl Outlay {
    /// How many dealers are enrolled.
    pub const ENROLLED: Words = words("参加", "Enrolled");
    /// What is earned by now.
    pub const EARNED: Words = words("目前应发", "Earned by now");
    /// What is expected at the end.
    pub const EXPECTED: Words = words("预计期末", "Expected at the end");
    /// What may be spent.
    pub const BUDGET: Words = words("预算", "Budget");
    /// The part of the budget that is expected to be used.
    pub const USED: Words = words("预算使用", "Part of the budget");
}

impl Outlay {
    /// The outlay of a version over all enrolled dealers. Dealers whose standing cannot be
    /// told count as nothing and are shown with the reason.
    ///
    /// # Errors
    /// [`PayError::TooLarge`] when the sum is beyond the range of money.
    pub fn of(
        book: &Book,
        version: &SchemeVersion,
        scores: Scores<'_>,
        today: Date,
    ) -> Result<Option<Self>, PayError> {
        let Some(terms) = version.terms.as_ref() else {
            return Ok(None);
        };
        let places = ranking(book, version.scheme, terms, scores, today);
        let enrolled = enrolments(book, version.scheme);
        let taking_part: IdMap<_, ()> = enrolled.iter().map(|(it, _)| (it.id, ())).collect();
        let not_enrolled = eligible(book, version, today)
            .into_iter()
            .filter(|dealer| !taking_part.contains_key(&dealer.id))
            .collect();
        let shared = Arc::new(terms.clone());
        let mut shares: Vec<Share> = enrolled
            .into_iter()
            .map(|(dealer, enrolment)| {
                let place = places.place(dealer.id);
                let standing = book.standing_of(&shared, &enrolment, place, today);
                let yield_of = standing.as_deref().ok().and_then(yield_of);
                Share {
                    group: PeerGroup::of(&dealer),
                    dealer,
                    enrolment,
                    standing,
                    yield_of,
                    usual: None,
                    stands_out: false,
                }
            })
            .collect();
        compare(&mut shares);
        let sum = |part: &dyn Fn(&Standing) -> Fen| {
            shares
                .iter()
                .filter_map(|share| share.standing.as_deref().ok())
                .try_fold(Fen(0), |sum, standing| sum.plus(part(standing)))
                .ok_or(PayError::TooLarge)
        };
        let earned = sum(&|standing| standing.payout.earned)?;
        let expected = sum(&|standing| {
            let ahead = standing.ahead.map(|ahead| ahead.earned);
            ahead.unwrap_or(standing.payout.earned)
        })?;
        Ok(Some(Self {
            shares,
            not_enrolled,
            earned,
            expected,
            budget: version.budget,
            unit: book
                .metric(terms.metric())
                .and_then(|metric| metric.unit)
                .unwrap_or(Unit::Pieces),
        }))
    }

    /// What is measured in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The part of the budget that is expected to be used; `None` without a budget above 0.
    pub fn used(&self) -> Option<Ratio> {
        Ratio::new(self.expected.0.into(), self.budget?.0.into())
    }

    /// Whether more is expected than may be spent.
    pub fn is_over(&self) -> bool {
        self.budget.is_some_and(|budget| self.expected > budget)
    }

    /// Each dealer's part, the sums, and the budget.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let mut lines: Vec<Line> = Vec::new();
        for share in &self.shares {
            lines.push(Line::new(
                share.dealer.name.clone(),
                share.text(self.unit, lang),
            ));
        }
        out.line(Outlay::ENROLLED, self.shares.len().to_string());
        out.line(Outlay::EARNED, self.earned.show());
        out.line(Outlay::EXPECTED, self.expected.show());
        if let Some(budget) = self.budget {
            out.line(Outlay::BUDGET, budget.show());
        }
        if let Some(used) = self.used() {
            out.line(
                Outlay::USED,
                format!(
                    "{} ÷ {} = {}",
                    self.expected.show(),
                    self.budget.unwrap_or_default().show(),
                    used.show_fine()
                ),
            );
        }
        lines.extend(out.done());
        lines
    }
}

impl Share {
    /// What is earned for each yuan or unit, and what is usual among peers.
    pub fn yields(&self, unit: Unit, lang: Lang) -> (Option<String>, Option<String>) {
        let show = |ratio| show_yield(ratio, unit, lang);
        (self.yield_of.map(show), self.usual.map(show))
    }

    /// How what is earned for each yuan or unit comes about, beside what is usual among peers.
    pub fn explain(&self, unit: Unit, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (own, usual) = self.yields(unit, lang);
        if let Ok(standing) = &self.standing {
            let measured = unit.show(standing.reckoning.basis.measured, lang);
            let earned = standing.payout.earned.show();
            out.line(Standing::MEASURED, measured.clone());
            out.line(Outlay::EARNED, earned.clone());
            if let Some(own) = own {
                out.result(
                    words("每元或每件所得", "For each yuan or unit"),
                    format!("{earned} ÷ {measured} = {own}"),
                );
            }
        }
        if let Some(usual) = usual {
            out.line(
                words("同组中位数", "Median of the group"),
                format!("{} · {usual}", self.group.show(lang)),
            );
        }
        out.done()
    }

    /// Measured, earned, what that is for each unit, and what is usual among peers.
    pub fn text(&self, unit: Unit, lang: Lang) -> String {
        let standing = match &self.standing {
            Ok(standing) => standing,
            Err(NoStanding::Pay(error)) => return error.words().in_lang(lang).to_owned(),
            Err(NoStanding::Outside) => {
                return words(
                    "参加时间不在方案期间内",
                    "Not enrolled within the scheme's period",
                )
                .in_lang(lang)
                .to_owned();
            }
        };
        let mut text = format!(
            "{} → {}",
            unit.show(standing.reckoning.basis.measured, lang),
            standing.payout.earned.show()
        );
        if let Some(yielded) = self.yield_of {
            text.push_str(&format!(" · {}", show_yield(yielded, unit, lang)));
        }
        if let Some(usual) = self.usual {
            let group = self.group.show(lang);
            text.push_str(&match lang {
                Lang::Zh => format!("（{group}：中位数 {}）", show_yield(usual, unit, lang)),
                Lang::En => format!(" ({group}: median {})", show_yield(usual, unit, lang)),
            });
        }
        text
    }
}

/// What is earned for each yuan in percent, or for each unit in yuan.
fn show_yield(yielded: Ratio, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Yuan => {
            let points = yielded.basis_points();
            crate::rate::Rate(points).show()
        }
        unit => {
            // Fen for each hundredth of a unit are yuan for each unit.
            let yuan = yielded.times(Ratio::whole(100)).and_then(Ratio::rounded);
            format!(
                "{} / {}",
                Fen(yuan.unwrap_or(i64::MAX)).show(),
                unit.words().in_lang(lang)
            )
        }
    }
}

fn yield_of(standing: &Standing) -> Option<Ratio> {
    let measured = standing.reckoning.basis.measured.0;
    (measured > 0)
        .then(|| Ratio::new(standing.payout.earned.0.into(), measured.into()))
        .flatten()
}

/// Says of each dealer what is usual among its peers, and who stands out.
fn compare(shares: &mut [Share]) {
    let mut groups: BTreeMap<PeerGroup, Vec<Ratio>> = BTreeMap::new();
    for share in shares.iter() {
        if let Some(yielded) = share.yield_of {
            groups.entry(share.group).or_default().push(yielded);
        }
    }
    let usual: BTreeMap<PeerGroup, Ratio> = groups
        .into_iter()
        .filter(|(_, yields)| yields.len() >= FEWEST)
        .filter_map(|(group, yields)| Some((group, median(yields)?)))
        .collect();
    for share in shares {
        share.usual = usual.get(&share.group).copied();
        share.stands_out = share
            .yield_of
            .zip(share.usual)
            .and_then(|(own, usual)| {
                let apart = own.minus(usual)?;
                let apart = apart.max(Ratio::ZERO.minus(apart)?);
                Some(apart > usual.times(Ratio::percent(25))?)
            })
            .unwrap_or(false);
    }
}
