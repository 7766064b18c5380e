//! The editor of a scheme's terms: what is measured, when, how it pays, its limits, and who may take part.

use super::Here;
use crate::components::entry_sheet::{EntrySheet, entry_sheet};
use crate::components::entry_table::{Cell, Column, EntryTable};
use crate::components::filter_rows::{filter_rows, read_filter};
use crate::components::record_form::Written;
use crate::locales::{Words, filter, incentive as texts};
use crate::platform::drafts::DraftKey;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::{DateSpan, parse_date};
use tongxing_domain::filter::Filter;
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Earning, Limits, Returns, Terms, TermsFault, Tiers};
use tongxing_domain::money::Fen;
use tongxing_domain::quantity::{Quantity, Unit, plain_hundredths};
use tongxing_domain::rate::Rate;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::tables::{Dealer, Metric, Scheme};
use tongxing_view::prelude::*;

/// The column of the first table that says the kind.
const KIND: usize = 3;

/// What is typed into. Copies share it. Only the table of the chosen kind of rule is read.
#[derive(Clone, Copy)]
struct Typed {
    s: Scene,
    overall: EntryTable,
    tiers: EntryTable,
    growth: EntryTable,
    target: EntryTable,
    unit: EntryTable,
    trip: EntryTable,
    limits: EntryTable,
    eligibility: EntryTable,
}

/// Opens the editor.
pub(super) fn open(here: &Here) {
    let (s, sheets, scheme) = (here.s, here.sheets, Arc::clone(&here.scheme));
    sheets.show(move || {
        let typed = Typed::new(s, &scheme);
        let before = Arc::clone(&scheme);
        let sheet = EntrySheet {
            title: scheme.name.clone(),
            key: DraftKey::Form {
                table: format!("{}.terms", Scheme::TABLE.key),
                id: Some(scheme.id.uuid()),
                parent: None,
            },
            tables: vec![
                typed.overall,
                typed.tiers,
                typed.growth,
                typed.target,
                typed.unit,
                typed.trip,
                typed.limits,
                typed.eligibility,
            ],
            body: Callback::new(move |keep| body(typed, keep)),
            read: Callback::new(move |()| -> Option<Written> {
                let terms = typed.read();
                let eligibility = read_filter(s, Dealer::TABLE, typed.eligibility);
                let after = Scheme {
                    terms: Some(terms?),
                    eligibility: Some(eligibility.ok()?).filter(|it| !it.conditions().is_empty()),
                    ..Scheme::clone(&before)
                };
                let writes = changes(Some(&*before), &after);
                Some((writes, s.t(texts::TERMS_KEPT).to_owned()))
            }),
        };
        entry_sheet(sheet, Callback::new(move |()| sheets.closed()))
    });
}

fn body(typed: Typed, keep: Callback<()>) -> View {
    let s = typed.s;
    let nothing = Callback::new(|_: (usize, usize)| ());
    let kind = Memo::new(move |_| typed.overall.text(0, KIND));
    let rule = move || {
        let kind = kind.get();
        match Earning::KINDS.iter().position(|(key, _)| *key == kind) {
            None => ().into_view(),
            Some(0 | 1) => view! {
                <p class="help">{s.t(texts::TIERS_TEXT)}</p>
                {typed.tiers.view(s, texts::TIER, texts::ADD_TIER, keep, nothing)}
            },
            Some(2) => typed.growth.single(s, keep),
            Some(3) => typed.target.single(s, keep),
            Some(4) => typed.unit.single(s, keep),
            Some(_) => typed.trip.single(s, keep),
        }
    };
    view! {
        {typed.overall.single(s, keep)}
        {rule}
        <h3>{s.t(texts::LIMITS)}</h3>
        {typed.limits.single(s, keep)}
        <h3>{s.t(texts::ELIGIBILITY)}</h3>
        {typed.eligibility.view(s, filter::CONDITION, filter::ADD, keep, nothing)}
    }
    .into_view()
}

impl Typed {
    fn new(s: Scene, scheme: &Scheme) -> Self {
        let metrics = s.store.peek(|book| {
            let all = book.all_metrics().into_iter();
            all.map(|it| (it.id.to_string(), it.title(s.lang).to_owned()))
                .collect()
        });
        let kinds = Earning::KINDS.iter();
        let kinds = kinds.map(|(key, words)| ((*key).to_owned(), s.t(*words).to_owned()));
        let two = |a: (&str, Words), b: (&str, Words)| {
            let named = [a, b].map(|(key, words)| (key.to_owned(), s.t(words).to_owned()));
            Cell::Choice(named.to_vec())
        };
        let number = |name, unit| Column::new(name, Cell::Number(unit));
        let yuan = s.t(Unit::Yuan.words());
        let points = s.t(Unit::Points.words());
        let terms = scheme.terms.as_ref();
        let texts_of = Texts::of(terms);
        let cap = Column {
            hint: texts::CAP_HINT,
            ..number(texts::CAP, yuan)
        };
        let overall = vec![
            Column::new(texts::METRIC, Cell::Choice(metrics)),
            Column::new(texts::FROM, Cell::Date),
            Column::new(texts::TO, Cell::Date),
            Column::new(texts::RULE, Cell::Choice(kinds.collect())),
        ];
        let tiers = vec![number(texts::TIER_FROM, yuan), number(texts::RATE, "%")];
        let growth = vec![number(texts::RATE, "%"), number(texts::THRESHOLD, "%")];
        let target = vec![
            number(texts::PAYOUT, yuan),
            number(texts::THRESHOLD, "%"),
            number(texts::START_PART, "%"),
            number(texts::ACCELERATOR, "%"),
        ];
        let unit = vec![
            number(texts::BONUS, yuan),
            Column::new(texts::FROM, Cell::Date),
            Column::new(texts::TO, Cell::Date),
        ];
        let trip = vec![
            number(texts::PLACES, ""),
            number(texts::WORTH, yuan),
            number(texts::LEAST, points),
        ];
        let limits = vec![
            cap,
            Column::new(
                texts::PRORATED,
                two(("no", texts::FROM_DAY), ("yes", texts::BY_DAYS)),
            ),
            Column::new(
                texts::RETURNS,
                two(("kept", texts::KEPT), ("back", texts::TAKEN_BACK)),
            ),
        ];
        Self {
            s,
            overall: EntryTable::new(overall, vec![texts_of.overall]),
            tiers: EntryTable::new(tiers, texts_of.tiers),
            growth: EntryTable::new(growth, vec![texts_of.growth]),
            target: EntryTable::new(target, vec![texts_of.target]),
            unit: EntryTable::new(unit, vec![texts_of.unit]),
            trip: EntryTable::new(trip, vec![texts_of.trip]),
            limits: EntryTable::new(limits, vec![texts_of.limits]),
            eligibility: filter_rows(
                s,
                Dealer::TABLE,
                scheme.eligibility.as_ref().map_or(&[], Filter::conditions),
            ),
        }
    }

    /// The terms as they read; rows say what is wrong with them.
    fn read(self) -> Option<Terms> {
        let s = self.s;
        let wrong = |table: EntryTable, row: usize, why: Words| {
            table.blame(row, s.t(why).to_owned());
            None::<Terms>
        };
        let Ok(metric) = self.overall.text(0, 0).parse() else {
            return wrong(self.overall, 0, texts::CHOOSE_ONE);
        };
        let span = |table: EntryTable, from: usize| {
            let start = parse_date(&table.text(0, from))?;
            DateSpan::new(start, parse_date(&table.text(0, from + 1))?)
        };
        let Some(period) = span(self.overall, 1) else {
            return wrong(self.overall, 0, texts::BAD_PERIOD);
        };
        let kind = self.overall.text(0, KIND);
        let kind = Earning::KINDS.iter().position(|(key, _)| *key == kind);
        let (table, earning) = match kind {
            None => return wrong(self.overall, 0, texts::CHOOSE_ONE),
            Some(kind @ (0 | 1)) => match self.read_tiers(metric) {
                None => return None,
                Some(tiers) if kind == 0 => (self.tiers, Some(Earning::Marginal(tiers))),
                Some(tiers) => (self.tiers, Some(Earning::Retroactive(tiers))),
            },
            Some(2) => (self.growth, read_growth(self.growth)),
            Some(3) => (self.target, read_target(self.target)),
            Some(4) => {
                let Some(dates) = span(self.unit, 1) else {
                    return wrong(self.unit, 0, texts::BAD_PERIOD);
                };
                let bonus = Fen::parse(&self.unit.text(0, 0));
                (
                    self.unit,
                    bonus.map(|bonus| Earning::PerUnit { bonus, dates }),
                )
            }
            Some(_) => (self.trip, read_trip(self.trip)),
        };
        let Some(earning) = earning else {
            return wrong(table, 0, texts::NOT_A_NUMBER);
        };
        let cap = match self.limits.text(0, 0).trim() {
            "" => None,
            text => match Fen::parse(text) {
                Some(cap) => Some(cap),
                None => return wrong(self.limits, 0, texts::NOT_A_NUMBER),
            },
        };
        let limits = Limits {
            cap,
            prorated: self.limits.text(0, 1) == "yes",
            returns: if self.limits.text(0, 2) == "back" {
                Returns::TakenBack
            } else {
                Returns::Kept
            },
        };
        let known = s.store.peek(|book| book.metric(metric));
        let checked = Terms::new(metric, period, earning, limits).and_then(|terms| {
            let metric = known.as_ref().ok_or(TermsFault::UnknownMetric)?;
            terms.fit(metric)?;
            Ok(terms)
        });
        match checked {
            Ok(terms) => Some(terms),
            Err(fault) => {
                let at_metric = matches!(
                    fault,
                    TermsFault::NoMetric
                        | TermsFault::UnknownMetric
                        | TermsFault::NotMoney
                        | TermsFault::NotCounted
                        | TermsFault::Falling
                );
                let table = if at_metric { self.overall } else { table };
                table.blame(0, fault.text(Unit::Yuan, s.lang));
                None
            }
        }
    }

    /// The tiers from their starts; each ends where the next begins.
    fn read_tiers(self, metric: Id<Metric>) -> Option<Tiers> {
        let s = self.s;
        let rows = self.tiers.texts();
        let mut starts = Vec::with_capacity(rows.len());
        let mut sound = true;
        for (place, row) in rows.iter().enumerate() {
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            match Quantity::parse(cell(0)).zip(Rate::parse(cell(1))) {
                Some(tier) => starts.push(tier),
                None => {
                    self.tiers.blame(place, s.t(texts::NOT_A_NUMBER).to_owned());
                    sound = false;
                }
            }
        }
        if !sound {
            return None;
        }
        match Tiers::from_starts(&starts) {
            Ok(tiers) => Some(tiers),
            Err(fault) => {
                use tongxing_domain::incentives::TierFault::{Empty, OpenInside, Rate as OfRate};
                let metric = s.store.peek(|book| book.metric(metric));
                let unit = metric.and_then(|metric| metric.unit).unwrap_or(Unit::Yuan);
                let text = fault.text(unit, s.lang);
                match fault {
                    Empty { tier } | OpenInside { tier } | OfRate { tier } => {
                        self.tiers.blame(tier, text);
                    }
                    _ if rows.is_empty() => self.overall.blame(0, text),
                    _ => self.tiers.blame(0, text),
                }
                None
            }
        }
    }
}

fn rate(table: EntryTable, at: usize) -> Option<Rate> {
    Rate::parse(&table.text(0, at))
}

fn read_growth(table: EntryTable) -> Option<Earning> {
    Some(Earning::Growth {
        rate: rate(table, 0)?,
        threshold: rate(table, 1)?,
    })
}

fn read_target(table: EntryTable) -> Option<Earning> {
    Some(Earning::Target {
        payout: Fen::parse(&table.text(0, 0))?,
        threshold: rate(table, 1)?,
        start: rate(table, 2)?,
        accelerator: rate(table, 3)?,
    })
}

fn read_trip(table: EntryTable) -> Option<Earning> {
    Some(Earning::Trip {
        places: table.text(0, 0).trim().parse().ok()?,
        worth: Fen::parse(&table.text(0, 1))?,
        least: Quantity::parse(&table.text(0, 2))?,
    })
}

/// Terms as they are typed.
struct Texts {
    overall: Vec<String>,
    tiers: Vec<Vec<String>>,
    growth: Vec<String>,
    target: Vec<String>,
    unit: Vec<String>,
    trip: Vec<String>,
    limits: Vec<String>,
}

impl Texts {
    fn of(terms: Option<&Terms>) -> Self {
        let percent = |rate: &Rate| plain_hundredths(rate.0);
        let money = |fen: Fen| plain_hundredths(fen.0);
        let limits = terms.map(Terms::limits).unwrap_or_default();
        let prorated = if limits.prorated { "yes" } else { "no" };
        let returns = match limits.returns {
            Returns::Kept => "kept",
            Returns::TakenBack => "back",
        };
        let mut texts = Self {
            overall: Vec::new(),
            tiers: vec![vec!["0".to_owned(), String::new()]],
            growth: Vec::new(),
            target: Vec::new(),
            unit: Vec::new(),
            trip: Vec::new(),
            limits: vec![
                limits.cap.map(money).unwrap_or_default(),
                prorated.to_owned(),
                returns.to_owned(),
            ],
        };
        let Some(terms) = terms else {
            return texts;
        };
        let tier_rows = |tiers: &Tiers| {
            let row = |tier: &tongxing_domain::incentives::Tier| {
                vec![tier.from.to_string(), percent(&tier.rate)]
            };
            tiers.iter().map(row).collect()
        };
        match terms.earning() {
            Earning::Marginal(tiers) | Earning::Retroactive(tiers) => {
                texts.tiers = tier_rows(tiers);
            }
            Earning::Growth { rate, threshold } => {
                texts.growth = vec![percent(rate), percent(threshold)];
            }
            Earning::Target {
                payout,
                threshold,
                start,
                accelerator,
            } => {
                let rates = [threshold, start, accelerator].map(percent);
                texts.target = [vec![money(*payout)], rates.to_vec()].concat();
            }
            Earning::PerUnit { bonus, dates } => {
                let days = [dates.start().to_string(), dates.end().to_string()];
                texts.unit = [vec![money(*bonus)], days.to_vec()].concat();
            }
            Earning::Trip {
                places,
                worth,
                least,
            } => {
                texts.trip = vec![places.to_string(), money(*worth), least.to_string()];
            }
        }
        let period = terms.period();
        texts.overall = vec![
            terms.metric().to_string(),
            period.start().to_string(),
            period.end().to_string(),
            Earning::KINDS[terms.earning().kind()].0.to_owned(),
        ];
        texts
    }
}
