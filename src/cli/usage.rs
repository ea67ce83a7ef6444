//! What was wrong with the arguments, without repeating them: an argument may be a child's name, and what goes to
//! standard error ends up in logs.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::complain;

/// The exit code of wrong usage.
const WRONG_USAGE: u8 = 2;

/// Prints help where that was asked for, and otherwise what is wrong with the arguments.
pub(super) fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Help that nobody reads to the end is no fault.
            drop(error.print());
            ExitCode::SUCCESS
        }
        kind => {
            complain(&sentences(kind, error));
            ExitCode::from(WRONG_USAGE)
        }
    }
}

fn sentences(kind: ErrorKind, error: &clap::Error) -> String {
    let what = match kind {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => {
            format!("What was given for {} cannot be used{}.", ours(error), choices(error))
        }
        ErrorKind::MissingRequiredArgument => format!("Something is missing: {}.", ours(error)),
        ErrorKind::UnknownArgument => {
            "There is an argument that the command does not know; a name of several words needs quotation marks."
                .to_owned()
        }
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => "There is no such command.".to_owned(),
        ErrorKind::ArgumentConflict => {
            "Two arguments cannot be used together, or one was given twice; standard input can be read once."
                .to_owned()
        }
        _ => "The arguments cannot be used.".to_owned(),
    };
    format!("{what} See `dsl-desk --help`, or --help after a command.")
}

/// The names of the arguments concerned, as this program calls them.
fn ours(error: &clap::Error) -> String {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(name)) => name.clone(),
        Some(ContextValue::Strings(names)) => names.join(", "),
        _ => "an argument".to_owned(),
    }
}

fn choices(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!(" (it takes {})", values.join(", "))
        }
        _ => String::new(),
    }
}
