//! The join of two packed rows: one walk over both, one allocation if anything changed.

use std::cmp::Ordering;

use super::{RegisterRef, Registers, layout};

/// What a join finds in one place.
enum Found<'a, 'b> {
    /// The register of the row itself stays.
    Ours(RegisterRef<'a>),
    /// The register of the other row is new or greater.
    Theirs(RegisterRef<'b>),
}

fn walk<'a, 'b>(ours: &'a [u8], theirs: &'b [u8], mut visit: impl FnMut(Found<'a, 'b>)) {
    let (mut ours, mut theirs) = (Registers::new(ours), Registers::new(theirs));
    let (mut our, mut their) = (ours.next(), theirs.next());
    loop {
        match (our, their) {
            (None, None) => break,
            (Some(a), None) => {
                visit(Found::Ours(a));
                our = ours.next();
            }
            (None, Some(b)) => {
                visit(Found::Theirs(b));
                their = theirs.next();
            }
            (Some(a), Some(b)) => match a.compare_place(&b) {
                Ordering::Less => {
                    visit(Found::Ours(a));
                    our = ours.next();
                }
                Ordering::Greater => {
                    visit(Found::Theirs(b));
                    their = theirs.next();
                }
                Ordering::Equal => {
                    visit(if b.beats(&a) {
                        Found::Theirs(b)
                    } else {
                        Found::Ours(a)
                    });
                    our = ours.next();
                    their = theirs.next();
                }
            },
        }
    }
}

/// The joined bytes, or `None` if they are the bytes of `ours`.
pub(super) fn join(ours: &[u8], theirs: &[u8]) -> Option<Box<[u8]>> {
    if ours == theirs {
        return None;
    }
    let most = Registers::new(ours).len() + Registers::new(theirs).len();
    let mut joined = Vec::with_capacity(most);
    let mut changed = false;
    walk(ours, theirs, |found| {
        joined.push(match found {
            Found::Ours(register) => register,
            Found::Theirs(register) => {
                changed = true;
                register
            }
        });
    });
    changed.then(|| layout::pack(&joined))
}

/// The registers of `theirs` that the join takes over.
pub(super) fn winners<'b>(ours: &[u8], theirs: &'b [u8]) -> Vec<RegisterRef<'b>> {
    let mut winners = Vec::new();
    walk(ours, theirs, |found| {
        if let Found::Theirs(register) = found {
            winners.push(register);
        }
    });
    winners
}
