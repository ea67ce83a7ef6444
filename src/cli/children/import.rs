//! `dsl-desk children import`: a school's roll beside the children of the desk, and recorded once somebody has said so.

mod lines;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::failure::{Failure, Result};
use super::super::imported;
use super::super::layout::{beneath, field};
use super::super::out::{Form, Out};
use crate::cabinet::table::child::Child;
use crate::desk::Desk;
use crate::desk::answer::born;
use crate::desk::roll_import::{Counts, Difference, Is, Judged, Judgement, Leavers, Plan, Recorded, Wanted};
use crate::domain::ids::ChildId;
use crate::domain::text::Text;

pub(super) const SHAPE: &str = "\
Which child a row is of: by UPN where both have one, after that by the same name and date of birth. Anything less is
unsure: the row is listed with whom it might be, and nothing of it is recorded until --is or --new says who it is. A blank
cell takes nothing away.

Who has left: a row with a leaving date, on that day; and whoever stands on the roll by an earlier import and is not in
the file any more. Children who came with a concern and were on no roll are never taken to have left, nor are those of a
school that the file does not name. Nobody is marked where more than half of that roll is missing or the file names none of
their forms (it may be of one class), where a row could not be read, or where a transfer calls itself partial or brings
children from another school. Nobody is ever removed: whoever has left stays with all of their history.

With --json, a line per row:
  { file, row, result: \"new\" | \"same\" | \"changed\" | \"left\" | \"returned\" | \"unsure\" | \"rejected\", child, same_as_row?,
    name, date_of_birth?, form, left?, differences: [ { field, desk, roll } ],
    candidates?: [ { child, name, date_of_birth?, form, why } ], lost: [text], reason? }
where the differences of a new child are all that the desk will know; then a line per child who is marked as left because
the file does not name them:
  { file, row: null, result: \"left\", child, name, date_of_birth?, form, left }
and at the end one for the file:
  { file, recorded: true | false, new, same, changed, left, returned, unsure, rejected,
    missing: [ { school, children, marked: true | false, reason? } ], lost: [text], entries: [ { row, child, entry } ] }
where left counts rows and those who are missing, and the entry that says who stands on a roll has no child.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// A CSV with the names of columns in a row, as school systems export it, or a Common Transfer File (.xml).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Record it without being asked.
    #[arg(long)]
    yes: bool,
    /// Mark as left whoever is on the roll and not in the file, however many they are.
    #[arg(long, conflicts_with = "no_leavers")]
    leavers: bool,
    /// Mark nobody as left because the file does not name them.
    #[arg(long)]
    no_leavers: bool,
    /// The row is of this child of the desk.
    #[arg(long, value_name = "ROW=CHILD", value_parser = row_is)]
    is: Vec<(u32, ChildId)>,
    /// The row is of a child whom the desk does not know.
    #[arg(long, value_name = "ROW")]
    new: Vec<u32>,
}

fn row_is(text: &str) -> std::result::Result<(u32, ChildId), &'static str> {
    let parts = text.split_once('=').and_then(|(row, child)| Some((row.parse().ok()?, child.parse().ok()?)));
    parts.ok_or("give the number of the row and of the child, such as 12=45")
}

impl Args {
    fn wanted(&self) -> Result<Wanted> {
        let leavers = match (self.leavers, self.no_leavers) {
            (true, _) => Leavers::Mark,
            (false, true) => Leavers::Leave,
            (false, false) => Leavers::WhereItIsWhole,
        };
        let known = self.is.iter().map(|(row, child)| (*row, Is::Child(*child)));
        let mut rows = BTreeMap::new();
        for (row, is) in self.new.iter().map(|row| (*row, Is::New)).chain(known) {
            if rows.insert(row, is).is_some_and(|before| before != is) {
                return Err(Failure::Said(format!(
                    "Row {row} was said to be of two. Say of each row once who it is."
                )));
            }
        }
        Ok(Wanted { leavers, rows })
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let plan = desk.read_roll(&args.file, args.wanted()?, now)?;
    let file = Text::from(args.file.to_string_lossy().into_owned());
    for row in &plan.rows {
        match out.form() {
            Form::Json => out.item(&lines::of_row(&file, row))?,
            // Most of a roll is as it was: those rows are counted at the end.
            Form::Plain if says_nothing(row) => {}
            Form::Plain => plain(out, row)?,
        }
    }
    for child in plan.leavers() {
        match out.form() {
            Form::Json => out.item(&lines::of_leaver(&file, child, plan.today()))?,
            Form::Plain => field(out, "Not in it, left", &who(child))?,
        }
    }
    if out.form() == Form::Plain {
        missing(out, &plan)?;
    }
    out.flush()?;
    let wanted = if plan.changes_nothing() || args.yes { Ok(true) } else { is_wanted(plan.counts()) };
    let recorded = match wanted {
        Ok(true) => desk.import_roll(&plan, now)?,
        Ok(false) | Err(_) => Vec::new(),
    };
    tell(out, &file, &plan, &recorded)?;
    wanted.map(drop)?;
    imported::refuse_where_any_was_rejected(plan.of(Judgement::Rejected), plan.rows.len(), "rows")
}

/// A row that is of a child of the desk for certain, and has nothing that the desk does not know.
fn says_nothing(row: &Judged) -> bool {
    row.judgement == Judgement::Same && row.like_row.is_none() && row.lost.is_empty()
}

fn plain(out: &mut Out, row: &Judged) -> Result<()> {
    let whose = row.child.map(|child| format!(" (child {child})")).unwrap_or_default();
    let like = row.like_row.map(|like| format!(" with row {like}")).unwrap_or_default();
    let title = format!("Row {}, {}", row.place, lines::label(row.judgement));
    let known = [row.pupil.name.one_line(), birth(row), row.pupil.form_or_year().one_line()];
    let known: Vec<String> = known.into_iter().filter(|part| !part.is_empty()).collect();
    field(out, &title, &format!("{}{whose}{like}", known.join(", ")))?;
    if row.judgement != Judgement::New {
        row.differences.iter().try_for_each(|one| beneath(out, &difference(one)))?;
    }
    if let Some(left) = row.left {
        beneath(out, &format!("Left on {}.", left.format("%-d %b %Y")))?;
    }
    for (child, why) in &row.candidates {
        beneath(out, &format!("Child {}: {} ({why})", child.id, who(child)))?;
    }
    if !row.lost.is_empty() {
        let lost: Vec<String> = row.lost.iter().map(Text::one_line).collect();
        beneath(out, &format!("Not taken in: {}.", lost.join(", ")))?;
    }
    row.reason.iter().try_for_each(|reason| beneath(out, reason))
}

fn birth(row: &Judged) -> String {
    row.pupil.date_of_birth.map(|date| born(Some(date))).unwrap_or_default()
}

/// A child of the desk, told apart from others of the same name.
fn who(child: &Child) -> String {
    let details = &child.details;
    let known = [details.name.one_line(), born(details.date_of_birth), details.form.one_line()];
    let known = known.into_iter().chain(child.left_in_words()).filter(|part| !part.is_empty());
    known.collect::<Vec<_>>().join(", ")
}

fn difference(one: &Difference) -> String {
    if one.desk.is_blank() {
        format!("{}: + {}", one.field, one.roll.one_line())
    } else {
        format!("{}: {} → {}", one.field, one.desk.one_line(), one.roll.one_line())
    }
}

/// How many of each roll are not in the file, and what becomes of them.
fn missing(out: &mut Out, plan: &Plan) -> Result<()> {
    for missing in &plan.missing {
        let school = missing.school.one_line();
        let roll = if school.is_empty() { "the roll".to_owned() } else { format!("the roll of {school}") };
        let children = children(missing.children.len());
        match missing.doubt {
            None => out.wrapped(&format!("Of {roll}, {children} not in the file: marked as left."))?,
            Some(doubt) => {
                out.wrapped(&format!("Of {roll}, {children} not in the file. {}", doubt.sentence()))?;
            }
        }
    }
    Ok(())
}

fn children(count: usize) -> String {
    if count == 1 { "1 child is".to_owned() } else { format!("{count} children are") }
}

fn tell(out: &mut Out, file: &Text, plan: &Plan, recorded: &[Recorded]) -> Result<()> {
    let [new, same, changed, returned, unsure, rejected] = [
        Judgement::New,
        Judgement::Same,
        Judgement::Changed,
        Judgement::Returned,
        Judgement::Unsure,
        Judgement::Rejected,
    ]
    .map(|one| plan.of(one));
    let left = plan.of(Judgement::Left) + plan.leavers().count();
    match out.form() {
        Form::Json => out.item(&json!({
            "file": file,
            "recorded": !recorded.is_empty(),
            "new": new,
            "same": same,
            "changed": changed,
            "left": left,
            "returned": returned,
            "unsure": unsure,
            "rejected": rejected,
            "missing": plan.missing.iter().map(lines::of_missing).collect::<Vec<_>>(),
            "lost": plan.lost,
            "entries": recorded.iter().map(lines::of_entry).collect::<Vec<_>>(),
        })),
        Form::Plain => {
            let counted = format!(
                "{new} new, {changed} changed, {left} left, {returned} back, {same} the same, {unsure} not sure, \
                 {rejected} rejected."
            );
            imported::tell(out, &plan.lost, &counted, recorded.len())
        }
    }
}

fn is_wanted(counts: Counts) -> Result<bool> {
    let Counts { new, changed, left, returned, enrolled } = counts;
    let asked = [
        ("add", new),
        ("change", changed),
        ("mark as left", left),
        ("mark as back", returned),
        ("note as on the roll", enrolled),
    ];
    let asked = asked.into_iter().filter(|(_, count)| *count > 0);
    let asked: Vec<String> = asked.map(|(what, count)| format!("{what} {count}")).collect();
    imported::is_wanted(&format!("Of the children, {}?", asked.join(", ")))
}
