//! Who is in the book already: dealers by code and by name.

use super::fault::CellFault;
use crate::book::Book;
use crate::id::Id;
use crate::tables::Dealer;
use crate::text::{Lines, clean, fold};
use std::collections::HashMap;

/// A name for comparing; a name of nothing but symbols stays as it is.
pub(crate) fn name_key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() {
        clean(text, Lines::One)
    } else {
        folded
    }
}

/// The digits of a telephone number, without the country's code.
pub(crate) fn phone_key(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() >= 10 => rest.to_owned(),
        _ => digits,
    }
}

/// The dealers of a book by code and by name.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    by_code: HashMap<String, Vec<Id<Dealer>>>,
    by_name: HashMap<String, Vec<Id<Dealer>>>,
}

impl Directory {
    pub(crate) fn of(book: &Book) -> Self {
        let mut directory = Self::default();
        for dealer in book.dealers.iter() {
            if !dealer.code.is_empty() {
                let list = directory.by_code.entry(name_key(&dealer.code)).or_default();
                list.push(dealer.id);
            }
            let list = directory.by_name.entry(name_key(&dealer.name)).or_default();
            list.push(dealer.id);
        }
        // A table gives its records in no order.
        for list in directory
            .by_code
            .values_mut()
            .chain(directory.by_name.values_mut())
        {
            list.sort_unstable();
        }
        directory
    }

    pub(super) fn with_code(&self, code: &str) -> &[Id<Dealer>] {
        self.by_code.get(&name_key(code)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn with_name(&self, name: &str) -> &[Id<Dealer>] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }

    /// The one dealer that a name and a code mean; either may be empty.
    pub(crate) fn find(&self, name: &str, code: &str) -> Result<Id<Dealer>, CellFault> {
        let named = self.with_name(name);
        if code.is_empty() {
            return match named {
                [only] => Ok(*only),
                [] => Err(CellFault::NoSuchDealer),
                _ => Err(CellFault::ManyDealers),
            };
        }
        match self.with_code(code) {
            [] => Err(CellFault::NoSuchDealer),
            coded if name.is_empty() || named.is_empty() => match coded {
                [only] => Ok(*only),
                _ => Err(CellFault::ManyDealers),
            },
            coded => coded
                .iter()
                .find(|id| named.contains(id))
                .copied()
                .ok_or(CellFault::TwoDealers),
        }
    }
}
