//! Part 2 as an outline: its eight sections, the entries beneath each, and what is missing in words; last, what was
//! decided.

use super::decided;
use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::domain::call::Tried;
use crate::domain::entry::Entry;
use crate::domain::ids::Seq;
use crate::domain::moment::Moment;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::text::{Text, capital, sentence};

/// A row of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    Section(SectionKind),
    /// Heads what was decided and what is due.
    Decisions,
    Entry(Seq),
}

/// The outline from top to bottom.
pub(super) fn outline(concern: &Concern) -> Vec<Pick> {
    let mut picks = Vec::new();
    for kind in SectionKind::ALL {
        picks.push(Pick::Section(kind));
        picks.extend(entries(concern, kind).map(|(line, _)| Pick::Entry(line.seq)));
        if kind == SectionKind::Advice {
            picks.extend(tried(concern).map(|(line, _)| Pick::Entry(line.seq)));
        }
    }
    picks.push(Pick::Decisions);
    picks.extend(decided::rows(concern).map(|row| Pick::Entry(row.line.seq)));
    picks
}

pub(super) fn entries(
    concern: &Concern,
    kind: SectionKind,
) -> impl Iterator<Item = (&ConcernLine, &Section)> {
    concern.sections().filter(move |(_, section)| section.kind() == kind)
}

/// Calls that nobody answered: they stand under the advice that was sought.
pub(super) fn tried(concern: &Concern) -> impl Iterator<Item = (&ConcernLine, &Tried)> {
    concern.lines.iter().filter_map(|line| match &line.entry {
        Entry::CallTried { call, .. } => Some((line, call)),
        _ => None,
    })
}

pub(super) fn entry(concern: &Concern, seq: Seq) -> Option<(&ConcernLine, &Section)> {
    concern.sections().find(|(line, _)| line.seq == seq)
}

/// The sections in which nothing is written yet; the signature is not one of them.
pub(super) fn empty_sections(concern: &Concern) -> Vec<SectionKind> {
    let is_empty =
        |kind: &SectionKind| *kind != SectionKind::Signed && entries(concern, *kind).next().is_none();
    SectionKind::ALL.into_iter().filter(is_empty).collect()
}

/// `Received, Outcome and File commenced`.
pub(super) fn in_words(sections: &[SectionKind]) -> String {
    let labels: Vec<&str> = sections.iter().map(|section| section.label()).collect();
    match labels.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// When it happened, or when it was written where the section has no time of its own.
pub(super) fn when(line: &ConcernLine, section: &Section) -> Moment {
    section.happened().unwrap_or(Moment::At(line.recorded_at))
}

/// An entry in full, a labelled paragraph for each of its fields.
pub(super) fn in_full(concern: &Concern, line: &ConcernLine, section: &Section) -> String {
    let mut paragraphs: Vec<String> =
        fields(section).iter().map(|(label, text)| format!("{label}\n  {}", given(text))).collect();
    if let Some(at) = section.happened() {
        paragraphs.insert(0, format!("When\n  {at}"));
    }
    paragraphs.push(written_by(line));
    paragraphs.extend(concern.added(line).map(|added| sentence(&capital(added))));
    paragraphs.join("\n\n")
}

/// Full name, role and time of whoever wrote a line.
pub(super) fn written_by(line: &ConcernLine) -> String {
    format!("Written by {}, {}", line.by, Moment::At(line.recorded_at))
}

fn given(text: &Text) -> &str {
    if text.is_blank() { "not given" } else { text }
}

fn fields(section: &Section) -> Vec<(&'static str, Text)> {
    let answer = |yes: bool| Text::from(if yes { "yes" } else { "no" });
    match section {
        Section::Received(s) => vec![("From whom", s.from.clone())],
        Section::Advice(s) => vec![
            ("Name", s.name.clone()),
            ("Role", s.role.clone()),
            ("Organisation", s.organisation.clone()),
            ("Advice given", s.advice.clone()),
        ],
        Section::Action(s) => vec![
            ("Action taken", s.what.clone()),
            ("Reasons", s.reasons.clone()),
            ("Shared with", s.shared_with.clone()),
        ],
        Section::Parents(s) => {
            vec![("Parents informed", answer(s.informed)), ("Reasons", s.reasons.clone())]
        }
        Section::Outcome(s) => vec![("From whom", s.from.clone()), ("Outcome", s.text.clone())],
        Section::FurtherInformation(s) => vec![("Where more can be found", s.text.clone())],
        Section::FileCommenced(s) => {
            vec![("File to be commenced", answer(s.commence)), ("Why", s.why.clone())]
        }
        Section::Signed(s) => vec![("Signed", s.name.clone()), ("Role", s.role.clone())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::part2::{FurtherInformation, Parents};
    use crate::tui::screens::testing::{concern, written};

    fn with(sections: Vec<Section>) -> Concern {
        let lines = sections.into_iter().zip(21..).map(|(section, seq)| written(seq, section)).collect();
        Concern { lines, ..concern() }
    }

    fn parents() -> Section {
        Section::Parents(Parents { reasons: Text::from("Risk of harm"), ..Parents::default() })
    }

    #[test]
    fn entries_stand_under_their_sections() {
        let further = Section::FurtherInformation(FurtherInformation { text: Text::from("Pupil file") });
        let concern = with(vec![further, parents(), parents()]);
        let outline = outline(&concern);
        assert_eq!(outline.len(), 12);
        assert_eq!(outline.last(), Some(&Pick::Decisions));
        let at = outline.iter().position(|pick| *pick == Pick::Section(SectionKind::Parents)).unwrap();
        assert_eq!(outline[at + 1..at + 3], [Pick::Entry(Seq(22)), Pick::Entry(Seq(23))]);
    }

    #[test]
    fn what_is_missing_is_said_in_words() {
        let empty = empty_sections(&with(vec![parents()]));
        assert_eq!(empty.len(), 6);
        assert_eq!(in_words(&empty[..3]), "Received, Advice sought and Action taken");
        assert_eq!(in_words(&empty[..1]), "Received");
    }

    #[test]
    fn an_entry_in_full_says_who_wrote_it() {
        let concern = with(vec![parents()]);
        let (line, section) = entry(&concern, Seq(21)).unwrap();
        let text = in_full(&concern, line, section);
        assert!(text.contains("Parents informed\n  no"), "{text}");
        assert!(text.contains("Amina Khan, Designated Safeguarding Lead, Sun 22 Nov 2026 14:00"), "{text}");
    }
}
