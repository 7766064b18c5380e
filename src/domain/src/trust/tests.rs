//! Worked examples of trust.

use super::*;
use crate::book::Book;
use crate::date::{Date, add_days, parse_date};
use crate::id::{Id, Uuid};
use crate::log;
use crate::schema::{Record, problems};
use crate::tables::*;
use crate::value::Outcome;
use crate::words::Lang;
use proptest::prelude::*;
use std::cmp::Ordering;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn sequence() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

#[test]
fn a_need_keeps_what_was_answered_and_what_came_of_it() {
    let mut fresh = sequence();
    let mut book = Book::default();
    let need = Need {
        dealer: dealer(),
        title: "师傅不够".into(),
        status: Some(NeedStatus::Open),
        ..Need::with_id(Id::natural(&["need"]))
    };
    let answered = answer(
        &need,
        NeedStatus::InProgress,
        "从邻市协调两位",
        day("2026-03-01"),
        &mut fresh,
    )
    .unwrap();
    book.log_entries.set(answered.entry.clone());
    let met = answer(
        &answered.need,
        NeedStatus::Met,
        "两位师傅到岗",
        day("2026-03-20"),
        &mut fresh,
    )
    .unwrap();
    book.log_entries.set(met.entry.clone());
    assert!(!met.need.is_open());
    let history: Vec<_> = log::entries(&book, crate::attention::link_to(&need))
        .iter()
        .map(|entry| (entry.kind.unwrap(), entry.text.clone()))
        .collect();
    assert_eq!(
        history,
        [
            (LogKind::Response, "从邻市协调两位".into()),
            (LogKind::Outcome, "两位师傅到岗".into())
        ]
    );
    assert_eq!(problems(&met.entry), []);
    assert_eq!(
        answer(
            &need,
            NeedStatus::Declined,
            " ",
            day("2026-03-01"),
            &mut fresh
        ),
        Err(NoAnswer)
    );
}

fn news(name: &str, public: Option<&str>, outcome: Outcome) -> News {
    News {
        dealer: dealer(),
        title: name.into(),
        public_on: public.map(day),
        outcome,
        ..News::with_id(Id::natural(&["news", name]))
    }
}

#[test]
fn the_dealer_hears_it_from_us_first() {
    let mut book = Book::default();
    let today = day("2026-03-05");
    let told = |text| Outcome::Done(day(text));
    for news in [
        news("first", Some("2026-02-10"), told("2026-02-09")),
        news("ahead", Some("2026-06-01"), told("2026-03-01")),
        news("late", Some("2026-02-10"), told("2026-02-10")),
        news("untold", Some("2026-03-05"), Outcome::Open),
        news("to come", Some("2026-03-06"), Outcome::Open),
        news("whenever", None, Outcome::Open),
        news("old", Some("2025-03-05"), told("2025-03-01")),
        news(
            "void",
            Some("2026-02-01"),
            Outcome::Dropped(day("2026-01-01")),
        ),
    ] {
        book.news.set(news);
    }
    let titles: Vec<_> = to_tell(&book, dealer(), today)
        .iter()
        .map(|news| news.title.clone())
        .collect();
    assert_eq!(titles, ["untold", "to come", "whenever"]);
    // Of a dealer that is not in the book nothing is asked for.
    assert_eq!(all_to_tell(&book, today), []);
    book.dealers.set(Dealer::with_id(dealer()));
    let all: Vec<_> = all_to_tell(&book, today)
        .iter()
        .map(|it| it.title.clone())
        .collect();
    assert_eq!(all, titles);
    let openness = Openness::of(&book, dealer(), today);
    assert_eq!(
        openness,
        Openness {
            first: 2,
            late: 1,
            untold: 1
        }
    );
    assert_eq!(openness.explain(Lang::En)[0].value, "2 ÷ (2 + 1 + 1) = 50%");
    assert_eq!(Openness::default().rate(), None);
    assert!(News::TABLE.internal && TrustRating::TABLE.internal);
}

#[test]
fn what_was_told_says_how() {
    let open = news("n", Some("2026-03-10"), Outcome::Open);
    let told = tell(
        &open,
        Channel::Visit,
        Id::natural(&["han"]),
        "能理解 ",
        day("2026-03-05"),
    );
    assert_eq!(
        (told.channel, told.reaction.as_str()),
        (Some(Channel::Visit), "能理解")
    );
    assert_eq!(told.state_on(day("2026-04-01")), NewsState::ToldFirst);
    assert_eq!(problems(&told), []);
    let silent = News {
        channel: None,
        ..told
    };
    assert_eq!(problems(&silent)[0].field, "channel");
}

#[test]
fn the_trust_rating_keeps_its_reasons() {
    let mut book = Book::default();
    for (on, level, reason) in [
        ("2025-06-01", TrustLevel::Low, "样机晚到"),
        ("2026-02-01", TrustLevel::High, "三件事都做到了"),
        ("2026-09-01", TrustLevel::VeryHigh, "未来"),
    ] {
        book.trust_ratings.set(TrustRating {
            dealer: dealer(),
            level: Some(level),
            reason: reason.into(),
            on: Some(day(on)),
            by: "林晓".into(),
            ..TrustRating::with_id(Id::natural(&["rating", on]))
        });
    }
    let course = trust_course(&book, dealer(), day("2026-03-05"));
    assert_eq!(course.level(), Some(TrustLevel::High));
    assert_eq!(course.change(), Some(Ordering::Greater));
    let lines = course.explain(Lang::Zh);
    assert_eq!(lines[0].label, "2026年2月1日 · 林晓");
    assert_eq!(lines[1].value, "偏低 · 样机晚到");
    let nobody = trust_course(&book, Id::NIL, day("2026-03-05"));
    assert_eq!((nobody.level(), nobody.change()), (None, None));
}

fn person(book: &mut Book, name: &str, influence: Option<Influence>) -> Id<Contact> {
    let id = Id::natural(&["contact", name]);
    book.contacts.set(Contact {
        dealer: dealer(),
        name: name.into(),
        influence,
        stance: Some(Stance::Reserved),
        ..Contact::with_id(id)
    });
    id
}

#[test]
fn those_who_decide_and_were_not_met_come_first() {
    let mut book = Book::default();
    let today = day("2026-03-05");
    let owner = person(&mut book, "owner", Some(Influence::Decides));
    let partner = person(&mut book, "partner", Some(Influence::Decides));
    let keeper = person(&mut book, "keeper", None);
    for (name, ago, channel, who) in [
        ("a", 10, Channel::Visit, vec![owner, keeper]),
        ("b", 200, Channel::Call, vec![partner]),
        ("c", 1, Channel::Message, vec![partner]),
        ("d", 400, Channel::Visit, vec![owner]),
        ("e", -3, Channel::Visit, vec![partner]),
    ] {
        book.meetings.set(Meeting {
            dealer: dealer(),
            channel: Some(channel),
            attendees: who.into_iter().collect(),
            outcome: Outcome::Done(add_days(today, -ago)),
            ..Meeting::with_id(Id::natural(&["meeting", name]))
        });
    }
    let map = RelationshipMap::of(&book, dealer(), today);
    let seen: Vec<_> = map
        .ties
        .iter()
        .map(|tie| (tie.contact.name.as_str(), tie.days(), tie.meetings))
        .collect();
    assert_eq!(
        seen,
        [
            ("partner", Some(200), 1),
            ("owner", Some(10), 1),
            ("keeper", Some(10), 1)
        ]
    );
    let lost: Vec<_> = map
        .lost_touch()
        .map(|tie| tie.contact.name.as_str())
        .collect();
    assert_eq!(lost, ["partner"]);
    for tie in &map.ties {
        let lines = tie.explain(Lang::En);
        let words = [Influence::Decides.words().en, Stance::Reserved.words().en];
        assert!(
            lines
                .iter()
                .all(|line| words.iter().all(|word| !line.value.contains(word)))
        );
    }
    let internal = Contact::TABLE.fields.iter().filter(|field| field.internal);
    let internal: Vec<_> = internal.map(|field| field.key).collect();
    assert_eq!(internal, ["internal_notes", "influence", "stance"]);
}

proptest! {
    /// Telling earlier never makes the openness worse.
    #[test]
    fn telling_earlier_is_never_worse(list in prop::collection::vec((0i64..300, 0i64..300, 1i64..60), 1..10)) {
        let today = day("2026-12-31");
        let rate = |earlier: i64| {
            let mut book = Book::default();
            for (number, (public, told, _)) in list.iter().enumerate() {
                let told = add_days(today, -told - earlier);
                let name = number.to_string();
                book.news.set(News {
                    public_on: Some(add_days(today, -public)),
                    ..news(&name, None, Outcome::Done(told))
                });
            }
            Openness::of(&book, dealer(), today).rate()
        };
        let days = list[0].2;
        prop_assert!(rate(days) >= rate(0));
    }
}
