//! A concern as lines of text, under the words of the form. What was left empty is not printed; what is still
//! missing of Part 2 is.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::waiting;
use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::{Concern, ConcernLine, Correction};
use crate::cabinet::table::seen::Sighting;
use crate::cli::failure::Result;
use crate::cli::layout::{beneath, field};
use crate::cli::out::Out;
use crate::desk::answer::born;
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::concern::{NamedChild, Part1, Reporter};
use crate::domain::entry::{Entry, Source};
use crate::domain::field::{ChildField, CorrectedField, Part1Field};
use crate::domain::level;
use crate::domain::moment::Moment;
use crate::domain::part2::SectionKind;
use crate::domain::text::{Text, clean};
use crate::domain::working_time;

pub(super) fn concern(
    out: &mut Out,
    concern: &Concern,
    seen: Option<&[Sighting]>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = &concern.row;
    out.line(&format!(
        "Concern {}, {}, {}, about: {}",
        row.concern,
        row.state.label(),
        row.urgency.label(),
        row.about.label()
    ))?;
    out.wrapped(&came(concern))?;
    if let Some(level) = level::by_id(row.level) {
        out.wrapped(&level.name)?;
    }
    if let Some(restriction) = &concern.restriction {
        out.wrapped(&format!("Restricted to {}", restriction.who()))?;
    }
    out.line("")?;
    out.line("PART 1")?;
    for (place, (named, known)) in (0..).zip(concern.part1.children.iter().zip(&concern.children)) {
        field(out, ChildField::Name.label(), &child(named, known.as_ref()))?;
        for of in ChildField::ALL {
            put_right(out, concern, &CorrectedField::Child(place, of))?;
        }
    }
    part1(out, concern)?;
    out.line("")?;
    out.line("PART 2")?;
    part2(out, concern)?;
    due(out, concern, now)?;
    let Some(seen) = seen else { return Ok(()) };
    out.line("")?;
    out.line("WHO HAS OPENED IT")?;
    seen.iter().try_for_each(|seen| out.line(&format!("{}  {}", Moment::At(seen.at), seen.by.one_line())))
}

fn came(concern: &Concern) -> String {
    let at = Moment::At(concern.row.received_at);
    match &concern.source {
        Source::Typed => format!("Typed in {at} by {}", concern.received_by),
        Source::File { name, row: None, .. } => format!("Came {at} in the file {}", name.one_line()),
        Source::File { name, row: Some(row), .. } => {
            format!("Came {at} in the file {}, row {row}", name.one_line())
        }
    }
}

fn child(named: &NamedChild, known: Option<&Child>) -> String {
    let mut parts = vec![named.name.one_line()];
    parts.extend(named.date_of_birth.map(|date| born(Some(date))));
    parts.extend([&named.form, &named.school].into_iter().flatten().map(Text::one_line));
    let who = match known {
        Some(known) => format!("child {} of the desk", known.id),
        None => "which child of the desk is not answered yet".to_owned(),
    };
    format!("{} ({who})", parts.join(", "))
}

fn part1(out: &mut Out, concern: &Concern) -> Result<()> {
    for (of, text) in answers(&concern.part1) {
        let of_line = if of == Part1Field::StaffName { STAFF } else { &[of] };
        let names: Vec<CorrectedField> = of_line.iter().copied().map(CorrectedField::Part1).collect();
        let is_corrected = names.iter().any(|name| concern.corrections(concern.seq, name).next().is_some());
        if !text.trim().is_empty() || is_corrected {
            field(out, of.label(), if text.trim().is_empty() { "not said" } else { &text })?;
        }
        names.iter().try_for_each(|name| put_right(out, concern, name))?;
    }
    for (name, value) in &concern.part1.unknown {
        let name = CorrectedField::Unknown(Text::from(name.as_str()));
        field(out, &name.label(), &unknown(value))?;
        put_right(out, concern, &name)?;
    }
    Ok(())
}

/// What stands on the line of a member of staff.
const STAFF: &[Part1Field] = &[Part1Field::StaffName, Part1Field::StaffJobTitle, Part1Field::StaffIsDsl];

/// Beneath what was wrong, so that nobody reads the mistake alone.
fn put_right(out: &mut Out, concern: &Concern, of: &CorrectedField) -> Result<()> {
    for Correction { line, instead, reason, .. } in concern.corrections(concern.seq, of) {
        let entry = line.seq;
        beneath(out, &format!("{} corrected: {instead} Reason: {reason} (entry {entry})", of.label()))?;
        recorded(out, concern, line)?;
    }
    Ok(())
}

/// What was answered, in the order of the form. Who somebody is stands on one line.
fn answers(part1: &Part1) -> Vec<(Part1Field, String)> {
    let said = |moment: Option<Moment>| moment.map(|at| at.to_string()).unwrap_or_default();
    let joined = |texts: &[Text]| texts.iter().map(Text::one_line).collect::<Vec<_>>().join("; ");
    let area = part1.area.as_ref().map_or("", Area::name).to_owned();
    let mut answers = vec![
        (Part1Field::StaffName, staff(part1)),
        (Part1Field::ImmediateDanger, yes_or_no(part1.immediate_danger).to_owned()),
        (Part1Field::IncidentAt, said(part1.incident_at)),
        (Part1Field::WrittenAt, said(part1.written_at)),
        (Part1Field::ReporterName, reporter(&part1.reporter)),
        (Part1Field::ToldDslInPerson, yes_or_no(part1.told_dsl_in_person).to_owned()),
        (Part1Field::NotForDsl, yes_or_no(part1.not_for_dsl).to_owned()),
        (Part1Field::Area, area),
        (Part1Field::Reasons, part1.reasons.to_string()),
    ];
    answers.extend(part1.account.fields().map(|(field, text)| (field, text.to_string())));
    answers.extend([
        (Part1Field::Opinion, part1.opinion.to_string()),
        (Part1Field::Actions, part1.actions.to_string()),
        (Part1Field::Told, joined(&part1.told)),
        (Part1Field::OtherInformation, part1.other_information.to_string()),
        (Part1Field::Categories, category::names(&part1.categories)),
    ]);
    answers
}

fn yes_or_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

fn staff(part1: &Part1) -> String {
    let Some(staff) = &part1.staff else { return String::new() };
    let dsl = (staff.is_dsl == Some(true)).then(|| "the DSL".to_owned());
    let job = staff.job_title.as_ref().map(Text::one_line);
    [Some(staff.name.one_line()), job, dsl].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn reporter(reporter: &Reporter) -> String {
    let email = reporter.email.as_ref().map(Text::one_line).unwrap_or_default();
    let known = [reporter.name.one_line(), reporter.job_title.one_line(), email];
    known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn unknown(value: &Value) -> String {
    match value {
        Value::String(text) => clean(text),
        other => clean(&other.to_string()),
    }
}

fn part2(out: &mut Out, concern: &Concern) -> Result<()> {
    for line in &concern.lines {
        if !matches!(line.entry, Entry::Corrected { corrects, .. } if corrects == concern.seq) {
            entry(out, concern, line)?;
        }
    }
    let written: Vec<SectionKind> = concern.sections().map(|(_, section)| section.kind()).collect();
    let missing: Vec<&str> =
        SectionKind::ALL.into_iter().filter(|kind| !written.contains(kind)).map(SectionKind::label).collect();
    if missing.is_empty() { Ok(()) } else { field(out, "Not written yet", &missing.join(", ")) }
}

/// What is not answered yet, the soonest first.
fn due(out: &mut Out, concern: &Concern, now: DateTime<Utc>) -> Result<()> {
    let mut waiting = waiting(concern).peekable();
    if waiting.peek().is_none() {
        return Ok(());
    }
    out.line("")?;
    out.line("DUE")?;
    waiting.try_for_each(|due| {
        let state = working_time::state(due.due, now).label();
        let (what, who) = (due.set.what.one_line(), due.set.who.one_line());
        field(out, &Moment::At(due.due).to_string(), &format!("{what} ({who}; {state})"))
    })
}

fn entry(out: &mut Out, concern: &Concern, line: &ConcernLine) -> Result<()> {
    let (said, happened) = match &line.entry {
        Entry::Part2 { section, .. } => (section.sentence(), section.happened()),
        Entry::Corrected { corrects, field, instead, reason, .. } => {
            let field = field.label();
            (format!("Correction of \"{field}\" in entry {corrects}: {instead} Reason: {reason}"), None)
        }
        Entry::ConcernRestricted { people, reason, .. } => {
            let people: Vec<&str> = people.iter().map(|person| person.0.as_str()).collect();
            (format!("Restricted to {}. Reason: {reason}", people.join(", ")), None)
        }
        Entry::CallTried { call, .. } => (call.sentence(), Some(call.at)),
        Entry::Decided { decision, .. } => (decision.sentence(), decision.happened()),
        Entry::FollowUpSet { due, .. } => {
            (format!("Due {}, {}: {}", Moment::At(due.due), due.who, due.what), None)
        }
        Entry::FollowUpMoved { what, step, .. } => (format!("{what}: {}", step.sentence()), step.happened()),
        // Who the children are stands in Part 1; the others belong to no concern.
        Entry::ChildLinked { .. }
        | Entry::ConcernReceived { .. }
        | Entry::CabinetOpened { .. }
        | Entry::PersonAdmitted(_)
        | Entry::RightChanged { .. }
        | Entry::PersonRemoved { .. }
        | Entry::PersonRecovered(_)
        | Entry::RecoveryKeyMade(_)
        | Entry::ReceiverNamed(_)
        | Entry::SeniorCabinetMade { .. }
        | Entry::FileRepeated { .. }
        | Entry::Seen { .. }
        | Entry::ChildAdded { .. }
        | Entry::ChildCorrected { .. }
        | Entry::RollTaken { .. }
        | Entry::ChildLeft { .. }
        | Entry::ChildReturned { .. }
        | Entry::ChildrenMerged { .. }
        | Entry::ChildrenParted { .. }
        | Entry::ChildrenToldApart { .. }
        | Entry::ChildFlagged { .. }
        | Entry::ChildUnflagged { .. }
        | Entry::ChronologyNoted { .. }
        | Entry::NoteCorrected { .. }
        | Entry::ContactAdded { .. }
        | Entry::ContactCorrected { .. }
        | Entry::ContactRetired { .. }
        | Entry::CallNoted { .. }
        | Entry::CallPlaced { .. }
        | Entry::RecordWentBack { .. } => return Ok(()),
    };
    field(out, &format!("Entry {}", line.seq), &said)?;
    if let Some(at) = happened {
        beneath(out, &format!("Happened {at}"))?;
    }
    recorded(out, concern, line)
}

fn recorded(out: &mut Out, concern: &Concern, line: &ConcernLine) -> Result<()> {
    let added = concern.added(line).map(|added| format!(", {added}")).unwrap_or_default();
    beneath(out, &format!("Recorded {} by {}{added}", Moment::At(line.recorded_at), line.by.one_line()))
}
