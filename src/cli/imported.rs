//! What every import of a file asks before it is recorded, and how it ends: what had no place, how many entries, what was
//! rejected.

use super::consent;
use super::failure::{Failure, Result};
use super::out::Out;
use crate::domain::text::Text;

/// Whether what was shown is to be recorded.
pub(super) fn is_wanted(question: &str) -> Result<bool> {
    consent::is_given(
        question,
        "There is no terminal on which to ask whether this is to be recorded, so nothing was. Look through it, then do it \
         again with --yes.",
    )
}

/// What of the file has no place here; then how many of its rows or cards came to what, and how many entries it made.
pub(super) fn tell(out: &mut Out, lost: &[Text], counted: &str, entries: usize) -> Result<()> {
    if !lost.is_empty() {
        let lost: Vec<String> = lost.iter().map(Text::one_line).collect();
        out.wrapped(&format!("Not taken in of the file: {}.", lost.join(", ")))?;
    }
    out.wrapped(counted)?;
    match entries {
        0 => out.wrapped("Nothing was recorded."),
        1 => out.wrapped("One entry was recorded."),
        entries => out.wrapped(&format!("{entries} entries were recorded.")),
    }
}

/// A failure of the whole where some of its `rows` or `cards` were rejected.
pub(super) fn refuse_where_any_was_rejected(rejected: usize, of: usize, what: &str) -> Result<()> {
    match rejected {
        0 => Ok(()),
        rejected => Err(Failure::Said(format!(
            "Of {of} {what} {rejected} could not be taken in. The reasons are printed above."
        ))),
    }
}
