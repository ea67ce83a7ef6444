//! A question on the terminal before something is recorded or put in another's place.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::failure::{Failure, Result};

/// Asks on the terminal; only a plain yes is one. Where there is no terminal that is said, with what to do instead.
pub(super) fn is_given(question: &str, nobody_to_ask: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Err(Failure::said(nobody_to_ask));
    }
    drop(write!(io::stderr(), "{question} (yes or no) "));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    Ok(read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
