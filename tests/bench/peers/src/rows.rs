//! Rows as an endpoint has them: what fills it, and what fills a bare database with as many.

pub(crate) mod database;
pub(crate) mod endpoint;

/// Rows in all.
const ROWS: usize = 100_000;
/// Rows in one push, and in one transaction of a bare database.
const BATCH: usize = 500;
/// Bytes of one envelope.
const ENVELOPE_BYTES: usize = 600;

/// A row's id and what it holds: bytes that nothing can compress, as sealed ones are.
fn row(number: usize) -> ([u8; 16], Vec<u8>) {
    let mut state = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = std::iter::repeat_with(move || {
        // xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016)
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
    .flat_map(u64::to_be_bytes);
    let mut id = [0; 16];
    id.fill_with(|| bytes.next().unwrap_or_default());
    (id, bytes.take(ENVELOPE_BYTES).collect())
}
