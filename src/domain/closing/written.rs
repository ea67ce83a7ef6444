//! What is missing of what was written: sections, names, times, sources, and words that are where they do not belong.

use super::record::Record;
use super::{FORM, Gap, Mend, Written, cited, words};
use crate::domain::clarity;
use crate::domain::concern::{About, names_nobody};
use crate::domain::field::Part1Field;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::text::Text;

pub(super) fn gaps(record: &Record) -> Vec<Gap> {
    let mut gaps = empty(record);
    gaps.extend(initials(record));
    gaps.extend(times(record));
    gaps.extend(sources(record));
    gaps.extend(opinion(record));
    gaps.extend(originals(record));
    gaps.extend(voice(record));
    gaps
}

fn empty(record: &Record) -> Vec<Gap> {
    // Whether it is signed comes last.
    let is_asked = |kind: &SectionKind| *kind != SectionKind::Signed && record.case.needs(*kind);
    let is_empty = |kind: &SectionKind| !record.case.has(*kind);
    let empty = SectionKind::ALL.into_iter().filter(|kind| is_asked(kind) && is_empty(kind));
    empty
        .map(|kind| of_form(format!("Nothing is written under \"{}\".", kind.label()), Mend::Section(kind)))
        .collect()
}

fn of_form(says: String, mend: Mend) -> Gap {
    Gap { says, rule: FORM.to_owned(), mend }
}

/// Who child B is may be told anywhere in the record, so all of it is read before initials are nobody's.
fn initials(record: &Record) -> Vec<Gap> {
    let part1 = record.naming();
    let part2: Vec<(usize, SectionKind, String)> = record
        .sections()
        .map(|(place, section)| (place, section.kind(), record.words(place, section)))
        .collect();
    let texts =
        part1.iter().map(|(_, text)| text.as_str()).chain(part2.iter().map(|(.., text)| text.as_str()));
    let nobodys = clarity::initials(&texts.collect::<Vec<_>>().join("\n"));
    let gap = |label: &str, text: &str, mend: Mend| {
        let mut here = clarity::initials(text);
        here.retain(|found| nobodys.iter().any(|known| known.eq_ignore_ascii_case(found)));
        let says = format!("Initials stand for a name under \"{label}\": {}", listed(&here));
        (!here.is_empty()).then(|| of_form(says, mend))
    };
    let of_part1 = part1
        .iter()
        .filter_map(|(field, text)| gap(field.label(), text, Mend::Correct(Written::Part1(*field))));
    let of_part2 = part2
        .iter()
        .filter_map(|(place, kind, text)| gap(kind.label(), text, Mend::Correct(Written::Section(*place))));
    of_part1.chain(of_part2).collect()
}

/// As found, and as a sentence: initials may have brought their own full stop.
fn listed(found: &[String]) -> String {
    let found = found.join(", ");
    if found.ends_with('.') { found } else { format!("{found}.") }
}

/// Of the incident, and of what the form asks the time of.
fn times(record: &Record) -> Vec<Gap> {
    let incident = match record.incident() {
        None => Some("When the incident was is not said."),
        Some(at) if clarity::lacks_time(at) => Some("The incident has a day and no time."),
        Some(_) => None,
    };
    let mend = || Mend::Correct(Written::Part1(Part1Field::IncidentAt));
    let mut gaps: Vec<Gap> = incident
        .map(|says| Gap { says: says.to_owned(), rule: cited(11), mend: mend() })
        .into_iter()
        .collect();
    for (place, section) in record.sections() {
        let is_timed =
            matches!(section.kind(), SectionKind::Received | SectionKind::Advice | SectionKind::Action);
        let at = record.happened(place, section).filter(|at| is_timed && clarity::lacks_time(*at));
        gaps.extend(at.map(|at| {
            let says = format!("\"{}\" of {at} has a day and no time.", section.kind().label());
            of_form(says, Mend::Correct(Written::Section(place)))
        }));
    }
    gaps
}

/// "Not known" fills the field and names nobody. Whatever was put right is a sentence, and is believed.
fn sources(record: &Record) -> Vec<Gap> {
    let gap = |(place, section): (usize, &Section)| match section {
        Section::Outcome(outcome) if names_nobody(&outcome.from) && !record.is_corrected(place) => {
            let says = format!("The outcome of {} names nobody who gave it.", outcome.at);
            Some(of_form(says, Mend::Correct(Written::Section(place))))
        }
        _ => None,
    };
    record.sections().filter_map(gap).collect()
}

fn opinion(record: &Record) -> Vec<Gap> {
    let gap = |(field, text): (Part1Field, &Text)| {
        let found = clarity::opinion_words(text);
        let quoted: Vec<String> = found.iter().map(|words| format!("\"{words}\"")).collect();
        let says =
            format!("Opinion stands among the facts under \"{}\": {}.", field.label(), quoted.join(", "));
        let mend = Mend::Correct(Written::Part1(field));
        (!found.is_empty()).then(|| Gap { says, rule: cited(24), mend })
    };
    record.facts().into_iter().filter_map(gap).collect()
}

fn originals(record: &Record) -> Option<Gap> {
    let is_said = record.all_words(SectionKind::FurtherInformation).any(|text| words::keeps_originals(&text));
    (!is_said).then(|| Gap {
        says: "Nothing says where the original notes are kept, or that there are none.".to_owned(),
        rule: cited(12),
        mend: Mend::Section(SectionKind::FurtherInformation),
    })
}

/// What the child says of it: in Part 1 in their own words, or anywhere in Part 2.
fn voice(record: &Record) -> Option<Gap> {
    let part1 = &record.case.part1;
    if part1.about != About::Child || !record.child_words().is_blank() {
        return None;
    }
    let names: Vec<&str> = part1.children.iter().map(|child| child.name.as_str()).collect();
    let mut written = record.sections().map(|(place, section)| record.words(place, section));
    let is_heard = written.any(|text| words::has_the_childs_voice(&text, &names));
    (!is_heard).then(|| Gap {
        says: "What the child says of it, or wants, is written nowhere.".to_owned(),
        rule: cited(11),
        mend: Mend::Section(SectionKind::Action),
    })
}
