//! Trust: what became of needs, what the dealer heard from us first, who is who at the dealer,
//! and how far we trust each other.

mod needs;
mod openness;
mod ratings;
mod relationships;
#[cfg(test)]
mod tests;

pub use needs::{Answered, NoAnswer, OPEN_NEEDS_RULE, answer};
pub use openness::{NewsState, Openness, TELL_SOON_DAYS, TO_TELL_RULE, all_to_tell, tell, to_tell};
pub use ratings::{TrustCourse, trust_course};
pub use relationships::{LOST_TOUCH_DAYS, RelationshipMap, Tie};
