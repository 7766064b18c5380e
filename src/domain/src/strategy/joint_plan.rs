//! How a joint business plan stands: its year, its objectives, its reviews.

use super::cascade::years_of;
use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days};
use crate::explain::{Explanation, Line, show_days};
use crate::id::Id;
use crate::pacing::Pacing;
use crate::plans::PlanState;
use crate::tables::{BusinessPlan, Goal, Objective, Plan, Review, ReviewKind};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::sync::Arc;

/// Days after the end of a year within which it is to be reviewed.
pub const REVIEW_DAYS: i64 = 30;

/// The three calendar years that a plan made on a day usually covers: from this year's beginning
/// while the year is young, else from the next.
pub fn usual_years(today: Date) -> Option<DateSpan> {
    let month = Month::of(today);
    let january = month.plus(1 - month.number() as i32);
    let first = if month.number() <= 3 {
        january
    } else {
        january.plus(12)
    };
    DateSpan::new(first.first(), first.plus(35).last())
}

/// One year of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct YearState {
    /// Which one, counted from 1.
    pub number: usize,
    /// Its days.
    pub span: DateSpan,
    /// Its review; the latest, where two tablets wrote one each.
    pub review: Option<Arc<Review>>,
    /// The last day for its review.
    pub review_by: Date,
}

impl YearState {
    /// Whether its review is due: the year is over and nobody looked back at it.
    pub fn review_is_due(&self, today: Date) -> bool {
        self.review.is_none() && self.span.end() < today
    }
}

impl YearState {
    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (from, to) = (self.span.start(), self.span.end());
        let (from, to) = (show_date(from, lang), show_date(to, lang));
        let year = match lang {
            Lang::Zh => format!("第 {} 年 · {from} – {to}", self.number),
            Lang::En => format!("Year {} · {from} – {to}", self.number),
        };
        out.line(words("年度", "Year"), year);
        let by = show_date(self.review_by, lang);
        let sum = format!("{to} + {} = {by}", show_days(REVIEW_DAYS, lang));
        out.line(words("回顾期限", "Review by"), sum);
        let held = self.review.as_ref().and_then(|review| review.on);
        let held = held.map(|day| show_date(day, lang));
        out.line(
            words("回顾", "Reviewed"),
            held.unwrap_or_else(|| words("还没有", "Not yet").in_lang(lang).to_owned()),
        );
        out.done()
    }
}

/// One objective with what serves it.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectiveState {
    /// The objective.
    pub objective: Arc<Objective>,
    /// Its yearly goals, by time.
    pub goals: Vec<Arc<Goal>>,
    /// The pacing of the goal that runs.
    pub pacing: Option<Pacing>,
    /// Its initiatives and how they stand.
    pub initiatives: Vec<(Arc<Plan>, PlanState)>,
}

/// A joint business plan as it stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct JointPlan {
    /// The plan.
    pub plan: Arc<BusinessPlan>,
    /// Its years.
    pub years: Vec<YearState>,
    /// The year that runs, counted from 1; `None` before it begins and after it ended.
    pub year: Option<usize>,
    /// Its objectives, in the order that people gave them.
    pub objectives: Vec<ObjectiveState>,
    /// Strategic reviews, the newest first.
    pub strategic_reviews: Vec<Arc<Review>>,
}

impl JointPlan {
    /// How a plan stands on a day; `None` for one that is not there or has no time.
    pub fn of(book: &Book, plan: Id<BusinessPlan>, today: Date) -> Option<Self> {
        let plan = book.business_plans.get(plan)?;
        let mut reviews: Vec<_> = book.reviews.of(plan.id).cloned().collect();
        reviews.sort_by_key(|review| (std::cmp::Reverse(review.on), review.id));
        let years: Vec<YearState> = (1..)
            .zip(years_of(plan.span?))
            .map(|(number, span)| YearState {
                number,
                span,
                review: reviews
                    .iter()
                    .find(|review| {
                        review.kind == Some(ReviewKind::Yearly)
                            && review.year == i64::try_from(number).ok()
                    })
                    .cloned(),
                review_by: add_days(span.end(), REVIEW_DAYS),
            })
            .collect();
        let mut objectives: Vec<_> = book.objectives.of(plan.id).cloned().collect();
        objectives.sort_by(|a, b| {
            (a.position.is_empty(), &a.position, a.id).cmp(&(
                b.position.is_empty(),
                &b.position,
                b.id,
            ))
        });
        reviews.retain(|review| review.kind == Some(ReviewKind::Strategic));
        Some(Self {
            plan: Arc::clone(plan),
            year: years
                .iter()
                .find(|year| year.span.contains(today))
                .map(|year| year.number),
            years,
            objectives: objectives
                .into_iter()
                .map(|objective| objective_state(book, objective, today))
                .collect(),
            strategic_reviews: reviews,
        })
    }

    /// The years whose review is due, the earliest first.
    pub fn reviews_due(&self, today: Date) -> impl Iterator<Item = &YearState> {
        let years = self.years.iter();
        years.filter(move |year| year.review_is_due(today))
    }
}

fn objective_state(book: &Book, objective: Arc<Objective>, today: Date) -> ObjectiveState {
    let mut goals: Vec<_> = book
        .goals
        .of(objective.id)
        .filter(|goal| goal.objective == objective.id)
        .cloned()
        .collect();
    goals.sort_by_key(|goal| (goal.span.map(|span| span.start()), goal.id));
    let running = goals.iter().find(|goal| goal.runs_on(today));
    let mut initiatives: Vec<_> = book
        .plans
        .of(objective.id)
        .map(|plan| (Arc::clone(plan), PlanState::of(book, plan.id, today)))
        .collect();
    initiatives.sort_by_key(|(plan, state)| (state.due, plan.id));
    ObjectiveState {
        pacing: running.and_then(|goal| Pacing::of(book, goal, today)),
        goals,
        initiatives,
        objective,
    }
}
