//! How hard it is made to guess a passphrase.

use std::time::{Duration, Instant};

use age::scrypt;
use age::secrecy::SecretString;

use super::Passphrase;

/// scrypt's N as a power of two: 128 MiB of memory-hard work at least.
const LEAST_WORK: u8 = 17;
/// 1 GiB, which every machine that runs a desk can spare for a moment. More is refused when reading: a planted file
/// must not be able to stall the desk or take all its memory.
pub(super) const MOST_WORK: u8 = 20;
/// How long an unlock should take on the machine that makes the file.
const UNLOCK_TIME: Duration = Duration::from_millis(500);

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
    pub(super) fn log_n(self) -> u8 {
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

pub(super) fn work_recipient(passphrase: Passphrase, log_n: u8) -> scrypt::Recipient {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(log_n);
    recipient
}
