//! Goals that two sides set and hold to: where to begin and how far to go, what was agreed
//! and signed, and how it was revised.

mod agreed;
mod revised;
mod setting;
mod signature;
#[cfg(test)]
mod tests;

pub use agreed::{Agreed, AgreedState, NotAgreed, agree, consent_text, state};
pub use revised::{NotRevised, Revised, as_first_set, revise, revisions};
pub use setting::{Setting, milestones, usual_spans, usual_title};
pub use signature::{SHEET, Signature};
