//! `dsl-desk people recovery` and `people recover`: the words that open the desk when a passphrase is forgotten.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::ValueHint;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::failure::{Failure, Result};
use super::layout::field;
use super::new_passphrase::{New, Prompts};
use super::opening::{Opening, is_standard_input, passphrase_of, typed};
use super::out::{Form, Out};
use crate::cabinet::keys::{Passphrase, Work};
use crate::desk::passphrase::Strength;
use crate::desk::people::Keeper;
use crate::desk::people::recovery::Recovering;
use crate::domain::cabinet::CabinetName;
use crate::domain::text::Text;
use crate::tui::widgets::columns::pad;

/// Words on a line, so that they can be copied by hand without losing one's place.
const ON_A_LINE: usize = 4;

/// Columns of a number, the longest word and a gap.
const WORD: usize = 14;

const WHAT_THEY_ARE: &str = "Write these words down and lock them away. They open the desk when a passphrase is \
                             forgotten; nobody can show them again.";

#[derive(clap::Args)]
pub(super) struct Recover {
    /// A file that holds the words; - reads standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    words_file: Option<PathBuf>,
    #[command(flatten)]
    new: New,
}

impl Recover {
    /// Whether it does, once or twice.
    pub(super) fn reads_standard_input(&self) -> usize {
        let words = self.words_file.as_deref().is_some_and(is_standard_input);
        usize::from(words) + usize::from(self.new.reads_standard_input())
    }
}

/// New words in place of those before.
pub(super) fn make(mut keeper: Keeper, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let words = keeper.make_recovery_key(now)?;
    match out.form() {
        Form::Json => out.document(&json!({ "recovery": words.expose_secret() })),
        Form::Plain => {
            show(out, &words)?;
            out.wrapped("The words from before open this desk no longer.")
        }
    }
}

/// The words, numbered, and what they are for.
pub(super) fn show(out: &mut Out, words: &SecretString) -> Result<()> {
    let words: Vec<&str> = words.expose_secret().split(' ').collect();
    let mut number = 0;
    for (line, some) in words.chunks(ON_A_LINE).enumerate() {
        let mut text = String::with_capacity(80);
        for word in some {
            number += 1;
            text.push_str(&pad(&format!("{number:>2} {word}"), WORD));
        }
        field(out, if line == 0 { "Recovery key" } else { "" }, text.trim_end())?;
    }
    out.wrapped(WHAT_THEY_ARE)
}

/// New keys for somebody who has forgotten their passphrase.
pub(super) fn recover(args: &Recover, opening: &Opening, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let person = opening
        .named()
        .ok_or_else(|| Failure::said("Nobody was named. Say with --as whose passphrase was forgotten."))?;
    let words = match &args.words_file {
        Some(file) => passphrase_of(file)?,
        None => typed("The words of the recovery key, parted by spaces: ")?,
    };
    let recovering = Recovering::open(opening.finished_folder()?, &person, words.expose_secret())?;
    let whose = recovering.person().clone();
    let (passphrase, strength) = match opening.cabinet() {
        CabinetName::General => new_passphrase(args, &recovering)?,
        // It opens to the keys that they have: somebody has one passphrase.
        CabinetName::Senior => (opening.passphrase("Your passphrase: ")?, None),
    };
    recovering.recover(passphrase, Work::Calibrated, now)?;
    match out.form() {
        Form::Json => out.document(&json!({ "person": whose.person, "recovered": true })),
        Form::Plain => {
            if let Some(strength) = strength {
                field(out, "Passphrase", strength.sentence())?;
            }
            field(out, "Opens the desk", &format!("--as {}", whose.person))?;
            out.wrapped(
                "The recovery key stays as it is. If anybody else has seen its words, make another: `dsl-desk people recovery`.",
            )
        }
    }
}

fn new_passphrase(args: &Recover, recovering: &Recovering) -> Result<(Passphrase, Option<Strength>)> {
    let prompts = Prompts { first: "A new passphrase: ", again: "The same once more: " };
    let whose = recovering.person();
    let known = [&recovering.organisation()?, &whose.name, &whose.role].map(Text::as_str).map(str::to_owned);
    let (passphrase, strength) = args.new.chosen(prompts, &known.each_ref().map(String::as_str))?;
    Ok((passphrase, Some(strength)))
}
