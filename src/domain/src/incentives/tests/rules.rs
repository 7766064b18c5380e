//! Each rule by worked examples.

use super::*;
use crate::quantity::Unit;
use crate::value::Noted;
use crate::words::Lang;

#[test]
fn marginal_tiers_pay_each_part_at_its_rate() {
    let terms = terms(Earning::Marginal(tiers()));
    // 500,000 · 1 % + 500,000 · 2 % + 200,000 · 3 %
    assert_eq!(earned(&terms, 1_200_000), yuan(5_000 + 10_000 + 6_000));
    assert_eq!(earned(&terms, 500_000), yuan(5_000));
    assert_eq!(earned(&terms, 0), Fen(0));
    assert_eq!(earned(&terms, -80_000), Fen(0));
    let payout = pay(&terms, &basis(Quantity::whole(1_200_000))).unwrap();
    let lines = payout.explain(Unit::Yuan, Lang::En);
    assert_eq!(
        lines[1].value,
        "[¥500,000, ¥1,000,000): ¥500,000 × 2% = ¥10,000.00"
    );
    assert_eq!(lines[3].value, "¥21,000.00");
}

#[test]
fn retroactive_tiers_pay_all_at_the_rate_reached() {
    let terms = terms(Earning::Retroactive(tiers()));
    let at = |fen| pay(&terms, &basis(Quantity(fen))).unwrap().earned;
    assert_eq!(at(99_999_999), Fen(2_000_000));
    // One fen more is in the next tier: its start belongs to it.
    assert_eq!(at(100_000_000), Fen(3_000_000));
}

#[test]
fn growth_pays_for_what_exceeds_base_and_threshold() {
    let terms = terms(Earning::Growth {
        rate: Rate::percent(5),
        threshold: Rate::percent(10),
    });
    let at = |whole, base: Option<i64>| {
        let basis = Basis {
            base: base.map(Quantity::whole),
            ..basis(Quantity::whole(whole))
        };
        pay(&terms, &basis).map(|payout| payout.earned)
    };
    // (1,300,000 − 1,000,000 · 1.1) · 5 %
    assert_eq!(at(1_300_000, Some(1_000_000)), Ok(yuan(10_000)));
    assert_eq!(at(1_100_000, Some(1_000_000)), Ok(Fen(0)));
    for base in [None, Some(0), Some(-5)] {
        assert_eq!(at(1_300_000, base), Err(PayError::NoBase));
    }
}

#[test]
fn a_target_payout_grows_to_the_target_and_faster_above() {
    let target = |start| {
        terms(Earning::Target {
            payout: yuan(20_000),
            threshold: Rate::percent(80),
            start: Rate::percent(start),
            accelerator: Rate::percent(150),
        })
    };
    let at = |terms: &Terms, whole| {
        let basis = Basis {
            target: Some(Quantity::whole(1000)),
            ..basis(Quantity::whole(whole))
        };
        pay(terms, &basis).unwrap().earned
    };
    let even = target(0);
    assert_eq!(at(&even, 799), Fen(0));
    assert_eq!(at(&even, 800), Fen(0));
    // Half the way from 80 % to 100 %.
    assert_eq!(at(&even, 900), yuan(10_000));
    assert_eq!(at(&even, 1000), yuan(20_000));
    // 10 % above, one and a half times as fast: 115 %.
    assert_eq!(at(&even, 1100), yuan(23_000));
    let step = target(50);
    assert_eq!(at(&step, 799), Fen(0));
    assert_eq!(at(&step, 800), yuan(10_000));
    assert_eq!(at(&step, 900), yuan(15_000));
    for target in [None, Some(Quantity(0)), Some(Quantity(-1))] {
        let basis = Basis {
            target,
            ..basis(Quantity::whole(1))
        };
        assert_eq!(pay(&even, &basis), Err(PayError::NoTarget));
    }
}

#[test]
fn a_threshold_of_the_whole_pays_all_or_nothing() {
    let terms = terms(Earning::Target {
        payout: yuan(100),
        threshold: Rate::WHOLE,
        start: Rate(0),
        accelerator: Rate(0),
    });
    let at = |whole| {
        let basis = Basis {
            target: Some(Quantity::whole(10)),
            ..basis(Quantity::whole(whole))
        };
        pay(&terms, &basis).unwrap().earned
    };
    assert_eq!([at(9), at(10), at(30)], [Fen(0), yuan(100), yuan(100)]);
}

#[test]
fn units_and_places_pay_a_fixed_amount() {
    let units = Terms::new(
        metrics::units(),
        year(),
        Earning::PerUnit {
            bonus: yuan(50),
            dates: span("2026-05-01", "2026-05-31"),
        },
        Limits::default(),
    )
    .unwrap();
    assert_eq!(earned(&units, 12), yuan(600));
    assert_eq!(earned(&units, -3), Fen(0));
    assert_eq!(units.counted(), span("2026-05-01", "2026-05-31"));

    let trip = terms(Earning::Trip {
        places: 2,
        worth: yuan(8_000),
        least: Quantity::whole(80),
    });
    let at = |place| {
        let basis = Basis {
            place,
            ..Basis::default()
        };
        pay(&trip, &basis).unwrap().earned
    };
    assert_eq!(
        [at(Some(1)), at(Some(2)), at(Some(3)), at(None)],
        [yuan(8_000), yuan(8_000), Fen(0), Fen(0)]
    );
}

#[test]
fn first_the_cap_then_the_days_then_what_was_settled() {
    let terms = limited(
        Earning::Marginal(tiers()),
        Limits {
            cap: Some(yuan(12_000)),
            prorated: true,
            returns: Returns::Kept,
        },
    );
    let basis = Basis {
        days: Days::new(1, 4).unwrap(),
        settled: yuan(1_000),
        ..basis(Quantity::whole(1_200_000))
    };
    let payout = pay(&terms, &basis).unwrap();
    // min(21,000, 12,000) · ¼ − 1,000
    assert_eq!((payout.earned, payout.total), (yuan(3_000), yuan(2_000)));
    let amounts: Vec<_> = payout
        .lines
        .iter()
        .map(|line| line.amount.0 / 100)
        .collect();
    assert_eq!(amounts, [5_000, 10_000, 6_000, -9_000, -9_000, -1_000]);
}

#[test]
fn returns_are_taken_back_only_where_that_was_agreed() {
    let at = |returns| {
        let terms = limited(
            Earning::Marginal(tiers()),
            Limits {
                returns,
                ..Limits::default()
            },
        );
        let basis = Basis {
            settled: yuan(5_000),
            ..basis(Quantity::whole(300_000))
        };
        pay(&terms, &basis).unwrap().total
    };
    assert_eq!(at(Returns::Kept), Fen(0));
    assert_eq!(at(Returns::TakenBack), yuan(-2_000));
}

#[test]
fn rounding_is_half_to_even_and_once() {
    let quarter = Tiers::from_starts(&[
        (Quantity(0), Rate(25)),
        (Quantity(200), Rate(25)),
        (Quantity(400), Rate(25)),
    ])
    .unwrap();
    let terms = terms(Earning::Marginal(quarter));
    // Three lines of 0.5 fen are 1.5 fen: 2, not 0 and not 3.
    let payout = pay(&terms, &basis(Quantity(600))).unwrap();
    assert_eq!(payout.earned, Fen(2));
    let sum: i64 = payout.lines.iter().map(|line| line.amount.0).sum();
    assert_eq!(sum, 2);
    assert_eq!(pay(&terms, &basis(Quantity(200))).unwrap().earned, Fen(0));
}

#[test]
fn terms_that_cannot_be_are_refused_by_name() {
    let new = |earning| Terms::new(metrics::sales_in(), year(), earning, Limits::default());
    let target = |payout, threshold, start| Earning::Target {
        payout,
        threshold: Rate::percent(threshold),
        start: Rate::percent(start),
        accelerator: Rate::percent(100),
    };
    for (earning, fault) in [
        (target(Fen(-1), 80, 0), TermsFault::NegativeMoney),
        (target(Fen(1), 101, 0), TermsFault::AboveWhole),
        (target(Fen(1), 80, 101), TermsFault::AboveWhole),
        (
            Earning::Growth {
                rate: Rate(-1),
                threshold: Rate(0),
            },
            TermsFault::NegativeRate,
        ),
        (
            Earning::PerUnit {
                bonus: Fen(1),
                dates: span("2025-12-31", "2026-01-05"),
            },
            TermsFault::DatesOutside,
        ),
        (
            Earning::Trip {
                places: 0,
                worth: Fen(1),
                least: Quantity(0),
            },
            TermsFault::NoPlace,
        ),
    ] {
        assert_eq!(new(earning), Err(fault));
        assert!(!fault.text(Unit::Yuan, Lang::Zh).is_empty());
    }
    assert_eq!(
        Terms::new(Id::NIL, year(), target(Fen(1), 80, 0), Limits::default()),
        Err(TermsFault::NoMetric)
    );
}

#[test]
fn a_metric_has_to_fit_the_rule() {
    let book = crate::book::Book::default();
    let fit = |metric, earning| {
        let terms = Terms::new(metric, year(), earning, Limits::default()).unwrap();
        terms.fit(&book.metric(metric).unwrap())
    };
    let marginal = || Earning::Marginal(tiers());
    let unit = || Earning::PerUnit {
        bonus: Fen(1),
        dates: year(),
    };
    assert_eq!(fit(metrics::sales_in(), marginal()), Ok(()));
    assert_eq!(fit(metrics::units(), unit()), Ok(()));
    assert_eq!(fit(metrics::units(), marginal()), Err(TermsFault::NotMoney));
    assert_eq!(fit(metrics::shops(), unit()), Err(TermsFault::NotCounted));
    assert_eq!(
        fit(metrics::receivable_days(), unit()),
        Err(TermsFault::Falling)
    );
}

#[test]
fn terms_are_read_only_as_they_are_written() {
    for example in Terms::NOTATION.examples {
        assert_eq!(Terms::rewritten(example).as_deref(), Some(*example));
        for lang in [Lang::Zh, Lang::En] {
            assert!(!Terms::shown(example, lang).unwrap().is_empty());
        }
    }
    let metric = metrics::sales_in();
    let with = |rest: &str| {
        Terms::parse(&format!(
            "metric {metric}; period 2026-01-01..2026-12-31; {rest}"
        ))
    };
    assert!(with("marginal 0.. 1%").is_some());
    for rest in [
        "",
        "marginal",
        "marginal 0..100 1%",
        "marginal 0..100 1%, 50.. 2%",
        "marginal 0..100 1%, 150.. 2%",
        "marginal 0.. 1%; cap 1; cap 2",
        "marginal 0.. 1%; hat 1",
        "growth 5%",
        "trip 0 worth 1 from 1",
    ] {
        assert!(with(rest).is_none(), "{rest}");
    }
}
