//! A contact as it stands on a card of an address book, which has fewer fields than the book of the desk.
//!
//! What such a card has no field for stands in its note, a line for each under our own words: people read it there, and
//! it comes back from there. Writer and reader of these lines live here together, so that they cannot part.

use super::area;
use super::contact::{AUDIENCES, ContactDetails, Number};
use super::hours::Hours;
use super::text::Text;

const HOURS: &str = "Hours";
const OUT_OF_HOURS: &str = "Out of hours";
const CAUTION: &str = "Caution";
/// Said of a contact whose number nobody at the desk has rung. It is for people: coming back, it says nothing.
const UNCHECKED: &str = "Not yet checked.";

/// What address books call the kinds of numbers, and how we say it. Such a word says less than a note of the book.
pub const KINDS: [(&str, &str); 13] = [
    ("CELL", "mobile"),
    ("MOBILE", "mobile"),
    ("IPHONE", "mobile"),
    ("WORK", "work"),
    ("HOME", "home"),
    ("FAX", "fax"),
    ("PAGER", "pager"),
    ("TEXTPHONE", "textphone"),
    ("TTY-TDD", "textphone"),
    ("MAIN", "main"),
    ("MAIN-NUMBER", "main"),
    ("CAR", "car"),
    ("EMERGENCY", "emergency"),
];

/// What we call a kind of number that another program names; none where that helps nobody.
pub fn kind(named: &str) -> Option<&'static str> {
    KINDS.iter().find(|(one, _)| one.eq_ignore_ascii_case(named.trim())).map(|(_, word)| *word)
}

/// Whether a note says no more than which kind of number it is.
pub fn is_a_kind(note: &str) -> bool {
    note.split(',').all(|word| KINDS.iter().any(|(_, kind)| kind.eq_ignore_ascii_case(word.trim())))
}

/// The note of a card: what the contact is for, and the lines.
pub fn note(details: &ContactDetails) -> String {
    let hours = hours(details);
    let labelled = [(HOURS, &hours), (OUT_OF_HOURS, &details.out_of_hours), (CAUTION, &details.caution)];
    let lines = labelled.into_iter().filter(|(_, text)| !text.is_blank());
    let purpose = Some(details.purpose.to_string()).filter(|_| !details.purpose.is_blank());
    let unchecked = (!details.is_checked()).then(|| UNCHECKED.to_owned());
    let lines = lines.map(|(label, text)| format!("{label}: {}", text.one_line()));
    purpose.into_iter().chain(lines).chain(unchecked).collect::<Vec<_>>().join("\n")
}

/// The hours of each number, and what is said of them all.
pub fn hours(details: &ContactDetails) -> Text {
    let stated = details.numbers.iter().filter(|number| number.hours != Hours::NotStated);
    let of_numbers = stated.map(|number| format!("{} {}", number.number.one_line(), number.hours));
    let said = Some(details.hours.one_line()).filter(|said| !said.is_empty());
    Text::from(of_numbers.chain(said).collect::<Vec<_>>().join("; "))
}

/// Takes the hours of the numbers out of what is said of the hours, once all numbers are known.
pub fn read_hours(details: &mut ContactDetails) {
    let said = std::mem::take(&mut details.hours);
    let left: Vec<&str> =
        said.split("; ").filter(|part| !is_of_a_number(part, &mut details.numbers)).collect();
    details.hours = Text::from(left.join("; "));
}

fn is_of_a_number(part: &str, numbers: &mut [Number]) -> bool {
    numbers.iter_mut().any(|number| {
        let rest = part.trim().strip_prefix(number.number.trim()).filter(|rest| rest.starts_with(' '));
        let hours = rest.and_then(|rest| Hours::read(rest).ok()).filter(|hours| *hours != Hours::NotStated);
        hours.map(|hours| number.hours = hours).is_some()
    })
}

/// Takes a note apart again. What stands under none of our words is what the contact is for.
pub fn read_note(note: &str, into: &mut ContactDetails) {
    let mut purpose = Vec::new();
    for line in note.lines().filter(|line| line.trim() != UNCHECKED) {
        let (label, text) = line.split_once(':').unwrap_or_default();
        let field = match label.trim() {
            HOURS => Some(&mut into.hours),
            OUT_OF_HOURS => Some(&mut into.out_of_hours),
            CAUTION => Some(&mut into.caution),
            _ => None,
        };
        match field.filter(|field| field.is_blank()) {
            Some(field) => *field = Text::from(text.trim()),
            None => purpose.push(line),
        }
    }
    let purpose = purpose.join("\n");
    if !purpose.trim().is_empty() {
        let before = Some(into.purpose.to_string()).filter(|before| !before.is_empty());
        into.purpose =
            Text::from(before.into_iter().chain([purpose.trim().to_owned()]).collect::<Vec<_>>().join("\n"));
    }
}

/// The categories of a card: where it answers, and whom a call is about.
pub fn categories(details: &ContactDetails) -> impl Iterator<Item = &Text> {
    details.areas.iter().chain(&details.audiences)
}

/// Puts a category where it belongs; gives it back where it is none of ours.
pub fn read_category(category: &str, into: &mut ContactDetails) -> Result<(), Text> {
    let word = category.trim().to_lowercase();
    let list = if area::words().any(|known| known == word) {
        &mut into.areas
    } else if AUDIENCES.contains(&word.as_str()) {
        &mut into.audiences
    } else {
        return Err(Text::from(category.trim()));
    };
    let word = Text::from(word);
    if !list.contains(&word) {
        list.push(word);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{categories, note, read_category, read_hours, read_note};
    use crate::domain::contact::{ContactDetails, Number};
    use crate::domain::hours::Hours;

    fn details() -> ContactDetails {
        ContactDetails {
            purpose: "Ask whether a family is known.\nThen write it down.".into(),
            hours: "8.30am to 5pm".into(),
            caution: "Never for danger: ring the emergency number.".into(),
            areas: vec!["rutland".into()],
            audiences: vec!["young-person".into()],
            ..ContactDetails::default()
        }
    }

    #[test]
    fn what_a_note_says_comes_back_from_it() {
        let written = note(&details());
        assert!(written.contains("\nHours: 8.30am to 5pm\nCaution: Never for danger"), "{written}");
        assert!(!written.contains("Not yet checked"), "there is no number");
        let mut read = ContactDetails::default();
        read_note(&written, &mut read);
        for category in categories(&details()) {
            read_category(category, &mut read).unwrap();
        }
        assert_eq!(read, details());
    }

    #[test]
    fn the_hours_of_numbers_come_back_to_their_numbers() {
        let number = |number: &str, hours: &str| Number {
            number: number.into(),
            hours: Hours::read(hours).unwrap(),
            ..Number::default()
        };
        let numbers = vec![
            number("0116 496 0004", "Mon-Thu 08:30-17:00, Fri 08:30-16:30"),
            number("0116 496 0005", "always"),
            number("101", "not stated"),
        ];
        let details = ContactDetails { numbers, hours: "Closed at Diwali; ask".into(), ..details() };
        let mut read = ContactDetails {
            numbers: details.numbers.iter().map(|known| number(&known.number, "")).collect(),
            ..ContactDetails::default()
        };
        read_note(&note(&details), &mut read);
        read_hours(&mut read);
        assert_eq!((read.numbers, read.hours), (details.numbers, details.hours));
    }

    #[test]
    fn the_note_of_another_program_is_what_it_is_for() {
        let mut read = ContactDetails::default();
        read_note("Met at: the hub", &mut read);
        read_note("Hours: 9 to 5\nHours: 9 to 3 on Fridays", &mut read);
        assert_eq!(read.purpose.as_str(), "Met at: the hub\nHours: 9 to 3 on Fridays");
        assert_eq!(read.hours.as_str(), "9 to 5");
        assert!(read_category("Friends", &mut read).is_err());
    }
}
