//! Schemes in a book: approval, enrolment, standing, statements, outlay.

use super::*;
use crate::book::Book;
use crate::date::Month;
use crate::filter::Filter;
use crate::quantity::Unit;
use crate::ratio::Ratio;
use crate::schema::{Change, Record};
use crate::tables::*;
use crate::value::{Figure, Noted, Outcome};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A book over plain rows, to which changes are written as they would be stored.
#[derive(Default)]
struct Shelf {
    book: Book,
    rows: BTreeMap<(u16, crate::id::Uuid), crate::schema::kept::Kept>,
}

impl Shelf {
    fn write(&mut self, changes: Vec<Change>) {
        for change in changes {
            let row = self.rows.entry((change.table, change.id)).or_default();
            row.write(&change);
            assert!(self.book.take(change.table, change.id, row));
        }
    }

    fn read(&mut self, dealer: Id<Dealer>, month: &str, whole: i64) {
        let month = Month::parse(month).unwrap();
        self.book.readings.set(Reading {
            dealer,
            metric: metrics::sales_in(),
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity::whole(whole),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer, metrics::sales_in(), month))
        });
    }

    fn enrol(&mut self, dealer: Id<Dealer>, from: &str) -> Arc<Enrolment> {
        let id = Enrolment::id_for(dealer, scheme());
        self.book.enrolments.set(Enrolment {
            dealer,
            scheme: scheme(),
            from: Some(day(from)),
            ..Enrolment::with_id(id)
        });
        Arc::clone(self.book.enrolments.get(id).unwrap())
    }

    fn dealer(&mut self, name: &str, region: &str) -> Id<Dealer> {
        let id = Id::natural(&[name]);
        self.book.dealers.set(Dealer {
            name: name.into(),
            region: region.into(),
            ..Dealer::with_id(id)
        });
        id
    }

    fn approve(&mut self, scheme: &Scheme, on: &str) -> Arc<SchemeVersion> {
        let changes = approve(&self.book, scheme, "周敏", day(on)).unwrap();
        self.write(changes);
        in_force(&self.book, scheme.id, day(on)).unwrap()
    }

    fn issue(&mut self, enrolment: &Enrolment, until: &str, today: &str) -> Arc<Statement> {
        let changes = issue(&self.book, enrolment, None, day(until), day(today)).unwrap();
        self.write(changes);
        let id = Statement::id_for(enrolment.dealer, enrolment.scheme, day(until));
        Arc::clone(self.book.statements.get(id).unwrap())
    }

    fn total(&self, statement: &Arc<Statement>) -> Fen {
        Settlement::of(&self.book, statement).unwrap().payout.total
    }
}

fn drafted(terms: Terms) -> Scheme {
    Scheme {
        name: "年度返利".into(),
        terms: Some(terms),
        budget: Some(yuan(15_000)),
        ..Scheme::with_id(scheme())
    }
}

fn marginal() -> Terms {
    limited(
        Earning::Marginal(tiers()),
        Limits {
            returns: Returns::TakenBack,
            ..Limits::default()
        },
    )
}

/// A scheme with one dealer who bought for ¥380,000 in the first ten months.
fn shelf() -> (Shelf, Arc<Enrolment>) {
    let mut shelf = Shelf::default();
    let dealer = shelf.dealer("青禾", "华东");
    shelf.approve(&drafted(marginal()), "2026-01-05");
    let enrolment = shelf.enrol(dealer, "2026-01-01");
    for month in 1..=10 {
        shelf.read(dealer, &format!("2026-{month:02}"), 38_000);
    }
    (shelf, enrolment)
}

#[test]
fn a_version_in_force_never_changes() {
    let mut shelf = Shelf::default();
    let first = shelf.approve(&drafted(marginal()), "2026-01-05");
    assert_eq!(
        approve(&shelf.book, &drafted(marginal()), "周敏", day("2026-02-01")),
        Err(ApprovalFault::Approved)
    );
    // Other words are another version; the day says which holds.
    let retro = drafted(terms(Earning::Retroactive(tiers())));
    let second = shelf.approve(&retro, "2026-07-01");
    assert_ne!(first.id, second.id);
    let held = |on| in_force(&shelf.book, scheme(), day(on)).map(|version| version.id);
    assert_eq!(held("2026-01-04"), None);
    assert_eq!(held("2026-06-30"), Some(first.id));
    assert_eq!(held("2026-07-01"), Some(second.id));
    // Whoever writes over a version only makes one that does not hold.
    let mut altered = SchemeVersion::clone(&second);
    altered.budget = Some(yuan(1));
    assert!(!altered.is_intact());
    shelf.book.scheme_versions.set(altered);
    assert_eq!(
        in_force(&shelf.book, scheme(), day("2026-07-01")).map(|version| version.id),
        Some(first.id)
    );
}

#[test]
fn of_versions_approved_on_one_day_the_last_holds() {
    let mut shelf = Shelf::default();
    // Ids come from what versions say, in no order: were they to decide, one of eight would lose.
    for percent in 1..=8 {
        let earning = Earning::Growth {
            rate: Rate::percent(percent),
            threshold: Rate(0),
        };
        let scheme = drafted(terms(earning.clone()));
        let held = shelf.approve(&scheme, "2026-01-05");
        assert_eq!(held.terms.as_ref().unwrap().earning(), &earning);
    }
}

#[test]
fn approval_asks_for_what_is_missing() {
    let book = Book::default();
    let approve = |scheme: &Scheme, by| approve(&book, scheme, by, day("2026-01-01"));
    let empty = Scheme::with_id(scheme());
    assert_eq!(approve(&empty, "周敏"), Err(ApprovalFault::NoTerms));
    assert_eq!(
        approve(&drafted(marginal()), "  "),
        Err(ApprovalFault::NoApprover)
    );
    let ended = Scheme {
        outcome: Outcome::Done(day("2026-01-01")),
        ..drafted(marginal())
    };
    assert_eq!(approve(&ended, "周敏"), Err(ApprovalFault::Ended));
    let pieces = Terms::new(
        metrics::units(),
        year(),
        Earning::Marginal(tiers()),
        Limits::default(),
    );
    assert_eq!(
        approve(&drafted(pieces.unwrap()), "周敏"),
        Err(ApprovalFault::Terms(TermsFault::NotMoney))
    );
}

#[test]
fn a_standing_tells_the_next_tier_and_its_day() {
    let (shelf, enrolment) = shelf();
    let standing = Standing::of(
        &shelf.book,
        &marginal(),
        &enrolment,
        None,
        day("2026-11-05"),
    )
    .unwrap();
    assert_eq!(standing.payout.earned, yuan(3_800));
    let next = standing.next.unwrap();
    assert_eq!(next.missing, Quantity::whole(120_000));
    assert_eq!(next.earned, yuan(5_000));
    // ¥380,000 in 304 days is ¥1,250 a day: 96 more days, beyond the year.
    assert_eq!(next.on, None);
    assert_eq!(
        standing.next_text(Lang::En).unwrap(),
        "¥120,000 to the next tier, not within the period at today's pace"
    );
    // ¥1,250 · 365
    let ahead = standing.ahead.unwrap();
    assert_eq!(ahead.measured, Quantity::whole(456_250));
    assert_eq!(ahead.earned, Fen(456_250));
    assert_eq!(
        standing.what_if(Quantity::whole(1_200_000)).unwrap().earned,
        yuan(21_000)
    );
}

#[test]
fn the_day_of_the_next_tier_lies_within_the_period() {
    let (mut shelf, enrolment) = shelf();
    // ¥441,600 after 304 days: ¥58,400 more take 41 days at that pace.
    shelf.read(enrolment.dealer, "2026-10", 38_000 + 61_600);
    let standing = Standing::of(
        &shelf.book,
        &marginal(),
        &enrolment,
        None,
        day("2026-11-05"),
    )
    .unwrap();
    let next = standing.next.unwrap();
    assert_eq!(next.missing, Quantity::whole(58_400));
    assert_eq!(next.on, Some(day("2026-12-11")));
    let lines = standing.explain(Lang::Zh);
    let value = |label: &str| {
        let line = lines.iter().rfind(|line| line.label == label);
        line.unwrap_or_else(|| panic!("{label}")).value.clone()
    };
    assert_eq!(
        value("下一档"),
        "距下一档还差 ¥58,400，按目前进度 2026年12月11日 达到"
    );
    assert_eq!(value("数据"), "2026年10月: ¥99,600");
    assert_eq!(value("合计"), "¥4,416.00");
}

#[test]
fn growth_takes_last_year_unless_a_base_was_agreed() {
    let (mut shelf, mut enrolment) = shelf();
    for month in 1..=12 {
        shelf.read(enrolment.dealer, &format!("2025-{month:02}"), 20_000);
    }
    let terms = terms(Earning::Growth {
        rate: Rate::percent(10),
        threshold: Rate::percent(10),
    });
    let standing = |shelf: &Shelf, enrolment: &Enrolment| {
        Standing::of(&shelf.book, &terms, enrolment, None, day("2026-11-05")).unwrap()
    };
    // (380,000 − 240,000 · 1.1) · 10 %
    assert_eq!(standing(&shelf, &enrolment).payout.earned, yuan(11_600));
    Arc::make_mut(&mut enrolment).base = Some(Quantity::whole(300_000));
    let agreed = standing(&shelf, &enrolment);
    assert_eq!(agreed.payout.earned, yuan(5_000));
    assert_eq!(agreed.reckoning.base_from, BaseFrom::Agreed);
    assert_eq!(agreed.next, None);
}

#[test]
fn the_targets_of_the_months_stand_in_for_an_agreed_one() {
    let (mut shelf, mut enrolment) = shelf();
    let terms = terms(Earning::Target {
        payout: yuan(10_000),
        threshold: Rate::percent(80),
        start: Rate(0),
        accelerator: Rate::WHOLE,
    });
    let standing = |shelf: &Shelf, enrolment: &Enrolment| {
        Standing::of(&shelf.book, &terms, enrolment, None, day("2026-11-05"))
    };
    for month in 1..=12 {
        // A month without a target leaves the year without one.
        assert_eq!(
            standing(&shelf, &enrolment),
            Err(NoStanding::Pay(PayError::NoTarget))
        );
        let month = Month::new(2026, month).unwrap();
        let (dealer, metric) = (enrolment.dealer, metrics::sales_in());
        let id = Target::id_for(dealer, metric, month);
        shelf.book.targets.set(Target {
            dealer,
            metric,
            month: Some(month),
            amount: Some(Quantity::whole(35_000)),
            ..Target::with_id(id)
        });
    }
    // 380,000 of 420,000 are 90.48 %: (90.48 − 80) ÷ 20 of the payout, exactly 11/21.
    let by_months = standing(&shelf, &enrolment).unwrap();
    assert_eq!(by_months.payout.earned, Fen(523_810));
    assert_eq!(by_months.reckoning.target_from, TargetFrom::Months);
    assert_eq!(by_months.next.unwrap().at, Quantity::whole(420_000));
    Arc::make_mut(&mut enrolment).target = Some(Quantity::whole(380_000));
    assert_eq!(
        standing(&shelf, &enrolment).unwrap().payout.earned,
        yuan(10_000)
    );
}

#[test]
fn who_joins_late_earns_by_the_days_or_from_that_day() {
    let (mut shelf, _) = shelf();
    let late = shelf.enrol(Id::natural(&["青禾"]), "2026-07-01");
    let standing = |prorated| {
        let terms = limited(
            Earning::Marginal(tiers()),
            Limits {
                prorated,
                ..Limits::default()
            },
        );
        Standing::of(&shelf.book, &terms, &late, None, day("2026-11-05")).unwrap()
    };
    // Ten months' ¥3,800 · 184 ÷ 365.
    assert_eq!(standing(true).payout.earned, Fen(191_562));
    // Four months' ¥152,000 · 1 %.
    assert_eq!(standing(false).payout.earned, yuan(1_520));
}

#[test]
fn statements_keep_their_figures_whatever_comes_later() {
    let (mut shelf, enrolment) = shelf();
    let first = shelf.issue(&enrolment, "2026-06-30", "2026-07-05");
    assert_eq!(shelf.total(&first), yuan(2_280));
    let explained = Settlement::of(&shelf.book, &first)
        .unwrap()
        .explain(&shelf.book, Lang::Zh);

    // The scheme changes, a reading is corrected, the version goes into the bin.
    let retro = limited(Earning::Retroactive(tiers()), marginal().limits());
    let version = shelf.approve(&drafted(retro), "2026-07-10");
    shelf.read(enrolment.dealer, "2026-03", 8_000);
    let mut binned = SchemeVersion::clone(shelf.book.scheme_versions.get(first.version).unwrap());
    binned.state.deleted = true;
    shelf.book.scheme_versions.set(binned);
    assert_eq!(shelf.total(&first), yuan(2_280));
    let settlement = Settlement::of(&shelf.book, &first).unwrap();
    assert_eq!(settlement.explain(&shelf.book, Lang::Zh), explained);
    assert_eq!(
        correction(&shelf.book, &settlement, &enrolment),
        Ok(yuan(-300))
    );

    // The next one goes by the new version and sets off what was paid.
    let second = shelf.issue(&enrolment, "2026-10-31", "2026-11-05");
    assert_eq!(second.version, version.id);
    assert_eq!(second.basis.unwrap().settled, yuan(2_280));
    assert_eq!(shelf.total(&second), yuan(3_500 - 2_280));
    assert_eq!(
        settled(&shelf.book, enrolment.dealer, scheme()),
        Ok(yuan(3_500))
    );
}

#[test]
fn statements_are_issued_in_order_and_once() {
    let (mut shelf, enrolment) = shelf();
    let try_issue = |shelf: &Shelf, until, today| {
        issue(&shelf.book, &enrolment, None, day(until), day(today)).map(|changes| changes.len())
    };
    assert_eq!(
        try_issue(&shelf, "2026-06-30", "2026-06-29"),
        Err(StatementFault::Ahead)
    );
    assert_eq!(
        try_issue(&shelf, "2025-12-31", "2026-01-10"),
        Err(StatementFault::Outside)
    );
    assert_eq!(
        try_issue(&shelf, "2026-01-02", "2026-01-03"),
        Err(StatementFault::NoVersion)
    );
    let issued = shelf.issue(&enrolment, "2026-06-30", "2026-07-05");
    for until in ["2026-06-30", "2026-03-31"] {
        assert_eq!(
            try_issue(&shelf, until, "2026-07-05"),
            Err(StatementFault::Issued)
        );
    }
    let mut withdrawn = Statement::clone(&issued);
    withdrawn.outcome = Outcome::Dropped(day("2026-07-06"));
    shelf.book.statements.set(withdrawn);
    assert_eq!(settled(&shelf.book, enrolment.dealer, scheme()), Ok(Fen(0)));
    let again = shelf.issue(&enrolment, "2026-06-30", "2026-07-07");
    assert_eq!(shelf.total(&again), yuan(2_280));
    assert!(again.outcome.is_open());
}

#[test]
fn an_altered_version_pays_nothing_in_silence() {
    let (mut shelf, enrolment) = shelf();
    let issued = shelf.issue(&enrolment, "2026-06-30", "2026-07-05");
    let version = shelf.book.scheme_versions.get(issued.version).unwrap();
    let mut altered = SchemeVersion::clone(version);
    altered.terms = Some(terms(Earning::Retroactive(tiers())));
    shelf.book.scheme_versions.set(altered);
    assert_eq!(
        Settlement::of(&shelf.book, &issued),
        Err(StatementFault::Altered)
    );
}

#[test]
fn a_dispute_opens_an_issue_with_the_figures() {
    let (mut shelf, enrolment) = shelf();
    shelf.write(crate::schema::changes(None, &drafted(marginal())));
    let issued = shelf.issue(&enrolment, "2026-06-30", "2026-07-05");
    let settlement = Settlement::of(&shelf.book, &issued).unwrap();
    let issue = Id::natural(&["issue"]);
    let changes = dispute(
        &shelf.book,
        &settlement,
        "五月的退货算了两次",
        issue,
        day("2026-07-08"),
        Lang::Zh,
    );
    shelf.write(changes);
    let opened = shelf.book.issues.get(issue).unwrap();
    assert_eq!(opened.title, "对结算单有异议：年度返利");
    assert_eq!(opened.due, Some(day("2026-07-22")));
    assert!(opened.detail.contains("五月的退货算了两次"));
    assert!(opened.detail.contains("合计: ¥2,280.00"));
    assert_eq!(crate::schema::problems(&**opened), []);
    assert_eq!(shelf.book.statements.get(issued.id).unwrap().dispute, issue);
}

#[test]
fn the_outlay_sums_all_dealers_against_the_budget() {
    let (mut shelf, _) = shelf();
    for (name, monthly) in [("木樨", 40_000), ("云栖", 60_000), ("新安", 90_000)] {
        let dealer = shelf.dealer(name, "华东");
        shelf.enrol(dealer, "2026-01-01");
        for month in 1..=10 {
            shelf.read(dealer, &format!("2026-{month:02}"), monthly);
        }
    }
    shelf.dealer("未参加", "华东");
    shelf.dealer("不符合", "华北");
    let mut scheme = drafted(marginal());
    scheme.eligibility = Filter::parse("dealer; region among \"华东\"");
    let version = shelf.approve(&scheme, "2026-02-01");
    let outlay = Outlay::of(&shelf.book, &version, &|_| None, day("2026-11-05"))
        .unwrap()
        .unwrap();
    // 3,800 + 4,000 + 7,000 + 13,000
    assert_eq!(outlay.earned, yuan(27_800));
    let names: Vec<_> = outlay
        .not_enrolled
        .iter()
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(names, ["未参加"]);
    assert!(outlay.is_over());
    assert_eq!(
        outlay.used(),
        Ratio::new(outlay.expected.0.into(), yuan(15_000).0.into())
    );
    // Yields 1 %, 1 %, 1.17 % and 1.44 %: the last is 33 % above the median.
    let out: Vec<_> = outlay
        .shares
        .iter()
        .filter(|share| share.stands_out)
        .map(|share| share.dealer.name.as_str())
        .collect();
    assert_eq!(out, ["新安"]);
    // Four dealers, how many they are, earned, expected, the budget and its use.
    assert_eq!(outlay.explain(Lang::En).len(), 9);
    let own = outlay.shares.iter().find(|share| share.stands_out).unwrap();
    assert_eq!(
        own.text(Unit::Yuan, Lang::En),
        "¥900,000 → ¥13,000.00 · 1.44% (not entered · not entered: median 1.08%)"
    );
}

#[test]
fn an_outlay_follows_every_change_behind_a_standing() {
    let (mut shelf, enrolment) = shelf();
    let version = in_force(&shelf.book, scheme(), day("2026-11-05")).unwrap();
    let terms = version.terms.clone().unwrap();
    let mut seen = Vec::new();
    let mut look = |shelf: &Shelf, today: &str| {
        let outlay = Outlay::of(&shelf.book, &version, &|_| None, day(today)).unwrap();
        let share = outlay.unwrap().shares.remove(0);
        let kept = share.standing.unwrap();
        // What is kept is what comes out when it is reckoned anew.
        let anew = Standing::of(&shelf.book, &terms, &share.enrolment, None, day(today));
        assert_eq!(*kept, anew.unwrap());
        seen.push(kept.payout.earned);
    };
    look(&shelf, "2026-11-05");
    shelf.read(enrolment.dealer, "2026-10", 138_000);
    look(&shelf, "2026-11-05");
    look(&shelf, "2026-06-30");
    look(&shelf, "2026-11-05");
    shelf.enrol(enrolment.dealer, "2026-04-01");
    look(&shelf, "2026-11-05");
    shelf.book.metrics.set(Metric {
        gathering: Some(Gathering::Last),
        ..Metric::with_id(metrics::sales_in())
    });
    look(&shelf, "2026-11-05");
    let [first, more, half, again, later, _] = seen[..] else {
        panic!("{seen:?}")
    };
    assert!(
        first < more && half < first && again == more && later < more,
        "{seen:?}"
    );
}

#[test]
fn a_trip_goes_to_the_best_scores() {
    let (mut shelf, _) = shelf();
    let other = shelf.dealer("木樨", "华东");
    shelf.enrol(other, "2026-01-01");
    let trip = terms(Earning::Trip {
        places: 1,
        worth: yuan(8_000),
        least: Quantity::whole(80),
    });
    let version = shelf.approve(&drafted(trip), "2026-02-01");
    let scores = |dealer| Some(Ratio::whole(if dealer == other { 92 } else { 88 }));
    let outlay = Outlay::of(&shelf.book, &version, &scores, day("2026-11-05"))
        .unwrap()
        .unwrap();
    let paid: Vec<_> = outlay
        .shares
        .iter()
        .map(|share| share.standing.as_ref().unwrap().payout.earned)
        .collect();
    assert_eq!(paid, [yuan(8_000), Fen(0)]);
    assert_eq!(outlay.expected, yuan(8_000));
}

#[test]
fn only_who_is_eligible_is_enrolled() {
    let mut shelf = Shelf::default();
    let (east, north) = (shelf.dealer("青禾", "华东"), shelf.dealer("北仓", "华北"));
    let mut scheme = drafted(marginal());
    scheme.eligibility = Filter::parse("dealer; region among \"华东\"");
    let try_enrol = |shelf: &Shelf, scheme: &Scheme, dealer, from| {
        enrol(&shelf.book, scheme, dealer, day(from), day("2026-03-01"))
    };
    assert_eq!(
        try_enrol(&shelf, &scheme, east, "2026-03-01"),
        Err(EnrolFault::NoVersion)
    );
    shelf.approve(&scheme, "2026-02-01");
    assert_eq!(
        try_enrol(&shelf, &scheme, east, "2027-01-01"),
        Err(EnrolFault::Outside)
    );
    let refused = try_enrol(&shelf, &scheme, north, "2026-03-01").unwrap_err();
    assert_eq!(
        refused.text(&shelf.book, Lang::En),
        "This condition is not met: Region is 华东"
    );
    let changes = try_enrol(&shelf, &scheme, east, "2026-03-01").unwrap();
    shelf.write(changes);
    let all = enrolments(&shelf.book, scheme.id);
    assert_eq!(all.len(), 1);
    assert_eq!(crate::schema::problems(&*all[0].1), []);
    // Enrolling again changes nothing, leaving and coming back keeps what was agreed.
    assert_eq!(try_enrol(&shelf, &scheme, east, "2026-03-01"), Ok(vec![]));
    let mut left = Enrolment::clone(&all[0].1);
    left.target = Some(Quantity::whole(5));
    left.outcome = Outcome::Done(day("2026-02-20"));
    left.state.deleted = true;
    shelf.book.enrolments.set(left);
    let changes = try_enrol(&shelf, &scheme, east, "2026-03-01").unwrap();
    shelf.write(changes);
    assert_eq!(enrolments(&shelf.book, scheme.id).len(), 1);
    let ended = Scheme {
        outcome: Outcome::Done(day("2026-02-20")),
        ..scheme
    };
    assert_eq!(
        try_enrol(&shelf, &ended, east, "2026-03-01"),
        Err(EnrolFault::Ended)
    );
}

#[test]
fn a_dealer_outside_the_period_has_no_standing() {
    let (mut shelf, _) = shelf();
    let late = shelf.enrol(dealer(), "2027-01-01");
    assert_eq!(
        Standing::of(&shelf.book, &marginal(), &late, None, day("2027-02-01")),
        Err(NoStanding::Outside)
    );
}
