//! `dsl-desk demo`: a throw-away desk on invented data, opened at once.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::failure::{Failure, Result};
use super::out::{Form, Out};
use super::screens;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Work;
use crate::demo::Size;
use crate::demo::desks::{PASSPHRASE, invented, of_size};
use crate::desk::worker::{Clock, Service};
use crate::domain::text::clean;

/// What is made where only one of the two numbers is given.
const ENTRIES_TO_A_CHILD: u64 = 20;
/// The same number makes the same desk.
const SEED: u64 = 1;

const GREETING: &str = "An invented desk: nobody in it is real, and nothing typed here needs keeping.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// Make the desk in this folder and leave it there.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Make a large desk of so many children.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    children: Option<u32>,
    /// Make a large desk of so many chronology entries.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    entries: Option<u64>,
    /// Make the desk and say where it is, without opening it.
    #[arg(long)]
    no_open: bool,
}

impl Args {
    /// How large; none for the invented school.
    fn size(&self) -> Option<Size> {
        let (children, entries) = match (self.children, self.entries) {
            (None, None) => return None,
            (Some(children), Some(entries)) => (u64::from(children), entries),
            (Some(children), None) => (u64::from(children), u64::from(children) * ENTRIES_TO_A_CHILD),
            (None, Some(entries)) => ((entries / ENTRIES_TO_A_CHILD).max(1), entries),
        };
        Some(Size::new(usize::try_from(children).unwrap_or(usize::MAX), entries))
    }
}

/// Where the desk lies: thrown away when it is dropped, or kept.
enum Place {
    ThrownAway(TempDir),
    Kept(PathBuf),
}

impl Place {
    fn choose(args: &Args, opens: Opens) -> Result<Self> {
        if let Some(folder) = &args.keep {
            return Ok(Self::Kept(folder.clone()));
        }
        let made = TempDir::with_prefix("dsl-desk-demo-").map_err(|error| {
            Failure::Said(format!(
                "No folder could be made for the demonstration: {error}. Name one with --keep."
            ))
        })?;
        Ok(match opens {
            Opens::Here => Self::ThrownAway(made),
            Opens::Later => Self::Kept(made.keep()),
        })
    }

    fn path(&self) -> &Path {
        match self {
            Self::ThrownAway(made) => made.path(),
            Self::Kept(folder) => folder,
        }
    }
}

#[derive(Clone, Copy)]
enum Opens {
    /// On this terminal, as soon as it is made.
    Here,
    /// By whoever is told where it is.
    Later,
}

pub(super) fn run(args: &Args, clock: &Clock, form: Form) -> Result<()> {
    let here = io::stdout().is_terminal() && !args.no_open;
    let opens = if here { Opens::Here } else { Opens::Later };
    let place = Place::choose(args, opens)?;
    let folder = Folder::new(place.path());
    let desk = match args.size() {
        None => invented(folder.clone(), clock.now())?,
        Some(size) => of_size(folder.clone(), size, SEED, clock.now(), progress)?,
    };
    match opens {
        Opens::Here => {
            let service = Service::opened(folder.clone(), Work::Token, clock.clone(), desk);
            let service = match place {
                Place::ThrownAway(_) => service.without_backups(),
                Place::Kept(_) => service,
            };
            screens::open(&folder, service, clock, Some(GREETING.to_owned()))
        }
        Opens::Later => {
            drop(desk);
            tell(place.path(), &mut Out::standard(form))
        }
    }
}

/// A large desk takes minutes; only somebody at a terminal wants to watch.
fn progress(done: u64, of: u64) {
    let mut to = io::stderr();
    if to.is_terminal() {
        drop(write!(to, "\r{done} of {of} entries"));
        if done >= of {
            drop(writeln!(to));
        }
    }
}

fn tell(folder: &Path, out: &mut Out) -> Result<()> {
    let shown = clean(&folder.to_string_lossy());
    match out.form() {
        Form::Json => out.document(&json!({ "desk": shown, "passphrase": PASSPHRASE }))?,
        Form::Plain => {
            out.line(&format!("Desk        {shown}"))?;
            out.line(&format!("Passphrase  {PASSPHRASE}"))?;
        }
    }
    out.flush()
}
