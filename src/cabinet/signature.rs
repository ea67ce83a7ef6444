//! Whose signature it is: keys and signatures as they are written, in hexadecimal. A signature has one spelling.

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};

use super::keys::{self, Signer};

/// A public key as the people files and the ledger have it.
pub(super) fn key(text: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&keys::unhex::<32>(text)?).ok()
}

pub(super) fn is_of(key: &VerifyingKey, signed: &str, signature: &str) -> bool {
    let signature = keys::unhex::<64>(signature).map(|bytes| Signature::from_bytes(&bytes));
    signature.is_some_and(|signature| key.verify_strict(signed.as_bytes(), &signature).is_ok())
}

pub(super) fn sign(signer: &Signer, text: &str) -> String {
    keys::hex(&signer.key.sign(text.as_bytes()).to_bytes())
}
