//! The metrics that every book knows from the start, and how a metric is found.

use crate::book::Book;
use crate::id::Id;
use crate::quantity::{Quantity, Unit};
use crate::schema::{Fault, Record};
use crate::tables::{Direction, Gathering, Metric};
use crate::text::fold;
use crate::words::{Lang, Words, words};
use std::sync::{Arc, LazyLock};

/// A metric that every book knows.
struct BuiltIn {
    key: &'static str,
    name: Words,
    definition: Words,
    /// Headers and names that other systems use for it.
    also: &'static [&'static str],
    unit: Unit,
    gathering: Gathering,
    direction: Direction,
}

const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        key: "sales_in",
        name: words("进货额", "Sales-in"),
        definition: words(
            "经销商当月从我方进货的金额，按出库价、含税",
            "What the dealer bought from us in the month, at list price with tax",
        ),
        also: &[
            "进货金额",
            "提货额",
            "提货金额",
            "订货额",
            "sell-in",
            "purchases",
            "purchase amount",
        ],
        unit: Unit::Yuan,
        gathering: Gathering::Sum,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "sales_out",
        name: words("销售额", "Sales-out"),
        definition: words(
            "经销商当月卖给客户的我方产品金额，按成交价",
            "What the dealer sold of our products in the month, at the price paid",
        ),
        also: &[
            "销售金额",
            "零售额",
            "出货额",
            "sell-out",
            "sales",
            "sales amount",
        ],
        unit: Unit::Yuan,
        gathering: Gathering::Sum,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "units",
        name: words("销量", "Units sold"),
        definition: words(
            "经销商当月卖出的我方产品件数",
            "How many of our products the dealer sold in the month",
        ),
        also: &[
            "销售数量",
            "销售台数",
            "台数",
            "units",
            "quantity",
            "sales volume",
        ],
        unit: Unit::Pieces,
        gathering: Gathering::Sum,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "market_share",
        name: words("市场份额", "Market share"),
        definition: words(
            "我方产品在经销商所在市场同类销售额中的占比",
            "Our part of what is sold of such products in the dealer's market",
        ),
        also: &["市占率", "份额", "share"],
        unit: Unit::Percent,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "satisfaction",
        name: words("客户满意度", "Customer satisfaction"),
        definition: words(
            "终端客户当月评价的平均分，0–100 分",
            "The mean score that end customers gave in the month, 0–100 points",
        ),
        also: &["满意度", "csat", "satisfaction"],
        unit: Unit::Points,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "receivable_days",
        name: words("应收账期", "Receivable days"),
        definition: words(
            "经销商应付我方的货款平均多少天付清",
            "How many days on average the dealer takes to pay us",
        ),
        also: &[
            "账期",
            "回款天数",
            "应收天数",
            "dso",
            "days sales outstanding",
        ],
        unit: Unit::Days,
        gathering: Gathering::Last,
        direction: Direction::Falling,
    },
    BuiltIn {
        key: "stock_days",
        name: words("库存天数", "Stock days"),
        definition: words(
            "月末库存按最近三个月的销量还能卖多少天",
            "How many days the month-end stock lasts at the last three months' sales",
        ),
        also: &["库存周转天数", "days of stock", "inventory days"],
        unit: Unit::Days,
        gathering: Gathering::Last,
        direction: Direction::Falling,
    },
    BuiltIn {
        key: "focus_share",
        name: words("重点产品占比", "Focus product share"),
        definition: words(
            "重点产品在经销商进货额中的占比",
            "The part of the focus products in what the dealer buys from us",
        ),
        also: &["重点品占比", "主推产品占比", "focus mix"],
        unit: Unit::Percent,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "shops",
        name: words("网点数", "Shops"),
        definition: words(
            "月末展示并销售我方产品的门店数",
            "How many shops show and sell our products at the end of the month",
        ),
        also: &[
            "门店数",
            "网点",
            "终端数",
            "outlets",
            "points of sale",
            "stores",
        ],
        unit: Unit::Pieces,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "stock_turns",
        name: words("库存周转次数", "Stock turns"),
        definition: words(
            "最近十二个月的销售成本除以同期平均库存",
            "The cost of what was sold in twelve months over the mean stock of that time",
        ),
        also: &["周转次数", "周转率", "inventory turns", "stock turnover"],
        unit: Unit::Times,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
    BuiltIn {
        key: "price_discipline",
        name: words("价格执行率", "Price discipline"),
        definition: words(
            "当月抽查的商品中按约定价格销售的占比",
            "Of the products checked in the month, the part sold at the agreed price",
        ),
        also: &["价格执行", "价格合规率", "price compliance"],
        unit: Unit::Percent,
        gathering: Gathering::Last,
        direction: Direction::Rising,
    },
];

fn id_of(key: &str) -> Id<Metric> {
    Id::natural(&["metric", key])
}

macro_rules! metric_ids {
    ($($(#[$doc:meta])* $key:ident;)+) => {$(
        $(#[$doc])*
        pub fn $key() -> Id<Metric> {
            static KNOWN: LazyLock<Id<Metric>> = LazyLock::new(|| id_of(stringify!($key)));
            *KNOWN
        }
    )+};
}

metric_ids! {
    /// 进货额: yuan a month, they add up.
    sales_in;
    /// 销售额: yuan a month, they add up.
    sales_out;
    /// 销量: pieces a month, they add up.
    units;
    /// 市场份额: percent, the latest counts.
    market_share;
    /// 客户满意度: points, the latest counts.
    satisfaction;
    /// 应收账期: days, the latest counts, lower is better.
    receivable_days;
    /// 库存天数: days, the latest counts, lower is better.
    stock_days;
    /// 重点产品占比: percent, the latest counts.
    focus_share;
    /// 网点数: shops, the latest counts.
    shops;
    /// 库存周转次数: times a year, the latest counts.
    stock_turns;
    /// 价格执行率: percent, the latest counts.
    price_discipline;
}

/// The metrics that every book knows, in the order in which they are offered.
pub fn built_in() -> &'static [Arc<Metric>] {
    static KNOWN: LazyLock<Vec<Arc<Metric>>> = LazyLock::new(|| {
        let metric = |known: &BuiltIn| {
            Arc::new(Metric {
                name: known.name.zh.to_owned(),
                unit: Some(known.unit),
                direction: Some(known.direction),
                gathering: Some(known.gathering),
                definition: known.definition.zh.to_owned(),
                ..Metric::with_id(id_of(known.key))
            })
        };
        BUILT_IN.iter().map(metric).collect()
    });
    &KNOWN
}

fn built_in_with(id: Id<Metric>) -> Option<(&'static BuiltIn, &'static Arc<Metric>)> {
    let place = built_in().iter().position(|metric| metric.id == id)?;
    Some((BUILT_IN.get(place)?, built_in().get(place)?))
}

impl Metric {
    /// What it is called in a language. A name that the team gave itself is the same in all.
    pub fn title(&self, lang: Lang) -> &str {
        match built_in_with(self.id) {
            Some((known, _)) if self.name == known.name.zh => known.name.in_lang(lang),
            _ => &self.name,
        }
    }

    /// Why an amount cannot be a reading; `None` for one that can.
    pub fn refuses(&self, amount: Quantity) -> Option<Fault> {
        if amount < Quantity(0) && !self.may_be_negative() {
            return Some(Fault::TooSmall);
        }
        // A part of a whole is not more than the whole; what the team's own metrics mean is not known.
        let part = matches!(self.unit, Some(Unit::Percent | Unit::Points));
        let over = part && built_in_with(self.id).is_some() && amount > Quantity::whole(100);
        over.then_some(Fault::Rule(words(
            "不能超过 100，请核对",
            "Cannot be over 100; please check it",
        )))
    }

    /// Whether a month may be below zero: where months add up, returns can exceed what was
    /// sold.
    pub fn may_be_negative(&self) -> bool {
        self.gathering == Some(Gathering::Sum)
    }

    /// What exactly is counted, in a language.
    pub fn definition_in(&self, lang: Lang) -> &str {
        match built_in_with(self.id) {
            Some((known, _)) if self.definition == known.definition.zh => {
                known.definition.in_lang(lang)
            }
            _ => &self.definition,
        }
    }
}

/// A team's own row lays over the built-in metric; what it leaves empty stays as built in.
fn laid_over(own: &Arc<Metric>, known: &Metric) -> Arc<Metric> {
    let mut metric = Metric::clone(own);
    for place in 0..Metric::TABLE.fields.len() {
        if metric.get(place).is_empty() {
            // The same table's own value is always of the field's kind.
            let _ = metric.put(place, known.get(place));
        }
    }
    Arc::new(metric)
}

impl Book {
    /// A metric: the team's own, or a built-in one with what the team changed of it.
    pub fn metric(&self, id: Id<Metric>) -> Option<Arc<Metric>> {
        let own = self.metrics.get(id);
        match (own, built_in_with(id)) {
            (Some(own), Some((_, known))) => Some(laid_over(own, known)),
            (Some(own), None) => Some(Arc::clone(own)),
            (None, known) => known.map(|(_, metric)| Arc::clone(metric)),
        }
    }

    /// Every metric to choose from: the built-in ones first, then the team's own by name.
    /// A built-in one that the team put into the bin is not offered.
    pub fn all_metrics(&self) -> Vec<Arc<Metric>> {
        let mut all: Vec<_> = built_in()
            .iter()
            .filter(|metric| {
                self.metrics
                    .get_any(metric.id)
                    .is_none_or(|own| !own.state.deleted)
            })
            .filter_map(|metric| self.metric(metric.id))
            .collect();
        let mut own: Vec<_> = self
            .metrics
            .iter()
            .filter(|metric| built_in_with(metric.id).is_none())
            .cloned()
            .collect();
        own.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        all.append(&mut own);
        all
    }

    /// The metric that a person or another system calls so, in either language. Names that
    /// the team gave come before the built-in ones, those before what other systems say.
    pub fn metric_named(&self, name: &str) -> Option<Arc<Metric>> {
        let wanted = fold(name);
        if wanted.is_empty() {
            return None;
        }
        let all = self.all_metrics();
        let by_name = all.iter().find(|metric| {
            [metric.name.as_str(), metric.title(Lang::En)]
                .into_iter()
                .any(|name| fold(name) == wanted)
        });
        let by_alias = || {
            all.iter().find(|metric| {
                built_in_with(metric.id)
                    .is_some_and(|(known, _)| known.also.iter().any(|name| fold(name) == wanted))
            })
        };
        by_name.or_else(by_alias).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::problems;
    use std::collections::BTreeSet;

    #[test]
    fn built_in_metrics_are_complete_and_keep_their_ids() {
        let ids: BTreeSet<_> = built_in().iter().map(|metric| metric.id).collect();
        assert_eq!(ids.len(), 11);
        for metric in built_in() {
            assert_eq!(problems(&**metric), []);
        }
        let named = [
            sales_in(),
            sales_out(),
            units(),
            market_share(),
            satisfaction(),
            receivable_days(),
            stock_days(),
            focus_share(),
            shops(),
            stock_turns(),
            price_discipline(),
        ];
        assert!(named.iter().eq(built_in().iter().map(|metric| &metric.id)));
        // Stored in every reading: these must never change.
        assert_eq!(sales_in().to_string(), "307d4e95f7be53789ba217f127791c71");
    }

    #[test]
    fn metrics_are_found_by_their_names_in_both_languages() {
        let book = Book::default();
        for (name, id) in [
            ("进货额", sales_in()),
            ("sell-in", sales_in()),
            ("Sales-out", sales_out()),
            (" 市 占 率 ", market_share()),
            ("DSO", receivable_days()),
        ] {
            assert_eq!(book.metric_named(name).unwrap().id, id, "{name}");
        }
        assert!(book.metric_named("").is_none());
        assert!(book.metric_named("毛利").is_none());
    }

    #[test]
    fn the_teams_own_rows_come_first() {
        let mut book = Book::default();
        let mut own = Metric::with_id(sales_in());
        own.name = "提货金额".into();
        book.metrics.set(own);
        let metric = book.metric(sales_in()).unwrap();
        assert_eq!(metric.title(Lang::En), "提货金额");
        assert_eq!(metric.unit, Some(Unit::Yuan));
        assert_eq!(book.all_metrics().len(), 11);

        let mut gone = Metric::with_id(shops());
        gone.state.deleted = true;
        book.metrics.set(gone);
        assert_eq!(book.all_metrics().len(), 10);
        assert_eq!(book.metric(shops()).unwrap().title(Lang::En), "Shops");
    }

    #[test]
    fn parts_of_a_whole_are_never_more_than_it() {
        let book = Book::default();
        let of = |id| book.metric(id).unwrap();
        let share = of(market_share());
        assert_eq!(share.refuses(Quantity(10_000)), None);
        assert!(matches!(
            share.refuses(Quantity(10_001)),
            Some(Fault::Rule(_))
        ));
        assert_eq!(share.refuses(Quantity(-1)), Some(Fault::TooSmall));
        assert_eq!(of(sales_in()).refuses(Quantity(-1)), None);
        assert_eq!(of(sales_in()).refuses(Quantity(i64::MAX)), None);
        let own = Metric {
            unit: Some(Unit::Percent),
            ..Metric::with_id(Id::natural(&["own"]))
        };
        assert_eq!(own.refuses(Quantity(25_000)), None);
    }

    #[test]
    fn titles_follow_the_language() {
        let metric = Book::default().metric(stock_days()).unwrap();
        assert_eq!(metric.title(Lang::Zh), "库存天数");
        assert_eq!(metric.title(Lang::En), "Stock days");
        assert!(metric.definition_in(Lang::En).starts_with("How many days"));
    }
}
