//! The cautions that stand in something when it is recorded: which rules they are of, what was advised, and that it was
//! recorded as it was written. None of the words themselves.

use super::{Caution, Place, cautions};
use crate::domain::concern::Part1;
use crate::domain::decision::{Decision, Overridden};
use crate::domain::part2::Section;
use crate::domain::text::Text;

const AS_WRITTEN: &str = "Recorded as it was written.";

/// In a section of Part 2; one for all of its fields, so that the record is read for what it says.
pub fn in_section(section: &Section) -> Option<Overridden> {
    match section {
        Section::Advice(advice) => gone_over(&[(&advice.advice, Place::Advice)]),
        Section::Action(action) => gone_over(&[
            (&action.what, Place::Action),
            (&action.reasons, Place::Action),
            (&action.shared_with, Place::Action),
        ]),
        Section::Parents(parents) => gone_over(&[(&parents.reasons, Place::Action)]),
        Section::Outcome(outcome) => gone_over(&[(&outcome.text, Place::Advice)]),
        Section::FurtherInformation(further) => gone_over(&[(&further.text, Place::Other)]),
        Section::FileCommenced(file) => gone_over(&[(&file.why, Place::Action)]),
        Section::Received(_) | Section::Signed(_) => None,
    }
}

/// In what is written of a sharing; the other decisions have no account in them.
pub fn in_decision(decision: &Decision) -> Option<Overridden> {
    let Decision::Sharing(sharing) = decision else { return None };
    gone_over(&[(&sharing.what, Place::Action), (&sharing.reasons, Place::Action)])
}

/// In a report that was typed at the desk.
pub fn in_report(part1: &Part1) -> Option<Overridden> {
    let account = &part1.account;
    let told = Text::from(part1.told.iter().map(Text::as_str).collect::<Vec<_>>().join("\n"));
    gone_over(&[
        (&part1.reasons, Place::Facts),
        (&account.who, Place::Facts),
        (&account.what, Place::Facts),
        (&account.child_words, Place::OwnWords),
        (&account.when, Place::Facts),
        (&account.witnesses, Place::Facts),
        (&part1.opinion, Place::Opinion),
        (&part1.actions, Place::Action),
        (&told, Place::Other),
        (&part1.other_information, Place::Other),
    ])
}

/// A rule once, with what it advised first.
fn gone_over(texts: &[(&Text, Place)]) -> Option<Overridden> {
    let mut all: Vec<Caution> = texts.iter().flat_map(|(text, place)| cautions(text, *place)).collect();
    all.sort_by_key(|caution| caution.rule);
    all.dedup_by_key(|caution| caution.rule);
    let rules: Vec<String> = all.iter().map(|caution| format!("R{}", caution.rule)).collect();
    let advised: Vec<&str> = all.iter().map(|caution| caution.says).collect();
    (!all.is_empty()).then(|| Overridden {
        rule: Text::from(rules.join(", ")),
        advised: Text::from(advised.join(" ")),
        reason: Text::from(AS_WRITTEN),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::part2::Action;

    fn action(what: &str, reasons: &str) -> Section {
        let at = Moment::parse("2026-11-20").unwrap();
        Section::Action(Action { at, what: what.into(), reasons: reasons.into(), shared_with: "".into() })
    }

    #[test]
    fn each_rule_is_named_once_and_no_word_is_repeated() {
        let written = "I interviewed Zoë. I interviewed him too. She wrote a statement.";
        let noted = in_section(&action(written, "The victim was crying.")).unwrap();
        assert_eq!(&*noted.rule, "R7, R10, R25");
        let said = format!("{} {}", noted.advised, noted.reason);
        assert!(!said.contains("Zoë") && !said.contains("interviewed") && said.contains("as it was written"));
        assert_eq!(in_section(&action("Rang First Response.", "She is hungry.")), None);
    }

    #[test]
    fn the_childs_own_words_are_looked_over_for_secrets_alone() {
        let mut part1 = Part1::default();
        part1.account.child_words = "he interviewed me and I am the victim".into();
        assert_eq!(in_report(&part1), None);
        part1.account.what = "I promised not to tell.".into();
        assert_eq!(&*in_report(&part1).unwrap().rule, "R9");
    }
}
