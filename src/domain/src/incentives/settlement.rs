//! Statements: issued by the version in force, shown line by line, reckoned again at any
//! time to the same fen, disputed in the open.

use super::enrolling::Reckoning;
use super::payout::{PayError, Payout, pay};
use super::terms::Terms;
use super::versions::in_force;
use crate::book::Book;
use crate::date::{Date, add_days};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::money::Fen;
use crate::quantity::Unit;
use crate::schema::{Change, Record, changes};
use crate::tables::{
    Dealer, Enrolment, Issue, IssueKind, Scheme, SchemeVersion, Severity, Statement,
};
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Days within which a dispute shall be resolved.
const DISPUTE_DAYS: i64 = 14;

/// Why a statement cannot be issued or reckoned; each says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementFault {
    /// The dealer does not take part.
    #[error("the dealer does not take part in the scheme")]
    NotEnrolled,
    /// No version was in force on the day of issue.
    #[error("no version of the scheme is in force")]
    NoVersion,
    /// The version is not what it was when it was approved.
    #[error("the version is not what was approved")]
    Altered,
    /// The day up to which it counts lies ahead.
    #[error("the day up to which it counts lies ahead")]
    Ahead,
    /// The day up to which it counts is not within the scheme's period.
    #[error("the day up to which it counts is outside the scheme's period")]
    Outside,
    /// A statement up to that day or a later one is there already.
    #[error("a statement up to that day or later is there already")]
    Issued,
    /// Part of what it is reckoned from is missing.
    #[error("part of what it is reckoned from is missing")]
    Incomplete,
    /// Nothing can be reckoned.
    #[error(transparent)]
    Pay(#[from] PayError),
}

impl StatementFault {
    /// What to tell the person, and what to do.
    pub const fn words(self) -> Words {
        match self {
            Self::NotEnrolled => words(
                "这家经销商没有参加此方案",
                "This dealer does not take part in the scheme",
            ),
            Self::NoVersion => words(
                "方案还没有批准的版本，请先批准",
                "No version is in force; approve the scheme first",
            ),
            Self::Altered => words(
                "方案版本与批准时不一致，不能结算；请重新批准新版本",
                "The version is not what was approved; approve a new one",
            ),
            Self::Ahead => words(
                "结算日期还没到",
                "The day up to which it counts has not come yet",
            ),
            Self::Outside => words(
                "结算日期不在方案期间内",
                "The day up to which it counts is outside the scheme's period",
            ),
            Self::Issued => words(
                "已有到这一天或更晚的结算单；如有错误请先作废",
                "A statement up to that day or later is there; withdraw it first",
            ),
            Self::Incomplete => words(
                "结算单缺少计算依据",
                "Part of what the statement is reckoned from is missing",
            ),
            Self::Pay(error) => error.words(),
        }
    }
}

/// A statement with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// The statement.
    pub statement: Arc<Statement>,
    /// The version that it is reckoned by.
    pub version: Arc<SchemeVersion>,
    /// Its lines and its total.
    pub payout: Payout,
    unit: Unit,
    terms: Terms,
}

impl Settlement {
    /// Reckons a statement by the version that it names and the basis that it keeps. Neither
    /// changes, so the figures are the same for ever.
    ///
    /// # Errors
    /// [`StatementFault`] when the version is gone or was altered.
    pub fn of(book: &Book, statement: &Arc<Statement>) -> Result<Self, StatementFault> {
        // A version in the bin still binds what was issued by it.
        let version = book
            .scheme_versions
            .get_any(statement.version)
            .ok_or(StatementFault::NoVersion)?;
        if !version.is_intact() || version.scheme != statement.scheme {
            return Err(StatementFault::Altered);
        }
        let terms = version.terms.clone().ok_or(StatementFault::Altered)?;
        let basis = statement.basis.ok_or(StatementFault::Incomplete)?;
        Ok(Self {
            payout: pay(&terms, &basis)?,
            statement: Arc::clone(statement),
            version: Arc::clone(version),
            unit: book
                .metric(terms.metric())
                .and_then(|metric| metric.unit)
                .unwrap_or(Unit::Pieces),
            terms,
        })
    }

    /// What is measured in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The terms by which it is reckoned.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What is measured, in the explanation.
    pub const MEASURED: Words = words("计量数值", "Measured");

    /// The explanation as that of one of its lines, by the line's place.
    pub fn marked(&self, mut lines: Vec<Line>, place: usize) -> Vec<Line> {
        // The payout's lines stand at the end, before what was earned and the total.
        let first = lines.len().saturating_sub(self.payout.lines.len() + 2);
        if let Some(line) = lines.get_mut(first + place) {
            line.is_result = true;
        }
        lines
    }

    /// The version, what was measured, every line with its arithmetic, and the total.
    pub fn explain(&self, book: &Book, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let scheme = book.title(Scheme::NUMBER, self.statement.scheme.uuid());
        out.line(words("方案", "Scheme"), scheme.unwrap_or_default());
        let approved = self.version.approved_on.map(|day| show_date(day, lang));
        out.line(
            words("版本", "Version"),
            format!(
                "{} · {}",
                approved.unwrap_or_default(),
                self.version.approved_by
            ),
        );
        out.words(words("规则", "Rule"), self.terms.earning().rule());
        out.line(
            words("条款", "Terms"),
            self.terms
                .describe(self.unit, lang)
                .join(words("；", "; ").in_lang(lang)),
        );
        if let Some(until) = self.statement.until {
            out.line(words("结算至", "Up to"), show_date(until, lang));
        }
        if let Some(basis) = self.statement.basis {
            let show = |quantity| self.unit.show(quantity, lang);
            out.line(Settlement::MEASURED, show(basis.measured));
        }
        let mut lines = out.done();
        lines.extend(self.payout.explain(self.unit, lang));
        lines
    }
}

/// The statements of a dealer in a scheme that were not withdrawn, the earliest first.
pub fn statements(book: &Book, dealer: Id<Dealer>, scheme: Id<Scheme>) -> Vec<Arc<Statement>> {
    let mut statements: Vec<_> = book
        .statements
        .of(dealer)
        .filter(|statement| statement.dealer == dealer && statement.scheme == scheme)
        .filter(|statement| !matches!(statement.outcome, Outcome::Dropped(_)))
        .cloned()
        .collect();
    statements.sort_by_key(|statement| (statement.until, statement.id));
    statements
}

/// What the statements of a dealer in a scheme came to together.
///
/// # Errors
/// The [`StatementFault`] of the first that cannot be reckoned.
pub fn settled(book: &Book, dealer: Id<Dealer>, scheme: Id<Scheme>) -> Result<Fen, StatementFault> {
    let mut sum = Fen(0);
    for statement in statements(book, dealer, scheme) {
        let total = Settlement::of(book, &statement)?.payout.total;
        sum = sum.plus(total).ok_or(PayError::TooLarge)?;
    }
    Ok(sum)
}

/// The statement of an enrolment up to a day, as it would be issued today: by the version in
/// force today, less what earlier statements came to. A statement that was withdrawn for the
/// same day is issued anew.
///
/// # Errors
/// [`StatementFault`], which says what to do first.
pub fn draft(
    book: &Book,
    enrolment: &Enrolment,
    place: Option<u32>,
    until: Date,
    today: Date,
) -> Result<Statement, StatementFault> {
    if until > today {
        return Err(StatementFault::Ahead);
    }
    let version = in_force(book, enrolment.scheme, today).ok_or(StatementFault::NoVersion)?;
    let terms = version.terms.as_ref().ok_or(StatementFault::NoVersion)?;
    if !terms.period().contains(until) {
        return Err(StatementFault::Outside);
    }
    let (dealer, scheme) = (enrolment.dealer, enrolment.scheme);
    let issued = statements(book, dealer, scheme);
    if issued
        .iter()
        .any(|statement| statement.until >= Some(until))
    {
        return Err(StatementFault::Issued);
    }
    let reckoning =
        Reckoning::of(book, terms, enrolment, place, until).ok_or(StatementFault::NotEnrolled)?;
    let mut basis = reckoning.basis;
    basis.settled = settled(book, dealer, scheme)?;
    // What cannot be reckoned is not issued.
    pay(terms, &basis)?;
    Ok(Statement {
        dealer,
        scheme,
        version: version.id,
        until: Some(until),
        basis: Some(basis),
        issued_on: Some(today),
        ..Statement::with_id(Statement::id_for(dealer, scheme, until))
    })
}

/// What to write to issue the statement of [`draft`].
///
/// # Errors
/// [`StatementFault`], which says what to do first.
pub fn issue(
    book: &Book,
    enrolment: &Enrolment,
    place: Option<u32>,
    until: Date,
    today: Date,
) -> Result<Vec<Change>, StatementFault> {
    let statement = draft(book, enrolment, place, until, today)?;
    let before = book.statements.get_any(statement.id);
    let mut changes = changes(before.map(Arc::as_ref), &statement);
    if before.is_some_and(|before| before.state.deleted) {
        changes.push(crate::schema::bin::<Statement>(statement.id, false));
    }
    Ok(changes)
}

/// What the readings as they are now would make of a statement: what it comes to with them,
/// less what it says. The difference is paid or taken back by the next statement.
///
/// # Errors
/// [`StatementFault`] when either cannot be reckoned.
pub fn correction(
    book: &Book,
    settlement: &Settlement,
    enrolment: &Enrolment,
) -> Result<Fen, StatementFault> {
    let statement = &settlement.statement;
    let (basis, until) = statement
        .basis
        .zip(statement.until)
        .ok_or(StatementFault::Incomplete)?;
    let now = Reckoning::of(book, &settlement.terms, enrolment, basis.place, until)
        .ok_or(StatementFault::NotEnrolled)?;
    let now = pay(&settlement.terms, &basis.with_measured(now.basis.measured))?;
    let difference = now.earned.0.checked_sub(settlement.payout.earned.0);
    Ok(difference.map(Fen).ok_or(PayError::TooLarge)?)
}

/// What to write when a dealer disputes a statement: an issue about it that is to be resolved
/// within two weeks, and the statement's link to it.
pub fn dispute(
    book: &Book,
    settlement: &Settlement,
    reason: &str,
    issue: Id<Issue>,
    today: Date,
    lang: Lang,
) -> Vec<Change> {
    let statement = &settlement.statement;
    let scheme = book
        .title(Scheme::NUMBER, statement.scheme.uuid())
        .unwrap_or_default();
    let until = statement.until.map(|day| show_date(day, lang));
    let lines: Vec<String> = settlement
        .explain(book, lang)
        .into_iter()
        .map(|line| format!("{}: {}", line.label, line.value))
        .collect();
    let issue = Issue {
        dealer: statement.dealer,
        title: match lang {
            Lang::Zh => format!("对结算单有异议：{scheme}"),
            Lang::En => format!("Disputed statement: {scheme}"),
        },
        kind: Some(IssueKind::Rebate),
        severity: Some(Severity::Moderate),
        reported_on: Some(today),
        detail: format!(
            "{}\n\n{}\n{}",
            crate::text::clean(reason, crate::text::Lines::Many),
            until.unwrap_or_default(),
            lines.join("\n")
        ),
        due: Some(add_days(today, DISPUTE_DAYS)),
        ..Issue::with_id(issue)
    };
    let mut disputed = Statement::clone(statement);
    disputed.dispute = issue.id;
    let mut out = changes(None, &issue);
    out.extend(changes(Some(&**statement), &disputed));
    out
}
