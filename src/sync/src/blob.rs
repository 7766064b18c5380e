//! Blobs: drawings, photos and files of the book.
//!
//! A blob lies whole on its shelf, under an id that follows from its content and by which rows name
//! it; it never changes. Members carry their blobs to the endpoint and fetch those of others, beside
//! the rows and after them: a slow photo holds up no edit.
//!
//! * [`survey`] tells what is to be carried. That the endpoint has a blob, whole, stands in a row of
//!   a reserved table ([`Note`]), written once its last byte is there. So members hear of blobs as
//!   they hear of everything, and nobody asks for one that is still on its way.
//! * [`Outgoing`] and [`Incoming`] are one blob on its way, part by part. Sealing the same blob gives
//!   the same bytes ([`Sealer`]), so it goes on where it stopped, in another run too.
//! * An endpoint that was restored from a backup may have lost blobs that it had: each new epoch is
//!   asked once for those that are here ([`Asked`]), and what it lacks is sent again. Who looks for a
//!   blob in vain takes the note back ([`Note::retraction`]), so that whoever has it hears of it.
//!
//! | number | field | value |
//! | --- | --- | --- |
//! | 1 | id | as on the shelf |
//! | 2 | length | `u32`, big-endian |
//! | 3 | address | 32 bytes |

mod asked;
mod note;
mod sealing;
mod transfer;

pub use asked::Asked;
pub use note::{Note, Survey, TABLE, survey};
pub use sealing::{Address, OpenError, Sealer, TooLong};
pub use transfer::{Incoming, Outgoing, PART_BYTES, Part};

/// The longest blob, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// The longest id, in bytes.
pub const MAX_ID_BYTES: usize = 128;
