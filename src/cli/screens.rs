//! `dsl-desk` alone: the screens.

use std::io::{self, IsTerminal as _};

use super::failure::{Failure, Result};
use super::opening::Opening;
use crate::cabinet::keys::Work;
use crate::desk::worker::{Clock, Service};
use crate::tui;
use crate::tui::keymap::Keymap;

pub(super) fn run(opening: &Opening, clock: &Clock) -> Result<()> {
    if !io::stdout().is_terminal() {
        return Err(Failure::said(
            "The desk opens on a terminal, and this is none. Use a command instead; `dsl-desk --help` lists them.",
        ));
    }
    let service = Service::new(opening.folder()?, Work::calibrated(), clock.clone());
    open(service, clock, None)
}

/// Shows the screens until they are left.
pub(super) fn open(service: Service, clock: &Clock, greeting: Option<String>) -> Result<()> {
    tui::run::run(service, clock.clone(), Keymap::default(), greeting).map_err(|error| {
        Failure::Said(format!("The terminal cannot be used: {error}. Try another terminal, or the commands."))
    })
}
