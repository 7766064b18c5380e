//! What a record was before: who changed what, when, from what to what.
//!
//! The change list tells every edit that was made here, and those of other members once their ten
//! minutes are over. Until then the registers tell the latest, and conflicts tell what lost.

use super::review::{What, name, shown};
use super::scene::Scene;
use super::store::{Contested, Place, Written};
use crate::platform::clock;
use std::cmp::Reverse;
use tongxing_domain::bin::dealer_of;
use tongxing_domain::book::Book;
use tongxing_domain::date::Minute;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, DELETED, FieldSpec};
use tongxing_domain::words::Lang;
use tongxing_sync::activity::Activity;
use tongxing_sync::row::FieldKey;
use tongxing_sync::storage::StorageError;

/// What one person changed at one time.
#[derive(Clone, Debug)]
pub struct Edit {
    /// When.
    pub at: Minute,
    /// Who, in words.
    pub who: String,
    /// Field by field.
    pub fields: Vec<FieldEdit>,
}

/// How one field changed.
#[derive(Clone, Debug)]
pub struct FieldEdit {
    /// The field.
    pub spec: &'static FieldSpec,
    /// What was there before; empty where that is not known or was nothing.
    pub old: String,
    /// What was written.
    pub new: String,
    /// Whether the merge did not keep it.
    pub lost: bool,
    /// What writes the old value again, or the one that lost; `None` where the field holds it.
    pub again: Option<Change>,
}

/// A change before it is put into words.
struct Raw {
    ms: u64,
    who: String,
    place: Place,
    old: Option<Vec<u8>>,
    new: Vec<u8>,
    lost: bool,
}

/// The history of a record, the latest first; without what the scene may not show.
///
/// # Errors
/// The change list could not be read.
pub async fn of(s: Scene, table: u16, id: Uuid) -> Result<Vec<Edit>, StorageError> {
    let dealer = s.store.peek(|book| dealer_of(book, table, id));
    let activities = s.store.activity(dealer.unwrap_or_default()).await?;
    let written = s.store.written(table, id);
    let mut raw: Vec<Raw> = activities
        .iter()
        .flat_map(|activity| changes(s, activity, table, id))
        .collect();
    let known: Vec<(Place, u64)> = raw.iter().map(|raw| (raw.place.clone(), raw.ms)).collect();
    let is_new = |place: &Place, ms: u64| !known.contains(&(place.clone(), ms));
    let lost = contested(s, table, id);
    let told = |place: Place, written: Written, lost: bool| Raw {
        ms: written.ms,
        who: name(s, &written.by),
        place,
        old: None,
        new: written.value,
        lost,
    };
    for (place, now) in &written {
        if place.field != DELETED && is_new(place, now.ms) {
            raw.push(told(place.clone(), now.clone(), false));
        }
    }
    for it in lost {
        match raw
            .iter_mut()
            .find(|raw| raw.place == it.place && raw.ms == it.lost.ms)
        {
            Some(raw) => raw.lost = true,
            None => raw.push(told(it.place, it.lost, true)),
        }
    }
    raw.sort_by(|a, b| (Reverse(a.ms), &a.who).cmp(&(Reverse(b.ms), &b.who)));
    Ok(s.store.peek(|book| in_words(s, book, &raw, &written)))
}

fn changes(s: Scene, activity: &Activity, table: u16, id: Uuid) -> Vec<Raw> {
    let of = |field: &FieldKey| Place::of(activity.identity.row, field);
    let here = activity.changes.iter().filter(|(field, _)| {
        let place = of(field);
        (place.table, place.record) == (table, id) && place.field != DELETED
    });
    let author = &activity.identity.author;
    here.map(|(field, change)| Raw {
        ms: change.last.ms(),
        who: match author.is_empty() {
            true => name(s, &s.store.by(activity.identity.device)),
            false => author.clone(),
        },
        place: of(field),
        old: change.old.as_deref().map(<[u8]>::to_vec),
        new: change.new.to_vec(),
        lost: false,
    })
    .collect()
}

/// What was edited apart of a record; nothing for a dealer to see.
fn contested(s: Scene, table: u16, id: Uuid) -> Vec<Contested> {
    if s.shared {
        return Vec::new();
    }
    let all = s.store.contested_now();
    let here = |it: &Contested| (it.place.table, it.place.record) == (table, id);
    all.into_iter().filter(here).collect()
}

fn in_words(s: Scene, book: &Book, raw: &[Raw], written: &[(Place, Written)]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for each in raw {
        let (Some(field), Some(at)) = (
            field_edit(s, book, each, written),
            clock::minute_of(each.ms),
        ) else {
            continue;
        };
        match edits.last_mut() {
            Some(edit) if edit.at == at && edit.who == each.who => edit.fields.push(field),
            _ => edits.push(Edit {
                at,
                who: each.who.clone(),
                fields: vec![field],
            }),
        }
    }
    edits
}

fn field_edit(s: Scene, book: &Book, raw: &Raw, written: &[(Place, Written)]) -> Option<FieldEdit> {
    let place = &raw.place;
    // Places in a list change whenever something is moved, and say nothing to anybody.
    let spec = book
        .spec(place.table)?
        .numbered(place.field)
        .filter(|spec| spec.key != "position" && s.shows(spec))?;
    let what = match spec.kind.is_set() {
        true => What::Member(spec),
        false => What::Field(spec),
    };
    let say = |bytes: &[u8]| shown(book, place, what, bytes, s.lang);
    let new = say(&raw.new).unwrap_or_else(|| needs_newer(s.lang));
    let old = match &raw.old {
        Some(old) => say(old).unwrap_or_else(|| needs_newer(s.lang)),
        None => String::new(),
    };
    let again = match (&raw.old, raw.lost) {
        (_, true) => Some(raw.new.clone()),
        (Some(old), false) => Some(old.clone()),
        // Before the first edit known here there may have been another.
        (None, false) => None,
    };
    let holds = |bytes: &Vec<u8>| {
        let same = |(at, now): &(Place, Written)| at == place && now.value == *bytes;
        written.iter().any(same)
    };
    let again = again
        .filter(|bytes| !holds(bytes) && say(bytes).is_some())
        .map(|bytes| place.holding(bytes));
    let nothing = old == new && !raw.lost;
    (!nothing).then_some(FieldEdit {
        spec,
        old,
        new,
        lost: raw.lost,
        again,
    })
}

fn needs_newer(lang: Lang) -> String {
    tongxing_domain::quantity::NEEDS_NEWER
        .in_lang(lang)
        .to_owned()
}
