//! A passphrase that somebody chooses: typed twice at this terminal or read from a file, and never a weak one.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use secrecy::ExposeSecret as _;

use super::failure::{Failure, Result};
use super::opening::{is_standard_input, passphrase_of, typed};
use crate::cabinet::keys::Passphrase;
use crate::desk::passphrase::Strength;

/// Where it comes from, for commands that open the desk with another one.
#[derive(clap::Args)]
pub(super) struct New {
    /// A file that holds the new passphrase; - reads standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    new_passphrase_file: Option<PathBuf>,
}

impl New {
    pub(super) fn reads_standard_input(&self) -> bool {
        self.new_passphrase_file.as_deref().is_some_and(is_standard_input)
    }

    pub(super) fn chosen(&self, prompts: Prompts, known: &[&str]) -> Result<(Passphrase, Strength)> {
        chosen(self.new_passphrase_file.as_deref(), prompts, known)
    }
}

/// What is asked at a terminal.
#[derive(Clone, Copy)]
pub(super) struct Prompts {
    pub(super) first: &'static str,
    pub(super) again: &'static str,
}

/// `known` is what a thief would try first: names that stand on the desk.
pub(super) fn chosen(
    file: Option<&Path>,
    prompts: Prompts,
    known: &[&str],
) -> Result<(Passphrase, Strength)> {
    let passphrase = match file {
        Some(file) => passphrase_of(file)?,
        None => typed_twice(prompts)?,
    };
    if passphrase.expose_secret().trim().is_empty() {
        return Err(Failure::said("The passphrase is empty. Choose several words that nobody can guess."));
    }
    match Strength::of(passphrase.expose_secret(), known) {
        Strength::Trivial(sentence) => Err(Failure::Said(format!("The passphrase is too weak. {sentence}"))),
        strength @ (Strength::Empty | Strength::Weak(_) | Strength::Strong(_)) => Ok((passphrase, strength)),
    }
}

fn typed_twice(prompts: Prompts) -> Result<Passphrase> {
    let first = typed(prompts.first)?;
    let second = typed(prompts.again)?;
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(Failure::said("The two passphrases differ. Nothing was changed; try again."))
    }
}
