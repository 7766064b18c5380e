//! Worked examples of recurrence, and the comparison with another implementation.

use super::*;
use crate::date::{DateSpan, add_days};
use crate::words::Lang;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn window(from: &str, to: &str) -> DateSpan {
    DateSpan::new(day(from), day(to)).unwrap()
}

fn dates(rule: &str, start: &str, from: &str, to: &str) -> Vec<String> {
    let rule = Recurrence::parse(rule).unwrap();
    let found = rule.within(day(start), window(from, to));
    found.iter().map(Date::to_string).collect()
}

#[test]
fn every_second_week_on_two_days() {
    assert_eq!(
        dates(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
            "2026-03-05",
            "2026-03-01",
            "2026-04-05"
        ),
        [
            "2026-03-05",
            "2026-03-17",
            "2026-03-19",
            "2026-03-31",
            "2026-04-02"
        ]
    );
}

#[test]
fn the_thirty_first_skips_short_months_and_the_last_day_does_not() {
    assert_eq!(
        dates("FREQ=MONTHLY", "2026-01-31", "2026-01-01", "2026-06-30"),
        ["2026-01-31", "2026-03-31", "2026-05-31"]
    );
    assert_eq!(
        dates(
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "2028-01-31",
            "2028-01-01",
            "2028-04-30"
        ),
        ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    );
    assert_eq!(
        dates(
            "FREQ=MONTHLY;BYMONTHDAY=15,-1",
            "2026-02-16",
            "2026-02-01",
            "2026-03-31"
        ),
        ["2026-02-28", "2026-03-15", "2026-03-31"]
    );
}

#[test]
fn a_leap_day_comes_every_fourth_year_and_not_in_2100() {
    assert_eq!(
        dates("FREQ=YEARLY", "2028-02-29", "2027-01-01", "2037-01-01"),
        ["2028-02-29", "2032-02-29", "2036-02-29"]
    );
    let rule = Recurrence::parse("FREQ=YEARLY").unwrap();
    let next = rule.next_after(day("2028-02-29"), day("2096-02-29"));
    assert_eq!(next, Some(day("2104-02-29")));
}

#[test]
fn weekdays_of_the_month_are_counted_from_either_end() {
    assert_eq!(
        dates(
            "FREQ=MONTHLY;BYDAY=2TU",
            "2026-01-01",
            "2026-01-01",
            "2026-03-31"
        ),
        ["2026-01-13", "2026-02-10", "2026-03-10"]
    );
    assert_eq!(
        dates(
            "FREQ=MONTHLY;BYDAY=-1FR",
            "2026-01-01",
            "2026-01-01",
            "2026-03-31"
        ),
        ["2026-01-30", "2026-02-27", "2026-03-27"]
    );
    // Five Mondays are rare.
    assert_eq!(
        dates(
            "FREQ=MONTHLY;BYDAY=5MO",
            "2026-01-01",
            "2026-01-01",
            "2026-06-30"
        ),
        ["2026-03-30", "2026-06-29"]
    );
}

#[test]
fn counts_begin_at_the_start_and_ends_are_kept() {
    assert_eq!(
        dates(
            "FREQ=DAILY;INTERVAL=3;COUNT=4",
            "2026-02-25",
            "2026-03-01",
            "2026-12-31"
        ),
        ["2026-03-03", "2026-03-06"]
    );
    assert_eq!(
        dates(
            "FREQ=DAILY;UNTIL=20260302T235959",
            "2026-02-28",
            "2026-01-01",
            "2026-12-31"
        ),
        ["2026-02-28", "2026-03-01", "2026-03-02"]
    );
    let rule = Recurrence::parse("FREQ=WEEKLY;BYDAY=MO;COUNT=3").unwrap();
    // A Thursday is no Monday: the first occurrence is four days later.
    assert_eq!(rule.first(day("2026-03-05")), Some(day("2026-03-09")));
    assert_eq!(rule.last(day("2026-03-05")), Some(day("2026-03-23")));
    assert_eq!(rule.next_after(day("2026-03-05"), day("2026-03-23")), None);
    assert!(rule.names(day("2026-03-05"), day("2026-03-16")));
    assert!(!rule.names(day("2026-03-05"), day("2026-03-17")));
}

#[test]
fn a_rule_that_names_no_date_comes_to_an_end() {
    let rule = Recurrence::parse("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31").unwrap();
    assert_eq!(rule.next_after(day("2026-02-01"), day("2026-02-01")), None);
    let endless = Recurrence::parse("FREQ=DAILY").unwrap();
    assert_eq!(endless.last(day("2026-01-01")), None);
    assert_eq!(
        endless
            .within(day("1900-01-01"), window("2190-01-01", "2190-01-31"))
            .len(),
        31
    );
    let over = Recurrence::parse("FREQ=DAILY;UNTIL=20200101").unwrap();
    assert_eq!(over.first(day("2026-01-01")), None);
}

#[test]
fn what_is_not_understood_is_refused() {
    for text in [
        "",
        "weekly",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=6TU",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20260101",
        "FREQ=DAILY;UNTIL=20260230",
        "FREQ=DAILY;UNTIL=20260101T12",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;WKST=SU",
    ] {
        assert!(Recurrence::parse(text).is_err(), "{text}");
    }
    let read = Recurrence::parse("rrule:freq=weekly;wkst=MO;interval=1;byday=th,TU;").unwrap();
    assert_eq!(read.to_string(), "FREQ=WEEKLY;BYDAY=TU,TH");
    let until = Recurrence::parse("FREQ=DAILY;UNTIL=20261231T160000Z").unwrap();
    assert_eq!(until.ends, Ends::On(day("2026-12-31")));
}

#[test]
fn rules_read_as_people_say_them() {
    for (rule, zh, en) in [
        ("FREQ=DAILY", "每天", "Every day"),
        ("FREQ=WEEKLY", "每周周四", "Every week on Thursday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6",
            "每 2 周的周二、周四，共 6 次",
            "Every 2 weeks on Tuesday, Thursday, 6 times",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "每月最后一天",
            "Every month on the last day",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
            "每 3 个月的第 2 个周二",
            "Every 3 months on the 2nd Tuesday",
        ),
        (
            "FREQ=YEARLY;UNTIL=20281231",
            "每年3月5日，到2028年12月31日",
            "Every year on 5 Mar, until 31 Dec 2028",
        ),
    ] {
        let rule = Recurrence::parse(rule).unwrap();
        assert_eq!(rule.text(day("2026-03-05"), Lang::Zh), zh);
        assert_eq!(rule.text(day("2026-03-05"), Lang::En), en);
    }
}

fn patterns() -> impl Strategy<Value = Pattern> {
    let weekday = || (0usize..7).prop_map(|day| WEEK[day]);
    let nth = prop_oneof![1i8..=5, -5i8..=-1];
    let month_day = prop_oneof![1i8..=31, -31i8..=-1];
    prop_oneof![
        Just(Pattern::Daily),
        prop::collection::vec(weekday(), 0..4)
            .prop_map(|days| Pattern::Weekly(days.into_iter().collect())),
        prop::collection::btree_set(month_day, 0..4).prop_map(Pattern::MonthlyOnDays),
        (nth, weekday()).prop_map(|(nth, day)| Pattern::MonthlyOnWeekday(nth, day)),
        Just(Pattern::Yearly),
    ]
}

prop_compose! {
    fn rules()(pattern in patterns(), interval in 1u16..8, ends in prop_oneof![
        Just(Ends::Never),
        (1u16..30).prop_map(Ends::After),
        (0i64..4000).prop_map(|days| Ends::On(add_days(day("2020-01-01"), days))),
    ]) -> Recurrence {
        Recurrence { pattern, interval, ends }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rules_read_back(rule in rules()) {
        prop_assert_eq!(Recurrence::parse(&rule.to_string()), Ok(rule));
    }

    #[test]
    fn reading_a_rule_never_panics(text in "(FREQ=|WEEKLY|MONTHLY|;|BYDAY=|UNTIL=|[-0-9A-Z,=é]){0,12}") {
        let _ = Recurrence::parse(&text);
    }

    /// An independent implementation names the same dates.
    #[test]
    fn another_implementation_agrees(rule in rules(), start in 0i64..3000, ahead in 0i64..1500, length in 0i64..800) {
        let start = add_days(day("2020-01-01"), start);
        let from = add_days(start, ahead - 100);
        let span = DateSpan::new(from, add_days(from, length)).unwrap();
        // It does not know that a month can have a fifth last weekday.
        prop_assume!(!matches!(rule.pattern, Pattern::MonthlyOnWeekday(-5, _)));
        // Its start has a time zone, so its end has to have one.
        let mut written = rule.to_string();
        if matches!(rule.ends, Ends::On(_)) {
            written.push('Z');
        }
        // It refuses an end before the start; there the rule names nothing.
        if let Ends::On(end) = rule.ends && end < start {
            prop_assert_eq!(rule.within(start, span), []);
            return Ok(());
        }
        let text = format!("DTSTART:{}T100000Z\nRRULE:{written}", start.format("%Y%m%d"));
        let other: rrule::RRuleSet = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let other: Vec<Date> = (&other)
            .into_iter()
            .map(|at| at.date_naive())
            .take_while(|date| *date <= span.end())
            .filter(|date| *date >= span.start())
            .collect();
        prop_assert_eq!(rule.within(start, span), other, "{}", text);
    }

    /// Windows side by side give what the whole gives: nothing is skipped at their seams and
    /// nothing comes twice.
    #[test]
    fn windows_tile(rule in rules(), start in 0i64..3000, cut in 0i64..700) {
        let start = add_days(day("2020-01-01"), start);
        let (from, seam, to) = (add_days(start, -3), add_days(start, cut - 3), add_days(start, 900));
        let part = |from, to| rule.within(start, DateSpan::new(from, to).unwrap());
        let mut both = part(from, seam);
        both.extend(part(add_days(seam, 1), to));
        let whole = part(from, to);
        prop_assert!(whole.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(&both, &whole);
        let mut at = add_days(start, -1);
        let mut walked = Vec::new();
        while let Some(next) = rule.next_after(start, at).filter(|next| *next <= to) {
            walked.push(next);
            at = next;
        }
        prop_assert_eq!(walked, whole);
    }
}
