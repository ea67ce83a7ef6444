//! `dsl-desk setup`: a new desk without the screens.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::failure::Result;
use super::layout::field;
use super::new_passphrase::{Prompts, chosen};
use super::opening::Opening;
use super::out::{Form, Out};
use crate::cabinet::keys::Work;
use crate::desk::request::SetUp;
use crate::desk::setup::set_up;
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
}

pub(super) fn run(args: &Args, opening: &Opening, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let prompts = Prompts { first: "A passphrase for the desk: ", again: "The same once more: " };
    let known = [&args.org, &args.name, &args.role].map(Text::as_str);
    let (passphrase, strength) = chosen(opening.passphrase_file(), prompts, &known)?;
    let asked = SetUp {
        organisation: args.org.clone(),
        name: args.name.clone(),
        role: args.role.clone(),
        passphrase,
    };
    let desk = set_up(opening.whole_folder()?.0, asked, Work::Calibrated, now)?;
    let folder = clean(&desk.folder().root().to_string_lossy());
    let person = desk.me();
    match out.form() {
        Form::Json => out.document(&json!({
            "desk": folder, "organisation": args.org, "person": person.person, "name": person.name,
            "role": person.role,
        }))?,
        Form::Plain => {
            field(out, "Desk", &folder)?;
            field(out, "Organisation", &args.org)?;
            field(out, "Passphrase", strength.sentence())?;
            field(out, "Opened by", &format!("{}, {} (--as {})", person.name, person.role, person.person))?;
        }
    }
    out.flush()
}
