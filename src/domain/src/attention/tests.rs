//! Worked examples of what needs attention.

use super::*;
use crate::date::{DateSpan, Minute, Month, Slot, add_days, parse_date};
use crate::metrics;
use crate::quantity::Quantity;
use crate::value::{Course, Figure, Outcome};

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

const TODAY: &str = "2026-06-15";

fn dealer_named(name: &str) -> Dealer {
    Dealer {
        name: name.into(),
        status: Some(DealerStatus::Active),
        ..Dealer::with_id(Id::natural(&["dealer", name]))
    }
}

fn meeting(dealer: &Dealer, planned: &str, change: impl FnOnce(&mut Meeting)) -> Meeting {
    let mut meeting = Meeting {
        dealer: dealer.id,
        channel: Some(Channel::Visit),
        planned: Some(Slot {
            start: Minute::parse(planned).unwrap(),
            minutes: 60,
        }),
        ..Meeting::with_id(Id::natural(&["meeting", &dealer.name, planned]))
    };
    change(&mut meeting);
    meeting
}

fn promise(dealer: &Dealer, title: &str, by: Side, due: &str) -> Promise {
    Promise {
        dealer: dealer.id,
        title: title.into(),
        by: Some(by),
        due: Some(day(due)),
        ..Promise::with_id(Id::natural(&["promise", title]))
    }
}

/// A goal over the year with one reading at the end of May.
fn goal(book: &mut Book, dealer: &Dealer, title: &str, reached: i64) {
    let goal = Goal {
        dealer: dealer.id,
        title: title.into(),
        metric: metrics::sales_in(),
        course: Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(365),
        }),
        span: DateSpan::new(day("2026-01-01"), day("2026-12-31")),
        ..Goal::with_id(Id::natural(&["goal", title]))
    };
    let month = Month::new(2026, 5).unwrap();
    book.readings.set(Reading {
        dealer: dealer.id,
        metric: goal.metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(reached),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer.id, goal.metric, month))
    });
    book.goals.set(goal);
}

#[test]
fn meetings_at_hand_are_those_running_of_today_and_left_open() {
    let (mut book, dealer) = (Book::default(), dealer_named("a"));
    book.dealers.set(dealer.clone());
    let running = meeting(&dealer, "2026-06-15T14:00", |m| {
        m.started = Minute::parse("2026-06-15T14:05")
    });
    for meeting in [
        meeting(&dealer, "2026-06-15T09:00", |_| ()),
        running.clone(),
        meeting(&dealer, "2026-06-12T09:00", |_| ()),
        meeting(&dealer, "2026-06-16T09:00", |_| ()),
        meeting(&dealer, "2026-06-15T08:00", |m| {
            m.outcome = Outcome::Done(day(TODAY))
        }),
        meeting(&dealer, "2026-06-15T07:00", |m| {
            m.outcome = Outcome::Dropped(day(TODAY))
        }),
    ] {
        book.meetings.set(meeting);
    }
    let found = Attention::of(&book, day(TODAY));
    let times: Vec<_> = found
        .visits
        .iter()
        .map(|meeting| meeting.planned.unwrap().start.to_string())
        .collect();
    assert_eq!(
        times,
        ["2026-06-15T14:00", "2026-06-12T09:00", "2026-06-15T09:00"]
    );
    let matters = for_dealer(&book, dealer.id, day(TODAY));
    assert_eq!(matters.next_step, Some(NextStep::Resume(Arc::new(running))));
}

#[test]
fn what_is_due_is_late_or_within_a_week() {
    let (mut book, dealer) = (Book::default(), dealer_named("a"));
    book.dealers.set(dealer.clone());
    for (title, due) in [
        ("late", "2026-06-10"),
        ("today", TODAY),
        ("in a week", "2026-06-22"),
        ("later", "2026-06-23"),
    ] {
        book.promises.set(promise(&dealer, title, Side::Us, due));
    }
    let mut kept = promise(&dealer, "kept", Side::Us, "2026-06-01");
    kept.outcome = Outcome::Done(day("2026-06-01"));
    book.promises.set(kept);
    let found = Attention::of(&book, day(TODAY));
    let seen: Vec<_> = found
        .due
        .iter()
        .map(|due| (due.title.as_str(), due.days_late))
        .collect();
    assert_eq!(seen, [("late", 5), ("today", 0), ("in a week", -7)]);
}

#[test]
fn every_kind_is_found_for_the_book_and_for_the_dealer() {
    let (mut book, dealer) = (Book::default(), dealer_named("a"));
    book.dealers.set(dealer.clone());
    let due = Some(day(TODAY));
    book.promises
        .set(promise(&dealer, "promise", Side::Dealer, TODAY));
    let plan = Plan {
        dealer: dealer.id,
        ..Plan::with_id(Id::natural(&["plan"]))
    };
    book.steps.set(Step {
        plan: plan.id,
        due,
        ..Step::with_id(Id::natural(&["step"]))
    });
    book.actions.set(Action {
        dealer: dealer.id,
        due,
        ..Action::with_id(Id::natural(&["action"]))
    });
    let goal = Goal {
        dealer: dealer.id,
        ..Goal::with_id(Id::natural(&["goal"]))
    };
    book.milestones.set(Milestone {
        goal: goal.id,
        due,
        ..Milestone::with_id(Id::natural(&["milestone"]))
    });
    book.issues.set(Issue {
        dealer: dealer.id,
        due,
        ..Issue::with_id(Id::natural(&["issue"]))
    });
    book.plans.set(plan.clone());
    book.goals.set(goal);
    let kinds = |book: &Book| -> Vec<_> {
        Attention::of(book, day(TODAY))
            .due
            .iter()
            .map(|due| due.kind)
            .collect()
    };
    let all = [
        DueKind::Promise,
        DueKind::Step,
        DueKind::Action,
        DueKind::Milestone,
        DueKind::Issue,
    ];
    assert_eq!(kinds(&book), all);
    let matters = for_dealer(&book, dealer.id, day(TODAY)).list;
    assert_eq!(matters.len(), all.len());

    // A step of a plan in the bin waits for nobody, nor does anything of a binned dealer.
    let mut binned = plan;
    binned.state.deleted = true;
    book.plans.set(binned);
    assert_eq!(kinds(&book).len(), 4);
    let mut gone = dealer;
    gone.state.deleted = true;
    book.dealers.set(gone);
    assert_eq!(kinds(&book), []);
}

#[test]
fn the_most_overdue_contact_comes_first() {
    let mut book = Book::default();
    for (name, ago) in [("fine", 10), ("worse", 70), ("bad", 40)] {
        let dealer = dealer_named(name);
        let on = add_days(day(TODAY), -ago);
        book.meetings
            .set(meeting(&dealer, &format!("{on}T10:00"), |m| {
                m.outcome = Outcome::Done(on)
            }));
        book.dealers.set(dealer);
    }
    book.dealers.set(dealer_named("new"));
    let found = Attention::of(&book, day(TODAY));
    let seen: Vec<_> = found
        .overdue
        .iter()
        .map(|overdue| (overdue.dealer.name.as_str(), overdue.cadence.overdue_days))
        .collect();
    assert_eq!(seen, [("worse", 40), ("bad", 10)]);
    assert_eq!(found.never_contacted, 1);
}

#[test]
fn goals_behind_are_sorted_by_pace() {
    let mut book = Book::default();
    for (title, reached) in [("watch", 130), ("worst", 10), ("good", 160), ("bad", 60)] {
        let dealer = dealer_named(title);
        goal(&mut book, &dealer, title, reached);
        book.dealers.set(dealer);
    }
    let found = Attention::of(&book, day(TODAY));
    let titles: Vec<_> = found
        .behind
        .iter()
        .map(|(goal, _)| goal.title.as_str())
        .collect();
    assert_eq!(titles, ["worst", "bad", "watch"]);
}

#[test]
fn our_own_lateness_comes_before_everything_but_open_meetings() {
    let (mut book, dealer) = (Book::default(), dealer_named("a"));
    let on = day("2026-03-01");
    book.meetings.set(meeting(&dealer, "2026-03-01T10:00", |m| {
        m.outcome = Outcome::Done(on)
    }));
    goal(&mut book, &dealer, "behind", 10);
    book.promises
        .set(promise(&dealer, "theirs", Side::Dealer, "2026-06-01"));
    book.promises
        .set(promise(&dealer, "ours", Side::Us, "2026-06-14"));
    book.promises
        .set(promise(&dealer, "soon", Side::Us, "2026-06-18"));
    book.dealers.set(dealer.clone());
    let matters = for_dealer(&book, dealer.id, day(TODAY));
    let seen: Vec<_> = matters
        .list
        .iter()
        .map(|matter| match matter {
            Matter::Meeting(_) => "meeting",
            Matter::Overdue(_) => "overdue",
            Matter::Due(due) => &due.title,
            Matter::Behind(goal, _) => &goal.title,
        })
        .collect();
    assert_eq!(seen, ["ours", "theirs", "overdue", "behind", "soon"]);
    assert!(matches!(matters.next_step, Some(NextStep::Settle(due)) if due.title == "ours"));
}

#[test]
fn a_quiet_dealer_still_has_a_next_step() {
    let (mut book, dealer) = (Book::default(), dealer_named("a"));
    book.dealers.set(dealer.clone());
    let next = |book: &Book| for_dealer(book, dealer.id, day(TODAY)).next_step;
    assert!(matches!(next(&book), Some(NextStep::MakeContact { .. })));
    let on = day("2026-06-10");
    book.meetings.set(meeting(&dealer, "2026-06-10T10:00", |m| {
        m.outcome = Outcome::Done(on)
    }));
    assert_eq!(next(&book), Some(NextStep::SetGoal));
    goal(&mut book, &dealer, "good", 200);
    assert!(matches!(
        next(&book),
        Some(NextStep::MakeContact { visit: false, .. })
    ));
    book.meetings
        .set(meeting(&dealer, "2026-06-30T10:00", |_| ()));
    assert!(matches!(next(&book), Some(NextStep::Prepare(_))));
    book.dealers.set(Dealer {
        status: Some(DealerStatus::Ended),
        ..dealer.clone()
    });
    assert!(
        for_dealer(&book, Id::natural(&["nobody"]), day(TODAY))
            .next_step
            .is_none()
    );
}
