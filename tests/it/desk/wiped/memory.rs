//! Another process's memory, and the secrets that are looked for in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Passphrase;
use dsl_desk::domain::ids::PersonId;
use sha2::{Digest as _, Sha512};

use crate::support::{PASSPHRASE, World, amina, hex, identity, keys_in_the_clear};

/// So many bytes of a secret are looked for at a time.
const PIECE: usize = 12;
const PAGE: usize = 4096;
const ATTEMPTS: u32 = 1000;

/// All that must be gone.
#[derive(PartialEq)]
pub(super) struct Secrets {
    secrets: Vec<Secret>,
}

#[derive(PartialEq)]
struct Secret {
    /// All that is ever told of it.
    name: String,
    pieces: Vec<Vec<u8>>,
}

impl Secret {
    /// Its first and last byte are left out: an X25519 key is used with some bits of them changed.
    fn new(name: String, bytes: &[u8]) -> Self {
        let inner = &bytes[1..bytes.len() - 1];
        Self { name, pieces: inner.chunks_exact(PIECE).map(<[u8]>::to_vec).collect() }
    }

    /// A key of 32 bytes, in every form in which it is written or reckoned with.
    fn key(name: &str, key: &[u8]) -> [Self; 3] {
        let reversed: Vec<u8> = key.iter().rev().copied().collect();
        [
            Self::new(format!("{name}, raw"), key),
            Self::new(format!("{name}, as a number"), &reversed),
            Self::new(format!("{name}, hexadecimal"), hex(key).as_bytes()),
        ]
    }
}

impl Secrets {
    /// A person's, and those of the cabinets that they open, as stock `age` gives them.
    pub(super) fn of(cabinets: &[&Folder], person: &PersonId, passphrase: &str) -> Self {
        let typed = || Passphrase::from(passphrase);
        let mut secrets = vec![Secret::new("passphrase".to_owned(), passphrase.as_bytes())];
        let identity = identity(cabinets[0], person, typed());
        let line = |start: &str| identity.lines().find_map(|line| line.strip_prefix(start)).unwrap();
        let seed = unhex(line("# ed25519 signing key: "));
        secrets.extend(Secret::key("signing key", &seed));
        let [scalar, prefix] = [0, 32].map(|at| Sha512::digest(&seed)[at..at + 32].to_vec());
        secrets.push(Secret::new("signing key, hashed".to_owned(), &scalar));
        secrets.push(Secret::new("signing key, the nonces' part".to_owned(), &prefix));
        let text = line("AGE-SECRET-KEY-");
        let (_, age) = bech32::decode(&format!("AGE-SECRET-KEY-{text}")).unwrap();
        secrets.extend(Secret::key("age key", &age));
        secrets.push(Secret::new("age key, as text".to_owned(), text.as_bytes()));
        secrets.push(Secret::new("age key, in small letters".to_owned(), text.to_lowercase().as_bytes()));
        for cabinet in cabinets {
            let keys: toml::Table = keys_in_the_clear(cabinet, person, typed()).parse().unwrap();
            let name = cabinet.cabinet().label();
            for (field, what) in [("database", "database key"), ("intake", "intake key")] {
                secrets.extend(Secret::key(&format!("{name} {what}"), &unhex(keys[field].as_str().unwrap())));
            }
        }
        Self { secrets }
    }

    /// Which of them a process holds in the memory that it writes to, and where.
    pub(super) fn held_by(&self, process: u32) -> BTreeSet<String> {
        let held = |(region, bytes): (String, Vec<u8>)| {
            self.lying_in(&bytes).into_iter().map(move |name| format!("{name}, in {region}"))
        };
        written_memory(process).into_iter().flat_map(held).collect()
    }

    fn lying_in(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let mut by_start: BTreeMap<[u8; 2], Vec<(&[u8], &str)>> = BTreeMap::new();
        for secret in &self.secrets {
            for piece in &secret.pieces {
                by_start.entry([piece[0], piece[1]]).or_default().push((piece, &secret.name));
            }
        }
        let number = |start: [u8; 2]| usize::from(u16::from_le_bytes(start));
        let mut starts = vec![false; 1 << 16];
        for start in by_start.keys() {
            starts[number(*start)] = true;
        }
        let mut found = BTreeSet::new();
        // Most of it was never written to.
        for page in (0..bytes.len()).step_by(PAGE).filter(|at| !bytes[*at..].starts_with(&[0; PAGE])) {
            for at in page..bytes.len().min(page + PAGE + 1) - 1 {
                let start = [bytes[at], bytes[at + 1]];
                if starts[number(start)] {
                    let here = by_start[&start].iter().filter(|(piece, _)| bytes[at..].starts_with(piece));
                    found.extend(here.map(|(_, name)| *name));
                }
            }
        }
        found
    }
}

/// All that a process can write to. What it gives back meanwhile is looked for again.
fn written_memory(process: u32) -> Vec<(String, Vec<u8>)> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    for _ in 0..ATTEMPTS {
        let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
        let read = |region: Region| Some((region.name.to_owned(), region.read(&memory)?));
        if let Some(all) = maps.lines().filter_map(Region::writable).map(read).collect() {
            return all;
        }
    }
    panic!("its memory cannot be read");
}

/// A stretch of memory, by its line in `/proc/<pid>/maps`.
struct Region<'m> {
    from: u64,
    to: u64,
    name: &'m str,
}

impl<'m> Region<'m> {
    fn writable(line: &'m str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (from, to) = words.next()?.split_once('-')?;
        let address = |text| u64::from_str_radix(text, 16).unwrap();
        words.next()?.contains('w').then(|| Self {
            from: address(from),
            to: address(to),
            name: words.nth(3).unwrap_or("memory without a name"),
        })
    }

    fn read(&self, memory: &File) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(self.to - self.from).unwrap()];
        memory.read_exact_at(&mut bytes, self.from).ok()?;
        Some(bytes)
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2).map(|at| &text[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

#[test]
fn whatever_lies_there_is_found() {
    let place = World::new().close();
    let secrets = Secrets::of(&[&place.folder], &amina(), PASSPHRASE);
    assert_eq!(secrets.lying_in(&[7; 3 * PAGE]), BTreeSet::new());
    for secret in &secrets.secrets {
        for piece in &secret.pieces {
            let mut bytes = vec![0; 3 * PAGE];
            let at = PAGE + 5;
            bytes[at..at + piece.len()].copy_from_slice(piece);
            assert_eq!(secrets.lying_in(&bytes), BTreeSet::from([secret.name.as_str()]));
        }
    }
}
