//! Part 1 (form F1) typed at the desk: what it asks, and the report that the answers make.
//!
//! Several children are blocks of the same fields, numbered from 0.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::categories::Categories;
use super::choice::Choice;
use super::field::{Field, Key};
use super::input::{Input, Press};
use super::sheet::{Sheet, Trouble};
use crate::domain::area::Area;
use crate::domain::caution::Place;
use crate::domain::concern::{
    About, Account, Incomplete, MOST_CHILDREN, NamedChild, NamedStaff, Part1, Reporter,
};
use crate::domain::routing::{self, Purpose, Question};
use crate::domain::text::Text;
use crate::tui::screens::ring::Told;

const DANGER: Key = Key::new("immediate_danger");
const ABOUT: Key = Key::new("about");
const ADULT: Key = Key::new("adult-name");
const CHILD_NAME: Key = Key::new("child-name");
const CHILD_BORN: Key = Key::new("child-born");
const CHILD_FORM: Key = Key::new("child-form");
/// Of whichever school is written here the safeguarding lead is told (R20).
pub(super) const ON_ROLL: &str = "The school on whose roll the child is; its safeguarding lead is told, too. Of a pupil of an alternative provision write the school where they are on roll, or both: \"The Boathouse (on roll at Abbey Fields)\".";
const CHILD_SCHOOL: Key = Key::new("child-school");
pub(super) const ANOTHER: Key = Key::new("another");
const STAFF_NAME: Key = Key::new("staff-name");
const STAFF_JOB: Key = Key::new("staff-job");
const STAFF_DSL: Key = Key::new("staff-dsl");
const AREA: Key = Key::new("area");
const INCIDENT_AT: Key = Key::new("incident_at");
const WRITTEN_AT: Key = Key::new("written_at");
const REPORTER: Key = Key::new("reporter");
const REPORTER_JOB: Key = Key::new("reporter-job");
const REPORTER_EMAIL: Key = Key::new("reporter-email");
const IN_PERSON: Key = Key::new("told_dsl_in_person");
const REASONS: Key = Key::new("reasons");
const WHO: Key = Key::new("who");
const WHAT: Key = Key::new("what");
const CHILD_WORDS: Key = Key::new("child_words");
const WHERE: Key = Key::new("where");
const WHEN: Key = Key::new("when");
const WITNESSES: Key = Key::new("witnesses");
const OPINION: Key = Key::new("opinion");
const ACTIONS: Key = Key::new("actions");
const TOLD: Key = Key::new("told");
const OTHER: Key = Key::new("other_information");
const CATEGORIES: Key = Key::new("categories");

const NOT_KNOWN: &str = "not known";

/// What the choice of area offers; the domain's own names.
pub(super) fn areas() -> &'static [&'static str] {
    static AREAS: LazyLock<Vec<&str>> =
        LazyLock::new(|| std::iter::once(NOT_KNOWN).chain(Area::all().iter().map(Area::name)).collect());
    &AREAS
}

/// What the choice of whom it is about offers; the domain's own names.
pub(super) const ABOUTS: &[&str] = &["child", "adult", "staff"];

const MOMENT: &str = "As people say it: today 14:10, yesterday, fri 9.30, 20/11. The day comes first, in London time; the day alone will do. What was understood is shown beneath.";

pub(super) fn questions() -> Vec<Field> {
    let mut fields = whom();
    fields.extend(staff());
    fields.extend(child(0));
    let another = Field::new(
        ANOTHER,
        "Another child",
        "Enter brings up the fields for another child whom this concern is about.",
        Input::Button(Press::Another),
    );
    fields.push(another);
    fields.extend(reported());
    fields.extend(account());
    fields.extend(around());
    fields
}

fn whom() -> Vec<Field> {
    vec![
        Field::choice(
            DANGER,
            "Is anybody in immediate danger?",
            "If so, ring 999 before you write anything, and say that it is a child safeguarding matter.",
            Choice::yes_no_not_said(),
        ),
        Field::choice(
            ABOUT,
            "The concern is about a",
            "A child, an adult at risk, or somebody who works or volunteers here.",
            Choice::with_first(ABOUTS),
        ),
        Field::line(
            ADULT,
            "Name of the adult",
            "The full name, or \"not known\". Ask, where it is safe, what they themselves want to happen.",
        )
        .only_if(ABOUT, About::Adult.label()),
    ]
}

/// The fields of the `nth` child, from 0.
fn child(nth: usize) -> Vec<Field> {
    let label = |words: &str| if nth == 0 { words.to_owned() } else { format!("Child {}: {words}", nth + 1) };
    vec![
        Field::line(
            CHILD_NAME.nth(nth),
            label("Pupil's name"),
            "The full name, or \"not known\". No initials: another desk may know the child by name. Of an adult: a child who is affected, if there is one.",
        ),
        Field::new(
            CHILD_BORN.nth(nth),
            label("Date of birth (may stay empty)"),
            "Like 3/12/2014, the day first. With it, a child who is known already is found.",
            Input::Birth(crate::tui::widgets::text_field::TextField::default()),
        ),
        Field::line(CHILD_FORM.nth(nth), label("Form (may stay empty)"), "The child's form or year."),
        Field::line(CHILD_SCHOOL.nth(nth), label("School (may stay empty)"), ON_ROLL),
    ]
}

fn staff() -> Vec<Field> {
    let about_staff = |field: Field| field.only_if(ABOUT, About::Staff.label());
    vec![
        about_staff(Field::line(
            STAFF_NAME,
            "Name of the member of staff",
            "Do not speak to them about it before the LADO has advised you.",
        )),
        about_staff(Field::line(STAFF_JOB, "Their job", "What they do here, paid or not.")),
        about_staff(Field::choice(
            STAFF_DSL,
            "Is that the safeguarding lead?",
            "A concern about the safeguarding lead goes to the head of the organisation at once.",
            Choice::yes_no_not_said(),
        )),
    ]
}

fn reported() -> Vec<Field> {
    vec![
        Field::choice(
            AREA,
            "Where does the child live?",
            "The council of that area is the one to ring.",
            Choice::with_first(areas()),
        ),
        Field::moment(INCIDENT_AT, "Date and time of incident", MOMENT),
        Field::now(WRITTEN_AT, "Date and time of writing", MOMENT),
        Field::line(
            REPORTER,
            "Reported by",
            "Full name of the person who saw or heard it. A child never signs or writes the record.",
        ),
        Field::line(REPORTER_JOB, "Job title", "What the reporter does here."),
        Field::line(REPORTER_EMAIL, "E-mail (may stay empty)", "Where the reporter can be asked."),
        Field::choice(
            IN_PERSON,
            "Were you told in person?",
            "Whether the reporter also spoke to the safeguarding lead.",
            Choice::yes_no_not_said(),
        )
        .by(18),
    ]
}

fn account() -> Vec<Field> {
    vec![
        Field::area(
            REASONS,
            "Reason(s) for recording the incident",
            "Why this is being written down, in a sentence.",
        )
        .of(Place::Facts),
        Field::line(
            WHO,
            "Who?",
            "Everybody involved. Of children, say child A and child B; do not call anybody victim or perpetrator.",
        )
        .of(Place::Facts),
        Field::area(
            WHAT,
            "What?",
            "What was seen and heard, as facts. Ask open questions, as few as you can, and once, to understand; never send the child to tell it to somebody else.",
        )
        .of(Place::Facts)
        .by(8),
        Field::area(
            CHILD_WORDS,
            "In the child's own words",
            "Exactly as the child said it, slang and swearing too, and how the child appeared. Never promise to keep it secret; say whom you will tell, and not what will come of it.",
        )
        .of(Place::OwnWords)
        .by(11),
        Field::line(WHERE, "Where?", "The place."),
        Field::line(
            WHEN,
            "When? In words",
            "As it was told: \"after swimming\", \"the weekend before last\".",
        )
        .of(Place::Facts),
        Field::line(WITNESSES, "Any witnesses?", "Names, and what they are to the child.")
            .of(Place::Facts),
    ]
}

fn around() -> Vec<Field> {
    vec![
        Field::area(
            OPINION,
            "Professional opinion (how and why might this have happened?)",
            "Opinion goes here and facts go above, so that a reader can tell them apart.",
        )
        .of(Place::Opinion),
        Field::area(
            ACTIONS,
            "Actions",
            "What was done so far. Nobody here investigates or interviews; social care, the police or the NSPCC do. Original notes are kept, never destroyed.",
        )
        .of(Place::Action),
        Field::area(TOLD, "To whom was it passed? One a line", "Names and roles, one a line.")
            .of(Place::Other),
        Field::area(
            OTHER,
            "Any other relevant information",
            "Say of each thing whether it is fact or opinion.",
        )
        .of(Place::Other),
        Field::new(
            CATEGORIES,
            "Categories: a few letters",
            "Enter puts in the one that is marked, or takes it out again. A concern may have several.",
            Input::Categories(Categories::default()),
        ),
    ]
}

/// Brings up the fields of one more child, and goes there.
pub(super) fn add_child(sheet: &mut Sheet) {
    let nth = children(sheet);
    sheet.insert_before(ANOTHER, child(nth));
    sheet.go_to(CHILD_NAME.nth(nth));
}

/// As many children as a draft has.
pub(super) fn make_room(sheet: &mut Sheet, draft: &Map<String, Value>) {
    while draft.contains_key(&CHILD_NAME.nth(children(sheet)).to_string()) {
        let nth = children(sheet);
        sheet.insert_before(ANOTHER, child(nth));
    }
}

/// The first child that is named, so that two reports that are not finished can be told apart.
pub(super) fn first_name(sheet: &Sheet) -> Text {
    (0..children(sheet))
        .map(|nth| sheet.text(CHILD_NAME.nth(nth)))
        .find(|name| !name.is_blank())
        .unwrap_or_default()
}

/// The same, of a draft.
pub(super) fn first_name_in(draft: &str) -> Text {
    let body: Map<String, Value> = serde_json::from_str(draft).unwrap_or_default();
    body.get(&CHILD_NAME.to_string()).and_then(Value::as_str).map(Text::new).unwrap_or_default()
}

fn children(sheet: &Sheet) -> usize {
    sheet.count(CHILD_NAME)
}

/// The report, or the first thing that is missing.
pub(super) fn report(sheet: &Sheet, now: DateTime<Utc>) -> Result<Part1, Trouble> {
    let immediate_danger = sheet.yes_no_or_not_said(DANGER)?;
    let part1 = Part1 {
        about: about(sheet),
        children: named_children(sheet, now)?,
        staff: named_staff(sheet)?,
        area: area(sheet, AREA),
        immediate_danger,
        // A reporter asks that, and whoever types it in knows it already.
        not_for_dsl: None,
        told_dsl_in_person: sheet.yes_no_or_not_said(IN_PERSON)?,
        incident_at: sheet.moment(INCIDENT_AT, now)?,
        written_at: sheet.moment(WRITTEN_AT, now)?,
        reporter: Reporter {
            name: sheet.text(REPORTER),
            job_title: sheet.text(REPORTER_JOB),
            email: said(sheet.text(REPORTER_EMAIL)),
        },
        reasons: sheet.text(REASONS),
        account: told_account(sheet),
        opinion: sheet.text(OPINION),
        actions: sheet.text(ACTIONS),
        told: sheet.lines(TOLD),
        other_information: sheet.text(OTHER),
        categories: categories(sheet),
        unknown: std::collections::BTreeMap::new(),
    };
    part1.check().map_err(|missing| trouble(&missing, &part1, sheet, now))?;
    Ok(part1)
}

/// Whom to ring is asked before the report is whole.
pub(super) fn told(sheet: &Sheet, at: DateTime<Utc>) -> Told {
    let so_far = Part1 {
        about: about(sheet),
        staff: named_staff(sheet).ok().flatten(),
        categories: categories(sheet),
        ..Part1::default()
    };
    let question = Question {
        danger: sheet.yes_or_no(DANGER) == Some(true),
        area: area(sheet, AREA),
        about: routing::About::of(&so_far),
        purpose: Purpose::of(&so_far),
        ..Question::at(at)
    };
    // What is about staff is restricted once it is recorded, and what is about the lead goes to another cabinet.
    Told { question, is_for_few: so_far.about == About::Staff }
}

fn told_account(sheet: &Sheet) -> Account {
    Account {
        who: who(sheet),
        what: sheet.text(WHAT),
        child_words: sheet.verbatim(CHILD_WORDS),
        place: sheet.text(WHERE),
        when: sheet.text(WHEN),
        witnesses: sheet.text(WITNESSES),
    }
}

/// The form has no field of its own for an adult; they come first of those who were involved.
fn who(sheet: &Sheet) -> Text {
    let others = sheet.text(WHO);
    match (about(sheet), sheet.text(ADULT)) {
        (About::Adult, adult) if !adult.is_blank() && others.is_blank() => adult,
        (About::Adult, adult) if !adult.is_blank() => Text::from(format!("{adult}\n{others}")),
        (About::Adult | About::Child | About::Staff, _) => others,
    }
}

fn about(sheet: &Sheet) -> About {
    let word = sheet.word(ABOUT);
    About::ALL.into_iter().find(|about| word == Some(about.label())).unwrap_or_default()
}

pub(super) fn area(sheet: &Sheet, key: Key) -> Option<Area> {
    let word = sheet.word(key);
    Area::all().iter().find(|area| word == Some(area.name())).cloned()
}

/// The children in their order; a block that is blank altogether was brought up for nothing.
fn named_children(sheet: &Sheet, now: DateTime<Utc>) -> Result<Vec<NamedChild>, Trouble> {
    let all: Result<Vec<NamedChild>, Trouble> =
        (0..children(sheet)).map(|nth| named_child(sheet, nth, now)).collect();
    Ok(all?.into_iter().filter(|child| *child != NamedChild::default()).collect())
}

fn named_child(sheet: &Sheet, nth: usize, now: DateTime<Utc>) -> Result<NamedChild, Trouble> {
    Ok(NamedChild {
        name: sheet.text(CHILD_NAME.nth(nth)),
        date_of_birth: sheet.birth(CHILD_BORN.nth(nth), now)?,
        form: said(sheet.text(CHILD_FORM.nth(nth))),
        school: said(sheet.text(CHILD_SCHOOL.nth(nth))),
    })
}

fn named_staff(sheet: &Sheet) -> Result<Option<NamedStaff>, Trouble> {
    if about(sheet) != About::Staff {
        return Ok(None);
    }
    Ok(Some(NamedStaff {
        name: sheet.text(STAFF_NAME),
        job_title: said(sheet.text(STAFF_JOB)),
        is_dsl: sheet.yes_no_or_not_said(STAFF_DSL)?,
    }))
}

fn categories(sheet: &Sheet) -> Vec<Text> {
    let Some(Input::Categories(categories)) = sheet.input(CATEGORIES) else { return Vec::new() };
    categories.chosen().iter().map(|category| Text::from(category.id.as_str())).collect()
}

fn said(text: Text) -> Option<Text> {
    (!text.is_blank()).then_some(text)
}

/// What is missing, in the words of this screen; the domain speaks of the fields of a file.
fn trouble(missing: &Incomplete, part1: &Part1, sheet: &Sheet, now: DateTime<Utc>) -> Trouble {
    match missing {
        Incomplete::NoChild => Trouble::new(CHILD_NAME, "Name the child, or write \"not known\"."),
        Incomplete::TooManyChildren => Trouble::new(
            CHILD_NAME.nth(MOST_CHILDREN),
            "A report names at most 50 children. Write a second one for the others.",
        ),
        Incomplete::UnnamedChild => Trouble::new(
            CHILD_NAME.nth(unnamed(part1, sheet, now)),
            "Name this child, or write \"not known\".",
        ),
        Incomplete::NoStaff => Trouble::new(STAFF_NAME, "Name the member of staff."),
        Incomplete::NoAccount => Trouble::new(WHAT, "Say at least who, what, where or when."),
        Incomplete::NoReporter => Trouble::new(REPORTER, "Say who reported it."),
    }
}

/// The block of the first child that has something but no name.
fn unnamed(part1: &Part1, sheet: &Sheet, now: DateTime<Utc>) -> usize {
    let nameless = part1.children.iter().find(|child| child.name.is_blank());
    (0..children(sheet)).find(|nth| named_child(sheet, *nth, now).ok().as_ref() == nameless).unwrap_or(0)
}
