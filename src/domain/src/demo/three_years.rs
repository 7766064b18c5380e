//! A book of many dealers over three years, for measuring: every table of the ten areas has rows, and
//! what hangs together in a real book hangs together here.

mod figures;
mod together;

use std::collections::BTreeSet;

use super::chance::Chance;
use super::large::Maker;
use super::scoring::{own_metric, rubric};
use super::{SoFar, texts};
use crate::date::{Date, DateSpan, Minute, Month, Slot, add_days};
use crate::filter::{Condition, Filter, Test};
use crate::id::Id;
use crate::incentives::{Earning, Limits, Returns, Terms, Tiers, approve};
use crate::metrics;
use crate::money::Fen;
use crate::position;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::rules::suggestions;
use crate::schema::{Change, Record};
use crate::tables::{
    Class, Contact, Course, CourseKind, CustomField, CustomKind, CustomOn, Dealer, DealerStatus,
    Material, MaterialMove, Metric, MoveKind, Rhythm, Routine, Rule, Scheme, Scorecard,
    ScorecardVersion, Template, TemplateKind, View,
};
use crate::value::{Outcome, Value};
use crate::words::Lang;

/// Months back for which readings are there, this one not counted.
const MONTHS: i32 = 36;

/// A book of so many dealers as it stands on a day. The first item of the iterator is what the dealers
/// share, each of the others one dealer with all that is known of it, so that memory holds no more than
/// the caller keeps.
pub fn three_years(dealers: usize, seed: u64, today: Date) -> impl Iterator<Item = Vec<Change>> {
    let mut maker = Maker::new(seed, today);
    let mut shared = None;
    std::iter::repeat_n((), dealers.saturating_add(1))
        .enumerate()
        .map(move |(at, ())| {
            match (&shared, at.checked_sub(1)) {
                (Some(shared), Some(place)) => one_dealer(&mut maker, shared, place),
                _ => shared = Some(Shared::write(&mut maker)),
            }
            std::mem::take(&mut maker.out.changes)
        })
}

/// What all dealers share.
struct Shared {
    /// All of it as it was written.
    written: Vec<Change>,
    yearly: Id<Scheme>,
    quarterly: Id<Scheme>,
    span: Option<DateSpan>,
    scorecard: Option<ScorecardVersion>,
    classes: Vec<Id<Class>>,
    material: Id<Material>,
    field: Id<CustomField>,
    rule: Rule,
    /// What is said in meetings, with its gaps.
    said: Vec<&'static str>,
}

fn one_dealer(maker: &mut Maker, shared: &Shared, place: usize) {
    let dealer = maker.dealer(place);
    let people = [0, 1].map(|at| maker.contact(dealer, place * 2 + at));
    let one = One {
        shared,
        place,
        dealer,
        people,
    };
    together::write(maker, &one);
    figures::write(maker, &one);
}

/// A dealer and where it comes in the row of them.
struct One<'a> {
    shared: &'a Shared,
    place: usize,
    dealer: Id<Dealer>,
    people: [Id<Contact>; 2],
}

impl One<'_> {
    /// Whether this is one of every so many dealers.
    const fn each(&self, every: usize) -> bool {
        self.place.is_multiple_of(every)
    }
}

impl Shared {
    fn write(maker: &mut Maker) -> Self {
        let this = Month::of(maker.today);
        let year = DateSpan::new(this.plus(-8).first(), this.plus(3).last());
        let quarter = DateSpan::new(this.plus(-1).first(), this.plus(1).last());
        let tiers = Tiers::from_starts(
            &[
                (0, 80),
                (2_000_000, 120),
                (4_000_000, 160),
                (7_000_000, 200),
            ]
            .map(|(from, rate)| (Quantity::whole(from), Rate(rate))),
        );
        let yearly = year.zip(tiers.ok()).map(|(span, tiers)| {
            let limits = Limits {
                prorated: true,
                returns: Returns::TakenBack,
                ..Limits::default()
            };
            (span, Earning::Marginal(tiers), limits)
        });
        let quarterly = quarter.map(|span| {
            let earning = Earning::Target {
                payout: Fen(2_000_000),
                threshold: Rate::percent(80),
                start: Rate::percent(50),
                accelerator: Rate::percent(150),
            };
            (span, earning, Limits::default())
        });
        let yearly = scheme(maker, "年度进货返利", yearly);
        let quarterly = scheme(maker, "本季目标达成奖", quarterly);
        own_metric(&mut maker.out);
        let scorecard = scorecard(maker, this.plus(-MONTHS).first());
        let field = maker.out.id();
        maker.out.put(&CustomField {
            name: "仓库面积".into(),
            on: Some(CustomOn::Dealer),
            kind: Some(CustomKind::Number),
            ..CustomField::with_id(field)
        });
        let classes = courses(maker);
        let material = material(maker);
        let rule = routines(maker);
        view(maker);
        Self {
            written: maker.out.changes.clone(),
            yearly,
            quarterly,
            span: year,
            scorecard,
            classes,
            material,
            field,
            rule,
            said: texts::topics()
                .into_iter()
                .flat_map(|topic| topic.said)
                .collect(),
        }
    }
}

/// A scheme for every active dealer, in force since its first day.
fn scheme(maker: &mut Maker, name: &str, rules: Option<(DateSpan, Earning, Limits)>) -> Id<Scheme> {
    let id = maker.out.id();
    let Some((span, earning, limits)) = rules else {
        return id;
    };
    let active = Value::Choice(DealerStatus::Active.code());
    let place = Dealer::TABLE.position("status");
    let eligibility = place.and_then(|place| {
        let test = Test::Among(vec![active]);
        let filter = Filter::all(Dealer::TABLE);
        filter.and(Condition::Field { place, test }).ok()
    });
    let scheme = Scheme {
        name: name.into(),
        terms: Terms::new(metrics::sales_in(), span, earning, limits).ok(),
        eligibility,
        budget: Some(Fen(40_000_000_000)),
        ..Scheme::with_id(id)
    };
    maker.out.put(&scheme);
    let mut so_far = SoFar::default();
    let book = so_far.book(&maker.out);
    if let Ok(version) = approve(book, &scheme, "销售总监", add_days(span.start(), -20)) {
        maker.out.changes.extend(version);
    }
    id
}

fn scorecard(maker: &mut Maker, from: Date) -> Option<ScorecardVersion> {
    let rubric = rubric()?;
    let id = maker.out.id::<Scorecard>();
    maker.out.put(&Scorecard {
        name: "年度合作评分卡".into(),
        rubric: Some(rubric.clone()),
        ..Scorecard::with_id(id)
    });
    let version = ScorecardVersion {
        scorecard: id,
        from: Some(from),
        rubric: Some(rubric.clone()),
        ..ScorecardVersion::with_id(ScorecardVersion::id_for(id, &rubric))
    };
    maker.out.put(&version);
    Some(version)
}

/// Courses, with a class in each quarter of the three years.
fn courses(maker: &mut Maker) -> Vec<Id<Class>> {
    let list: [(&str, Id<Metric>, &str); 2] = [
        ("洗碗机销售三步", metrics::focus_share(), "洗碗机"),
        ("库存与资金周转", metrics::stock_days(), "库存"),
    ];
    let mut classes = Vec::new();
    for (name, metric, word) in list {
        let course = maker.out.id::<Course>();
        maker.out.put(&Course {
            name: name.into(),
            kind: Some(CourseKind::Classroom),
            metrics: [metric].into(),
            answers: [word.to_owned()].into(),
            minutes: Some(180),
            ..Course::with_id(course)
        });
        for quarter in 0..MONTHS / 3 {
            let day = add_days(maker.today, 20 - i64::from(quarter) * 91);
            let id = maker.out.id::<Class>();
            maker.out.put(&Class {
                course,
                slot: Minute::at(day, 13, 30).map(|start| Slot {
                    start,
                    minutes: 180,
                }),
                place: "杭州展厅二楼".into(),
                outcome: if day < maker.today {
                    Outcome::Done(day)
                } else {
                    Outcome::Open
                },
                ..Class::with_id(id)
            });
            classes.push(id);
        }
    }
    classes
}

/// A material, with enough of it in store for everybody.
fn material(maker: &mut Maker) -> Id<Material> {
    let id = maker.out.id();
    maker.out.put(&Material {
        name: "焕新季物料包".into(),
        unit: "套".into(),
        reorder_at: Some(200),
        ..Material::with_id(id)
    });
    let received = maker.out.id();
    maker.out.put(&MaterialMove {
        material: id,
        kind: Some(MoveKind::Received),
        count: Some(10_000),
        on: Some(add_days(maker.today, -1_000)),
        ..MaterialMove::with_id(received)
    });
    id
}

/// Checklists, a template, and the suggested rules, which rest; the first of these.
fn routines(maker: &mut Maker) -> Rule {
    let rhythms = [Rhythm::Weekly, Rhythm::Monthly, Rhythm::Quarterly];
    let places = position::several(None, rhythms.len());
    for (rhythm, position) in rhythms.into_iter().zip(places) {
        let id = maker.out.id();
        maker.out.put(&Routine {
            title: "把承诺过一遍".into(),
            rhythm: Some(rhythm),
            since: Some(add_days(maker.today, -1_000)),
            done: BTreeSet::new(),
            position,
            ..Routine::with_id(id)
        });
    }
    let id = maker.out.id();
    maker.out.put(&Template {
        name: "季度回顾".into(),
        kind: Some(TemplateKind::Agenda),
        text: "上季目标对照数据\n双方承诺逐条过".into(),
        ..Template::with_id(id)
    });
    let mut first = None;
    for suggested in suggestions(Lang::Zh) {
        let rule = Rule {
            id: maker.out.id(),
            paused: Some(true),
            ..suggested
        };
        maker.out.put(&rule);
        first.get_or_insert(rule);
    }
    first.unwrap_or_else(|| Rule::with_id(Id::NIL))
}

fn view(maker: &mut Maker) {
    let id = maker.out.id();
    maker.out.put(&View {
        name: "全部经销商".into(),
        filter: Some(Filter::all(Dealer::TABLE)),
        ..View::with_id(id)
    });
}

/// What is said in a meeting of this dealer, for whatever needs a sentence.
fn sentence(one: &One<'_>) -> String {
    let said = &one.shared.said;
    let line = said.get(one.place % said.len().max(1)).copied();
    let mut chance = Chance::new(one.place as u64, "said");
    texts::filled(line.unwrap_or("对一遍数据"), &mut chance, "老板", 6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::date::parse_date;
    use crate::incentives::{Outlay, Settlement, in_force};
    use crate::period::Period;
    use crate::schema::rows_of;
    use crate::scorecard::all_scores;

    fn book(dealers: usize) -> (Book, Date) {
        let today = parse_date("2026-08-10").unwrap();
        let mut book = Book::default();
        for item in three_years(dealers, 1, today) {
            for ((table, id), row) in rows_of(&item) {
                book.take(table, id, &row);
            }
        }
        (book, today)
    }

    #[test]
    fn no_text_has_a_gap() {
        let (book, _) = book(120);
        let titles = book.actions.iter().map(|action| action.title.as_str());
        let issues = book.issues.iter().map(|issue| issue.title.as_str());
        let purposes = book.meetings.iter().map(|meeting| meeting.purpose.as_str());
        for text in titles.chain(issues).chain(purposes) {
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn every_table_has_rows() {
        let (book, _) = book(60);
        let empty: Vec<_> = Book::TABLES
            .iter()
            .filter(|table| book.count(table.number) == 0)
            .map(|table| table.key)
            .collect();
        assert!(empty.is_empty(), "{empty:?}");
        assert_eq!(book.dealers.len(), 60);
    }

    #[test]
    fn what_is_reckoned_from_it_comes_to_something() {
        let (book, today) = book(60);
        for scheme in book.schemes.iter() {
            let version = in_force(&book, scheme.id, today).unwrap();
            let outlay = Outlay::of(&book, &version, &|_| None, today)
                .unwrap()
                .unwrap();
            assert!(outlay.shares.len() >= 30, "{}", scheme.name);
            assert!(outlay.expected > Fen(0), "{}", scheme.name);
        }
        for statement in book.statements.iter() {
            assert!(Settlement::of(&book, statement).is_ok());
        }
        let rubric = rubric().unwrap();
        let period = Period::last_over(rubric.cycle(), today);
        let scores = all_scores(&book, &rubric, period, today);
        assert_eq!(scores.len(), 60);
    }

    #[test]
    fn one_seed_makes_one_book() {
        let today = parse_date("2026-08-10").unwrap();
        assert!(three_years(5, 1, today).eq(three_years(5, 1, today)));
    }
}
