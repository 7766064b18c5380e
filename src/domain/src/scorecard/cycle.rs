//! An evaluation's way: draft → discussed → the dealer's response → agreed improvement plan →
//! reviewed.

use super::marked::marked;
use super::marks::Marks;
use super::score::{Scored, score};
use crate::book::Book;
use crate::date::Date;
use crate::id::Id;
use crate::period::Period;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Dealer, Evaluation, Plan, ScorecardVersion};
use crate::text::{Lines, clean};
use crate::words::{Words, words};
use std::sync::Arc;

/// How far an evaluation has come; follows from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Its marks follow the readings.
    Draft,
    /// Its marks stay as they were discussed.
    Discussed,
    /// The dealer has answered.
    Responded,
    /// Both sides agreed an improvement plan.
    Agreed,
    /// What came of it was looked at.
    Reviewed,
}

impl Stage {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Draft => words("草稿", "Draft"),
            Self::Discussed => words("已沟通", "Discussed"),
            Self::Responded => words("经销商已反馈", "Answered by the dealer"),
            Self::Agreed => words("改进计划已确认", "Plan agreed"),
            Self::Reviewed => words("已复盘", "Reviewed"),
        }
    }
}

/// Why an evaluation cannot go on; each says what to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CycleFault {
    /// It stands elsewhere.
    #[error("the evaluation is not at the stage for that")]
    NotNow(Stage),
    /// The version of the scorecard is gone or was altered.
    #[error("the version of the scorecard is gone or was altered")]
    NoVersion,
    /// The period has not begun.
    #[error("the period has not begun")]
    NotBegun,
    /// There is no data to discuss.
    #[error("there is no data to discuss")]
    NoData,
    /// Nothing is written.
    #[error("nothing is written")]
    Blank,
    /// There is no such plan of this dealer.
    #[error("there is no such plan of this dealer")]
    NoPlan,
    /// The same evaluation is there already.
    #[error("the same evaluation is there already")]
    Begun,
}

impl CycleFault {
    /// What to tell the person, and what to do.
    pub const fn words(self) -> Words {
        match self {
            Self::NotNow(Stage::Draft) => words("请先与经销商沟通", "Discuss it first"),
            Self::NotNow(Stage::Discussed) => {
                words("请先记下经销商的反馈", "Note the dealer's response first")
            }
            Self::NotNow(Stage::Responded) => {
                words("请先确认改进计划", "Agree an improvement plan first")
            }
            Self::NotNow(Stage::Agreed | Stage::Reviewed) => {
                words("这一步已经完成", "This is done already")
            }
            Self::NoVersion => words(
                "评分卡版本不可用，请发布新版本",
                "The scorecard's version cannot be used; put a new one in force",
            ),
            Self::NotBegun => words("这个期间还没开始", "The period has not begun yet"),
            Self::NoData => words(
                "还没有数据和目标，不能评分",
                "There is neither data nor a target to score",
            ),
            Self::Blank => words("请写几句话", "Write a few words"),
            Self::NoPlan => words("请选择这家经销商的行动计划", "Choose a plan of this dealer"),
            Self::Begun => words("这个期间已有评估", "There is an evaluation of this period"),
        }
    }
}

impl Evaluation {
    /// How far it has come.
    pub fn stage(&self) -> Stage {
        if self.reviewed_on.is_some() {
            Stage::Reviewed
        } else if self.agreed_on.is_some() {
            Stage::Agreed
        } else if self.responded_on.is_some() {
            Stage::Responded
        } else if self.discussed_on.is_some() {
            Stage::Discussed
        } else {
            Stage::Draft
        }
    }
}

/// The version of an evaluation and its period; `None` when the version is gone or altered.
fn rubric_and_period(
    book: &Book,
    evaluation: &Evaluation,
) -> Option<(Arc<ScorecardVersion>, Period)> {
    // A version in the bin still binds what was evaluated by it.
    let version = book.scorecard_versions.get_any(evaluation.version)?;
    let rubric = version.rubric.as_ref().filter(|_| version.is_intact())?;
    let period = Period::of(rubric.cycle(), evaluation.period?);
    Some((Arc::clone(version), period))
}

/// The marks of an evaluation, with its version and period: those that were discussed, or
/// today's while it is a draft.
pub fn standing_marks(
    book: &Book,
    evaluation: &Evaluation,
    today: Date,
) -> Option<(Arc<ScorecardVersion>, Period, Marks)> {
    let (version, period) = rubric_and_period(book, evaluation)?;
    let marks = match &evaluation.marks {
        Some(marks) => marks.clone(),
        None => {
            let rubric = version.rubric.as_ref()?;
            marked(book, rubric, evaluation.dealer, period, today).marks
        }
    };
    Some((version, period, marks))
}

impl Evaluation {
    /// Its score: by the marks that were discussed, or today's while it is a draft.
    pub fn scored(&self, book: &Book, today: Date) -> Option<Scored> {
        let (version, _, marks) = standing_marks(book, self, today)?;
        Some(score(version.rubric.as_ref()?, &marks))
    }
}

/// What to write to begin the evaluation of a dealer over the period that holds a month.
///
/// # Errors
/// [`CycleFault`], which says what is in the way.
pub fn begin(
    book: &Book,
    dealer: Id<Dealer>,
    version: &ScorecardVersion,
    month: crate::date::Month,
    today: Date,
) -> Result<Vec<Change>, CycleFault> {
    let rubric = version.rubric.as_ref().filter(|_| version.is_intact());
    let period = Period::of(rubric.ok_or(CycleFault::NoVersion)?.cycle(), month);
    if period.first().first() > today {
        return Err(CycleFault::NotBegun);
    }
    let id = Evaluation::id_for(dealer, version.id, period.first());
    let before = book.evaluations.get_any(id);
    if before.is_some_and(|before| !before.state.deleted) {
        return Err(CycleFault::Begun);
    }
    let evaluation = Evaluation {
        dealer,
        version: version.id,
        period: Some(period.first()),
        ..Evaluation::with_id(id)
    };
    let mut out = changes(before.map(Arc::as_ref), &evaluation);
    if before.is_some() {
        out.push(bin::<Evaluation>(id, false));
    }
    Ok(out)
}

/// What to write when it was discussed with the dealer: its marks stay as they are now.
///
/// # Errors
/// [`CycleFault`], which says what is in the way.
pub fn discuss(
    book: &Book,
    evaluation: &Evaluation,
    today: Date,
) -> Result<Vec<Change>, CycleFault> {
    at(evaluation, Stage::Draft)?;
    let (version, _, marks) =
        standing_marks(book, evaluation, today).ok_or(CycleFault::NoVersion)?;
    let rubric = version.rubric.as_ref().ok_or(CycleFault::NoVersion)?;
    score(rubric, &marks).score.ok_or(CycleFault::NoData)?;
    let mut after = evaluation.clone();
    after.marks = Some(marks);
    after.discussed_on = Some(today);
    Ok(changes(Some(evaluation), &after))
}

/// What to write when the dealer has answered.
///
/// # Errors
/// [`CycleFault`], which says what is in the way.
pub fn respond(
    evaluation: &Evaluation,
    response: &str,
    today: Date,
) -> Result<Vec<Change>, CycleFault> {
    at(evaluation, Stage::Discussed)?;
    let mut after = evaluation.clone();
    after.response = written(response)?;
    after.responded_on = Some(today);
    Ok(changes(Some(evaluation), &after))
}

/// What to write when both sides agreed an improvement plan.
///
/// # Errors
/// [`CycleFault`], which says what is in the way.
pub fn agree(
    book: &Book,
    evaluation: &Evaluation,
    plan: Id<Plan>,
    today: Date,
) -> Result<Vec<Change>, CycleFault> {
    at(evaluation, Stage::Responded)?;
    book.plans
        .get(plan)
        .filter(|plan| plan.dealer == evaluation.dealer)
        .ok_or(CycleFault::NoPlan)?;
    let mut after = evaluation.clone();
    after.plan = plan;
    after.agreed_on = Some(today);
    Ok(changes(Some(evaluation), &after))
}

/// What to write when it was looked at what came of it.
///
/// # Errors
/// [`CycleFault`], which says what is in the way.
pub fn review(
    evaluation: &Evaluation,
    review: &str,
    today: Date,
) -> Result<Vec<Change>, CycleFault> {
    at(evaluation, Stage::Agreed)?;
    let mut after = evaluation.clone();
    after.review = written(review)?;
    after.reviewed_on = Some(today);
    Ok(changes(Some(evaluation), &after))
}

fn at(evaluation: &Evaluation, stage: Stage) -> Result<(), CycleFault> {
    let now = evaluation.stage();
    if now == stage {
        Ok(())
    } else if now > stage {
        Err(CycleFault::NotNow(Stage::Reviewed))
    } else {
        Err(CycleFault::NotNow(now))
    }
}

fn written(text: &str) -> Result<String, CycleFault> {
    let text = clean(text, Lines::Many);
    if text.is_empty() {
        return Err(CycleFault::Blank);
    }
    Ok(text)
}
