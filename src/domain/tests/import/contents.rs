//! Contacts and readings of dealers that the book has.

use crate::given::{grid, today};
use crate::replica::Replica;
use std::sync::Arc;
use tongxing_domain::date::{Month, parse_date};
use tongxing_domain::formula::Formula;
use tongxing_domain::id::Id;
use tongxing_domain::import::{
    Blocked, CellFault, Choice, Import, Likeness, Mapping, Twin, Verdict,
};
use tongxing_domain::metrics;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::schema::{Fault, Record, bin};
use tongxing_domain::tables::{ContactRole, Metric};
use tongxing_domain::value::Misread;
use tongxing_domain::words::Lang;
use uuid::Uuid;

fn replica() -> Replica {
    let mut replica = Replica::default();
    replica.import("编码,名称,区域\nD1,甲,杭州\nD2,乙,苏州\nD3,同名,杭州\nD4,同名,苏州\n");
    assert_eq!(replica.book.dealers.len(), 4);
    replica
}

fn fault(import: &Import, row: usize) -> (String, CellFault) {
    match &import.rows()[row].verdict {
        Verdict::Error(errors) => (errors[0].column.clone(), errors[0].fault),
        other => panic!("{other:?}"),
    }
}

fn amount(replica: &Replica, dealer: &str, metric: Id<Metric>, month: &str) -> Option<Quantity> {
    let dealer = replica.dealer_id(dealer);
    let reading = replica
        .book
        .reading(dealer, metric, Month::parse(month).unwrap())?;
    Some(reading.figure.unwrap().amount)
}

#[test]
fn contacts_find_their_dealers_by_name_or_code() {
    let mut replica = replica();
    let import = replica.plan(
        "客户编码,经销商名称,姓名,角色,手机,首要联系人
D1,,王小满,老板,138-0000-0001,是
,乙,李知秋,店长,,
,没有的,赵,,,
,同名,钱,,,
D4,同名,孙,,,
D1,乙,周,,,
,,吴,,,
",
    );
    assert_eq!(
        fault(&import, 2),
        ("经销商名称".into(), CellFault::NoSuchDealer)
    );
    assert_eq!(
        fault(&import, 3),
        ("经销商名称".into(), CellFault::ManyDealers)
    );
    assert_eq!(
        fault(&import, 5),
        ("客户编码".into(), CellFault::TwoDealers)
    );
    assert_eq!(fault(&import, 6).1, CellFault::Fault(Fault::Missing));
    assert_eq!((import.counts().new, import.counts().error), (3, 4));
    let mut import = import;
    import.leave_out_errors(true);
    replica.commit(&import);
    let of = |replica: &Replica, dealer: &str| {
        let contacts: Vec<_> = replica
            .book
            .contacts
            .of(replica.dealer_id(dealer))
            .cloned()
            .collect();
        contacts
    };
    let wang = &of(&replica, "甲")[0];
    assert_eq!(
        (wang.name.as_str(), wang.role, wang.primary),
        ("王小满", Some(ContactRole::Owner), Some(true))
    );
    assert_eq!(of(&replica, "乙")[0].name, "李知秋");
}

#[test]
fn contacts_are_known_by_name_within_their_dealer() {
    let mut replica = replica();
    replica.import("经销商,姓名,手机\n甲,王小满,13800000001\n");
    let import = replica.plan(
        "经销商,姓名,手机,职务
甲,王小满,+86 138 0000 0001,总经理
乙,王小满,13800000001,
甲,王小满,13900000002,
甲,王晓满,13800000001,
甲,孙,,
甲,孙,,店员
",
    );
    assert!(matches!(&import.rows()[0].verdict, Verdict::Update(_)));
    assert!(
        matches!(import.rows()[1].verdict, Verdict::New),
        "another dealer's"
    );
    let like = |row: usize| match import.rows()[row].verdict {
        Verdict::Duplicate { twin, likeness } => (likeness, matches!(twin, Twin::Line(_))),
        ref other => panic!("{other:?}"),
    };
    assert_eq!(like(2), (Likeness::NameElsewhere, false));
    assert_eq!(like(3), (Likeness::Phone, false));
    assert_eq!(like(5), (Likeness::Name, true));
    replica.commit(&import);
    let jia = replica.dealer_id("甲");
    let mut names: Vec<_> = replica
        .book
        .contacts
        .of(jia)
        .map(|c| format!("{}{}", c.name, c.position))
        .collect();
    names.sort();
    assert_eq!(names, ["孙店员", "王小满", "王小满总经理", "王晓满"]);
}

#[test]
fn a_metric_that_follows_from_others_takes_no_readings() {
    let mut replica = replica();
    let formula = Formula::typed("[销售额] / [进货额] * 100", &replica.book);
    let metric = Metric {
        name: "动销率".into(),
        formula: formula.ok(),
        ..Metric::with_id(Id::natural(&["own"]))
    };
    replica.write(&tongxing_domain::schema::changes(None, &metric));
    let import = replica.import(
        "经销商,月份,进货额,动销率
甲,2026-01,5,90
甲,2026-02,5,
",
    );
    assert_eq!(
        fault(&import, 0),
        ("动销率".into(), CellFault::FormulaMetric)
    );
    assert_eq!(import.counts().new, 1);
}

#[test]
fn months_with_more_returns_than_sales_come_in_below_zero() {
    let mut replica = replica();
    let import = replica.import(
        "经销商,月份,进货额,销量,市场份额
甲,2026-01,-1.5万,-3,
甲,2026-02,(200),0,-1%
",
    );
    let read = |metric, month| amount(&replica, "甲", metric, month);
    assert_eq!(
        read(metrics::sales_in(), "2026-01"),
        Some(Quantity::whole(-15_000))
    );
    assert_eq!(read(metrics::units(), "2026-01"), Some(Quantity::whole(-3)));
    // A share below zero is a mistake; the row waits for its correction.
    assert_eq!(
        fault(&import, 1),
        ("市场份额".into(), CellFault::Fault(Fault::TooSmall))
    );
    assert_eq!(read(metrics::sales_in(), "2026-02"), None);
}

#[test]
fn other_currencies_and_shares_over_a_hundred_are_named_by_their_place() {
    let mut replica = replica();
    let import = replica.import(
        "经销商,月份,进货额,市场份额
甲,2026-01,$1500,10%
甲,2026-02,CNY 200,20%
甲,2026-03,300,120%
甲,2026-04,9223372036854775808,30%
",
    );
    assert_eq!(
        fault(&import, 0),
        ("进货额".into(), CellFault::Misread(Misread::Currency))
    );
    let (column, over) = fault(&import, 2);
    assert_eq!(column, "市场份额");
    assert!(over.text(Lang::Zh).contains("不能超过 100"));
    assert_eq!(fault(&import, 3), ("进货额".into(), CellFault::Overflow));
    let Verdict::Error(errors) = &import.rows()[0].verdict else {
        panic!("{:?}", import.rows()[0].verdict)
    };
    assert_eq!(
        errors[0].text(Lang::Zh),
        "第 2 行「进货额」列：只记人民币，请先换算成元再填（现在是“$1500”）"
    );
    let sales = |month| amount(&replica, "甲", metrics::sales_in(), month);
    assert_eq!(sales("2026-02"), Some(Quantity::whole(200)));
    // No row is half-imported: one with a share over a hundred waits as a whole.
    assert_eq!(sales("2026-03"), None);
}

#[test]
fn readings_come_in_long_form() {
    let mut replica = replica();
    let import = replica.import(
        "经销商,指标,月份,数值,来源
甲,进货额,2026-01,12.5万,ERP
甲,销量,2026年2月,30,ERP
甲,市占率,2026-03,18%,
甲,毛利,2026-01,5,
甲,进货额,2026-04,5,
甲,市占率,2026-02,-5,
甲,进货额,2026-02,,
甲,进货额,2026-13,5,
",
    );
    assert_eq!(
        amount(&replica, "甲", metrics::sales_in(), "2026-01"),
        Some(Quantity::whole(125_000))
    );
    assert_eq!(
        amount(&replica, "甲", metrics::units(), "2026-02"),
        Some(Quantity::whole(30))
    );
    assert_eq!(
        amount(&replica, "甲", metrics::market_share(), "2026-03"),
        Some(Quantity(1800))
    );
    assert_eq!(fault(&import, 3), ("指标".into(), CellFault::NoSuchMetric));
    assert_eq!(fault(&import, 4), ("数值".into(), CellFault::FutureMonth));
    assert_eq!(
        fault(&import, 5),
        ("数值".into(), CellFault::Fault(Fault::TooSmall))
    );
    assert_eq!(
        fault(&import, 6),
        ("数值".into(), CellFault::Fault(Fault::Missing))
    );
    assert_eq!(fault(&import, 7).0, "月份");
    let jia = replica.dealer_id("甲");
    let running = replica
        .book
        .reading(
            jia,
            metrics::market_share(),
            Month::parse("2026-03").unwrap(),
        )
        .unwrap();
    assert_eq!(
        running.figure.unwrap().as_of,
        today(),
        "a running month counts up to today"
    );
    let past = replica
        .book
        .reading(jia, metrics::sales_in(), Month::parse("2026-01").unwrap())
        .unwrap();
    assert_eq!(Some(past.figure.unwrap().as_of), parse_date("2026-01-31"));
    assert_eq!(past.source, "ERP");
}

#[test]
fn readings_come_in_wide_form() {
    let mut replica = replica();
    let csv = "经销商,2026年1月（万元）,2026年2月（万元）\n甲,1.5,2\n乙,,3\n";
    let table = grid(csv);
    let mut mapping = Mapping::guess_content(&table, &replica.book, today());
    mapping.metric = Some(metrics::sales_in());
    let import = Import::make(&replica.book, Arc::clone(&table), mapping.clone(), today()).unwrap();
    replica.commit(&import);
    assert_eq!(replica.book.readings.len(), 3);
    assert_eq!(
        amount(&replica, "甲", metrics::sales_in(), "2026-01"),
        Some(Quantity::whole(15_000))
    );
    assert_eq!(
        amount(&replica, "乙", metrics::sales_in(), "2026-02"),
        Some(Quantity::whole(30_000))
    );

    let again = Import::make(&replica.book, table, mapping, today()).unwrap();
    assert_eq!(again.counts().same, 2);
    let update = replica.plan("经销商,2026年1月进货额,2026年1月销量\n甲,16000,7\n");
    assert!(matches!(update.rows()[0].verdict, Verdict::New));
    replica.commit(&update);
    assert_eq!(
        amount(&replica, "甲", metrics::sales_in(), "2026-01"),
        Some(Quantity::whole(16_000))
    );
    assert_eq!(
        amount(&replica, "甲", metrics::units(), "2026-01"),
        Some(Quantity::whole(7))
    );

    let update = replica.plan("经销商,2026年1月进货额\n甲,17000\n");
    assert!(matches!(update.rows()[0].verdict, Verdict::Update(_)));
}

#[test]
fn metrics_side_by_side_take_the_chosen_month() {
    let mut replica = replica();
    let table = grid("客户编码,进货额,客户满意度\nD1,1000,92.5\n");
    let mut mapping = Mapping::guess_content(&table, &replica.book, today());
    mapping.month = Month::new(2026, 2);
    let import = Import::make(&replica.book, table, mapping, today()).unwrap();
    replica.commit(&import);
    assert_eq!(
        amount(&replica, "甲", metrics::satisfaction(), "2026-02"),
        Some(Quantity(9250))
    );
}

#[test]
fn a_month_given_twice_is_a_duplicate() {
    let mut replica = replica();
    let mut import = replica.plan("经销商,指标,月份,数值\n甲,销量,2026-01,1\n甲,销量,2026-01,2\n");
    match import.rows()[1].verdict {
        Verdict::Duplicate { twin, likeness } => {
            assert_eq!((twin, likeness), (Twin::Line(2), Likeness::Month))
        }
        ref other => panic!("{other:?}"),
    }
    import.choose(1, Choice::Skip);
    replica.commit(&import);
    assert_eq!(
        amount(&replica, "甲", metrics::units(), "2026-01"),
        Some(Quantity::whole(1))
    );
    let more = replica.plan("经销商,指标,月份,数值\n甲,销量,2026-01,1\n甲,销量,2026-01,2\n");
    replica.commit(&more);
    assert_eq!(
        amount(&replica, "甲", metrics::units(), "2026-01"),
        Some(Quantity::whole(2))
    );
}

#[test]
fn a_reading_in_the_bin_comes_back_when_imported() {
    let mut replica = replica();
    let csv = "经销商,指标,月份,数值\n甲,销量,2026-01,1\n";
    replica.import(csv);
    let id = replica.book.readings.iter().next().unwrap().id;
    replica.write(&[bin(id, true)]);
    assert!(replica.book.readings.is_empty());
    replica.import(csv);
    assert_eq!(
        amount(&replica, "甲", metrics::units(), "2026-01"),
        Some(Quantity::whole(1))
    );
    let again = replica.plan(csv);
    assert_eq!(
        again.changes(&replica.book, &mut Uuid::nil),
        Err(Blocked::NothingToDo)
    );
}
