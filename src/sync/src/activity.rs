//! Activity: who changed what, when, from which value to which.
//!
//! All edits that one opening of the store makes to one row within ten minutes go into one
//! record, so that saving at every pause leaves one line, not fifty. A record's key begins with
//! its subject (the dealer), so that one dealer's timeline is one range; records of one device,
//! row and window that several openings wrote are brought together by [`read_back`].

#[cfg(feature = "team")]
pub mod rows;

use std::collections::BTreeMap;

use crate::bytes::{Reader, put_slice, put_varint};
use crate::format::{self, Damage, Kind};
use crate::hlc::{DeviceId, Hlc};
use crate::row::{FieldKey, RowKey};

/// Length of a window, in milliseconds.
pub const WINDOW_MS: u64 = 10 * 60 * 1000;

/// What an activity belongs to; opaque here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(pub [u8; 16]);

/// The window in which a Unix millisecond lies. 48 bits of milliseconds give 29 bits of windows.
#[must_use]
pub const fn window_of(ms: u64) -> u32 {
    let window = ms / WINDOW_MS;
    if window > u32::MAX as u64 {
        u32::MAX
    } else {
        window as u32
    }
}

/// How one field changed within a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The value before the first edit; `None` if there was none.
    pub old: Option<Box<[u8]>>,
    /// The value after the last edit.
    pub new: Box<[u8]>,
    /// The first edit's stamp.
    pub first: Hlc,
    /// The last edit's stamp.
    pub last: Hlc,
}

impl Change {
    /// The old value of the earlier first edit, the new value of the later last one. Equal stamps
    /// are decided by the values, so that the order of joining never matters.
    fn join(&mut self, other: &Self) {
        if (other.first, &other.old) < (self.first, &self.old) {
            self.first = other.first;
            self.old.clone_from(&other.old);
        }
        if (other.last, &other.new) > (self.last, &self.new) {
            self.last = other.last;
            self.new.clone_from(&other.new);
        }
    }
}

/// What makes two records parts of one activity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// What it belongs to.
    pub subject: Subject,
    /// The ten minutes, counted from the Unix epoch.
    pub window: u32,
    /// The row that changed.
    pub row: RowKey,
    /// The device on which it was changed.
    pub device: DeviceId,
    /// The name of whoever changed it.
    pub author: String,
}

/// What one author changed in one row, on one device, within ten minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Where, when and by whom.
    pub identity: Identity,
    /// Per field, from what to what.
    pub changes: BTreeMap<FieldKey, Change>,
}

const KIND: Kind = *b"TXAC";

impl Activity {
    /// The stamp of its first edit.
    #[must_use]
    pub fn first(&self) -> Hlc {
        self.changes
            .values()
            .map(|change| change.first)
            .min()
            .unwrap_or(Hlc::ZERO)
    }

    /// The stamp of its last edit.
    #[must_use]
    pub fn last(&self) -> Hlc {
        self.changes
            .values()
            .map(|change| change.last)
            .max()
            .unwrap_or(Hlc::ZERO)
    }

    /// Takes in another record of the same activity. One of a different identity is left alone,
    /// and the answer is `false`.
    pub fn join(&mut self, other: &Self) -> bool {
        if self.identity != other.identity {
            return false;
        }
        for (field, change) in &other.changes {
            match self.changes.get_mut(field) {
                Some(ours) => ours.join(change),
                None => {
                    self.changes.insert(field.clone(), change.clone());
                }
            }
        }
        true
    }

    /// The record's key on the activity shelf: subject, window, row, then the stamp with which
    /// the writing opening of the store began it.
    #[must_use]
    pub fn shelf_key(&self, begun: Hlc) -> Vec<u8> {
        let identity = &self.identity;
        let mut key = Vec::with_capacity(54);
        key.extend_from_slice(&identity.subject.0);
        key.extend_from_slice(&identity.window.to_be_bytes());
        key.extend_from_slice(&identity.row.to_bytes());
        key.extend_from_slice(&begun.to_bytes());
        key
    }

    /// The record's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let identity = &self.identity;
        let mut body = Vec::with_capacity(128);
        body.extend_from_slice(&identity.subject.0);
        body.extend_from_slice(&identity.window.to_be_bytes());
        body.extend_from_slice(&identity.row.to_bytes());
        body.extend_from_slice(&identity.device.0.to_be_bytes());
        put_slice(&mut body, identity.author.as_bytes());
        put_varint(
            &mut body,
            u32::try_from(self.changes.len()).unwrap_or(u32::MAX),
        );
        for (field, change) in &self.changes {
            put_varint(&mut body, u32::from(field.number));
            put_slice(&mut body, &field.member);
            put_varint(&mut body, u32::from(change.old.is_some()));
            if let Some(old) = &change.old {
                put_slice(&mut body, old);
            }
            put_slice(&mut body, &change.new);
            body.extend_from_slice(&change.first.to_bytes());
            body.extend_from_slice(&change.last.to_bytes());
        }
        format::seal(KIND, &body)
    }

    /// Reads a record; never panics, whatever the bytes are.
    ///
    /// # Errors
    /// What is wrong with the record.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damage> {
        let (version, mut reader) = format::unseal(KIND, bytes)?;
        let activity = read(&mut reader).ok_or(Damage::Malformed)?;
        format::check_end(version, &reader)?;
        Ok(activity)
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Activity> {
    let subject = Subject(reader.array()?);
    let window = reader.u32()?;
    let row = RowKey::from_bytes(reader.array()?);
    let device = DeviceId(u64::from_be_bytes(reader.array()?));
    let author = String::from_utf8(reader.slice()?.to_vec()).ok()?;
    let mut changes = BTreeMap::new();
    for _ in 0..reader.varint()? {
        let number = u16::try_from(reader.varint()?).ok()?;
        let field = FieldKey {
            number,
            member: reader.slice()?.into(),
        };
        let old = match reader.varint()? {
            0 => None,
            1 => Some(reader.slice()?.into()),
            _ => return None,
        };
        let new = reader.slice()?.into();
        let first = Hlc::from_bytes(reader.array()?);
        let last = Hlc::from_bytes(reader.array()?);
        if changes
            .insert(
                field,
                Change {
                    old,
                    new,
                    first,
                    last,
                },
            )
            .is_some()
        {
            return None;
        }
    }
    Some(Activity {
        identity: Identity {
            subject,
            window,
            row,
            device,
            author,
        },
        changes,
    })
}

/// Brings the records of each activity together; the result ascends by subject, window and row.
#[must_use]
pub fn read_back(records: impl IntoIterator<Item = Activity>) -> Vec<Activity> {
    let mut activities: BTreeMap<Identity, Activity> = BTreeMap::new();
    for record in records {
        match activities.get_mut(&record.identity) {
            Some(activity) => {
                activity.join(&record);
            }
            None => {
                activities.insert(record.identity.clone(), record);
            }
        }
    }
    activities.into_values().collect()
}
