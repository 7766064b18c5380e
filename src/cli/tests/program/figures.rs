//! Scores, statements and paces: the same from a JSON copy, from the store and from the formulas, and
//! as they are worked out by hand.

use serde_json::{Value, json};
use tongxing_domain::date::{Date, Month, parse_date};
use tongxing_domain::exchange::json as copy;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::incentives::{Terms, approve, enrol, enrolments, issue};
use tongxing_domain::metrics;
use tongxing_domain::pacing::Pacing;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::scorecard::{Rubric, put_in_force};
use tongxing_domain::tables::{Dealer, Goal, Reading, Scheme, Scorecard};
use tongxing_domain::value::{Course, Figure, Noted as _};

use crate::given::{Device, demo_json, demo_replica, today};
use crate::replica::Replica;

fn asked(device: &Device, command: &str, more: &[&str]) -> Value {
    device.json(&[&[command], more].concat())
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// Two dealers; one has a goal of 3650 a year, readings of a quarter, a scorecard and a statement.
fn small_book() -> Replica {
    let mut replica = Replica::default();
    let mut keep = |record: Vec<tongxing_domain::schema::Change>| replica.write(&record);
    for (number, name) in [(1, "红星电器"), (2, "蓝天电器")] {
        keep(changes(
            None,
            &Dealer {
                name: name.to_owned(),
                code: format!("D-{number}"),
                ..Dealer::with_id(id(number))
            },
        ));
    }
    let span = tongxing_domain::date::DateSpan::new(day("2026-01-01"), day("2026-12-31"));
    keep(changes(
        None,
        &Goal {
            dealer: id(1),
            title: "全年提货".to_owned(),
            metric: metrics::sales_in(),
            course: Some(Course {
                baseline: Quantity(0),
                target: Quantity::whole(3650),
            }),
            span,
            ..Goal::with_id(id(3))
        },
    ));
    for (month, as_of, amount) in [
        ("2026-01", "2026-01-31", 310),
        ("2026-02", "2026-02-28", 140),
        ("2026-03", "2026-03-31", 310),
    ] {
        let month = Month::parse(month).unwrap();
        keep(changes(
            None,
            &Reading {
                dealer: id(1),
                metric: metrics::sales_in(),
                month: Some(month),
                figure: Some(Figure {
                    amount: Quantity::whole(amount),
                    as_of: day(as_of),
                }),
                ..Reading::with_id(Reading::id_for(id(1), metrics::sales_in(), month))
            },
        ));
    }
    let sales_in = metrics::sales_in();
    let rubric = format!(
        "quarter; weigh {sales_in} 100 rising cap 120% floor 0% target 400; most 20; tiers 90 80 70"
    );
    let scorecard = Scorecard {
        name: "2026 评分卡".to_owned(),
        rubric: Some(Rubric::parse(&rubric).unwrap()),
        ..Scorecard::with_id(id(10))
    };
    let terms =
        format!("metric {sales_in}; period 2026-01-01..2026-12-31; marginal 0..500 2%, 500.. 5%");
    let scheme = Scheme {
        name: "年度返利".to_owned(),
        terms: Some(Terms::parse(&terms).unwrap()),
        ..Scheme::with_id(id(20))
    };
    keep(changes(None, &scorecard));
    keep(changes(None, &scheme));
    let first = day("2026-01-01");
    let in_force = put_in_force(&replica.book, &scorecard, first).unwrap();
    replica.write(&in_force);
    let approved = approve(&replica.book, &scheme, "王经理", first).unwrap();
    replica.write(&approved);
    let enrolled = enrol(&replica.book, &scheme, id(1), first, first).unwrap();
    replica.write(&enrolled);
    let (until, on) = (day("2026-03-31"), day("2026-04-01"));
    let (_, enrolment) = enrolments(&replica.book, scheme.id).remove(0);
    let issued = issue(&replica.book, &enrolment, None, until, on).unwrap();
    replica.write(&issued);
    replica
}

/// The small book as the app's JSON copy, beside a device.
fn small_copy(device: &Device) -> String {
    device.file("small.json", copy::write(&small_book().book).as_bytes())
}

const ON: [&str; 2] = ["--on", "2026-04-01"];

#[test]
fn figures_are_the_same_from_a_copy_and_from_the_store() {
    let (device, nowhere) = (Device::with_store(), Device::new());
    let small = small_copy(&device);
    device.run(&["import", &small]).well();
    for command in ["scorecard", "pace", "statement"] {
        let own = asked(&device, command, &ON);
        let copied = asked(&nowhere, command, &[&ON[..], &["--book", &small]].concat());
        assert_eq!(own, copied, "{command}");
    }
    assert!(!nowhere.store().exists());
}

#[test]
fn a_pace_is_as_it_is_worked_out_by_hand() {
    let device = Device::new();
    let book = small_copy(&device);
    let arguments = [&ON[..], &["--book", &book, "--dealer", "D-1"]].concat();
    let answer = asked(&device, "pace", &arguments);
    let goal = &answer["goals"][0];
    // 3650 in 365 days are 10 a day; 31 + 28 + 31 = 90 days; 310 + 140 + 310 = 760 of 900.
    assert_eq!(goal["expected"], "900");
    assert_eq!(goal["actual"], "760");
    assert_eq!(goal["pace"], "38/45");
    assert_eq!(goal["rag"], "watch");
    let told = device.run(&[&["pace"], &arguments[..]].concat()).well();
    assert!(told.text().contains("84.4"), "{}", told.text());
}

#[test]
fn a_score_is_as_it_is_worked_out_by_hand() {
    let device = Device::new();
    let book = small_copy(&device);
    let arguments = [&ON[..], &["--book", &book]].concat();
    let answer = asked(&device, "scorecard", &arguments);
    let scorecard = &answer["scorecards"][0];
    assert_eq!(scorecard["period"]["first"], "2026-01");
    let rows = scorecard["dealers"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    // 760 of three times 400: 63.33 %, below the third tier; the other dealer has no readings.
    assert_eq!(rows[0]["dealer"]["name"], "红星电器");
    assert_eq!(
        (&rows[0]["score"], &rows[0]["place"]),
        (&json!("63.33"), &json!(1))
    );
    assert_eq!(rows[0]["tier"], "Growing");
    assert_eq!(rows[0]["metrics"][0]["attainment"], "19/30");
    assert_eq!(rows[0]["coverage"], "1/1");
    assert_eq!(
        (&rows[1]["score"], &rows[1]["place"]),
        (&Value::Null, &Value::Null)
    );
    let told = device.run(&[&["scorecard"], &arguments[..], &["--dealer", "红星电器"]].concat());
    assert!(told.well().text().contains("63.33"));
}

#[test]
fn a_statement_is_as_it_is_worked_out_by_hand() {
    let device = Device::new();
    let book = small_copy(&device);
    let answer = asked(&device, "statement", &["--book", &book]);
    let statements = answer["statements"].as_array().unwrap();
    assert_eq!(statements.len(), 1);
    // 2 % of the first 500 and 5 % of the other 260: 10.00 and 13.00.
    let lines = statements[0]["lines"].as_array().unwrap();
    let fen: Vec<_> = lines
        .iter()
        .map(|line| line["fen"].as_i64().unwrap())
        .collect();
    assert_eq!(fen, [1000, 1300]);
    assert_eq!(statements[0]["total_fen"], 2300);
    assert_eq!(statements[0]["outcome"]["state"], "open");
    let told = device
        .run(&["statement", "--book", &book, "--explain", "--lang", "zh"])
        .well();
    for said in ["年度返利", "红星电器", "¥23", "待支付"] {
        assert!(told.text().contains(said), "{said}: {}", told.text());
    }
    let none = asked(
        &device,
        "statement",
        &["--book", &book, "--dealer", "蓝天电器"],
    );
    assert_eq!(none["statements"], json!([]));
}

#[test]
fn paces_of_a_whole_book_are_those_of_the_formulas() {
    let device = Device::new();
    let copied = device.file("copy.json", demo_json().as_bytes());
    let arguments = ["--book", &copied, "--on", "2026-03-10", "--settled"];
    let answer = asked(&device, "pace", &arguments);
    let book = demo_replica().book;
    let goals = answer["goals"].as_array().unwrap();
    assert_eq!(goals.len(), book.goals.len());
    for row in goals {
        let goal = book
            .goals
            .get(row["id"].as_str().unwrap().parse().unwrap())
            .unwrap();
        let pacing = Pacing::of(&book, goal, today()).unwrap();
        let actual = pacing.actual.map(|actual| actual.to_string());
        assert_eq!(row["actual"], json!(actual), "{}", goal.title);
        assert_eq!(row["expected"], pacing.expected_now.to_string());
        let lines = pacing.explain(tongxing_domain::words::Lang::En);
        assert_eq!(row["explained"].as_array().unwrap().len(), lines.len());
    }
}

#[test]
fn who_is_asked_for_must_be_there() {
    let device = Device::new();
    let book = small_copy(&device);
    let ran = device.run(&["pace", "--book", &book, "--dealer", "nobody"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("nobody"), "{}", ran.err);
    let ran = device.run(&["pace", "--book", &book, "--on", "yesterday"]);
    assert_eq!(ran.code, 3);
    let empty = device.file(
        "empty.json",
        br#"{"format": "tongxing-book", "version": 1, "tables": {}}"#,
    );
    let answer = asked(&device, "scorecard", &["--book", &empty]);
    assert_eq!(answer["scorecards"], json!([]));
}
