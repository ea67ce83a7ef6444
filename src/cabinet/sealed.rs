//! Reports that only one cabinet can read: sealed to its intake key on their way in (RFC 9180, base mode).
//!
//! ```text
//! { "format": "dsl-desk.sealed/1",
//!   "to":         the cabinet's public P-256 key, SEC1 without compression, hexadecimal
//!   "enc":        the encapsulated key, base64
//!   "ciphertext": the report as it would be dropped openly, base64 }
//! ```
//!
//! DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; the format's name is the `info`, and `to` the associated data.
//! Any program with HPKE can write one. Whoever lacks the private key sees to whom it is addressed and how long it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable as _, single_shot_open, single_shot_seal};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::{Error, Result};
use super::keys::{CabinetKeys, random_bytes, unhex};

const FORMAT: &str = "dsl-desk.sealed/1";
/// A P-256 point without compression.
const POINT: usize = 65;

type PublicKey = <DhP256HkdfSha256 as Kem>::PublicKey;
type PrivateKey = <DhP256HkdfSha256 as Kem>::PrivateKey;
type EncappedKey = <DhP256HkdfSha256 as Kem>::EncappedKey;

/// A sealed report as it lies in the drop folder.
#[derive(Serialize, Deserialize)]
pub struct Sealed {
    format: String,
    to: String,
    enc: String,
    ciphertext: String,
}

impl Sealed {
    /// Seals a report to a cabinet, which is given by its public intake key.
    pub fn seal(to: &str, report: &[u8]) -> Result<Self> {
        let key = unhex::<POINT>(to).and_then(|point| PublicKey::from_bytes(&point).ok());
        let key = key.ok_or(Error::NotSealed)?;
        let (enc, ciphertext) = single_shot_seal::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &key,
            FORMAT.as_bytes(),
            report,
            to.as_bytes(),
        )
        .map_err(|_| Error::NotSealed)?;
        Ok(Self {
            format: FORMAT.to_owned(),
            to: to.to_owned(),
            enc: STANDARD.encode(enc.to_bytes()),
            ciphertext: STANDARD.encode(ciphertext),
        })
    }

    /// What a file says of itself; none where it is no sealed report.
    pub fn read(file: &[u8]) -> Option<Self> {
        // Most files are reports and need not be read for this.
        let is_named = file.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes());
        let sealed: Self = is_named.then(|| serde_json::from_slice(file).ok()).flatten()?;
        (sealed.format == FORMAT).then_some(sealed)
    }

    pub fn to_file(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| Error::NotSealed)
    }

    pub fn is_to(&self, intake_key: &str) -> bool {
        self.to == intake_key
    }

    /// The report, where the cabinet's keys open it and nobody changed it.
    pub fn open(&self, keys: &CabinetKeys) -> Result<Zeroizing<Vec<u8>>> {
        let decoded = |text: &str| STANDARD.decode(text).map_err(|_| Error::DamagedReport);
        let enc = EncappedKey::from_bytes(&decoded(&self.enc)?).map_err(|_| Error::DamagedReport)?;
        let key = PrivateKey::from_bytes(keys.intake.as_slice()).map_err(|_| Error::DamagedReport)?;
        let report = single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            &key,
            &enc,
            FORMAT.as_bytes(),
            &decoded(&self.ciphertext)?,
            self.to.as_bytes(),
        );
        report.map(Zeroizing::new).map_err(|_| Error::DamagedReport)
    }
}

/// A new private intake key, derived from the operating system's randomness.
pub(super) fn new_private_key() -> Result<Zeroizing<[u8; 32]>> {
    let (private, _) = DhP256HkdfSha256::derive_keypair(Zeroizing::new(random_bytes()?).as_slice());
    let mut bytes = Zeroizing::new([0; 32]);
    let written = Zeroizing::new(private.to_bytes());
    bytes.copy_from_slice(written.as_slice());
    Ok(bytes)
}

pub(super) fn public_key(private: &[u8; 32]) -> Result<[u8; POINT]> {
    let private = PrivateKey::from_bytes(private).map_err(|_| Error::Random)?;
    let mut point = [0; POINT];
    point.copy_from_slice(&DhP256HkdfSha256::sk_to_pk(&private).to_bytes());
    Ok(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &[u8] = b"{\"format\": \"dsl-desk.concern/1\"}";

    #[test]
    fn only_the_addressed_cabinet_opens_it() {
        let (mine, other) = (CabinetKeys::generate().unwrap(), CabinetKeys::generate().unwrap());
        let to = mine.intake_key().unwrap();
        let file = Sealed::seal(&to, REPORT).unwrap().to_file().unwrap();
        assert!(!file.windows(7).any(|window| window == b"concern"));
        let sealed = Sealed::read(&file).unwrap();
        assert!(sealed.is_to(&to) && !sealed.is_to(&other.intake_key().unwrap()));
        assert_eq!(sealed.open(&mine).unwrap().as_slice(), REPORT);
        assert!(matches!(sealed.open(&other), Err(Error::DamagedReport)));
    }

    #[test]
    fn a_report_that_was_changed_does_not_open() {
        let keys = CabinetKeys::generate().unwrap();
        let sealed = || Sealed::seal(&keys.intake_key().unwrap(), REPORT).unwrap();
        let readdressed = Sealed { to: CabinetKeys::generate().unwrap().intake_key().unwrap(), ..sealed() };
        let cut = Sealed { ciphertext: STANDARD.encode([0; 40]), ..sealed() };
        let garbled = Sealed { enc: "?".to_owned(), ..sealed() };
        for changed in [readdressed, cut, garbled] {
            assert!(matches!(changed.open(&keys), Err(Error::DamagedReport)));
        }
    }

    #[test]
    fn a_key_that_is_none_seals_nothing() {
        for key in ["", "04", &"00".repeat(POINT), &"zz".repeat(POINT)] {
            assert!(matches!(Sealed::seal(key, REPORT), Err(Error::NotSealed)));
        }
    }

    #[test]
    fn other_files_are_no_sealed_reports() {
        for file in ["", "{}", "dsl-desk.sealed/1", r#"{"format": "dsl-desk.sealed/1"}"#] {
            assert!(Sealed::read(file.as_bytes()).is_none(), "{file}");
        }
    }
}
