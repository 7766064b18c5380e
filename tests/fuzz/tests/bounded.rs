//! Every target over its corpus and a bounded number of mutations, the same in every run.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be unwrapped fails the test"
)]
#![expect(
    clippy::print_stdout,
    reason = "how much was shown is part of the result"
)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use tongxing_fuzz::{TARGETS, Target, seeds};

/// Mutations of each file of the corpus.
const ROUNDS: u64 = 4_000;
/// No input grows beyond this.
const LONGEST: usize = 8_192;

/// Numbers at which readers are likeliest to go wrong.
const INTERESTING: [u64; 10] = [
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0xFFFF,
    0x7FFF_FFFF,
    u64::MAX,
];

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Changes some bytes, here and there, as cargo-fuzz would without looking at the paths taken.
fn mutate(bytes: &mut Vec<u8>, others: &[(PathBuf, Vec<u8>)], chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        match chance.below(8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            1 if !bytes.is_empty() => bytes[at] = chance.next() as u8,
            2 => bytes.insert(at, chance.next() as u8),
            3 => bytes.truncate(at),
            4 if !bytes.is_empty() => {
                let end = (at + 1 + chance.below(8)).min(bytes.len());
                bytes.drain(at..end);
            }
            5 => {
                let end = (at + chance.below(16)).min(bytes.len());
                let copied = bytes[at.min(end)..end].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, copied);
            }
            6 => {
                let number = INTERESTING[chance.below(INTERESTING.len())].to_be_bytes();
                let width = [1, 2, 4, 8][chance.below(4)];
                for (place, byte) in bytes.iter_mut().skip(at).zip(&number[8 - width..]) {
                    *place = *byte;
                }
            }
            _ => {
                let other = &others[chance.below(others.len())].1;
                let from = chance.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes.truncate(LONGEST);
}

/// Runs a target on bytes; where it panics, says on which.
fn hold(target: Target, bytes: &[u8], whence: &str) -> bool {
    let (name, run) = target;
    catch_unwind(|| run(bytes)).unwrap_or_else(|_| {
        let kept = std::env::temp_dir().join(format!("tongxing-fuzz-{name}"));
        fs::write(&kept, bytes).unwrap();
        panic!(
            "{name} panics, see above, on {whence}; the bytes are in {}",
            kept.display()
        )
    })
}

fn run(target: Target) {
    let files = corpus(target.0);
    let mut accepted = 0_u64;
    for (number, (path, bytes)) in files.iter().enumerate() {
        let name = path.display().to_string();
        let sound = hold(target, bytes, &name);
        assert!(sound, "{name} is not accepted: it leads nowhere");
        for round in 0..ROUNDS {
            let seed = (number as u64) << 32 | round;
            let mut mutated = bytes.clone();
            mutate(&mut mutated, &files, &mut Chance(seed));
            let whence = format!("{name} mutated with seed {seed}");
            accepted += u64::from(hold(target, &mutated, &whence));
        }
    }
    let all = files.len() as u64 * ROUNDS;
    println!("{}: {all} mutations, {accepted} of them accepted", target.0);
    assert!(accepted > 0, "no mutation got past the first look");
}

#[test]
fn at_rest_holds() {
    run(TARGETS[0]);
}

#[test]
fn envelope_holds() {
    run(TARGETS[1]);
}

#[test]
fn row_holds() {
    run(TARGETS[2]);
}

#[test]
fn wire_holds() {
    run(TARGETS[3]);
}

#[test]
fn the_corpus_has_every_seed() {
    for (target, _) in TARGETS {
        let there: BTreeSet<Vec<u8>> = corpus(target).into_iter().map(|(_, bytes)| bytes).collect();
        let seeds: Vec<_> = seeds::all()
            .into_iter()
            .filter(|(of, ..)| *of == target)
            .collect();
        assert!(seeds.len() >= 2, "{target}");
        for (_, name, bytes) in seeds {
            assert!(
                there.contains(&bytes),
                "{target}/{name}: run `cargo run -p tongxing-fuzz --example write_corpus`"
            );
        }
    }
}
