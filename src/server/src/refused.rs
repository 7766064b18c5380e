//! Why a request is not done, and what the client is told about it.

use std::borrow::Cow;

use tongxing_sync::wire::Code;

use crate::store::StoreError;

/// A request that is not done, for a reason that the client can understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason, by its number.
    pub code: Code,
    /// What happened and what to do, for whoever reads it. Holds nothing secret.
    pub advice: Cow<'static, str>,
    /// When to try again.
    pub retry_after_s: Option<u32>,
}

impl Refused {
    /// A refusal with its advice.
    pub fn new(code: Code, advice: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            advice: advice.into(),
            retry_after_s: None,
        }
    }

    /// The same, to be tried again after some seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

/// Why something is not done: the client's reason, or the store's.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The client may not, cannot, or asks wrongly.
    #[error("{}", .0.advice)]
    Refused(Refused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    /// A refusal with its advice.
    pub fn refused(code: Code, advice: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused(Refused::new(code, advice))
    }

    /// What the client is told. The cause behind a failure of the store stays here.
    #[must_use]
    pub fn into_refused(self) -> Refused {
        match self {
            Self::Refused(refused) => refused,
            Self::Store(StoreError::Full(_)) => Refused::new(
                Code::Unavailable,
                "the endpoint's disk is full and nothing of this request was stored; tell whoever runs \
                 it, and try again later",
            )
            .retry_after(60),
            Self::Store(StoreError::Busy(_) | StoreError::Unreachable(_)) => Refused::new(
                Code::Unavailable,
                "the endpoint's database is busy or away; nothing of this request was stored; try again",
            )
            .retry_after(2),
            Self::Store(_) => Refused::new(
                Code::Internal,
                "the endpoint failed and stored nothing of this request; its log tells why",
            ),
        }
    }
}
