//! `dsl-desk contacts import`: another address book beside ours, and recorded once somebody has said so.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::super::failure::Result;
use super::super::imported;
use super::super::layout::{beneath, field};
use super::super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::contacts_import::{Judged, Judgement, Plan, Recorded};
use crate::domain::ids::ContactId;
use crate::domain::number::read_aloud;
use crate::domain::text::Text;

pub(super) const SHAPE: &str = "\
With --json, a line per card or row:
  { file, card, result: \"new\" | \"same\" | \"different\" | \"rejected\", contact, same_as_card?, name,
    differences: [ { field, book, card } ], lost: [text], reason? }
where the differences of a new contact are all that it has;
and at the end one for the file:
  { file, recorded: true | false, new, same, different, rejected, lost: [text], entries: [ { card, contact, entry } ] }";

#[derive(clap::Args)]
pub(super) struct Args {
    /// vCards (.vcf, version 2.1, 3.0 or 4.0), or the CSV of Google, of Outlook or of this desk.
    #[arg(value_name = "FILE", required_unless_present = "shipped", conflicts_with = "shipped")]
    file: Option<PathBuf>,
    /// Instead of a file, the contacts that the program brings along: for a desk of an earlier edition. What somebody
    /// has corrected stays.
    #[arg(long)]
    shipped: bool,
    /// Record what is new and different without being asked.
    #[arg(long)]
    yes: bool,
}

/// A card, as programs read it.
#[derive(Serialize)]
struct Line<'p> {
    file: &'p Text,
    card: u32,
    result: &'static str,
    contact: Option<ContactId>,
    /// An earlier card of the file that is of the same contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as_card: Option<u32>,
    name: &'p Text,
    differences: Vec<Difference<'p>>,
    lost: &'p [Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'p str>,
}

#[derive(Serialize)]
struct Difference<'p> {
    field: &'static str,
    book: &'p Text,
    card: &'p Text,
}

#[derive(Serialize)]
struct Entry {
    card: u32,
    contact: ContactId,
    entry: i64,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let (file, plan) = match &args.file {
        Some(file) => (Text::from(file.to_string_lossy().into_owned()), desk.read_contacts(file)?),
        None => (Text::from("the shipped contacts"), desk.read_shipped_contacts()?),
    };
    for card in &plan.cards {
        match out.form() {
            Form::Json => out.item(&line(&file, card))?,
            Form::Plain => plain(out, card)?,
        }
    }
    out.flush()?;
    let wanted = if plan.changes_nothing() || args.yes { Ok(true) } else { is_wanted(&plan) };
    let recorded = match wanted {
        Ok(true) => desk.import_contacts(&plan, now)?,
        Ok(false) | Err(_) => Vec::new(),
    };
    tell(out, &file, &plan, &recorded)?;
    wanted.map(drop)?;
    imported::refuse_where_any_was_rejected(plan.of(Judgement::Rejected), plan.cards.len(), "cards")
}

fn line<'p>(file: &'p Text, judged: &'p Judged) -> Line<'p> {
    let differences = judged.differences.iter();
    Line {
        file,
        card: judged.place,
        result: label(judged.judgement),
        contact: judged.contact,
        same_as_card: judged.like_card,
        name: &judged.name,
        differences: differences
            .map(|one| Difference { field: one.field, book: &one.book, card: &one.card })
            .collect(),
        lost: &judged.lost,
        reason: judged.reason.as_deref(),
    }
}

fn label(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::New => "new",
        Judgement::Same => "same",
        Judgement::Different => "different",
        Judgement::Rejected => "rejected",
    }
}

fn plain(out: &mut Out, judged: &Judged) -> Result<()> {
    let whose = judged.contact.map(|contact| format!(" (contact {contact})")).unwrap_or_default();
    let like = judged.like_card.map(|card| format!(" with card {card}")).unwrap_or_default();
    let name = judged.name.one_line();
    let title = format!("Card {}, {}", judged.place, label(judged.judgement));
    field(out, &title, &format!("{name}{whose}{like}"))?;
    for one in &judged.differences {
        beneath(out, &difference(one.field, &one.book, &one.card))?;
    }
    if !judged.lost.is_empty() {
        let lost: Vec<String> = judged.lost.iter().map(Text::one_line).collect();
        beneath(out, &format!("Not taken in: {}.", lost.join(", ")))?;
    }
    judged.reason.iter().try_for_each(|reason| beneath(out, reason))
}

fn difference(field: &str, book: &Text, card: &Text) -> String {
    let shown = |text: &Text| if field == "number" { read_aloud(text) } else { text.one_line() };
    if book.is_blank() {
        format!("{field}: + {}", shown(card))
    } else {
        format!("{field}: {} → {}", shown(book), shown(card))
    }
}

fn tell(out: &mut Out, file: &Text, plan: &Plan, recorded: &[Recorded]) -> Result<()> {
    let [new, same, different, rejected] =
        [Judgement::New, Judgement::Same, Judgement::Different, Judgement::Rejected].map(|one| plan.of(one));
    match out.form() {
        Form::Json => out.item(&json!({
            "file": file,
            "recorded": !recorded.is_empty(),
            "new": new,
            "same": same,
            "different": different,
            "rejected": rejected,
            "lost": plan.lost,
            "entries": recorded.iter().map(entry).collect::<Vec<_>>(),
        })),
        Form::Plain => {
            let counted = format!("{new} new, {different} different, {same} the same, {rejected} rejected.");
            imported::tell(out, &plan.lost, &counted, recorded.len())
        }
    }
}

fn entry(recorded: &Recorded) -> Entry {
    Entry { card: recorded.card, contact: recorded.contact, entry: recorded.entry.0 }
}

fn is_wanted(plan: &Plan) -> Result<bool> {
    let (new, changed) = plan.counts();
    imported::is_wanted(&format!("Add {new} and change {changed} contacts?"))
}
