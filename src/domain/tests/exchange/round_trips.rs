//! There and back: what both sides can hold is not lost.

use crate::given::{filled, today};
use crate::replica::Replica;
use tongxing_domain::custom;
use tongxing_domain::demo;
use tongxing_domain::duplicates;
use tongxing_domain::exchange::{DateForm, PRESETS};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::{CustomField, CustomKind, CustomOn, Dealer, OtherSystem};
use tongxing_domain::value::Link;
use tongxing_domain::words::Lang;

/// The modules of a system in the order in which they are imported.
fn modules(system: OtherSystem) -> impl Iterator<Item = &'static str> {
    PRESETS
        .iter()
        .filter(move |preset| preset.system == system)
        .map(|preset| preset.module)
}

const ZOHO: [(&str, &str); 6] = [
    (
        "Accounts",
        "\
Record Id,Account Name,Account Number,Account Type,Rating,Phone,Billing Street,Billing State,Employees,Annual Revenue,Tag,Description
z1,Qinghe Kitchens,Q-1,Distributor,Active,0571-1,1 Road,Zhejiang,24,1200000.5,\"a,b\",\"Own shops, and
online\"
z2,\"Muxi \"\"Home\"\"\",,,,,,,,,,
",
    ),
    (
        "Contacts",
        "\
Record Id,First Name,Last Name,Account Name,Title,Mobile,Email,Date of Birth,Description
c1,Wei,Zhang,Qinghe Kitchens,Manager,138,w@q.cn,03/25/1980,knows everybody
c2,,王小满,\"Muxi \"\"Home\"\"\",,,,,
",
    ),
    (
        "Deals",
        "\
Record Id,Deal Name,Account Name,Amount,Created Time,Closing Date,Stage,Contact Name,Description
d1,Autumn,Qinghe Kitchens,250000.5,01/05/2026,06/30/2026,Qualification,Wei,Display first
d2,Trial,Qinghe Kitchens,1000,01/01/2026,02/01/2026,Closed Won,,
d3,Lost,Qinghe Kitchens,1000,01/01/2026,02/01/2026,Closed Lost,,
",
    ),
    (
        "Events",
        "\
Record Id,Title,Related To,Start DateTime,End DateTime,Channel,Description
e1,Spring,Qinghe Kitchens,03/02/2026 14:30:00,03/02/2026 16:00:00,Visit,Six units
e2,Summer,Qinghe Kitchens,03/20/2026 09:00:00,03/20/2026 10:00:00,Video,Stock
",
    ),
    (
        "Tasks",
        "\
Record Id,Subject,Related To,Task Owner,Due Date,Status,Closed Time
t1,Send,Qinghe Kitchens,May,03/15/2026,Not Started,
t2,Call,Qinghe Kitchens,May,03/01/2026,Completed,03/02/2026
",
    ),
    (
        "Notes",
        "\
Record Id,Note Title,Parent Name,Note Content,Created Time
n1,WeChat,Qinghe Kitchens,Wants prices,03/01/2026 18:20:00
",
    ),
];

const SHARE: [(&str, &str); 5] = [
    (
        "客户",
        "\
唯一性ID,客户名称,客户编号,客户类型,客户级别,省,详细地址,电话,人员规模,年营业额,标签,备注
k1,青禾厨电,Q-1,零售商,A,浙江,灶台路 1 号,0571-1,24,1200000.5,样板,价格敏感
",
    ),
    (
        "联系人",
        "\
唯一性ID,姓名,客户名称,职务,手机,邮件,微信,生日,备注
p1,王小满,青禾厨电,店长,138,w@q.cn,wxm,1985-02-28,爱喝茶
",
    ),
    (
        "销售订单",
        "\
销售订单编号,客户名称,下单日期,销售订单金额(元)
SO-1,青禾厨电,2026-01-05,1000.5
SO-2,青禾厨电,2026-01-20,-500
",
    ),
    (
        "拜访",
        "\
唯一性ID,拜访主题,客户名称,计划开始时间,计划结束时间,拜访目的,签到时间,签退时间,拜访状态,拜访总结
v1,春季陈列,青禾厨电,2026-03-02 14:30:00,2026-03-02 16:00:00,看样机,2026-03-02 14:40:00,2026-03-02 15:50:00,已完成,六台样机
v2,夏季备货,青禾厨电,2026-03-20 09:00:00,2026-03-20 10:00:00,谈库存,,,未开始,
v3,取消的,青禾厨电,2026-03-01 09:00:00,2026-03-01 10:00:00,,,,已取消,
",
    ),
    (
        "跟进记录",
        "\
唯一性ID,客户名称,跟进时间,跟进方式,主题,跟进内容
f1,青禾厨电,2026-03-05 11:00:00,电话,价格,想要新价格表
",
    ),
];

fn there_and_back(files: &[(&str, &str)], form: DateForm) {
    let mut replica = Replica::default();
    for (module, csv) in files {
        let taken = replica.take(module, csv);
        assert_eq!(taken.unheld, [], "{module}");
    }
    for (module, csv) in files {
        let given = replica.give(module, form);
        let rows = crate::given::grid(csv);
        let mut want: Vec<Vec<(String, String)>> = (0..rows.rows())
            .map(|at| {
                let cells = rows.headings().iter().enumerate();
                cells
                    .map(|(place, heading)| (heading.clone(), rows.cell(at, place).to_owned()))
                    .filter(|(_, cell)| !cell.is_empty())
                    .collect()
            })
            .collect();
        want.sort();
        let mut got = filled(&given.sheet);
        // The book knows a channel and a status of every meeting and dealer, files may not.
        for row in &mut got {
            row.retain(|(heading, _)| rows.headings().contains(heading));
        }
        assert_eq!(got, want, "{module}");
        // What was given is taken again without a change.
        let again = replica.take(module, &given.sheet.to_csv());
        assert_eq!((again.new, again.updated), (0, 0), "{module}");
        assert_eq!(again.changes, [], "{module}");
    }
}

#[test]
fn zoho_to_the_book_and_back() {
    there_and_back(&ZOHO, DateForm::MonthFirst);
}

#[test]
fn share_crm_to_the_book_and_back() {
    there_and_back(&SHARE, DateForm::Iso);
}

/// The demo book goes out and comes into an empty book: what went out the first time goes out
/// the second time.
#[test]
fn the_book_to_another_system_and_back() {
    let mut replica = Replica::default();
    replica.write(&demo::book(today(), 7));
    // The demo book has one dealer twice; other systems know dealers by name alone.
    for pair in duplicates::pairs(&replica.book) {
        let merging = duplicates::merge(&replica.book, pair.first, pair.second).unwrap();
        replica.write(&merging.changes);
    }
    assert_eq!(replica.book.dealers.len(), 23);
    for (system, form) in [
        (OtherSystem::Zoho, DateForm::MonthFirst),
        (OtherSystem::ShareCrm, DateForm::Iso),
    ] {
        let mut other = Replica::default();
        for module in modules(system) {
            let given = replica.give(module, form);
            assert!(
                !given.sheet.rows.is_empty() || module == "Notes",
                "{module}"
            );
            let incoming = other.try_take(module, &given.sheet.to_csv());
            assert_eq!(incoming.errors, [], "{module}");
            other.write(&incoming.changes);
            let back = other.give(module, form);
            let without_ids = |rows: Vec<Vec<(String, String)>>| -> Vec<Vec<(String, String)>> {
                let mut rows: Vec<Vec<(String, String)>> = rows
                    .into_iter()
                    .map(|row| {
                        row.into_iter()
                            .filter(|(heading, _)| {
                                !matches!(heading.as_str(), "Record Id" | "唯一性ID")
                            })
                            .collect()
                    })
                    .collect();
                rows.sort();
                rows
            };
            assert_eq!(
                without_ids(filled(&back.sheet)),
                without_ids(filled(&given.sheet)),
                "{module}"
            );
        }
    }
}

#[test]
fn the_teams_own_fields_go_along_and_come_back() {
    let field = |name: &str, kind| CustomField {
        name: name.into(),
        on: Some(CustomOn::Dealer),
        kind: Some(kind),
        options: "旧款\n新款".into(),
        position: name.into(),
        ..CustomField::with_id(Id::natural(&[name]))
    };
    for (module, form, name, day) in [
        (
            "Accounts",
            DateForm::MonthFirst,
            "Account Name",
            "03/25/2026",
        ),
        ("客户", DateForm::Iso, "客户名称", "2026-03-25"),
    ] {
        // The last one is called like a column that the other system has.
        let fields = [
            field("A 门头", CustomKind::Choice),
            field("B 换样", CustomKind::Date),
            field("C 仓库", CustomKind::Number),
            field("D 空着", CustomKind::Text),
            field(name, CustomKind::Text),
        ];
        let mut replica = Replica::default();
        let mut other = Replica::default();
        for field in &fields {
            replica.write(&changes(None, field));
            other.write(&changes(None, field));
        }
        let dealer = Dealer {
            name: "青禾厨电".into(),
            ..Dealer::with_id(Id::natural(&["dealer"]))
        };
        replica.write(&changes(None, &dealer));
        let link = |id: Id<Dealer>| Link {
            table: Dealer::NUMBER,
            id: id.uuid(),
        };
        for (field, text) in fields.iter().zip(["新款", "2026-03-25", "120.5", "", "甲"]) {
            let set = custom::set(&replica.book, field, link(dealer.id), text).unwrap();
            replica.write(&set);
        }
        let given = replica.give(module, form);
        let row = filled(&given.sheet).remove(0);
        let cell = |name: &str| {
            let found = row.iter().find(|(heading, _)| heading == name);
            found.map(|(_, cell)| cell.as_str())
        };
        assert_eq!(cell(name), Some("青禾厨电"));
        assert_eq!(
            [cell("A 门头"), cell("B 换样"), cell("C 仓库")],
            [Some("新款"), Some(day), Some("120.5")]
        );
        assert!(!given.sheet.headings.contains(&"D 空着".to_owned()));
        let stays: Vec<_> = given
            .unheld
            .iter()
            .map(|it| (it.what.as_str(), it.rows))
            .collect();
        assert_eq!(stays, [(name, 1)]);

        let taken = other.take(module, &given.sheet.to_csv());
        assert_eq!((taken.new, taken.unheld), (1, Vec::new()));
        let there = other.book.dealers.iter().next().unwrap().id;
        for field in fields.iter().take(3) {
            assert_eq!(
                custom::value(&other.book, field, there.uuid()),
                custom::value(&replica.book, field, dealer.id.uuid()),
                "{}",
                field.name
            );
        }
        // What was given is known again; what is no option is an error of its row.
        assert_eq!(other.take(module, &given.sheet.to_csv()).changes, []);
        let wrong = given.sheet.to_csv().replace("新款", "木门");
        let errors = other.try_take(module, &wrong).errors;
        let texts: Vec<String> = errors.iter().map(|error| error.text(Lang::En)).collect();
        assert!(texts.len() == 1 && texts[0].contains("A 门头"), "{texts:?}");
    }
}
