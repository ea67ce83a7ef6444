//! Part 1 under the labels of the form, field by field, with the corrections beside what they correct.

use std::fmt::Display;

use serde_json::Value;

use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::domain::category;
use crate::domain::child::LinkHow;
use crate::domain::concern::{About, Area, NamedChild, NamedStaff, Part1};
use crate::domain::entry::{Entry, Source};
use crate::domain::ids::Seq;
use crate::domain::moment::Moment;
use crate::domain::text::Text;

/// A field of the form and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui::screens) struct Field {
    pub group: Group,
    /// The form's words; corrections name the field by them.
    pub label: String,
    /// None where nothing was said.
    pub text: Option<Text>,
    /// The child of which it tells, by place.
    pub child: Option<usize>,
}

/// Fact and opinion are never under one heading (R24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::screens) enum Group {
    Who,
    Report,
    Facts,
    Opinion,
    Further,
    Source,
}

impl Group {
    pub(in crate::tui::screens) fn heading(self) -> &'static str {
        match self {
            Self::Who => "Who it is about",
            Self::Report => "The report",
            Self::Facts => "The facts, as they were reported",
            Self::Opinion => "Opinion",
            Self::Further => "Actions and other information",
            Self::Source => "How it came in",
        }
    }
}

/// Every field in the order of the form.
pub(in crate::tui::screens) fn fields(concern: &Concern) -> Vec<Field> {
    let mut sheet = Sheet { group: Group::Who, fields: Vec::new() };
    who(&mut sheet, &concern.part1);
    sheet.group = Group::Report;
    report(&mut sheet, &concern.part1);
    sheet.group = Group::Facts;
    for (label, text) in concern.part1.account.fields() {
        sheet.text(label, text);
    }
    sheet.group = Group::Opinion;
    sheet.text("Professional opinion", &concern.part1.opinion);
    sheet.group = Group::Further;
    further(&mut sheet, &concern.part1);
    sheet.group = Group::Source;
    sheet.shown("Received", Some(Moment::At(concern.row.received_at)));
    sheet.shown("From", Some(source(&concern.source)));
    sheet.fields
}

/// The fields under way.
struct Sheet {
    group: Group,
    fields: Vec<Field>,
}

impl Sheet {
    fn shown(&mut self, label: &str, value: Option<impl Display>) {
        let text = value.map(|value| Text::from(value.to_string())).filter(|text| !text.is_blank());
        self.fields.push(Field { group: self.group, label: label.to_owned(), text, child: None });
    }

    fn text(&mut self, label: &str, text: &Text) {
        self.shown(label, Some(text));
    }

    /// A field that is on no paper form: only shown where something stands in it.
    fn if_given(&mut self, label: &str, value: Option<impl Display>) {
        if value.is_some() {
            self.shown(label, value);
        }
    }
}

fn who(sheet: &mut Sheet, part1: &Part1) {
    match part1.about {
        About::Child => {}
        About::Adult => sheet.shown("About", Some("an adult")),
        About::Staff => sheet.shown("About", Some("a member of staff")),
    }
    let several = part1.children.len() > 1;
    for (place, child) in part1.children.iter().enumerate() {
        let from = sheet.fields.len();
        named_child(sheet, child);
        for field in sheet.fields.iter_mut().skip(from) {
            field.child = Some(place);
            if several {
                field.label = format!("{} ({})", field.label, place + 1);
            }
        }
    }
    if let Some(staff) = &part1.staff {
        named_staff(sheet, staff);
    }
}

fn named_child(sheet: &mut Sheet, child: &NamedChild) {
    sheet.text("Pupil's name", &child.name);
    sheet.shown("Date of birth", child.date_of_birth.map(Moment::Date));
    sheet.shown("Form", child.form.as_ref());
    sheet.if_given("School", child.school.as_ref());
}

fn named_staff(sheet: &mut Sheet, staff: &NamedStaff) {
    sheet.text("Member of staff", &staff.name);
    sheet.shown("Their job title", staff.job_title.as_ref());
    sheet.if_given("Is the DSL", staff.is_dsl.map(|is| yes_no(Some(is))));
}

fn report(sheet: &mut Sheet, part1: &Part1) {
    sheet.shown("Immediate danger", Some(yes_no(part1.immediate_danger)));
    sheet.shown("Date and time of incident", part1.incident_at);
    sheet.shown("Date and time of writing", part1.written_at);
    sheet.text("Reported by", &part1.reporter.name);
    sheet.text("Job title", &part1.reporter.job_title);
    sheet.if_given("E-mail", part1.reporter.email.as_ref());
    sheet.shown("Told you in person", Some(yes_no(part1.told_dsl_in_person)));
    sheet.shown("Area where the child lives", part1.area.map(Area::label));
    sheet.text("Reason for recording", &part1.reasons);
}

fn further(sheet: &mut Sheet, part1: &Part1) {
    sheet.text("Actions", &part1.actions);
    sheet.shown("Passed to", Some(joined(&part1.told)));
    sheet.text("Any other relevant information", &part1.other_information);
    sheet.if_given("Categories", Some(category::names(&part1.categories)).filter(|text| !text.is_empty()));
    for (name, value) in &part1.unknown {
        sheet.shown(&format!("Other information: {}", Text::from(name.as_str())), Some(plain(value)));
    }
}

/// Three answers are kept apart.
fn yes_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not said",
    }
}

fn joined(names: &[Text]) -> String {
    names.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn source(source: &Source) -> String {
    match source {
        Source::File { name, row: Some(row), .. } => format!("{name}, number {row} in it"),
        Source::File { name, row: None, .. } => name.to_string(),
        Source::Typed => "typed at this desk".to_owned(),
    }
}

/// A correction, with its line for who wrote it.
pub(super) struct Correction<'c> {
    pub line: &'c ConcernLine,
    pub instead: &'c Text,
    pub reason: &'c Text,
}

/// What was put right in a field of Part 1 (`corrects` is its line) or in an entry, the oldest first.
pub(super) fn corrections<'c>(
    concern: &'c Concern,
    corrects: Seq,
    field: &str,
) -> impl Iterator<Item = Correction<'c>> {
    concern.lines.iter().filter_map(move |line| match &line.entry {
        Entry::Corrected { corrects: seq, field: name, instead, reason, .. }
            if *seq == corrects && &**name == field =>
        {
            Some(Correction { line, instead, reason })
        }
        _ => None,
    })
}

/// How a named child came to be taken for whom they are taken for, in words.
pub(super) fn link_reason(concern: &Concern, place: usize) -> Option<String> {
    concern.lines.iter().rev().find_map(|line| match &line.entry {
        Entry::ChildLinked { position, how, reason, .. } if usize::try_from(*position) == Ok(place) => {
            Some(linked_how(line, *how, reason))
        }
        _ => None,
    })
}

fn linked_how(line: &ConcernLine, how: LinkHow, reason: &Text) -> String {
    match how {
        LinkHow::Exact => "linked by the desk: same name and date of birth".to_owned(),
        LinkHow::New => "new to the desk with this report".to_owned(),
        LinkHow::Chosen if reason.is_blank() => format!("chosen by {}", line.by),
        LinkHow::Chosen => format!("chosen by {}: {reason}", line.by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ConcernId;
    use crate::tui::screens::testing::{concern, line};

    fn labels(concern: &Concern) -> Vec<String> {
        fields(concern).into_iter().map(|field| field.label).collect()
    }

    #[test]
    fn fact_and_opinion_are_apart_and_words_are_verbatim() {
        let fields = fields(&concern());
        let of = |label: &str| fields.iter().find(|field| field.label == label).unwrap();
        assert_eq!(of("In the child's own words").group, Group::Facts);
        assert_eq!(of("In the child's own words").text, Some(Text::from("I fell, innit")));
        assert_eq!(of("Professional opinion").group, Group::Opinion);
        assert_eq!(of("Who?").text, None);
    }

    #[test]
    fn what_the_format_does_not_know_is_shown() {
        let mut concern = concern();
        concern.part1.unknown.insert("Bus".to_owned(), Value::from(14));
        assert!(labels(&concern).contains(&"Other information: Bus".to_owned()));
    }

    #[test]
    fn several_children_are_numbered() {
        let mut concern = concern();
        concern.part1.children.push(NamedChild { name: Text::from("Ava Reed"), ..NamedChild::default() });
        let named: Vec<_> = labels(&concern).into_iter().filter(|label| label.starts_with("Pupil")).collect();
        assert_eq!(named, ["Pupil's name (1)", "Pupil's name (2)"]);
    }

    #[test]
    fn a_correction_belongs_to_its_field_only() {
        let mut concern = concern();
        let (instead, reason) = (Text::from("Hall"), Text::from("Misheard"));
        let field = Text::from("Where?");
        let entry = Entry::Corrected { concern: ConcernId(7), corrects: concern.seq, field, instead, reason };
        concern.lines.push(line(21, entry));
        assert_eq!(corrections(&concern, concern.seq, "Where?").count(), 1);
        assert_eq!(corrections(&concern, concern.seq, "What?").count(), 0);
        assert_eq!(corrections(&concern, Seq(21), "Where?").count(), 0);
    }
}
