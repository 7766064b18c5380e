//! Rows that are records of any table, with the team's own fields, and people from cards.

use crate::given::{grid, today};
use crate::replica::Replica;
use std::sync::Arc;
use tongxing_domain::custom;
use tongxing_domain::date::parse_date;
use tongxing_domain::demo;
use tongxing_domain::duplicates;
use tongxing_domain::exchange::{Unheld, listed, vcard, workbook};
use tongxing_domain::id::Id;
use tongxing_domain::import::{CellFault, Column, Content, Import, Likeness, Mapping, Verdict};
use tongxing_domain::schema::{Record, changes};
use tongxing_domain::tables::{
    Action, Contact, CustomField, CustomKind, CustomOn, Dealer, Promise, Side, Target,
};
use tongxing_domain::value::{Outcome, Value};
use tongxing_domain::words::Lang;

fn replica() -> Replica {
    let mut replica = Replica::default();
    replica.import("编码,名称,区域\nD1,甲,杭州\nD2,乙,苏州\n");
    replica
}

fn fault(import: &Import, row: usize) -> (String, CellFault) {
    match &import.rows()[row].verdict {
        Verdict::Error(errors) => (errors[0].column.clone(), errors[0].fault),
        other => panic!("{other:?}"),
    }
}

#[test]
fn actions_find_their_dealer_and_are_known_again() {
    let mut replica = replica();
    let csv = "\
经销商,待办,责任方,到期日,完成情况
甲,寄样册,我方,2026-03-20,
D2,核对库存,经销商,,已完成 2026-03-02
丙,没有这家,我方,,
甲,,我方,,
";
    let import = replica.plan(csv);
    assert_eq!(import.mapping().content(), Content::Table(Action::TABLE));
    assert_eq!(
        fault(&import, 2),
        ("经销商".into(), CellFault::NoSuchDealer)
    );
    assert_eq!(fault(&import, 3).0, "待办");
    replica.import(csv);
    let of = |title: &str| {
        let mut actions = replica.book.actions.iter();
        Arc::clone(actions.find(|action| action.title == title).unwrap())
    };
    assert_eq!(of("寄样册").due, parse_date("2026-03-20"));
    let done = of("核对库存");
    assert_eq!(
        (done.side, done.dealer),
        (Some(Side::Dealer), replica.dealer_id("乙"))
    );
    assert_eq!(
        done.outcome,
        Outcome::Done(parse_date("2026-03-02").unwrap())
    );
    // The same again changes nothing; another day for the same is asked about.
    let again = replica.plan(csv);
    assert_eq!((again.counts().same, again.counts().error), (2, 2));
    let moved = replica.plan("经销商,待办,责任方,到期日\n甲,寄样册,我方,2026-03-25\n");
    assert!(matches!(
        moved.rows()[0].verdict,
        Verdict::Duplicate {
            likeness: Likeness::Name,
            ..
        }
    ));
    replica.commit(&moved);
    assert_eq!(replica.book.actions.len(), 2);
}

#[test]
fn of_what_there_is_one_the_second_row_is_the_same_record() {
    let mut replica = replica();
    let csv = "经销商,指标,月份,目标值\n甲,进货额,2026-03,10万\n";
    replica.import(csv);
    let import = replica.import("经销商,指标,月份,目标值\n甲,进货额,2026-03,12万\n");
    assert!(matches!(import.rows()[0].verdict, Verdict::Update(_)));
    assert_eq!(import.mapping().content(), Content::Table(Target::TABLE));
    assert_eq!(replica.book.targets.len(), 1);
}

#[test]
fn a_file_says_what_the_book_has_no_place_for() {
    let replica = replica();
    let import = replica.plan("编码,名称,传真,导入失败原因\nD1,甲,1,x\nD2,乙,,y\n");
    let unheld = Unheld {
        what: "传真".into(),
        rows: 1,
    };
    assert_eq!(import.unheld(), [unheld]);
}

#[test]
fn the_teams_own_fields_travel_both_ways() {
    let mut replica = replica();
    let field = CustomField {
        name: "门头".into(),
        on: Some(CustomOn::Dealer),
        kind: Some(CustomKind::Choice),
        options: "旧款\n新款".into(),
        ..CustomField::with_id(Id::natural(&["field"]))
    };
    replica.write(&changes(None, &field));
    let import = replica.plan("编码,门头\nD1,新款\nD2,金色\n");
    assert_eq!(fault(&import, 1), ("门头".into(), CellFault::NoOption));
    let csv = "编码,名称,门头\nD1,甲,新款\nD3,丙,旧款\n";
    replica.import(csv);
    let held = |replica: &Replica, name: &str| {
        custom::value(&replica.book, &field, replica.dealer_id(name).uuid())
    };
    assert_eq!(held(&replica, "甲"), Value::Text("新款".into()));
    assert_eq!(held(&replica, "丙"), Value::Text("旧款".into()));
    assert_eq!(replica.plan(csv).counts().same, 2);

    let rows = replica.book.rows(Dealer::NUMBER);
    let columns: Vec<usize> = (0..Dealer::TABLE.fields.len()).collect();
    let out = listed(
        &replica.book,
        Dealer::TABLE,
        &rows,
        &columns,
        Lang::Zh,
        false,
    );
    assert_eq!(out.headings.last().map(String::as_str), Some("门头"));
    assert_eq!(replica.plan(&out.to_csv()).counts().same, 3);
}

/// Every record of every table that has rows of its own goes out as a workbook and is read as
/// what it is.
#[test]
fn workbooks_of_ours_change_nothing() {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    // The demo book has one dealer twice; files know dealers by name.
    for pair in duplicates::pairs(&replica.book) {
        let merging = duplicates::merge(&replica.book, pair.first, pair.second).unwrap();
        replica.write(&merging.changes);
    }
    let mut tables = 0;
    for content in Content::USUAL.into_iter().chain(Content::tables()) {
        let table = content.table();
        let rows = replica.book.count(table.number);
        if rows == 0 {
            continue;
        }
        for lang in [Lang::Zh, Lang::En] {
            let file = workbook::write(&replica.book, &[table], lang, false, today()).unwrap();
            let grid = Arc::new(crate::given::open(&file).unwrap());
            let mapping = Mapping::guess(content, &grid, &replica.book, today());
            assert_eq!(mapping.missing(), [], "{}", table.key);
            let import = Import::make(&replica.book, grid, mapping, today()).unwrap();
            let wrong: Vec<String> = import.errors().map(|error| error.text(Lang::En)).collect();
            // What a formula gives is no reading.
            let formulas = wrong
                .iter()
                .filter(|text| text.contains("worked out"))
                .count();
            assert_eq!(wrong.len(), formulas, "{}: {wrong:?}", table.key);
            assert_eq!(
                import.counts().same + formulas,
                rows,
                "{} {:?}",
                table.key,
                import.counts()
            );
        }
        tables += 1;
    }
    assert!(tables > 20, "{tables}");
}

#[test]
fn a_workbook_with_ids_fills_an_empty_book() {
    let mut there = replica();
    there.import("经销商,姓名,手机,生日\n甲,王小满,138,1985-02-28\n");
    let mut here = Replica::default();
    for table in [Dealer::TABLE, Contact::TABLE] {
        let file = workbook::write(&there.book, &[table], Lang::En, false, today()).unwrap();
        let grid = Arc::new(crate::given::open(&file).unwrap());
        let mapping = Mapping::guess_content(&grid, &here.book, today());
        let import = Import::make(&here.book, grid, mapping, today()).unwrap();
        assert_eq!(import.counts().error, 0);
        here.commit(&import);
    }
    for contact in there.book.contacts.iter() {
        assert_eq!(here.book.contacts.get(contact.id).unwrap(), contact);
    }
    assert_eq!(here.dealer_id("甲"), there.dealer_id("甲"));
}

const CARDS: &str = "\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王小满\r\nORG:甲;市场部\r\nTITLE:店长\r\nTEL;TYPE=CELL:138\r\n \
0000\r\nTEL;TYPE=WORK:0571-1\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\nNOTE:爱喝茶\\n发微信\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:4.0\r\nFN:李知秋\r\nBDAY:19850228\r\nEND:VCARD\r\n";

#[test]
fn cards_become_people_and_say_what_stays_behind() {
    let mut replica = replica();
    let cards = grid(CARDS);
    let mut mapping = Mapping::guess_content(&cards, &replica.book, today());
    assert_eq!(mapping.content(), Content::Contacts);
    let import = Import::make(&replica.book, Arc::clone(&cards), mapping.clone(), today()).unwrap();
    assert_eq!(import.rows()[1].line, 12);
    assert_eq!(fault(&import, 1).0, "ORG");
    let unheld: Vec<_> = import
        .unheld()
        .into_iter()
        .map(|unheld| unheld.what)
        .collect();
    assert_eq!(unheld, ["ORG 2", "PHOTO", "TEL 2"]);
    // Whoever names no dealer belongs to the one that was chosen.
    mapping.dealer = Some(replica.dealer_id("乙"));
    let import = Import::make(&replica.book, Arc::clone(&cards), mapping.clone(), today()).unwrap();
    assert_eq!((import.counts().new, import.counts().error), (2, 0));
    replica.commit(&import);
    let person = |name: &str| {
        let mut all = replica.book.contacts.iter();
        Arc::clone(all.find(|contact| contact.name == name).unwrap())
    };
    let wang = person("王小满");
    assert_eq!(
        (wang.phone.as_str(), wang.position.as_str()),
        ("1380000", "店长")
    );
    assert_eq!(wang.internal_notes, "爱喝茶\n发微信");
    assert_eq!(person("李知秋").birthday, parse_date("1985-02-28"));
    assert_eq!(person("李知秋").dealer, replica.dealer_id("乙"));
    let again = Import::make(&replica.book, cards, mapping, today()).unwrap();
    assert_eq!(again.counts().same, 2);
}

#[test]
fn people_go_out_as_cards_and_come_back() {
    let mut replica = replica();
    replica.import("经销商,姓名,手机,微信,生日,备注\n甲,王小满,138,wxm,1985-02-28,\"茶, 咖啡; 水\"\n乙,Wei Zhang,139,,,\n");
    let people: Vec<_> = replica.book.contacts.iter().cloned().collect();
    for version in [vcard::Version::V3, vcard::Version::V4] {
        let cards = vcard::write(&replica.book, &people, version, false);
        let import = replica.plan(&cards);
        assert_eq!((import.counts().same, import.unheld()), (2, vec![]));
        // Renamed here, a card still finds its person by id.
        let renamed = cards
            .replace("FN:王小满", "FN:王大满")
            .replace("N:王小满", "N:王大满");
        let import = replica.plan(&renamed);
        assert_eq!((import.counts().update, import.counts().new), (1, 0));
    }
    let mut other = self::replica();
    let cards = vcard::write(&replica.book, &people, vcard::Version::V4, false);
    other.import(&cards);
    for contact in &people {
        let back = other.book.contacts.get(contact.id).unwrap();
        assert_eq!((&back.name, &back.phone), (&contact.name, &contact.phone));
    }
}

#[test]
fn files_of_other_systems_are_known_by_their_headers() {
    let replica = replica();
    for (headings, module) in [
        ("Record Id,Account Name,Phone,Billing State", "Accounts"),
        (
            "Record Id,First Name,Last Name,Account Name,Email",
            "Contacts",
        ),
        (
            "Record Id,Deal Name,Account Name,Amount,Closing Date,Stage",
            "Deals",
        ),
        (
            "Record Id,Title,Related To,Start DateTime,End DateTime",
            "Events",
        ),
        ("Record Id,Subject,Related To,Due Date,Status", "Tasks"),
        (
            "Record Id,Note Title,Note Content,Parent Name,Created Time",
            "Notes",
        ),
        ("唯一性ID,客户名称,客户编号,客户级别,省", "客户"),
        ("唯一性ID,姓名,客户名称,职务,手机", "联系人"),
        (
            "销售订单编号,客户名称,下单日期,销售订单金额(元)",
            "销售订单",
        ),
        ("唯一性ID,拜访主题,客户名称,计划开始时间,拜访状态", "拜访"),
        ("唯一性ID,客户名称,跟进时间,跟进方式,跟进内容", "跟进记录"),
    ] {
        let cells = "x,".repeat(headings.split(',').count());
        let table = grid(&format!("{headings}\n{cells}\n"));
        let mapping = Mapping::guess_content(&table, &replica.book, today());
        match mapping.content() {
            Content::Foreign(preset) => assert_eq!(preset.module, module),
            other => panic!("{headings}: {other:?}"),
        }
        assert_eq!(mapping.missing(), []);
        let all =
            (0..mapping.len()).all(|place| matches!(mapping.get(place), Some(Column::Theirs(_))));
        assert!(all, "{headings}");
    }
    // Ours stay ours.
    let own = grid("客户名称,客户编号,电话\n甲,D1,1\n");
    let mapping = Mapping::guess_content(&own, &replica.book, today());
    assert_eq!(mapping.content(), Content::Dealers);
    let promises = grid("经销商,承诺内容,承诺方,到期日\n甲,到货,我方,2026-04-01\n");
    let mapping = Mapping::guess_content(&promises, &replica.book, today());
    assert!(
        matches!(mapping.content(), Content::Table(table) if table == Promise::TABLE),
        "{:?}",
        mapping.content()
    );
}

#[test]
fn a_column_of_another_system_can_be_moved_by_hand() {
    let replica = replica();
    let table = grid("Record Id,Account Name,Tel.\nz1,丙,0571-9\n");
    let mut mapping = Mapping::guess_content(&table, &replica.book, today());
    let Content::Foreign(preset) = mapping.content() else {
        panic!("{:?}", mapping.content());
    };
    let phone = preset
        .columns
        .iter()
        .position(|column| column.headers.contains(&"Phone"));
    mapping.set(2, phone.map(Column::Theirs));
    let import = Import::make(&replica.book, table, mapping, today()).unwrap();
    let mut replica = replica;
    replica.commit(&import);
    assert_eq!(replica.dealer("丙").phone, "0571-9");
}
