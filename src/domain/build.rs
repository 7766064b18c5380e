//! Lays out how Chinese signs sound in few bytes: the table of the `pinyin` crate knows tones, readings and
//! rare signs that nobody searches by, and would be a sixth of the first visit.
//!
//! Two planes of a byte for each sign of U+4E00 to U+9FFF: the initial, then the final, as numbers of the
//! lists in `src/search/sounds.rs`; 255 for a sign without a reading. Apart they compress twice as well.

use pinyin::ToPinyin as _;
use std::{env, fs, io, path::Path};

#[path = "src/search/sounds.rs"]
mod sounds;

use sounds::{FINALS, FIRST, INITIALS, LAST, NONE};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/search/sounds.rs");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let parts: Vec<(u8, u8)> = (FIRST..=LAST).map(parts).collect();
    let initials = parts.iter().map(|(initial, _)| *initial);
    let finals = parts.iter().map(|(_, final_)| *final_);
    let planes: Vec<u8> = initials.chain(finals).collect();
    fs::write(Path::new(&folder).join("sounds.bin"), planes)
}

/// The numbers of a sign's initial and final.
fn parts(sign: char) -> (u8, u8) {
    let none = (NONE, NONE);
    let Some(sound) = sign.to_pinyin() else {
        return none;
    };
    // On a keyboard ü is v.
    let plain = sound.plain().replace('ü', "v").replace('ê', "e");
    // "zh" before "z": the longest initial that leaves a final.
    let split = |initial: usize| {
        let rest = plain.strip_prefix(INITIALS[initial])?;
        let rest = FINALS.iter().position(|known| *known == rest)?;
        Some((initial as u8, rest as u8))
    };
    (0..INITIALS.len())
        .filter_map(split)
        .max_by_key(|(initial, _)| INITIALS[usize::from(*initial)].len())
        .unwrap_or(none)
}
