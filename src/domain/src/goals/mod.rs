//! Goals that two sides hold to: what was agreed and signed, and how it was revised.

mod agreed;
mod revised;
#[cfg(test)]
mod tests;

pub use agreed::{Agreed, AgreedState, NotAgreed, agree, consent_text, state};
pub use revised::{NotRevised, Revised, as_first_set, revise, revisions};
