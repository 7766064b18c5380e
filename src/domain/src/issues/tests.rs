//! Worked examples and laws of issues.

use super::*;
use crate::attention::link_to;
use crate::date::{Date, add_days, parse_date};
use crate::schema::{Record, problems};
use crate::settle::{Settling, settle};
use crate::tables::{
    EscalationLevel, IssueKind, IssueStage, LogEntry, LogKind, Satisfaction, Severity,
};
use crate::value::Outcome;
use crate::words::Lang;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer(name: &str) -> Id<Dealer> {
    Id::natural(&["dealer", name])
}

/// A severe channel conflict, reported on Thursday, 5 March 2026.
fn conflict() -> Issue {
    Issue {
        dealer: dealer("a"),
        title: "邻市货源低价流入".into(),
        kind: Some(IssueKind::Territory),
        severity: Some(Severity::Severe),
        reported_on: Some(day("2026-03-05")),
        other_dealer: dealer("b"),
        ..Issue::with_id(Id::natural(&["issue"]))
    }
}

fn value_of<'a>(lines: &'a [crate::explain::Line], label: &str) -> &'a str {
    let line = lines.iter().find(|line| line.label == label);
    &line
        .unwrap_or_else(|| panic!("no {label} in {lines:?}"))
        .value
}

#[test]
fn an_issue_goes_from_reported_to_reviewed_and_keeps_what_was_learnt() {
    let today = day("2026-03-06");
    let confirmed = move_to(&conflict(), IssueStage::Confirmed, today).unwrap();
    let mut begun = move_to(&confirmed.issue, IssueStage::InProgress, today).unwrap();
    assert_eq!(begun.entry.kind, Some(LogKind::Begun));
    assert_eq!(
        move_to(&begun.issue, IssueStage::Resolved, today),
        Err(Refusal::NoResolution)
    );
    begun.issue.resolution = "差价由流出方承担".into();
    let mut resolved = move_to(&begun.issue, IssueStage::Resolved, day("2026-03-12")).unwrap();
    assert_eq!(resolved.issue.outcome, Outcome::Done(day("2026-03-12")));
    assert_eq!(resolved.entry.text, "差价由流出方承担");

    let review = |issue: &Issue| move_to(issue, IssueStage::Reviewed, day("2026-03-20"));
    assert_eq!(review(&resolved.issue), Err(Refusal::NoRootCause));
    resolved.issue.root_cause = "返利按总量算，推着人往外走货".into();
    assert_eq!(review(&resolved.issue), Err(Refusal::NoSatisfaction));
    resolved.issue.satisfaction = Some(Satisfaction::Satisfied);
    let reviewed = review(&resolved.issue).unwrap().issue;
    assert_eq!(reviewed.stage(), IssueStage::Reviewed);
    for refusal in [Refusal::NoRootCause, Refusal::NoSatisfaction] {
        assert!(!refusal.text(Lang::Zh).is_empty() && !refusal.text(Lang::En).is_empty());
    }

    let reopened = move_to(&reviewed, IssueStage::InProgress, day("2026-04-01")).unwrap();
    assert_eq!(reopened.issue.stage(), IssueStage::InProgress);
    assert_eq!(reopened.entry.kind, Some(LogKind::Reopened));
}

#[test]
fn stages_follow_in_order_alone() {
    let refused = move_to(&conflict(), IssueStage::Resolved, day("2026-03-06")).unwrap_err();
    assert_eq!(
        refused.text(Lang::En),
        "“Resolved” cannot follow “Reported”; take the steps in order"
    );
    for from in IssueStage::ALL {
        assert!(!from.next().is_empty() && !from.next().contains(&from));
        // From everywhere the issue can still be reviewed: no stage is a dead end.
        let mut reached = vec![from];
        let mut at = 0;
        while let Some(stage) = reached.get(at).copied() {
            at += 1;
            for next in stage.next() {
                if !reached.contains(next) {
                    reached.push(*next);
                }
            }
        }
        assert!(reached.contains(&IssueStage::Reviewed), "{from:?}");
    }
}

#[test]
fn two_tablets_that_confirm_on_one_day_write_one_entry() {
    let entry = |issue: &Issue| {
        move_to(issue, IssueStage::Confirmed, day("2026-03-06"))
            .unwrap()
            .entry
    };
    let (ours, theirs) = (entry(&conflict()), entry(&conflict()));
    assert_eq!(ours, theirs);
    assert_eq!(problems(&ours), []);
}

#[test]
fn a_review_belongs_to_the_last_resolution() {
    let mut book = Book::default();
    let mut issue = conflict();
    issue.outcome = Outcome::Done(day("2026-03-12"));
    issue.reviewed_on = Some(day("2026-03-20"));
    assert_eq!(issue.stage(), IssueStage::Reviewed);
    // Another tablet opened it again and resolved it later.
    issue.outcome = Outcome::Done(day("2026-05-01"));
    assert_eq!(issue.stage(), IssueStage::Resolved);
    book.issues.set(issue.clone());
    let changes = settle(
        &book,
        link_to(&issue),
        Settling::Reopened,
        day("2026-05-02"),
    );
    assert_eq!(changes.len(), 2, "outcome and review");
}

#[test]
fn two_tablets_that_close_one_issue_differently_lose_nothing() {
    let today = day("2026-03-12");
    let issue = Issue {
        begun_on: Some(day("2026-03-09")),
        resolution: "换货".into(),
        ..conflict()
    };
    let resolved = move_to(&issue, IssueStage::Resolved, today).unwrap();
    let set_aside = move_to(&issue, IssueStage::SetAside, today).unwrap();
    let registers = |moved: &Moved| crate::schema::changes(Some(&issue), &moved.issue);
    // Both write the one register that says how it came out, so that one of them wins whole;
    // what each did stays in the log.
    for moved in [&resolved, &set_aside] {
        let fields: Vec<u16> = registers(moved).iter().map(|change| change.field).collect();
        assert_eq!(fields, [7]);
    }
    assert_ne!(resolved.entry.id, set_aside.entry.id);
    assert_eq!(resolved.issue.stage(), IssueStage::Resolved);
    assert_eq!(set_aside.issue.stage(), IssueStage::SetAside);
}

#[test]
fn deadlines_are_working_days_by_severity() {
    let today = day("2026-03-13");
    let mut issue = conflict();
    let severe = Deadline::of(&issue, today).unwrap();
    assert_eq!(
        (severe.answer_by, severe.resolve_by),
        (day("2026-03-06"), day("2026-03-12"))
    );
    assert_eq!((severe.answer_late_days(), severe.late_days()), (7, 1));
    issue.severity = None;
    let moderate = Deadline::of(&issue, today).unwrap();
    assert_eq!(
        (moderate.answer_by, moderate.resolve_by),
        (day("2026-03-09"), day("2026-03-19"))
    );
    issue.severity = Some(Severity::Minor);
    assert_eq!(
        Deadline::of(&issue, today).unwrap().resolve_by,
        day("2026-04-02")
    );
    issue.due = Some(day("2026-03-31"));
    issue.confirmed_on = Some(day("2026-03-06"));
    let agreed = Deadline::of(&issue, today).unwrap();
    assert_eq!(
        (agreed.resolve_by, agreed.late_days()),
        (day("2026-03-31"), 0)
    );
    assert_eq!(agreed.answer_late_days(), 0);
    assert_eq!(
        value_of(&agreed.explain(Lang::En), "Resolve by"),
        "31 Mar 2026 · 18 days left (agreed)"
    );
    assert_eq!(
        value_of(&severe.explain(Lang::Zh), "解决期限"),
        "2026年3月12日 · 已超 1 天"
    );
    issue.reported_on = None;
    assert_eq!(Deadline::of(&issue, today), None);
}

#[test]
fn an_issue_without_an_agreed_date_is_due_by_its_severity() {
    let mut book = Book::default();
    book.dealers.set(Dealer::with_id(dealer("a")));
    book.issues.set(conflict());
    let due = crate::attention::Attention::of(&book, day("2026-03-13")).due;
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].due, due[0].days_late), (day("2026-03-12"), 1));
}

#[test]
fn a_severe_issue_goes_up_at_once_and_on() {
    let mut book = Book::default();
    let issue = conflict();
    let at = |book: &Book, text| Escalation::of(book, &issue, day(text)).unwrap();
    let level = |text| at(&book, text).due;
    assert_eq!(level("2026-03-05"), Some(EscalationLevel::Region));
    // Five working days are over on the twelfth: from the next one it is due.
    assert_eq!(level("2026-03-12"), Some(EscalationLevel::Region));
    assert_eq!(level("2026-03-13"), Some(EscalationLevel::Sales));
    assert_eq!(level("2026-03-20"), Some(EscalationLevel::Company));
    assert_eq!(
        at(&book, "2026-03-10").next,
        Some((EscalationLevel::Sales, day("2026-03-13")))
    );
    assert_eq!(
        value_of(&at(&book, "2026-03-13").explain(Lang::En), "Time used"),
        "6 ÷ 5 working days = 120%"
    );

    let told = LogEntry::escalated(&issue, EscalationLevel::Region, "", day("2026-03-05"));
    book.log_entries.set(told);
    assert_eq!(at(&book, "2026-03-10").outstanding(), None);
    assert_eq!(
        at(&book, "2026-03-13").outstanding(),
        Some(EscalationLevel::Sales)
    );
    // A date put off by hand keeps it from nobody.
    let later = Issue {
        due: Some(day("2026-12-31")),
        ..conflict()
    };
    assert_eq!(
        Escalation::of(&book, &later, day("2026-03-20"))
            .unwrap()
            .due,
        Some(EscalationLevel::Company)
    );
    let settled = Issue {
        outcome: Outcome::Done(day("2026-03-06")),
        ..conflict()
    };
    assert_eq!(Escalation::of(&book, &settled, day("2026-04-20")), None);
}

#[test]
fn the_dealer_reads_what_is_for_both_sides() {
    let mut book = Book::default();
    let issue = conflict();
    let about = link_to(&issue);
    for (name, text, internal) in [
        ("1", "已查码，属实", "流出方是 b，先别说"),
        ("2", "", "老板很生气"),
    ] {
        book.log_entries.set(LogEntry {
            dealer: issue.dealer,
            about: Some(about),
            on: Some(day("2026-03-06")),
            text: text.into(),
            internal_notes: internal.into(),
            ..LogEntry::with_id(Id::natural(&["entry", name]))
        });
    }
    book.log_entries.set(LogEntry::escalated(
        &issue,
        EscalationLevel::Region,
        "",
        day("2026-03-07"),
    ));
    book.log_entries.set(LogEntry::escalated(
        &issue,
        EscalationLevel::Sales,
        "已请销售总监出面",
        day("2026-03-08"),
    ));
    assert_eq!(crate::log::entries(&book, about).len(), 4);
    let shared = crate::log::shared(&book, about);
    let texts: Vec<_> = shared.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["已查码，属实", "已请销售总监出面"]);
}

#[test]
fn the_other_side_of_a_conflict_has_no_issue_of_its_own() {
    let mut book = Book::default();
    book.issues.set(conflict());
    let number = |dealer| {
        (
            of_dealer(&book, dealer).count(),
            against_dealer(&book, dealer).count(),
        )
    };
    assert_eq!(number(dealer("a")), (1, 0));
    assert_eq!(number(dealer("b")), (0, 1));
    assert!(crate::timeline::entries(&book, dealer("b")).is_empty());
    let hidden = Issue::TABLE.fields.iter().filter(|field| field.internal);
    let hidden: Vec<_> = hidden.map(|field| field.key).collect();
    assert_eq!(hidden, ["other_dealer", "internal_notes"]);
}

#[test]
fn steps_are_the_actions_that_refer_to_the_issue() {
    let mut book = Book::default();
    let issue = conflict();
    for (name, due) in [
        ("late", Some(day("2026-04-01"))),
        ("none", None),
        ("soon", Some(day("2026-03-09"))),
    ] {
        book.actions.set(Action {
            dealer: issue.dealer,
            issue: issue.id,
            title: name.into(),
            due,
            ..Action::with_id(Id::natural(&["action", name]))
        });
    }
    let titles: Vec<_> = steps(&book, issue.id)
        .iter()
        .map(|step| step.title.clone())
        .collect();
    assert_eq!(titles, ["soon", "late", "none"]);
}

fn reported(book: &mut Book, name: &str, by: &str, region: &str, brand: &str, on: &str) {
    book.dealers.set(Dealer {
        region: region.into(),
        ..Dealer::with_id(dealer(by))
    });
    book.issues.set(Issue {
        dealer: dealer(by),
        kind: Some(IssueKind::Territory),
        brand: brand.into(),
        reported_on: Some(day(on)),
        ..Issue::with_id(Id::natural(&["issue", name]))
    });
}

#[test]
fn one_matter_at_several_dealers_is_a_pattern() {
    let mut book = Book::default();
    let today = day("2026-06-01");
    reported(&mut book, "1", "a", "江苏 徐州", "岚炊", "2026-05-20");
    reported(&mut book, "2", "a", "江苏 徐州", "岚炊", "2026-05-21");
    assert!(patterns(&book, today).is_empty(), "one dealer alone");
    reported(&mut book, "3", "b", "江苏徐州", "", "2026-05-01");
    reported(&mut book, "4", "c", "浙江", "ＬＡＮ", "2026-05-02");
    let found = patterns(&book, today);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].dealers, found[0].issues.len()), (2, 3));
    assert_eq!(found[0].common.name(), "江苏 徐州");
    assert_eq!(found[0].reported, (day("2026-05-01"), day("2026-05-21")));
    assert_eq!(
        value_of(&found[0].explain(Lang::En), "How many"),
        "3 issues of 2 dealers"
    );
    // Ninety days after the report of the second dealer there is one dealer left.
    assert!(patterns(&book, day("2026-07-30")).is_empty());
    reported(&mut book, "5", "d", "上海", "lan", "2026-05-30");
    assert!(
        patterns(&book, today)
            .iter()
            .any(|pattern| pattern.common == Common::Brand("lan".into()))
    );
}

proptest! {
    /// As time passes an issue never goes down a level, and the next level comes on the day
    /// that was foretold.
    #[test]
    fn levels_only_rise(severity in 1u16..4, start in 0i64..3000, age in 0i64..200) {
        let book = Book::default();
        let issue = Issue {
            severity: Some(Severity::from_code(severity)),
            reported_on: Some(add_days(day("2020-01-01"), start)),
            ..conflict()
        };
        let on = |days| {
            let today = add_days(issue.reported_on.unwrap(), days);
            Escalation::of(&book, &issue, today).unwrap()
        };
        let now = on(age);
        prop_assert!(on(age + 1).due >= now.due);
        if let Some((next, date)) = now.next {
            let until = (date - issue.reported_on.unwrap()).num_days();
            prop_assert_eq!(on(until).due, Some(next));
            prop_assert_eq!(on(until - 1).due, now.due);
        } else {
            prop_assert_eq!(on(age + 1000).due, now.due);
        }
    }

    /// Whatever is done to an issue in whatever order, its stage is the one that was allowed
    /// last.
    #[test]
    fn the_stage_is_where_the_last_move_led(moves in prop::collection::vec((0usize..6, 0i64..9), 0..20)) {
        let mut issue = Issue {
            resolution: "r".into(),
            root_cause: "c".into(),
            satisfaction: Some(Satisfaction::Neutral),
            ..conflict()
        };
        let mut today = day("2026-03-05");
        for (to, days) in moves {
            let to = IssueStage::ALL[to];
            today = add_days(today, days);
            let allowed = issue.stage().next().contains(&to);
            match move_to(&issue, to, today) {
                Ok(moved) => {
                    prop_assert!(allowed);
                    issue = moved.issue;
                    prop_assert_eq!(issue.stage(), to);
                }
                Err(refusal) => {
                    let same = matches!(refusal, Refusal::DoesNotFollow { .. });
                    prop_assert!(same && !allowed);
                }
            }
        }
    }
}
