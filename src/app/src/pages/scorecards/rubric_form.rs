//! The editor of a rubric: metrics with their weights, deductions with their caps, tiers.

use super::Here;
use crate::components::entry_sheet::{EntrySheet, entry_sheet};
use crate::components::entry_table::{Cell, Column, EntryTable};
use crate::components::marks::{Tone, badge};
use crate::components::record_form::Written;
use crate::locales::scorecard as texts;
use crate::platform::drafts::DraftKey;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::period::Cycle;
use tongxing_domain::quantity::{Quantity, plain_hundredths};
use tongxing_domain::rate::Rate;
use tongxing_domain::schema::{Record as _, changes};
use tongxing_domain::scorecard::{
    Deduction, Points, Rubric, RubricFault, Thresholds, Tier, Weight, weights_note,
};
use tongxing_domain::tables::{Direction, IssueKind, Scorecard};
use tongxing_view::prelude::*;

/// The column of a weight that says which metric, and the ones that follow from it.
const METRIC: usize = 0;
const DIRECTION: usize = 2;

/// What is typed into. Copies share it.
#[derive(Clone, Copy)]
struct Typed {
    s: Scene,
    /// Cycle, and the most that all deductions cost.
    overall: EntryTable,
    weights: EntryTable,
    deductions: EntryTable,
    tiers: EntryTable,
}

/// Opens the editor.
pub(super) fn open(here: Here, card: &Arc<Scorecard>) {
    let (s, card) = (here.s, Arc::clone(card));
    here.sheets.show(move || {
        let typed = Typed::new(s, card.rubric.as_ref());
        let (before, title) = (Arc::clone(&card), card.name.clone());
        let sheet = EntrySheet {
            title,
            key: DraftKey::Form {
                table: format!("{}.rubric", Scorecard::TABLE.key),
                id: Some(card.id.uuid()),
                parent: None,
            },
            tables: vec![typed.overall, typed.weights, typed.deductions, typed.tiers],
            body: Callback::new(move |keep| body(typed, keep)),
            read: Callback::new(move |()| -> Option<Written> {
                let after = Scorecard {
                    rubric: Some(typed.read()?),
                    ..Scorecard::clone(&before)
                };
                let writes = changes(Some(&*before), &after);
                Some((writes, s.t(texts::RUBRIC_KEPT).to_owned()))
            }),
        };
        entry_sheet(sheet, Callback::new(move |()| here.sheets.closed()))
    });
}

fn body(typed: Typed, keep: Callback<()>) -> View {
    let s = typed.s;
    let nothing = Callback::new(|_: (usize, usize)| ());
    let chosen = Callback::new(move |(row, column): (usize, usize)| {
        if column == METRIC {
            typed.follow(row);
        }
    });
    let sum = move || {
        let weights = typed.weights.texts();
        let parts = weights
            .iter()
            .filter_map(|row| row.get(1)?.trim().parse::<u32>().ok());
        let sum = parts.fold(0_u32, u32::saturating_add);
        match weights_note(sum, s.lang) {
            Some(text) => badge(Tone::Watch, text),
            None => badge(Tone::Good, s.t(texts::SUM_FITS)),
        }
    };
    view! {
        <h3>{s.t(texts::OVERALL)}</h3>
        {typed.overall.single(s, keep)}
        <h3>{s.t(texts::WEIGHTS)}</h3>
        <p role="status">{sum}</p>
        {typed.weights.view(s, texts::METRIC, texts::ADD_WEIGHT, keep, chosen)}
        <h3>{s.t(texts::DEDUCTIONS)}</h3>
        {typed.deductions.view(s, texts::DEDUCTIONS, texts::ADD_DEDUCTION, keep, nothing)}
        <h3>{s.t(texts::TIERS)}</h3>
        {typed.tiers.single(s, keep)}
    }
    .into_view()
}

impl Typed {
    fn new(s: Scene, rubric: Option<&Rubric>) -> Self {
        let choice = |code: u16, words| (code.to_string(), s.t(words).to_owned());
        let cycles = Cycle::ALL
            .iter()
            .map(|it| (it.key().to_owned(), s.t(it.words()).to_owned()));
        let directions = Direction::ALL
            .iter()
            .map(|it| choice(it.code(), it.words()));
        let kinds = IssueKind::ALL
            .iter()
            .map(|it| choice(it.code(), it.words()));
        let metrics = s.store.peek(|book| {
            let all = book.all_metrics().into_iter();
            all.map(|it| (it.id.to_string(), it.title(s.lang).to_owned()))
                .collect()
        });
        let points = s.t(texts::POINTS);
        let number = |name, unit| Column::new(name, Cell::Number(unit));
        let target = Column {
            hint: texts::TARGET_HINT,
            ..number(texts::TARGET, "")
        };
        let overall = vec![
            Column::new(texts::CYCLE, Cell::Choice(cycles.collect())),
            number(texts::MOST_ALL, points),
        ];
        let weights = vec![
            Column::new(texts::METRIC, Cell::Choice(metrics)),
            number(texts::WEIGHT, ""),
            Column::new(texts::DIRECTION, Cell::Choice(directions.collect())),
            number(texts::CAP, "%"),
            number(texts::FLOOR, "%"),
            target,
        ];
        let deductions = vec![
            Column::new(texts::KIND, Cell::Choice(kinds.collect())),
            number(texts::EACH, points),
            number(texts::MOST, points),
        ];
        let tiers = [Tier::First, Tier::Second, Tier::Third];
        let tiers = tiers.map(|tier| number(tier.words(), points)).to_vec();
        let texts_of = Texts::of(rubric);
        Self {
            s,
            overall: EntryTable::new(overall, vec![texts_of.overall]),
            weights: EntryTable::new(weights, texts_of.weights),
            deductions: EntryTable::new(deductions, texts_of.deductions),
            tiers: EntryTable::new(tiers, vec![texts_of.tiers]),
        }
    }

    /// A metric brings its own direction, and the usual cap.
    fn follow(self, row: usize) {
        let metric = self.weights.text(row, METRIC);
        let metric = metric.parse().ok();
        let metric = metric.and_then(|id| self.s.store.peek(|book| book.metric(id)));
        if let Some(direction) = metric.and_then(|metric| metric.direction) {
            self.weights
                .write(row, DIRECTION, direction.code().to_string());
        }
        for (column, usual) in [(3, "120"), (4, "0")] {
            if self.weights.text(row, column).is_empty() {
                self.weights.write(row, column, usual.to_owned());
            }
        }
    }

    /// The rubric as it reads; rows say what is wrong with them.
    fn read(self) -> Option<Rubric> {
        let s = self.s;
        let mut sound = true;
        let mut wrong = |table: EntryTable, row: usize, why: &'static str| {
            table.blame(row, why.to_owned());
            sound = false;
        };
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let mut weights = Vec::new();
        for (place, row) in self.weights.texts().iter().enumerate() {
            match read_weight(row) {
                Ok(weight) => weights.push(weight),
                Err(why) => wrong(self.weights, place, s.t(why)),
            }
        }
        let mut deductions = Vec::new();
        for (place, row) in self.deductions.texts().iter().enumerate() {
            let kind = kind_of(&cell(row, 0));
            let points = Points::parse(&cell(row, 1)).zip(Points::parse(&cell(row, 2)));
            match (kind, points) {
                (None, _) => wrong(self.deductions, place, s.t(texts::CHOOSE_ONE)),
                (_, None) => wrong(self.deductions, place, s.t(texts::NOT_A_NUMBER)),
                (Some(kind), Some((each, most))) => {
                    deductions.push(Deduction { kind, each, most });
                }
            }
        }
        let cycle = Cycle::named(&self.overall.text(0, 0));
        if cycle.is_none() {
            wrong(self.overall, 0, s.t(texts::CHOOSE_ONE));
        }
        let most = Points::parse(&self.overall.text(0, 1));
        if most.is_none() {
            wrong(self.overall, 0, s.t(texts::NOT_A_NUMBER));
        }
        let start = |at| Points::parse(&self.tiers.text(0, at));
        let starts = start(0).zip(start(1)).zip(start(2));
        let thresholds = starts.and_then(|((a, b), c)| Thresholds::new([a, b, c]));
        if thresholds.is_none() {
            let why = if starts.is_none() {
                texts::NOT_A_NUMBER
            } else {
                texts::TIERS_FALL
            };
            wrong(self.tiers, 0, s.t(why));
        }
        if !sound {
            return None;
        }
        match Rubric::new(cycle?, weights, deductions, most?, thresholds?) {
            Ok(rubric) => Some(rubric),
            Err(fault) => {
                let text = fault.text(s.lang);
                match fault {
                    // Without a row there is nothing to stand beneath.
                    RubricFault::NoWeight => self.overall.blame(0, text),
                    RubricFault::Weight { weight }
                    | RubricFault::Twice { weight }
                    | RubricFault::Limits { weight }
                    | RubricFault::Direction { weight } => self.weights.blame(weight, text),
                    RubricFault::Deduction { deduction }
                        if deduction < self.deductions.texts().len() =>
                    {
                        self.deductions.blame(deduction, text);
                    }
                    RubricFault::Deduction { .. } => self.overall.blame(0, text),
                }
                None
            }
        }
    }
}

fn kind_of(text: &str) -> Option<IssueKind> {
    let code: u16 = text.parse().ok()?;
    IssueKind::ALL.iter().copied().find(|it| it.code() == code)
}

fn direction_of(text: &str) -> Option<Direction> {
    let code: u16 = text.parse().ok()?;
    Direction::ALL.iter().copied().find(|it| it.code() == code)
}

fn read_weight(row: &[String]) -> Result<Weight, crate::locales::Words> {
    let cell = |at: usize| row.get(at).map_or("", |text| text.trim());
    let metric = cell(METRIC).parse().map_err(|_| texts::CHOOSE_ONE)?;
    let direction = direction_of(cell(DIRECTION)).ok_or(texts::CHOOSE_ONE)?;
    let rate = |at| Rate::parse(cell(at)).ok_or(texts::NOT_A_NUMBER);
    let target = match cell(5) {
        "" => None,
        text => Some(Quantity::parse(text).ok_or(texts::NOT_A_NUMBER)?),
    };
    Ok(Weight {
        metric,
        weight: cell(1).parse().map_err(|_| texts::NOT_A_NUMBER)?,
        direction,
        cap: rate(3)?,
        floor: rate(4)?,
        target,
    })
}

/// A rubric as it is typed.
struct Texts {
    overall: Vec<String>,
    weights: Vec<Vec<String>>,
    deductions: Vec<Vec<String>>,
    tiers: Vec<String>,
}

impl Texts {
    fn of(rubric: Option<&Rubric>) -> Self {
        let starts = rubric
            .map_or_else(Thresholds::default, Rubric::thresholds)
            .starts();
        let percent = |rate: Rate| plain_hundredths(rate.0);
        let weight = |weight: &Weight| {
            vec![
                weight.metric.to_string(),
                weight.weight.to_string(),
                weight.direction.code().to_string(),
                percent(weight.cap),
                percent(weight.floor),
                weight.target.map(|it| it.to_string()).unwrap_or_default(),
            ]
        };
        let deduction = |it: &Deduction| {
            let kind = it.kind.code().to_string();
            vec![kind, it.each.to_string(), it.most.to_string()]
        };
        let weights = rubric.map_or(&[][..], Rubric::weights);
        let deductions = rubric.map_or(&[][..], Rubric::deductions);
        let most = rubric.map_or(Points(2000), Rubric::most_deducted);
        let cycle = rubric.map_or_else(Cycle::default, Rubric::cycle);
        Self {
            overall: vec![cycle.key().to_owned(), most.to_string()],
            weights: if weights.is_empty() {
                vec![Vec::new()]
            } else {
                weights.iter().map(weight).collect()
            },
            deductions: deductions.iter().map(deduction).collect(),
            tiers: starts.iter().map(ToString::to_string).collect(),
        }
    }
}
