//! What arrived and could not be read, to be read about: which file, when, why, and where it lies.

use crate::desk::answer::Rejected;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::tui::screens::Layer;
use crate::tui::screens::reading::Reading;

pub(super) fn reading(folder: &Text, arrivals: &[Rejected]) -> Layer {
    let text = if arrivals.is_empty() {
        format!("Everything that arrived could be read.\n\nWhat cannot be will lie in\n{folder}")
    } else {
        let said: Vec<String> = arrivals.iter().map(paragraph).collect();
        format!(
            "Each lies, with its reason beside it, in\n{folder}\n\nDelete both once you have dealt with it.\n\n{}",
            said.join("\n\n")
        )
    };
    Layer::Reading(Reading::new("What could not be read".to_owned(), text))
}

fn paragraph(arrival: &Rejected) -> String {
    let at = arrival.at.map(|at| format!(", {}", Moment::At(at))).unwrap_or_default();
    format!("{}{at}\n{}", arrival.name.one_line(), arrival.why)
}
