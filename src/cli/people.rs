//! `dsl-desk people`: who may open the desk.

use chrono::{DateTime, Utc};
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;
use serde_json::json;

use super::failure::Result;
use super::layout::{Column, field, table};
use super::new_passphrase::{New, Prompts};
use super::opening::Opening;
use super::out::{Form, Out};
use super::{recovery, warn_of_an_old_record};
use crate::cabinet::keys::Work;
use crate::desk::Desk;
use crate::desk::people::{Keeper, Listed, NewPerson, PeopleFile};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::PersonId;
use crate::domain::person::Right;
use crate::domain::text::Text;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List everybody who may open the desk.
    List,
    /// Admit somebody, who types their own passphrase at this terminal.
    Add(Add),
    /// Change what somebody may do.
    Right(ChangeRight),
    /// Remove somebody and give the cabinet another key. What they recorded stays.
    Remove(Remove),
    /// Change your own passphrase.
    Passphrase(New),
    /// Make a recovery key: words that open the desk when a passphrase is forgotten. They replace those before.
    Recovery,
    /// Print the public keys to which reports can be sealed, for a program that sends them.
    IntakeKeys,
    /// Choose a new passphrase with the words of the recovery key.
    Recover(recovery::Recover),
}

#[derive(clap::Args)]
struct Add {
    /// Their full name, as they sign it.
    #[arg(long, value_name = "NAME")]
    name: Text,
    /// Their job, as it stands under their signature.
    #[arg(long, value_name = "ROLE")]
    role: Text,
    /// What they may do: a reader records nothing, and a deputy all but changes of people.
    #[arg(long, value_name = "RIGHT", default_value = Right::Deputy.label(), value_parser = a_right())]
    right: Right,
    #[command(flatten)]
    new: New,
}

#[derive(clap::Args)]
struct ChangeRight {
    /// Whose right it is, by full name or the name of their people file.
    #[arg(value_name = "PERSON")]
    whom: String,
    /// What they may do from then on; a senior is removed and added anew.
    #[arg(long, value_name = "RIGHT", value_parser = a_right())]
    right: Right,
    /// Why; it stands in the record.
    #[arg(long, value_name = "TEXT")]
    reason: Text,
}

#[derive(clap::Args)]
struct Remove {
    /// Who leaves, by full name or the name of their people file.
    #[arg(value_name = "PERSON")]
    whom: String,
    /// Why; it stands in the record.
    #[arg(long, value_name = "TEXT")]
    reason: Text,
}

fn a_right() -> impl clap::builder::TypedValueParser<Value = Right> {
    PossibleValuesParser::new(Right::ALL.map(Right::label))
        .map(|label| Right::from_label(&label).unwrap_or(Right::Reader))
}

impl Args {
    /// How often.
    pub(super) fn reads_standard_input(&self) -> usize {
        match &self.what {
            What::Add(Add { new, .. }) | What::Passphrase(new) => usize::from(new.reads_standard_input()),
            What::Recover(args) => args.reads_standard_input(),
            What::List | What::Right(_) | What::Remove(_) | What::Recovery | What::IntakeKeys => 0,
        }
    }
}

pub(super) fn run(args: &Args, opening: &Opening, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    match &args.what {
        What::List => list(&keeper(opening)?, out)?,
        What::Add(args) => add(args, keeper(opening)?, now, out)?,
        What::Right(args) => right(args, keeper(opening)?.into_desk(), now, out)?,
        What::Remove(args) => remove(args, keeper(opening)?, now, out)?,
        What::Passphrase(new) => passphrase(new, keeper(opening)?, out)?,
        What::Recovery => recovery::make(keeper(opening)?, now, out)?,
        What::IntakeKeys => intake_keys(&keeper(opening)?, out)?,
        What::Recover(args) => recovery::recover(args, opening, now, out)?,
    }
    out.flush()
}

/// That of the cabinet that is open, and the senior one's where the record knows it.
fn intake_keys(keeper: &Keeper, out: &mut Out) -> Result<()> {
    let name = keeper.desk().folder().cabinet().label();
    let (own, senior) = (keeper.intake_key()?, keeper.desk().senior_intake_key()?);
    match out.form() {
        Form::Json => {
            let mut keys = serde_json::Map::from_iter([(name.to_owned(), own.into())]);
            keys.extend(senior.map(|key| (CabinetName::Senior.label().to_owned(), key.into())));
            out.document(&keys)
        }
        Form::Plain => {
            out.line(&format!("{name}  {own}"))?;
            senior.map_or(Ok(()), |key| out.line(&format!("{}  {key}", CabinetName::Senior.label())))
        }
    }
}

/// The desk with the keys in hand.
fn keeper(opening: &Opening) -> Result<Keeper> {
    let keeper = opening.keeper()?;
    warn_of_an_old_record(keeper.desk());
    Ok(keeper)
}

#[derive(Serialize)]
struct Row<'l> {
    person: &'l PersonId,
    name: &'l Text,
    role: &'l Text,
    right: Right,
    /// Whether their people file is the one that the ledger speaks of.
    file: &'static str,
}

const NO_RECOVERY_KEY: &str = "There is no recovery key: a forgotten passphrase is lost for good. \
                               `dsl-desk people recovery` makes one.";

fn list(keeper: &Keeper, out: &mut Out) -> Result<()> {
    let members = keeper.desk().members()?;
    match out.form() {
        Form::Json => out.document(&members.iter().map(row).collect::<Vec<_>>()),
        Form::Plain => {
            plain(out, &members)?;
            if keeper.desk().has_recovery_key()? { Ok(()) } else { out.wrapped(NO_RECOVERY_KEY) }
        }
    }
}

fn row(listed: &Listed) -> Row<'_> {
    let person = &listed.person;
    Row {
        person: &person.person,
        name: &person.name,
        role: &person.role,
        right: person.right,
        file: file(listed.file),
    }
}

fn file(file: PeopleFile) -> &'static str {
    match file {
        PeopleFile::AsAdmitted => "as admitted",
        PeopleFile::Differs => "differs",
        PeopleFile::Missing => "missing",
    }
}

fn plain(out: &mut Out, members: &[Listed]) -> Result<()> {
    let rows: Vec<[String; 4]> = members
        .iter()
        .map(|Listed { person, .. }| {
            let right = person.right.label().to_owned();
            [person.person.to_string(), person.name.one_line(), right, person.role.one_line()]
        })
        .collect();
    let column = |title, most| Column { title, most };
    table(out, [column("Person", 20), column("Name", 24), column("Right", 6), column("Role", 27)], &rows)?;
    members.iter().try_for_each(|listed| {
        let person = &listed.person.person;
        match listed.file {
            PeopleFile::AsAdmitted => Ok(()),
            PeopleFile::Differs => {
                out.wrapped(&format!("The people file of {person} is not as the record has it."))
            }
            PeopleFile::Missing => out.wrapped(&format!("The people file of {person} cannot be read.")),
        }
    })
}

fn add(args: &Add, mut keeper: Keeper, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let new = NewPerson { name: args.name.clone(), role: args.role.clone(), right: args.right };
    keeper.may_add(&new)?;
    let prompts =
        Prompts { first: "A passphrase, typed by whoever is admitted: ", again: "The same once more: " };
    let organisation = keeper.desk().info()?.organisation;
    let known = [&organisation, &new.name, &new.role].map(Text::as_str);
    let (passphrase, strength) = args.new.chosen(prompts, &known)?;
    let added = keeper.add(&new, passphrase, Work::Calibrated, now)?;
    let right = new.right;
    match out.form() {
        Form::Json => out.document(&json!({
            "person": added.person, "name": added.name, "role": added.role, "right": right,
        })),
        Form::Plain => {
            field(out, "Admitted", &format!("{}, {}", added.name.one_line(), added.role.one_line()))?;
            field(out, "Right", right.label())?;
            field(out, "Passphrase", strength.sentence())?;
            field(out, "Opens the desk", &format!("--as {}", added.person))
        }
    }
}

fn right(args: &ChangeRight, mut desk: Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let (person, right) = (PersonId::from_name(&args.whom), args.right);
    desk.change_right(&person, right, &args.reason, now)?;
    match out.form() {
        Form::Json => out.document(&json!({ "person": person, "right": right })),
        Form::Plain => {
            field(out, "Person", &person.0)?;
            field(out, "Right", &format!("{}: {}", right.label(), right.means()))
        }
    }
}

fn remove(args: &Remove, keeper: Keeper, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let person = PersonId::from_name(&args.whom);
    keeper.remove(&person, &args.reason, now)?;
    match out.form() {
        Form::Json => out.document(&json!({ "person": person, "removed": true })),
        Form::Plain => {
            field(out, "Removed", &person.0)?;
            out.wrapped(
                "The cabinet has another key now. Copies of the desk from before still open with the old one.",
            )
        }
    }
}

fn passphrase(new: &New, mut keeper: Keeper, out: &mut Out) -> Result<()> {
    let prompts = Prompts { first: "Your new passphrase: ", again: "The same once more: " };
    let info = keeper.desk().info()?;
    let known = [&info.organisation, &info.name, &info.role].map(Text::as_str);
    let (passphrase, strength) = new.chosen(prompts, &known)?;
    keeper.change_passphrase(passphrase, Work::Calibrated)?;
    let person = &keeper.desk().me().person;
    match out.form() {
        Form::Json => out.document(&json!({ "person": person })),
        Form::Plain => {
            field(out, "Passphrase", strength.sentence())?;
            out.wrapped(
                "It is changed. The old one still opens copies of the people file that were made before.",
            )
        }
    }
}
