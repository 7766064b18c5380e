//! What files of Zoho CRM and 纷享销客 become, what they cannot, and what is wrong with them.

use crate::given::{filled, grid, preset, today};
use crate::replica::Replica;
use tongxing_domain::date::{Month, parse_date};
use tongxing_domain::exchange::{DateForm, PRESETS, Unheld, incoming};
use tongxing_domain::import::CellFault;
use tongxing_domain::metrics;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::tables::{Channel, MeetingStage};
use tongxing_domain::value::Outcome;

const ACCOUNTS: &str = "\
Record Id,Account Owner,Rating,Account Name,Phone,Account Type,Employees,Annual Revenue,Billing Street,Billing State,Tag,Description
zcrm_1,May Zhou,Active,Hangzhou Qinghe Kitchens,0571-8888-0000,Distributor,24,12000000,1 Zaotai Rd,Zhejiang,flagship,Own shops and online
zcrm_2,May Zhou,,Muxi Home,0512-7777-0000,Analyst,,,,Jiangsu,,
";

pub(crate) fn zoho() -> Replica {
    let mut replica = Replica::default();
    replica.take("Accounts", ACCOUNTS);
    replica
}

#[test]
fn every_preset_names_fields_that_there_are() {
    use tongxing_domain::book::Book;
    use tongxing_domain::exchange::Cell;
    for preset in PRESETS {
        let table = Book::table(preset.table).unwrap();
        for column in preset.columns {
            assert!(!column.headers.is_empty());
            if let Cell::Field(key) | Cell::Choice(key, _) = column.cell {
                assert!(table.position(key).is_some(), "{} {key}", preset.module);
            }
        }
        for (key, _) in preset.constants {
            assert!(table.position(key).is_some(), "{} {key}", preset.module);
        }
    }
}

#[test]
fn what_the_book_cannot_hold_is_told_first() {
    let replica = Replica::default();
    let incoming = replica.try_take("Accounts", ACCOUNTS);
    assert_eq!((incoming.new, incoming.updated), (2, 0));
    let unheld = |what: &str, rows| Unheld {
        what: what.into(),
        rows,
    };
    assert_eq!(
        incoming.unheld,
        [
            unheld("Account Owner", 2),
            unheld("Account Type: Analyst", 1)
        ]
    );
}

#[test]
fn a_second_import_updates_by_the_record_id() {
    let mut replica = zoho();
    let again = replica.take("Accounts", ACCOUNTS);
    assert_eq!((again.new, again.updated, again.same), (0, 0, 2));
    assert!(again.changes.is_empty());
    // Renamed there: the same dealer here, and a blank cell leaves what is there.
    let renamed = replica.take(
        "Accounts",
        "Record Id,Account Name,Phone\nzcrm_2,Muxi Home Group,\n",
    );
    assert_eq!((renamed.new, renamed.updated), (0, 1));
    let dealer = replica
        .book
        .dealers
        .iter()
        .find(|d| d.name == "Muxi Home Group");
    assert_eq!(dealer.unwrap().phone, "0512-7777-0000");
    assert_eq!(replica.book.dealers.len(), 2);
    // Without an id, the name tells.
    let named = replica.take("Accounts", "Account Name,Phone\nMuxi Home Group,123\n");
    assert_eq!((named.new, named.updated), (0, 1));
}

#[test]
fn people_belong_to_their_dealer_by_name() {
    let mut replica = zoho();
    let csv = "\
Record Id,First Name,Last Name,Account Name,Mobile,Date of Birth
c1,Wei,Zhang,Muxi Home,13800000000,03/25/1980
c2,小满,王,Muxi Home,,1985-02-28
";
    replica.take("Contacts", csv);
    let mut names: Vec<_> = replica
        .book
        .contacts
        .iter()
        .map(|contact| (contact.name.clone(), contact.birthday.unwrap().to_string()))
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            ("Wei Zhang".into(), "1980-03-25".into()),
            ("王小满".into(), "1985-02-28".to_owned())
        ]
    );
    assert_eq!(replica.take("Contacts", csv).same, 2);
}

#[test]
fn meetings_before_today_were_held_and_others_are_planned() {
    let mut replica = zoho();
    replica.take(
        "Events",
        "\
Record Id,Title,Related To,Start DateTime,End DateTime,Description
e1,Spring display,Muxi Home,03/02/2026 02:30 PM,03/02/2026 04:00 PM,Six units agreed
e2,Summer plan,Muxi Home,2026-03-20 09:00:00,2026-03-20 10:00:00,Talk about stock
",
    );
    replica.take(
        "Notes",
        "Record Id,Note Title,Note Content,Parent Name,Created Time
n1,WeChat,Wants a price list,Muxi Home,2026-03-01T18:20:00+08:00
",
    );
    let find = |subject: &str| {
        let mut meetings = replica.book.meetings.iter();
        meetings.find(|meeting| meeting.subject == subject).unwrap()
    };
    let held = find("Spring display");
    assert_eq!(held.stage(), MeetingStage::Closed);
    assert_eq!(held.minutes, "Six units agreed");
    assert_eq!(held.started.unwrap().to_string(), "2026-03-02T14:30");
    assert_eq!(held.planned.unwrap().minutes, 90);
    let planned = find("Summer plan");
    assert_eq!(planned.stage(), MeetingStage::Planned);
    assert_eq!(
        (planned.purpose.as_str(), planned.minutes.as_str()),
        ("Talk about stock", "")
    );
    let note = find("WeChat");
    assert_eq!(note.channel, Some(Channel::Message));
    assert_eq!(note.started.unwrap().to_string(), "2026-03-01T18:20");
}

#[test]
fn deals_are_goals_and_tasks_are_actions() {
    let mut replica = zoho();
    let incoming = replica.take(
        "Deals",
        "\
Record Id,Deal Name,Account Name,Amount,Closing Date,Stage,Created Time,Probability
d1,Autumn order,Muxi Home,250000.5,06/30/2026,Qualification,01/05/2026 09:00 AM,40
d2,Trial,Muxi Home,1000,2026-02-01,Closed Won,2026-01-01,100
d3,Old,Muxi Home,1000,2026-02-01,Needs Analysis,2026-01-01,10
",
    );
    let what: Vec<_> = incoming
        .unheld
        .iter()
        .map(|unheld| unheld.what.as_str())
        .collect();
    assert_eq!(what, ["Probability", "Stage: Needs Analysis"]);
    let goals: Vec<_> = replica.book.goals.iter().collect();
    let autumn = goals
        .iter()
        .find(|goal| goal.title == "Autumn order")
        .unwrap();
    assert_eq!(autumn.metric, metrics::sales_in());
    assert_eq!(autumn.course.unwrap().target, Quantity(25_000_050));
    assert_eq!(autumn.span.unwrap().start().to_string(), "2026-01-05");
    let trial = goals.iter().find(|goal| goal.title == "Trial").unwrap();
    assert_eq!(
        trial.outcome,
        Outcome::Done(parse_date("2026-02-01").unwrap())
    );

    replica.take(
        "Tasks",
        "\
Record Id,Subject,Related To,Task Owner,Due Date,Status,Closed Time
t1,Send the catalogue,Muxi Home,May Zhou,03/15/2026,Not Started,
t2,Call the fitter,Muxi Home,May Zhou,03/01/2026,Completed,03/02/2026 10:00 AM
",
    );
    let done = replica
        .book
        .actions
        .iter()
        .find(|a| a.title == "Call the fitter")
        .unwrap();
    assert_eq!(
        done.outcome,
        Outcome::Done(parse_date("2026-03-02").unwrap())
    );
    assert_eq!(done.owner, "May Zhou");
}

#[test]
fn mistakes_name_their_row_and_column_and_nothing_is_written() {
    let mut replica = zoho();
    let before = replica.book.contacts.len();
    let incoming = replica.try_take(
        "Contacts",
        "\
Record Id,Last Name,Account Name,Date of Birth
c1,Zhang,Nobody Ltd,
c2,Li,Muxi Home,02/30/1980
c3,,Muxi Home,
c4,Wang,Muxi Home,1980-05-05
",
    );
    let told: Vec<_> = incoming
        .errors
        .iter()
        .map(|error| (error.line, error.column.as_str()))
        .collect();
    assert_eq!(
        told,
        [(2, "Account Name"), (3, "Date of Birth"), (4, "Last Name")]
    );
    assert_eq!(incoming.errors[0].fault, CellFault::NoSuchDealer);
    assert!(incoming.changes.is_empty());
    replica.write(&incoming.changes);
    assert_eq!(replica.book.contacts.len(), before);

    let lacking = super::given::grid("Record Id,First Name\nc1,Wei\n");
    let fault = incoming_of(&replica, "Contacts", &lacking);
    assert_eq!(fault, ["Last Name", "Account Name"]);
}

fn incoming_of(
    replica: &Replica,
    module: &str,
    grid: &std::sync::Arc<tongxing_domain::import::Grid>,
) -> Vec<&'static str> {
    incoming(&replica.book, preset(module), grid, today(), &mut || {
        tongxing_domain::id::Uuid::from_u128(1)
    })
    .unwrap_err()
}

const CUSTOMERS: &str = "\
唯一性ID,客户名称,客户编号,客户级别,省,电话,成交状态
k1,苏州木樨家居,MX-01,A,江苏,0512-7777-0000,已成交
";

#[test]
fn orders_make_up_the_months_sales_in() {
    let mut replica = Replica::default();
    let customers = replica.take("客户", CUSTOMERS);
    assert_eq!(customers.unheld[0].what, "成交状态");
    let january = Month::parse("2026-01").unwrap();
    let amount = |replica: &Replica, month: Month| {
        let dealer = replica.book.dealers.iter().next().unwrap().id;
        let reading = replica.book.reading(dealer, metrics::sales_in(), month);
        reading
            .and_then(|reading| reading.figure)
            .map(|figure| figure.amount)
    };
    let orders = "\
销售订单编号,客户名称,下单日期,销售订单金额(元)
SO-1,苏州木樨家居,2026-01-05,1000.5
SO-2,苏州木樨家居,2026/1/20,500
SO-3,苏州木樨家居,2026年2月3日,-200
";
    let first = replica.take("销售订单", orders);
    assert_eq!(first.new, 3);
    assert_eq!(amount(&replica, january), Some(Quantity(150_050)));
    assert_eq!(
        amount(&replica, january.plus(1)),
        Some(Quantity::whole(-200))
    );
    assert_eq!(replica.take("销售订单", orders).same, 3);
    // One order is corrected, another moves to February; the file has these two alone.
    replica.take(
        "销售订单",
        "订单编号,客户名称,下单日期,订单金额\nSO-1,苏州木樨家居,2026-01-05,900\nSO-2,苏州木樨家居,2026-02-01,500\n",
    );
    assert_eq!(amount(&replica, january), Some(Quantity::whole(900)));
    assert_eq!(
        amount(&replica, january.plus(1)),
        Some(Quantity::whole(300))
    );
    let rows = filled(&replica.give("销售订单", DateForm::Iso).sheet);
    let keys: Vec<_> = rows
        .iter()
        .map(|row| {
            row.iter()
                .find(|(h, _)| h == "销售订单编号")
                .unwrap()
                .1
                .as_str()
        })
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(grid(&replica.give("销售订单", DateForm::Iso).sheet.to_csv()).rows() == 3);
    let ahead = replica.try_take(
        "销售订单",
        "订单编号,客户名称,下单日期,订单金额\nSO-9,苏州木樨家居,2026-04-05,900\n",
    );
    assert_eq!(ahead.errors[0].fault, CellFault::FutureMonth);
}
