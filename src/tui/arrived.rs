//! What came in, said in the footer.

use crate::desk::answer::{ArrivalOutcome, ArrivalResult};

/// What came of the files in the drop folder, in a sentence or three; nothing where there were none.
pub(super) fn tell(arrived: &[ArrivalOutcome]) -> Option<String> {
    let count = |wanted: fn(&ArrivalResult) -> bool| arrived.iter().filter(|one| wanted(&one.result)).count();
    let accepted = count(|result| matches!(result, ArrivalResult::Accepted(_)));
    let known = count(|result| matches!(result, ArrivalResult::DuplicateOf(_)));
    let rejected = count(|result| matches!(result, ArrivalResult::Rejected(_)));
    let sentences = [
        sentence(accepted, "One concern came in.", "concerns came in."),
        sentence(known, "One report was here already.", "reports were here already."),
        sentence(
            rejected,
            "One could not be read: the inbox says why.",
            "could not be read: the inbox says why.",
        ),
    ];
    let said: Vec<String> = sentences.into_iter().flatten().collect();
    if said.is_empty() { None } else { Some(said.join(" ")) }
}

fn sentence(count: usize, one: &str, several: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(one.to_owned()),
        n => Some(format!("{n} {several}")),
    }
}
