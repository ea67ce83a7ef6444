//! The cabinet's own keys, and how they are sealed to its members.

use std::fs;
use std::path::Path;

use age::{DecryptError, x25519};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::super::sealed;
use super::{Error, Identity, Result, damaged, decrypt, files, hex, random_bytes, unhex};

const CABINET_FORMAT: &str = "dsl-desk.cabinet-keys/1";

/// What opens a cabinet: `cabinets/general.keys` or `senior.keys`, once unsealed.
pub struct CabinetKeys {
    pub(in crate::cabinet) database: Zeroizing<[u8; 32]>,
    /// What opened the database before, while it is not known which of the two opens the file.
    previous: Option<Zeroizing<[u8; 32]>>,
    pub(in crate::cabinet) intake: Zeroizing<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    format: String,
    /// SQLCipher's raw key, hexadecimal.
    database: String,
    /// The one before, while the key is being changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    /// Private P-256 key for sealed reports (DHKEM of RFC 9180), hexadecimal.
    intake: String,
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        self.database.zeroize();
        self.previous.zeroize();
        self.intake.zeroize();
    }
}

impl CabinetKeys {
    /// New random keys.
    pub fn generate() -> Result<Self> {
        let database = Zeroizing::new(random_bytes()?);
        Ok(Self { database, previous: None, intake: sealed::new_private_key()? })
    }

    /// Another key for the database. Reports were sealed to the intake key, so that one stays.
    pub fn changed(&self) -> Result<Self> {
        let database = Zeroizing::new(random_bytes()?);
        Ok(Self { database, previous: Some(self.database.clone()), intake: self.intake.clone() })
    }

    /// Without the key before.
    pub fn alone(&self) -> Self {
        Self { database: self.database.clone(), previous: None, intake: self.intake.clone() }
    }

    /// The public half of the intake key: SEC1 without compression, hexadecimal. Reports are sealed to it.
    pub fn intake_key(&self) -> Result<String> {
        Ok(hex(&sealed::public_key(&self.intake)?))
    }

    /// Opens something with the key, or with the one before where the key was being changed and the new file did not
    /// come into its place. Gives the keys that fit.
    pub fn fit<T>(&self, open: impl Fn(&Self) -> Result<T>) -> Result<(T, Self)> {
        match (open(self), self.before()) {
            (Err(Error::NotACabinet), Some(before)) => Ok((open(&before)?, before)),
            (opened, _) => Ok((opened?, self.alone())),
        }
    }

    /// With the key before in place of this one.
    fn before(&self) -> Option<Self> {
        let database = self.previous.clone()?;
        Some(Self { database, previous: None, intake: self.intake.clone() })
    }

    /// Seals the keys to members, who are given by their age public keys.
    pub fn seal(&self, path: &Path, members: &[String]) -> Result<()> {
        let recipients: Vec<x25519::Recipient> = members
            .iter()
            .map(|member| member.parse().map_err(|fault: &str| damaged(path, fault)))
            .collect::<Result<_>>()?;
        let file = KeyFile {
            format: CABINET_FORMAT.to_owned(),
            database: hex(self.database.as_slice()),
            previous: self.previous.as_ref().map(|key| hex(key.as_slice())),
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
        let plain = decrypt(&*identity.age, &sealed).map_err(|error| match error {
            DecryptError::NoMatchingKeys => Error::NotAMember,
            _ => damaged(path, "it is damaged"),
        })?;
        let text = std::str::from_utf8(&plain).map_err(|_| damaged(path, "it is damaged"))?;
        let file: KeyFile = toml::from_str(text).map_err(|_| damaged(path, "it is damaged"))?;
        let secret = |text: &str| unhex(text).map(Zeroizing::new);
        let keys = || {
            let database = secret(&file.database)?;
            let previous = match &file.previous {
                Some(previous) => Some(secret(previous)?),
                None => None,
            };
            Some(Self { database, previous, intake: secret(&file.intake)? })
        };
        let known = file.format == CABINET_FORMAT;
        keys().filter(|_| known).ok_or_else(|| damaged(path, "its format is not known"))
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
