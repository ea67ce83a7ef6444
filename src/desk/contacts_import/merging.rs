//! A contact of the book with what a card says of it, and the differences field by field. Nothing that the card does
//! not speak of is taken away.

use super::matching::says_no_more_than;
use crate::domain::card::is_a_kind;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::hours::Hours;
use crate::domain::number;
use crate::domain::text::Text;
use crate::search::fold;

/// A field in which a card and the book differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static str,
    /// What stands there now; blank where nothing does.
    pub book: Text,
    /// What would stand there.
    pub card: Text,
}

/// What would be recorded, and how it differs from what is.
pub(super) fn merged(book: &ContactDetails, card: &ContactDetails) -> (ContactDetails, Vec<Difference>) {
    // What somebody has corrected in a contact that the program brought along is worth more than what it brings again.
    if !card.key.is_blank() && *book != ContactDetails::default() {
        return for_the_rules(book, card);
    }
    let mut merge = Merge { after: book.clone(), differences: Vec::new() };
    let (after, differences) = (&mut merge.after, &mut merge.differences);
    let is_known = is_called_so(&card.name, book, card) || says_no_more_than(&card.name, &book.name);
    let is_spelt_anew = fold(&card.name) == fold(&book.name);
    let name = if is_known && !is_spelt_anew { &Text::default() } else { &card.name };
    for (field, text, theirs) in [
        ("organisation", &mut after.organisation, &card.organisation),
        ("service", &mut after.service, &card.service),
        ("role", &mut after.role, &card.role),
        ("name", &mut after.name, name),
        ("purpose", &mut after.purpose, &card.purpose),
        ("web", &mut after.web, &card.web),
        ("hours", &mut after.hours, &card.hours),
        ("out of hours", &mut after.out_of_hours, &card.out_of_hours),
        ("caution", &mut after.caution, &card.caution),
    ] {
        if !theirs.is_blank() && theirs.one_line() != text.one_line() {
            let before = std::mem::replace(text, theirs.clone());
            differences.push(Difference { field, book: before, card: theirs.clone() });
        }
    }
    for (field, list, theirs) in [
        ("area", &mut after.areas, &card.areas),
        ("calls about", &mut after.audiences, &card.audiences),
        ("e-mail", &mut after.emails, &card.emails),
    ] {
        for text in theirs {
            if !list.iter().any(|ours| ours.to_lowercase() == text.to_lowercase()) {
                list.push(text.clone());
                differences.push(Difference { field, book: Text::default(), card: text.clone() });
            }
        }
    }
    card.numbers.iter().for_each(|number| merge.take_number(number));
    (merge.after, merge.differences)
}

/// Of a contact that the program brings along: what the rules need, where the book does not have it yet.
fn for_the_rules(book: &ContactDetails, card: &ContactDetails) -> (ContactDetails, Vec<Difference>) {
    let mut merge = Merge { after: book.clone(), differences: Vec::new() };
    for theirs in &card.numbers {
        merge.complete_number(theirs);
    }
    let (after, differences) = (&mut merge.after, &mut merge.differences);
    if after.key.is_blank() {
        after.key = card.key.clone();
        differences.push(Difference {
            field: "known to the rules as",
            book: Text::default(),
            card: card.key.clone(),
        });
    }
    if after.walk_in.is_none() {
        after.walk_in.clone_from(&card.walk_in);
        let place = card.walk_in.iter().map(|walk_in| walk_in.place.clone());
        differences.extend(place.map(|card| Difference { field: "walk-in", book: Text::default(), card }));
    }
    for theirs in &card.conflicts {
        if after.conflicts.iter().all(|ours| ours.says != theirs.says) {
            after.conflicts.push(theirs.clone());
            let card = theirs.says.clone();
            differences.push(Difference { field: "sources that disagree", book: Text::default(), card });
        }
    }
    (merge.after, merge.differences)
}

/// Whether what a card gives as a person's name is only what a service or a role is called: many programs have no other
/// field for it.
fn is_called_so(name: &Text, book: &ContactDetails, card: &ContactDetails) -> bool {
    let own = [&card.organisation, &card.service, &card.role];
    let ours = [&book.organisation, &book.service, &book.role];
    let same = own.iter().chain(&ours).any(|text| !text.is_blank() && fold(text) == fold(name));
    let nearly = book.name.is_blank()
        && own.iter().all(|text| text.is_blank())
        && [&book.service, &book.role].iter().any(|text| says_no_more_than(name, text));
    same || nearly
}

struct Merge {
    after: ContactDetails,
    differences: Vec<Difference>,
}

impl Merge {
    /// A number that reaches the same line stays as it was typed here.
    fn take_number(&mut self, theirs: &Number) {
        let same =
            |ours: &Number| number::same_line(&ours.number, &theirs.number) || ours.number == theirs.number;
        let numbers = &mut self.after.numbers;
        if let Some(ours) = numbers.iter_mut().find(|ours| same(ours))
            && theirs.hours != Hours::NotStated
            && ours.hours != theirs.hours
        {
            let before = std::mem::replace(&mut ours.hours, theirs.hours.clone());
            let [before, card] = [&before, &theirs.hours].map(|hours| Text::from(hours.to_string()));
            self.differences.push(Difference { field: "hours of a number", book: before, card });
        }
        if numbers.iter().any(|ours| same(ours) && note(ours) == note(theirs)) {
            return;
        }
        match numbers.iter_mut().find(|ours| same(ours)) {
            None => self.add_number(theirs),
            Some(ours) => {
                let said = said(theirs);
                if is_worth_less(&said, &note(ours)) {
                    return;
                }
                let before = std::mem::replace(&mut ours.note, said.clone());
                self.differences.push(Difference { field: "note of a number", book: before, card: said });
            }
        }
    }

    /// The hours of a number that stands in the book, whom to ring instead, and where it was read.
    fn complete_number(&mut self, theirs: &Number) {
        let same = |ours: &&mut Number| number::same_line(&ours.number, &theirs.number);
        let Some(ours) = self.after.numbers.iter_mut().find(same) else { return };
        let before = ours.clone();
        if ours.hours == Hours::NotStated {
            ours.hours.clone_from(&theirs.hours);
        }
        if ours.instead.is_blank() {
            ours.instead.clone_from(&theirs.instead);
        }
        if ours.sources.is_empty() {
            ours.sources.clone_from(&theirs.sources);
        }
        ours.aside |= theirs.aside;
        if *ours != before {
            let [book, card] = [&before, &*ours].map(|number| Text::from(number.hours.to_string()));
            self.differences.push(Difference { field: "hours of a number", book, card });
        }
    }

    /// Nobody at the desk has rung it, whichever of the others was checked.
    fn add_number(&mut self, theirs: &Number) {
        self.after.numbers.push(theirs.clone());
        let note = Some(theirs.note.one_line()).filter(|note| !note.is_empty());
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        let hours = Some(&theirs.hours).filter(|hours| **hours != Hours::NotStated);
        let hours = hours.map(|hours| format!(", {hours}")).unwrap_or_default();
        let said = format!("{}{note}{hours}", theirs.number.one_line());
        self.differences.push(Difference { field: "number", book: Text::default(), card: said.into() });
    }
}

/// A note that is blank, says only which kind of number it is, or is part of the one that stands there.
fn is_worth_less(theirs: &Text, ours: &str) -> bool {
    let theirs_folded = fold(theirs);
    theirs_folded.is_empty() || !ours.is_empty() && (is_a_kind(theirs) || ours.contains(&theirs_folded))
}

/// What stands beside a number, within it and in its note.
fn said(number: &Number) -> Text {
    let texts = [number::note(&number.number), number.note.clone()];
    let texts = texts.into_iter().filter(|text| !text.is_blank());
    Text::from(texts.map(|text| text.one_line()).collect::<Vec<_>>().join(", "))
}

/// The same as it is compared.
fn note(number: &Number) -> String {
    fold(&said(number))
}
