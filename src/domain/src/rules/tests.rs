//! Worked examples and laws of rules.

use super::*;
use crate::date::{Date, DateSpan, Minute, Month, Slot, add_days, parse_date};
use crate::id::Id;
use crate::metrics;
use crate::period::{Cycle, Period};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::schema::{Change, FieldSource, Record, YES, problems};
use crate::scorecard::{Points, Rubric, Thresholds, Weight};
use crate::tables::*;
use crate::value::{Course, Figure, Outcome};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn today() -> Date {
    day("2026-03-05")
}

fn dealer(name: &str) -> Id<Dealer> {
    Id::natural(&["dealer", name])
}

fn rule(when: RuleWhen, then: RuleThen) -> Rule {
    Rule {
        name: "r".into(),
        when: Some(when),
        then: Some(then),
        ..Rule::with_id(Id::natural(&[
            "rule",
            &when.code().to_string(),
            &then.code().to_string(),
        ]))
    }
}

/// A book over registers, as the storage keeps it.
#[derive(Default)]
struct Shelf {
    book: Book,
    rows: BTreeMap<(u16, Uuid), Row>,
}

#[derive(Default)]
struct Row {
    plain: BTreeMap<u16, Vec<u8>>,
    sets: BTreeMap<(u16, Vec<u8>), Vec<u8>>,
}

impl FieldSource for Row {
    fn field(&self, number: u16) -> Option<&[u8]> {
        self.plain.get(&number).map(Vec::as_slice)
    }
    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        let own = self
            .sets
            .iter()
            .filter(|((field, _), value)| *field == number && *value == YES);
        own.for_each(|((_, member), _)| each(member));
    }
    fn deleted(&self) -> bool {
        self.plain.get(&0).is_some_and(|value| value == YES)
    }
}

impl Shelf {
    fn write(&mut self, changes: &[Change]) {
        for change in changes {
            let row = self.rows.entry((change.table, change.id)).or_default();
            if change.member.is_empty() {
                row.plain.insert(change.field, change.value.clone());
            } else {
                let member = (change.field, change.member.clone());
                row.sets.insert(member, change.value.clone());
            }
        }
        let touched: BTreeSet<_> = changes
            .iter()
            .map(|change| (change.table, change.id))
            .collect();
        for (table, id) in touched {
            self.book.take(table, id, &self.rows[&(table, id)]);
        }
    }

    fn run(&mut self, today: Date) -> Vec<Fired> {
        let facts = Facts {
            book: &self.book,
            today,
        };
        let fired = run(&facts, Lang::Zh);
        for fired in &fired {
            self.write(&fired.changes());
        }
        fired
    }
}

fn put<T: Record>(shelf: &mut Shelf, record: &T) {
    shelf.write(&crate::schema::changes(None, record));
}

/// One dealer with an occasion for every condition but the tier.
fn full() -> Shelf {
    let mut shelf = Shelf::default();
    put(
        &mut shelf,
        &Dealer {
            name: "青禾".into(),
            status: Some(DealerStatus::Active),
            grade: Some(Grade::A),
            ..Dealer::with_id(dealer("a"))
        },
    );
    put(
        &mut shelf,
        &Meeting {
            dealer: dealer("a"),
            channel: Some(Channel::Visit),
            outcome: Outcome::Done(day("2026-02-01")),
            ..Meeting::with_id(Id::natural(&["visit"]))
        },
    );
    put(
        &mut shelf,
        &Contact {
            dealer: dealer("a"),
            name: "韩一舟".into(),
            birthday: Some(day("1980-02-29")),
            ..Contact::with_id(Id::natural(&["han"]))
        },
    );
    put(
        &mut shelf,
        &Promise {
            dealer: dealer("a"),
            title: "样机".into(),
            by: Some(Side::Us),
            due: Some(day("2026-03-08")),
            ..Promise::with_id(Id::natural(&["promise"]))
        },
    );
    put(
        &mut shelf,
        &Contract {
            dealer: dealer("a"),
            title: "年度合同".into(),
            span: DateSpan::new(day("2025-04-01"), day("2026-03-31")),
            ..Contract::with_id(Id::natural(&["contract"]))
        },
    );
    put(
        &mut shelf,
        &Issue {
            dealer: dealer("a"),
            title: "漏水".into(),
            reported_on: Some(day("2026-02-10")),
            ..Issue::with_id(Id::natural(&["issue"]))
        },
    );
    let goal = Goal {
        dealer: dealer("a"),
        title: "一年 365 台".into(),
        metric: metrics::units(),
        course: Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(365),
        }),
        span: DateSpan::new(day("2025-07-01"), day("2026-06-30")),
        ..Goal::with_id(Id::natural(&["goal"]))
    };
    let month = crate::date::Month::new(2025, 12).unwrap();
    put(
        &mut shelf,
        &Reading {
            dealer: dealer("a"),
            metric: goal.metric,
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity::whole(30),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer("a"), goal.metric, month))
        },
    );
    put(&mut shelf, &goal);
    shelf
}

#[test]
fn each_condition_finds_its_occasion() {
    let shelf = full();
    let facts = Facts {
        book: &shelf.book,
        today: today(),
    };
    for (when, period, days) in [
        // Grade A: due on 15 February, eighteen days ago.
        (RuleWhen::ContactOverdue, "2026-02-15", Some(18)),
        (RuleWhen::GoalBehind, "2026-03", None),
        (RuleWhen::PromiseDue, "2026-03-08", Some(3)),
        (RuleWhen::ContractEnding, "2026-03-31", Some(26)),
        (RuleWhen::IssueAgeing, "2026-02-10", Some(23)),
        (RuleWhen::DataStale, "2025-12-31", Some(64)),
    ] {
        let found = occasions(&facts, &rule(when, RuleThen::CreateTask));
        assert_eq!(found.len(), 1, "{when:?}");
        assert_eq!(
            (found[0].period.as_str(), found[0].days),
            (period, days),
            "{when:?}"
        );
        assert_eq!(found[0].dealer, dealer("a"));
    }
}

/// A dealer whose quarters up to the given one brought these shares of their targets, and a scorecard that
/// weighs nothing else.
fn scored(shelf: &mut Shelf, last: Period, shares: &[i64]) {
    let metric = metrics::sales_in();
    let card: Id<Scorecard> = Id::natural(&["card"]);
    let weight = Weight {
        metric,
        weight: 100,
        direction: Direction::Rising,
        cap: Rate::percent(120),
        floor: Rate(0),
        target: None,
    };
    let thresholds = Thresholds::default();
    let rubric = Rubric::new(
        Cycle::Quarter,
        vec![weight],
        vec![],
        Points(1500),
        thresholds,
    )
    .unwrap();
    put(
        shelf,
        &Dealer {
            name: "白露".into(),
            status: Some(DealerStatus::Active),
            ..Dealer::with_id(dealer("b"))
        },
    );
    put(
        shelf,
        &Scorecard {
            name: "card".into(),
            ..Scorecard::with_id(card)
        },
    );
    put(
        shelf,
        &ScorecardVersion {
            scorecard: card,
            from: Some(day("2025-01-01")),
            rubric: Some(rubric.clone()),
            ..ScorecardVersion::with_id(ScorecardVersion::id_for(card, &rubric))
        },
    );
    for (back, share) in (0..).zip(shares.iter().rev()) {
        let period = last.plus(-back);
        for month in (0..3).map(|month| period.first().plus(month)) {
            put(
                shelf,
                &Target {
                    dealer: dealer("b"),
                    metric,
                    month: Some(month),
                    amount: Some(Quantity::whole(100)),
                    ..Target::with_id(Target::id_for(dealer("b"), metric, month))
                },
            );
            put(
                shelf,
                &Reading {
                    dealer: dealer("b"),
                    metric,
                    month: Some(month),
                    figure: Some(Figure {
                        amount: Quantity::whole(*share),
                        as_of: month.last(),
                    }),
                    ..Reading::with_id(Reading::id_for(dealer("b"), metric, month))
                },
            );
        }
    }
}

#[test]
fn a_tier_is_at_risk_after_the_first_period_below_it() {
    let last = Period::of(Cycle::Quarter, Month::of(day("2025-12-31")));
    let found = |shares: &[i64]| {
        let mut shelf = Shelf::default();
        scored(&mut shelf, last, shares);
        let facts = Facts {
            book: &shelf.book,
            today: today(),
        };
        let tier = rule(RuleWhen::TierAtRisk, RuleThen::CreateTask);
        let found = occasions(&facts, &tier);
        let found = found.into_iter().map(|it| (it.dealer, it.period));
        found.collect::<Vec<_>>()
    };
    let risk = vec![(dealer("b"), last.show(Lang::En))];
    // 95 holds the first tier; 85 alone would give the second.
    assert_eq!(found(&[95, 95, 85]), risk);
    assert_eq!(found(&[95, 95, 95]), []);
    // The second period below moved it down already, to the better of the two: nothing more to lose.
    assert_eq!(found(&[95, 85, 85]), []);
    // Below the tier that it was moved down to.
    assert_eq!(found(&[95, 85, 75]), risk);
    // Better than its tier, and never scored.
    assert_eq!(found(&[75, 95]), []);
    assert_eq!(found(&[]), []);
}

#[test]
fn a_tier_at_risk_is_acted_on_once_a_period() {
    let last = Period::of(Cycle::Quarter, Month::of(day("2025-12-31")));
    let mut shelf = Shelf::default();
    scored(&mut shelf, last, &[95, 95, 60]);
    put(
        &mut shelf,
        &rule(RuleWhen::TierAtRisk, RuleThen::CreateTask),
    );
    assert_eq!(shelf.run(today()).len(), 1);
    assert_eq!(shelf.run(add_days(today(), 1)).len(), 0);
    let made: Vec<_> = shelf.book.actions.of(dealer("b")).collect();
    assert_eq!(made.len(), 1);
    assert!(made[0].title.contains("档位"), "{}", made[0].title);
}

#[test]
fn a_leap_day_birthday_is_kept_in_every_year() {
    let shelf = full();
    let birthday = |text| {
        let facts = Facts {
            book: &shelf.book,
            today: day(text),
        };
        let found = occasions(&facts, &rule(RuleWhen::Birthday, RuleThen::DraftMessage));
        found.first().map(|occasion| occasion.period.clone())
    };
    assert_eq!(birthday("2026-02-21").as_deref(), Some("2026-02-28"));
    assert_eq!(birthday("2028-02-22").as_deref(), Some("2028-02-29"));
    assert_eq!(birthday("2028-02-29").as_deref(), Some("2028-02-29"));
    assert_eq!(birthday("2026-03-01"), None);
}

#[test]
fn days_grades_and_rest_keep_a_rule_back() {
    let shelf = full();
    let facts = Facts {
        book: &shelf.book,
        today: today(),
    };
    let mut overdue = rule(RuleWhen::ContactOverdue, RuleThen::CreateTask);
    let count = |rule: &Rule| occasions(&facts, rule).len();
    overdue.days = Some(18);
    assert_eq!(count(&overdue), 1);
    overdue.days = Some(19);
    assert_eq!(count(&overdue), 0);
    overdue.days = None;
    overdue.grades = [Grade::B, Grade::C].into();
    assert_eq!(count(&overdue), 0);
    overdue.grades.insert(Grade::A);
    assert_eq!(count(&overdue), 1);
    let mut shelf = full();
    put(
        &mut shelf,
        &Rule {
            paused: Some(true),
            ..overdue
        },
    );
    assert!(shelf.run(today()).is_empty());
}

#[test]
fn a_task_a_meeting_and_a_message_are_made() {
    let mut shelf = full();
    put(
        &mut shelf,
        &Rule {
            owner: "小林".into(),
            ..rule(RuleWhen::IssueAgeing, RuleThen::CreateTask)
        },
    );
    put(
        &mut shelf,
        &rule(RuleWhen::GoalBehind, RuleThen::PrepareMeeting),
    );
    put(
        &mut shelf,
        &Rule {
            text: "{联系人}您好：{事项}，{日期}前".into(),
            ..rule(RuleWhen::PromiseDue, RuleThen::DraftMessage)
        },
    );
    let fired = shelf.run(today());
    assert_eq!(fired.len(), 3);
    let book = &shelf.book;
    let action = book.actions.iter().next().unwrap();
    assert_eq!(action.title, "推进问题：漏水，已 23 天");
    assert_eq!(
        (action.owner.as_str(), action.due),
        ("小林", Some(day("2026-03-12")))
    );
    assert_eq!(action.issue, Id::natural(&["issue"]));
    // Three days from Thursday is a Sunday: Monday it is.
    let meeting = book
        .meetings
        .iter()
        .find(|m| m.channel == Some(Channel::Call))
        .unwrap();
    assert_eq!(
        meeting.planned.unwrap().start,
        Minute::parse("2026-03-09T10:00").unwrap()
    );
    let item = book.agenda_items.of(meeting.id).next().unwrap();
    assert_eq!(item.about.map(|link| link.table), Some(Goal::NUMBER));
    let message = book
        .meetings
        .iter()
        .find(|m| m.channel == Some(Channel::Message))
        .unwrap();
    assert_eq!(message.minutes, "韩一舟您好：样机，2026年3月8日前");
    assert_eq!(message.stage(), MeetingStage::Planned);
    for fired in &fired {
        assert_eq!(problems(&fired.firing), []);
        let made = fired.made.link();
        assert_eq!(
            made_by(book, made).map(|firing| firing.id),
            Some(fired.firing.id)
        );
        for lang in [Lang::Zh, Lang::En] {
            let lines = fired.firing.explain(book, lang);
            assert!(lines.len() >= 5 && lines.iter().all(|line| !line.value.is_empty()));
        }
    }
}

#[test]
fn a_new_occasion_fires_anew_and_the_same_one_does_not() {
    let mut shelf = full();
    put(
        &mut shelf,
        &rule(RuleWhen::PromiseDue, RuleThen::CreateTask),
    );
    assert_eq!(shelf.run(today()).len(), 1);
    assert_eq!(shelf.run(add_days(today(), 1)).len(), 0);
    // Put off, it is due anew.
    let promise = shelf.book.promises.iter().next().unwrap().clone();
    let link = crate::attention::link_to(&*promise);
    let later = crate::settle::put_off(&shelf.book, link, day("2026-04-01"));
    shelf.write(&later);
    assert_eq!(shelf.run(add_days(today(), 2)).len(), 0);
    assert_eq!(shelf.run(day("2026-03-29")).len(), 1);
    let all = shelf.book.rules.iter().next().unwrap().clone();
    assert_eq!(history(&shelf.book, &all).len(), 2);
}

#[test]
fn what_a_rule_did_is_undone_once_and_not_done_again() {
    let mut shelf = full();
    put(
        &mut shelf,
        &rule(RuleWhen::GoalBehind, RuleThen::PrepareMeeting),
    );
    put(
        &mut shelf,
        &rule(RuleWhen::IssueAgeing, RuleThen::CreateTask),
    );
    for fired in shelf.run(today()) {
        let firing = shelf.book.firings.get(fired.firing.id).unwrap().clone();
        let undone = undo(&shelf.book, &firing, today());
        assert!(!undone.stays);
        shelf.write(&undone.changes);
        let firing = shelf.book.firings.get(fired.firing.id).unwrap().clone();
        assert_eq!(firing.undone_on, Some(today()));
        assert_eq!(undo(&shelf.book, &firing, today()).changes, []);
    }
    assert_eq!(shelf.book.actions.len(), 0);
    assert_eq!(shelf.book.agenda_items.len(), 0);
    assert!(shelf.run(today()).is_empty(), "the occasion is spent");
}

#[test]
fn what_somebody_worked_with_stays() {
    let mut shelf = full();
    put(
        &mut shelf,
        &rule(RuleWhen::IssueAgeing, RuleThen::CreateTask),
    );
    let fired = shelf.run(today()).remove(0);
    let done = crate::settle::settle(
        &shelf.book,
        fired.made.link(),
        crate::settle::Settling::Done,
        today(),
    );
    shelf.write(&done);
    let undone = undo(&shelf.book, &fired.firing, today());
    assert!(undone.stays);
    shelf.write(&undone.changes);
    assert_eq!(shelf.book.actions.len(), 1);
}

#[test]
fn suggestions_rest_and_are_the_same_everywhere() {
    let (zh, en) = (suggestions(Lang::Zh), suggestions(Lang::En));
    assert_eq!(zh.len(), RuleWhen::ALL.len());
    for (zh, en) in zh.iter().zip(&en) {
        assert_eq!(zh.id, en.id);
        assert_eq!(zh.paused, Some(true));
        assert_eq!(problems(zh), []);
        assert!(!zh.sentence(Lang::Zh).is_empty());
    }
    let overdue = rule(RuleWhen::ContactOverdue, RuleThen::CreateTask);
    assert_eq!(
        overdue.sentence(Lang::En),
        "Contact overdue · 1 day → Create a task"
    );
}

/// Everything that a row holds, for comparing two tablets.
fn content(shelf: &Shelf) -> BTreeMap<(u16, Uuid), BTreeMap<u16, Vec<u8>>> {
    shelf
        .rows
        .iter()
        .map(|(key, row)| (*key, row.plain.clone()))
        .collect()
}

prop_compose! {
    fn rules()(list in prop::collection::vec((1u16..9, 1u16..4, prop::option::of(0i64..60), prop::option::of(0i64..30)), 1..7)) -> Vec<Rule> {
        list.into_iter().enumerate().map(|(number, (when, then, days, within))| Rule {
            id: Id::natural(&["rule", &number.to_string()]),
            days,
            within,
            ..rule(RuleWhen::from_code(when), RuleThen::from_code(then))
        }).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Run twice on one tablet, or once on each of two whose rows then meet, the rules create
    /// nothing twice; and nothing that they create lets any of them fire again.
    #[test]
    fn run_twice_creates_nothing_twice(rules in rules(), ahead in 0i64..400) {
        let today = add_days(today(), ahead);
        let with_rules = || {
            let mut shelf = full();
            for rule in &rules { put(&mut shelf, rule) }
            shelf
        };
        let (mut one, mut other) = (with_rules(), with_rules());
        let fired = one.run(today);
        let ids: BTreeSet<_> = fired.iter().map(|fired| fired.firing.id).collect();
        prop_assert_eq!(ids.len(), fired.len());
        let made: BTreeSet<_> = fired.iter().map(|fired| fired.made.link().id).collect();
        prop_assert_eq!(made.len(), fired.len());
        let after_one = content(&one);
        prop_assert!(one.run(today).is_empty());
        prop_assert_eq!(content(&one), after_one.clone());

        let again = other.run(today);
        prop_assert_eq!(&again, &fired);
        // The rows of the one come to the other.
        for fired in &fired { other.write(&fired.changes()) }
        prop_assert_eq!(content(&other), after_one);
        prop_assert!(other.run(today).is_empty());
    }

    /// Even were every record of what was done forgotten, what was created gives no rule an
    /// occasion that it did not have before: rules cannot trigger each other.
    #[test]
    fn effects_never_feed_conditions(rules in rules(), ahead in 0i64..60, later in 0i64..400) {
        let today = add_days(today(), ahead);
        let mut shelf = full();
        for rule in &rules { put(&mut shelf, rule) }
        let later = add_days(today, later);
        let all = |shelf: &Shelf| -> BTreeSet<(Id<Rule>, Uuid, String)> {
            let facts = Facts { book: &shelf.book, today: later };
            rules.iter().flat_map(|rule| {
                let found = occasions(&facts, rule);
                found.into_iter().map(|o| (rule.id, o.subject.id, o.period)).collect::<Vec<_>>()
            }).collect()
        };
        let before = all(&shelf);
        shelf.run(today);
        let after = all(&shelf);
        prop_assert!(after.is_subset(&before), "{:?}", after.difference(&before));
    }

    /// A planned contact keeps the reminder away.
    #[test]
    fn a_planned_contact_needs_no_reminder(days in 0i64..30) {
        let mut shelf = full();
        put(&mut shelf, &rule(RuleWhen::ContactOverdue, RuleThen::CreateTask));
        put(&mut shelf, &Meeting {
            dealer: dealer("a"),
            channel: Some(Channel::Call),
            planned: Minute::at(add_days(today(), days), 9, 0).map(|start| Slot { start, minutes: 15 }),
            ..Meeting::with_id(Id::natural(&["planned"]))
        });
        prop_assert!(shelf.run(today()).is_empty());
    }
}
