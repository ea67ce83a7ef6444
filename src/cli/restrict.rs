//! `dsl-desk restrict`: the people who open a concern from then on.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::Result;
use super::layout::field;
use super::out::{Form, Out};
use crate::desk::answer::PersonChoice;
use crate::desk::{Act, Desk};
use crate::domain::ids::{ConcernId, PersonId};
use crate::domain::text::Text;

/// What is printed as JSON, for the help.
pub(super) const SHAPE: &str = "With --json: { concern, people: [ { person, name } ], reason, entry }\n\
                                and `show --json` then has restricted: { people: [ { person, name, left } ], reason, by, at }";

#[derive(clap::Args)]
pub(super) struct Args {
    /// The number of the concern.
    concern: ConcernId,
    /// Who opens it, by full name or the name of their people file; once for each of them.
    #[arg(long, value_name = "PERSON", required = true)]
    to: Vec<String>,
    /// Why these people; it stands in the record.
    #[arg(long, value_name = "TEXT")]
    reason: Text,
}

#[derive(Serialize)]
struct Person<'p> {
    person: &'p PersonId,
    name: &'p Text,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let (concern, reason) = (args.concern, args.reason.clone());
    let people: Vec<PersonId> = args.to.iter().map(|name| PersonId::from_name(name)).collect();
    let saved = desk.act(&Act::Restrict { concern, people: people.clone(), reason }, None, now)?;
    let opening: Vec<PersonChoice> =
        desk.colleagues()?.into_iter().filter(|one| people.contains(&one.person)).collect();
    match out.form() {
        Form::Json => out.document(&serde_json::json!({
            "concern": concern,
            "people": opening.iter().map(|one| Person { person: &one.person, name: &one.name }).collect::<Vec<_>>(),
            "reason": args.reason,
            "entry": saved.entries.first(),
        })),
        Form::Plain => {
            let names: Vec<String> = opening.iter().map(|one| one.name.one_line()).collect();
            field(out, "Restricted", &format!("concern {concern}"))?;
            field(out, "Opened by", &names.join(", "))
        }
    }
}
