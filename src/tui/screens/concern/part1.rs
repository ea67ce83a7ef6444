//! Part 1 under the labels of the form, field by field, with the corrections beside what they correct.

use std::fmt::Display;

use serde_json::Value;

use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::cabinet::table::restriction::Restriction;
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::child::LinkHow;
use crate::domain::concern::{About, NamedChild, NamedStaff, Part1};
use crate::domain::entry::{Entry, Source};
use crate::domain::field::{ChildField, CorrectedField, Part1Field};
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};

/// A field of the form and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui::screens) struct Field {
    pub group: Group,
    /// The form's words.
    pub label: String,
    /// As a correction names it; none where there is nothing to correct.
    pub name: Option<CorrectedField>,
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
    for (field, text) in concern.part1.account.fields() {
        sheet.text(field, text);
    }
    sheet.group = Group::Opinion;
    sheet.text(Part1Field::Opinion, &concern.part1.opinion);
    sheet.group = Group::Further;
    further(&mut sheet, &concern.part1);
    sheet.group = Group::Source;
    sheet.push("Received".to_owned(), None, Some(Moment::At(concern.row.received_at)));
    sheet.push("From".to_owned(), None, Some(source(&concern.source)));
    if let Some(restriction) = &concern.restriction {
        sheet.push("Who may open it".to_owned(), None, Some(who_opens(restriction)));
    }
    sheet.fields
}

/// The fields under way.
struct Sheet {
    group: Group,
    fields: Vec<Field>,
}

impl Sheet {
    fn push(&mut self, label: String, name: Option<CorrectedField>, value: Option<impl Display>) {
        let text = value.map(|value| Text::from(value.to_string())).filter(|text| !text.is_blank());
        self.fields.push(Field { group: self.group, label, name, text, child: None });
    }

    fn shown(&mut self, field: Part1Field, value: Option<impl Display>) {
        self.push(field.label().to_owned(), Some(CorrectedField::Part1(field)), value);
    }

    fn text(&mut self, field: Part1Field, text: &Text) {
        self.shown(field, Some(text));
    }

    /// A field that is on no paper form: only shown where something stands in it.
    fn if_given(&mut self, field: Part1Field, value: Option<impl Display>) {
        if value.is_some() {
            self.shown(field, value);
        }
    }
}

fn who(sheet: &mut Sheet, part1: &Part1) {
    match part1.about {
        // What is called an allegation may be put right to be about staff.
        About::Child if part1.is_about_staff() => sheet.shown(Part1Field::About, Some("a child")),
        About::Child => {}
        About::Adult => sheet.shown(Part1Field::About, Some("an adult")),
        About::Staff => sheet.shown(Part1Field::About, Some("a member of staff")),
    }
    let several = part1.children.len() > 1;
    for (place, child) in (0..).zip(&part1.children) {
        let from = sheet.fields.len();
        named_child(sheet, place, child);
        for field in sheet.fields.iter_mut().skip(from) {
            field.child = usize::try_from(place).ok();
            if several {
                field.label = format!("{} ({})", field.label, place + 1);
            }
        }
    }
    match &part1.staff {
        Some(staff) => named_staff(sheet, staff),
        // A report about a child may be called an allegation and name nobody.
        None if part1.is_about_staff() => named_staff(sheet, &NamedStaff::default()),
        None => {}
    }
}

fn named_child(sheet: &mut Sheet, place: u32, child: &NamedChild) {
    let born = child.date_of_birth.map(|date| Moment::Date(date).to_string());
    let answers = [
        (ChildField::Name, Some(child.name.to_string())),
        (ChildField::DateOfBirth, born),
        (ChildField::Form, child.form.as_ref().map(Text::to_string)),
    ];
    // The school is on no paper form.
    let school = child.school.as_ref().map(|school| (ChildField::School, Some(school.to_string())));
    for (field, answer) in answers.into_iter().chain(school) {
        sheet.push(field.label().to_owned(), Some(CorrectedField::Child(place, field)), answer);
    }
}

fn named_staff(sheet: &mut Sheet, staff: &NamedStaff) {
    sheet.text(Part1Field::StaffName, &staff.name);
    sheet.shown(Part1Field::StaffJobTitle, staff.job_title.as_ref());
    sheet.if_given(Part1Field::StaffIsDsl, staff.is_dsl.map(|is| yes_no(Some(is))));
}

fn report(sheet: &mut Sheet, part1: &Part1) {
    sheet.shown(Part1Field::ImmediateDanger, Some(yes_no(part1.immediate_danger)));
    sheet.shown(Part1Field::IncidentAt, part1.incident_at);
    sheet.shown(Part1Field::WrittenAt, part1.written_at);
    sheet.text(Part1Field::ReporterName, &part1.reporter.name);
    sheet.text(Part1Field::ReporterJobTitle, &part1.reporter.job_title);
    sheet.if_given(Part1Field::ReporterEmail, part1.reporter.email.as_ref());
    sheet.shown(Part1Field::ToldDslInPerson, Some(yes_no(part1.told_dsl_in_person)));
    sheet.if_given(Part1Field::NotForDsl, part1.not_for_dsl.map(|is| yes_no(Some(is))));
    sheet.shown(Part1Field::Area, part1.area.as_ref().map(Area::name));
    sheet.text(Part1Field::Reasons, &part1.reasons);
}

fn further(sheet: &mut Sheet, part1: &Part1) {
    sheet.text(Part1Field::Actions, &part1.actions);
    sheet.shown(Part1Field::Told, Some(joined(&part1.told)));
    sheet.text(Part1Field::OtherInformation, &part1.other_information);
    sheet.if_given(
        Part1Field::Categories,
        Some(category::names(&part1.categories)).filter(|text| !text.is_empty()),
    );
    for (name, value) in &part1.unknown {
        let field = CorrectedField::Unknown(Text::from(name.as_str()));
        sheet.push(field.label(), Some(field), Some(plain(value)));
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
    // A comma stands between a name and a role already.
    names.iter().map(Text::as_str).collect::<Vec<_>>().join("\n")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn source(source: &Source) -> String {
    match source {
        Source::File { name, row: Some(row), .. } => format!("{name}, row or place {row}"),
        Source::File { name, row: None, .. } => name.to_string(),
        Source::Typed => "typed at this desk".to_owned(),
    }
}

fn who_opens(restriction: &Restriction) -> String {
    let Restriction { reason, by, at, .. } = restriction;
    format!("{}\nReason: {}\nRecorded {} by {by}", restriction.who(), sentence(reason), Moment::At(*at))
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
        LinkHow::New if reason.is_blank() => "new to the desk with this report".to_owned(),
        LinkHow::New => format!("new to the desk, said by {}: {reason}", line.by),
        LinkHow::Chosen if reason.is_blank() => format!("chosen by {}", line.by),
        LinkHow::Chosen => format!("chosen by {}: {reason}", line.by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{ConcernId, Seq};
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
        let [place, what] = [Part1Field::Where, Part1Field::What].map(CorrectedField::Part1);
        let field = place.clone();
        let entry = Entry::Corrected {
            concern: ConcernId(7),
            corrects: concern.seq,
            field,
            instead,
            reason,
            happened_at: None,
            urgency: None,
        };
        concern.lines.push(line(21, entry));
        assert_eq!(concern.corrections(concern.seq, &place).count(), 1);
        assert_eq!(concern.corrections(concern.seq, &what).count(), 0);
        assert_eq!(concern.corrections(Seq(21), &place).count(), 0);
    }
}
