//! Worked examples of agreeing on goals and revising them.

use super::*;
use crate::book::Book;
use crate::date::{Date, DateSpan, Month, parse_date};
use crate::id::{Id, Uuid};
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::{Record, problems};
use crate::smart::{self, Verdict};
use crate::tables::{Agreement, Goal, Metric, Reading};
use crate::value::{Course, Figure, Outcome};
use crate::words::Lang;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn year() -> DateSpan {
    DateSpan::new(day("2026-01-01"), day("2026-12-31")).unwrap()
}

fn course(target: i64) -> Course {
    Course {
        baseline: Quantity(0),
        target: Quantity::whole(target),
    }
}

fn goal() -> Goal {
    Goal {
        dealer: Id::natural(&["dealer"]),
        title: "全年 400 台".into(),
        metric: metrics::units(),
        course: Some(course(400)),
        span: Some(year()),
        ..Goal::with_id(Id::natural(&["goal"]))
    }
}

fn signature() -> Signature {
    Signature::parse("M100 200L400 210L300 90").unwrap()
}

fn sequence() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

#[test]
fn a_signature_stands_under_words() {
    let mut fresh = sequence();
    let on = day("2026-01-05");
    let (drawn, nothing) = (signature(), Signature::default());
    let mut slip = Signature::default();
    slip.put_down(10.0, 10.0);
    let mut with =
        |person, consent, signature| agree(&goal(), person, consent, signature, on, &mut fresh);
    assert_eq!(with(" ", "我同意", &drawn), Err(NotAgreed::NoPerson));
    assert_eq!(with("韩一舟", " \n", &drawn), Err(NotAgreed::NoConsent));
    assert!(
        with("韩一舟", "", &nothing).is_ok(),
        "a word given without a signature"
    );
    assert_eq!(with("韩一舟", "我同意", &slip), Err(NotAgreed::NotSigned));
    let agreed = with("韩一舟", "我同意", &drawn).unwrap();
    assert_eq!(agreed.agreement.signature, drawn.id());
    assert!(agreed.agreement.is_signed());
    assert_eq!(problems(&agreed.agreement), []);
    assert_eq!(
        (agreed.goal.agreed_by.as_str(), agreed.goal.agreed_on),
        ("韩一舟", Some(on))
    );
    // A row from elsewhere that has one all the same is named, and its signature counts for
    // nothing.
    let bare = Agreement {
        consent: String::new(),
        ..agreed.agreement
    };
    assert_eq!(problems(&bare)[0].field, "consent");
    assert!(!bare.is_signed());
    let open = Goal {
        course: None,
        ..goal()
    };
    let refused = agree(
        &open,
        "韩一舟",
        "我同意",
        &Signature::default(),
        on,
        &mut fresh,
    );
    assert_eq!(refused, Err(NotAgreed::NoTerms));
}

#[test]
fn the_consent_names_every_term() {
    let book = Book::default();
    assert_eq!(
        consent_text(&book, &goal(), Lang::Zh),
        "双方共同商定目标“全年 400 台”：销量 0 件 → 400 件，2026年1月1日 – 2026年12月31日。我已看过并同意。"
    );
    let en = consent_text(&book, &goal(), Lang::En);
    assert!(
        en.contains("Units sold") && en.contains("31 Dec 2026"),
        "{en}"
    );
}

#[test]
fn a_goal_is_agreed_revised_and_agreed_anew() {
    let mut fresh = sequence();
    let mut book = Book::default();
    assert_eq!(state(&book, &goal()), AgreedState::Open);
    let agreed = agree(
        &goal(),
        "韩一舟",
        "我同意",
        &signature(),
        day("2026-01-05"),
        &mut fresh,
    )
    .unwrap();
    book.agreements.set(agreed.agreement.clone());
    assert!(matches!(state(&book, &agreed.goal), AgreedState::Holds(_)));

    let revised = revise(
        &agreed.goal,
        course(360),
        year(),
        "新店晚开三个月",
        "韩一舟",
        day("2026-04-10"),
        &mut fresh,
    )
    .unwrap();
    assert_eq!(problems(&revised.revision), []);
    book.revisions.set(revised.revision.clone());
    assert_eq!(
        state(&book, &revised.goal),
        AgreedState::ChangedSince(agreed.agreement.clone().into())
    );
    let again = agree(
        &revised.goal,
        "韩一舟",
        "我同意",
        &Signature::default(),
        day("2026-04-11"),
        &mut fresh,
    )
    .unwrap();
    book.agreements.set(again.agreement.clone());
    assert_eq!(
        state(&book, &again.goal),
        AgreedState::Holds(again.agreement.into())
    );

    assert_eq!(
        as_first_set(&book, &again.goal),
        (Some(course(400)), Some(year()))
    );
    let history = revisions(&book, goal().id);
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].course_before, history[0].course_after),
        (Some(course(400)), Some(course(360)))
    );
}

#[test]
fn a_goal_is_not_changed_without_a_reason() {
    let mut fresh = sequence();
    let mut with = |goal: &Goal, course, reason| {
        revise(
            goal,
            course,
            year(),
            reason,
            "",
            day("2026-04-10"),
            &mut fresh,
        )
    };
    assert_eq!(with(&goal(), course(360), " "), Err(NotRevised::NoReason));
    assert_eq!(
        with(&goal(), course(400), "r"),
        Err(NotRevised::NothingChanges)
    );
    assert_eq!(with(&goal(), course(0), "r"), Err(NotRevised::NoWay));
    let closed = Goal {
        outcome: Outcome::Done(day("2026-03-01")),
        ..goal()
    };
    assert_eq!(with(&closed, course(360), "r"), Err(NotRevised::Closed));
    for refused in [
        NotRevised::NoReason,
        NotRevised::NothingChanges,
        NotRevised::NoWay,
        NotRevised::Closed,
    ] {
        assert_ne!(refused.words().zh, refused.words().en);
    }
}

fn read(book: &mut Book, metric: Id<Metric>, month: Month, amount: i64) {
    let dealer = goal().dealer;
    book.readings.set(Reading {
        dealer,
        metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(amount),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer, metric, month))
    });
}

fn quarter() -> DateSpan {
    DateSpan::new(day("2026-04-01"), day("2026-06-30")).unwrap()
}

#[test]
fn the_dealers_own_past_says_how_far_to_go() {
    let mut book = Book::default();
    let start = Month::of(quarter().start());
    // 90, then 99, then 108: growth of 10 % and of 9.09 %.
    for (ago, amount) in [
        (9, 30),
        (8, 30),
        (7, 30),
        (6, 33),
        (5, 33),
        (4, 33),
        (3, 36),
        (2, 36),
        (1, 36),
    ] {
        read(&mut book, metrics::units(), start.plus(-ago), amount);
    }
    let setting = Setting::of(&book, goal().dealer, metrics::units(), quarter()).unwrap();
    assert_eq!(setting.baseline, Some(Quantity(0)));
    assert_eq!(setting.before, Some(Quantity::whole(108)));
    // 108 and a tenth of it.
    assert_eq!(setting.within_reach, Some(Quantity(11_880)));
    let values: Vec<String> = setting
        .explain(Lang::En)
        .into_iter()
        .map(|line| line.value)
        .collect();
    assert!(values.contains(&"10%".to_owned()), "{values:?}");

    for (ago, amount) in [(9, 60), (6, 52), (3, 50)] {
        read(
            &mut book,
            metrics::receivable_days(),
            start.plus(-ago),
            amount,
        );
    }
    let falling = Setting::of(&book, goal().dealer, metrics::receivable_days(), quarter()).unwrap();
    assert_eq!(falling.baseline, Some(Quantity::whole(50)));
    assert_eq!(falling.within_reach, Some(Quantity::whole(42)));
    let unknown = Setting::of(&book, goal().dealer, metrics::market_share(), quarter()).unwrap();
    assert_eq!((unknown.baseline, unknown.within_reach), (None, None));
    assert_eq!(unknown.explain(Lang::En).len(), 1);
}

#[test]
fn usual_spans_begin_and_end_with_months() {
    let spans = |today| -> Vec<String> {
        usual_spans(day(today))
            .iter()
            .map(|(_, span)| format!("{}..{}", span.start(), span.end()))
            .collect()
    };
    assert_eq!(
        spans("2026-05-20"),
        [
            "2026-05-01..2026-12-31",
            "2026-07-01..2026-09-30",
            "2027-01-01..2027-12-31"
        ]
    );
    assert_eq!(
        spans("2026-12-02"),
        ["2027-01-01..2027-03-31", "2027-01-01..2027-12-31"]
    );
}

#[test]
fn a_title_names_measure_target_and_end() {
    let book = Book::default();
    assert_eq!(
        usual_title(&book, &goal(), Lang::Zh).unwrap(),
        "2026年12月31日前销量做到 400 件"
    );
    assert_eq!(
        usual_title(&book, &goal(), Lang::En).unwrap(),
        "Units sold of 400 pcs by 31 Dec 2026"
    );
    let open = Goal {
        course: None,
        ..goal()
    };
    assert_eq!(usual_title(&book, &open, Lang::Zh), None);
}

#[test]
fn milestones_lead_to_the_target() {
    let mut fresh = sequence();
    let marks = milestones(&Book::default(), &goal(), 4, Lang::Zh, &mut fresh);
    let seen: Vec<_> = marks
        .iter()
        .map(|mark| (mark.due.unwrap().to_string(), mark.title.as_str()))
        .collect();
    assert_eq!(seen.len(), 4);
    assert_eq!(seen[3], ("2026-12-31".to_owned(), "累计销量达到 400 件"));
    assert_eq!(seen[0].0, "2026-04-01");
    assert!(marks.iter().all(|mark| problems(mark).is_empty()));
    let short = Goal {
        span: DateSpan::new(day("2026-01-01"), day("2026-01-02")),
        ..goal()
    };
    assert_eq!(
        milestones(&Book::default(), &short, 9, Lang::Zh, &mut fresh).len(),
        2
    );
}

proptest! {
    /// What is said to be within reach passes the SMART check.
    #[test]
    fn within_reach_is_achievable(
        amounts in prop::collection::vec(1i64..5000, 6..24), metric in 0usize..3,
    ) {
        let metric = [metrics::units(), metrics::market_share(), metrics::receivable_days()][metric];
        let mut book = Book::default();
        let start = Month::of(quarter().start());
        for (ago, amount) in (1..).zip(&amounts) {
            read(&mut book, metric, start.plus(-ago), *amount);
        }
        let setting = Setting::of(&book, goal().dealer, metric, quarter()).unwrap();
        if let Some((baseline, target)) = setting.baseline.zip(setting.within_reach) {
            let proposed = Goal {
                metric,
                course: Some(Course { baseline, target }),
                span: Some(quarter()),
                ..goal()
            };
            let tests = smart::check(&book, &proposed);
            let achievable = tests.iter().find(|test| test.letter == 'A').unwrap();
            prop_assert_eq!(achievable.verdict, Verdict::Pass, "{}", achievable.reason(Lang::En));
        }
    }
}
