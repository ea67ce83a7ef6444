//! `dsl-desk setup`: a new desk without the screens.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::failure::Result;
use super::layout::field;
use super::new_passphrase::{Prompts, chosen};
use super::opening::Opening;
use super::out::{Form, Out};
use super::recovery;
use crate::cabinet::keys::Work;
use crate::desk::people::Keeper;
use crate::desk::request::SetUp;
use crate::desk::setup::set_up_to_keep;
use crate::domain::person::Receiver;
use crate::domain::text::{Text, clean};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The school, charity or council.
    #[arg(long, value_name = "NAME")]
    org: Text,
    /// Your full name, as you sign it.
    #[arg(long, value_name = "NAME")]
    name: Text,
    /// Your job, as it stands under your signature.
    #[arg(long, value_name = "ROLE")]
    role: Text,
    /// Who receives a concern about you, such as the chief executive or a trustee: their full name. Without it the
    /// desk asks at each opening.
    #[arg(long, value_name = "NAME", requires = "receiver_role")]
    receiver: Option<Text>,
    /// Their job.
    #[arg(long, value_name = "ROLE", requires = "receiver")]
    receiver_role: Option<Text>,
    /// Make a recovery key and print its words, also where this is no terminal.
    #[arg(long)]
    show_recovery: bool,
}

impl Args {
    fn receiver(&self) -> Option<Receiver> {
        let (name, role) = self.receiver.clone().zip(self.receiver_role.clone())?;
        Some(Receiver { name, role })
    }
}

pub(super) fn run(args: &Args, opening: &Opening, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let prompts = Prompts { first: "A passphrase for the desk: ", again: "The same once more: " };
    let known = [&args.org, &args.name, &args.role].map(Text::as_str);
    let (passphrase, strength) = chosen(opening.passphrase_file(), prompts, &known)?;
    let asked = SetUp {
        organisation: args.org.clone(),
        name: args.name.clone(),
        role: args.role.clone(),
        receiver: args.receiver(),
        passphrase,
    };
    let mut keeper = set_up_to_keep(opening.finished_folder()?, asked, Work::Calibrated, now)?;
    let words = recovery_key(args, &mut keeper, now, out)?;
    let desk = keeper.desk();
    let folder = clean(&desk.folder().root().to_string_lossy());
    let person = desk.me();
    match out.form() {
        Form::Json => {
            let mut made = json!({
                "desk": folder, "organisation": args.org, "person": person.person, "name": person.name,
                "role": person.role,
            });
            if let (Some(words), Some(fields)) = (&words, made.as_object_mut()) {
                fields.insert("recovery".to_owned(), words.expose_secret().into());
            }
            out.document(&made)?;
        }
        Form::Plain => {
            field(out, "Desk", &folder)?;
            field(out, "Organisation", &args.org)?;
            field(out, "Passphrase", strength.sentence())?;
            field(out, "Opened by", &format!("{}, {} (--as {})", person.name, person.role, person.person))?;
            match &words {
                Some(words) => recovery::show(out, words)?,
                None => out.wrapped(NONE_MADE)?,
            }
        }
    }
    out.flush()
}

/// Its words are shown once, so it is made only where somebody reads them.
fn recovery_key(
    args: &Args,
    keeper: &mut Keeper,
    now: DateTime<Utc>,
    out: &Out,
) -> Result<Option<SecretString>> {
    let is_read = match out.form() {
        Form::Json => args.show_recovery,
        Form::Plain => args.show_recovery || out.width().is_some(),
    };
    Ok(if is_read { Some(keeper.make_recovery_key(now)?) } else { None })
}

const NONE_MADE: &str = "No recovery key was made, as this is no terminal: whoever loses every passphrase loses the \
                         desk. `dsl-desk people recovery` makes one.";
