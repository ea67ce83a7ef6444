//! Before Part 2 is signed: which sections are empty, and what is written and not recorded.

use super::part2;
use crate::cabinet::table::concern::Concern;
use crate::domain::part2::SectionKind;
use crate::domain::text::sentence;
use crate::tui::layer::{Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::confirm::{Confirm, Question};
use crate::tui::screens::form::{Form, FormKind};

/// The form, after the question where something would be left out. `drafts` are the sections with one.
pub(in crate::tui::screens) fn sign(concern: &Concern, drafts: &[SectionKind]) -> Effects {
    if concern.is_signed() {
        let text = "Part 2 is signed already. What you add now is marked as added after signing.";
        return vec![Effect::Say(text.to_owned())];
    }
    let number = concern.row.concern;
    let form = FormKind::Section { concern: number, section: SectionKind::Signed };
    let signature = Layer::Form(Form::new(form)).open();
    let lacks = lacks(concern, drafts);
    if lacks.is_empty() {
        return vec![signature];
    }
    let question = Question {
        heading: "Sign Part 2?".to_owned(),
        text: format!(
            "Concern {number}, {}. {} Signing closes Part 2; whatever comes later is marked as added after signing.",
            concern.row.named,
            lacks.join(" ")
        ),
        harmless: "Go on writing",
        other: "Sign it as it is",
        effects: vec![signature],
    };
    vec![Layer::Confirm(Confirm::new(question)).open()]
}

/// What a signature would leave out, in sentences.
fn lacks(concern: &Concern, drafts: &[SectionKind]) -> Vec<String> {
    let [drafts, empty] = [drafts, &part2::empty_sections(concern)].map(part2::in_words);
    let sentences = [
        ("You have written under", drafts, "and not recorded it."),
        ("Nothing is recorded yet under", empty, ""),
    ];
    let named = sentences.into_iter().filter(|(_, sections, _)| !sections.is_empty());
    named.map(|(before, sections, after)| sentence(&format!("{before} {sections} {after}"))).collect()
}
