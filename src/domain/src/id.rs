//! Identities: a UUID that knows which table it belongs to.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
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

/// A map by ids.
///
/// Ids are random already (versions 5 and 7 carry at least 62 random bits in their last eight
/// bytes), so mixing those is enough; the standard hasher guards against strangers who choose
/// keys, and rows come from the team alone.
pub type IdMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// The hasher of [`IdMap`].
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

/// A folded multiplication, as in wyhash: every bit reaches the sum of the product's halves.
/// The factor is 2^64 divided by the golden ratio.
fn folded(value: u64) -> u64 {
    let product = u128::from(value) * 0x9e37_79b9_7f4a_7c15;
    (product as u64) ^ ((product >> 64) as u64)
}

/// Keeps zeros from staying zeros: the first digits of pi after the point.
const SEED: u64 = 0x243f_6a88_85a3_08d3;

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut part = [0; 8];
            for (to, from) in part.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.write_u64(u64::from_le_bytes(part));
        }
    }

    fn write_u64(&mut self, part: u64) {
        self.0 = folded(self.0 ^ part ^ SEED);
    }

    fn write_u16(&mut self, part: u16) {
        self.write_u64(part.into());
    }

    fn write_usize(&mut self, part: usize) {
        self.write_u64(part as u64);
    }

    fn finish(&self) -> u64 {
        // Once more, since the map takes its place from the low bits alone.
        folded(self.0)
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
    fn ids_spread_over_a_map() {
        // Ids that count up, the worst that tests and other programs make.
        let places: std::collections::BTreeSet<u64> = (0..4096_u128)
            .map(|n| {
                let mut hasher = IdHasher::default();
                Uuid::from_u128(n).hash(&mut hasher);
                hasher.finish() % 4096
            })
            .collect();
        assert!(places.len() > 2000, "{}", places.len());
    }

    #[test]
    fn text_form_reads_back() {
        let id = Id::<Probe>::natural(&["x"]);
        assert_eq!(id.to_string().parse::<Id<Probe>>().unwrap(), id);
        assert!("nonsense".parse::<Id<Probe>>().is_err());
    }
}
