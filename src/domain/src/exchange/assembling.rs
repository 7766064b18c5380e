//! Putting together what several columns of another system say.

use super::incoming::{Parts, Reader};
use super::preset::{Settled, Shape};
use crate::date::{Date, DateSpan, Minute, Slot};
use crate::metrics;
use crate::quantity::Quantity;
use crate::tables::Channel;
use crate::value::{Course, Outcome, Value};

impl Reader {
    /// Puts together what several columns say.
    pub(super) fn assemble(&self, parts: &mut Parts) {
        let preset = self.preset;
        for (key, code) in preset.constants {
            self.set(parts, key, Value::Choice(*code));
        }
        if let Some(dealer) = parts.dealer {
            self.set(parts, "dealer", Value::Ref(dealer.uuid()));
        }
        if !parts.family.is_empty() {
            let name = whole_name(&parts.given, &parts.family);
            self.set(parts, "name", Value::Text(name));
        }
        match preset.shape {
            Shape::Meeting => self.meeting(parts),
            Shape::Deal => self.deal(parts),
            Shape::Plain => {
                if let Some(status) = parts.status {
                    let day = parts.settled_on.map(Minute::date).unwrap_or(self.today);
                    self.settle(parts, status, day);
                }
            }
            Shape::Order => {}
        }
    }

    fn settle(&self, parts: &mut Parts, status: Settled, day: Date) {
        let day = day.min(self.today);
        let value = match status {
            Settled::Open => Value::Empty,
            Settled::Done => Value::Outcome(Outcome::Done(day)),
            Settled::Dropped => Value::Outcome(Outcome::Dropped(day)),
        };
        self.set(parts, "outcome", value);
    }

    fn meeting(&self, parts: &mut Parts) {
        let has = |parts: &Parts, key: &str| {
            let place = self.place(key);
            parts.values.iter().any(|(other, _)| Some(*other) == place)
        };
        if let Some(start) = parts.start {
            let end = parts.end.unwrap_or_else(|| start.plus(60));
            let minutes = u16::try_from((end.index() - start.index()).max(1)).unwrap_or(u16::MAX);
            self.set(parts, "planned", Value::Slot(Slot { start, minutes }));
        }
        let held = parts.settled_on.or(parts.start);
        let status = parts.status.or_else(|| {
            let day = held?.date();
            // Without a word about it, what lies before today was held.
            let over = parts.settled_on.is_some() || day < self.today;
            Some(if over { Settled::Done } else { Settled::Open })
        });
        if let (Some(status), Some(held)) = (status, held) {
            if status == Settled::Done && !has(parts, "started") {
                self.set(parts, "started", Value::Minute(held));
                if let Some(end) = parts.end.filter(|end| *end >= held && !has(parts, "ended")) {
                    self.set(parts, "ended", Value::Minute(end));
                }
            }
            self.settle(parts, status, held.date());
            if status == Settled::Open && !has(parts, "purpose") {
                // What is written about a meeting to come is what it is for.
                let minutes = self.place("minutes");
                let purpose = self.place("purpose");
                for (place, _) in &mut parts.values {
                    if Some(*place) == minutes
                        && let Some(purpose) = purpose
                    {
                        *place = purpose;
                    }
                }
            }
        }
        if !has(parts, "channel") {
            self.set(parts, "channel", Value::Choice(Channel::Visit.code()));
        }
    }

    fn deal(&self, parts: &mut Parts) {
        self.set(parts, "metric", Value::Ref(metrics::sales_in().uuid()));
        if let Some(amount) = parts.amount {
            let course = Course {
                baseline: Quantity(0),
                target: Quantity(amount.0),
            };
            self.set(parts, "course", Value::Course(course));
        }
        if let Some(until) = parts.until {
            let from = parts.from.unwrap_or(self.today).min(until);
            if let Some(span) = DateSpan::new(from, until) {
                self.set(parts, "span", Value::Span(span));
            }
            if let Some(status) = parts.status {
                self.settle(parts, status, until);
            }
        }
    }
}

/// A person's whole name: given name first where it is written in Latin letters.
fn whole_name(given: &str, family: &str) -> String {
    if given.is_empty() {
        family.to_owned()
    } else if given.is_ascii() {
        format!("{given} {family}")
    } else {
        format!("{family}{given}")
    }
}
