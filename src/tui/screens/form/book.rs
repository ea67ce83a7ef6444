//! The details of children and contacts: what is asked, and the act that the answers make.
//!
//! A list of a contact is typed one item a line; a number may have a note behind a semicolon.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};

use super::choice::Choice;
use super::field::{Field, Key};
use super::input::Input;
use super::part1::{ON_ROLL, area, areas};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::domain::area::{self, Area};
use crate::domain::child::ChildDetails;
use crate::domain::contact::{AUDIENCES as AUDIENCE_WORDS, ContactDetails, Number, WalkIn};
use crate::domain::hours::Hours;
use crate::domain::ids::{ChildId, ContactId};
use crate::domain::routing;
use crate::domain::text::Text;
use crate::domain::upn::Upn;
use crate::tui::widgets::text_field::TextField;

const NAME: Key = Key::new("name");
const BORN: Key = Key::new("date_of_birth");
const FORM: Key = Key::new("form");
const SCHOOL: Key = Key::new("school");
const OTHER_NAMES: Key = Key::new("other_names");
const UPN: Key = Key::new("upn");
const AREA: Key = Key::new("area");
const SAYS: Key = Key::new("says");
const PART: Key = Key::new("part");
const REASON: Key = Key::new("reason");
const ORGANISATION: Key = Key::new("organisation");
const SERVICE: Key = Key::new("service");
const ROLE: Key = Key::new("role");
const NUMBERS: Key = Key::new("numbers");
const EMAILS: Key = Key::new("emails");
const WEB: Key = Key::new("web");
const PURPOSE: Key = Key::new("purpose");
const HOURS: Key = Key::new("hours");
const OUT_OF_HOURS: Key = Key::new("out_of_hours");
const AREAS_SERVED: Key = Key::new("areas");
const AUDIENCES: Key = Key::new("audiences");
const CAUTION: Key = Key::new("caution");
const WALK_IN: Key = Key::new("walk_in");
const WALK_IN_HOURS: Key = Key::new("walk_in_hours");

fn reason() -> Field {
    Field::area(REASON, "Why is it changed?", "How you know. The old entry stays in the record.")
}

pub(super) fn child_questions(details: &ChildDetails) -> Vec<Field> {
    let born = details.date_of_birth.map(|date| date.format("%-d %b %Y").to_string()).unwrap_or_default();
    let birth = Input::Birth(TextField::default());
    let lives_in = details.area.as_ref().map_or("", Area::name);
    vec![
        Field::line(NAME, "Name", "The full name, as the child is known.").with(&details.name),
        Field::new(BORN, "Date of birth (may stay empty)", "Like 3/12/2014, the day first.", birth)
            .with(&born),
        Field::line(FORM, "Form", "The child's form or year.").with(&details.form),
        Field::line(SCHOOL, "School", ON_ROLL).with(&details.school),
        Field::choice(
            AREA,
            "Where does the child live?",
            "The council of that area is the one to ring.",
            Choice::with_first(areas()).or_as_it_stands(lives_in),
        )
        .with(lives_in),
        Field::line(
            OTHER_NAMES,
            "Other names (may stay empty)",
            "Full names by which the child is found too; a semicolon between two.",
        )
        .with(&details.other_names_in_line()),
        Field::line(UPN, "UPN (may stay empty)", "The unique pupil number: a letter and twelve digits.")
            .with(details.upn.as_ref().map_or("", Upn::as_str)),
        reason(),
    ]
}

/// A UPN whose check letter fits; the one that stands there is taken as it is.
fn upn(sheet: &Sheet, before: &ChildDetails) -> Result<Option<Upn>, Trouble> {
    let typed = sheet.text(UPN);
    let standing = before.upn.as_ref().filter(|upn| upn.as_str() == typed.trim());
    match standing.cloned().or_else(|| Upn::read(&typed)) {
        None if !typed.is_blank() => Err(Trouble::new(
            UPN,
            "That is no UPN: its letter does not fit its digits. Read it again, or leave it empty.",
        )),
        upn => Ok(upn),
    }
}

pub(super) fn child(
    child: ChildId,
    before: &ChildDetails,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let as_it_stands = || before.area.clone().filter(|area| sheet.word(AREA) == Some(area.name()));
    let details = Box::new(ChildDetails {
        name: sheet.needed(NAME, "Name the child, or write \"not known\".")?,
        date_of_birth: sheet.birth(BORN, now)?,
        form: sheet.text(FORM),
        school: sheet.text(SCHOOL),
        area: area(sheet, AREA).or_else(as_it_stands),
        other_names: sheet
            .text(OTHER_NAMES)
            .split(';')
            .map(|name| Text::from(name.trim()))
            .filter(|name| !name.is_blank())
            .collect(),
        upn: upn(sheet, before)?,
    });
    let (before, reason) = (Box::new(before.clone()), sheet.needed(REASON, "Say why it is changed.")?);
    Ok(Act::CorrectChild { child, before, details, reason })
}

pub(super) fn contact_questions(details: &ContactDetails) -> Vec<Field> {
    let numbers: Vec<String> = details.numbers.iter().map(written).collect();
    let mut fields = who(details);
    fields.extend([
        Field::area(
            NUMBERS,
            "Telephone, one a line",
            "Number; note; hours; whom to ring instead: 0116 496 0000; office; Mon-Fri 09:00-17:00; 12. Hours may be \"always\" or \"not stated\": do not guess. Instead is a contact by its number in the book.",
        )
        .with(&numbers.join("\n")),
        Field::area(
            EMAILS,
            "E-mail, one a line",
            "Children's names do not belong into an e-mail that is not secure.",
        )
        .with(&one_a_line(&details.emails)),
        Field::line(WEB, "Web page", "Where a form or the hours are.").with(&details.web),
    ]);
    fields.extend(when(details));
    if has_part(details) {
        let part = Field::line(PART, "For the ring screen (may stay empty); F1 says what", parts_in_words());
        fields.push(part.with(&details.key));
    }
    fields
}

/// What one child's own contact is to the rules was said when it was begun.
fn has_part(details: &ContactDetails) -> bool {
    details.of_child.is_none()
}

/// What a contact may be to the rules: a part of the desk's own, or a service that takes the place of another.
fn may_be() -> impl Iterator<Item = &'static str> {
    let own = routing::parts().iter().filter(|part| !part.of_child);
    own.map(|part| part.key.as_str()).chain(routing::keys().filter(|key| routing::part(key).is_none()))
}

fn parts_in_words() -> &'static str {
    static HELP: LazyLock<String> = LazyLock::new(|| {
        let own = routing::parts().iter().filter(|part| !part.of_child);
        let own: Vec<String> = own.map(|part| format!("{}: {}", part.key, part.name)).collect();
        format!(
            "One of these words. {}. For a service that takes the place of another, the word that stands there.",
            own.join(". ")
        )
    });
    &HELP
}

fn part(sheet: &Sheet, before: &ContactDetails) -> Result<Text, Trouble> {
    if !has_part(before) {
        return Ok(before.key.clone());
    }
    let typed = sheet.text(PART);
    let known = may_be().find(|known| known.eq_ignore_ascii_case(&typed));
    match known {
        Some(known) => Ok(known.into()),
        None if typed.is_blank() => Ok(Text::default()),
        // A word of other rules stays where it stands.
        None if typed == before.key => Ok(typed),
        None => Err(Trouble::new(PART, "It is none of the words that the rules know. F1 lists them.")),
    }
}

pub(super) fn edit_questions(details: &ContactDetails) -> Vec<Field> {
    let mut fields = contact_questions(details);
    fields.push(reason());
    fields
}

fn who(details: &ContactDetails) -> Vec<Field> {
    vec![
        Field::line(ORGANISATION, "Organisation", "Whom they work for.").with(&details.organisation),
        Field::line(SERVICE, "Service", "What the service is called.").with(&details.service),
        Field::line(ROLE, "Role", "What whoever answers is: duty social worker, LADO.").with(&details.role),
        Field::line(
            NAME,
            "Name (of your own contacts)",
            "Who holds the role at present. It is put into an advice entry when you choose this contact.",
        )
        .with(&details.name),
        Field::area(PURPOSE, "What for?", "When to ring, and what they do.").with(&details.purpose),
    ]
}

fn when(details: &ContactDetails) -> Vec<Field> {
    let walk_in = details.walk_in.as_ref();
    vec![
        Field::line(HOURS, "About the hours", "What the hours of the numbers leave out.").with(&details.hours),
        Field::line(OUT_OF_HOURS, "Out of hours", "What is said of the time when it is closed.")
            .with(&details.out_of_hours),
        Field::line(WALK_IN, "Walk-in: where?", "Where people may come without ringing.")
            .with(walk_in.map_or("", |walk_in| walk_in.place.as_str())),
        Field::line(WALK_IN_HOURS, "Walk-in: when?", "Other hours than the telephone's: Tue 09:30-16:30.")
            .with(&walk_in.map_or_else(String::new, |walk_in| walk_in.hours.to_string())),
        Field::area(
            AREAS_SERVED,
            format!("Areas, one a line: {}", area_words().join(", ")),
            where_they_answer(),
        )
        .with(&one_a_line(&details.areas)),
        Field::area(
            AUDIENCES,
            format!("For calls about, one a line: {}", AUDIENCE_WORDS.join(", ")),
            "Whom the call is about. The last two are for who may ring: only children themselves, only professionals.",
        )
        .with(&one_a_line(&details.audiences)),
        Field::area(CAUTION, "Be careful of", "Where sources differ, or the number is doubtful.")
            .with(&details.caution),
    ]
}

/// What a new contact begins with: whose it is, and what they are to them.
pub(super) fn begun(of: Option<&(ChildId, Text)>) -> ContactDetails {
    of.map_or_else(ContactDetails::default, |(child, key)| ContactDetails {
        of_child: Some(*child),
        key: key.clone(),
        ..ContactDetails::default()
    })
}

/// A new contact of the desk's own.
pub(super) fn added(sheet: &Sheet, begun: &ContactDetails) -> Result<Act, Trouble> {
    Ok(Act::AddContact(Box::new(details(sheet, begun)?)))
}

pub(super) fn settle_questions(says: &Text) -> Vec<Field> {
    vec![
        Field::shown(SAYS, "What the sources say", says.one_line()),
        Field::area(
            REASON,
            "What is right, and how do you know?",
            "Such as: rang both, the second answers. The number itself is corrected in the contact.",
        ),
    ]
}

pub(super) fn settled(contact: ContactId, says: &Text, sheet: &Sheet) -> Result<Act, Trouble> {
    let how = sheet.needed(REASON, "Say what is right, and how you know.")?;
    Ok(Act::Settle { contact, says: says.clone(), how })
}

pub(super) fn corrected(contact: ContactId, before: &ContactDetails, sheet: &Sheet) -> Result<Act, Trouble> {
    let details = Box::new(details(sheet, before)?);
    let (before, reason) = (Box::new(before.clone()), sheet.needed(REASON, "Say why it is changed.")?);
    Ok(Act::CorrectContact { contact, before, details, reason })
}

pub(super) fn retire_questions() -> Vec<Field> {
    vec![Field::area(
        REASON,
        "Why is it retired?",
        "Such as: the number is dead, the service has closed, replaced by another.",
    )]
}

pub(super) fn retired(contact: ContactId, sheet: &Sheet) -> Result<Act, Trouble> {
    Ok(Act::RetireContact { contact, reason: sheet.needed(REASON, "Say why it is retired.")? })
}

fn area_words() -> Vec<&'static str> {
    area::words().collect()
}

fn where_they_answer() -> &'static str {
    static HELP: LazyLock<String> = LazyLock::new(|| match area::told_apart() {
        "" => "Where they answer. Empty for your own organisation.".to_owned(),
        apart => format!("Where they answer: {apart} Empty for your own organisation."),
    });
    &HELP
}

/// What no field asks (the sources, where they disagree, whose child it is) stays as it was.
fn details(sheet: &Sheet, before: &ContactDetails) -> Result<ContactDetails, Trouble> {
    let mut permitted = area_words();
    // Areas of other data may stay where they stand.
    let is_known = |word: &str| area_words().iter().any(|known| known.eq_ignore_ascii_case(word));
    permitted.extend(before.areas.iter().map(|area| area.trim()).filter(|word| !is_known(word)));
    let details = ContactDetails {
        organisation: sheet.text(ORGANISATION),
        service: sheet.text(SERVICE),
        role: sheet.text(ROLE),
        name: sheet.text(NAME),
        areas: words(sheet, AREAS_SERVED, &permitted)?,
        audiences: words(sheet, AUDIENCES, &AUDIENCE_WORDS)?,
        purpose: sheet.text(PURPOSE),
        numbers: numbers(sheet, before)?,
        emails: sheet.lines(EMAILS),
        web: sheet.text(WEB),
        hours: sheet.text(HOURS),
        out_of_hours: sheet.text(OUT_OF_HOURS),
        sources: before.sources.clone(),
        caution: sheet.text(CAUTION),
        walk_in: walk_in(sheet)?,
        conflicts: before.conflicts.clone(),
        key: part(sheet, before)?,
        of_child: before.of_child,
    };
    details.check().map_err(|missing| Trouble::new(ORGANISATION, missing.to_string()))?;
    Ok(details)
}

/// One word a line, or several with commas; however they are written, of the permitted ones alone.
fn words(sheet: &Sheet, key: Key, permitted: &[&str]) -> Result<Vec<Text>, Trouble> {
    let lines = sheet.lines(key);
    let typed = lines.iter().flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let known = typed.map(|typed| {
        let word = permitted.iter().find(|word| word.eq_ignore_ascii_case(typed)).copied();
        word.map(Text::from).ok_or_else(|| {
            Trouble::new(key, format!("\"{typed}\" is not one of these: {}.", permitted.join(", ")))
        })
    });
    known.collect()
}

/// `0116 496 0000; office; Mon-Fri 09:00-17:00; 12`, without what is not said.
fn written(number: &Number) -> String {
    let hours = if number.hours == Hours::NotStated { String::new() } else { number.hours.to_string() };
    let parts = [number.number.one_line(), number.note.one_line(), hours, number.instead.one_line()];
    parts.join("; ").trim_end_matches("; ").to_owned()
}

fn numbers(sheet: &Sheet, before: &ContactDetails) -> Result<Vec<Number>, Trouble> {
    let lines = sheet.lines(NUMBERS);
    lines.iter().filter(|line| !line.is_blank()).map(|line| number(line, before)).collect()
}

/// A number that stays has been rung as before; one that is changed has not.
fn number(line: &Text, before: &ContactDetails) -> Result<Number, Trouble> {
    let mut parts = line.splitn(4, ';').map(str::trim);
    let mut part = || parts.next().unwrap_or_default();
    let (number, note, hours, instead) = (Text::from(part()), part(), part(), part().into());
    // The note is what people leave out, and not its semicolon.
    let (note, hours) = if hours.is_empty() && looks_like_hours(note) { ("", note) } else { (note, hours) };
    let note = note.into();
    let hours = Hours::read(hours).map_err(|why| Trouble::new(NUMBERS, format!("Of {number}: {why}.")))?;
    let standing = before.numbers.iter().find(|standing| standing.number == number).cloned();
    // Of a number that somebody has put in here, no document says anything.
    let put_in = || Number {
        sources: if before.sources.is_empty() { Vec::new() } else { vec![THIS_DESK.into()] },
        ..Number::default()
    };
    Ok(Number { number, note, hours, instead, ..standing.unwrap_or_else(put_in) })
}

/// Where a number is from that was put in at this desk.
const THIS_DESK: &str = "this desk";

/// Begins with a day, or says that they are always there.
fn looks_like_hours(note: &str) -> bool {
    let first = note.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "week", "dail", "ever", "24"];
    first == "always"
        || days.iter().any(|day| first.starts_with(day)) && note.contains(|c: char| c.is_ascii_digit())
}

fn walk_in(sheet: &Sheet) -> Result<Option<WalkIn>, Trouble> {
    let place = sheet.text(WALK_IN);
    let hours = Hours::read(&sheet.text(WALK_IN_HOURS))
        .map_err(|why| Trouble::new(WALK_IN_HOURS, format!("Of the walk-in: {why}.")))?;
    match (place.is_blank(), &hours) {
        (true, Hours::NotStated) => Ok(None),
        (true, Hours::Always | Hours::Weekly(_)) => {
            Err(Trouble::new(WALK_IN, "Say where people may come at these hours."))
        }
        (false, _) => Ok(Some(WalkIn { place, hours })),
    }
}

fn one_a_line(items: &[Text]) -> String {
    items.iter().map(Text::as_str).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form of a contact with these areas and audiences, and what it would record.
    fn recorded(areas: &str, audiences: &str) -> Result<Act, Trouble> {
        let details = ContactDetails {
            service: "Helpline".into(),
            areas: vec![areas.into()],
            audiences: vec![audiences.into()],
            ..ContactDetails::default()
        };
        added(&Sheet::new(contact_questions(&details)), &ContactDetails::default())
    }

    #[test]
    fn areas_and_audiences_are_of_the_words_that_the_labels_name() {
        let Ok(Act::AddContact(details)) = recorded("Leicester\nrutland", "child, ADULT") else {
            panic!("refused")
        };
        assert_eq!(details.areas, ["leicester", "rutland"].map(Text::from));
        assert_eq!(details.audiences, ["child", "adult"].map(Text::from));
        let fields = contact_questions(&ContactDetails::default());
        let label = |key: Key| &fields.iter().find(|field| field.key == key).unwrap().label;
        assert!(area_words().iter().all(|word| label(AREAS_SERVED).contains(word)));
        assert!(AUDIENCE_WORDS.iter().all(|word| label(AUDIENCES).contains(word)));
    }

    #[test]
    fn areas_of_other_data_stay_where_they_stand() {
        let derby: Area = serde_json::from_str("\"derby\"").unwrap();
        let before = ChildDetails { name: "Zoë Marsh".into(), area: Some(derby), ..ChildDetails::default() };
        let now = DateTime::UNIX_EPOCH;
        let corrected = |area: &str| {
            let mut sheet = Sheet::new(child_questions(&before));
            sheet.input_mut(REASON).unwrap().put("Her form was wrong.");
            sheet.input_mut(AREA).unwrap().put(area);
            let Ok(Act::CorrectChild { details, .. }) = child(ChildId(1), &before, &sheet, now) else {
                panic!("refused")
            };
            details.area
        };
        assert_eq!(corrected("derby"), before.area);
        assert_eq!(corrected("nothing that is offered"), before.area);
        assert_eq!(corrected("Rutland"), Area::read("Rutland"));
        assert_eq!(corrected("not known"), None);

        let before = ContactDetails {
            service: "Helpline".into(),
            areas: ["derby", "rutland"].map(Text::from).to_vec(),
            ..ContactDetails::default()
        };
        let kept = details(&Sheet::new(contact_questions(&before)), &before).unwrap();
        assert_eq!(kept.areas, before.areas);
    }

    #[test]
    fn a_upn_with_a_slip_is_refused_and_other_names_are_parted() {
        let before = ChildDetails { name: "Zoë Marsh".into(), ..ChildDetails::default() };
        let corrected = |upn: &str| {
            let mut sheet = Sheet::new(child_questions(&before));
            sheet.input_mut(REASON).unwrap().put("From the roll.");
            sheet.input_mut(OTHER_NAMES).unwrap().put("Zoë Finch; ; Zoë Anne Marsh");
            sheet.input_mut(UPN).unwrap().put(upn);
            child(ChildId(1), &before, &sheet, DateTime::UNIX_EPOCH)
        };
        let Ok(Act::CorrectChild { details, .. }) = corrected("d820 1234 15001") else { panic!("refused") };
        assert_eq!(details.upn, Upn::read("D820123415001"));
        assert_eq!(details.other_names, ["Zoë Finch", "Zoë Anne Marsh"].map(Text::from));
        assert_eq!(corrected("D820123415002").err().unwrap().key, UPN);
        assert!(corrected("").is_ok());
    }

    #[test]
    fn another_word_is_refused_with_those_that_are_known() {
        let trouble = recorded("leicester\nNottingham", "child").unwrap_err();
        assert_eq!(trouble.key, AREAS_SERVED);
        assert_eq!(
            trouble.says,
            "\"Nottingham\" is not one of these: leicester, leicestershire, rutland, national."
        );
        assert_eq!(recorded("", "parents").unwrap_err().key, AUDIENCES);
    }
}
