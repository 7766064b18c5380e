//! Which courses a dealer needs, and why.

use super::held_on;
use crate::book::Book;
use crate::date::{Date, Month, add_months};
use crate::id::Id;
use crate::measured::figures;
use crate::ratio::Ratio;
use crate::tables::{Course, Dealer, Direction, Metric, Need};
use crate::text::fold;
use crate::trend::Trend;
use crate::value::{Kind, Value};
use crate::words::Lang;
use std::sync::Arc;

/// A metric is weak below this part of its target, in percent.
pub const WEAK_BELOW: u8 = 80;

/// Why a course is recommended.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// An open need names what the course answers.
    Need(Arc<Need>),
    /// The metric stands below 80 % of its latest target.
    BelowTarget {
        /// The metric.
        metric: Arc<Metric>,
        /// Actual and target of the month.
        month: Month,
        /// The attainment.
        attainment: Ratio,
    },
    /// The metric goes worse than last year.
    WorseThanLastYear(Box<Trend>),
}

impl Reason {
    /// The reason in a line.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Need(need), Lang::Zh) => format!("需求：{}", need.title),
            (Self::Need(need), Lang::En) => format!("Need: {}", need.title),
            (
                Self::BelowTarget {
                    metric,
                    month,
                    attainment,
                },
                lang,
            ) => {
                let month = Value::Month(*month).show(Kind::Month, lang);
                let title = metric.title(lang);
                match lang {
                    Lang::Zh => format!("{title} {month}达成 {}", attainment.show()),
                    Lang::En => format!("{title}: {} of its target in {month}", attainment.show()),
                }
            }
            (Self::WorseThanLastYear(trend), Lang::Zh) => {
                format!("{}不如上年", trend.metric.title(lang))
            }
            (Self::WorseThanLastYear(trend), Lang::En) => {
                format!("{} is worse than last year", trend.metric.title(lang))
            }
        }
    }
}

/// A course that a dealer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The course.
    pub course: Arc<Course>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The courses that answer a dealer's open needs or better its weak metrics, those with the
/// most reasons first. A course that somebody of the dealer attended in the last twelve months
/// is left out.
pub fn recommended(book: &Book, dealer: Id<Dealer>, today: Date) -> Vec<Recommendation> {
    let mut found: Vec<Recommendation> = book
        .courses
        .iter()
        .filter(|course| !attended_lately(book, dealer, course.id, today))
        .filter_map(|course| {
            let reasons = reasons(book, dealer, course, today);
            (!reasons.is_empty()).then(|| Recommendation {
                course: Arc::clone(course),
                reasons,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        let key = |r: &Recommendation| std::cmp::Reverse(r.reasons.len());
        (key(a), &a.course.name, a.course.id).cmp(&(key(b), &b.course.name, b.course.id))
    });
    found
}

fn attended_lately(book: &Book, dealer: Id<Dealer>, course: Id<Course>, today: Date) -> bool {
    let since = add_months(today, -12);
    book.attendances.of(dealer).any(|attendance| {
        attendance.attended == Some(true)
            && book.classes.get(attendance.class).is_some_and(|class| {
                class.course == course && held_on(class).is_some_and(|day| day > since)
            })
    })
}

fn reasons(book: &Book, dealer: Id<Dealer>, course: &Course, today: Date) -> Vec<Reason> {
    let mut needs: Vec<_> = book
        .needs
        .of(dealer)
        .filter(|need| need.dealer == dealer && need.is_open())
        .filter(|need| {
            course.need_kinds.is_empty()
                || need
                    .kind
                    .is_some_and(|kind| course.need_kinds.contains(&kind))
        })
        .filter(|need| {
            let text = fold(&format!("{}{}", need.title, need.detail));
            course
                .answers
                .iter()
                .map(|word| fold(word))
                .any(|word| !word.is_empty() && text.contains(&word))
        })
        .cloned()
        .collect();
    needs.sort_by_key(|need| (need.raised_on, need.id));
    let mut reasons: Vec<Reason> = needs.into_iter().map(Reason::Need).collect();
    reasons.extend(
        course
            .metrics
            .iter()
            .filter_map(|metric| weakness(book, dealer, *metric, today)),
    );
    reasons
}

fn weakness(book: &Book, dealer: Id<Dealer>, id: Id<Metric>, today: Date) -> Option<Reason> {
    let metric = book.metric(id)?;
    let targets = book.targets_of(dealer);
    // The latest month that is over and has both.
    let compared = figures(book, dealer, id)
        .iter()
        .rev()
        .filter(|it| it.month.last() <= today)
        .find_map(|it| {
            let (month, figure) = (it.month, it.figure);
            let target = targets.of(id, month)?;
            let direction = metric.direction.unwrap_or(Direction::Rising);
            let attained = crate::scorecard::attainment(figure.amount, target, direction)?;
            Some((month, attained))
        });
    match compared {
        Some((month, attainment)) => {
            (attainment < Ratio::percent(WEAK_BELOW)).then_some(Reason::BelowTarget {
                metric,
                month,
                attainment,
            })
        }
        None => {
            let trend = Trend::of(book, dealer, id, today)?;
            (trend.is_better() == Some(false)).then(|| Reason::WorseThanLastYear(Box::new(trend)))
        }
    }
}
