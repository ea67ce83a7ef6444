//! `dsl-desk` alone: the screens.

use std::fs;
use std::io::{self, IsTerminal as _};

use super::failure::{Failure, Result, complain};
use super::opening::Opening;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Work;
use crate::desk::worker::{Clock, Service};
use crate::tui;
use crate::tui::keymap::{Keymap, config};
use crate::tui::run::Settings;
use crate::tui::settings::{LOCK_AFTER, lock_after};

pub(super) fn run(opening: &Opening, clock: &Clock) -> Result<()> {
    if !io::stdout().is_terminal() {
        return Err(Failure::said(
            "The desk opens on a terminal, and this is none. Use a command instead; `dsl-desk --help` lists them.",
        ));
    }
    let (folder, finished) = opening.whole_folder()?;
    let service = Service::new(folder.clone(), Work::Calibrated, clock.clone());
    open(&folder, service, clock, finished)
}

/// Shows the screens until they are left.
pub(super) fn open(folder: &Folder, service: Service, clock: &Clock, greeting: Option<String>) -> Result<()> {
    let (settings, problem) = settings(folder);
    let done =
        tui::run::run(service, clock.clone(), settings, greeting.or(problem), || complain("Backing up…"));
    // The desk was left all the same.
    if let Some(sentences) = done.map_err(|fault| Failure::Said(fault.to_string()))? {
        complain(&sentences);
    }
    Ok(())
}

const UNREADABLE: &str = "config.toml cannot be read. The usual keys are in force.";

/// What the desk's `config.toml` asks for, and the first thing that is wrong with it.
fn settings(folder: &Folder) -> (Settings, Option<String>) {
    let path = folder.root().join("config.toml");
    let usual = || Settings { keymap: Keymap::default(), lock_after: LOCK_AFTER };
    // A pipe of that name would be waited for.
    if path.metadata().is_ok_and(|file| !file.is_file()) {
        return (usual(), Some(UNREADABLE.to_owned()));
    }
    match fs::read_to_string(&path) {
        Ok(text) => {
            let (keymap, problems) = config::read(&text);
            let (lock_after, wrong) = lock_after(&text);
            let first =
                problems.first().map(|problem| format!("config.toml, {problem}. That key stays as it was."));
            let wrong = wrong.map(|wrong| format!("config.toml: {wrong}. The usual time holds."));
            (Settings { keymap, lock_after }, first.or(wrong))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (usual(), None),
        Err(_) => (usual(), Some(UNREADABLE.to_owned())),
    }
}
