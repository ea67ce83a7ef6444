//! Somebody who may open the desk, as the ledger knows them.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::text::Text;

/// A person and the key that proves what they signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub person: PersonId,
    /// Full name, never initials.
    pub name: Text,
    /// Job, as it stands under a signature.
    pub role: Text,
    /// Ed25519 public key, hexadecimal.
    pub signing_key: String,
}

impl Person {
    /// `Amina Khan, Designated Safeguarding Lead`: what stands beside every entry.
    pub fn full(&self) -> String {
        format!("{}, {}", self.name, self.role)
    }
}
