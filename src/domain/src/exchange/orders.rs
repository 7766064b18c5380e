//! Orders of another system: several make up one month's sales-in.

use super::preset::Preset;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::import::CellFault;
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::{Change, Record, bin, changes};
use crate::tables::{Dealer, ForeignRecord, OtherSystem, Reading};
use crate::value::{Figure, Link};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) key: String,
    pub(super) dealer: Id<Dealer>,
    pub(super) day: Date,
    pub(super) amount: Quantity,
}

/// Whether the book, or an earlier row, has an order already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    No,
    Otherwise,
    Same,
}

/// The orders that the book knows of and those of a file.
#[derive(Debug)]
pub(super) struct Orders {
    system: OtherSystem,
    module: &'static str,
    known: BTreeMap<Id<ForeignRecord>, Order>,
    come: BTreeMap<Id<ForeignRecord>, Order>,
}

/// The reading of a dealer's sales-in in the month of a day.
fn reading_of(dealer: Id<Dealer>, day: Date) -> Id<Reading> {
    Reading::id_for(dealer, metrics::sales_in(), Month::of(day))
}

impl Orders {
    pub(super) fn of(book: &Book, preset: &'static Preset) -> Self {
        let known = book
            .foreign_records
            .iter()
            .filter(|foreign| {
                foreign.system == Some(preset.system) && foreign.module == preset.module
            })
            .filter_map(|foreign| {
                let reading = book.readings.get_any(Id::new(foreign.about?.id))?;
                let order = Order {
                    key: foreign.key.clone(),
                    dealer: reading.dealer,
                    day: foreign.on?,
                    amount: foreign.amount?,
                };
                Some((foreign.id, order))
            })
            .collect();
        Self {
            system: preset.system,
            module: preset.module,
            known,
            come: BTreeMap::new(),
        }
    }

    /// Takes an order in, and says whether it was known.
    pub(super) fn put(&mut self, order: Order) -> Known {
        let id = ForeignRecord::id_for(self.system, self.module, &order.key);
        let known = match self.come.get(&id).or_else(|| self.known.get(&id)) {
            None => Known::No,
            Some(known) if *known == order => Known::Same,
            Some(_) => Known::Otherwise,
        };
        self.come.insert(id, order);
        known
    }

    /// The orders behind a reading: key, day, amount.
    pub(super) fn behind(&self, reading: Id<Reading>) -> Vec<(&str, Date, Quantity)> {
        let mut orders: Vec<_> = self
            .known
            .values()
            .filter(|order| reading_of(order.dealer, order.day) == reading)
            .map(|order| (order.key.as_str(), order.day, order.amount))
            .collect();
        orders.sort_by_key(|(key, day, _)| (*day, *key));
        orders
    }

    /// Writes the orders, and the readings of every month that they belong or belonged to as
    /// the sum of all its orders.
    pub(super) fn changes(&self, book: &Book, today: Date) -> Result<Vec<Change>, CellFault> {
        let mut out = Vec::new();
        let mut touched: BTreeSet<(Id<Dealer>, Month)> = BTreeSet::new();
        let mut all = self.known.clone();
        for (id, order) in &self.come {
            if let Some(known) = self.known.get(id) {
                touched.insert((known.dealer, Month::of(known.day)));
            }
            touched.insert((order.dealer, Month::of(order.day)));
            all.insert(*id, order.clone());
            let before = book.foreign_records.get_any(*id);
            let after = ForeignRecord {
                system: Some(self.system),
                module: self.module.to_owned(),
                key: order.key.clone(),
                about: Some(Link {
                    table: Reading::NUMBER,
                    id: reading_of(order.dealer, order.day).uuid(),
                }),
                amount: Some(order.amount),
                on: Some(order.day),
                ..ForeignRecord::with_id(*id)
            };
            out.extend(changes(before.map(Arc::as_ref), &after));
            if before.is_some_and(|before| before.state.deleted) {
                out.push(bin::<ForeignRecord>(*id, false));
            }
        }
        for (dealer, month) in touched {
            let mut orders = all
                .values()
                .filter(|order| order.dealer == dealer && Month::of(order.day) == month);
            let sum = orders.try_fold(0_i64, |sum, order| sum.checked_add(order.amount.0));
            let sum = sum.ok_or(CellFault::Overflow)?;
            let id = Reading::id_for(dealer, metrics::sales_in(), month);
            let before = book.readings.get_any(id);
            let mut after = before.map_or_else(|| Reading::with_id(id), |old| Reading::clone(old));
            (after.dealer, after.metric) = (dealer, metrics::sales_in());
            after.month = Some(month);
            after.figure = Some(Figure {
                amount: Quantity(sum),
                as_of: month.last().min(today),
            });
            after.source = self.system.words().zh.to_owned();
            out.extend(changes(before.map(Arc::as_ref), &after));
            if before.is_some_and(|before| before.state.deleted) {
                out.push(bin::<Reading>(id, false));
            }
        }
        Ok(out)
    }
}
