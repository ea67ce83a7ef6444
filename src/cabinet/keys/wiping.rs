//! Secrets leave nothing behind: text that never grows, and a stack that is wiped.

use std::io::Read as _;
use std::iter;

use age::DecryptError;
use age::armor::ArmoredReader;
use zeroize::{Zeroize as _, Zeroizing};

/// What [`age::decrypt`] does, into a place that never grows: a list that does leaves its beginning behind.
pub(super) fn decrypt(key: &impl age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    // Sealing only ever makes longer.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let sealed = age::Decryptor::new_buffered(ArmoredReader::new(sealed))?;
    sealed.decrypt(iter::once(key as &dyn age::Identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}

/// Secret text out of its parts, in a place that never grows.
pub(in crate::cabinet) fn joined<const N: usize>(parts: [&str; N]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    for part in parts {
        text.push_str(part);
    }
    text
}

/// As far down as any call has reached that had keys; a thread has 2 MiB.
const STACK: usize = 512 * 1024;

/// Wipes what calls that have returned left on the stack: keys are moved through it, and nothing else reaches them
/// there. For whoever called those who had them.
#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "the stack is what it wipes")]
pub fn wipe_stack() {
    [0_u8; STACK].zeroize();
}
