//! Who can open what: the person's file and the cabinet's key file, both opened by stock `age`.
//!
//! ```text
//! passphrase ──scrypt──▶ people/amina-khan.toml: her identity (X25519) and signing key (Ed25519)
//! identity   ──X25519──▶ cabinets/*.keys:        the database key and the intake key
//! ```
//!
//! The sealed part of a person's file decrypts to an ordinary age identity file, so `age -d -i` opens the key
//! file with it. Nothing here is home-made, and nothing secret has a `Debug` form.

mod cabinet_keys;
pub mod recovery;
mod wiping;
mod work;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, scrypt, x25519};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::{Error, Result};
use super::files::{self, Folder};
use crate::domain::ids::PersonId;
use crate::domain::person::{Person, Right};
use crate::domain::text::Text;
pub use cabinet_keys::CabinetKeys;
use wiping::decrypt;
pub(super) use wiping::joined;
pub use wiping::wipe_stack;
pub use work::Work;
use work::{MOST_WORK, work_recipient};

/// A passphrase; it cannot be printed and is wiped when dropped.
pub type Passphrase = SecretString;

const PERSON_FORMAT: &str = "dsl-desk.person/1";
/// What marks the signing key inside the sealed identity file; a comment to `age`.
const SIGNING_KEY_LINE: &str = "# ed25519 signing key: ";

/// Signs entries in the name of one person.
pub struct Signer {
    pub person: PersonId,
    pub(super) key: Arc<SigningKey>,
}

impl Signer {
    /// What the ledger knows the signer by.
    pub(super) fn public_key(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }
}

/// A person's private keys, unsealed. Each lies in one place, however its owner is moved about: a value that is moved
/// stays behind where it was, and nothing wipes it there.
pub struct Identity {
    age: Box<x25519::Identity>,
    signing: Arc<SigningKey>,
}

/// `people/amina-khan.toml`.
#[derive(Serialize, Deserialize)]
pub struct PersonFile {
    format: String,
    pub name: Text,
    pub role: Text,
    /// age X25519 public key.
    pub recipient: String,
    /// Ed25519 public key, hexadecimal.
    pub signing_key: String,
    /// The private keys under the passphrase.
    sealed: String,
}

impl PersonFile {
    /// Makes somebody's keys and seals them under the passphrase that they chose.
    pub fn make(name: &Text, role: &Text, passphrase: Passphrase, work: Work) -> Result<(Self, Identity)> {
        let seed = Zeroizing::new(random_bytes()?);
        let identity = Identity::new(x25519::Identity::generate(), &seed);
        let mut file = Self {
            format: PERSON_FORMAT.to_owned(),
            name: name.clone(),
            role: role.clone(),
            recipient: identity.age.to_public().to_string(),
            signing_key: hex(identity.signing.verifying_key().as_bytes()),
            sealed: String::new(),
        };
        file.seal(&identity, passphrase, work)?;
        Ok((file, identity))
    }

    /// Puts the private keys under a passphrase, whichever they were under before.
    pub fn seal(&mut self, identity: &Identity, passphrase: Passphrase, work: Work) -> Result<()> {
        let recipient = work_recipient(passphrase, work.log_n());
        self.sealed =
            age::encrypt_and_armor(&recipient, identity.plain().as_bytes()).map_err(|_| Error::Random)?;
        Ok(())
    }

    pub fn load(folder: &Folder, person: &PersonId) -> Result<Self> {
        // A name from the command line is no path.
        if !person.0.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Err(Error::NoPerson(person.to_string()));
        }
        let path = folder.person(person);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::NoPerson(person.to_string()),
            ErrorKind::InvalidData => damaged(&path, "it is not text"),
            _ => Error::file("The file", "read", &path)(error),
        })?;
        let file: Self = toml::from_str(&text).map_err(|error| damaged(&path, error.message()))?;
        if file.format == PERSON_FORMAT { Ok(file) } else { Err(damaged(&path, "its format is not known")) }
    }

    pub fn save(&self, folder: &Folder, person: &PersonId) -> Result<()> {
        let path = folder.person(person);
        let text = toml::to_string(self).map_err(|_| damaged(&path, "it cannot be written as TOML"))?;
        files::write_private(&path, text.as_bytes())
    }

    /// Opens the private keys. Slow by intention: call it away from the screen.
    pub fn unlock(&self, passphrase: Passphrase) -> Result<Identity> {
        let mut key = scrypt::Identity::new(passphrase);
        key.set_max_work_factor(MOST_WORK);
        let plain = decrypt(&key, self.sealed.as_bytes()).map_err(|error| match error {
            // A wrong passphrase fails here, and so does a byte changed in the key that it wraps.
            DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed => Error::WrongPassphrase,
            _ => Error::DamagedPerson,
        });
        std::str::from_utf8(&plain?).ok().and_then(Identity::parse).ok_or(Error::DamagedPerson)
    }

    /// The person as the ledger admits them.
    pub fn person(&self, person: &PersonId, right: Right) -> Person {
        Person {
            person: person.clone(),
            name: self.name.clone(),
            role: self.role.clone(),
            signing_key: self.signing_key.clone(),
            recipient: Some(self.recipient.clone()),
            right,
        }
    }
}

impl Identity {
    fn new(age: x25519::Identity, seed: &[u8; 32]) -> Self {
        Self { age: Box::new(age), signing: Arc::new(SigningKey::from_bytes(seed)) }
    }

    fn parse(plain: &str) -> Option<Self> {
        let seed = plain.lines().find_map(|line| line.strip_prefix(SIGNING_KEY_LINE))?;
        let seed = Zeroizing::new(unhex::<32>(seed)?);
        let age = plain.lines().find_map(|line| line.parse::<x25519::Identity>().ok())?;
        Some(Self::new(age, &seed))
    }

    /// What [`Self::parse`] reads, and stock `age` too.
    fn plain(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.signing.to_bytes());
        let (seed, secret) = (secret_hex(&seed), self.age.to_string());
        joined([SIGNING_KEY_LINE, seed.as_str(), "\n", secret.expose_secret(), "\n"])
    }

    pub fn signer(&self, person: PersonId) -> Signer {
        Signer { person, key: Arc::clone(&self.signing) }
    }
}

/// Who may open the desk: the names of the files in `people/`, in order.
pub fn people(folder: &Folder) -> Result<Vec<PersonId>> {
    let path = folder.people();
    let listed = fs::read_dir(&path).map_err(|_| Error::NoDesk(folder.root().to_owned()))?;
    let mut people: Vec<PersonId> = listed
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| path.file_stem().map(|stem| PersonId(stem.to_string_lossy().into_owned())))
        .collect();
    people.sort();
    Ok(people)
}

fn damaged(path: &Path, why: &str) -> Error {
    Error::KeyFile { path: path.to_owned(), why: why.to_owned() }
}

pub(super) fn random_bytes() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// [`hex`] of what must not stay in memory.
pub(super) fn secret_hex(secret: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(hex(secret))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads what [`hex`] writes and nothing else: a signature has one spelling.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    if pairs.len() != N {
        return None;
    }
    // Straight into its place: it may be a key, and a list would leave a copy behind.
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    /// The same file, as if sealed with other work.
    fn with_work(sealed: &str, log_n: u8) -> String {
        let mut plain = Vec::new();
        age::armor::ArmoredReader::new(sealed.as_bytes()).read_to_end(&mut plain).unwrap();
        let end = plain.windows(3).position(|bytes| bytes == b" 2\n").unwrap();
        plain.splice(end + 1..end + 2, log_n.to_string().into_bytes());
        let mut armored = Vec::new();
        let format = age::armor::Format::AsciiArmor;
        let mut writer = age::armor::ArmoredWriter::wrap_output(&mut armored, format).unwrap();
        writer.write_all(&plain).unwrap();
        writer.finish().unwrap();
        String::from_utf8(armored).unwrap()
    }

    #[test]
    fn more_work_than_a_machine_can_spare_is_refused_unread() {
        let passphrase = || Passphrase::from("marzipan kettle orbit");
        let (mut file, _) =
            PersonFile::make(&"Amina Khan".into(), &"DSL".into(), passphrase(), Work::Token).unwrap();
        let sealed = file.sealed.clone();
        file.sealed = with_work(&sealed, 3);
        assert!(matches!(file.unlock(passphrase()), Err(Error::WrongPassphrase)), "it is tried");
        file.sealed = with_work(&sealed, MOST_WORK + 1);
        assert!(matches!(file.unlock(passphrase()), Err(Error::DamagedPerson)));
    }

    #[test]
    fn only_what_is_written_by_hex_is_read_by_unhex() {
        assert_eq!(unhex(&hex(&[0, 255, 16])), Some([0, 255, 16]));
        for text in ["", "00", "0000000", "00ff1G", "00FF10", "00ff1000"] {
            assert_eq!(unhex::<3>(text), None, "{text}");
        }
    }
}
