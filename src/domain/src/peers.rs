//! Comparable dealers: those of the same type and size.

use crate::book::Book;
use crate::id::Id;
use crate::ratio::Ratio;
use crate::tables::{Dealer, DealerKind, SizeClass};
use crate::words::{Lang, words};

/// What makes dealers comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerGroup {
    /// How they do business.
    pub kind: Option<DealerKind>,
    /// How large they are.
    pub size: Option<SizeClass>,
}

impl PeerGroup {
    /// The group of a dealer.
    pub fn of(dealer: &Dealer) -> Self {
        Self {
            kind: dealer.kind,
            size: dealer.size,
        }
    }

    /// The dealers of the group, without those in the bin, in the order of their ids.
    pub fn members(self, book: &Book) -> Vec<Id<Dealer>> {
        let mut members: Vec<_> = book
            .dealers
            .iter()
            .filter(|dealer| Self::of(dealer) == self)
            .map(|dealer| dealer.id)
            .collect();
        members.sort_unstable();
        members
    }

    /// What people call the group: type and size.
    pub fn show(self, lang: Lang) -> String {
        let open = words("未填", "not entered").in_lang(lang);
        let kind = self.kind.map_or(open, |kind| kind.words().in_lang(lang));
        let size = self.size.map_or(open, |size| size.words().in_lang(lang));
        format!("{kind} · {size}")
    }
}

/// The middle of some values: of an even number, the mean of the two in the middle. `None`
/// of none.
pub fn median(mut values: Vec<Ratio>) -> Option<Ratio> {
    if values.is_empty() {
        return None;
    }
    let (middle, odd) = (values.len() / 2, values.len() % 2 == 1);
    // What lies on either side of the middle needs no order.
    let (below, upper, _) = values.select_nth_unstable(middle);
    if odd {
        return Some(*upper);
    }
    let lower = below.iter().max()?;
    lower.plus(*upper)?.over(Ratio::whole(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let of = |values: &[i64]| median(values.iter().map(|v| Ratio::whole(*v)).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[3, 1, 2]), Some(Ratio::whole(2)));
        assert_eq!(of(&[4, 1, 2, 3]), Ratio::new(5, 2));
    }
}
