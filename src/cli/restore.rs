//! `dsl-desk restore`: back to a backup. What is there is set aside, and nobody goes back without having been asked.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::consent;
use super::failure::{Failure, Result, complain};
use super::layout::{Column, field, table};
use super::opening::Opening;
use super::out::{Form, Out};
use crate::cabinet::backup::{self, Kept};
use crate::cabinet::files::Folder;
use crate::cabinet::restore::{Checked, Present};
use crate::domain::cabinet::CabinetName;
use crate::domain::headwords;
use crate::domain::ids::Seq;
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::text::clean;

pub(super) const SHAPE: &str = "\
With --json:
  { restored, backup, made_at, entries, head: \"eight words\", present: \"none\" | \"same\" | \"another\" | \"closed\",
    lost_entries, set_aside }
and with --list:
  [ { backup, path, made_at, entries } ]
Where something is not known, or there is none, it is null.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// The backup's folder, or its name among the desk's own.
    #[arg(value_name = "BACKUP", required_unless_present = "list")]
    backup: Option<PathBuf>,
    /// List the backups that there are, here or in the folder that is named.
    #[arg(long, conflicts_with = "yes")]
    list: bool,
    /// Go back without being asked.
    #[arg(long)]
    yes: bool,
}

#[derive(Serialize)]
struct Listed {
    backup: String,
    path: String,
    made_at: String,
    entries: Seq,
}

#[derive(Serialize)]
struct Document {
    restored: bool,
    backup: String,
    made_at: Option<String>,
    entries: Seq,
    head: String,
    present: &'static str,
    /// How many entries of the present record the backup does not have, where that is known.
    lost_entries: Option<i64>,
    set_aside: Option<String>,
}

pub(super) fn run(args: &Args, opening: &Opening, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let desk = opening.finished_folder()?;
    let done = match (&args.backup, args.list) {
        (named, true) => {
            // How often the senior cabinet is written to is for its members.
            if desk.cabinet() == CabinetName::Senior {
                opening.keeper()?;
            }
            list(named.as_deref().unwrap_or(&desk.backups()), out)
        }
        (Some(named), false) => go_back(args, named, &desk, opening, now, out),
        (None, false) => Err(Failure::said("No backup was named. List them with `dsl-desk restore --list`.")),
    };
    out.flush().and(done)
}

fn list(folder: &Path, out: &mut Out) -> Result<()> {
    let kept = backup::kept(folder);
    match out.form() {
        Form::Json => out.document(&kept.iter().map(listed).collect::<Vec<_>>()),
        Form::Plain if kept.is_empty() => {
            out.line("There are no backups here. Make one with `dsl-desk backup`.")
        }
        Form::Plain => {
            let head = ["Backup", "Made", "Entries"].map(|title| Column { title, most: 60 });
            let row = |kept: &Kept| {
                let Listed { backup, entries, .. } = listed(kept);
                [backup, Moment::At(kept.note.made_at).to_string(), entries.to_string()]
            };
            table(out, head, &kept.iter().map(row).collect::<Vec<_>>())
        }
    }
}

fn listed(kept: &Kept) -> Listed {
    let name = kept.path.file_name().map(|name| name.to_string_lossy().into_owned());
    Listed {
        backup: clean(&name.unwrap_or_default()),
        path: shown(&kept.path),
        made_at: rfc3339(kept.note.made_at),
        entries: kept.note.entries,
    }
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

fn go_back(
    args: &Args,
    named: &Path,
    desk: &Folder,
    opening: &Opening,
    now: DateTime<Utc>,
    out: &mut Out,
) -> Result<()> {
    let from = Folder::new(if named.is_dir() { named.to_owned() } else { desk.backups().join(named) });
    let from = from.with(desk.cabinet());
    if !from.exists() {
        return Err(Failure::said(
            "There is no backup of that name. List them with `dsl-desk restore --list`, or name its folder.",
        ));
    }
    let person = opening.person(&from)?;
    let passphrase = opening.passphrase("Passphrase of that backup: ")?;
    let checked = Checked::of(desk, &from, &person, passphrase, backup::free_space)?;
    match out.form() {
        Form::Plain => tell(out, from.root(), &checked)?,
        // Whoever is asked has to know.
        Form::Json if !args.yes => complain(&lost(checked.present)),
        Form::Json => {}
    }
    out.flush()?;
    let mut document = document(from.root(), &checked);
    if args.yes || is_wanted()? {
        let aside = checked.put_in_place(now)?;
        document.restored = true;
        document.set_aside = aside.as_deref().map(shown);
    }
    match out.form() {
        Form::Json => out.document(&document),
        Form::Plain => tell_done(out, &document),
    }
}

fn document(from: &Path, checked: &Checked) -> Document {
    let (present, lost_entries) = match checked.present {
        Present::Nothing => ("none", Some(0)),
        Present::Further(entries) => ("same", Some(entries)),
        Present::Behind(_) => ("same", Some(0)),
        Present::Another => ("another", None),
        Present::Closed => ("closed", None),
    };
    Document {
        restored: false,
        backup: shown(from),
        made_at: checked.made_at.map(rfc3339),
        entries: checked.entries,
        head: headwords::of(&checked.head),
        present,
        lost_entries,
        set_aside: None,
    }
}

fn tell(out: &mut Out, from: &Path, checked: &Checked) -> Result<()> {
    field(out, "Backup", &shown(from))?;
    if let Some(at) = checked.made_at {
        field(out, "Made", &Moment::At(at).to_string())?;
    }
    field(out, "Entries", &checked.entries.to_string())?;
    field(out, "Head", &headwords::of(&checked.head))?;
    field(out, "Checked", "everything is as it was written")?;
    field(out, "Going back", &lost(checked.present))
}

/// What the desk would not have any more.
fn lost(present: Present) -> String {
    match present {
        Present::Nothing => "There is no desk here now, so nothing would be lost.".to_owned(),
        Present::Further(0) => "The present desk has no entry that the backup does not have.".to_owned(),
        Present::Further(1) => {
            "The newest entry of the present desk is not in the backup. It would be set aside.".to_owned()
        }
        Present::Further(entries) => format!(
            "The newest {entries} entries of the present desk are not in the backup. They would be set aside."
        ),
        Present::Behind(entries) => {
            format!("The backup goes further than the present desk, by {entries}; nothing would be lost.")
        }
        Present::Another => {
            "The present desk is another record: one of another desk, or one that went another way. All of it would be set aside."
                .to_owned()
        }
        Present::Closed => {
            "The present desk cannot be opened with the keys of this backup: it is another one, or damaged. All of it would be set aside."
                .to_owned()
        }
    }
}

fn is_wanted() -> Result<bool> {
    consent::is_given(
        "Set the present desk aside and go back to this backup?",
        "There is no terminal on which to ask whether to go back. Nothing was changed; add --yes to go back unasked.",
    )
}

fn tell_done(out: &mut Out, document: &Document) -> Result<()> {
    match (document.restored, &document.set_aside) {
        (false, _) => out.wrapped("Nothing was changed."),
        (true, None) => field(out, "Done", "The backup is in place."),
        (true, Some(aside)) => {
            field(out, "Done", "The backup is in place.")?;
            field(out, "The old desk", &format!("{aside} (open it with --desk)"))
        }
    }
}
