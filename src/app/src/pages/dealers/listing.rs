//! Which dealers the list shows, and in which order.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::cadence::Cadence;
use tongxing_domain::date::Date;
use tongxing_domain::filter::{Condition, Filter, Test};
use tongxing_domain::id::{Id, IdMap};
use tongxing_domain::pacing::{Rag, slowest};
use tongxing_domain::schema::Record as _;
use tongxing_domain::search::name_order;
use tongxing_domain::tables::{Dealer, DealerKind, DealerStatus, Grade, Segment};
use tongxing_domain::value::{ChoiceSpec, Value};
use tongxing_domain::words::Words;

/// A dealer of the list with what the team thinks of how it stands.
#[derive(Debug)]
pub(super) struct Entry {
    /// The dealer.
    pub(super) dealer: Arc<Dealer>,
    /// How it stands; empty until it was judged.
    pub(super) judged: Judged,
    codes: [u16; Facet::ALL.len()],
}

/// How a dealer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Judged {
    /// Days by which the contact is overdue.
    pub(super) overdue: i64,
    /// When the next contact is due.
    pub(super) due: Option<Date>,
    /// When the last contact was made.
    pub(super) last: Option<Date>,
    /// Whether no contact was ever made with a dealer that is looked after.
    pub(super) new: bool,
    /// The slowest open goal: how it stands, and its pace in basis points.
    pub(super) pace: Option<(Rag, i64)>,
}

impl Judged {
    fn of(book: &Book, dealer: &Dealer, today: Date) -> Self {
        let cadence = Cadence::of(book, dealer, today);
        Self {
            overdue: cadence.overdue_days,
            due: cadence.due,
            last: cadence.last_contact.map(|made| made.day),
            new: cadence.never_contacted() && dealer.is_looked_after(),
            pace: slowest(book, dealer.id, today),
        }
    }

    /// Whether a goal falls behind.
    pub(super) fn is_behind(&self) -> bool {
        self.pace.is_some_and(|(rag, _)| rag.is_behind())
    }
}

/// Something by which the list can be narrowed to some of a few choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    /// Where the relationship stands.
    Status,
    /// How the dealer does business.
    Kind,
    /// How often it is to be contacted.
    Grade,
    /// What the maker wants of the relationship.
    Segment,
}

impl Facet {
    /// Every facet, in the order of the sheet.
    pub(super) const ALL: [Self; 4] = [Self::Status, Self::Kind, Self::Grade, Self::Segment];

    /// The field that it reads.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Grade => "grade",
            Self::Segment => "segment",
        }
    }

    /// What can be chosen.
    pub(super) const fn choices(self) -> &'static [ChoiceSpec] {
        match self {
            Self::Status => DealerStatus::SPECS,
            Self::Kind => DealerKind::SPECS,
            Self::Grade => Grade::SPECS,
            Self::Segment => Segment::SPECS,
        }
    }

    fn code(self, dealer: &Dealer) -> u16 {
        let code = match self {
            Self::Status => dealer.status.map(DealerStatus::code),
            Self::Kind => dealer.kind.map(DealerKind::code),
            Self::Grade => dealer.grade.map(Grade::code),
            Self::Segment => dealer.segment.map(Segment::code),
        };
        code.unwrap_or(0)
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Whoever has to be contacted first.
    #[default]
    Pressing,
    /// By name, Chinese ones by pinyin.
    Name,
    /// Whoever was not contacted for the longest time first.
    LastContact,
    /// The slowest goals first.
    Pace,
    /// As the saved view says that is shown.
    View,
}

impl Sort {
    /// Every order.
    pub(super) const ALL: [Self; 4] = [Self::Pressing, Self::Name, Self::LastContact, Self::Pace];
    /// Orders that tell nothing of what the team thinks.
    pub(super) const OPEN: [Self; 2] = [Self::Name, Self::LastContact];

    /// The column by which a saved view sorts so, and whether the largest come first.
    pub(super) const fn column(self) -> Option<(&'static str, bool)> {
        match self {
            Self::Pressing => Some(("contact_due", false)),
            Self::Name => Some(("name", false)),
            Self::LastContact => Some(("last_contact", false)),
            Self::Pace => Some(("pace", false)),
            Self::View => None,
        }
    }

    /// The order that a saved view's sorting is.
    pub(super) fn of(sort: Option<&(String, bool)>) -> Self {
        let Some((key, falling)) = sort else {
            return Self::Name;
        };
        let known = Self::ALL
            .into_iter()
            .find(|it| it.column() == Some((key, *falling)));
        known.unwrap_or(Self::View)
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Criteria {
    /// Only overdue contacts.
    pub(super) overdue: bool,
    /// Only goals that fall behind.
    pub(super) behind: bool,
    /// Only these choices, by facet; empty means all.
    pub(super) chosen: [BTreeSet<u16>; Facet::ALL.len()],
    /// Only these regions; empty means all.
    pub(super) regions: BTreeSet<String>,
    /// Conditions beyond those choices.
    pub(super) conditions: Vec<Condition>,
}

impl Criteria {
    /// How many of the facets narrow the list.
    pub(super) fn facets(&self) -> usize {
        let chosen = self.chosen.iter().filter(|set| !set.is_empty()).count();
        chosen + usize::from(!self.regions.is_empty()) + self.conditions.len()
    }

    /// What the list is narrowed to, as a filter.
    pub(super) fn filter(&self) -> Filter {
        let among = |key: &str, values: Vec<Value>| {
            let place = Dealer::TABLE.position(key)?;
            (!values.is_empty()).then_some(Condition::Field {
                place,
                test: Test::Among(values),
            })
        };
        let facets = Facet::ALL.iter().zip(&self.chosen).map(|(facet, chosen)| {
            let codes = chosen.iter().map(|code| Value::Choice(*code));
            among(facet.key(), codes.collect())
        });
        let regions = self.regions.iter().cloned().map(Value::Text);
        let regions = among("region", regions.collect());
        let judged = [
            self.overdue.then_some(Condition::Overdue),
            self.behind.then_some(Condition::Behind),
        ];
        let all = judged.into_iter().chain(facets).chain([regions]).flatten();
        let all = all.chain(self.conditions.iter().cloned());
        all.fold(Filter::all(Dealer::TABLE), |filter, condition| {
            // What the sheet offers fits the table.
            filter.clone().and(condition).unwrap_or(filter)
        })
    }

    /// The choices that a filter is made of, and the conditions that are none of them.
    pub(super) fn of(filter: &Filter) -> Self {
        let mut criteria = Self::default();
        for condition in filter.conditions() {
            if !criteria.take(condition) {
                criteria.conditions.push(condition.clone());
            }
        }
        criteria
    }

    /// Takes a condition in as a choice, if it is one that is not made yet.
    fn take(&mut self, condition: &Condition) -> bool {
        let (place, values) = match condition {
            Condition::Overdue => {
                self.overdue = true;
                return true;
            }
            Condition::Behind => {
                self.behind = true;
                return true;
            }
            Condition::Field {
                place,
                test: Test::Among(values),
            } => (*place, values),
            _ => return false,
        };
        let of = |key: &str| Dealer::TABLE.position(key) == Some(place);
        if of("region") && self.regions.is_empty() {
            self.regions = values
                .iter()
                .filter_map(|value| match value {
                    Value::Text(region) => Some(region.clone()),
                    _ => None,
                })
                .collect();
            return true;
        }
        let mut facets = Facet::ALL.iter().zip(&mut self.chosen);
        let Some((_, chosen)) = facets.find(|(facet, _)| of(facet.key())) else {
            return false;
        };
        if !chosen.is_empty() {
            return false;
        }
        *chosen = values
            .iter()
            .filter_map(|value| match value {
                Value::Choice(code) => Some(*code),
                _ => None,
            })
            .collect();
        true
    }

    /// Whether anything narrows the list.
    pub(super) fn any(&self) -> bool {
        self.overdue || self.behind || self.facets() > 0
    }

    /// Without what only the team may know of: while the dealer sees the screen.
    pub(super) fn without_internal(mut self) -> Self {
        self.overdue = false;
        self.behind = false;
        for (facet, chosen) in Facet::ALL.iter().zip(&mut self.chosen) {
            if matches!(facet, Facet::Grade | Facet::Segment) {
                chosen.clear();
            }
        }
        // Conditions may look at what is internal.
        self.conditions.clear();
        self
    }

    fn admits(&self, entry: &Entry) -> bool {
        (!self.overdue || entry.judged.overdue > 0)
            && (!self.behind || entry.judged.is_behind())
            && self
                .chosen
                .iter()
                .zip(entry.codes)
                .all(|(chosen, code)| chosen.is_empty() || chosen.contains(&code))
            && (self.regions.is_empty() || self.regions.contains(&entry.dealer.region))
    }
}

/// Every dealer that is not in the bin.
#[derive(Debug, Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    places: IdMap<Id<Dealer>, u32>,
    by_name: Vec<u32>,
    /// Regions with the number of their dealers, by name.
    pub(super) regions: Vec<(String, usize)>,
    /// How many contacts are overdue.
    pub(super) overdue: usize,
    /// How many dealers have a goal that falls behind.
    pub(super) behind: usize,
}

impl Entries {
    /// The dealers as their names are written, not judged: these are there at once.
    pub(super) fn named(book: &Book) -> Self {
        Self::of(book, str::to_owned, |_| Judged::default())
    }

    /// The dealers, judged.
    pub(super) fn judged(book: &Book, today: Date) -> Self {
        Self::of(book, name_order, |dealer| Judged::of(book, dealer, today))
    }

    fn of(book: &Book, order: impl Fn(&str) -> String, judge: impl Fn(&Dealer) -> Judged) -> Self {
        let mut named: Vec<(String, &Arc<Dealer>)> = book
            .dealers
            .iter()
            .map(|dealer| (order(&dealer.name), dealer))
            .collect();
        named.sort_unstable_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
        let mut entries = Self::default();
        for (place, (_, dealer)) in named.iter().enumerate() {
            let judged = judge(dealer);
            entries.overdue += usize::from(judged.overdue > 0);
            entries.behind += usize::from(judged.is_behind());
            if !dealer.region.is_empty() {
                entries.count_region(&dealer.region);
            }
            entries.places.insert(dealer.id, place as u32);
            entries.all.push(Entry {
                dealer: Arc::clone(dealer),
                judged,
                codes: Facet::ALL.map(|facet| facet.code(dealer)),
            });
        }
        entries.by_name = (0..entries.all.len() as u32).collect();
        entries
            .regions
            .sort_by_cached_key(|(region, _)| order(region));
        entries
    }

    /// Counts a dealer of a region, while the regions stand by their letters.
    fn count_region(&mut self, region: &str) {
        let place = self
            .regions
            .binary_search_by(|(known, _)| known.as_str().cmp(region));
        match place {
            Ok(place) => self.regions[place].1 += 1,
            Err(place) => self.regions.insert(place, (region.to_owned(), 1)),
        }
    }

    /// How many dealers there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// One of them.
    pub(super) fn get(&self, place: u32) -> Option<&Entry> {
        self.all.get(place as usize)
    }

    /// How many dealers a choice of a facet would leave.
    pub(super) fn count(&self, facet: Facet, code: u16) -> usize {
        self.all
            .iter()
            .filter(|entry| entry.codes[facet as usize] == code)
            .count()
    }

    /// All of them in an order.
    pub(super) fn sorted(&self, sort: Sort) -> Vec<u32> {
        let mut order = self.by_name.clone();
        let judged = |place: &u32| &self.all[*place as usize].judged;
        // The sort is stable: whoever stands equal stays in the order of the names.
        match sort {
            Sort::Name | Sort::View => {}
            Sort::Pressing => order.sort_by_key(|place| {
                let judged = judged(place);
                (Reverse(judged.overdue), judged.due.unwrap_or(Date::MAX))
            }),
            Sort::LastContact => order.sort_by_key(|place| judged(place).last),
            Sort::Pace => {
                order.sort_by_key(|place| judged(place).pace.map_or(i64::MAX, |(_, pace)| pace));
            }
        }
        order
    }

    /// The places of dealers in an order.
    pub(super) fn places(&self, dealers: &[Id<Dealer>]) -> Vec<u32> {
        let places = dealers.iter().filter_map(|id| self.places.get(id));
        places.copied().collect()
    }

    /// Those that are admitted: of `found` in its order when something was searched, else in
    /// the list's order. `fitting` are those that the conditions beyond choices leave.
    pub(super) fn admitted(
        &self,
        criteria: &Criteria,
        order: &[u32],
        found: Option<&[Id<Dealer>]>,
        fitting: Option<&BTreeSet<Id<Dealer>>>,
    ) -> Vec<u32> {
        let fits = |dealer: &Dealer| fitting.is_none_or(|fitting| fitting.contains(&dealer.id));
        let admits = |place: &u32| {
            self.all
                .get(*place as usize)
                .is_some_and(|entry| criteria.admits(entry) && fits(&entry.dealer))
        };
        match found {
            None if !criteria.any() => order.to_vec(),
            None => order.iter().copied().filter(admits).collect(),
            Some(found) => found
                .iter()
                .filter_map(|id| self.places.get(id).copied())
                .filter(admits)
                .collect(),
        }
    }
}

/// What a facet is called: its field's label.
pub(super) fn facet_label(facet: Facet) -> Words {
    let fields = Dealer::TABLE.fields;
    Dealer::TABLE
        .position(facet.key())
        .map_or(Words { zh: "", en: "" }, |place| fields[place].label)
}
