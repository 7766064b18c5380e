//! The trust rating by hand, and how it went. Internal throughout.

use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::tables::{Dealer, TrustLevel, TrustRating};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::cmp::Ordering;
use std::sync::Arc;

/// The ratings of a dealer up to a day, the newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct TrustCourse {
    /// The ratings.
    pub ratings: Vec<Arc<TrustRating>>,
}

/// The ratings of a dealer up to a day. Of two on one day the one that was written later
/// counts.
pub fn trust_course(book: &Book, dealer: Id<Dealer>, today: Date) -> TrustCourse {
    let mut ratings: Vec<_> = book
        .trust_ratings
        .of(dealer)
        .filter(|rating| rating.on.is_some_and(|on| on <= today))
        .cloned()
        .collect();
    ratings.sort_by_key(|rating| std::cmp::Reverse((rating.on, rating.id)));
    TrustCourse { ratings }
}

impl TrustCourse {
    /// The rating that counts.
    pub fn level(&self) -> Option<TrustLevel> {
        self.ratings.first().and_then(|rating| rating.level)
    }

    /// Whether the latest rating is better or worse than the one before; `None` without two.
    pub fn change(&self) -> Option<Ordering> {
        let level = |at: usize| self.ratings.get(at).and_then(|rating| rating.level);
        Some(level(0)?.cmp(&level(1)?))
    }

    /// Who rated when, how and why.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        for (place, rating) in self.ratings.iter().enumerate() {
            let (Some(level), Some(on)) = (rating.level, rating.on) else {
                continue;
            };
            let mut label = show_date(on, lang);
            if !rating.by.is_empty() {
                label = format!("{label} · {}", rating.by);
            }
            let value = format!("{} · {}", level.words().in_lang(lang), rating.reason);
            let mut line = Line::new(label, value);
            // The latest one holds.
            line.is_result = place == 0;
            out.push(line);
        }
        out.words(
            words("规则", "Rule"),
            words(
                "由人凭感受评定并写明理由；不参与健康度计算，不给经销商看",
                "Rated by a person, with a reason; it counts for no score and is never shown to the dealer",
            ),
        );
        out.done()
    }
}
