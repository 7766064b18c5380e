//! The quality of the data: what is missing, what is stale, what is there twice.

use crate::attention::link_to;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::duplicates::{Alike, Pair, pairs};
use crate::explain::{Explanation, Line, counting};
use crate::id::{Id, IdMap};
use crate::ratio::Ratio;
use crate::schema::{FieldSpec, Record};
use crate::tables::{Dealer, DealerStatus};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// The fields without which a dealer cannot be looked after, compared or visited.
const NEEDED: [&str; 6] = ["region", "kind", "size", "phone", "address", "grade"];
/// Readings are stale when the last whole months that have none are so many.
pub const STALE_MONTHS: i32 = 2;

/// What is wrong with a dealer's data.
#[derive(Clone, Debug)]
pub enum Finding {
    /// A field is empty.
    Missing(&'static FieldSpec),
    /// Nobody to talk to is in the book.
    NoContact,
    /// There is not one reading.
    NoReading,
    /// The last reading is too old.
    Stale {
        /// The month of the last reading.
        last: Month,
        /// How many whole months have none since.
        months: i32,
    },
    /// Another dealer may be the same.
    Duplicate {
        /// The other.
        other: Id<Dealer>,
        /// What they have in common.
        alike: Alike,
    },
}

impl Finding {
    /// What is wrong, in a line.
    pub fn text(&self, book: &Book, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing(field), Lang::Zh) => format!("缺少{}", field.label.zh),
            (Self::Missing(field), Lang::En) => format!("{} is missing", field.label.en),
            (Self::NoContact, _) => words("没有联系人", "No contact").in_lang(lang).to_owned(),
            (Self::NoReading, _) => words("没有任何数据", "No readings")
                .in_lang(lang)
                .to_owned(),
            (Self::Stale { last, months }, lang) => {
                let month = Value::Month(*last).show(Kind::Month, lang);
                match lang {
                    Lang::Zh => format!("最近的数据是 {month}，已缺 {months} 个月"),
                    Lang::En => format!("Last reading of {month}; {months} months are missing"),
                }
            }
            (Self::Duplicate { other, alike }, lang) => {
                let name = book.title(Dealer::NUMBER, other.uuid()).unwrap_or_default();
                let alike = alike.words().in_lang(lang);
                match lang {
                    Lang::Zh => format!("可能与“{name}”重复：{alike}"),
                    Lang::En => format!("May be the same as “{name}”: {alike}"),
                }
            }
        }
    }
}

/// What is wrong with the data of dealers.
#[derive(Clone, Debug)]
pub struct Quality {
    /// Dealers with something wrong, those with the most first.
    pub findings: Vec<(Arc<Dealer>, Vec<Finding>)>,
    /// Filled ÷ needed fields over all dealers that are looked at; `None` without any.
    pub completeness: Option<Ratio>,
    /// The filled fields and the needed ones.
    fields: (i128, i128),
}

impl Quality {
    /// Filled ÷ needed, in the explanation.
    pub const COMPLETENESS: Words = words("完整率", "Completeness");

    /// How completeness comes about.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (filled, needed) = self.fields;
        let fields: Vec<&str> = NEEDED
            .iter()
            .filter_map(|key| {
                let place = Dealer::TABLE.position(key)?;
                Some(Dealer::TABLE.fields.get(place)?.label.in_lang(lang))
            })
            .collect();
        out.line(
            words("看哪些栏", "Which fields"),
            fields.join(words("、", ", ").in_lang(lang)),
        );
        out.line(words("应填", "Needed"), needed.to_string());
        out.line(words("已填", "Filled"), filled.to_string());
        let part = self.completeness.unwrap_or(Ratio::ZERO).show_fine();
        out.result(Self::COMPLETENESS, format!("{filled} ÷ {needed} = {part}"));
        out.done()
    }

    /// The dealers with something wrong, and what it is.
    pub fn explain_findings(&self, book: &Book, lang: Lang) -> Vec<Line> {
        let entries = self.findings.iter().map(|(dealer, findings)| {
            let told: Vec<_> = findings.iter().map(|it| it.text(book, lang)).collect();
            Line::new(dealer.name.clone(), told.join(" · ")).about(link_to(&**dealer))
        });
        let rule = words(
            "缺必填栏、没有联系人、数据过期或疑似重复的经销商；已终止的不看",
            "Dealers with a needed field, contact or reading missing, or that may be there twice; ended ones are left out",
        );
        counting(rule, entries.collect(), lang)
    }
}

/// What is wrong with the data of every dealer that is worked with or talked to.
pub fn quality(book: &Book, today: Date) -> Quality {
    let mut doubles: IdMap<Id<Dealer>, Vec<Finding>> = IdMap::default();
    for Pair {
        first,
        second,
        alike,
    } in pairs(book)
    {
        for (own, other) in [(first, second), (second, first)] {
            let found = doubles.entry(own).or_default();
            found.push(Finding::Duplicate { other, alike });
        }
    }
    let (mut filled, mut needed) = (0_i128, 0_i128);
    let mut findings: Vec<(Arc<Dealer>, Vec<Finding>)> = book
        .dealers
        .iter()
        .filter(|dealer| !matches!(dealer.status, Some(DealerStatus::Ended)))
        .map(|dealer| {
            let mut found = Vec::new();
            for key in NEEDED {
                let Some(place) = Dealer::TABLE.position(key) else {
                    continue;
                };
                needed += 1;
                if dealer.get(place).is_empty() {
                    found.extend(Dealer::TABLE.fields.get(place).map(Finding::Missing));
                } else {
                    filled += 1;
                }
            }
            if book.contacts.of(dealer.id).next().is_none() {
                found.push(Finding::NoContact);
            }
            // Nothing is sold yet to those who are only talked to, or while they rest.
            if matches!(dealer.status, Some(DealerStatus::Active) | None) {
                found.extend(stale(book, dealer.id, today));
            }
            found.extend(doubles.remove(&dealer.id).unwrap_or_default());
            (Arc::clone(dealer), found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    findings.sort_by(|(a, x), (b, y)| (y.len(), &a.name, a.id).cmp(&(x.len(), &b.name, b.id)));
    Quality {
        findings,
        completeness: Ratio::new(filled, needed),
        fields: (filled, needed),
    }
}

fn stale(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<Finding> {
    let last = book
        .readings
        .of(dealer)
        .filter(|reading| reading.dealer == dealer)
        .filter_map(|reading| reading.month)
        .max();
    let Some(last) = last else {
        return Some(Finding::NoReading);
    };
    // The running month is not over yet.
    let months = Month::of(today).index() - 1 - last.index();
    (months >= STALE_MONTHS).then_some(Finding::Stale { last, months })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::metrics;
    use crate::money::Fen;
    use crate::tables::{Contact, DealerKind, Grade, Reading, SizeClass};

    fn whole(name: &str) -> Dealer {
        Dealer {
            name: name.into(),
            region: "华东".into(),
            kind: Some(DealerKind::Retailer),
            size: Some(SizeClass::Small),
            phone: format!("0571-8888{:04}", name.len()),
            address: "灶台路 1 号".into(),
            grade: Some(Grade::A),
            turnover: Some(Fen(1)),
            ..Dealer::with_id(Id::natural(&[name]))
        }
    }

    fn read(book: &mut Book, dealer: Id<Dealer>, month: &str) {
        let month = Month::parse(month).unwrap();
        let metric = metrics::sales_in();
        book.readings.set(Reading {
            dealer,
            metric,
            month: Some(month),
            ..Reading::with_id(Reading::id_for(dealer, metric, month))
        });
    }

    fn meet(book: &mut Book, dealer: Id<Dealer>) {
        book.contacts.set(Contact {
            dealer,
            ..Contact::with_id(Id::natural(&["contact", &dealer.to_string()]))
        });
    }

    #[test]
    fn what_is_missing_stale_or_doubled_is_listed() {
        let mut book = Book::default();
        let good = whole("good");
        let stale = whole("stale one");
        let mut bare = whole("bare");
        (bare.region, bare.phone) = (String::new(), String::new());
        bare.name = "GOOD".into();
        let ended = Dealer {
            status: Some(DealerStatus::Ended),
            ..Dealer::with_id(Id::natural(&["ended"]))
        };
        for dealer in [&good, &stale, &bare, &ended] {
            book.dealers.set(dealer.clone());
        }
        meet(&mut book, good.id);
        meet(&mut book, stale.id);
        read(&mut book, good.id, "2026-05");
        read(&mut book, stale.id, "2026-03");
        let quality = quality(&book, parse_date("2026-06-10").unwrap());
        let told: Vec<_> = quality
            .findings
            .iter()
            .map(|(dealer, found)| {
                let texts: Vec<_> = found.iter().map(|f| f.text(&book, Lang::En)).collect();
                (dealer.name.as_str(), texts.join("; "))
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "GOOD",
                    "Region is missing; Phone is missing; No contact; No readings; \
                     May be the same as “good”: Same name"
                        .to_owned()
                ),
                ("good", "May be the same as “GOOD”: Same name".to_owned()),
                (
                    "stale one",
                    "Last reading of Mar 2026; 2 months are missing".to_owned()
                ),
            ]
        );
        assert_eq!(quality.completeness, Ratio::new(16, 18));
    }
}
