//! The program from outside. One binary; the folders mirror `src/`.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

mod cli;
