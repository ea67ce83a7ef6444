//! Who can open what: the person's file and the cabinet's key file, both opened by stock `age`.
//!
//! ```text
//! passphrase ──scrypt──▶ people/amina-khan.toml: her identity (X25519) and signing key (Ed25519)
//! identity   ──X25519──▶ cabinets/general.keys:  the database key and the intake key
//! ```
//!
//! The sealed part of a person's file decrypts to an ordinary age identity file, so `age -d -i` opens the key
//! file with it. Nothing here is home-made, and nothing secret has a `Debug` form.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, scrypt, x25519};
use ed25519_dalek::SigningKey;
use p256::elliptic_curve::FieldBytes;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::error::{Error, Result};
use super::files::{self, Folder};
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::text::Text;

/// A passphrase; it cannot be printed and is wiped when dropped.
pub type Passphrase = SecretString;

const PERSON_FORMAT: &str = "dsl-desk.person/1";
const CABINET_FORMAT: &str = "dsl-desk.cabinet-keys/1";
/// scrypt's N as a power of two: 128 MiB of memory-hard work at least.
const LEAST_WORK: u8 = 17;
/// 1 GiB, which every machine that runs a desk can spare for a moment. More is refused when reading: a planted file
/// must not be able to stall the desk or take all its memory.
const MOST_WORK: u8 = 20;
/// How long an unlock should take on the machine that makes the file.
const UNLOCK_TIME: Duration = Duration::from_millis(500);
/// What marks the signing key inside the sealed identity file; a comment to `age`.
const SIGNING_KEY_LINE: &str = "# ed25519 signing key: ";

/// How hard a passphrase is to guess from a stolen file.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// About half a second of the machine that makes the file, and never less than 128 MiB of memory-hard work.
    Calibrated,
    /// For throw-away desks whose passphrase protects nothing: the demo and the tests.
    Token,
}

impl Work {
    /// log2 of scrypt's N.
    fn log_n(self) -> u8 {
        match self {
            Self::Calibrated => calibrated(),
            Self::Token => 2,
        }
    }
}

/// Takes about a fifth of a second, once at set-up.
fn calibrated() -> u8 {
    // Near the real thing: a smaller probe fits into the processor's cache and promises too much.
    let probe = LEAST_WORK - 1;
    let started = Instant::now();
    let sealed = age::encrypt(&work_recipient(SecretString::from("probe"), probe), b"probe");
    let once = started.elapsed().max(Duration::from_micros(1));
    let doublings =
        if sealed.is_ok() { (UNLOCK_TIME.as_secs_f64() / once.as_secs_f64()).log2() } else { 0.0 };
    let log_n = f64::from(probe) + doublings.round().clamp(0.0, 5.0);
    (LEAST_WORK..=MOST_WORK).rfind(|n| f64::from(*n) <= log_n).unwrap_or(LEAST_WORK)
}

fn work_recipient(passphrase: Passphrase, log_n: u8) -> scrypt::Recipient {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(log_n);
    recipient
}

/// Signs entries in the name of one person.
pub struct Signer {
    pub person: PersonId,
    pub(super) key: SigningKey,
}

/// A person's private keys, unsealed.
pub struct Identity {
    age: x25519::Identity,
    signing: SigningKey,
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
        let mut seed = random_bytes()?;
        let identity = Identity { age: x25519::Identity::generate(), signing: SigningKey::from_bytes(&seed) };
        let secret = identity.age.to_string();
        let plain = Zeroizing::new(format!(
            "{SIGNING_KEY_LINE}{}\n{}\n",
            secret_hex(&seed).as_str(),
            secret.expose_secret()
        ));
        seed.zeroize();
        let sealed = age::encrypt_and_armor(&work_recipient(passphrase, work.log_n()), plain.as_bytes())
            .map_err(|_| Error::Random)?;
        let file = Self {
            format: PERSON_FORMAT.to_owned(),
            name: name.clone(),
            role: role.clone(),
            recipient: identity.age.to_public().to_string(),
            signing_key: hex(identity.signing.verifying_key().as_bytes()),
            sealed,
        };
        Ok((file, identity))
    }

    pub fn load(folder: &Folder, person: &PersonId) -> Result<Self> {
        // A name from the command line is no path.
        if !person.0.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Err(Error::NoPerson(person.to_string()));
        }
        let path = folder.people().join(format!("{person}.toml"));
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::NoPerson(person.to_string()),
            ErrorKind::InvalidData => damaged(&path, "it is not text"),
            _ => Error::file("The file", "read", &path)(error),
        })?;
        let file: Self = toml::from_str(&text).map_err(|error| damaged(&path, error.message()))?;
        if file.format == PERSON_FORMAT { Ok(file) } else { Err(damaged(&path, "its format is not known")) }
    }

    pub fn save(&self, folder: &Folder, person: &PersonId) -> Result<()> {
        let path = folder.people().join(format!("{person}.toml"));
        let text = toml::to_string(self).map_err(|_| damaged(&path, "it cannot be written as TOML"))?;
        files::write_private(&path, text.as_bytes())
    }

    /// Opens the private keys. Slow by intention: call it away from the screen.
    pub fn unlock(&self, passphrase: Passphrase) -> Result<Identity> {
        let mut key = scrypt::Identity::new(passphrase);
        key.set_max_work_factor(MOST_WORK);
        let plain = age::decrypt(&key, self.sealed.as_bytes()).map_err(|error| match error {
            // A wrong passphrase fails here, and so does a byte changed in the key that it wraps.
            DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed => Error::WrongPassphrase,
            _ => Error::DamagedPerson,
        });
        Identity::parse(&String::from_utf8_lossy(&Zeroizing::new(plain?))).ok_or(Error::DamagedPerson)
    }

    /// The person as the ledger names them.
    pub fn person(&self, person: &PersonId) -> Person {
        Person {
            person: person.clone(),
            name: self.name.clone(),
            role: self.role.clone(),
            signing_key: self.signing_key.clone(),
        }
    }
}

impl Identity {
    fn parse(plain: &str) -> Option<Self> {
        let seed = plain.lines().find_map(|line| line.strip_prefix(SIGNING_KEY_LINE))?;
        let seed = Zeroizing::new(unhex::<32>(seed)?);
        let age = plain.lines().find_map(|line| line.parse::<x25519::Identity>().ok())?;
        Some(Self { age, signing: SigningKey::from_bytes(&seed) })
    }

    pub fn signer(&self, person: PersonId) -> Signer {
        Signer { person, key: self.signing.clone() }
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

/// What opens a cabinet: `cabinets/general.keys`, once unsealed.
pub struct CabinetKeys {
    pub(super) database: Zeroizing<[u8; 32]>,
    intake: Zeroizing<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    format: String,
    /// SQLCipher's raw key, hexadecimal.
    database: String,
    /// Private P-256 key for sealed reports (DHKEM of RFC 9180), hexadecimal.
    intake: String,
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        self.database.zeroize();
        self.intake.zeroize();
    }
}

impl CabinetKeys {
    /// New random keys.
    pub fn generate() -> Result<Self> {
        Ok(Self { database: Zeroizing::new(random_bytes()?), intake: Zeroizing::new(p256_scalar()?) })
    }

    /// Seals the keys to members, who are given by their age public keys.
    pub fn seal(&self, path: &Path, members: &[&str]) -> Result<()> {
        let recipients: Vec<x25519::Recipient> = members
            .iter()
            .map(|member| member.parse().map_err(|fault: &str| damaged(path, fault)))
            .collect::<Result<_>>()?;
        let file = KeyFile {
            format: CABINET_FORMAT.to_owned(),
            database: hex(self.database.as_slice()),
            intake: hex(self.intake.as_slice()),
        };
        let plain = toml::to_string(&file).map(Zeroizing::new);
        let plain = plain.map_err(|_| damaged(path, "it cannot be written as TOML"))?;
        let sealed = seal_to(&recipients, plain.as_bytes()).map_err(|_| Error::Random)?;
        files::write_private(path, &sealed)
    }

    /// Opens the key file as one of its members.
    pub fn unseal(path: &Path, identity: &Identity) -> Result<Self> {
        let sealed = fs::read(path).map_err(Error::file("The key file", "read", path))?;
        let plain = Zeroizing::new(age::decrypt(&identity.age, &sealed).map_err(|error| match error {
            DecryptError::NoMatchingKeys => Error::NotAMember,
            _ => damaged(path, "it is damaged"),
        })?);
        let text = std::str::from_utf8(&plain).map_err(|_| damaged(path, "it is damaged"))?;
        let file: KeyFile = toml::from_str(text).map_err(|_| damaged(path, "it is damaged"))?;
        match (file.format == CABINET_FORMAT, unhex(&file.database), unhex(&file.intake)) {
            (true, Some(database), Some(intake)) => {
                Ok(Self { database: Zeroizing::new(database), intake: Zeroizing::new(intake) })
            }
            _ => Err(damaged(path, "its format is not known")),
        }
    }
}

fn seal_to(
    recipients: &[x25519::Recipient],
    plain: &[u8],
) -> std::result::Result<Vec<u8>, age::EncryptError> {
    use std::io::Write as _;
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let mut sealed = Vec::new();
    let armor = age::armor::ArmoredWriter::wrap_output(&mut sealed, age::armor::Format::AsciiArmor)?;
    let mut writer = age::Encryptor::with_recipients(recipients)?.wrap_output(armor)?;
    writer.write_all(plain)?;
    writer.finish()?.finish()?;
    Ok(sealed)
}

fn damaged(path: &Path, why: &str) -> Error {
    Error::KeyFile { path: path.to_owned(), why: why.to_owned() }
}

fn random_bytes() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// A random scalar of P-256; the few values that are not one are drawn again.
fn p256_scalar() -> Result<[u8; 32]> {
    loop {
        let bytes = random_bytes()?;
        if p256::SecretKey::from_bytes(&FieldBytes::<p256::NistP256>::from(bytes)).is_ok() {
            return Ok(bytes);
        }
    }
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
