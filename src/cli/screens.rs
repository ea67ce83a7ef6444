//! `dsl-desk` alone: the screens.

use std::fs;
use std::io::{self, IsTerminal as _};

use super::failure::{Failure, Result};
use super::opening::Opening;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Work;
use crate::desk::worker::{Clock, Service};
use crate::tui;
use crate::tui::keymap::{Keymap, config};

pub(super) fn run(opening: &Opening, clock: &Clock) -> Result<()> {
    if !io::stdout().is_terminal() {
        return Err(Failure::said(
            "The desk opens on a terminal, and this is none. Use a command instead; `dsl-desk --help` lists them.",
        ));
    }
    let folder = opening.folder()?;
    let service = Service::new(folder.clone(), Work::Calibrated, clock.clone());
    open(&folder, service, clock, None)
}

/// Shows the screens until they are left.
pub(super) fn open(folder: &Folder, service: Service, clock: &Clock, greeting: Option<String>) -> Result<()> {
    let (keymap, problem) = keys(folder);
    tui::run::run(service, clock.clone(), keymap, problem.or(greeting))
        .map_err(|fault| Failure::Said(fault.to_string()))
}

const UNREADABLE: &str = "config.toml cannot be read. The usual keys are in force.";

/// The keys as the desk's `config.toml` wants them, and the first thing that is wrong with it.
fn keys(folder: &Folder) -> (Keymap, Option<String>) {
    let path = folder.root().join("config.toml");
    // A pipe of that name would be waited for.
    if path.metadata().is_ok_and(|file| !file.is_file()) {
        return (Keymap::default(), Some(UNREADABLE.to_owned()));
    }
    match fs::read_to_string(&path) {
        Ok(text) => {
            let (keymap, problems) = config::read(&text);
            let first =
                problems.first().map(|problem| format!("config.toml, {problem}. That key stays as it was."));
            (keymap, first)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Keymap::default(), None),
        Err(_) => (Keymap::default(), Some(UNREADABLE.to_owned())),
    }
}
