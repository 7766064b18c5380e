//! The link by which a new member joins: the page's address, and behind the `#`, which no browser
//! sends to a server, the invite and where the endpoint is.
//!
//! ```text
//! link     := page "#/join/" invite ["@" endpoint]       (invite: see `secret_text`)
//! endpoint := "http://" / "https://" authority            at the page's own origin if left out
//! ```

use thiserror::Error;
use zeroize::Zeroizing;

use crate::secret_text::{Invite, SecretTextError};

/// What stands between the page's address and the invite.
pub const FRAGMENT: &str = "#/join/";

/// Where an endpoint is: a scheme, a host, perhaps a port, and nothing behind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointAddress(String);

/// The text is no address of an endpoint: it looks like `https://teams.example.com`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an endpoint's address looks like https://teams.example.com")]
pub struct NotAnAddress;

impl EndpointAddress {
    /// Reads an address as somebody typed it: without a scheme it is taken for `https`, and
    /// whatever follows host and port is left off.
    ///
    /// # Errors
    /// [`NotAnAddress`].
    pub fn from_text(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("https".to_owned(), text),
        };
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(NotAnAddress);
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or_default().to_ascii_lowercase();
        let sound = |letter: char| {
            letter.is_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']' | '_')
        };
        let named = authority.chars().any(char::is_alphanumeric);
        if !named || authority.starts_with(':') || !authority.chars().all(sound) {
            return Err(NotAnAddress);
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is said to it can be read on the way. On the device itself nobody can.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        let Some(authority) = self.0.strip_prefix("http://") else {
            return false;
        };
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        };
        !(host == "localhost"
            || host.ends_with(".localhost")
            || host == "::1"
            || host.starts_with("127."))
    }
}

/// Why a link cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    /// The invite in it cannot be read.
    #[error(transparent)]
    Invite(#[from] SecretTextError),
    /// It does not tell where the endpoint is.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
}

/// An invite, and where to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// The invite.
    pub invite: Invite,
    /// The endpoint.
    pub endpoint: EndpointAddress,
}

impl InviteLink {
    /// The link to a page at `page`, an address without a fragment.
    #[must_use]
    pub fn to_text(&self, page: &str) -> Zeroizing<String> {
        let invite = self.invite.to_text();
        let here = EndpointAddress::from_text(page).is_ok_and(|here| here == self.endpoint);
        let elsewhere = if here {
            String::new()
        } else {
            format!("@{}", self.endpoint.as_str())
        };
        Zeroizing::new(format!("{page}{FRAGMENT}{}{elsewhere}", &*invite))
    }

    /// Reads a link; never panics, whatever it is.
    ///
    /// # Errors
    /// What is wrong with it, for the person to see.
    pub fn from_text(link: &str) -> Result<Self, LinkError> {
        let link = link.trim();
        let (page, rest) = link
            .split_once(FRAGMENT)
            .ok_or(SecretTextError::WrongKind { expected: FRAGMENT })?;
        let (invite, endpoint) = match rest.split_once('@') {
            Some((invite, endpoint)) => (invite, endpoint),
            None => (rest, page),
        };
        Ok(Self {
            invite: Invite::from_text(invite)?,
            endpoint: EndpointAddress::from_text(endpoint)?,
        })
    }
}
