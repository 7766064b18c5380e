//! Why something with the team did not work, in the kinds that a person can do something about.

use crate::platform::http::HttpError;
use thiserror::Error;
use tongxing_sync::storage::StorageError;
use tongxing_sync::wire::{Code, DecodeError};

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// Why something with the team did not work. The texts are for whoever reads code; what
        /// people read is in `locales`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
        pub enum TeamError {
            $($(#[$doc])* #[error($text)] $name,)*
        }

        impl TeamError {
            /// All of them.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its number, for other tabs of this version.
            pub(super) const fn number(self) -> i64 {
                match self {
                    $(Self::$name => $number,)*
                }
            }

            /// The error of a number.
            pub(super) const fn from_number(number: i64) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

errors! {
    /// Nobody answered.
    Unreachable = 1, "the endpoint cannot be reached";
    /// The endpoint has too much to do, or cannot store just now.
    Busy = 2, "the endpoint is busy";
    /// Whoever answered is no endpoint of this program.
    NotAnEndpoint = 3, "there is no endpoint at this address";
    /// The address is one over which everybody could listen.
    Insecure = 4, "the address is not protected by https";
    /// The endpoint is newer than the page.
    NeedsNewerPage = 5, "the page needs a newer version";
    /// The page is newer than the endpoint.
    NeedsNewerEndpoint = 6, "the endpoint needs a newer version";
    /// The device was put out of the team, or has left it.
    NoLongerMember = 7, "this device is no longer a member of the team";
    /// The role does not allow it.
    Forbidden = 8, "the role does not allow this";
    /// It is not there any more.
    NotFound = 9, "there is no such thing";
    /// The invite is used, expired or unknown.
    InviteInvalid = 10, "the invite has been used or has expired";
    /// The team has used up its space.
    Full = 11, "the team's space on the endpoint is full";
    /// The last owner must stay, or the name is taken.
    Conflict = 12, "something is in the way";
    /// The key in the invite is not the team's.
    WrongKey = 13, "the key is not the team's";
    /// The endpoint failed.
    Failed = 14, "the endpoint failed";
    /// The device could not store it.
    Disk = 15, "the device could not store it";
    /// The browser gives no random numbers.
    NoRandomness = 16, "the browser gives no random numbers";
}

impl TeamError {
    /// Whether trying again later may help.
    pub(super) const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Busy | Self::Failed | Self::Disk | Self::NotAnEndpoint
        )
    }
}

impl From<HttpError> for TeamError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Unreachable | HttpError::TimedOut => Self::Unreachable,
            HttpError::TooLong => Self::NotAnEndpoint,
        }
    }
}

impl From<StorageError> for TeamError {
    fn from(_: StorageError) -> Self {
        Self::Disk
    }
}

impl From<Code> for TeamError {
    fn from(code: Code) -> Self {
        match code {
            Code::NeedsNewerEndpoint => Self::NeedsNewerEndpoint,
            Code::Unauthorized => Self::NoLongerMember,
            Code::Forbidden => Self::Forbidden,
            Code::NotFound => Self::NotFound,
            Code::TooMany | Code::Unavailable | Code::TimedOut => Self::Busy,
            Code::QuotaExceeded => Self::Full,
            Code::InviteInvalid => Self::InviteInvalid,
            Code::Conflict => Self::Conflict,
            Code::Malformed | Code::TooLarge | Code::Internal | Code::Other(_) => Self::Failed,
        }
    }
}

impl From<DecodeError> for TeamError {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::NeedsNewerVersion(_) => Self::NeedsNewerPage,
            _ => Self::NotAnEndpoint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TeamError;

    #[test]
    fn numbers_lead_back() {
        for error in TeamError::ALL {
            assert_eq!(TeamError::from_number(error.number()), Some(*error));
        }
        assert_eq!(TeamError::from_number(0), None);
    }
}
