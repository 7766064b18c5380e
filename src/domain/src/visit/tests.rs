//! Worked examples and laws of the visit flow.

use super::*;
use crate::book::Book;
use crate::date::{Date, DateSpan, Minute, Month, Slot, add_days, parse_date};
use crate::id::{Id, Uuid};
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::{Record, problems};
use crate::tables::*;
use crate::value::{Course, Figure, Kind, Outcome, Value};
use crate::words::Lang;
use proptest::prelude::*;

const TODAY: &str = "2026-11-24";

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn minute(text: &str) -> Minute {
    Minute::parse(text).unwrap()
}

fn ids() -> impl FnMut() -> Uuid {
    let mut last = 0_u128;
    move || {
        last += 1;
        Uuid::from_u128(last)
    }
}

fn dealer() -> Dealer {
    Dealer {
        name: "杭州晨光厨卫".into(),
        status: Some(DealerStatus::Active),
        grade: Some(Grade::B),
        ..Dealer::with_id(Id::natural(&["dealer"]))
    }
}

fn visit() -> Meeting {
    Meeting {
        dealer: dealer().id,
        channel: Some(Channel::Visit),
        planned: Some(Slot {
            start: minute("2026-11-24T10:00"),
            minutes: 90,
        }),
        ..Meeting::with_id(Id::natural(&["visit"]))
    }
}

/// A book in which every source of the agenda has one record, and two that are settled.
fn full_book() -> Book {
    let mut book = Book::default();
    let dealer = dealer();
    let id = dealer.id;
    book.dealers.set(dealer);
    for (title, by, due, outcome) in [
        ("送三台样机", Side::Us, "2026-11-10", Outcome::Open),
        ("清理旧款库存", Side::Dealer, "2026-11-15", Outcome::Open),
        ("月底结款", Side::Dealer, "2026-11-30", Outcome::Open),
        ("明年的事", Side::Us, "2027-03-01", Outcome::Open),
        (
            "已经做到",
            Side::Us,
            "2026-11-01",
            Outcome::Done(day("2026-11-01")),
        ),
    ] {
        book.promises.set(Promise {
            dealer: id,
            title: title.into(),
            by: Some(by),
            due: Some(day(due)),
            outcome,
            ..Promise::with_id(Id::natural(&["promise", title]))
        });
    }
    book.actions.set(Action {
        dealer: id,
        title: "发海报".into(),
        side: Some(Side::Us),
        ..Action::with_id(Id::natural(&["action"]))
    });
    let goal = Goal {
        dealer: id,
        title: "全年进货 365 万".into(),
        metric: metrics::sales_in(),
        course: Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(3_650_000),
        }),
        span: DateSpan::new(day("2026-01-01"), day("2026-12-31")),
        ..Goal::with_id(Id::natural(&["goal"]))
    };
    let month = Month::new(2026, 10).unwrap();
    book.readings.set(Reading {
        dealer: id,
        metric: goal.metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(1_000_000),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(id, goal.metric, month))
    });
    book.goals.set(goal);
    let plan = Plan {
        dealer: id,
        title: "门店焕新".into(),
        ..Plan::with_id(Id::natural(&["plan"]))
    };
    for (title, progress) in [("拆旧展台", Progress::Doing), ("量尺寸", Progress::Done)] {
        book.steps.set(Step {
            plan: plan.id,
            title: title.into(),
            due: Some(day("2026-11-26")),
            progress: Some(progress),
            ..Step::with_id(Id::natural(&["step", title]))
        });
    }
    book.plans.set(plan);
    for (title, severity) in [("返利未到", Severity::Moderate), ("窜货", Severity::Severe)] {
        book.issues.set(Issue {
            dealer: id,
            title: title.into(),
            severity: Some(severity),
            reported_on: Some(day("2026-11-01")),
            ..Issue::with_id(Id::natural(&["issue", title]))
        });
    }
    for (title, status) in [
        ("想要导购培训", NeedStatus::Open),
        ("新样册", NeedStatus::Met),
    ] {
        book.needs.set(Need {
            dealer: id,
            title: title.into(),
            status: Some(status),
            raised_on: Some(day("2026-10-01")),
            ..Need::with_id(Id::natural(&["need", title]))
        });
    }
    book.meetings.set(visit());
    book
}

#[test]
fn the_agenda_fills_itself_in_order() {
    let book = full_book();
    let proposals = propose_agenda(&book, &visit(), day(TODAY));
    let titles: Vec<_> = proposals.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "送三台样机",
            "清理旧款库存",
            "发海报",
            "全年进货 365 万",
            "拆旧展台",
            "月底结款",
            "窜货",
            "返利未到",
            "想要导购培训",
        ]
    );
    assert_eq!(proposals[0].why.text(Lang::Zh), "我方 · 已到期 14 天");
    assert_eq!(proposals[5].why.text(Lang::En), "Dealer · due in 6 days");
    assert!(proposals[3].why.text(Lang::Zh).starts_with("目标落后较多"));
}

#[test]
fn what_is_on_the_agenda_is_not_proposed_again() {
    let mut book = full_book();
    let proposals = propose_agenda(&book, &visit(), day(TODAY));
    let mut fresh = ids();
    let first = into_items(&book, &visit(), &proposals[..3], &mut fresh);
    for item in &first {
        assert_eq!(problems(item), []);
        book.agenda_items.set(item.clone());
    }
    let rest = propose_agenda(&book, &visit(), day(TODAY));
    assert_eq!(rest, proposals[3..]);
    for item in into_items(&book, &visit(), &rest, &mut fresh) {
        book.agenda_items.set(item);
    }
    assert!(propose_agenda(&book, &visit(), day(TODAY)).is_empty());
    let order: Vec<_> = agenda(&book, visit().id)
        .iter()
        .map(|item| item.title.clone())
        .collect();
    assert!(order.iter().eq(proposals.iter().map(|p| &p.title)));
}

fn turned(line: &str, into: LineInto) -> NewRecord {
    turn_line(line, into, &visit(), day(TODAY), &mut ids()).unwrap()
}

#[test]
fn a_line_becomes_a_record_with_its_date() {
    let record = turned("- [ ] 下周五前把样机送到店里", LineInto::Action);
    assert_eq!(record.title(), "下周五前把样机送到店里");
    assert_eq!(record.due(), Some(day("2026-12-04")));
    let NewRecord::Action(action) = record else {
        panic!("not an action")
    };
    assert_eq!(action.side, Some(Side::Us));
    assert_eq!(action.meeting, visit().id);
    assert_eq!(problems(&action), []);

    let promise = turned("2、经销商月底前结清货款", LineInto::Promise(Side::Dealer));
    assert_eq!(promise.title(), "经销商月底前结清货款");
    assert_eq!(promise.due(), Some(day("2026-11-30")));
}

#[test]
fn a_line_without_a_date_gets_a_sensible_one() {
    let due = |into| turned("看一下展台", into).due();
    assert_eq!(due(LineInto::Action), Some(day("2026-12-01")));
    for into in [
        LineInto::Promise(Side::Us),
        LineInto::Step(Id::natural(&["plan"])),
        LineInto::Issue,
    ] {
        assert_eq!(due(into), Some(day("2026-12-08")));
    }
    assert_eq!(due(LineInto::Need), None);
}

#[test]
fn due_words_count_from_the_day_of_the_meeting() {
    let mut meeting = visit();
    meeting.started = Some(minute("2026-11-20T10:00"));
    let record = turn_line(
        "明天回电话",
        LineInto::Action,
        &meeting,
        day(TODAY),
        &mut ids(),
    );
    assert_eq!(record.unwrap().due(), Some(day("2026-11-21")));
}

#[test]
fn sides_numbers_and_long_lines_are_kept() {
    let NewRecord::Action(theirs) = turned("经销商腾出展位", LineInto::Action) else {
        panic!("not an action")
    };
    assert_eq!(theirs.side, Some(Side::Dealer));
    assert_eq!(turned("3.5米展台", LineInto::Need).title(), "3.5米展台");
    let long = "很".repeat(300);
    let NewRecord::Issue(issue) = turned(&long, LineInto::Issue) else {
        panic!("not an issue")
    };
    assert_eq!((issue.title.chars().count(), issue.detail), (200, long));
    assert!(turn_line(" - ", LineInto::Issue, &visit(), day(TODAY), &mut ids()).is_none());
}

fn closed_visit(on: &str, channel: Channel) -> Meeting {
    Meeting {
        dealer: dealer().id,
        channel: Some(channel),
        outcome: Outcome::Done(day(on)),
        ..Meeting::with_id(Id::natural(&["closed", on]))
    }
}

#[test]
fn the_next_date_follows_the_cadence() {
    let mut book = Book::default();
    book.dealers.set(dealer());
    book.meetings.set(closed_visit(TODAY, Channel::Visit));
    let next = propose_next(&book, dealer().id, day(TODAY)).unwrap();
    // 30 days on is Thursday 24 December; a call will do after a visit.
    assert_eq!(
        (next.date, next.channel),
        (day("2026-12-24"), Channel::Call)
    );

    book.meetings.set(closed_visit("2026-11-25", Channel::Call));
    let next = propose_next(&book, dealer().id, day("2026-11-25")).unwrap();
    assert_eq!(
        (next.date, next.channel),
        (day("2026-12-25"), Channel::Visit)
    );
    assert_eq!(next.why.text(Lang::Zh), "每 30 天联系一次，这次须拜访");

    // Overdue on a Friday: Monday.
    let next = propose_next(&book, dealer().id, day("2027-01-29")).unwrap();
    assert_eq!(next.date, day("2027-02-01"));
    assert!(matches!(next.why, NextReason::Overdue { .. }));
}

#[test]
fn a_planned_meeting_is_the_next_one() {
    let mut book = Book::default();
    book.dealers.set(dealer());
    let mut planned = visit();
    planned.planned = Some(Slot {
        start: minute("2026-12-10T15:30"),
        minutes: 45,
    });
    book.meetings.set(planned.clone());
    let next = propose_next(&book, dealer().id, day(TODAY)).unwrap();
    assert_eq!(
        (next.planned, next.slot()),
        (Some(planned.id), planned.planned)
    );
    let closing = close(
        &visit(),
        minute("2026-11-24T11:00"),
        Some(&next),
        &mut ids(),
    );
    assert_eq!(closing.meeting.next_on, Some(day("2026-12-10")));
    assert!(closing.follow_up.is_none());
}

#[test]
fn resting_dealers_get_no_next_date() {
    let mut book = Book::default();
    book.dealers.set(Dealer {
        status: Some(DealerStatus::Ended),
        ..dealer()
    });
    assert!(propose_next(&book, dealer().id, day(TODAY)).is_none());
    assert!(propose_next(&book, Id::NIL, day(TODAY)).is_none());
}

#[test]
fn closing_settles_the_meeting_and_plans_the_next() {
    let mut meeting = visit();
    meeting.started = Some(minute("2026-11-24T10:12"));
    let next = NextDate {
        date: day("2026-12-24"),
        time: (9, 30),
        minutes: 30,
        channel: Channel::Call,
        why: NextReason::Planned,
        planned: None,
    };
    let closing = close(
        &meeting,
        minute("2026-11-24T11:40"),
        Some(&next),
        &mut ids(),
    );
    assert_eq!(closing.meeting.stage(), MeetingStage::Closed);
    assert_eq!(closing.meeting.ended, Some(minute("2026-11-24T11:40")));
    let follow_up = closing.follow_up.unwrap();
    assert_eq!(follow_up.planned.unwrap().start, minute("2026-12-24T09:30"));
    assert_eq!(problems(&follow_up), []);

    // Written up the day after: it belongs to its own day and lasted as planned.
    let late = close(&visit(), minute("2026-11-25T08:00"), None, &mut ids()).meeting;
    assert_eq!(late.outcome, Outcome::Done(day(TODAY)));
    assert_eq!(late.ended, Some(minute("2026-11-24T11:30")));
    assert_eq!(late.day(), Some(day(TODAY)));
}

#[test]
fn the_summary_tells_what_was_agreed_and_nothing_internal() {
    let mut book = full_book();
    let secret = "机密";
    let mut dealer = dealer();
    let person = Contact {
        dealer: dealer.id,
        name: "陈老板".into(),
        ..Contact::with_id(Id::natural(&["contact"]))
    };
    let mut meeting = visit();
    meeting.attendees = [person.id].into();
    meeting.guests = ["设计师小吴".to_owned()].into();
    meeting.minutes = "旺季前补货。".into();
    meeting.next_on = Some(day("2026-12-24"));
    hide(&mut dealer, secret);
    hide(&mut meeting, secret);
    let mut person = person;
    hide(&mut person, secret);
    book.dealers.set(dealer);
    book.contacts.set(person);
    let plan = Id::natural(&["plan"]);
    for (line, into) in [
        ("明天发报价", LineInto::Action),
        ("对方月底前腾出展位", LineInto::Action),
        ("样机半价", LineInto::Promise(Side::Us)),
        ("12月5日前装好", LineInto::Step(plan)),
        ("安装慢", LineInto::Issue),
        ("要样册", LineInto::Need),
    ] {
        let mut id = || Uuid::from_u128(line.len() as u128 + 77);
        match turn_line(line, into, &meeting, day(TODAY), &mut id).unwrap() {
            NewRecord::Action(mut r) => {
                hide(&mut r, secret);
                book.actions.set(r)
            }
            NewRecord::Promise(mut r) => {
                hide(&mut r, secret);
                book.promises.set(r)
            }
            NewRecord::Step(mut r) => {
                hide(&mut r, secret);
                book.steps.set(r)
            }
            NewRecord::Issue(mut r) => {
                hide(&mut r, secret);
                book.issues.set(r)
            }
            NewRecord::Need(mut r) => {
                hide(&mut r, secret);
                book.needs.set(r)
            }
        }
    }
    let text = summary_text(&book, &meeting, Lang::Zh);
    for part in [
        "杭州晨光厨卫 · 沟通纪要\n2026年11月24日 · 拜访\n参加人：陈老板、设计师小吴\n",
        "\n纪要\n旺季前补货。\n",
        "\n我方承诺\n- 样机半价（2026年12月8日前）\n",
        "\n我方要做的\n- 明天发报价（2026年11月25日前）\n- 12月5日前装好（2026年12月5日前）\n",
        "\n贵方要做的\n- 对方月底前腾出展位（2026年11月30日前）\n",
        "\n贵方提出的需求\n- 要样册\n",
        "\n要解决的问题\n- 安装慢（2026年12月8日前）\n",
        "\n下次沟通：2026年12月24日\n",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    let english = summary_text(&book, &meeting, Lang::En);
    assert!(english.contains("- 样机半价 (by 8 Dec 2026)"), "{english}");
    assert!(!text.contains(secret) && !english.contains(secret));
}

/// Writes a text into every internal text field.
fn hide<T: Record>(record: &mut T, secret: &str) {
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        if spec.internal && matches!(spec.kind, Kind::Text(_)) {
            record.put(place, Value::Text(secret.into())).unwrap();
        }
    }
}

proptest! {
    /// Whatever the clock says, a closed meeting may be saved.
    #[test]
    fn closing_never_ends_before_it_starts(
        planned in prop::option::of(-5000i64..5000), started in prop::option::of(-5000i64..5000), minutes in 0u16..600,
    ) {
        let at = minute("2026-11-24T11:00");
        let mut meeting = visit();
        meeting.planned = planned.map(|offset| Slot { start: at.plus(offset), minutes });
        meeting.started = started.map(|offset| at.plus(offset));
        let closed = close(&meeting, at, None, &mut ids()).meeting;
        prop_assert_eq!(problems(&closed), []);
        prop_assert!(closed.ended.unwrap() <= at);
    }

    #[test]
    fn any_line_makes_a_record_that_may_be_saved(line in ".{0,300}") {
        for into in [LineInto::Action, LineInto::Promise(Side::Us), LineInto::Step(Id::natural(&["p"])), LineInto::Issue, LineInto::Need] {
            match turn_line(&line, into, &visit(), day(TODAY), &mut ids()) {
                Some(NewRecord::Action(r)) => prop_assert_eq!(problems(&r), []),
                Some(NewRecord::Promise(r)) => prop_assert_eq!(problems(&r), []),
                Some(NewRecord::Step(r)) => prop_assert_eq!(problems(&r), []),
                Some(NewRecord::Issue(r)) => prop_assert_eq!(problems(&r), []),
                Some(NewRecord::Need(r)) => prop_assert_eq!(problems(&r), []),
                None => {}
            }
        }
    }

    /// The proposed date lies ahead, on a working day, and not after the cadence's date
    /// unless that is over or falls on the weekend at hand.
    #[test]
    fn proposed_dates_lie_ahead(ago in 0i64..400, interval in 1i64..366, offset in 0i64..14) {
        let today = add_days(day(TODAY), offset);
        let mut book = Book::default();
        book.dealers.set(Dealer { cadence_days: Some(interval), ..dealer() });
        let last = add_days(today, -ago);
        book.meetings.set(closed_visit(&last.to_string(), Channel::Visit));
        let next = propose_next(&book, dealer().id, today).unwrap();
        prop_assert!(next.date > today);
        prop_assert!(chrono::Datelike::weekday(&next.date).num_days_from_monday() < 5);
        prop_assert!(next.date <= add_days(last, interval).max(add_days(today, 3)));
    }
}
