//! Headings to fields.

use crate::given::{grid, today};
use tongxing_domain::book::Book;
use tongxing_domain::date::Month;
use tongxing_domain::import::{Column, Content, Mapping};
use tongxing_domain::metrics;
use tongxing_domain::words::Lang;

fn guess(headings: &str) -> Mapping {
    let grid = grid(&format!(
        "{headings}\n{}\n",
        "x,".repeat(headings.split(',').count())
    ));
    Mapping::guess_content(&grid, &Book::default(), today())
}

fn check(headings: &str, content: Content, want: &[&str]) {
    let mapping = guess(headings);
    assert_eq!(mapping.content(), content, "{headings}");
    let labels: Vec<String> = (0..mapping.len())
        .map(|place| {
            mapping.get(place).map_or_else(String::new, |column| {
                column.label(content, &Book::default(), Lang::Zh)
            })
        })
        .collect();
    assert_eq!(labels, want, "{headings}");
}

#[test]
fn dealers_are_recognised_in_both_languages() {
    check(
        "客户编码,经销商名称,所属大区,客户类型,合作状态,年营业额（万元）,联系电话,详细地址,备注",
        Content::Dealers,
        &[
            "客户编码",
            "名称",
            "区域",
            "类型",
            "合作状态",
            "年营业额",
            "电话",
            "地址",
            "内部备注",
        ],
    );
    check(
        "Account Number,Account Name,Territory,Annual Revenue,Employees,Phone,Billing Street,Whatever",
        Content::Dealers,
        &[
            "客户编码",
            "名称",
            "区域",
            "年营业额",
            "员工人数",
            "电话",
            "地址",
            "",
        ],
    );
    check("名称,区域", Content::Dealers, &["名称", "区域"]);
}

#[test]
fn contacts_are_recognised() {
    check(
        "经销商,联系人姓名,职务,手机号,微信号,邮箱,生日",
        Content::Contacts,
        &["经销商名称", "姓名", "职务", "手机", "微信", "邮箱", "生日"],
    );
    check(
        "Account Name,Full Name,Title,Mobile Phone,E-mail",
        Content::Contacts,
        &["经销商名称", "姓名", "职务", "手机", "邮箱"],
    );
}

#[test]
fn readings_are_recognised_long_and_wide() {
    check(
        "经销商,指标,月份,数值",
        Content::Readings,
        &["经销商名称", "指标名称", "月份", "数值"],
    );
    check(
        "客户编码,2026年1月,2026年2月,2026-03",
        Content::Readings,
        &["客户编码", "2026年1月", "2026年2月", "2026年3月"],
    );
    check(
        "经销商名称,月份,进货额（万元）,销量,客户满意度",
        Content::Readings,
        &["经销商名称", "月份", "进货额", "销量", "客户满意度"],
    );
    check(
        "经销商,2026年2月销量,2026年2月进货额",
        Content::Readings,
        &["经销商名称", "销量 · 2026年2月", "进货额 · 2026年2月"],
    );
    check(
        "Dealer,Period,Sell-in,Market share",
        Content::Readings,
        &["经销商名称", "月份", "进货额", "市场份额"],
    );
}

#[test]
fn bare_months_belong_to_the_latest_year_that_has_them() {
    let month = |mapping: &Mapping, place| match mapping.get(place) {
        Some(Column::Value { month, .. }) => month,
        other => panic!("{other:?}"),
    };
    let this = guess("经销商,1月,2月,3月");
    assert_eq!(month(&this, 3), Month::new(2026, 3));
    let last = guess("经销商,1月,2月,3月,12月");
    assert_eq!(month(&last, 1), Month::new(2025, 1));
    assert_eq!(month(&last, 4), Month::new(2025, 12));
}

#[test]
fn each_field_is_mapped_once_and_can_be_moved() {
    let mut mapping = guess("名称,经销商名称,区域");
    let name = mapping.get(0).unwrap();
    assert_eq!(mapping.get(1), None);
    mapping.set(1, Some(name));
    assert_eq!((mapping.get(0), mapping.get(1)), (None, Some(name)));
    assert_eq!(mapping.score(1), 100);
    mapping.set(1, None);
    assert_eq!(mapping.missing().len(), 1);
    mapping.set(99, Some(name));
    assert_eq!(mapping.place_of(name), None);
}

#[test]
fn what_is_missing_is_said() {
    let mut wide = guess("经销商,2026年1月,2026年2月");
    assert_eq!(wide.missing().len(), 1);
    wide.metric = Some(metrics::units());
    assert!(wide.missing().is_empty());

    let mut side_by_side = guess("经销商,进货额,销量");
    assert_eq!(side_by_side.missing().len(), 1);
    side_by_side.month = Month::new(2026, 2);
    assert!(side_by_side.missing().is_empty());
}

#[test]
fn every_column_of_every_content_has_a_label() {
    let book = Book::default();
    let ours = Content::USUAL.into_iter().chain(Content::tables());
    for content in ours.chain(Content::foreign()) {
        for column in content.columns(&book) {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!column.label(content, &book, lang).is_empty(), "{column:?}");
            }
        }
    }
}
