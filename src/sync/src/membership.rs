//! What a device keeps of its team beside the rows: the key, its token, and where the endpoint is.
//!
//! ```text
//! membership          := "TXMB" … team[16] key[32] token[32] address        (see `format`)
//! membership/joining  := "TXMJ" … team[16] key[32] token[32] code[16] address
//! ```
//!
//! Both lie on the meta shelf of the device's own store, and nowhere else.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::bytes::Reader;
use crate::format::{self, Damage, Kind};
use crate::invite_link::EndpointAddress;
use crate::secret_text::InviteCode;
use crate::storage::{Batch, KeyRange, Records, Shelf};
use crate::team_key::TeamKey;
use crate::wire::TeamId;

const KEY: &[u8] = b"membership";
const JOINING_KEY: &[u8] = b"membership/joining";
const KIND: Kind = *b"TXMB";
const JOINING_KIND: Kind = *b"TXMJ";

/// The secret by which the endpoint knows a device, drawn by the device. Overwritten when dropped,
/// never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct TokenSecret([u8; 32]);

impl TokenSecret {
    /// Takes 32 random bytes, from a source fit for cryptography.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the endpoint alone.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What a request shows, as bytes: the team, then the secret.
    #[must_use]
    pub fn credential(&self, team: TeamId) -> Zeroizing<[u8; 48]> {
        let mut bytes = Zeroizing::new([0; 48]);
        let parts = team.0.iter().chain(&self.0);
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = *byte;
        }
        bytes
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(not shown)")
    }
}

/// A device's membership in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The team.
    pub team: TeamId,
    /// Its key.
    pub key: TeamKey,
    /// What the endpoint knows the device by.
    pub token: TokenSecret,
    /// Where the endpoint is.
    pub endpoint: EndpointAddress,
}

/// An invite that is being used: kept until the endpoint's answer is known, so that asking again
/// after a lost answer shows the same token and has the same outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// What will be kept.
    pub membership: Membership,
    /// The invite's code.
    pub code: InviteCode,
}

impl Membership {
    /// Where both records lie on the meta shelf.
    #[must_use]
    pub fn meta_range() -> KeyRange {
        KeyRange::prefix(KEY)
    }

    /// Keeps the membership, and forgets that it was being joined.
    #[must_use]
    pub fn keep(&self) -> Batch {
        let mut batch = Batch::new();
        let address = self.endpoint.as_str().as_bytes();
        let body = Zeroizing::new([&*self.secrets(), address].concat());
        batch.put(Shelf::Meta, KEY, format::seal(KIND, &body));
        batch.delete(Shelf::Meta, JOINING_KEY);
        batch
    }

    /// Forgets the membership, key and token included.
    #[must_use]
    pub fn forget() -> Batch {
        let mut batch = Batch::new();
        batch.delete_range(Shelf::Meta, Self::meta_range());
        batch
    }

    /// Reads the records under [`Membership::meta_range`].
    ///
    /// # Errors
    /// What is wrong with the record of the membership: join the team again. A damaged record of
    /// an invite in use is passed over.
    pub fn read(records: Records) -> Result<(Option<Self>, Option<Joining>), Damage> {
        let (mut membership, mut joining) = (None, None);
        for (key, bytes) in records {
            let bytes = Zeroizing::new(bytes);
            if key == KEY {
                let (_, mut reader) = format::unseal(KIND, &bytes)?;
                membership = Some(
                    read_one(&mut reader, |_| Some(()))
                        .ok_or(Damage::Malformed)?
                        .0,
                );
            } else if key == JOINING_KEY
                && let Ok((_, mut reader)) = format::unseal(JOINING_KIND, &bytes)
            {
                joining = read_one(&mut reader, |reader| reader.array().map(InviteCode::new))
                    .map(|(membership, code)| Joining { membership, code });
            }
        }
        Ok((membership, joining))
    }

    fn secrets(&self) -> Zeroizing<Vec<u8>> {
        let parts: [&[u8]; 3] = [&self.team.0, self.key.expose(), self.token.expose()];
        Zeroizing::new(parts.concat())
    }
}

impl Joining {
    /// Keeps it until the answer is known.
    #[must_use]
    pub fn keep(&self) -> Batch {
        let mut batch = Batch::new();
        let address = self.membership.endpoint.as_str().as_bytes();
        let secrets = self.membership.secrets();
        let body = Zeroizing::new([&*secrets, &self.code.expose()[..], address].concat());
        batch.put(Shelf::Meta, JOINING_KEY, format::seal(JOINING_KIND, &body));
        batch
    }
}

fn read_one<T>(
    reader: &mut Reader<'_>,
    more: impl FnOnce(&mut Reader<'_>) -> Option<T>,
) -> Option<(Membership, T)> {
    let (team, key, token) = (reader.array()?, reader.array()?, reader.array()?);
    let more = more(reader)?;
    let address = std::str::from_utf8(reader.rest()).ok()?;
    let membership = Membership {
        team: TeamId(team),
        key: TeamKey::new(key),
        token: TokenSecret::new(token),
        endpoint: EndpointAddress::from_text(address).ok()?,
    };
    Some((membership, more))
}
