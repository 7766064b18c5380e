//! Worked examples and laws of the search.

use super::*;
use proptest::prelude::*;

fn dealer(name: &str, change: impl FnOnce(&mut Dealer)) -> Dealer {
    let mut dealer = Dealer {
        name: name.into(),
        ..Dealer::with_id(Id::natural(&["dealer", name]))
    };
    change(&mut dealer);
    dealer
}

fn book() -> Book {
    let mut book = Book::default();
    for dealer in [
        dealer("杭州晨光厨卫", |d| {
            d.code = "HZ-001".into();
            d.phone = "0571-0000 1234 / 138 0000 5678".into();
            d.tags = ["重点".to_owned()].into();
            d.internal_notes = "资金紧张".into();
        }),
        dealer("晨光", |_| ()),
        dealer("重庆长江电器行", |d| {
            d.address = "渝中区晨光路 8 号".into()
        }),
        dealer("宁波海曙TCL专卖", |_| ()),
        dealer("Blue Kitchen Co.", |_| ()),
        dealer("绿洲家居", |_| ()),
    ] {
        book.dealers.set(dealer);
    }
    for (name, of, phone) in [
        ("单晓东", "绿洲家居", "13900007777"),
        ("陈光明", "宁波海曙TCL专卖", ""),
    ] {
        book.contacts.set(Contact {
            dealer: Id::natural(&["dealer", of]),
            name: name.into(),
            phone: phone.into(),
            ..Contact::with_id(Id::natural(&["contact", name]))
        });
    }
    book
}

fn names(book: &Book, index: &SearchIndex, query: &str) -> Vec<String> {
    index
        .dealers(query)
        .into_iter()
        .map(|(id, _)| book.dealers.get(id).unwrap().name.clone())
        .collect()
}

fn found(query: &str) -> Vec<String> {
    let book = book();
    let index = SearchIndex::new(&book);
    names(&book, &index, query)
}

#[test]
fn the_better_hit_comes_first() {
    assert_eq!(found("晨光"), ["晨光", "杭州晨光厨卫", "重庆长江电器行"]);
}

#[test]
fn names_are_ordered_by_sound() {
    let mut names = [
        "重庆南山",
        "杭州味屋",
        "Alpha",
        "安吉竹海",
        "宁波华盛",
        "长沙湘厨",
    ];
    names.sort_by_cached_key(|name| name_order(name));
    assert_eq!(
        names,
        [
            "Alpha",
            "安吉竹海",
            "长沙湘厨",
            "重庆南山",
            "杭州味屋",
            "宁波华盛"
        ]
    );
}

#[test]
fn names_are_found_by_sound_and_by_first_letters() {
    for (query, want) in [
        ("hangzhou", "杭州晨光厨卫"),
        ("hzcg", "杭州晨光厨卫"),
        ("HZCGCW", "杭州晨光厨卫"),
        ("chuwei", "杭州晨光厨卫"),
        ("chongqing", "重庆长江电器行"),
        ("changjiang", "重庆长江电器行"),
        ("cqcj", "重庆长江电器行"),
        ("dianqihang", "重庆长江电器行"),
        ("nbhstcl", "宁波海曙TCL专卖"),
        ("tcl", "宁波海曙TCL专卖"),
        ("lvzhou", "绿洲家居"),
        ("bluekit", "Blue Kitchen Co."),
        ("ＢＬＵＥ", "Blue Kitchen Co."),
    ] {
        assert_eq!(
            found(query).first().map(String::as_str),
            Some(want),
            "{query}"
        );
    }
}

#[test]
fn sounds_are_heard_from_their_syllables_on() {
    // "ang" is in hang and chang, but no syllable begins with it.
    assert!(found("angzhou").is_empty());
    assert_eq!(found("zhou").len(), 2);
}

#[test]
fn a_single_letter_means_a_beginning() {
    assert_eq!(found("h"), ["杭州晨光厨卫"]);
    assert_eq!(found("c"), ["晨光", "重庆长江电器行", "宁波海曙TCL专卖"]);
}

#[test]
fn contacts_lead_to_their_dealer_and_say_so() {
    let book = book();
    let index = SearchIndex::new(&book);
    for query in ["单晓东", "shanxd", "sxd", "shanxiaodong", "0000 7777"] {
        let hits = index.dealers(query);
        if query.starts_with("shanxd") {
            assert!(hits.is_empty());
            continue;
        }
        assert_eq!(hits.len(), 1, "{query}");
        assert_eq!(book.dealers.get(hits[0].0).unwrap().name, "绿洲家居");
        assert_eq!(hits[0].1.table.key, "contact");
    }
}

#[test]
fn each_hit_tells_its_field() {
    let index = SearchIndex::new(&book());
    for (query, field) in [
        ("13800005678", "phone"),
        ("0571", "phone"),
        ("HZ001", "code"),
        ("重点", "tags"),
        ("渝中区", "address"),
        ("海曙", "name"),
        ("资金", "internal_notes"),
    ] {
        let hits = index.dealers(query);
        assert_eq!(hits[0].1.field.key, field, "{query}");
    }
    // The end of one number and the start of the next are no number.
    assert!(index.dealers("1234138").is_empty());
}

#[test]
fn every_word_has_to_be_found_in_the_dealer_or_its_contacts() {
    assert_eq!(found("晨光 杭州"), ["杭州晨光厨卫"]);
    assert_eq!(found("绿洲 单"), ["绿洲家居"]);
    assert_eq!(found("hz 0571"), ["杭州晨光厨卫"]);
    assert!(found("晨光 宁波 不存在").is_empty());
    assert!(found("  ").is_empty() && found("，。").is_empty());
}

#[test]
fn a_shared_screen_keeps_internal_fields_out() {
    let index = SearchIndex::new(&book());
    assert_eq!(index.dealers("资金紧张").len(), 1);
    let shared = |text| Query::new(text).shared_screen(true);
    assert!(index.dealers(shared("资金紧张")).is_empty());
    assert_eq!(index.dealers(shared("杭州")).len(), 1);
    assert!(index.anything(shared("资金紧张"), 9).is_empty());
}

#[test]
fn changes_are_found_at_once() {
    let mut book = book();
    let mut index = SearchIndex::new(&book);
    let id = Id::natural(&["dealer", "晨光"]);
    let mut changed = Dealer::clone(book.dealers.get(id).unwrap());
    changed.name = "朝阳橱柜".into();
    book.dealers.set(changed.clone());
    index.update(&book, Dealer::NUMBER, id.uuid());
    assert_eq!(names(&book, &index, "朝阳"), ["朝阳橱柜"]);
    assert_eq!(names(&book, &index, "晨光").len(), 2);
    changed.state.deleted = true;
    book.dealers.set(changed);
    index.update(&book, Dealer::NUMBER, id.uuid());
    assert!(index.dealers("朝阳").is_empty());
    // A contact of a dealer in the bin leads nowhere.
    let green = Id::natural(&["dealer", "绿洲家居"]);
    let mut gone = Dealer::clone(book.dealers.get(green).unwrap());
    gone.state.deleted = true;
    book.dealers.set(gone);
    index.update(&book, Dealer::NUMBER, green.uuid());
    assert!(index.dealers("单晓东").is_empty() && index.anything("单晓东", 9).is_empty());
}

#[test]
fn everything_is_found_once_it_is_included() {
    let mut book = book();
    let dealer = Id::natural(&["dealer", "杭州晨光厨卫"]);
    let mut index = SearchIndex::new(&book);
    book.meetings.set(Meeting {
        dealer,
        minutes: "谈了旺季样机和返利".into(),
        ..Meeting::with_id(Id::natural(&["m"]))
    });
    let plan = Plan {
        dealer,
        title: "焕新".into(),
        ..Plan::with_id(Id::natural(&["p"]))
    };
    book.steps.set(Step {
        plan: plan.id,
        title: "拆旧样机台".into(),
        ..Step::with_id(Id::natural(&["s"]))
    });
    book.plans.set(plan);
    assert!(index.anything("样机", 10).is_empty());
    index.include_everything(&book);
    let tables = |index: &SearchIndex, query: &str| -> Vec<_> {
        index
            .anything(query, 10)
            .iter()
            .map(|hit| (hit.rank.table.key, hit.dealer))
            .collect()
    };
    assert_eq!(
        tables(&index, "样机"),
        [("step", dealer), ("meeting", dealer)]
    );
    assert_eq!(tables(&index, "样机 hzcg"), tables(&index, "样机"));
    assert!(index.anything("样机 宁波", 10).is_empty());
    assert_eq!(index.anything("样机", 1).len(), 1);
    book.issues.set(Issue {
        dealer,
        title: "样机破损".into(),
        ..Issue::with_id(Id::natural(&["i"]))
    });
    index.update(&book, Issue::NUMBER, Id::<Issue>::natural(&["i"]).uuid());
    assert_eq!(tables(&index, "样机").len(), 3);
}

proptest! {
    /// What is written in a searched field is found, whatever it is, word for word.
    #[test]
    fn what_is_written_is_found(name in "[\\PC]{1,20}", region in "[a-z\u{4e00}-\u{4eff}]{2,8}") {
        let dealer = dealer(&name, |d| d.region = region.clone());
        let id = dealer.id;
        let mut book = Book::default();
        book.dealers.set(dealer);
        let index = SearchIndex::new(&book);
        prop_assert_eq!(index.dealers(&region).first().map(|hit| hit.0), Some(id));
        let query = Query::new(&name);
        let single = query.words.iter().all(|word| word.len() > 1);
        if single && !query.is_empty() {
            prop_assert_eq!(index.dealers(&name).first().map(|hit| hit.0), Some(id));
        }
    }

    /// An index that took in changes one by one answers as one laid out anew.
    #[test]
    fn updating_equals_laying_out_anew(
        steps in prop::collection::vec((0usize..6, "[杭州晨光厨a-c]{1,4}", any::<bool>()), 1..30), query in "[杭州晨光a-c]{1,3}",
    ) {
        let mut book = book();
        let mut index = SearchIndex::new(&book);
        let ids: Vec<_> = {
            let mut ids: Vec<_> = book.dealers.iter().map(|d| d.id).collect();
            ids.sort();
            ids
        };
        for (which, name, deleted) in steps {
            let mut changed = Dealer::clone(book.dealers.get_any(ids[which]).unwrap());
            changed.name = name;
            changed.state.deleted = deleted;
            book.dealers.set(changed);
            index.update(&book, Dealer::NUMBER, ids[which].uuid());
        }
        prop_assert_eq!(index.dealers(&query), SearchIndex::new(&book).dealers(&query));
    }
}
