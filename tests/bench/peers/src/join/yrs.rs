//! Yrs.

use yrs::updates::decoder::Decode as _;
use yrs::{
    Doc, Map as _, MapPrelim, Out, ReadTxn as _, StateVector, Transact as _, TransactionMut, Update,
};

use super::Book;
use crate::Failed;
use crate::dealers::{self, Edit, FIELDS, ROWS};

const DEALERS: &str = "dealers";

/// A document with one map of dealers.
pub(super) struct Yrs(Doc);

impl Book for Yrs {
    fn prepare() -> Result<(Vec<u8>, Vec<u8>), Failed> {
        let document = Doc::with_client_id(1);
        let dealers = document.get_or_insert_map(DEALERS);
        let mut transaction = document.transact_mut();
        for row in 0..ROWS {
            let fields = FIELDS.iter().enumerate();
            let dealer = fields.map(|(field, name)| (*name, dealers::value(row, field)));
            dealers.insert(
                &mut transaction,
                dealers::id(row),
                MapPrelim::from_iter(dealer),
            );
        }
        let book = transaction.encode_state_as_update_v1(&StateVector::default());
        let known = transaction.state_vector();
        drop(transaction);
        let colleague = Doc::with_client_id(2);
        apply(&mut colleague.transact_mut(), &book)?;
        let dealers = colleague.get_or_insert_map(DEALERS);
        let mut transaction = colleague.transact_mut();
        for edit in dealers::edits() {
            let Some(Out::YMap(dealer)) = dealers.get(&transaction, &dealers::id(edit.row)) else {
                return Err("no such dealer".into());
            };
            dealer.insert(&mut transaction, FIELDS[edit.field], edit.value);
        }
        let edits = transaction.encode_diff_v1(&known);
        Ok((book, edits))
    }

    fn open(book: &[u8]) -> Result<Self, Failed> {
        let document = Doc::with_client_id(3);
        apply(&mut document.transact_mut(), book)?;
        Ok(Self(document))
    }

    fn merge(&mut self, edits: &[u8]) -> Result<(), Failed> {
        apply(&mut self.0.transact_mut(), edits)
    }

    fn has(&self, edit: &Edit) -> bool {
        let dealers = self.0.get_or_insert_map(DEALERS);
        let transaction = self.0.transact();
        match dealers.get(&transaction, &dealers::id(edit.row)) {
            Some(Out::YMap(dealer)) => {
                let value = dealer.get(&transaction, FIELDS[edit.field]);
                value.is_some_and(|value| value.to_string(&transaction) == edit.value)
            }
            _ => false,
        }
    }
}

fn apply(transaction: &mut TransactionMut<'_>, update: &[u8]) -> Result<(), Failed> {
    transaction.apply_update(Update::decode_v1(update)?)?;
    Ok(())
}
