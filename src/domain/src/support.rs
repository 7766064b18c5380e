//! Support: requests and how they were answered, materials and where they are.

use crate::book::Book;
use crate::date::{Date, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::ratio::Ratio;
use crate::schema::{Change, Record, changes};
use crate::tables::{Dealer, Material, MaterialMove, MoveKind, Satisfaction, SupportRequest};
use crate::value::Outcome;
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The open requests of a dealer, or of all, by the day they are needed; those without one
/// last.
pub fn open_requests(book: &Book, dealer: Option<Id<Dealer>>) -> Vec<Arc<SupportRequest>> {
    let mut open: Vec<_> = book
        .support_requests
        .iter()
        .filter(|request| request.outcome.is_open())
        .filter(|request| dealer.is_none_or(|dealer| request.dealer == dealer))
        .cloned()
        .collect();
    open.sort_by_key(|request| (request.due.unwrap_or(Date::MAX), request.id));
    open
}

impl SupportRequest {
    /// Whether it should have been given by now.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.outcome.is_open() && self.due.is_some_and(|due| due < today)
    }
}

/// How requests were answered over the last twelve months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Given by the day they were needed.
    pub on_time: u32,
    /// Given later.
    pub late: u32,
    /// Declined.
    pub declined: u32,
    /// Open and overdue.
    pub overdue: u32,
    /// How many were rated, and the sum of the ratings.
    pub rated: (u32, i64),
}

/// The figures in its explanation.
impl Answered {
    /// The part that was given on time.
    pub const ON_TIME: Words = words("按时率", "On time");
    /// The mean rating.
    pub const CONTENT: Words = words("满意度", "Satisfaction");
}

impl Answered {
    /// The requests of a dealer, or of all, that were settled in the last twelve months or
    /// are overdue. A request without a day is on time.
    pub fn of(book: &Book, dealer: Option<Id<Dealer>>, today: Date) -> Self {
        let since = add_months(today, -12);
        let mut answered = Self::default();
        for request in book
            .support_requests
            .iter()
            .filter(|request| dealer.is_none_or(|dealer| request.dealer == dealer))
        {
            match request.outcome {
                Outcome::Open => answered.overdue += u32::from(request.is_overdue(today)),
                Outcome::Done(day) if day > since && day <= today => {
                    if request.due.is_none_or(|due| day <= due) {
                        answered.on_time += 1;
                    } else {
                        answered.late += 1;
                    }
                    if let Some(rating) = request.satisfaction.and_then(Satisfaction::points) {
                        answered.rated.0 += 1;
                        answered.rated.1 += rating;
                    }
                }
                Outcome::Dropped(day) if day > since && day <= today => answered.declined += 1,
                _ => {}
            }
        }
        answered
    }

    /// Given on time ÷ (given + declined + overdue).
    pub fn rate(self) -> Option<Ratio> {
        let all = self.on_time + self.late + self.declined + self.overdue;
        Ratio::new(self.on_time.into(), all.into())
    }

    /// The mean rating, 1–5.
    pub fn satisfaction(self) -> Option<Ratio> {
        Ratio::new(self.rated.1.into(), self.rated.0.into())
    }

    /// The numbers and the arithmetic.
    pub fn explain(self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(words("按时满足", "Given on time"), self.on_time.to_string());
        out.line(words("延迟满足", "Given late"), self.late.to_string());
        out.line(words("未能满足", "Declined"), self.declined.to_string());
        out.line(words("逾期未处理", "Overdue"), self.overdue.to_string());
        if let Some(rate) = self.rate() {
            let all = self.on_time + self.late + self.declined + self.overdue;
            out.line(
                Answered::ON_TIME,
                format!("{} ÷ {all} = {}", self.on_time, rate.show()),
            );
        }
        if let Some(mean) = self.satisfaction() {
            let hundredths = mean.times(Ratio::whole(100)).and_then(Ratio::rounded);
            let mean = crate::quantity::plain_hundredths(hundredths.unwrap_or(0));
            out.line(
                Answered::CONTENT,
                format!("{} ÷ {} = {mean}", self.rated.1, self.rated.0),
            );
        }
        out.done()
    }
}

/// How much of a material came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Into our store.
    pub received: i64,
    /// To dealers.
    pub handed_out: i64,
    /// Back from dealers.
    pub returned: i64,
    /// Used up, broken or lost in our store.
    pub written_off: i64,
}

impl Stock {
    /// What came and went of a material up to now.
    pub fn of(book: &Book, material: Id<Material>) -> Self {
        let mut stock = Self::default();
        let moves = book.material_moves.of(material);
        for moved in moves.filter(|moved| moved.material == material) {
            let count = moved.count.unwrap_or(0).max(0);
            let sum = match moved.kind {
                Some(MoveKind::Received) => &mut stock.received,
                Some(MoveKind::HandedOut) => &mut stock.handed_out,
                Some(MoveKind::Returned) => &mut stock.returned,
                Some(MoveKind::WrittenOff) => &mut stock.written_off,
                Some(MoveKind::Newer(_)) | None => continue,
            };
            *sum = sum.saturating_add(count);
        }
        stock
    }

    /// What is left in our store; below zero when two tablets handed out the last.
    pub fn left(self) -> i64 {
        self.received
            .saturating_add(self.returned)
            .saturating_sub(self.handed_out)
            .saturating_sub(self.written_off)
    }

    /// The sums and the arithmetic.
    pub fn explain(self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        for (kind, count) in [
            (MoveKind::Received, self.received),
            (MoveKind::Returned, self.returned),
            (MoveKind::HandedOut, self.handed_out),
            (MoveKind::WrittenOff, self.written_off),
        ] {
            out.line(kind.words(), count.to_string());
        }
        out.result(
            words("库存", "Left"),
            format!(
                "{} + {} − {} − {} = {}",
                self.received,
                self.returned,
                self.handed_out,
                self.written_off,
                self.left()
            ),
        );
        out.done()
    }
}

/// What a dealer has of each material, by the material's id: handed out less returned.
pub fn held_by(book: &Book, dealer: Id<Dealer>) -> BTreeMap<Id<Material>, i64> {
    let mut held: BTreeMap<Id<Material>, i64> = BTreeMap::new();
    let moves = book.material_moves.of(dealer);
    for moved in moves.filter(|moved| moved.dealer == dealer) {
        let count = moved.count.unwrap_or(0).max(0);
        let sum = held.entry(moved.material).or_default();
        *sum = match moved.kind {
            Some(MoveKind::HandedOut) => sum.saturating_add(count),
            Some(MoveKind::Returned) => sum.saturating_sub(count),
            _ => *sum,
        };
    }
    held.retain(|_, count| *count != 0);
    held
}

/// How what a dealer has of a material comes about.
pub fn explain_held(
    book: &Book,
    dealer: Id<Dealer>,
    material: Id<Material>,
    lang: Lang,
) -> Vec<Line> {
    let (mut handed_out, mut returned) = (0_i64, 0_i64);
    let moves = book.material_moves.of(dealer);
    for moved in moves.filter(|it| it.dealer == dealer && it.material == material) {
        let count = moved.count.unwrap_or(0).max(0);
        match moved.kind {
            Some(MoveKind::HandedOut) => handed_out = handed_out.saturating_add(count),
            Some(MoveKind::Returned) => returned = returned.saturating_add(count),
            _ => {}
        }
    }
    let mut out = Explanation::new(lang);
    out.line(MoveKind::HandedOut.words(), handed_out.to_string());
    out.line(MoveKind::Returned.words(), returned.to_string());
    out.result(
        words("现有", "There now"),
        format!(
            "{handed_out} − {returned} = {}",
            handed_out.saturating_sub(returned)
        ),
    );
    out.done()
}

/// Why a material cannot be handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StockFault {
    /// There is no such material.
    #[error("there is no such material")]
    NoMaterial,
    /// There is no such dealer.
    #[error("there is no such dealer")]
    NoDealer,
    /// None, or fewer.
    #[error("the count is not above zero")]
    NotPositive,
    /// More than there are.
    #[error("only {left} are left")]
    NotEnough {
        /// How many there are.
        left: i64,
    },
}

impl StockFault {
    /// What to tell the person, and what to do.
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoMaterial, Lang::Zh) => "物料目录里没有它，请先添加".to_owned(),
            (Self::NoMaterial, Lang::En) => "It is not in the catalogue; add it first".to_owned(),
            (Self::NoDealer, Lang::Zh) => "没有这家经销商".to_owned(),
            (Self::NoDealer, Lang::En) => "There is no such dealer".to_owned(),
            (Self::NotPositive, Lang::Zh) => "数量要大于 0".to_owned(),
            (Self::NotPositive, Lang::En) => "Enter a number above 0".to_owned(),
            (Self::NotEnough { left }, Lang::Zh) => {
                format!("库存只有 {left}，请减少数量或先入库")
            }
            (Self::NotEnough { left }, Lang::En) => {
                format!("Only {left} are left; hand out fewer or receive more first")
            }
        }
    }
}

/// What to hand out, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handout {
    /// The material.
    pub material: Id<Material>,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// How many.
    pub count: i64,
    /// The request that it answers, if there is one.
    pub request: Id<SupportRequest>,
}

/// What to write to hand out a material.
///
/// # Errors
/// [`StockFault`], which says what is in the way.
pub fn hand_out(
    book: &Book,
    handout: Handout,
    id: Id<MaterialMove>,
    today: Date,
) -> Result<Vec<Change>, StockFault> {
    book.materials
        .get(handout.material)
        .ok_or(StockFault::NoMaterial)?;
    book.dealers
        .get(handout.dealer)
        .ok_or(StockFault::NoDealer)?;
    if handout.count <= 0 {
        return Err(StockFault::NotPositive);
    }
    let left = Stock::of(book, handout.material).left();
    if handout.count > left {
        return Err(StockFault::NotEnough { left });
    }
    let moved = MaterialMove {
        material: handout.material,
        kind: Some(MoveKind::HandedOut),
        count: Some(handout.count),
        on: Some(today),
        dealer: handout.dealer,
        request: handout.request,
        ..MaterialMove::with_id(id)
    };
    Ok(changes(None, &moved))
}

/// The materials of which no more are left than they are reordered at, by name.
pub fn to_reorder(book: &Book) -> Vec<(Arc<Material>, Stock)> {
    let mut low: Vec<_> = book
        .materials
        .iter()
        .filter_map(|material| {
            let stock = Stock::of(book, material.id);
            (stock.left() <= material.reorder_at?).then(|| (Arc::clone(material), stock))
        })
        .collect();
    low.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn dealer() -> Id<Dealer> {
        Id::natural(&["dealer"])
    }

    fn material() -> Id<Material> {
        Id::natural(&["material"])
    }

    fn request(
        book: &mut Book,
        name: &str,
        due: &str,
        outcome: Outcome,
        rating: Option<Satisfaction>,
    ) {
        book.support_requests.set(SupportRequest {
            dealer: dealer(),
            title: name.into(),
            due: Some(day(due)),
            outcome,
            satisfaction: rating,
            ..SupportRequest::with_id(Id::natural(&[name]))
        });
    }

    fn moved(book: &mut Book, name: &str, kind: MoveKind, count: i64) {
        book.material_moves.set(MaterialMove {
            material: material(),
            kind: Some(kind),
            count: Some(count),
            dealer: match kind {
                MoveKind::HandedOut | MoveKind::Returned => dealer(),
                _ => Id::NIL,
            },
            ..MaterialMove::with_id(Id::natural(&[name]))
        });
    }

    #[test]
    fn requests_are_counted_over_twelve_months() {
        let mut book = Book::default();
        let done = |on| Outcome::Done(day(on));
        request(
            &mut book,
            "on time",
            "2026-03-10",
            done("2026-03-10"),
            Some(Satisfaction::VerySatisfied),
        );
        request(
            &mut book,
            "late",
            "2026-03-10",
            done("2026-03-11"),
            Some(Satisfaction::Dissatisfied),
        );
        request(
            &mut book,
            "declined",
            "2026-04-01",
            Outcome::Dropped(day("2026-04-01")),
            None,
        );
        request(&mut book, "overdue", "2026-06-29", Outcome::Open, None);
        request(&mut book, "open", "2026-07-10", Outcome::Open, None);
        request(
            &mut book,
            "old",
            "2025-03-10",
            done("2025-03-10"),
            Some(Satisfaction::VeryDissatisfied),
        );
        let answered = Answered::of(&book, Some(dealer()), day("2026-06-30"));
        assert_eq!(answered.rate(), Ratio::new(1, 4));
        assert_eq!(answered.satisfaction(), Ratio::new(7, 2));
        let lines = answered.explain(Lang::En);
        assert_eq!(lines[4].value, "1 ÷ 4 = 25%");
        assert_eq!(lines[5].value, "7 ÷ 2 = 3.5");
        let open: Vec<_> = open_requests(&book, None)
            .iter()
            .map(|r| r.title.clone())
            .collect();
        assert_eq!(open, ["overdue", "open"]);
        assert_eq!(
            Answered::of(&Book::default(), None, day("2026-06-30")).rate(),
            None
        );
    }

    #[test]
    fn stock_follows_from_what_came_and_went() {
        let mut book = Book::default();
        book.dealers.set(Dealer::with_id(dealer()));
        book.materials.set(Material {
            name: "易拉宝".into(),
            reorder_at: Some(4),
            ..Material::with_id(material())
        });
        moved(&mut book, "in", MoveKind::Received, 10);
        moved(&mut book, "out", MoveKind::HandedOut, 6);
        moved(&mut book, "back", MoveKind::Returned, 2);
        moved(&mut book, "broken", MoveKind::WrittenOff, 1);
        let stock = Stock::of(&book, material());
        assert_eq!(stock.left(), 5);
        assert_eq!(stock.explain(Lang::En)[4].value, "10 + 2 − 6 − 1 = 5");
        assert_eq!(held_by(&book, dealer()), [(material(), 4)].into());
        assert!(to_reorder(&book).is_empty());

        let out = |book: &Book, count| {
            let handout = Handout {
                material: material(),
                dealer: dealer(),
                count,
                request: Id::NIL,
            };
            hand_out(book, handout, Id::natural(&["new"]), day("2026-06-30"))
        };
        assert_eq!(out(&book, 6), Err(StockFault::NotEnough { left: 5 }));
        assert_eq!(out(&book, 0), Err(StockFault::NotPositive));
        assert!(out(&book, 5).is_ok());
        assert_eq!(out(&Book::default(), 5), Err(StockFault::NoMaterial));
        moved(&mut book, "new", MoveKind::HandedOut, 5);
        // Two tablets without a signal can hand out the same last ones.
        moved(&mut book, "other", MoveKind::HandedOut, 1);
        assert_eq!(to_reorder(&book)[0].1.left(), -1);
    }
}
