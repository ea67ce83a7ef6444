//! A short run of every fuzz target (`fuzz/targets.rs`): each file of its corpus, and seeded changes of them. A target
//! that panics names itself and the bytes; everybody in a corpus is invented. `DSL_DESK_FUZZ_ROUNDS` makes it longer.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::{Path, PathBuf};
use std::{env, fs, thread};

use fastrand::Rng;
use targets::{Bench, TARGETS, Target};

const ROUNDS: usize = 300;
/// As long as libFuzzer makes them.
const LONGEST: usize = 8192;

/// Where there are more files to begin with.
const MORE: [(&str, &str); 6] = [
    ("concern-json", "tests/data/intake"),
    ("csv", "tests/data/intake"),
    ("vcard", "tests/data/contacts"),
    ("contacts-csv", "tests/data/contacts"),
    ("roll-csv", "tests/data/roll"),
    ("ctf", "tests/data/roll"),
];

/// What parsers stumble over.
const TOKENS: [&[u8]; 16] = [
    b"\"",
    b"'",
    b"=",
    b"{",
    b"[",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b",",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"\\ud800",
];

/// Tells which bytes it was, where a target fails.
struct Shown<'b> {
    target: &'static str,
    bytes: &'b [u8],
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            println!("target {}, bytes: {}", self.target, self.bytes.escape_ascii());
        }
    }
}

fn run(target: &Target, bench: &Bench, bytes: &[u8]) {
    let _shown = Shown { target: target.name, bytes };
    (target.run)(bench, bytes);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The corpus of a target, in order.
fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("fuzz/corpus").join(target.name);
    let more = MORE.iter().filter(|(name, _)| *name == target.name).map(|(_, folder)| root.join(folder));
    let folders = [own].into_iter().chain(more);
    folders.flat_map(|folder| files(&folder)).map(|file| fs::read(file).unwrap()).collect()
}

/// One to four changes, of the kinds that libFuzzer makes.
fn changed(dice: &mut Rng, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..dice.usize(1..=4) {
        let at = dice.usize(..=bytes.len());
        let end = (at + dice.usize(..32)).min(bytes.len());
        match dice.u8(..6) {
            0 if at < end => bytes[at] ^= 1 << dice.u8(..8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].repeat(dice.usize(1..40));
                bytes.splice(at..at, again);
            }
            3 => drop(bytes.splice(at..end, TOKENS[dice.usize(..TOKENS.len())].iter().copied())),
            4 if !other.is_empty() => {
                let from = dice.usize(..other.len());
                bytes.splice(at..end, other[from..].iter().copied());
            }
            _ => bytes.truncate(bytes.len() - bytes.len().min(dice.usize(..8))),
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

#[test]
fn every_target_holds_for_its_corpus_and_for_what_is_near_it() {
    let rounds = env::var("DSL_DESK_FUZZ_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let bench = Bench::new();
    for target in TARGETS {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "{} has something to begin with", target.name);
        for bytes in &corpus {
            run(target, &bench, bytes);
        }
        let mut dice = Rng::with_seed(rounds as u64);
        for _ in 0..rounds {
            let (one, other) = (dice.usize(..corpus.len()), dice.usize(..corpus.len()));
            let bytes = changed(&mut dice, &corpus[one], &corpus[other]);
            run(target, &bench, &bytes);
        }
    }
}
