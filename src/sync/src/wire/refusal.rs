//! What an endpoint answers when it does not do what it was asked to.

use std::fmt;

use super::VERSION;
use super::cbor::{Body, DecodeError, Items, Message, Out, Reader, Written};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $status:literal, $text:literal;)*) => {
        /// Why a request was refused. Numbers are given once and for ever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
            /// One that only a newer version knows.
            Other(u16),
        }

        impl Code {
            /// All codes that this version knows.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code's number on the wire.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Other(number) => number,
                }
            }

            /// The code of a number.
            #[must_use]
            pub const fn from_number(number: u16) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Other(other),
                }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                    Self::Other(_) => 500,
                }
            }
        }

        impl fmt::Display for Code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name => f.write_str($text),)*
                    Self::Other(number) => write!(f, "the endpoint refused (code {number})"),
                }
            }
        }
    };
}

codes! {
    /// The request is not in its form. Do not send it again as it is.
    Malformed = 1, 400, "the endpoint could not read the request";
    /// The request's version is newer than the endpoint: the endpoint is to be updated.
    NeedsNewerEndpoint = 2, 400, "the endpoint needs a newer version";
    /// The token is unknown, or has been revoked: join again.
    Unauthorized = 3, 401, "this device is not, or no longer, a member of the team";
    /// The member's role does not allow it: a viewer has pushed. Pull alone.
    Forbidden = 4, 403, "the member's role does not allow this";
    /// There is no such thing.
    NotFound = 5, 404, "the endpoint has no such thing";
    /// Body, envelope or number of rows beyond the limits: send less at a time.
    TooLarge = 6, 413, "the request is too large";
    /// Too many requests: wait.
    TooMany = 7, 429, "too many requests; wait a little";
    /// The team has used up its space: free some, or ask whoever runs the endpoint.
    QuotaExceeded = 8, 507, "the team's space on the endpoint is full";
    /// The endpoint cannot write or read just now: try again.
    Unavailable = 9, 503, "the endpoint is not available just now";
    /// The endpoint gave up waiting for the request: try again.
    TimedOut = 10, 408, "the endpoint waited too long for the request";
    /// The invite has been used, has expired, or never was: ask for a new one.
    InviteInvalid = 11, 410, "the invite has been used or has expired";
    /// Something is there already under this name.
    Conflict = 12, 409, "there is something else under this name already";
    /// The endpoint made a mistake; its log tells more.
    Internal = 13, 500, "the endpoint failed";
}

/// A refusal's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// When to try again, in seconds from now; `None` if that is left to the member.
    pub retry_after_s: Option<u32>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code,
            retry_after_s: None,
        }
    }
}

impl Message for Refusal {
    const MAX_BYTES: usize = 1 << 10;
}

impl Body for Refusal {
    fn size_hint(&self) -> usize {
        16
    }

    fn put(&self, out: &mut Out) -> Written {
        out.array(3)?.u64(VERSION)?.u16(self.code.number())?;
        match self.retry_after_s {
            Some(seconds) => out.u32(seconds)?,
            None => out.null()?,
        };
        Ok(())
    }

    fn take(reader: &mut Reader<'_>, items: &mut Items) -> Result<Self, DecodeError> {
        let number = reader.number(items)?;
        let number = u16::try_from(number).map_err(|_| reader.malformed())?;
        let seconds = reader.or_null(items, Reader::number)?;
        let retry_after_s = match seconds {
            Some(seconds) => Some(u32::try_from(seconds).map_err(|_| reader.malformed())?),
            None => None,
        };
        Ok(Self {
            code: Code::from_number(number),
            retry_after_s,
        })
    }
}
