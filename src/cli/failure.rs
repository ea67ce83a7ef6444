//! Why a command could not do what was asked, and the exit code that says so.

use std::io::{self, Write as _};
use std::panic;
use std::process::ExitCode;

use crate::cabinet;
use crate::domain::text::clean;

pub(super) type Result<T> = std::result::Result<T, Failure>;

/// Each is two sentences: what happened, what to do. None quotes the record.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Desk(#[from] cabinet::Error),
    /// Nobody reads on, as in `dsl-desk find … | head -1`: no fault.
    #[error("The answer was not read to its end. Nothing needs doing.")]
    NotRead,
    #[error("The answer could not be written: {0}. Make room where it goes, then ask again.")]
    Output(io::Error),
    #[error("{0}")]
    Said(String),
}

impl Failure {
    pub(super) fn said(sentences: impl Into<String>) -> Self {
        Self::Said(sentences.into())
    }

    /// For `map_err` on whatever writes to standard output.
    pub(super) fn output(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::NotRead } else { Self::Output(error) }
    }
}

/// 0 done, 1 could not; the reason goes to standard error.
pub(super) fn exit_code(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) | Err(Failure::NotRead) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// A panic says where it happened and not what was being handled: its own message could quote the record.
pub(super) fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
        complain(&format!(
            "dsl-desk stopped because of a fault of its own{}. What was being typed is kept as a draft; start it again.",
            place.unwrap_or_default()
        ));
    }));
}

/// Says something on standard error. Where nobody can be told, the exit code has to do.
pub(super) fn complain(sentences: &str) {
    drop(writeln!(io::stderr(), "{}", clean(sentences)));
}
