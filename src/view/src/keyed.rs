//! Lists whose entries keep their elements by key.

use crate::built::{Built, BuiltList};
use crate::view::View;
use leptos::prelude::untrack;
use leptos::reactive::owner::Owner;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

/// One entry: what tells it apart, and how it is drawn when it is new.
type Entry = (u64, Box<dyn FnOnce() -> View>);

/// A list whose entries keep their elements, and what is typed into them, while their keys stay. An
/// entry is drawn once; what changes in it has to be a signal. `each` is read again after each change of
/// what it reads.
pub fn keyed<I, K>(
    mut each: impl FnMut() -> I + 'static,
    key: impl Fn(&I::Item) -> K + 'static,
    draw: impl Fn(I::Item) -> View + 'static,
) -> View
where
    I: IntoIterator,
    I::Item: 'static,
    K: Hash,
{
    let draw = Rc::new(draw);
    let entries = move || -> Vec<Entry> {
        each()
            .into_iter()
            .map(|item| {
                let key = hashed(&key(&item));
                let draw = Rc::clone(&draw);
                let view: Box<dyn FnOnce() -> View> = Box::new(move || draw(item));
                (key, view)
            })
            .collect()
    };
    by_keys(Box::new(entries))
}

/// 64 bits tell the entries of one list apart: among a thousand, two differing keys meet in one of 10¹³
/// lists, and would then share an element.
fn hashed(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    // Through a pointer: the hasher's code is then not written once for each kind of key.
    let mut through: &mut dyn Hasher = &mut hasher;
    key.hash(&mut through);
    hasher.finish()
}

fn by_keys(mut entries: Box<dyn FnMut() -> Vec<Entry>>) -> View {
    // The entries belong to the list, not to one of its drawings: a later drawing keeps them.
    let owner = Owner::new();
    let mut owners: HashMap<u64, Owner> = HashMap::new();
    View::Keyed(Box::new(move |before| {
        let list = before.unwrap_or_else(BuiltList::empty);
        arranged(list, entries(), &owner, &mut owners)
    }))
}

/// The list with just the entries wanted, in their order. Nodes that stand where they should are not
/// touched, so that the one with the focus keeps it.
fn arranged(
    list: BuiltList,
    wanted: Vec<Entry>,
    owner: &Owner,
    owners: &mut HashMap<u64, Owner>,
) -> BuiltList {
    let BuiltList { items, keys, end } = list;
    let mut standing: HashMap<u64, Built> = keys.into_iter().zip(items).collect();
    let mut items = Vec::with_capacity(wanted.len());
    let mut keys = Vec::with_capacity(wanted.len());
    for (key, draw) in wanted {
        if keys.contains(&key) {
            continue;
        }
        let item = standing.remove(&key).unwrap_or_else(|| {
            let own = owner.with(Owner::new);
            let built = own.with(|| untrack(|| draw().build()));
            owners.insert(key, own);
            built
        });
        keys.push(key);
        items.push(item);
    }
    for (key, gone) in standing {
        gone.remove();
        drop(gone);
        if let Some(owner) = owners.remove(&key) {
            owner.cleanup();
        }
    }
    let mut next = end.clone();
    for item in items.iter().rev() {
        let mut last = None;
        item.each(&mut |node| last = Some(node.clone()));
        let stands = last.and_then(|last| last.next_sibling()).as_ref() == Some(&next);
        if !stands {
            item.put_before(&next);
        }
        next = item.first().unwrap_or(next);
    }
    BuiltList { items, keys, end }
}
