//! Rows that are contacts of dealers in the book.

use super::cells::Row;
use super::content::Column;
use super::directory::{name_key, phone_key};
use super::plan::{Reading, Scene, lay_over};
use super::verdict::{Draft, Holder, Into, Likeness, Twin, Verdict};
use crate::book::Book;
use crate::id::Id;
use crate::schema::{AnyRecord, Record};
use crate::tables::{Contact, Dealer};
use crate::value::Value;
use std::collections::HashMap;

/// Contacts by dealer and name, and by dealer and telephone number: those of the book and
/// those of earlier rows.
#[derive(Debug, Default)]
pub(super) struct ContactRows {
    by_name: HashMap<(Id<Dealer>, String), (Holder, String)>,
    by_phone: HashMap<(Id<Dealer>, String), Holder>,
}

impl ContactRows {
    pub(super) fn of(book: &Book) -> Self {
        let mut rows = Self::default();
        let mut contacts: Vec<_> = book.contacts.iter().collect();
        // A table gives its records in no order.
        contacts.sort_unstable_by_key(|contact| contact.id);
        for contact in contacts {
            rows.remember(
                contact.dealer,
                name_key(&contact.name),
                phone_key(&contact.phone),
                Holder::Record(contact.id.uuid()),
            );
        }
        rows
    }

    fn remember(&mut self, dealer: Id<Dealer>, name: String, phone: String, holder: Holder) {
        if !phone.is_empty() {
            self.by_phone
                .entry((dealer, phone.clone()))
                .or_insert(holder);
        }
        self.by_name
            .entry((dealer, name))
            .or_insert((holder, phone));
    }

    pub(super) fn read(&mut self, scene: &Scene<'_>, row: &mut Row<'_>, at: usize) -> Reading {
        let dealer = find_dealer(scene, row);
        let values = values_of(scene, row, None, dealer);
        let text = |key: &str| {
            values
                .iter()
                .find_map(|(place, value)| match value {
                    Value::Text(text) if Contact::TABLE.fields[*place].key == key => {
                        Some(text.clone())
                    }
                    _ => None,
                })
                .unwrap_or_default()
        };
        let (name, phone) = (text("name"), phone_key(&text("phone")));
        let key = name_key(&name);
        let owner = dealer.unwrap_or(Id::NIL);
        let twin = match self.by_name.get(&(owner, key.clone())) {
            Some((holder, other)) if !phone.is_empty() && !other.is_empty() && phone != *other => {
                Some((*holder, Likeness::NameElsewhere))
            }
            Some((holder, other)) if !phone.is_empty() && phone == *other => {
                Some((*holder, Likeness::NameAndPlace))
            }
            Some((holder, _)) => Some((*holder, Likeness::Name)),
            None => self
                .by_phone
                .get(&(owner, phone.clone()))
                .map(|holder| (*holder, Likeness::Phone)),
        };
        let (verdict, into) = match twin {
            None => {
                lay_over(scene, row, None, &values);
                (Verdict::New, Into::Fresh)
            }
            Some((Holder::Row(earlier), likeness)) => {
                lay_over(scene, row, None, &values);
                let line = scene.rows.get(earlier).map_or(0, |row| row.line);
                let twin = Twin::Line(line);
                (Verdict::Duplicate { twin, likeness }, Into::Row(earlier))
            }
            Some((Holder::Record(id), likeness)) => {
                let record = scene.book.contacts.get(Id::new(id));
                let record = record.map(|contact| &**contact as &dyn AnyRecord);
                let changed = lay_over(scene, row, record, &values);
                let verdict = if changed.is_empty() {
                    Verdict::Same
                } else if matches!(likeness, Likeness::NameAndPlace | Likeness::Name) {
                    // Within one dealer, a name is enough to know a person by.
                    Verdict::Update(changed)
                } else {
                    let twin = Twin::Record(id);
                    Verdict::Duplicate { twin, likeness }
                };
                (verdict, Into::Record(id))
            }
        };
        if row.is_sound() && matches!(verdict, Verdict::New) {
            self.remember(owner, key, phone, Holder::Row(at));
        }
        Reading {
            name,
            verdict,
            drafts: vec![Draft::of(into, values)],
        }
    }
}

/// The fields that a row fills, with the dealer that the person belongs to.
pub(super) fn values_of(
    scene: &Scene<'_>,
    row: &mut Row<'_>,
    there: Option<&dyn AnyRecord>,
    dealer: Option<Id<Dealer>>,
) -> Vec<(usize, Value)> {
    let mut values = scene.layout.values(scene, row, there);
    if let (Some(dealer), Some(place)) = (dealer, Contact::TABLE.position("dealer")) {
        values.push((place, Value::Ref(dealer.uuid())));
    }
    values
}

/// The dealer that a row belongs to; reports the row's error when there is none. What a row does
/// not say itself, the whole file's choice says.
pub(super) fn find_dealer(scene: &Scene<'_>, row: &mut Row<'_>) -> Option<Id<Dealer>> {
    let name_place = scene.mapping.place_of(Column::DealerName);
    let code_place = scene.mapping.place_of(Column::DealerCode);
    let place = code_place
        .filter(|place| !row.text(Some(*place)).is_empty())
        .or(name_place)
        .or(code_place);
    let (name, code) = (row.text(name_place), row.text(code_place));
    if name.is_empty() && code.is_empty() && scene.mapping.dealer.is_some() {
        return scene.mapping.dealer;
    }
    let place = place?;
    if name.is_empty() && code.is_empty() {
        row.fail(place, crate::schema::Fault::Missing.into());
        return None;
    }
    match scene.directory.find(name, code) {
        Ok(dealer) => Some(dealer),
        Err(fault) => {
            row.fail(place, fault);
            None
        }
    }
}
