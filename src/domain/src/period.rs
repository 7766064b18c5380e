//! Periods of evaluation: months, quarters, half-years and years of the calendar.

use crate::date::{Date, DateSpan, Month};
use crate::words::{Lang, Words, words};

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cycle {
    /// A month.
    Month,
    /// A quarter.
    #[default]
    Quarter,
    /// Half a year.
    Half,
    /// A year.
    Year,
}

impl Cycle {
    /// Every cycle, the shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Half, Self::Year];

    /// How many months.
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    /// Its name in notations.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    /// From its name in notations.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cycle| cycle.key() == key)
    }

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Month => words("每月", "Monthly"),
            Self::Quarter => words("每季度", "Quarterly"),
            Self::Half => words("每半年", "Half-yearly"),
            Self::Year => words("每年", "Yearly"),
        }
    }
}

/// A period: a month, a quarter, half a year or a year, as the calendar has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Month,
    cycle: Cycle,
}

impl Period {
    /// The period that holds a month.
    pub fn of(cycle: Cycle, month: Month) -> Self {
        Self {
            first: month.plus(-month.index().rem_euclid(cycle.months())),
            cycle,
        }
    }

    /// The first month.
    pub const fn first(self) -> Month {
        self.first
    }

    /// The last month.
    pub const fn last(self) -> Month {
        self.first.plus(self.cycle.months() - 1)
    }

    /// How long it is.
    pub const fn cycle(self) -> Cycle {
        self.cycle
    }

    /// The period so many later; negative goes back.
    pub const fn plus(self, n: i32) -> Self {
        Self {
            first: self.first.plus(self.cycle.months().saturating_mul(n)),
            cycle: self.cycle,
        }
    }

    /// The period and those before it, the earliest first.
    pub fn with_those_before(self, count: i32) -> impl Iterator<Item = Self> {
        (1 - count..=0).map(move |back| self.plus(back))
    }

    /// Its days.
    pub fn span(self) -> Option<DateSpan> {
        DateSpan::new(self.first.first(), self.last().last())
    }

    /// The last period that is over on a day.
    pub fn last_over(cycle: Cycle, today: Date) -> Self {
        let running = Self::of(cycle, Month::of(today));
        if running.last().last() <= today {
            running
        } else {
            running.plus(-1)
        }
    }

    /// What people call it: `2026年二季度`, `Q2 2026`.
    pub fn show(self, lang: Lang) -> String {
        let year = self.first.year();
        let at = (self.first.number() as i32 - 1) / self.cycle.months() + 1;
        match (self.cycle, lang) {
            (Cycle::Month, Lang::Zh) => format!("{year}年{at}月"),
            (Cycle::Month, Lang::En) => {
                format!("{} {year}", crate::value::month_name(self.first.number()))
            }
            (Cycle::Quarter, Lang::Zh) => {
                let name = ["一", "二", "三", "四"].get(at as usize - 1).unwrap_or(&"");
                format!("{year}年{name}季度")
            }
            (Cycle::Quarter, Lang::En) => format!("Q{at} {year}"),
            (Cycle::Half, Lang::Zh) => {
                format!("{year}年{}半年", if at == 1 { "上" } else { "下" })
            }
            (Cycle::Half, Lang::En) => format!("H{at} {year}"),
            (Cycle::Year, Lang::Zh) => format!("{year}年"),
            (Cycle::Year, Lang::En) => year.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods_follow_the_calendar() {
        let may = Month::parse("2026-05").unwrap();
        let show = |cycle, lang| Period::of(cycle, may).show(lang);
        assert_eq!(show(Cycle::Month, Lang::En), "May 2026");
        assert_eq!(show(Cycle::Quarter, Lang::Zh), "2026年二季度");
        assert_eq!(show(Cycle::Half, Lang::En), "H1 2026");
        assert_eq!(show(Cycle::Year, Lang::Zh), "2026年");
        let quarter = Period::of(Cycle::Quarter, may);
        assert_eq!(quarter.last().to_string(), "2026-06");
        assert_eq!(quarter.plus(-2).show(Lang::En), "Q4 2025");
        let three: Vec<_> = quarter
            .with_those_before(3)
            .map(|p| p.show(Lang::En))
            .collect();
        assert_eq!(three, ["Q4 2025", "Q1 2026", "Q2 2026"]);
    }

    #[test]
    fn a_period_is_over_with_its_last_day() {
        let over = |day| {
            Period::last_over(Cycle::Quarter, crate::date::parse_date(day).unwrap()).show(Lang::En)
        };
        assert_eq!(over("2026-06-29"), "Q1 2026");
        assert_eq!(over("2026-06-30"), "Q2 2026");
    }

    proptest! {
        #[test]
        fn periods_tile_the_calendar(index in 1901i64 * 12..2190 * 12) {
            let month = Month::from_index(index).unwrap();
            for cycle in Cycle::ALL {
                let period = Period::of(cycle, month);
                prop_assert!(period.first() <= month && month <= period.last());
                prop_assert_eq!(period.plus(1).first(), period.last().plus(1));
                prop_assert_eq!(Period::of(cycle, period.last()), period);
                prop_assert_eq!(Cycle::named(cycle.key()), Some(cycle));
            }
        }
    }
}
