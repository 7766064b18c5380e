//! Identities: a UUID that knows which table it belongs to.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

pub use uuid::Uuid;

/// The namespace of ids derived from a natural key (UUID version 5, RFC 9562 section 5.5).
const NATURAL: Uuid = Uuid::from_u128(0x7f6b_1c0e_5a3d_4e0f_9d2a_746f_6e67_7869);

/// Where fresh ids come from: the shell gives a version 7 UUID (RFC 9562 section 5.7) at each
/// call, a test gives a sequence.
pub type FreshId<'a> = &'a mut dyn FnMut() -> Uuid;

/// The id of one record of the table `T`. The nil id means "none chosen yet".
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// No record.
    pub const NIL: Self = Self(Uuid::nil(), PhantomData);

    /// An id from its UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The id that everyone derives from the same natural key, so that two tablets that
    /// enter the same fact write one row. Parts are joined with a unit separator, which no
    /// cleaned text contains.
    pub fn natural(parts: &[&str]) -> Self {
        Self::new(Uuid::new_v5(&NATURAL, parts.join("\u{1f}").as_bytes()))
    }

    /// The bare UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// Whether no record is meant.
    pub fn is_nil(self) -> bool {
        self.0.is_nil()
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::NIL
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Probe;

    #[test]
    fn natural_ids_depend_on_every_part_and_its_place() {
        let id = |parts: &[&str]| Id::<Probe>::natural(parts);
        assert_eq!(id(&["a", "b"]), id(&["a", "b"]));
        assert_ne!(id(&["a", "b"]), id(&["b", "a"]));
        assert_ne!(id(&["ab", ""]), id(&["a", "b"]));
    }

    #[test]
    fn text_form_reads_back() {
        let id = Id::<Probe>::natural(&["x"]);
        assert_eq!(id.to_string().parse::<Id<Probe>>().unwrap(), id);
        assert!("nonsense".parse::<Id<Probe>>().is_err());
    }
}
