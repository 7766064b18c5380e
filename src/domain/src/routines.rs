//! Routine checklists by week, month, quarter and year.
//!
//! A routine is done once in each period. Weeks begin on Monday and are named by ISO 8601
//! (`2026-W10`), months, quarters and years by the calendar (`2026-03`, `2026-Q1`, `2026`).

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::tables::{Rhythm, Routine};
use crate::value::show_date;
use crate::words::{Lang, words};
use chrono::Datelike;
use std::sync::Arc;

/// How many past periods are looked through for those that were missed.
pub const PERIODS_BACK: usize = 12;

/// One period of a rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// What names it.
    pub name: String,
    /// Its days.
    pub span: DateSpan,
}

impl Rhythm {
    /// The period that holds a day; `None` for a rhythm that only a newer version knows.
    pub fn period(self, day: Date) -> Option<Period> {
        let month = Month::of(day);
        let of_months = |name: String, first: Month, count: i32| {
            let span = DateSpan::new(first.first(), first.plus(count - 1).last())?;
            Some(Period { name, span })
        };
        match self {
            Self::Weekly => {
                let week = day.iso_week();
                Some(Period {
                    name: format!("{}-W{:02}", week.year(), week.week()),
                    span: crate::calendar::week_of(day),
                })
            }
            Self::Monthly => of_months(month.to_string(), month, 1),
            Self::Quarterly => {
                let quarter = (month.number() - 1) / 3;
                let first = month.plus(-((month.number() - 1) as i32 % 3));
                of_months(format!("{}-Q{}", month.year(), quarter + 1), first, 3)
            }
            Self::Yearly => {
                let first = month.plus(1 - month.number() as i32);
                of_months(month.year().to_string(), first, 12)
            }
            Self::Newer(_) => None,
        }
    }
}

/// A routine as it stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The routine.
    pub routine: Arc<Routine>,
    /// The period that runs.
    pub period: Period,
    /// Whether it is done in it.
    pub done: bool,
    /// Days that are left, today included.
    pub days_left: i64,
    /// How many of the last [`PERIODS_BACK`] periods before this one, since it began, were
    /// missed.
    pub missed: usize,
}

impl Standing {
    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let span = self.period.span;
        let (from, to) = (show_date(span.start(), lang), show_date(span.end(), lang));
        out.line(
            words("本期", "This period"),
            format!("{} · {from} – {to}", self.period.name),
        );
        let state = if self.done {
            words("已完成", "Done").in_lang(lang).to_owned()
        } else {
            let left = show_days(self.days_left, lang);
            match lang {
                Lang::Zh => format!("还有 {left}（含今天）"),
                Lang::En => format!("{left} left, today included"),
            }
        };
        let missed = self.missed.to_string();
        // What the row shows: what was missed, else how the period that runs stands.
        if self.missed > 0 {
            out.line(words("状态", "State"), state);
            out.result(words("漏做", "Missed"), missed);
        } else {
            let state = if self.done {
                state
            } else {
                format!("{} · {state}", self.period.name)
            };
            out.result(words("状态", "State"), state);
            out.line(words("漏做", "Missed"), missed);
        }
        out.line(
            words("规则", "Rule"),
            match lang {
                Lang::Zh => format!("最近 {PERIODS_BACK} 个已结束的周期里没有打勾的个数，从开始日期之后的第一个整周期算起"),
                Lang::En => format!("Of the last {PERIODS_BACK} periods that are over, those without a tick, from the first whole one since it began"),
            },
        );
        out.done()
    }
}

/// The checklist of a rhythm on a day, in the order that people gave it; without the routines
/// that rest or begin later.
pub fn checklist(book: &Book, rhythm: Rhythm, today: Date) -> Vec<Standing> {
    let mut found: Vec<Standing> = book
        .routines
        .iter()
        .filter(|routine| routine.rhythm == Some(rhythm))
        .filter_map(|routine| standing(routine, today))
        .collect();
    found.sort_by(|a, b| {
        let key = |standing: &Standing| {
            let routine = Arc::clone(&standing.routine);
            (routine.position.is_empty(), routine)
        };
        let ((a_last, a), (b_last, b)) = (key(a), key(b));
        (a_last, &a.position, a.id).cmp(&(b_last, &b.position, b.id))
    });
    found
}

/// How a routine stands on a day; `None` while it rests, or before it begins.
pub fn standing(routine: &Arc<Routine>, today: Date) -> Option<Standing> {
    let rhythm = routine.rhythm?;
    if routine.paused == Some(true) || routine.since.is_some_and(|since| since > today) {
        return None;
    }
    let period = rhythm.period(today)?;
    let mut missed = 0;
    let mut before = rhythm.period(add_days(period.span.start(), -1))?;
    for _ in 0..PERIODS_BACK {
        // Without a first day nobody knows what was to be done then. A period that had begun
        // before it does not count as missed.
        if routine
            .since
            .is_none_or(|since| before.span.start() < since)
        {
            break;
        }
        missed += usize::from(!routine.done.contains(&before.name));
        before = rhythm.period(add_days(before.span.start(), -1))?;
    }
    Some(Standing {
        done: routine.done.contains(&period.name),
        days_left: days_between(today, period.span.end()) + 1,
        missed,
        routine: Arc::clone(routine),
        period,
    })
}

/// The routine with its tick of the period that holds a day set or taken away.
pub fn ticked(routine: &Routine, day: Date, done: bool) -> Routine {
    let mut after = routine.clone();
    if let Some(period) = routine.rhythm.and_then(|rhythm| rhythm.period(day)) {
        if done {
            after.done.insert(period.name);
        } else {
            after.done.remove(&period.name);
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::id::Id;
    use crate::schema::{Record, changes};
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn routine(rhythm: Rhythm, since: &str) -> Routine {
        Routine {
            title: "对一遍库存".into(),
            rhythm: Some(rhythm),
            since: Some(day(since)),
            ..Routine::with_id(Id::natural(&["routine"]))
        }
    }

    #[test]
    fn periods_are_named_by_the_calendar() {
        let name = |rhythm: Rhythm, text| rhythm.period(day(text)).unwrap().name;
        assert_eq!(name(Rhythm::Weekly, "2026-03-05"), "2026-W10");
        // The last days of 2024 lie in the first ISO week of 2025.
        assert_eq!(name(Rhythm::Weekly, "2024-12-30"), "2025-W01");
        assert_eq!(name(Rhythm::Monthly, "2028-02-29"), "2028-02");
        assert_eq!(name(Rhythm::Quarterly, "2026-12-31"), "2026-Q4");
        assert_eq!(name(Rhythm::Yearly, "2026-12-31"), "2026");
        let quarter = Rhythm::Quarterly.period(day("2026-05-20")).unwrap().span;
        assert_eq!(
            (quarter.start(), quarter.end()),
            (day("2026-04-01"), day("2026-06-30"))
        );
    }

    #[test]
    fn a_tick_holds_for_its_period_alone() {
        let mut book = Book::default();
        let today = day("2026-03-05");
        let open = routine(Rhythm::Weekly, "2026-02-11");
        let done = ticked(&open, today, true);
        assert_eq!(changes(Some(&open), &done).len(), 1, "one register");
        book.routines.set(done.clone());
        let list = checklist(&book, Rhythm::Weekly, today);
        assert_eq!((list.len(), list[0].done, list[0].days_left), (1, true, 4));
        // Weeks 8 and 9 were missed; week 7 had begun before the routine did.
        assert_eq!(list[0].missed, 2);
        let lines = list[0].explain(Lang::En);
        assert_eq!(lines[0].value, "2026-W10 · 2 Mar 2026 – 8 Mar 2026");
        assert_eq!(lines[2].value, "2");
        let next = &checklist(&book, Rhythm::Weekly, day("2026-03-09"))[0];
        assert_eq!((next.done, next.missed), (false, 2));
        assert_eq!(ticked(&done, today, false), open);
        assert!(checklist(&book, Rhythm::Monthly, today).is_empty());
        assert!(checklist(&book, Rhythm::Weekly, day("2026-02-10")).is_empty());
    }

    proptest! {
        /// The periods of each rhythm tile the calendar, each with a name of its own.
        #[test]
        fn periods_tile(start in 0i64..60_000) {
            let today = add_days(day("1970-01-01"), start);
            for rhythm in Rhythm::ALL {
                let period = rhythm.period(today).unwrap();
                prop_assert!(period.span.contains(today));
                let next = rhythm.period(add_days(period.span.end(), 1)).unwrap();
                prop_assert_eq!(next.span.start(), add_days(period.span.end(), 1));
                prop_assert_ne!(&next.name, &period.name);
                prop_assert_eq!(rhythm.period(period.span.start()), Some(period));
            }
        }
    }
}
