//! What holds for every scheme.

use super::*;
use crate::book::Book;
use crate::schema::{Record, changes, rows_of};
use crate::tables::{SchemeVersion, Statement};
use crate::value::Noted;
use proptest::prelude::*;

/// Tiers with ascending starts; rates ascend where wanted.
fn any_tiers(ascending: bool) -> impl Strategy<Value = Tiers> {
    let starts = prop::collection::btree_set(0i64..200_000_000, 1..6);
    (starts, prop::collection::vec(0i64..=10_000, 6)).prop_map(move |(starts, mut rates)| {
        if ascending {
            rates.sort_unstable();
        }
        let steps: Vec<_> = starts
            .into_iter()
            .zip(rates)
            .map(|(start, rate)| (Quantity(start), Rate(rate)))
            .collect();
        Tiers::from_starts(&steps).unwrap()
    })
}

fn any_earning() -> impl Strategy<Value = Earning> {
    let rate = || (0i64..=10_000).prop_map(Rate);
    let fen = || (0i64..10_000_000).prop_map(Fen);
    prop_oneof![
        any_tiers(false).prop_map(Earning::Marginal),
        any_tiers(false).prop_map(Earning::Retroactive),
        (rate(), rate()).prop_map(|(rate, threshold)| Earning::Growth { rate, threshold }),
        (fen(), rate(), rate(), 0i64..30_000).prop_map(|(payout, threshold, start, faster)| {
            Earning::Target {
                payout,
                threshold,
                start,
                accelerator: Rate(faster),
            }
        }),
        (fen(), 0i64..300, 0i64..60).prop_map(|(bonus, from, days)| Earning::PerUnit {
            bonus,
            dates: DateSpan::new(
                crate::date::add_days(year().start(), from),
                crate::date::add_days(year().start(), from + days),
            )
            .unwrap(),
        }),
        (1u32..20, fen(), 0i64..10_000).prop_map(|(places, worth, least)| Earning::Trip {
            places,
            worth,
            least: Quantity(least),
        }),
    ]
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let limits = (
        prop::option::of((0i64..5_000_000).prop_map(Fen)),
        any::<bool>(),
        prop::sample::select(vec![Returns::Kept, Returns::TakenBack]),
    )
        .prop_map(|(cap, prorated, returns)| Limits {
            cap,
            prorated,
            returns,
        });
    (any_earning(), limits).prop_map(|(earning, limits)| limited(earning, limits))
}

fn any_basis(measured: impl Strategy<Value = i64>) -> impl Strategy<Value = Basis> {
    (
        measured,
        prop::option::of(1i64..200_000_000),
        prop::option::of(1i64..200_000_000),
        prop::option::of(1u32..25),
        (1u32..=365).prop_flat_map(|of| (0..=of, Just(of))),
        -5_000_000i64..5_000_000,
    )
        .prop_map(
            |(measured, base, target, place, (within, of), settled)| Basis {
                measured: Quantity(measured),
                base: base.map(Quantity),
                target: target.map(Quantity),
                place,
                days: Days::new(within, of).unwrap(),
                settled: Fen(settled),
            },
        )
}

proptest! {
    /// Whatever the months bring, returns among them: their accruals are the year's payout.
    #[test]
    fn monthly_accruals_sum_to_the_year(
        tiers in any_tiers(false),
        months in prop::collection::vec(-5_000_000i64..40_000_000, 12),
    ) {
        let terms = terms(Earning::Marginal(tiers));
        let (mut prior, mut sum) = (0, 0);
        for month in &months {
            sum += accrual(&terms, &basis(Quantity(prior)), Quantity(*month)).unwrap().0;
            prior += month;
        }
        prop_assert_eq!(Fen(sum), pay(&terms, &basis(Quantity(prior))).unwrap().earned);
    }

    /// Statements month by month come to the year's payout as well.
    #[test]
    fn statements_sum_to_the_year(
        tiers in any_tiers(false),
        months in prop::collection::vec(-5_000_000i64..40_000_000, 12),
    ) {
        let terms = limited(Earning::Marginal(tiers), Limits {
            returns: Returns::TakenBack,
            ..Limits::default()
        });
        let (mut measured, mut settled) = (0, 0);
        for month in months {
            measured += month;
            let basis = Basis { settled: Fen(settled), ..basis(Quantity(measured)) };
            settled += pay(&terms, &basis).unwrap().total.0;
        }
        prop_assert_eq!(Fen(settled), pay(&terms, &basis(Quantity(measured))).unwrap().earned);
    }

    #[test]
    fn nothing_is_below_zero_or_above_the_cap(
        terms in any_terms(),
        basis in any_basis(-100_000_000i64..400_000_000),
    ) {
        if let Ok(payout) = pay(&terms, &basis) {
            prop_assert!(payout.earned >= Fen(0));
            if let Some(cap) = terms.limits().cap {
                prop_assert!(payout.earned <= cap);
            }
            if terms.limits().returns == Returns::Kept {
                prop_assert!(payout.total >= Fen(0));
            }
        }
    }

    #[test]
    fn lines_sum_to_the_total(terms in any_terms(), basis in any_basis(-100_000_000i64..400_000_000)) {
        if let Ok(payout) = pay(&terms, &basis) {
            let sum: i64 = payout.lines.iter().map(|line| line.amount.0).sum();
            prop_assert_eq!(Fen(sum), payout.total);
        }
    }

    /// Whatever is approved and read later: a statement comes to the same fen, line by line, after it went
    /// through storage.
    #[test]
    fn a_statement_recomputed_by_its_version_is_the_same(
        terms in any_terms(),
        later in any_terms(),
        basis in any_basis(-100_000_000i64..400_000_000),
    ) {
        let Ok(payout) = pay(&terms, &basis) else { return Ok(()) };
        let version = |terms: &Terms| {
            let id = SchemeVersion::id_for(scheme(), terms, None, None);
            SchemeVersion {
                scheme: scheme(),
                terms: Some(terms.clone()),
                ..SchemeVersion::with_id(id)
            }
        };
        let first = version(&terms);
        let issued = Statement {
            dealer: dealer(),
            scheme: scheme(),
            version: first.id,
            basis: Some(basis),
            ..Statement::with_id(Id::natural(&["statement"]))
        };
        let mut book = Book::default();
        for writes in [changes(None, &first), changes(None, &issued), changes(None, &version(&later))] {
            for ((table, id), row) in &rows_of(&writes) {
                book.take(*table, *id, row);
            }
        }
        let kept = book.statements.get(issued.id).unwrap();
        let again = Settlement::of(&book, kept).unwrap();
        prop_assert_eq!(again.payout, payout);
    }

    /// Just below a boundary the lower tier pays, on it the upper one.
    #[test]
    fn boundaries_are_half_open(tiers in any_tiers(false)) {
        for tier in tiers.iter() {
            prop_assert_eq!(tiers.of(tier.from), Some(tier));
            if let Some(to) = tier.to {
                prop_assert_eq!(tiers.of(Quantity(to.0 - 1)), Some(tier));
                prop_assert_ne!(tiers.of(to), Some(tier));
            }
        }
    }

    /// With ascending rates, more never earns less.
    #[test]
    fn more_never_earns_less(
        tiers in any_tiers(true), a in 0i64..400_000_000, b in 0i64..400_000_000,
    ) {
        for earning in [Earning::Marginal(tiers.clone()), Earning::Retroactive(tiers.clone())] {
            let terms = terms(earning);
            let at = |fen| pay(&terms, &basis(Quantity(fen))).unwrap().earned;
            prop_assert!(at(a.min(b)) <= at(a.max(b)));
        }
    }

    /// Amounts at the end of the range are reckoned or refused, never wrong in silence.
    #[test]
    fn the_ends_of_the_range_are_borne(
        terms in any_terms(),
        near in prop::sample::select(vec![i64::MAX, i64::MAX - 1, i64::MIN, i64::MIN + 1]),
        base in prop::option::of(any::<i64>()),
        settled in any::<i64>(),
        more in any::<i64>(),
    ) {
        let basis = Basis {
            base: base.map(Quantity),
            target: base.map(Quantity),
            settled: Fen(settled),
            ..basis(Quantity(near))
        };
        if let Ok(payout) = pay(&terms, &basis) {
            let sum: i128 = payout.lines.iter().map(|line| i128::from(line.amount.0)).sum();
            prop_assert_eq!(i128::from(payout.total.0), sum);
            prop_assert!(payout.earned >= Fen(0));
        }
        let _ = accrual(&terms, &basis, Quantity(more));
    }

    #[test]
    fn terms_read_back(terms in any_terms()) {
        prop_assert_eq!(Terms::parse(&terms.to_string()), Some(terms));
    }

    #[test]
    fn bases_read_back(basis in any_basis(any::<i64>())) {
        prop_assert_eq!(Basis::parse(&basis.to_string()), Some(basis));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        let _ = (Terms::parse(&text), Basis::parse(&text));
    }
}

#[test]
fn amounts_beyond_money_are_a_typed_error() {
    let units = Terms::new(
        metrics::units(),
        year(),
        Earning::PerUnit {
            bonus: Fen(i64::MAX),
            dates: year(),
        },
        Limits::default(),
    )
    .unwrap();
    assert_eq!(
        pay(&units, &basis(Quantity::whole(2))),
        Err(PayError::TooLarge)
    );
    // The cap holds whatever comes before it, as long as it can be reckoned exactly.
    let marginal = terms(Earning::Marginal(
        Tiers::from_starts(&[(Quantity(0), Rate::WHOLE)]).unwrap(),
    ));
    assert_eq!(
        pay(&marginal, &basis(Quantity(i64::MAX))).unwrap().earned,
        Fen(i64::MAX)
    );
    assert_eq!(
        accrual(&marginal, &basis(Quantity(i64::MAX)), Quantity(1)),
        Err(PayError::TooLarge)
    );
}
