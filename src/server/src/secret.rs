//! Secrets that devices draw, and the hashes by which the endpoint knows them again.
//!
//! A device draws its token's secret itself, so that asking twice to found or to join a team has the
//! same outcome, and so that no answer of the endpoint ever holds a secret. The endpoint keeps a hash.

use std::fmt;
use std::str::FromStr;

use subtle::ConstantTimeEq as _;
use tongxing_sync::wire::TeamId;

use crate::text;

/// What the hashes of different kinds of secrets begin with, so that none passes for another.
const DEVICE: &str = "tongxing endpoint v1 device token";
const INVITE: &str = "tongxing endpoint v1 invite";
const OPERATOR: &str = "tongxing endpoint v1 operator token";

/// 256 bits drawn at random by a device. Never shown, never stored.
#[derive(Clone)]
pub struct Secret(pub [u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The hash of a secret. Its first half names the device or the invite.
#[derive(Clone, Copy)]
pub struct SecretHash(pub [u8; 32]);

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

impl SecretHash {
    /// The first half: a name under which the hash can be looked up.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        let (id, _) = self.0.split_first_chunk().unwrap_or((&[0; 16], &[]));
        *id
    }

    /// Whether both are the same, in a time that does not tell where they differ.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// The hash of a text that whoever runs the endpoint has chosen: a sign-up or metrics token.
    #[must_use]
    pub fn of_operator_token(text: &str) -> Self {
        Self(blake3::derive_key(OPERATOR, text.as_bytes()))
    }
}

/// A secret together with its team: a device's token, or what an invite's link carries.
///
/// As text 64 characters: URL-safe base64 of the team's 16 bytes and the secret's 32.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The team.
    pub team: TeamId,
    /// The secret.
    pub secret: Secret,
}

impl Credential {
    fn hash(&self, kind: &str) -> SecretHash {
        SecretHash(blake3::derive_key(kind, &self.bytes()))
    }

    /// The hash under which a device is known.
    #[must_use]
    pub fn device_hash(&self) -> SecretHash {
        self.hash(DEVICE)
    }

    /// The hash under which an invite is known.
    #[must_use]
    pub fn invite_hash(&self) -> SecretHash {
        self.hash(INVITE)
    }

    fn bytes(&self) -> [u8; 48] {
        let mut bytes = [0; 48];
        let (team, secret) = bytes.split_at_mut(16);
        team.copy_from_slice(&self.team.0);
        secret.copy_from_slice(&self.secret.0);
        bytes
    }

    /// The text that a device sends as its bearer token.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::encode(&self.bytes())
    }
}

/// The text is no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token is 64 characters of URL-safe base64")]
pub struct NotACredential;

impl FromStr for Credential {
    type Err = NotACredential;

    fn from_str(text: &str) -> Result<Self, NotACredential> {
        let bytes: [u8; 48] = text::decode(text).ok_or(NotACredential)?;
        let (team, secret) = bytes
            .split_first_chunk::<16>()
            .ok_or(NotACredential)
            .and_then(|(team, rest)| Ok((*team, rest.try_into().map_err(|_| NotACredential)?)))?;
        Ok(Self {
            team: TeamId(team),
            secret: Secret(secret),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Credential, Secret};
    use tongxing_sync::wire::TeamId;

    fn credential() -> Credential {
        Credential {
            team: TeamId([7; 16]),
            secret: Secret([9; 32]),
        }
    }

    #[test]
    fn text_leads_back_to_the_same_secret() {
        let text = credential().to_text();
        assert_eq!(text.len(), 64);
        let again: Credential = text.parse().unwrap();
        assert!(again.device_hash().matches(&credential().device_hash()));
        for bad in [&text[1..], &format!("{text}A"), &text.replace('B', "+"), ""] {
            assert!(bad.parse::<Credential>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_hash_belongs_to_one_team_and_one_purpose() {
        let ours = credential();
        let theirs = Credential {
            team: TeamId([8; 16]),
            ..ours.clone()
        };
        assert!(!ours.device_hash().matches(&theirs.device_hash()));
        assert!(!ours.device_hash().matches(&ours.invite_hash()));
    }

    #[test]
    fn secrets_do_not_show() {
        let shown = format!("{:?} {:?}", credential(), credential().device_hash());
        assert!(!shown.contains('9'), "{shown}");
    }
}
