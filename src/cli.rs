//! The command line: arguments in, text or JSON out, an exit code back. One file per command.
//!
//! ```text
//! argv ─▶ clap ─▶ Command ─▶ opening: folder, person, passphrase ─▶ the command ─▶ Out
//!           └─▶ usage: what was wrong with it, never what was written
//! ```
//!
//! Commands call the methods of `Desk`; nothing here names SQL or reads a report. Whatever is printed goes through
//! [`out::Out`], which lets no invisible character reach a terminal. Exit codes: 0 done, 1 could not, 2 wrong usage.

mod annotate;
mod backup;
mod children;
mod chronology;
mod consent;
mod contacts;
mod demo;
mod due;
mod failure;
mod find;
mod import;
mod imported;
mod inbox;
mod layout;
mod new_passphrase;
mod opening;
mod out;
mod part2;
mod people;
mod privacy;
mod private_file;
mod recovery;
mod restore;
mod restrict;
mod ring;
mod screens;
mod setup;
mod show;
mod usage;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::desk::Desk;
use crate::desk::worker::Clock;
use crate::domain::cabinet::CabinetName;
use failure::Result;
use opening::Opening;
use out::{Form, Out};

/// The desk of a designated safeguarding lead: concerns, calls and chronologies in one encrypted folder.
///
/// Without a command it opens the desk.
#[derive(Parser)]
#[command(name = "dsl-desk", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    opening: Opening,
    /// Print JSON: one document, or a line for each item.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open a throw-away desk, filled from an invented school.
    Demo(demo::Args),
    /// Set a desk up without the screens.
    Setup(setup::Args),
    /// Go back to a backup; the present desk is set aside.
    #[command(after_long_help = restore::SHAPE)]
    Restore(restore::Args),
    /// Say who may open the desk, or change your passphrase.
    People(people::Args),
    #[command(flatten)]
    AtDesk(AtDesk),
}

/// What is asked of a desk that is there already.
#[derive(Subcommand)]
enum AtDesk {
    /// Take concerns in; the same as dropping the files into `incoming/`.
    Import(import::Args),
    /// List the concerns that are not closed yet: danger, then what is overdue, then the most urgent.
    Inbox,
    /// List what is due: overdue, today, coming; or write its dates to a calendar.
    #[command(after_long_help = due::SHAPE)]
    Due(due::Args),
    /// Show one concern: Part 1, Part 2, and who recorded what.
    Show(show::Args),
    /// Show a child's chronology in the order in which it happened.
    Chronology(chronology::Args),
    /// Add Part 2 entries from a JSON file: all of them or none.
    Annotate(annotate::Args),
    /// Name the people who may open a concern; for the others it is nowhere.
    #[command(after_long_help = restrict::SHAPE)]
    Restrict(restrict::Args),
    /// Search children, contacts and chronologies.
    #[command(after_long_help = find::LANGUAGE)]
    Find(find::Args),
    /// Take a school's roll in, or list children who may have been entered twice.
    Children(children::Args),
    /// List the contact book, 999 first; or take contacts in, or write them out.
    #[command(after_long_help = contacts::SHAPE)]
    Contacts(contacts::Args),
    /// Say whom to ring, first to last, now or at a given minute.
    #[command(after_long_help = ring::SHAPE)]
    Ring(ring::Args),
    /// Check every entry, every signature and every table.
    ///
    /// It prints the number of entries, and the newest one's hash as eight words that can be read out over the
    /// telephone: note both elsewhere.
    #[command(after_long_help = verify::SHAPE)]
    Verify(verify::Args),
    /// Make a backup, in the desk's own folder or in another.
    #[command(after_long_help = backup::SHAPE)]
    Backup(backup::Args),
}

impl AtDesk {
    fn reads_standard_input(&self) -> bool {
        match self {
            Self::Annotate(args) => args.reads_standard_input(),
            Self::Find(args) => args.reads_standard_input(),
            Self::Import(_)
            | Self::Inbox
            | Self::Due(_)
            | Self::Show(_)
            | Self::Restrict(_)
            | Self::Chronology(_)
            | Self::Children(_)
            | Self::Contacts(_)
            | Self::Ring(_)
            | Self::Verify(_)
            | Self::Backup(_) => false,
        }
    }
}

/// Runs the program.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    failure::quiet_panics();
    privacy::keep_to_oneself();
    match Cli::try_parse_from(args).and_then(Cli::checked) {
        Ok(cli) => failure::exit_code(cli.run(&Clock::system())),
        Err(error) => usage::explain(&error),
    }
}

impl Cli {
    /// Standard input can be read once.
    fn checked(self) -> std::result::Result<Self, clap::Error> {
        let reads = match &self.command {
            Some(Command::AtDesk(command)) => usize::from(command.reads_standard_input()),
            Some(Command::People(args)) => args.reads_standard_input(),
            Some(Command::Demo(_) | Command::Setup(_) | Command::Restore(_)) | None => 0,
        };
        let is_made_whole = matches!(self.command, Some(Command::Setup(_) | Command::Demo(_)));
        if is_made_whole && self.opening.cabinet() == CabinetName::Senior {
            let why = "the senior cabinet is made by `people add --right senior`";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, why));
        }
        if reads + usize::from(self.opening.reads_standard_input()) > 1 {
            Err(Self::command().error(ErrorKind::ArgumentConflict, "standard input is asked for twice"))
        } else {
            Ok(self)
        }
    }

    fn run(self, clock: &Clock) -> Result<()> {
        let form = if self.json { Form::Json } else { Form::Plain };
        match self.command {
            None => screens::run(&self.opening, clock),
            Some(Command::Demo(args)) => demo::run(&args, clock, form),
            Some(Command::Setup(args)) => {
                setup::run(&args, &self.opening, clock.now(), &mut Out::standard(form))
            }
            Some(Command::Restore(args)) => {
                restore::run(&args, &self.opening, clock.now(), &mut Out::standard(form))
            }
            Some(Command::People(args)) => {
                people::run(&args, &self.opening, clock.now(), &mut Out::standard(form))
            }
            Some(Command::AtDesk(command)) => at_desk(&command, &self.opening, clock, form),
        }
    }
}

fn at_desk(command: &AtDesk, opening: &Opening, clock: &Clock, form: Form) -> Result<()> {
    let mut desk = opening.desk()?;
    warn(command, &desk);
    if desk.is_opened_beside_another()? {
        failure::complain(REPLACED);
    }
    let out = &mut Out::standard(form);
    let done = match command {
        AtDesk::Import(args) => import::run(args, &mut desk, clock.now(), out),
        AtDesk::Inbox => inbox::run(&mut desk, clock.now(), out),
        AtDesk::Due(args) => due::run(args, &mut desk, clock.now(), out),
        AtDesk::Show(args) => show::run(args, &mut desk, clock.now(), out),
        AtDesk::Chronology(args) => chronology::run(args, &mut desk, clock.now(), out),
        AtDesk::Annotate(args) => annotate::run(args, &mut desk, clock.now(), out),
        AtDesk::Restrict(args) => restrict::run(args, &mut desk, clock.now(), out),
        AtDesk::Find(args) => find::run(args, &mut desk, clock.now(), out),
        AtDesk::Children(args) => children::run(args, &mut desk, clock.now(), out),
        AtDesk::Contacts(args) => contacts::run(args, &mut desk, clock.now(), out),
        AtDesk::Ring(args) => ring::run(args, &mut desk, clock.now(), out),
        AtDesk::Verify(args) => verify::run(args, &mut desk, clock.now(), out),
        AtDesk::Backup(args) => backup::run(args, &desk, clock.now(), out),
    };
    // What was printed before something went wrong is still the answer to what was asked before it.
    out.flush().and(done)
}

const REPLACED: &str = "Reports about the DSL are sealed to another cabinet than the senior one that lies here: it was \
                        replaced. Find out by whom before you write in it.";

/// Whatever is asked of an old record, the answer is an old one. `verify` says so itself.
fn warn(command: &AtDesk, desk: &Desk) {
    if !matches!(command, AtDesk::Verify(_)) {
        warn_of_an_old_record(desk);
    }
}

fn warn_of_an_old_record(desk: &Desk) {
    if let Some(sentences) = desk.last_seen().sentences() {
        failure::complain(&sentences);
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_arguments_fit_together() {
        Cli::command().debug_assert();
    }
}
