//! `dsl-desk chronology`: a child's rows in the order in which they happened.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::failure::{Failure, Result};
use super::find;
use super::layout::{beneath, field};
use super::out::{Form, Out};
use crate::cabinet::table::chronology::ChronologyRow;
use crate::desk::Desk;
use crate::desk::answer::{
    ChildSheet, Counted, Found, PatternSeen, Scope, Stands, Subject, Target, also_entered, born,
};
use crate::desk::request::Window;
use crate::domain::chronology::{Kinds, RowKind};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::text::Text;
use crate::search::fold;

/// How many children a name may mean before nobody reads the list.
const CANDIDATES: usize = 20;
const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

#[derive(clap::Args)]
pub(super) struct Args {
    /// The number of the child, or a name that only one child has.
    child: String,
}

#[derive(Serialize)]
struct Row<'r> {
    seq: Seq,
    happened_at: Moment,
    recorded_at: String,
    kind: RowKind,
    text: &'r Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    concern: Option<ConcernId>,
    by: &'r Text,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    // By whichever number they were asked for, they are shown as they are kept.
    let meant = meant(&args.child, desk, out)?;
    let sheet = desk.sheet(meant)?;
    let child = sheet.child.id;
    desk.saw(Subject::Child(child), now)?;
    let rows = desk.chronology(child, Kinds::Everything, "", ALL)?.rows;
    match out.form() {
        Form::Json => out.document(&rows.iter().map(json).collect::<Vec<_>>()),
        Form::Plain => {
            head(out, &sheet, Moment::At(now).date())?;
            plain(out, &rows)?;
            noticed(out, &desk.noticed(child, now)?)
        }
    }
}

/// Which child is meant. A wrong child's chronology is worse than a question.
fn meant(given: &str, desk: &mut Desk, out: &mut Out) -> Result<ChildId> {
    if let Ok(number) = given.trim().parse::<ChildId>() {
        return Ok(number);
    }
    let found = desk.find(given, Scope::Children, CANDIDATES)?;
    let folded = fold(given);
    let exact: Vec<&Found> = found.iter().filter(|hit| fold(&hit.name) == folded).collect();
    let one = match (exact.as_slice(), found.as_slice()) {
        ([one], _) => one.target,
        // Somebody whose name is only like that is asked about.
        ([], [one]) if one.why.is_empty() => one.target,
        ([], []) => {
            return Err(Failure::said(
                "No child of this desk is called like that. Try fewer letters, or the number.",
            ));
        }
        _ => return Err(ask(out, &found)),
    };
    match one {
        Target::Child(child) => Ok(child),
        Target::Contact(_) | Target::Concern(_) | Target::Entry { .. } => Err(ask(out, &found)),
    }
}

/// Lists who it might be. JSON keeps its shape and lists nobody.
fn ask(out: &mut Out, found: &[Found]) -> Failure {
    let listed = match out.form() {
        Form::Json => Ok(()),
        Form::Plain => find::plain(out, found),
    };
    listed.err().unwrap_or_else(|| {
        Failure::said(
            "It is not certain which child is meant. Give the number; `dsl-desk find --in children` lists who it might be.",
        )
    })
}

fn json(row: &ChronologyRow) -> Row<'_> {
    Row {
        seq: row.seq,
        happened_at: row.happened_at,
        recorded_at: rfc3339(row.recorded_at),
        kind: row.kind,
        text: &row.text,
        concern: row.concern,
        by: &row.by,
    }
}

/// Who it is, and what is true of them now.
fn head(out: &mut Out, sheet: &ChildSheet, today: NaiveDate) -> Result<()> {
    let ChildSheet { child, also, .. } = sheet;
    let details = &child.details;
    let mut known = vec![details.name.one_line(), born(details.date_of_birth)];
    known.extend(child.left_in_words());
    known.extend(
        [&details.form, &details.school].into_iter().filter(|text| !text.is_blank()).map(Text::one_line),
    );
    known.extend(also.iter().map(|also| format!("{} (number {})", also_entered(also), also.id)));
    out.wrapped(&format!("Child {}: {}", child.id, known.join(", ")))?;
    match sheet.standing(today) {
        none if none.is_empty() => Ok(()),
        some => out.wrapped(&format!("Now: {}.", some.join("; "))),
    }
}

fn plain(out: &mut Out, rows: &[ChronologyRow]) -> Result<()> {
    for row in rows {
        out.line("")?;
        field(out, &row.happened_at.to_string(), &row.text)?;
        let recorded = Moment::At(row.recorded_at);
        beneath(out, &format!("({}) Recorded {recorded} by {}", row.kind.label(), row.by.one_line()))?;
    }
    Ok(())
}

/// What a careful reader would notice, and where: the days of the rows that were counted.
fn noticed(out: &mut Out, seen: &[PatternSeen]) -> Result<()> {
    if seen.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line("Noticed")?;
    for PatternSeen { pattern, rows } in seen {
        out.line("")?;
        out.wrapped(&format!("{} ({}).", pattern.says, pattern.source))?;
        beneath(out, &rows.iter().map(counted).collect::<Vec<_>>().join("; "))?;
    }
    Ok(())
}

fn counted(row: &Counted) -> String {
    let whose = match &row.stands {
        Stands::Here => String::new(),
        Stands::Restricted => ", restricted".to_owned(),
        Stands::With(name) => format!(", with {}", name.one_line()),
    };
    let number = row.concern.map(|concern| format!(" of concern {concern}")).unwrap_or_default();
    let what = match row.kind {
        RowKind::Concern => row.concern.map_or_else(String::new, |concern| format!("concern {concern}")),
        kind => format!("{}{number}", kind.label()),
    };
    format!("{} {what}{whose}", row.happened.format("%-d %b %Y"))
}
