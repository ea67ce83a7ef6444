//! Headings as people write them, and what they are understood as.

use super::{Header, Maker, Role, find};
use crate::domain::field::ChildField;
use crate::intake::Reason;
use crate::intake::labels::{Field, Prose};
use crate::intake::table::Delimiter;

fn header(text: &str) -> Header {
    find(text).unwrap()
}

fn roles(labels: &[&str]) -> Vec<Role> {
    let row: Vec<String> = labels.iter().map(|label| format!("\"{label}\"")).collect();
    header(&row.join(",")).columns.into_iter().map(|column| column.role).collect()
}

/// The role of a label beside two that make a header of it.
fn role(label: &str) -> Role {
    *roles(&["Witnesses", "Job title", label]).last().unwrap()
}

fn child(place: usize, field: ChildField) -> Role {
    Role::Child { place, field }
}

fn check(field: Field, labels: &[&str]) {
    for label in labels {
        assert_eq!(role(label), Role::Field(field), "{label}");
    }
}

#[test]
fn a_childs_name_in_many_words() {
    for label in [
        "Pupil's Name",
        "PUPIL NAME",
        "pupil_name",
        "PupilName",
        "Name of child",
        "Child’s name:",
        "1. Child's name",
        "Q3) Name of the student",
        "Name(s) of pupil(s)",
        "Child's full name (first name and surname)",
    ] {
        assert_eq!(role(label), child(0, ChildField::Name), "{label}");
    }
}

#[test]
fn birthdays_and_forms() {
    for label in ["DOB", "D.O.B.", "Date of Birth:", "Pupil's date of birth", "date-of-birth"] {
        assert_eq!(role(label), child(0, ChildField::DateOfBirth), "{label}");
    }
    for label in ["FORM:", "Form/Class", "Tutor group", "Year group", "Class"] {
        assert_eq!(role(label), child(0, ChildField::Form), "{label}");
    }
}

#[test]
fn anothers_birthday_is_not_the_childs() {
    assert_eq!(role("Mother's date of birth"), Role::Kept);
    assert_eq!(role("Name of parent"), Role::Kept);
}

#[test]
fn the_reporter() {
    check(Field::ReporterName, &["Your name", "Name (print)", "Name: Print", "Completed by", "Staff name"]);
    check(Field::ReporterJob, &["Job Title:", "Your role"]);
    check(Field::ReporterEmail, &["Email", "E-mail", "Email Address"]);
}

#[test]
fn the_account() {
    check(Field::Prose(Prose::Who), &["Who?", "Who was involved?"]);
    check(Field::Prose(Prose::What), &["What happened", "Record the following factually: Who? What? Where?"]);
    check(
        Field::Prose(Prose::ChildWords),
        &["Child's words", "In the child's own words", "What did the pupil say?"],
    );
    check(Field::Prose(Prose::Where), &["Where", "Location"]);
    check(Field::Prose(Prose::When), &["When", "When (date and time of incident)?"]);
    check(Field::Prose(Prose::Witnesses), &["Any witnesses?"]);
}

#[test]
fn a_worry_is_whatever_the_other_columns_leave_to_it() {
    check(
        Field::Worry,
        &[
            "What are you worried about?",
            "What is your concern?",
            "Your concern",
            "Please describe your concern (facts only)",
            "In a few words, what are you worried about today?",
        ],
    );
    check(Field::Prose(Prose::What), &["Tell us what happened", "What has happened?"]);
    check(Field::Prose(Prose::Reasons), &["Reason for concern", "Why are you worried?"]);
}

#[test]
fn the_rest_of_the_form() {
    check(
        Field::Prose(Prose::Reasons),
        &["Reason(s) for recording", "Note the reasons for recording the incident."],
    );
    check(
        Field::Prose(Prose::Opinion),
        &["Professional opinion where relevant (how and why might this have happened?)"],
    );
    check(
        Field::Prose(Prose::Actions),
        &["Actions", "Note actions, including names of anyone to whom your information was passed."],
    );
    check(Field::Told, &["To whom was this passed", "Who have you told?"]);
    check(
        Field::Prose(Prose::Other),
        &["Any other relevant information (distinguish between fact and opinion)."],
    );
}

#[test]
fn yes_and_no_questions_dates_and_choices() {
    check(
        Field::Danger,
        &[
            "Is the child in immediate danger?",
            "Is the pupil in immediate danger? (If yes, ring 999)",
            "Is anybody in immediate danger?",
            "Is anyone in immediate danger?",
            "Is someone in immediate danger right now?",
            "Is somebody at risk of immediate harm?",
            "Is the young person in immediate danger?",
            "Is the young person at immediate risk of harm?",
            "Is a pupil at risk of immediate harm?",
        ],
    );
    check(Field::ToldDsl, &["Have you told the DSL in person?", "Were you told in person?"]);
    check(Field::NotForDsl, &["Should this go to somebody other than the DSL?", "Not for the DSL"]);
    check(Field::Area, &["Area/council", "Local authority"]);
    check(Field::Categories, &["Category", "Type of concern"]);
    check(Field::IncidentAt, &["Date and Time of Incident:", "Date of incident"]);
    check(Field::IncidentTime, &["Time of incident"]);
    check(Field::WrittenAt, &["Date and Time (of writing)"]);
    check(Field::SentAt, &["Timestamp", "Completion time"]);
}

#[test]
fn a_phrase_is_enough_for_running_text_only() {
    check(Field::Prose(Prose::What), &["Please tell us in your own way what happened and how it ended"]);
    assert_eq!(role("If the child is in immediate danger, have you rung 999?"), Role::Kept);
}

#[test]
fn numbered_columns_are_further_children() {
    let name = |place| child(place, ChildField::Name);
    assert_eq!(
        roles(&["Pupil's name", "Pupil 2 name", "Third pupil's name", "Name of child 4", "DOB", "DOB2"]),
        [
            name(0),
            name(1),
            name(2),
            name(3),
            child(0, ChildField::DateOfBirth),
            child(1, ChildField::DateOfBirth)
        ]
    );
}

#[test]
fn repeated_columns_are_further_children() {
    assert_eq!(
        roles(&["Child's name", "DOB", "Child's name", "DOB"]),
        [
            child(0, ChildField::Name),
            child(0, ChildField::DateOfBirth),
            child(1, ChildField::Name),
            child(1, ChildField::DateOfBirth)
        ]
    );
}

#[test]
fn a_name_alone_is_whose_it_must_be() {
    let reporter = Role::Field(Field::ReporterName);
    let name = child(0, ChildField::Name);
    assert_eq!(roles(&["Pupil's name", "Name"]), [name, reporter]);
    assert_eq!(roles(&["Name", "Your name"]), [name, reporter]);
    assert_eq!(roles(&["Name", "What happened", "Name"]).last(), Some(&reporter));
}

#[test]
fn a_member_of_staff_is_who_it_is_about_where_more_is_asked_about_them() {
    let staff = "Name of the member of staff";
    let (about, reporter) = (Role::Field(Field::StaffName), Role::Field(Field::ReporterName));
    assert_eq!(roles(&[staff, "Their job", "Reported by"])[0], about);
    assert_eq!(roles(&[staff, "Is that the safeguarding lead?", "Reported by"])[0], about);
    assert_eq!(roles(&["Is this about", staff, "Reported by"])[1], about);
    assert_eq!(roles(&[staff, "Their job"])[0], reporter);
    assert_eq!(roles(&[staff, "Reported by"])[0], reporter);
}

#[test]
fn microsofts_name_is_the_account() {
    let header = header("ID,Start time,Completion time,Email,Name,Name2,What happened");
    assert_eq!(header.maker, Maker::Microsoft);
    assert_eq!(header.columns[4].role, Role::Field(Field::ReporterName));
    assert_eq!(header.columns[5].role, child(0, ChildField::Name));
}

#[test]
fn the_delimiter_is_the_one_that_makes_sense() {
    assert_eq!(header("Your name;What happened, and where;DOB").delimiter, Delimiter::Semicolon);
    assert_eq!(header("Your name\tWhat happened").delimiter, Delimiter::Tab);
    assert_eq!(header("Your name,\"Who?; Where?\",DOB").delimiter, Delimiter::Comma);
}

#[test]
fn titles_above_the_header_are_passed_over() {
    assert_eq!(header("sep=,\nConcerns this week,\n\nYour name,What happened").row, 4);
}

#[test]
fn a_table_of_something_else_is_not_ours() {
    assert_eq!(find("Item,Price\nPens,2.50").err(), Some(Reason::NoHeader));
    assert_eq!(find("Dear Ms Lal,\nI am worried.").err(), Some(Reason::NoHeader));
}

#[test]
fn a_column_without_a_name_gets_its_place() {
    assert_eq!(header("Your name,,What happened").columns[1].label, "column 2");
}
