//! Bodies as they come from the network.

use std::fmt::Debug;

use tongxing_sync::wire::{Digest, Message, Poke, PokeReader, Refusal, SyncRequest, SyncResponse};

/// Whether bytes are such a message. One that is must come back from its own encoding.
fn is_message<T: Message + PartialEq + Debug>(bytes: &[u8]) -> bool {
    let Ok(message) = T::decode(bytes) else {
        return false;
    };
    let encoded = message.encode();
    assert!(encoded.len() <= T::MAX_BYTES, "longer than is read");
    assert_eq!(T::decode(&encoded).as_ref(), Ok(&message));
    true
}

/// Whether bytes hold pokes, however they are cut into parts.
fn is_stream(bytes: &[u8]) -> bool {
    let whole: Vec<Poke> = PokeReader::default().take(bytes);
    let mut reader = PokeReader::default();
    let cut = bytes.chunks(3).flat_map(|part| reader.take(part));
    assert_eq!(cut.collect::<Vec<_>>(), whole);
    !whole.is_empty()
}

/// Reads bytes as every kind of message.
pub fn wire(bytes: &[u8]) -> bool {
    let accepted = [
        is_message::<SyncRequest>(bytes),
        is_message::<SyncResponse>(bytes),
        is_message::<Digest>(bytes),
        is_message::<Refusal>(bytes),
        is_stream(bytes),
    ];
    accepted.contains(&true)
}
